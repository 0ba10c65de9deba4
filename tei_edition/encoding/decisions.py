"""The editor's answers to doubts: from ``decisions.toml`` to what holds at a place of a transcript."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tei_edition.edition import EditionError
from tei_edition.finding import Finding, Report, Severity

KINDS = (
    "supplied", "unclear", "corr", "sic", "gap", "variant", "alias", "gloss", "original-term", "identification",
    "expansion", "note", "handwritten", "stage", "text", "drop", "merge",
)  # fmt: skip
"""What ``as`` may say of a bracket; ``merge`` answers for a broken paragraph, ``sic`` and ``corr`` for any words."""


@dataclass(kw_only=True, slots=True)
class Decision:
    """One answer: the text at a place is to be encoded so, whatever a rule would do."""

    kind: str
    text: str
    line: int
    column: int
    words: str = ""
    """The correction, where ``kind`` is ``corr`` and the text is not a bracket."""
    attributes: dict[str, str] = field(default_factory=dict)
    used: bool = False


@dataclass(kw_only=True, slots=True)
class Decisions:
    """The decisions on one document."""

    file: Path | None = None
    places: list[Decision] = field(default_factory=list)
    speakers: dict[str, str] = field(default_factory=dict)
    """Speaker label, as it stands, to the id of a person."""
    delegations: list[str] = field(default_factory=list)
    """Names of the columns of a flattened attendance list."""

    def at(self, line: int, column: int, text: str) -> Decision | None:
        """Return the decision on this very text at this very place, and note that it was used."""
        for decision in self.places:
            if (decision.line, decision.column, decision.text) == (line, column, text):
                decision.used = True
                return decision
        return None

    def unused(self) -> Iterator[Decision]:
        """Give the decisions whose text was not met at their place."""
        return (decision for decision in self.places if not decision.used)

    def report_unused(self, report: Report, source: Path) -> None:
        """Report each decision that no longer fits its text as an error."""
        for decision in self.unused():
            report(
                Finding(
                    rule="decision-lost", severity=Severity.ERROR, file=source, line=decision.line,
                    column=decision.column,
                    message=f"A decision speaks of “{decision.text}” here, but that is not what stands here.",
                    hint=f"Correct the place or the text in {self.file.name if self.file else 'decisions.toml'}, "
                    "or remove the decision.",
                )
            )  # fmt: skip


def load_decisions(path: Path | None, *names: str) -> Decisions:
    """Return the decisions of a file that concern a document, known by its id or its file name.

    Raises `EditionError` with one line when the file cannot be followed. A file that is not there decides nothing.
    """
    if path is None or not path.exists():
        return Decisions(file=path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EditionError(f"{path}: {error}") from None
    unknown = sorted(set(table) - {"decision", "speakers", "delegations"})
    if unknown:
        raise EditionError(f"{path}: “{unknown[0]}” is not known; write [[decision]], [speakers] or [delegations].")
    rows = table.get("decision", [])
    if not isinstance(rows, list):
        raise EditionError(f"{path}: write [[decision]] with two brackets on either side.")
    places = [_decision(path, row) for row in rows if row.get("document") in names]
    named: list[Any] = [table.get("delegations", {}).get(key) for key in names]
    speakers = table.get("speakers", {})
    own: dict[str, Any] = next((speakers[key] for key in names if isinstance(speakers.get(key), dict)), {})
    return Decisions(
        file=path,
        places=places,
        speakers={str(key): str(value) for key, value in {**speakers, **own}.items() if isinstance(value, str)},
        delegations=next(([str(item) for item in row] for row in named if isinstance(row, list)), []),
    )


def _decision(path: Path, row: dict[str, Any]) -> Decision:
    try:
        line, column = (int(part) for part in str(row["at"]).split(":"))
        kind, text = row["as"], row["text"]
    except (KeyError, ValueError):
        raise EditionError(f"{path}: each [[decision]] has document, at = “line:column”, text and as.") from None
    if kind not in KINDS:
        raise EditionError(f"{path}: “{kind}” is not an encoding; choose one of {', '.join(KINDS)}.")
    attributes = {str(key): str(value) for key, value in row.get("attributes", {}).items()}
    words = str(row.get("words", ""))
    return Decision(kind=kind, text=text, line=line, column=column, words=words, attributes=attributes)
