"""Takes a transcript and says of which day it is and from what that is known; completes dates that give no year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tei_edition.encoding.dates import DateSpan, dates, parse_date
from tei_edition.encoding.letter_parts import is_dateline
from tei_edition.transcript import Block, Transcript

_NEAR = 150
"""Days from that of the document within which a date without a year is believed to be of the nearest."""
_TOP, _FOOT = 14, 8
"""Blocks at the beginning, and before the notes, among which a dateline is looked for."""
_FIELD = re.compile(r"(?:date|dated|datum|fecha|дата)(?:\s(?:and|&)\s(?:time|place|hour))?\s?:\s*", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}|['’]\d\d\b|[./-]\s?\d\d\b")
_RELATIVE = re.compile(
    r"\b(?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th|d)\s(?:of\s(?:the\s)?)?"
    r"(?P<month>ultimo|ult\b\.?|instant|inst\b\.?|proximo|prox\b\.?)",
    re.IGNORECASE,
)
"""A day of the month before, of this one or of the next, as letters of the time say."""
_ORDINAL = re.compile("[0-9][dnrstDNRST]")
"""What such a day has in it, and few texts have."""
_STEPS = {"u": -1, "i": 0, "p": 1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, kw_only=True, slots=True)
class Dating:
    """The day of a document, where no field of its page gives it."""

    span: DateSpan
    words: str
    ground: str
    """What it is known from, in words: “its dateline”."""
    line: int
    column: int


def inferred(transcript: Transcript) -> Dating | None:
    """Return the day of a document that its page does not give, from the first of these that has one whole date.

    What the source marks as a dateline; a line of place and date, or one with the label *Date:*, at the top; a heading;
    the title; a line of place and date at the end.
    """
    if transcript.genre != "document":
        return None
    texts = [block for block in transcript.blocks if block.kind not in ("note", "comment", "row", "page")]
    top, foot = texts[:_TOP], texts[_TOP:][-_FOOT:]
    return (
        _found((block for block in top if block.kind == "dateline"), "its dateline")
        or _found((block for block in top if _is_dateline(block)), "its dateline")
        or _found((block for block in top[:4] if block.kind in ("heading", "title") or _is_head(block)), "its heading")
        or _of_title(transcript)
        or _found(
            (block for block in reversed(foot) if block.kind == "dateline" or _is_dateline(block)), "its last lines"
        )
    )


def _is_dateline(block: Block) -> bool:
    """Say whether a block, or one of its first lines, is nothing but place and date."""
    lines = block.text.splitlines()
    return any(is_dateline(line.strip(), place=True) or _FIELD.match(line) for line in [block.folded, *lines[:6]])


def _is_head(block: Block) -> bool:
    return len(block.words) <= 40 and not re.search(r"[a-z]{3}[.;!?]\s+[A-Z]", block.text)


def _found(blocks: Iterable[Block], ground: str) -> Dating | None:
    for block in blocks:
        spans = [span for span in dates(block.text) if span.kind == "date" and _is_whole(span)]
        if spans:
            words = " ".join(block.text[spans[0].start : spans[0].end].split())
            line, column = block.place(spans[0].start)
            return Dating(span=spans[0], words=words, ground=ground, line=line, column=column)
    return None


def _of_title(transcript: Transcript) -> Dating | None:
    title = transcript.first("title")
    spans = [span for span in dates(title.value) if span.kind == "date" and _is_whole(span)] if title else []
    if title is None or not spans:
        return None
    words = " ".join(title.value[spans[-1].start : spans[-1].end].split())
    return Dating(span=spans[-1], words=words, ground="its title", line=title.line, column=title.column)


def _is_whole(span: DateSpan) -> bool:
    return any(re.match(r"\d{4}-\d\d", value) for value in span.attributes.values())


def day_of(transcript: Transcript) -> tuple[str, Dating | None]:
    """Return the day of a document as YYYY-MM-DD, or the part of it that is known, nothing where none is.

    With it comes what it was inferred from, where no field of the page gives it.
    """
    created = next(iter(transcript.values("date")), "")
    found = parse_date(created) if created else None
    known = inferred(transcript) if found is None else None
    if known is not None:
        found = known.span
    when = (found.attributes.get("when") or found.attributes.get("from") or "") if found else ""
    return when if re.match(r"\d{4}", when) else "", known


def with_year(span: DateSpan, words: str, day: str) -> tuple[DateSpan, str]:
    """Return a date with the year that lies nearest to the day of the document, and on what ground; none as it is.

    ``span`` is as `dates` gives it: where it leaves out the year it has that of the document. A weekday decides where
    it stands beside the date; a day that is about as near in two years stays without one.

    >>> span = dates("on 28 December", year=1946)[0]
    >>> with_year(span, "28 December", "1946-01-03")[0].attributes
    {'when': '1945-12-28'}
    """
    if span.kind != "date" or span.certainty != "medium" or _YEAR.search(words) or not re.match(r"\d{4}-", day):
        return span, ""
    given = {key: value for key, value in span.attributes.items() if re.match(rf"{day[:4]}\b", value)}
    if not given:
        return span, ""
    whole = day if len(day) == 10 else f"{day}-15"[:10]
    named = next((number for number, name in enumerate(_WEEKDAYS) if name in words.casefold()), None)
    own = int(day[:4])
    years = [year for year in (own, own - 1, own + 1) if _fits(given, year, named)] or [own]
    year = min(years, key=lambda one: _distance(given, one, whole))
    if named is None and _distance(given, year, whole) > _NEAR:
        bare = {key: f"-{value[4:]}" if key in given else value for key, value in span.attributes.items()}
        return replace(span, attributes=bare, certainty=""), ""
    attributes = {key: f"{year}{value[4:]}" if key in given else value for key, value in span.attributes.items()}
    ground = "the weekday" if named is not None and year != own else "the day of the document"
    return replace(span, attributes=attributes), f"{year}, by {ground}, {day}"


def relative_dates(text: str, day: str) -> list[tuple[DateSpan, str]]:
    """Return days such as “the 24th ultimo” in a document of a day, each with the ground of its month.

    >>> [span.attributes for span, _ in relative_dates("yours of the 24th ultimo", "1895-01-03")]
    [{'when': '1894-12-24'}]
    """
    found: list[tuple[DateSpan, str]] = []
    if len(day) < 7 or not _ORDINAL.search(text):
        return found
    for match in _RELATIVE.finditer(text):
        months = int(day[:4]) * 12 + int(day[5:7]) - 1 + _STEPS[match["month"][0].lower()]
        when = f"{months // 12:04}-{months % 12 + 1:02}-{int(match['day']):02}"
        try:
            date.fromisoformat(when)
        except ValueError:
            continue
        span = DateSpan(start=match.start(), end=match.end(), attributes={"when": when}, certainty="medium")
        found.append((span, f"{when[:7]}, by the day of the document, {day}"))
    return found


def _fits(given: dict[str, str], year: int, weekday: int | None) -> bool:
    for value in given.values():
        try:
            day = date.fromisoformat(f"{year}{value[4:]}") if len(value) == 10 else None
        except ValueError:
            return False
        if day is not None and weekday is not None and len(given) == 1 and day.weekday() != weekday:
            return False
    return True


def _distance(given: dict[str, str], year: int, whole: str) -> int:
    value = f"{year}{next(iter(given.values()))[4:]}"
    try:
        return abs((date.fromisoformat(f"{value}-15"[:10]) - date.fromisoformat(whole)).days)
    except ValueError:
        return 10_000
