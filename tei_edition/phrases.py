"""Takes a phrase that the toolkit says in English and gives it in the language of an edition: one table for all."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tei_edition.files import resource

_ENGLISH = {
    "day-sign": "", "head": "heading", "opener": "opening", "closer": "close", "salute": "salutation",
    "signed": "signature", "stage": "stage direction",
}  # fmt: skip
"""What is not said as it is written in the sources of the pages."""


@cache
def phrases(language: str) -> Mapping[str, str]:
    """Return all phrases in a language by the English ones; few for English, which says what it says."""
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
