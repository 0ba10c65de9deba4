"""Takes a folder of transcripts and prints how long each stage takes, beside a naive conversion in the same run.

Time is that of the processor, and of each document the least of some rounds: both are steady on a busy machine.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

import tei_edition
from tei_edition import tei
from tei_edition.finding import unheard
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


SHARES = (
    ("read", "tei_edition", "read"),
    ("structure", "tei_edition.encoding", "compose"),
    ("remarks", "tei_edition.encoding.composing", "spans"),
    ("dates", "tei_edition.encoding.inline", "dates"),
    ("dates", "tei_edition.encoding.letter_parts", "dates"),
    ("names", "tei_edition.encoding.inline", "mentions"),
    ("slips and doubts", "tei_edition.encoding", "doubts"),
    ("slips and doubts", "tei_edition.encoding", "misspellings"),
    ("header", "tei_edition.encoding", "header"),
    ("read back", "tei_edition.encoding", "told"),
    ("write", "tei_edition.tei", "to_bytes"),
)
"""The stages, each with a function that it begins with: the module that calls it, and its name there."""


class Shares:
    """Counts the seconds of each stage; what a stage spends in another one belongs to that."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(["read", "the rest of encoding"], 0.0)
        self._inner = [0.0]
        for stage, module, name in SHARES:
            owner = importlib.import_module(module)
            setattr(owner, name, self.counted(stage, getattr(owner, name)))

    def counted(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and is counted."""
        self.seconds.setdefault(stage, 0.0)

        def count(*arguments: Any, **named: Any) -> Any:
            self._inner.append(0.0)
            start = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                took = time.process_time() - start
                self.seconds[stage] += took - self._inner.pop()
                self._inner[-1] += took

        return count


def print_shares(files: Sequence[Path]) -> None:
    """Print the share of each stage in reading, encoding and writing every document."""
    shares = Shares()
    encode = shares.counted("the rest of encoding", tei_edition.encode)
    for number in range(ROUNDS + 1):
        for file in files:
            tei.to_bytes(encode(tei_edition.read(file, report=unheard), report=unheard))
        if not number:
            shares.seconds = dict.fromkeys(shares.seconds, 0.0)
    whole = sum(shares.seconds.values())
    print("\n| stage of it | share, % | ms a document |\n|---|---|---|")
    for stage, seconds in shares.seconds.items():
        print(f"| {stage} | {100 * seconds / whole:.0f} | {1000 * seconds / ROUNDS / len(files):.2f} |")


def measure(
    name: str, stage: Callable[[int], object], documents: int, size: int, peer: Sequence[float] = ()
) -> list[float]:
    """Print one row and return the least seconds that each document took in `ROUNDS`, after one that does not count.

    The row gives documents and MB of source a second, how many times as long as the peer it took, and the seconds of
    the first document.
    """
    first, best = 0.0, [float("inf")] * documents
    for number in range(ROUNDS + 1):
        for document in range(documents):
            start = time.process_time()
            stage(document)
            took = time.process_time() - start
            first = first or took
            if number:
                best[document] = min(best[document], took)
    whole = sum(best)
    times = whole / sum(peer or best)
    print(f"| {name} | {documents / whole:,.0f} | {size / whole / 1e6:,.2f} | {times:,.1f} | {first:.3f} |")
    return best


def main(folder: Path) -> None:
    """Measure every stage on the transcripts of a folder."""
    files = sorted(folder.glob("*.txt"))
    count, size = len(files), sum(file.stat().st_size for file in files)
    report = unheard
    transcripts = [tei_edition.read(file, report=report) for file in files]
    trees = [tei_edition.encode(transcript, report=report) for transcript in transcripts]

    def whole(number: int) -> bytes:
        return tei.to_bytes(tei_edition.encode(tei_edition.read(files[number], report=report), report=report))

    print(f"{count} documents, {size / count / 1000:.1f} kB each\n")
    print("| stage | documents/s | MB/s | times the peer | first document, s |\n|---|---|---|---|---|")
    peer = measure("naive conversion", lambda number: naive(files[number]), count, size)
    measure("read", lambda number: tei_edition.read(files[number], report=report), count, size, peer)
    measure("encode", lambda number: tei_edition.encode(transcripts[number], report=report), count, size, peer)
    measure("write", lambda number: tei.to_bytes(trees[number]), count, size, peer)
    measure("read, encode and write", whole, count, size, peer)
    with tempfile.TemporaryDirectory() as name:
        written = [Path(name) / f"{file.stem}.xml" for file in files]
        for tree, path in zip(trees, written, strict=True):
            path.write_bytes(tei.to_bytes(tree))
        measure("validate", lambda number: tei_edition.validate([written[number]]), count, size, peer)
    for view in VIEWS:
        measure(
            f"render, {view}",
            lambda number, view=view: tei_edition.render(trees[number], view, report=report),
            count,
            size,
            peer,
        )
    print_shares(files)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "sources")
