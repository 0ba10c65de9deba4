"""Takes Schematron schemas and prints how fast their rules are tried, beside a walk for each pattern.

``python bench/schematron.py SCHEMA.sch…``: the documents are 500 letters made of the sample edition. The peer is what
the skeleton of ISO Schematron does: a mode, and a walk through the document, for each pattern.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from tei_edition import saxon
from tei_edition.opened import Opened
from tei_edition.schematron import rules
from tei_edition.tei import parse

HOME = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(HOME / "bench"), str(HOME / "tests")]

from test_schematron import plainly  # noqa: E402
from validate import grown  # noqa: E402

ROUNDS = 5
LETTERS = 500
SIZE = 18_000
COLD = """
import sys
from pathlib import Path
from tei_edition.opened import Opened
from tei_edition.schematron import rules
from tei_edition.tei import parse
schema, document = map(Path, sys.argv[1:])
rules(schema.read_bytes(), file=schema).check(Opened(document, parse(document.read_bytes(), document, print)))
"""


def seconds(work: Callable[[], object]) -> float:
    """Return the time that something takes: the best of several rounds, of the processor and not the clock."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def main(schemas: list[Path]) -> None:
    """Print a table."""
    sources = sorted((HOME / "xml").glob("*.xml"))
    letters = [grown(sources[number % len(sources)].read_bytes(), SIZE, number) for number in range(LETTERS)]
    letters = [letter for letter in letters if len(letter) < 1.2 * SIZE]  # not those that are long by nature
    trees = [(parse(letter, Path("letter.xml"), print), letter) for letter in letters]
    roots = [(root, letter) for root, letter in trees if root is not None]
    texts = [saxon.source(root) for root, _ in roots]
    print(f"{len(letters)} letters, {sum(map(len, letters)) / len(letters) / 1000:.1f} kB each")
    print("| schema | patterns | documents/s | read alone | a walk a pattern | times | whole process, one letter, s |")
    print("|---|---|---|---|---|---|---|")
    for schema in schemas:
        tried = rules(schema.read_bytes(), file=schema, trusted=True)
        document = etree.fromstring(schema.read_bytes())
        patterns = sum(1 for _ in document.iter("{http://purl.oclc.org/dsdl/schematron}pattern"))
        ours = seconds(lambda tried=tried: [tried.check(Opened(Path("l.xml"), one[0], data=one[1])) for one in roots])  # type: ignore[misc]
        peer = saxon.compile_text(plainly(document))
        few = texts[: len(texts) // 10]
        theirs = seconds(lambda peer=peer, few=few: [saxon.transform(peer, text) for text in few])  # type: ignore[misc]
        reader = saxon.processor()
        read = len(texts) / seconds(lambda reader=reader: [reader.parse_xml(xml_text=text) for text in texts])  # type: ignore[misc]
        fast, slow = len(roots) / ours, len(few) / theirs
        cold = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", COLD, str(schema), str(sources[0])], check=True)
            cold.append(time.perf_counter() - start)
        row = f"{fast:,.0f} | {read:,.0f} | {slow:,.0f} | {fast / slow:.1f} | {statistics.median(cold):.2f}"
        print(f"| {schema.name} | {patterns} | {row} |")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [HOME / "schema" / "tei_edition.sch"])
