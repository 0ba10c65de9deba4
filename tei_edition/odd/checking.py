"""Takes the specifications that an ODD adds and changes and tells what in them has no effect, or cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_edition.finding import Severity
from tei_edition.odd.sources import Known, Say, rule
from tei_edition.odd.specs import KINDS, Attribute, AttributeItem, AttributeList, AttributeRef, Spec, Specs, T
from tei_edition.relaxng.datatypes import XSD, Datatype, DatatypeBroken
from tei_edition.tei import name

_NAMED = {"elementRef": "element", "classRef": "class", "macroRef": "macro"}


def before(node: etree._Element, specs: Specs, known: Known, say: Say) -> None:
    """Tell what is wrong with a specification of the ODD in view of what it is to change, before it is changed."""
    kind, ident, mode = KINDS[name(node)], node.get("ident", ""), node.get("mode", "add")
    spec = specs.get(kind, ident)
    if mode == "add" and spec is not None:
        where = "this ODD" if (kind, ident) not in known.specs else known.title
        hint = "Change it with mode=“change”, or say mode=“replace”."
        _warn(say, "odd-spec-doubled", node, f"The {kind} “{ident}” is in {where} already; this one replaces it.", hint)
    if mode not in ("add", "replace", "change"):
        return
    old = spec if mode == "change" else None
    lists = node.findall(T + "attList")
    _doubled([one for each in lists for one in each.iter(T + "attDef")], "attribute", f"of “{ident}”", say)
    for one in (one for each in lists for one in each.iter(T + "attDef")):
        _attribute(one, ident, old, specs, say)
    if old is not None:
        for member in node.iterfind(f"{T}classes[@mode='change']/{T}memberOf[@mode='delete']"):
            if member.get("key") not in old.classes:
                message = f"The {kind} “{ident}” is no member of “{member.get('key')}”; nothing is taken away."
                _warn(say, "odd-class-unknown", member, message, "Correct the name, or leave this out.")


def _attribute(node: etree._Element, owner: str, old: Spec | None, specs: Specs, say: Say) -> None:
    ident, mode = node.get("ident", ""), node.get("mode", "add")
    there = list(_attributes(old, specs, ident)) if old is not None else []
    if mode in ("change", "delete") and old is not None and not there:
        message = f"“{owner}” has no attribute “{ident}” to {mode}."
        _warn(say, "odd-attribute-unknown", node, message, "Correct the name, or add the attribute.")
    values = node.find(T + "valList")
    if values is None:
        return
    items = values.findall(T + "valItem")
    _doubled(items, "value", f"of the attribute “{ident}”", say)
    listed = {
        item.get("ident") for one in there if one.values is not None for item in one.values.iterfind(T + "valItem")
    }
    for item in items if values.get("mode") == "change" and listed else ():
        if item.get("mode") in ("change", "delete") and item.get("ident") not in listed:
            message = f"The attribute “{ident}” of “{owner}” has no value “{item.get('ident')}” to {item.get('mode')}."
            _warn(say, "odd-value-unknown", item, message, "Correct the value, or leave this out.")


def _attributes(spec: Spec, specs: Specs, ident: str) -> Iterator[Attribute]:
    """Return the declarations of an attribute that a specification has itself or from its classes."""
    for one in (spec, *specs.above(spec)):
        yield from _declared(one.attributes, specs, ident)


def _declared(items: list[AttributeItem], specs: Specs, ident: str) -> Iterator[Attribute]:
    for item in items:
        if isinstance(item, AttributeList):
            yield from _declared(item.items, specs, ident)
        elif isinstance(item, AttributeRef):
            owner = specs.get("class", item.class_name)
            if owner is not None and item.ident in ("", ident):
                yield from _attributes(owner, specs, ident)
        elif item.ident == ident:
            yield item


def _doubled(nodes: list[etree._Element], what: str, of: str, say: Say) -> None:
    seen: set[str] = set()
    for node in nodes:
        ident = node.get("ident", "")
        if ident in seen:
            _warn(say, "odd-spec-doubled", node, f"The {what} “{ident}” {of} stands here twice.", "Take one away.")
        seen.add(ident)


def after(node: etree._Element, specs: Specs, say: Say) -> None:
    """Tell what a specification of the ODD refers to that is nowhere, and what no document can fulfil."""
    for member in node.iterfind(f"{T}classes/{T}memberOf"):
        if member.get("mode") != "delete":
            _reference(member, "class", member.get("key", ""), specs, say)
    for ref in node.iter(T + "attRef"):
        if not ref.get("class"):
            continue
        _reference(ref, "class", ref.get("class", ""), specs, say)
        owner, ident = specs.get("class", ref.get("class", "")), ref.get("name", "")
        if owner is not None and ident and not any(_attributes(owner, specs, ident)):
            message = f"The class “{owner.ident}” has no attribute “{ident}”."
            _warn(say, "odd-attribute-unknown", ref, message, "Correct the name, or add the attribute.")
    for content in node.iter(T + "content"):
        for one in content.iter(*(T + tag for tag in _NAMED)):
            _reference(one, _NAMED[name(one)], one.get("key", ""), specs, say)
    for one in node.iter(T + "sequence", T + "alternate", T + "datatype", *(T + tag for tag in _NAMED)):
        least, most = one.get("minOccurs", "1"), one.get("maxOccurs", "1")
        if least.isdecimal() and most.isdecimal() and int(least) > int(most):
            message = f"“{name(one)}” is to stand at least {least} and at most {most} times."
            say("odd-count-reversed", one, message, "Correct @minOccurs or @maxOccurs.")
    for one in node.iter(T + "dataRef"):
        if one.get("name"):
            _datatype(one, say)


def _reference(node: etree._Element, kind: str, ident: str, specs: Specs, say: Say) -> None:
    """Tell of a name that neither the schema nor a source of it has; what was left out on purpose is no mistake."""
    if specs.get(kind, ident) is None and (kind, ident) not in specs.known and ident not in specs.patterns:
        say(rule(kind), node, f"There is no {kind} “{ident}”.", "Correct the name, or add it.")


def _datatype(node: etree._Element, say: Say) -> None:
    facets = [(one.get("name", ""), one.get("value", "")) for one in node.iterfind(T + "dataFacet")]
    if restriction := node.get("restriction"):
        facets.append(("pattern", restriction))
    try:
        Datatype(XSD, node.get("name", ""), facets)
    except DatatypeBroken as error:
        say("odd-datatype-unknown", node, str(error), "Correct the name, the facet or the pattern.")


def _warn(say: Say, rule: str, node: etree._Element, message: str, hint: str) -> None:
    say(rule, node, message, hint, severity=Severity.WARNING)
