"""Takes the findings of this run and what a report's folder keeps of earlier runs, and says what is new and gone.

The folder keeps three files: ``findings.json``, the list of this run; ``previous.json``, that of the run before; and
``counts.json``, the counts of the last runs. A run has a name: the one that was given, or the day of
SOURCE_DATE_EPOCH, or its number. A report written again under the name of its last run takes the place of that run;
without a name, that is so when nothing has changed. So the same findings give the same report, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tei_edition.day import source_day
from tei_edition.files import read_bytes
from tei_edition.finding import Severity
from tei_edition.reports import Outcome
from tei_edition.reports.listed import as_json, known, read_list

COUNTS = "counts.json"
FINDINGS = "findings.json"
PREVIOUS = "previous.json"
KEPT = 30
"""Runs whose counts are kept."""

_KIND = "tei-edition report"


@dataclass(frozen=True)
class Counts:
    """The counts of one run."""

    name: str
    number: int
    files: int
    errors: int
    warnings: int
    choices: int
    accepted: int


@dataclass(frozen=True)
class History:
    """This run beside the earlier ones."""

    counts: tuple[Counts, ...]
    """Of the last counts: the oldest first, this one last."""
    before: str | None
    """The name of the run that this one is compared with."""
    new: frozenset[tuple[str, str]]
    """File and fingerprint of the findings that were not there before."""
    gone: tuple[Mapping[str, Any], ...]
    """The findings that were there before."""
    stayed: int
    kept: Mapping[str, bytes]
    """The files that the folder is to keep, by name."""


def is_report(folder: Path) -> bool:
    """Say whether a folder holds a report, and so may be written again."""
    return _earlier(folder) is not None


def history(folder: Path, outcome: Outcome, name: str | None) -> History:
    """Return this run beside what a report's folder keeps of earlier ones."""
    earlier = _earlier(folder) or []
    listed = (as_json(outcome) + "\n").encode("utf-8", "backslashreplace")
    last = earlier[-1] if earlier else None
    name = name or str(source_day() or "") or None
    this = _counted(outcome, name or "", last.number + 1 if last else 1)
    unchanged = name is None and _bytes(folder / FINDINGS) == listed
    if last and (name == last.name or (unchanged and last.files == this.files)):
        earlier.pop()
        this = _counted(outcome, last.name, last.number)
        base = _bytes(folder / PREVIOUS)
    else:
        base = _bytes(folder / FINDINGS) if last else None
        this = _counted(outcome, name or f"run {this.number}", this.number)
    rows = _rows(base) if earlier else []
    now = {(item.file.as_posix(), mark) for item, mark in zip(outcome.findings, outcome.marks, strict=True)}
    then = known(rows)
    counts = (*earlier, this)[-KEPT:]
    kept = {COUNTS: _written(counts), FINDINGS: listed, PREVIOUS: base or b"[]\n"}
    gone = tuple(row for row in rows if (Path(row["file"]).as_posix(), row["fingerprint"]) not in now)
    before = earlier[-1].name if earlier else None
    new = frozenset(now - then) if earlier else frozenset()
    return History(counts, before, new, gone, len(now & then), kept)


def _counted(outcome: Outcome, name: str, number: int) -> Counts:
    level = [item.severity for item in outcome.findings if item.accepted is None]
    return Counts(
        name=name,
        number=number,
        files=len(outcome.files),
        errors=level.count(Severity.ERROR),
        warnings=level.count(Severity.WARNING),
        choices=level.count(Severity.INFO),
        accepted=len(outcome.findings) - len(level),
    )


def _bytes(file: Path) -> bytes | None:
    try:
        return read_bytes(file)
    except OSError:
        return None


def _rows(data: bytes | None) -> list[dict[str, Any]]:
    try:
        return read_list(data or b"[]")
    except ValueError:
        return []


def _earlier(folder: Path) -> list[Counts] | None:
    """Return the counts that a folder keeps, or None where it is no report's."""
    try:
        table = json.loads(_bytes(folder / COUNTS) or b"null")
        counts = [Counts(**row) for row in table["counts"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    sound = all(
        isinstance(value, str if name == "name" else int) for run in counts for name, value in asdict(run).items()
    )
    return counts if table.get("kind") == _KIND and sound else None


def _written(counts: tuple[Counts, ...]) -> bytes:
    table = {"kind": _KIND, "counts": [asdict(one) for one in counts]}
    return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
