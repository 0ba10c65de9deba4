"""Takes a book and gives the bytes of an EPUB: one XHTML file a part, a table of contents, a cover, its sources."""

from __future__ import annotations

import copy
import io
import zipfile

from tei_edition.book.parts import Book
from tei_edition.epub.covers import cover, cover_page
from tei_edition.epub.packages import navigation, package
from tei_edition.epub.pages import own_images, page
from tei_edition.files import resource
from tei_edition.finding import Report

__all__ = ["epub"]

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
        "EPUB/cover.svg": cover(book).encode(),
        "EPUB/cover.xhtml": cover_page(book).encode(),
    }
    file_of = {key: f"{part.name}.xhtml" for key, part in book.ids().items()}
    images: dict[str, str] = {}
    for part in book.parts:
        body = copy.deepcopy(part.body)
        own_images(body, book, images, members, report)
        members[f"EPUB/{part.name}.xhtml"] = page(part, body, file_of)
    members["EPUB/nav.xhtml"] = navigation(book).encode()
    for source in book.sources:
        members[f"EPUB/tei/{source.name}"] = source.content
    members["EPUB/book.opf"] = package(book, images).encode()
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
