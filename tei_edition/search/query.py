"""Takes what somebody looks for and says where in a text it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tei_edition.search.words import Word, words


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another; with ``open`` the last one is only the beginning of a word."""

    keys: tuple[str, ...]
    open: bool = False

    def fits(self, text: Sequence[Word], at: int) -> bool:
        """Say whether the phrase stands in a text from one of its words on."""
        last = len(self.keys) - 1
        if at + last >= len(text):
            return False
        for step, key in enumerate(self.keys):
            word = text[at + step].key
            if not (word == key or (step == last and self.open and word.startswith(key))):
                return False
        return True


@dataclass(frozen=True, slots=True)
class Query:
    """Phrases that all stand in one passage; ``near``: so many words at most from the first of them to the last."""

    phrases: tuple[Phrase, ...]
    near: int | None = None

    @property
    def expression(self) -> str:
        """What SQLite's FTS5 is asked for: passages where it could be."""
        asked = [" + ".join(f'"{key}"' for key in one.keys) + " *" * one.open for one in self.phrases]
        if self.near is not None and len(asked) > 1:
            return f"NEAR({' '.join(asked)}, {self.near})"
        return " AND ".join(asked)


Match = tuple[int, int]
"""The first and the last word of a place, counted from 0."""


def query(terms: Sequence[str], near: int | None = None) -> Query:
    """Return what to look for: each term is a phrase, a star at its end stands for any ending.

    Raises ValueError for a term without words.

    >>> query(["two weeks", "Łód*"]).expression
    '"two" + "weeks" AND "lod" *'
    """
    phrases = []
    for term in terms:
        term = term.strip().strip('"“”„«»')
        keys = tuple(word.key for word in words(term))
        if not keys:
            raise ValueError(f"“{term}” has no words to look for.")
        phrases.append(Phrase(keys, term.rstrip().endswith("*")))
    return Query(tuple(phrases), near)


def matches(asked: Query, text: Sequence[Word]) -> list[Match]:
    """Return the places of a text where a query is answered, in order.

    Of several phrases each place counts; with ``near`` one place reaches from the first to the last of them.
    """
    found = [
        [(at, at + len(phrase.keys) - 1) for at, word in enumerate(text)
         if word.key.startswith(phrase.keys[0]) and phrase.fits(text, at)]
        for phrase in asked.phrases
    ]  # fmt: skip
    if not all(found):
        return []
    if asked.near is None or len(found) == 1:
        return _apart(sorted(place for places in found for place in places))
    return _apart(sorted(filter(None, (_together(place, found[1:], asked.near) for place in found[0]))))


def _apart(places: Sequence[Match]) -> list[Match]:
    """Return places without those that overlap the one before."""
    kept: list[Match] = []
    for place in places:
        if not kept or place[0] > kept[-1][1]:
            kept.append(place)
    return kept


def _together(place: Match, others: Sequence[Sequence[Match]], near: int) -> Match | None:
    """Return the place of a phrase together with the nearest of every other phrase; None when one is too far."""
    taken = [place]
    for places in others:
        at = bisect_left(places, place)
        best = min(
            (one for one in places[max(at - 2, 0) : at + 2] if one[0] > place[1] or one[1] < place[0]),
            key=lambda one: max(one[0] - place[1], place[0] - one[1]),
            default=None,
        )
        if best is None:
            return None
        taken.append(best)
    taken.sort()
    if taken[-1][0] - taken[0][1] - 1 > near:
        return None
    return taken[0][0], max(end for _, end in taken)


def within(place: Match, text: Sequence[Word], spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether a place lies in one of the spans of a text, which are in order."""
    start, end = text[place[0]].start, text[place[1]].end
    at = bisect_right([span[0] for span in spans], start)
    return any(span[0] <= start and end <= span[1] for span in spans[:at])
