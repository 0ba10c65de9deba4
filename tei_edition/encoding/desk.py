"""Holds what is known of a document while it is encoded: its profile, its names, its decisions, who is answerable."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from tei_edition.encoding.decisions import Decision, Decisions
from tei_edition.encoding.names import Register
from tei_edition.encoding.profiles import Profile
from tei_edition.finding import Finding, Report, Severity
from tei_edition.transcript import Block, Transcript


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

    def reserves(self, identity: str) -> bool:
        """Say whether an id may belong to something else of the document, so that no person can have it."""
        return identity in self.reserved or bool(re.match(r"(?:hand|fn|note)-?\d|doubt-|archive-", identity))

    @property
    def file(self) -> Path:
        """The source file, which findings name."""
        return self.transcript.path

    def say(
        self, rule: str, severity: Severity, block: Block, offset: int, message: str, hint: str | None = None
    ) -> None:
        """Report a finding at a character of a block."""
        line, column = block.place(offset)
        self.say_at(rule, severity, line, column, message, hint)

    def say_at(
        self, rule: str, severity: Severity, line: int, column: int, message: str, hint: str | None = None
    ) -> None:
        """Report a finding at a line and column of the source."""
        if severity is not Severity.INFO:
            self.open_questions += 1
        self.report(
            Finding(
                rule=rule, severity=severity, message=message, file=self.file, line=line, column=column, hint=hint
            )
        )  # fmt: skip

    def decision(self, block: Block, start: int, end: int) -> Decision | None:
        """Return the editor's decision on these characters of a block, if there is one."""
        line, column = block.place(start)
        return self.decisions.at(line, column, block.text[start:end])

    def meet(self, identity: str, part: str = "mentioned") -> None:
        """Note that a person occurs; a participant stays one."""
        if self.people.get(identity) != "participant":
            self.people[identity] = part
