"""Takes what an editor writes of authority files, places and years, and gives the form that TEI keeps, or None."""

from __future__ import annotations

import re
from collections.abc import Callable


def viaf(text: str) -> str | None:
    """Return a VIAF id: up to 22 digits.

    >>> viaf("https://viaf.org/viaf/97966529/"), viaf("97966529x")
    ('97966529', None)
    """
    return _found(r"(?:https?://(?:www\.)?viaf\.org/viaf/)?([1-9]\d{1,21})/?", text)


def wikidata(text: str) -> str | None:
    """Return a Wikidata id: Q and a number.

    >>> wikidata("q855"), wikidata("855")
    ('Q855', None)
    """
    return _found(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)", text.upper(), re.IGNORECASE)


def geonames(text: str) -> str | None:
    """Return a GeoNames id: a number.

    >>> geonames("https://www.geonames.org/2037013/harbin.html")
    '2037013'
    """
    return _found(r"(?:https?://(?:(?:www|sws)\.)?geonames\.org/)?([1-9]\d{0,9})(?:/[\w.-]*)?", text)


def gnd(text: str) -> str | None:
    """Return a GND id whose check digit is right.

    The sum of the digits, each times its place counted from the right, is a multiple of 11; ids with a hyphen have
    the sum of the others as their check digit, modulo 11.

    >>> gnd("118540238"), gnd("118540239"), gnd("4005728-8"), gnd("5036103-X")
    ('118540238', None, '4005728-8', '5036103-X')
    """
    found = _found(r"(?:https?://d-nb\.info/gnd/)?(\d{1,10}-?[\dX])", text.upper(), re.IGNORECASE)
    if found is None:
        return None
    digits, check = found[:-1].rstrip("-"), 10 if found[-1] == "X" else int(found[-1])
    total = sum(place * int(digit) for place, digit in enumerate(reversed(digits), 2))
    right = total % 11 == check if "-" in found else (total + check) % 11 == 0
    return found if right else None


AUTHORITIES: dict[str, tuple[str, str, Callable[[str], str | None]]] = {
    "viaf": ("VIAF", "digits, such as 97966529", viaf),
    "wikidata": ("Wikidata", "Q and a number, such as Q855", wikidata),
    "gnd": ("GND", "digits of which the last is the check digit, such as 118540238", gnd),
    "geonames": ("GeoNames", "a number, such as 2037013", geonames),
}
"""Columns of the sheet: the ``@type`` of the ``idno``, what one looks like, and the check of its form."""


def coordinates(text: str) -> str | None:
    """Return latitude and longitude as ``geo`` has them, in degrees, parted by a blank.

    >>> coordinates("45.75, 126.63"), coordinates("126.63 45.75")
    ('45.75 126.63', None)
    """
    found = re.fullmatch(r"([+-]?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)", text.replace("−", "-"))
    if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return None
    return f"{found[1].lstrip('+')} {found[2].lstrip('+')}"


def dates(text: str) -> tuple[str, str] | None:
    """Return the first and the last date of somebody or something; either may be empty.

    >>> dates("1878-12-18/1953-03-05"), dates("1878–1953"), dates("1878-"), dates("soon")
    (('1878-12-18', '1953-03-05'), ('1878', '1953'), ('1878', ''), None)
    """
    day = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
    found = re.fullmatch(rf"({day})?\s*/\s*({day})?", text) or re.fullmatch(r"(\d{4})?\s*[–-]\s*(\d{4})?", text)
    if not found or not (found[1] or found[2]) or (found[1] and found[2] and found[2] < found[1]):
        return None
    return found[1] or "", found[2] or ""


def _found(pattern: str, text: str, flags: int = 0) -> str | None:
    found = re.fullmatch(pattern, text.strip(), flags)
    return found[1] if found else None
