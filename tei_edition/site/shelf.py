"""Keeps what was made of the documents of a site in a database on the disk, so that nobody holds all of them at once.

It lies in the user's cache and holds plain words: what is lost or spoilt is made again. Rows of a document are asked
for in the order of the site, whose documents `set_order` names.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tei_edition.kept import own_folder

_FORM = 1
"""Changes when the tables do, or what stands in them."""
_MOST = 8
"""So many sites are kept; the one that was published longest ago makes room."""

_SAFE = 64
"""After so many documents what was made is kept for good."""

_TABLES = """
CREATE TABLE document (id TEXT PRIMARY KEY, key TEXT, facts BLOB, text BLOB, words BLOB) WITHOUT ROWID;
CREATE TABLE line (entry TEXT, document TEXT, at INTEGER, place TEXT, manner TEXT, before TEXT, named TEXT, after TEXT);
CREATE INDEX lines ON line (entry, document);
CREATE INDEX lines_of ON line (document);
CREATE TABLE turn (who TEXT, document TEXT, at INTEGER, place TEXT, html TEXT, said TEXT, words INTEGER);
CREATE INDEX turns ON turn (who, document);
CREATE INDEX turns_of ON turn (document);
CREATE TABLE day ("when" TEXT, document TEXT, at INTEGER, place TEXT, before TEXT, named TEXT, after TEXT);
CREATE INDEX days_of ON day (document);
CREATE TABLE page (path TEXT PRIMARY KEY, key TEXT, total TEXT) WITHOUT ROWID;
CREATE TABLE posting (word BLOB, part INTEGER, first INTEGER, last INTEGER, places TEXT);
CREATE INDEX postings ON posting (part);
CREATE TABLE other (name TEXT PRIMARY KEY, key TEXT, content BLOB) WITHOUT ROWID;
CREATE TABLE part (number INTEGER PRIMARY KEY, key TEXT);
"""


class Shelf:
    """The database of one site; open it with `opened`, and `close` it."""

    def __init__(self, base: sqlite3.Connection, beside: Path | None = None) -> None:
        self._base = base
        self._beside = beside
        self._fresh = 0

    @classmethod
    def opened(cls, site: Path) -> Shelf:
        """Return the shelf of the site of a folder; an empty one where there is none, or another publishes there."""
        folder = own_folder("site")
        if folder is not None:
            file = folder / f"{hashlib.sha256(str(site).encode()).hexdigest()[:32]}.sqlite"
            with suppress(sqlite3.OperationalError, OSError):
                try:
                    return cls(_connected(file))
                except sqlite3.DatabaseError as error:
                    if isinstance(error, sqlite3.OperationalError):
                        raise
                    file.unlink()
                    return cls(_connected(file))
        beside = Path(tempfile.mkdtemp(prefix="tei-edition-"))
        return cls(_connected(beside / "site.sqlite"), beside)

    def close(self) -> None:
        """Keep what was put, and let go of the database."""
        with suppress(sqlite3.Error):
            self._base.commit()
        self._base.close()
        if self._beside:
            (self._beside / "site.sqlite").unlink(missing_ok=True)
            with suppress(OSError):
                self._beside.rmdir()

    def rows(self, question: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Return the answer to a question in SQL, row by row."""
        return self._base.execute(question, values)

    def put_all(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Do a statement in SQL for every row."""
        self._base.executemany(statement, rows)

    # ## Documents

    def keys(self) -> dict[str, str]:
        """Return the keys of what was made of the documents, by their ids."""
        return dict(self.rows("SELECT id, key FROM document"))

    def part(self, document: str, name: str) -> Any:
        """Return a part of what was made of a document: facts, text or words."""
        return unpacked(self.packed_part(document, name))

    def packed_part(self, document: str, name: str) -> bytes:
        """Return a part of what was made of a document as it is kept."""
        (found,) = next(self.rows(f"SELECT {name} FROM document WHERE id = ?", (document,)))
        return bytes(found)

    def put(self, document: str, key: str, parts: dict[str, bytes], said: dict[str, Sequence[Sequence[Any]]]) -> None:
        """Keep what was made of a document in place of what was kept of it.

        ``parts`` are `packed`, ``said`` are the lines, turns and days, in the order of the text.
        """
        self.forget(document)
        row = (document, key, parts["facts"], parts["text"], parts["words"])
        self.put_all("INSERT INTO document VALUES (?, ?, ?, ?, ?)", [row])
        for table, found in said.items():
            rows = [(one[0], document, at, *one[1:]) for at, one in enumerate(found)]
            if rows:
                self.put_all(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        self._fresh += 1
        if self._fresh % _SAFE == 0:
            # Whoever stops the run loses no more than these.
            self._base.commit()

    def forget(self, document: str) -> None:
        """Take away everything of a document."""
        for table, column in (("document", "id"), ("line", "document"), ("turn", "document"), ("day", "document")):
            self._base.execute(f"DELETE FROM {table} WHERE {column} = ?", (document,))

    def set_order(self, documents: Sequence[str]) -> None:
        """Say which documents there are, in which order; every other one is forgotten.

        Questions find their numbers in the table ``place`` with the columns document and number.
        """
        for document in self.keys().keys() - set(documents):
            self.forget(document)
        self._base.execute("CREATE TEMP TABLE place (document TEXT PRIMARY KEY, number INTEGER)")
        self.put_all("INSERT INTO place VALUES (?, ?)", ((one, number) for number, one in enumerate(documents)))

    # ## What is of no single document

    def other(self, name: str, key: str) -> Any:
        """Return what was kept under a name when it was made from the same; None otherwise."""
        found = self._base.execute("SELECT content FROM other WHERE name = ? AND key = ?", (name, key)).fetchone()
        return unpacked(found[0]) if found else None

    def put_other(self, name: str, key: str, content: Any) -> None:
        """Keep something under a name."""
        self.put_all("INSERT OR REPLACE INTO other VALUES (?, ?, ?)", [(name, key, packed(content))])

    def pages(self) -> dict[str, tuple[str, str]]:
        """Return of every page that was written what it was made from, and the digest of what it became."""
        return {path: (key, total) for path, key, total in self.rows("SELECT path, key, total FROM page")}

    def put_pages(self, before: dict[str, tuple[str, str]], now: dict[str, tuple[str, str]]) -> None:
        """Keep what pages were made from."""
        self.put_all("DELETE FROM page WHERE path = ?", ((path,) for path in before if path not in now))
        changed = ((path, *said) for path, said in now.items() if before.get(path) != said)
        self.put_all("INSERT OR REPLACE INTO page VALUES (?, ?, ?)", changed)


def packed(content: Any) -> bytes:
    """Return lists, tables, words and numbers as few bytes."""
    return zlib.compress(
        json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), 1
    )


def unpacked(content: bytes) -> Any:
    """Return what was `packed`."""
    return json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))


def _connected(file: Path) -> sqlite3.Connection:
    """Return a sound database of this form that nobody else uses; raise sqlite3.Error where there is none to be had."""
    fresh = not file.exists()
    umask = os.umask(0o077)
    try:
        base = sqlite3.connect(file, timeout=0.2, isolation_level="IMMEDIATE")
    finally:
        os.umask(umask)
    try:
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA temp_store = FILE")
        (form,) = base.execute("PRAGMA user_version").fetchone()
        if not fresh and form != _FORM:
            base.close()
            file.unlink()
            return _connected(file)
        base.execute("BEGIN IMMEDIATE")
        if fresh:
            for statement in _TABLES.split(";\n"):
                base.execute(statement)
            base.execute(f"PRAGMA user_version = {_FORM}")
            base.commit()
            base.execute("BEGIN IMMEDIATE")
            others = sorted(file.parent.glob("*.sqlite"), key=lambda one: one.stat().st_mtime, reverse=True)
            for other in others[_MOST:]:
                other.unlink(missing_ok=True)
    except BaseException:
        base.close()
        raise
    return base
