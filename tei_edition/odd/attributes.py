"""Takes the attribute classes and lists of an ODD and gives RELAX NG patterns for the attributes of an element."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from tei_edition.odd.contents import Contents
from tei_edition.odd.patterns import choice, group, occurrence, occurring, pattern
from tei_edition.odd.specs import Attribute, AttributeItem, AttributeList, AttributeRef, Spec, T
from tei_edition.tei import name


@dataclass(frozen=True, eq=False)
class Resolved:
    """An attribute, or a choice of attributes, as it stands after all changes; define is its name in the grammar."""

    item: Attribute | AttributeList
    define: str | None


Listed = dict[str, Resolved]


class Attributes:
    """The attributes of one schema: each declared once in its class and referred to from there."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.defines: dict[str, etree._Element] = {}
        self._classes: dict[str, Listed] = {}

    def listed(self, spec: Spec) -> list[Attribute | AttributeList]:
        """Return the attributes of an element or class as they stand after all changes, those of classes first."""
        return [one.item for one in self._listed(spec).values()]

    def element(self, spec: Spec) -> list[etree._Element]:
        """Return the references and patterns that give an element its attributes.

        A class is referred to as a whole where the element takes all of it unchanged, else attribute by attribute.
        """
        listed = self._listed(spec)
        patterns: list[etree._Element] = []
        covered: set[str] = set()
        for ident in spec.classes:
            inherited = self._class(ident)
            whole = inherited and all(listed.get(key) is one for key, one in inherited.items())
            if whole and not covered & inherited.keys():
                patterns.append(pattern("ref", name=self._define_class(ident)))
                covered |= inherited.keys()
        for key, one in listed.items():
            if key not in covered:
                patterns.append(self._use(one))
        return patterns

    def _define_class(self, ident: str) -> str:
        define = f"{ident}.attributes"
        if define not in self.defines:
            uses = [self._use(one) for one in self._class(ident).values()]
            self.defines[define] = pattern("define", *uses, name=define)
        return define

    def _use(self, one: Resolved) -> etree._Element:
        if one.define is None:
            return self._pattern(one.item)
        if one.define not in self.defines:
            self.defines[one.define] = pattern("define", self._pattern(one.item), name=one.define)
        return pattern("ref", name=one.define)

    def _class(self, ident: str) -> Listed:
        """Return all attributes of a class, those of its superclasses first."""
        if ident not in self._classes:
            self._classes[ident] = {}
            spec = self.contents.specs.get("class", ident)
            if spec is not None and spec.type == "atts":
                self._classes[ident] = self._listed(spec)
        return self._classes[ident]

    def _listed(self, spec: Spec) -> Listed:
        listed: Listed = {}
        for ident in spec.classes:
            for key, one in self._class(ident).items():
                listed.setdefault(key, one)
        for item in spec.attributes:
            self._apply(item, spec, listed)
        return listed

    def _apply(self, item: AttributeItem, spec: Spec, listed: Listed) -> None:
        """Put one declaration of a class or element into the list: new, changed or taken away."""
        if isinstance(item, AttributeRef):
            inherited = self._class(item.class_name)
            listed |= {key: one for key, one in inherited.items() if item.ident in ("", key)}
        elif isinstance(item, AttributeList):
            settled = self._settled(item, listed)
            if isinstance(settled, AttributeList):
                idents = [one.ident for one in settled.flat()]
                for ident in idents:
                    listed.pop(ident, None)
                listed["|".join(idents)] = Resolved(settled, None)
        elif item.mode == "delete":
            listed.pop(item.ident, None)
        else:
            define = f"{spec.ident}.attribute.{item.ident.replace(':', '')}" if spec.kind == "class" else None
            listed[item.ident] = Resolved(self._known(item, listed), define)

    def _settled(self, item: AttributeItem, listed: Listed) -> Attribute | AttributeList | None:
        """Return a list within a list as it stands after all changes, or None where nothing is left of it."""
        if isinstance(item, AttributeRef):
            found = self._class(item.class_name).get(item.ident)
            return None if found is None else found.item
        if isinstance(item, Attribute):
            known = self._known(item, listed)
            return None if item.mode == "delete" else known
        inner: list[AttributeItem] = [one for each in item.items if (one := self._settled(each, listed)) is not None]
        return AttributeList(inner, item.choice) if inner else None

    @staticmethod
    def _known(item: Attribute, listed: Listed) -> Attribute:
        inherited = listed.get(item.ident)
        if item.mode == "change" and inherited is not None and isinstance(inherited.item, Attribute):
            return item.over(inherited.item)
        return item

    def _pattern(self, item: Attribute | AttributeList) -> etree._Element:
        if isinstance(item, AttributeList):
            inner = [self._pattern(one) for one in item.items if not isinstance(one, AttributeRef)]
            return choice(inner) if item.choice else group(inner)
        names = {"name": item.name or item.ident} | ({"ns": item.ns} if item.ns else {})
        value = self._value(item)
        one = pattern("attribute", *([] if name(value) == "text" else [value]), **names)
        return one if item.usage == "req" else pattern("optional", one)

    def _value(self, item: Attribute) -> etree._Element:
        """Return what may stand in an attribute: a closed list alone, a semi-open list or the datatype."""
        node = item.datatype
        types = [self.contents.data(ref) for ref in node.iterfind(T + "dataRef")] if node is not None else []
        if node is not None and not types:
            types = [self.contents.node(child) for child in node if name(child)]
        values = item.values
        kind = values.get("type", "open") if values is not None else "open"
        listed = [pattern("value", text=one.get("ident", "")) for one in _items(values)]
        if kind == "closed" and listed:
            types = [choice(listed)]
        elif kind == "semi" and listed:
            types = [choice([*listed, *(types or [pattern("data", type="token")])])]
        value = group(types) if types else pattern("text")
        least, most = (1, 1) if node is None else occurrence(node)
        if (least, most) == (1, 1):
            return value
        if name(value) == "text":
            value = pattern("data", type="string")
        return pattern("list", occurring(value, least, most))


def _items(values: etree._Element | None) -> list[etree._Element]:
    return [] if values is None else values.findall(T + "valItem")
