"""Takes a RELAX NG grammar in compact syntax and gives it in XML, or a finding."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from tei_edition.finding import Finding, Report, Severity
from tei_edition.relaxng.compact import read_compact
from tei_edition.relaxng.syntax import SyntaxBroken


def grammar(data: bytes, file: Path, report: Report) -> etree._Element | None:
    """Return the root of a grammar, or None after a finding with the line of what is wrong."""
    try:
        return read_compact(data, file)
    except SyntaxBroken as error:
        report(
            Finding(
                rule="schema-broken", severity=Severity.ERROR, message=str(error), file=file, line=error.line,
                hint="Correct the grammar, or name another in @url.",
            )
        )  # fmt: skip
        return None
