"""Takes the files of a RELAX NG schema and gives its grammars: what each name is defined as, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from tei_edition.files import read_bytes
from tei_edition.finding import Finding
from tei_edition.relaxng.patterns import Pattern
from tei_edition.relaxng.syntax import RNG, SyntaxBroken, check_syntax, ours, word
from tei_edition.tei import XML, parse

COMPACT = ".rnc"
"""How the name of a schema in the compact syntax ends."""

_RULES = {
    ".rng": (b"dsdl/schematron", b"<include", b":include", b"<externalRef", b":externalRef", b"<!DOCTYPE", b"\0"),
    ".rnc": (b"dsdl/schematron", b"include", b"external", b"\\x", b"\0"),
}
"""What a grammar has somewhere that holds rules, or reads another, or may say so in other letters."""
_WRITTEN_OTHERWISE = re.compile(rb"""xmlns[^<>"']*["'][^"'<>]*&""")
"""An address of a namespace with a reference in it."""


class Where(NamedTuple):
    """What a part of a schema has from its surroundings."""

    grammar: Grammar
    ns: str
    library: str
    file: Path
    above: tuple[Path, ...] = ()
    """The files that this one was read for."""

    def within(self, node: etree._Element) -> Where:
        """Return what the children of an element have."""
        ns, library = node.get("ns"), node.get("datatypeLibrary")
        if ns is None and library is None:
            return self
        return Where(
            self.grammar,
            self.ns if ns is None else ns,
            self.library if library is None else library,
            self.file,
            self.above,
        )


class Definition:
    """All definitions of one name."""

    __slots__ = ("compiling", "parts", "pattern")

    def __init__(self) -> None:
        self.parts: list[tuple[etree._Element, Where]] = []
        self.pattern: Pattern | None = None
        self.compiling = False

    def combined(self, name: str) -> str:
        """Return “choice” or “interleave”; raise SyntaxBroken where it is not said (section 4.17)."""
        if len(self.parts) == 1:
            return self.parts[0][0].get("combine", "choice").strip()
        ways = [node.get("combine", "").strip() for node, _ in self.parts]
        said = {way for way in ways if way}
        if ways.count("") > 1:
            last = [node for (node, _), way in zip(self.parts, ways, strict=True) if not way][-1]
            raise SyntaxBroken(f"“{name}” is defined twice and does not say how to combine.", last)
        if len(said) > 1:
            raise SyntaxBroken(f"“{name}” is combined both by choice and by interleave.", self.parts[-1][0])
        return said.pop() if said else "choice"


class Grammar:
    """The definitions of one grammar."""

    def __init__(self, parent: Grammar | None = None) -> None:
        self.parent = parent
        self.defined: dict[str, Definition] = {}
        self.start = Definition()


class Files:
    """The files of a schema; nothing outside one folder is read."""

    def __init__(self, folder: Path, trusted: bool = False) -> None:
        self.trusted = trusted
        self._folder = folder.resolve()
        self._roots: dict[Path, etree._Element] = {}
        self._kept: list[etree._Element] = []

    @property
    def alone(self) -> bool:
        """Whether one file was read only."""
        return len(self._roots) == 1

    def first(self, data: bytes, file: Path) -> etree._Element:
        """Return the root of the schema; raise SyntaxBroken."""
        root = self._roots[file.resolve()] = _read(data, file)
        if not self.trusted:
            # lxml makes the object of an element anew each time that it is asked for, unless somebody keeps it.
            self._kept = list(root.iter())
            check_syntax(root)
        return root

    def named(self, node: etree._Element, where: Where) -> tuple[etree._Element, Path]:
        """Return the root of the file that ``include`` or ``externalRef`` names; raise SyntaxBroken."""
        href = node.get("href", "")
        file = self._place(node, where)
        if file in {one.resolve() for one in (where.file, *where.above)}:
            raise SyntaxBroken(f"“{href}” reads itself.", node)
        if file not in self._roots:
            try:
                data = read_bytes(file)
            except OSError:
                raise SyntaxBroken(f"There is no file “{href}”.", node) from None
            self._roots[file] = _read(data, file)
            check_syntax(self._roots[file])
        return self._roots[file], file

    def _place(self, node: etree._Element, where: Where) -> Path:
        """Return the file that an ``href`` names; raise SyntaxBroken for what is not to be read."""
        href = node.get("href", "")
        if "#" in href:
            raise SyntaxBroken(f"“{href}” names a part of a file; a schema is read as a whole.", node)
        at = where.file.resolve().as_uri()
        for up in reversed((node, *node.iterancestors())):
            at = urljoin(at, up.get(f"{{{XML}}}base", ""))
        target = urlsplit(urljoin(at, href))
        if target.scheme != "file" or target.netloc:
            message = f"“{href}” is not a file here, and nothing is fetched. Save it beside this one, and name that."
            raise SyntaxBroken(message, node)
        file = Path(unquote(target.path)).resolve()
        if not file.is_relative_to(self._folder):
            message = f"“{href}” leads out of the folder “{self._folder.name}”; it was not read."
            raise SyntaxBroken(message, node)
        return file

    def filled(self, node: etree._Element, where: Where) -> Grammar:
        """Return a grammar with all its definitions, those of included files too (section 4.7)."""
        grammar = Grammar(parent=where.grammar)
        inner = Where(grammar, where.ns, where.library, where.file, where.above).within(node)
        for child, place in self._components(node, inner):
            self._add(grammar, child, place)
        return grammar

    def _add(self, grammar: Grammar, child: etree._Element, place: Where) -> None:
        if word(child) == "start":
            grammar.start.parts.append((child, place))
        else:
            grammar.defined.setdefault(child.get("name", "").strip(), Definition()).parts.append((child, place))

    def _components(self, node: etree._Element, where: Where) -> Iterator[tuple[etree._Element, Where]]:
        """Yield the ``start`` and ``define`` elements of a grammar or a part of it."""
        for child in ours(node):
            inner = where.within(child)
            name = word(child)
            if name in {"start", "define"}:
                yield child, inner
            elif name == "div":
                yield from self._components(child, inner)
            elif name == "include":
                yield from self._included(child, inner)

    def _included(self, node: etree._Element, where: Where) -> Iterator[tuple[etree._Element, Where]]:
        root, file = self.named(node, where)
        if root.tag != RNG + "grammar":
            raise SyntaxBroken(f"“{node.get('href')}” is no grammar; only a grammar can be included.", node)
        own = list(self._components(node, where))
        replaced = {(word(child), child.get("name", "").strip()) for child, _ in own}
        met: set[tuple[str, str]] = set()
        place = Where(where.grammar, where.ns, "", file, (where.file, *where.above)).within(root)
        for child, inner in self._components(root, place):
            key = word(child), child.get("name", "").strip()
            met.add(key)
            if key not in replaced:
                yield child, inner
        for child, _ in own:
            name = child.get("name", "").strip()
            if (word(child), name) not in met:
                what = f"“{name}”" if name else "“start”"
                raise SyntaxBroken(f"“{node.get('href')}” does not define {what}, which would be replaced.", child)
        yield from own


def _read(data: bytes, file: Path) -> etree._Element:
    """Return the root of a schema, in the compact syntax if its name ends so; raise SyntaxBroken."""
    if file.suffix.lower() == COMPACT:
        from tei_edition.relaxng.compact import read_compact

        return read_compact(data, file)
    noted: list[Finding] = []
    root = parse(data, file, noted.append)
    if root is None:
        raise SyntaxBroken(noted[0].message, file=str(file), at=noted[0].line, column=noted[0].column)
    return root


def may_hold_rules(data: bytes, file: Path) -> bool:
    """Return whether a grammar may hold rules of Schematron, or read another that does; most do not, by a look."""
    return any(sign in data for sign in _RULES[file.suffix.lower()]) or bool(_WRITTEN_OTHERWISE.search(data))
