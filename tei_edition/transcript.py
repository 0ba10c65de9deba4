"""The transcript as a reader hands it on: header fields, and blocks of numbered lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source, with its number (from 1) and the characters that ended it."""

    number: int
    text: str
    end: str = "\n"


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of metadata that the page gives, with the place where it stands."""

    name: str
    """One of `FIELDS`."""
    value: str
    line: int
    column: int = 1


FIELDS = (
    "title", "date", "abstract", "related-abstract", "citation", "credit", "funder", "source", "repository",
    "rights", "version", "language", "original-language", "type", "topic", "person", "place", "author",
    "uri", "publisher", "record-id", "upload-date", "classification", "collection", "contributor",
    "translator",
)  # fmt: skip
"""The names of fields. ``credit`` is a sentence such as “Contributed by … and translated by …”, ``funder`` the
sentence that thanks one, ``source`` an archive reference, ``version`` what kind of text the page shows."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like run of lines without the blank lines around it."""

    lines: tuple[Line, ...]
    before: str = ""
    """The characters between the block before (or the start of the text) and this one: line ends, blanks."""
    kind: str = "text"
    """``text``; on a collection page ``title``, ``blurb``, ``record-date``, ``record-title``, ``record-abstract``."""

    @property
    def text(self) -> str:
        """The words of the block: no blanks at either end, its own line ends kept."""
        return self.span[0]

    @property
    def span(self) -> tuple[str, int]:
        """The text of the block and the number of blank characters that stand before it in its first line."""
        joined = "".join(line.text + line.end for line in self.lines[:-1]) + self.lines[-1].text
        stripped = joined.lstrip(BLANK)
        return stripped.rstrip(BLANK), len(joined) - len(stripped)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column (both from 1) of a character offset in `text`."""
        offset += self.span[1]
        starts = [0]
        for line in self.lines[:-1]:
            starts.append(starts[-1] + len(line.text) + len(line.end))
        row = bisect_right(starts, offset) - 1
        return self.lines[row].number, offset - starts[row] + 1


BLANK = " \t\n\r\u00a0\ufeff\x0b\x0c"
"""Characters that may stand around a block; everything else belongs to it."""


@dataclass(kw_only=True)
class Transcript:
    """One document before it is TEI: where it came from, what the page says of it, and its text."""

    path: Path
    reader: str
    """The reader that recognised it, such as ``digital-archive`` or ``plain``."""
    layout: str = ""
    """The reader's name for the page's layout, such as ``L1``."""
    genre: str = "document"
    """``document`` or ``collection`` (a page that lists documents)."""
    fields: list[Field] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    after: str = ""
    """The characters after the last block."""
    data: bytes = b""
    """The file itself, as it was read."""

    def text(self) -> str:
        """Return the text of the document, character for character as the source has it."""
        return "".join(block.before + block.text for block in self.blocks) + self.after

    def values(self, name: str) -> list[str]:
        """Return the values of all fields of one name, in the order of the page."""
        return [item.value for item in self.fields if item.name == name]

    def first(self, name: str) -> Field | None:
        """Return the first field of one name, or None."""
        return next((item for item in self.fields if item.name == name), None)


def lines_of(text: str) -> list[Line]:
    """Cut a text into numbered lines at LF, CRLF and CR, and at nothing else.

    >>> lines_of("a\\r\\nb")
    [Line(number=1, text='a', end='\\r\\n'), Line(number=2, text='b', end='')]
    """
    pieces = re.split(r"(\r\n|\n|\r)", text)
    pairs = zip(pieces[::2], [*pieces[1::2], ""], strict=True)
    lines = [Line(number, words, end) for number, (words, end) in enumerate(pairs, 1)]
    return lines if lines[-1].text or len(lines) == 1 else lines[:-1]


def blocks_of(lines: Iterable[Line], *, every_line: bool = False) -> tuple[list[Block], str]:
    """Group lines into blocks at blank lines, or make a block of every line that is not blank.

    Returns the blocks and the characters after the last of them. Nothing is lost: the texts of the blocks with
    what stands before each, and the rest, are the lines again.
    """
    groups: list[list[Line]] = []
    open_group = False
    skipped: list[tuple[int, str]] = []  # blank lines, by the index of the group they precede
    for line in lines:
        if not line.text.strip(BLANK):
            skipped.append((len(groups), line.text + line.end))
            open_group = False
        elif open_group and not every_line:
            groups[-1].append(line)
        else:
            groups.append([line])
            open_group = True
    blocks: list[Block] = []
    tail = ""
    for index, group in enumerate(groups):
        blanks = "".join(text for at, text in skipped if at == index)
        whole = "".join(line.text + line.end for line in group)
        before = tail + blanks + whole[: len(whole) - len(whole.lstrip(BLANK))]
        tail = whole[len(whole.rstrip(BLANK)) :]
        blocks.append(Block(tuple(group), before))
    return blocks, tail + "".join(text for at, text in skipped if at == len(groups))
