"""Takes a DOCX file; gives a transcript: styles, lists, tables, notes at their anchors, comments, tracked changes.

The text is what the file shows with all tracked changes in it, notes after it; the numbers of lists and notes,
comments, running heads and hidden words are none of it (ECMA-376 part 1, chapter 17).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from tei_edition.readers.docx_parts import (
    Beside,
    Numbering,
    Styles,
    attribute,
    child,
    inside,
    is_on,
    level,
    links,
    main_part,
    value,
)  # fmt: skip
from tei_edition.readers.docx_runs import formatted, take_properties
from tei_edition.readers.drafts import Draft, Said, blocks_written, said
from tei_edition.readers.package import Package
from tei_edition.readers.page import Page
from tei_edition.readers.styles import Stylebook
from tei_edition.readers.tables import Cell, rows
from tei_edition.readers.word_processed import WordProcessed
from tei_edition.tei import name
from tei_edition.transcript import MARKS, Transcript

_THROUGH = (
    "smartTag",
    "customXml",
    "sdtContent",
    "dir",
    "bdo",
    "fldSimple",
    "rubyBase",
    "Choice",
    "oMath",
    "oMathPara",
)
"""Elements whose content is text as if they were not there."""
_CHANGES = {"ins": "add", "moveTo": "add", "del": "del", "moveFrom": "del"}
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def docx(page: Page) -> Transcript | str:
    """Return the transcript of a DOCX file, or a sentence that says why it is none."""
    if not page.data.startswith(b"PK\x03\x04") or b"[Content_Types].xml" not in page.data:
        return "The file is no package of Word."
    package = Package.of(page)
    main = main_part(package)
    root = package.tree(main)
    if root is None or name(root) != "document":
        return "The package has no text of Word that can be read."
    drafts = _Document(package, main).drafts(root)
    take_properties(package)
    return page.transcript("docx", "", blocks_written(drafts), "")


class _Document(WordProcessed):
    """One pass over the text of a document."""

    def __init__(self, package: Package, main: str) -> None:
        folder = main.rpartition("/")[0]
        self.styles = Styles(package.tree(f"{folder}/styles.xml"))
        super().__init__(package, Stylebook(package.page, package.page.styles, self.styles.parents()))
        self.numbering = Numbering(package.tree(f"{folder}/numbering.xml"))
        self.beside = Beside.of(package, folder)
        self.links = links(package, main)
        self.images = links(package, main, "image")
        self.fields: list[str | None] = []
        """The instruction of each field that is open, None once its result has begun."""
        self.target: list[str] = []
        """Where each field that is open leads, where it is a link."""

    def drafts(self, root: etree._Element) -> list[Draft]:
        """Return the blocks of the text, the footnotes and the endnotes."""
        return self.in_order(inside(root, "body"), self.styles.language)

    def blocks(self, nodes: Iterable[etree._Element]) -> Iterator[Draft]:
        for node in nodes:
            match name(node):
                case "p":
                    yield from self._paragraph(node)
                case "tbl":
                    yield from rows(self._table(node))
                case "sdt":
                    yield from self.blocks(inside(node, "sdtContent"))
                case "customXml" | "ins" | "del" | "moveTo" | "moveFrom" | "body" | "txbxContent":
                    yield from self.blocks(node)
                case "AlternateContent":
                    yield from self.blocks(next(iter(node), ()))

    def _table(self, table: etree._Element) -> list[list[Cell]]:
        found: list[list[Cell]] = []
        for row in table.iter("{*}tr"):
            if next(row.iterancestors("{*}tbl")) is not table:
                continue
            cells: list[Cell] = []
            head = is_on(child(row, "trPr"), "tblHeader") or False
            column = 0
            for cell in row.iter("{*}tc"):
                if next(cell.iterancestors("{*}tr")) is not row:
                    continue
                properties = child(cell, "tcPr")
                wide = value(properties, "gridSpan")
                width = min(int(wide), 1000) if wide.isdecimal() and int(wide) else 1
                merged = child(properties, "vMerge")
                goes_on = merged is not None and attribute(merged, "val") in ("", "continue")
                drafts = list(self.blocks(cell))
                above = self._above(found, column) if goes_on else None
                if above is not None and not any(draft.worded() for draft in drafts):
                    above.rows += 1
                else:
                    cells.append(Cell(drafts, column, cols=width, head=head))
                column += width
            found.append(cells)
        return found

    @staticmethod
    def _above(found: list[list[Cell]], column: int) -> Cell | None:
        """Return the cell that reaches down to the next row in a column."""
        for number, row in enumerate(found):
            for cell in row:
                if cell.column == column and number + cell.rows == len(found):
                    return cell
        return None

    # ## Paragraphs

    def _paragraph(self, node: etree._Element) -> Iterator[Draft]:
        properties = child(node, "pPr")
        draft = self._kind(properties)
        if is_on(properties, "pageBreakBefore"):
            draft.point(said("page"))
        self._inline(node, draft, ())
        yield draft
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _kind(self, properties: etree._Element | None) -> Draft:
        """Begin the block that a paragraph becomes, by its style, its outline level and its place in a list."""
        style = value(properties, "pStyle") or self.styles.default
        told = self.book.of(self.styles.name(style))
        word, depth = told
        outline = value(properties, "outlineLvl") or attribute(self.styles.property(style, "pPr", "outlineLvl"), "val")
        if word == "text" and outline.isdecimal() and int(outline) < 6:
            word, depth = "heading", int(outline) + 1
        numbered = child(properties, "numPr")
        if numbered is None:
            numbered = self.styles.property(style, "pPr", "numPr")
        if numbered is not None and value(numbered, "numId") not in ("", "0"):
            deep = level(child(numbered, "ilvl"))
            shown = self.numbering.shown(value(numbered, "numId"), deep)
            if word == "text" and shown is not None:
                return Draft("item", max(deep + 1, depth), shown)
        title = word == "heading" and " ".join(self.styles.name(style).split()).lower() == "title"
        self.block_mark = word if word in MARKS and word not in ("text", "title") else ""
        return Draft("text" if self.block_mark else word, depth, "title" if title else "")

    def _inline(self, nodes: Iterable[etree._Element], draft: Draft, marks: tuple[Said, ...]) -> None:
        """Write what stands in a paragraph."""
        for node in nodes:
            tag = name(node)
            if tag == "r":
                self._run(node, draft, marks)
            elif tag == "hyperlink":
                target = self.links.get(attribute(node, "id"), "")
                self._inline(node, draft, (*marks, said("link", target=target)) if target else marks)
            elif tag in _CHANGES:
                change = said(_CHANGES[tag], who=attribute(node, "author"), when=attribute(node, "date"))
                self._inline(node, draft, (*marks, change))
            elif tag == "sdt":
                self._inline(inside(node, "sdtContent"), draft, marks)
            elif tag in _THROUGH:
                self._inline(node, draft, marks)
            elif tag == "AlternateContent":
                self._inline(next(iter(node), ()), draft, marks)
            elif next(node.iter("{*}t"), None) is not None:
                self._inline(node, draft, marks)  # formulas, and what else holds runs

    def _run(self, run: etree._Element, draft: Draft, marks: tuple[Said, ...]) -> None:
        properties = child(run, "rPr")
        marks = (*marks, *formatted(properties, self.styles, self.book, self.block_mark))
        if is_on(properties, "vanish"):
            self.hidden.append("".join(node.text or "" for node in run.iter("{*}t")))
            return
        for node in run:
            tag = name(node)
            if tag in ("t", "delText"):
                words = node.text or ""
                kept = attribute(node, "space") == "preserve"
                words = " ".join((words if kept else words.strip(" \t\r\n")).replace("\r", "\n").split("\n"))
                draft.write(words.replace("\t", " "), (*marks, *self._link()))
            elif tag in _SIGNS:
                draft.write(_SIGNS[tag], marks)
            elif tag == "br":
                if attribute(node, "type") == "page":
                    draft.point(said("page"))
                else:
                    draft.write("\n", marks)
            elif tag == "sym":
                code = attribute(node, "char")
                sign = chr(int(code, 16)) if re.fullmatch(r"0*[0-9a-fA-F]{1,4}", code) else ""
                draft.write(sign, marks)
            elif tag in ("footnoteReference", "endnoteReference"):
                self._anchor(tag.removesuffix("Reference"), attribute(node, "id"), draft)
            elif tag == "commentReference":
                self._comment(attribute(node, "id"), draft)
            elif tag == "fldChar":
                self._field(attribute(node, "fldCharType"))
            elif tag == "instrText":
                if self.fields and self.fields[-1] is not None:
                    self.fields[-1] += node.text or ""
            elif tag == "ruby":
                self._inline(inside(node, "rubyBase"), draft, marks)
            elif tag in ("drawing", "pict", "object", "AlternateContent"):
                first = next(iter(node), None) if tag == "AlternateContent" else node
                boxes = [] if first is None else list(first.iter("{*}txbxContent"))
                self.boxes += boxes
                if not boxes and first is not None:
                    self.picture(draft, *self._picture(first))

    def _picture(self, drawing: etree._Element) -> tuple[str, str]:
        """Return the name of a picture in the package, and what the file says that it shows."""
        shape = next((node for node in drawing.iter("{*}docPr", "{*}shape", "{*}imagedata")), None)
        image = next((node for node in drawing.iter("{*}blip", "{*}imagedata")), None)
        key = attribute(image, "embed") or attribute(image, "id")
        shows = attribute(shape, "descr") or attribute(shape, "title") or attribute(shape, "alt")
        return self.images.get(key, ""), shows

    def _link(self) -> tuple[Said, ...]:
        return tuple(said("link", target=target) for target in self.target if target)

    def _field(self, kind: str) -> None:
        """A field: its instruction is no text, its result is; that of HYPERLINK leads somewhere."""
        if kind == "begin":
            self.fields.append("")
            self.target.append("")
        elif kind == "separate" and self.fields:
            words = (self.fields[-1] or "").split()
            self.fields[-1] = None
            if len(words) > 1 and words[0].upper() == "HYPERLINK" and not words[1].startswith("\\"):
                self.target[-1] = words[1].strip('"')
        elif kind == "end" and self.fields:
            self.fields.pop()
            self.target.pop()

    def _anchor(self, kind: str, identity: str, draft: Draft) -> None:
        note = self.beside.notes.get((kind, identity))
        if note is None:
            return
        self.counts[kind] += 1
        key = f"{'e' if kind == 'endnote' else ''}{self.counts[kind]}"
        draft.point(said("anchor", key=key))
        self.notes.append((key, note))

    def _comment(self, identity: str, draft: Draft) -> None:
        comment = self.beside.comments.get(identity)
        if comment is None:
            return
        paragraphs = ("".join(node.text or "" for node in part.iter("{*}t")) for part in comment.iter("{*}p"))
        words = "\n".join(filter(None, paragraphs))
        draft.point(said("comment", who=attribute(comment, "author"), when=attribute(comment, "date"), words=words))
