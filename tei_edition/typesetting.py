"""Takes a page of HTML and gives the bytes of a PDF: what the process that sets type does, and nothing else.

Started by `tei_edition.press` with limits of memory; it reads jobs from the standard input and answers on the
standard output.
"""

from __future__ import annotations

import base64
import datetime
import json
import logging
import math
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lxml import etree

from tei_edition import fonts, paper
from tei_edition.book.registers import on_pages
from tei_edition.files import read_bytes, resource
from tei_edition.finding import Finding, Report, Severity
from tei_edition.images import IMAGES, image_missing
from tei_edition.phrases import phrase
from tei_edition.tagging import finished, tag_languages

MEMORY = 2**30
"""Bytes of memory that setting one document may take."""

_EARLIEST = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
_NAMED = 8
"""Characters that a finding names."""

_POINT = re.compile(r"U\+([0-9A-F]+)")


@dataclass(kw_only=True)
class Job:
    """What is to be printed."""

    html: str
    folder: Path | None = None
    """Below which images may be read."""
    sources: Mapping[str, bytes] = field(default_factory=dict)
    """TEI to attach, by its names."""
    identifier: str = ""
    """32 hexadecimal digits that stand in the file."""
    date: str = ""
    """ISO 8601 with seconds and zone, or nothing."""
    seconds: int = 60
    """Of a processor's time that it may take."""

    def to_json(self) -> str:
        """Return the job as text."""
        sources = {name: base64.b64encode(content).decode() for name, content in self.sources.items()}
        folder = str(self.folder) if self.folder else None
        rest = {"html": self.html, "identifier": self.identifier, "date": self.date, "seconds": self.seconds}
        return json.dumps(rest | {"folder": folder, "sources": sources})

    @classmethod
    def of_json(cls, text: str | bytes) -> Job:
        """Return the job that `to_json` wrote."""
        row = json.loads(text)
        row["sources"] = {name: base64.b64decode(content) for name, content in row["sources"].items()}
        row["folder"] = Path(row["folder"]) if row["folder"] else None
        return cls(**row)


def style(book: bool) -> str:
    """Return the style of pages on paper, and of books."""
    names = ("edition", "print", "book") if book else ("edition", "print")
    return "\n".join(resource(f"xslt/{name}.css").read_text(encoding="utf-8") for name in names)


def is_book(html: str) -> bool:
    """Return whether a page is a book, as `tei_edition.paper.of_book` makes it."""
    return '<body class="book"' in html


def typeset(job: Job, report: Report) -> bytes:
    """Return a page as PDF/A-3, tagged, the same bytes every time.

    Of a book the pages are set twice, since only then it is known on which of them the places of its index are.
    Raises ImportError or OSError when WeasyPrint or Pango is not here.
    """
    import weasyprint
    from weasyprint.formatting_structure import boxes
    from weasyprint.pdf import tags
    from weasyprint.text.fonts import FontConfiguration

    tag_languages(tags, boxes)
    page = paper.of_page(job.html)
    title = page.findtext(".//title") or "document"
    place = Path(f"{title}.pdf")
    rules, files = fonts.faces(job.html)
    found: set[str] = set()
    report = _once(report, found)
    with _warnings(report, place):
        config = FontConfiguration()
        fetcher = _fetcher(job.folder, files, report, place)
        sheet = weasyprint.CSS(
            string=f"{rules}\n{style(is_book(job.html))}",
            url_fetcher=fetcher,
            base_url="tei-edition:",
            font_config=config,
        )

        def rendered() -> Any:
            text = etree.tostring(page, encoding="unicode", method="html", doctype="<!DOCTYPE html>")
            html = weasyprint.HTML(string=text, base_url="tei-edition:", url_fetcher=fetcher)
            return html.render(stylesheets=[sheet], font_config=config)

        document = rendered()
        if indexes := page.xpath("//section[contains(concat(' ', @class, ' '), ' of-register ')]"):
            numbers = {key: number for number, leaf in enumerate(document.pages, start=1) for key in leaf.anchors}
            for index in indexes:
                on_pages(index, numbers)
            document = rendered()
        date = datetime.datetime.fromisoformat(job.date) if job.date else None
        when = date.strftime("%Y-%m-%dT%H:%M:%SZ") if date else None
        document.metadata.created = document.metadata.modified = when
        document.metadata.generator = "TEI Edition Toolkit"
        made_of = phrase("The TEI that this document was made of", page.get("lang", "").partition("-")[0])
        document.metadata.attachments = [
            weasyprint.Attachment(
                string=content, name=name, description=made_of, relationship="Source",
                created=date or _EARLIEST, modified=date or _EARLIEST, url_fetcher=fetcher,
            )
            for name, content in job.sources.items()
        ]  # fmt: skip
        result: bytes = document.write_pdf(
            pdf_variant="pdf/a-3u", pdf_tags=True, pdf_identifier=job.identifier.encode() or None, finisher=finished
        )
    if found and job.identifier:
        # Of what has findings no later run may believe that it need not be made again.
        result = result.replace(b"/ID [(" + job.identifier.encode(), b"/ID [(" + b"0" * len(job.identifier))
    return result


def _once(report: Report, seen: set[str]) -> Report:
    """Return a report that hands on a finding once, however often the pages are set."""

    def handed(finding: Finding) -> None:
        if finding.message not in seen:
            seen.add(finding.message)
            report(finding)

    return handed


def _fetcher(folder: Path | None, files: Mapping[str, Path], report: Report, place: Path) -> Any:
    """Return the only door to the outside: our fonts, images below one folder by their real path, nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    root = folder.resolve() if folder else None

    class Closed(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            name = url.removeprefix("tei-edition:").lstrip("/")
            if name in files:
                return URLFetcherResponse(url, files[name].read_bytes(), {"Content-Type": "font/ttf"})
            kind = IMAGES.get(Path(name).suffix.lower())
            path = (root / name).resolve() if root else None
            if root and path and kind and "://" not in name and path.is_relative_to(root) and path.is_file():
                return URLFetcherResponse(url, read_bytes(path), {"Content-Type": kind})
            report(image_missing(name, "PDF", place))
            raise ValueError(f"{name} may not be read")

    return Closed()


@contextmanager
def _warnings(report: Report, place: Path) -> Iterator[None]:
    """Turn WeasyPrint's warnings about missing characters into one finding when a PDF is made; drop the others."""
    logger, collector = logging.getLogger("weasyprint"), _Collector()
    before, spread = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [collector], False
    try:
        yield
    finally:
        logger.handlers, logger.propagate = before, spread
        if collector.points:
            report(_glyph_missing(list(collector.points), place))


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.points: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the code points that a warning about missing characters names."""
        message = record.getMessage()
        if ".notdef" in message:
            self.points |= dict.fromkeys(_POINT.findall(message) or ["?"])


def _glyph_missing(points: Sequence[str], place: Path) -> Finding:
    known = [f"“{chr(int(point, 16))}” (U+{point})" for point in points if point != "?"]
    signs = ", ".join(known[:_NAMED]) + (f" and {len(known) - _NAMED} others" if len(known) > _NAMED else "")
    return Finding(
        rule="glyph-missing", severity=Severity.ERROR, file=place,
        message=f"No font has {signs or 'a character of this document'}; the PDF shows empty boxes.",
        hint="Install the fonts of tei-edition[pdf], or those of its script: apt install fonts-noto-core.",
    )  # fmt: skip


# ## The process


def _limit_memory() -> None:
    try:
        import resource as limits
    except ImportError:  # there is no such module on Windows
        return
    limits.setrlimit(limits.RLIMIT_DATA, (MEMORY, MEMORY))


def _limit_time(seconds: int) -> None:
    """Let this process end when it has used so many seconds more of a processor."""
    try:
        import resource as limits
    except ImportError:
        return
    hard = limits.getrlimit(limits.RLIMIT_CPU)[1]
    limits.setrlimit(limits.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard))


def answer(job: bytes) -> tuple[dict[str, Any], bytes]:
    """Do one job and return what is to be said about it, and the PDF."""
    found: list[Finding] = []
    try:
        made = typeset(Job.of_json(job), found.append)
    except (ImportError, OSError) as error:
        kind = "weasyprint" if isinstance(error, ImportError) else "pango" if "library" in str(error) else ""
        return {"unavailable": kind, "error": str(error)}, b""
    except MemoryError:
        return {"error": "memory"}, b""
    except Exception as error:  # whatever a library raises, the next document is printed
        return {"error": f"{type(error).__name__}: {error}"}, b""
    rows = [
        {"rule": one.rule, "severity": str(one.severity.value), "message": one.message, "hint": one.hint,
         "file": str(one.file)}
        for one in found
    ]  # fmt: skip
    return {"findings": rows}, made


def put(stream: IO[bytes], *parts: bytes) -> None:
    """Write parts, each with its length before it."""
    for part in parts:
        stream.write(len(part).to_bytes(8, "big") + part)
    stream.flush()


def take(stream: IO[bytes]) -> bytes:
    """Read one part; raise EOFError when there is none."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    part = stream.read(length := int.from_bytes(head, "big"))
    if len(part) < length:
        raise EOFError
    return part


def main() -> None:
    """Answer jobs until there are no more."""
    _limit_memory()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what libraries print is no answer
    while True:
        try:
            job = take(sys.stdin.buffer)
        except EOFError:
            return
        _limit_time(Job.of_json(job).seconds)
        said, made = answer(job)
        put(out, json.dumps(said).encode(), made)


if __name__ == "__main__":
    main()
