"""Takes pages of regions and lines with their places on an image; gives the blocks of a transcript and its surfaces.

Regions come in reading order, lines within them; a line of the page is a line of the text. What stands on one line of
the image is one zone, and a region is the zone around its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tei_edition.readers.drafts import Draft, Said, blocks_written, said
from tei_edition.readers.tables import Cell, rows
from tei_edition.transcript import Block, Surface, Zone

ROLES = (
    (r"heading|title|titlepagezone|headingline|headline|subheading", "heading 1"),
    (r"header|running-?title(?:zone)?|footer|page-?number|numberingzone|catch-?word|signature-mark|quiremarkszone|"
     r"folio|running-?head", "page"),
    (r"marginalia|margintextzone|margin|marginal-?note", "margin"),
    (r"footnote(?:-continued)?|endnote", "note"),
    (r"caption|figureheading", "caption"),
    (r"toc-entry|list-?item", "item 1"),
    (r"salutation|salute", "salute"),
    (r"signature|closer|closing|signed", "signed"),
    (r"dateline|date", "dateline"),
    (r"byline|credit|author", "byline"),
    (r"quote|quotation|citation", "quotation"),
    (r"verse|poem|stanza", "verse"),
)  # fmt: skip
"""Types of regions as programs give them, in lower case, and the kind of block each becomes; the first that fits."""

HYPHENS = "-\u00ad\u2010¬⸗="
"""Signs that divide a word at the end of a line."""


@dataclass(slots=True)
class Written:
    """A line: where it stands and what is written there, in pieces of which something may be said."""

    points: str = ""
    pieces: list[tuple[str, tuple[Said, ...]]] = field(default_factory=list)
    kind: str = ""
    divided: bool = False
    """Whether the source says that a word goes on in the next line."""

    def text(self) -> str:
        """Return what is written."""
        return "".join(words for words, _ in self.pieces)


@dataclass(slots=True)
class Region:
    """A region of a page: what it is, where it stands, its lines, regions and cells, in reading order."""

    kind: str = ""
    points: str = ""
    lines: list[Written] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    cell: tuple[int, int, int, int] | None = None
    """Row and column from 0, and how many of each it takes, where it is a cell of a table."""


@dataclass(slots=True)
class Scan:
    """One page: its image with width and height in the units of the points, and its regions in reading order."""

    image: str = ""
    width: int = 0
    height: int = 0
    number: str = ""
    regions: list[Region] = field(default_factory=list)


def kind_of(name: str) -> tuple[str, int]:
    """Return the kind of block that a type of region becomes, with its level.

    >>> kind_of("page-number"), kind_of("MainZone")
    (('page', 0), ('text', 0))
    """
    folded = re.sub(r"[#:].*", "", name.strip().lower().replace("_", "-").replace(" ", "-"))
    for pattern, kind in ROLES:
        if re.fullmatch(pattern, folded):
            word, _, level = kind.partition(" ")
            return word, int(level or 0)
    return "text", 0


def laid_out(scans: Sequence[Scan]) -> tuple[list[Block], list[Surface]]:
    """Return the blocks of some pages, one for each region with words, and their surfaces."""
    drafts: list[Draft] = []
    surfaces: list[Surface] = []
    for count, scan in enumerate(scans, 1):
        key = f"facs-{count}"
        begin = Draft()
        begin.point(said("page", n=scan.number or _printed(scan.regions), facs=f"#{key}"))
        drafts.append(begin)
        zones: list[Zone] = []
        for number, region in enumerate(scan.regions, 1):
            drafts += _drafts(region, f"{key}-{number}", zones)
        surfaces.append(Surface(key, scan.image, scan.width, scan.height, tuple(zones)))
    return blocks_written(drafts), surfaces


def _printed(regions: Sequence[Region]) -> str:
    """Return the number printed on a page, where a region is said to hold it."""
    for region in regions:
        words = " ".join(line.text() for line in region.lines)
        found = re.fullmatch(r"\W*(\d{1,5}|[ivxlcdm]{1,8})\W*", words)
        if found and re.search(r"number|folio|header", region.kind.lower()):
            return found[1]
    return ""


def _drafts(region: Region, key: str, zones: list[Zone]) -> Iterator[Draft]:
    """Give the blocks of a region and the regions in it, and add its zone."""
    inner: list[Zone] = []
    kind, level = kind_of(region.kind)
    if any(other.cell for other in region.regions):
        yield from rows(_cells(region, key, inner))
    else:
        draft = Draft(kind, level, key if kind == "note" else "")
        yield from _lines(region.lines, draft, key, inner)
        for number, other in enumerate(region.regions, len(region.lines) + 1):
            yield from _drafts(other, f"{key}-{number}", inner)
    zones.append(Zone(key, region.kind, region.points, tuple(inner)))


def _lines(lines: Sequence[Written], draft: Draft, key: str, zones: list[Zone]) -> Iterator[Draft]:
    """Give the lines as a block, as several where a line is a heading of its own."""
    divided = False
    for number, line in enumerate(lines, 1):
        own = f"{key}-{number}"
        zones.append(Zone(own, line.kind, line.points, ()))
        text = line.text()
        if not text.strip():
            draft.point(*(mark for words, marks in line.pieces if not words for mark in marks))
            continue
        kind, level = kind_of(line.kind)
        if kind == "heading" and draft.kind == "text":
            yield draft
            yield Draft(kind, level, "", [("", (said("line", facs=f"#{own}"),)), *line.pieces])
            draft, divided = Draft(), False
            continue
        if draft.worded():
            draft.write("\n")
        goes_on = divided and bool(re.match(r"\s*[^\W\d_A-Z]", text)) and text.lstrip()[0].islower()
        draft.point(("line", (*(() if not goes_on else (("break", "no"),)), ("facs", f"#{own}"))))
        draft.pieces += line.pieces
        divided = line.divided or text.rstrip()[-1] in HYPHENS
    yield draft


def _cells(table: Region, key: str, zones: list[Zone]) -> Iterable[list[Cell]]:
    """Give the cells of a table by rows, in the order of their columns."""
    found: dict[int, list[Cell]] = {}
    for number, region in enumerate(table.regions, 1):
        row, column, high, wide = region.cell or (0, 0, 1, 1)
        drafts = list(_drafts(region, f"{key}-{number}", zones))
        found.setdefault(row, []).append(Cell(drafts, column, high, wide))
    return [sorted(found[row], key=lambda cell: cell.column) for row in sorted(found)]
