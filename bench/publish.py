"""Publishes a site of generated documents and prints time, memory and bytes a page, the first time and again.

The documents are those of the edition here, each again and again with another id, date and title; PDF is left out.
"""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import re
import resource
import statistics
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import tei_edition.site.setting
from tei_edition import Edition, publish
from tei_edition.edition import Document
from tei_edition.finding import unheard


def generated(edition: Edition, folder: Path, count: int) -> Edition:
    """Return an edition of so many documents made of those of another, in a folder, with its registers."""
    tei = folder / "xml"
    (tei / "register").mkdir(parents=True)
    for file in edition.register:
        (tei / "register" / file.name).write_bytes(file.read_bytes())
    texts = [path.read_text(encoding="utf-8") for path in edition.tei_files()]
    sources = [text for text in texts if 'type="collection"' not in text]
    documents = []
    for number in range(count):
        key = f"letter-{number:05d}"
        text = re.sub(r'(<TEI\b[^>]*?xml:id=")[^"]*', rf"\g<1>{key}", sources[number % len(sources)], count=1)
        text = re.sub(r"(<title type=\"main\">)", rf"\g<1>No. {number}: ", text, count=1)
        text = text.replace("1945-", f"{1900 + number % 80}-")
        (tei / f"{key}.xml").write_text(text, encoding="utf-8")
        documents.append(Document(source=folder / f"{key}.txt", id=key))
    register = tuple(tei / "register" / file.name for file in edition.register)
    return dataclasses.replace(
        edition,
        folder=folder,
        tei=tei,
        site=folder / "site",
        documents=tuple(documents),
        register=register,
        decisions=None,
    )


class Memory:
    """Looks five times a second how much memory a process and all that it began have together (Linux only)."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.2):
            self.peak = max(self.peak, sum(map(_memory, _family())))


def _family() -> list[int]:
    """Return the numbers of this process and of all that descend from it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    own = [os.getpid()]
    for one in own:
        own += [child for child, parent in parents.items() if parent == one]
    return own


def _memory(process: int) -> float:
    """Return the memory of a process in MiB; what several share is divided among them."""
    with suppress(OSError, StopIteration):
        rows = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return int(next(row for row in rows if row.startswith("Pss:")).split()[1]) / 1024
    return 0.0


def main(count: int) -> None:
    """Publish, publish again, publish with one document changed."""
    tei_edition.site.setting._can_make_pdf = lambda *_: False
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = f"{name}/cache"
        edition = generated(Edition.load(Path(__file__).resolve().parent.parent), Path(name), count)
        size = sum(path.stat().st_size for path in edition.tei.glob("*.xml"))
        print(f"{count} documents, {size / 2**20:.1f} MiB of TEI")
        for label in ("first", "again", "one document changed"):
            if label.startswith("one"):
                file = edition.tei / "letter-00001.xml"
                text = file.read_text(encoding="utf-8").replace("</body>", "<p>One more.</p></body>")
                file.write_text(text, encoding="utf-8")
            publish_apart(edition, label, count)
        measure(edition.site)


def publish_apart(edition: Edition, label: str, count: int) -> None:
    """Publish in a process of its own, as a command does, and print time and memory."""
    process = multiprocessing.get_context("spawn").Process(target=_publish, args=(edition,))
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with Memory() as memory:
        process.start()
        process.join()
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    own = _memory(os.getpid())
    print(
        f"{label}: {took:.1f} s ({used:.1f} s of processors), {count / took:.0f} documents/s, "
        f"{memory.peak - own:.0f} MiB in all processes",
        flush=True,
    )


def _publish(edition: Edition) -> None:
    tei_edition.site.setting._can_make_pdf = lambda *_: False
    publish(edition, report=unheard)


KINDS = {
    "document, reading view": r"letter-\d+\.html", "document, diplomatic view": r"letter-\d+-diplomatic\.html",
    "document, other views": r"letter-\d+-(parallel|facsimile|translation|original)\.html",
    "front page": r"index\.html", "list of documents": r"documents(/\d+)?\.html",
    "register": r"register/[^/]+(/\d+)?\.html", "entry of a register": r"register/[^/]+/[^/]+(/\d+)?\.html",
    "speaker": r"speaker/.+\.html", "chronology": r"chronology(/\d+)?\.html", "about": r"about\.html",
    "search": r"search\.html", "index of the search": r"search/index\.js", "words of the search": r"search/words.*",
    "list for the filter": r"documents\.js", "tables": r"data/.*",
}  # fmt: skip


def measure(site: Path) -> None:
    """Print how many files of each kind there are, and how heavy they are."""
    files = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*") if path.is_file()}
    print(f"site: {len(files)} files, {sum(files.values()) / 2**20:.0f} MiB")
    left = dict(files)
    for label, pattern in KINDS.items():
        sizes = [left.pop(path) for path in files if path in left and re.fullmatch(pattern, path)]
        if sizes:
            median = statistics.median(sizes) / 1000
            print(f"  {label}: {len(sizes)}, median {median:.1f} kB, largest {max(sizes) / 1000:.1f} kB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
