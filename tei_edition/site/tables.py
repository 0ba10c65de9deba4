"""Takes what a site says of its documents and gives it as tables (CSV), with a dictionary of their columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from tei_edition.site.pages import Site, Written


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


def table_pages(site: Site, files: Sequence[tuple[str, str]]) -> Written:
    """Yield ``data/NAME.csv`` for every table, their dictionary, and the page of downloads with other ``files``."""
    tree = site.tree()
    page = etree.SubElement(tree, "tables", title="Downloads")
    dictionary: list[Sequence[str]] = [("table", "column", "meaning")]
    for table in TABLES:
        count = _COUNTS[table.name](site)
        if not count:
            continue
        yield f"data/{table.name}.csv", _csv(chain([list(table.columns)], _ROWS[table.name](site)))
        row = etree.SubElement(page, "table", id=table.name, rows=str(count), about=table.about)
        for column, meaning in table.columns.items():
            etree.SubElement(row, "column", name=column).text = meaning
            dictionary.append((table.name, column, meaning))
    for href, label in files:
        etree.SubElement(page, "file", href=href, label=label)
    yield "data/dictionary.csv", _csv(dictionary)
    yield site.page("plain", tree, "downloads.html")


def _csv(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows as RFC 4180 has them; what a spreadsheet would take for a formula is kept from it by a space."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    for row in rows:
        writer.writerow([f" {cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell for cell in row])
        if out.tell() > 65536:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _documents(site: Site) -> Iterator[list[str]]:
    for one in site.documents:
        head, more = etree.fromstring(one.whole), etree.fromstring(site.shelf.part(one.id, "text")["more"])
        yield [
            one.id, head.findtext("title") or "", one.when, _all(head, "kind"), _all(more, "author"),
            _all(head, "party"), _all(head, "archive"), one.lang, f"{site.frames.edition['address']}{one.id}.html",
        ]  # fmt: skip


def _turns(site: Site) -> Iterator[Sequence[str]]:
    return site.shelf.rows(
        "SELECT document, place, group_concat(who, ' '), said FROM turn JOIN place USING (document) "
        "GROUP BY number, place ORDER BY number, MIN(at)"
    )


def _mentions(site: Site) -> Iterator[Sequence[str]]:
    return site.shelf.rows(
        "SELECT entry, document, place, before, named, after FROM line JOIN place USING (document) "
        "WHERE manner = 'context' ORDER BY number, at"
    )


def _entries(site: Site) -> Iterator[list[str]]:
    for register in site.registers:
        for entry in register.iter("entry"):
            key = f"{register.get('id')}#{entry.get('id')}"
            _, documents, named = site.counts.get(key, (0, 0, 0))
            yield [
                key, entry.findtext("name") or "", str(entry.get("kind")), _all(entry, "fact"), _all(entry, "geo"),
                "|".join(str(one.get("href") or one.text) for one in entry.iterfind("idno")), str(documents),
                str(named),
            ]  # fmt: skip


def _counted(question: str) -> Callable[[Site], int]:
    return lambda site: next(iter(site.shelf.rows(question)))[0]


def _all(element: etree._Element, tag: str) -> str:
    return "|".join(" ".join("".join(map(str, one.itertext())).split()) for one in element.iterfind(tag))


_ROWS: Mapping[str, Callable[[Site], Iterator[Sequence[str]]]] = {
    "documents": _documents, "turns": _turns, "mentions": _mentions, "entries": _entries,
}  # fmt: skip
_COUNTS: Mapping[str, Callable[[Site], int]] = {
    "documents": lambda site: len(site.documents),
    "turns": _counted("SELECT COUNT(*) FROM (SELECT DISTINCT document, place FROM turn)"),
    "mentions": _counted("SELECT COUNT(*) FROM line WHERE manner = 'context'"),
    "entries": lambda site: sum(1 for register in site.registers for _ in register.iter("entry")),
}
