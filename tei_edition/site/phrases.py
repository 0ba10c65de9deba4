"""Takes a phrase of the pages in English and gives it in the language of the interface: one table for all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tei_edition.files import resource

_ENGLISH = {
    "day-sign": "", "head": "heading", "opener": "opening", "closer": "close", "salute": "salutation",
    "signed": "signature", "stage": "stage direction",
}  # fmt: skip
"""What is not said as it is written in the pages' sources."""

_HERE = re.compile(
    r"(?P<open><dt>|<summary>|<h2 id=\"(?:notes|textual-notes|signs|about)\">|aria-label=\")(?P<words>[^<\"]+)"
)
"""Where a view speaks for the edition and not for the document."""


@cache
def phrases(language: str) -> Mapping[str, str]:
    """Return all phrases in a language by the English ones; none for English, which says what it says."""
    if language != "de":
        return _ENGLISH
    rows = resource("xslt/site/phrases.de.txt").read_text(encoding="utf-8").splitlines()
    return {english: own for english, sign, own in (row.partition(" = ") for row in rows) if sign}


def phrase(words: str, language: str) -> str:
    """Return a phrase in a language; as it is when the table does not have it.

    >>> phrase("Chronology", "de"), phrase("Chronology", "en")
    ('Chronologie', 'Chronology')
    """
    return phrases(language).get(words, words)


def translated(page: str, language: str) -> str:
    """Return a view of a document with the edition's own labels in a language; the document's words stay."""
    if language == "en":
        return page
    return _HERE.sub(lambda match: match["open"] + phrase(match["words"], language), page)
