"""Takes a name that is not known and gives the known one that was meant, and says whether no other can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from tei_edition.relaxng.names import local

_LONG = 50
"""Letters from which on nothing is compared."""
_CLOSE = 0.75
_KEPT = 1000
"""Names of which is remembered what they are like: whoever makes a mistake makes it again."""


def meant(name: str, known: Iterable[str]) -> str:
    """Return the name that was meant: the same in other case, or one of nearly the same letters; else nothing.

    >>> meant("persname", ["p", "persName"]), meant("tilte", ["title", "table"]), meant("b", ["ab"])
    ('persName', 'title', '')
    """
    return _meant(name, tuple(known))


@lru_cache(maxsize=_KEPT)
def _meant(name: str, known: tuple[str, ...]) -> str:
    by_local: dict[str, str] = {}
    for one in known:
        by_local.setdefault(local(one), one)
    short = local(name)
    if len(short) >= _LONG:
        return ""
    low = short.lower()
    same = [one for one in by_local if one.lower() == low]
    # Letters in another order are a slip in short names too, where the share of letters in place is small.
    turned = [one for one in by_local if sorted(one.lower()) == sorted(low)] if len(short) > 1 else []
    if near := (same or turned):
        return by_local[near[0]]
    if one := likest(short, by_local, _CLOSE):
        return by_local[one]
    lowered = {one.lower(): one for one in by_local}
    return by_local[lowered[one]] if (one := likest(low, lowered, 0.8)) else ""


def likest(word: str, known: Iterable[str], least: float) -> str:
    """Return the word that shares most with another, as difflib counts it; nothing if none shares that much.

    >>> likest("gapp", ["gab", "gap", "table"], 0.75)
    'gap'
    """
    letters, counts = tuple(counted := Counter(word)), tuple(counted.values())
    alike = []
    for one in known:
        # No more letters can be shared than both have; counting them costs little beside finding them in order.
        size = least * (len(word) + len(one)) - 1e-9
        if 2 * min(len(word), len(one)) >= size and 2 * sum(map(min, counts, map(one.count, letters))) >= size:
            alike.append(one)
    if not alike:
        return ""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, alike, 1, least)), "")


def certain(name: str, known: Iterable[str]) -> str:
    """Return the one name from which another differs by case or one slip of the pen; nothing if there are more.

    >>> certain("addr", ["add", "addrLine"])
    ''
    >>> certain("gapp", ["gap", "gab"]), certain("persname", ["persName", "pername"]), certain("lst", ["list", "last"])
    ('gap', 'persName', '')
    """
    return _certain(name, tuple(known))


@lru_cache(maxsize=_KEPT)
def _certain(name: str, known: tuple[str, ...]) -> str:
    short = local(name)
    every = dict.fromkeys(map(local, known))
    same = [one for one in every if one.lower() == short.lower()]
    found = same or [one for one in every if len(one) > 2 and len(short) > 2 and one_slip(short, one)]
    # “addr” is “add” with a letter too many, or the beginning of “addrLine”.
    begun = not same and any(one.startswith(short) and len(found[0]) < len(short) for one in every) if found else False
    return found[0] if len(found) == 1 and not begun else ""


def one_slip(one: str, other: str) -> bool:
    """Return whether one letter too many, too few, wrong, or in the place of its neighbour makes the difference.

    >>> one_slip("gapp", "gap"), one_slip("tilte", "title"), one_slip("data", "date"), one_slip("list", "lst")
    (True, True, True, True)
    """
    if len(one) < len(other):
        one, other = other, one
    start = 0
    while start < len(other) and one[start] == other[start]:
        start += 1
    if len(one) == len(other) + 1:
        return one[start + 1 :] == other[start:]
    if len(one) != len(other) or one == other:
        return False
    swapped = one[start : start + 2] == other[start : start + 2][::-1]
    return one[start + 1 :] == other[start + 1 :] or (swapped and one[start + 2 :] == other[start + 2 :])
