"""Takes the documents of a site in their order and gives the list of them, the chronology, and the page about them."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from tei_edition.site.pages import Head, Site, Written, element, with_documents
from tei_edition.site.paging import sheets
from tei_edition.site.search import script

_NAMED = 8
"""So many documents are named for which something holds, more are counted."""


def document_pages(site: Site) -> Written:
    """Yield the list of documents, where they are too many for the front page, and what its filter reads."""
    if not site.is_long():
        return
    count = Counter(map(_year, site.singles()))
    kinds = sorted({kind for one in site.singles() for kind in _told(one)[5]})
    for sheet in sheets(site.singles, lambda one: 700 + len(one.whole.encode()), _year):
        many = etree.Element("many", documents=str(len(site.singles())))
        for label, page in sheet.sections:
            path = "documents.html" if page == 1 else f"documents/{page}.html"
            etree.SubElement(many, "year", label=label, documents=str(count[label]), page=path)
        for kind in kinds:
            etree.SubElement(many, "kind").text = kind
        site.many = [many]
        tree = site.tree()
        tree.extend([sheet.way("documents"), many])
        yield site.page("documents", with_documents(tree, (one.whole for one in sheet.rows)), sheet.path("documents"))
    yield "documents.js", script("documents", [_told(one) for one in site.singles()])


def _year(one: Head) -> str:
    return one.when[:4]


def _told(one: Head) -> list[Any]:
    """Return what the filter of the list knows of a document: id, title, language, date, kinds, people."""
    row = etree.fromstring(one.whole)
    kinds, parties = (
        [" ".join((found.text or "").split()) for found in row.iterfind(tag)] for tag in ("kind", "party")
    )
    return [one.id, one.title, one.lang, one.when, row.findtext("date") or "", kinds, ", ".join(parties)]


def chronology_pages(site: Site) -> Written:
    """Yield the chronology: documents by their days, and the days that documents name."""
    if not any(one.when for one in site.documents):
        return

    def rows() -> Iterable[tuple[str, int, str]]:
        dated = sorted(
            (one.when, at, "") for at, one in enumerate(site.documents) if one.when and not one.is_collection
        )
        return heapq.merge(dated, _days(site), key=lambda row: row[0])

    for sheet in sheets(rows, lambda row: 240 + len(row[2]), lambda row: row[0][:4]):
        tree = site.tree()
        tree.append(sheet.way("chronology"))
        inside = []
        for when, number, day in sheet.rows:
            brief = site.documents[number].brief
            written = "" if day else "<written/>"
            inside.append(f'<item when="{when}">{brief}{written}{day}</item>')
        yield site.page("chronology", with_documents(tree, inside), sheet.path("chronology"))


def _days(site: Site) -> Iterator[tuple[str, int, str]]:
    rows = site.shelf.rows(
        'SELECT "when", number, place, before, named, after FROM day JOIN place USING (document) '
        'ORDER BY "when", number, at'
    )
    for when, number, place, before, named, after in rows:
        words = element("before", before) + element("named", named) + element("after", after)
        yield when, number, element("day", inside=words, at=place)


def about_page(site: Site) -> Written:
    """Yield the page about the edition: principles, signs and people, each with the documents for which it holds."""
    told: dict[str, tuple[str, str, list[int]]] = {}
    saying: Counter[str] = Counter()
    for number, one in enumerate(site.documents):
        shared = etree.fromstring(site.shelf.part(one.id, "text")["shared"])
        subjects = set()
        for row in shared:
            for key, group, xml in _things(row):
                known = told.setdefault(key, (group, xml, []))
                if known[2][-1:] != [number]:
                    known[2].append(number)
                subjects.add(group)
        saying.update(subjects)
    singles = len(site.singles())
    rows = []
    for group, xml, numbers in told.values():
        all_of = singles if group == "credit" else saying[group]
        named = numbers if len(numbers) < all_of and len(numbers) <= _NAMED else []
        scope = "".join(site.documents[number].brief for number in named)
        partly = {"partly": "yes"} if len(numbers) < all_of else {}
        rows.append(element("told", inside=f"{xml}<of>{scope}</of>", count=len(numbers), **partly))
    text = with_documents(site.tree(), rows)
    yield site.page("about", text, "about.html")


def _things(row: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Yield what is said once for all documents: what makes it the same, its subject, and itself."""
    if row.tag == "section":
        for sign in row.iterfind("dl/div"):
            if not sign.xpath("dt//span[@class = 'pb-n']"):
                said = " ".join("".join(text for dd in sign.iterfind("dd") for text in map(str, dd.itertext())).split())
                yield f"sign {said}", "sign", etree.tostring(sign, encoding="unicode", with_tail=False)
        return
    words = " ".join("".join(map(str, row.itertext())).split())
    if row.tag == "credit":
        words = words[:1].upper() + words[1:]
    group = f"principle {row.get('on', '')}" if row.tag == "principle" else "credit"
    yield f"{group} {words}", group, etree.tostring(row, encoding="unicode", with_tail=False)
