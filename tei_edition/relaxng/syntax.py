"""Takes the root of a RELAX NG schema in XML and raises what is wrong with its syntax (RELAX NG, section 3)."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from tei_edition.location import line
from tei_edition.relaxng.datatypes import NCNAME

NAMESPACE = "http://relaxng.org/ns/structure/1.0"
RNG = f"{{{NAMESPACE}}}"

_PATTERNS = frozenset(
    """element attribute group interleave choice optional zeroOrMore oneOrMore list mixed ref parentRef empty text
    value data notAllowed externalRef grammar""".split()
)
_CLASSES = frozenset({"name", "anyName", "nsName", "choice"})
_SEVERAL = (
    "element",
    "group",
    "interleave",
    "choice",
    "optional",
    "zeroOrMore",
    "oneOrMore",
    "list",
    "mixed",
    "define",
)
_HOLDS: dict[str, frozenset[str]] = {
    **dict.fromkeys((*_SEVERAL, "attribute", "start"), _PATTERNS),
    "grammar": frozenset({"start", "define", "div", "include"}),
    "include": frozenset({"start", "define", "div"}),
    "data": frozenset({"param", "except"}),
    "anyName": frozenset({"except"}),
    "nsName": frozenset({"except"}),
    **dict.fromkeys(("ref", "parentRef", "empty", "text", "notAllowed", "externalRef"), frozenset()),
    **dict.fromkeys(("value", "param", "name"), frozenset()),
}
_TAGS = frozenset(
    RNG + name for name in (*_PATTERNS, *_CLASSES, "start", "define", "div", "include", "param", "except")
)
_WORDS = frozenset({"value", "param", "name"})
_MAY: dict[str, frozenset[str]] = {
    "element": frozenset({"name"}), "attribute": frozenset({"name"}), "ref": frozenset({"name"}),
    "parentRef": frozenset({"name"}), "define": frozenset({"name", "combine"}), "start": frozenset({"combine"}),
    "value": frozenset({"type"}), "data": frozenset({"type"}), "param": frozenset({"name"}),
    "externalRef": frozenset({"href"}), "include": frozenset({"href"}),
}  # fmt: skip
_MUST = {
    "ref": "name", "parentRef": "name", "define": "name", "data": "type", "param": "name", "externalRef": "href",
    "include": "href",
}  # fmt: skip
_WORD_TAGS = frozenset(RNG + name for name in _WORDS)
_BLANK = " \t\n\r"
"""White space in XML; Python counts more."""
_PLAIN = re.compile("[A-Za-z_][A-Za-z0-9._-]*")
"""Most names; an expression for all that can be one takes ten times as long to compile as one name to check."""


class SyntaxBroken(Exception):
    """A schema that cannot be used; the message is a sentence."""

    def __init__(
        self,
        message: str,
        node: etree._Element | None = None,
        file: str = "",
        at: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(message)
        self.file = file if node is None else str(node.getroottree().docinfo.URL or "")
        self.line = at if node is None else line(node)
        self.column = column


class Circular(SyntaxBroken):
    """A definition that needs itself before any element; it does no harm where nothing refers to it."""


def ours(node: etree._Element) -> list[etree._Element]:
    """Return the children of an element that are RELAX NG's own; others are annotations."""
    return _ours(_below(node))


def _below(node: Any) -> list[etree._Element]:
    """Return the children of an element, which a slice does twice as quickly as iterchildren()."""
    found: list[etree._Element] = node[:]
    return found


def _ours(nodes: list[etree._Element]) -> list[etree._Element]:
    found = [node for node in nodes if node.tag in _TAGS]
    if len(found) == len(nodes):
        return found
    return [node for node in nodes if isinstance(node.tag, str) and node.tag.startswith(RNG)]


def written(node: etree._Element) -> str:
    """Return the text of an element, but for that of comments."""
    return (node.text or "") + "".join(child.tail or "" for child in node)


def word(node: etree._Element) -> str:
    """Return the name of an element of a schema."""
    return str(node.tag)[len(RNG) :]


def check_syntax(root: etree._Element) -> None:
    """Raise SyntaxBroken for what RELAX NG does not allow in a schema's own elements and attributes."""
    if not isinstance(root.tag, str) or not root.tag.startswith(RNG) or word(root) not in _PATTERNS:
        raise SyntaxBroken(f"The root is “{etree.QName(root).localname}”, not a pattern of RELAX NG.", root)
    # A schema has thousands of elements, but few kinds: one that is made as another before needs no second look.
    shapes: dict[tuple[object, ...], list[str]] = {}
    values: set[tuple[object, ...]] = set()
    plain = _PLAIN.fullmatch
    stack: list[tuple[etree._Element, object, str]] = [(root, root.tag, "")]
    while stack:
        node, tag, within = stack.pop()
        given, held = node.items(), _below(node)
        if not held and tag not in _WORD_TAGS:
            # Half of a schema are references and the like, each of them many times.
            leaf = (tag, within, *given)
            if leaf in values and not node.text:
                continue
            values.add(leaf)
        tags: list[object] = [child.tag for child in held]
        children = held
        if not _TAGS.issuperset(tags):
            children = _ours(held)
            tags = [child.tag for child in children]
        shape = (tag, within, *[key for key, _ in given], "", *tags)
        kinds = shapes.get(shape)
        if kinds is None:
            kinds = shapes[shape] = _kinds(node, within, children)
        for one in given:
            # A plain name is right wherever a name is asked for.
            if (one[0] != "name" or not plain(str(one[1]))) and (tag, *one) not in values:
                _check_value(node, word(node), *map(str, one))
                values.add((tag, *one))
        if tag in _WORD_TAGS:
            _check_words(node)
        elif (text := node.text) and text.strip(_BLANK):
            raise SyntaxBroken(f"“{word(node)}” holds no text.", node)
        else:
            for child in held:
                if (text := child.tail) and text.strip(_BLANK):
                    raise SyntaxBroken(f"“{word(node)}” holds no text.", node)
            stack += zip(children, tags, kinds, strict=True)


def _kinds(node: etree._Element, within: str, children: list[etree._Element]) -> list[str]:
    """Return what the children of an element are: patterns, name classes, or parts of a grammar."""
    name = word(node)
    _check_attributes(node, name)
    if children:
        return [] if name in _WORDS else [kind for _, kind in _placed(node, name, children, within)]
    if name in _SEVERAL or name in {"start", "except"} or (within == "classes" and name == "choice"):
        raise SyntaxBroken(f"“{name}” is empty.", node)
    if name == "attribute" and node.get("name") is None:
        raise SyntaxBroken("This “attribute” has no name.", node)
    return []


def _check_words(node: etree._Element) -> None:
    if len(node) and any(isinstance(child.tag, str) for child in node):
        raise SyntaxBroken(f"“{word(node)}” holds words only, no elements.", node)
    if node.tag == RNG + "name" and not _named(written(node), True):
        raise SyntaxBroken(f"“{(node.text or '').strip()}” cannot be a name.", node)


def _placed(
    node: etree._Element, name: str, children: list[etree._Element], within: str
) -> list[tuple[etree._Element, str]]:
    """Return the children with what they are: patterns, name classes, or parts of a grammar."""
    words = [word(child) for child in children]
    if within == "classes" or name in {"anyName", "nsName"}:
        allowed = {"except"} if name in {"anyName", "nsName"} else _CLASSES
        if not set(words) <= allowed or (name in {"anyName", "nsName"} and len(words) > 1):
            raise SyntaxBroken(
                f"“{name}” cannot hold “{next((w for w in words if w not in allowed), words[-1])}”.", node
            )
        return [(child, "classes") for child in children]
    if name in {"element", "attribute"} and node.get("name") is None:
        if words[0] not in _CLASSES:
            raise SyntaxBroken(f"This “{name}” has no name.", node)
        if name == "element" and len(words) == 1:
            raise SyntaxBroken("This “element” does not say what it holds.", node)
        rest = _placed_patterns(node, name, children[1:], words[1:])
        return [(children[0], "classes"), *rest]
    if name in {"grammar", "include", "div"}:
        held = _HOLDS["include"] if name == "include" or within == "include" else _HOLDS["grammar"]
        _only(node, name, words, held)
        return [(child, "include" if held is _HOLDS["include"] else "grammar") for child in children]
    return _placed_patterns(node, name, children, words)


def _placed_patterns(
    node: etree._Element, name: str, children: list[etree._Element], words: list[str]
) -> list[tuple[etree._Element, str]]:
    _only(node, name, words, _PATTERNS if name == "except" else _HOLDS[name])
    if name in {"attribute", "start"} and len(words) > 1:
        raise SyntaxBroken(f"“{name}” holds one pattern only.", node)
    if name == "data" and "except" in words[:-1]:
        raise SyntaxBroken("“except” is the last in “data”, and there is one only.", node)
    return [(child, "patterns") for child in children]


def _only(node: etree._Element, name: str, words: list[str], allowed: frozenset[str]) -> None:
    for one in words:
        if one not in allowed:
            raise SyntaxBroken(f"“{name}” cannot hold “{one}”.", node)


def _check_attributes(node: etree._Element, name: str) -> None:
    if name not in _HOLDS and name not in {"div", "except", "choice"}:
        raise SyntaxBroken(f"“{name}” is no element of RELAX NG.", node)
    may, must = _MAY.get(name, frozenset()), _MUST.get(name)
    for key in map(str, node.attrib):
        if key not in may and key not in {"ns", "datatypeLibrary"} and (key[0] != "{" or key.startswith(RNG)):
            raise SyntaxBroken(f"“{key.removeprefix(RNG)}” is not an attribute of “{name}”.", node)
    if must and must not in node.attrib:
        raise SyntaxBroken(f"“{name}” lacks the attribute “{must}”.", node)


def _named(value: str, prefixed: bool = False) -> bool:
    """Return whether a value is a name; ``prefixed``: one that may have a prefix."""
    prefix, colon, last = value.strip(_BLANK).rpartition(":")
    parts = (prefix, last) if prefixed and colon else (prefix + colon + last,)
    return all(_PLAIN.fullmatch(part) or re.fullmatch(NCNAME, part) for part in parts)


def _check_value(node: etree._Element, name: str, key: str, value: str) -> None:
    if key == "name":
        if not _named(value, name in {"element", "attribute"}):
            raise SyntaxBroken(f"“{value}” cannot be a name.", node)
    elif key == "type" and not _named(value):
        raise SyntaxBroken(f"“{value}” cannot be the name of a type.", node)
    elif key == "combine" and value.strip(_BLANK) not in {"choice", "interleave"}:
        raise SyntaxBroken(f"“{value}” is no way to combine; write “choice” or “interleave”.", node)
    elif key == "datatypeLibrary" and not _library(value):
        raise SyntaxBroken(f"“{value}” cannot be the address of a datatype library.", node)


def _library(uri: str) -> bool:
    """Return whether a text is an absolute URI without fragment (RFC 2396), or empty."""
    valid = re.fullmatch(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?:[^%#\s]|%[0-9a-fA-F]{2})+", uri)
    return uri == "" or valid is not None
