"""Takes the last blocks of a document and sets its closer: courtesy formula, signature, date, how it was sent."""

from __future__ import annotations

import re

from lxml import etree

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.letter_parts import closing, is_valediction
from tei_edition.encoding.nesting import flatten, nest
from tei_edition.encoding.spelling import Span
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_BARE_NAME = re.compile(
    r"(?:(?:[^\W\d_a-z]\.\s?)+|[^\W\d_a-z][\w’'-]+\s)*[^\W\d_a-z][\w’'-]+(?:,?\s(?:Jr|Sr|Esq)\.?|\.)?(?:,?\n[^\n]{3,60})?"
)
"""A name and nothing else: initials, capitalised words; perhaps the office in the next line."""
_PAGE = re.compile(r"\[(?:page|p\.)\s\d+\]", re.IGNORECASE)
_NO_NAMES = frozenset(
    "secret confidential enclosure enclosures attachment attachments annex end ends copy draft".split()
)


class Ending:
    """The lines after the last paragraph, before the notes."""

    def __init__(
        self, composer: Composer, desk: Desk, div: etree._Element, end: int, *, letter: bool
    ) -> None:  # fmt: skip
        self.composer, self.desk, self.div, self.end, self.letter = composer, desk, div, end, letter
        self.blocks = composer.blocks[:end]
        self.texts = [composer.plain(block) for block in self.blocks]
        self.assumed: int | None = None

    def start(self, first: int) -> int:
        """Return the index of the first block of the closer; blocks before ``first`` are none."""
        floor, start = max(first, self.end - 8), self.end
        while start > floor and self._kind(start - 1):
            start -= 1
        if all(self._kind(index) == "seg" for index in range(start, self.end)):
            return self.end
        return start

    def _kind(self, index: int) -> str | None:
        if not self.texts[index] or _PAGE.fullmatch(self.texts[index]):
            return "seg"
        kind = closing(self.texts, index, self.desk.register)
        last = all(not text or _PAGE.fullmatch(text) for text in self.texts[index + 1 :])
        if kind is None and last and self._is_bare_name(index):
            self.assumed = index
            return "signed"
        return kind

    def _is_bare_name(self, index: int) -> bool:
        """A name alone in the last line signs where somebody writes to somebody, or where its form says so."""
        words = self.texts[index]
        if not _BARE_NAME.fullmatch(words) or len(words.split()) > 14:
            return False
        first = words.split("\n")[0].split()
        if len(first) > 12 or any(word.casefold().strip(".,") in _NO_NAMES for word in first):
            return False
        initials = bool(re.match(r"(?:[^\W\d_a-z]\.\s?)+[^\W\d_a-z]|[^\W\d_a-z]+\s[^\W\d_a-z]\.\s", words))
        before = self.texts[index - 1] if index else ""
        return (len(before.split()) > 5 or is_valediction(before)) and (
            self.letter or initials or words.rstrip(".").isupper() or 2 <= len(first) <= 4
        )

    def set(self, start: int) -> None:
        """Set the closer."""
        if start >= self.end:
            return
        closer = self.composer.container(self.div, "closer", self.blocks[start].before)
        for index in range(start, self.end):
            block, kind = self.blocks[index], self._kind(index) or "seg"
            tag, attributes = (kind, None) if kind != "transmission" else ("seg", {"type": "transmission"})
            if kind == "transmission":
                self.desk.say(
                    "transmission-line", Severity.INFO, block, 0, f"“{block.text}” is encoded as a transmission line."
                )
            if tag == "signed":
                self._signature(block, assumed=index == self.assumed)
            self.composer.piece(closer, tag, block, first=index == start, attributes=attributes)

    def _signature(self, block: Block, *, assumed: bool) -> None:
        if assumed:
            self.desk.say(
                "signature-by-place", Severity.INFO, block, 0,
                f"“{self.composer.words(block)}” stands alone at the end and is taken as the signature.",
            )  # fmt: skip
        self._office(block)

    def _office(self, block: Block) -> None:
        """What a signature says before the name is the office of who signs."""
        found = flatten(self.composer.spans(block))
        starts = [span.start for span in found if span.tag == "persName"]
        office = block.text[: min(starts)].rstrip(" ,\n") if starts else ""
        if office and not any(span.start < len(office) < span.end for span in found):
            self.composer.give(block, nest([[Span(0, len(office), "roleName")], *([span] for span in found)]))
