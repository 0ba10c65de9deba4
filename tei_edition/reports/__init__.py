"""Takes what a command found and gives it in a form that a person, a program or a forge can read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tei_edition.finding import Finding
from tei_edition.reports.sources import Sources


@dataclass(frozen=True)
class Outcome:
    """What a command found, in which files, and how it ended."""

    findings: Sequence[Finding]
    files: Sequence[Path] = ()
    """The files that were looked at, those without findings too."""
    code: int = 0
    """The exit code."""
    verbose: bool = False
    """Whether choices and accepted findings are wanted where they are left out as a rule."""
    sources: Sources = field(default_factory=Sources)

    @cached_property
    def marks(self) -> list[str]:
        """The fingerprints of the findings, one each."""
        from tei_edition.reports.fingerprints import fingerprints

        return fingerprints(self.findings, self.sources)


def _text(outcome: Outcome) -> str:
    from tei_edition.reports.text import as_text

    return as_text(outcome)


def _json(outcome: Outcome) -> str:
    from tei_edition.reports.listed import as_json

    return as_json(outcome)


def _sarif(outcome: Outcome) -> str:
    from tei_edition.reports.sarif import as_sarif

    return as_sarif(outcome)


def _junit(outcome: Outcome) -> str:
    from tei_edition.reports.junit import as_junit

    return as_junit(outcome)


def _github(outcome: Outcome) -> str:
    from tei_edition.reports.github import as_github

    return as_github(outcome)


FORMATS: dict[str, Callable[[Outcome], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
}
"""The forms that findings are given in, by the name that ``--format`` takes."""
