"""Takes an edition and gives its site: a folder of pages that needs no server and nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tei_edition import __version__
from tei_edition.book import bind
from tei_edition.edition import Edition
from tei_edition.epub import epub
from tei_edition.files import read_bytes, resource, write_bytes
from tei_edition.finding import Finding, Report, Severity, unheard
from tei_edition.pdf import pdf_of
from tei_edition.site import feeds, lists, occurring, permalinks, tables, voices
from tei_edition.site.drawing import Framing, framed
from tei_edition.site.folder import Folder
from tei_edition.site.frames import drawn, frames, named_entries
from tei_edition.site.gathering import gather
from tei_edition.site.ledger import Ledger
from tei_edition.site.pages import Head, Site
from tei_edition.site.search import search_files
from tei_edition.site.setting import Progress, Texts
from tei_edition.site.shelf import Shelf
from tei_edition.site.sums import package, summed
from tei_edition.site.working import Workers

_ORDER = (Severity.INFO, Severity.WARNING, Severity.ERROR)
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_STYLES = ("xslt/edition.css", "xslt/site/site.css")
"""They become one file: a page waits for nothing longer than for a style that asks for another."""


def publish(
    edition: Edition, to: Path | None = None, *, report: Report, progress: Progress | None = None, draft: bool = False
) -> Path:
    """Write the site of an edition and return its folder, ``to`` or the one that ``edition.toml`` names.

    For every document ``ID.html`` and ``ID-VIEW.html``, ``ID.txt``, ``ID.xml``, ``ID.pdf`` and ``cite/ID.*``; for every
    register ``register/NAME.html`` and ``.xml`` with a page an entry; ``speaker/ID.*``; ``data/*.csv``; the front page,
    the chronology, the map and what else `Site.pages` has; ``manifest.json`` with the checksum of each file. Beside
    ``edition.toml`` it writes `permalinks.FILE`, by which the places of the texts keep their ids; not of a ``draft``.

    1. The pages work from a folder, without JavaScript (but for search, filters and copying), and ask nothing of any
       other site.
    2. The same edition gives the same bytes; what is the same already is not made or written again.
    3. A document that cannot be published is a finding, and the others are.
    4. Nothing is written into a folder that holds something else, and nothing is removed that was not written here.
    5. The memory that it takes hardly grows with the number of documents.
    """
    folder = Folder.opened(to or edition.site, report)
    if folder is None:
        return to or edition.site
    shelf = Shelf.opened(folder.root)
    try:
        run = _Run(edition, folder, shelf, _once(report))
        run.publish(progress or _plainly)
        if not draft:
            _put_links(edition, run.texts.links)
    finally:
        shelf.close()
    folder.close()
    return folder.root


class _Run:
    """One publishing: what its steps hand on to each other."""

    def __init__(self, edition: Edition, folder: Folder, shelf: Shelf, report: Report) -> None:
        self.edition, self.folder, self.shelf, self.report = edition, folder, shelf, report
        self.texts = Texts(edition, folder, shelf, report)
        self.ledger = Ledger(folder, shelf, report)

    def publish(self, progress: Progress) -> None:
        """Do all steps."""
        several = self.texts.prepare()
        with Workers(several=several) as workers:
            heads = self.texts.make(workers, progress)
            self.shelf.set_order([one.id for one in heads])
            site = self._site(heads)
            self._documents(site, workers)
            self._books(site)
            self._others(site, workers)
        self.ledger.close()

    # ## Pages

    def _site(self, heads: list[Head]) -> Site:
        """Return what all pages share; which pages there will be is known before they are drawn."""
        digests = [one.digest for one in self.texts.registers]
        site = Site(
            frames=frames(self.edition, digests, {}, __version__), registers=digests, documents=heads, shelf=self.shelf
        )
        said = {
            "speakers": self.texts.speaks, "chronology": any(one.when for one in heads), "map": bool(site.points()),
            "search": bool(heads), "list": site.is_long(),
        }  # fmt: skip
        site.frames = frames(self.edition, digests, said, __version__, self.texts.kinds)
        site.common = summed(package(), repr(site.frames))
        site.stays = self.ledger.keep_all
        return site

    def _documents(self, site: Site, workers: Workers) -> None:
        """Put the pages of every document, and its TEI, into the folder."""
        langs = {one.id: one.lang for one in site.documents}
        others = {
            key: tuple((role, other, langs[other]) for role, other in some if other in langs)
            for key, some in self.texts.others.items()
        }
        due: list[tuple[int, str]] = []
        for at, one in enumerate(site.documents):
            before, after = self._neighbours(site, at)
            key = summed(site.common, one.key, before, after, repr(others.get(one.id)))
            if not self.ledger.keep_all(f"{one.id} {key}"):
                due.append((at, key))
            self.folder.put(f"{one.id}.xml", read_bytes(self.texts.files[one.id]))
        jobs = (
            Framing(
                id=one.id, head=one.whole, text=self.shelf.packed_part(one.id, "text"), before=around[0],
                after=around[1], others=others.get(one.id, ()), files=self.texts.kinds,
            )
            for at, _ in due for one, around in [(site.documents[at], self._neighbours(site, at))]
        )  # fmt: skip
        for (at, key), made in zip(due, workers.map(framed, site.frames, jobs), strict=True):
            for path, content in made.items():
                self.ledger.put(path, content, group=f"{site.documents[at].id} {key}")

    def _books(self, site: Site) -> None:
        """Put the edition as a book into the folder, unless it has too many documents for one."""
        name = self.edition.id if _NAME.fullmatch(self.edition.id) else "edition"
        kinds = self.texts.kinds
        if "book" not in self.edition.publishing.downloads or not kinds or site.is_long() or len(site.documents) < 2:
            return
        key = summed(self.texts.common, repr([one.key for one in site.documents]))
        site.books = [f"{name}-book.{kind}" for kind in kinds]
        if all(self.ledger.keep(path, key) for path in site.books):
            return
        links = permalinks.Permalinks(rows=self.texts.links.rows)
        gathered = gather(self.edition, unheard, links)
        book = bind(self.edition, gathered.documents, gathered.registers, images=gathered.images, report=self.report)
        for path in list(site.books):
            if path.endswith(".epub"):
                content = epub(book, report=self.report)
            else:
                known = read_bytes(self.folder.root / path) if self.folder.holds(path) else b""
                content = pdf_of(book, report=self._of_the_book, known=known)
            if content:
                self.ledger.put(path, content, key)
            else:
                site.books.remove(path)

    def _of_the_book(self, finding: Finding) -> None:
        """Report what was found when the edition was printed; the site is whole without it."""
        self.report(replace(finding, severity=min(finding.severity, Severity.WARNING, key=_ORDER.index)))

    def _neighbours(self, site: Site, at: int) -> tuple[str, str]:
        before = site.documents[at - 1].brief if at else ""
        return before, site.documents[at + 1].brief if at + 1 < len(site.documents) else ""

    def _others(self, site: Site, workers: Workers) -> None:
        """Put what is not of one document: registers, speakers, tables, images, search, and the front page."""
        rules = [*(resource(source).read_bytes() for source in _STYLES), _own_style(self.edition, self.report)]
        self.folder.put("site.css", b"\n".join(filter(None, rules)))
        self.folder.put("site.js", resource("xslt/site/site.js").read_bytes())
        for register in self.texts.registers:
            self.folder.put(f"register/{register.id}.xml", register.data)
        for path, image in sorted(self.texts.images.items()):
            if not self.folder.has(path):
                self.folder.put(path, read_bytes(image))
        speaking = voices.voices(site, self.texts.people, named_entries(site.registers))
        site.speaking = {voice.who: voice.id for voice in speaking if voice.entry}
        files = [(path, "The edition as a book (PDF)" if path.endswith("pdf") else "The edition as a book (EPUB)")
                 for path in site.books]  # fmt: skip
        files += [("places.geojson", "Places (GeoJSON)")] if site.points() else []
        moved = self.texts.links.moved(self.edition.publishing.moved)
        self.ledger.draw(drawn, site.frames, workers, (
            page for several in (
                occurring.register_pages(site), voices.voice_pages(site, speaking), site.map_pages(),
                site.moved_pages(moved), tables.table_pages(site, files), lists.document_pages(site),
                lists.chronology_pages(site), lists.about_page(site), site.pages(),
            ) for page in several
        ))  # fmt: skip
        for path, content in search_files(self.shelf, [(one.id, one.key) for one in site.documents]):
            self.folder.put(path, content)
        for path, content in feeds.feed_files(site, self.folder.paths()):
            self.folder.put(path, content)


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
    if links.readable and (links.rows or links.now) and (not file.is_file() or read_bytes(file) != table):
        write_bytes(file, table)


def _once(report: Report) -> Report:
    """Return a report that hands on every finding once: the views of a document would say the same three times."""
    seen: set[Finding] = set()

    def told(finding: Finding) -> None:
        if finding not in seen:
            seen.add(finding)
            report(finding)

    return told


def _plainly(things: Sequence[Any], _: str) -> Iterable[Any]:
    return things
