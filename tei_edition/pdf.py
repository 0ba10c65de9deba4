"""Takes the HTML of a view, or a book, and gives the bytes of a PDF: pages with real footnotes, made to be kept."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from tei_edition import __version__, paper
from tei_edition.book.parts import Book
from tei_edition.day import moment_of
from tei_edition.files import read_bytes
from tei_edition.finding import Report, unheard
from tei_edition.fonts import SCRIPTS
from tei_edition.press import PRESS
from tei_edition.typesetting import Job, is_book, style


class PdfUnavailable(Exception):
    """PDF cannot be made on this machine; the message is one sentence that says what to install."""


def pdf(
    html: str,
    *,
    report: Report,
    folder: Path | None = None,
    sources: Mapping[str, bytes] | None = None,
    date: str = "",
    known: bytes = b"",
) -> bytes:
    """Return an HTML view as PDF/A-3, the same bytes every time; nothing (``b""``) when a finding says why.

    1. Nothing is read but the package's styles and fonts and images below ``folder`` (none without it).
    2. Notes stand at the foot of their page; long ones, and those with lists or tables, at the end.
    3. The file is tagged, has its language, title, author and bookmarks, links only to harmless addresses, and
       carries ``sources`` (the TEI, by names of files).
    4. A character that no font has is a finding ``glyph-missing``; an image left out is ``image-missing``.
    5. It is made in a process of its own; what takes too much time or memory is a finding ``pdf-too-costly``.

    Its date is ``SOURCE_DATE_EPOCH``, or ``date``, or none. ``known`` is a PDF made before: when nothing would be
    different it is given back, and nothing is printed. Raises `PdfUnavailable` when WeasyPrint or Pango is missing.
    """
    job = Job(
        html=html, folder=folder, sources=sources or {}, date=moment.isoformat() if (moment := moment_of(date)) else ""
    )
    job.identifier = _identifier(job)
    if known and _has(known, job.identifier):
        return known
    printed = PRESS.print(job, f"{_title(html)}.pdf")
    if printed.unavailable is not None:
        raise PdfUnavailable(_MISSING.get(printed.unavailable, printed.said))
    for finding in printed.findings:
        report(finding)
    return printed.data


def pdf_of(book: Book, *, report: Report, known: bytes = b"") -> bytes:
    """Return a book as PDF, with the TEI of its documents in it; see `pdf`."""
    sources = {source.name: source.content for source in book.sources}
    return pdf(paper.of_book(book), report=report, folder=book.folder, sources=sources, date=book.date, known=known)


def available() -> str:
    """Return what keeps PDF from being made here, as a sentence; nothing when all is well."""
    try:
        pdf("<!DOCTYPE html><title>-</title><p>-", report=unheard)
    except PdfUnavailable as error:
        return str(error)
    return ""


_MISSING = {
    "weasyprint": "PDF needs WeasyPrint: install it with pip install 'tei-edition[pdf]'.",
    "pango": "PDF needs the library Pango: install it with apt install libpango-1.0-0 libpangoft2-1.0-0.",
}


def _title(html: str) -> str:
    found = re.search(r"<title>([^<]*)</title>", html)
    return " ".join(unescape(found[1]).split()) if found and found[1].strip() else "document"


def _identifier(job: Job) -> str:
    """Return the digest of all that a PDF depends on; it stands in the file."""
    digest = hashlib.sha256()
    for part in (job.html, style(is_book(job.html)), job.date, __version__, *_versions()):
        digest.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    for name, content in sorted(job.sources.items()):
        digest.update(hashlib.sha256(name.encode() + b"\0" + content).digest())
    for name in sorted(set(re.findall(r'<img[^>]* src="([^"]+)"', job.html))):
        path = (job.folder / unescape(name)).resolve() if job.folder else None
        if path and job.folder and path.is_relative_to(job.folder.resolve()) and path.is_file():
            digest.update(hashlib.sha256(read_bytes(path)).digest())
    return digest.hexdigest()[:32]


def _versions() -> list[str]:
    """Return the versions of what sets the type."""
    return [
        f"{name} {importlib.metadata.version(name)}"
        for name in ("weasyprint", "fontpkg-noto-serif", *(script.package.replace("_", "-") for script in SCRIPTS))
        if importlib.util.find_spec(name.replace("-", "_"))
    ]


def _has(data: bytes, identifier: str) -> bool:
    """Return whether a PDF says at its end that this is its identifier."""
    return f"/ID [({identifier})".encode() in data
