"""Takes ``edition.toml`` and gives the edition it describes: which files, which people, which outputs."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tei_edition.counterparts import with_counterparts
from tei_edition.files import read_bytes
from tei_edition.finding import Report
from tei_edition.publishing import Publishing, publishing
from tei_edition.settings import FILE, SCHEMAS
from tei_edition.suppressions import Acceptance, acceptances
from tei_edition.toml import decoded, table_of

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
    language: str | None = None
    translation_of: str | None = None
    """Id of the document that it translates."""
    original: Document | None = None
    """The document that it translates, and is linked with."""
    translations: tuple[Document, ...] = ()
    """The documents that translate it."""


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
    publishing: Publishing = field(default_factory=Publishing)
    """What ``[site]`` says beside the folder."""
    schema: tuple[Path | str, ...] = ()
    """Schemas in place of the toolkit's own: files, or the name of one that the toolkit brings."""
    profiles: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Bracket profiles of this edition's own, or changes to the toolkit's, by name."""
    accept: tuple[Acceptance, ...] = ()
    """Findings that the edition accepts, and why."""
    styles: dict[str, str] = field(default_factory=dict)
    """What styles of word processors and tags of transcription programs mean, by their names."""
    views: dict[str, tuple[Path, str]] = field(default_factory=dict)
    """Views of this edition's own by name: the stylesheet, and what the view is called."""
    metadata: tuple[Path, ...] = ()
    """Tables whose rows say of the transcripts what their pages do not."""

    def encoded(self, document: Document) -> Path:
        """Return the path of a document's TEI file."""
        return self.tei / f"{document.id}.xml"

    def tei_files(self) -> list[Path]:
        """Return the paths of the TEI files: the documents in order, then what else lies in the folder."""
        listed = [self.encoded(document) for document in self.documents]
        beside = sorted(path for path in self.tei.glob("*.xml") if not path.name.endswith(".new.xml"))
        return list(dict.fromkeys([*listed, *beside]))

    @classmethod
    def load(cls, path: Path) -> Edition:
        """Read an ``edition.toml`` (or the one in a folder); raise `EditionError` with one line when it is wrong."""
        path = (path / FILE if path.is_dir() else path).resolve()
        try:
            text = decoded(read_bytes(path))
            table = table_of(text)
        except FileNotFoundError:
            raise EditionError(f"There is no {FILE} in {path.parent}.") from None
        except ValueError as error:
            raise EditionError(f"{path}: {error}") from None
        return _edition(path, table, text)

    @classmethod
    def find(cls, start: Path) -> Edition | None:
        """Return the edition that a folder belongs to, looking upwards, or None."""
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / FILE).is_file():
                return cls.load(folder)
        return None


_WORDS = {"title", "subtitle", "id", "language", "publisher", "description", "rights", "licence"}
_OTHER = frozenset(
    "date register decisions tei site schema responsible document profile accept styles metadata views".split()
)


def _edition(path: Path, table: dict[str, Any], text: str) -> Edition:
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
        documents = with_counterparts(documents)
    except ValueError as error:
        raise EditionError(f"{path}: {error}") from None
    try:
        responsible = tuple(Responsible(**row) for row in _rows(path, table, "responsible"))
    except TypeError:
        raise EditionError(f"{path}: each [[responsible]] has id, resp and name.") from None
    for one in responsible:
        if not all(isinstance(words, str) for words in (one.id, one.resp, one.name)):
            raise EditionError(f"{path}: id, resp and name of [[responsible]] are to be text in quotation marks.")
    try:
        accept = acceptances(_rows(path, table, "accept"), text)
    except ValueError as error:
        raise EditionError(f"{path}: {error}") from None
    try:
        site, beside = publishing(table.get("site", "site"), str(table.get("language", "en")))
    except ValueError as error:
        raise EditionError(f"{path}: {error}") from None
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
        site=_inside(path, folder, site),
        publishing=beside,
        schema=_schemas(path, folder, table.get("schema", [])),
        profiles=table.get("profile", {}),
        accept=accept,
        views=_views(path, folder, table.get("views", {})),
        styles=_styles(path, table.get("styles", {})),
        metadata=tuple(_inside(path, folder, item) for item in _listed(table.get("metadata", []))),
    )


_VIEWS = ("reading", "diplomatic", "transcript", "parallel", "facsimile", "translation", "original")
"""What the views are called that every document may have."""


def _views(path: Path, folder: Path, table: Any) -> dict[str, tuple[Path, str]]:
    views = {}
    for name, view in table.items() if isinstance(table, dict) else [("", None)]:
        if not isinstance(view, dict) or set(view) - {"stylesheet", "title"} or "stylesheet" not in view:
            raise EditionError(f"{path}: each [views.NAME] has a stylesheet, and a title if you like.")
        if not NCNAME.fullmatch(name) or name in _VIEWS:
            raise EditionError(f"{path}: a view cannot be called “{name}”.")
        views[name] = (_inside(path, folder, view["stylesheet"]), str(view.get("title", name.capitalize())))
    return views


def _styles(path: Path, table: Any) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(words, str) for words in table.values()):
        raise EditionError(f"{path}: [styles] says of each style in quotation marks what it means.")
    return table


def _listed(named: Any) -> list[Any]:
    return named if isinstance(named, list) else [named]


def _schemas(path: Path, folder: Path, named: Any) -> tuple[Path | str, ...]:
    named = named if isinstance(named, list) else [named]
    return tuple(item if item in SCHEMAS else _inside(path, folder, item) for item in named)


def _rows(path: Path, table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    rows = table.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise EditionError(f"{path}: write [[{key}]] with two brackets on either side.")
    return rows


def _document(path: Path, folder: Path, row: dict[str, Any]) -> Document:
    if "source" not in row:
        raise EditionError(f"{path}: each [[document]] names its source.")
    unknown = sorted(set(row) - {"source", "id", "reader", "profile", "encoding", "language", "translation-of"})
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
        language=row.get("language"),
        translation_of=row.get("translation-of"),
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
