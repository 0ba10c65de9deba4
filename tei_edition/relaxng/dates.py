"""Takes a date, a time or a duration as XML Schema writes it and gives a value that can be compared, or None."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_MONTH, _DAY = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d(?:\.\d+)?)|(?P<midnight>24:00:00(?:\.0+)?))"
_FORMS = {
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}",
    "time": _TIME,
    "gYear": _YEAR,
    "gYearMonth": f"{_YEAR}-{_MONTH}",
    "gMonth": f"--{_MONTH}",
    "gMonthDay": f"--{_MONTH}-{_DAY}",
    "gDay": f"---{_DAY}",
}
_DURATION = r"(-?)P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
_LONG = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
TYPES = frozenset(_FORMS)


@cache
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(_FORMS[form] + _ZONE, re.ASCII)


def moment(form: str, words: str) -> tuple[Decimal, bool] | None:
    """Return seconds on one line of time, and whether the zone is known; None for what is no such date.

    >>> moment("date", "1945-02-29") is None, moment("date", "1944-02-29") is None
    (True, False)
    """
    found = _compiled(form).fullmatch(words)
    if not found:
        return None
    part = {"year": "2000", "month": "01", "day": "01", "hour": "0", "minute": "0", "second": "0"}
    part.update({name: text for name, text in found.groupdict().items() if text is not None})
    year, month, day = int(part["year"]), int(part["month"]), int(part["day"])
    # XML Schema 1.0 counts no year 0: -0001 is the year before 0001.
    if year == 0 or day > _LONG[month - 1]:
        return None
    year += year < 0
    if month == 2 and day == 29 and "year" in found.groupdict() and not _leap(year):
        return None
    seconds = Decimal(_days(year, month, day) * 86400 + int(part["hour"]) * 3600 + int(part["minute"]) * 60)
    seconds += Decimal(part["second"])
    if part.get("midnight") and form == "dateTime":
        # It is the first moment of the next day; as a time of the day it is 00:00:00.
        seconds += 86400
    zone = part.get("zone")
    if zone and zone != "Z":
        shift = int(zone[1:3]) * 3600 + int(zone[4:]) * 60
        seconds += -shift if zone[0] == "+" else shift
    return seconds, zone is not None


def duration(words: str) -> tuple[int, Decimal] | None:
    """Return the months and seconds of a duration, or None.

    >>> duration("P1Y2MT3S"), duration("P")
    ((14, Decimal('3')), None)
    """
    found = re.fullmatch(_DURATION, words, re.ASCII)
    if not found:
        return None
    years, months, days, hours, minutes, seconds = (part or "0" for part in found.groups()[1:])
    sign = -1 if found[1] else 1
    total = Decimal(seconds) + int(minutes) * 60 + int(hours) * 3600 + int(days) * 86400
    return sign * (int(years) * 12 + int(months)), sign * total


def lengths(value: tuple[int, Decimal]) -> tuple[Decimal, ...]:
    """Return the seconds of a duration from each of the four days that XML Schema compares at (Part 2, 3.2.6.2).

    >>> [int(length / 86400) for length in lengths((1, Decimal(0)))]
    [30, 28, 31, 31]
    """
    months, seconds = value
    days = []
    for year, month in ((1696, 9), (1697, 2), (1903, 3), (1903, 7)):
        years, after = divmod(month - 1 + months, 12)
        days.append(_days(year + years, after + 1, 1) - _days(year, month, 1))
    return tuple(day * 86400 + seconds for day in days)


def reason(form: str, words: str) -> str:
    """Return what is wrong with a date, as a sentence, where it can be said; else an empty string.

    >>> reason("date", "1945-02-30"), reason("date", "1945-8-1")
    ('February 1945 has 28 days.', '')
    """
    found = re.fullmatch(r"(-?\d{4,})-(\d\d)-(\d\d).*", words, re.ASCII)
    if form not in {"date", "dateTime"} or not found:
        return ""
    year, month, day = (int(part) for part in found.groups())
    if not 1 <= month <= 12:
        return f"There is no month {found[2]}."
    last = 28 if month == 2 and not _leap(year) else _LONG[month - 1]
    names = "January February March April May June July August September October November December".split()
    return f"{names[month - 1]} {year} has {last} days." if not 1 <= day <= last else ""


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days(year: int, month: int, day: int) -> int:
    """Return the days since the year 0 (Gregorian, by Hinnant's count from March)."""
    year -= month <= 2
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * ((month + 9) % 12) + 2) // 5 + day
