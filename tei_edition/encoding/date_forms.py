"""Takes a match of one of the forms in which English texts write dates and gives its meaning."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class DateSpan:
    """One date or time in a text."""

    start: int
    end: int
    kind: str = "date"
    """``date`` or ``time``: the name of the element."""
    attributes: dict[str, str] = field(default_factory=dict)
    """``when``, or ``from`` and ``to``, or ``notBefore`` and ``notAfter``; none when it reads in several ways."""
    certainty: str = ""
    """``medium`` or ``low`` when something was assumed, such as the year; goes to ``@cert``."""
    candidates: tuple[str, ...] = ()
    """The days a date may mean, when it can be read in several ways and none was chosen."""


# Written out, since calendar.month_name speaks the language of the user.
_MONTHS = "January February March April May June July August September October November December".split()
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_PARTS = {"early": (0, 1), "beginning": (0, 1), "first half": (0, 2), "mid": (1, 2), "middle": (1, 2)}
_PARTS |= {"late": (2, 3), "end": (2, 3), "second half": (2, 4)}
_ROMAN = {roman: number for number, roman in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}

_FULL = [*_MONTHS, *"Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()]
_NAMES = "|".join(rf"{name}|{name.upper()}" for name in _FULL)
_M = rf"(?:{_NAMES})\b(?:\.(?=\s?[0-9,]))?"
MONTH_PATTERN = _M
"""What matches the English name of a month."""
_D = r"[0-9]{1,2}(?:\s?(?:st|nd|rd|th|d|ST|ND|RD|TH)\b)?"
_Y = r"(?:1[0-9]{3}|20[0-9]{2})(?:/[0-9]{1,2}(?![0-9]))?"
_S = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]?)"
_TO = r"[^\S\n]{0,3}(?:[-–—]|\bto\b|\bthrough\b|\buntil\b)[^\S\n]{0,3}"
MONTH_NAME = re.compile(_NAMES)
_WEEKDAY = rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?{_S}(?:the{_S})?)?"
_BEFORE = r"(?<![\w/.:№#-])(?<![0-9][,–])"
_AFTER = r"(?![\w])(?![/.:,–-][0-9])"

Reading = Callable[["re.Match[str]", "int | None"], "list[DateSpan]"]
"""Reads a match, given the year of the document: an empty list means that the place holds no real day."""


def _day(year: int | None, month: int, day: int) -> str:
    """Return a day as ISO 8601, as --MM-DD without a year, or nothing for a day that does not exist."""
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year or 2000, month)[1]:
        return ""
    return f"{year:04}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"


def month_number(name: str) -> int:
    """Return the number of a month by its English name, short or long."""
    start = name[:3].capitalize()
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(start))


def _number(text: str) -> int:
    match = re.match(r"[0-9]+", text)
    return int(match[0]) if match else 0


def _year(text: str | None, month: int = 0) -> int | None:
    """Return a year; of a double year before Lady Day (2 March 1688/9) the second, which is the one we count."""
    if not text:
        return None
    first, _, second = text.partition("/")
    if second and month in (1, 2, 3):
        joined = int(first[: -len(second)] + second)
        return joined if joined == int(first) + 1 else int(first)
    return int(first)


def _span(match: re.Match[str], attributes: dict[str, str], certainty: str = "") -> list[DateSpan]:
    if not all(attributes.values()):
        return []
    return [DateSpan(start=match.start(), end=match.end(), attributes=attributes, certainty=certainty)]


def _single(match: re.Match[str], context: int | None) -> list[DateSpan]:
    month = month_number(match["month"])
    year = _year(match["year"], month)
    assumed = "medium" if year is None and context else ""
    return _span(match, {"when": _day(year or context, month, _number(match["day"]))}, assumed)


def _range(match: re.Match[str], context: int | None) -> list[DateSpan]:
    """Read “9-12 July 1956” and “30 June and 2 July 1945”: a period, or with “and” days that stand for themselves."""
    groups = match.groupdict()
    last = month_number(groups["month2"] or groups["month"])
    first = month_number(groups["month"] or groups["month2"])
    year = _year(groups["year"], last)
    begin = _year(groups.get("year1"), first) or (year - (first > last) if year else None)
    assumed = "medium" if year is None and context else ""
    one = _day(begin or context, first, _number(groups["day"]))
    two = _day(year or context, last, _number(groups["day2"]))
    if not one or not two or (one >= two and len(one) == len(two)):
        return []
    if not groups["and"]:
        return _span(match, {"from": one, "to": two}, assumed)
    middle = match.span("and")
    return [
        DateSpan(start=match.start(), end=middle[0], attributes={"when": one}, certainty=assumed),
        DateSpan(start=middle[1], end=match.end(), attributes={"when": two}, certainty=assumed),
    ]


def _month_of_year(match: re.Match[str], _: int | None) -> list[DateSpan]:
    return _span(match, {"when": f"{_year(match['year']):04}-{month_number(match['month']):02}"})


def _numeric(match: re.Match[str], context: int | None) -> list[DateSpan]:
    """Read 26.10.1962 as day and month; read 10/14/50 only where one number cannot be a month."""
    mark, last = match["mark"], match["year"]
    one, two = int(match["one"]), int(match["two"])
    pairs = [(two, one)] if mark == "." else [(two, one), (one, two)]
    year = int(last) if len(last) == 4 else _nearest(int(last), context)
    days = [_day(year or 1900 + int(last), month, day) for month, day in pairs]
    candidates = tuple(sorted({day for day in days if day}))
    if year is not None and len(candidates) == 1:
        return _span(match, {"when": candidates[0]}, "" if len(last) == 4 else "medium")
    return [DateSpan(start=match.start(), end=match.end(), candidates=candidates)] if candidates else []


def _nearest(last: int, context: int | None) -> int | None:
    """Return the year with these last two digits that lies nearest to the year of the document."""
    if context is None:
        return None
    century = context - context % 100
    return min((century + step + last for step in (-100, 0, 100)), key=lambda year: (abs(year - context), year))


def _roman(match: re.Match[str], context: int | None) -> list[DateSpan]:
    last = match["year"]
    year = int(last) if len(last) == 4 else _nearest(int(last), context)
    day = _day(year or 1900 + int(last), _ROMAN[match["month"]], int(match["day"]))
    if year is None:
        return [DateSpan(start=match.start(), end=match.end(), candidates=(day,))] if day else []
    return _span(match, {"when": day}, "" if len(last) == 4 else "medium")


def _iso(match: re.Match[str], _: int | None) -> list[DateSpan]:
    return _span(match, {"when": _day(int(match["year"]), int(match["two"]), int(match["one"]))})


def _season(match: re.Match[str], _: int | None) -> list[DateSpan]:
    year = int(match["year"])
    first, last = _SEASONS[match["season"].lower()]
    return _within(match, (year, first), (year + (last < first), last))


def _part(match: re.Match[str], _: int | None) -> list[DateSpan]:
    """Read “early 1945” as its first four months and “late October 1945” as the last third of the month."""
    first, last = _PARTS[re.sub(r"\s+", " ", match["part"].lower())]
    year = int(match["year"])
    shares = 4 if "half" in match["part"].lower() else 3
    if match["month"] is None:
        size = 12 // shares
        return _within(match, (year, first * size + 1), (year, last * size))
    month = month_number(match["month"])
    length = calendar.monthrange(year, month)[1]
    start = (1, 11, 21, 0)[first] if shares == 3 else (1, 0, 16)[first]
    end = (0, 10, 20, length)[last] if shares == 3 else (0, 0, 15, 0, length)[last]
    return _span(match, {"notBefore": _day(year, month, start), "notAfter": _day(year, month, end)})


def _within(match: re.Match[str], first: tuple[int, int], last: tuple[int, int]) -> list[DateSpan]:
    return _span(match, {"notBefore": f"{first[0]:04}-{first[1]:02}", "notAfter": f"{last[0]:04}-{last[1]:02}"})


def _about(match: re.Match[str], _: int | None) -> list[DateSpan]:
    return _span(match, {"when": match["year"]}, "low")


def _years(match: re.Match[str], _: int | None) -> list[DateSpan]:
    first, last = match["year"], match["last"]
    if match["decade"]:
        return _span(match, {"notBefore": first, "notAfter": f"{int(first) + 9}"}) if first[3] == "0" else []
    if last is None:
        return _span(match, {"when": first})
    whole = first[: 4 - len(last)] + last
    return _span(match, {"from": first, "to": whole}) if whole > first else []


def _month_range(match: re.Match[str], _: int | None) -> list[DateSpan]:
    year = int(match["year"])
    one, two = (f"{year:04}-{month_number(match[key]):02}" for key in ("month", "month2"))
    return _span(match, {"from": one, "to": two}) if one < two else []


_DAY, _MONTH, _YEAR = rf"(?P<day>{_D})", rf"(?P<month>{_M})", rf"(?P<year>{_Y})"
_DAY2, _MONTH2, _YEAR1 = rf"(?P<day2>{_D})", rf"(?P<month2>{_M})", rf"(?P<year1>{_Y})"
_LINK = rf"(?:{_TO}|(?P<and>{_S}(?:and|&){_S}))"
_OF = rf"{_S}(?:of{_S})?"
_COMMA = rf"(?:,{_S}?|{_S})"
_WHOLE = r"(?P<year>1[0-9]{3}|20[0-9]{2})"
_YEARS = "1[0-9]{3}|20[0-9]{2}|[0-9]{2}"
_PART = "|".join(f"[{part[0].upper()}{part[0]}]{part[1:]}".replace(" ", rf"{_S}") for part in _PARTS)
_SEASON = "|".join(f"[{season[0].upper()}{season[0]}]{season[1:]}" for season in _SEASONS)
PART_NAME = re.compile("|".join(word for part in (*_PARTS, *_SEASONS) for word in (part[:4], part[:4].capitalize())))
"""How the names of the parts of a year or month, and of the seasons, begin."""
_ROMAN_MONTH = "|".join(sorted(_ROMAN, key=len, reverse=True))


def _forms() -> Iterator[tuple[re.Pattern[str], Reading, str, bool]]:
    """Give the forms of dates: what matches, what reads it, what has to be there, and whether it is a plain year."""
    rows: list[tuple[str, Reading, str]] = [
        (rf"{_WEEKDAY}{_MONTH}{_S}(?:the{_S})?{_DAY}(?:{_COMMA}{_YEAR})?", _single, "month"),
        (rf"{_WEEKDAY}{_DAY}{_OF}{_MONTH}(?:{_COMMA}{_YEAR})?", _single, "month"),
        (rf"{_YEAR}{_S}{_MONTH}{_S}{_DAY}", _single, "month and year"),
        (rf"{_DAY}{_LINK}{_DAY2}{_OF}{_MONTH}(?P<month2>)(?:{_COMMA}{_YEAR})?", _range, "month"),
        (rf"{_MONTH}{_S}{_DAY}{_LINK}{_DAY2}(?P<month2>)(?:{_COMMA}{_YEAR})?", _range, "month"),
        (
            rf"{_DAY}{_OF}{_MONTH}(?:{_COMMA}{_YEAR1})?{_LINK}{_DAY2}{_OF}{_MONTH2}(?:{_COMMA}{_YEAR})?",
            _range,
            "two months",
        ),
        (
            rf"{_MONTH}{_S}{_DAY}(?:{_COMMA}{_YEAR1})?{_LINK}{_MONTH2}{_S}{_DAY2}(?:{_COMMA}{_YEAR})?",
            _range,
            "two months",
        ),
        (rf"{_MONTH}(?:,?{_S}|{_S}of{_S}){_WHOLE}", _month_of_year, "month and year"),
        (rf"{_MONTH}(?:{_TO}|/){_MONTH2},?{_S}{_WHOLE}", _month_range, "month and year"),
        (rf"(?P<season>{_SEASON})(?:,?{_S}|{_S}of{_S}){_WHOLE}", _season, "part of a year"),
        (
            rf"(?P<part>{_PART})(?:{_S}|-)(?:(?:of|in){_S})?(?:{_MONTH},?{_S}(?:of{_S})?)?{_WHOLE}",
            _part,
            "part of a year",
        ),
        (rf"{_WHOLE}-(?P<two>[0-9][0-9])-(?P<one>[0-9][0-9])", _iso, "number"),
        (
            rf"(?P<one>[0-9]{{1,2}})(?P<mark>[./-])(?P<two>[0-9]{{1,2}})(?P=mark)(?P<year>{_YEARS})",
            _numeric,
            "number",
        ),
        (
            rf"(?P<day>[0-9]{{1,2}})[./-]\s?(?P<month>{_ROMAN_MONTH})(?:[./-]\s?|\s)(?P<year>{_YEARS})",
            _roman,
            "number",
        ),
        (rf"(?:c\.|ca\.|circa|about|around)\s{{0,2}}{_WHOLE}", _about, "year"),
        (rf"{_WHOLE}(?:[-–/](?P<last>[0-9]{{4}}|[0-9][0-9])|(?P<decade>s))?", _years, "year"),
    ]
    for form, reading, made_of in rows:
        yield re.compile(_BEFORE + form + _AFTER), reading, made_of, reading in (_about, _years)


FORMS = tuple(_forms())
"""The forms in which dates are written; a form that reads a match as nothing says that it is no real day."""
