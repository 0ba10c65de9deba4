"""Takes a folder of transcripts and prints how long each stage takes, beside a naive conversion in the same run."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

import tei_edition
from tei_edition import tei
from tei_edition.finding import Finding
from tei_edition.transcript import blocks_of, lines_of
from tei_edition.views import VIEWS

ROUNDS = 5


def naive(path: Path) -> bytes:
    """Return a TEI file with one paragraph for each block of lines, and nothing else."""
    blocks, _ = blocks_of(lines_of(path.read_text(encoding="utf-8")))
    body = tei.E.body(*(tei.E.p(block.text) for block in blocks))
    header = tei.E.teiHeader(
        tei.E.fileDesc(
            tei.E.titleStmt(tei.E.title(path.stem)), tei.E.publicationStmt(tei.E.p()), tei.E.sourceDesc(tei.E.p())
        )
    )
    return etree.tostring(tei.E.TEI(header, tei.E.text(body)), encoding="utf-8")


def measure(name: str, stage: Callable[[int], object], documents: int, peer: float | None = None) -> float:
    """Print one row and return the seconds of the median of `ROUNDS`, after one round that does not count.

    The row gives documents a second, how many times as long as the peer it took, and the seconds of the first document.
    """
    start = time.perf_counter()
    stage(0)
    first = time.perf_counter() - start
    _round(stage, documents)
    median = statistics.median(_round(stage, documents) for _ in range(ROUNDS))
    print(f"| {name} | {documents / median:,.0f} | {median / (peer or median):,.1f} | {first:.3f} |")
    return median


def _round(stage: Callable[[int], object], documents: int) -> float:
    start = time.perf_counter()
    for number in range(documents):
        stage(number)
    return time.perf_counter() - start


def main(folder: Path) -> None:
    """Measure every stage on the transcripts of a folder."""
    files = sorted(folder.glob("*.txt"))
    found: list[Finding] = []
    report = found.append
    transcripts = [tei_edition.read(file, report=report) for file in files]
    trees = [tei_edition.encode(transcript, report=report) for transcript in transcripts]
    print("| stage | documents/s | times the peer | first document, s |\n|---|---|---|---|")
    peer = measure("naive conversion", lambda number: naive(files[number]), len(files))
    measure("read", lambda number: tei_edition.read(files[number], report=report), len(files), peer)
    measure("encode", lambda number: tei_edition.encode(transcripts[number], report=report), len(files), peer)
    measure("write", lambda number: tei.to_bytes(trees[number]), len(files), peer)
    with tempfile.TemporaryDirectory() as name:
        written = [Path(name) / f"{file.stem}.xml" for file in files]
        for tree, path in zip(trees, written, strict=True):
            path.write_bytes(tei.to_bytes(tree))
        measure("validate", lambda number: tei_edition.validate([written[number]]), len(files), peer)
    for view in VIEWS:
        measure(
            f"render, {view}",
            lambda number, view=view: tei_edition.render(trees[number], view, report=report),
            len(files),
            peer,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "sources")
