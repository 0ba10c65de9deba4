"""Takes an original and its translation as TEI; links their paragraphs with ``@corresp``, each to the other's file.

Paragraphs are aligned by their lengths (Gale and Church, “A Program for Aligning Sentences in Bilingual Corpora”,
1993), by what they are, and by the numbers in them, which no translation changes. A link that the evidence does not
bear is reported and not made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tei_edition.finding import Finding, Report, Severity
from tei_edition.readers.page import quoted
from tei_edition.tei import ID, TEI, name

UNITS = ("head", "p", "item", "ab", "dateline", "salute", "signed", "l", "row", "label")
"""Elements that are aligned, where no other of them holds them."""
SHAPES = ((1, 1, 0.0), (1, 0, 4.5), (0, 1, 4.5), (2, 1, 2.3), (1, 2, 2.3), (2, 2, 4.4))
"""How many paragraphs of the one stand for how many of the other, and what that costs (minus the log of its share)."""
VARIANCE = 6.8
"""Of the length of a translation, for each character of its original (Gale and Church)."""
DOUBT = 3.0
"""Standard deviations between two lengths beyond which a link is doubtful."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph: its element, what it is, its length, the numbers in it."""

    element: etree._Element
    kind: str
    length: int
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Paragraphs of the one side that stand for some of the other, and why that is doubtful, where it is."""

    one: tuple[int, ...]
    two: tuple[int, ...]
    doubt: str = ""


def units(text: etree._Element) -> list[Unit]:
    """Return the paragraphs of a text in order, without notes."""
    found: list[Unit] = []
    for element in text.iter(*(f"{{{TEI}}}{tag}" for tag in UNITS)):
        if any(name(outer) in (*UNITS, "note") for outer in element.iterancestors()):
            continue
        words = " ".join("".join(_said(element)).split())
        if not words:
            continue
        parent = element.getparent()
        kind = "turn" if parent is not None and name(parent) == "sp" and name(element) == "p" else name(element)
        numbers = frozenset(str(int(number)) for number in re.findall(r"\d+", words) if len(number) < 10)
        found.append(Unit(element, kind, len(words), numbers))
    return found


def _said(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        if name(inner) not in ("note", ""):
            yield from _said(inner)
        yield inner.tail or ""


def align(one: Sequence[Unit], two: Sequence[Unit]) -> list[Link]:
    """Return the links of two texts in order; every paragraph is in one of them.

    How much longer one language is than the other is not known: it is measured on the whole texts, and then on what was
    linked; since one of them may be incomplete, equal lengths are tried, too. The cheapest alignment is the best.
    """
    tried: list[tuple[float, list[Link]]] = []
    for first in (_ratio(one, two), 1.0):
        tried.append(_aligned(one, two, first))
        linked = [found for found in tried[-1][1] if found.one and found.two]
        sides = ([one[at] for found in linked for at in found.one], [two[at] for found in linked for at in found.two])
        if linked:
            tried.append(_aligned(one, two, _ratio(*sides)))
    return min(tried, key=lambda item: item[0])[1]


def _ratio(one: Sequence[Unit], two: Sequence[Unit]) -> float:
    return sum(unit.length for unit in two) / max(sum(unit.length for unit in one), 1) or 1.0


def _aligned(one: Sequence[Unit], two: Sequence[Unit], ratio: float) -> tuple[float, list[Link]]:
    """Return the cheapest alignment for a ratio of lengths, with what it costs."""
    band = abs(len(one) - len(two)) + 40  # a paragraph does not stray far
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(one) + 1):
        middle = round(i * len(two) / max(len(one), 1))
        for j in range(max(0, middle - band), min(len(two), middle + band) + 1):
            for wide, high, price in SHAPES:
                before = best.get((i - wide, j - high))
                if before is None or i < wide or j < high:
                    continue
                cost = before[0] + price + _cost(one[i - wide : i], two[j - high : j], ratio)
                if (i, j) not in best or cost < best[i, j][0] - 1e-9:
                    best[i, j] = (cost, (wide, high))
    links: list[Link] = []
    i, j = len(one), len(two)
    while i or j:
        wide, high = best[i, j][1]
        left, right = tuple(range(i - wide, i)), tuple(range(j - high, j))
        links += reversed(list(_links(left, right, one, two, ratio)))
        i, j = i - wide, j - high
    return best[len(one), len(two)][0], links[::-1]


def _links(
    left: tuple[int, ...], right: tuple[int, ...], one: Sequence[Unit], two: Sequence[Unit], ratio: float
) -> Iterator[Link]:
    """Give a link with its doubt; of two that stand for one, the one that would do alone, where it fits as well."""

    def distance(here: Sequence[int], there: Sequence[int]) -> float:
        return abs(_distance([one[at] for at in here], [two[at] for at in there], ratio))

    if (len(left), len(right)) in ((2, 1), (1, 2)):
        several = left if len(left) == 2 else right
        pairs = {at: ((at,), right) if several is left else (left, (at,)) for at in several}
        alone = min(several, key=lambda at: distance(*pairs[at]))
        if distance(*pairs[alone]) <= distance(left, right):
            for at in several:
                rest: tuple[tuple[int, ...], tuple[int, ...]] = ((at,), ()) if several is left else ((), (at,))
                yield Link(*pairs[at]) if at == alone else Link(rest[0], rest[1], "may have no counterpart")
            return
    yield Link(left, right, _doubt([one[at] for at in left], [two[at] for at in right], ratio))


def _distance(one: Sequence[Unit], two: Sequence[Unit], ratio: float) -> float:
    """Return by how many standard deviations the lengths of two groups differ."""
    long, other = sum(unit.length for unit in one), sum(unit.length for unit in two)
    mean = (long + other / ratio) / 2
    return (other - long * ratio) / math.sqrt(max(mean, 1) * VARIANCE * ratio)


def _cost(one: Sequence[Unit], two: Sequence[Unit], ratio: float) -> float:
    if not one or not two:
        return 0.0
    share = math.erfc(abs(_distance(one, two, ratio)) / math.sqrt(2))
    cost = -math.log(max(share, 1e-12))
    kinds = {unit.kind for unit in one} ^ {unit.kind for unit in two}
    left, right = (frozenset().union(*(unit.numbers for unit in group)) for group in (one, two))
    shared = len(left & right) / max(len(left | right), 1) if left or right else 0.5
    return cost + (4.0 if kinds else 0.0) + 4.0 * (0.5 - shared)


def _doubt(one: Sequence[Unit], two: Sequence[Unit], ratio: float) -> str:
    """Return why a link is not to be made without an editor, nothing where it may be."""
    if not one or not two:
        return "has no counterpart"
    if {unit.kind for unit in one} != {unit.kind for unit in two}:
        return f"is a {one[0].kind} here and a {two[0].kind} there"
    if abs(_distance(one, two, ratio)) > DOUBT:
        return "is much longer on one side than on the other"
    left, right = (frozenset().union(*(unit.numbers for unit in group)) for group in (one, two))
    return "has other numbers on either side" if left and right and not left & right else ""


def link(
    root: etree._Element, other: etree._Element, target: str, *, original: bool, report: Report, file: Path
) -> None:
    """Link the paragraphs of a document with those of its counterpart, which ``target`` points to.

    ``original`` says whether the document is the original of the two. Its paragraphs get ids, the same ones
    whichever of the two is linked first. What has no counterpart, or a doubtful one, is reported and not linked.
    """
    here, there = units(root[-1]), units(other[-1])
    keys = {id(unit.element): f"par-{number}" for side in (here, there) for number, unit in enumerate(side, 1)}
    links = align(here, there) if original else [Link(at.two, at.one, at.doubt) for at in align(there, here)]
    for number, unit in enumerate(here, 1):
        if unit.element.get(ID) is None:
            unit.element.set(ID, f"par-{number}")
    doubtful = 0
    for found in links:
        if found.doubt:
            doubtful += 1
            side = [here[at] for at in found.one] or [there[at] for at in found.two]
            words = quoted("".join(_said(side[0].element)))
            where = "" if found.one else " of the counterpart"
            message = f"The paragraph {words}{where} {found.doubt}; it is not linked with “{target}”."
            hint = "Compare the two, and write @corresp where they correspond."
            _say(report, "translation-doubtful", file, message, hint)
            continue
        if len(found.one) != len(found.two):
            words = " and ".join(quoted("".join(_said(here[at].element)), 40) for at in found.one)
            message = f"{words}: {len(found.one)} here, {len(found.two)} in “{target}”; they are linked."
            _say(report, "translation-uneven", file, message, "Look whether they say the same.")
        for at in found.one:
            element = here[at].element
            pointers = [f"{target}#{there[to].element.get(ID) or keys[id(there[to].element)]}" for to in found.two]
            element.set("corresp", " ".join(filter(None, [element.get("corresp", ""), *pointers])))
    if len(here) != len(there):
        message = f"There are {len(here)} paragraphs here and {len(there)} in “{target}”."
        hint = "Look whether one of them is incomplete, or parts paragraphs otherwise."
        _say(report, "translation-uneven", file, message, hint)
    made = sum(not found.doubt for found in links)
    said = f"{made} of {len(links)} links with “{target}” were made by length and shape."
    report(Finding(rule="translation-linked", severity=Severity.INFO, message=said, file=file))


def _say(report: Report, rule: str, file: Path, message: str, hint: str) -> None:
    report(Finding(rule=rule, severity=Severity.WARNING, message=message, file=file, hint=hint))
