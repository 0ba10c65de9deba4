"""The editor's answers to doubts: from ``decisions.toml`` to what holds at a place of a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from tei_edition.edition import EditionError
from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.toml import UNFIT, decoded, table_of
from tei_edition.transcript import Block

KINDS = (
    "supplied", "unclear", "corr", "sic", "gap", "variant", "alias", "gloss", "original-term", "identification",
    "expansion", "abbreviation", "letters", "note", "handwritten", "stage", "doubt", "reference", "marker", "page",
    "space", "add", "del", "surplus", "text", "drop", "merge", "name", "keep",
)  # fmt: skip
"""What ``as`` may say of a bracket; ``merge`` answers for a broken paragraph, ``sic``, ``corr`` and ``name`` for any
words, ``keep`` for any finding: what it speaks of stays as it is."""

_ATTRIBUTE = re.compile(r"(?:xml:)?[A-Za-z_][\w.-]*")

ALTERNATIVES: dict[str, tuple[str, ...]] = {
    "supplied": ("unclear", "corr", "gloss", "identification", "original-term", "note", "stage", "text"),
    "unclear": ("supplied", "corr", "gap", "text"),
    "corr": ("supplied", "unclear", "variant", "gloss", "text"),
    "sic": ("note", "text"),
    "gap": ("space", "supplied", "note", "text"),
    "variant": ("alias", "identification", "corr", "supplied", "gloss", "text"),
    "alias": ("variant", "identification", "supplied", "text"),
    "gloss": ("supplied", "original-term", "identification", "corr", "note", "text"),
    "original-term": ("gloss", "supplied", "variant", "note", "text"),
    "identification": ("supplied", "variant", "alias", "gloss", "corr", "text"),
    "expansion": ("identification", "variant", "supplied", "gloss", "text"),
    "abbreviation": ("original-term", "supplied", "gloss", "text"),
    "letters": ("expansion", "unclear", "text"),
    "note": ("supplied", "stage", "gap", "text"),
    "handwritten": ("note", "add", "supplied", "text"),
    "stage": ("note", "supplied", "text"),
    "doubt": ("supplied", "gap", "note", "text"),
    "reference": ("note", "supplied", "text"),
    "marker": ("supplied", "note", "text"),
    "page": ("note", "supplied", "text"),
    "space": ("gap", "supplied", "text"),
    "text": ("supplied", "note", "stage", "gap", "drop"),
    "drop": ("text",),
    "alternatives": ("supplied", "unclear", "note", "text"),
    "office-and-name": ("supplied", "identification", "note", "text"),
    "omission-and-words": ("supplied", "gap", "note", "text"),
}
"""What a decision may say instead of what was chosen, the likeliest first."""


@dataclass(kw_only=True, slots=True)
class Decision:
    """One answer: the text at a place is to be encoded so, whatever a rule would do."""

    kind: str
    text: str
    line: int
    column: int
    words: str = ""
    """The correction, where ``kind`` is ``corr`` and the text is not a bracket."""
    who: str = ""
    """Id in the register of who or what is meant, where ``kind`` speaks of a name."""
    rule: str = ""
    """The rule whose finding is answered, where ``kind`` is ``keep``; nothing for all at the place."""
    before: str = ""
    """What stood before the text when the decision was made; with it the text is found again when it moves."""
    after: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    used: bool = False


@dataclass(kw_only=True, slots=True)
class Decisions:
    """The decisions on one document."""

    file: Path | None = None
    places: list[Decision] = field(default_factory=list)
    speakers: dict[str, str] = field(default_factory=dict)
    """Speaker label, as it stands, to the id of a person."""
    names: dict[str, str] = field(default_factory=dict)
    """Name, as it stands, to the id of who or what is meant; nothing for words that are no name."""
    delegations: list[str] = field(default_factory=list)
    """Names of the columns of a flattened attendance list."""

    def at(self, line: int, column: int, text: str) -> Decision | None:
        """Return the decision on this very text at this very place, and note that it was used."""
        for decision in self.places:
            if decision.kind != "keep" and (decision.line, decision.column, decision.text) == (line, column, text):
                decision.used = True
                return decision
        return None

    def keeps(self, finding: Finding) -> bool:
        """Say whether the editor looked at what a finding speaks of and keeps it; note that the decision was used."""
        for decision in self.places:
            if decision.kind != "keep" or (decision.line, decision.column) != (finding.line, finding.column):
                continue
            said = finding.choice.text if finding.choice else finding.message
            if decision.rule in ("", finding.rule) and " ".join(decision.text.split()) in " ".join(said.split()):
                decision.used = True
                return True
        return False

    def heard(self, report: Report) -> Report:
        """Return a function that reports what no decision keeps."""
        return lambda finding: None if self.keeps(finding) else report(finding)

    def find(self, blocks: Sequence[Block], report: Report, source: Path) -> None:
        """Find the texts that decisions name: at their place, or, by what stands around them, where they moved to."""
        for decision in self.places:
            was = decision.line, decision.column
            if decision.text.strip() and _find(decision, blocks) and was != (decision.line, decision.column):
                report(
                    Finding(
                        rule="decision-moved", severity=Severity.INFO, file=source, line=decision.line,
                        column=decision.column,
                        message=f"“{_short(decision.text)}” has moved here from {was[0]}:{was[1]}; "
                        "the decision on it is applied here.",
                    )
                )  # fmt: skip

    def unused(self) -> Iterator[Decision]:
        """Give the decisions whose text was not met at their place."""
        return (decision for decision in self.places if not decision.used)

    def report_unused(self, report: Report, source: Path, blocks: Sequence[Block] = ()) -> None:
        """Report each decision that no longer fits its text as an error, with the places where that text stands."""
        for decision in self.unused():
            places = [
                f"{line}:{column}" for line, column in (block.place(at) for block, at, _ in _met(decision, blocks))
            ]
            elsewhere = [place for place in places if place != f"{decision.line}:{decision.column}"][:5]
            stands = f"It stands at {', '.join(elsewhere)}. " if elsewhere else ""
            what = f"A decision speaks of “{_short(decision.text)}” here, but that is not what stands here."
            if decision.kind == "keep":
                what = f"A decision keeps what {decision.rule or 'a finding'} said here, but there is no such finding."
                stands = ""
            report(
                Finding(
                    rule="decision-lost", severity=Severity.ERROR, file=source, line=decision.line,
                    column=decision.column, message=what,
                    hint=f"{stands}Correct the place or the text in "
                    f"{self.file.name if self.file else 'decisions.toml'}, or remove the decision.",
                )
            )  # fmt: skip


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:79]}…"


def _met(decision: Decision, blocks: Sequence[Block]) -> Iterator[tuple[Block, int, str]]:
    """Give the places where the text of a decision stands, whatever blanks and line ends it has there."""
    words = decision.text.split()
    if words:
        pattern = re.compile(r"\s+".join(map(re.escape, words)))
        for block in blocks:
            for found in pattern.finditer(block.text):
                yield block, found.start(), found[0]


def _find(decision: Decision, blocks: Sequence[Block]) -> bool:
    """Set a decision to the one place that its context speaks for, its own place if there is none."""
    met = [(block.place(at), _fits(decision, block.text, at, text), text) for block, at, text in _met(decision, blocks)]
    own = decision.line, decision.column
    most = max((fit for _, fit, _ in met), default=0)
    best = [(place, text) for place, fit, text in met if fit == most]
    chosen = next(((place, text) for place, text in best if place == own), best[0] if most and len(best) == 1 else None)
    if chosen is not None:
        (decision.line, decision.column), decision.text = chosen
    return chosen is not None


def _fits(decision: Decision, text: str, at: int, found: str) -> int:
    """Count the sides on which a place has what stood around a decision's text."""
    before, after = (" ".join(side.split()) for side in (decision.before, decision.after))
    left, right = " ".join(text[:at].split()), " ".join(text[at + len(found) :].split())
    return bool(before and left.endswith(before)) + bool(after and right.startswith(after))


def load_decisions(path: Path | None, *names: str) -> Decisions:
    """Return the decisions of a file that concern a document, known by its id or its file name.

    Raises `EditionError` with one line when the file cannot be followed. A file that is not there decides nothing.
    """
    if path is None or not path.exists():
        return Decisions(file=path)
    try:
        table = _table(decoded(read_bytes(path)))
    except ValueError as error:
        raise EditionError(f"{path}: {error}") from None
    unknown = sorted(set(table) - {"decision", "speakers", "names", "delegations"})
    if unknown:
        raise EditionError(
            f"{path}: “{unknown[0]}” is not known; write [[decision]], [speakers], [names] or [delegations]."
        )
    rows = table.get("decision", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise EditionError(f"{path}: write [[decision]] with two brackets on either side.")
    for key in ("speakers", "names", "delegations"):
        if not isinstance(table.get(key, {}), dict):
            raise EditionError(f"{path}: write [{key}] as a table.")
    places = [decision_of(path, row) for row in rows if row.get("document") in names]
    named: list[Any] = [table.get("delegations", {}).get(key) for key in names]
    meant = _named(table.get("names", {}), names)
    return Decisions(
        file=path,
        places=places,
        # Who is meant by a name is meant by the label of a speaker too.
        speakers={key: value for key, value in meant.items() if value} | _named(table.get("speakers", {}), names),
        names=meant,
        delegations=next(([str(item) for item in row] for row in named if isinstance(row, list)), []),
    )


@lru_cache(maxsize=2)
def _table(text: str) -> dict[str, Any]:
    """Read TOML, once for all documents of an edition."""
    return table_of(text, fit=False)


def _named(table: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    """Return what a table says of every document, and over it what its own table says of this one."""
    own: dict[str, Any] = next((table[key] for key in names if isinstance(table.get(key), dict)), {})
    return {str(key): str(value) for key, value in {**table, **own}.items() if isinstance(value, str)}


def decision_of(path: Path, row: dict[str, Any]) -> Decision:
    """Return one entry of a file of decisions; raise `EditionError` with one line when it cannot be followed."""
    kind = row.get("as", "")
    try:
        line, column = (int(part) for part in str(row["at"]).split(":"))
        text = row["text"] if kind != "keep" else row.get("text", "")
    except (KeyError, ValueError):
        raise EditionError(f"{path}: each [[decision]] has document, at = “line:column”, text and as.") from None
    if kind not in KINDS:
        raise EditionError(f"{path}: “{kind}” is not an encoding; choose one of {', '.join(KINDS)}.")
    attributes = row.get("attributes", {})
    if not isinstance(attributes, dict) or not all(_ATTRIBUTE.fullmatch(key) for key in attributes):
        raise EditionError(f"{path}: write attributes as {{ name = “value” }}.")
    said = {key: str(row.get(key, "")) for key in ("words", "who", "rule", "before", "after")}
    said["words"] = UNFIT.sub("\ufffd", said["words"])
    return Decision(
        kind=kind, text=str(text), line=line, column=column, words=said["words"], who=said["who"],
        rule=said["rule"], before=said["before"], after=said["after"],
        attributes={key: UNFIT.sub("\ufffd", str(value)) for key, value in attributes.items()},
    )  # fmt: skip
