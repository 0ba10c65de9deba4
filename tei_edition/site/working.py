"""Takes documents to draw and gives what came of each: many by several processes, none that is as it was.

What was drawn last is kept in the user's cache; a document whose TEI, neighbours, frame and stylesheets are the
same, and whose pages are still as they were written, is not drawn again.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

from tei_edition.files import resource
from tei_edition.kept import Kept
from tei_edition.site.drawing import Drawn, Job, draw
from tei_edition.site.folder import Folder
from tei_edition.site.frames import Frames

MANY = 60
"""From so many documents on, beginning other processes takes less time than they save."""
CHUNK = 16


def drawn(jobs: Sequence[Job], frames: Frames, folder: Folder) -> Iterator[Drawn]:
    """Yield what came of each job, in their order; the same, however many processes there are.

    Of a document that is as it was, the files are not among what came of it: they are in the folder.
    """
    drawer, name = Kept("site"), hashlib.sha256(str(folder.root).encode()).hexdigest()
    last: dict[str, tuple[str, Drawn, dict[str, str]]] = {}
    if found := drawer.get(name):
        last = pickle.loads(zlib.decompress(found))
    common = hashlib.sha256(_package() + pickle.dumps(frames)).digest()
    keys = [hashlib.sha256(common + pickle.dumps(job)).hexdigest() for job in jobs]
    fresh = _fresh([job for job, key in zip(jobs, keys, strict=True) if not _is_kept(last, job, key, folder)], frames)
    now: dict[str, tuple[str, Drawn, dict[str, str]]] = {}
    for job, key in zip(jobs, keys, strict=True):
        if _is_kept(last, job, key, folder):
            now[job.id] = last[job.id]
        else:
            done = next(fresh)
            sums = {path: hashlib.sha256(content.encode()).hexdigest() for path, content in done.files.items()}
            now[job.id] = (key, replace(done, files={}, paper="", is_kept=True), sums)
            yield done
            continue
        for path in now[job.id][2]:
            folder.keep(path)
        yield now[job.id][1]
    if now != last:
        drawer.put(name, zlib.compress(pickle.dumps(now), 1))


def _is_kept(last: dict[str, tuple[str, Drawn, dict[str, str]]], job: Job, key: str, folder: Folder) -> bool:
    known = last.get(job.id)
    if known is None or known[0] != key or ("pdf" in job.files and not folder.holds(f"{job.id}.pdf")):
        return False
    return all(folder.holds(path, total) for path, total in known[2].items())


def _fresh(jobs: Sequence[Job], frames: Frames) -> Iterator[Drawn]:
    workers = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 61)
    if len(jobs) < MANY or workers < 2:
        yield from (draw(job, frames) for job in jobs)
        return
    chunks = [jobs[start : start + CHUNK] for start in range(0, len(jobs), CHUNK)]
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        for several in pool.map(_several, chunks, [frames] * len(chunks)):
            yield from several


def _several(jobs: Sequence[Job], frames: Frames) -> list[Drawn]:
    return [draw(job, frames) for job in jobs]


@cache
def _package() -> bytes:
    """Return the digest of all modules and stylesheets: with others every page may be another."""
    digest = hashlib.sha256()
    package, sheets = Path(__file__).parent.parent, resource("xslt/base.xsl").parent
    for folder, kinds in ((package, "*.py"), (sheets, "*.xsl")):
        for file in sorted(folder.rglob(kinds)):
            digest.update(f"{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return digest.digest()
