"""Takes a TEI tree and gives it ids to lead to, and pointers that mean something in the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from tei_edition.finding import Finding, Report, Severity
from tei_edition.location import line
from tei_edition.site.permalinks import Permalinks, print_of
from tei_edition.tei import ID, TEI, name

PLACES = {
    "p": "p", "ab": "p", "lg": "p", "sp": "turn", "head": "head", "item": "item", "row": "row", "note": "note",
    "opener": "opener", "closer": "closer", "salute": "salute", "signed": "signed", "dateline": "dateline",
    "stage": "stage", "bibl": "entry",
}  # fmt: skip
"""What a page can lead to, with the word its id begins with. A turn is one place with all its paragraphs."""

IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})

_ENTRIES = frozenset({"person", "personGrp", "place", "org"})
_NUMBER = re.compile(r"page-[A-Za-z0-9][A-Za-z0-9.-]{0,30}")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(kw_only=True)
class Site:
    """What pointers may lead to: pages of documents and entries of registers, by their files."""

    folder: Path
    """Of the TEI; images lie below it."""
    pages: Mapping[Path, str]
    """File → id of the document that is published from it."""
    registers: dict[Path, tuple[str, frozenset[str]]] = field(default_factory=dict)
    """File → name of the register's page, and the ids of its entries."""
    images: dict[str, Path] = field(default_factory=dict)
    """Images that documents show: path in the site → file."""


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
            _to_image(element, url, file, site, report)
        elif (target := element.get("target")) and not target.startswith("#") and not _SCHEME.match(target):
            _to_page(element, target, file, site, report)


def _to_entry(element: etree._Element, attribute: str, file: Path, site: Site) -> None:
    pointer = str(element.get(attribute))
    if _SCHEME.match(pointer):
        return
    path, _, key = pointer.partition("#")
    page, keys = site.registers.get(_resolved(file, path), ("", frozenset()))
    if key in keys:
        element.set(attribute, f"register/{page}.xml#{key}")
    else:
        del element.attrib[attribute]


def _to_page(element: etree._Element, target: str, file: Path, site: Site, report: Report) -> None:
    path, hash_, key = target.partition("#")
    whole = _resolved(file, path)
    page, keys = site.registers.get(whole, ("", frozenset()))
    if whole in site.pages:
        element.set("target", f"{site.pages[whole]}.html")
    elif page and (key in keys or not hash_):
        element.set("target", f"register/{page}.html{hash_}{key}")
    else:
        del element.attrib["target"]
        report(
            Finding(
                rule="pointer-dangling", severity=Severity.WARNING, file=file, line=line(element),
                message=f"“{target}” leads to nothing in the site; its words stand there without a link.",
                hint="Correct the pointer, or add what it points to.",
            )
        )  # fmt: skip


def _to_image(element: etree._Element, url: str, file: Path, site: Site, report: Report) -> None:
    image, folder = _resolved(file, url), site.folder.resolve()
    if image.is_file() and image.is_relative_to(folder) and image.suffix.lower() in IMAGES:
        inside = image.relative_to(folder).as_posix()
        site.images[inside] = image
        element.set("url", inside)
        return
    del element.attrib["url"]
    report(
        Finding(
            rule="image-missing", severity=Severity.WARNING, file=file, line=line(element),
            message=f"The image “{url}” is not in the site.",
            hint="Put a PNG, JPEG or GIF file of that name into the folder of the TEI.",
        )
    )  # fmt: skip


def _resolved(file: Path, pointer: str) -> Path:
    try:
        return (file.parent / unquote(pointer)).resolve()
    except (OSError, ValueError):
        return file.parent / "nowhere"
