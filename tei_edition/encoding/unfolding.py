"""Takes the blocks of a transcript and gives each line of a list, a dialogue or a letter's head as its own block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tei_edition.encoding.attendance_rows import is_heading, is_subject, party_columns
from tei_edition.encoding.cutting import pieces_of
from tei_edition.encoding.items import are_short_items, enumerator, sequence
from tei_edition.encoding.letter_parts import is_dateline, is_salute, is_valediction
from tei_edition.encoding.routing import are_routed
from tei_edition.encoding.speech import looks_labelled
from tei_edition.encoding.top_lines import line_kind
from tei_edition.transcript import Block, blocks_of

SHORT = 72
"""Characters of a line that may be a line of its own and not a part of a paragraph."""
_PAGE = re.compile(r"\[(?:page|p\.)[^\[\]]{1,12}\]", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:present|absent|(?:in the )?chair(?:man|woman|person)?|presiding|secretary|date|time|place|venue|subject|"
    r"agenda|participants|attending|председатель(?:ствовал)?|присутствовали|anwesend|vorsitz(?:ender)?|président|présents?)\s?:\s",
    re.IGNORECASE,
)
"""A line of a form with its label."""
_STAMPS = ("secrecy", "reference", "precedence", "label")
_FIELD = re.compile(r"[A-Z][A-Z &/]{2,24}:\s")
"""A line of a form, such as “PLACE: …”."""


def unfold(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give the blocks, those whose lines mean something each cut into lines.

    That is so when the first line announces an attendance list, when two lines or more begin with a speaker's label,
    or when all lines are short and one is a dateline, a salutation or a courtesy formula.
    """
    given = list(blocks)
    parts = (pieces_of(block, number, len(given) - number - 1) for number, block in enumerate(given))
    blocks = [part for found in parts for part in found]
    width = _width(given)
    for number, block in enumerate(blocks):
        if len(block.lines) == 1 or block.kind != "text":
            yield block
            continue
        lines = [line.text.strip() for line in block.lines]
        if (
            any(mark.kind == "line" and "facs" in dict(mark.values) for mark in block.marks)
            and sum(looks_labelled(line) for line in lines) < 2
        ):
            yield block  # lines of a region on an image are no paragraphs
            continue
        listed = number > 0 and blocks[number - 1].text.endswith(":") and are_short_items(lines)
        letterhead = number < 5 and len(lines) < 5 and lines[0].isupper() and are_short_items(lines)
        roll = number > 1 and _goes_on_behind_page(blocks, number, lines)
        formal = number < 4 and (_is_form(lines) or all(line_kind(line) in _STAMPS for line in lines))
        if listed or letterhead or roll or formal or _line_by_line(lines):
            cut, _ = blocks_of(block.lines, every_line=True)
            cut[0] = replace(cut[0], before=block.before)
            yield from _rejoined(cut, width) if width else cut
        else:
            yield block


def _goes_on_behind_page(blocks: Sequence[Block], number: int, lines: list[str]) -> bool:
    """Say whether a list of those present goes on behind a page mark: short capitalised lines, none a sentence."""
    if not _PAGE.fullmatch(blocks[number - 1].text):
        return False
    above = blocks[number - 2].text.splitlines()
    return is_heading(above[0]) and all(
        line[:1].isupper() and len(line.split()) <= 14 and not re.search(r"[a-z]{3}[.;?!]$", line) for line in lines
    )


def _is_form(lines: list[str]) -> bool:
    """Say whether lines at the top are a heading and the fields of a form: short, at least one with a label."""
    short = len(lines) <= 10 and all(len(line) <= SHORT and not re.search(r"[a-z]{4}[.;]\s", line) for line in lines)
    return short and not lines[0].endswith((",", ";")) and any(_LABELLED.match(line) for line in lines[1:])


def _line_by_line(lines: list[str]) -> bool:
    if _is_roll(lines) or _enumerated(lines) or all(_FIELD.match(line) for line in lines):
        return True
    if are_routed(lines) or party_columns(lines) is not None:
        return True
    if is_heading(lines[0]) or is_subject(lines[0]) or sum(looks_labelled(line) for line in lines) > 1:
        return True
    return all(len(line) <= SHORT for line in lines) and any(
        is_dateline(line, place=True) or is_salute(line) or is_valediction(line) for line in lines
    )


def _is_roll(lines: list[str]) -> bool:
    """“The Committee:” and names under it: short capitalised lines that are no sentences."""
    return (
        len(lines) > 2
        and bool(re.fullmatch(r"[^\W\d_a-z][\w .,&’'()/-]{2,60}:", lines[0]))
        and all(
            re.match(r"[^\W\d_a-z]|\[", line) and len(line.split()) <= 14 and not re.search(r"[a-z]{3}[.;?!]$", line)
            for line in lines[1:]
        )
    )


def _enumerated(lines: list[str]) -> bool:
    """Lines that begin with 1., 2. or a), b): at least two, without a hole, the first line first."""
    marks = [enumerator(line) for line in lines]
    given = [mark for mark in marks if mark]
    return len(given) > 1 and bool(marks[0]) and given == sequence(given[0], len(given))


def _width(blocks: Sequence[Block]) -> int | None:
    """Return the width to which a document is wrapped, or None: no line is longer, and many come near it."""
    lengths = [len(line.text.rstrip()) for block in blocks for line in block.lines[:-1]]
    longest = max((len(line.text.rstrip()) for block in blocks for line in block.lines), default=0)
    near = sum(length > longest - 12 for length in lengths)
    return longest if 50 <= longest <= 100 and len(lengths) >= 5 and 2 * near >= len(lengths) else None


def _rejoined(cut: Sequence[Block], width: int) -> Iterator[Block]:
    """Give the lines, those that were broken only because the next word did not fit made one block again."""
    held = cut[0]
    for block in cut[1:]:
        first = block.text.split()[0]
        if len(held.lines[-1].text.rstrip()) + 1 + len(first) > width and not looks_labelled(block.text):
            held = Block((*held.lines, *block.lines), held.before, held.kind)
        else:
            yield held
            held = block
    yield held
