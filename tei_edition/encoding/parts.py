"""Takes the blocks of a document and says where its parts begin: articles, numbered sections, agenda items, days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tei_edition.encoding.attendance_rows import follows_at_once
from tei_edition.encoding.dates import dates
from tei_edition.encoding.letter_parts import is_dateline
from tei_edition.transcript import Block


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of a document begins."""

    kind: str
    """Value of ``div/@type``: article, chapter, section, part, agendaItem, entry."""
    number: str
    """As written, without its signs: ``12``, ``IV``; nothing where it has none."""
    level: int
    head: bool
    """Whether the block is nothing but the heading; else it is the first paragraph too."""


_NAMED = re.compile(
    r"(?P<kind>(?i:article|chapter|section|part)|Art\.|ART\.|§)\s{0,2}(?P<number>\d{1,3}|[IVXLC]{1,7}|(?i:one|first))\b"
    r"(?P<sign>[.:]?)(?P<rest>.*)",
    re.DOTALL,
)
_COUNTED = re.compile(
    r"(?:(?i:item|question|point)\s)?(?P<number>\d{1,2}|[IVX]{1,5}|[A-Z])(?P<sign>[.)]|:)\s+(?P<rest>[^\W\d_a-z][^\n]*)"
)
_KINDS = {
    "article": "article",
    "art.": "article",
    "§": "article",
    "chapter": "chapter",
    "section": "section",
    "part": "part",
}
_DEPTH = {"part": 1, "chapter": 2, "section": 3, "article": 4}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_SENTENCE = re.compile(r"[a-z]{3}[.;]\s|[.;,!?:]$")


def value_of(number: str) -> int:
    """Return what a number or a letter counts, 0 for what is none.

    >>> value_of("12"), value_of("XIV"), value_of("B"), value_of("one")
    (12, 14, 2, 1)
    """
    if number.isdigit():
        return int(number)
    if number.lower() in ("one", "first"):
        return 1
    if not set(number) <= set(_ROMAN):
        return ord(number) - 64 if len(number) == 1 and number.isupper() else 0
    worth = [_ROMAN[sign] for sign in number]
    return sum(-one if one < two else one for one, two in zip(worth, [*worth[1:], 0], strict=True))


def parts(
    blocks: Sequence[Block], texts: Sequence[str], first: int, end: int, *, diary: bool, agenda: bool
) -> dict[int, Part]:  # fmt: skip
    """Return the parts by the index of their first block; ``texts`` are the words of the blocks.

    Headings that the source marks are believed. Else a heading has a number, and the numbers run on without a hole:
    at least two, each with text under it. The days of a diary are datelines that go on from one to the next.
    """
    told = {
        index: Part("section", "", blocks[index].level or 1, head=True)
        for index in range(first, end)
        if blocks[index].kind == "heading"
    }
    if told:
        return told
    if diary and (days := _entries(texts, first, end)):
        return days
    found: dict[int, Part] = {}
    named = list(_named(texts, first, end))
    for kind in ("article", "chapter", "section", "part") if named else ():
        found |= _run([item for item in named if item[1].kind == kind])
    if found:
        return dict(sorted(found.items())) if any(part.kind == "article" for part in found.values()) else {}
    counted = list(_counted(blocks, texts, first, end))
    kind = "agendaItem" if agenda else "section"
    for form in ("roman", "letter", "digit"):
        run = _run([(index, replace(part, kind=kind)) for index, part, of in counted if of == form], form)
        if run and _have_text(run, end):
            return run
    return {}


def _named(texts: Sequence[str], first: int, end: int) -> Iterator[tuple[int, Part]]:
    for index in range(first, end):
        found = _NAMED.match(texts[index])
        if found is None or not value_of(found["number"].upper() if len(found["number"]) > 1 else found["number"]):
            continue
        rest = found["rest"].strip(" \n\t.:–—-")
        title = len(rest.split()) <= 12 and not _SENTENCE.search(found["rest"].strip())
        if not title and not (found["sign"] or re.match(r"\s*[–—-]|\n", found["rest"])):
            continue
        if title and rest and not rest[0].isupper():
            continue
        kind = _KINDS[found["kind"].lower()]
        yield index, Part(kind, found["number"], _DEPTH[kind], head=title)


def _counted(blocks: Sequence[Block], texts: Sequence[str], first: int, end: int) -> Iterator[tuple[int, Part, str]]:
    for index in range(first, end):
        found = _COUNTED.fullmatch(texts[index])
        if found is None or len(found["rest"].split()) > 10 or _SENTENCE.search(found["rest"]):
            continue
        if index + 1 < end and follows_at_once(blocks[index + 1]) and follows_at_once(blocks[index]):
            continue
        number = found["number"]
        forms = ["digit"] if number.isdigit() else [*(["roman"] if set(number) <= set("IVX") else []), "letter"]
        for form in forms:
            yield index, Part("section", number, 1, head=True), form


def _run(found: Sequence[tuple[int, Part]], form: str = "") -> dict[int, Part]:
    """Keep the parts whose numbers go on by one; a series may begin anew, and with a ``form`` has to begin with one."""
    kept: list[tuple[int, Part]] = []
    last = 0
    series: list[tuple[int, Part]] = []
    for index, part in found:
        number = ord(part.number) - 64 if form == "letter" else value_of(part.number)
        if series and number == last + 1:
            series.append((index, part))
        else:
            kept += series if len(series) > 1 else []
            series = [(index, part)] if number == 1 or not form else []
        last = number
    kept += series if len(series) > 1 else []
    return dict(kept)


def _have_text(run: dict[int, Part], end: int) -> bool:
    """Say whether text stands under every heading."""
    starts = [*run, end]
    return all(after - start > 1 for start, after in pairwise(starts))


def _entries(texts: Sequence[str], first: int, end: int) -> dict[int, Part]:
    """Return the days of a diary: datelines in their order, with text under each."""
    found = [index for index in range(first, end) if is_dateline(texts[index], place=True)]
    found = [index for index, after in pairwise([*found, end]) if after - index > 1]
    days = [next((span.attributes.get("when", "") for span in dates(texts[index])), "") for index in found]
    whole = [day for day in days if len(day) == 10 and not day.startswith("-")]
    if len(found) < 2 or whole != sorted(whole):
        return {}
    return {
        index: Part("entry", day if day in whole else "", 1, head=True) for index, day in zip(found, days, strict=True)
    }
