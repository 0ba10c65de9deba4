"""Takes the text of a word processor's file, block by block; gives its drafts in order, with the notes after them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator

from lxml import etree

from tei_edition.finding import Severity
from tei_edition.readers.drafts import Draft, said
from tei_edition.readers.package import Package
from tei_edition.readers.page import quoted
from tei_edition.readers.styles import Stylebook
from tei_edition.readers.tongues import marked_languages


class WordProcessed:
    """One pass over the text of a document; each format says what its blocks are."""

    def __init__(self, package: Package, book: Stylebook) -> None:
        self.package, self.page, self.book = package, package.page, book
        self.notes: list[tuple[str, etree._Element]] = []
        self.counts = {"footnote": 0, "endnote": 0}
        self.boxes: list[etree._Element] = []
        self.pictures: list[str] = []
        """The names in the package of pictures of which it does not say what they show."""
        self.hidden: list[str] = []
        self.block_mark = ""
        """What the style of the paragraph says of all its words."""

    def picture(self, draft: Draft, name: str, shows: str) -> None:
        """Refer to a picture of the package by what the file says that it shows; one without words is left out."""
        if not (shows := " ".join(shows.split())):
            self.pictures.append(name)
            return
        draft.point(said("picture", words=shows))
        named = f"picture {quoted(name)}" if name else "picture"
        message = f"The {named} is a figure without its image; it shows {quoted(shows)}."
        hint = "Take the image out of the file and refer to it with graphic, if the edition is to show it."
        self.page.say("picture-referred", Severity.INFO, message, hint=hint)

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
            many = "s" * (len(self.pictures) > 1)
            names = ", ".join(filter(None, self.pictures[:5]))
            which = f" ({names}{' …' if len(self.pictures) > 5 else ''})" if names else ""
            message = f"The file has {len(self.pictures)} picture{many}{which}, which the transcript leaves out."
            self.page.say("picture-left-out", Severity.WARNING, message, hint="Describe in the text what they show.")
        return marked_languages(found, language)
