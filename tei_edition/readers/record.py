"""Takes the lines of the archive's record at the end of a page, labels and values; gives fields and findings.

Captures lose labels and values, so a value is known by its content first and by the label before it second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tei_edition.finding import Severity
from tei_edition.readers.page import Page, quoted
from tei_edition.readers.site_words import (
    CLASSIFICATION,
    DONOR,
    LANGUAGE,
    MASK,
    REFERENCE,
    RIGHTS,
    TYPE,
    is_sentence,
)
from tei_edition.transcript import BLANK, Line

SECTION = "Document Information"
OPENING = {
    "Author(s):": "author",
    "Associated People & Organizations": "person",
    "Associated People": "person",
    "Associated Places": "place",
    "Associated Topics": "topic",
    "Subjects Discussed": "topic",
    "Related Documents": "",
    "Related Collections": "collection",
    SECTION: "",
}
"""The labels that can begin a record, and the field of each; none where the value is another document's."""

WITHIN = {
    "Source": "source",
    "Original Archive": "repository",
    "Original Archive Title": "repository",
    "Rights": "rights",
    "Original Uploaded Date": "upload-date",
    "Type": "type",
    "Language": "language",
    "Record ID": "record-id",
    "Original Classification": "classification",
    "Document Contributors": "contributor",
    "Contributor(s)": "contributor",
    "Donors": "funder",
}
"""The labels under “Document Information”."""

BOILERPLATE = ("The History and Public Policy Program welcomes", "To enquire about this document's rights status")
"""How the paragraphs on rights begin; the last line of a page may be cut even before that."""

_ALL = {label.rstrip(":").casefold(): label for label in (*OPENING, *WITHIN)}


def label_of(words: str, *, opening: bool = False) -> str:
    """Return the label that a line is, or nothing; with ``opening``, only labels that can begin a record.

    >>> label_of("Record ID"), label_of(" author(s): ", opening=True), label_of("Source", opening=True)
    ('Record ID', 'Author(s):', '')
    """
    label = _ALL.get(words.strip(BLANK).rstrip(":").casefold(), "")
    return label if not opening or label in OPENING else ""


def kind_of(words: str) -> str:
    """Return the field that a value belongs to by its content, or nothing when the content does not tell.

    >>> [kind_of(value) for value in ("2011-11-20", "Russian", "Memorandum of Conversation", "China", "110442")]
    ['upload-date', 'language', 'type', '', 'record-id']
    """
    words = words.strip(BLANK)
    if RIGHTS.match(words) or MASK.search(words):
        return "rights"
    if DONOR.match(words):
        return "funder"
    if re.fullmatch(r"\d{4}-\d\d(-\d?\d?)?", words):
        return "upload-date"
    if re.fullmatch(r"\d{4,7}", words):
        return "record-id"
    whole = (("language", LANGUAGE), ("classification", CLASSIFICATION), ("type", TYPE))
    for name, pattern in whole:
        if pattern.fullmatch(words):
            return name
    return "source" if REFERENCE.search(words) else ""


@dataclass
class Record:
    """The record of one page while its lines are taken."""

    page: Page
    labels: list[tuple[str, Line]] = field(default_factory=list)
    """Label and line of each label so far that asks for a value."""
    asking: dict[str, int] = field(default_factory=dict)
    """The line of the last label of each field."""
    answered: set[int] = field(default_factory=set)
    """The lines of labels that have a value."""
    taken: list[str] = field(default_factory=list)
    """The fields of the values so far."""

    def take(self, lines: list[Line]) -> None:
        """Take every line: a value becomes a field, a label or unknown line is dropped and reported."""
        current = ""
        within = False
        for index, line in enumerate(lines):
            label = label_of(line.text) or (_cut_label(line.text) if index + 1 == len(lines) else "")
            if label:
                self.page.drop_line(line)
                within = within or label == SECTION
                current = OPENING.get(label) or WITHIN.get(label, "")
                if current:
                    self.labels.append((label, line))
                    self.asking[current] = line.number
            elif name := self._field(line.text.strip(BLANK), current, within):
                self._keep(name, line)
                self.answered.add(self.asking.get(name, 0))
            else:
                related = "belongs to a related document"
                why = "has no label that tells what it is" if within or current else related
                self.page.drop_line(line, why)
        for label, line in self.labels:
            if line.number not in self.answered:
                message = f"The label {quoted(label)} has no value; the capture of the page lost it."
                start = self.page.start(line)
                self.page.say(
                    "metadata-value-lost", Severity.WARNING, message, start, "Look it up on the archive's page."
                )

    def _field(self, words: str, current: str, within: bool) -> str:
        """Return the field of a value: by its content, else by the label before it, if that still waits."""
        if any(text.startswith(words) for text in BOILERPLATE):
            return "rights"
        if not within:
            return current
        known = kind_of(words)
        waits = bool(self.labels) and self.labels[-1][1].number not in self.answered
        if known == "source" and waits and current in ("repository", "contributor"):
            return current
        if known:
            return known
        if waits and current not in ("upload-date", "record-id", "language"):
            return current
        if is_sentence(words) and "rights" in (current, *self.taken[-1:]):
            return "rights"
        return "" if "source" in self.taken or "rights" in self.taken else "source"

    def _keep(self, name: str, line: Line) -> None:
        hits = list(MASK.finditer(line.text))
        *parts, last = MASK.split(line.text)
        value = ("".join(part.rstrip(BLANK) for part in parts) + last).strip(BLANK) if hits else None
        self.taken.append(name)
        self.page.take_line(name, line, value)
        start = self.page.start(line)
        for hit in hits:
            self.page.drop(start + hit.start(), start + hit.end(), "stands for an address that the site hides")


def _cut_label(words: str) -> str:
    """Return the label that the last line of a page begins, when the page was cut in it."""
    words = words.strip(BLANK).casefold()
    return next((label for key, label in _ALL.items() if len(words) >= 8 and key.startswith(words)), "")
