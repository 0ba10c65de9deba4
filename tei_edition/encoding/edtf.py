"""Takes a date in the Extended Date/Time Format (ISO 8601-2) and gives the attributes TEI records it by."""

from __future__ import annotations

import calendar
import re

_PART = re.compile(
    r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?:T[0-9:+Z-]+)?(?P<sign>[?~%]?)"
)
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
_QUARTERS = {"33": (1, 3), "34": (4, 6), "35": (7, 9), "36": (10, 12)}
_MEANT = re.compile(r"[X?~%/\[{]|\.\.|-(?:2[1-4]|3[3-6])$|T")
"""What sets such a date apart from a plain one."""


def edtf(text: str) -> tuple[dict[str, str], str] | None:
    """Return the attributes of a date and how certain it is; None for what is not in the format.

    Levels 0 to 2, the years 1 to 9999: uncertain and approximate dates (``?``, ``~``, ``%``), digits that are not known
    (``X``), intervals with open ends, seasons and quarters, one of several (``[…]``) and all of several (``{…}``).

    >>> edtf("1945-08-XX"), edtf("1945-08?"), edtf("../1945-08-10")
    (({'notBefore': '1945-08-01', 'notAfter': '1945-08-31'}, ''), ({'when': '1945-08'}, 'low'), ({'to': '1945-08-10'}, \
''))
    >>> edtf("May 1945")
    """
    text = text.strip()
    if re.fullmatch(r"\[.+\]|\{.+\}", text):
        members = [_ends(part) for part in re.split(r",\s?|(?<=\d)\.\.(?=\d)", text[1:-1])]
        if not members or any(member is None for member in members):
            return None
        known = [member for member in members if member]
        keys = ("from", "to") if text[0] == "{" else ("notBefore", "notAfter")
        return {keys[0]: min(one[0] for one in known), keys[1]: max(one[1] for one in known)}, ""
    if text.count("/") == 1:
        return _interval(*text.split("/"))
    ends = _ends(text)
    if ends is None:
        return None
    first, last, sign = ends
    whole = text.rstrip("?~%").split("T")[0]
    certainty = {"?": "low", "~": "medium", "%": "low"}.get(sign, "")
    if first == last or re.fullmatch(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?", whole):
        return {"when": whole}, certainty
    return {"notBefore": first, "notAfter": last}, certainty


def is_edtf(text: str) -> bool:
    """Say whether a date is in the format and says more than a plain day, month or year."""
    return bool(_MEANT.search(text)) and edtf(text) is not None


def _interval(one: str, two: str) -> tuple[dict[str, str], str] | None:
    found: dict[str, str] = {}
    signs = ""
    for key, part, place in (("from", one, 0), ("to", two, 1)):
        if part in ("", ".."):
            continue
        ends = _ends(part)
        if ends is None:
            return None
        exact = "X" not in part and not re.search(r"-(?:2[1-4]|3[3-6])[?~%]?$", part)
        found[key] = part.rstrip("?~%").split("T")[0] if exact else ends[place]
        signs += ends[2]
    if not found or found.get("from", "") > found.get("to", "9999-99"):
        return None
    return found, "low" if "?" in signs or "%" in signs else "medium" if signs else ""


def _ends(text: str) -> tuple[str, str, str] | None:
    """Return the first and the last day that a part may mean, and its sign."""
    found = _PART.fullmatch(text.strip())
    if found is None or found["year"] == "0000":
        return None
    low, high = found["year"].replace("X", "0"), found["year"].replace("X", "9")
    low = max(low, "0001")
    month, day = found["month"], found["day"]
    span = _SEASONS.get(month or "") or _QUARTERS.get(month or "")
    if span and not day:
        later = str(int(high) + (span[1] < span[0])).zfill(4)
        if len(later) > 4:
            return None
        return f"{low}-{span[0]:02}-01", f"{later}-{span[1]:02}-{_length(later, span[1]):02}", found["sign"]
    months = _values(month, 1, 12)
    if not months:
        return None
    first, last = _values(day, 1, _length(low, months[0])), _values(day, 1, _length(high, months[-1]))
    if not first or not last:
        return None
    return f"{low}-{months[0]:02}-{first[0]:02}", f"{high}-{months[-1]:02}-{last[-1]:02}", found["sign"]


def _values(digits: str | None, first: int, last: int) -> list[int]:
    """Return the numbers that two digits may mean, of which some may be X."""
    pattern = re.compile((digits or "XX").replace("X", "[0-9]"))
    return [number for number in range(first, last + 1) if pattern.fullmatch(f"{number:02}")]


def _length(year: str, month: int) -> int:
    return calendar.monthrange(int(year), month)[1]
