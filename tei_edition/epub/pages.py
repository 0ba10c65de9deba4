"""Takes the parts of a book and gives pages of XHTML with their images, as EPUB wants them."""

from __future__ import annotations

from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

import lxml.html
from lxml import etree

from tei_edition.book.parts import Book, Part
from tei_edition.files import read_bytes
from tei_edition.finding import Report
from tei_edition.images import IMAGES, image_missing
from tei_edition.tei import LANG

KINDS = {
    "half-title": "halftitlepage", "title": "titlepage", "imprint": "imprint", "contents": "toc", "document": "chapter",
    "signs": "glossary", "register": "index", "colophon": "colophon",
}  # fmt: skip
"""What each kind of part is in the vocabulary of EPUB (structural semantics)."""

_BLOCKS = tuple("p div section article aside header blockquote figure ul ol dl table pre hr".split())
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PHRASES = frozenset("span em i b strong cite q sup sub small abbr time code p".split())

_XHTML = "http://www.w3.org/1999/xhtml"
_TYPE = "{http://www.idpf.org/2007/ops}type"


def page(part: Part, body: Any, file_of: dict[str, str]) -> bytes:
    """Return a part as a page of XHTML whose links lead to the files of the other parts."""
    here = f"{part.name}.xhtml"
    for link in body.xpath(".//a[starts-with(@href, '#')]"):
        key = link.get("href")[1:]
        link.set("href", f"#{key}" if file_of[key] == here else f"{file_of[key]}#{key}")
    for section in body.xpath(".//section[contains(concat(' ', @class, ' '), ' notes ')]"):
        section.set("role", "doc-endnotes")
    for link in body.xpath(".//sup[starts-with(@id, 'note-mark-') or contains(@id, '-note-mark-')]/a"):
        link.set(_TYPE, "noteref")
        link.set("role", "doc-noteref")
    _nest(body)
    body.set(_TYPE, KINDS[part.kind])
    page: Any = lxml.html.document_fromstring("<html><head></head><body></body></html>")
    page.set("lang", part.language)
    head = page.find("head")
    etree.SubElement(head, "title").text = part.title
    etree.SubElement(head, "link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"})
    page.find("body").set("class", f"book of-{part.kind}")
    page.find("body").append(body)
    for node in page.iter():
        if isinstance(node.tag, str) and node.get("lang"):
            node.set(LANG, node.get("lang"))
    lxml.html.html_to_xhtml(page)
    spaces: Any = {None: _XHTML, "epub": "http://www.idpf.org/2007/ops"}
    root: Any = etree.Element(f"{{{_XHTML}}}html", page.attrib, nsmap=spaces)
    root.extend(list(page))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>") + b"\n"


def _nest(body: Any) -> None:
    """Make what runs in a line, and holds what does not, a block that still runs in: XHTML knows no other way."""
    for block in list(body.iter(*_BLOCKS)):
        if any(above.tag in _HEADS for above in block.iterancestors()):
            block.tag = "span"
            continue
        for above in block.iterancestors():
            if above.tag in _PHRASES:
                shown = "in-line" if above.tag != "p" else ""
                above.tag, said = "div", f"{above.get('class', '')} {shown}".strip()
                if said:
                    above.set("class", said)
            elif above.tag not in ("a", "ins", "del"):
                break


def own_images(body: Any, book: Book, images: dict[str, str], members: dict[str, bytes], report: Report) -> None:
    """Put the images of a part into the archive; one that cannot be there leaves its words."""
    for image in body.xpath(".//img"):
        name = str(image.get("src"))
        file, kind = book.images.get(name), IMAGES.get(PurePosixPath(name).suffix.lower())
        if file is None or kind is None:
            report(image_missing(name, "EPUB", Path(f"{book.title}.epub")))
            instead = etree.Element("span", {"class": "image-words"})
            instead.text, instead.tail = image.get("alt"), image.tail
            image.getparent().replace(image, instead)
            continue
        if name not in images:
            images[name] = f"images/{len(images) + 1}{PurePosixPath(name).suffix.lower()}"
            members[f"EPUB/{images[name]}"] = read_bytes(file)
        image.set("src", images[name])


def frame(title: str, language: str, body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="{_XHTML}" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{escape(language)}" xml:lang="{escape(language)}">'
        f"<head><title>{escape(title)}</title>"
        f'<link rel="stylesheet" type="text/css" href="style.css"/></head>{body}</html>\n'
    )
