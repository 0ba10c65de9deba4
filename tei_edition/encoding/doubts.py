"""Takes the text of a block and reports what an editor may want to look at; nothing in it is changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.names import Register
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?!that\b|had\b)(\w{2,}) \1\b", re.IGNORECASE), "a word stands twice"),
    (re.compile(r"\bthat (?:on|of|into|from) (?=\w+ed\b|the\b)"), "a conjunction stands before a preposition"),
    (re.compile(r"\bthriv(?:e|es|ed|ing) (?=to \w+)"), "“strive” takes an infinitive, “thrive” does not"),
    (re.compile(r"\b(?:a|an|the) (?:a|an|the)\b", re.IGNORECASE), "two articles follow each other"),
    (re.compile(r"\b[A-Z]{2}[a-z]{3,}\b"), "the second letter is a capital"),
    (
        re.compile(r"\band (?=(?:alliance|agreement|army|end|answer|attack|American)\s(?:with|of|on|to)\b)"),
        "“an” may be meant",
    ),
)
"""Patterns that are hardly ever what the author wrote, with the reason; an editor decides."""

_REPORTED = re.compile(
    r"\b(?:said|replied|stated|declared|noted|added|remarked|explained|answered|asked) (?:that|whether|he|she|they)\b"
)
_FIRST_PERSON = re.compile(r"(?<=[.!?] )[^.!?“\"]*\b(?:I|we|We|our|Our|us|my|My)\b")
_HOLE = re.compile(r"\b(?:in|at|to|of|by|from|with|for) ,|\w ,(?= \w)|\bthe ,")
_LISTED = re.compile(r"(?<!\w)1\) .+?[;,.] (?:and )?2\) .+")


def doubts(block: Block, desk: Desk, *, told_by_self: bool = False) -> None:
    """Report slips, holes of the web capture, a change of person in reported speech, run-in lists.

    Where the document is told in the first person, or gives its speeches in turns, “I” and “we” are no change.
    """
    text = block.text
    for pattern, why in _SLIPS:
        for found in pattern.finditer(text):
            desk.say(
                "sic-candidate", Severity.WARNING, block, found.start(),
                f"“{_around(text, found)}” may be a slip: {why}. It is left as it stands.",
                'Decide as = "sic" or "corr" in decisions.toml.',
            )  # fmt: skip
    hole = _HOLE.search(text)
    if hole:
        desk.say(
            "capture-hole", Severity.WARNING, block, hole.start(),
            f"A word seems to have been lost at “{_around(text, hole)}” when the page was saved.",
        )  # fmt: skip
    listed = _LISTED.search(text)
    if listed and not desk.profile.inline_lists:
        desk.say(
            "list-inline", Severity.INFO, block, listed.start(), "An enumeration within the sentence is left as text."
        )
    shift = _FIRST_PERSON.search(text) if not told_by_self and _REPORTED.search(text) else None
    if shift:
        desk.say(
            "speech-shift", Severity.WARNING, block, shift.start(),
            f"“{text[shift.start() : shift.start() + 50]}…” changes from reported to direct speech without a mark.",
            "Set quotation marks in the transcript if these are the speaker's words.",
        )  # fmt: skip


_NARRATOR = re.compile(
    r"\bI (?:\w+ly )?(?:was|noted|replied|declared|asked|said|told|had|met|went|visited|received)\b|\basked me\b"
)


def told_in_first_person(blocks: Iterable[Block]) -> bool:
    """Say whether the writer of a document reports what he or she did and said."""
    return any(_NARRATOR.search(re.sub(r"[“\"][^”\"]*[”\"]", "", block.text)) for block in blocks)


def misspellings(blocks: Iterable[Block], desk: Desk) -> None:
    """Report words that occur once and differ by one slip from a word or a name that is known.

    A slip is a letter left out, put in, changed, or two neighbours exchanged, past the first letter.
    """
    places: dict[str, tuple[Block, int]] = {}
    count: Counter[str] = Counter()
    for block in blocks:
        for found in re.finditer(r"[^\W\d_]{5,}", block.text):
            count[found[0]] += 1
            places.setdefault(found[0], (block, found.start()))
    registered = _register_words(desk.register)
    known = {word: f"“{word}”" for word in count} | registered
    index: dict[str, set[str]] = {}
    for word in known:
        for key in _deletions(word.casefold()):
            index.setdefault(key, set()).add(word)
    for word, (block, offset) in places.items():
        if count[word] > 1 or word in registered:
            continue
        near = sorted(
            other for key in _deletions(word.casefold()) for other in index.get(key, ())
            if other != word and _is_slip(word, other, block.text[offset + len(word) :], desk)
        )  # fmt: skip
        if near:
            desk.say(
                "sic-candidate", Severity.WARNING, block, offset,
                f"“{word}” may be a slip for “{near[0]}”. It is left as it stands.",
                'Decide as = "sic" or "corr" in decisions.toml.',
            )  # fmt: skip


def _register_words(register: Register) -> dict[str, str]:
    return {
        word: entry.main
        for entry in register.entries.values()
        for form in entry.forms
        for word in re.findall(r"[^\W\d_]{5,}", form.text)
    }


def _deletions(word: str) -> set[str]:
    return {word} | {word[:at] + word[at + 1 :] for at in range(1, len(word))}


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
    return bool(following) and any(
        re.search(rf"\b{re.escape(word)} {re.escape(following[1])}", form.text, re.IGNORECASE)  # type: ignore[index]
        for entry in register.entries.values()
        for form in entry.forms
    )


def _around(text: str, found: re.Match[str]) -> str:
    start = text.rfind(" ", 0, max(found.start() - 8, 0)) + 1
    end = text.find(" ", min(found.end() + 8, len(text)))
    return text[start : end if end > 0 else len(text)].strip()
