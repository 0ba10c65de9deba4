"""Takes a bracket that is opened and never closed and says where it ends, if its words tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tei_edition.encoding.bracket import WARNING, Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.remarks_named import gap, hand, labelled_note, page
from tei_edition.encoding.remarks_stage import stage

_ENDS = (re.compile(r"[.!?][’”\"]?(?=\s|$|\d)"), re.compile(r"(?=[,;:)\n])|$"), re.compile(r"(?=\s)"))
"""Where a remark may end, the likeliest first: with a sentence, a part of one, a word."""
_TRIED = 8
"""How many ends of each kind are tried; a remark of the fixed expressions is short."""
_LONGEST = 1_000
"""So many characters after the bracket an end is looked for: a text of nothing but brackets would take minutes."""


def recovered(text: str, offset: int, desk: Desk) -> tuple[Bracket, Remark] | None:
    """Return the bracket that begins at an offset, with what it is, or None when nothing says so.

    A note in another hand ends with its line, a labelled note with the round bracket that closes it or with the
    paragraph, a fixed expression (a gap, a page, a stage direction) where it is complete.
    """
    for bracket in _handed_on(text, offset):
        remark = hand(bracket, desk) or labelled_note(bracket, desk)
        if remark is not None and ":" in bracket.content:
            return bracket, _told(bracket, remark)
    last = min(len(text), offset + _LONGEST)
    for ends in _ENDS:
        for end in [item.end() for item in islice(ends.finditer(text, offset + 1, last), _TRIED)]:
            bracket = Bracket(text, offset, end, 0)
            if not bracket.content.strip():
                continue
            remark = page(bracket, desk) or gap(bracket, desk)
            remark = remark or (stage(bracket, desk) if ends is not _ENDS[-1] else None)
            if remark is not None:
                return bracket, _told(bracket, remark)
    return None


def _handed_on(text: str, offset: int) -> Iterator[Bracket]:
    closing = text.find(")", offset)
    if closing > 0 and "(" not in text[offset:closing]:
        yield Bracket(text, offset, closing + 1)
    line = text.find("\n", offset)
    yield Bracket(text, offset, line if line > 0 else len(text), 0)


def _told(bracket: Bracket, remark: Remark) -> Remark:
    end = bracket.text[max(bracket.start, bracket.end - 20) : bracket.end]
    remark.rule, remark.severity = "bracket-unclosed", WARNING
    remark.message = f"This bracket is not closed; it is taken as {remark.kind} and to end after “{end}”."
    remark.hint = "Close it in the transcript."
    return remark
