"""Takes a TEI tree and gives what a search may ask of the whole document: its date, kind, people, places, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.search.words import fold
from tei_edition.tei import ID, LANG, NS, TEI, name

FACETS = ("collection", "kind", "person", "place", "organisation", "speaker", "language", "archive")
"""What documents can be chosen by, beside their date, in the order in which it is offered."""

Names = Mapping[str, str]
"""Key of an entry of a register → its name."""

_PEOPLE = {"persName": "person", "placeName": "place", "orgName": "organisation"}
_ENTRIES = {"person": "person", "personGrp": "person", "place": "place", "org": "organisation"}
_DATES = ("when", "when-iso", "from", "notBefore", "from-iso", "to", "notAfter", "to-iso")
_NAMED = ("persName", "placeName", "orgName", "name")


@dataclass(kw_only=True, slots=True)
class Particulars:
    """What is known of a document."""

    title: str
    date: str = ""
    """As the header writes it."""
    first: str = ""
    last: str = ""
    """The day, month or year by which it is sorted, and the last one that it may be of."""
    facets: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of each facet the keys of its values, with their names."""
    keys: dict[str, str] = field(default_factory=dict)
    """Pointer as it stands in the text → key of the one it points to."""


def particulars(root: etree._Element, names: Names) -> Particulars:
    """Return the particulars of a document; ``names`` are those of the registers.

    An entry of a register has its id as key; whoever is in no register is known by the name that the text has.
    """
    header = root.find(f"{{{TEI}}}teiHeader")
    header = etree.Element("none") if header is None else header
    found = Particulars(title=_title(header))
    facets: dict[str, dict[str, str]] = {facet: {} for facet in FACETS}
    local = _local(root, names)
    for element in root.iter(f"{{{TEI}}}*"):
        kind = name(element)
        if kind in _ENTRIES and element.get(ID) and _is_of_the_document(element):
            _add(facets[_ENTRIES[kind]], local[f"#{element.get(ID)}"])
        elif (facet := _facet(element)) and (ref := element.get("ref")):
            for pointer in ref.split():
                _add(facets[facet], local.setdefault(pointer, _entry(pointer, words_of(element), names)))
        elif kind in {"sp", "said", "q", "u"} and (who := element.get("who")):
            for pointer in who.split():
                _add(facets["speaker"], local.setdefault(pointer, _entry(pointer, _label(element, pointer), names)))
        if (tongue := element.get(LANG)) and (element is root or _is_text(element)):
            facets["language"].setdefault(tongue.split("-")[0], tongue.split("-")[0])
    found.date, found.first, found.last = _dated(header)
    for term in header.iterfind(".//t:textClass/t:keywords", NS):
        if re.search("type|genre", str(term.get("scheme") or ""), re.I):
            _add_words(facets["kind"], term.iter(f"{{{TEI}}}term"))
    if not facets["kind"]:
        for part in root.iterfind("t:text/t:body/t:div[@type]", NS):
            kind = str(part.get("type")).replace("-", " ").replace("_", " ")
            facets["kind"].setdefault(fold(kind), kind)
    _add_words(facets["archive"], _archives(header))
    _add_words(facets["collection"], header.iterfind(".//t:sourceDesc//t:msIdentifier/t:collection", NS))
    found.facets, found.keys = facets, {pointer: key for pointer, (key, _) in local.items()}
    return found


def register_names(roots: Iterable[etree._Element]) -> dict[str, str]:
    """Return the names of the entries of registers by their ids."""
    return {
        str(entry.get(ID)): _main(entry) or str(entry.get(ID))
        for root in roots
        for entry in root.iter(*(f"{{{TEI}}}{kind}" for kind in _ENTRIES))
        if entry.get(ID)
    }


def words_of(element: etree._Element | None) -> str:
    """Return the words of an element with single blanks."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _title(header: etree._Element) -> str:
    titles = header.findall("t:fileDesc/t:titleStmt/t:title", NS)
    main = [one for one in titles if one.get("type") in {None, "main"}] or titles
    return words_of(main[0]) if main else ""


def _dated(header: etree._Element) -> tuple[str, str, str]:
    paths = ("t:profileDesc/t:creation/t:date", "t:profileDesc/t:correspDesc/t:correspAction[@type='sent']/t:date",
             ".//t:sourceDesc//t:origDate")  # fmt: skip
    for date in (one for path in paths for one in header.iterfind(path, NS)):
        days = [value for key in _DATES if re.match(r"\d{4}(-\d\d)*", value := str(date.get(key) or ""))]
        if days:
            return words_of(date) or days[0], days[0][:10], days[-1][:10]
    return words_of(header.find("t:profileDesc/t:creation", NS)), "", ""


def _archives(header: etree._Element) -> Iterable[etree._Element]:
    for place in header.iterfind(".//t:sourceDesc//t:msIdentifier", NS):
        parts = [place.find(f"t:{kind}", NS) for kind in ("repository", "institution")]
        yield from [one for one in parts if one is not None][:1]


def _local(root: etree._Element, names: Names) -> dict[str, tuple[str, str]]:
    """Return pointer → key and name of everybody whom the document itself lists."""
    return {
        f"#{entry.get(ID)}": _entry(str(entry.get("sameAs") or f"#{entry.get(ID)}"), _main(entry), names)
        for entry in root.iter(*(f"{{{TEI}}}{kind}" for kind in _ENTRIES))
        if entry.get(ID)
    }


def _entry(pointer: str, called: str, names: Names) -> tuple[str, str]:
    key = pointer.rpartition("#")[2].rpartition(":")[2]
    if key in names:
        return key, names[key]
    called = called or key
    return fold(called), called


def _is_of_the_document(entry: etree._Element) -> bool:
    return any(name(one) in {"particDesc", "settingDesc", "correspDesc"} for one in entry.iterancestors())


def _is_text(element: etree._Element) -> bool:
    return name(element) == "text" or any(name(one) == "text" for one in element.iterancestors())


def _facet(element: etree._Element) -> str | None:
    kind = name(element)
    if kind in {"name", "rs"}:
        return {"person": "person", "place": "place", "org": "organisation"}.get(str(element.get("type")))
    return _PEOPLE.get(kind)


def _label(element: etree._Element, pointer: str) -> str:
    return words_of(element.find(f"{{{TEI}}}speaker")).rstrip(" .:") or pointer.lstrip("#")


def _main(entry: etree._Element) -> str:
    found = [one for one in entry if name(one) in _NAMED]
    main = [one for one in found if one.get("type") == "main"] or found
    return words_of(main[0]) if main else ""


def _add(values: dict[str, str], entry: tuple[str, str]) -> None:
    values.setdefault(*entry)


def _add_words(values: dict[str, str], elements: Iterable[etree._Element]) -> None:
    for element in elements:
        if said := words_of(element):
            values.setdefault(fold(said), said)
