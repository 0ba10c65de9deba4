"""Takes a block of the transcript and gives the spans within it: remarks, quotations, names, dates, doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tei_edition.encoding.bracket import Bracket, Remark, brackets
from tei_edition.encoding.brackets import recognise
from tei_edition.encoding.dates import DateSpan, dates, may_be_dated
from tei_edition.encoding.dating import relative_dates, with_year
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.marking import spans_of
from tei_edition.encoding.mentions import mentions
from tei_edition.encoding.names import KINDS
from tei_edition.encoding.nesting import nest
from tei_edition.encoding.quotations import quotations
from tei_edition.encoding.reading import Reading
from tei_edition.encoding.recovery import recovered
from tei_edition.encoding.signs import signs
from tei_edition.encoding.spelling import Span
from tei_edition.encoding.unbracketed import unbracketed
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_SAID = re.compile(
    r"\b(?:said|replied|asked|declared|answered|stated|continued|remarked|added|called me)(?: further)?:\s+(?=[^\Wa-z])"
)
_SAID_END = re.compile(r":(?<=[der]:)\s")
"""How those words end, which is soon found."""
_TYPED = re.compile(r"\b[Nn]o\. ?(l)(?=[.,\s])")
_DOUBT = re.compile(r"([^\s()\[\]]+)\s?(\(\?\))")


def spans(block: Block, desk: Desk, hidden: Iterable[int] = (), fixed: Sequence[Span] = ()) -> list[Span]:
    """Return the forest of spans of one block; every doubt is reported at its place.

    ``hidden`` are offsets of characters that the structure stands for, such as the marks round an enclosed letter;
    ``fixed`` are spans that are known already, such as the marks of notes: no bracket is looked for in them.
    """
    text = block.text
    pairs, alone = brackets(text)
    marked = signs(block, desk)
    known = [(group[0].start, group[0].end) for group in marked]
    found = [*[[span] for span in fixed], *[[Span(offset, offset + 1)] for offset in hidden], *marked]
    inside: list[tuple[int, int]] = []
    doubled: set[tuple[int, int]] = set()
    if pairs:
        inside = [(span.start - 1, span.end) for span in fixed]
        twice = [group[0] for group in marked if group[0].head > 1]
        doubled = {(span.start + more, span.end - more) for span in twice for more in (0, 1)}
    for bracket in pairs:
        inside = [stretch for stretch in inside if stretch[1] >= bracket.start]
        if (bracket.start, bracket.end) in doubled or any(
            start < bracket.start and bracket.end <= end for start, end in inside
        ):
            continue
        remark = _decided(block, bracket, recognise(bracket, desk), desk)
        if remark.rule:
            _tell(block, bracket, remark, desk)
        if remark.kind in ("gap", "drop", "page", "space", "marker"):
            inside.append((bracket.start, bracket.end))
        found.append(spans_of(bracket, remark, desk))
    found.extend([_alone(block, offset, desk) for offset in alone])
    if "(?)" in text:
        found.extend(_doubts(block, desk))
    if "o. l" in text or "o.l" in text:
        found.extend(_typed_digits(block, desk))
    found.extend(unbracketed(block, desk, known))
    if desk.decisions.places:
        found.extend(_decided_words(block, desk))
    forest = nest(found) if found else []
    return _with_words(block, desk, found, Reading(text, forest), forest)


def _decided_words(block: Block, desk: Desk) -> list[list[Span]]:
    """Decisions on words without brackets: a slip of the document, with or without its correction."""
    found: list[list[Span]] = []
    numbers = {line.number for line in block.lines}
    for decision in desk.decisions.places:
        if decision.used or decision.line not in numbers or decision.kind not in _OF_WORDS:
            continue
        start = next((at for at in range(len(block.text)) if block.place(at) == (decision.line, decision.column)), None)
        if start is None or not block.text.startswith(decision.text, start):
            continue
        decision.used = True
        end = start + len(decision.text)
        if decision.kind == "sic" or (decision.kind == "corr" and not decision.words):
            found.append([Span(start, end, "sic", dict(decision.attributes))])
        elif decision.kind == "corr":
            found.append(_corrected(start, end, decision.words, decision.attributes))
        elif decision.kind == "name" and (entry := desk.meant(decision)) is not None:
            if entry.kind == "person":
                desk.meet(entry.id)
            found.append([Span(start, end, KINDS[entry.kind], {"ref": f"#{entry.id}", **decision.attributes})])
    return found


_OF_WORDS = ("sic", "corr", "text", "name")
"""What a decision may say of words without brackets."""


def _corrected(start: int, end: int, words: str, attributes: dict[str, str]) -> list[Span]:
    """Words with their correction, which does not stand in the source."""
    correction = ("corr", {**attributes, "resp": attributes.get("resp", "#converter")}, words)
    return [Span(start, end, "choice", added=(correction,)), Span(start, end, "sic")]


def _decided(block: Block, bracket: Bracket, remark: Remark, desk: Desk) -> Remark:
    """Return what the editor says that a bracket is; if that is what was recognised, it stays as it was recognised."""
    decision = desk.decision(block, bracket.start, bracket.end)
    if decision is None:
        return remark
    entry = desk.meant(decision)
    if decision.kind != remark.kind:
        return Remark(kind=decision.kind, attributes=dict(decision.attributes), entry=entry)
    attributes = {**remark.attributes, **decision.attributes}
    return replace(remark, attributes=attributes, entry=entry or remark.entry, rule="")


def _tell(block: Block, bracket: Bracket, remark: Remark, desk: Desk) -> None:
    place = (bracket.start, bracket.end)
    desk.chosen(remark.rule, remark.severity, block, place, remark.kind, remark.message, remark.hint)


def _alone(block: Block, offset: int, desk: Desk) -> list[Span]:
    """A bracket without a partner: what its words say it is, else a mark too many."""
    if block.text[offset] == "[":
        taken = recovered(block.text, offset, desk)
        if taken is not None:
            bracket, remark = taken
            remark = _decided(block, bracket, remark, desk)
            if remark.rule:
                _tell(block, bracket, remark, desk)
            return spans_of(bracket, remark, desk)
    return [_unmatched(block, offset, desk)]


def _unmatched(block: Block, offset: int, desk: Desk) -> Span:
    sign = block.text[offset]
    if sign == "[":
        desk.say(
            "bracket-unclosed", Severity.WARNING, block, offset,
            f"This bracket is not closed: “{block.text[offset : offset + 30]}…”.", "Close it in the transcript.",
        )  # fmt: skip
    else:
        desk.say("bracket-unopened", Severity.INFO, block, offset, "This bracket closes none; it is kept as text.")
    return Span(offset, offset + 1, "surplus", {"reason": "unmatched"})


def _doubts(block: Block, desk: Desk) -> list[list[Span]]:
    """“Name (?)” in the text itself: the doubt is the writer's, the letters are legible."""
    found: list[list[Span]] = []
    for number, item in enumerate(_DOUBT.finditer(block.text), 1):
        key = f"doubt-{block.lines[0].number}-{number}"
        tag = "name" if item[1][0].isupper() else "seg"
        mark = Span(item.start(2), item.end(2), "metamark", {"function": "doubt", "target": f"#{key}"})
        found.append([Span(item.start(1), item.end(1), tag, {"xml:id": key}), mark])
        desk.say(
            "doubt-in-source", Severity.INFO, block, item.start(2),
            f"“(?)” after “{item[1]}” is taken as a mark of the document's writer, not of an editor.",
        )  # fmt: skip
    return found


def _typed_digits(block: Block, desk: Desk) -> list[list[Span]]:
    """“No. l”: the typewriter's l for the digit 1."""
    found: list[list[Span]] = []
    for item in _TYPED.finditer(block.text):
        decision = desk.decision(block, item.start(1), item.end(1))
        if decision is not None and (decision.kind != "corr" or decision.words):
            continue
        found.append(_corrected(item.start(1), item.end(1), "1", {"cert": "high"}))
        desk.asked(
            "letter-for-digit", Severity.WARNING, block, item.span(1), ("corr", "text"),
            "The letter l stands for the digit 1; it is encoded with a correction.",
            'Decide as = "text" if the document has the letter.',
        )  # fmt: skip
    return found


def _with_words(block: Block, desk: Desk, groups: list[list[Span]], reading: Reading, forest: list[Span]) -> list[Span]:
    """Add what is found in the text as it reads; remarks win over quotations, these over names and dates."""
    quoted: list[Span] = []
    pairs, alone = quotations(reading.text) if desk.profile.quotations == "q" else ([], [])
    for pair in pairs:
        start, end = reading.source_span(pair.start, pair.end, forest)
        if (end - start) >= 2:
            quoted.append(Span(start, end, "q", {"rend": pair.rend} if pair.rend else {}, 1, 1))
    for offset in alone:
        place, _ = reading.source_span(offset, offset + 1, forest)
        desk.say(
            "quotation-unmatched", Severity.WARNING, block, place,
            f"The quotation mark {reading.text[offset]} has no partner in this paragraph; it is kept as text.",
        )  # fmt: skip
    remarks = [span for group in groups for span in group]
    named = mentions(block, desk, reading, forest)
    parts: list[Span] = []
    if named and remarks:
        taken = [(span.start, span.end) for span in remarks if span.attributes.get("ref")]
        named = [span for span in named if not _within(span, taken)]
        bearers: dict[tuple[str | None, str | None], list[tuple[int, int]]] = {}
        for span in named:
            bearers.setdefault((span.tag, span.attributes.get("ref")), []).append((span.start, span.end))
        groups = [[item for item in group if not _repeats(bearers, item)] for group in groups]
        parts = _name_parts(named, remarks, block.text)
    dated: list[Span] = []
    for item, ground in _dates(reading.text, desk.day):
        start, end = reading.source_span(item.start, item.end, forest)
        if ground:
            desk.say(
                "year-inferred", Severity.INFO, block, start,
                f"“{' '.join(block.text[start:end].split())}” is taken to be of {ground}.",
                "Decide or add the year, if it is another.",
            )  # fmt: skip
        attributes = {**item.attributes, **({"cert": item.certainty} if item.certainty else {})}
        if any(span.tag == "unclear" and start <= span.start and span.end <= end for span in remarks):
            attributes["cert"] = "medium"
        dated.append(Span(start, end, item.kind, attributes))
        if not item.attributes and item.kind == "date":
            desk.say(
                "date-open", Severity.INFO, block, start,
                f"“{' '.join(block.text[start:end].split())}” is a date, but of which day or year is not certain.",
            )  # fmt: skip
    told = _said(block, desk, reading, forest, named)
    if not (parts or quoted or told or named or dated):
        return forest
    return nest([*[[span] for span in parts], *groups, *[[span] for span in (*quoted, *told, *named, *dated)]])


def _dates(text: str, day: str) -> list[tuple[DateSpan, str]]:
    """Return the dates in a text with the ground of each year or month that it does not give itself."""
    if not may_be_dated(text):
        return []
    found = [
        with_year(item, text[item.start : item.end], day)
        for item in dates(text, year=int(day[:4]) if day else None)
    ]  # fmt: skip
    return [*found, *relative_dates(text, day)]


def _said(block: Block, desk: Desk, reading: Reading, forest: list[Span], named: list[Span]) -> list[Span]:
    """“Stalin said: You can …”: words without marks, taken to run to the end of the paragraph."""
    for item in _SAID.finditer(reading.text) if _SAID_END.search(reading.text) else ():
        start, _ = reading.source_span(item.start(), item.end(), forest)
        opening, _ = reading.source_span(item.end(), item.end() + 1, forest)
        before = (span for span in named if span.tag == "persName" and span.end <= start)
        who = [span for span in before if not block.text[span.end : start].strip()]
        if who and block.text[opening] not in "“\"'‘":
            ref = who[-1].attributes.get("ref")
            desk.say(
                "speech-extent", Severity.WARNING, block, opening,
                f"The words after “{item[0].strip()}” are taken to be spoken to the end of the paragraph.",
                "Set quotation marks in the transcript if they end before.",
            )  # fmt: skip
            return [Span(opening, len(block.text), "said", {"who": ref} if ref else {})]
    return []


def _repeats(bearers: Mapping[tuple[str | None, str | None], list[tuple[int, int]]], remark: Span) -> bool:
    """Say whether a name found with its title is the one that a remark has marked already without it."""
    return _within(remark, bearers.get((remark.tag, remark.attributes.get("ref", "")), []))


def _name_parts(named: list[Span], remarks: list[Span], text: str) -> list[Span]:
    """Forename and surname of names that an editor completed: what is supplied is the one, what stands the other."""
    found: list[Span] = []
    completing = [
        (part, whole)
        for part in remarks
        if (whole := part.tag == "supplied" and part.attributes.get("reason") == "name-completion")
        or (part.tag == "expan" and not part.head)
    ]
    for span in named:
        if span.tag != "persName":
            continue
        for part, whole in completing:
            if not _within(part, [(span.start, span.end)]):
                continue
            rest = re.search(r"[^\W\d_]+$", text[span.start : part.start].rstrip()) if part.end == span.end else None
            after = re.fullmatch(r"\s*([^\W\d_][\w'’-]*)", text[part.end : span.end])
            if rest:
                found.append(Span(span.start + rest.start(), span.start + rest.end(), "surname"))
            elif after:
                found.append(Span(part.end + after.start(1), part.end + after.end(1), "surname"))
            if rest or after:
                inner = (part.start + part.head, part.end - part.tail)
                found.append(Span(*inner, "forename") if whole else Span(part.start, part.end, "forename"))
    return found


def _within(span: Span, taken: list[tuple[int, int]]) -> bool:
    return any(start <= span.start and span.end <= end for start, end in taken)
