"""Takes the text of a block and reports what an editor may want to look at; nothing in it is changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain, permutations
from operator import eq

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.foreign_words import is_english
from tei_edition.encoding.names import Register
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_SLIPS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("", re.compile(r"\b(?!that\b|had\b)(\w{2,}) \1\b", re.IGNORECASE), "a word stands twice"),
    (
        "that ",
        re.compile(r"that (?<!\wthat )(?:on|of|into|from) (?=\w+ed\b|the\b)"),
        "a conjunction stands before a preposition",
    ),
    (
        "thriv",
        re.compile(r"thriv(?<!\wthriv)(?:e|es|ed|ing) (?=to \w+)"),
        "“strive” takes an infinitive, “thrive” does not",
    ),
    ("", re.compile(r"\b(?:a|an|the) (?:a|an|the)\b", re.IGNORECASE), "two articles follow each other"),
    (" ", re.compile(r"[A-Z](?<!\w.)[A-Z][a-z]{3,}\b"), "the second letter is a capital"),
    (
        "and a",
        re.compile(r"and (?<!\wand )(?=(?:alliance|agreement|army|answer|attack)\s(?:with|of|on|to)\b)"),
        "“an” may be meant",
    ),
)
"""Patterns that are hardly ever what the author wrote, with the reason; an editor decides. The first word is what the
text must hold for a pattern to be tried; where there is none, two neighbours must be the same word, or articles."""
_ARTICLES = tuple(f" {one} {two} " for one, two in permutations(("a", "an", "the"), 2))

_SAID = "said replied stated declared noted added remarked explained answered asked".split()
_REPORTED = re.compile(rf"\b(?:{'|'.join(_SAID)}) (?:that|whether|he|she|they)\b")
_SPEECH = frozenset(_SAID)
_FIRST_PERSON = re.compile(r"(?<=[.!?] )[^.!?“\"]*\b(?:I|we|We|our|Our|us|my|My)\b")
_HOLE = re.compile(r"\b(?:in|at|to|of|by|from|with|for) ,|\w ,(?= \w)|\bthe ,")
_LISTED = re.compile(r"(?<!\w)1\) .+?[;,.] (?:and )?2\) .+")


def doubts(block: Block, desk: Desk, *, told_by_self: bool = False) -> None:
    """Report slips, holes of the web capture, a change of person in reported speech, run-in lists.

    Where the document is told in the first person, or gives its speeches in turns, “I” and “we” are no change.
    """
    text = block.text
    joined = f" {' '.join(block.words)} ".lower()
    words = joined.split()
    twice = any(map(eq, words, words[1:])) or any(map(joined.__contains__, _ARTICLES))
    for sign, pattern, why in _SLIPS:
        if not (twice if not sign else sign in text):
            continue
        for found in pattern.finditer(text):
            desk.asked(
                "sic-candidate", Severity.WARNING, block, (found.start(), found.start() + len(found[0].rstrip())),
                ("text", "sic", "corr"),
                f"“{_around(text, found)}” may be a slip: {why}. It is left as it stands.",
                'Decide as = "sic" or "corr" in decisions.toml.',
            )  # fmt: skip
    hole = _HOLE.search(text) if " ," in text else None
    if hole:
        desk.say(
            "capture-hole", Severity.WARNING, block, hole.start(),
            f"A word seems to have been lost at “{_around(text, hole)}” when the page was saved.",
        )  # fmt: skip
    listed = _LISTED.search(text) if "2) " in text else None
    if listed and not desk.profile.inline_lists:
        desk.say(
            "list-inline", Severity.INFO, block, listed.start(), "An enumeration within the sentence is left as text."
        )
    reported = not told_by_self and not _SPEECH.isdisjoint(block.words) and _REPORTED.search(text)
    shift = _FIRST_PERSON.search(text) if reported else None
    if shift:
        desk.say(
            "speech-shift", Severity.WARNING, block, shift.start(),
            f"“{text[shift.start() : shift.start() + 50]}…” changes from reported to direct speech without a mark.",
            "Set quotation marks in the transcript if these are the speaker's words.",
        )  # fmt: skip


_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_NARRATOR = re.compile(
    r"\bI (?:\w+ly )?(?:was|noted|replied|declared|asked|said|told|had|met|went|visited|received)\b|\basked me\b"
)


def told_in_first_person(blocks: Iterable[Block]) -> bool:
    """Say whether the writer of a document reports what he or she did and said."""
    return any(
        _NARRATOR.search(_QUOTED.sub("", block.text))
        for block in blocks
        if "I " in block.text or "asked me" in block.text
    )


def misspellings(blocks: Iterable[Block], desk: Desk) -> None:
    """Report words that occur once and differ by one slip from a word or a name that is known.

    A slip is a letter left out, put in, changed, or two neighbours exchanged, past the first letter. A word that is
    English, in small letters, is none.
    """
    blocks = list(blocks)
    count: dict[str, int] = {}
    for word, times in Counter(chain.from_iterable([block.words for block in blocks])).items():
        if len(word) > 4:
            for letters in (word,) if word.isalpha() else _LONG.findall(word):
                count[letters] = count.get(letters, 0) + times
    registered = desk.register.words
    once = [
        word
        for word, times in count.items()
        if times == 1 and word not in registered and (word[0].isupper() or not is_english(word))
    ]
    near_once = {(word[0], len(word) + more) for word in once for more in (-1, 0, 1)}
    alike: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for word in registered.union(count) if registered else count:
        if (shape := (word[0], len(word))) in near_once:
            alike.setdefault(shape, []).append((word, word.casefold()))
    for word in once:
        folded, first = word.casefold(), word[0]
        others = [
            other
            for size in (len(word) - 1, len(word), len(word) + 1)
            for other, small in alike.get((first, size), ())
            if other != word and _one_apart(folded, small)
        ]
        if not others:
            continue
        block, offset = next(
            (block, found.start())
            for block in blocks
            if word in block.text
            for found in _LONG.finditer(block.text)
            if found[0] == word
        )
        rest = block.text[offset + len(word) :]
        near = min((other for other in others if _is_slip(word, other, rest, desk)), default=None)
        if near is not None:
            desk.asked(
                "sic-candidate", Severity.WARNING, block, (offset, offset + len(word)), ("text", "sic", "corr"),
                f"“{word}” may be a slip for “{near}”. It is left as it stands.",
                'Decide as = "sic" or "corr" in decisions.toml.',
            )  # fmt: skip


_LONG = re.compile(r"[^\W\d_]{5,}")


def _one_apart(one: str, two: str) -> bool:
    """Say whether one letter more or other, or two neighbours exchanged, makes one word of another."""
    if one[1] != two[1] and one[-2:] != two[-2:]:
        return False  # one slip leaves the beginning or the end as it is
    at = 0
    for first, second in zip(one, two, strict=False):
        if first != second:
            break
        at += 1
    if len(one) != len(two):
        short, long = sorted((one, two), key=len)
        return short[at:] == long[at + 1 :]
    return one[at + 1 :] == two[at + 1 :] or (
        one[at : at + 2] == two[at : at + 2][::-1] and one[at + 2 :] == two[at + 2 :]
    )


def _is_slip(word: str, other: str, after: str, desk: Desk) -> bool:
    """Tell a slip from an inflection or a different word: capitals agree and the ends of the words do not differ."""
    one, two = word.casefold(), other.casefold()
    if one == two or one[0] != two[0] or word[0].isupper() != other[0].isupper() or abs(len(one) - len(two)) > 1:
        return False
    if one.rstrip("s") == two.rstrip("s") or (one[:-1] == two[:-1] and not word[0].isupper()):
        return False
    swapped = sorted(one) == sorted(two) and sum(a != b for a, b in zip(one, two, strict=True)) == 2
    dropped = len(one) != len(two) and len(one) >= 7 and not one.startswith(two) and not two.startswith(one)
    return swapped or dropped or (len(one) != len(two) and _goes_on(other, after, desk.register))


def _goes_on(word: str, after: str, register: Register) -> bool:
    """Say whether what follows is what follows that word in a name of the register."""
    following = re.match(r"[\s]+([^\W\d_][\w-]*)", after)
    if not following or not register.entries:
        return False
    both = re.compile(rf"\b{re.escape(word)} {re.escape(following[1])}", re.IGNORECASE)
    return any(both.search(form.text) for entry in register.entries.values() for form in entry.forms)


def _around(text: str, found: re.Match[str]) -> str:
    start = text.rfind(" ", 0, max(found.start() - 8, 0)) + 1
    end = text.find(" ", min(found.end() + 8, len(text)))
    return text[start : end if end > 0 else len(text)].strip()
