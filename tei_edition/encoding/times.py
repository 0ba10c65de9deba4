"""Takes a text and gives the times of day in it, each with its place and the attributes TEI records it by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeSpan:
    """One time of day in a text: ``when``, or ``from`` and ``to``."""

    start: int
    end: int
    attributes: dict[str, str] = field(default_factory=dict)


_HALF = r"(?:[ap]\.\s?m\.?|[ap]m|[AP]\.\s?M\.?|[AP]M)(?!\w)"
_BEFORE = r"(?<![\w.:/,–-])(?<![\w.:/,–-]\s[–-])"
_CLOCK = r"[0-9]{1,2}(?:\s?[:.]\s?[0-9][0-9]){0,2}"
_RANGE = re.compile(
    rf"{_BEFORE}(?P<one>{_CLOCK})\s?(?P<half1>{_HALF})?\s?(?:[-–—]|\bto\b|\buntil\b)\s?"
    rf"(?P<two>{_CLOCK})\s?(?P<half2>{_HALF})"
)
_SINGLE = re.compile(rf"{_BEFORE}(?P<one>{_CLOCK})\s?(?P<half>{_HALF})")
_HOURS = re.compile(rf"{_BEFORE}(?P<hour>[01][0-9]|2[0-3])[:.]?(?P<minute>[0-5][0-9])\s?(?:hours|hrs|hr)\b\.?")
_NOON = re.compile(rf"{_BEFORE}12(?:[:.]00)?\s(?P<word>noon|midnight)\b")
_AT = re.compile(
    r"\b(?:[Aa]t|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Bb]efore|[Aa]fter|[Ss]ince)\s"
    r"(?P<time>(?:[01]?[0-9]|2[0-3]):[0-5][0-9])(?![\w:]|[.,/–-][0-9])"
)
_CLOCKS = re.compile(r"[0-9]\s?(?:[:.]\s?[0-9]|[apAP]\.?\s?[mM]|h|noon|midnight)")
"""What every form has in it somewhere, so that most texts are searched once."""
_AROUND = 64
"""Characters that a time may have before or after the number by which it is known, and more."""
_PARTS = re.compile(r"([0-9]{1,2})(?:\s?[:.]\s?([0-5][0-9]))?(?:\s?[:.]\s?([0-5][0-9]))?")


def times(text: str) -> list[TimeSpan]:
    """Return the times of day in a text, in their order, none overlapping another.

    An hour counts as one only with a.m. or p.m., hours, noon or midnight, or after a word such as “at”: 11:32 by
    itself may be a ratio. A half of the day that stands once holds for both ends, unless that runs backwards.

    >>> [span.attributes for span in times("6:30 - 6: 45 p.m. and 10:30-12:15 p.m.; 1500 hours, at 07:30")]
    [{'from': '18:30:00', 'to': '18:45:00'}, {'from': '10:30:00', 'to': '12:15:00'}, {'when': '15:00:00'}, \
{'when': '07:30:00'}]
    """
    found: list[TimeSpan] = []
    places = [match.start() for match in _CLOCKS.finditer(text)]
    if not places:
        return found
    first, last = max(0, places[0] - _AROUND), places[-1] + _AROUND
    for match in _RANGE.finditer(text, first, last):
        ends = _ends(match)
        if ends:
            found.append(TimeSpan(start=match.start(), end=match.end(), attributes={"from": ends[0], "to": ends[1]}))
    for match in _SINGLE.finditer(text, first, last):
        found += _when(match.start(), match.end(), _hour(match["one"], match["half"]))
    for match in _HOURS.finditer(text, first, last):
        found += _when(match.start(), match.end(), f"{match['hour']}:{match['minute']}:00")
    for match in _NOON.finditer(text, first, last):
        found += _when(match.start(), match.end(), "12:00:00" if match["word"] == "noon" else "00:00:00")
    for match in _AT.finditer(text, first, last):
        found += _when(match.start("time"), match.end(), match["time"].rjust(5, "0") + ":00")
    found.sort(key=lambda span: (span.start, -span.end))
    chosen: list[TimeSpan] = []
    for span in found:
        if not chosen or span.start >= chosen[-1].end:
            chosen.append(span)
    return chosen


def _when(start: int, end: int, hour: str) -> list[TimeSpan]:
    return [TimeSpan(start=start, end=end, attributes={"when": hour})] if hour else []


def _ends(match: re.Match[str]) -> tuple[str, str] | None:
    """Return both ends of a span of time; nothing when either is no time."""
    half = match["half2"]
    two = _hour(match["two"], half)
    one = _hour(match["one"], match["half1"] or half)
    if one and two and one >= two and not match["half1"]:
        one = _hour(match["one"], "a.m." if half[0] in "pP" else "p.m.")
    return (one, two) if one and two else None


def _hour(text: str, half: str) -> str:
    """Return a time of the twelve-hour clock as hh:mm:ss, or nothing when there is no such time."""
    match = _PARTS.fullmatch(text.strip())
    if match is None:
        return ""
    hour, minute, second = (int(part or 0) for part in match.groups())
    after_noon = half[0] in "pP"
    if hour > 23 or (hour > 12 and not after_noon):
        return ""
    if hour == 12:
        hour = 12 if after_noon else 0
    elif after_noon and 0 < hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}:{second:02}"
