"""Takes blocks whose runs each name a language; gives them with marks where the language is another than the text's.

Word processors write a language to every run, most often that of their spelling checker: only what differs from the
language of most of the text is said of words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from tei_edition.readers.drafts import Draft, Said, said

_EAST = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]")
_SCRIPTS = ("zh", "sr", "uz", "az")
"""Languages whose country tells the script."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Tongue:
    """The languages that a run names: one for words of most scripts, one for those of East Asia."""

    own: str
    east: str = ""

    def values(self) -> tuple[tuple[str, str], ...]:
        """Return them as the values of a mark, until the words tell which of them it is."""
        return (("own", self.own), ("east", self.east))


def marked_languages(drafts: list[Draft], default: str = "") -> list[Draft]:
    """Return the blocks with ``lang`` marks on the words in another language than most, and no others."""
    counts: Counter[str] = Counter()
    for draft in drafts:
        for words, marks in draft.pieces:
            letters = sum(letter.isalpha() for letter in words)
            counts[_primary(_language(words, marks) or default)] += letters
    usual = max(sorted(counts), key=lambda tag: counts[tag], default="")
    return [replace(draft, pieces=[(words, _marks(words, marks, usual)) for words, marks in draft.pieces])
            for draft in drafts]  # fmt: skip


def _marks(words: str, marks: tuple[Said, ...], usual: str) -> tuple[Said, ...]:
    kept = tuple(mark for mark in marks if mark[0] != "lang")
    language = _language(words, marks)
    if not language or _primary(language) == usual or not any(letter.isalpha() for letter in words):
        return kept
    return (said("lang", lang=language), *kept)


def _language(words: str, marks: tuple[Said, ...]) -> str:
    """Return the language that a run names for its words, nothing where it names none."""
    for kind, values in reversed(marks):
        if kind == "lang":
            given = dict(values)
            tag = given.get("east") if _EAST.search(words) else given.get("own")
            if not tag or not _TAG.fullmatch(tag) or tag.lower() == "x-none":
                return ""
            return tag if _primary(tag) in _SCRIPTS else _primary(tag)  # the country is that of the spelling checker
    return ""


def _primary(tag: str) -> str:
    return tag.split("-")[0].lower()
