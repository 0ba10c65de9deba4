"""References to archives: the cases of ``cases/archives.md``, and what holds for any text."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest
from casefile import Case, cases
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition.encoding.archives import ms_identifier, shelfmarks
from tei_edition.encoding.repositories import REPOSITORIES
from tei_edition.tei import name

ORDER = ["settlement", "institution", "repository", "collection", "idno", "altIdentifier"]
FRAGMENTS = st.sampled_from(
    [
        *"RGASPI AVPRF: MOL f. op. d. ll. fond listy box folder and ; , 558 0145-0146 059a 4ob XIX-J-1-j".split(),
        "PRC FMA",
        "Hoover Institution Archives",
        "Victor Hoo Collection",
        "not given",
        "RG 59",
        "was found",
        "\n",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=14).map(" ".join))


def shown(node: etree._Element) -> str:
    """Return an element as one line for each of its children."""
    rows = []
    for child in node:
        inner = child[0] if len(child) else child
        kind = child.get("type")
        rows.append(f"{name(child)}{f' {kind}' if kind else ''}: {inner.text}")
    return "\n".join(rows)


@pytest.mark.parametrize("case", cases("archives"), ids=str)
def test_case(case: Case, update: bool) -> None:
    found = "\n\n".join(
        shown(ms_identifier(mark)) + ("" if mark.complete else "\n(not understood whole)")
        for mark in shelfmarks(case.blocks["input"])
    )
    if update:
        case.rewrite("expected", found)
    else:
        assert found == case.blocks["expected"]


@settings(deadline=None)
@given(TEXTS)
def test_any_text_gives_references_that_stand_in_it(text: str) -> None:
    reached = 0
    for mark in shelfmarks(text):
        assert reached <= mark.start and text[mark.start : mark.start + len(mark.text)] == mark.text
        reached = mark.start + len(mark.text)
        for words in (mark.repository, mark.collection, mark.rest):
            assert words in mark.text
        for kind, value in mark.parts:
            assert kind and value


@settings(deadline=None)
@given(TEXTS.filter(lambda text: text.isprintable()))
def test_children_stand_in_the_order_of_tei(text: str) -> None:
    for mark in shelfmarks(text):
        names = [name(child) for child in ms_identifier(mark)]
        assert names and names == sorted(names, key=ORDER.index)
        assert names.count("idno") <= 1


@settings(deadline=None)
@given(st.sampled_from(sorted(REPOSITORIES)), st.integers(1, 9999), st.integers(1, 99))
def test_known_archives_are_known_anywhere(house: str, fond: int, opis: int) -> None:
    (mark,) = shelfmarks(f"{house}, f. {fond}, op. {opis}")
    assert (mark.repository, mark.collection, mark.complete) == (house, f"f. {fond}", True)
    assert mark.parts == (("fond", str(fond)), ("opis", str(opis)))


@pytest.mark.parametrize("words", ["IVX ", "A-1/", "f. 5, ", "A and ", " ", ";", "per. 25 dok.", "1 "])
def test_a_long_text_takes_no_time(words: str) -> None:
    (mark, *_) = shelfmarks("RGASPI" + words * 5000 + ".") or [None]
    assert mark is None or not mark.complete or len(mark.text) < 400


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(import_module("tei_edition.encoding.archives")).failed == 0
