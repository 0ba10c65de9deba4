"""Takes a TEI tree and gives it ids to lead to, and pointers that mean something in the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from tei_edition.finding import Finding, Report, Severity
from tei_edition.images import IMAGES, image_missing
from tei_edition.location import line
from tei_edition.site.permalinks import Permalinks, print_of
from tei_edition.tei import ID, TEI, name

PLACES = {
    "p": "p", "ab": "p", "lg": "p", "sp": "turn", "head": "head", "item": "item", "row": "row", "note": "note",
    "opener": "opener", "closer": "closer", "salute": "salute", "signed": "signed", "dateline": "dateline",
    "stage": "stage", "bibl": "entry",
}  # fmt: skip
"""What a page can lead to, with the word its id begins with. A turn is one place with all its paragraphs."""

_ENTRIES = frozenset({"person", "personGrp", "place", "org"})
_NUMBER = re.compile(r"page-[A-Za-z0-9][A-Za-z0-9.-]{0,30}")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(kw_only=True)
class Site:
    """What pointers may lead to: pages of documents and entries of registers, by their files."""

    folder: Path
    """Of the TEI; images lie below it."""
    pages: Mapping[str, str]
    """Path of a file → id of the document that is published from it."""
    registers: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    """Path of a file → name of the register's page, and the ids that stand in it → those of the entries they mean."""
    images: dict[str, Path] = field(default_factory=dict)
    """Images that documents show: path in the site → file."""
    led: dict[str, str] = field(default_factory=dict)
    """Paths that documents point to → what is there, in the words of `leads_to`."""

    def leads_to(self, path: str) -> str:
        """Return what a path is in the site: a document, a register, an image below the folder of the TEI, nothing."""
        if path in self.pages:
            return f"document {self.pages[path]}"
        if path in self.registers:
            return f"register {self.registers[path][0]}"
        image = Path(path)
        shown = image.suffix.lower() in IMAGES and image.is_relative_to(_real(str(self.folder), "")) and image.is_file()
        return "image" if shown else ""


def mark_places(root: etree._Element, links: Permalinks | None = None, document: str = "") -> None:
    """Give every paragraph, turn, page, heading … of the text an ``xml:id``, and keep those that are there.

    A page has the id of its number. The others are counted, unless ``links`` knows them as places of the ``document``.
    """
    taken = {value for element in root.iter("*") if (value := element.get(ID))}
    places = [
        place
        for text in root.iterchildren(f"{{{TEI}}}text", f"{{{TEI}}}TEI")
        for place in _places(text)
        if place.get(ID) is None
    ]
    counted = [place for place in places if name(place) != "pb"]
    prints = [(PLACES[name(place)], print_of("".join(map(str, place.itertext())))) for place in counted]
    ids = (links or Permalinks()).ids(document, prints, taken)
    for place, key in zip(counted, ids, strict=True):
        place.set(ID, key)
    for page in places:
        key = f"page-{page.get('n', '').strip()}"
        if name(page) == "pb" and _NUMBER.fullmatch(key) and key not in taken:
            taken.add(key)
            page.set(ID, key)


def _places(element: etree._Element, within: str = "") -> Iterator[etree._Element]:
    for child in element:
        kind = name(child)
        if kind == "pb" or (kind in PLACES and within != "sp"):
            yield child
        if kind and kind != "teiHeader":
            yield from _places(child, "sp" if "sp" in (kind, within) else "")


def lead_within(root: etree._Element, file: Path, site: Site, report: Report) -> None:
    """Rewrite pointers to other files so that they lead to pages of the site; take away those that lead nowhere.

    A document becomes its page, an entry of a register the entry of the register's page, an image below the folder
    of the TEI is remembered; whatever else is relative loses its link and keeps its words.
    """
    for element in root.iter(f"{{{TEI}}}*"):
        kind = name(element)
        if kind in _ENTRIES and element.get("sameAs"):
            _to_entry(element, "sameAs", file, site)
        if (ref := element.get("ref")) and not ref.startswith("#"):
            _to_entry(element, "ref", file, site)
        if kind in {"graphic", "media", "binaryObject"} and (url := element.get("url")) and not _SCHEME.match(url):
            _to_image(element, "url", url, file, site, report)
        facs = str(element.get("facs", "")).partition(" ")[0]
        if Path(facs).suffix.lower() in IMAGES and not _SCHEME.match(facs) and not facs.startswith("#"):
            _to_image(element, "facs", facs, file, site, report)
        if (target := element.get("target")) and not target.startswith("#") and not _SCHEME.match(target):
            _to_page(element, target, file, site, report)


def _to_entry(element: etree._Element, attribute: str, file: Path, site: Site) -> None:
    pointer = str(element.get(attribute))
    if _SCHEME.match(pointer):
        return
    path, _, key = pointer.partition("#")
    page, keys = site.registers.get(_resolved(file, path), ("", {}))
    if key in keys:
        element.set(attribute, f"register/{page}.xml#{keys[key]}")
    else:
        del element.attrib[attribute]


def _to_page(element: etree._Element, target: str, file: Path, site: Site, report: Report) -> None:
    path, hash_, key = target.partition("#")
    whole = _resolved(file, path)
    site.led[whole] = site.leads_to(whole)
    page, keys = site.registers.get(whole, ("", {}))
    if whole in site.pages:
        element.set("target", f"{site.pages[whole]}.html")
    elif page and (key in keys or not hash_):
        element.set("target", f"register/{page}/{keys[key]}.html" if key else f"register/{page}.html")
    else:
        del element.attrib["target"]
        report(
            Finding(
                rule="pointer-dangling", severity=Severity.WARNING, file=file, line=line(element),
                message=f"“{target}” leads to nothing in the site; its words stand there without a link.",
                hint="Correct the pointer, or add what it points to.",
            )
        )  # fmt: skip


def _to_image(element: etree._Element, attribute: str, url: str, file: Path, site: Site, report: Report) -> None:
    image = _resolved(file, url)
    site.led[image] = site.leads_to(image)
    if site.led[image] == "image":
        inside = Path(image).relative_to(_real(str(site.folder), "")).as_posix()
        site.images[inside] = Path(image)
        element.set(attribute, inside)
        return
    del element.attrib[attribute]
    report(image_missing(url, "site", file, line(element)))


def _resolved(file: Path, pointer: str) -> str:
    try:
        return _real(str(file.parent), unquote(pointer))
    except (OSError, ValueError):
        return str(file.parent / "nowhere")


@lru_cache(maxsize=4096)
def _real(folder: str, path: str) -> str:
    """Return where a path leads, without links; a document names the same few files again and again."""
    return str((Path(folder) / path).resolve())
