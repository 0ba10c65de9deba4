"""Takes the constraints of an ODD and gives one ISO Schematron schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from tei_edition.odd.specs import Attribute, AttributeList, Spec, Specs, T
from tei_edition.tei import LANG, TEI, XML, name

SCH = "http://purl.oclc.org/dsdl/schematron"
S = f"{{{SCH}}}"
_PLAIN: Any = {None: SCH}
INLINE = {"assert", "report", "diagnostic", "title", "p"}
OWN = {"ns", "let", "diagnostics", "properties", "phase"}
"""What belongs to the schema as a whole, wherever a constraint states it."""
SCHEMES = ("schematron", "isoschematron")


def schematron(specs: Specs, title: str, *, own_rules: bool = False) -> etree._Element:
    """Return the Schematron of a schema: names, variables, keys and functions, then one pattern a constraint.

    An assertion or rule that names no context applies to the element or attribute whose specification holds it. Of a
    constraint in several languages only the one in the schema's is taken; a class that no element belongs to has none.
    What is to go (``@validUntil``) is a warning, unless own_rules leaves out what the TEI says.
    """
    used = {one.ident for spec in specs.of("element") for one in specs.above(spec)}
    constraints: list[tuple[Spec | None, etree._Element]] = [(None, node) for node in specs.constraints]
    constraints += [
        (spec, node)
        for spec in specs.by_name.values()
        if spec.kind == "element" or spec.ident in used
        for node in spec.constraints
    ]
    prefixes = Prefixes()
    parts: dict[str, list[etree._Element]] = {}
    patterns: list[etree._Element] = []
    for spec, node in constraints:
        if _meant(node, specs.language):
            patterns += _pattern(spec, node, parts, len(patterns) + 1, specs, prefixes)
    if not own_rules:
        patterns += [*_outgoing(specs, prefixes), *_parameters(specs, prefixes)]
    root = etree.Element(S + "schema", {"queryBinding": "xslt3"}, nsmap=_PLAIN)
    etree.SubElement(root, S + "title").text = title
    for one in parts.pop("ns", []):
        prefixes.declared.setdefault(one.get("prefix", ""), one.get("uri", ""))
    for prefix, uri in prefixes.declared.items():
        root.append(etree.Element(S + "ns", prefix=prefix, uri=uri))
    late = {kind: [child for one in parts.pop(kind, []) for child in one] for kind in ("diagnostics", "properties")}
    phases = parts.pop("phase", [])
    for one in (*phases, *(one for kind in sorted(parts) for one in parts[kind]), *patterns):
        root.append(one)
    for kind, children in late.items():
        if children:
            etree.SubElement(root, S + kind).extend(children)
    etree.cleanup_namespaces(root)
    _tidy(root, 0)
    return root


class Prefixes:
    """The prefixes that the contexts of rules may use."""

    def __init__(self) -> None:
        self.declared = {"tei": TEI}

    def step(self, spec: Spec, ns: str) -> str:
        """Return the name of an element as a step of XPath."""
        uri = ns if spec.ns is None else spec.ns
        if not uri:
            return spec.name
        for prefix, known in self.declared.items():
            if known == uri:
                return f"{prefix}:{spec.name}"
        prefix = f"ns{len(self.declared)}"
        self.declared[prefix] = uri
        return f"{prefix}:{spec.name}"


def _meant(node: etree._Element, language: str) -> bool:
    said = node.get(LANG, "")
    spoken = not said or said.partition("-")[0] == language.partition("-")[0]
    return spoken and node.get("scheme", "schematron") in SCHEMES and node.get("mode") != "delete"


def _pattern(
    spec: Spec | None, node: etree._Element, parts: dict[str, list[etree._Element]], number: int, specs: Specs,
    prefixes: Prefixes,
) -> list[etree._Element]:  # fmt: skip
    """Return the patterns of one constraintSpec; put aside what belongs to the whole schema."""
    for one in node.iter(S + "ns"):
        prefixes.declared.setdefault(one.get("prefix", ""), one.get("uri", ""))
    context = _context(spec, node, specs, prefixes)
    pattern = etree.Element(S + "pattern", {"id": f"rules.{node.get('ident', number)}"}, nsmap=_PLAIN)
    found = [pattern]
    loose: list[etree._Element] = []
    for child in (child for constraint in node.iterfind(T + "constraint") for child in constraint):
        if not name(child):
            continue
        copy = deepcopy(child)
        copy.tail = None
        etree.strip_attributes(copy, f"{{{XML}}}base")
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
    if loose and context:
        rule = etree.SubElement(pattern, S + "rule", context=context)
        rule.extend(loose)
    for rule in pattern.iterfind(S + "rule"):
        if not rule.get("context") and rule.get("abstract") != "true" and context:
            rule.set("context", context)
    return [one for one in found if len(one)]


def _context(spec: Spec | None, node: etree._Element, specs: Specs, prefixes: Prefixes) -> str:
    """Return what an assertion without a context of its own is about, as a pattern of XSLT."""
    if spec is None:
        return ""
    if spec.kind == "element":
        owners = [spec]
    else:
        owners = [one for one in specs.of("element") if any(above is spec for above in specs.above(one))]
    steps = [prefixes.step(one, specs.ns) for one in owners]
    attribute = next(node.iterancestors(T + "attDef"), None)
    if attribute is None:
        return " | ".join(steps)
    called = str(attribute.findtext(T + "altIdent") or attribute.get("ident", "")).strip()
    if uri := attribute.get("ns"):
        prefix = next((one for one, known in prefixes.declared.items() if known == uri), f"ns{len(prefixes.declared)}")
        prefixes.declared.setdefault(prefix, uri)
        called = f"{prefix}:{called.rpartition(':')[2]}"
    return " | ".join(f"{step}/@{called}" for step in steps)


def _outgoing(specs: Specs, prefixes: Prefixes) -> Iterator[etree._Element]:
    """Return a pattern for each element, and attribute of an element, that a later release does without."""
    for spec in specs.of("element"):
        step = prefixes.step(spec, specs.ns)
        if until := _until(spec.nodes):
            message = f"The element “{spec.name}” is to go on {until}."
            yield _assertion("report", step, f"outgoing.{spec.ident}", "true()", message, "warning")
        for item in spec.attributes:
            for one in item.flat() if isinstance(item, AttributeList) else [item]:
                if isinstance(one, Attribute) and (day := _until(one.nodes)):
                    message = f"The attribute “{one.ident}” of “{spec.name}” is to go on {day}."
                    context, rule = f"{step}/@{one.ident}", f"outgoing.{spec.ident}.{one.ident}"
                    yield _assertion("report", context, rule, "true()", message, "warning")


def _parameters(specs: Specs, prefixes: Prefixes) -> Iterator[etree._Element]:
    """Return a pattern for each value of an attribute that says which parameters an element may have with it."""
    param = specs.get("element", "param")
    for spec in specs.of("element") if param else ():
        for item in spec.attributes:
            values = item.values if isinstance(item, Attribute) else None
            for value in () if values is None else values.iterfind(T + "valItem"):
                names = [one.get("ident", "") for one in value.iterfind(f"{T}paramList/{T}paramSpec")]
                if names and param and isinstance(item, Attribute):
                    word = value.get("ident", "")
                    owner = f"{prefixes.step(spec, specs.ns)}/@{item.ident}"
                    context = f"{prefixes.step(param, specs.ns)}[parent::{owner}='{word}']"
                    message = f"With “{word}” a parameter is called {', '.join(names)}."
                    test = " or ".join(f"@name='{one}'" for one in names)
                    yield _assertion("assert", context, f"parameters.{spec.ident}.{word}", test, message, "error")


def _until(nodes: Sequence[etree._Element]) -> str | None:
    return next((node.get("validUntil") for node in nodes if node.get("validUntil")), None)


def _assertion(kind: str, context: str, ident: str, test: str, message: str, role: str) -> etree._Element:
    pattern = etree.Element(S + "pattern", {"id": ident}, nsmap=_PLAIN)
    rule = etree.SubElement(pattern, S + "rule", context=context)
    etree.SubElement(rule, S + kind, test=test, role=role).text = message
    return pattern


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
