"""Takes the blocks of a transcript and gives each line of a list, a dialogue or a letter's head as its own block."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tei_edition.encoding.attendance import is_heading
from tei_edition.encoding.letter_parts import is_dateline, is_salute, is_valediction
from tei_edition.encoding.speech import looks_labelled
from tei_edition.transcript import Block, blocks_of

SHORT = 72
"""Characters of a line that may be a line of its own and not a part of a paragraph."""


def unfold(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give the blocks, those whose lines mean something each cut into lines.

    That is so when the first line announces an attendance list, when two lines or more begin with a speaker's label,
    or when all lines are short and one is a dateline, a salutation or a courtesy formula.
    """
    for block in blocks:
        if len(block.lines) > 1 and _line_by_line([line.text.strip() for line in block.lines]):
            cut, _ = blocks_of(block.lines, every_line=True)
            yield replace(cut[0], before=block.before)
            yield from cut[1:]
        else:
            yield block


def _line_by_line(lines: list[str]) -> bool:
    if is_heading(lines[0]) or sum(looks_labelled(line) for line in lines) > 1:
        return True
    return all(len(line) <= SHORT for line in lines) and any(
        is_dateline(line, place=True) or is_salute(line) or is_valediction(line) for line in lines
    )
