"""Takes a block's text with its spans and gives the text as it is to be read, without marks, and the way back.

Names, dates and quotations are looked for in this text, so that ``[T.V.] Soong`` is found as “T.V. Soong” and
``October [5?]`` as “October 5”.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tei_edition.encoding.spelling import Span

_UNREAD = ("gap", "space", "reg", "corr", "expan", "gloss", "metamark", "surplus")
_ASIDE = ("note", "stage", "ref")
BOUNDARY = "\ufffc"
"""Stands where a note interrupts the text; no name or date runs across it."""


class Reading:
    """The text of a block as it is to be read; offsets are found again in the block."""

    def __init__(self, text: str, forest: list[Span]) -> None:
        self.source = text
        self._places: Sequence[int] = range(len(text))
        self.text = text
        self._found: list[int] = []
        if forest:
            self._places = self._found
            self._letters: list[str] = []
            self._walk(forest, 0, len(text))
            self.text = "".join(self._letters)

    def _walk(self, spans: list[Span], start: int, end: int) -> None:
        at = start
        for span in sorted(spans, key=lambda item: item.start):
            self._take(at, span.start)
            aside = span.tag in _ASIDE or span.attributes.get("reason") in ("identification", "pseudonym")
            if aside:
                self._bound(span.start)
            if span.tag is not None and (span.tag not in _UNREAD or _is_abbreviated_word(span)):
                self._walk(span.children, span.start + span.head, span.end - span.tail)
            if aside:
                self._bound(span.end - 1)
            at = span.end
        self._take(at, end)

    def _take(self, start: int, end: int) -> None:
        self._found.extend(range(start, end))
        self._letters.append(self.source[start:end])

    def _bound(self, place: int) -> None:
        self._found.append(place)
        self._letters.append(BOUNDARY)

    def source_span(self, start: int, end: int, forest: list[Span]) -> tuple[int, int]:
        """Return the stretch of the block that holds a stretch of the reading, widened to hold spans whole.

        A span that the stretch enters or leaves in the middle, such as the bracket round a supplied forename,
        belongs to it with its marks; one that holds the whole stretch does not.
        """
        first, last = self._places[start], self._places[end - 1] + 1
        changed = bool(forest)
        while changed:
            changed = False
            for span in _touching(forest, first, last):
                inside = span.start + span.head <= first and last <= span.end - span.tail
                if not inside and (span.start < first or last < span.end):
                    first, last, changed = min(first, span.start), max(last, span.end), True
        return first, last


def _is_abbreviated_word(span: Span) -> bool:
    return span.tag == "expan" and any(child.tag == "ex" for child in span.children)


def _touching(forest: list[Span], first: int, last: int) -> Iterator[Span]:
    """Give the spans of a forest that share a character with a stretch, outer before inner."""
    for place in range(bisect_right(forest, first, key=lambda span: span.end), len(forest)):
        if forest[place].start >= last:
            return
        yield forest[place]
        yield from _touching(forest[place].children, first, last)
