"""Takes findings and gives each a fingerprint, by which it is known again when lines have moved."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tei_edition.finding import Finding
from tei_edition.reports.sources import Sources

NEAR = 40
"""Characters on either side of the place that belong to it, in a line longer than that."""

_QUOTED = re.compile("“([^”]*)”")
_NUMBER = re.compile(r"\[\d+\]")


def fingerprints(findings: Sequence[Finding], sources: Sources) -> list[str]:
    """Return a fingerprint for each finding, one like ``5f0c1e7d29ab4c38:1``.

    1. It stays the same when lines are put in or taken out elsewhere, when a line is indented otherwise, and when
       the message is worded otherwise: it is made of the rule, the words at the place, and what the message quotes.
    2. Of several that are the same in one file, the number after the colon says which: no two are equal in a file.
    """
    made: list[str] = []
    times: Counter[tuple[Path, str]] = Counter()
    for finding in findings:
        parts = (finding.rule, _words(finding, sources), *_QUOTED.findall(finding.message))
        mark = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        times[finding.file, mark] += 1
        made.append(f"{mark}:{times[finding.file, mark]}")
    return made


def _words(finding: Finding, sources: Sources) -> str:
    """Return the words at the place, or where there are none the path of the element without its numbers."""
    line = sources.line(finding.file, finding.line)
    if line is None:
        return _NUMBER.sub("", finding.xpath or "")
    if finding.column is not None:
        line = line[max(0, finding.column - 1 - NEAR) : finding.column - 1 + NEAR]
    return " ".join(line.split())
