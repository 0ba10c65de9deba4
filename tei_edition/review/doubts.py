"""Takes what encoding found in a transcript and gives its doubts: each with its place, its context and its answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tei_edition.encoding.decisions import KINDS
from tei_edition.finding import Finding, Severity
from tei_edition.transcript import Transcript

AROUND = 30
"""Characters on either side of a doubt by which it is known again; more than is needed for most."""

_QUOTED = re.compile("“([^”…]+)[”…]")

TABLES = {"speaker-unknown": "speaker", "attendance-columns": "sides"}
"""Findings whose answer has a table of its own in decisions.toml, with what the answer is called in a review."""

SAID = {
    "supplied": "words that were added", "unclear": "a doubtful reading", "corr": "a correction",
    "sic": "an error that stands in the source", "gap": "something is missing",
    "variant": "another spelling of the name", "alias": "the bearer of the pseudonym",
    "gloss": "a translation of the term", "original-term": "the original words",
    "identification": "who or what is meant", "expansion": "an abbreviation written out",
    "abbreviation": "the abbreviation", "letters": "letters supplied in a word", "note": "an editor's note",
    "handwritten": "a note in another hand", "stage": "a stage direction", "doubt": "doubt about the word before",
    "reference": "a reference", "marker": "the mark of a note", "page": "a page begins", "space": "left empty",
    "add": "added in the document", "del": "struck out", "surplus": "too much in the document",
    "text": "the document's own words, as they stand", "drop": "does not belong to the document",
    "merge": "one paragraph with the next", "name": "a name", "keep": "stays as it is",
    "speaker": "a person of the register", "sides": "the names of both sides",
}  # fmt: skip
"""What an answer means, in a few words."""

FREE = {
    "corr": ("words", "Correction"), "name": ("who", "Id in the register"),
    "identification": ("who", "Who is meant (id)"),
    "variant": ("who", "Who is meant (id)"), "alias": ("who", "Who is meant (id)"), "gap": ("reason", "Reason"),
    "supplied": ("reason", "Reason"), "unclear": ("reason", "Reason"), "speaker": ("id", "Id in the register"),
    "sides": ("sides", "Both names, with | between"),
}  # fmt: skip
"""What may be said beside an answer: the field of a decision, and how a review asks for it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """One place of a document that an editor may answer for."""

    document: str
    finding: Finding
    text: str
    """The words that a decision names."""
    before: str = ""
    after: str = ""
    block: int | None = None
    """The block of the transcript where it stands, if it stands in the text."""
    start: int = 0
    key: str = ""
    """By what it is known again, whatever line it has moved to."""

    @property
    def at(self) -> str:
        """Return line and column as a decision names them."""
        return f"{self.finding.line or 1}:{self.finding.column or 1}"

    @property
    def encoded(self) -> str:
        """Return what was chosen, or nothing where that has no name among the decisions."""
        encoded = self.finding.choice.encoded if self.finding.choice else ""
        return encoded if encoded in KINDS else ""

    @property
    def answers(self) -> tuple[str, ...]:
        """Return what may be answered; the first leaves all as it is encoded."""
        others = self.finding.choice.alternatives if self.finding.choice else ()
        table = TABLES.get(self.finding.rule) if "decisions.toml" in (self.finding.hint or "") else None
        return tuple(dict.fromkeys([self.encoded or "keep", *others, *([table] if table else [])]))

    @property
    def is_bracket(self) -> bool:
        """Say whether the words are a remark in brackets, which holds the words of a correction itself."""
        return self.text[:1] in ("[", "(")

    def free(self, answer: str) -> tuple[str, str] | None:
        """Return what may be said beside an answer here."""
        if answer == "corr" and self.is_bracket:
            return None
        return FREE.get(answer)


def is_doubt(finding: Finding) -> bool:
    """Say whether a finding asks an editor something: a warning, or a choice that could have been another."""
    return finding.severity is Severity.WARNING or (
        finding.severity is not Severity.ERROR and finding.choice is not None
    )


def doubts_of(transcript: Transcript, findings: Sequence[Finding], document: str) -> list[Doubt]:
    """Return the doubts of a document in the order of its lines."""
    by_line: dict[int, list[int]] = {}
    for number, block in enumerate(transcript.blocks):
        for line in {place for part in block.lines for place in _lines(part.number, part.at)}:
            by_line.setdefault(line, []).append(number)
    seen: Counter[str] = Counter()
    found = []
    asked = [finding for finding in findings if is_doubt(finding)]
    for finding in sorted(asked, key=lambda item: (item.line or 0, item.column or 0, item.rule)):
        quoted = _QUOTED.search(finding.message)
        text = finding.choice.text if finding.choice else quoted[1] if quoted else ""
        place = _place(transcript, by_line.get(finding.line or 0, ()), finding, text) if finding.choice else None
        before = after = ""
        if place is not None:
            whole, start = transcript.blocks[place[0]].text, place[1]
            before, after = _around(whole, start, start + len(text))
        key = "\n".join(
            (finding.rule, " ".join(text.split()), before, after) if text else (finding.rule, finding.message)
        )
        seen[key] += 1
        found.append(
            Doubt(
                document=document, finding=finding, text=text, before=before, after=after,
                block=place[0] if place else None, start=place[1] if place else 0, key=f"{key}\n{seen[key]}",
            )
        )  # fmt: skip
    return found


def _lines(number: int, at: Sequence[tuple[int, int, int]]) -> list[int]:
    return [line for _, line, _ in at] or [number]


def _place(transcript: Transcript, blocks: Sequence[int], finding: Finding, text: str) -> tuple[int, int] | None:
    """Return the block where a finding's words stand, and where in it."""
    for number in blocks if text else ():
        block = transcript.blocks[number]
        at = block.text.find(text)
        while at >= 0:
            if block.place(at) == (finding.line, finding.column):
                return number, at
            at = block.text.find(text, at + 1)
    return None


def _around(whole: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after some words, in one line and cut between words."""
    before = " ".join(whole[max(start - AROUND, 0) : start].split())
    after = " ".join(whole[end : end + AROUND].split())
    if start > AROUND and " " in before:
        before = before.split(" ", 1)[1]
    if end + AROUND < len(whole) and " " in after:
        after = after.rsplit(" ", 1)[0]
    return before, after
