"""Takes the bytes of a Schematron schema and gives one tree, with what it includes and extends filled in."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei_edition.broken import SchemaBroken
from tei_edition.files import read_bytes
from tei_edition.finding import Finding
from tei_edition.location import line
from tei_edition.tei import ID, parse

SCH = "http://purl.oclc.org/dsdl/schematron"
_S = f"{{{SCH}}}"
PREFIX = "schematron-itself"

FILE = "{fired}file"
"""On an element that was brought in: the file it comes from."""

LINE = "{fired}line"
"""On an element that was brought in: its line there, if it is not the one of the tree."""

_MOST = 200_000
"""Elements that a schema may bring in from other files."""

_DEEPEST = 50
"""Files that may include each other in a row."""


def at(message: str, element: etree._Element) -> SchemaBroken:
    """Return what is wrong with an element of an assembled schema."""
    told = element.get(LINE)
    return SchemaBroken(message, int(told) if told else line(element), None, _origin(element))


def assembled(data: bytes, file: Path | None = None) -> etree._Element:
    """Return the root of a schema in which every ``include`` and ``extends`` of another file is filled in.

    Files are looked for beside the one that names them, and only in the folder of the schema and below; without
    ``file`` none is read. Raises SchemaBroken for what is not there, leads elsewhere, or never ends.
    """
    root = _parsed(data, file)
    if root.tag != f"{_S}schema":
        name = etree.QName(root).localname
        raise SchemaBroken(f"The root is “{name}”, not a schema of ISO Schematron.", line(root))
    root = _prefixed(root)
    _Assembly(root, file).fill(root, file, ())
    return root


def _prefixed(root: etree._Element) -> etree._Element:
    """Return a schema whose elements have a prefix that nobody else has.

    An element that is moved takes over the declaration of its namespace that it finds above; lxml does not see where
    a default namespace is another one in between, so that a rule would come out as an element of TEI.
    """
    names: Any = {**{prefix: uri for prefix, uri in root.nsmap.items() if prefix}, PREFIX: SCH}
    made = etree.Element(root.tag, {str(key): str(value) for key, value in root.attrib.items()}, nsmap=names)
    made.sourceline = root.sourceline
    made.extend(list(root))
    return made


def _parsed(data: bytes, file: Path | None, named: Path | None = None) -> etree._Element:
    noted: list[Finding] = []
    root = parse(data, file or Path("schema"), noted.append)
    if root is None:
        raise SchemaBroken(noted[0].message, noted[0].line, noted[0].column, named)
    return root


def _origin(element: etree._Element) -> Path | None:
    while True:
        if file := element.get(FILE):
            return Path(file)
        parent = element.getparent()
        if parent is None:
            return None
        element = parent


class _Assembly:
    """The work on one schema: its root, the folder that it may read, and what it has read."""

    def __init__(self, root: etree._Element, file: Path | None) -> None:
        self._root = root
        self._folder = file.resolve().parent if file else None
        self._read: dict[Path, etree._Element] = {}
        self._brought = 0

    def fill(self, within: etree._Element, file: Path | None, through: tuple[tuple[Path, str], ...]) -> None:
        """Put in place of each ``include`` and ``extends`` below an element what it names, and go on in there."""
        for node in list(within.iter(f"{_S}include", f"{_S}extends")):
            href = node.get("href")
            if node.tag == f"{_S}include" and href is None:
                raise at("This include lacks its href.", node)
            if href is not None:
                self._bring(node, href, file, through)

    def _bring(self, node: etree._Element, href: str, file: Path | None, through: tuple[tuple[Path, str], ...]) -> None:
        path, fragment = self._located(node, href, file)
        if (path, fragment) in through or len(through) >= _DEEPEST:
            raise at(f"“{href}” includes itself.", node)
        target = self._target(node, href, path, fragment)
        self._brought += sum(1 for _ in target.iter())
        if self._brought > _MOST:
            raise at(f"The schema brings in more than {_MOST} elements from other files.", node)
        if node.tag == f"{_S}extends":
            parent = node.getparent()
            if parent is None or target.tag != parent.tag:
                raise at(f"“{href}” is a {etree.QName(target).localname}, which cannot be extended here.", node)
        whole = node.tag == f"{_S}extends" or target.tag in {f"{_S}schema", f"{_S}library"}
        brought = [deepcopy(one) for one in (target.iterchildren("*") if whole else [target])]
        for one in brought:
            one.tail = None
            one.set(FILE, str(path))
            node.addprevious(one)
        self._prefixes(target)
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)
        for one in brought:
            self.fill(one, path, (*through, (path, fragment)))

    def _located(self, node: etree._Element, href: str, file: Path | None) -> tuple[Path, str]:
        try:
            parts = urlsplit(href)
            if parts.scheme or parts.netloc:
                raise at(f"The schema reads what is not beside it (“{href}”).", node)
            if self._folder is None or file is None:
                raise at(f"The schema reads another file (“{href}”), and it is not known where it lies itself.", node)
            path = (file.resolve().parent / unquote(parts.path)).resolve() if parts.path else file.resolve()
        except ValueError:
            raise at(f"“{href}” is no name of a file.", node) from None
        if not path.is_relative_to(self._folder):
            raise at(f"The schema reads a file outside its folder (“{href}”).", node)
        return path, unquote(parts.fragment)

    def _target(self, node: etree._Element, href: str, path: Path, fragment: str) -> etree._Element:
        if path not in self._read:
            try:
                self._read[path] = _parsed(read_bytes(path), path, path)
            except FileNotFoundError:
                raise at(f"There is no file “{href}”.", node) from None
            except OSError as error:
                raise at(f"“{href}” cannot be read: {error.strerror or error}.", node) from None
        root = self._read[path]
        if not fragment:
            return root
        for one in root.iter("*"):
            if fragment in (one.get(ID), one.get("id")):
                return one
        raise at(f"There is nothing with the id “{fragment}” in “{href}”.", node)

    def _prefixes(self, target: etree._Element) -> None:
        """Declare the prefixes that a part brings along from its own schema."""
        known = {one.get("prefix") for one in self._root.iterchildren(f"{_S}ns")}
        for one in target.getroottree().getroot().iterchildren(f"{_S}ns"):
            if one.get("prefix") not in known:
                self._root.insert(0, deepcopy(one))
