"""Takes a text and gives the dates in it that name another calendar or are written in another language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

from tei_edition.encoding.calendars import HEBREW, ISLAMIC, REPUBLICAN, hebrew, islamic, julian, republican
from tei_edition.encoding.date_forms import MONTH_PATTERN, DateSpan, month_number

_ABROAD = """
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
Januar Februar März April Mai Juni Juli August September Oktober November Dezember
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
"""


def _abroad() -> dict[str, int]:
    rows = (row.split() for row in _ABROAD.strip().splitlines())
    return {month.lower(): number for row in rows for number, month in enumerate(row, 1)}


_FOREIGN = _abroad()
_REPUBLICAN = {month: number for number, month in enumerate(REPUBLICAN, 1)}
_ISLAMIC = {month: number for number, names in enumerate(ISLAMIC, 1) for month in names}
_HEBREW = {month: number for number, names in enumerate(HEBREW, 1) for month in names}
_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"元": 1, "十": 10}
_ROMAN = {roman: number for number, roman in enumerate("I II III IV V VI VII VIII IX X XI XII XIII XIV".split(), 1)}


def _any(words: dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_D, _M, _Y = r"[0-9]{1,2}(?:st|nd|rd|th)?", MONTH_PATTERN, r"1[0-9]{3}|20[0-9]{2}"
_HAN = r"[0-9]{1,4}|[〇一二三四五六七八九十元]{1,5}"
_START, _END = r"(?<![\w/.:-])", r"(?![\w])"
_SIGNS = re.compile(
    r"[0-9](?:(?:st|nd|rd|th)?[\s.,()/]{0,3}(?:[(/]\s?[0-9]|年|de\s|O\.\s?S|Old\s|N\.\s?S|New\s|year\sof|A\.?\s?H|"
    rf"{_any(_FOREIGN)}|{_any(_REPUBLICAN)}|{_any(_ISLAMIC)}|{_any(_HEBREW)})|\s?/\s?[A-Z])".lower()
)
"""What most forms below have in them somewhere; in small letters, of which an alternative is soon told by its first."""
_UNSIGNED = ("民", "年", "minguo")
"""Where one of these stands, a date may have no such sign."""
_AROUND = 80
"""Characters that a date may have before or after such a sign, and more."""

Reading = Callable[["re.Match[str]"], "str"]
"""Reads a match as a day in ISO 8601; nothing for what is none."""


def other_dates(text: str) -> list[tuple[int, int, list[DateSpan]]]:
    """Return the dates of a text that name another calendar or language: from where, to where, and what they mean.

    >>> [(start, end, spans[0].attributes) for start, end, spans in other_dates("on 6 (19) August 1914")]
    [(3, 21, {'when': '1914-08-19'})]
    >>> other_dates("10 October, 34th year of the Republic of China")[0][2][0].attributes
    {'when': '1945-10-10', 'calendar': '#republic-of-china'}
    """
    found: list[tuple[int, int, list[DateSpan]]] = []
    small = text.lower()
    signs = [match.start() for match in _SIGNS.finditer(small)]
    unsigned = any(map(small.__contains__, _UNSIGNED))
    if not signs and not unsigned:
        return found
    first, last = 0, len(text)
    if not unsigned and len(small) == last:  # a capital can become two small letters
        first, last = max(0, signs[0] - _AROUND), signs[-1] + _AROUND
    for pattern, reading, calendar, certainty in _FORMS:
        for match in pattern.finditer(text, first, last):
            day = reading(match)
            if not day:
                continue
            attributes = {"when": day} | ({"calendar": f"#{calendar}"} if calendar else {})
            span = DateSpan(start=match.start(), end=match.end(), attributes=attributes, certainty=certainty)
            found.append((match.start(), match.end(), [span]))
    return found


def _both(match: re.Match[str]) -> str:
    """Read “18/30 June 1905”: the same day by both calendars, which have to agree."""
    groups = match.groupdict()
    year, first = int(groups["year"]), month_number(groups["month"])
    second = month_number(groups["month2"]) if groups.get("month2") else first
    old, new = _number(groups["old"]), _number(groups["new"])
    ours = _ours(year, second, new)
    before = year - 1 if first == 12 and second == 1 else year
    return ours if ours and julian(before, first, old) == ours else ""


def _old_style(match: re.Match[str]) -> str:
    return julian(int(match["year"]), month_number(match["month"]), _number(match["day"]))


def _new_style(match: re.Match[str]) -> str:
    return _ours(int(match["year"]), month_number(match["month"]), _number(match["day"]))


def _of_china(match: re.Match[str]) -> str:
    groups = match.groupdict()
    month = groups["month"]
    number = month_number(month) if month[0].isalpha() and month.isascii() else _number(month)
    return _ours(1911 + _number(groups["year"]), number, _number(groups["day"]))


def _western(match: re.Match[str]) -> str:
    return _ours(_number(match["year"]), _number(match["month"]), _number(match["day"]))


def _foreign(match: re.Match[str]) -> str:
    return _ours(int(match["year"]), _FOREIGN[match["month"].lower()], _number(match["day"]))


def _of_republic(match: re.Match[str]) -> str:
    year = _ROMAN.get(match["year"].upper()) or _number(match["year"])
    return republican(year, _REPUBLICAN[match["month"].lower()], _number(match["day"]))


def _of_islam(match: re.Match[str]) -> str:
    return islamic(int(match["year"]), _ISLAMIC[match["month"].lower()], _number(match["day"]))


def _of_israel(match: re.Match[str]) -> str:
    return hebrew(int(match["year"]), _HEBREW[match["month"].lower()], _number(match["day"]))


def _ours(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _number(text: str) -> int:
    """Return a number in digits or in Chinese signs: 三十四 and 一九四五.

    >>> _number("三十四"), _number("一九四五"), _number("十"), _number("5th")
    (34, 1945, 10, 5)
    """
    if found := re.match(r"[0-9]+", text):
        return int(found[0])
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_DIGITS.get(tens, 0) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
    return int("".join(str(_DIGITS.get(sign, 0)) for sign in text) or 0)


def _forms() -> Iterator[tuple[re.Pattern[str], Reading, str, str]]:
    """Give the forms: what matches, what reads it, the calendar, and how certain the day is."""
    month, day, year = rf"(?P<month>{_M})", rf"(?P<day>{_D})", rf"(?P<year>{_Y})"
    era = rf"(?:the\s)?(?P<year>{_D})\syear\sof\sthe\s(?:Chinese\s)?Republic(?:\sof\sChina)?"
    old, new = r"\s?[(\[]?(?:O\.\s?S\.?|Old\sStyle)[)\]]?", r"\s?[(\[]?(?:N\.\s?S\.?|New\sStyle)[)\]]?"
    rows: list[tuple[str, Reading, str, str]] = [
        (rf"(?P<old>{_D})\s?[/(]\s?(?P<new>{_D})\s?\)?\s{month},?\s{year}", _both, "", ""),
        (rf"{month}\s(?P<old>{_D})\s?[/(]\s?(?P<new>{_D})\s?\)?,?\s{year}", _both, "", ""),
        (rf"(?P<old>{_D})\s{month}\s?[/(]\s?(?P<new>{_D})\s(?P<month2>{_M})\)?,?\s{year}", _both, "", ""),
        (rf"{month}\s(?P<old>{_D})\s?[/(]\s?(?P<month2>{_M})\s(?P<new>{_D})\)?,?\s{year}", _both, "", ""),
        (rf"{day}\s{month},?\s{year},?{old}", _old_style, "julian", ""),
        (rf"{month}\s{day},?\s{year},?{old}", _old_style, "julian", ""),
        (rf"{day}\s{month},?\s{year},?{new}", _new_style, "", ""),
        (rf"{month}\s{day},?\s{year},?{new}", _new_style, "", ""),
        (rf"{day}\s{month},?\s{era}", _of_china, "republic-of-china", ""),
        (rf"{month}\s{day},?\s{era}", _of_china, "republic-of-china", ""),
        (rf"Minguo\s(?P<year>[0-9]{{1,3}}),?\s{month}\s{day}", _of_china, "republic-of-china", ""),
        (rf"{month}\s{day},\sMinguo\s(?P<year>[0-9]{{1,3}})", _of_china, "republic-of-china", ""),
        (
            rf"(?:the\s)?{day}\sday\sof\sthe\s(?P<month>{_D})\smonth\sof\s{era}",
            _of_china,
            "republic-of-china",
            "",
        ),
        (
            rf"(?:中[华華])?民[国國](?P<year>{_HAN})年(?P<month>{_HAN})月(?P<day>{_HAN})日",
            _of_china,
            "republic-of-china",
            "",
        ),
        (
            rf"(?P<year>[0-9]{{4}}|[一二][〇一二三四五六七八九]{{3}})年(?P<month>{_HAN})月(?P<day>{_HAN})日",
            _western,
            "",
            "",
        ),
        (
            rf"{day}\.?\s(?:de\s)?(?P<month>{_any(_FOREIGN)})\s(?:de\s)?{year}(?:\s(?:г|года|r)\.?(?!\w))?",
            _foreign,
            "",
            "",
        ),
        (
            rf"{day}\s(?P<month>{_any(_REPUBLICAN)}),?\s(?:de\sl[’']an\s|l[’']an\s|an\s|year\s)?"
            rf"(?P<year>[IVX]{{1,4}}|[0-9]{{1,2}})",
            _of_republic,
            "republican",
            "",
        ),
        (
            rf"{day}\s(?P<month>{_any(_ISLAMIC)}),?\s(?P<year>1[0-4][0-9]{{2}})(?:\s?A\.?\s?H\.?)?",
            _of_islam,
            "islamic",
            "medium",
        ),
        (rf"{day}\s(?P<month>{_any(_HEBREW)}),?\s(?P<year>5[0-9]{{3}})", _of_israel, "hebrew", ""),
    ]
    for form, reading, calendar, certainty in rows:
        insensitive = re.IGNORECASE if reading in (_foreign, _of_republic, _of_islam, _of_israel) else 0
        end = "" if form.endswith(("日", old, new)) else _END
        yield re.compile(_START + form + end, insensitive), reading, calendar, certainty


_FORMS = tuple(_forms())
