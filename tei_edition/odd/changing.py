"""Takes a specification of an ODD in one of its modes and changes the specifications of the schema as it says."""

from __future__ import annotations

from lxml import etree

from tei_edition.finding import Severity
from tei_edition.odd.sources import Known, Say, rule
from tei_edition.odd.specs import KINDS, Attribute, AttributeItem, AttributeList, Spec, Specs, T, read_spec
from tei_edition.tei import name


def change(node: etree._Element, specs: Specs, known: Known, say: Say) -> None:
    """Apply one elementSpec, classSpec, macroSpec or dataSpec of the ODD.

    What changes or deletes a specification that the schema does not have changes nothing, which is a warning; a name
    that the source does not know is an error unless it is to be deleted.
    """
    kind, ident, mode = KINDS[name(node)], node.get("ident", ""), node.get("mode", "add")
    key = kind, ident
    if mode in ("add", "replace"):
        specs.by_name[key] = read_spec(node)
        return
    if mode not in ("change", "delete"):
        say("odd-mode-unknown", node, f"“{mode}” is not a mode.", "Use add, change, replace or delete.")
        return
    spec = specs.by_name.get(key)
    if spec is None:
        if key not in known.specs or mode == "change":
            where = "this schema" if key in known.specs else known.title
            say(
                rule(kind), node, f"There is no {kind} “{ident}” in {where} to {mode}.",
                "Correct the name, or include it first.",
                severity=Severity.WARNING if key in known.specs or mode == "delete" else Severity.ERROR,
            )  # fmt: skip
    elif mode == "delete":
        del specs.by_name[key]
    else:
        _merge(spec, node)


def _merge(spec: Spec, node: etree._Element) -> None:
    new = read_spec(node)
    spec.nodes.insert(0, node)
    if new.content is not None:
        spec.content = new.content
    if new.name != new.ident:
        spec.name = new.name
    if new.ns is not None:
        spec.ns = new.ns
    classes = node.find(T + "classes")
    if classes is not None and classes.get("mode", "replace") == "change":
        for member in classes.iterfind(T + "memberOf"):
            ident = member.get("key", "")
            spec.classes = [one for one in spec.classes if one != ident]
            if member.get("mode", "add") != "delete":
                spec.classes.append(ident)
    elif classes is not None:
        spec.classes = [
            member.get("key", "") for member in classes.iterfind(T + "memberOf") if member.get("mode") != "delete"
        ]
    for item in new.attributes:
        if not (isinstance(item, Attribute) and _replaced(spec.attributes, item)):
            spec.attributes.append(item)
    for one in new.constraints:
        merge_rule(spec.constraints, one)


def merge_rule(rules: list[etree._Element], new: etree._Element) -> None:
    """Put a constraintSpec in the place of the one of the same name; one in mode delete only takes that away."""
    ident = new.get("ident")
    same = [index for index, one in enumerate(rules) if ident and one.get("ident") == ident]
    if new.get("mode") == "delete":
        rules[:] = [one for index, one in enumerate(rules) if index not in same]
    elif same:
        if new.find(T + "constraint") is not None:
            rules[same[0]] = new
    else:
        rules.append(new)


def _replaced(items: list[AttributeItem], item: Attribute) -> bool:
    """Put a changed attribute in the place of the old one, at any depth; say whether there was one."""
    for index, old in enumerate(items):
        if isinstance(old, AttributeList):
            if _replaced(old.items, item):
                return True
        elif old.ident == item.ident:
            items[index] = item.over(old) if item.mode == "change" and isinstance(old, Attribute) else item
            return True
    return False
