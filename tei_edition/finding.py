"""Takes what a stage has to say about a document and gives it back as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a finding matters: error cannot be published, warning asks for a look, info is a choice made."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


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


Report = Callable[[Finding], None]
"""A function that receives a finding; every stage takes one as ``report``."""


def as_text(finding: Finding) -> str:
    """Print one finding as compilers do, so that editors and CI can jump to the place.

    >>> print(as_text(Finding(rule="gap-cause", severity=Severity.INFO, message="Why?", file=Path("a.txt"), line=3)))
    a.txt:3: info: Why? [gap-cause]
    """
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part is not None)
    lines = [f"{place}: {finding.severity}: {finding.message} [{finding.rule}]"]
    if finding.xpath:
        lines.append(f"  at {finding.xpath}")
    if finding.hint:
        lines.append(f"  {finding.hint}")
    return "\n".join(lines)


def as_json(findings: Iterable[Finding]) -> str:
    """Print findings as one JSON list of objects with the fields of `Finding`."""
    rows = [{**asdict(finding), "file": str(finding.file)} for finding in findings]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def worst(findings: Iterable[Finding]) -> int:
    """Return the exit code that findings ask for: 1 when one of them is an error, else 0."""
    return int(any(finding.severity is Severity.ERROR for finding in findings))
