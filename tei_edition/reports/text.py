"""Takes findings and gives them as lines for people, as compilers do."""

from __future__ import annotations

from tei_edition.finding import Finding, Severity
from tei_edition.finding import as_text as one_as_text
from tei_edition.reports import Outcome
from tei_edition.reports.excerpts import excerpt, place
from tei_edition.reports.sources import Sources
from tei_edition.reports.words import shown

ROOM = 100
"""Columns of an excerpt where nobody says how wide the page is."""


def visible(finding: Finding, verbose: bool) -> bool:
    """Say whether a finding is shown to people: choices and what was accepted only when they are wanted."""
    return verbose or (finding.severity is not Severity.INFO and finding.accepted is None)


def as_text(outcome: Outcome) -> str:
    """Return the findings that are shown to people, one place after the other."""
    told = [finding for finding in outcome.findings if visible(finding, outcome.verbose)]
    return "\n".join("\n".join(parts(finding, verbose=outcome.verbose)) for finding in told)


def parts(finding: Finding, *, verbose: bool = False, sources: Sources | None = None, room: int = ROOM) -> list[str]:
    """Return the lines of one finding: what it says, the line of the file, where it is, what to do.

    ``sources`` are given when the line of the file is wanted; ``verbose`` adds the address to read on.
    """
    first, *rest = shown(one_as_text(finding)).split("\n")
    lines = [first]
    if sources is not None:
        lines += _cited(finding, sources, room)
    lines += rest
    if verbose and finding.see:
        lines.append(f"  See {shown(finding.see)}")
    if finding.accepted is not None:
        lines.append(f"  Accepted: {shown(finding.accepted)}")
    return lines


def _cited(finding: Finding, sources: Sources, room: int) -> list[str]:
    line = sources.line(finding.file, finding.line)
    if line is None or not line.strip():
        return []
    number = f"{finding.line:>5} | "
    where = place(finding, line)
    cited, marks = excerpt(line, *(where or (0, 0)), max(20, room - len(number)))
    return [number + cited, *([" " * (len(number) - 2) + "| " + marks] if where else [])]
