"""Takes what was read from a schema in compact syntax and gives the tree that the XML syntax would have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tei_edition.relaxng.syntax import NAMESPACE, RNG

_LAST_LINE = 65535
"""Lines beyond are not kept by libxml2."""


@dataclass(slots=True)
class Node:
    """An element that will be."""

    name: str
    """A name of RELAX NG, or that of an annotation in Clark notation, ``{}b`` if it is in no namespace."""
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Node | str] = field(default_factory=list)
    """What it holds, in order."""


def built(root: Node, prefixes: dict[str, str], file: str) -> etree._Element:
    """Return the tree of a schema, which knows its lines and its file."""
    declared: Any = {
        None: NAMESPACE,
        **{prefix: uri for prefix, uri in prefixes.items() if prefix != "xml"},
    }
    top = etree.Element(RNG + root.name, root.attributes, nsmap=declared)
    waiting = [(root, top)]
    while waiting:
        node, made = waiting.pop()
        place: Any = made  # the stubs of lxml do not know that a line can be given
        place.sourceline = min(node.line, _LAST_LINE)
        last: etree._Element | None = None
        for part in node.parts:
            if isinstance(part, Node):
                last = etree.SubElement(made, _tag(part), part.attributes)
                waiting.append((part, last))
            elif last is None:
                made.text = (made.text or "") + part
            else:
                last.tail = (last.tail or "") + part
    top.getroottree().docinfo.URL = file
    return top


def _tag(node: Node) -> str:
    return node.name.removeprefix("{}") if node.name.startswith("{") else RNG + node.name
