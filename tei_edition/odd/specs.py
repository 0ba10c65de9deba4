"""Takes the specifications of an ODD as markup and gives them as elements, classes, macros and datatypes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from tei_edition.tei import TEI, name

T = f"{{{TEI}}}"
KINDS = {"elementSpec": "element", "classSpec": "class", "macroSpec": "macro", "dataSpec": "datatype"}


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
    nodes: tuple[etree._Element, ...] = ()
    """The markup that says all this and describes it, what changes before what is changed."""

    def over(self, inherited: Attribute) -> Attribute:
        """Return this declaration completed by the one it changes."""
        return Attribute(
            ident=self.ident,
            name=self.name or inherited.name,
            ns=inherited.ns if self.ns is None else self.ns,
            usage=self.usage or inherited.usage,
            datatype=inherited.datatype if self.datatype is None else self.datatype,
            values=merged_values(inherited.values, self.values),
            mode=inherited.mode,
            nodes=(*self.nodes, *inherited.nodes),
        )


@dataclass
class AttributeRef:
    """A pointer to one attribute of a class, without the rest of the class; to all of them where it names none."""

    class_name: str
    ident: str


@dataclass
class AttributeList:
    """Attributes that are written as a list within a list: all of them, or one of them."""

    items: list[AttributeItem]
    choice: bool

    def flat(self) -> Iterator[Attribute]:
        """Return the attributes in it, at any depth."""
        for item in self.items:
            if isinstance(item, Attribute):
                yield item
            elif isinstance(item, AttributeList):
                yield from item.flat()


AttributeItem = Attribute | AttributeRef | AttributeList


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
    nodes: list[etree._Element] = field(default_factory=list)
    """The markup that says all this and describes it, what changes before what is changed."""


@dataclass
class Specs:
    """All specifications of one schema, in the order of the TEI's own source and then of the ODD."""

    ident: str
    start: list[str]
    ns: str
    title: str = ""
    by_name: dict[tuple[str, str], Spec] = field(default_factory=dict)
    constraints: list[etree._Element] = field(default_factory=list)
    first: list[Spec] = field(default_factory=list)
    """The elements that a document may begin with."""
    prefix: str = ""
    language: str = "en"
    exceptions: list[tuple[str, str]] = field(default_factory=list)
    """Namespace and name of what anyElement does not stand for; without a name the whole namespace."""
    known: set[tuple[str, str]] = field(default_factory=set)
    """Kind and name of whatever the sources hold, chosen or not."""
    strangers: list[tuple[str, str]] = field(default_factory=list)
    """Namespace and name of the TEI's elements that are not in the schema's namespace, chosen or not."""
    added: dict[str, tuple[Path, int | None]] = field(default_factory=dict)
    """Elements that the ODD adds: file and line of each."""
    patterns: dict[str, list[etree._Element]] = field(default_factory=dict)
    """Patterns of grammars that are not ODDs, by name, each as its definitions."""

    def of(self, kind: str) -> Iterator[Spec]:
        """Return the specifications of one kind, in order."""
        return (spec for spec in self.by_name.values() if spec.kind == kind)

    def get(self, kind: str, ident: str) -> Spec | None:
        """Return one specification, or None where the schema does without it."""
        return self.by_name.get((kind, ident))

    def knows(self, ident: str) -> bool:
        """Say whether the sources hold a specification, class pattern or attribute of this name, chosen or not."""
        bare = ident.removeprefix(self.prefix)
        names = {one for word in (ident, bare) for one in (word, word.rpartition("_")[0])}
        names |= {bare.partition(".attribute")[0]}
        return any((kind, one) in self.known for kind in KINDS.values() for one in names)

    def above(self, spec: Spec) -> list[Spec]:
        """Return the classes that a specification belongs to, with the classes of these, each once."""
        found: dict[str, Spec] = {}
        waiting = list(spec.classes)
        while waiting:
            ident = waiting.pop(0)
            one = self.get("class", ident)
            if one is not None and ident not in found:
                found[ident] = one
                waiting += one.classes
        return list(found.values())


def read_spec(node: etree._Element, *, rules: bool = True) -> Spec:
    """Return what an elementSpec, classSpec, macroSpec or dataSpec says, with or without its Schematron."""
    ident = node.get("ident", "")
    lists = node.findall(T + "attList")
    content = node.find(T + "content")
    typed = node.find(T + "dataRef")
    if content is None and name(node) == "dataSpec" and typed is not None:
        content = etree.Element(T + "content")
        content.append(deepcopy(typed))
    values = node.find(T + "valList")
    if values is not None and values.get("type") == "closed" and (content is None or not len(content)):
        content = etree.Element(T + "content")
        content.append(deepcopy(values))
    return Spec(
        kind=KINDS[name(node)],
        ident=ident,
        module=node.get("module", ""),
        name=(node.findtext(T + "altIdent") or ident).strip(),
        ns=node.get("ns"),
        type=node.get("type"),
        classes=[member.get("key", "") for member in node.iterfind(f"{T}classes/{T}memberOf")],
        attributes=[item for one in lists for item in _attributes(one)],
        content=content,
        constraints=[one for one in node.iter(T + "constraintSpec") if rules],
        nodes=[node],
    )


def _attributes(parent: etree._Element) -> Iterable[AttributeItem]:
    items: list[AttributeItem] = []
    choice = parent.get("org") == "choice"
    for node in parent:
        tag = name(node)
        if tag == "attList":
            inner = list(_attributes(node))
            items += [AttributeList(inner, choice=False)] if choice and node.get("org") != "choice" else inner
        elif tag == "attRef":
            items.append(_reference(node))
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
                    nodes=(node,),
                )
            )
    return [AttributeList(items, choice=True)] if choice else items


def _reference(node: etree._Element) -> AttributeRef:
    """Return what an attRef points to; an older form gives ``att.class.attribute.ident`` as its name or key."""
    named = node.get("name") or node.get("key") or ""
    owner, _, ident = named.rpartition(".attribute.")
    return AttributeRef(node.get("class") or owner, ident if owner else named)


def merged_values(old: etree._Element | None, new: etree._Element | None) -> etree._Element | None:
    """Return the list of values that holds: the new one, or the old one with the changes of the new one."""
    if new is not None and new.get("mode") == "delete":
        return None
    if new is None or old is None or new.get("mode", "add") != "change":
        return old if new is None else new
    merged = etree.Element(T + "valList", type=new.get("type") or old.get("type") or "open")
    items = {item.get("ident", ""): item for item in old.iterfind(T + "valItem")}
    for item in new.iterfind(T + "valItem"):
        known = items.pop(item.get("ident", ""), None)
        if item.get("mode") == "change" and known is not None and not len(item):
            item = known
        if item.get("mode") != "delete":
            items[item.get("ident", "")] = item
    merged.extend(deepcopy(item) for item in items.values())
    return merged
