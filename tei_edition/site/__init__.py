"""Takes an edition and gives its site: a folder of pages that needs no server, no script and nothing from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from tei_edition import __version__
from tei_edition.edition import Edition
from tei_edition.files import read_bytes, resource
from tei_edition.finding import Finding, Report, Severity
from tei_edition.pdf import PdfUnavailable, pdf
from tei_edition.site.folder import Folder
from tei_edition.site.gathering import Gathered, gather
from tei_edition.site.pages import Pages

Progress = Callable[[Sequence[Any], str], Iterable[Any]]
"""A function that hands on things one by one and shows how far it is, told what is done with them."""


def publish(edition: Edition, to: Path | None = None, *, report: Report, progress: Progress | None = None) -> Path:
    """Write the site of an edition and return its folder, ``to`` or the one that ``edition.toml`` names.

    ``index.html`` and ``about.html``; for every document ``ID.html``, ``ID-diplomatic.html``, ``ID.txt``, ``ID.xml``
    and ``ID.pdf``; for every register ``register/NAME.html`` and ``.xml``; the styles; ``manifest.json`` with the
    checksum of each file.

    1. The pages work from a folder, without JavaScript, and ask nothing of any other site.
    2. The same edition gives the same bytes; what is the same already is not written again.
    3. A document that cannot be published is a finding, and the others are.
    4. Nothing is written into a folder that holds something else, and nothing is removed that was not written here.
    """
    folder = Folder.opened(to or edition.site, report)
    if folder is None:
        return to or edition.site
    once = _Once(report)
    gathered = gather(edition, once)
    paper = _can_make_pdf(edition, once) if gathered.documents else False
    pages = Pages(edition, gathered, pdf=paper, version=__version__)
    for name in ("edition", "site"):
        style = "xslt/edition.css" if name == "edition" else "xslt/site/site.css"
        folder.put(f"{name}.css", resource(style).read_bytes())
    for one in (progress or _plainly)(gathered.documents, "Publishing"):
        folder.put(f"{one.id}.html", pages.view(one, "reading", once))
        folder.put(f"{one.id}-diplomatic.html", pages.view(one, "diplomatic", once))
        folder.put(f"{one.id}.txt", pages.view(one, "transcript", once))
        folder.put(f"{one.id}.xml", one.data)
        if paper:
            folder.put(f"{one.id}.pdf", pdf(pages.paper(one, once), report=once, folder=edition.tei))
    _put_frame(folder, pages, gathered)
    folder.close()
    return folder.root


def _put_frame(folder: Folder, pages: Pages, gathered: Gathered) -> None:
    """Write what is not of one document: registers, images, the page about the edition, and the front page last."""
    for register in gathered.registers:
        folder.put(f"register/{register.id}.html", pages.register(register))
        folder.put(f"register/{register.id}.xml", register.data)
    for path, image in gathered.images.items():
        if not folder.has(path):
            folder.put(path, read_bytes(image))
    folder.put("about.html", pages.about())
    folder.put("index.html", pages.front())


class _Once:
    """A report that hands on every finding once: the views of a document would say the same three times."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._seen: set[Finding] = set()

    def __call__(self, finding: Finding) -> None:
        """Hand on a finding that is new."""
        if finding not in self._seen:
            self._seen.add(finding)
            self._report(finding)


def _can_make_pdf(edition: Edition, report: Report) -> bool:
    """Return whether PDF can be made here; when not, one finding says what to install."""
    try:
        pdf("<!DOCTYPE html><title>-</title><p>-", report=lambda finding: None)
    except PdfUnavailable as error:
        message = f"{error} The site is published without PDF."
        report(Finding(rule="pdf-unavailable", severity=Severity.WARNING, file=edition.folder, message=message))
        return False
    return True


def _plainly(things: Sequence[Any], _: str) -> Iterable[Any]:
    return things
