"""Takes the blocks of a document and says which paragraphs break off and go on in the next one."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.speech import Label
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_END = re.compile(r"[.!?:;…—–\-\"”’')\]*]\s*$")
_SMALL = re.compile(r"[a-z]")


def broken(
    blocks: Sequence[Block], first: int, end: int, found: Mapping[int, Label], desk: Desk, merged: set[int],
    heads: Container[int] = (),
) -> dict[int, str]:  # fmt: skip
    """Return the values of ``p/@part`` by index: I, M or F; what the editor decided to join goes into ``merged``."""
    parts: dict[int, str] = {}
    for index in range(first, end - 1):
        here, there = blocks[index], blocks[index + 1]
        if not _SMALL.match(there.text) or index + 1 in found or index in heads or _END.search(here.text):
            continue
        if len(here.text.split()) < 8 or "\n" not in there.before or {here.kind, there.kind} != {"text"}:
            continue
        offset = max([here.text.rfind(mark) + 2 for mark in (". ", "? ", "! ") if mark in here.text], default=0)
        offset = max(offset, found[index].said if index in found else 0)
        decision = desk.decision(here, offset, len(here.text))
        if decision is not None and decision.kind == "merge":
            merged.add(index)
            continue
        parts[index] = "M" if parts.get(index) == "F" else "I"
        parts[index + 1] = "F"
        desk.asked(
            "paragraph-broken", Severity.WARNING, here, (offset, len(here.text)), ("text", "merge"),
            f"“{here.text[offset:][:60]}” goes on in the next paragraph; a page may end here.",
            'Decide as = "merge" to make one paragraph of them.',
        )  # fmt: skip
    return parts
