"""The transcript as a reader hands it on: header fields, and blocks of numbered lines.

The text is what must not be lost: `Transcript.text`, character for character what a reader of the source would copy.
What a source knows beyond its characters travels beside them as hints, and a transcript without hints is one whose
structure has to be found in its words:

* A `Block` has a ``kind``, with a ``level`` and a ``value`` where the kind has one (`KINDS`). Blocks of one list, table
  or note follow one another.
* A `Line` has ``marks``: what the source says of some of its characters (`MARKS`). Offsets count characters of the
  line, so that marks stay right when blocks are cut into lines or joined; an element that runs over a line end has one
  mark in each line. Marks of one line nest; of two that cover the same characters the first is the outer one. A mark
  without characters (``start == end``) is a point: a page begins, a note is anchored.
* Nothing that the source shows without holding it is text: the number of an item or of a note is the ``value`` of its
  block, a cell ends where a tab stands (in a ``row`` no other tab does), a line break in a paragraph is a line end.
* `Line.at` says where characters stand in the file where that is not simply the line itself.

Hints win over what the words look like; where there is none, the words tell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from tei_edition.once import once

MARKS = (
    "italic", "bold", "underline", "smallcaps", "superscript", "subscript", "highlight", "monospace", "spaced",
    "add", "del", "unclear", "gap", "supplied", "abbr", "sic", "person", "place", "organisation", "date",
    "lang", "link", "anchor", "title", "quote", "term", "cell", "comment", "page", "line", "column",
    "picture",
)  # fmt: skip
"""What a mark can say. Values: ``lang`` has ``lang``, ``link`` has ``target``, ``anchor`` has ``key`` (the ``value`` of
the note's blocks), ``abbr`` has ``expansion``, ``sic`` has ``corr``, ``date`` has ``when``, ``gap`` has ``reason``,
``add`` and ``del`` may have ``who`` and ``when``, ``cell`` has ``rows`` and ``cols`` and covers the cell, ``page`` and
``line`` have ``n`` and ``facs``, a ``line`` that goes on with a divided word has ``break``; ``comment`` has ``who``,
``when`` and ``words``, which are no text of the document; ``picture``, a point, has ``url`` and ``words``, what it
shows. What is not known is left out."""

KINDS = (
    "text", "heading", "item", "row", "caption", "note", "comment", "quotation", "verse", "code", "dateline", "salute",
    "signed", "byline", "margin", "page", "rule", "title", "blurb", "record-date", "record-title", "record-abstract",
)  # fmt: skip
"""What a block can be. ``text``: a paragraph, or nothing known (with a ``level``: one that continues an item of that
depth). ``heading``: level 1 to 6. ``item``: level is the depth from 1, value the number that the list shows, nothing in
a list without. ``row``: level 1 for a row of headings. ``note``, ``comment``: value is the key that anchors name, the
same for all blocks of a note. ``page``: what stands at the top or the foot of a page. The last five are of pages that
list documents."""


class Mark(NamedTuple):
    """What the source says of the characters of a line from ``start`` to before ``end``."""

    start: int
    end: int
    kind: str
    """One of `MARKS`."""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source, with its number (from 1) and the characters that ended it."""

    number: int
    text: str
    end: str = "\n"
    marks: tuple[Mark, ...] = ()
    at: tuple[tuple[int, int, int], ...] = ()
    """Where the line stands in the file, if it is not line ``number`` as it is: offset in ``text``, line and column of
    the character there, for each stretch that the file has in one piece; the first begins at 0."""

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column (both from 1) of a character of the line in the file."""
        if not self.at:
            return self.number, offset + 1
        start, line, column = self.at[max(bisect_right(self.at, offset, key=lambda piece: piece[0]) - 1, 0)]
        return line, column + offset - start


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of metadata that the page gives, with the place where it stands."""

    name: str
    """One of `FIELDS`."""
    value: str
    line: int
    column: int = 1


class Zone(NamedTuple):
    """A region or a line of a page, where it stands on the image."""

    key: str
    kind: str
    """What the source calls it, such as ``marginalia``; nothing where it does not say."""
    points: str
    """Its corners as ``x,y x,y``, nothing where they are not known."""
    zones: tuple[Zone, ...] = ()


class Surface(NamedTuple):
    """A page with its image, of which marks say with ``facs`` where words stand."""

    key: str
    image: str
    width: int
    height: int
    zones: tuple[Zone, ...] = ()


FIELDS = (
    "title", "date", "abstract", "related-abstract", "citation", "credit", "funder", "source", "repository",
    "rights", "version", "language", "original-language", "type", "topic", "person", "place", "author",
    "uri", "publisher", "record-id", "upload-date", "classification", "collection", "contributor",
    "translator",
)  # fmt: skip
"""The names of fields. ``credit`` is a sentence such as “Contributed by … and translated by …”, ``funder`` the
sentence that thanks one, ``source`` an archive reference, ``version`` what kind of text the page shows."""


@dataclass(frozen=True)
class Block:
    """A paragraph-like run of lines without the blank lines around it."""

    lines: tuple[Line, ...]
    before: str = ""
    """The characters between the block before (or the start of the text) and this one: line ends, blanks."""
    kind: str = "text"
    """One of `KINDS`."""
    level: int = 0
    value: str = ""

    @once
    def text(self) -> str:
        """What the block says: no blanks at either end, its own line ends kept."""
        return self._joined().strip(BLANK)

    @once
    def words(self) -> list[str]:
        """The words of the block: runs of letters, digits and low lines."""
        return _WORD.findall(self.text)

    @once
    def folded(self) -> str:
        """The text with its white space folded."""
        text = self.text
        folded = "  " not in text and text.isprintable()  # nothing but single blanks between its words
        return text if folded else " ".join(text.split())

    @once
    def lead(self) -> int:
        """The number of blank characters that stand before `text` in the lines."""
        joined = self._joined()
        return len(joined) - len(joined.lstrip(BLANK))

    def _joined(self) -> str:
        if len(self.lines) == 1:
            return self.lines[0].text
        return "".join([line.text + line.end for line in self.lines[:-1]]) + self.lines[-1].text

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column (both from 1) of a character offset in `text`."""
        offset += self.lead
        if len(self.lines) == 1:
            return self.lines[0].place(offset)
        starts = [0]
        for line in self.lines[:-1]:
            starts.append(starts[-1] + len(line.text) + len(line.end))
        row = bisect_right(starts, offset) - 1
        return self.lines[row].place(offset - starts[row])

    @once
    def marks(self) -> list[Mark]:
        """The marks of the lines, offsets counted in `text`; none covers a blank at either end of the block alone."""
        found: list[Mark] = []
        if not any(line.marks for line in self.lines):
            return found
        text, start = self.text, -self.lead
        for line in self.lines:
            for mark in line.marks:
                first, last = max(mark.start + start, 0), min(mark.end + start, len(text))
                if first < last or mark.start == mark.end:
                    found.append(mark._replace(start=min(first, len(text)), end=max(last, 0)))
            start += len(line.text) + len(line.end)
        return found


_WORD = re.compile(r"\w+")
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
    surfaces: list[Surface] = field(default_factory=list)
    """The pages, where the source knows their images."""

    def text(self) -> str:
        """Return the text of the document, character for character as the source has it."""
        return "".join([block.before + block.text for block in self.blocks]) + self.after

    def values(self, name: str) -> list[str]:
        """Return the values of all fields of one name, in the order of the page."""
        return [item.value for item in self.fields if item.name == name]

    def first(self, name: str) -> Field | None:
        """Return the first field of one name, or None."""
        return next((item for item in self.fields if item.name == name), None)


def lines_of(text: str) -> list[Line]:
    """Cut a text into numbered lines at LF, CRLF and CR, and at nothing else.

    >>> [(line.number, line.text, line.end) for line in lines_of("a\\r\\nb")]
    [(1, 'a', '\\r\\n'), (2, 'b', '')]
    """
    if "\r" in text:
        pieces = re.split(r"(\r\n|\n|\r)", text)
        pairs = zip(pieces[::2], [*pieces[1::2], ""], strict=True)
        lines = [Line(number, words, end) for number, (words, end) in enumerate(pairs, 1)]
    else:
        lines = [Line(number, words) for number, words in enumerate(text.split("\n"), 1)]
        lines[-1] = replace(lines[-1], end="")
    return lines if lines[-1].text or len(lines) == 1 else lines[:-1]


def blocks_of(lines: Iterable[Line], *, every_line: bool = False) -> tuple[list[Block], str]:
    """Group lines into blocks at blank lines, or make a block of every line that is not blank.

    Returns the blocks and the characters after the last of them. Nothing is lost: the texts of the blocks with
    what stands before each, and the rest, are the lines again.
    """
    groups: list[tuple[str, list[Line]]] = []  # each with the blank lines before it
    open_group = False
    skipped = ""
    for line in lines:
        if not line.text.strip(BLANK):
            skipped += line.text + line.end
            open_group = False
        elif open_group and not every_line:
            groups[-1][1].append(line)
        else:
            groups.append((skipped, [line]))
            open_group, skipped = True, ""
    blocks: list[Block] = []
    tail = ""
    for blanks, group in groups:
        whole = "".join([line.text + line.end for line in group])
        before = tail + blanks + whole[: len(whole) - len(whole.lstrip(BLANK))]
        tail = whole[len(whole.rstrip(BLANK)) :]
        blocks.append(Block(tuple(group), before))
    return blocks, tail + skipped
