"""Takes ``edition.toml`` and gives the edition it describes: which files, which people, which outputs."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tei_edition.finding import Report

FILE = "edition.toml"
NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")


class EditionError(Exception):
    """``edition.toml`` (or ``decisions.toml``) says something that cannot be followed; the message is one line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Responsible:
    """A person or body who answers for something, as ``respStmt`` gives it."""

    id: str
    resp: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One document of the edition: its transcript, and how to read and encode it."""

    source: Path
    id: str
    reader: str | None = None
    profile: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An edition as its ``edition.toml`` describes it; all paths are absolute."""

    folder: Path
    title: str = "Untitled edition"
    subtitle: str = ""
    id: str = "edition"
    language: str = "en"
    date: str = ""
    """Of the encoding, as YYYY-MM-DD: an output never depends on the clock."""
    publisher: str = ""
    description: str = ""
    rights: str = ""
    licence: str = ""
    """Address of the licence of the encoding; no address, no ``licence`` element."""
    responsible: tuple[Responsible, ...] = ()
    documents: tuple[Document, ...] = ()
    register: tuple[Path, ...] = ()
    decisions: Path | None = None
    tei: Path = Path("xml")
    site: Path = Path("site")
    schema: Path | None = None
    profiles: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Bracket profiles of this edition's own, or changes to the toolkit's, by name."""

    def encoded(self, document: Document) -> Path:
        """Return the path of a document's TEI file."""
        return self.tei / f"{document.id}.xml"

    @classmethod
    def load(cls, path: Path) -> Edition:
        """Read an ``edition.toml`` (or the one in a folder); raise `EditionError` with one line when it is wrong."""
        path = (path / FILE if path.is_dir() else path).resolve()
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise EditionError(f"There is no {FILE} in {path.parent}.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise EditionError(f"{path}: {error}") from None
        return _edition(path, table)

    @classmethod
    def find(cls, start: Path) -> Edition | None:
        """Return the edition that a folder belongs to, looking upwards, or None."""
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / FILE).is_file():
                return cls.load(folder)
        return None


_WORDS = {"title", "subtitle", "id", "language", "publisher", "description", "rights", "licence"}
_OTHER = {"date", "register", "decisions", "tei", "site", "schema", "responsible", "document", "profile"}


def _edition(path: Path, table: dict[str, Any]) -> Edition:
    unknown = sorted(set(table) - _WORDS - _OTHER)
    if unknown:
        raise EditionError(f"{path}: “{unknown[0]}” is not a setting; docs/guide.md lists them.")
    folder = path.parent
    for key in _WORDS & set(table):
        if not isinstance(table[key], str):
            raise EditionError(f"{path}: {key} is to be text in quotation marks.")
    date = table.get("date", "")
    if date and not (isinstance(date, datetime.date) or re.fullmatch(r"\d{4}-\d\d-\d\d", str(date))):
        raise EditionError(f"{path}: date is to be a day, such as 2026-11-22.")
    documents = tuple(_document(path, folder, row) for row in _rows(path, table, "document"))
    seen: set[str] = set()
    for document in documents:
        if document.id.casefold() in seen:
            raise EditionError(f"{path}: two documents have the id “{document.id}”.")
        seen.add(document.id.casefold())
    try:
        responsible = tuple(Responsible(**row) for row in _rows(path, table, "responsible"))
    except TypeError:
        raise EditionError(f"{path}: each [[responsible]] has id, resp and name.") from None
    register = table.get("register", [])
    if not isinstance(register, list):
        raise EditionError(f"{path}: register is to be a list of files.")
    return Edition(
        folder=folder,
        **{key: table[key].strip() for key in _WORDS & set(table)},
        date=str(date),
        responsible=responsible,
        documents=documents,
        register=tuple(_inside(path, folder, item) for item in register),
        decisions=_inside(path, folder, table["decisions"]) if "decisions" in table else None,
        tei=_inside(path, folder, table.get("tei", "xml")),
        site=_inside(path, folder, table.get("site", "site")),
        schema=_inside(path, folder, table["schema"]) if "schema" in table else None,
        profiles=table.get("profile", {}),
    )


def _rows(path: Path, table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise EditionError(f"{path}: write [[{key}]] with two brackets on either side.")
    return rows


def _document(path: Path, folder: Path, row: dict[str, Any]) -> Document:
    if "source" not in row:
        raise EditionError(f"{path}: each [[document]] names its source.")
    unknown = sorted(set(row) - {"source", "id", "reader", "profile", "encoding"})
    if unknown:
        raise EditionError(f"{path}: “{unknown[0]}” is not a setting of a document.")
    source = _inside(path, folder, row["source"])
    key = str(row.get("id") or identifier(source.stem))
    if not NCNAME.fullmatch(key):
        raise EditionError(f"{path}: “{key}” cannot be an id; begin with a letter, then letters, digits, - and _.")
    return Document(
        source=source,
        id=key,
        reader=row.get("reader"),
        profile=row.get("profile"),
        encoding=row.get("encoding"),
    )


def _inside(path: Path, folder: Path, item: Any) -> Path:
    if not isinstance(item, str) or not item:
        raise EditionError(f"{path}: “{item}” is not the name of a file.")
    whole = (folder / item).resolve()
    if not whole.is_relative_to(folder.resolve()):
        raise EditionError(f"{path}: “{item}” lies outside the edition's folder.")
    return whole


def identifier(stem: str) -> str:
    """Return an id made of a file's name: ASCII letters, digits, hyphens, beginning with a letter.

    >>> identifier("000_Brief an X")
    'd000_Brief-an-X'
    """
    key = re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-.") or "document"
    return key if re.match(r"[A-Za-z_]", key) else f"d{key}"


def new(folder: Path, *, report: Report | None = None) -> list[Path]:
    """Write a newcomer's edition into a folder and return the files written; see `tei_edition.newcomer`."""
    from tei_edition.newcomer import write_edition

    return write_edition(folder, report=report)
