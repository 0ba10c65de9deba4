"""Takes a book and gives what reading systems know an EPUB by: contents, landmarks, particulars, list of files."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath

from tei_edition.book.parts import Book, Part
from tei_edition.day import moment_of
from tei_edition.epub.pages import KINDS, frame
from tei_edition.images import IMAGES
from tei_edition.phrases import phrase

_SUMMARY = (
    "All text is live and in reading order, with headings, languages and a linked table of contents. What the editors "
    "supplied, doubted or left out is marked in words or brackets, never by colour alone."
)
_FRONT = frozenset({"half-title", "title", "imprint", "contents"})


def navigation(book: Book) -> str:
    """Return the navigation document: contents with the headings of documents, and landmarks."""
    entries = "".join(f"<li>{_to(part)}{_inside(part)}</li>" for part in book.parts if part.listed)
    marks = [("cover", "cover.xhtml", "Cover")]
    for kind, label in (("title", "Title page"), ("contents", "Contents"), ("document", "Text"), ("register", "Index")):
        first = next((part for part in book.parts if part.kind == kind), None)
        if first:
            marks.append(("bodymatter" if kind == "document" else KINDS[kind], f"{first.name}.xhtml", label))
    if not any(kind == "toc" for kind, _, _ in marks):
        marks.insert(2, ("toc", "nav.xhtml", "Contents"))
    landmarks = "".join(
        f'<li><a epub:type="{kind}" href="{file}">{escape(phrase(label, book.spoken))}</a></li>'
        for kind, file, label in marks
    )
    title = escape(phrase("Contents", book.spoken))
    return frame(
        phrase("Contents", book.spoken), book.spoken,
        f'<body><nav epub:type="toc" role="doc-toc"><h1>{title}</h1><ol>{entries}</ol></nav>'
        f'<nav epub:type="landmarks" id="landmarks" hidden="hidden">'
        f"<h2>{escape(phrase('Parts of the book', book.spoken))}</h2><ol>{landmarks}</ol></nav></body>",
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


def package(book: Book, images: dict[str, str]) -> str:
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
    images = [image for part in book.parts for image in part.body.iter("img") if image.get("src") in book.images]
    described = all((image.get("alt") or "").strip() for image in images)
    index = any(part.kind == "register" for part in book.parts)
    for name, value in (
        ("dcterms:modified", _modified(book)),
        ("schema:accessMode", "textual"),
        *((("schema:accessMode", "visual"),) if images else ()),
        ("schema:accessModeSufficient", "textual" if described else "textual,visual"),
        ("schema:accessibilityFeature", "tableOfContents"),
        ("schema:accessibilityFeature", "structuralNavigation"),
        ("schema:accessibilityFeature", "readingOrder"),
        ("schema:accessibilityFeature", "displayTransformability"),
        *((("schema:accessibilityFeature", "index"),) if index else ()),
        *((("schema:accessibilityFeature", "alternativeText"),) if images and described else ()),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", phrase(_SUMMARY, book.spoken)),
    ):
        yield "meta", f' property="{name}"', value


def _modified(book: Book) -> str:
    moment = moment_of(book.date)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else "1980-01-01T00:00:00Z"
