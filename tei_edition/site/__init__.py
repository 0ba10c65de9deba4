"""Takes an edition and gives its site: a folder of pages that needs no server and nothing from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from tei_edition import __version__
from tei_edition.edition import Edition
from tei_edition.files import read_bytes, resource, write_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.pdf import PdfUnavailable, pdf
from tei_edition.site import feeds, permalinks, tables, voices
from tei_edition.site.drawing import Drawn, Job
from tei_edition.site.folder import Folder
from tei_edition.site.frames import Frames, frames
from tei_edition.site.gathering import Gathered, gather
from tei_edition.site.pages import Site, head_of
from tei_edition.site.search import search_files
from tei_edition.site.working import drawn

Progress = Callable[[Sequence[Any], str], Iterable[Any]]
"""A function that hands on things one by one and shows how far it is, told what is done with them."""

_STYLES = (("edition.css", "xslt/edition.css"), ("site.css", "xslt/site/site.css"), ("site.js", "xslt/site/site.js"))


def publish(edition: Edition, to: Path | None = None, *, report: Report, progress: Progress | None = None) -> Path:
    """Write the site of an edition and return its folder, ``to`` or the one that ``edition.toml`` names.

    For every document ``ID.html`` and ``ID-VIEW.html``, ``ID.txt``, ``ID.xml``, ``ID.pdf`` and ``cite/ID.*``; for every
    register ``register/NAME.html`` and ``.xml`` with a page an entry; ``speaker/ID.*``; ``data/*.csv``; the front page,
    the chronology, the map and what else `Site.pages` has; ``manifest.json`` with the checksum of each file. Beside
    ``edition.toml`` it writes `permalinks.FILE`, by which the places of the texts keep their ids.

    1. The pages work from a folder, without JavaScript (but for search, filters and copying), and ask nothing of any
       other site.
    2. The same edition gives the same bytes; what is the same already is not written again.
    3. A document that cannot be published is a finding, and the others are.
    4. Nothing is written into a folder that holds something else, and nothing is removed that was not written here.
    """
    folder = Folder.opened(to or edition.site, report)
    if folder is None:
        return to or edition.site
    once = _Once(report)
    links = permalinks.Permalinks.read(edition.folder / permalinks.FILE, once)
    gathered = gather(edition, once, links)
    paper = _can_make_pdf(edition, once) if gathered.documents else False
    shared = _frames(edition, gathered)
    for one in gathered.documents:
        one.digest.set("pdf", "yes" if paper else "")
    jobs = _jobs(edition, gathered, links, ("pdf",) if paper else ())
    digests, indexes = [], []
    for job, done in zip((progress or _plainly)(jobs, "Publishing"), drawn(jobs, shared, folder), strict=True):
        digests.append(etree.fromstring(done.digest))
        indexes += [done.index] if done.index else []
        _put_document(folder, job, done, edition, once)
    site = Site(frames=shared, registers=[one.digest for one in gathered.registers], documents=digests)
    _put_pages(folder, site, gathered, links.moved(edition.publishing.moved), _own_style(edition, once))
    for path, content in search_files(indexes):
        folder.put(path, content)
    _put_links(edition, links)
    folder.close()
    return folder.root


def _jobs(edition: Edition, gathered: Gathered, links: permalinks.Permalinks, files: tuple[str, ...]) -> list[Job]:
    order = gathered.documents
    heads = [head_of(one.digest) for one in order]
    there = {one.id: str(one.digest.get("lang")) for one in order}
    others = {
        document.id: tuple(
            (other.id, there[other.id])
            for other in (document.original, *document.translations)
            if other is not None and other.id in there
        )
        for document in edition.documents
    }
    return [
        Job(
            id=one.id, file=one.file, data=one.data, tree=etree.tostring(one.tree), digest=etree.tostring(one.digest),
            before=heads[at - 1] if at else b"", after=heads[at + 1] if at + 1 < len(order) else b"",
            others=others.get(one.id, ()), gone=links.gone(one.id), files=files,
        )
        for at, one in enumerate(order)
    ]  # fmt: skip


def _frames(edition: Edition, gathered: Gathered) -> Frames:
    """Return what all pages share; which pages there will be is known before they are drawn."""
    site = Site(
        frames=frames(edition, [], {}, __version__),
        registers=[one.digest for one in gathered.registers],
        documents=[one.digest for one in gathered.documents],
    )
    said = {
        "speakers": any(one.tree.find(".//{*}sp[@who]") is not None for one in gathered.documents),
        "chronology": site.has_days(),
        "map": bool(site.points()),
        "search": bool(gathered.documents),
    }
    return frames(edition, [one.digest for one in gathered.registers], said, __version__)


def _put_document(folder: Folder, job: Job, done: Drawn, edition: Edition, report: Report) -> None:
    for finding in done.findings:
        report(finding)
    for path, content in done.files.items():
        folder.put(path, content)
    folder.put(f"{job.id}.xml", job.data)
    if done.is_kept and "pdf" in job.files:
        folder.keep(f"{job.id}.pdf")
    elif done.paper:
        path = f"{job.id}.pdf"
        known = read_bytes(folder.root / path) if folder.holds(path) else b""
        sources = {f"{job.id}.xml": job.data}
        folder.put(
            path, pdf(done.paper, report=report, folder=edition.tei, sources=sources, date=edition.date, known=known)
        )


def _put_pages(folder: Folder, site: Site, gathered: Gathered, moved: Any, style: bytes) -> None:
    """Write what is not of one document: registers, speakers, tables, images, and the front page."""
    for name, source in _STYLES:
        rules = resource(source).read_bytes()
        folder.put(name, rules + (b"\n" + style if name == "site.css" else b""))
    for register in gathered.registers:
        folder.put(f"register/{register.id}.xml", register.data)
    for path, image in gathered.images.items():
        if not folder.has(path):
            folder.put(path, read_bytes(image))
    speaking = voices.voices(site)
    site.speaking = {voice.entry.replace("/", "#", 1): voice.id for voice in speaking if voice.entry}
    files = [("places.geojson", "Places (GeoJSON)")] if site.points() else []
    for pages in (
        site.register_pages(), voices.voice_pages(site, speaking), site.map_pages(), site.moved_pages(moved),
        tables.table_pages(site, files), site.pages(),
    ):  # fmt: skip
        for path, content in pages:
            if not folder.has(path):
                folder.put(path, content)
    for path, content in feeds.feed_files(site, folder.paths()):
        folder.put(path, content)


def _own_style(edition: Edition, report: Report) -> bytes:
    """Return the rules that the edition adds to those of the site."""
    if not edition.publishing.css:
        return b""
    file = (edition.folder / edition.publishing.css).resolve()
    try:
        if file.is_relative_to(edition.folder.resolve()):
            return read_bytes(file)
    except OSError:
        pass
    message = f"The style “{edition.publishing.css}” is not in the edition; the site has only the toolkit's."
    hint = "Correct css of [site] in edition.toml."
    report(Finding(rule="file-missing", severity=Severity.ERROR, file=file, message=message, hint=hint))
    return b""


def _put_links(edition: Edition, links: permalinks.Permalinks) -> None:
    file, table = edition.folder / permalinks.FILE, links.table()
    if (links.rows or links.now) and (not file.is_file() or read_bytes(file) != table):
        write_bytes(file, table)


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
