"""Takes the table of TEI's elements and says what an element is, how common it is and where it is explained.

The table, ``schema/tei_elements.tsv``, holds facts compiled from the TEI's own source by `table`; it is read when a
finding needs it. The command that takes over a new release of the TEI is in ``schema/README.md``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from tei_edition.files import read_bytes, resource, write_bytes
from tei_edition.tei import TEI, parse

TABLE = "schema/tei_elements.tsv"
PAGES = "https://www.tei-c.org/release/doc/tei-p5-doc/en/html/"
UNRANKED = 9999
"""The rank of what was met in no project."""

GROUPS = {
    "model.pLike": "paragraphs",
    "model.headLike": "headings",
    "model.divLike": "divisions",
    "model.div1Like": "divisions",
    "model.lLike": "verse",
    "model.listLike": "lists",
    "model.noteLike": "notes",
    "model.milestoneLike": "pages and lines",
    "model.pPart.edit": "what the source shows and editors change",
    "model.global.edit": "what the source shows and editors change",
    "model.nameLike": "names",
    "model.dateLike": "dates",
    "model.measureLike": "measures",
    "model.hiLike": "highlighting",
    "model.emphLike": "emphasis and titles",
    "model.quoteLike": "quotations",
    "model.attributable": "quotations",
    "model.biblLike": "bibliography",
    "model.ptrLike": "references",
    "model.graphicLike": "pictures",
    "model.stageLike": "stage directions",
    "model.segLike": "segments",
    "model.divTop": "at the top of a division",
    "model.divBottom": "at the bottom of a division",
    "model.personLike": "persons",
    "model.placeLike": "places",
    "model.persStateLike": "what is known of a person",
    "model.placeStateLike": "what is known of a place",
    "model.titlepagePart": "parts of a title page",
    "model.inter": "blocks",
    "model.divPart": "blocks",
    "model.phrase": "phrases",
    "model.global": "marks anywhere",
}
"""What an editor calls the classes of TEI; an element belongs to the first of its classes that is here."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An element or a class of TEI."""

    module: str
    rank: int
    """1 for the element that most projects use."""
    classes: tuple[str, ...]
    attributes: tuple[str, ...]
    """The attributes that are its own, and not of a class."""


@cache
def _known() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for line in read_bytes(resource(TABLE)).decode().splitlines():
        if not line.startswith("#"):
            name, module, rank, classes, attributes = line.split("\t")
            number = int(rank) if rank else UNRANKED
            found[name] = Entry(module, number, tuple(classes.split()), tuple(attributes.split()))
    return found


def _local(name: str) -> str:
    """Return the local part of a name of TEI in Clark notation; an empty string for any other name."""
    uri, _, short = name.rpartition("}")
    return short if uri == "{" + TEI else ""


def rank(name: str) -> int:
    """Return the place of an element among those that projects use, by its name in Clark notation.

    >>> rank("{http://www.tei-c.org/ns/1.0}p") < rank("{http://www.tei-c.org/ns/1.0}ab") < rank("p")
    True
    """
    entry = _known().get(short) if (short := _local(name)) else None
    return entry.rank if entry else UNRANKED


def ranked(names: Iterable[str]) -> list[str]:
    """Return names with the commonest first; names that are not TEI's stay in their order, after the others."""
    return sorted(names, key=rank)


@cache
def _above(name: str) -> tuple[str, ...]:
    """Return the classes that an element or class belongs to, the nearest first."""
    entry = _known().get(name)
    found: dict[str, None] = {}
    for one in entry.classes if entry else ():
        found[one] = None
    for one in list(found):
        found.update(dict.fromkeys(_above(one)))
    return tuple(found)


@cache
def group(name: str) -> str:
    """Return what an editor calls the kind of element that a name in Clark notation is; an empty string for none.

    >>> group("{http://www.tei-c.org/ns/1.0}gap"), group("{http://www.tei-c.org/ns/1.0}list"), group("gap")
    ('what the source shows and editors change', 'lists', '')
    """
    above = _above(short) if (short := _local(name)) else ()
    return next((words for key, words in GROUPS.items() if key in above), "")


def page(name: str, attribute: str | None = None) -> str | None:
    """Return the address of the page of the TEI Guidelines on an element, or on the class one attribute comes from.

    >>> page("{http://www.tei-c.org/ns/1.0}date", "when").rpartition("/")[2]
    'ref-att.datable.w3c.html'
    >>> page("{http://www.tei-c.org/ns/1.0}gap", "reason").rpartition("/")[2]
    'ref-gap.html'
    """
    short = _local(name)
    entry = _known().get(short) if short else None
    if entry is None:
        return None
    own = attribute and attribute.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
    if own and own not in entry.attributes:
        for one in _above(short):
            if own in _known()[one].attributes:
                return f"{PAGES}ref-{one}.html"
    return f"{PAGES}ref-{short}.html"


def table(source: etree._Element, ranks: Mapping[str, int]) -> bytes:
    """Return the table of a release of the TEI, given as its ``p5subset.xml``, with the ranks of elements."""
    stated = source.find(f".//{{{TEI}}}editionStmt/{{{TEI}}}edition")
    words = "" if stated is None else "".join(map(str, stated.itertext()))
    number = next(iter(re.findall(r"\d+\.\d+\.\d+\w*", words)), "")
    rows = [f"# TEI P5 {number}: name, module, rank in use, classes, own attributes"]
    found: dict[str, etree._Element] = {}
    for kind in ("elementSpec", "classSpec"):
        for spec in source.iter(f"{{{TEI}}}{kind}"):
            found.setdefault(spec.get("ident", ""), spec)
    for name, spec in sorted(found.items()):
        classes = [node.get("key", "") for node in spec.iterfind(f"{{{TEI}}}classes/{{{TEI}}}memberOf")]
        attributes = [node.get("ident", "") for node in spec.iter(f"{{{TEI}}}attDef")]
        number = str(ranks.get(name, ""))
        rows.append("\t".join((name, spec.get("module", ""), number, " ".join(classes), " ".join(attributes))))
    return ("\n".join(rows) + "\n").encode()


def _main(source: Path) -> None:
    root = parse(read_bytes(source), source, lambda finding: print(finding.message, file=sys.stderr))
    if root is not None:
        ranks = {name: entry.rank for name, entry in _known().items() if entry.rank != UNRANKED}
        write_bytes(resource(TABLE), table(root, ranks))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
