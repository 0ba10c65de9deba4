"""Takes the constraints of an ODD and gives one ISO Schematron schema."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from tei_edition.odd_specs import Spec, Specs, T
from tei_edition.tei import TEI, name

SCH = "http://purl.oclc.org/dsdl/schematron"
S = f"{{{SCH}}}"
_PLAIN: Any = {None: SCH}
INLINE = {"assert", "report", "diagnostic", "title", "p"}
OWN = {"ns", "let", "diagnostics", "phase"}
"""What belongs to the schema as a whole, wherever a constraint states it."""


def schematron(specs: Specs, title: str) -> etree._Element:
    """Return the Schematron of a schema: names, variables, keys and functions, then one pattern a constraint.

    An assertion that stands in no rule applies to the element whose specification holds it.
    """
    constraints: list[tuple[Spec | None, etree._Element]] = [(None, node) for node in specs.constraints]
    constraints += [(spec, node) for spec in specs.by_name.values() for node in spec.constraints]
    parts: dict[str, list[etree._Element]] = {}
    patterns: list[etree._Element] = []
    for spec, node in constraints:
        if node.get("scheme", "schematron") in ("schematron", "isoschematron") and node.get("mode") != "delete":
            patterns += _pattern(spec, node, parts, len(patterns) + 1)
    root = etree.Element(S + "schema", {"queryBinding": "xslt3"}, nsmap=_PLAIN)
    etree.SubElement(root, S + "title").text = title
    root.append(etree.Element(S + "ns", prefix="tei", uri=TEI))
    prefixes = {"tei"}
    for one in parts.pop("ns", []):
        if one.get("prefix") not in prefixes:
            prefixes.add(one.get("prefix", ""))
            root.append(one)
    diagnostics = [child for one in parts.pop("diagnostics", []) for child in one]
    phases = parts.pop("phase", [])
    for one in (*phases, *(one for kind in sorted(parts) for one in parts[kind]), *patterns):
        root.append(one)
    if diagnostics:
        etree.SubElement(root, S + "diagnostics").extend(diagnostics)
    etree.cleanup_namespaces(root)
    _tidy(root, 0)
    return root


def _pattern(
    spec: Spec | None, node: etree._Element, parts: dict[str, list[etree._Element]], number: int
) -> list[etree._Element]:
    """Return the patterns of one constraintSpec; put aside what belongs to the whole schema."""
    pattern = etree.Element(S + "pattern", {"id": f"rules.{node.get('ident', number)}"}, nsmap=_PLAIN)
    found = [pattern]
    loose: list[etree._Element] = []
    for child in (child for constraint in node.iterfind(T + "constraint") for child in constraint):
        if not name(child):
            continue
        copy = deepcopy(child)
        copy.tail = None
        if name(child) == "pattern":
            found.append(copy)
        elif not child.tag.startswith(S) or (name(child) in OWN and name(child) != "let"):
            parts.setdefault(name(child), []).append(copy)
        elif name(child) == "let" and spec is None and node.find(f"{T}constraint/{S}rule") is None:
            parts.setdefault("let", []).append(copy)
        elif name(child) in ("assert", "report"):
            loose.append(copy)
        else:
            pattern.append(copy)
    if loose and spec is not None:
        rule = etree.SubElement(pattern, S + "rule", context=f"tei:{spec.ident}")
        rule.extend(loose)
    return [one for one in found if len(one)]


def _tidy(node: etree._Element, depth: int) -> None:
    """Put every structural element on a line of its own and every sentence on one line; drop comments."""
    for child in list(node):
        if not name(child):
            node.remove(child)
    if name(node) in INLINE:
        text = [node.text or "", *(child.tail or "" for child in node)]
        words = [" ".join(f"^{one}$".split())[1:-1] for one in text]
        node.text, *tails = words if len(words) > 1 else [words[0].strip()]
        for child, tail in zip(node, tails, strict=True):
            child.tail = tail
        node.text = (node.text or "").lstrip()
        if len(node):
            node[-1].tail = (node[-1].tail or "").rstrip()
        return
    if not len(node) or (node.text or "").strip():
        return
    node.text = "\n" + "  " * (depth + 1)
    for child in node:
        _tidy(child, depth + 1)
        child.tail = node.text
    node[-1].tail = "\n" + "  " * depth
