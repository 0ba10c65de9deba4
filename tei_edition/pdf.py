"""Takes the HTML of a view and gives the bytes of a PDF: pages of a book with real footnotes."""

from __future__ import annotations

import datetime
import hashlib
import io
import logging
import os
import re
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from tei_edition.files import read_bytes, resource
from tei_edition.finding import Finding, Report, Severity

LONGEST_FOOTNOTE = 700
"""Characters of a note at the foot of a page. WeasyPrint does not split a footnote over pages, so that a longer one
would run off the page; it stays among the notes at the end."""

_IMAGES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"}
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:|doi:|urn:|#)", re.IGNORECASE)
_BLOCKS = "table|ul|ol|dl|blockquote|figure|aside|pre|h2|h3|h4|h5|h6"
_HEADINGS = "//h1 | //h2 | //h3 | //h4 | //h5 | //h6"


class PdfUnavailable(Exception):
    """PDF cannot be made on this machine; the message is one sentence that says what to install."""


def pdf(html: str, *, report: Report, folder: Path | None = None) -> bytes:
    """Return an HTML view as PDF, the same bytes every time.

    1. Nothing is read but the package's styles and images below ``folder`` (none without it).
    2. Notes stand at the foot of their page; long ones, and those with lists or tables, at the end.
    3. The file is tagged, has its language, title, author and bookmarks, and links only to harmless addresses.
    4. A character that no font has is a finding ``glyph-missing``; an image left out is ``image-missing``.

    Its date is ``SOURCE_DATE_EPOCH`` or none. Raises `PdfUnavailable` when WeasyPrint or Pango is not installed.
    """
    weasyprint = _weasyprint()
    page = _paged(html)
    title = page.findtext(".//title") or "document"
    place = Path(f"{title}.pdf")
    style = "\n".join(resource(f"xslt/{name}.css").read_text(encoding="utf-8") for name in ("edition", "print"))
    text = etree.tostring(page, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
    with _warnings(report, place):
        document = weasyprint.HTML(string=text, base_url="tei-edition:", url_fetcher=_fetcher(folder, report, place))
        made = document.render(stylesheets=[weasyprint.CSS(string=style)])
        made.metadata.created = made.metadata.modified = _date()
        made.metadata.generator = "TEI Edition Toolkit"
        result: bytes = made.write_pdf(
            pdf_tags=True, pdf_identifier=hashlib.sha256((text + style).encode()).digest()[:16]
        )
    return result


def _weasyprint() -> Any:
    """Return the library, imported when it is needed: it takes most of a second."""
    try:
        # Without Pango it prints an advice to the standard output, where only findings belong.
        with redirect_stdout(io.StringIO()):
            import weasyprint
    except ImportError:
        raise PdfUnavailable("PDF needs WeasyPrint: install it with pip install 'tei-edition[pdf]'.") from None
    except OSError:
        raise PdfUnavailable(
            "PDF needs the library Pango: install it with apt install libpango-1.0-0 libpangoft2-1.0-0."
        ) from None
    return weasyprint


def _date() -> str | None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return None
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _paged(html: str) -> Any:
    """Return the page as a tree made ready for paper: own style, running heads, footnotes at their marks."""
    page: Any = lxml.html.document_fromstring(html)
    for node in page.xpath("//head/link | //head/style | //meta[@http-equiv] | //nav | //script"):
        node.drop_tree()
    for link in page.xpath("//a[@href]"):
        if not _SAFE_LINK.match(link.get("href")):
            del link.attrib["href"]
    for heading in page.xpath(_HEADINGS):
        words = "".join(heading.xpath(".//text()[not(ancestor::sup)]"))
        heading.set("data-label", " ".join(words.split()))
        heading.set("data-short", textwrap.shorten(words, 58, placeholder="…"))
    for article in page.xpath("//article"):
        dates = page.xpath("//header[contains(@class, 'card')]/p[@class='kicker']/text()")
        article.set("data-date", dates[0].split(" · ")[0] if dates else "")
    for section in page.xpath("//section[contains(@class, 'notes') and not(contains(@class, 'textual'))]"):
        for item in section.xpath("./ol/li"):
            _to_foot(page, item)
        if not section.xpath("./ol/li"):
            section.drop_tree()
    return page


def _to_foot(page: Any, item: Any) -> None:
    """Move one note of the list to its mark, when it is short and has lines only."""
    marks = page.xpath("//sup[@id=$id]", id=str(item.get("id")).replace("note-", "note-mark-"))
    body = item.find("div")
    if not marks or body is None or len(body.text_content()) > LONGEST_FOOTNOTE:
        return
    if any(re.fullmatch(_BLOCKS, str(node.tag)) for node in body.iter()):
        return
    mark = marks[0]
    note: Any = etree.Element("span", {"class": "footnote", "data-n": mark.text_content().strip()})
    note.text, note.tail = body.text, mark.tail
    for child in list(body):
        if child.tag in ("p", "div"):
            child.tag = "span"
            child.set("class", f"{child.get('class', '')} note-paragraph".strip())
            child.tail = " " if child.getnext() is not None else None
        note.append(child)
    for node in note.iter():  # a footnote keeps the line ends of the file unless they are blanks
        node.text, node.tail = (part and re.sub(r"\s+", " ", part) for part in (node.text, node.tail))
    mark.getparent().replace(mark, note)
    item.getparent().remove(item)


def _fetcher(folder: Path | None, report: Report, place: Path) -> Any:
    """Return the only door to the outside: images below one folder, by their real path, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    root = folder.resolve() if folder else None

    class Closed(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix("tei-edition:").lstrip("/")
            kind = _IMAGES.get(Path(name).suffix.lower())
            path = (root / name).resolve() if root else None
            if root and path and kind and "://" not in name and path.is_relative_to(root) and path.is_file():
                return URLFetcherResponse(url, read_bytes(path), {"Content-Type": kind})
            report(
                Finding(
                    rule="image-missing", severity=Severity.WARNING, file=place,
                    message=f"The image “{name}” is not in the PDF.",
                    hint="Put a PNG, JPEG or GIF file of that name into the folder of the edition.",
                )
            )  # fmt: skip
            raise ValueError(f"{name} may not be read")

    return Closed()


@contextmanager
def _warnings(report: Report, place: Path) -> Iterator[None]:
    """Turn WeasyPrint's warnings about missing characters into findings while a PDF is made; drop the others."""
    logger = logging.getLogger("weasyprint")
    collector = _Collector(report, place)
    before, spread = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [collector], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = before, spread


class _Collector(logging.Handler):
    def __init__(self, report: Report, place: Path) -> None:
        super().__init__(logging.WARNING)
        self._report: Callable[[Finding], None] = report
        self._place = place
        self._seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Report a missing character once."""
        message = record.getMessage()
        if ".notdef" not in message or message in self._seen:
            return
        self._seen.add(message)
        self._report(
            Finding(
                rule="glyph-missing", severity=Severity.ERROR, file=self._place,
                message=f"No installed font has a character of this document: {message}",
                hint="Install fonts for its script: apt install fonts-noto-core fonts-noto-cjk.",
            )
        )  # fmt: skip
