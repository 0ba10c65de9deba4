"""Takes a day of another calendar and gives it as a day of ours, in ISO 8601.

The arithmetic is that of Reingold and Dershowitz, Calendrical Calculations: days are counted from 1 January of the
year 1 of our calendar, which is day 1, as `datetime.date.toordinal` counts them.
"""

from __future__ import annotations

import datetime

CALENDARS = {
    "julian": "Julian calendar (Old Style)",
    "republic-of-china": "Calendar of the Republic of China: year 1 is 1912",
    "republican": "French Republican calendar",
    "islamic": "Islamic calendar, by the tables: the day may be another by one or two",
    "hebrew": "Hebrew calendar",
}
"""What a header says of each calendar, by the id that ``date/@calendar`` points to."""

REPUBLICAN = (
    "vendémiaire brumaire frimaire nivôse pluviôse ventôse".split()
    + "germinal floréal prairial messidor thermidor fructidor".split()
)
ISLAMIC = (
    ("muharram",), ("safar",), ("rabi al-awwal", "rabi i", "rabi' al-awwal", "rabi' i"),
    ("rabi al-thani", "rabi ii", "rabi' al-thani", "rabi' ii"), ("jumada al-ula", "jumada i"),
    ("jumada al-thani", "jumada al-akhira", "jumada ii"), ("rajab",), ("sha'ban", "shaban", "sha’ban"),
    ("ramadan", "ramazan"), ("shawwal",), ("dhu al-qa'da", "dhu al-qadah", "zilkade"),
    ("dhu al-hijja", "dhu al-hijjah", "zilhicce"),
)  # fmt: skip
HEBREW = (
    ("nisan",), ("iyar", "iyyar"), ("sivan",), ("tammuz", "tamuz"), ("av",), ("elul",), ("tishri", "tishrei"),
    ("heshvan", "cheshvan", "marheshvan"), ("kislev",), ("tevet", "teveth"), ("shevat", "shvat"),
    ("adar", "adar i"), ("adar ii", "adar sheni"),
)  # fmt: skip
"""Months by the names they go by, in the order of the calendar; the Hebrew year begins with the seventh."""


def iso(day: int) -> str:
    """Return a counted day as ISO 8601, or nothing for one before the year 1."""
    return datetime.date.fromordinal(day).isoformat() if 0 < day <= datetime.date.max.toordinal() else ""


def julian(year: int, month: int, day: int) -> str:
    """Return a day of the Julian calendar, or nothing for one that there is not.

    >>> julian(1917, 10, 25), julian(1700, 2, 29), julian(1905, 2, 30)
    ('1917-11-07', '1700-03-11', '')
    """
    lengths = (31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= lengths[month - 1]:
        return ""
    return iso(-2 + 365 * (year - 1) + (year - 1) // 4 + sum(lengths[: month - 1]) + day)


def republican(year: int, month: int, day: int) -> str:
    """Return a day of the French Republican calendar, in use to the year XIV (1805).

    >>> republican(4, 1, 13), republican(8, 2, 18)
    ('1795-10-05', '1799-11-09')
    """
    if not 1 <= year <= 14 or not 1 <= month <= 12 or not 1 <= day <= 30:
        return ""
    leaps = sum(before in (3, 7, 11) for before in range(1, year))
    return iso(datetime.date(1792, 9, 21).toordinal() + 365 * (year - 1) + leaps + 30 * (month - 1) + day)


def islamic(year: int, month: int, day: int) -> str:
    """Return a day of the Islamic calendar by its tables (the civil epoch, leap years 2, 5, 7, 10, 13, 16, 18 …).

    >>> islamic(1365, 9, 15)
    '1946-08-13'
    """
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= 30:
        return ""
    return iso(227014 + (year - 1) * 354 + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day)


def hebrew(year: int, month: int, day: int) -> str:
    """Return a day of the Hebrew calendar; Nisan is month 1, Tishri month 7.

    >>> hebrew(5708, 2, 5), hebrew(5706, 7, 1)
    ('1948-05-14', '1945-09-08')
    """
    last = 13 if _leap(year) else 12
    if not 3000 < year < 7000 or not 1 <= month <= last:
        return ""
    before = [*range(7, last + 1), *range(1, 7)]
    before = before[: before.index(month)]
    if not 1 <= day <= _length(year, month):
        return ""
    return iso(_new_year(year) + sum(_length(year, item) for item in before) + day - 1)


def _leap(year: int) -> bool:
    return (7 * year + 1) % 19 < 7


def _elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    day = 29 * months + parts // 25920
    return day + (3 * (day + 1) % 7 < 3)


def _new_year(year: int) -> int:
    before, here, after = _elapsed(year - 1), _elapsed(year), _elapsed(year + 1)
    delay = 2 if after - here == 356 else 1 if here - before == 382 else 0
    return -1373427 + here + delay


def _length(year: int, month: int) -> int:
    """Return the days of a Hebrew month; those of Heshvan and Kislev depend on the length of the year."""
    days = _new_year(year + 1) - _new_year(year)
    if month in (2, 4, 6, 10, 13) or (month == 12 and not _leap(year)):
        return 29
    if (month == 8 and days % 10 != 5) or (month == 9 and days % 10 == 3):
        return 29
    return 30
