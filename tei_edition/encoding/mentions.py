"""Takes a block as it reads and gives the spans of the names in it, those of the register and those of strangers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.names import KINDS, Entry, Match
from tei_edition.encoding.reading import Reading
from tei_edition.encoding.spelling import Span
from tei_edition.finding import Severity
from tei_edition.transcript import Block

TITLES = (
    "Generalissimo|Generalissimus|Marshal|President|Premier|Chairman|Ambassador|Minister|General|Colonel|Major|Captain|"
    "Admiral|Interpreter|Comrade|Comrades|Professor|Secretary|Mister|Foreign Minister|Prime Minister|Madame|Sir|Lord"
)
_SHORT = "Cde. cde. Cdes. cdes. Comr. comr. Com. com. Tov. tov. Mr. Mrs. Ms. Messrs. Dr. Gen. Amb. Col. Prof. Sec. Lt."
SHORT_TITLES = "|".join(map(re.escape, _SHORT.split()))
EVERY_TITLE = (*TITLES.split("|"), *_SHORT.split())


def at_word_start(words: Sequence[str]) -> str:
    """Return a pattern of words at the start of one, which begins with their first letters and is soon searched for."""
    letters = {word[0]: [re.escape(other[1:]) for other in words if other[0] == word[0]] for word in words}
    return "|".join(rf"{letter}(?<!\w{letter})(?:{'|'.join(rests)})" for letter, rests in letters.items())


_TITLE = re.compile(rf"(?:(?<!\w)(?:{TITLES}|{SHORT_TITLES})\s+)+$")
_ONE_TITLE = re.compile(rf"(?P<short>{SHORT_TITLES})|(?:{TITLES})\b")
_WORD = (
    rf"(?!(?:{TITLES}|Staff|Headquarters|Assembly|Office|Committee|Council|Mr|Mrs|Dr|Gen)\b)(?!\w+ese\b)"
    r"[^\W\d_a-z][\w-]*[^\W\d_]"
)
_STRANGER = re.compile(
    rf"(?:{at_word_start(EVERY_TITLE)})\s+(?:(?:{TITLES}|{SHORT_TITLES})\s+)*"
    rf"(?P<name>{_WORD}(?:\s(?:{_WORD}|[A-Z]\.)){{0,2}})"
)
_WORDS = re.compile(r"\w+")
_OF_TITLES = frozenset(_WORDS.findall(f"{TITLES}|{_SHORT}"))
"""The words of titles: one must be in a text for a title to be looked for in it."""


def mentions(block: Block, desk: Desk, reading: Reading, forest: list[Span]) -> list[Span]:
    """Return spans for the names in a block, with ``@ref`` where the register knows one bearer."""
    found: list[Span] = []
    words = _WORDS.findall(reading.text) if forest else block.words
    titled = not _OF_TITLES.isdisjoint(words)
    if not titled and not desk.register.entries:
        return found
    covered = [False] * (len(reading.text) + 1)
    for match in desk.register.find(reading.text):
        before = _TITLE.search(reading.text[: match.start])
        is_person = match.entries[0].kind == "person"
        begin = before.start() if before and is_person else match.start
        meant = _meant(reading.text[begin : match.end], match.text, desk)
        if meant == ():
            covered[begin : match.end] = [True] * (match.end - begin)
            continue
        match = replace(match, entries=meant) if meant else match
        covered[begin : match.end] = [True] * (match.end - begin)
        start, end = reading.source_span(begin, match.end, forest)
        found.extend(_name(block, desk, match, start, end))
        if begin < match.start:
            found.extend(_titles(reading, begin, match.start, forest))
    for item in _STRANGER.finditer(reading.text) if titled else ():
        if any(covered[item.start() : item.end()]):
            continue
        start, end = reading.source_span(item.start(), item.end(), forest)
        meant = _meant(item[0], item["name"], desk)
        if meant is not None:
            if meant:
                found.extend(_name(block, desk, Match(item.start(), item.end(), item["name"], meant), start, end))
                found.extend(_titles(reading, item.start(), item.start("name"), forest))
            continue
        decision = desk.decision(block, start, end)
        if decision is not None and (decision.kind != "name" or decision.who):
            continue
        found.append(Span(start, end, "persName"))
        found.extend(_titles(reading, item.start(), item.start("name"), forest))
        desk.asked(
            "name-unknown", Severity.WARNING, block, (start, end), ("name", "text"),
            f"“{item['name']}” is not in the register.", "Add the person, or another form of a known name.",
        )  # fmt: skip
    return found


def _meant(whole: str, name: str, desk: Desk) -> tuple[Entry, ...] | None:
    """Return who is meant by a name, with or without its title, as the editor decided; nobody if it is no name."""
    for text in (whole, name):
        key = desk.decisions.names.get(" ".join(text.split()))
        if key == "":
            return ()
        if key and (entry := desk.register.entries.get(desk.register.current(key))):
            return (entry,)
    return None


def _titles(reading: Reading, begin: int, end: int, forest: list[Span]) -> list[Span]:
    found: list[Span] = []
    for item in _ONE_TITLE.finditer(reading.text, begin, end):
        start, stop = reading.source_span(item.start(), item.end(), forest)
        found.append(Span(start, stop, "roleName"))
        if item["short"]:
            found.append(Span(start, stop, "abbr"))
    return found


def _name(block: Block, desk: Desk, match: Match, start: int, end: int) -> list[Span]:
    entry = bearer(match.entries, desk)
    tag = KINDS[match.entries[0].kind]
    if entry is None:
        decision = desk.decision(block, start, end)
        if decision is not None and (decision.kind != "name" or decision.who):
            return []
        names = ", ".join(candidate.main for candidate in match.entries)
        desk.asked(
            "name-ambiguous", Severity.WARNING, block, (start, end), ("name", "text"),
            f"“{block.text[start:end]}” may be any of: {names}.", "Decide, or write the full name once before it.",
        )  # fmt: skip
        return [Span(start, end, tag)]
    if entry.kind == "person":
        desk.meet(entry.id)
    else:
        desk.seen[entry.kind].add(entry.id)
    form = entry.form(match.text)
    if form and form.since and desk.day and form.since > desk.day:
        desk.say(
            "name-anachronistic", Severity.WARNING, block, start,
            f"“{match.text}” is a name used from {form.since} on; this text is of {desk.day}.",
        )  # fmt: skip
    return [Span(start, end, tag, {"ref": f"#{entry.id}"})]


def bearer(entries: tuple[Entry, ...], desk: Desk) -> Entry | None:
    """Return the one who bears a name: the only one, or the only one of them met in this document before."""
    for candidates in (
        entries,
        [entry for entry in entries if desk.people.get(entry.id) == "participant"],
        [entry for entry in entries if entry.id in desk.people],
    ):
        if len(candidates) == 1:
            return candidates[0]
    return None
