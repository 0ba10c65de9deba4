"""Publishes a site of generated documents and prints time, memory and bytes a page, the first time and again.

The documents are those of the edition here, each again and again with another id, date and title; PDF is left out.
"""

from __future__ import annotations

import dataclasses
import re
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import tei_edition.site
from tei_edition import Edition, publish
from tei_edition.edition import Document


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


def peak() -> float:
    """Return the most memory in MiB that this process had, and the largest of those that it began."""
    own, others = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(own, others)


def main(count: int) -> None:
    """Publish, publish again, publish with one document changed."""
    tei_edition.site._can_make_pdf = lambda *_: False
    with tempfile.TemporaryDirectory() as name:
        edition = generated(Edition.load(Path(__file__).resolve().parent.parent), Path(name), count)
        size = sum(path.stat().st_size for path in edition.tei.glob("*.xml"))
        print(f"{count} documents, {size / 2**20:.1f} MiB of TEI")
        for label in ("first", "again", "one document changed"):
            if label.startswith("one"):
                file = edition.tei / "letter-00001.xml"
                text = file.read_text(encoding="utf-8").replace("</body>", "<p>One more.</p></body>")
                file.write_text(text, encoding="utf-8")
            start = time.perf_counter()
            publish(edition, report=lambda _: None)
            took = time.perf_counter() - start
            print(f"{label}: {took:.1f} s, {count / took:.0f} documents/s, peak {peak():.0f} MiB", flush=True)
        pages = [path.stat().st_size for path in edition.site.glob("letter-*[0-9].html")]
        files = [path for path in edition.site.rglob("*") if path.is_file()]
        print(f"page of a document: median {statistics.median(pages):.0f} bytes, largest {max(pages)}")
        print(f"site: {len(files)} files, {sum(path.stat().st_size for path in files) / 2**20:.0f} MiB")
        for page in ("index", "chronology", "register/persons", "search/index"):
            for path in edition.site.glob(f"{page}.*"):
                print(f"  {path.name}: {path.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
