"""Takes the blocks of a document and gives its ``text``: heads, opener, attendance, turns, enclosures, closer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from tei_edition.encoding.attendance import is_heading, set_attendance, set_subjects
from tei_edition.encoding.composing import Composer
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.enclosure import quoted_run, set_enclosure
from tei_edition.encoding.ending import Ending
from tei_edition.encoding.footnotes import footnotes, set_footnotes
from tei_edition.encoding.items import enumerator, items
from tei_edition.encoding.letter_parts import is_dateline, is_salute
from tei_edition.encoding.opening import Opening
from tei_edition.encoding.speech import Label, labels, speakers, surname
from tei_edition.encoding.spelling import append_text, build
from tei_edition.encoding.top_lines import is_enclosure
from tei_edition.encoding.unfolding import unfold
from tei_edition.finding import Severity
from tei_edition.tei import NS, TEI, E
from tei_edition.transcript import Block

_STAGE = re.compile(
    r"[(\[](?P<who>[^\W\d_a-z]\w*(?:\s[^\W\d_a-z]\w*)?)\s+(?:\w+ly\s+)?(?P<verb>\w+(?:s|ed))\b[^()]{0,120}[)\]][.,;]?"
)
_IN_NAMES = ("persName", "orgName", "placeName", "roleName", "forename", "surname", "abbr")
"""Elements that would only repeat in a speaker what ``sp/@who`` says."""
_HANDWRITTEN = re.compile(r"\[hand-?writ[^\]]*\]", re.IGNORECASE | re.DOTALL)
_PRONOUN = ("he", "she", "they", "all", "everyone", "both")
_END = re.compile(r"[.!?:;…—–\-\"”’')\]*]\s*$")
_ATTENDED = re.compile(r"\b(?:were|was) (?:also )?present (?:at|during)\b")


@dataclass(kw_only=True)
class Composition:
    """The text of a document and what was learnt in setting it."""

    text: etree._Element
    genre: str
    delegations: list[list[str]] = field(default_factory=list)
    """Ids of the persons of each column of the attendance list, or of the one list."""
    labelled: bool = False
    """Whether the document is a record of turns with speakers."""


def compose(desk: Desk, title: str, genre: str) -> Composition:
    """Set a document; ``title`` is what the page calls it, ``genre`` becomes ``div/@type``."""
    composer = Composer(desk, list(unfold(desk.transcript.blocks)))
    setting = _Setting(composer, desk, title, genre)
    setting.run()
    composer.close(desk.transcript.after)
    return setting.result


class _Setting:
    """One pass over the blocks, from the top to the closing lines."""

    def __init__(self, composer: Composer, desk: Desk, title: str, genre: str) -> None:
        self.composer, self.desk, self.title = composer, desk, title
        self.blocks = composer.blocks
        self.div = E.div(type=genre)
        composer.body.append(self.div)
        self.result = Composition(text=composer.text, genre=genre)
        self.notes = footnotes(self.blocks, desk)
        for index, marks in self.notes.anchors.items():
            composer.fixed[id(self.blocks[index])] = marks
        self.end = self.stop = self.notes.start
        self._merged: set[int] = set()
        self._parts: dict[int, str] = {}
        self.turn: etree._Element | None = None
        self.voice: str | None = None
        self.at = 0

    def run(self) -> None:
        """Set everything."""
        cuts = [index for index in range(2, self.end - 1) if is_enclosure(self.composer.words(self.blocks[index]))]
        for start, stop in pairwise([0, *cuts, self.end]):
            if start:
                self.div = E.div(type="attachment")
                self.composer.body.append(self.div)
                self.turn = self.voice = None
            self.at, self.stop = start, stop
            self._section(first=not start)
        set_footnotes(self.composer, self.div, self.notes)
        if not len(self.div):
            self.div.append(E.p())

    def _section(self, *, first: bool) -> None:
        """Set the document, or one that it encloses."""
        begin = self.at
        while self.at < self.stop and _HANDWRITTEN.fullmatch(self.blocks[self.at].text):
            self._bare_note(self.blocks[self.at])
            self.at += 1
        opening = Opening(self.composer, self.desk, self.div, self.title if first else "", self.at, self.stop)
        self.at = opening.set()
        if self.result.genre == "minutes":
            for head in opening.of_talks:
                self._take_part(head)
        self._lists()
        surnames = frozenset(
            surname(self.desk.strangers.get(key, key)) for row in self.result.delegations for key in row
        )
        found = labels(self.blocks[begin : self.stop], self.desk, surnames)
        found = {begin + index: label for index, label in found.items() if begin + index >= self.at}
        voices = speakers(found, self.blocks, self.desk)
        self.result.labelled = self.result.labelled or bool(found)
        ending = Ending(self.composer, self.desk, self.div, self.stop, letter=opening.letter)
        end = ending.start(max([self.at + 1, *(index + 1 for index in found)]))
        self._parts = self._broken(found, end)
        while self.at < end:
            self._next(found, voices, end)
        ending.set(max(end, self.at))  # an attendance list may reach beyond where the closing lines seemed to begin

    def _attendance(self, index: int) -> bool:
        """Set the list of those present that begins at a block; say whether one does."""
        taken, delegations = set_attendance(self.composer, self.div, self.blocks[index : self.stop])
        known = {key for row in self.result.delegations for key in row}
        for row in delegations:
            self.result.delegations.append([key for key in dict.fromkeys(row) if key not in known])
            known.update(row)
        self.at = index + taken if taken else self.at
        return taken > 0

    def _lists(self) -> None:
        """Set the lists of subjects and of those present that stand before the text."""
        at = -1
        while at != self.at < self.stop:
            at = self.at
            self.at += set_subjects(self.composer, self.div, self.blocks[self.at : self.stop])
            if self.at < self.stop:
                self._attendance(self.at)

    # ## The body

    def _next(self, found: dict[int, Label], voices: dict[str, str], end: int) -> None:
        index, block = self.at, self.blocks[self.at]
        self.at += 1
        enclosed = quoted_run(self.blocks, index, end) if block.text.startswith("“") else None
        if index in found:
            self._turn(block, found[index], voices[found[index].text])
        elif enclosed is not None and is_salute(block.text):
            self.turn = None
            set_enclosure(self.composer, self.div, self.blocks, index, enclosed)
            self.at = enclosed + 1
        elif (stage := _STAGE.fullmatch(block.text)) and not self._is_remark(block):
            self._stage(block, stage)
        elif is_heading(block.text) and self._attendance(index):
            self.turn = None
        elif is_dateline(block.text) or re.match(r"Date: ", block.text):
            self.turn = None
            self.composer.leaf(self.div, "ab", block, attributes={"type": "dateline"})
        elif count := self.composer.apart and items(self.blocks, index, end):
            self._items(self.blocks[index : index + count])
        elif self.turn is not None:
            self._continue(index, block)
        else:
            self._paragraph(self.div, index, block)

    def _items(self, blocks: Sequence[Block]) -> None:
        parent = self.div if self.turn is None else self.turn
        kind = "ordered" if enumerator(blocks[0].text) else "simple"
        parent = etree.SubElement(parent, f"{{{TEI}}}list", {"type": kind})
        for block in blocks:
            self.composer.leaf(parent, "item", block)
        self.at += len(blocks) - 1

    def _turn(self, block: Block, label: Label, identity: str) -> None:
        self.voice = identity
        self.turn = etree.SubElement(self.div, f"{{{TEI}}}sp", {"who": f"#{identity}"})
        speaker = self.composer.leaf(self.turn, "speaker", block, 0, label.end)
        etree.strip_tags(speaker, *(f"{{{TEI}}}{tag}" for tag in _IN_NAMES))
        self._paragraph(
            self.turn, self.at - 1, block, label.said, before=block.text[label.end : label.said]
        )  # fmt: skip

    def _continue(self, index: int, block: Block) -> None:
        assert self.turn is not None
        if self._parts.get(index) not in ("F", "M"):
            near = block.before.count("\n") < self.composer.usual.count("\n")
            self.desk.say(
                "speaker-continued", Severity.WARNING if near else Severity.INFO, block, 0,
                "This line follows without a blank one and has no label; a label may be lost."
                if near else "This paragraph has no label; it continues the turn before it.",
                "Add the label to the transcript if somebody else speaks." if near else None,
            )  # fmt: skip
        self._paragraph(self.turn, index, block)

    def _take_part(self, element: etree._Element) -> None:
        """Record the persons named in an element as participants."""
        for named in element.iterfind(".//t:persName[@ref]", NS):
            self.desk.meet(named.get("ref", "")[1:], "participant")

    def _attended(self, paragraph: etree._Element, block: Block) -> None:
        """“… were present at the conversation”: the names in it are participants."""
        if not _ATTENDED.search(block.text):
            return
        self.desk.say(
            "attendance-prose", Severity.INFO, block, 0, "The persons of this sentence are recorded as participants."
        )
        self._take_part(paragraph)
        seg = E.seg(type="attendance")
        seg.text, paragraph.text = paragraph.text, None
        seg.extend(list(paragraph))
        paragraph.append(seg)

    def _paragraph(
        self, parent: etree._Element, index: int, block: Block, start: int = 0, before: str | None = None
    ) -> None:
        part = self._parts.get(index)
        paragraph = self.composer.leaf(
            parent, "p", block, start, before=before, attributes={"part": part} if part else None
        )
        while index in self._merged:
            index, block = index + 1, self.blocks[index + 1]
            append_text(paragraph, block.before)
            build(paragraph, block.text, self.composer.spans(block), 0, len(block.text))
            self.at = index + 1
        self._attended(paragraph, block)

    def _is_remark(self, block: Block) -> bool:
        """Say whether a block is one bracket that holds something else than an action: a gap, a note, a page mark."""
        found = self.composer.spans(block)
        return bool(found) and found[0].end == len(block.text) and found[0].tag not in ("stage", "persName")

    def _stage(self, block: Block, stage: re.Match[str]) -> None:
        pronoun = stage["who"].lower() in _PRONOUN
        bearers = [] if pronoun else [entry.id for entry in self.desk.register.bearers(stage["who"])]
        who = self.voice if pronoun else next((key for key in bearers if key in self.desk.people), None)
        if pronoun:
            self.desk.say(
                "stage-who", Severity.WARNING, block, 0,
                f"“{stage['who']}” is taken to be the speaker before, {who or 'who is not known'}.",
            )  # fmt: skip
        attributes = {"type": "business"} | ({"who": f"#{who}"} if who else {})
        self.composer.leaf(self.div, "stage", block, attributes=attributes)
        self.turn = None

    def _bare_note(self, block: Block) -> None:
        """A note that is a block of its own: the bracket's own element, without a paragraph round it."""
        holder = self.composer.leaf(self.div, "ab", block)
        alone = len(holder) == 1 and not (holder.text or "").strip() and not (holder[0].tail or "").strip()
        if alone and holder[0].tag == f"{{{TEI}}}note":
            self.div.replace(holder, holder[0])

    def _broken(self, found: dict[int, Label], end: int) -> dict[int, str]:
        """Paragraphs that break off and go on in the next one, by index: I, M or F."""
        parts: dict[int, str] = {}
        for index in range(self.at, end - 1):
            here, there = self.blocks[index], self.blocks[index + 1]
            if index + 1 in found or not re.match(r"[a-z]", there.text) or _END.search(here.text):
                continue
            if len(here.text.split()) < 8 or "\n" not in there.before:
                continue
            offset = max([here.text.rfind(mark) + 2 for mark in (". ", "? ", "! ") if mark in here.text], default=0)
            offset = max(offset, found[index].said if index in found else 0)
            decision = self.desk.decision(here, offset, len(here.text))
            if decision is not None and decision.kind == "merge":
                self._merged.add(index)
                continue
            parts[index] = "M" if parts.get(index) == "F" else "I"
            parts[index + 1] = "F"
            self.desk.say(
                "paragraph-broken", Severity.WARNING, here, offset,
                f"“{here.text[offset:][:60]}” goes on in the next paragraph; a page may end here.",
                'Decide as = "merge" to make one paragraph of them.',
            )  # fmt: skip
        return parts
