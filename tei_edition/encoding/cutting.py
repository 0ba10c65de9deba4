"""Takes a block in which two things stand on one line or in one paragraph and gives each as its own block.

A turn that follows another in the same paragraph, the head of a telegram and its first words, a courtesy formula and
the mark of a signature: each is cut where a sign of its own kind begins it, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tei_edition.encoding.letter_parts import MARKED, is_cable_code, is_dateline, is_typist, is_valediction
from tei_edition.encoding.speech import looks_labelled
from tei_edition.encoding.top_lines import HOUR, is_telegraphic
from tei_edition.transcript import BLANK, Block, Line

_TOP, _REACH, _LEAST, _LONGEST = 3, 14, 3, 72
"""Blocks at the top that may hold a telegram's head, or be a line of it; lines of such a head; characters of one."""
_CAPITALS = r"[^\W\d_a-z](?:[^\W\d_a-z]|['’.-])+"
_TURN = re.compile(rf"(?:(?<=[a-z\d\])”\"][.?!…])|(?<=[\])”—…]))\s+(?=(?:{_CAPITALS}\s){{0,3}}{_CAPITALS}\s?:\s)")
_COLON = re.compile(r":(?<![a-z\d]:)\s")
"""How a label in capitals ends, which is soon found."""
_FORMULA = re.compile(rf"^[^\n]{{6,60}}?,\s+(?={MARKED})", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"(?:[^\W\d_a-z][^\W\d_a-z.'’-]*\s?){1,4}")


def pieces_of(block: Block, number: int, left: int) -> list[Block]:
    """Return the parts of a block, itself where it is one; ``number`` blocks stand before it, ``left`` after it."""
    if block.kind != "text":
        return [block]
    places = _turns(block.text) or _head(block, number) or _tail(block, left) or _signed(block.text, left)
    return cut_at(block, places) if places else [block]


def cut_at(block: Block, places: Sequence[int]) -> list[Block]:
    """Return the parts of a block that begin at its start and at each of some characters; nothing is lost."""
    parts: list[Block] = []
    text, before = block.text, block.before
    for first, stop in pairwise([0, *places, len(text)]):
        words = text[first:stop].strip(BLANK)
        start = first + text[first:stop].find(words)
        before += text[first:start]
        lines: list[Line] = []
        for piece in re.finditer(r"([^\r\n]*)(\r\n|\r|\n|\Z)", words):
            if not piece[0] and lines:
                break
            at = start + piece.start()
            line, column = block.place(at)
            marks = tuple(
                mark._replace(start=max(mark.start - at, 0), end=min(mark.end - at, len(piece[1])))
                for mark in block.marks
                if mark.start < at + len(piece[1]) and (mark.end > at or mark.start == mark.end >= at)
            )
            lines.append(Line(line, piece[1], piece[2], marks, ((0, line, column),)))
        parts.append(Block(tuple(lines), before))
        before = text[start + len(words) : stop]
    return parts


def _turns(text: str) -> list[int]:
    """Where turns begin within a paragraph: labels in capitals after a full stop, two of them at least."""
    if not _COLON.search(text):
        return []
    found = [match.end() for match in _TURN.finditer(text) if looks_labelled(text[match.end() :])]
    return found if found and len(found) + looks_labelled(text) > 1 else []


def _head(block: Block, number: int) -> list[int]:
    """Where the lines of a telegram's head begin, and what follows them on the last."""
    if number >= (_TOP if len(block.lines) > 1 else _REACH):
        return []
    lines = [line.text.strip() for line in block.lines]
    last = max((index for index, line in enumerate(lines[:10]) if is_telegraphic(line)), default=-1)
    if last < 0:
        return []
    hour = HOUR.match(lines[last])
    inside = hour is not None and hour.end() < len(lines[last])
    if (len(lines) < _LEAST and not inside) or any(len(line) > _LONGEST for line in lines[: last + 1 - inside]):
        return []
    starts = _starts(block.text)
    short = all(len(line) <= _LONGEST for line in lines) and not re.search(r"[a-z]{3}[.;,]$", lines[-1])
    places = starts[1:] if short and not inside else starts[1 : last + 2]
    if hour is not None and inside:
        begins = starts[last] + len(block.text[starts[last] :]) - len(block.text[starts[last] :].lstrip())
        places = [*places[:last], begins + hour.end()]
    return places


def _tail(block: Block, left: int) -> list[int]:
    """Where the lines after a telegram begin: a name in capitals, and below it the code or who typed it."""
    if left > 2 or len(block.lines) < _LEAST:
        return []
    lines = [line.text.strip() for line in block.lines]
    for index in range(1, len(lines) - 1):
        below = lines[index + 1]
        named = _NAME.fullmatch(lines[index]) and len(lines[index]) > 2
        if named and (is_cable_code(below) or is_typist(below) or is_dateline(below)):
            return _starts(block.text)[index:]
    return []


def _signed(text: str, left: int) -> list[int]:
    """Where the mark of a signature follows a courtesy formula on its line."""
    found = _FORMULA.search(text) if left <= 4 and "," in text else None
    return [at for at in found.span() if at] if found and is_valediction(found[0]) else []


def _starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
