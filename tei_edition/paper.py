"""Takes the HTML of a view, or a book, and gives a tree ready for paper: running heads, notes at their marks."""

from __future__ import annotations

import copy
import re
import textwrap
from typing import Any

import lxml.html
from lxml import etree
from lxml.html.builder import E

from tei_edition.book.parts import Book

LONGEST_FOOTNOTE = 700
"""Characters of a note at the foot of a page. WeasyPrint does not split a footnote over pages, so that a longer one
would run off the page; it stays among the notes at the end."""

MOST_AT_A_FOOT = 1500
"""Characters of all the notes of one paragraph that go to the foot: more of them would not fit on its page."""

MOST_SPANNED = 100
"""Columns or rows that a cell may span; the time of a table grows with them."""

_MARKS = re.compile("([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{32})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")  # fmt: skip # noqa: E501
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:|doi:|urn:|#)", re.IGNORECASE)
_BLOCKS = "table|ul|ol|dl|blockquote|figure|aside|pre|h2|h3|h4|h5|h6"
_HEADINGS = "//h1 | //h2 | //h3 | //h4 | //h5 | //h6"


def of_page(html: str) -> Any:
    """Return a page as a tree made ready for paper: own style, running heads, footnotes at their marks."""
    page: Any = lxml.html.document_fromstring(html)
    for node in page.xpath("//head/link | //head/style | //meta[@http-equiv] | //nav[not(@id='contents')] | //script"):
        node.drop_tree()
    for node in page.xpath("//link | //base | //object | //embed | //iframe | //*[@rel='attachment']"):
        node.attrib.pop("rel", None)
        node.attrib.pop("href", None)
    for link in page.xpath("//a[@href]"):
        if not _SAFE_LINK.match(link.get("href")):
            del link.attrib["href"]
    for heading in page.xpath(_HEADINGS):
        words = " ".join("".join(heading.xpath(".//text()[not(ancestor::sup)]")).split())
        heading.set("data-label", words)
        heading.set("data-short", textwrap.shorten(words, 58, placeholder="…"))
    for heading in page.xpath("//body[@class='book']//h1"):
        heading.set("data-book", page.find("body").get("data-title"))
    for article in page.xpath("//article"):
        dates = article.xpath("./header[contains(@class, 'card')]/p[@class='kicker']/text()")
        article.set("data-date", dates[0].split(" · ")[0] if dates else "")
    for section in page.xpath("//section[contains(@class, 'notes') and not(contains(@class, 'textual'))]"):
        _to_feet(page, section)
    for cell in page.xpath("//*[@colspan or @rowspan]"):
        for span in ("colspan", "rowspan"):
            if not re.fullmatch(r"[0-9]{1,2}|100", cell.get(span, "1")):
                cell.set(span, str(MOST_SPANNED))
    for node in page.iter():
        node.text, node.tail = (part and _MARKS.sub(r"\1", part) for part in (node.text, node.tail))
    return page


def of_book(book: Book) -> str:
    """Return a book as one page of HTML."""
    page = E.html(
        {"lang": book.language},
        E.head(E.meta(charset="utf-8"), E.title(book.title)),
        E.body({"class": "book"}, *(_dressed(copy.deepcopy(part.body), part.kind) for part in book.parts)),
    )
    page.find("body").set("data-title", textwrap.shorten(book.title, 58, placeholder="…"))
    for name, value in (
        ("author", ", ".join(dict.fromkeys(name for _, name in book.responsible))),
        ("description", book.description),
        ("dcterms.created", book.date),
    ):
        if value:
            page.find("head").append(E.meta(name=name, content=value))
    text: str = lxml.html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    return text


def _dressed(body: Any, kind: str) -> Any:
    body.set("class", f"{body.get('class', '')} part of-{kind}".strip())
    if kind == "document":
        return body
    for heading in body.xpath("./h1[not(@class='title')]"):
        heading.set("class", f"{heading.get('class', '')} part-title".strip())
    return body


def _to_feet(page: Any, section: Any) -> None:
    """Move the notes of a list to their marks, as far as there is room, and the list away when it is empty."""
    room: dict[Any, int] = {}
    for item in section.xpath("./ol/li"):
        marks = page.xpath("//sup[a/@href=$aim]", aim=f"#{item.get('id')}") if item.get("id") else []
        body = item.find("div")
        if not marks or body is None or any(re.fullmatch(_BLOCKS, str(node.tag)) for node in body.iter()):
            continue
        block = next(iter(marks[0].xpath("ancestor::*[self::p or self::li or self::td or self::div][1]")), None)
        length = len(body.text_content())
        taken = room.get(block, 0) + length
        if length > LONGEST_FOOTNOTE or taken > MOST_AT_A_FOOT:
            continue
        room[block] = taken
        _to_foot(marks[0], item, body)
    if not section.xpath("./ol/li"):
        section.drop_tree()


def _to_foot(mark: Any, item: Any, body: Any) -> None:
    note: Any = etree.Element("span", {"class": "footnote", "data-n": _number(mark)})
    note.set("id", item.get("id"))
    note.text, note.tail = body.text, mark.tail
    for child in list(body):
        if child.tag in ("p", "div"):
            child.tag = "span"
            child.set("class", f"{child.get('class', '')} note-paragraph".strip())
            child.tail = " " if child.getnext() is not None else None
        note.append(child)
    tail = note.tail
    for node in note.iter():  # a footnote keeps the line ends of the file unless they are blanks
        node.text, node.tail = (part and re.sub(r"\s+", " ", part) for part in (node.text, node.tail))
    note.tail = tail
    mark.getparent().replace(mark, note)
    item.getparent().remove(item)


def _number(mark: Any) -> str:
    """Return the number of a note without the words that are for listeners only."""
    return "".join(mark.xpath(".//text()[not(ancestor::*[contains(@class, 'unseen')])]")).strip()
