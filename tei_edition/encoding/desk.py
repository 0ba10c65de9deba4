"""Holds what is known of a document while it is encoded: its profile, its names, its decisions, who is answerable."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from tei_edition.encoding.dating import Dating
from tei_edition.encoding.decisions import ALTERNATIVES, Decision, Decisions
from tei_edition.encoding.foreign_words import share_english
from tei_edition.encoding.languages import TAGS, languages
from tei_edition.encoding.names import Entry, Register
from tei_edition.encoding.profiles import Profile
from tei_edition.finding import Choice, Finding, Report, Severity
from tei_edition.transcript import Block, Transcript

T = TypeVar("T")


@dataclass(kw_only=True)
class Desk:
    """One document on the editor's desk."""

    transcript: Transcript
    profile: Profile
    register: Register
    decisions: Decisions
    resp: str
    """Pointer to whoever set the brackets, such as ``#translator``."""
    report: Report
    day: str = ""
    """Date of the document, or of the record in a list, as YYYY-MM-DD or the part of it that is known."""
    dating: Dating | None = None
    """What the day was inferred from, where no field of the page gives it."""
    hands: list[tuple[str, str]] = field(default_factory=list)
    """Id and description of each hand that notes are written in."""
    people: dict[str, str] = field(default_factory=dict)
    """Ids of the persons met, in order, with their part: ``participant``, ``mentioned``."""
    strangers: dict[str, str] = field(default_factory=dict)
    """Ids made for persons whom the register does not know, with the name as it stands."""
    seen: dict[str, set[str]] = field(default_factory=lambda: {"place": set(), "org": set()})
    """Ids of the places and organisations met."""
    reserved: frozenset[str] = frozenset()
    """Ids that the header gives to those who answer for the document."""
    open_questions: int = 0
    _kept: dict[Callable[[Transcript], Any], Any] = field(default_factory=dict, repr=False)

    def reserves(self, identity: str) -> bool:
        """Say whether an id may belong to something else of the document, so that no person can have it."""
        return identity in self.reserved or bool(re.match(r"(?:hand|fn|note)-?\d|doubt-|archive-", identity))

    @cached_property
    def original(self) -> str:
        """The tag of the language of the original, where the page says that this is a translation, else nothing."""
        return TAGS.get(languages(self.transcript, language="en", translator=False).original, "")

    @cached_property
    def in_english(self) -> bool:
        """Whether the text is in English, as the words of its beginning tell."""
        words = (word for block in self.transcript.blocks for word in re.findall(r"\b[a-z]{2,}\b", block.text))
        return share_english(" ".join(islice(words, 60))) >= 0.5

    def kept(self, find: Callable[[Transcript], T]) -> T:
        """Return what a function finds in the transcript, which it is asked once."""
        if find not in self._kept:
            self._kept[find] = find(self.transcript)
        found: T = self._kept[find]
        return found

    @property
    def file(self) -> Path:
        """The source file, which findings name."""
        return self.transcript.path

    def say(
        self, rule: str, severity: Severity, block: Block, offset: int, message: str, hint: str | None = None,
        choice: Choice | None = None,
    ) -> None:  # fmt: skip
        """Report a finding at a character of a block; one that asks for a look names the words that stand there."""
        line, column = block.place(offset)
        if choice is None and severity is not Severity.INFO:
            choice = Choice(text=_words_at(block.text, offset), encoded="", certainty="low", alternatives=())
        self.say_at(rule, severity, line, column, message, hint, choice)

    def chosen(
        self, rule: str, severity: Severity, block: Block, place: tuple[int, int], kind: str, message: str,
        hint: str | None = None,
    ) -> None:  # fmt: skip
        """Report what a stretch of a block was encoded as, with what a decision may say instead."""
        others = ALTERNATIVES.get(kind, ("text",))
        sure = "medium" if severity is Severity.INFO else "low"
        quoted = [f'"{other}"' for other in others]
        instead = f"Or decide as = {', '.join(quoted[:-1])}{' or ' if quoted[:-1] else ''}{quoted[-1]}."
        choice = Choice(text=block.text[slice(*place)], encoded=kind, certainty=sure, alternatives=others)
        self.say(rule, severity, block, place[0], message, f"{hint} {instead}" if hint else instead, choice)

    def say_at(
        self, rule: str, severity: Severity, line: int, column: int, message: str, hint: str | None = None,
        choice: Choice | None = None,
    ) -> None:  # fmt: skip
        """Report a finding at a line and column of the source."""
        finding = Finding(
            rule=rule, severity=severity, message=message, file=self.file, line=line, column=column, hint=hint,
            choice=choice,
        )  # fmt: skip
        if self.decisions.keeps(finding):
            return
        if severity is not Severity.INFO:
            self.open_questions += 1
        self.report(finding)

    def asked(
        self, rule: str, severity: Severity, block: Block, place: tuple[int, int], choice: tuple[str, ...],
        message: str, hint: str | None = None,
    ) -> None:  # fmt: skip
        """Report a doubt about words without brackets, unless a decision on these very words answers it.

        ``choice`` is what they were encoded as, and what a decision may say instead.
        """
        text = block.text[slice(*place)]
        if self.decision(block, *place) is None:
            encoded, *others = choice
            said = Choice(text=text, encoded=encoded, certainty="low", alternatives=tuple(others))
            self.say(rule, severity, block, place[0], message, hint, said)

    def decision(self, block: Block, start: int, end: int) -> Decision | None:
        """Return the editor's decision on these characters of a block, if there is one."""
        if not self.decisions.places:
            return None
        line, column = block.place(start)
        return self.decisions.at(line, column, block.text[start:end])

    def meant(self, decision: Decision) -> Entry | None:
        """Return who or what the editor says is meant; an id that the register does not have is reported."""
        entry = self.register.entries.get(decision.who)
        if decision.who and entry is None:
            self.say_at(
                "decision-unknown-id", Severity.ERROR, decision.line, decision.column,
                f"The decision on “{decision.text}” names “{decision.who}”, which is not in the register.",
                "Add the entry to the register, or correct the id.",
            )  # fmt: skip
        return entry

    def meet(self, identity: str, part: str = "mentioned") -> None:
        """Note that a person occurs; a participant stays one."""
        if self.people.get(identity) != "participant":
            self.people[identity] = part


def _words_at(text: str, offset: int) -> str:
    """Return some words that begin at a place, within its line: enough to know it again."""
    line = text[offset : offset + 60].splitlines() or [""]
    return line[0] if len(line[0]) < 40 else line[0][:40].rsplit(" ", 1)[0]
