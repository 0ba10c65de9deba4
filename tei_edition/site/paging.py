"""Takes a long list and gives it in pages of a bounded weight, each with the way to all others, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from lxml import etree

LIGHT = 36_000
"""Bytes that the rows of a page weigh, more or less; the frame of a page comes to it."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Sheet(Generic[T]):
    """One page of a list."""

    number: int
    of: int
    rows: list[T]
    sections: tuple[tuple[str, int], ...]
    """Letters, years … of the whole list, with the number of the page on which each begins."""

    def path(self, base: str) -> str:
        """Return the name of the page, when ``base`` is that of the list without its ending."""
        return f"{base}.html" if self.number == 1 else f"{base}/{self.number}.html"

    def way(self, base: str) -> etree._Element:
        """Return what a stylesheet is told of the pages of a list."""
        row = etree.Element("pages", base=base, number=str(self.number), of=str(self.of))
        for label, page in self.sections:
            etree.SubElement(row, "section", label=label, page=str(page))
        return row


def sheets(
    rows: Callable[[], Iterable[T]],
    weight: Callable[[T], int],
    section: Callable[[T], str] | None = None,
    most: int = LIGHT,
) -> Iterator[Sheet[T]]:
    """Yield the pages of a list; an empty list has one. ``rows`` gives the list as often as it is asked.

    >>> [sheet.rows for sheet in sheets(lambda: "abcde", lambda letter: 2, most=5)]
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    counts, heavy = [0], 0
    found: dict[str, int] = {}
    for row in rows():
        weighs = weight(row)
        if counts[-1] and heavy + weighs > most:
            counts.append(0)
            heavy = 0
        counts[-1] += 1
        heavy += weighs
        if section is not None:
            found.setdefault(section(row), len(counts))
    rest = iter(rows())
    for number, count in enumerate(counts, start=1):
        yield Sheet(number=number, of=len(counts), rows=list(islice(rest, count)), sections=tuple(found.items()))
