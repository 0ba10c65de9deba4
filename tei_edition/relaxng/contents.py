"""Takes a RELAX NG schema and gives what an element of each name may hold, whatever its context."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from tei_edition.tei import XML

RNG = "{http://relaxng.org/ns/structure/1.0}"
ANY = "*"
"""Stands for every name, where the schema has a wildcard."""

_OPTIONAL = {RNG + "optional", RNG + "choice", RNG + "zeroOrMore"}
_TEXT = {RNG + "text", RNG + "data", RNG + "value", RNG + "list", RNG + "mixed"}
_NAMES = {RNG + "name", RNG + "anyName", RNG + "nsName"}


@dataclass
class Contents:
    """What an element of a name may hold; names are in Clark notation."""

    elements: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    required: set[str] | None = None
    """Attributes that every definition of the name asks for; None before the first definition."""
    values: dict[str, set[str]] = field(default_factory=dict)
    """The closed lists of values, by attribute; empty where a value is not from a list."""
    patterns: dict[str, list[etree._Element]] = field(default_factory=dict)
    """The definitions of each attribute in the schema."""
    text: bool = False


def definitions(schema: etree._Element) -> dict[str, list[etree._Element]]:
    """Return the ``define`` elements of a schema by their names."""
    defined: dict[str, list[etree._Element]] = {}
    for node in schema.iter(RNG + "define"):
        defined.setdefault(node.get("name", ""), []).append(node)
    return defined


def contents(schema: etree._Element, defined: dict[str, list[etree._Element]]) -> tuple[dict[str, Contents], set[str]]:
    """Return what elements may hold, by name, and the names of the roots."""
    by_name: dict[str, Contents] = {}
    for node in schema.iter(RNG + "element"):
        for name in names(node):
            _add(node, by_name.setdefault(name, Contents()), defined)
    start = Contents()
    for node in schema.iter(RNG + "start"):
        _add(node, start, defined)
    return by_name, start.elements or set(names(schema))


def _add(definition: etree._Element, to: Contents, defined: dict[str, list[etree._Element]]) -> None:
    required: set[str] = set()
    visited: set[tuple[str, bool]] = set()
    stack = [(child, False) for child in definition]
    while stack:
        node, optional = stack.pop()
        if node.tag == RNG + "element":
            to.elements.update(names(node))
        elif node.tag == RNG + "attribute":
            listed = _values(node, defined)
            for name in names(node):
                before = to.values.get(name, listed)
                to.values[name] = before | listed if before and listed else set()
                to.attributes.add(name)
                to.patterns.setdefault(name, []).append(node)
                if not optional:
                    required.add(name)
        elif node.tag == RNG + "ref":
            key = (node.get("name", ""), optional)
            if key not in visited:
                visited.add(key)
                stack.extend((child, optional) for part in defined.get(key[0], ()) for child in part)
        elif isinstance(node.tag, str) and node.tag not in _NAMES:
            to.text = to.text or node.tag in _TEXT
            # A choice of one is none: compilers of ODD write them.
            free = node.tag in _OPTIONAL and not (node.tag == RNG + "choice" and len(node) == 1)
            stack.extend((child, optional or free) for child in node)
    to.required = required if to.required is None else to.required & required


def _values(attribute: etree._Element, defined: dict[str, list[etree._Element]]) -> set[str]:
    """Return the closed list of an attribute's values, or nothing where other values are possible."""
    values: set[str] = set()
    visited: set[str] = set()
    stack = list(attribute)
    while stack:
        node = stack.pop()
        if node.tag in {RNG + "text", RNG + "data"}:
            return set()
        if node.tag == RNG + "value":
            values.add(" ".join((node.text or "").split()))
        elif node.tag == RNG + "ref" and node.get("name", "") not in visited:
            visited.add(node.get("name", ""))
            stack.extend(child for part in defined.get(node.get("name", ""), ()) for child in part)
        elif isinstance(node.tag, str) and node.tag not in _NAMES:
            stack.extend(node)
    return values


def names(node: etree._Element) -> list[str]:
    """Return the names that an element or attribute pattern matches, `ANY` for a wildcard."""
    if node.get("name"):
        own = node.get("ns", "") if node.tag == RNG + "attribute" else None
        return [_clark(node, node.get("name", ""), own)]
    if not len(node) or node.tag not in {RNG + "element", RNG + "attribute"}:
        return []
    parts = [part for part in node[0].iter(*_NAMES) if next(part.iterancestors(RNG + "except"), None) is None]
    return [ANY if part.tag != RNG + "name" else _clark(part, (part.text or "").strip(), None) for part in parts]


def _clark(node: etree._Element, name: str, ns: str | None) -> str:
    prefix, _, last = name.strip().rpartition(":")
    if prefix:
        uri = XML if prefix == "xml" else node.nsmap.get(prefix, "")
    elif ns is not None:
        uri = ns
    else:
        uri = next((up.get("ns", "") for up in (node, *node.iterancestors()) if up.get("ns") is not None), "")
    return f"{{{uri}}}{last}" if uri else last


def local(name: object) -> str:
    """Return the local part of a name in Clark notation."""
    return str(name).rpartition("}")[2]
