"""Takes parts of patterns and gives RELAX NG elements that say the same as briefly as they can."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from tei_edition.tei import name

RNG = "http://relaxng.org/ns/structure/1.0"
R = f"{{{RNG}}}"
_PLAIN: Any = {None: RNG}
DEEP, MOST = 20, 500
"""How deep optional repetitions are nested; how many of one thing are counted at most."""


def pattern(tag: str, *children: etree._Element, text: str | None = None, **attributes: str) -> etree._Element:
    """Return a RELAX NG element; patterns are copied in, so that one may be used twice."""
    node = etree.Element(R + tag, attributes, nsmap=_PLAIN)
    node.text = text
    for child in children:
        node.append(deepcopy(child))
    return node


def choice(patterns: Sequence[etree._Element]) -> etree._Element:
    """Return a choice of patterns; one that cannot match is no choice, one alone needs none."""
    live = [one for one in patterns if name(one) != "notAllowed"]
    full = [one for one in live if name(one) != "empty"]
    if not live:
        return pattern("notAllowed")
    if not full:
        return pattern("empty")
    one = full[0] if len(full) == 1 else pattern("choice", *full)
    return one if len(full) == len(live) else occurring(one, 0, 1)


def group(patterns: Sequence[etree._Element], tag: str = "group") -> etree._Element:
    """Return a group (or interleave) of patterns, without what is empty; impossible when one of them is."""
    if any(name(one) == "notAllowed" for one in patterns):
        return pattern("notAllowed")
    full = [one for one in patterns if name(one) != "empty"]
    if not full:
        return pattern("empty")
    return full[0] if len(full) == 1 else pattern(tag, *full)


def occurring(one: etree._Element, least: int, most: int | None) -> etree._Element:
    """Return a pattern repeated from least to most times; most is None where there is no end.

    >>> name(occurring(pattern("text"), 0, None))
    'zeroOrMore'
    """
    if name(one) == "empty" or most == 0:
        return pattern("empty")
    if name(one) == "notAllowed":
        return pattern("empty") if least == 0 else one
    if most is None:
        again = pattern("oneOrMore" if least == 1 else "zeroOrMore", one)
        return again if least < 2 else group([*[one] * least, again])
    more = min(most, MOST) - least
    if more > DEEP:
        # Level by level the schema would become deeper than a parser reads; side by side it says the same.
        return group([*[one] * least, *[pattern("optional", one)] * more])
    rest = pattern("empty")
    for _ in range(more):
        rest = pattern("optional", group([one, rest]))
    return group([*[one] * least, rest])


def occurrence(node: etree._Element) -> tuple[int, int | None]:
    """Return @minOccurs and @maxOccurs of a node of a content model; both are 1 unless told."""
    least, most = node.get("minOccurs", "1"), node.get("maxOccurs", "1")
    low = min(int(least), MOST) if least.isdecimal() and len(least) < 9 else 1
    if most == "unbounded" or (most.isdecimal() and (len(most) > 8 or int(most) > MOST)):
        return low, None
    return low, max(low, int(most) if most.isdecimal() else 1)
