"""Takes what was gathered and gives the pages of the site as HTML."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy

from lxml import etree

from tei_edition import saxon
from tei_edition.edition import Edition
from tei_edition.finding import Report
from tei_edition.site.gathering import Gathered, Published
from tei_edition.tei import parse
from tei_edition.views import render

POLICY = "default-src 'none'; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'"
"""The content security policy of the pages made here: styles and images of the site, and no script.

A page opened from a folder has an origin of its own, so that “self” need not mean its neighbours there: ``file:``."""

STYLE = "site.css"

_MONTHS = "January February March April May June July August September October November December".split()


class Pages:
    """The pages of one site; everything they say about each other comes from one tree.

    The tree is ``<site>`` with ``<edition>``, then every ``<register>`` and ``<document>`` as
    ``xslt/site/digest.xsl`` gives them.
    """

    def __init__(self, edition: Edition, gathered: Gathered, *, pdf: bool, version: str) -> None:
        self._gathered = gathered
        self._pdf = pdf
        self._site = etree.Element("site")
        self._site.append(_edition(edition, version))
        for register in gathered.registers:
            self._site.append(register.digest)
        for one in gathered.documents:
            if pdf:
                one.digest.set("pdf", "yes")
            self._site.append(one.digest)
        self._text = ""

    def view(self, one: Published, view: str, report: Report) -> str:
        """Return a view of a document as a page of the site, or as plain text for the transcript."""
        if view == "transcript":
            # The original, since ids and pointers made for the pages are none of its business.
            tree = parse(one.data, one.file, report)
            return "" if tree is None else render(tree, view, report=report)
        page = render(
            one.tree, view, report=report, css=STYLE, tei=f"{one.id}.xml", pdf=f"{one.id}.pdf" if self._pdf else "",
            register="register/", views=self._views(one), nav=self._nav(one),
        )  # fmt: skip
        if view == "reading":
            _keep_places(one.digest, page)
        return self._framed(page, one)

    def _framed(self, page: str, one: Published) -> str:
        """Return the page of a document with what the site sets under it."""
        site = etree.Element("site")
        site.append(deepcopy(self._site[0]))
        order = self._gathered.documents
        at = order.index(one)
        for other in order[max(at - 1, 0) : at + 2]:
            site.append(_head(other.digest))
        options = {"policy": POLICY, "document": one.id}
        source = etree.tostring(site, encoding="unicode")
        head, end, tail = page.rpartition("</main>")
        return (
            head + end + saxon.transform(saxon.compiled("xslt/site/foot.xsl"), source, options) + tail if end else page
        )

    def paper(self, one: Published, report: Report) -> str:
        """Return the reading view to be made a PDF of: names are no links there."""
        return render(one.tree, "reading", report=report)

    def front(self) -> str:
        """Return the front page."""
        return self._page("front", {})

    def about(self) -> str:
        """Return the page about the edition."""
        return self._page("about", {})

    def register(self, register: Published) -> str:
        """Return the page of a register; ask when all documents are drawn, which says to which places it can lead."""
        return self._page("register", {"register": register.id, "up": "../"})

    def _page(self, name: str, options: Mapping[str, str]) -> str:
        self._text = self._text or etree.tostring(self._site, encoding="unicode")
        page = saxon.transform(saxon.compiled(f"xslt/site/{name}.xsl"), self._text, {"policy": POLICY, **options})
        return page.replace("<!DOCTYPE HTML>", "<!DOCTYPE html>\n", 1)

    def _views(self, one: Published) -> Sequence[Mapping[str, str]]:
        return (
            {"name": "reading", "label": "Reading view", "href": f"{one.id}.html"},
            {"name": "diplomatic", "label": "Diplomatic view", "href": f"{one.id}-diplomatic.html"},
            {"name": "transcript", "label": "Plain text", "href": f"{one.id}.txt"},
        )

    def _nav(self, one: Published) -> Sequence[Mapping[str, str]]:
        """Return the links over a document: the edition, its registers, the documents before and after."""
        title = str(self._site[0].get("title"))
        links = [{"rel": "home", "label": title, "href": "index.html"}]
        for register in self._gathered.registers:
            label = register.digest.findtext("title") or register.id
            links.append({"rel": "part", "label": label, "href": f"register/{register.id}.html"})
        links.append({"rel": "part", "label": "About", "href": "about.html"})
        order = self._gathered.documents
        at = order.index(one)
        for rel, place in (("prev", at - 1), ("next", at + 1)):
            if 0 <= place < len(order):
                other = order[place]
                links.append({"rel": rel, "label": _short(other), "href": f"{other.id}.html"})
        return links


def _head(digest: etree._Element) -> etree._Element:
    """Return of a digest what its neighbours say about it."""
    head = etree.Element("document")
    for key, value in digest.items():
        head.set(key, value)
    head.extend(deepcopy(child) for child in digest if child.tag in ("title", "date", "collection"))
    return head


def _short(one: Published) -> str:
    """Return the few words by which a document is named in a row of links: its date, or its title."""
    title = one.digest.findtext("title") or one.id
    if one.digest.find("collection") is not None:
        return "About the collection"
    return _dated(one.digest) or (title if len(title) <= 40 else title[:36].rsplit(" ", 1)[0] + " …")


def _dated(digest: etree._Element) -> str:
    """Return the date of a document as the other pages write it."""
    when = digest.find("date")
    if when is None:
        return ""
    try:
        day = datetime.date.fromisoformat(str(when.get("when")))
    except ValueError:
        return when.text or ""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _keep_places(digest: etree._Element, page: str) -> None:
    """Leave of the places of every mention the nearest one that the page has, and drop the anchors nobody needs."""
    there = set(re.findall(r'\sid="(t-[^"]+)"', page))
    used = set()
    for mention in digest.iter("mention"):
        place = next((place for place in str(mention.get("at")).split() if place in there), "")
        mention.set("at", place)
        used.add(place)
    for anchor in digest.findall("anchor"):
        if anchor.get("id") not in used:
            digest.remove(anchor)


def _edition(edition: Edition, version: str) -> etree._Element:
    row = etree.Element(
        "edition", title=edition.title, subtitle=edition.subtitle, lang=edition.language, date=edition.date,
        publisher=edition.publisher, licence=edition.licence, toolkit=version,
    )  # fmt: skip
    etree.SubElement(row, "description").text = edition.description
    etree.SubElement(row, "rights").text = edition.rights
    for person in edition.responsible:
        etree.SubElement(row, "responsible", resp=person.resp, name=person.name)
    return row
