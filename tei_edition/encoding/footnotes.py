"""Takes the blocks of a document and finds the notes at its end and, in the text before, the mark of each.

A note is believed to be one by evidence: it stands at the end, begins with a number, the numbers run on without a hole,
and each has its mark in the text. So a numbered paragraph is none, and “Conversation1” is a word with a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.edition import identifier
from tei_edition.encoding.composing import Composer
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.spelling import Span, append_text, build, words
from tei_edition.finding import Severity
from tei_edition.tei import TEI
from tei_edition.transcript import Block

_BODY = re.compile(r"(?:\[(?P<square>\d{1,3})\]|(?P<raised>[⁰¹²³⁴-⁹]{1,3})|(?P<plain>\d{1,3})\.)\s+(?=\S)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_BACK = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOOSE = {"square": 6, "raised": 6, "plain": 2}
"""How many blocks without a number may follow a note and belong to it, by the form of the marks."""

_ALONE, _HIGHEST = 3, 20
"""How many notes without a mark in the text are believed to be notes, and up to which number."""


@dataclass(slots=True)
class Note:
    """One note at the end: its number, the index of its first block and of the block after its last."""

    number: int
    first: int
    last: int
    mark: int
    """Characters of its number, with the blanks that follow."""
    key: str = ""
    anchored: bool = False
    value: str = ""
    """What the source calls it, where the source says that it is a note."""


@dataclass(slots=True)
class Footnotes:
    """The notes of a document; where it has none, ``start`` is the number of its blocks."""

    start: int
    notes: list[Note] = field(default_factory=list)
    anchors: dict[int, list[Span]] = field(default_factory=dict)
    """Spans of the marks in the text, by the index of their block."""
    keys: dict[str, str] = field(default_factory=dict)
    """Ids of notes by what the source calls them."""


def footnotes(blocks: Sequence[Block], desk: Desk) -> Footnotes:
    """Return the notes at the end of some blocks and their marks; what has no partner is reported."""
    if any(block.kind == "note" for block in blocks):
        return _given(blocks, desk)
    for form in ("square", "raised", "plain"):
        notes = _run(blocks, form)
        while notes:
            found = _anchored(blocks, notes, form, desk)
            if found is not None:
                _report(found, blocks, desk)
                return found
            notes = notes[1:]
    return _orphans(blocks, desk)


def _orphans(blocks: Sequence[Block], desk: Desk) -> Footnotes:
    """Return the last blocks that begin with [1], [2] though no mark stands in the text: few, after what has none."""
    notes = _run(blocks, "square")
    numbered = sum(bool(_BODY.match(block.text)) for block in blocks)
    if (
        not notes
        or notes[-1].number > _HIGHEST
        or len(notes) > _ALONE
        or numbered > len(notes)
        or notes[-1].last < len(blocks)
    ):
        return Footnotes(len(blocks))
    if any(note.last - note.first > 1 or blocks[note.first].kind != "text" for note in notes) or notes[0].first < 1:
        return Footnotes(len(blocks))
    for place, note in enumerate(notes):
        note.key = _key(note.number, notes[:place], desk)
    found = Footnotes(notes[0].first, notes)
    _report(found, blocks, desk)
    return found


def _given(blocks: Sequence[Block], desk: Desk) -> Footnotes:
    """Return the notes that the source itself marks: those at the end, and the ids of all."""
    start = len(blocks)
    while start > 1 and blocks[start - 1].kind == "note":
        start -= 1
    found = Footnotes(start)
    anchored = {dict(mark.values).get("key") for block in blocks for mark in block.marks if mark.kind == "anchor"}
    taken: list[Note] = []
    for index, block in enumerate(blocks):
        before = blocks[index - 1] if index else block
        goes_on = index not in (0, start) and before.kind == "note" and before.value == block.value
        if block.kind != "note" or goes_on:
            continue
        last = index + 1
        while last < len(blocks) and blocks[last].kind == "note" and blocks[last].value == block.value:
            last += 1
        note = Note(len(taken) + 1, index, last, 0, _key(len(taken) + 1, taken, desk), True, words(block.value))
        taken.append(note)
        if block.value:
            found.keys.setdefault(block.value, note.key)
        if index >= start:
            found.notes.append(note)
        if block.value not in anchored:
            desk.say(
                "note-dangling", Severity.WARNING, block, 0,
                f"Note {block.value or note.number} has no mark in the text.",
                "Set the mark where it belongs; marks are lost when pages are saved.",
            )  # fmt: skip
    return found


def _run(blocks: Sequence[Block], form: str) -> list[Note]:
    """Read from the end: blocks whose numbers go down by one, or stay, with a few unnumbered ones between."""
    notes: list[Note] = []
    loose, last = 0, len(blocks)
    for index in range(len(blocks) - 1, 0, -1):
        found = _BODY.match(blocks[index].text)
        number = int(found[form].translate(_RAISED)) if found and found[form] else None
        if found and number is not None and (not notes or number in (notes[0].number, notes[0].number - 1)):
            notes.insert(0, Note(number, index, last, found.end()))
            loose, last = 0, index
            continue
        loose += 1
        if loose > (_LOOSE[form] if notes else _LOOSE[form] // 3):
            break
    return notes


def _anchored(blocks: Sequence[Block], notes: list[Note], form: str, desk: Desk) -> Footnotes | None:
    """Look for the marks of all notes in the text before them, in order; None where too few are there."""
    result = Footnotes(notes[0].first, notes)
    index, at = 0, 0
    missing = 0
    for place, note in enumerate(notes):
        note.key, note.anchored = _key(note.number, notes[:place], desk), False
        if place and notes[place - 1].number == note.number:
            continue
        for found_in, start, end in _marks(blocks[: result.start], form, note.number, index, at):
            attributes = {"type": "noteAnchor", "n": str(note.number), "target": f"#{note.key}"}
            result.anchors.setdefault(found_in, []).append(Span(start, end, "ref", attributes))
            index, at, note.anchored = found_in, end, True
            break
        missing += not note.anchored
    allowed = (len(notes) // 3 if notes[0].number == 1 else 0) if form == "plain" else len(notes) // 2
    return result if missing <= allowed and missing < len(notes) else None


def _marks(
    blocks: Sequence[Block], form: str, number: int, index: int, at: int
) -> Iterator[tuple[int, int, int]]:  # fmt: skip
    """Give the places after a place where the mark of a note may stand: block, first and last character."""
    pattern = _pattern(form, number)
    for place in range(index, len(blocks)):
        for found in pattern.finditer(blocks[place].text, at if place == index else 0):
            if (found.end() > found.start() and found.start() > 0) or (form != "plain" and place):
                yield place, found.start(), found.end()


def _pattern(form: str, number: int) -> re.Pattern[str]:
    """Return what the mark of a note looks like; it begins with the number, which is soon searched for."""
    if form == "square":
        return re.compile(rf"\[{number}\]")
    if form == "raised":
        mark = str(number).translate(_RAISED_BACK)
        return re.compile(rf"{mark}(?<![⁰¹²³⁴-⁹]{mark})(?![⁰¹²³⁴-⁹])")
    after_word = rf"(?<=[^\W\d_]{number})(?![\d\w])(?![.,:]\d)"
    after_stop = rf"(?<=[^\d\s][.,:;!?)\]”\"’']{number})(?!\w)(?![.,:]\d)"
    after_number = rf"(?<=\d[.,:;]{number})(?=\s+[^\Wa-z\d]|[)\]”\"]|\s*$)"
    after_comma = rf"(?<=\d,{number})(?=\s)"
    after_year = rf"(?<=\b1[89]\d\d{number})(?=[\s,.;)]|$)"
    at_end = rf"(?<=\S\s{number})(?=\s*(?:$|[\])])|\s\d{{1,2}}\s*$)"
    places = (after_word, after_stop, after_number, after_comma, after_year, at_end)
    return re.compile(f"{number}(?:{'|'.join(places)})")


def _key(number: int, before: Sequence[Note], desk: Desk) -> str:
    used = {note.key for note in before} | {identifier(desk.transcript.path.stem)}
    key = f"footnote-{number}"
    while key in used or key in desk.register.entries or key in desk.strangers:
        key += "a"
    return key


def _report(found: Footnotes, blocks: Sequence[Block], desk: Desk) -> None:
    marks = [block for index in sorted(found.anchors) for block in [blocks[index]]]
    if marks:
        index = min(found.anchors)
        desk.say(
            "footnotes-found", Severity.INFO, blocks[index], found.anchors[index][0].start,
            f"The numbered notes at the end, {len(found.notes)}, become footnotes; this is the mark of the first.",
        )  # fmt: skip
    for note in found.notes:
        if not note.anchored:
            desk.say(
                "note-dangling", Severity.WARNING, blocks[note.first], 0,
                f"Note {note.number} has no mark in the text.",
                "Set the mark where it belongs; marks are lost when pages are saved.",
            )  # fmt: skip


def set_footnotes(composer: Composer, div: etree._Element, found: Footnotes) -> None:
    """Set the notes where they stand; their numbers are hidden and become ``@n``."""
    for note in found.notes:
        blocks = composer.blocks[note.first : note.last]
        attributes = {"type": "footnote", "place": "end", "n": note.value or str(note.number)}
        element = composer.container(div, "note", blocks[0].before, attributes)
        element.set("{http://www.w3.org/XML/1998/namespace}id", note.key)
        for number, block in enumerate(blocks):
            if number == 0 and note.mark:
                composer.fixed[id(block)] = [Span(0, note.mark)]
            parent = element
            if len(blocks) > 1:
                append_text(element, block.before if number else "")
                parent = etree.SubElement(element, f"{{{TEI}}}p")
            build(parent, block.text, composer.spans(block), 0, len(block.text))
