"""Takes an opened file and remarks on page breaks that do not follow each other, and on images that are not there."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import etree

from tei_edition.finding import Severity
from tei_edition.opened import Opened
from tei_edition.tei import TEI
from tei_edition.validation.against import Against, number

IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".jp2", ".webp", ".svg", ".pdf")

_ARABIC = re.compile(r"\d{1,5}")
_ROMAN = re.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
_LEAF = re.compile(r"(\d{1,4}) ?(r|v|a|b|ob\.?|об\.?)?", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"(\d+)(?=\D*$)")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def pages(opened: Opened, against: Against) -> None:
    """Remark once in each text on numbers of pages that skip or go back, once on those of images, once on files."""
    whole = ("TEI", "teiCorpus", "text", "floatingText", "body", "front", "back", "group", "note", "sourceDoc")
    holders = frozenset(f"{{{TEI}}}{name}" for name in whole)
    runs: dict[tuple[etree._Element, str], list[etree._Element]] = {}
    for page in opened.root.iter(f"{{{TEI}}}pb"):
        holder = next((one for one in page.iterancestors() if one.tag in holders), opened.root)
        runs.setdefault((holder, page.get("ed", "") or page.get("edRef", "")), []).append(page)
    for run in runs.values():
        _numbers(opened, run)
        _images(opened, run)
    _files(opened, against)


def _numbers(opened: Opened, run: list[etree._Element]) -> None:
    """Compare each page with the one before it, where both are counted in the same way."""
    wrong: list[tuple[etree._Element, str]] = []
    for before, after in pairwise(run):
        first, second = (page.get("n", "").strip().strip("[]()") for page in (before, after))
        for place in (arabic, roman, leaf):
            one, two = place(first), place(second)
            if one is not None and two is not None:
                if two > one + 1 and not (place is leaf and two - one <= 2):
                    wrong.append((after, f"The page “{second}” follows “{first}”: what is between is missing"))
                elif two < one and _division(before) is _division(after):
                    wrong.append((after, f"The page “{second}” comes after “{first}”"))
                break
    _told(opened, "page-out-of-order", wrong, "Correct @n, or say in a gap what is left out.")


def _division(page: etree._Element) -> etree._Element | None:
    """Return the division that a page begins in: in another, such as a translation, pages may begin anew."""
    return next(page.iterancestors(f"{{{TEI}}}div"), None)


def arabic(name: str) -> int | None:
    """Return the place of a page with an Arabic number."""
    return int(name) if _ARABIC.fullmatch(name) else None


def roman(name: str) -> int | None:
    """Return the place of a page with a Roman number.

    >>> roman("xiv"), roman("b")
    (14, None)
    """
    if not name or not _ROMAN.fullmatch(name):
        return None
    values = [_VALUES[letter] for letter in name.lower()]
    return sum(-one if one < two else one for one, two in pairwise([*values, 0]))


def leaf(name: str) -> int | None:
    """Return the place of one side of a leaf: ``12r`` and ``12v``, ``12`` and ``12 ob.``."""
    found = _LEAF.fullmatch(name)
    return None if found is None else int(found[1]) * 2 + ((found[2] or "r").lower() not in {"r", "a"})


def _images(opened: Opened, run: list[etree._Element]) -> None:
    """Remark on images that come again after others, and on holes in their numbers."""
    shown = [(page, value) for page in run if (value := page.get("facs", "").strip())]
    wrong: list[tuple[etree._Element, str]] = []
    last: dict[tuple[str, etree._Element | None], int] = {}
    for place, (page, value) in enumerate(shown):
        key, before = (value, _division(page)), shown[place - 1][1] if place else value
        one, two = _LAST_NUMBER.search(before), _LAST_NUMBER.search(value)
        # One image may show two pages, side by side; and another division may be a translation of this one.
        if place - last.get(key, place) > 1:
            wrong.append((page, f"The image “{value}” stands for an earlier page already"))
        # Letters are written on the first page of a sheet, then on the last: what goes back is in order.
        elif one and two and before[: one.start()] == value[: two.start()] and int(two[1]) - int(one[1]) > 2:
            wrong.append((page, f"The image “{value}” follows “{before}”: what is between is missing"))
        last[key] = place
    _told(opened, "image-out-of-order", wrong, "Correct @facs, or leave it if the images are so.")


def _files(opened: Opened, against: Against) -> None:
    """Remark on images that are named by a path and are not there."""
    missing: list[tuple[etree._Element, str]] = []
    for tag, attribute in (("pb", "facs"), ("graphic", "url"), ("surface", "facs")):
        for element in opened.root.iter(f"{{{TEI}}}{tag}"):
            value = element.get(attribute, "").strip()
            if value.lower().endswith(IMAGES) and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/", value):
                file = against.library.target(opened.file.resolve().parent, value)
                if file is not None and not against.library.there(file):
                    missing.append((element, f"The image “{value}” is not there"))
    _told(opened, "image-missing", missing, "Put it there, or correct the path.")


def _told(opened: Opened, rule: str, wrong: list[tuple[etree._Element, str]], hint: str) -> None:
    """Remark on the first of several places, and say how many more there are."""
    if wrong:
        place, message = wrong[0]
        more = f" (and {number(len(wrong) - 1, 'more place')} like this)" if wrong[1:] else ""
        opened.remark(rule, f"{message}{more}.", at=place, severity=Severity.WARNING, hint=hint)
