"""Takes the last blocks of a document and sets its closer: courtesy formula, signature, date, how it was sent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.letter_parts import MARK, SPACED, closing, dated_name, is_below, is_dateline, is_valediction
from tei_edition.encoding.nesting import flatten, nest
from tei_edition.encoding.spelling import Span, append_text, build
from tei_edition.finding import Severity
from tei_edition.tei import TEI, name
from tei_edition.transcript import Block

_BARE_NAME = re.compile(
    r"(?:(?:[^\W\d_a-z]\.\s?)+|[^\W\d_a-z][\w’'-]+\s)*[^\W\d_a-z][\w’'-]+(?:,?\s(?:Jr|Sr|Esq)\.?|\.)?(?:,?\n[^\n]{3,60})?"
)
"""A name and nothing else: initials, capitalised words; perhaps the office in the next line."""
_PAGE = re.compile(r"\[(?:page|p\.)\s\d+\]", re.IGNORECASE)
_NO_NAMES = frozenset(
    "secret confidential enclosure enclosures attachment attachments annex end ends copy draft".split()
)

AROUND = frozenset(["", "head", "opener", "byline", "dateline", "note", "fw", "pb", "lb", "cb", "milestone"])
"""Elements that may stand round the text of a division and are none of it."""


class Ending:
    """The lines after the last paragraph, before the notes."""

    def __init__(
        self, composer: Composer, desk: Desk, div: etree._Element, texts: Sequence[str], end: int, *, letter: bool
    ) -> None:  # fmt: skip
        self.composer, self.desk, self.div, self.end, self.letter = composer, desk, div, end, letter
        self.blocks = composer.blocks[:end]
        self.texts = texts[:end]
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
        if (hint := self.blocks[index].kind) in ("dateline", "salute", "signed"):
            return hint
        kind = closing(self.texts, index, self.desk.register)
        last = all(not text or _PAGE.fullmatch(text) or is_below(text) for text in self.texts[index + 1 :])
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
        spoken = len(before.split()) > 5 or (self.letter and bool(re.search(r"\w[.!?][”\"]?$", before)))
        told = bool(re.search(r"[.!?:][”\"]?$", before))
        dated = told and any(is_dateline(text) for text in self.texts[index + 1 : index + 2])
        return (spoken or dated or is_valediction(before)) and (
            self.letter or dated or initials or words.rstrip(".").isupper() or 2 <= len(first) <= 4
        )

    def set(self, start: int) -> None:
        """Set the closer."""
        if start >= self.end:
            return
        if all(name(child) in AROUND for child in self.div):  # a closer closes something
            for block in self.blocks[start:]:
                self.composer.leaf(self.div, "p", block)
            return
        closer = self.composer.container(self.div, "closer", self.blocks[start].before)
        for index in range(start, self.end):
            block, kind = self.blocks[index], self._kind(index) or "seg"
            if (at := dated_name(block.text)) is not None and kind == "signed":
                self._dated(closer, block, at, first=index == start)
                continue
            if (
                kind == "signed"
                and index > start
                and MARK.fullmatch(self.texts[index - 1])
                and name(closer[-1]) == "signed"
            ):
                append_text(closer[-1], block.before)
                build(closer[-1], block.text, self.composer.spans(block), 0, len(block.text))
                continue
            if kind == "code":
                self.composer.piece(closer, "idno", block, first=index == start, attributes={"type": "code"})
                continue
            aside = kind in ("transmission", "attestation", "typist")
            tag, attributes = ("seg", {"type": kind}) if aside else (kind, None)
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
        if SPACED.fullmatch(block.text):
            self._spaced(block)
        elif marked := MARK.fullmatch(block.text):
            found = [span for span in flatten(self.composer.spans(block)) if span.start >= marked.end("mark")]
            self.composer.give(block, nest([[Span(*marked.span("mark"), "abbr")], *([span] for span in found)]))
        else:
            self._office(block)

    def _spaced(self, block: Block) -> None:
        """A name of which the letters stand apart: its spacing is kept, and whom it names."""
        spaced = Span(0, len(block.text), "hi", {"rend": "letterspaced"})
        named = re.sub(r"[\s.]", "", block.text).title()
        bearers = [entry for entry in self.desk.register.bearers(named) if entry.kind == "person"]
        known = [[Span(0, len(block.text), "persName", {"ref": f"#{bearers[0].id}"})]] if len(bearers) == 1 else []
        if known:
            self.desk.meet(bearers[0].id)
        self.composer.give(block, nest([*known, [spaced]]))

    def _dated(self, closer: etree._Element, block: Block, at: int, *, first: bool) -> None:
        """Set a line with a date and a name: two elements, in the order of the line."""
        if not first:
            append_text(closer, block.before)
        before = block.text[:at].rstrip(" ,")
        tags = ("dateline", "signed") if re.match(r"\d", before) else ("signed", "dateline")
        spans = self.composer.spans(block)
        build(etree.SubElement(closer, f"{{{TEI}}}{tags[0]}"), block.text, spans, 0, len(before))
        append_text(closer, block.text[len(before) : at])
        build(etree.SubElement(closer, f"{{{TEI}}}{tags[1]}"), block.text, spans, at, len(block.text))

    def _office(self, block: Block) -> None:
        """What a signature says before the name is the office of who signs."""
        found = flatten(self.composer.spans(block))
        starts = [span.start for span in found if span.tag == "persName"]
        office = block.text[: min(starts)].rstrip(" ,\n") if starts else ""
        if office and not any(span.start < len(office) < span.end for span in found):
            self.composer.give(block, nest([[Span(0, len(office), "roleName")], *([span] for span in found)]))
