"""Takes a decoded file and keeps account of it: which words became a field, which were dropped, which are text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from tei_edition.finding import Finding, Report, Severity
from tei_edition.transcript import BLANK, Block, Field, Line, Transcript, blocks_of, lines_of

MEANING = {
    "title": "the title of the document",
    "date": "the date of the document",
    "abstract": "the abstract of the document",
    "related-abstract": "the abstract of a related document",
    "citation": "the archive's citation",
    "credit": "the credit",
    "funder": "the sentence that thanks a funder",
    "source": "the archive reference",
    "repository": "the archive that holds the original",
    "rights": "the statement of rights",
    "version": "the kind of text that the page shows",
    "language": "the language of the text",
    "original-language": "the language of the original",
    "type": "the type of the document",
    "topic": "a topic of the document",
    "person": "a person or body named with the document",
    "place": "a place named with the document",
    "author": "the author of the document",
    "uri": "the address of the page",
    "publisher": "the name of the site",
    "record-id": "the archive's number of the record",
    "upload-date": "the day the archive put it online",
    "classification": "the classification of the original",
    "collection": "the collection it belongs to",
    "contributor": "the contributor",
    "translator": "the translator",
}
"""What a field is called in a message."""


def quoted(words: str, most: int = 60) -> str:
    """Return words in quotation marks for a message, shortened in the middle of nothing but the end.

    >>> quoted("a  b")
    '“a b”'
    """
    words = " ".join(words.split())
    return f"“{words if len(words) <= most else words[: most - 1].rstrip() + '…'}”"


@dataclass(kw_only=True)
class Page:
    """A decoded file on the desk of a reader; offsets count characters of ``text``, lines and columns from 1."""

    path: Path
    text: str
    data: bytes
    report: Report
    styles: Mapping[str, str] = field(default_factory=dict)
    """What the edition says that styles of word processors mean, by their names."""
    lines: list[Line] = field(init=False)
    fields: list[Field] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Number the lines and note where each begins."""
        self.lines = lines_of(self.text)
        self._starts = [0]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line.text) + len(line.end))

    @cached_property
    def worded(self) -> list[Line]:
        """The lines that are not blank, in order."""
        return [line for line in self.lines if line.text.strip(BLANK)]

    def start(self, line: Line) -> int:
        """Return the offset of the first character of a line."""
        return self._starts[line.number - 1]

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset."""
        row = min(bisect_right(self._starts, offset) - 1, len(self.lines) - 1)
        return row + 1, offset - self._starts[row] + 1

    def say(
        self, rule: str, severity: Severity, message: str, offset: int | None = None, hint: str | None = None
    ) -> None:
        """Report a finding at an offset, or about the whole file."""
        line, column = (None, None) if offset is None else self.place(offset)
        self.report(
            Finding(rule=rule, severity=severity, message=message, file=self.path, line=line, column=column, hint=hint)
        )

    def take(self, name: str, start: int, end: int, value: str | None = None) -> Field | None:
        """Make a field of the words between two offsets, without the blanks around them, and report it.

        ``value`` is given when some of the words are left out of it. Returns None when there are no words.
        """
        raw = self.text[start:end]
        words = raw.strip(BLANK)
        if not words:
            return None
        start += len(raw) - len(raw.lstrip(BLANK))
        line, column = self.place(start)
        value = words if value is None else value
        item = Field(name, re.sub(r"\r\n?|\n", " ", value), line, column)
        self.fields.append(item)
        whole = words == self.lines[line - 1].text.strip(BLANK)
        what = f"{'Line ' if whole else ''}{quoted(words)} is taken as {MEANING[name]}."
        self.say("metadata-taken", Severity.INFO, what, start)
        return item

    def take_line(self, name: str, line: Line, value: str | None = None) -> Field | None:
        """Make a field of a whole line and report it."""
        return self.take(name, self.start(line), self.start(line) + len(line.text), value)

    def drop(self, start: int, end: int, why: str = "belongs to the page, not to the document") -> None:
        """Report that the words between two offsets are left out of the text."""
        raw = self.text[start:end]
        if words := raw.strip(BLANK):
            start += len(raw) - len(raw.lstrip(BLANK))
            self.say("chrome-dropped", Severity.INFO, f"{quoted(words)} {why}, and is left out.", start)

    def leave_out(self, words: str, offset: int) -> None:
        """Report that words of the page, which stand at an offset, are none of the document."""
        self.say("chrome-dropped", Severity.INFO, f"{quoted(words)} belongs to the page and is left out.", offset)

    def drop_line(self, line: Line, why: str = "belongs to the page, not to the document") -> None:
        """Report that a whole line is left out of the text."""
        self.drop(self.start(line), self.start(line) + len(line.text), why)

    def blocks(self, start: int, end: int, *, every_line: bool = True) -> tuple[list[Block], str]:
        """Return the text between two offsets as blocks, and the characters after the last of them.

        Blank lines at either end belong to the page, not to the text. When the text begins in the middle of a line,
        blanks stand for the words before it, so that columns stay those of the file.
        """
        words = self.text[start:end]
        if not words.strip(BLANK):
            return [], ""
        start += len(words) - len(words.lstrip(BLANK))
        end -= len(words) - len(words.rstrip(BLANK))
        first, column = self.place(start)
        last = self.place(end - 1)[0]
        lines = self.lines[first - 1 : last]
        glued = bool(lines[0].text[: column - 1].strip(BLANK))
        if glued:
            lines[0] = replace(lines[0], text=" " * (column - 1) + lines[0].text[column - 1 :])
        if end - self._starts[last - 1] < len(lines[-1].text.rstrip(BLANK)):
            lines[-1] = replace(lines[-1], text=lines[-1].text[: end - self._starts[last - 1]], end="")
        blocks, after = blocks_of(lines, every_line=every_line)
        if glued:
            blocks[0] = replace(blocks[0], before="")
        return blocks, after

    def transcript(
        self, reader: str, layout: str, blocks: list[Block], after: str, genre: str = "document"
    ) -> Transcript:
        """Put together what was made of the page; fields in the order of the page."""
        fields = sorted(self.fields, key=lambda item: (item.line, item.column))
        return Transcript(
            path=self.path, reader=reader, layout=layout, genre=genre, fields=fields, blocks=blocks, after=after,
            data=self.data,
        )  # fmt: skip
