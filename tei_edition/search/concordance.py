"""Takes hits and gives them as lines of a concordance: what was found in one column, its words on either side."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from tei_edition.reports.words import in_one_line
from tei_edition.search import Hit
from tei_edition.search.words import words

CUT = "…"
_PLACE = 44
"""Columns that the address of a place may take at most."""


def width(text: str) -> int:
    """Return the columns that a text takes on a terminal; Chinese letters take two, marks none.

    >>> width("Łódź"), width("蒋介石"), width("e\u0301")
    (4, 6, 1)
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def lines(hits: Sequence[Hit], room: int) -> Iterator[tuple[str, str, str, str]]:
    """Yield for each hit the four columns of its line: the place, the words before, what was found, the words after.

    The words before are set to the right, so that what was found begins in the same column in every line. All
    together fill ``room`` columns at most, unless that is too few for any words; then a line is longer.
    """
    shown = [in_one_line(hit.place) for hit in hits]
    first = min(max(map(width, shown), default=0), _PLACE, max(room // 3, 12))
    found = min(max((width(hit.word) for hit in hits), default=0), max(room // 3, 12))
    side = max((room - first - 4 - min(found, 24)) // 2, 12)
    for place, hit in zip(shown, hits, strict=True):
        word = _start(in_one_line(hit.word), max(found, 12))
        left = _end(in_one_line(hit.left), side)
        right = _start(in_one_line(hit.right), max(room - first - 4 - side - width(word), 12))
        yield _middle(place, first) + " " * (first - width(_middle(place, first))), left, word, right.rstrip()


def _end(text: str, room: int) -> str:
    """Return the end of a text in exactly so many columns, with blanks before it."""
    if width(text) > room:
        used, at = 1, len(text)
        while at and used + _columns(text[at - 1]) <= room:
            at -= 1
            used += _columns(text[at])
        while at < len(text) and not _columns(text[at]):
            at += 1
        text = CUT + text[at:]
    return " " * (room - width(text)) + text


def _start(text: str, room: int) -> str:
    """Return what fits of the beginning of a text."""
    if width(text) <= room:
        return text
    used, at = 1, 0
    while used + _columns(text[at]) <= room:
        used += _columns(text[at])
        at += 1
    return text[:at] + CUT


def _middle(text: str, room: int) -> str:
    """Return a text shortened in its middle, so that both ends can be read."""
    if width(text) <= room:
        return text
    half = (room - 1) // 2
    return text[: room - 1 - half] + CUT + text[len(text) - half :]


def _forwards(hit: Hit) -> list[str]:
    return [word.key for word in words(hit.right[:200])]


def _backwards(hit: Hit) -> list[str]:
    return [word.key for word in words(hit.left[-200:])][::-1]


def _itself(hit: Hit) -> list[str]:
    return [word.key for word in words(hit.word)]


ORDERS = {"left": _backwards, "word": _itself, "right": _forwards}
"""By what a concordance can be sorted, beside the date."""
