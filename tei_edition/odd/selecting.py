"""Takes a schemaSpec and what it may choose from; gives the specifications that the customization asks for."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_edition.finding import Severity
from tei_edition.location import line
from tei_edition.odd.changing import change, merge_rule
from tei_edition.odd.checking import after, before
from tei_edition.odd.contents import excepted
from tei_edition.odd.grammars import outside
from tei_edition.odd.sources import Known, Sources, not_had, rule
from tei_edition.odd.specs import KINDS, Attribute, AttributeItem, AttributeList, Specs
from tei_edition.tei import TEI, name

REFERENCES = {"elementRef": "element", "classRef": "class", "macroRef": "macro", "dataRef": "datatype"}
EXCEPTIONS = f"{TEI} teix:egXML"
"""What anyElement leaves out where neither it nor the schemaSpec says so (TEI Guidelines, 22.5.1)."""


def select(schema: etree._Element, sources: Sources) -> Specs:
    """Return what a schemaSpec selects from its sources, changed as it says.

    Whatever the ODD names and its source does not have is a finding with its line. A reference to one specification
    goes before the module that it belongs to, and the order is that of the sources.
    """
    base = sources.of(schema) if _leans(schema, sources) else Known("the TEI")
    specs = Specs(
        ident=schema.get("ident", "schema"),
        start=schema.get("start", "").split(),
        ns=schema.get("ns", TEI),
        prefix=schema.get("prefix", ""),
        language=schema.get("docLang", "en").split()[0] if schema.get("docLang", "en").split() else "en",
        exceptions=excepted(schema.get("defaultExceptions", EXCEPTIONS), schema),
    )
    chosen: dict[tuple[str, str], tuple[Known, bool]] = {}
    changes: list[etree._Element] = []
    rules: list[etree._Element] = []
    partial: dict[str, etree._Element] = {}
    if base is None:
        return specs
    used = [base]
    for node in _items(schema, sources, set()):
        tag = name(node)
        if tag == "moduleRef" and node.get("url"):
            _merge_patterns(specs, outside(node, sources))
        elif tag == "moduleRef" or tag in REFERENCES:
            known = sources.of(node)
            if known is None:
                continue
            if known not in used:
                used.append(known)
            if tag == "moduleRef":
                for key in _module(node, known, sources):
                    if not chosen.get(key, (known, False))[1]:
                        chosen[key] = known, False
                continue
            key = REFERENCES[tag], node.get("key", "")
            if key not in known.specs:
                message = f"{_start(known.title)} has no {key[0]} “{key[1]}”."
                sources.say(rule(key[0]), node, message, "Correct the name.")
                continue
            chosen[key] = known, True
            if tag == "classRef" and (node.get("include") or node.get("except")):
                partial[key[1]] = node
        elif tag in KINDS:
            changes.append(node)
        elif tag == "constraintSpec":
            rules.append(node)
    specs.known = {key for known in used for key in known.specs}
    specs.by_name = {
        key: spec for known in used for key, spec in known.specs.items() if chosen.get(key, (None, False))[0] is known
    }
    specs.strangers = [
        (spec.ns, spec.name) for known in used for spec in known.specs.values() if spec.kind == "element" and spec.ns
    ]
    for ident, node in partial.items():
        spec = specs.by_name["class", ident]
        spec.attributes = list(_picked(spec.attributes, node))
    for node in changes:
        before(node, specs, base, sources.say)
        if name(node) == "elementSpec" and node.get("mode", "add") == "add" and not specs.get("element", _ident(node)):
            specs.added[_ident(node)] = sources.file(node), line(node)
        change(node, specs, base, sources.say)
    for node in changes:
        after(node, specs, sources.say)
    specs.constraints = list(base.constraints) if chosen else []
    for node in rules:
        merge_rule(specs.constraints, node)
    if not specs.start:
        specs.start = ["TEI", *(["teiCorpus"] if specs.get("element", "teiCorpus") else [])]
    return specs


def _leans(schema: etree._Element, sources: Sources) -> bool:
    """Say whether a schemaSpec needs a source: it has one, refers to one or changes what is in one."""
    if schema.get("source"):
        return True
    for node in _items(schema, sources, set(), quiet=True):
        if name(node) in REFERENCES or node.get("mode") in ("change", "delete"):
            return True
        if name(node) == "moduleRef" and not node.get("url"):
            return True
    return False


def _ident(node: etree._Element) -> str:
    return node.get("ident", "")


def _start(title: str) -> str:
    return title[:1].upper() + title[1:]


def _items(
    parent: etree._Element, sources: Sources, seen: set[etree._Element], *, quiet: bool = False
) -> Iterator[etree._Element]:
    """Return what a schemaSpec or specGrp holds, groups that it points to included."""
    for node in parent:
        if name(node) == "specGrp":
            yield from _items(node, sources, seen, quiet=quiet)
        elif name(node) == "specGrpRef":
            groups = [group for group in sources.group(node) if group not in seen]
            if not groups and not quiet:
                file, _, ident = node.get("target", "").partition("#")
                here = f"There is no other group “#{ident}” here."
                message = not_had(file, f"has no other group “{ident}”") if file else here
                sources.say("odd-group-unknown", node, message, "Point to a specGrp.")
            for group in groups:
                yield from _items(group, sources, seen | {group}, quiet=quiet)
        elif name(node):
            yield node


def _module(node: etree._Element, known: Known, sources: Sources) -> set[tuple[str, str]]:
    """Return the names of the specifications that a moduleRef brings in: all but the elements left out."""
    key = node.get("key")
    if key is None or key not in known.modules:
        message = f"{_start(known.title)} has no module “{key or ''}”."
        hint = "Name a module in @key, or a RELAX NG file in @url."
        sources.say("odd-module-unknown", node, message, hint)
        return set()
    own = {spec.ident for spec in known.specs.values() if spec.kind == "element" and spec.module == key}
    for attribute, severity in (("include", Severity.ERROR), ("except", Severity.WARNING)):
        for ident in node.get(attribute, "").split():
            if ident not in own:
                sources.say(
                    "odd-element-unknown", node, f"The module “{key}” has no element “{ident}”.",
                    "Correct the name, or take it from its own module.", severity=severity,
                )  # fmt: skip
    return {
        (spec.kind, spec.ident)
        for spec in known.specs.values()
        if spec.module == key and (spec.kind != "element" or _selected(spec.ident, node))
    }


def _selected(ident: str, node: etree._Element) -> bool:
    include, leave = node.get("include"), node.get("except", "").split()
    return (include is None or ident in include.split()) and ident not in leave


def _picked(items: list[AttributeItem], node: etree._Element) -> Iterator[AttributeItem]:
    for item in items:
        if isinstance(item, AttributeList):
            yield AttributeList(list(_picked(item.items, node)), item.choice)
        elif not isinstance(item, Attribute) or _selected(item.ident, node):
            yield item


def _merge_patterns(specs: Specs, patterns: dict[str, list[etree._Element]]) -> None:
    for ident, defines in patterns.items():
        specs.patterns.setdefault(ident, []).extend(defines)
