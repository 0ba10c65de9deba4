"""Takes the part of a page that is the document and gives its blocks, as a reader copies them, with all that it marks.

White space folds as a browser folds it. Paragraphs and headings stand apart by a blank line; items of a list and rows
of a table follow each other without one; a tab stands between the cells of a row. What a browser shows and the page
does not hold, such as the number of an item, is no text; it becomes the ``value`` of the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tei_edition.readers.html_content import SILENT, is_chrome
from tei_edition.readers.html_marks import cell_size, marks_of
from tei_edition.readers.html_notes import Notes
from tei_edition.readers.html_tree import BLOCKS, HEADINGS, LISTS, Element, Words
from tei_edition.readers.page import Page
from tei_edition.readers.pictures import picture
from tei_edition.transcript import Block, Line, Mark

PARTS = re.compile(r"(?:tei-)?(dateline|salute|signed|byline)")
"""Classes that say which part of a letter a paragraph is."""
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(slots=True)
class _Frame:
    """What an element that is open says of the blocks in it."""

    kind: str = "text"
    level: int = 0
    value: str = ""
    fresh: bool = True
    """Whether no block has been made of it yet."""


class Gathering:
    """Goes through the document once and makes its blocks."""

    def __init__(self, page: Page, notes: Notes, *, whole: bool = False, base: str = "") -> None:
        """Begin; ``whole``: nothing is the site's own but what is never words, such as scripts.

        ``base`` is the address from which those of pictures are counted.
        """
        self.page, self.notes, self.whole, self.base = page, notes, whole, base
        self.blocks: list[Block] = []
        self.left: list[tuple[str, int]] = []
        """Words that were left out as the site's own, with their offset."""
        self.frames = [_Frame()]
        self.lists: list[int | None] = []
        """The next number of each open list, None for one without numbers."""
        self.fixed = 0
        """Open elements in which white space stays."""
        self.row: Element | None = None
        self.cells = 0
        """Cells of the row so far."""
        self.marked = False
        """Whether cells have marks, because tabs would not say which is which; then the row is one line."""
        self.lines: list[Line] = []
        self.marking: list[tuple[Mark, int]] = []
        self.pieces: list[tuple[int, str, int]] = []
        """Offset in the line, characters, offset in the file."""
        self.turned = False
        """Whether a line of the file ended in the white space before."""
        self.length = 0
        self.done: list[tuple[int, Mark]] = []
        self.opened = 0
        self.waiting: list[Mark] = []
        """Pictures between two blocks: they stand at the beginning of the next one, or at the end of the last."""

    def gather(self, content: Element) -> list[Block]:
        """Return the blocks of an element."""
        waiting: list[tuple[Element | Words, int | None]] = [(content, None)]
        while waiting:
            node, marks = waiting.pop()
            if isinstance(node, Words):
                self._words(node)
            elif marks is not None:
                self._leave(node, marks)
            elif node is not content and (self._is_left_out(node) or node in self.notes.back):
                if self.length and not self._spaced() and node.tag in BLOCKS:
                    self._put(" ", node.offset)
                if node.tag not in SILENT and (words := node.words()):
                    self.left.append((words, node.offset))
            else:
                waiting.append((node, self._enter(node)))
                waiting.extend((inner, None) for inner in reversed(node.inner))
        self._end_block()
        if self.waiting and self.blocks:
            self.blocks[-1] = _with_points(self.blocks[-1], self.waiting)
        return self.blocks

    def _is_left_out(self, element: Element) -> bool:
        return element.tag in SILENT if self.whole else is_chrome(element)

    # ## Elements

    def _enter(self, element: Element) -> int:
        """Begin an element; return how many marks it opened."""
        tag = element.tag
        if tag == "br":
            if self.row is not None and self.marked:
                self._put("" if self._spaced() else " ", element.offset)
            else:
                self._end_line()
            return 0
        if self.row is not None and tag in BLOCKS:
            self._in_row(element)
        elif tag in BLOCKS:
            self._end_block()
            self._frame(element)
        if tag == "img" and (values := picture(element, self.base, self.page)):
            self.opened += 1
            self.done.append((self.opened, Mark(self.length, self.length, "picture", values)))
        if tag in ("pre", "xmp"):
            self.fixed += 1
        marks = list(marks_of(element, self.notes))
        if self.row is not None and self.marked and tag in ("td", "th") and element.parent is self.row:
            marks.insert(0, ("cell", cell_size(element)))
        for kind, values in marks:
            self.opened += 1
            self.marking.append((Mark(self.length, 0, kind, values), self.opened))
        return len(marks)

    def _leave(self, element: Element, marks: int) -> None:
        """End an element."""
        tag = element.tag
        for _ in range(marks):
            mark, number = self.marking.pop()
            self.done.append((number, mark._replace(end=self.length)))
        if tag in ("pre", "xmp"):
            self.fixed -= 1
        if tag not in BLOCKS or (self.row is not None and element is not self.row):
            return
        self._end_block()
        self.row = None
        self.frames.pop()
        if tag in LISTS:
            self.lists.pop()

    def _frame(self, element: Element) -> None:
        tag, outer = element.tag, self.frames[-1]
        frame = _Frame(outer.kind, outer.level, outer.value, False) if outer.kind != "item" else outer
        part = next((found[1] for name in element.classes() if (found := PARTS.fullmatch(name))), None)
        if element in self.notes.keys:
            frame = _Frame("note", 0, self.notes.keys[element])
        elif outer.kind == "note":
            frame = outer
        elif tag in HEADINGS:
            frame = _Frame("heading", HEADINGS[tag])
        elif part:
            frame = _Frame(part)
        elif tag in LISTS:
            pass
        elif tag in ("li", "dt", "dd"):
            frame = _Frame("item", max(len(self.lists), 1), self._number(element))
        elif tag == "tr":
            cells = [inner for inner in element.inner if isinstance(inner, Element) and inner.tag in ("td", "th")]
            frame = _Frame("row", int(bool(cells) and all(cell.tag == "th" for cell in cells)))
            self.row, self.cells = element, 0
            ends = [bool(cell.words()) for cell in (*cells[:1], *cells[-1:])]
            self.marked = not all(ends) or any(cell_size(cell) for cell in cells)
        elif tag in ("blockquote", "caption", "figcaption", "pre"):
            frame = _Frame({"blockquote": "quotation", "pre": "code"}.get(tag, "caption"))
        if tag in LISTS:
            start = element.get("start")
            self.lists.append((int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1) if tag == "ol" else None)
        self.frames.append(frame)

    def _number(self, element: Element) -> str:
        """Return the number that a list shows before an item."""
        if not self.lists or self.lists[-1] is None:
            return ""
        given = element.get("value")
        number = int(given) if re.fullmatch(r"-?\d{1,6}", given) else self.lists[-1]
        self.lists[-1] = number + 1
        return str(number)

    def _in_row(self, element: Element) -> None:
        """Begin an element within a row: a cell after a tab, anything else after a blank."""
        if element.tag in ("td", "th") and element.parent is self.row:
            self.cells += 1
            if self.cells > 1:
                self._put("\t", element.offset)
        elif self.length and not self._spaced():
            self._put(" ", element.offset)

    # ## Characters

    def _spaced(self) -> bool:
        return not self.pieces or self.pieces[-1][1][-1:] in " \t"

    def _put(self, text: str, offset: int) -> None:
        if self.pieces and not self.turned:
            at, before, start = self.pieces[-1]
            if start + len(before) == offset:
                self.pieces[-1] = (at, before + text, start)
                self.length += len(text)
                return
        self.turned = False
        self.pieces.append((self.length, text, offset))
        self.length += len(text)

    def _words(self, words: Words) -> None:
        text, offset = words.text, words.offset
        if self.fixed and self.row is None:
            for number, line in enumerate(re.split(r"\r\n|\n|\r", text)):
                if number:
                    self._end_line(keep=True)
                if line:
                    self._put(line, offset)
                offset += len(line) + 1
            return
        at = 0
        for found in _SPACE.finditer(text):
            if found.start() > at:
                self._put(text[at : found.start()], offset + at)
            if not self._spaced():
                self._put(" ", offset + found.start())
            self.turned = self.turned or "\n" in found[0] or "\r" in found[0]
            at = found.end()
        if at < len(text):
            self._put(text[at:], offset + at)

    def _end_line(self, *, keep: bool = False) -> None:
        """End a line; what is marked beyond its end goes on in the next one."""
        text = "".join(piece for _, piece, _ in self.pieces)
        kept = text if keep else text.rstrip(" ")
        found = [*self.done, *((number, mark._replace(end=len(kept))) for mark, number in self.marking)]
        most = len(kept)
        marks = [
            (number, mark._replace(start=min(mark.start, most), end=min(mark.end, most))) for number, mark in found
        ]
        points = ("anchor", "cell", "picture")
        marks = sorted((item for item in marks if item[1].start < item[1].end or item[1].kind in points),
                       key=lambda item: (item[1].start, -item[1].end, item[0]))  # fmt: skip
        said = [mark for _, mark in marks]
        at = tuple((start, *self.page.place(offset)) for start, _, offset in self.pieces)
        if kept.strip():
            said, self.waiting = [*self.waiting, *said], []
        else:
            self.waiting += [mark._replace(start=0, end=0) for mark in said if mark.kind == "picture"]
            said = [mark for mark in said if mark.kind != "picture"]
        if kept or self.lines or keep:
            number = at[0][1] if at else (self.lines[-1].number if self.lines else 1)
            self.lines.append(Line(number, kept, "\n", tuple(said), at))
        self.marking = [(mark._replace(start=0), number) for mark, number in self.marking]
        self.done, self.pieces, self.length = [], [], 0

    def _end_block(self) -> None:
        self._end_line()
        lines, self.lines = self.lines, []
        while lines and not lines[-1].text.strip():
            lines.pop()
        while lines and not lines[0].text.strip():
            lines.pop(0)
        if not lines:
            return
        frame = self.frames[-1]
        kind, value = frame.kind, frame.value
        if kind == "item" and not frame.fresh:
            kind, value = "text", ""
        frame.fresh = False
        near = kind == "row" and bool(self.blocks) and self.blocks[-1].kind == "row"
        near = near or (kind == "item" and bool(self.blocks))
        self.blocks.append(
            Block(tuple(lines), ("\n" if near else "\n\n") if self.blocks else "", kind, frame.level, value)
        )


def _with_points(block: Block, points: Iterable[Mark]) -> Block:
    """Return a block with marks without words at its end."""
    last = block.lines[-1]
    end = len(last.text)
    last = replace(last, marks=(*last.marks, *(mark._replace(start=end, end=end) for mark in points)))
    return replace(block, lines=(*block.lines[:-1], last))
