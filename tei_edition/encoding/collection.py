"""Takes a page that lists documents and gives its ``text``: a ``listBibl`` of dates, titles and abstracts."""

from __future__ import annotations

import re

from lxml import etree

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.dates import parse_date
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.doubts import doubts
from tei_edition.encoding.nesting import flatten, nest
from tei_edition.encoding.spelling import Span
from tei_edition.finding import Severity
from tei_edition.tei import TEI, E
from tei_edition.transcript import Block

_ENUMERATED = re.compile(r"\((\d{1,2})\)(\s+)")
_CAPTION = re.compile(r"\((?:Image|Photo|Photograph|Picture|Map|Poster)\b[^()]{3,300}\)")


def compose_collection(desk: Desk) -> etree._Element:
    """Set a list of documents; each record keeps its date, title and abstract in the order of the page."""
    composer = Composer(desk, desk.transcript.blocks)
    listing = E.listBibl()
    div = E.div(type="collection")
    composer.body.append(div)
    record: etree._Element | None = None
    for block in desk.transcript.blocks:
        match block.kind:
            case "title":
                composer.leaf(div, "head", block)
            case "blurb" if record is None:
                _enumeration(composer, desk, block)
                composer.leaf(div, "p", block)
            case "record-date":
                desk.day = _day(block.text)
                record = composer.container(listing, "bibl", block.before)
                composer.piece(record, "date", block, first=True)
                _plain_date(record[-1], block)
            case kind if record is None or (kind == "record-title" and record.find(f"{{{TEI}}}title") is not None):
                record = composer.container(listing, "bibl", block.before)
                composer.piece(record, "title", block, first=True)
            case "record-title":
                composer.piece(record, "title", block)
            case _:
                composer.piece(record, "note", block, attributes={"type": "abstract"})
        doubts(block, desk)
    div.append(listing if len(listing) else E.p())
    composer.close(desk.transcript.after)
    return composer.text


def _day(text: str) -> str:
    found = parse_date(text)
    return found.attributes.get("when", "") if found else ""


def _plain_date(element: etree._Element, block: Block) -> None:
    """Give the record's date its attributes; a date element inside the date element says nothing more."""
    found = parse_date(block.text)
    for inner in element.findall(f"{{{TEI}}}date"):
        etree.strip_tags(element, inner.tag)
    for key, value in (found.attributes if found else {}).items():
        element.set(key, value)


def _enumeration(composer: Composer, desk: Desk, block: Block) -> None:
    """Find “(1) …; (2) …” and a caption in the blurb: other collections, and an image that is not on the page."""
    text = block.text
    marks = list(_ENUMERATED.finditer(text))
    found: list[list[Span]] = []
    if len(marks) > 1 and [int(mark[1]) for mark in marks] == list(range(1, len(marks) + 1)):
        ends = [mark.start() for mark in marks[1:]]
        stop = re.compile(r"\.(?=\s|$)").search(text, marks[-1].end())
        ends.append(stop.end() if stop else len(text))
        parts = [Span(marks[0].start(), ends[-1], "list", {"rend": "inline"})]
        for mark, end in zip(marks, ends, strict=True):
            words = text[mark.end() : end].rstrip(" \t\r\n")
            bare = re.sub(r"(?:[;,.]|; and|, and)$", "", words)
            parts.append(Span(mark.start(), mark.end() - len(mark[2]), "label"))
            parts.append(Span(mark.end(), mark.end() + len(words), "item"))
            parts.append(Span(mark.end(), mark.end() + len(bare), "ref", {"type": "collection"}))
        found.append(parts)
        desk.say(
            "collection-unlinked", Severity.INFO, block, marks[0].start(),
            f"{len(marks)} other collections are named; the page gives no address for them.",
        )  # fmt: skip
    caption = _CAPTION.search(text)
    if caption:
        inner = Span(caption.start() + 1, caption.end() - 1, "figDesc")
        found.append([Span(caption.start(), caption.end(), "figure", {}, 1, 1), inner])
    composer.give(block, nest([*found, *([span] for span in flatten(composer.spans(block)))]))
