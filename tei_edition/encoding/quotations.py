"""Takes a text and gives the quotations in it, with the kind of their marks."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation; ``rend`` is its ``q/@rend`` (None for “ ”), ``end`` the offset after the closing mark."""

    start: int
    end: int
    rend: str | None


def quotations(text: str) -> tuple[list[Quotation], list[int]]:
    """Return the quotations of a text in order, and the offsets of double quotation marks without a partner.

    Straight double marks pair in the order in which they stand; single marks open after a blank or a bracket and close
    before one, so that an apostrophe opens nothing.

    >>> quotations("delete \\"solemnly\\" and 'minutes'")[0]
    [Quotation(start=7, end=17, rend='straight'), Quotation(start=22, end=31, rend='single straight')]
    """
    found: list[Quotation] = []
    opened: list[int] = []
    alone: list[int] = []
    for sign in _CURLY.finditer(text):
        if sign[0] == "“":
            opened.append(sign.start())
        elif opened:
            found.append(Quotation(opened.pop(), sign.end(), None))
        else:
            alone.append(sign.start())
    alone.extend(opened)
    straight = [sign.start() for sign in re.finditer('"', text)] if '"' in text else []
    if len(straight) % 2:
        alone.append(straight.pop())
    found.extend(
        Quotation(start, end + 1, "straight") for start, end in zip(straight[::2], straight[1::2], strict=True)
    )
    for mark, pattern, rend in (("'", _SINGLE, "single straight"), ("‘", _SINGLE_CURLY, "single")):
        if mark in text:
            found.extend(Quotation(item.start(), item.end(), rend) for item in pattern.finditer(text))
    return sorted(found, key=lambda item: (item.start, -item.end)), sorted(alone)


_CURLY = re.compile("[“”]")
_SINGLE = re.compile(r"(?<![\w'])'(?=[^\s'])[^'\n]{0,200}?(?:\w'\w[^'\n]{0,200}?)*[^\s']'(?!\w)|(?<![\w'])'\w'(?!\w)")
_SINGLE_CURLY = re.compile(r"(?<!\w)‘[^‘’\n]{1,200}(?:\w’\w[^‘’\n]{0,200})*’(?!\w)")
