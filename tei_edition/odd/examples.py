"""Takes the TEI files of an edition and gives a short example of each element, as it stands there."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path

from lxml import etree

from tei_edition.files import read_bytes
from tei_edition.finding import unheard
from tei_edition.tei import TEI, name, parse

SHORT, LONG = 40, 420
"""Letters of an example: one of this length is long enough, and none is longer."""


def examples(files: Iterable[Path]) -> dict[str, tuple[Path, str]]:
    """Return for each element of TEI the file and the text of the occurrence that shows most in few words."""
    found: dict[str, tuple[int, Path, etree._Element]] = {}
    for file in files:
        try:
            root = parse(read_bytes(file), file, unheard)
        except OSError:
            continue
        for node in root.iter(f"{{{TEI}}}*") if root is not None else ():
            letters = sum(len(str(text)) for text in node.itertext()) + 12 * len(list(node.iter("*")))
            distance = abs(letters - SHORT) - 15 * min(len(node.attrib), 3)
            known = found.get(name(node))
            if known is None or distance < known[0]:
                found[name(node)] = distance, file, node
    return {ident: (file, _written(node)) for ident, (_, file, node) in found.items()}


def _written(node: etree._Element) -> str:
    """Return an element as it is written, without its namespace and its depth, cut where it becomes long."""
    copy = deepcopy(node)
    copy.tail = None
    text = etree.tostring(copy, encoding="unicode").replace(f' xmlns="{TEI}"', "", 1)
    lines = text.splitlines()
    depth = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    text = "\n".join([lines[0], *(line[depth:] for line in lines[1:])])
    return text if len(text) <= LONG else f"{text[:LONG].rsplit(' ', 1)[0]} …"
