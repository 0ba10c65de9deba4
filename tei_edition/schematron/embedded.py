"""Takes a RELAX NG grammar and gives the Schematron rules that stand in it as annotations, as one schema."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei_edition.files import read_bytes
from tei_edition.finding import unheard
from tei_edition.location import line
from tei_edition.schematron.assembly import FILE, LINE, PREFIX, SCH
from tei_edition.tei import parse

RNG = "http://relaxng.org/ns/structure/1.0"
_R, _S = f"{{{RNG}}}", f"{{{SCH}}}"
_XSL = "{http://www.w3.org/1999/XSL/Transform}"
_PREFIXED: Any = {PREFIX: SCH}

_DECLARED = {f"{_S}let", f"{_S}phase", f"{_S}diagnostics", f"{_S}properties", f"{_XSL}key", f"{_XSL}function"}
"""What belongs to the schema as a whole."""


def embedded(grammar: bytes, file: Path) -> bytes | None:
    """Return the rules in a grammar, and in the files that it includes, as a schema; None if there are none.

    Patterns are taken as they are; a rule without a pattern gets one; an assertion without a rule is about the element
    whose definition holds it. Prefixes are those of ``sch:ns``, else those declared in the grammar. Definitions that
    an including grammar overrides do not count. Each part remembers its file and line, for `rules` to tell.
    """
    found = _Found(file.resolve().parent)
    found.read(grammar, file, frozenset(), (file.resolve(),))
    return found.schema()


class _Found:
    """What was found so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._prefixes: dict[str, str] = {}
        self._in_scope: dict[str, str] = {}
        self._declared: list[etree._Element] = []
        self._patterns: list[etree._Element] = []

    def schema(self) -> bytes | None:
        """Return the schema; None without a pattern."""
        if not self._patterns:
            return None
        root = etree.Element(f"{_S}schema", {"queryBinding": "xslt3"}, nsmap=_PREFIXED)
        for prefix, uri in {**self._in_scope, **self._prefixes}.items():
            etree.SubElement(root, f"{_S}ns", prefix=prefix, uri=uri)
        root.extend([*self._declared, *self._patterns])
        return etree.tostring(root, encoding="utf-8")

    def read(self, grammar: bytes, file: Path, without: frozenset[str], through: tuple[Path, ...]) -> None:
        """Take what a grammar holds, but for the definitions of these names."""
        root = _root(grammar, file)
        if root is None:
            return
        skipped = [
            one
            for one in root.iter(f"{_R}define", f"{_R}start")
            if one.get("name", "") in without and next(one.iterancestors(f"{_R}include"), None) is None
        ]
        left_out = {below for one in skipped for below in one.iter("*")}
        for node in root.iter("*"):
            if node in left_out:
                continue
            if node.tag in {f"{_R}include", f"{_R}externalRef"}:
                self._include(node, file, through)
            elif node.tag == f"{_S}ns":
                self._prefixes.setdefault(node.get("prefix", ""), node.get("uri", ""))
            elif str(node.tag).startswith(_S) or str(node.tag).startswith(_XSL):
                parent = node.getparent()
                if parent is not None and not str(parent.tag).startswith((_S, _XSL)):
                    self._take(node, file)

    def _include(self, node: etree._Element, file: Path, through: tuple[Path, ...]) -> None:
        own = frozenset(one.get("name", "") for one in node.iter(f"{_R}define", f"{_R}start"))
        try:
            parts = urlsplit(node.get("href", ""))
            path = (file.resolve().parent / unquote(parts.path)).resolve()
            inside = path.is_relative_to(self._folder) and not (parts.scheme or parts.netloc)
            if inside and path not in through:
                self.read(read_bytes(path), path, own, (*through, path))
        except (OSError, ValueError):  # it is for the grammar to say that a file is not there
            return

    def _take(self, node: etree._Element, file: Path) -> None:
        for prefix, uri in node.nsmap.items():
            if prefix and uri not in {SCH, RNG}:
                self._in_scope.setdefault(prefix, uri)
        copy = deepcopy(node)
        copy.tail = None
        for one, twin in zip(node.iter("*"), copy.iter("*"), strict=True):
            if str(one.tag).startswith(_S):
                twin.set(LINE, str(line(one)))
        copy.set(FILE, str(file))
        if node.tag in _DECLARED:
            self._declared.append(copy)
        elif node.tag in {f"{_S}pattern", f"{_S}group"}:
            self._patterns.append(copy)
        elif node.tag == f"{_S}rule":
            _within("pattern", copy, self._patterns)
        elif node.tag in {f"{_S}assert", f"{_S}report"} and (context := self._context(node)):
            rule = etree.Element(f"{_S}rule", {"context": context, LINE: str(line(node))}, nsmap=_PREFIXED)
            rule.append(copy)
            _within("pattern", rule, self._patterns)

    def _context(self, node: etree._Element) -> str | None:
        """Return what matches the element that a definition is of."""
        element = next(node.iterancestors(f"{_R}element"), None)
        if element is None:
            return None
        first = element.find(f"{_R}name")
        name = (element.get("name") or (None if first is None else first.text) or "").strip()
        prefix, _, local = name.rpartition(":")
        above = [element if first is None else first, *element.iterancestors()]
        near = next((one.get("ns") for one in above if one.get("ns") is not None), "") or ""
        uri = element.nsmap.get(prefix, "") if prefix else near
        return f"Q{{{uri}}}{local}" if local else None


def _within(name: str, part: etree._Element, patterns: list[etree._Element]) -> None:
    pattern = etree.Element(f"{_S}{name}", nsmap=_PREFIXED)
    pattern.append(part)
    patterns.append(pattern)


def _root(grammar: bytes, file: Path) -> etree._Element | None:
    """Return the root of a grammar in either syntax; None for what is no grammar, which others say."""
    if file.suffix.lower() == ".rnc":
        from tei_edition.relaxng.compact import read_compact
        from tei_edition.relaxng.syntax import SyntaxBroken

        try:
            return read_compact(grammar, file)
        except SyntaxBroken:
            return None
    return parse(grammar, file, unheard)
