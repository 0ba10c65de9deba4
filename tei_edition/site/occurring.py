"""Takes the registers of a site and where their entries occur, and gives their pages: the lists, and one an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from itertools import groupby
from operator import itemgetter
from typing import Any

from lxml import etree

from tei_edition.site.frames import Page
from tei_edition.site.pages import Site, Written, element, with_documents
from tei_edition.site.paging import sheets

MANY = 12
"""So many documents of an entry, and places of a document, a register shows; the page of the entry has all."""
_LINK = 75
"""Bytes of a link to a place."""


def register_pages(site: Site) -> Written:
    """Yield the pages of every register, and those of every entry, in the order of the alphabet."""
    where = site.numbers("line", "entry")
    for register in site.registers:
        key = str(register.get("id"))
        rows = register.iter("entry", "see")
        entries = sorted(rows, key=lambda one: (not _is_found(site, key, one), str(one.get("key"))))
        names = {str(one.get("id")): one.findtext("name") or "" for one in entries}
        base = f"register/{key}"
        rest = sum(not _is_found(site, key, one) for one in entries)
        for sheet in sheets(
            lambda entries=entries: entries,  # type: ignore[misc]
            lambda one, key=key: _weight(site, key, one),  # type: ignore[misc]
            lambda one, key=key: _letter(one) if _is_found(site, key, one) else "",  # type: ignore[misc]
        ):
            tree = site.tree()
            place = tree.find(f"register[@id='{key}']")
            assert place is not None
            place.set("without", str(rest))
            place.extend(deepcopy(child) for child in register if child.tag not in ("title", "entry", "see"))
            place.extend(_with_documents(site, key, one, names) for one in sheet.rows)
            place.append(sheet.way(base))
            path = sheet.path(base)
            for one in sheet.rows:
                one.set("listed", f"{path}#{one.get('id')}")
            yield site.page("register", tree, path, register=key)
        for one in entries:
            if one.tag == "entry":
                yield from entry_pages(site, register, one, where.get(f"{key}#{one.get('id')}", []))
            else:
                yield _elsewhere(site, key, one, names)


def _is_found(site: Site, register: str, entry: etree._Element) -> bool:
    return entry.tag == "see" or f"{register}#{entry.get('id')}" in site.counts


def _letter(entry: etree._Element) -> str:
    return str(entry.get("key"))[:1].upper()


def _weight(site: Site, register: str, entry: etree._Element) -> int:
    times, documents, _ = site.counts.get(f"{register}#{entry.get('id')}", (0, 0, 0))
    shown = min(documents, MANY)
    return 500 + len("".join(map(str, entry.itertext()))) + shown * 250 + _LINK * min(times, shown * MANY)


def _elsewhere(site: Site, register: str, see: etree._Element, names: dict[str, str]) -> Page:
    """Return the page of an entry that was merged into another: it leads there."""
    tree, to = site.tree(), str(see.get("to"))
    path = f"register/{register}/{see.get('id')}.html"
    attributes = {"title": names[str(see.get("id"))], "name": names[to], "to": f"register/{register}/{to}.html"}
    etree.SubElement(tree, "elsewhere", attributes)
    return site.page("plain", tree, path)


def _with_documents(site: Site, register: str, entry: etree._Element, names: dict[str, str]) -> etree._Element:
    """Return an entry with the first documents in which it occurs, and the first places of each."""
    key = f"{register}#{entry.get('id')}"
    row = deepcopy(entry)
    if row.tag == "see":
        row.set("name", names[str(row.get("to"))])
        return row
    row.set("documents", str(site.counts.get(key, (0, 0, 0))[1]))
    for number, found in _found(site, key, "manner != 'context'", MANY):
        document = etree.fromstring(site.documents[number].brief)
        row.append(document)
        for _, place, manner, *_ in found:
            etree.SubElement(document, "mention", {"as": manner, "at": place})
    return row


def _found(site: Site, key: str, which: str, most: int = 0) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """Yield the numbers of the documents in which an entry occurs, with the rows of each; as many as are wanted."""
    rows = site.shelf.rows(
        "SELECT number, place, manner, before, named, after FROM line JOIN place USING (document) "
        f"WHERE entry = ? AND {which} ORDER BY number, at", (key,)
    )  # fmt: skip
    for count, (number, some) in enumerate(groupby(rows, key=itemgetter(0)), start=1):
        yield number, list(some)
        if count == most:
            return


def entry_pages(site: Site, register: etree._Element, entry: etree._Element, numbers: list[int]) -> Written:
    """Yield the pages of an entry: what the register says, and every mention with the words around it.

    ``numbers`` are those of the documents in which it occurs.
    """
    name, key = str(register.get("id")), str(entry.get("id"))
    whole, base = f"{name}#{key}", f"register/{name}/{key}"
    group = site.group(base, numbers, etree.tostring(entry, encoding="unicode"), site.speaking.get(whole, ""))
    if site.stays(group):
        return
    _, documents, named = site.counts.get(whole, (0, 0, 0))

    def rows() -> Iterable[tuple[int, list[tuple[Any, ...]]]]:
        """Yield the mentions document by document, of a long one so many together as a page holds."""
        for number, some in _found(site, whole, "1"):
            others = [one for one in some if one[2] != "context"]
            lines = [one for one in some if one[2] == "context"]
            yield number, [*others, *lines[:_LINES]]
            for start in range(_LINES, len(lines), _LINES):
                yield number, lines[start : start + _LINES]

    for sheet in sheets(rows, lambda row: 350 + sum(260 for one in row[1] if one[2] == "context")):
        tree = site.tree()
        place = tree.find(f"register[@id='{name}']")
        assert place is not None
        place.append(deepcopy(entry))
        place[-1].set("speaker", site.speaking.get(whole, ""))
        place[-1].set("times", str(named))
        place[-1].set("documents", str(documents))
        place[-1].set("turns", str(sum(one[2] == "turn" for _, some in sheet.rows for one in some)))
        place.append(sheet.way(base))
        yield site.page(
            "entry", with_documents(tree, _documents(site, sheet.rows)), sheet.path(base), group, register=name
        )


_LINES = 40
"""Mentions of one document that stay together."""


def _documents(site: Site, rows: Iterable[tuple[int, list[tuple[Any, ...]]]]) -> Iterator[str]:
    for number, some in groupby(rows, key=itemgetter(0)):
        inside = ""
        for _, found in some:
            for _, place, manner, before, named, after in found:
                if manner == "context":
                    words = element("before", before) + element("named", named) + element("after", after)
                    inside += element("context", inside=words, at=place)
                elif manner != "name":
                    inside += element("mention", **{"as": manner, "at": place})
        yield site.documents[number].brief.removesuffix("</document>") + inside + "</document>"
