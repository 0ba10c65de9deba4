"""Takes spans over a block's text and arranges them as a forest that TEI allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tei_edition.encoding.spelling import Span

_PHRASE = frozenset(["desc", "label", "list", "quote", "stage"])
_LIMITED = frozenset("add figure gap metamark note pb seg sic space supplied surplus unclear".split())
FORBIDDEN: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        "persName placeName orgName rs name roleName abbr forename surname expan gloss foreign term label".split(),
        _PHRASE,
    ),
    "abbr": _PHRASE | {"roleName", "abbr", "choice"},
    **dict.fromkeys("date time".split(), _PHRASE | {"said"}),
    **dict.fromkeys("desc figDesc".split(), _LIMITED),
}
"""What may not stand directly in an element, of the elements that spans make (TEI’s content models)."""

NEEDED = {
    "desc": ("gap", "space", "note"), "label": ("list",), "item": ("list",), "figDesc": ("figure",), "ex": ("expan",),
    "orig": ("choice",), "reg": ("choice",), "corr": ("choice",),
}  # fmt: skip
"""The parents without which an element makes no sense."""

HOLDS_ONLY = {
    "choice": ("orig", "reg", "sic", "corr", "abbr", "expan", "supplied"),
    "list": ("label", "item"),
    "figure": ("figDesc",),
}
"""Elements that hold elements only."""


def nest(groups: Iterable[list[Span]], around: str = "p") -> list[Span]:
    """Arrange groups of spans as a forest inside an element; a group is kept whole or left out.

    Of two groups that cross, or that TEI does not allow in each other, the one that comes first is kept. Spans that
    start and end together nest in the order in which they come, the first outermost. What is left out stays text.
    """
    kept: list[list[Span]] = []
    taken: dict[int, list[Span]] = {}
    for group in groups:
        if _has_room(group, taken):
            kept.append(group)
            for span in group:
                for stretch in range(span.start // _STRETCH, (span.end - 1) // _STRETCH + 1):
                    taken.setdefault(stretch, []).append(span)
    if not kept:
        return []
    while True:
        rank = {id(span): number for number, group in enumerate(kept) for span in group}
        forest = _forest([span for group in kept for span in group])
        wrong = {max(rank[id(child)], rank.get(id(parent), -1)) for child, parent in _misplaced(forest, None, around)}
        if not wrong:
            return forest
        kept = [group for number, group in enumerate(kept) if number not in wrong]


def flatten(forest: Iterable[Span]) -> list[Span]:
    """Return all spans of a forest, outer before inner."""
    return [span for root in forest for span in (root, *flatten(root.children))]


_STRETCH = 2_000
"""Spans are compared with those of the same stretches of so many characters: a paragraph may be as long as a book."""


def _has_room(group: list[Span], taken: dict[int, list[Span]]) -> bool:
    """Say whether spans hold something and cross none of those that are taken already, by stretch."""
    for span in group:
        if span.end <= span.start:
            return False
        for stretch in range(span.start // _STRETCH, (span.end - 1) // _STRETCH + 1):
            for other in taken.get(stretch, ()):
                if span.start < other.end and other.start < span.end and _crosses(span, other):
                    return False
    return True


def _crosses(one: Span, two: Span) -> bool:
    """Say whether neither of two spans that overlap can hold the other."""
    for inner, outer in ((one, two), (two, one)):
        first, last = outer.start + outer.head, outer.end - outer.tail
        if first <= inner.start and inner.end <= last and outer.tag is not None:
            return False
    return True


def _forest(spans: list[Span]) -> list[Span]:
    for span in spans:
        span.children = []
    roots: list[Span] = []
    open_spans: list[Span] = []
    for span in sorted(spans, key=lambda item: (item.start, -item.end)):
        while open_spans and open_spans[-1].end <= span.start:
            open_spans.pop()
        (open_spans[-1].children if open_spans else roots).append(span)
        open_spans.append(span)
    return roots


def _misplaced(spans: list[Span], parent: Span | None, around: str) -> Iterator[tuple[Span, Span | None]]:
    """Give each span that TEI does not allow where it stands, with the one that holds it."""
    outer = around if parent is None else parent.tag or ""
    for span in spans:
        tag = span.tag
        if tag is not None and (
            outer == "ex"
            or tag in FORBIDDEN.get(outer, ())
            or outer not in NEEDED.get(tag, (outer,))
            or tag not in HOLDS_ONLY.get(outer, (tag,))
        ):
            yield span, parent
        yield from _misplaced(span.children, span, around)
