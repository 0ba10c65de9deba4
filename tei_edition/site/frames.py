"""Takes what is said on every page of a site and gives pages: stylesheets of ``xslt/site`` over small trees."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, unquote

from lxml import etree

from tei_edition import saxon
from tei_edition.edition import Edition
from tei_edition.phrases import phrase, phrases

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; "
    "connect-src 'self'; manifest-src 'self' file:; base-uri {base}; form-action 'self' file:"
)
"""The content security policy of the pages: styles, images and the one script of the site.

A page opened from a folder has an origin of its own, so that “self” need not mean its neighbours there: ``file:``."""


def attributes(element: etree._Element) -> dict[str, str]:
    """Return the attributes of an element of a digest."""
    return {str(key): str(value) for key, value in element.items()}


VIEW_NAMES = {
    "reading": "Reading view", "diplomatic": "Diplomatic view", "parallel": "Side by side", "facsimile": "With images",
    "translation": "With the translation", "original": "With the original",
}  # fmt: skip
"""What the views of a document are called, in English."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page to be drawn; it can be handed to other processes."""

    path: str
    sheet: str
    """Name of the stylesheet."""
    tree: str
    options: Sequence[tuple[str, str]] = ()
    inside: tuple[str, str] = ("", "")
    """A comment of the page, and the HTML that takes its place."""
    group: str = ""
    """What several pages and files are made from together; by it all of them are known as what they were."""


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
    views: Mapping[str, str] = field(default_factory=dict)
    """Titles of the edition's own views, by their names."""

    def view(self, name: str) -> str:
        """Return what a view is called."""
        kind, _, other = name.partition("-")
        return self.views.get(name) or self.word(VIEW_NAMES[kind]) + (f" ({other})" if other else "")

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
        from saxonche import PySaxonApiError

        source = site if isinstance(site, str) else etree.tostring(site, encoding="unicode")
        base = "'self'" if path == "404.html" and self.edition["address"] else "'none'"
        up = "../" * path.count("/")
        try:
            page = saxon.transform(
                saxon.compiled(f"xslt/site/{stylesheet}.xsl"), source,
                {"policy": POLICY.format(base=base), "up": up, "page": path,
                 "phrases": json.dumps(phrases(self.language)), **options},
            )  # fmt: skip
        except PySaxonApiError as error:
            return self._bare(up, str(error))
        return page.replace("<!DOCTYPE HTML>", "<!DOCTYPE html>\n", 1)

    def _bare(self, up: str, why: str) -> str:
        """Return a page with what is to stand inside it and nothing around; it says at its end why (`broken`)."""
        title = escape(self.edition["title"])
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(self.language)}"><head><meta charset="utf-8"><title>{title}</title>'
            f'<link rel="stylesheet" href="{up}site.css"></head><body><main><p><a href="{up}index.html">{title}</a></p>'
            f"<!--article--></main></body></html>\n{_BROKEN}{quote(' '.join(why.split()), safe=' ')}-->"
        )


_BROKEN = "<!--page-broken "


def broken(page: str) -> tuple[str, str]:
    """Return a page as it is to be written, and why nothing stands around it; an empty string where all is well."""
    if not page.endswith("-->"):
        return page, ""
    whole, mark, why = page.rpartition(_BROKEN)
    return (whole, unquote(why.removesuffix("-->"))) if mark else (page, "")


def drawn(common: Frames, page: Page) -> str:
    """Return a page as HTML."""
    text = common.page(page.sheet, page.tree, page.path, **dict(page.options))
    return text.replace(*page.inside, 1) if page.inside[0] else text


def frames(
    edition: Edition, registers: Sequence[etree._Element], said: Mapping[str, bool], version: str,
    files: Sequence[str] = (),
) -> Frames:  # fmt: skip
    """Return what all pages of an edition share.

    ``said`` tells which pages there are that not every site has, ``files`` which kinds of files a document has beside
    TEI and text.
    """
    own = edition.publishing
    said_of = {
        "title": edition.title, "subtitle": edition.subtitle, "lang": edition.language, "date": edition.date,
        "publisher": edition.publisher, "licence": edition.licence, "address": own.address, "toolkit": version,
        "version": own.version or edition.date, "ui": own.language or "en",
        "files": " ".join(files),
    }  # fmt: skip
    site = etree.Element("site")
    row = etree.SubElement(site, "edition", {**said_of, **{key: "yes" for key, there in said.items() if there}})
    etree.SubElement(row, "description").text = edition.description
    etree.SubElement(row, "rights").text = edition.rights
    for person in edition.responsible:
        etree.SubElement(row, "responsible", resp=person.resp, name=person.name)
    for register in registers:
        count = str(len(register.findall("entry")))
        head = etree.SubElement(
            site, "register", id=str(register.get("id")), lang=str(register.get("lang")), entries=count
        )
        etree.SubElement(head, "title").text = register.findtext("title")
    editors = [one.name for one in edition.responsible if "edit" in one.resp or "geber" in one.resp]
    return Frames(
        head=etree.tostring(site), language=said_of["ui"], edition=said_of, editors=editors,
        views={name: title for name, (_, title) in edition.views.items()},
    )  # fmt: skip


def named_entries(registers: Sequence[etree._Element]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return register → id of an entry → its name, the language of that, and a sum of all that is said of it.

    The entries of a register are in the order of the alphabet.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for register in registers:
        names = sorted(register.iter("entry"), key=lambda entry: str(entry.get("key")))
        lang = str(register.get("lang"))
        found[str(register.get("id"))] = {
            str(one.get("id")): (one.findtext("name") or "", lang, f"{zlib.crc32(etree.tostring(one)):08x}")
            for one in names
        }
    return found
