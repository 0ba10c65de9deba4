"""Takes the text of a word processor's file, block by block; gives its drafts in order, with the notes after them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator

from lxml import etree

from tei_edition.finding import Severity
from tei_edition.readers.drafts import Draft
from tei_edition.readers.package import Package
from tei_edition.readers.styles import Stylebook
from tei_edition.readers.tongues import marked_languages


class WordProcessed:
    """One pass over the text of a document; each format says what its blocks are."""

    def __init__(self, package: Package, book: Stylebook) -> None:
        self.package, self.page, self.book = package, package.page, book
        self.notes: list[tuple[str, etree._Element]] = []
        self.counts = {"footnote": 0, "endnote": 0}
        self.boxes: list[etree._Element] = []
        self.pictures = 0
        self.hidden: list[str] = []
        self.block_mark = ""
        """What the style of the paragraph says of all its words."""

    @abstractmethod
    def blocks(self, nodes: Iterable[etree._Element]) -> Iterator[Draft]:
        """Give the blocks that elements of the text are."""

    def in_order(self, nodes: Iterable[etree._Element], language: str) -> list[Draft]:
        """Return the blocks of the text, the footnotes and the endnotes; ``language`` is that of most words."""
        found = list(self.blocks(nodes))
        titled = any(draft.kind == "heading" and draft.value == "title" for draft in found)
        for draft in found:
            if draft.kind == "heading":
                draft.level = min(draft.level + (titled and draft.value != "title"), 6)
                draft.value = ""
        at = 0
        while at < len(self.notes):  # a note may have notes
            key, node = self.notes[at]
            for draft in self.blocks(node):
                if draft.kind != "row":
                    draft.kind, draft.level = "note", 0
                draft.value = key
                found.append(draft)
            at += 1
        self.book.tell()
        self.package.leave_out(self.hidden, "is hidden in the file")
        if self.pictures:
            many = "s" * (self.pictures > 1)
            message = f"The file has {self.pictures} picture{many}, which the transcript leaves out."
            self.page.say("picture-left-out", Severity.WARNING, message, hint="Describe in the text what they show.")
        return marked_languages(found, language)
