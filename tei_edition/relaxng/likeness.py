"""Takes a name that is not known and gives the known one that was meant, and says whether no other can be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from tei_edition.relaxng.names import local

_LONG = 50
"""Letters from which on nothing is compared."""
_CLOSE = 0.75


def meant(name: str, known: Iterable[str]) -> str:
    """Return the name that was meant: the same in other case, or one of nearly the same letters; else nothing.

    >>> meant("persname", ["p", "persName"]), meant("tilte", ["title", "table"]), meant("b", ["ab"])
    ('persName', 'title', '')
    """
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
    near = same or turned or get_close_matches(short, by_local, 1, _CLOSE)
    if not near:
        lowered = {one.lower(): one for one in by_local}
        near = [lowered[one] for one in get_close_matches(low, lowered, 1, 0.8)]
    return by_local[near[0]] if near else ""


def certain(name: str, known: Iterable[str]) -> str:
    """Return the one name from which another differs by case or one slip of the pen; nothing if there are more.

    >>> certain("addr", ["add", "addrLine"])
    ''
    >>> certain("gapp", ["gap", "gab"]), certain("persname", ["persName", "pername"]), certain("lst", ["list", "last"])
    ('gap', 'persName', '')
    """
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
