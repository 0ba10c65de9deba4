"""Takes findings and gives them as a JSON list, and reads such a list again."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tei_edition.finding import Finding
from tei_edition.reports import Outcome

FIELDS = tuple(Finding.__dataclass_fields__)


def as_json(outcome: Outcome) -> str:
    """Return one JSON list of objects with the fields of `Finding`, and a fingerprint each."""
    rows = [
        {**{name: getattr(finding, name) for name in FIELDS}, "file": str(finding.file), "fingerprint": mark}
        for finding, mark in zip(outcome.findings, outcome.marks, strict=True)
    ]
    # One finding a line: quick to write, and a baseline that is kept beside the files shows what changed.
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, default=asdict) for row in rows)
    return f"[\n{lines}\n]" if rows else "[]"


def read_list(data: bytes) -> list[dict[str, Any]]:
    """Return the findings of a JSON list that `as_json` gave, as objects with ``file``, ``rule`` and ``fingerprint``.

    Raises ValueError with a sentence when it is something else.
    """
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError):
        raise ValueError("this is not JSON") from None
    needed = {"file", "rule", "fingerprint", "message", "severity"}
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and all(isinstance(row.get(name), str) for name in needed) for row in rows
    ):
        raise ValueError("this is not a list of findings, as --format json writes it")
    return rows


def known(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Return what findings of a list are known by: the file and the fingerprint."""
    return {(Path(row["file"]).as_posix(), row["fingerprint"]) for row in rows}
