"""Takes an ODD and the TEI's own specifications; gives the specifications that the customization asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from tei_edition.finding import Finding, Report, Severity
from tei_edition.location import line
from tei_edition.tei import ID, TEI, name

T = f"{{{TEI}}}"
KINDS = {"elementSpec": "element", "classSpec": "class", "macroSpec": "macro", "dataSpec": "datatype"}
_Say = Callable[[str, etree._Element, str, str], None]
REFERENCES = {"elementRef": "element", "classRef": "class", "macroRef": "macro", "dataRef": "datatype"}


@dataclass
class Attribute:
    """One attribute as declared at one place: what is None or empty there is inherited."""

    ident: str
    name: str | None = None
    ns: str | None = None
    usage: str | None = None
    datatype: etree._Element | None = None
    values: etree._Element | None = None
    mode: str = "add"

    def over(self, inherited: Attribute) -> Attribute:
        """Return this declaration completed by the one it changes."""
        return Attribute(
            ident=self.ident,
            name=self.name or inherited.name,
            ns=self.ns or inherited.ns,
            usage=self.usage or inherited.usage,
            datatype=inherited.datatype if self.datatype is None else self.datatype,
            values=_merged_values(inherited.values, self.values),
            mode=inherited.mode,
        )


@dataclass
class AttributeRef:
    """A pointer to one attribute of a class, without the rest of the class."""

    class_name: str
    ident: str


@dataclass
class AttributeChoice:
    """Attributes of which one may be given."""

    items: list[AttributeItem]


AttributeItem = Attribute | AttributeRef | AttributeChoice


@dataclass
class Spec:
    """An element, class, macro or datatype of the schema."""

    kind: str
    ident: str
    module: str
    name: str
    ns: str | None = None
    type: str | None = None
    classes: list[str] = field(default_factory=list)
    attributes: list[AttributeItem] = field(default_factory=list)
    content: etree._Element | None = None
    constraints: list[etree._Element] = field(default_factory=list)


@dataclass
class Specs:
    """All specifications of one schema, in the order of the TEI's own source and then of the ODD."""

    ident: str
    start: list[str]
    ns: str
    by_name: dict[tuple[str, str], Spec] = field(default_factory=dict)
    constraints: list[etree._Element] = field(default_factory=list)
    strangers: list[tuple[str, str]] = field(default_factory=list)
    """Namespace and name of the TEI's elements that are not in the schema's namespace, chosen or not."""

    def of(self, kind: str) -> Iterator[Spec]:
        """Return the specifications of one kind, in order."""
        return (spec for spec in self.by_name.values() if spec.kind == kind)

    def get(self, kind: str, ident: str) -> Spec | None:
        """Return one specification, or None where the schema does without it."""
        return self.by_name.get((kind, ident))


def read_specs(
    schema: etree._Element, tei: etree._Element, file: Path, report: Report, *, tei_rules: bool = False
) -> Specs:
    """Return what a schemaSpec selects from the TEI, changed as it says.

    schema is the schemaSpec within its document, tei the root of p5subset.xml. Whatever the ODD names and the TEI
    does not have is a finding with its line. Of the TEI's own Schematron nothing is taken unless tei_rules is set.
    """

    def say(rule: str, node: etree._Element, message: str, hint: str) -> None:
        report(Finding(rule=rule, severity=Severity.ERROR, message=message, file=file, line=line(node), hint=hint))

    known: dict[tuple[str, str], Spec] = {}
    for node in tei.iter(*(T + tag for tag in KINDS)):
        spec = _spec(node, rules=tei_rules)
        known[spec.kind, spec.ident] = spec
    modules = {node.get("ident", "") for node in tei.iter(T + "moduleSpec")} | {spec.module for spec in known.values()}
    specs = Specs(
        ident=schema.get("ident", "schema"),
        start=schema.get("start", "TEI").split(),
        ns=schema.get("ns", TEI),
        strangers=[(spec.ns, spec.name) for spec in known.values() if spec.kind == "element" and spec.ns],
    )
    chosen: set[tuple[str, str]] = set()
    changes: list[etree._Element] = []
    partial: dict[str, etree._Element] = {}
    for node in _items(schema, say, set()):
        tag = name(node)
        if tag == "moduleRef":
            chosen |= _module(node, known, modules, say)
        elif tag in REFERENCES:
            key = REFERENCES[tag], node.get("key", "")
            if key not in known:
                say(f"odd-{key[0]}-unknown", node, f"The TEI has no {key[0]} “{key[1]}”.", "Correct the name.")
                continue
            chosen.add(key)
            if tag == "classRef" and (node.get("include") or node.get("except")):
                partial[key[1]] = node
        elif tag in KINDS:
            changes.append(node)
        elif tag == "constraintSpec":
            specs.constraints.append(node)
    specs.by_name = {key: spec for key, spec in known.items() if key in chosen}
    for ident, node in partial.items():
        spec = specs.by_name["class", ident]
        spec.attributes = [item for item in spec.attributes if _selected(getattr(item, "ident", ""), node)]
    for node in changes:
        _change(node, specs, known, say)
    return specs


def _items(parent: etree._Element, say: _Say, seen: set[str]) -> Iterator[etree._Element]:
    """Return what a schemaSpec or specGrp holds, groups that it points to included."""
    for node in parent:
        if name(node) == "specGrp":
            yield from _items(node, say, seen)
        elif name(node) == "specGrpRef":
            target = node.get("target", "")
            group = next(
                (group for group in parent.getroottree().iter(T + "specGrp") if "#" + group.get(ID, "") == target), None
            )
            if group is None or target in seen:
                say("odd-group-unknown", node, f"There is no other group “{target}” here.", "Point to a specGrp.")
            else:
                yield from _items(group, say, seen | {target})
        elif name(node):
            yield node


def _module(
    node: etree._Element, known: dict[tuple[str, str], Spec], modules: set[str], say: _Say
) -> set[tuple[str, str]]:
    """Return the names of the specifications that a moduleRef brings in: all but the elements left out."""
    key = node.get("key")
    if key is None or key not in modules:
        what = f"The TEI has no module “{key}”." if key else f"The module “{node.get('url')}” is not part of the TEI."
        say("odd-module-unknown", node, what, "Name a module of the TEI in @key.")
        return set()
    own = {spec.ident for spec in known.values() if spec.kind == "element" and spec.module == key}
    for ident in f"{node.get('include', '')} {node.get('except', '')}".split():
        if ident not in own:
            say(
                "odd-element-unknown", node, f"The module “{key}” has no element “{ident}”.",
                "Correct the name, or take it from its own module.",
            )  # fmt: skip
    return {
        (spec.kind, spec.ident)
        for spec in known.values()
        if spec.module == key and (spec.kind != "element" or _selected(spec.ident, node))
    }


def _selected(ident: str, node: etree._Element) -> bool:
    include, leave = node.get("include"), node.get("except", "").split()
    return (include is None or ident in include.split()) and ident not in leave


def _change(node: etree._Element, specs: Specs, known: dict[tuple[str, str], Spec], say: _Say) -> None:
    """Apply one elementSpec, classSpec, macroSpec or dataSpec of the ODD."""
    kind, ident, mode = KINDS[name(node)], node.get("ident", ""), node.get("mode", "add")
    key = kind, ident
    if mode in ("add", "replace"):
        specs.by_name[key] = _spec(node, rules=True)
        return
    spec = specs.by_name.get(key)
    if spec is None:
        if key not in known or mode == "change":
            where = "this schema" if key in known else "the TEI"
            say(
                f"odd-{kind}-unknown", node, f"There is no {kind} “{ident}” in {where} to {mode}.",
                "Correct the name, or include it first.",
            )  # fmt: skip
    elif mode == "delete":
        del specs.by_name[key]
    elif mode == "change":
        _merge(spec, node, say)
    else:
        say("odd-mode-unknown", node, f"“{mode}” is not a mode.", "Use add, change, replace or delete.")


def _merge(spec: Spec, node: etree._Element, say: _Say) -> None:
    new = _spec(node, rules=True)
    if new.content is not None:
        spec.content = new.content
    if new.name != new.ident:
        spec.name = new.name
    classes = node.find(T + "classes")
    if classes is not None and classes.get("mode", "replace") == "change":
        for member in classes.iterfind(T + "memberOf"):
            ident = member.get("key", "")
            spec.classes = [one for one in spec.classes if one != ident]
            if member.get("mode", "add") != "delete":
                spec.classes.append(ident)
    elif classes is not None:
        spec.classes = new.classes
    for item in new.attributes:
        _merge_attribute(spec.attributes, item)
    for rule in new.constraints:
        spec.constraints = [one for one in spec.constraints if one.get("ident") != rule.get("ident")]
        if rule.get("mode") != "delete":
            spec.constraints.append(rule)


def _merge_attribute(items: list[AttributeItem], item: AttributeItem) -> None:
    """Put a changed attribute in the place of the old one, wherever in the list it stands."""
    if not isinstance(item, Attribute):
        items.append(item)
        return
    for index, old in enumerate(items):
        if isinstance(old, AttributeChoice) and any(getattr(one, "ident", "") == item.ident for one in old.items):
            _merge_attribute(old.items, item)
            return
        if getattr(old, "ident", "") == item.ident:
            if item.mode == "change" and isinstance(old, Attribute):
                item = item.over(old)
            items[index] = item
            return
    items.append(item)


def _spec(node: etree._Element, *, rules: bool) -> Spec:
    ident = node.get("ident", "")
    lists = node.findall(T + "attList")
    return Spec(
        kind=KINDS[name(node)],
        ident=ident,
        module=node.get("module", ""),
        name=(node.findtext(T + "altIdent") or ident).strip(),
        ns=node.get("ns"),
        type=node.get("type"),
        classes=[member.get("key", "") for member in node.iterfind(f"{T}classes/{T}memberOf")],
        attributes=[item for one in lists for item in _attributes(one)],
        content=node.find(T + "content"),
        constraints=[one for one in node.iter(T + "constraintSpec") if rules],
    )


def _attributes(parent: etree._Element) -> Iterable[AttributeItem]:
    items: list[AttributeItem] = []
    for node in parent:
        tag = name(node)
        if tag == "attList":
            items += _attributes(node)
        elif tag == "attRef":
            items.append(AttributeRef(node.get("class", ""), node.get("name", "")))
        elif tag == "attDef":
            ident = node.get("ident", "")
            items.append(
                Attribute(
                    ident=ident,
                    name=(node.findtext(T + "altIdent") or "").strip() or None,
                    ns=node.get("ns"),
                    usage=node.get("usage"),
                    datatype=node.find(T + "datatype"),
                    values=node.find(T + "valList"),
                    mode=node.get("mode", "add"),
                )
            )
    return [AttributeChoice(items)] if parent.get("org") == "choice" else items


def _merged_values(old: etree._Element | None, new: etree._Element | None) -> etree._Element | None:
    """Return the list of values that holds: the new one, or the old one with the changes of the new one."""
    if new is None or old is None or new.get("mode", "add") != "change":
        return old if new is None else new
    merged = etree.Element(T + "valList", type=new.get("type") or old.get("type") or "open")
    for item in (*old.iterfind(T + "valItem"), *new.iterfind(T + "valItem")):
        for known in merged.findall(T + "valItem"):
            if known.get("ident") == item.get("ident"):
                merged.remove(known)
        if item.get("mode") != "delete":
            etree.SubElement(merged, T + "valItem", ident=item.get("ident", ""))
    return merged
