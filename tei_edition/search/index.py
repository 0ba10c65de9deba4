"""Takes TEI files and keeps an index of their passages beside other things that the user's computer can make again.

The index is an SQLite database with a full-text table (FTS5). Its words are those of `tei_edition.search.words`, set
apart by blanks, so that SQLite has nothing to decide: Chinese is found sign by sign, and ``lodz`` finds Łódź.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tei_edition import __version__
from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.kept import own_folder
from tei_edition.search.particulars import particulars, register_names
from tei_edition.search.passages import passages
from tei_edition.search.words import words
from tei_edition.tei import parse

_FORM = "1"
"""Changes when the tables do, or what stands in them."""

_MOST = 16
"""So many indexes are kept; the one that was changed longest ago makes room."""

_TABLES = """
CREATE TABLE state (digest TEXT);
CREATE TABLE document (number INTEGER PRIMARY KEY, file TEXT UNIQUE, stamp TEXT, id TEXT, title TEXT, date TEXT,
  first TEXT, last TEXT);
CREATE TABLE facet (document INTEGER, facet TEXT, key TEXT, name TEXT);
CREATE INDEX facets ON facet (document);
CREATE TABLE passage (number INTEGER PRIMARY KEY, document INTEGER, anchor TEXT, text TEXT, source INTEGER,
  language TEXT, line INTEGER, spoken TEXT);
CREATE INDEX passages ON passage (document);
CREATE VIRTUAL TABLE words USING fts5 (said, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co S*'");
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A TEI file to be searched, with the id of its document."""

    file: Path
    id: str


class Index:
    """The index of some files: brought up to date when it is opened, asked with ``rows``."""

    def __init__(self, name: str, permalinks: Path | None = None, registers: Sequence[Path] = ()) -> None:
        """Open the index of an edition, or of a folder, that is called ``name``; make it where there is none.

        Where the cache folder is not the user's own, or cannot be written, the index is made anew each time.
        """
        self._registers = [path for path in registers if path.is_file()]
        self._permalinks = permalinks if permalinks and permalinks.is_file() else None
        self._digest = hashlib.sha256(
            repr((_FORM, __version__, [_stamp(path) for path in (*self._registers, permalinks) if path])).encode()
        ).hexdigest()
        folder = own_folder("search")
        self._file = folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.sqlite" if folder else None
        self._base = self._opened()

    def close(self) -> None:
        """Let go of the database."""
        self._base.close()

    def rows(self, question: str, values: Sequence[Any] = ()) -> Iterable[tuple[Any, ...]]:
        """Return the answer to a question in SQL."""
        return self._base.execute(question, values)

    def update(
        self, sources: Sequence[Source], report: Report, each: Callable[[Sequence[Source]], Iterable[Source]] = iter
    ) -> None:
        """Bring the index up to date: read what is new or was changed, forget what is gone.

        What cannot be read is a finding, and is tried again the next time.
        """
        known = {str(file): stamp for file, stamp in self.rows("SELECT file, stamp FROM document")}
        stamps = {str(source.file): f"{source.id} {_stamp(source.file)}" for source in sources}
        with self._base:
            for file in known.keys() - {file for file, stamp in stamps.items() if known.get(file) == stamp}:
                self._forget(file)
            changed = [source for source in sources if known.get(str(source.file)) != stamps[str(source.file)]]
            if changed:
                self._take(changed, stamps, report, each)

    def _take(
        self,
        changed: Sequence[Source],
        stamps: dict[str, str],
        report: Report,
        each: Callable[[Sequence[Source]], Iterable[Source]],
    ) -> None:
        # The site reads passages too, so that it cannot be imported before them.
        from tei_edition.site.anchors import mark_places
        from tei_edition.site.permalinks import Permalinks

        roots = [parse(read_bytes(path), path, report) for path in self._registers]
        names = register_names(root for root in roots if root is not None)
        links = Permalinks.read(self._permalinks, report) if self._permalinks else Permalinks()
        for source in each(changed):
            try:
                tree = parse(read_bytes(source.file), source.file, report)
            except OSError as error:
                report(Finding(rule="file-unreadable", severity=Severity.ERROR, file=source.file, message=f"{error}."))
                continue
            if tree is None:
                continue
            mark_places(tree, links, source.id)
            said = particulars(tree, names)
            cursor = self._base.execute(
                "INSERT INTO document (file, stamp, id, title, date, first, last) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (str(source.file), stamps[str(source.file)], source.id, said.title, said.date, said.first, said.last),
            )  # fmt: skip
            number = cursor.lastrowid
            rows = [(number, facet, key, named) for facet, all_ in said.facets.items() for key, named in all_.items()]
            self._base.executemany("INSERT INTO facet VALUES (?, ?, ?, ?)", rows)
            for passage in passages(tree):
                spoken = [[one.start, one.end, [said.keys.get(who, who) for who in one.who]] for one in passage.spoken]
                cursor = self._base.execute(
                    "INSERT INTO passage (document, anchor, text, source, language, line, spoken) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (number, passage.anchor, passage.text, passage.source, passage.language, passage.line,
                     json.dumps(spoken) if spoken else ""),
                )  # fmt: skip
                keys = " ".join(word.key for word in words(passage.text))
                self._base.execute("INSERT INTO words (rowid, said) VALUES (?, ?)", (cursor.lastrowid, keys))

    def _forget(self, file: str) -> None:
        for (number,) in list(self.rows("SELECT number FROM document WHERE file = ?", (file,))):
            self._base.execute(
                "DELETE FROM words WHERE rowid IN (SELECT number FROM passage WHERE document = ?)", (number,)
            )
            for table, column in (("passage", "document"), ("facet", "document"), ("document", "number")):
                self._base.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))

    def _opened(self) -> sqlite3.Connection:
        """Return the database of this edition if it is sound and of this form, otherwise an empty one."""
        if self._file is None:
            return self._made(":memory:")
        if self._file.exists():
            with suppress(sqlite3.DatabaseError):
                base = _connected(str(self._file))
                try:
                    if base.execute("SELECT digest FROM state").fetchone() == (self._digest,):
                        return base
                except sqlite3.OperationalError as error:
                    if "no such table" not in str(error):
                        base.close()
                        return self._made(":memory:")
                base.close()
        try:
            for ending in ("", "-journal"):
                Path(f"{self._file}{ending}").unlink(missing_ok=True)
            others = sorted(self._file.parent.glob("*.sqlite"), key=lambda file: file.stat().st_mtime, reverse=True)
            for file in others[_MOST - 1 :]:
                file.unlink(missing_ok=True)
            return self._made(str(self._file))
        except (OSError, sqlite3.OperationalError):
            return self._made(":memory:")

    def _made(self, where: str) -> sqlite3.Connection:
        base = _connected(where)
        with base:
            base.executescript(_TABLES)
            base.execute("INSERT INTO state VALUES (?)", (self._digest,))
        return base


def _connected(where: str) -> sqlite3.Connection:
    umask = os.umask(0o077)
    try:
        base = sqlite3.connect(where, timeout=10)
    finally:
        os.umask(umask)
    base.execute("PRAGMA trusted_schema = OFF")
    base.execute("PRAGMA synchronous = OFF")  # what is lost when the power fails is made again
    return base


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "-"
    return f"{found.st_mtime_ns} {found.st_size} {found.st_ino}"
