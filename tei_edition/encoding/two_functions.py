"""Takes a bracket that does two things at once and gives the spans for both."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import Bracket
from tei_edition.encoding.spelling import Span


def two_parts(b: Bracket, kind: str, attributes: dict[str, str], parts: tuple[int, int]) -> list[Span]:
    """Return the spans of two readings, of an omission with words, or of an office with a name."""
    middle, second = parts
    resp = {key: value for key, value in attributes.items() if key == "resp"}
    if kind == "alternatives":
        last = b.content.rstrip()
        tail = 1 + len(b.content) - len(last) + 1
        head = 1 + len(b.content) - len(b.content.lstrip())
        return [
            Span(b.start, b.end, "choice"),
            Span(b.start, second, "supplied", dict(attributes), head, second - middle),
            Span(second, b.end, "supplied", dict(attributes), 0, tail),
        ]
    if kind == "omission-and-words":
        lost = {"reason": attributes["reason"]} if attributes.get("reason") == "lost" else {}
        return [
            Span(b.start, middle, "gap", {"reason": "editorial", **attributes}, 1, 0),
            Span(b.start + 1, middle, "desc"),
            Span(middle, b.end, "supplied", {**lost, **resp}, second - middle, 1),
        ]
    return [
        Span(b.start, middle, "supplied", {"reason": "identification", **resp}, 1, 0),
        Span(second, b.end, "supplied", {"reason": "name-completion", **resp}, 0, 1),
    ]


def choice_in_part(
    b: Bracket, tags: tuple[str, str], attributes: dict[str, str], found: tuple[int, int], parts: tuple[int, int]
) -> list[Span]:
    """Return the spans of two forms, of which the bracket holds the second and something more besides.

    What is more stands before the form (“sic, …”) and is not shown, or after it and becomes a note or a supply.
    """
    start, end = found
    first, second = parts
    rest = attributes.pop("rest", "")
    resp = {key: value for key, value in attributes.items() if key == "resp"}
    if not re.search(r"\w", b.text[second : b.end]):
        return [
            Span(start, b.end, "choice"),
            Span(start, end, tags[0]),
            Span(end, b.end, tags[1], attributes, first - end, b.end - second),
        ]
    spans = [
        Span(start, first, "choice"),
        Span(start, end, tags[0]),
        Span(end, first, tags[1], attributes, b.start + 1 - end, 0),
    ]
    if rest:
        return [*spans, Span(first, b.end, "supplied", {"reason": rest, **resp}, second - first, 1)]
    return [*spans, Span(first, b.end, "note", {"type": "identification", **resp}, second - first, 1)]
