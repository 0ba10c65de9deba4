"""Keeps what encoding last wrote of a document: what it was made from, its text, and what there was to say of it.

With it a later run knows what is up to date, and which changes in the TEI are an editor's. It lies beside the TEI, as
``.tei-edition/<name>.json.gz``; without it nothing is lost, but hand edits can no longer be told from the encoding.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tei_edition.files import LIMIT, read_bytes, write_bytes
from tei_edition.finding import Choice, Finding, Severity

FOLDER = ".tei-edition"
_SAID = tuple(field.name for field in fields(Finding) if field.name != "file")
_CHOSEN = tuple(field.name for field in fields(Choice))
_LEVEL = 3
"""Of compression: more takes longer and saves little."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What was written of one document."""

    base: str = ""
    """The encoding that the TEI file takes account of, without its seal; what differs from it is an editor's."""
    offered: str = ""
    """A later one that lies beside, because it and the editor's changes are at odds."""
    made_from: str = ""
    """Digest of all that the TEI file was made from; nothing while an encoding is offered."""
    findings: tuple[Finding, ...] = ()
    """What encoding reported of it."""


def record_of(path: Path) -> Path:
    """Return where the record of a TEI file lies."""
    return path.parent / FOLDER / f"{path.stem}.json.gz"


def recall(path: Path, source: Path) -> Written:
    """Return what was last written to a TEI file; nothing known, when there is no record that can be read."""
    try:
        table = json.loads(zlib.decompressobj(31).decompress(read_bytes(record_of(path)), LIMIT))
        findings = tuple(_finding(row, path.parent, source) for row in table["findings"])
        return Written(
            base=str(table["base"]),
            offered=str(table["offered"]),
            made_from=str(table["made_from"]),
            findings=findings,
        )
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError):
        return Written()


def remember(written: Written, path: Path, source: Path) -> None:
    """Keep what was written to a TEI file; the same bytes for the same content."""
    table = {
        "base": written.base, "offered": written.offered, "made_from": written.made_from,
        "findings": list(_rows(written.findings, path.parent, source)),
    }  # fmt: skip
    text = json.dumps(table, ensure_ascii=False).encode("utf-8", "surrogatepass")
    data = gzip.compress(text, _LEVEL, mtime=0)
    file = record_of(path)
    if not file.exists() or read_bytes(file) != data:
        write_bytes(file, data)


def _rows(findings: Iterable[Finding], folder: Path, source: Path) -> Iterable[dict[str, Any]]:
    """Give findings as they are kept: without what is not said, files as seen from the folder of the TEI."""
    for finding in findings:
        row = {name: value for name in _SAID if (value := getattr(finding, name)) is not None}
        if finding.choice:
            row["choice"] = {name: getattr(finding.choice, name) for name in _CHOSEN}
        if finding.file != source:
            row["file"] = Path(os.path.relpath(finding.file, folder)).as_posix()
        yield row


def _finding(row: dict[str, Any], folder: Path, source: Path) -> Finding:
    row = dict(row)
    file = Path(os.path.normpath(folder.absolute() / row.pop("file"))) if "file" in row else source
    if choice := row.pop("choice", None):
        row["choice"] = Choice(**{**choice, "alternatives": tuple(choice["alternatives"])})
    return Finding(**{**row, "severity": Severity(row["severity"]), "file": file})
