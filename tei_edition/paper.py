"""Takes the HTML of a view, or a book, and gives a tree ready for paper: running heads, notes at their marks."""

from __future__ import annotations

import copy
import itertools
import re
import textwrap
from typing import Any

import lxml.html
from lxml import etree
from lxml.html.builder import E

from tei_edition.book.parts import Book, drop_choices
from tei_edition.phrases import phrase

LONGEST_FOOTNOTE = 700
"""Characters of a note at the foot of a page. WeasyPrint does not split a footnote over pages, so that a longer one
would run off the page; it stays among the notes at the end."""

MOST_AT_A_FOOT = 1500
"""Characters of all the notes of one paragraph that go to the foot: more of them would not fit on its page."""

MOST_SPANNED = 100
"""Columns or rows that a cell may span; the time of a table grows with them."""

MOST_HEADS = 4
"""Rows of heads that a table repeats on each page."""

HEAD = 80
"""Letters that a running head has room for, left and right together."""

_GENERATED = frozenset({"milestone", "divided", "abbr-sign"})
"""Classes of empty elements to which the style gives words."""

_FIGURES = re.compile(r"[-–−+]?[$£€]?\s*[.,]?\d[\d.,\s]*%?")
_NO_FIGURE = re.compile(r"[-–—.…*\s]*")
_MARKS = re.compile("([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{32})[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")  # fmt: skip # noqa: E501
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:|doi:|urn:|#)", re.IGNORECASE)
_BLOCKS = "table|ul|ol|dl|blockquote|figure|aside|pre|h2|h3|h4|h5|h6"
_WORDS = "[not(ancestor::sup or ancestor::*[contains(concat(' ', @class, ' '), ' pb ')])]"
"""The words of a heading without marks of notes and pages."""

_HEADINGS = "//h1 | //h2 | //h3 | //h4 | //h5 | //h6"


def of_page(html: str) -> Any:
    """Return a page as a tree made ready for paper: own style, running heads, footnotes at their marks."""
    page: Any = lxml.html.document_fromstring(html)
    for node in page.xpath("//head/link | //head/style | //meta[@http-equiv] | //nav[not(@id='contents')] | //script"):
        node.drop_tree()
    drop_choices(page)
    for node in page.xpath("//link | //base | //object | //embed | //iframe | //*[@rel='attachment']"):
        node.attrib.pop("rel", None)
        node.attrib.pop("href", None)
    for link in page.xpath("//a[@href]"):
        if not _SAFE_LINK.match(link.get("href")):
            del link.attrib["href"]
    for heading in page.xpath(_HEADINGS):
        words = " ".join("".join(heading.xpath(f".//text(){_WORDS}")).split())
        heading.set("data-label", words)
        heading.set("data-short", _short(words, 54))
        _keep_together(heading)
    for heading in page.xpath("//body[@class='book']//h1"):
        heading.set("data-book", page.find("body").get("data-title"))
    for article in page.xpath("//article"):
        _set_running_heads(article)
    for section in page.xpath("//section[contains(@class, 'notes') and not(contains(@class, 'textual'))]"):
        _to_feet(page, section)
    for table in page.iter("table"):
        _repeat_heads(table)
        _align_figures(table)
    for node in page.xpath("//article//span[not(node())][not(@id)]"):
        if not _GENERATED & set(node.get("class", "").split()):
            node.drop_tree()  # WeasyPrint breaks a line too early before words that follow an empty box
    for empty in ("*[contains(concat(' ', @class, ' '), ' entry ')]", "li", "section[contains(@class, 'list-')]"):
        for node in page.xpath(f"//article//{empty}[not(normalize-space())][not(.//img or .//*[@id])]"):
            node.drop_tree()
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
    page.find("body").set("data-title", _short(book.title, 54))
    for name, value in (
        ("author", ", ".join(dict.fromkeys(name for _, name in book.responsible))),
        ("description", book.description),
        ("dcterms.created", book.date),
    ):
        if value:
            page.find("head").append(E.meta(name=name, content=value))
    text: str = lxml.html.tostring(page, encoding="unicode", doctype="<!DOCTYPE html>")
    return text


def _short(words: str, length: int) -> str:
    """Return words as a running head has room for them."""
    short = textwrap.shorten(words, length, placeholder="…")
    return short if short == words else re.sub(r"[\s,;:.–—-]*…$", "…", short)


def _keep_together(heading: Any) -> None:
    """Let the last line of a heading have two words at least."""
    last: Any = next((node for node in reversed(heading.xpath(f".//text(){_WORDS}")) if node.strip()), "")
    kept = re.sub(r"(?<=\S)\s+(?=\S{1,16}\s*$)", "\u00a0", last)
    if kept == last or len(heading.text_content().split()) < 4:
        return
    holder = last.getparent()
    if last.is_tail:
        holder.tail = kept
    else:
        holder.text = kept


def _set_running_heads(article: Any) -> None:
    """Say what stands over the pages of a document beside its title: its date, or the part that a page begins with."""
    title = article.find(".//h1")
    if title is None:
        return
    room = HEAD - len(title.get("data-short"))
    dates = article.xpath("./header[contains(@class, 'card')]/p[@class='kicker']/text()")
    date = dates[0].split(" · ")[0] if dates else ""
    title.set("data-date", date if len(date) <= room else "")
    parts = article.xpath("./div[@class='text']//h2[not(ancestor::table)]")
    if title.get("data-date") or len(parts) < 2:
        return
    title.set("data-short", _short(title.get("data-label"), HEAD // 2))
    for part in parts:
        part.set("data-part", _short(part.get("data-label").rstrip(" .:"), HEAD // 2))


def _align_figures(table: Any) -> None:
    """Mark the columns that hold figures below their head, so that the figures end together."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    columns: dict[int, list[tuple[int, Any]]] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.get("rowspan", "1") != "1":
                return
            span = cell.get("colspan", "1")
            if span == "1":
                columns.setdefault(column, []).append((number, cell))
            column += int(span) if re.fullmatch(r"[0-9]{1,3}", span) else 1
    for cells in columns.values():
        words = [(number, cell.text_content().strip()) for number, cell in cells]
        figures = [number for number, said in words if _FIGURES.fullmatch(said)]
        others = [number for number, said in words if not (_FIGURES.fullmatch(said) or _NO_FIGURE.fullmatch(said))]
        if len(figures) > 2 and all(number < min(figures[0], MOST_HEADS) for number in others):
            for _, cell in cells:
                cell.set("class", f"{cell.get('class', '')} figures".strip())


def _dressed(body: Any, kind: str) -> Any:
    body.set("class", f"{body.get('class', '')} part of-{kind}".strip())
    if kind == "document":
        return body
    for heading in body.xpath("./h1[not(@class='title')]"):
        heading.set("class", f"{heading.get('class', '')} part-title".strip())
    return body


def _repeat_heads(table: Any) -> None:
    """Set the rows that a table begins with and that hold heads only apart, so that they stand on each page of it."""
    rows = table.xpath("./tr | ./tbody/tr")
    heads = list(itertools.takewhile(lambda row: len(row) and all(cell.tag == "th" for cell in row), rows))
    spanning = any(cell.get("rowspan", "1") != "1" for row in heads for cell in row)
    if not heads or len(heads) == len(rows) or len(heads) > MOST_HEADS or spanning or table.find("thead") is not None:
        return
    heads[0].getparent().insert(heads[0].getparent().index(heads[0]), group := etree.Element("thead"))
    group.extend(heads)
    if group.getparent() is not table:
        table.insert(table.index(group.getparent()), group)


def _to_feet(page: Any, section: Any) -> None:
    """Move the notes of a list to their marks, as far as there is room, and the list away when it is empty."""
    room: dict[Any, int] = {}
    for item in section.xpath("./ol/li"):
        marks = page.xpath("//sup[a/@href=$aim]", aim=f"#{item.get('id')}") if item.get("id") else []
        body = item.find("div")
        if not marks or body is None:
            continue
        if any(re.fullmatch(_BLOCKS, str(node.tag)) for node in body.iter()):
            _told_page(page, marks[0], body)
            continue
        block = next(iter(marks[0].xpath("ancestor::*[self::p or self::li or self::td or self::div][1]")), None)
        length = len(body.text_content())
        taken = room.get(block, 0) + length
        if length > LONGEST_FOOTNOTE or taken > MOST_AT_A_FOOT:
            _told_page(page, marks[0], body)
            continue
        room[block] = taken
        _to_foot(marks[0], item, body)
    if not section.xpath("./ol/li"):
        section.drop_tree()


def _told_page(page: Any, mark: Any, body: Any) -> None:
    """Have a note at the end say on which page its mark is; a number may be that of several notes."""
    if mark.get("id"):
        end = body[-1] if len(body) and body[-1].tag == "p" else body
        end.set("data-mark", f"#{mark.get('id')}")
        end.set("data-page", phrase("p.", page.get("lang", "").partition("-")[0]))


def _to_foot(mark: Any, item: Any, body: Any) -> None:
    note: Any = etree.Element("span", {"class": "footnote", "data-n": _number(mark)})
    note.set("id", item.get("id"))
    for key in ("lang", "dir"):
        if said := body.get(key) or item.get(key):
            note.set(key, said)
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
