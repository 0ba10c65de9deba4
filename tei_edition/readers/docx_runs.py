"""Takes what a DOCX file says of itself and of the form of its words; gives fields, and what is said of a run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from lxml import etree

from tei_edition.readers.docx_parts import Styles, attribute, child, is_on, value
from tei_edition.readers.drafts import Said, said
from tei_edition.readers.package import Package
from tei_edition.readers.styles import Stylebook
from tei_edition.readers.tongues import Tongue
from tei_edition.tei import name
from tei_edition.transcript import MARKS


def take_properties(package: Package) -> None:
    """Make fields of what the file says of itself; who typed it is a contributor and not the document's author."""
    core = package.tree("docProps/core.xml")
    names = {"creator": "contributor", "subject": "topic", "description": ""}
    for node in core if core is not None else ():
        for words in (node.text or "").split(";") if name(node) == "keywords" else [node.text]:
            package.property(names.get(name(node), name(node)), words)
    custom = package.tree("docProps/custom.xml")
    for node in custom if custom is not None else ():
        package.property(node.get("name", ""), "".join(map(str, node.itertext())))
    headers = [key for key in package.parts if key.startswith(("word/header", "word/footer"))]
    trees = (tree for key in headers if (tree := package.tree(key)) is not None)
    paragraphs = chain.from_iterable(tree.iter("{*}p") for tree in trees)
    running = ["".join(node.text or "" for node in paragraph.iter("{*}t")) for paragraph in paragraphs]
    package.leave_out(running, "stands in a running head or foot of the file")


def formatted(properties: etree._Element | None, styles: Styles, book: Stylebook, block_mark: str) -> Iterator[Said]:
    """Give what is said of a run: by its paragraph, its language, its character style and its form."""
    if block_mark:
        yield said(block_mark)
    found = set[str]()
    if properties is None:
        return
    tongue = child(properties, "lang")
    if tongue is not None:
        own, east = attribute(tongue, "val"), attribute(tongue, "eastAsia")
        yield ("lang", Tongue(own, east).values())
    style = value(properties, "rStyle")
    if style:
        word = book.of(styles.name(style)).word
        if word in MARKS:
            found.add(word)
    on = {"b": "bold", "i": "italic", "smallCaps": "smallcaps", "strike": "del", "dstrike": "del"}
    for key, word in on.items():
        state = is_on(properties, key)
        if state is not None:
            found.add(word) if state else found.discard(word)
    if value(properties, "u") not in ("", "none"):
        found.add("underline")
    if value(properties, "highlight") not in ("", "none"):
        found.add("highlight")
    if (raised := value(properties, "vertAlign")) in ("superscript", "subscript"):
        found.add(raised)
    spacing = value(properties, "spacing")
    if spacing.isdecimal() and int(spacing) >= 40:  # twentieths of a point
        found.add("spaced")
    yield from (said(word) for word in MARKS if word in found)
