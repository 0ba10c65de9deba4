"""Takes ALTO; gives a transcript: text blocks and lines in reading order, with places and tags on words.

The format is that of the Library of Congress, versions 1 to 4 (loc.gov/standards/alto).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from tei_edition.readers.docx_parts import attribute, child
from tei_edition.readers.drafts import Said, said
from tei_edition.readers.layout import HYPHENS, Region, Scan, Written, laid_out
from tei_edition.readers.page import Page
from tei_edition.readers.styles import Stylebook
from tei_edition.tei import name, parse
from tei_edition.transcript import Transcript

_STYLES = {
    "bold": "bold", "italics": "italic", "underline": "underline", "smallcaps": "smallcaps",
    "superscript": "superscript", "subscript": "subscript", "strikethrough": "del",
}  # fmt: skip
"""Words of ``FONTSTYLE`` and ``STYLE``, and the marks they are."""
_ENTITIES = {
    "person": "person", "per": "person", "pers": "person", "place": "place", "location": "place", "loc": "place",
    "organization": "organisation", "organisation": "organisation", "org": "organisation", "date": "date",
}  # fmt: skip
"""Types of entities that are tagged by name, and the marks they are."""
_SPACES = ("TopMargin", "LeftMargin", "PrintSpace", "RightMargin", "BottomMargin")
_MARGINS = {"TopMargin": "header", "BottomMargin": "footer", "LeftMargin": "marginalia", "RightMargin": "marginalia"}
_BLOCKS = ("TextBlock", "ComposedBlock", "Illustration", "GraphicalElement")


def alto(page: Page) -> Transcript | str:
    """Return the transcript of an ALTO file, or a sentence that says why it is none."""
    if not re.search(r"<(?:\w+:)?alto\b", page.text[:4000]):
        return "The file has no element alto, so it is no ALTO."
    root = parse(page.data, page.path, page.report)
    if root is None or name(root) != "alto":
        return "The file is no ALTO that can be read."
    blocks, surfaces = laid_out(scans_of(root, Stylebook(page, page.styles)))
    made = page.transcript("alto", "", blocks, "")
    made.surfaces = surfaces
    return made


def scans_of(root: etree._Element, book: Stylebook) -> list[Scan]:
    """Return the pages that an ALTO file describes; all have the image of the file."""
    told = _Told(root, book)
    layout = child(root, "Layout")
    return [told.scan(node) for node in (layout if layout is not None else ()) if name(node) == "Page"]


class _Told:
    """What an ALTO file says beside its layout: tags, styles, the reading order, the image."""

    def __init__(self, root: etree._Element, book: Stylebook) -> None:
        about = child(root, "Description", "sourceImageInformation", "fileName")
        self.image = "" if about is None else (about.text or "").strip().replace("\\", "/").rpartition("/")[2]
        self.book = book
        self.tags = {attribute(node, "ID"): node for node in root.iter() if name(node).endswith("Tag")}
        self.styles = {attribute(node, "ID"): node for node in root.iter("{*}TextStyle")}
        refs = (node for node in root.iter("{*}ElementRef"))
        self.order = {attribute(node, "REF"): number for number, node in enumerate(refs)}

    def scan(self, page: etree._Element) -> Scan:
        """Return one page; the margins come at their places around the text."""
        spaces = [node for node in page if name(node) in _SPACES]
        spaces.sort(
            key=lambda node: ("TopMargin", "LeftMargin", "PrintSpace", "RightMargin", "BottomMargin").index(name(node))
        )
        regions = [
            self.region(block, _MARGINS.get(name(space), ""))
            for space in spaces
            for block in self._sorted(space)
        ]  # fmt: skip
        regions += [self.region(block, "") for block in self._sorted(page)]
        printed = attribute(page, "PRINTED_IMG_NR")
        width, height = (_number(attribute(page, key)) for key in ("WIDTH", "HEIGHT"))
        return Scan(self.image, width, height, printed, regions)

    def _sorted(self, node: etree._Element) -> list[etree._Element]:
        """Return the blocks in an element, those of the reading order first and in its order."""
        found = [inner for inner in node if name(inner) in _BLOCKS]
        last = len(self.order)
        return sorted(found, key=lambda inner: self.order.get(attribute(inner, "ID"), last))

    def region(self, node: etree._Element, kind: str) -> Region:
        """Return a block of the layout as a region."""
        labels = [attribute(self.tags[key], "LABEL") for key in attribute(node, "TAGREFS").split() if key in self.tags]
        kind = next(filter(None, labels), "") or attribute(node, "TYPE") or kind
        if not kind and name(node) in ("Illustration", "GraphicalElement"):
            kind = name(node).lower()
        lines = [inner for inner in node if name(inner) == "TextLine"]
        last = len(self.order)
        lines.sort(key=lambda inner: self.order.get(attribute(inner, "ID"), last))
        return Region(
            kind, _points(node), [self._line(line) for line in lines],
            [self.region(inner, "") for inner in self._sorted(node)],
        )  # fmt: skip

    def _line(self, node: etree._Element) -> Written:
        labels = [attribute(self.tags[key], "LABEL") for key in attribute(node, "TAGREFS").split() if key in self.tags]
        line = Written(_points(node), kind=next(filter(None, labels), ""))
        for inner in node:
            if name(inner) == "SP":
                line.pieces.append((" ", ()))
            elif name(inner) == "HYP":
                sign = attribute(inner, "CONTENT") or "-"
                line.pieces += [] if line.text().endswith(tuple(HYPHENS)) else [(sign, ())]
                line.divided = True
            elif name(inner) == "String":
                words = " ".join(attribute(inner, "CONTENT").split())
                before = inner.getprevious()
                if before is not None and name(before) == "String" and line.pieces:
                    line.pieces.append((" ", ()))
                if attribute(inner, "SUBS_TYPE") == "HypPart1":
                    line.divided = True
                line.pieces.append((words, tuple(self._said(inner))))
        return line

    def _said(self, node: etree._Element) -> Iterator[Said]:
        for key in attribute(node, "TAGREFS").split():
            tag = self.tags.get(key)
            if tag is not None and name(tag) == "NamedEntityTag":
                kind = _ENTITIES.get(attribute(tag, "TYPE").lower()) or _ENTITIES.get(attribute(tag, "LABEL").lower())
                yield from [said(kind)] if kind else []
        styles = [attribute(self.styles.get(key), "FONTSTYLE") for key in attribute(node, "STYLEREFS").split()]
        words = " ".join([*styles, attribute(node, "STYLE")]).split()
        yield from (said(_STYLES[word]) for word in dict.fromkeys(words) if word in _STYLES)


def _points(node: etree._Element) -> str:
    """Return the corners of an element as ``x,y x,y``: of its polygon, or of its box."""
    polygon = attribute(child(node, "Shape", "Polygon"), "POINTS").replace(",", " ").split()
    if len(polygon) >= 6 and len(polygon) % 2 == 0:
        return " ".join(f"{_number(x)},{_number(y)}" for x, y in zip(polygon[::2], polygon[1::2], strict=True))
    if not attribute(node, "HPOS") or not attribute(node, "WIDTH"):
        return ""
    x, y, width, height = (_number(attribute(node, key)) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
    return f"{x},{y} {x + width},{y} {x + width},{y + height} {x},{y + height}"


def _number(words: str) -> int:
    return round(float(words)) if re.fullmatch(r"-?\d{1,9}(?:\.\d{1,9})?", words) else 0
