"""Takes TEI files and a question and gives the places that answer it, each with its words before and after."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tei_edition.edition import Edition
from tei_edition.finding import Report
from tei_edition.search.index import Index, Source
from tei_edition.search.particulars import FACETS
from tei_edition.search.query import matches, query, within
from tei_edition.search.words import fold, words


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A place that answers a question."""

    document: str
    """The id of the document."""
    title: str
    date: str
    file: Path
    line: int | None
    """Of the passage in the TEI file."""
    anchor: str
    """The id of the passage; the page of the document has it as ``#t-ID``."""
    left: str
    word: str
    right: str
    speaker: tuple[str, ...] = ()
    source: bool = False
    """Whether the words are those of the source in places where the reading text has others."""

    @property
    def place(self) -> str:
        """Document and passage, as an address gives them."""
        return f"{self.document}#{self.anchor}" if self.anchor else self.document


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which documents are searched, and whose words."""

    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Facet → values that are looked for, as keys or parts of names; one of them is enough."""
    first: str = ""
    last: str = ""
    """Days, months or years between which the document is dated."""


def search(
    terms: Sequence[str],
    sources: Sequence[Source],
    *,
    choice: Choice | None = None,
    near: int | None = None,
    edition: Edition | None = None,
    report: Report,
    each: Callable[[Sequence[Source]], Iterable[Source]] = iter,
) -> list[Hit]:
    """Return the places where all terms stand in one passage, by date, then in the order of the text.

    A term is a phrase; a star at its end stands for any ending; ``near`` is how many words may be between the terms.
    Raises ValueError for a term without words, and for a facet value that no document has.
    """
    from tei_edition.site.permalinks import FILE as PERMALINKS

    asked = query(terms, near)
    root = edition.folder if edition else Path.cwd()
    named = str(edition.folder) if edition else "\n".join(sorted(str(source.file) for source in sources))
    index = Index(named, root / PERMALINKS, edition.register if edition else ())
    try:
        index.update(sources, report, each)
        documents, speakers = _chosen(index, choice or Choice())
        hits: list[Hit] = []
        answered: set[tuple[int, str]] = set()
        rows = index.rows(
            "SELECT document, anchor, text, source, line, spoken FROM passage JOIN words ON words.rowid = number "
            "WHERE words MATCH ? ORDER BY number",
            (asked.expression,),
        )
        for number, anchor, text, source, line, spoken in rows:
            if number not in documents or (source and (number, anchor) in answered):
                continue
            found = _in_passage(asked, text, json.loads(spoken) if spoken else [], speakers)
            for left, word, right, who in found:
                answered.add((number, anchor))
                hits.append(
                    Hit(**documents[number], line=line, anchor=anchor, left=left, word=word, right=right,
                        speaker=who, source=bool(source))
                )  # fmt: skip
        order = {document["document"]: at for at, document in enumerate(documents.values())}
        return sorted(hits, key=lambda hit: order[hit.document])
    finally:
        index.close()


def _in_passage(
    asked: Any, text: str, spoken: list[tuple[int, int, list[str]]], speakers: frozenset[str] | None
) -> Iterable[tuple[str, str, str, tuple[str, ...]]]:
    """Yield the places of a passage: the words before, those that were found, those after, and who speaks."""
    row = words(text)
    spans = [(start, end) for start, end, who in spoken if speakers is None or speakers & set(who)]
    for place in matches(asked, row):
        if speakers is not None and not within(place, row, spans):
            continue
        start, end = row[place[0]].start, row[place[1]].end
        who = next((tuple(by) for a, b, by in reversed(spoken) if a <= start and end <= b), ())
        yield text[:start], text[start:end], text[end:], who


def _chosen(index: Index, choice: Choice) -> tuple[dict[int, dict[str, Any]], frozenset[str] | None]:
    """Return the documents that are searched, in the order of their dates, and the keys of the speakers asked for."""
    wanted = {facet: frozenset(_keys(index, facet, values)) for facet, values in choice.facets.items() if values}
    has: dict[int, set[tuple[str, str]]] = {}
    for number, facet, key in index.rows("SELECT document, facet, key FROM facet"):
        has.setdefault(number, set()).add((facet, key))
    documents = {}
    rows = index.rows("SELECT number, id, title, date, file, first, last FROM document ORDER BY first = '', first, id")
    for number, key, title, date, file, first, last in rows:
        own = has.get(number, set())
        dated = _bounds(first, last)
        if choice.first and (not first or dated[1] < _bounds(choice.first, "")[0]):
            continue
        if choice.last and (not first or dated[0] > _bounds(choice.last, "")[1]):
            continue
        if all(any((facet, key) in own for key in keys) for facet, keys in wanted.items()):
            documents[number] = {"document": key, "title": title, "date": date, "file": Path(file)}
    return documents, wanted.get("speaker")


def _bounds(first: str, last: str) -> tuple[str, str]:
    """Return the first and the last day of dates that may be months or years."""
    last = last or first
    return first + "-01-01"[len(first) - 4 :] if first else "", last + "-12-31"[len(last) - 4 :] if last else ""


def _keys(index: Index, facet: str, values: Sequence[str]) -> Iterable[str]:
    """Yield the keys that are meant: those that are so called, otherwise those whose names have all the words."""
    known = dict(index.rows("SELECT DISTINCT key, name FROM facet WHERE facet = ? ORDER BY key", (facet,)))
    for value in values:
        if value in known or fold(value) in known:
            yield value if value in known else fold(value)
            continue
        asked = {word.key for word in words(value)}
        found = [key for key, called in known.items() if asked and asked <= {word.key for word in words(called)}]
        if not found:
            some = ", ".join(sorted(known)[:8])
            raise ValueError(f"No document has the {facet} “{value}”{f'; there are {some}' if some else ''}.")
        yield from found


__all__ = ["FACETS", "Choice", "Hit", "Source", "search"]
