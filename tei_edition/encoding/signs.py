"""Takes a block and gives the spans of the signs, other than square brackets, that the profile explains."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.remarks_profile import meant
from tei_edition.encoding.spelling import Span
from tei_edition.transcript import Block

_ADDRESS = re.compile(r"\w+://|\S@\S")


def signs(block: Block, desk: Desk) -> list[list[Span]]:
    """Return the groups of spans of a block's signs; nothing where the profile has none."""
    table = desk.profile.signs
    if not table:
        return []
    text, found = block.text, []
    taken: list[tuple[int, int]] = []
    for sign, meaning, pattern in _patterns(tuple(table.items())):
        kind, attributes = meant(meaning)
        for item in pattern.finditer(text):
            start, end = item.span()
            if any(first < end and start < last and not (first < start and end < last) for first, last in taken):
                continue
            if kind == "ex":
                found.append(_abbreviation(text, start, end, desk.resp))
            elif " " not in sign:
                hidden = [Span(at, at + 1) for at in range(start, end) if text[at] == sign]
                found.append([Span(start, end, kind, {"reason": desk.profile.unclear, **attributes}), *hidden])
            elif not _ADDRESS.search(item[0]):
                opening, closing = sign.split(" ", 1)
                own = {**attributes, "resp": desk.resp} if kind == "supplied" else dict(attributes)
                found.append([Span(start, end, kind, own, len(opening), len(closing))])
            taken.append((start, end))
    return found


@lru_cache(maxsize=32)
def _patterns(table: tuple[tuple[str, str], ...]) -> list[tuple[str, str, re.Pattern[str]]]:
    """Return each sign with its meaning and what finds it, the longer signs first."""
    return [
        (sign, meaning, re.compile(_pattern(sign, meaning)))
        for sign, meaning in sorted(table, key=lambda row: -len(row[0]))
    ]


def _pattern(sign: str, meaning: str) -> str:
    opening, _, closing = sign.partition(" ")
    if not closing:  # a mark over or under letters
        composed = "".join(
            letter for letter in map(chr, range(0xC0, 0x1F00)) if sign in unicodedata.normalize("NFD", letter)
        )
        return rf"(?:\w{re.escape(sign)}|[{composed}])+" if composed else rf"(?:\w{re.escape(sign)})+"
    first, last = re.escape(opening), re.escape(closing)
    if meaning.split()[0] == "ex":
        inside = rf"{first}[^\W\d_]+\??{last}"
        return rf"[^\W\d_](?:[^\W\d_]|\[[^\W\d_]*\])*(?:{inside}[^\W\d_]*)+|(?:{inside}[^\W\d_]+)+"
    return rf"{first}(?!\s)[^\n]*?(?<!\s){last}(?!{re.escape(closing[-1])})"


def _abbreviation(text: str, start: int, end: int, resp: str) -> list[Span]:
    """A word with the letters that its abbreviation leaves out: “Imp(eratori)”."""
    letters = [
        Span(start + item.start(), start + item.end(), "ex",
             {"resp": resp} | ({"cert": "low"} if item[1] else {}), 1, 1 + len(item[1]))
        for item in re.finditer(r"\W[^\W\d_]+(\??)[^\w\[\]?]", text[start:end])
    ]  # fmt: skip
    return [Span(start, end, "expan"), *letters]
