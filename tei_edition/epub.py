"""Takes a book and gives the bytes of an EPUB: one XHTML file a part, a table of contents, a cover, its sources."""

from __future__ import annotations

import copy
import io
import textwrap
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

import lxml.html
from lxml import etree

from tei_edition.book.parts import Book, Part
from tei_edition.day import moment_of
from tei_edition.files import read_bytes, resource
from tei_edition.finding import Finding, Report, Severity
from tei_edition.tei import LANG

IMAGES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp"}
"""Images that every reading system shows, by the ends of their names."""

KINDS = {
    "half-title": "halftitlepage", "title": "titlepage", "imprint": "imprint", "contents": "toc", "document": "chapter",
    "signs": "glossary", "register": "index", "colophon": "colophon",
}  # fmt: skip
"""What each kind of part is in the vocabulary of EPUB (structural semantics)."""

_FRONT = frozenset({"half-title", "title", "imprint", "contents"})
_XHTML = "http://www.w3.org/1999/xhtml"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every member of the archive: the earliest that ZIP can write."""

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def epub(book: Book, *, report: Report) -> bytes:
    """Return a book as EPUB 3.3, the same bytes every time.

    1. Nothing is in it but the book, the package's style, images of the edition, and the TEI of the documents.
    2. It has a cover, a table of contents, landmarks, languages, and says for whom it is accessible.
    3. An image that is not among the edition's, or is of another kind, is a finding ``image-missing``.

    Its date is ``SOURCE_DATE_EPOCH``, or that of the edition.
    """
    members: dict[str, bytes] = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "EPUB/style.css": _style().encode(),
        "EPUB/cover.svg": _cover(book).encode(),
        "EPUB/cover.xhtml": _cover_page(book).encode(),
    }
    file_of = {key: f"{part.name}.xhtml" for key, part in book.ids().items()}
    images: dict[str, str] = {}
    for part in book.parts:
        body = copy.deepcopy(part.body)
        _own_images(body, book, images, members, report)
        members[f"EPUB/{part.name}.xhtml"] = _page(part, body, file_of)
    members["EPUB/nav.xhtml"] = _navigation(book).encode()
    for source in book.sources:
        members[f"EPUB/tei/{source.name}"] = source.content
    members["EPUB/book.opf"] = _package(book, images).encode()
    return _packed(members)


def _packed(members: dict[str, bytes]) -> bytes:
    """Return the archive: the media type first and as it is, then everything else, compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in ({"mimetype": b"application/epub+zip"} | members).items():
            member = zipfile.ZipInfo(name, _DAY)
            member.create_system, member.external_attr = 3, 0o644 << 16
            member.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(member, content, compresslevel=9)
    return stream.getvalue()


def _style() -> str:
    return "\n".join(resource(f"xslt/{name}.css").read_text(encoding="utf-8") for name in ("edition", "epub"))


# ## Pages


def _page(part: Part, body: Any, file_of: dict[str, str]) -> bytes:
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


def _own_images(body: Any, book: Book, images: dict[str, str], members: dict[str, bytes], report: Report) -> None:
    """Put the images of a part into the archive; one that cannot be there leaves its words."""
    for image in body.xpath(".//img"):
        name = str(image.get("src"))
        file, kind = book.images.get(name), IMAGES.get(PurePosixPath(name).suffix.lower())
        if file is None or kind is None:
            report(_image_missing(name, book))
            instead = etree.Element("span", {"class": "image-words"})
            instead.text, instead.tail = image.get("alt"), image.tail
            image.getparent().replace(image, instead)
            continue
        if name not in images:
            images[name] = f"images/{len(images) + 1}{PurePosixPath(name).suffix.lower()}"
            members[f"EPUB/{images[name]}"] = read_bytes(file)
        image.set("src", images[name])


def _image_missing(name: str, book: Book) -> Finding:
    return Finding(
        rule="image-missing", severity=Severity.WARNING, file=Path(f"{book.title}.epub"),
        message=f"The image “{name}” is not in the EPUB.",
        hint="Put a PNG, JPEG or GIF file of that name into the folder of the edition.",
    )  # fmt: skip


def _frame(title: str, language: str, body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="{_XHTML}" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{escape(language)}" xml:lang="{escape(language)}">'
        f"<head><title>{escape(title)}</title>"
        f'<link rel="stylesheet" type="text/css" href="style.css"/></head>{body}</html>\n'
    )


def _cover_page(book: Book) -> str:
    image = f'<img src="cover.svg" alt="Cover: {escape(book.title)}" role="doc-cover"/>'
    return _frame(book.title, book.language, f'<body class="cover"><section epub:type="cover">{image}</section></body>')


def _cover(book: Book) -> str:
    """Return the cover as a drawing: the title in lines that fit, between two rules."""
    lines = textwrap.wrap(book.title, 18)
    size = 110 if len(lines) < 5 else 84 if len(lines) < 8 else 64
    if size < 110:
        lines = textwrap.wrap(book.title, 1900 // size)
    rows, y = [], 560 - size * len(lines[:9]) // 2
    for line in lines[:9]:
        y += int(size * 1.2)
        rows.append((line, size, y))
    for line in textwrap.wrap(book.subtitle, 42)[:3]:
        y += 75
        rows.append((line, 48, y))
    people = ", ".join(dict.fromkeys(name for _, name in book.responsible))
    for number, line in enumerate(textwrap.wrap(people, 44)[:2]):
        rows.append((line, 44, 1480 + 60 * number))
    drawn = "".join(f'<text x="600" y="{at}" font-size="{size}">{escape(line)}</text>' for line, size, at in rows)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1800" viewBox="0 0 1200 1800" '
        f'role="img" aria-labelledby="t"><title id="t">{escape(book.title)}</title>'
        '<rect width="1200" height="1800" fill="#f5f1e7"/>'
        '<g stroke="#8a2a1c" fill="none"><path d="M90 90H1110V1710H90Z" stroke-width="6"/>'
        '<path d="M110 110H1090V1690H110Z" stroke-width="2"/></g>'
        f'<g fill="#1f1c18" font-family="serif" text-anchor="middle">{drawn}</g></svg>\n'
    )


# ## What reading systems navigate by


def _navigation(book: Book) -> str:
    """Return the navigation document: contents with the headings of documents, and landmarks."""
    entries = "".join(f"<li>{_to(part)}{_inside(part)}</li>" for part in book.parts if part.listed)
    marks = [("cover", "cover.xhtml", "Cover")]
    for kind, label in (("title", "Title page"), ("contents", "Contents"), ("document", "Text"), ("register", "Index")):
        first = next((part for part in book.parts if part.kind == kind), None)
        if first:
            marks.append(("bodymatter" if kind == "document" else KINDS[kind], f"{first.name}.xhtml", label))
    if not any(kind == "toc" for kind, _, _ in marks):
        marks.insert(2, ("toc", "nav.xhtml", "Contents"))
    landmarks = "".join(f'<li><a epub:type="{kind}" href="{file}">{label}</a></li>' for kind, file, label in marks)
    return _frame(
        "Contents", "en",
        f'<body><nav epub:type="toc" role="doc-toc"><h1>Contents</h1><ol>{entries}</ol></nav>'
        f'<nav epub:type="landmarks" id="landmarks" hidden="hidden"><h2>Landmarks</h2><ol>{landmarks}</ol>'
        "</nav></body>",
    )  # fmt: skip


def _to(part: Part, key: str = "", label: str = "") -> str:
    words = label or " — ".join(filter(None, (part.title, part.date)))
    language = escape(part.language)
    aim = f"{part.name}.xhtml" + (f"#{escape(key)}" if key else "")
    return f'<a href="{aim}" lang="{language}" xml:lang="{language}">{escape(words)}</a>'


def _inside(part: Part) -> str:
    """Return the headings of a document's text that can be led to, where it has several."""
    if part.kind != "document":
        return ""
    found = part.body.xpath(".//div[contains(concat(' ', @class, ' '), ' text ')]//*[self::h2 or self::h3][@id]")
    rows = "".join(
        f"<li>{_to(part, heading.get('id'), words)}</li>"
        for heading in found
        if (words := " ".join("".join(heading.xpath(".//text()[not(ancestor::sup)]")).split()))
    )
    return f"<ol>{rows}</ol>" if len(found) > 1 and rows else ""


def _package(book: Book, images: dict[str, str]) -> str:
    """Return the package document: particulars, everything that is in the book, and the order of reading."""
    particulars = "".join(
        f"<{name}{attributes}>{escape(value)}</{name.split()[0]}>" for name, attributes, value in _particulars(book)
    )
    listed = [
        ("nav", "nav.xhtml", "application/xhtml+xml", ' properties="nav"'),
        ("cover", "cover.xhtml", "application/xhtml+xml", ""),
        ("cover-image", "cover.svg", "image/svg+xml", ' properties="cover-image"'),
        ("style", "style.css", "text/css", ""),
        *((part.name, f"{part.name}.xhtml", "application/xhtml+xml", "") for part in book.parts),
        *(
            (f"image-{number}", file, IMAGES[PurePosixPath(file).suffix], "")
            for number, file in enumerate(images.values(), start=1)
        ),
        *(
            (f"tei-{number}", f"tei/{source.name}", "application/tei+xml", "")
            for number, source in enumerate(book.sources, start=1)
        ),
    ]
    items = "".join(
        f'<item id="{key}" href="{escape(file)}" media-type="{kind}"{more}/>' for key, file, kind, more in listed
    )
    front = [part for part in book.parts if part.kind in _FRONT]
    rest = [part for part in book.parts if part.kind not in _FRONT]
    own_contents = any(part.kind == "contents" for part in front)
    order = [
        '<itemref idref="cover" linear="no"/>',
        *(f'<itemref idref="{part.name}"/>' for part in front),
        *([] if own_contents else ['<itemref idref="nav"/>']),
        *(f'<itemref idref="{part.name}"/>' for part in rest),
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        f'unique-identifier="id" xml:lang="{escape(book.language)}">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{particulars}</metadata>'
        f"<manifest>{items}</manifest><spine>{''.join(order)}</spine></package>\n"
    )


def _particulars(book: Book) -> Iterator[tuple[str, str, str]]:
    """Give the elements of the metadata: name, attributes, value."""
    yield "dc:identifier", ' id="id"', book.identifier
    yield "dc:title", ' id="title"', f"{book.title}: {book.subtitle}" if book.subtitle else book.title
    for language in dict.fromkeys([book.language, *(part.language for part in book.parts if part.kind == "document")]):
        yield "dc:language", "", language
    for name in dict.fromkeys(name for _, name in book.responsible):
        yield "dc:contributor", "", name
    for element, value in (
        ("dc:publisher", book.publisher), ("dc:date", book.date), ("dc:description", book.description),
        ("dc:rights", " ".join(filter(None, (book.rights, book.licence)))),
    ):  # fmt: skip
        if value:
            yield element, "", value
    visual = any(part.body.find(".//img") is not None for part in book.parts)
    index = any(part.kind == "register" for part in book.parts)
    for name, value in (
        ("dcterms:modified", _modified(book)),
        ("schema:accessMode", "textual"),
        *((("schema:accessMode", "visual"),) if visual else ()),
        ("schema:accessModeSufficient", "textual"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityFeature", "structuralNavigation"),
        ("schema:accessibilityFeature", "readingOrder"),
        ("schema:accessibilityFeature", "displayTransformability"),
        *((("schema:accessibilityFeature", "index"),) if index else ()),
        ("schema:accessibilityHazard", "none"),
        (
            "schema:accessibilitySummary",
            "All text is live and in reading order, with headings, languages and a linked table of contents. What the "
            "editors supplied, doubted or left out is marked in words or brackets, never by colour alone.",
        ),
    ):
        yield "meta", f' property="{name}"', value


def _modified(book: Book) -> str:
    moment = moment_of(book.date)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else "1980-01-01T00:00:00Z"
