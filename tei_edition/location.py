"""Takes a node of a tree and says where it stands; takes a path that Saxon gave and finds the node again."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from tei_edition.tei import XML

_STEP = re.compile(
    r"/(?:Q\{(?P<uri>[^}]*)\}(?P<name>[^/\[@]+)\[(?P<at>\d+)\]|@(?:Q\{(?P<auri>[^}]*)\})?(?P<attribute>[^/\[]+))"
)


def xpath(element: etree._Element, attribute: str | None = None) -> str:
    """Return a path that editors can read, such as ``/TEI/text/body/div/sp[87]/@who``.

    Names of the root's namespace (in an edition: TEI) stand bare, others with their prefix or as ``Q{…}name``.
    A number is given where several siblings bear the same name. ``attribute`` is a name in Clark notation.

    >>> root = etree.fromstring('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p/><p n="2"/></TEI>')
    >>> xpath(root[1], "n")
    '/TEI/p[2]/@n'
    """
    bare = etree.QName(element.getroottree().getroot()).namespace
    steps = [] if attribute is None else [f"@{_attribute(element, attribute)}"]
    node: etree._Element | None = element
    while node is not None:
        before = len(list(node.itersiblings(node.tag, preceding=True)))
        several = before or next(node.itersiblings(node.tag), None) is not None
        steps.append(f"{_name(node, bare)}[{before + 1}]" if several else _name(node, bare))
        node = node.getparent()
    return "/" + "/".join(reversed(steps))


def line(element: etree._Element) -> int | None:
    """Return the line of an element's tag in its file."""
    number: Any = element.sourceline
    return None if number is None else int(number)


def last_line(element: etree._Element) -> int | None:
    """Return the line of an element's end tag as far as a tree tells it: by the line ends since the last tag."""
    node, after = element, ""
    while isinstance(node.tag, str) and len(node):
        node = node[-1]
        after += node.tail or ""
    after += (node.text or "") if isinstance(node.tag, str) else ""
    number = line(node)
    return None if number is None else number + after.count("\n")


def written(element: etree._Element, attribute: str) -> frozenset[str]:
    """Return how an attribute may be written in an element's tag, by the prefixes that its namespace has there."""
    name = etree.QName(attribute)
    if not name.namespace:
        return frozenset((name.localname,))
    prefixes = [prefix for prefix, uri in element.nsmap.items() if prefix and uri == name.namespace]
    if name.namespace == XML:
        prefixes.append("xml")
    return frozenset(f"{prefix}:{name.localname}" for prefix in prefixes)


def _name(node: etree._Element, bare: str | None) -> str:
    uri, _, local = str(node.tag).rpartition("}")
    if uri[1:] == (bare or ""):
        return local
    return f"{node.prefix}:{local}" if node.prefix else f"Q{{{uri[1:]}}}{local}"


def _attribute(element: etree._Element, attribute: str) -> str:
    name = etree.QName(attribute)
    if not name.namespace:
        return name.localname
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items() if prefix} | {XML: "xml"}
    prefix = prefixes.get(name.namespace)
    return f"{prefix}:{name.localname}" if prefix else f"Q{{{name.namespace}}}{name.localname}"


def called(element: etree._Element, attribute: str | None = None) -> str:
    """Return what an editor calls an element, or one of its attributes: ``p``, ``xml:lang``, ``frus:doc-id``."""
    if attribute is not None:
        return _attribute(element, attribute)
    name = etree.QName(element)
    bare = etree.QName(element.getroottree().getroot()).namespace
    prefixed = element.prefix and name.namespace != bare
    return f"{element.prefix}:{name.localname}" if prefixed else name.localname


def found(root: etree._Element, path: str) -> tuple[etree._Element, str | None]:
    """Return the element, and the attribute if it is one, that XPath's ``path()`` names in this tree.

    Text, comments and processing instructions are given by the element they stand in.

    >>> root = etree.fromstring('<a><b/><b n="1">t</b></a>')
    >>> element, attribute = found(root, "/Q{}a[1]/Q{}b[2]/@n")
    >>> element.get(attribute)
    '1'
    """
    element, level = root, 0
    for step in _STEP.finditer(path):
        if step["attribute"]:
            uri = step["auri"]
            return element, f"{{{uri}}}{step['attribute']}" if uri else step["attribute"]
        level += 1
        if level == 1:
            continue
        tag = f"{{{step['uri']}}}{step['name']}" if step["uri"] else step["name"]
        for number, child in enumerate(element.iterchildren(tag), start=1):
            if number == int(step["at"]):
                element = child
                break
    return element, None
