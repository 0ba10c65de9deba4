"""Takes many transcripts and encodes them: what is up to date is left as it is, the rest by several processes.

A document is made from its source, its decisions, the registers, the settings of the edition and this package. As long
as their digest stays the same there is nothing to do, and what was found then is found again. A run that was
interrupted goes on where it ended, since each document is written, and noted, when it is done.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from lxml import etree

from tei_edition.edition import Document, Edition
from tei_edition.encoding import decisions_on, encode, write_encoded
from tei_edition.encoding.translation import link
from tei_edition.encoding.writing import takes_account_of
from tei_edition.encoding.written import recall
from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, unheard
from tei_edition.readers import read
from tei_edition.readers.metadata_csv import with_metadata
from tei_edition.readers.scans import files_of
from tei_edition.tei import LANG
from tei_edition.transcript import Transcript

MANY = 50
"""From so many documents on, beginning other processes takes less time than they save."""
CHUNK = 8
"""Documents that a process takes at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One document to encode."""

    document: Document
    target: Path
    source: Path
    """The transcript as it was named; findings name it so."""


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What came of a job."""

    findings: list[Finding] = field(default_factory=list)
    written: Path | None = None
    """Where the document is; None when there is none."""
    fresh: bool = True
    """Whether it was encoded now; if not, the findings are those of the time when it was."""
    refused: OSError | None = None
    """Why the transcript could not be read, or the document not be written."""
    unwritable: bool = False
    """Whether it was the document."""


def encoded(
    jobs: Sequence[Job], edition: Edition | None = None, *, executor: Executor | None = None
) -> Iterator[Outcome]:
    """Encode documents and give what came of each, in the order of the jobs.

    Many documents are encoded by as many processes as there are processors, or by those of an ``executor`` (of a
    cluster, say, which sees the same folders). Raises what `tei_edition.encode` raises.

    1. The files and the findings are the same, however many processes there are and whatever was up to date.
    2. An error of the file system stops one document and not the others.
    """
    settings = replace(edition, documents=()) if edition else None
    digests = [_digest(job, settings) for job in jobs]
    kept = [_kept(job, digest) for job, digest in zip(jobs, digests, strict=True)]
    due = [(job, digest) for job, digest, known in zip(jobs, digests, kept, strict=True) if known is None]
    fresh = _encoded(due, settings, executor)
    for known in kept:
        yield known or next(fresh)


def _encoded(due: Sequence[tuple[Job, str]], edition: Edition | None, executor: Executor | None) -> Iterator[Outcome]:
    workers = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 61)
    if executor is None and (len(due) <= MANY or workers < 2):
        yield from (_one(job, digest, edition) for job, digest in due)
        return
    own = executor or ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))
    chunks = [due[start : start + CHUNK] for start in range(0, len(due), CHUNK)]
    try:
        for outcomes in own.map(_several, chunks, [edition] * len(chunks)):
            yield from outcomes
    finally:
        if executor is None:
            own.shutdown(cancel_futures=True)


def _several(jobs: Sequence[tuple[Job, str]], edition: Edition | None) -> list[Outcome]:
    return [_one(job, digest, edition) for job, digest in jobs]


def _one(job: Job, digest: str, edition: Edition | None) -> Outcome:
    """Read, encode and write one document."""
    outcome, document = Outcome(), job.document
    decisions = decisions_on(job.source, edition, document)
    report = decisions.heard(outcome.findings.append)
    try:
        transcript = _read(job.source, document, edition, report)
        if not transcript.blocks and any(finding.rule == "file-unreadable" for finding in outcome.findings):
            return outcome
        root = encode(transcript, report=report, edition=edition, document=document, decisions=decisions)
        _link(root, document, edition, report, job.source)
    except OSError as error:
        outcome.refused = error
        return outcome
    try:
        outcome.written = write_encoded(
            root,
            job.target,
            report=report,
            source=job.source,
            made_from=digest,
            findings=list(outcome.findings),
        )
    except OSError as error:
        outcome.refused, outcome.unwritable = error, True
    return outcome


def _read(source: Path, document: Document, edition: Edition | None, report: Report) -> Transcript:
    """Read a document with what the edition says of styles, and what its tables of metadata say of it."""
    styles = edition.styles if edition else None
    made = read(source, report=report, reader=document.reader, encoding=document.encoding, styles=styles)
    return with_metadata(made, edition.metadata if edition else (), report=report, name=document.id)


def _link(root: etree._Element, document: Document, edition: Edition | None, report: Report, source: Path) -> None:
    """Link a document with its original, or with its translations."""
    if document.language:
        root.set(LANG, document.language)
    for other in (document.original, *document.translations):
        if other is None:
            continue
        transcript = _read(other.source, other, edition, unheard)
        there = encode(transcript, report=unheard, edition=edition, document=other)
        original = document.original is None
        link(root, there, f"{other.id}.xml", original=original, report=report, file=source)


def _kept(job: Job, digest: str) -> Outcome | None:
    """Return what came of a job when it was last done, if there is nothing to do."""
    if not digest or not job.target.is_file():
        return None
    last = recall(job.target, job.source)
    if last.made_from != digest or not takes_account_of(job.target, last.base):
        return None
    return Outcome(findings=list(last.findings), written=job.target, fresh=False)


def _digest(job: Job, edition: Edition | None) -> str:
    """Return the digest of all that a document is made from; nothing when that cannot be read."""
    document = job.document
    others = [other for other in (document.original, *document.translations) if other]
    try:
        sources = [
            read_bytes(file) for path in (job.source, *(one.source for one in others)) for file in files_of(path)
        ]
        registers = [read_bytes(path) for path in ((*edition.register, *edition.metadata) if edition else ())]
    except OSError:
        return ""
    decided = [decisions_on(one.source, edition, one) for one in (document, *others)]
    settings = repr((edition, document, decided)).replace(str(edition.folder if edition else job.source.parent), "")
    digest = hashlib.sha256(_package().encode())
    for part in (*sources, *registers, settings.encode("utf-8", "surrogatepass")):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


@cache
def _package() -> str:
    """Return the digest of this package: with other rules every document is another."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent
    for file in sorted(folder.rglob("*.py")):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()
