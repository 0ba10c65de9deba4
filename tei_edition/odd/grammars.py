"""Takes a moduleRef that names a RELAX NG file and gives the patterns in it, ready to stand in the compiled schema."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

from lxml import etree

from tei_edition.odd.patterns import R
from tei_edition.odd.sources import BASE, Sources, not_had
from tei_edition.tei import name

Patterns = dict[str, list[etree._Element]]
_NAMED = {"element", "attribute"}


def outside(node: etree._Element, sources: Sources) -> Patterns:
    """Return the definitions of a RELAX NG file, in XML or compact syntax, by name, each name with @prefix before it.

    What the file includes is in them, its ``start`` is not. Definitions in the moduleRef itself take the place of
    those of the file; with @combine they add to these, or to a class or macro of the schema.
    """
    place = sources.local(node.get("url", ""), sources.file(node))
    root = sources.read(place) if place is not None and place.is_file() else None
    if place is None or root is None or root.tag != R + "grammar":
        if place is None or not place.is_file() or root is not None:
            message = not_had(node.get("url", ""), "is not a local RELAX NG grammar")
            sources.say("odd-module-unknown", node, message, "Save a copy beside the ODD and name that in @url.")
        return {}
    found = _grammar(root, place, sources, (place,), "", "")
    prefix = node.get("prefix", "")
    if prefix:
        for define in (one for defines in found.values() for one in defines):
            for ref in define.iter(R + "ref", R + "define"):
                if ref.get("name") in found:
                    ref.set("name", f"{prefix}{ref.get('name')}")
        found = {f"{prefix}{ident}": defines for ident, defines in found.items()}
    for define in node.iter(R + "define"):
        copy = _settled(define, "", "")
        ident = define.get("name", "")
        if define.get("combine"):
            found.setdefault(ident, []).append(copy)
        else:
            found[ident] = [copy]
    return found


def _grammar(
    root: etree._Element, place: Path, sources: Sources, within: tuple[Path, ...], ns: str, library: str
) -> Patterns:
    found: Patterns = {}
    ns, library = root.get("ns", ns), root.get("datatypeLibrary", library)
    for node in root:
        if name(node) == "div":
            parts = _grammar(node, place, sources, within, ns, library)
        elif name(node) == "include":
            parts = _included(node, place, sources, within, ns, library)
        elif name(node) == "define":
            parts = {node.get("name", "").strip(): [_settled(node, ns, library)]}
        else:
            continue
        for ident, defines in parts.items():
            found.setdefault(ident, []).extend(defines)
    return found


def _included(
    node: etree._Element, place: Path, sources: Sources, within: tuple[Path, ...], ns: str, library: str
) -> Patterns:
    path = sources.local(node.get("href", ""), place)
    if path is None or not path.is_file() or path in within:
        message = not_had(node.get("href", ""), "is not a local RELAX NG grammar")
        sources.say("odd-module-unknown", node, message, "Save a copy beside the grammar that includes it.")
        return {}
    root = sources.read(path)
    if root is None:
        return {}
    found = _grammar(root, path, sources, (*within, path), node.get("ns", ns), "")
    return found | _grammar(node, place, sources, within, ns, library)


def _settled(define: etree._Element, ns: str, library: str) -> etree._Element:
    """Return a definition that means the same wherever it stands: namespaces written out, notes left out."""
    copy = deepcopy(define)
    copy.tail = None
    etree.strip_attributes(copy, BASE)
    if "ns" not in copy.attrib:
        copy.set("ns", ns)
    if library and "datatypeLibrary" not in copy.attrib:
        copy.set("datatypeLibrary", library)
    pairs = list(zip(copy.iter(), define.iter(), strict=True))
    for node, original in pairs:
        if not (isinstance(node.tag, str) and node.tag.startswith(R)):
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
            continue
        for key in [key for key in map(str, node.attrib) if key.startswith("{")]:
            del node.attrib[key]
        word = node.text or "" if name(node) == "name" else node.get("name", "") if name(node) in _NAMED else ""
        prefix, colon, local = word.strip().partition(":")
        if colon and prefix in original.nsmap:
            node.set("ns", original.nsmap[prefix])
            if name(node) == "name":
                node.text = local
            else:
                node.set("name", local)
    return copy
