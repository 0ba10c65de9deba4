"""Takes a text and gives the dates and times in it, each with its place and the attributes TEI records it by."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tei_edition.encoding.calendar_forms import other_dates
from tei_edition.encoding.date_forms import FORMS, MONTH_NAME, PART_NAME, DateSpan
from tei_edition.encoding.edtf import edtf, is_edtf
from tei_edition.encoding.times import TimeSpan, times

__all__ = ["DateSpan", "dates", "may_be_dated", "parse_date"]

_MARK = re.compile(
    r"(?:\b(?:[Nn]os?|[fdlpnrFDLPNR]|ll|op|ff|pp|ae|Ll|Op|Fond|Opis|Delo|Listy?|fond|opis|delo|listy?|[Bb]ox|[Rr]eel"
    r"|[Aa]rt|[Ss]ec|vol|Bd|Bl)\.?|[#№§])\s?$"
)
"""What stands before numbers that are a shelfmark, a section or a document's number and not a date."""


_DIGIT, _YEAR = re.compile(r"[0-9]"), re.compile(r"(?:1[0-9]|20)[0-9][0-9]")
_NUMBERS = re.compile(r"[0-9][./-]\s?[0-9IVX]")
_AROUND = 64
"""Characters that a date may have before the month, year or number by which it is known, or after it, and more."""


def _stretches(text: str) -> dict[str, tuple[int, int]]:
    """Return the stretch of a text in which there may be dates, by what those are made of; none where there is none."""
    found: dict[str, tuple[int, int]] = {}
    for sign, pattern in (("month", MONTH_NAME), ("year", _YEAR), ("number", _NUMBERS)):
        places = [match.start() for match in pattern.finditer(text)]
        if places:
            found[sign] = (max(0, places[0] - _AROUND), places[-1] + _AROUND)
            if sign == "month" and len(places) > 1:
                found["two months"] = found[sign]
    if "year" in found and "month" in found:
        (one, two), (first, last) = found["month"], found["year"]
        found["month and year"] = (max(one, first), min(two, last))
    if "year" in found and PART_NAME.search(text):
        found["part of a year"] = found["year"]
    return found


def may_be_dated(text: str) -> bool:
    """Say whether a text has a figure in it, or the sign for a year: without either there is no date in it."""
    return _DIGIT.search(text) is not None or "年" in text


def dates(text: str, *, years: bool = False, year: int | None = None) -> list[DateSpan]:
    """Return the dates and times in a text, in their order, none overlapping another.

    ``years`` takes a plain year such as 1945 for a date; ``year`` is the year the document belongs to, for dates
    that leave it out (they come with certainty ``medium``) and for years of two digits.

    1. Only days that exist are dates: nothing is found in “30 February 1945”.
    2. A day and month that can be read both ways (10/05/1945) has ``candidates`` and no attributes.
    3. Nothing is found inside a longer number or word, and nothing depends on today.

    >>> [(span.kind, span.attributes) for span in dates("10 August, 1945 9:00 - 11:30 p.m.")]
    [('date', {'when': '1945-08-10'}), ('time', {'from': '21:00:00', 'to': '23:30:00'})]
    >>> dates("on 13 November")[0].attributes
    {'when': '--11-13'}
    >>> dates("on 13 November", year=1945)[0].attributes, dates("on 13 November", year=1945)[0].certainty
    ({'when': '1945-11-13'}, 'medium')
    >>> dates("10/05/1945")[0].candidates
    ('1945-05-10', '1945-10-05')
    """
    if not may_be_dated(text):
        return []
    stretches = _stretches(text)
    found: list[tuple[int, int, list[DateSpan]]] = []
    for pattern, reading, made_of, plain in FORMS:
        if made_of not in stretches or (plain and not years):
            continue
        for match in pattern.finditer(text, *stretches[made_of]):
            if not (plain or made_of == "number") or not _MARK.search(text, max(0, match.start() - 8), match.start()):
                found.append((match.start(), match.end(), reading(match, year)))
    found += other_dates(text)
    found += [(span.start, span.end, [_of_time(span)]) for span in times(text)]
    # What begins first and reaches farthest wins, and keeps its place even when it is no real day.
    found.sort(key=lambda item: (item[0], -item[1]))
    chosen: list[DateSpan] = []
    reached = 0
    for start, end, spans in found:
        if start >= reached:
            chosen += spans
            reached = end
    return _bare_times(text, chosen)


def parse_date(text: str, *, year: int | None = None) -> DateSpan | None:
    """Return what a text means that is one date and nothing else, or None.

    >>> parse_date("November 16, 1945").attributes
    {'when': '1945-11-16'}
    >>> parse_date("9 and 12 July 1956").attributes
    {'from': '1956-07-09', 'to': '1956-07-12'}
    >>> parse_date("before May 1945").attributes, parse_date("[May 5?], 1945").certainty
    ({'notAfter': '1945-05'}, 'low')
    >>> parse_date("1945-0X").attributes
    {'notBefore': '1945-01-01', 'notAfter': '1945-09-30'}
    >>> parse_date("about noon")
    """
    bare = text.strip().strip("[]().,;: \t\r\n")
    if is_edtf(text.strip()):
        meant = edtf(text)
        start = len(text) - len(text.lstrip())
        assert meant is not None
        return DateSpan(start=start, end=start + len(text.strip()), attributes=meant[0], certainty=meant[1])
    bare = bare.removeprefix("on ").removeprefix("the ")
    if limit := _LIMIT.match(bare):
        return _limited(text, limit, year)
    sure = _DOUBTED.sub(r"\1", text) if "?" in text else text
    if sure != text and "?" not in sure and (found := parse_date(sure, year=year)):
        return replace(found, start=0, end=len(text), certainty="low")
    offset = text.find(bare)
    spans = [span for span in dates(bare, years=True, year=year) if span.kind == "date"]
    if not bare or not spans or spans[0].start != 0 or spans[-1].end != len(bare):
        return None
    between = {bare[one.end : two.start].strip() for one, two in pairwise(spans)}
    if not between <= {"and", ",", "&", ", and"}:
        return None
    whole = replace(spans[0], start=offset, end=offset + len(bare))
    if len(spans) == 1:
        return whole
    ends = [_first(spans[0]), _last(spans[-1])]
    return replace(whole, attributes={"from": ends[0], "to": ends[1]}) if all(ends) else None


_LIMIT = re.compile(
    r"(?P<before>before|by|not later than|no later than|until)\s|"
    r"(?P<after>after|not before|not earlier than|no earlier than|since)\s|(?P<between>between)\s|"
    r"(?P<about>ca?\.\s?|circa\s|about\s|approximately\s)(?=[^\d]*\d)",
    re.IGNORECASE,
)
"""Words before a date in a catalogue that make of it a limit, or one near it."""
_DOUBTED = re.compile(r"\[?(\b[^\[\]?]+?)\s?(?:\[\?\]|\(\?\)|\?)\]?")


def _limited(text: str, limit: re.Match[str], year: int | None) -> DateSpan | None:
    """Return what a date after words such as “before” or “between” means."""
    rest = limit.string[limit.end() :]
    if limit["between"]:
        ends = re.fullmatch(r"(.+?)\s(?:and|to|&)\s(.+)", rest)
        two = parse_date(ends[2], year=year) if ends else None
        of = int(_last(two)[:4]) if two and re.match(r"[0-9]{4}", _last(two)) else year
        one = parse_date(ends[1], year=of) or parse_date(f"{ends[1]} {_month_of(ends[2])}", year=of) if ends else None
        if one is None or two is None or not _first(one) < _last(two):
            return None
        return replace(two, start=0, end=len(text), attributes={"notBefore": _first(one), "notAfter": _last(two)})
    found = parse_date(rest, year=year)
    if found is None or not found.attributes:
        return None
    if limit["about"]:
        return replace(found, start=0, end=len(text), certainty="low")
    attributes = {"notAfter": _last(found)} if limit["before"] else {"notBefore": _first(found)}
    return replace(found, start=0, end=len(text), attributes=attributes)


def _month_of(text: str) -> str:
    found = MONTH_NAME.search(text)
    return text[found.start() :] if found else ""


def _first(span: DateSpan) -> str:
    return next((span.attributes[key] for key in ("when", "from", "notBefore") if key in span.attributes), "")


def _last(span: DateSpan) -> str:
    return next((span.attributes[key] for key in ("when", "to", "notAfter") if key in span.attributes), "")


def _of_time(span: TimeSpan) -> DateSpan:
    return DateSpan(start=span.start, end=span.end, kind="time", attributes=span.attributes)


_BARE = re.compile(r"(?:,?\s{1,3}(?:at\s{1,3})?)((?:[01]?[0-9]|2[0-3]):[0-5][0-9])(?![0-9:.][0-9]|[0-9]|\w)")


def _bare_times(text: str, spans: list[DateSpan]) -> list[DateSpan]:
    """Add the hours such as 15:00 that directly follow a date; elsewhere they may be a ratio or a verse."""
    added = list(spans)
    starts = [span.start for span in spans]
    for span in spans:
        match = _BARE.match(text, span.end)
        if span.kind == "date" and match and not any(match.start(1) <= start < match.end() for start in starts):
            hour = match[1].rjust(5, "0") + ":00"
            added.append(DateSpan(start=match.start(1), end=match.end(), kind="time", attributes={"when": hour}))
    return sorted(added, key=lambda span: span.start)
