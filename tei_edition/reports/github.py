"""Takes findings and gives them as commands of a GitHub workflow, which become annotations of the files."""

from __future__ import annotations

from tei_edition.finding import Finding, Severity
from tei_edition.reports import Outcome
from tei_edition.reports.text import visible
from tei_edition.reports.words import advice, shown

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = {**_IN_TEXT, **str.maketrans({":": "%3A", ",": "%2C"})}


def as_github(outcome: Outcome) -> str:
    """Return one line for each finding that is shown to people; GitHub takes up to ten of each kind a step."""
    return "\n".join(_command(finding) for finding in outcome.findings if visible(finding, outcome.verbose))


def _command(finding: Finding) -> str:
    command = "notice" if finding.accepted is not None else _COMMANDS[finding.severity]
    properties = {"file": finding.file.as_posix(), "line": finding.line, "col": finding.column, "title": finding.rule}
    told = ",".join(f"{key}={_set(str(value), _IN_PROPERTY)}" for key, value in properties.items() if value is not None)
    text = advice(finding) + (f"\nAccepted: {finding.accepted}" if finding.accepted is not None else "")
    return f"::{command} {told}::{_set(text, _IN_TEXT)}"


def _set(text: str, signs: dict[int, str]) -> str:
    # Line ends are set first: a sign for them would hide that the text has several lines.
    return shown(text.replace("\r", "\n")).translate(signs)
