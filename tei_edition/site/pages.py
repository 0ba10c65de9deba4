"""Takes what the documents of a site say and gives the pages that are of no single document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.site.frames import Frames, attributes
from tei_edition.site.mapping import Point, drawn_map, geojson

Written = Iterator[tuple[str, str]]
"""Path in the site and content, one file after another."""

_HEAD = ("title", "date", "collection")


@dataclass(kw_only=True)
class Site:
    """All that is said on a site: registers and documents as ``digest.xsl`` and `drawing` give them, in order."""

    frames: Frames
    registers: Sequence[etree._Element]
    documents: Sequence[etree._Element]
    speaking: Mapping[str, str] = field(default_factory=dict)
    """Entry → id of its page as a speaker."""
    mentions: dict[str, dict[int, list[etree._Element]]] = field(default_factory=dict)
    """Entry (``persons#stalin``) → number of a document → what it says of the entry."""

    def __post_init__(self) -> None:
        for number, document in enumerate(self.documents):
            for one in document.iterchildren("mention", "context"):
                self.mentions.setdefault(str(one.get("entry")), {}).setdefault(number, []).append(one)

    def pages(self) -> Written:
        """Yield the front page, the page about the edition, the chronology, the map, and one for what is missing."""
        whole = self.frames.site()
        for head, register in zip(whole.iterfind("register"), self.registers, strict=True):
            for entry in register.iter("entry"):
                found = self.mentions.get(f"{register.get('id')}#{entry.get('id')}", {})
                times = sum(one.tag == "mention" for rows in found.values() for one in rows)
                etree.SubElement(head, "entry", id=str(entry.get("id")), times=str(times)).extend(
                    map(deepcopy, entry.iterfind("name"))
                )
        for document in self.documents:
            kept = ("turn", "context", "mention")
            row = etree.SubElement(whole, "document", attributes(document))
            row.extend(deepcopy(child) for child in document if child.tag not in kept)
        text = etree.tostring(whole, encoding="unicode")
        for page in ("front", "about"):
            path = "index.html" if page == "front" else f"{page}.html"
            yield path, self.frames.page(page, text, path)
        yield "search.html", self.frames.page("search", text, "search.html")
        if self.has_days():
            yield "chronology.html", self.frames.page("chronology", text, "chronology.html")
        missing = self.frames.site()
        etree.SubElement(missing, "missing", title="Not found")
        yield "404.html", self.frames.page("plain", missing, "404.html")

    def has_days(self) -> bool:
        """Return whether a document has a date."""
        return any(when.get("when") for document in self.documents for when in document.iterfind("date"))

    def register_pages(self) -> Written:
        """Yield the page of every register, and one for every entry that occurs."""
        for register in self.registers:
            key = str(register.get("id"))
            site = self.frames.site()
            place = site.find(f"register[@id='{key}']")
            entries = {str(entry.get("id")): entry for entry in register.iter("entry")}
            assert place is not None
            place.extend(deepcopy(child) for child in register if child.tag != "title")
            used = sorted({at for one in entries for at in self.mentions.get(f"{key}#{one}", {})})
            for at in used:
                row = _head(site, self.documents[at])
                row.extend(
                    deepcopy(one) for one in self.documents[at].iterchildren("mention")
                    if str(one.get("entry")).startswith(f"{key}#")
                )  # fmt: skip
            path = f"register/{key}.html"
            yield path, self.frames.page("register", site, path, register=key)
            for one, entry in entries.items():
                site = self.frames.site()
                place = site.find(f"register[@id='{key}']")
                assert place is not None
                place.append(deepcopy(entry))
                place[-1].set("speaker", self.speaking.get(f"{key}#{one}", ""))
                for at, rows in self.mentions.get(f"{key}#{one}", {}).items():
                    _head(site, self.documents[at]).extend(map(deepcopy, rows))
                path = f"register/{key}/{one}.html"
                yield path, self.frames.page("entry", site, path, register=key)

    def points(self) -> list[Point]:
        """Return the entries that have coordinates, by name."""
        found = []
        for register in self.registers:
            for entry in register.iter("entry"):
                numbers = (entry.findtext("geo") or "").replace(",", " ").split()
                try:
                    latitude, longitude = map(float, numbers[:2])
                except ValueError:
                    continue
                if abs(latitude) <= 90 and abs(longitude) <= 180:
                    key = f"{register.get('id')}#{entry.get('id')}"
                    found.append(
                        Point(
                            name=entry.findtext("name") or "", latitude=latitude, longitude=longitude,
                            href=f"register/{register.get('id')}/{entry.get('id')}.html",
                            documents=len(self.mentions.get(key, {})),
                        )
                    )  # fmt: skip
        return sorted(found, key=lambda point: (point.name, point.href))

    def map_pages(self) -> Written:
        """Yield the map and its data, when there is a place to show."""
        points = self.points()
        if not points:
            return
        site = self.frames.site()
        row = etree.SubElement(site, "map", title="Map")
        for point in points:
            etree.SubElement(row, "point", href=point.href, documents=str(point.documents)).text = point.name
        page = self.frames.page("plain", site, "map.html")
        yield "map.html", page.replace("<!--map-->", drawn_map(points, self.frames.word("Map of places")), 1)
        yield "places.geojson", geojson(points, self.frames.edition["address"])

    def moved_pages(self, moved: Mapping[str, Mapping[str, tuple[str, str]]]) -> Written:
        """Yield a page for every document that is now part of others, with the way to each of its places."""
        heads = {str(document.get("id")): document for document in self.documents}
        for old, places in moved.items():
            site = self.frames.site()
            row = etree.SubElement(site, "moved", title="This document has moved")
            for place, (document, at) in places.items():
                head = heads[document]
                etree.SubElement(
                    row, "place", id=f"t-{place}" if place else "", document=document, at=f"t-{at}" if at else "",
                    name=head.findtext("title") or document, lang=str(head.get("lang")),
                )  # fmt: skip
            _head(site, heads[places[""][0]])
            yield f"{old}.html", self.frames.page("plain", site, f"{old}.html")


def _head(site: etree._Element, document: etree._Element) -> etree._Element:
    """Add to a tree what other pages say of a document, and return it."""
    row = etree.SubElement(site, "document", attributes(document))
    row.extend(deepcopy(child) for child in document if child.tag in _HEAD)
    return row


def head_of(document: etree._Element) -> bytes:
    """Return what other pages say of a document: its title and date."""
    return etree.tostring(_head(etree.Element("site"), document))
