"""Takes tables of metadata, a document a row, and a transcript; gives the transcript with the fields of its row.

A table is CSV, or TSV, in UTF-8 with a line of column names. A row belongs to the document whose file name, stem, id or
address one of its cells in a column of names gives. What the page itself says stays; the table adds what it leaves out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.readers.page import quoted
from tei_edition.readers.plain import ALIASES
from tei_edition.transcript import FIELDS, Field, Transcript

NAMES = ("file", "filename", "file-name", "source-file", "path", "id", "document", "slug", "uri", "url", "record-id")
"""Columns that say which document a row is about."""
COLUMNS = {
    "credits": "credit", "associated-places": "place", "subjects-discussed": "topic", "subjects": "topic",
    "associated-people-orgs": "person", "document-contributors": "contributor", "original-upload-date": "upload-date",
    "original-archive-title": "source", "original-classification": "classification", "donors": "funder",
    "document-date": "date", "document-type": "type", "doc-date": "date", "rights-statement": "rights",
    "collections": "collection", "original-title": "title",
}  # fmt: skip
"""Columns of catalogues, and the fields they are."""
PASSED = ("text-body", "text", "body", "full-text", "transcript")
"""Columns that repeat the text itself."""
SEVERAL = ("place", "topic", "person", "author", "contributor", "translator", "collection")
"""Fields that may have several values in a cell, parted by ; or |."""
LIMIT = 16 * 1024 * 1024
"""Characters of a table; more is not metadata."""


class Row(NamedTuple):
    """One row: the line where it begins, and its cells by the names of their columns."""

    line: int
    cells: dict[str, str]


def with_metadata(
    transcript: Transcript, tables: Iterable[Path], *, report: Report, name: str | None = None
) -> Transcript:
    """Return a transcript with the fields that tables give of it; ``name`` is the id of the document.

    1. A field that the page itself has keeps its value; where the table says something else, that is reported.
    2. A column that is no field is reported, a document without a row, too.
    """
    for path in tables:
        try:
            rows = read_table(path, path.stat().st_mtime_ns)
        except (OSError, ValueError) as error:
            message = f"The table {quoted(path.name)} was not read: {error}."
            _say(
                report, "metadata-unreadable", path, 1, message, "Save it as CSV in UTF-8 with a line of column names."
            )
            continue
        found = [row for row in rows[1:] if _is_about(row, transcript, name)]
        if not found:
            message = f"No row of {quoted(path.name)} is about this document."
            hint = f"Give its file name, {quoted(transcript.path.name)}, in a column “file”."
            _say(report, "metadata-row-missing", transcript.path, None, message, hint)
        for row in found[:1]:
            transcript = _joined(transcript, row, path, report)
        if len(found) > 1:
            message = f"{len(found)} rows are about {quoted(transcript.path.name)}; the first is used."
            _say(report, "metadata-row-doubled", path, found[1].line, message, "Remove all but one.")
    return transcript


def unknown_columns(path: Path, report: Report) -> None:
    """Report the columns of a table that are no fields."""
    try:
        rows = read_table(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return
    for column in rows[0].cells:
        if column and column not in NAMES and column not in PASSED and _field(column) not in FIELDS:
            message = f"The column {quoted(column)} is not a field; it is left out."
            _say(report, "metadata-column-unknown", path, 1, message, f"Use one of: {', '.join(FIELDS)}.")


@lru_cache(maxsize=16)
def read_table(path: Path, _changed: int) -> Sequence[Row]:
    """Return the rows of a table, the line of column names first; raise ValueError when it is none."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    if len(text) > LIMIT:
        raise ValueError(f"it is larger than {LIMIT // 2**20} MiB")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    csv.field_size_limit(LIMIT)
    try:
        return list(_rows(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)))
    except csv.Error as error:
        raise ValueError(str(error)) from None


def _rows(reader: Iterator[list[str]]) -> Iterator[Row]:
    names = [_folded(name) for name in next(reader, [])]
    if len(set(names) & {*NAMES, "title"}) == 0:
        raise ValueError("no column says which document a row is about")
    yield Row(1, dict.fromkeys(names, ""))
    line = 1 + getattr(reader, "line_num", 1) - 1
    for cells in reader:
        begun, line = line + 1, getattr(reader, "line_num", line + 1)
        if any(cell.strip() for cell in cells):
            yield Row(begun, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()})


def _folded(name: str) -> str:
    return re.sub(r"[\s_]+", "-", name.strip().casefold())


def _field(column: str) -> str:
    return COLUMNS.get(column) or ALIASES.get(column, column)


def _is_about(row: Row, transcript: Transcript, name: str | None) -> bool:
    """Say whether a row is about a document: it gives its file, its stem, its id or its address."""
    known = {transcript.path.name, transcript.path.stem, *transcript.values("uri"), *transcript.values("record-id")}
    known |= {name} if name else set()
    folded = {_address(word) for word in known}
    return any(_address(row.cells.get(column, "")) in folded for column in NAMES if row.cells.get(column))


def _address(words: str) -> str:
    """Return a name or an address without what makes no difference, such as https and a slash at the end."""
    words = re.sub(r"^https?://(?:www\.)?", "", words.strip(), flags=re.IGNORECASE)
    return words.rstrip("/").removeprefix("./").casefold()


def _joined(transcript: Transcript, row: Row, path: Path, report: Report) -> Transcript:
    fields = list(transcript.fields)
    for column, cell in row.cells.items():
        name = _field(column)
        if name not in FIELDS or column in PASSED or (column in NAMES and name not in ("uri", "record-id")):
            continue
        values = [" ".join(item.split()) for item in (re.split(r"\s*[;|]\s*", cell) if name in SEVERAL else [cell])]
        given = transcript.values(name)
        if given and name not in SEVERAL:
            if not any(_same(values[0], value) for value in given):
                message = f"{quoted(path.name)} has {quoted(values[0])} for {name}; the page has {quoted(given[0])}."
                _say(report, "metadata-differs", path, row.line, message, "Correct one of them; the page's is used.")
            continue
        fields += [Field(name, value, 1) for value in dict.fromkeys(values) if value and value not in given]
    return replace(transcript, fields=fields)


def _same(one: str, two: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(two.split()).casefold()


def _say(report: Report, rule: str, file: Path, line: int | None, message: str, hint: str) -> None:
    report(Finding(rule=rule, severity=Severity.WARNING, message=message, file=file, line=line, hint=hint))
