"""Takes the rows of a register proposal and gives a CSV for a spreadsheet; takes the CSV back and gives the rows.

UTF-8 with a byte order mark, since spreadsheets take other CSV for a local encoding. A cell that a spreadsheet would
calculate (it begins with =, +, -, @) is written behind an apostrophe, which is taken off again in reading.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass, fields

from tei_edition.toml import UNFIT

_LIVE = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
MANY = " | "
"""What parts several values of one cell."""


class SheetError(Exception):
    """A file is not a register proposal; the message is one line."""


@dataclass(kw_only=True)
class Row:
    """One person, place or organisation proposed, or one entry of the register; a field is a column of the sheet."""

    decision: str = ""
    """What the editor says: empty, ``yes``, ``new``, ``same as ID``, ``split``, ``split from ID``, ``ignore``,
    ``ambiguous``."""
    proposal: str = ""
    """What ``yes`` would mean; ``in the register`` for an entry that is there."""
    certainty: str = ""
    id: str = ""
    kind: str = ""
    name: str = ""
    """The preferred form."""
    forms: str = ""
    """The other forms."""
    candidates: str = ""
    document: str = ""
    """The documents that the row is about, where the name is borne by others elsewhere."""
    ground: str = ""
    count: str = ""
    occurrences: str = ""
    dates: str = ""
    viaf: str = ""
    wikidata: str = ""
    gnd: str = ""
    geonames: str = ""
    coordinates: str = ""
    note: str = ""
    by: str = ""
    on: str = ""
    state: str = ""
    """Mark of what the register said when the row was written; shows whether either was changed since."""
    line: int = 0
    """Where the row stands in the file."""

    def all_forms(self) -> list[str]:
        """Return the preferred form and the others, each once."""
        return list(dict.fromkeys([form for form in (self.name, *several(self.forms)) if form]))


COLUMNS = tuple(item.name for item in fields(Row) if item.name != "line")
NEEDED = {"decision", "proposal", "id", "kind", "name", "forms", "document"}


def several(cell: str) -> list[str]:
    """Return the values of a cell.

    >>> several("Mao Zedong | Mao Tse-tung")
    ['Mao Zedong', 'Mao Tse-tung']
    """
    return [part.strip() for part in cell.split("|") if part.strip()]


def write_sheet(rows: list[Row]) -> bytes:
    """Return the rows as CSV; the same rows give the same bytes."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([inert(" ".join(str(getattr(row, column)).split())) for column in COLUMNS])
    # A lone surrogate, which no file can hold, becomes a question mark.
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def read_sheet(data: bytes) -> list[Row]:
    """Return the rows of a CSV with comma, semicolon or tab, as any spreadsheet writes it.

    Columns may stand in any order, and others beside them. Raises `SheetError` when it is no register proposal.
    """
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise SheetError("it is not in UTF-8; save it from the spreadsheet as “CSV UTF-8”") from None
    head = text.split("\n", 1)[0]
    parted = max(",;\t", key=head.count)
    csv.field_size_limit(2**24)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=parted, restkey="", restval="")
        named = {str(column).strip().lower() for column in reader.fieldnames or ()}
        if missing := sorted(NEEDED - named):
            raise SheetError(f"it has no column “{missing[0]}”")
        rows = []
        for cells in reader:
            known = {str(key).strip().lower(): value for key, value in cells.items() if key}
            values = {column: _cell(str(known.get(column) or "")) for column in COLUMNS}
            if any(values.values()):
                rows.append(Row(**values, line=reader.line_num))
    except csv.Error as error:
        raise SheetError(f"it cannot be read as CSV: {error}") from None
    return rows


def _cell(text: str) -> str:
    """Return what a cell says, in one line; what XML cannot hold is marked as lost."""
    return UNFIT.sub("\ufffd", " ".join(active(text).split()))


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet calculates.

    >>> inert("=1+1"), inert("-33.9 151.2"), inert("O'Neill")
    ("'=1+1", "'-33.9 151.2", "O'Neill")
    """
    return f"'{cell}" if _LIVE.match(cell) else cell


def active(cell: str) -> str:
    """Return what `inert` was given.

    >>> active("'=1+1"), active("'Abd al-Ilah")
    ('=1+1', "'Abd al-Ilah")
    """
    return cell[1:] if cell.startswith("'") and _LIVE.match(cell) else cell


def state(row: Row) -> str:
    """Return the mark of what a row says of an entry."""
    said = [row.name, *sorted(several(row.forms)), *(getattr(row, column) for column in FACTS)]
    return hashlib.sha256("\0".join(said).encode("utf-8", "replace")).hexdigest()[:12]


FACTS = ("dates", "viaf", "wikidata", "gnd", "geonames", "coordinates", "note")
"""Columns that an entry keeps, beside its names."""
