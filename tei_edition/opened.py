"""Takes one TEI file that is being checked and what the checks remark on it, and gives the findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from tei_edition.finding import Finding, Severity
from tei_edition.location import line, xpath

LIMIT = 100
"""Findings of one rule in one file that are listed; the rest is counted."""


@dataclass
class Opened:
    """A well-formed file on the desk: its tree, and what was remarked on it so far."""

    file: Path
    root: etree._Element
    findings: list[Finding] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)
    _last: dict[str, Finding] = field(default_factory=dict)

    def full(self, rule: str) -> bool:
        """Return whether a further finding of this rule would only be counted."""
        return self._seen[rule] >= LIMIT

    def remark(
        self,
        rule: str,
        message: str,
        *,
        at: etree._Element | None = None,
        attribute: str | None = None,
        near: int | None = None,
        severity: Severity = Severity.ERROR,
        hint: str | None = None,
    ) -> None:
        """Add a finding at an element, or at one of its attributes; beyond `LIMIT` of a rule, count it.

        ``near`` is a line that is nearer to the place than that of the element's tag.
        """
        self._seen[rule] += 1
        if self._seen[rule] > LIMIT:
            return
        finding = Finding(
            rule=rule,
            severity=severity,
            message=message,
            file=self.file,
            line=near if near is not None or at is None else line(at),
            xpath=None if at is None else xpath(at, attribute),
            hint=hint,
        )
        if finding not in self.findings:
            self.findings.append(finding)
        self._last[rule] = finding

    def close(self) -> list[Finding]:
        """Return the findings in the order of lines, with a count where a rule had more than can be listed."""
        self.findings.sort(key=lambda finding: finding.line or 0)
        for rule, count in self._seen.items():
            if count > LIMIT:
                severity = self._last[rule].severity
                message = f"{count - LIMIT} more findings of this kind in this file are not listed."
                self.findings.append(Finding(rule=rule, severity=severity, message=message, file=self.file))
        return self.findings
