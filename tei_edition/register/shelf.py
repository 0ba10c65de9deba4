"""Takes the register files of an edition and gives their entries as rows; takes changes and keeps all else as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from tei_edition.edition import Edition
from tei_edition.encoding.names import KINDS, Register, load_register
from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity, unheard
from tei_edition.register.authorities import AUTHORITIES
from tei_edition.register.harvest import Mention, words
from tei_edition.register.sheet import MANY, Row
from tei_edition.tei import ID, LANG, NS, TEI, E, name, parse, to_bytes

LISTS = {"person": "listPerson", "place": "listPlace", "org": "listOrg"}
STEMS = {"person": "persons", "place": "places", "org": "organisations"}
"""Files that are made where the edition has none for a kind, in the folder ``register`` beside the TEI."""
_STEM = {"person": r"pers|people|name", "place": r"place|geo|ort", "org": r"org|bod"}
_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_EPILOG = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)


@dataclass
class Shelf:
    """The register files of an edition as they are on disk, and as they are to be."""

    edition: Edition
    report: Report
    files: dict[Path, str] = field(default_factory=dict)
    """Each file with the kind of entry it is for; a file that is not there yet is made when it is needed."""
    roots: dict[Path, etree._Element] = field(default_factory=dict)
    broken: bool = False
    """Whether a register file is not well-formed, so that none can be written."""
    _before: dict[Path, bytes] = field(default_factory=dict)

    @classmethod
    def open(cls, edition: Edition, report: Report) -> Shelf:
        """Open the register files that ``edition.toml`` names, and those of the usual names beside the TEI."""
        shelf = cls(edition, report)
        usual = [edition.tei / "register" / f"{stem}.xml" for stem in STEMS.values()]
        for path in dict.fromkeys([*edition.register, *(path for path in usual if path.exists())]):
            shelf._take(path.resolve())
        return shelf

    def _take(self, path: Path) -> None:
        kind = next((kind for kind, stem in _STEM.items() if re.search(stem, path.stem.lower())), "person")
        self.files[path] = kind
        try:
            data = read_bytes(path)
        except FileNotFoundError:
            return
        root = parse(data, path, self.report)
        if root is None:
            self.broken = True
            return
        self.roots[path], self._before[path] = root, data
        here = [kind for kind, tag in LISTS.items() if root.find(f".//t:{tag}", NS) is not None]
        self.files[path] = here[0] if here else kind

    def register(self) -> Register:
        """Return the register as `encode` sees it."""
        return load_register([path for path in self.files if path in self.roots], self.report)

    def elements(self) -> Iterator[tuple[Path, etree._Element]]:
        """Give the entries with an id, file by file."""
        for path, root in self.roots.items():
            for element in root.iter(*(f"{{{TEI}}}{kind}" for kind in KINDS)):
                if element.get(ID):
                    yield path, element

    def find(self, key: str) -> tuple[Path, etree._Element] | None:
        """Return the entry with an id, and its file."""
        return next((pair for pair in self.elements() if pair[1].get(ID) == key), None)

    def list_for(self, kind: str) -> tuple[Path, etree._Element]:
        """Return the list that new entries of a kind go to, with its file; make what is not there."""
        path = next((path for path, of in self.files.items() if of == kind), None)
        path = path or self.edition.tei.resolve() / "register" / f"{STEMS[kind]}.xml"
        self.files.setdefault(path, kind)
        if path not in self.roots:
            self.roots[path] = empty(self.edition, kind)
        root = self.roots[path]
        found = root.find(f".//t:{LISTS[kind]}", NS)
        if found is None:
            stand = root.find("t:standOff", NS)
            stand = insert(root, E.standOff()) if stand is None else stand
            found = insert(stand, E(LISTS[kind]))
        return path, found

    def check_authorities(self) -> None:
        """Report ids of authority files that two entries have: they may be one."""
        seen: dict[tuple[str, str], str] = {}
        for path, element in self.elements():
            key, said = element.get(ID, ""), facts(element)
            for column in () if element.get("sameAs") else AUTHORITIES:
                value = said[column]
                if value and (first := seen.setdefault((column, value), key)) != key:
                    self.report(
                        Finding(
                            rule="authority-shared", severity=Severity.WARNING, file=path,
                            message=f"“{first}” and “{key}” have the same {AUTHORITIES[column][0]} id, {value}.",
                            hint="Merge them with same as ID, or correct one of the two.",
                        )
                    )  # fmt: skip

    def written(self) -> dict[Path, bytes]:
        """Return the bytes of the files that are to be written: those that changed."""
        found: dict[Path, bytes] = {}
        for path, root in self.roots.items():
            before = self._before.get(path)
            if before is None:
                found[path] = to_bytes(root)
            elif (data := _bytes(root, before)) != _bytes_of(before, path):
                found[path] = data
        return found


def row_of(element: etree._Element, mentions: Sequence[Mention] = ()) -> Row:
    """Return an entry as a row."""
    kind = name(element)
    names = [words(item) for item in element.iterfind(f"t:{KINDS[kind]}", NS)] or [""]
    row = Row(
        proposal="in the register", id=element.get(ID, ""), kind=kind, name=names[0], forms=MANY.join(names[1:]),
        ground=MANY.join(dict.fromkeys(mention.ground for mention in mentions)),
    )  # fmt: skip
    for column, value in facts(element).items():
        setattr(row, column, value)
    return row


def facts(element: etree._Element) -> dict[str, str]:
    """Return what an entry says beside its names, by the columns of the sheet; an absent thing is empty."""
    found = dict.fromkeys((*AUTHORITIES, "dates", "coordinates", "note"), "")
    for column, (scheme, _, _) in AUTHORITIES.items():
        for item in element.iterfind("t:idno", NS):
            if (item.get("type") or "").casefold() == scheme.casefold() and not found[column]:
                found[column] = words(item)
    span = [_day(element.find(f"t:{tag}", NS)) for tag in ("birth", "death")]
    named = element.find(f"t:{KINDS[name(element)]}", NS)
    if name(element) != "person" and named is not None:
        span = [named.get("from") or "", named.get("to") or ""]
    found["dates"] = "/".join(span) if any(span) else ""
    geo = element.find("t:location/t:geo", NS)
    found["coordinates"] = "" if geo is None else " ".join(words(geo).replace(",", " ").split())
    found["note"] = " ".join(words(item) for item in element.iterfind("t:note", NS))
    return found


def _day(element: etree._Element | None) -> str:
    return "" if element is None else element.get("when") or words(element)


def empty(edition: Edition, kind: str) -> etree._Element:
    """Return a register file without entries."""
    stem = STEMS[kind]
    header = E.teiHeader(
        E.fileDesc(
            E.titleStmt(E.title(stem.capitalize(), type="main")),
            E.publicationStmt(E.publisher(edition.publisher or edition.title)),
            E.sourceDesc(E.p("Names as the documents of this edition give them.")),
        )
    )
    if edition.date:
        header[0][1].append(E.date(edition.date, when=edition.date))
    root: etree._Element = E.TEI(header, E.standOff(E(LISTS[kind])))
    root.set(ID, f"register-{stem}")
    root.set(LANG, edition.language)
    return root


def insert(parent: etree._Element, element: etree._Element, at: int | None = None) -> etree._Element:
    """Put an element among the children of another, indented as they are; at the end, or before child number ``at``."""
    depth = sum(1 for _ in parent.iterancestors())
    own = "\n" + "  " * depth
    before = parent.getparent()
    if before is not None and (found := re.search(r"\n[ \t]*$", (before.text or ""))):
        own = found[0]
    first = parent.text or ""
    if len(parent) and "\n" not in first:
        # What stands in one line goes on in it.
        parent.insert(len(parent) if at is None else at, element)
        return element
    pad = first if len(parent) and re.fullmatch(r"\n[ \t]*", first) else own + "  "
    step = pad[len(own) :] if pad.startswith(own) else "  "
    _indent(element, pad, step)
    at = len(parent) if at is None else at
    parent.insert(at, element)
    if at == len(parent) - 1:
        before_end = (parent[at - 1].tail or "") if at else first
        element.tail = before_end if "\n" in before_end and not before_end.strip() else own
        if at:
            parent[at - 1].tail = pad
        else:
            parent.text = pad
    else:
        element.tail = pad
    return element


def _indent(element: etree._Element, pad: str, step: str) -> None:
    if len(element) and not (element.text or "").strip() and not any((child.tail or "").strip() for child in element):
        element.text = pad + step
        for child in element:
            _indent(child, pad + step, step)
            child.tail = pad + step
        element[-1].tail = pad


def _bytes_of(before: bytes, path: Path) -> bytes:
    root = parse(before, path, unheard)
    assert root is not None
    return _bytes(root, before)


def _bytes(root: etree._Element, before: bytes) -> bytes:
    """Return a file with what stood before and after its root, and its line ends, as they were."""
    ends = b"\r\n" if b"\r\n" in before else b"\n"
    first, last = _PROLOG.match(before), before[before.rfind(b"</") :].partition(b">")[2]
    assert first is not None
    # Another encoding, or a DOCTYPE: the parser has read them, and they are written anew.
    kept = before[first.end() :].startswith(b"<TEI") and not re.search(rb"encoding=.(?!utf-8)", first[0], re.I)
    if not kept or not _EPILOG.fullmatch(last):
        text = etree.tostring(root.getroottree(), encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode().replace(b"\n", ends)
    return first[0] + etree.tostring(root, encoding="unicode", with_tail=False).encode().replace(b"\n", ends) + last
