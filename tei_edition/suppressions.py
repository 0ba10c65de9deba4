"""Takes what an edition accepts (``[[accept]]`` in edition.toml, or a baseline) and marks the findings meant."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from tei_edition.day import source_day
from tei_edition.finding import Finding, Severity
from tei_edition.reports.fingerprints import fingerprints
from tei_edition.reports.listed import known, read_list
from tei_edition.reports.sources import Sources

NEVER = frozenset("xml-ill-formed file-missing file-unreadable schema-broken accept-unused accept-expired".split())
"""Rules that nobody can accept: behind them nothing was checked."""

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*accept[ \t]*\]\]", re.M)
_WORDS = {"rule", "file", "xpath", "text", "reason"}
_SETTINGS = _WORDS | {"line", "until"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Acceptance:
    """Findings that an edition accepts, and why."""

    rule: str
    reason: str
    file: str | None = None
    """The files meant, as seen from the edition's folder; ``*`` stands for any characters, slashes too."""
    line: int | None = None
    xpath: str | None = None
    """The element or attribute meant, as findings give it; what stands in it is meant too."""
    text: str | None = None
    """Words that stand in the message or in the line that the finding is about."""
    until: datetime.date | None = None
    """The last day on which it holds."""
    at: int | None = None
    """The line of edition.toml where it stands."""

    def means(self, finding: Finding, name: str, sources: Sources) -> bool:
        """Say whether a finding, in a file of this name, is one of those meant."""
        if finding.rule != self.rule or finding.rule in NEVER:
            return False
        if self.file is not None and not fnmatchcase(name, self.file):
            return False
        if self.line is not None and finding.line != self.line:
            return False
        if self.xpath is not None and not f"{finding.xpath}/".startswith(f"{self.xpath}/"):
            return False
        return (
            self.text is None
            or self.text in finding.message
            or self.text in (sources.line(finding.file, finding.line) or "")
        )


def acceptances(rows: Sequence[dict[str, Any]], toml: str) -> tuple[Acceptance, ...]:
    """Return what the ``[[accept]]`` tables of an edition.toml say; ``toml`` is its text, for the lines.

    Raises ValueError with one sentence where something cannot be followed.
    """
    lines = [toml.count("\n", 0, header.start()) + 1 for header in _HEADER.finditer(toml)]
    places: Sequence[int | None] = lines if len(lines) == len(rows) else [None] * len(rows)
    return tuple(_acceptance(row, at) for row, at in zip(rows, places, strict=True))


def accepted(
    findings: Sequence[Finding],
    entries: Sequence[Acceptance],
    toml: Path,
    *,
    whole: bool = True,
    sources: Sources | None = None,
) -> list[Finding]:
    """Return the findings, those that an edition accepts marked so, and after them a warning for entries without use.

    ``toml`` is the path of the edition.toml; ``whole`` says that the whole edition was checked: otherwise an entry
    may well mean a file that was not looked at.
    """
    sources = sources or Sources()
    used: set[Acceptance] = set()
    expired = {entry for entry in entries if entry.until is not None and entry.until < today()}
    told: list[Finding] = []
    for finding in findings:
        name = _seen_from(toml.parent, finding.file)
        means = [entry for entry in entries if entry.means(finding, name, sources)]
        used.update(means)
        holding = next((entry for entry in means if entry not in expired), None)
        told.append(finding if holding is None else replace(finding, accepted=holding.reason))
    for entry in entries:
        if entry in expired and entry in used:
            message = f"What was accepted until {entry.until} counts again: {entry.rule}."
            told.append(_about(entry, toml, "accept-expired", message, "Mend it, or set a later day with its reason."))
        elif whole and entry not in used:
            message = f"Nothing is accepted by this any more: {entry.rule}, “{entry.reason}”."
            told.append(_about(entry, toml, "accept-unused", message, "Remove it, or correct what it names."))
    return told


def in_baseline(findings: Sequence[Finding], baseline: bytes, name: str, sources: Sources) -> list[Finding]:
    """Return the findings, those that a list of earlier findings knows marked as accepted.

    Raises ValueError with a sentence when the baseline is no list of findings.
    """
    there = known(read_list(baseline))
    marks = fingerprints(findings, sources)
    return [
        replace(finding, accepted=f"Known already, says {name}.")
        if finding.accepted is None and finding.rule not in NEVER and (finding.file.as_posix(), mark) in there
        else finding
        for finding, mark in zip(findings, marks, strict=True)
    ]


def today() -> datetime.date:
    """Return the day of SOURCE_DATE_EPOCH, or else of the clock: it decides what counts, never what is written."""
    return source_day() or datetime.datetime.now(datetime.UTC).date()


def _acceptance(row: dict[str, Any], at: int | None) -> Acceptance:
    if unknown := sorted(set(row) - _SETTINGS):
        raise ValueError(f"“{unknown[0]}” is not a setting of an acceptance.")
    for key in sorted(_WORDS & set(row)):
        if not isinstance(row[key], str) or not row[key].strip():
            raise ValueError(f"{key} of an [[accept]] is to be text in quotation marks.")
    if "rule" not in row or "reason" not in row:
        raise ValueError("each [[accept]] names a rule, and the reason why it is accepted.")
    if row["rule"] in NEVER:
        raise ValueError(f"“{row['rule']}” cannot be accepted: nothing after it is checked.")
    line, until = row.get("line"), row.get("until")
    if line is not None and (not isinstance(line, int) or isinstance(line, bool) or line < 1):
        raise ValueError("line of an [[accept]] is to be a number.")
    if until is not None and (not isinstance(until, datetime.date) or isinstance(until, datetime.datetime)):
        raise ValueError("until of an [[accept]] is to be a day without quotation marks, such as 2027-01-31.")
    return Acceptance(**{**row, "reason": " ".join(row["reason"].split()), "at": at})


def _about(entry: Acceptance, toml: Path, rule: str, message: str, hint: str) -> Finding:
    return Finding(rule=rule, severity=Severity.WARNING, message=message, file=toml, line=entry.at, hint=hint)


def _seen_from(folder: Path, file: Path) -> str:
    whole = file.absolute()
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else file.as_posix()
