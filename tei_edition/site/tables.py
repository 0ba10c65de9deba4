"""Takes what a site says of its documents and gives it as tables (CSV), with a dictionary of their columns."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from tei_edition.site.pages import Site
from tei_edition.site.voices import said_in


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: what it is about, and what its columns hold."""

    name: str
    about: str
    columns: Mapping[str, str]


TABLES = (
    Table(name="documents", about="One row a document.", columns={
        "id": "Id of the document; its page is ID.html", "title": "Title",
        "date": "Date as YYYY-MM-DD, or a part of it",
        "kind": "Kind of document", "authors": "Authors, separated by |",
        "parties": "Who takes part or writes to whom, separated by |",
        "archive": "Where the source is kept", "language": "Language of the text (BCP 47)",
        "address": "Address of the page",
    }),
    Table(name="turns", about="One row a turn of speech.", columns={
        "document": "Id of the document",
        "place": "Id of the turn on the page",
        "speaker": "Entry of the register, or person of the document",
        "text": "Words of the turn, as the reading view has them",
    }),
    Table(name="mentions", about="One row a name in the text that the registers know.", columns={
        "entry": "Register and id of the entry", "document": "Id of the document",
        "place": "Id of the place on the page",
        "before": "Words before the name", "name": "The name as it stands there", "after": "Words after the name",
    }),
    Table(name="entries", about="One row an entry of a register.", columns={
        "entry": "Register and id of the entry", "name": "Name", "kind": "person, place or org",
        "facts": "Dates and particulars, separated by |",
        "coordinates": "Latitude and longitude",
        "authorities": "Addresses at authorities, separated by |",
        "documents": "Number of documents in which it occurs",
        "mentions": "Number of times that the text names it",
    }),
)  # fmt: skip
"""The tables in the order of the page of downloads."""


def table_pages(site: Site, files: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield ``data/NAME.csv`` for every table, their dictionary, and the page of downloads with other ``files``."""
    rows = {table.name: list(_ROWS[table.name](site)) for table in TABLES}
    tree = site.frames.site()
    page = etree.SubElement(tree, "tables", title="Downloads")
    dictionary: list[Sequence[str]] = [("table", "column", "meaning")]
    for table in TABLES:
        if not rows[table.name]:
            continue
        yield f"data/{table.name}.csv", _csv([list(table.columns), *rows[table.name]])
        row = etree.SubElement(page, "table", id=table.name, rows=str(len(rows[table.name])), about=table.about)
        for column, meaning in table.columns.items():
            etree.SubElement(row, "column", name=column).text = meaning
            dictionary.append((table.name, column, meaning))
    for href, label in files:
        etree.SubElement(page, "file", href=href, label=label)
    yield "data/dictionary.csv", _csv(dictionary)
    yield "downloads.html", site.frames.page("plain", tree, "downloads.html")


def _csv(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as RFC 4180 has them; what a spreadsheet would take for a formula is kept from it by a space."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([f" {cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _documents(site: Site) -> Iterator[list[str]]:
    for one in site.documents:
        when = one.find("date")
        yield [
            str(one.get("id")), one.findtext("title") or "", str(when.get("when", "")) if when is not None else "",
            _all(one, "kind"), _all(one, "author"), _all(one, "party"), _all(one, "archive"), str(one.get("lang")),
            f"{site.frames.edition['address']}{one.get('id')}.html",
        ]  # fmt: skip


def _turns(site: Site) -> Iterator[list[str]]:
    for document in site.documents:
        for turn in document.iterfind("turn"):
            yield [str(document.get("id")), str(turn.get("at")), str(turn.get("who")), said_in(turn)]


def _mentions(site: Site) -> Iterator[list[str]]:
    for document in site.documents:
        for one in document.iterfind("context"):
            words = [one.findtext(tag) or "" for tag in ("before", "named", "after")]
            yield [str(one.get("entry")), str(document.get("id")), str(one.get("at")), *words]


def _entries(site: Site) -> Iterator[list[str]]:
    for register in site.registers:
        for entry in register.iter("entry"):
            key = f"{register.get('id')}#{entry.get('id')}"
            found = site.mentions.get(key, {})
            count = Counter(one.tag for rows in found.values() for one in rows)
            yield [
                key, entry.findtext("name") or "", str(entry.get("kind")), _all(entry, "fact"), _all(entry, "geo"),
                "|".join(str(one.get("href") or one.text) for one in entry.iterfind("idno")), str(len(found)),
                str(count["context"]),
            ]  # fmt: skip


def _all(element: etree._Element, tag: str) -> str:
    return "|".join(" ".join("".join(map(str, one.itertext())).split()) for one in element.iterfind(tag))


_ROWS = {"documents": _documents, "turns": _turns, "mentions": _mentions, "entries": _entries}
