"""Takes doubts and gives a CSV that an editor answers in a spreadsheet; takes it back and gives decisions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from tei_edition.register.sheet import active, inert
from tei_edition.review.doubts import FREE, TABLES, Doubt

COLUMNS = (
    "document", "at", "rule", "severity", "question", "before", "text", "after", "encoded", "alternatives", "answer",
    "words",
)  # fmt: skip
"""Of these an editor fills the last two: one of the alternatives, and what may be said beside it."""
_NEEDED = ("document", "at", "rule", "text", "answer")
Row = dict[str, str]


class SheetError(Exception):
    """A file is not a list of doubts; the message is one line."""


def row_of(doubt: Doubt) -> Row:
    """Return the row of a doubt, without an answer."""
    encoded, *others = doubt.answers
    said = (
        doubt.document, doubt.at, doubt.finding.rule, str(doubt.finding.severity), doubt.finding.message, doubt.before,
        doubt.text, doubt.after, encoded, " | ".join(others), "", "",
    )  # fmt: skip
    return {column: " ".join(cell.split()) for column, cell in zip(COLUMNS, said, strict=True)}


def same_place(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return by what a row is known again when it is written anew."""
    return tuple(row[column] for column in ("document", "rule", "before", "text", "after"))


def write_sheet(rows: Iterable[Row]) -> bytes:
    """Return rows as CSV, with a byte order mark, since spreadsheets take other CSV for a local encoding."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([inert(row[column]) for column in COLUMNS] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def read_sheet(data: bytes) -> list[Row]:
    """Return the rows of a CSV with comma, semicolon or tab; raise `SheetError` when it is no list of doubts."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError("it is not in UTF-8; save it from the spreadsheet as “CSV UTF-8”") from None
    parted = max(",;\t", key=text.split("\n", 1)[0].count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=parted, restkey="", restval="")
        named = {str(column).strip().lower() for column in reader.fieldnames or ()}
        if missing := [column for column in _NEEDED if column not in named]:
            raise SheetError(f"it has no column “{missing[0]}”")
        rows = []
        for cells in reader:
            known = {str(key).strip().lower(): value for key, value in cells.items() if key}
            rows.append({column: " ".join(active(str(known.get(column) or "")).split()) for column in COLUMNS})
    except csv.Error as error:
        raise SheetError(f"it cannot be read as CSV: {error}") from None
    return rows


def as_decisions(rows: Iterable[Row]) -> dict[str, Any]:
    """Return the answers of rows as tables of decisions.toml; a row without an answer says nothing.

    >>> row = dict.fromkeys(COLUMNS, "") | {"document": "a", "at": "1:2", "text": "thrives", "answer": "corr"}
    >>> as_decisions([row | {"words": "strives"}])["decision"]
    [{'document': 'a', 'at': '1:2', 'text': 'thrives', 'as': 'corr', 'words': 'strives'}]
    """
    decisions: list[dict[str, Any]] = []
    speakers: dict[str, dict[str, str]] = {}
    sides: dict[str, list[str]] = {}
    for row in rows:
        answer, words, document = row["answer"].lower(), row["words"], row["document"]
        if not answer and words and TABLES.get(row["rule"]):
            answer = TABLES[row["rule"]]
        if answer == "speaker" and words:
            speakers.setdefault(document, {})[row["text"]] = words
        elif answer == "sides" and words:
            sides[document] = [side.strip() for side in words.split("|")]
        elif answer:
            decisions.append(_decision(row, answer, words))
    return {"decision": decisions, "speakers": speakers, "delegations": sides}


def _decision(row: Row, answer: str, words: str) -> dict[str, Any]:
    said: dict[str, Any] = {"document": row["document"], "at": row["at"], "text": row["text"]}
    said |= {side: row[side] for side in ("before", "after") if row[side]}
    said["as"] = answer
    field = FREE.get(answer, ("words",))[0]
    if words:
        said |= {"attributes": {"reason": words}} if field == "reason" else {field: words}
    if answer == "keep":
        said["rule"] = row["rule"]
    return said
