"""Takes words with what a word processor or a layout says of them; gives the blocks of a transcript.

The text of such a file has no lines of its own, so lines are counted in the text as it is given here, which is that of
the transcript view: line 3 is the third line there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from tei_edition.transcript import BLANK, Block, Line, Mark

Said = tuple[str, tuple[tuple[str, str], ...]]
"""What is said of words: a mark's kind and its values."""

_CLOSE = ("item", "row")
"""Kinds of blocks that follow one another without a blank line."""


def said(kind: str, **values: str | None) -> Said:
    """Return what is said of words; values that are not known are left out.

    >>> said("add", who="Anna", when=None)
    ('add', (('who', 'Anna'),))
    """
    return kind, tuple((key, value) for key, value in values.items() if value)


@dataclass(slots=True)
class Draft:
    """A block that is being written: pieces of text, each with what is said of it, the outermost first."""

    kind: str = "text"
    level: int = 0
    value: str = ""
    pieces: list[tuple[str, tuple[Said, ...]]] = field(default_factory=list)

    def write(self, words: str, marks: Iterable[Said] = ()) -> None:
        """Append words; a line feed ends a line."""
        if words:
            self.pieces.append((words, tuple(marks)))

    def point(self, *marks: Said) -> None:
        """Append a mark without words."""
        self.pieces.extend(("", (mark,)) for mark in marks)

    def worded(self) -> bool:
        """Say whether there is anything in it but blanks."""
        return any(words.strip(BLANK) for words, _ in self.pieces)

    def words(self) -> str:
        """Return its text."""
        return "".join(words for words, _ in self.pieces)


@dataclass(slots=True)
class _Row:
    """One line of a draft, before it has a number."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)

    def stripped(self, *, left: bool, right: bool) -> _Row:
        """Return the line without the blanks at its ends; what is said of them alone is said no more."""
        text = self.text.lstrip(BLANK) if left else self.text
        lead = len(self.text) - len(text)
        text = text.rstrip(BLANK) if right else text
        marks: list[Mark] = []
        for mark in self.marks:
            start, end = (min(max(at - lead, 0), len(text)) for at in (mark.start, mark.end))
            if start < end or mark.start == mark.end:
                marks.append(mark._replace(start=start, end=end))
        return _Row(text, marks)


def blocks_written(drafts: Iterable[Draft]) -> list[Block]:
    """Return the blocks of drafts, lines numbered; nothing but blanks at the ends of a block is lost.

    1. The words of the blocks are the words of the drafts, in order.
    2. The marks of a line nest, and each covers the words that it was given for.
    3. A point of a draft without words stands at the beginning of the next block, or at the end of the last.
    """
    blocks: list[Block] = []
    waiting: list[Mark] = []
    number = 1
    for draft in drafts:
        for kind, level, rows in _parts(draft, waiting):
            waiting = []
            before = _between(blocks[-1], kind, level) if blocks else ""
            number += before.count("\n")
            lines = tuple(
                Line(number + index, row.text, "\n" if index < len(rows) - 1 else "", tuple(row.marks))
                for index, row in enumerate(rows)
            )
            number += len(rows) - 1
            blocks.append(Block(lines, before, kind, level, draft.value))
        if not draft.worded():
            waiting += [Mark(0, 0, *mark) for words, marks in draft.pieces if not words for mark in marks]
    if blocks and waiting:
        last = blocks[-1].lines[-1]
        end = len(last.text)
        last = replace(last, marks=(*last.marks, *(mark._replace(start=end, end=end) for mark in waiting)))
        blocks[-1] = replace(blocks[-1], lines=(*blocks[-1].lines[:-1], last))
    return blocks


def _between(last: Block, kind: str, level: int) -> str:
    """What stands between two blocks: one line end within a table or a list, else two."""
    same = kind == last.kind and kind in _CLOSE
    return "\n" if same or (kind == "text" and level and last.kind == "item") else "\n\n"


def _parts(draft: Draft, waiting: Sequence[Mark]) -> Iterable[tuple[str, int, list[_Row]]]:
    """Cut a draft at its blank lines; what follows one in an item continues the item."""
    if not draft.worded():
        return
    kind, level = draft.kind, draft.level
    group: list[_Row] = []
    carried = list(waiting)
    rows = _rows(draft)
    for index, row in enumerate([*rows, _Row()]):
        if row.text.strip(BLANK):
            row.marks[:0] = carried
            carried = []
            group.append(row)
            continue
        points = [mark._replace(start=0, end=0) for mark in row.marks if mark.start == mark.end]
        rest = any(later.text.strip(BLANK) for later in rows[index:])
        if group and points and not rest:
            end = len(group[-1].text.rstrip(BLANK))
            group[-1].marks += [mark._replace(start=end, end=end) for mark in points]
        else:
            carried += points
        if group:
            last = len(group) - 1
            yield kind, level, [item.stripped(left=at == 0, right=at == last) for at, item in enumerate(group)]
            kind, group = "text" if kind == "item" else kind, []


def _rows(draft: Draft) -> list[_Row]:
    """Cut the pieces of a draft into lines; neighbours of which the same is said share their marks."""
    rows = [_Row()]
    opened: list[tuple[Said, int]] = []  # with the index of its mark in the line

    def close(depth: int) -> None:
        while len(opened) > depth:
            _, at = opened.pop()
            mark = rows[-1].marks[at]
            rows[-1].marks[at] = mark._replace(end=len(rows[-1].text))

    for words, marks in draft.pieces:
        if not words:
            here = len(rows[-1].text)
            rows[-1].marks += [Mark(here, here, *mark) for mark in marks]
            continue
        for index, text in enumerate(re.split(r"\r\n|[\r\n]", words)):
            if index:
                close(0)
                rows.append(_Row())
            if not text:
                continue
            same = 0
            while same < min(len(opened), len(marks)) and opened[same][0] == marks[same]:
                same += 1
            close(same)
            for mark in marks[same:]:
                opened.append((mark, len(rows[-1].marks)))
                rows[-1].marks.append(Mark(len(rows[-1].text), 0, *mark))
            rows[-1].text += text
    close(0)
    return rows
