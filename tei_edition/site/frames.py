"""Takes what is said on every page of a site and gives pages: stylesheets of ``xslt/site`` over small trees."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from tei_edition import saxon
from tei_edition.edition import Edition
from tei_edition.site.phrases import phrase, phrases

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; "
    "connect-src 'self'; manifest-src 'self' file:; base-uri {base}; form-action 'self' file:"
)
"""The content security policy of the pages: styles, images and the one script of the site.

A page opened from a folder has an origin of its own, so that “self” need not mean its neighbours there: ``file:``."""


def attributes(element: etree._Element) -> dict[str, str]:
    """Return the attributes of an element of a digest."""
    return {str(key): str(value) for key, value in element.items()}


@dataclass(frozen=True, kw_only=True)
class Frames:
    """What all pages share; it can be handed to other processes.

    A tree for a page is ``<site>`` with ``<edition>``, the heads of the registers, and what the page is about.
    """

    head: bytes
    """The ``<site>`` that every tree begins with."""
    language: str
    edition: Mapping[str, str]
    editors: Sequence[str] = ()
    entries: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)
    """Register → id of an entry → its name and the language of that, in the order of the alphabet."""

    def names(self) -> dict[str, str]:
        """Return the names of all entries by their ids."""
        return {key: name for entries in self.entries.values() for key, (name, _) in entries.items()}

    def word(self, words: str) -> str:
        """Return a phrase in the language of the interface."""
        return phrase(words, self.language)

    def date(self, when: str) -> str:
        """Return a machine's day in words."""
        months = "January February March April May June July August September October November December".split()
        year, month, day = when.split("-")
        if not (day.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
            return when
        return f"{int(day)}{self.word('day-sign')} {self.word(months[int(month) - 1])} {year}"

    def site(self) -> etree._Element:
        """Return a new tree to put into it what a page is about."""
        return etree.fromstring(self.head)

    def page(self, stylesheet: str, site: etree._Element | str, path: str, **options: str) -> str:
        """Return a page of the site, to be written to a path."""
        source = site if isinstance(site, str) else etree.tostring(site, encoding="unicode")
        base = "'self'" if path == "404.html" and self.edition["address"] else "'none'"
        page = saxon.transform(
            saxon.compiled(f"xslt/site/{stylesheet}.xsl"), source,
            {"policy": POLICY.format(base=base), "up": "../" * path.count("/"), "page": path,
             "phrases": json.dumps(phrases(self.language)), **options},
        )  # fmt: skip
        return page.replace("<!DOCTYPE HTML>", "<!DOCTYPE html>\n", 1)


def frames(edition: Edition, registers: Sequence[etree._Element], said: Mapping[str, bool], version: str) -> Frames:
    """Return what all pages of an edition share; ``said`` tells which pages there are that not every site has."""
    own = edition.publishing
    said_of = {
        "title": edition.title, "subtitle": edition.subtitle, "lang": edition.language, "date": edition.date,
        "publisher": edition.publisher, "licence": edition.licence, "address": own.address, "toolkit": version,
        "version": own.version or edition.date, "ui": own.language or "en",
    }  # fmt: skip
    site = etree.Element("site")
    row = etree.SubElement(site, "edition", {**said_of, **{key: "yes" for key, there in said.items() if there}})
    etree.SubElement(row, "description").text = edition.description
    etree.SubElement(row, "rights").text = edition.rights
    for person in edition.responsible:
        etree.SubElement(row, "responsible", resp=person.resp, name=person.name)
    entries: dict[str, dict[str, tuple[str, str]]] = {}
    for register in registers:
        key, lang = str(register.get("id")), str(register.get("lang"))
        head = etree.SubElement(site, "register", id=key, lang=lang, entries=str(len(register.findall("entry"))))
        etree.SubElement(head, "title").text = register.findtext("title")
        names = sorted(register.iter("entry"), key=lambda entry: str(entry.get("key")))
        entries[key] = {str(one.get("id")): (one.findtext("name") or "", lang) for one in names}
    editors = [one.name for one in edition.responsible if "edit" in one.resp or "geber" in one.resp]
    return Frames(head=etree.tostring(site), language=said_of["ui"], edition=said_of, editors=editors, entries=entries)
