"""Takes an opened file and remarks on dates that cannot all be right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree

from tei_edition.finding import Severity
from tei_edition.opened import Opened
from tei_edition.tei import NS, TEI
from tei_edition.validation.against import Against, number

AFTER = 30
"""Years after its own date in which a document speaks of something to come (a lease, a plan) without doubt."""

BEFORE = 1000
"""Years before its own date in which a document of modern times speaks of what was, without doubt."""

LISTED = 5
"""Entries with a date that make a list whose order can be judged."""

Day = tuple[int, int, int]

_DATE = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
_YEAR = re.compile(r"(?<![\d.,/-])(1[0-9]{3}|20[0-9]{2})(?![\d]|[.,]\d)")


def span(element: etree._Element) -> tuple[Day, Day] | None:
    """Return the first and the last day that a date may mean; None for one that says neither.

    >>> span(etree.fromstring('<date when="1945-08"/>'))
    ((1945, 8, 1), (1945, 8, 31))
    """
    first, last = (_told(element, names) for names in (("when", "from", "notBefore"), ("when", "to", "notAfter")))
    if first is None or last is None:
        return None
    (year, month, day), (last_year, last_month, last_day) = first, last
    return (year, month or 1, day or 1), (last_year, last_month or 12, last_day or 31)


def _told(element: etree._Element, names: Sequence[str]) -> Day | None:
    for name in names:
        if found := _DATE.match(element.get(name, "").strip()):
            return int(found[1]), int(found[2] or 0), int(found[3] or 0)
    return None


def _said(element: etree._Element, first: bool = True) -> str:
    """Return the value that gives the first, or the last, day of a date, as it stands."""
    names = ("when", "from", "notBefore") if first else ("when", "to", "notAfter")
    return next((value for name in names if (value := element.get(name, "").strip())), "")


def dates(opened: Opened, against: Against) -> None:
    """Remark on letters received before they were sent, documents later than their edition, and dates far off."""
    _letters(opened)
    for document in opened.root.iter(f"{{{TEI}}}TEI"):
        header = document.find("t:teiHeader", NS)
        own = None if header is None else _own_date(header)
        if header is not None and own is not None:
            _later_than_edition(opened, header, own)
            _far_off(opened, document, own)
    _as_written(opened)
    _lists(opened)


def _letters(opened: Opened) -> None:
    for letter in opened.root.iter(f"{{{TEI}}}correspDesc"):
        sent, received = (list(_days(letter, kind)) for kind in ("sent", "received"))
        if sent and received:
            there, arrived = max(received, key=lambda one: one[1])
            here, left = min(sent, key=lambda one: one[1])
            if arrived[1] < left[0]:
                message = f"The message was received {_said(there, False)}, and sent only {_said(here)}."
                _remark(opened, "received-before-sent", message, there, "Correct one of the two dates.")


def _days(letter: etree._Element, kind: str) -> Iterator[tuple[etree._Element, tuple[Day, Day]]]:
    for date in letter.iterfind(f"t:correspAction[@type='{kind}']/t:date", NS):
        if days := span(date):
            yield date, days


def _own_date(header: etree._Element) -> etree._Element | None:
    """Return the element that says when a document was written."""
    for path in (
        "t:profileDesc/t:creation//t:date",
        "t:profileDesc/t:correspDesc/t:correspAction[@type='sent']/t:date",
    ):
        for date in header.iterfind(path, NS):
            if span(date):
                return date
    return None


def _later_than_edition(opened: Opened, header: etree._Element, own: etree._Element) -> None:
    days = span(own)
    for path in ("t:fileDesc/t:publicationStmt/t:date", "t:fileDesc/t:sourceDesc//t:imprint/t:date"):
        for date in header.iterfind(path, NS):
            published = span(date)
            if days and published and days[0] > published[1]:
                message = f"The document is dated {_said(own)}, after it was published ({_said(date, False)})."
                _remark(opened, "date-after-publication", message, own, "Correct one of the two dates.")
                return


def _far_off(opened: Opened, document: etree._Element, own: etree._Element) -> None:
    """Remark on dates of the text that are generations away from the document; in notes editors may speak of any."""
    days = span(own)
    text = document.find("t:text", NS)
    if days is None or text is None or days[0][0] < 1000:
        return
    for date in text.iter(f"{{{TEI}}}date"):
        told = span(date)
        if told is None or (told[0][0] <= days[1][0] + AFTER and told[1][0] >= days[0][0] - BEFORE):
            continue
        if any(True for _ in date.iterancestors(f"{{{TEI}}}note", f"{{{TEI}}}bibl", f"{{{TEI}}}back")):
            continue
        message = f"The year {told[0][0]} is far from that of the document, {days[0][0]}."
        _remark(opened, "date-far-off", message, date, "Look whether a digit is wrong.")


def _as_written(opened: Opened) -> None:
    """Remark on a date whose words name a year, and whose attributes another."""
    for date in opened.root.iter(f"{{{TEI}}}date"):
        days = span(date)
        if days is None or date.get("calendar") or len(date):
            continue
        years = {int(year) for year in _YEAR.findall(date.text or "")}
        # What is further off is the year of another calendar.
        years = {year for year in years if abs(year - days[0][0]) <= 300}
        if years and not any(days[0][0] - 1 <= year <= days[1][0] + 1 for year in years):
            said = ", ".join(map(str, sorted(years)))
            message = (
                f"The words “{' '.join((date.text or '').split())[:60]}” name {said}, the attributes {days[0][0]}."
            )
            _remark(opened, "date-not-as-written", message, date, "Correct the attribute, or the words.")


def _lists(opened: Opened) -> None:
    """Remark on lists of documents, and corpora, that are in the order of dates but for a few places."""
    for tag, path in (
        ("listBibl", "t:bibl/t:date"),
        ("teiCorpus", "t:TEI/t:teiHeader/t:profileDesc/t:creation/t:date"),
    ):
        for listed in opened.root.iter(f"{{{TEI}}}{tag}"):
            found = [(date, days) for date in listed.iterfind(path, NS) if (days := span(date))]
            _order(opened, found)


def _order(opened: Opened, found: list[tuple[etree._Element, tuple[Day, Day]]]) -> None:
    pairs = list(pairwise(found))
    back = [(before, after) for before, after in pairs if after[1][1] < before[1][0]]
    on = [(before, after) for before, after in pairs if after[1][0] > before[1][1]]
    wrong, right = (back, on) if len(back) <= len(on) else (on, back)
    if len(found) < LISTED or not wrong or len(wrong) * 4 > len(right):
        return
    (before, _), (after, _) = wrong[0]
    more = f" (and {number(len(wrong) - 1, 'more place')} like this)" if wrong[1:] else ""
    message = f"In this list {_said(after)} comes after {_said(before)}, against the order of the rest{more}."
    _remark(opened, "list-out-of-order", message, after, "Correct the date, or move the entry.")


def _remark(opened: Opened, rule: str, message: str, at: etree._Element, hint: str) -> None:
    opened.remark(rule, message, at=at, severity=Severity.WARNING, hint=hint)
