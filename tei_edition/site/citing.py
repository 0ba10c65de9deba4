"""Takes what is known of a document and gives how it is cited: in words, for programs, and in the head of its page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

Say = Callable[[str], str]
"""A function that gives a phrase in the language of the interface."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """A document as others cite it."""

    id: str
    title: str
    date: str = ""
    """As a machine writes it, or empty."""
    dated: str = ""
    """As people read it."""
    authors: Sequence[str] = ()
    translators: Sequence[str] = ()
    archive: str = ""
    about: str = ""
    language: str = "en"
    subjects: Sequence[str] = ()
    kinds: Sequence[str] = ()
    edition: str = ""
    editors: Sequence[str] = ()
    publisher: str = ""
    published: str = ""
    """When the edition was, as a machine writes it."""
    version: str = ""
    address: str = ""
    """Of the page, or empty when nobody knows where the site will be."""
    pdf: str = ""
    tei: str = ""
    licence: str = ""
    origins: Sequence[str] = field(default_factory=tuple)

    @property
    def year(self) -> str:
        """Return the year in which the edition was published."""
        return self.published[:4]


def chicago(work: Work, word: Say) -> list[etree._Element]:
    """Return the citation after the Chicago Manual of Style (bibliography), with empty places for where and when.

    The places (class ``cite-at`` for a paragraph, ``cite-seen`` for the day of access) are filled in the browser.
    """
    return _cited(
        _stop(", ".join(work.authors)),
        f"“{_stop(work.title).rstrip()}” ",
        _stop(", ".join(filter(None, (work.dated, work.archive)))),
        _stop(_by(word("Translated by"), work.translators, word)),
        _in(work, word),
        _stop(", ".join(filter(None, (work.publisher, work.year)))),
        _stop(work.version and f"{word('Version')} {work.version}"),
        at_end=work.address,
    )


def mla(work: Work, word: Say) -> list[etree._Element]:
    """Return the citation after the handbook of the Modern Language Association, with the same empty places."""
    rest = [_by(word("edited by"), work.editors, word), work.version and f"{word('version')} {work.version}"]
    return _cited(
        _stop(", ".join(work.authors)),
        f"“{_stop(work.title).rstrip()}” ",
        _stop(work.dated),
        _stop(_by(word("Translated by"), work.translators, word)),
        [work.edition, ", ".join(filter(None, (*rest, work.publisher, work.year)))],
        _stop(work.archive),
        at_end=work.address,
    )


def bibtex(work: Work) -> str:
    """Return an entry of BibTeX (``@incollection``)."""
    rows = [
        ("author", _braced(work.authors)),
        ("title", f"{{{_tex(work.title)}}}"),
        ("booktitle", _tex(work.edition)),
        ("editor", _braced(work.editors)),
        ("translator", _braced(work.translators)),
        ("publisher", _tex(work.publisher)),
        ("year", work.year or work.date[:4]),
        ("origdate", work.date),
        ("version", _tex(work.version)),
        ("language", work.language),
        ("note", _tex("; ".join(filter(None, (work.dated, work.archive))))),
        ("url", work.address),
    ]
    key = re.sub(r"[^A-Za-z0-9:_-]", "-", work.id)
    return f"@incollection{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in rows if value) + "}\n"


def ris(work: Work) -> str:
    """Return a record of RIS (``CHAP``), which reference managers import."""
    rows = [
        ("TY", ["CHAP"]), ("ID", [work.id]), ("AU", work.authors), ("TI", [work.title]), ("T2", [work.edition]),
        ("A2", work.editors), ("A4", work.translators), ("PB", [work.publisher]), ("PY", [work.year]),
        ("DA", [work.published.replace("-", "/")]), ("OP", [work.date]), ("ET", [work.version]),
        ("LA", [work.language]), ("AV", [work.archive]), ("AB", [work.about]), ("KW", work.subjects),
        ("UR", [work.address]), ("L1", [work.pdf]),
    ]  # fmt: skip
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, values in rows for value in values if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl(work: Work) -> str:
    """Return CSL-JSON, the form of citation processors and of Zotero."""
    item: dict[str, Any] = {
        "id": work.id, "type": "chapter", "title": work.title, "container-title": work.edition,
        "author": _csl_names(work.authors), "editor": _csl_names(work.editors),
        "translator": _csl_names(work.translators), "publisher": work.publisher, "version": work.version,
        "issued": _csl_date(work.published), "original-date": _csl_date(work.date), "archive": work.archive,
        "abstract": work.about, "language": work.language, "URL": work.address,
    }  # fmt: skip
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"


def head(work: Work) -> list[tuple[str, str]]:
    """Return names and contents of the ``meta`` elements by which Zotero, Scholar and catalogues know a page."""
    pairs = [
        ("citation_title", [work.title]), ("citation_author", work.authors), ("citation_date", [work.date]),
        ("citation_publication_date", [work.published.replace("-", "/")]), ("citation_inbook_title", [work.edition]),
        ("citation_publisher", [work.publisher]), ("citation_language", [work.language]),
        ("citation_abstract_html_url", [work.address]), ("citation_pdf_url", [work.pdf]),
        ("citation_keywords", work.subjects),
        ("DC.title", [work.title]), ("DC.creator", work.authors),
        ("DC.contributor", [*work.editors, *work.translators]),
        ("DC.date", [work.date]), ("DC.issued", [work.published]), ("DC.publisher", [work.publisher]),
        ("DC.language", [work.language]), ("DC.type", ["Text", *work.kinds]), ("DC.subject", work.subjects),
        ("DC.description", [work.about]), ("DC.source", [*([work.archive] if work.archive else []), *work.origins]),
        ("DC.relation.isPartOf", [work.edition]), ("DC.rights", [work.licence]), ("DC.identifier", [work.address]),
    ]  # fmt: skip
    return [(name, " ".join(value.split())) for name, values in pairs for value in values if value]


def linked(work: Work) -> str:
    """Return schema.org's description as JSON-LD, safe inside a ``script`` element."""
    people = [{"@type": "Person", "name": name} for name in work.authors]
    table: dict[str, Any] = {
        "@context": "https://schema.org", "@type": ["ArchiveComponent", "CreativeWork"], "@id": work.address,
        "url": work.address, "name": work.title, "dateCreated": work.date, "author": people,
        "datePublished": work.published, "inLanguage": work.language, "abstract": work.about,
        "keywords": list(work.subjects), "genre": list(work.kinds), "license": work.licence,
        "version": work.version, "isBasedOn": list(work.origins),
        "editor": [
            {"@type": "Organization" if name == work.publisher else "Person", "name": name} for name in work.editors
        ],
        "translator": [{"@type": "Person", "name": name} for name in work.translators],
        "publisher": work.publisher and {"@type": "Organization", "name": work.publisher},
        "holdingArchive": work.archive and {"@type": "ArchiveOrganization", "name": work.archive},
        "isPartOf": work.edition and {"@type": "Collection", "name": work.edition},
        "encoding": [
            {"@type": "MediaObject", "encodingFormat": kind, "contentUrl": url}
            for kind, url in (("application/tei+xml", work.tei), ("application/pdf", work.pdf)) if url
        ],
    }  # fmt: skip
    text = json.dumps({key: value for key, value in table.items() if value}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _cited(*parts: str | list[str], at_end: str) -> list[etree._Element]:
    """Return the nodes of a citation: text, the edition in ``cite``, the empty places, the address."""
    line = etree.Element("line")
    last: etree._Element | None = None

    def put(text: str) -> None:
        if last is None:
            line.text = (line.text or "") + text
        else:
            last.tail = (last.tail or "") + text

    for part in parts:
        if isinstance(part, list):
            *before, title, after = part
            put("".join(before))
            last = etree.SubElement(line, "cite")
            last.text = title
            put(f", {_stop(after)}" if after else ". ")
        else:
            put(part)
    put(" ")
    last = etree.SubElement(line, "span", {"class": "cite-at"})
    if at_end:
        last = etree.SubElement(line, "span", {"class": "cite-url"})
        last.text = at_end
        last.tail = ". "
    etree.SubElement(line, "span", {"class": "cite-seen"})
    return [line]


def _in(work: Work, word: Say) -> list[str]:
    return [f"{word('In')} ", work.edition, _by(word("edited by"), work.editors, word)]


def _by(words: str, names: Sequence[str], word: Say) -> str:
    if not names:
        return ""
    return f"{words} " + (", ".join(names[:-1]) + f" {word('and')} " + names[-1] if len(names) > 1 else names[0])


def _stop(words: str) -> str:
    return words + (" " if re.search(r"[.?!]$", words) else ". ") if words else ""


def _tex(words: str) -> str:
    return re.sub(r"([#$%&_{}])", r"\\\1", " ".join(words.split()).replace("\\", "").replace("~", " "))


def _braced(names: Sequence[str]) -> str:
    """Return names as BibTeX lists them; a name is not taken apart, since nobody said which part is which."""
    return " and ".join(f"{{{_tex(name)}}}" for name in names)


def _csl_names(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"literal": name} for name in names]


def _csl_date(when: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in when.split("-")]]} if re.fullmatch(r"\d{4}(-\d\d){0,2}", when) else {}
