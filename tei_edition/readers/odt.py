"""Takes an ODT file; gives a transcript: styles, lists, tables, notes, comments, tracked changes.

The text is what the file shows with all tracked changes in it, notes after it; the numbers of lists and notes,
comments, running heads and hidden words are none of it (OpenDocument 1.3 part 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from tei_edition.readers.docx_parts import attribute, child
from tei_edition.readers.drafts import Draft, Said, blocks_written, said
from tei_edition.readers.odt_parts import Styles, breaks_page, changes, formatted, language, take_properties
from tei_edition.readers.package import Package
from tei_edition.readers.page import Page
from tei_edition.readers.styles import Stylebook
from tei_edition.readers.tables import Cell, rows
from tei_edition.readers.tongues import Tongue
from tei_edition.readers.word_processed import WordProcessed
from tei_edition.tei import name
from tei_edition.transcript import MARKS, Transcript

_SILENT = frozenset(
    "tracked-changes sequence-decls variable-decls user-field-decls dde-connection-decls forms "
    "alphabetical-index-source "
    "table-of-content-source bookmark bookmark-start bookmark-end reference-mark reference-mark-start "
    "reference-mark-end alphabetical-index-mark toc-mark ruby-text annotation-end event-listeners".split()
)
"""Elements that hold no text of the document."""
_MANY = 200
"""Rows and columns that one element may stand for; more are the empty rest of a sheet."""


def odt(page: Page) -> Transcript | str:
    """Return the transcript of an ODT file, or a sentence that says why it is none."""
    if not page.data.startswith(b"PK\x03\x04") or b"application/vnd.oasis.opendocument.text" not in page.data[:200]:
        return "The file is no package of OpenDocument text."
    package = Package.of(page)
    content, styles = package.tree("content.xml"), package.tree("styles.xml")
    text = child(content, "body", "text")
    if text is None:
        return "The package has no text of OpenDocument that can be read."
    drafts = _Document(package, Styles(styles, content), text).drafts()
    take_properties(package, styles)
    return page.transcript("odt", "", blocks_written(drafts), "")


class _Document(WordProcessed):
    """One pass over the text of a document."""

    def __init__(self, package: Package, styles: Styles, text: etree._Element) -> None:
        super().__init__(package, Stylebook(package.page, package.page.styles, styles.parents()))
        self.styles, self.text = styles, text
        self.changes = changes(text)
        self.open: list[str] = []
        """Ids of the insertions that have begun and not ended."""
        self.trail = False
        """Whether the last character written was white space, which the next folds into."""
        self.ended: dict[str, list[int]] = {}
        """The counts of each list style, which a later list may continue."""

    def drafts(self) -> list[Draft]:
        """Return the blocks of the text, the footnotes and the endnotes."""
        return self.in_order(self.text, self.styles.language)

    def blocks(self, nodes: Iterable[etree._Element]) -> Iterator[Draft]:
        for node in nodes:
            match name(node):
                case "p" | "h":
                    yield from self._paragraph(node, self._kind(node))
                case "list":
                    yield from self._list(node, "", 1, [])
                case "table":
                    yield from rows(self._table(node))
                case "change-start" | "change-end" | "change":
                    draft = Draft()
                    self._change(node, draft, ())
                    yield draft
                case "frame":
                    draft = Draft()
                    self._inline([node], draft, ())
                    yield from self._with_boxes(draft)
                case "soft-page-break" | "":
                    pass
                case tag if tag not in _SILENT:
                    yield from self.blocks(node)

    def _list(self, node: etree._Element, style: str, depth: int, counts: list[int]) -> Iterator[Draft]:
        """Give the items of a list; ``counts`` are the numbers of the items around it."""
        style = attribute(node, "style-name") or style
        goes_on = attribute(node, "continue-numbering") == "true" or bool(attribute(node, "continue-list"))
        before = self.ended.get(style, []) if goes_on else []
        counts = [
            *counts[: depth - 1],
            before[depth - 1] if len(before) >= depth else self.styles.start(style, depth) - 1,
        ]
        for item in node:
            if name(item) not in ("list-item", "list-header"):
                continue
            begun = name(item) == "list-header"
            start = attribute(item, "start-value")
            if not begun:
                counts[-1] = int(start) if start.isdecimal() else counts[-1] + 1
            for inner in item:
                if name(inner) == "list":
                    yield from self._list(inner, style, depth + 1, counts)
                elif name(inner) in ("p", "h"):
                    draft = self._kind(inner)
                    if draft.kind == "text":
                        named = style or self.styles.list_style(attribute(inner, "style-name"))
                        shown = "" if begun else self.styles.number(named, depth, counts)
                        draft = Draft("text" if begun else "item", min(depth, 9), shown, draft.pieces)
                        begun = True
                    yield from self._paragraph(inner, draft)
                else:
                    yield from self.blocks([inner])
        self.ended[style] = list(counts)

    def _table(self, table: etree._Element) -> list[list[Cell]]:
        found: list[list[Cell]] = []
        for row in table.iter("{*}table-row"):
            if next(row.iterancestors("{*}table")) is not table:
                continue
            head = name(next(row.iterancestors())) == "table-header-rows"
            cells: list[Cell] = []
            column = 0
            for cell in row:
                many = _count(cell, "number-columns-repeated")
                if name(cell) == "table-cell":
                    for _ in range(min(many, _MANY)):
                        wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
                        cells.append(Cell(list(self.blocks(cell)), column, high, wide, head))
                        column += 1
            while len(cells) > 1 and not cells[-1].worded() and many >= _MANY:
                cells.pop()
            found += [cells] * min(_count(row, "number-rows-repeated"), _MANY)
        return found

    # ## Paragraphs

    def _kind(self, node: etree._Element) -> Draft:
        """Begin the block that a paragraph becomes, by its style and its outline level."""
        key = attribute(node, "style-name")
        own = self.styles.name("paragraph", key)
        word, depth = self.book.of(own)
        if name(node) == "h" and word == "text":
            given = attribute(node, "outline-level")
            word, depth = "heading", min(int(given), 6) if given.isdecimal() and int(given) else 1
        title = word == "heading" and " ".join(own.split()).lower() == "title"
        self.block_mark = word if word in MARKS and word not in ("text", "title") else ""
        draft = Draft("text" if self.block_mark else word, 0 if word == "text" else depth, "title" if title else "")
        if breaks_page(self.styles.made("paragraph", key)):
            draft.point(said("page"))
        return draft

    def _paragraph(self, node: etree._Element, draft: Draft) -> Iterator[Draft]:
        made = self.styles.made("paragraph", attribute(node, "style-name"))
        marks = list(self._said(made))
        marks += [said(self.block_mark)] if self.block_mark else []
        self.trail = True
        self._write(node.text, draft, tuple(marks))
        self._inline(node, draft, tuple(marks))
        yield from self._with_boxes(draft)

    def _with_boxes(self, draft: Draft) -> Iterator[Draft]:
        yield draft
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _write(self, words: str | None, draft: Draft, marks: tuple[Said, ...]) -> None:
        """Append words as they show: white space folds into one blank, and into none at the start of a paragraph."""
        folded = ""
        for sign in words or "":
            blank = sign in " \t\r\n"
            folded += "" if blank and self.trail else " " if blank else sign
            self.trail = blank
        draft.write(folded, (*self._added(), *marks))

    def _added(self) -> Iterator[Said]:
        for key in self.open:
            change = self.changes[key]
            yield said(change.kind, who=change.who, when=change.when)

    def _inline(self, nodes: Iterable[etree._Element], draft: Draft, marks: tuple[Said, ...]) -> None:
        for node in nodes:
            self._one(node, draft, marks)
            self._write(node.tail, draft, marks)

    def _one(self, node: etree._Element, draft: Draft, marks: tuple[Said, ...]) -> None:
        """Write one element of a paragraph."""
        match name(node):
            case "span":
                inner = (*marks, *self._of_span(attribute(node, "style-name")))
                self._write(node.text, draft, inner)
                self._inline(node, draft, inner)
            case "s":
                draft.write(" " * min(_count(node, "c"), _MANY), (*self._added(), *marks))
                self.trail = False
            case "tab" | "line-break" as tag:
                draft.write("\t" if tag == "tab" else "\n", (*self._added(), *marks))
                self.trail = tag == "line-break"
            case "a":
                target = attribute(node, "href")
                inner = (*marks, said("link", target=target)) if target and not target.startswith("#") else marks
                self._write(node.text, draft, inner)
                self._inline(node, draft, inner)
            case "note":
                kind = attribute(node, "note-class")
                kind = kind if kind in self.counts else "footnote"
                self.counts[kind] += 1
                key = f"{'e' if kind == 'endnote' else ''}{self.counts[kind]}"
                draft.point(said("anchor", key=key))
                body = child(node, "note-body")
                if body is not None:
                    self.notes.append((key, body))
            case "annotation":
                who, when = child(node, "creator"), child(node, "date")
                words = "\n".join("".join(map(str, part.itertext())) for part in node.iter("{*}p"))
                by, day = ("" if part is None else part.text for part in (who, when))
                draft.point(said("comment", who=by, when=day, words=words))
            case "change-start" | "change-end" | "change":
                self._change(node, draft, marks)
            case "frame" | "custom-shape" | "text-box":
                boxes = [node] if name(node) != "frame" else list(node.iter("{*}text-box"))
                self.boxes += boxes
                image = next(node.iter("{*}image"), None)
                if not boxes and image is not None:
                    told = (child(node, kind) for kind in ("desc", "title"))
                    shows = next((part.text for part in told if part is not None and part.text), "")
                    self.picture(draft, attribute(image, "href"), shows)
            case "hidden-text" | "hidden-paragraph":
                self.hidden.append("".join(map(str, node.itertext())))
            case "soft-page-break" | "":
                pass
            case tag if tag not in _SILENT:
                self._write(node.text, draft, marks)
                self._inline(node, draft, marks)

    def _change(self, node: etree._Element, draft: Draft, marks: tuple[Said, ...]) -> None:
        key = attribute(node, "change-id")
        change = self.changes.get(key)
        if change is None or not change.kind:
            return
        if name(node) == "change-start" and change.kind == "add":
            self.open.append(key)
        elif name(node) == "change-end" and key in self.open:
            self.open.remove(key)
        elif name(node) == "change" and change.gone is not None:
            gone, change.gone = change.gone, None
            mark = said("del", who=change.who, when=change.when)
            for index, part in enumerate(inner for inner in gone if name(inner) in ("p", "h")):
                if index:
                    draft.write("\n", (*marks, mark))
                    self.trail = True
                self._write(part.text, draft, (*marks, mark))
                self._inline(part, draft, (*marks, mark))

    def _of_span(self, key: str) -> Iterator[Said]:
        """Give what the style of a span says: the one that was chosen, and what was set by hand."""
        word = self.book.of(self.styles.name("text", key)).word
        if word in MARKS and word != "text":
            yield said(word)
        yield from self._said(self.styles.made("text", key))

    @staticmethod
    def _said(node: etree._Element | None) -> Iterator[Said]:
        own, east = language(node)
        if own or east:
            yield ("lang", Tongue(own, east).values())
        yield from (said(word) for word in dict.fromkeys(formatted(node)))


def _count(node: etree._Element, key: str) -> int:
    """Return a number that an attribute gives, 1 where it gives none."""
    given = attribute(node, key)
    return max(int(given), 1) if given.isdecimal() and len(given) < 9 else 1
