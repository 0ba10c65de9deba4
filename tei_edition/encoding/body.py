"""Takes the blocks between the opening and the closing lines and sets them: parts, turns, stages, lists, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.encoding.attendance import set_attendance
from tei_edition.encoding.attendance_rows import is_heading
from tei_edition.encoding.composing import Composer
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.enclosure import quoted_run, set_enclosure
from tei_edition.encoding.footnotes import footnotes
from tei_edition.encoding.hinted import set_hinted
from tei_edition.encoding.items import enumerator, items, labelled
from tei_edition.encoding.letter_parts import is_dateline, is_salute
from tei_edition.encoding.page_marks import after_pages, set_page
from tei_edition.encoding.parts import Part
from tei_edition.encoding.present import attend
from tei_edition.encoding.speech import Label
from tei_edition.encoding.spelling import append_text, build
from tei_edition.finding import Severity
from tei_edition.tei import NS, TEI, E
from tei_edition.transcript import Block

_STAGE = re.compile(
    r"[(\[](?P<who>[^\W\d_a-z]\w*(?:\s[^\W\d_a-z]\w*)?)\s+(?:\w+ly\s+)?(?P<verb>\w+(?:s|ed))\b[^()]{0,120}[)\]][.,;]?"
)
_IN_NAMES = ("persName", "orgName", "placeName", "roleName", "forename", "surname", "abbr")
"""Elements that would only repeat in a speaker what ``sp/@who`` says."""
_PRONOUN = ("he", "she", "they", "all", "everyone", "both")
_WHEN_AND_WHERE = re.compile(
    r"(?:date|time|place|location|venue|datum|ort|zeit|lieu|heure|fecha|lugar|дата|место|время)"
    r"(?:\s(?:and|&|of meeting|of conversation)(?:\s(?:date|time|place|hour))?)?\s?:\s(?:\S+\s+){0,19}\S+$",
    re.IGNORECASE,
)
"""A line of a form that says when or where a talk was held."""
_ATTENDED = re.compile(
    r"\b(?:were|was) (?:also )?present (?:at|during)\b|"
    r"^(?:Also )?[Pp]resent (?:at|during) (?:the |this )?\w+ (?:were|was)\b"
)


@dataclass(kw_only=True)
class Composition:
    """The text of a document and what was learnt in setting it."""

    text: etree._Element
    genre: str
    delegations: list[list[str]] = field(default_factory=list)
    """Ids of the persons of each column of the attendance list, or of the one list."""
    labelled: bool = False
    """Whether the document is a record of turns with speakers."""
    routed: dict[str, str] = field(default_factory=dict)
    """From whom and to whom, as lines of the document say."""


class Body:
    """The text of one document, from after its opening to before its closing lines."""

    def __init__(self, composer: Composer, desk: Desk, title: str, genre: str) -> None:
        self.composer, self.desk, self.title = composer, desk, title
        self.blocks = composer.blocks
        self.div = E.div(type=genre)
        composer.body.append(self.div)
        self.result = Composition(text=composer.text, genre=genre)
        self.notes = footnotes(self.blocks, desk)
        for index, marks in self.notes.anchors.items():
            composer.fixed[id(self.blocks[index])] = marks
        composer.keys = self.notes.keys
        self.end = self.stop = self.notes.start
        self.sections: dict[int, Part] = {}
        self.letter = False
        self._base = self.div
        self._open: list[tuple[int, etree._Element]] = []
        """The parts that are open, each with its level, the innermost last."""
        self._merged: set[int] = set()
        self._parts: dict[int, str] = {}
        self.turn: etree._Element | None = None
        self.voice: str | None = None
        self.at = 0

    def _attendance(self, index: int) -> bool:
        """Set the list of those present that begins at a block; say whether one does."""
        taken, delegations = set_attendance(self.composer, self.div, self.blocks[index : self.stop])
        known = {key for row in self.result.delegations for key in row}
        for row in delegations:
            self.result.delegations.append([key for key in dict.fromkeys(row) if key not in known])
            known.update(row)
        self.at = index + taken if taken else self.at
        return taken > 0

    def _next(self, found: dict[int, Label], voices: dict[str, str], end: int) -> None:
        index, block = self.at, self.blocks[self.at]
        if block.kind == "heading" and is_heading(block.text) and self._attendance(index):
            self.turn = None
            return
        if index in self.sections and self._part(self.sections[index], block):
            return
        if block.kind != "text" and (count := self._hinted(index, end)):
            self.at += count
            return
        if (pages := after_pages(self.composer, self.blocks, index, end)) > index:
            self._pages(index, pages, goes_on=pages < end and pages not in found and pages not in self.sections)
            return
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
        elif self.turn is None and (present := attend(block, self.composer)):
            self.result.delegations.append(present)
            self.composer.leaf(self.div, "p", block)
        elif is_dateline(block.text) or _WHEN_AND_WHERE.match(block.text):
            self.turn = None
            self.composer.leaf(self.div, "ab", block, attributes={"type": "dateline"})
        elif count := items(self.blocks, index, end, apart=self.composer.apart):
            self._items(self.blocks[index : index + count])
        elif self.turn is not None:
            self._continue(index, block)
        else:
            self._paragraph(self.div, index, block)

    def _pages(self, first: int, last: int, *, goes_on: bool) -> None:
        """Set page marks that stand by themselves: within the turn where it ``goes_on`` behind them."""
        parent = self.div if self.turn is None or not goes_on else self.turn
        for block in self.blocks[first:last]:
            set_page(self.composer, parent, block)
        self.at = last

    def _part(self, part: Part, block: Block) -> bool:
        """Begin a part in a ``div`` of its own; say whether the block is nothing but its heading."""
        while self._open and self._open[-1][0] >= part.level:
            self._open.pop()
        outer = self._open[-1][1] if self._open else self._base
        self.div = etree.SubElement(outer, f"{{{TEI}}}div", {"type": part.kind})
        if part.number:
            self.div.set("n", part.number)
        self._open.append((part.level, self.div))
        self.turn = self.voice = None
        if part.kind == "entry":
            opener = self.composer.container(self.div, "opener", block.before)
            self.composer.piece(opener, "dateline", block, first=True)
        elif part.head:
            self.composer.leaf(self.div, "head", block)
        self.at += part.head
        return part.head

    def _hinted(self, index: int, end: int) -> int:
        """Set blocks as the source says what they are; a turn goes on in its lists and quotations only."""
        kept = self.blocks[index].kind in ("item", "quotation")
        self.turn = self.turn if kept else None
        parent = self.div if self.turn is None else self.turn
        return set_hinted(self.composer, parent, self.blocks[index:end], self.notes.keys)

    def _items(self, blocks: Sequence[Block]) -> None:
        parent = self.div if self.turn is None else self.turn
        kind = "ordered" if enumerator(blocks[0].text) else "simple"
        parent = etree.SubElement(parent, f"{{{TEI}}}list", {"type": kind})
        if len(blocks) == 1:
            self.desk.say(
                "list-of-one",
                Severity.INFO,
                blocks[0],
                0,
                "A list begins here and has this one item; others may be lost.",
            )
        for block in blocks:
            self._item(parent, block)
        self.at += len(blocks) - 1

    def _item(self, parent: etree._Element, block: Block) -> None:
        """Set an item; the letter or number in brackets that begins it is its label."""
        mark = labelled(block.text)
        if not mark:
            self.composer.leaf(parent, "item", block)
            return
        self.composer.leaf(parent, "label", block, 0, len(mark.rstrip()))
        between = mark[len(mark.rstrip()) :]
        self.composer.leaf(parent, "item", block, len(mark), before=between)

    def _turn(self, block: Block, label: Label, identity: str) -> None:
        self.voice = identity
        if block.before and not block.before.strip(" \t\xa0"):
            self.desk.say(
                "turn-run-in", Severity.INFO, block, 0, f"“{label.text}” begins a turn in the middle of a paragraph."
            )
        self.turn = etree.SubElement(self.div, f"{{{TEI}}}sp", {"who": f"#{identity}"})
        spans = self.composer.spans(block)
        how = next((span for span in spans if span.tag == "stage" and span.start < label.end), None)
        named = label.end if how is None else len(block.text[: how.start].rstrip())
        speaker = self.composer.leaf(self.turn, "speaker", block, 0, named)
        if len(speaker):
            etree.strip_tags(speaker, *(f"{{{TEI}}}{tag}" for tag in _IN_NAMES))
        if how is not None:  # a speaker holds no stage direction
            before = block.text[named : how.start]
            element = self.composer.container(self.turn, "stage", before, {**how.attributes, "type": "delivery"})
            build(element, block.text, how.children, how.start, label.end)
        said, before = label.said, block.text[label.end : label.said]
        for stage in self.composer.spans(block):
            if stage.start == said and stage.tag == "stage" and not stage.head:
                element = self.composer.container(self.turn, "stage", before, stage.attributes)
                build(element, block.text, stage.children, stage.start, stage.end)
                rest = block.text[stage.end :]
                said = len(block.text) - len(rest.lstrip())
                before = block.text[stage.end : said]
        if said < len(block.text):
            self._paragraph(self.turn, self.at - 1, block, said, before=before)

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
        if "resent " not in block.text or not _ATTENDED.search(block.text):
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
