"""Takes a transcript with tracked changes and comments; gives those who made them, and on which day, for its header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from tei_edition.encoding.spelling import words
from tei_edition.tei import ID, E
from tei_edition.transcript import Mark, Transcript

Revisers = dict[tuple[str, str], str]
"""The id of each person on each day, by name and day."""


def revisers(transcript: Transcript) -> Revisers:
    """Return an id for each person who changed or commented words of the source, and for each day of theirs."""
    found: Revisers = {}
    for block in transcript.blocks:
        for line in block.lines:
            for mark in line.marks:
                if who := _who(mark):
                    found.setdefault(who, f"reviser-{len(found) + 1}")
    return found


def with_revisers(transcript: Transcript, found: Revisers) -> Transcript:
    """Return the transcript with the ids of those who changed it at its marks."""
    if not found:
        return transcript
    blocks = []
    for block in transcript.blocks:
        lines = (
            replace(line, marks=tuple(_named(mark, found) for mark in line.marks)) if line.marks else line
            for line in block.lines
        )
        blocks.append(replace(block, lines=tuple(lines)))
    return replace(transcript, blocks=blocks)


def statements(found: Revisers) -> Iterator[etree._Element]:
    """Give the statement of responsibility of each."""
    for (who, day), key in found.items():
        resp = E.resp("changes and comments in the source file", **({"when": day} if day else {}))
        yield E.respStmt({ID: key}, resp, E.name(who))


def _who(mark: Mark) -> tuple[str, str] | None:
    values = dict(mark.values)
    if mark.kind not in ("add", "del", "comment") or not words(values.get("who", "")):
        return None
    day = values.get("when", "")[:10]
    return words(values["who"]), day if re.fullmatch(
        r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", day
    ) else ""


def _named(mark: Mark, found: Revisers) -> Mark:
    who = _who(mark)
    return mark if who is None else mark._replace(values=(*mark.values, ("resp", f"#{found[who]}")))
