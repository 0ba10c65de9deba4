"""Takes findings and gives them as JUnit XML, which Jenkins and GitLab show beside a change.

A file is a test suite. Each error is a test that failed; a warning or a choice is a test that passed and says so in
its output, what was accepted a test that was skipped: the report fails where the exit code is 1, and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from tei_edition import __version__
from tei_edition.finding import Finding, Severity
from tei_edition.finding import as_text as one_as_text
from tei_edition.reports import Outcome
from tei_edition.reports.words import shown


def as_junit(outcome: Outcome) -> str:
    """Return one XML document with a suite for each file that was looked at."""
    suites: dict[Path, list[Finding]] = {file: [] for file in outcome.files}
    for finding in outcome.findings:
        suites.setdefault(finding.file, []).append(finding)
    findings = outcome.findings
    tests = len(findings) + sum(not found for found in suites.values())
    counts = f'tests="{tests}" {_counts(findings)}'
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="tei-edition" {counts} time="0">']
    for number, (file, found) in enumerate(suites.items()):
        name = file.as_posix()
        counts = f'tests="{len(found) or 1}" {_counts(found)}'
        parts.append(f'<testsuite id="{number}" name={_quoted(name)} {counts} time="0">')
        version = quoteattr(__version__)
        parts.append(f'<properties><property name="tei-edition" value={version}/></properties>')
        if not found:
            parts.append(f'<testcase name="no findings" {_class(name)} time="0"/>')
        parts += [_case(finding, title, name) for finding, title in zip(found, _titles(found), strict=True)]
        parts.append("</testsuite>")
    return "\n".join([*parts, "</testsuites>"])


def _counts(findings: Sequence[Finding]) -> str:
    skipped = sum(item.accepted is not None for item in findings)
    failures = sum(item.accepted is None and item.severity is Severity.ERROR for item in findings)
    return f'failures="{failures}" errors="0" skipped="{skipped}"'


def _titles(findings: Sequence[Finding]) -> list[str]:
    """Return what the cases are called: no two the same, and no lines, so that a case is known when they have moved."""
    times: Counter[str] = Counter()
    titles = []
    for finding in findings:
        title = f"{finding.rule}: {finding.message}"
        times[title] += 1
        titles.append(title if times[title] == 1 else f"{title} ({times[title]})")
    return titles


def _case(finding: Finding, title: str, name: str) -> str:
    head = f"<testcase name={_quoted(title)} {_class(name)}"
    if finding.line is not None:
        head += f' line="{finding.line}"'
    message, whole = _quoted(finding.message), escape(shown(one_as_text(finding)))
    if finding.accepted is not None:
        inner = f"<skipped message={_quoted(finding.accepted)}/><system-out>{whole}</system-out>"
    elif finding.severity is Severity.ERROR:
        inner = f"<failure type={_quoted(finding.rule)} message={message}>{whole}</failure>"
    else:
        inner = f"<system-out>{whole}</system-out>"
    return f'{head} time="0">{inner}</testcase>'


def _class(name: str) -> str:
    return f"classname={_quoted(name)} file={_quoted(name)}"


def _quoted(text: str) -> str:
    return quoteattr(shown(text))
