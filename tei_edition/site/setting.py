"""Takes the files of an edition and gives the heads of its documents; what is made of their texts lies on the shelf."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree

from tei_edition.edition import Edition
from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.pdf import available, pdf
from tei_edition.site import permalinks
from tei_edition.site.folder import Folder
from tei_edition.site.frames import named_entries
from tei_edition.site.gathering import Published, digest_of, entries_of, listed, opened, opened_registers, order_of
from tei_edition.site.pages import Head, head_of
from tei_edition.site.shelf import Shelf
from tei_edition.site.sums import package, sheet, summed
from tei_edition.site.texts import Desk, Job, Other, Text, findings_of, still_holds, text_of
from tei_edition.site.working import MANY, Workers
from tei_edition.tei import parse
from tei_edition.views import VIEWS, own_view

Progress = Callable[[Sequence[Any], str], Iterable[Any]]
"""A function that hands on things one by one and shows how far it is, told what is done with them."""


class Texts:
    """The texts of an edition on their way to the site; `prepare` finds what there is, `make` makes what is due."""

    def __init__(self, edition: Edition, folder: Folder, shelf: Shelf, report: Report) -> None:
        self.edition, self.folder, self.shelf, self.report = edition, folder, shelf, report
        self.links = permalinks.Permalinks.read(edition.folder / permalinks.FILE, report)
        self.files: dict[str, Path] = {}
        """Id of a document → its TEI."""
        self.registers: list[Published] = []
        self.kinds: tuple[str, ...] = ()
        """Kinds of files that each document has beside TEI and text: pdf, epub."""
        self.common = ""
        """A sum of what all texts are made from."""
        self.images: dict[str, Path] = {}
        self.people: dict[str, str] = {}
        """Those whom only a document knows → their names."""
        self.speaks = False
        """Whether anybody speaks."""
        self.others = {
            one.id: [
                *([("original", one.original.id)] if one.original else []),
                *(("translation", other.id) for other in one.translations),
            ]
            for one in edition.documents
        }
        """Id of a document → what is to be read beside it: original or translation, and its id."""
        self._sums: dict[str, str] = {}

    def prepare(self) -> bool:
        """Find documents and registers; say whether there is so much to do that several processes are worth while."""
        known = self.shelf.keys()
        files = listed(self.edition, self.report)
        self.files = {key: file for key, file in files if self._can_open(key, file, known)}
        self.registers = list(opened_registers(self.edition, self.report))
        wanted = [one for one in self.edition.publishing.downloads if one != "book" and self.files]
        if "pdf" in wanted and not _can_make_pdf(self.edition, self.report):
            wanted.remove("pdf")
        self.kinds = tuple(wanted)
        own = [own_view(name, stylesheet, title) for name, (stylesheet, title) in self.edition.views.items()]
        self._views = [*(view for view in VIEWS.values() if view.media == "text/html"), *own]
        self._language = self.edition.publishing.language or "en"
        self._about = replace(self.edition, documents=(), register=(), decisions=None, accept=(), profiles={})
        sheets = [sheet(view.stylesheet) for view in self._views]
        self.common = summed(package(), self._language, repr(sheets), repr(self.kinds))
        if "epub" in self.kinds:
            self.common = summed(self.common, repr(self._about).replace(str(self.edition.folder), ""))
        self._same = {key for key in self.files if known.get(key) == self._key(key)}
        return len(self.files) - len(self._same) >= MANY

    def make(self, workers: Workers, progress: Progress) -> list[Head]:
        """Make what is to be made, and return the heads of all documents in the order of the site."""
        self._digest(self.registers, workers)
        digests = [one.digest for one in self.registers]
        desk = Desk(
            language=self._language, folder=self.edition.tei, registers=entries_of(self.registers), views=self._views,
            edition=self._about, pages={str(file.resolve()): key for key, file in self.files.items()},
            entries=named_entries(digests),
            registers_of=[(one.id, etree.tostring(one.digest)) for one in self.registers if "epub" in self.kinds],
        )  # fmt: skip
        return self._made(desk, workers, progress)

    def _can_open(self, key: str, file: Path, known: Mapping[str, str]) -> bool:
        """Return whether a document can be published; one that could the last time is not parsed again."""
        try:
            self._sums[key] = summed(read_bytes(file))
            if known.get(key, "").startswith(self._sums[key]):
                return True
        except OSError:
            pass
        return opened(key, file, self.report) is not None

    def _key(self, document: str) -> str:
        """Return what a text is made from: it begins with the sum of the TEI; the ids are those that are to be kept."""
        others = [(role, self._sums.get(other)) for role, other in self.others.get(document, ())]
        return f"{self._sums[document]} {summed(self.common, repr((self.links.rows_of(document), others)))}"

    def _digest(self, registers: list[Published], workers: Workers) -> None:
        """Give registers their digests, and take away those that have none."""
        due = []
        for one in registers:
            kept = self.shelf.other(f"register {one.id}", summed(package() + one.data))
            if kept is None:
                due.append(one)
            else:
                one.digest = etree.fromstring(kept["digest"])
        jobs = ((one.id, one.file, one.data) for one in due)
        for one, (digest, findings) in zip(due, workers.map(_register, None, jobs, 1), strict=True):
            for finding in findings:
                self.report(finding)
            one.digest = etree.fromstring(digest)
            if not findings:
                self.shelf.put_other(f"register {one.id}", summed(package() + one.data), {"digest": digest})
        registers[:] = [one for one in registers if one.digest.tag == "register"]

    def _made(self, desk: Desk, workers: Workers, progress: Progress) -> list[Head]:
        stay = {
            key for key in self._same
            if all(self.folder.holds(f"{key}.{kind}") for kind in self.kinds)
            and still_holds(desk, self.shelf.part(key, "facts"))
        }  # fmt: skip
        jobs = (
            Job(
                id=key, file=file, data=read_bytes(file), rows=self.links.rows.get(key, {}), files=self.kinds,
                others=tuple(
                    Other(role=role, id=other, file=self.files[other], data=read_bytes(self.files[other]))
                    for role, other in self.others.get(key, ()) if other in self.files
                ),
            )
            for key, file in self.files.items() if key not in stay
        )  # fmt: skip
        fresh = workers.map(text_of, desk, jobs)
        heads: list[tuple[tuple[int, str], Head]] = []
        for key, file in progress(list(self.files.items()), "Publishing"):
            if key in stay:
                facts = self.shelf.part(key, "facts")
                for kind in self.kinds:
                    self.folder.keep(f"{key}.{kind}")
            else:
                text = next(fresh)
                facts = text.facts
                if text.epub:
                    self.folder.put(f"{key}.epub", text.epub)
                self._print(text, file)
            for finding in findings_of(facts):
                self.report(finding)
            self.links.now[key] = [(place, words) for place, words in facts["now"]]
            if key not in stay:
                self.shelf.put(key, self._key(key), text.parts, text.said)
            self.images |= {path: Path(image) for path, image in facts["images"].items()}
            self.people |= facts["people"]
            self.speaks |= facts["speaks"]
            heads.append((order_of(etree.fromstring(facts["head"])), head_of(self._key(key), facts["head"])))
        return [head for _, head in sorted(heads, key=lambda one: one[0])]

    def _print(self, text: Text, file: Path) -> None:
        if text.paper:
            path, data = f"{text.id}.pdf", read_bytes(file)
            known = read_bytes(self.folder.root / path) if self.folder.holds(path) else b""
            sources = {f"{text.id}.xml": data}
            edition = self.edition
            made = pdf(
                text.paper, report=self.report, folder=edition.tei, sources=sources, date=edition.date, known=known
            )
            self.folder.put(path, made)


def _register(_: None, job: tuple[str, Path, bytes]) -> tuple[str, list[Finding]]:
    """Return the digest of a register."""
    key, file, data = job
    findings: list[Finding] = []
    tree = parse(data, file, findings.append)
    assert tree is not None, "it was parsed before"
    digest = digest_of(tree, key, file, findings.append, register=True, data=data)
    return etree.tostring(digest, encoding="unicode"), findings


def _can_make_pdf(edition: Edition, report: Report) -> bool:
    """Return whether PDF can be made here; when not, one finding says what to install."""
    if lacking := available():
        message = f"{lacking} The site is published without PDF."
        report(Finding(rule="pdf-unavailable", severity=Severity.WARNING, file=edition.folder, message=message))
    return not lacking
