"""Takes the blocks of a document and says which paragraphs break off and go on in the next one.

What a page mark parts is one paragraph again, with the page break in it; elsewhere it is the editor who says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.speech import Label
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_END = re.compile(r"[.!?:;…—–\-\"”’')\]*]\s*$")
_SMALL = re.compile(r"[a-z]")


def broken(
    blocks: Sequence[Block], first: int, end: int, found: Mapping[int, Label], desk: Desk, merged: set[int],
    heads: Container[int] = (), next_text: Callable[[int], int] = int,
) -> dict[int, str]:  # fmt: skip
    """Return the values of ``p/@part`` by index: I, M or F; what the editor decided to join goes into ``merged``.

    ``next_text`` gives the index of the first block from one on that is no page mark.
    """
    parts: dict[int, str] = {}
    for index in range(first, end - 1):
        here, after = blocks[index], next_text(index + 1)
        if after >= end:
            break
        there = blocks[after]
        if not _SMALL.match(there.text) or after in found or index in heads or _END.search(here.text):
            continue
        if len(here.text.split()) < 8 or "\n" not in there.before or {here.kind, there.kind} != {"text"}:
            continue
        offset = max([here.text.rfind(mark) + 2 for mark in (". ", "? ", "! ") if mark in here.text], default=0)
        offset = max(offset, found[index].said if index in found else 0)
        decision = desk.decision(here, offset, len(here.text))
        paged = after > index + 1
        if paged:
            desk.asked(
                "paragraph-joined", Severity.INFO, here, (offset, len(here.text)), ("merge", "text"),
                f"“{here.text[offset:][:60]}” goes on behind the page mark; both are one paragraph.",
                'Decide as = "text" to keep them apart.',
            )  # fmt: skip
        if (decision.kind == "merge") if decision is not None else paged:
            merged.update(range(index, after))
            continue
        parts[index] = "M" if parts.get(index) == "F" else "I"
        parts[after] = "F"
        desk.asked(
            "paragraph-broken", Severity.WARNING, here, (offset, len(here.text)), ("text", "merge"),
            f"“{here.text[offset:][:60]}” goes on in the next paragraph; a page may end here.",
            'Decide as = "merge" to make one paragraph of them.',
        )  # fmt: skip
    return parts
