"""Takes a title, or what was found in setting a document, and gives its genre, the value of ``div/@type``."""

from __future__ import annotations

import re

from tei_edition.transcript import Transcript

GENRES = (
    ("collection", r"collection"),
    ("minutes", r"minutes|record of (?:a |the )?(?:meeting|conversation)|memorand(?:um|a) of (?:\w+ )?conversation|"
                r"notes? (?:of|on) (?:a |the )?(?:meeting|conversation|talks?)|transcript|"
                r"meeting (?:between|of|with)|discussions?|conversation|working notes|stenogra"),
    ("telegram", r"telegram|cable|ciphered|airgram"),
    ("letter", r"letter|message"),
    ("note", r"\bnotes?\b|aide-m[ée]moire"),
    ("report", r"report|memorandum|information"),
    ("resolution", r"resolution|decree|directive|decision"),
    ("treaty", r"treaty|agreement|pact|declaration|protocol|convention"),
    ("diary", r"diary|journal"),
)  # fmt: skip
"""Values of ``div/@type``, and the words of a title or a catalogue type that call for each."""

_PATTERNS = tuple((genre, re.compile(words)) for genre, words in GENRES)


def genre_of(words: str) -> str:
    """Return the genre that a title or a heading names first, or nothing.

    >>> genre_of("Telegram From the Embassy on a Conversation"), genre_of("Mr. Harper to Mr. Lane")
    ('telegram', '')
    """
    said = words.lower()
    found = [(match.start(), genre) for genre, pattern in _PATTERNS if (match := pattern.search(said))]
    return min(found, key=lambda item: item[0])[1] if found else ""


def genre_named(transcript: Transcript, title: str) -> str:
    """Return the genre that the page names: in its catalogue type, else in its title; ``document`` where in neither."""
    if transcript.genre == "collection":
        return "collection"
    types = (genre_of(said) for said in transcript.values("type"))
    return next(filter(None, types), "") or genre_of(title) or "document"


def genre_found(
    heading: str, *, labelled: bool, letter: bool, routed: bool, kinds: frozenset[str]
) -> tuple[str, str] | None:  # fmt: skip
    """Return the genre that a document speaks for itself, with the ground in words; None where nothing does.

    Its heading comes first; then articles, days, speakers, lines that say from whom to whom, a salutation.
    """
    if heading and (genre := genre_of(heading)):
        return genre, f"the heading “{heading}”"
    grounds = (
        ("article" in kinds, "treaty", "its numbered articles"),
        ("entry" in kinds, "diary", "its days, one after the other"),
        (labelled, "minutes", "its speakers"),
        (routed, "telegram", "the lines that say from whom to whom"),
        (letter, "letter", "its salutation, or who writes to whom"),
    )
    return next(((genre, ground) for there, genre, ground in grounds if there), None)
