"""Takes what the shelf has of the documents of a site and gives the pages that are of no single document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from tei_edition.site.frames import Frames, Page, attributes
from tei_edition.site.mapping import Point, drawn_map, geojson
from tei_edition.site.shelf import Shelf
from tei_edition.site.sums import summed

Content = str | bytes | Iterable[str]
Written = Iterator[Page | tuple[str, Content] | tuple[str, Content, str]]
"""A page to be drawn, or the path in the site of a file, its content, and its group if it has one; one by one."""

BRIEF = frozenset({"title", "date", "collection"})
FEW = 60
"""So many documents are listed on the front page; more have a list of their own."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """What the site says of a document on other pages, as XML."""

    id: str
    key: str
    """Of what the shelf has of it."""
    whole: str
    brief: str
    """Title and date."""
    title: str
    lang: str
    when: str
    is_collection: bool


def head_of(key: str, whole: str) -> Head:
    """Return the head of a document, given the part of its digest that lists show."""
    row = etree.fromstring(whole)
    brief = etree.Element("document", attributes(row))
    brief.extend(deepcopy(child) for child in row if child.tag in BRIEF)
    when = row.find("date")
    return Head(
        id=str(row.get("id")), key=key, whole=whole, brief=etree.tostring(brief, encoding="unicode"),
        title=row.findtext("title") or str(row.get("id")), lang=str(row.get("lang")),
        when=str(when.get("when", "")) if when is not None else "", is_collection=row.find("collection") is not None,
    )  # fmt: skip


@dataclass(kw_only=True)
class Site:
    """All that is said on a site."""

    frames: Frames
    registers: Sequence[etree._Element]
    """As ``digest.xsl`` gives them."""
    documents: Sequence[Head]
    """In their order, which is that of the shelf."""
    shelf: Shelf
    speaking: Mapping[str, str] = field(default_factory=dict)
    """Entry → id of its page as a speaker."""
    counts: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """Entry (``persons#stalin``) → how often it occurs, in how many documents, how often the text names it."""

    books: list[str] = field(default_factory=list)
    """Paths of the edition as a book."""
    stays: Callable[[str], bool] = lambda group: False
    """Lets all files of a group stay, and says whether they are as they were."""
    common: str = ""
    """A sum of what all pages are made from."""
    many: Sequence[etree._Element] = ()
    """Of too many documents for one page: their years and kinds."""

    def __post_init__(self) -> None:
        rows = self.shelf.rows(
            "SELECT entry, SUM(manner != 'context'), COUNT(DISTINCT document), SUM(manner = 'context') FROM line "
            "GROUP BY entry"
        )
        self.counts = {entry: (times, documents, named) for entry, times, documents, named in rows}

    def tree(self) -> etree._Element:
        """Return a new tree to put into it what a page is about."""
        return self.frames.site()

    def page(self, sheet: str, tree: etree._Element | str, path: str, group: str = "", **options: str) -> Page:
        """Return a page to be drawn."""
        text = tree if isinstance(tree, str) else etree.tostring(tree, encoding="unicode")
        return Page(path=path, sheet=sheet, tree=text, options=tuple(options.items()), group=group)

    def group(self, name: str, numbers: Iterable[int], *others: str) -> str:
        """Return what pages are made from that show some documents."""
        told = [(self.documents[number].key, self.documents[number].brief) for number in numbers]
        return f"{name} {summed(self.common, repr(told), *others)}"

    def numbers(self, table: str, column: str) -> dict[str, list[int]]:
        """Return of every entry, or of every speaker, the numbers of the documents where it is."""
        found: dict[str, list[int]] = {}
        for key, number in self.shelf.rows(
            f"SELECT DISTINCT {column}, number FROM {table} JOIN place USING (document) ORDER BY number"
        ):
            found.setdefault(key, []).append(number)
        return found

    def pages(self) -> Written:
        """Yield the front page, the page about the edition, the search page, and one for what is missing."""
        whole = self.tree()
        for head, register in zip(whole.iterfind("register"), self.registers, strict=True):
            most = sorted(register.iter("entry"), key=lambda entry: -self._times(register, entry))[:9]
            for entry in most:
                times = self._times(register, entry)
                etree.SubElement(head, "entry", id=str(entry.get("id")), times=str(times)).extend(
                    map(deepcopy, entry.iterfind("name"))
                )
        whole.extend(self.many)
        for path in self.books:
            etree.SubElement(whole, "book", href=path, label=path.rpartition(".")[2].upper())
        shown = [one for one in self.documents if one.is_collection or not self.is_long()]
        text = with_documents(whole, (one.whole for one in shown))
        yield self.page("front", text, "index.html")
        yield self.page("search", text, "search.html")
        missing = self.tree()
        etree.SubElement(missing, "missing", title="Not found")
        yield self.page("plain", missing, "404.html")

    def _times(self, register: etree._Element, entry: etree._Element) -> int:
        return self.counts.get(f"{register.get('id')}#{entry.get('id')}", (0, 0, 0))[0]

    def singles(self) -> list[Head]:
        """Return the documents that are not about a collection."""
        return [one for one in self.documents if not one.is_collection]

    def is_long(self) -> bool:
        """Return whether there are too many documents for one page."""
        return len(self.documents) > FEW

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
                            documents=self.counts.get(key, (0, 0, 0))[1],
                        )
                    )  # fmt: skip
        return sorted(found, key=lambda point: (point.name, point.href))

    def map_pages(self) -> Written:
        """Yield the map and its data, when there is a place to show."""
        points = self.points()
        if not points:
            return
        tree = self.tree()
        row = etree.SubElement(tree, "map", title="Map")
        for point in points:
            etree.SubElement(row, "point", href=point.href, documents=str(point.documents)).text = point.name
        page = self.page("plain", tree, "map.html")
        drawn = drawn_map(points, self.frames.word("Map of places"))
        yield Page(path=page.path, sheet=page.sheet, tree=page.tree, inside=("<!--map-->", drawn))
        yield "places.geojson", geojson(points, self.frames.edition["address"])

    def moved_pages(self, moved: Mapping[str, Mapping[str, tuple[str, str]]]) -> Written:
        """Yield a page for every document that is now part of others, with the way to each of its places."""
        heads = {one.id: one for one in self.documents}
        for old, places in moved.items():
            tree = self.tree()
            row = etree.SubElement(tree, "moved", title="This document has moved")
            for place, (document, at) in places.items():
                etree.SubElement(
                    row, "place", id=f"t-{place}" if place else "", document=document, at=f"t-{at}" if at else "",
                    name=heads[document].title, lang=heads[document].lang,
                )  # fmt: skip
            yield self.page("plain", with_documents(tree, [heads[places[""][0]].brief]), f"{old}.html")


def with_documents(tree: etree._Element, documents: Iterable[str]) -> str:
    """Return a tree as text with documents, which are text already, at its end."""
    text = etree.tostring(tree, encoding="unicode")
    head, end, _ = text.rpartition("</")
    return f"{head}{''.join(documents)}{end}site>"


def element(tag: str, text: str = "", inside: str = "", **attributes: object) -> str:
    """Return an element as text; ``inside`` is XML already.

    >>> element("a", "x < y", number=2)
    '<a number="2">x &lt; y</a>'
    """
    said = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{tag}{said}>{escape(text)}{inside}</{tag}>"
