"""Takes the rows of an attendance list and gives them as items, in columns where two lists were flattened into one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tei_edition.encoding.mentions import SHORT_TITLES, TITLES
from tei_edition.transcript import Block

_HEADING = re.compile(
    r"(?:present|participants|those present|attending|in attendance|attendees|attended by|also present)"
    r"(?: were| at the \w+)?\s*:?$",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"(?<!\w)(?:{TITLES}|{SHORT_TITLES})(?=[\s\[])")
_FIELD = re.compile(r"[A-Z][\w ]{0,20}:")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an attendance list, and the offset at which its second column begins (None for one column)."""

    block: Block
    cut: int | None


def is_heading(text: str) -> bool:
    """Say whether a block announces who was present.

    >>> is_heading("Present:"), is_heading("Present methods")
    (True, False)
    """
    return bool(_HEADING.fullmatch(text.strip()))


def rows(blocks: Sequence[Block]) -> list[Row]:
    """Return the rows that stand at the start of some blocks: short, capitalised, no sentences.

    A row is cut before its second title, if it has two and nothing in it is a list already.
    """
    found: list[Row] = []
    for block in blocks:
        text = block.text
        if len(text.split()) > 12 or _FIELD.match(text) or not text[:1].isupper():
            break
        if re.search(r"[a-z]{2}\.$", text) or "\n" in text:
            break
        titles = [item.start() for item in _TITLE.finditer(text)]
        titles = [at for at in titles[1:] if text[at - 1 : at] in " \t" and not re.search(r"[,;]\s*$", text[:at])]
        starts = [at for at in titles if not _TITLE.match(text[:at].split()[-1] + " ")]
        found.append(Row(block, starts[0] if starts else None))
    return found


def in_columns(found: Sequence[Row]) -> bool:
    """Say whether the rows are those of two columns: at least two, and at least half of all, are cut."""
    cut = sum(row.cut is not None for row in found)
    return cut >= 2 and 2 * cut >= len(found)
