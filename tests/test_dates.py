"""Dates and times: the cases of ``cases/dates.md``, and what holds for any text."""

from __future__ import annotations

import datetime
import doctest
import re
from importlib import import_module

import pytest
from casefile import Case, cases
from hypothesis import given, settings
from hypothesis import strategies as st

from tei_edition.encoding.dates import dates, parse_date

FRAGMENTS = st.sampled_from(
    """November Nov. MAY March may 16 30 5th 1945 45 2026 , . - – / : of the and to XII p.m. a.m. 9:00 6: noon 12
    hours at circa before between (O.S.) N.S. (19) / Ramadan 1365
    Brumaire VIII 5706 Iyar Minguo 年 月 日 десять августа de agosto ? X ~ .. hours spring early mid-1945 10/05/1945
    26.10.1962 [ ] f. op. No. 31.X. 1688/9 1945-1950 s Friday""".split()
)
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(FRAGMENTS, max_size=12).map(" ".join), st.lists(FRAGMENTS).map("".join)
)


@pytest.mark.parametrize("case", cases("dates"), ids=str)
def test_case(case: Case, update: bool) -> None:
    text, year = case.blocks["input"], case.blocks.get("year")
    rows = []
    for span in dates(text, years="years" in case.blocks, year=int(year) if year else None):
        attributes = " ".join(f'{key}="{value}"' for key, value in span.attributes.items())
        rest = [f'cert="{span.certainty}"'] if span.certainty else []
        rest += [f"candidates: {', '.join(span.candidates)}"] if span.candidates else []
        rows.append(" · ".join(filter(None, (text[span.start : span.end], span.kind, attributes, *rest))))
    found = "\n".join(rows) or "nothing"
    if update:
        case.rewrite("expected", found)
    else:
        assert found == case.blocks["expected"]


@settings(deadline=None)
@given(TEXTS, st.booleans(), st.sampled_from([None, 1689, 1945, 2000]))
def test_spans_are_apart_and_mean_something(text: str, years: bool, year: int | None) -> None:
    reached = 0
    for span in dates(text, years=years, year=year):
        assert reached <= span.start < span.end <= len(text)
        reached = span.end
        assert span.kind in {"date", "time"}
        assert bool(span.attributes) != bool(span.candidates)
        days = {key: value for key, value in span.attributes.items() if key != "calendar"}
        for value in (*days.values(), *span.candidates):
            assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?|--\d\d-\d\d|\d\d:\d\d:\d\d", value)
            if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                datetime.date.fromisoformat(value)
        if span.kind == "date" and {"from", "to"} == set(span.attributes):
            assert span.attributes["from"] < span.attributes["to"] or span.attributes["from"].startswith("--")


@settings(deadline=None)
@given(TEXTS)
def test_a_whole_text_is_one_date_or_none(text: str) -> None:
    found = parse_date(text)
    assert found is None or 0 <= found.start < found.end <= len(text)


def test_every_day_of_two_years_is_read_in_every_form() -> None:
    day = datetime.date(1944, 1, 1)
    while day.year < 1946:
        forms = [
            f"{day:%B} {day.day}, {day.year}",
            f"{day.day} {day:%B} {day.year}",
            f"{day.day} {day:%b}. {day.year}",
        ]
        forms += [day.isoformat(), f"{day.day}.{day.month}.{day.year}", f"{day:%A}, {day:%B} {day.day}, {day.year}"]
        forms = [form.replace("May.", "May") for form in forms]
        for form in forms:
            found = parse_date(form)
            assert found is not None and found.attributes == {"when": day.isoformat()}, form
        day += datetime.timedelta(days=1)


@pytest.mark.parametrize("words", ["undated", "", "  ", "5", "about noon", "November 16, 1945 in Moscow", "Top Secret"])
def test_what_is_no_date_is_none(words: str) -> None:
    assert parse_date(words) is None


def test_a_long_text_takes_no_time() -> None:
    text = "16 and " * 4000 + "November 1 to " * 4000 + "1:" * 8000 + " 5 May 1945"
    assert dates(text, years=True)


@pytest.mark.parametrize("module", ["dates", "times", "edtf", "calendars", "calendar_forms"])
def test_examples_in_docstrings(module: str) -> None:
    assert doctest.testmod(import_module(f"tei_edition.encoding.{module}")).failed == 0
