"""Takes what a stage has to say about a document and gives it as a finding, and as a line of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a finding matters: error cannot be published, warning asks for a look, info is a choice made."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What a place was encoded as, how sure that is, and what it may be instead."""

    text: str
    """The characters of the source, exactly; with line and column they are what a decision names."""
    encoded: str
    """What was chosen, in the words of ``as`` in decisions.toml."""
    certainty: str
    """high: the words say so · medium: a rule that fits well · low: one reading of several."""
    alternatives: tuple[str, ...]
    """What a decision may say instead."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One remark about one place in one file."""

    rule: str
    """What it is about, such as ``speaker-unknown``; explained in docs/findings.md."""
    severity: Severity
    """error: cannot be published · warning: look here · info: a choice that was made."""
    message: str
    file: Path
    line: int | None = None
    column: int | None = None
    xpath: str | None = None
    hint: str | None = None
    choice: Choice | None = None
    """The encoding that was chosen at the place, for findings of encoding."""
    see: str | None = None
    """The address of a page that explains what it is about."""
    accepted: str | None = None
    """Why it does not count: the reason that edition.toml gives, or the baseline that knows it."""


Report = Callable[[Finding], None]
"""A function that receives a finding; every stage takes one as ``report``."""


def unheard(_: Finding) -> None:
    """Take no notice of a finding, where somebody else reports it or nobody needs to know."""


def as_text(finding: Finding) -> str:
    """Print one finding as compilers do, so that editors and CI can jump to the place.

    >>> print(as_text(Finding(rule="gap-cause", severity=Severity.INFO, message="Why?", file=Path("a.txt"), line=3)))
    a.txt:3: info: Why? [gap-cause]
    """
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part is not None)
    level = finding.severity if finding.accepted is None else f"accepted {finding.severity}"
    lines = [f"{place}: {level}: {finding.message} [{finding.rule}]"]
    if finding.xpath:
        lines.append(f"  at {finding.xpath}")
    if finding.hint:
        lines.append(f"  {finding.hint}")
    return "\n".join(lines)


def worst(findings: Iterable[Finding]) -> int:
    """Return the exit code that findings ask for: 1 when one of them is an error that nobody accepted, else 0."""
    return int(any(finding.severity is Severity.ERROR and finding.accepted is None for finding in findings))
