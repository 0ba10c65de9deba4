"""Takes one specification after the other and gives its entry in the reference, as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from pathlib import Path

from lxml import etree

from tei_edition.odd.attributes import Attributes
from tei_edition.odd.descriptions import Descriptions, H
from tei_edition.odd.models import Models
from tei_edition.odd.specs import Attribute, AttributeList, Spec, T
from tei_edition.odd.told import Told, applies
from tei_edition.tei import TEI

LISTS = {"closed": "One of", "semi": "Suggested, others may be given", "open": "Suggested, others may be given"}
EXAMPLES = "{http://www.tei-c.org/ns/Examples}egXML"


class Entries:
    """The entries of one reference."""

    def __init__(
        self, models: Models, attributes: Attributes, descriptions: Descriptions, elements: Sequence[Spec],
        told: Sequence[Told], examples: dict[str, tuple[Path, str]], folder: Path,
    ) -> None:  # fmt: skip
        self.models, self.specs, self.attributes = models, models.specs, attributes
        self.descriptions, self.told, self.examples, self.folder = descriptions, told, examples, folder
        self.elements = {spec.ident: spec for spec in elements}
        self.inside = {spec.ident: models.inside(spec) for spec in elements}
        self.around: dict[str, list[str]] = {}
        for ident, content in self.inside.items():
            for child in content.elements:
                self.around.setdefault(child, []).append(ident)
        self.members: dict[str, list[str]] = {}
        for spec in elements:
            for one in self.specs.above(spec):
                self.members.setdefault(one.ident, []).append(spec.ident)

    def element(self, spec: Spec) -> etree._Element:
        """Return the entry of an element."""
        content = self.inside[spec.ident]
        inside: list[etree._Element] = self._links(content.elements)
        other = [
            word
            for word, there in (("words", content.text), ("anything of other namespaces", content.anything))
            if there
        ]
        if other or not inside:
            inside.append(H.div(" and ".join(other) if other else "nothing"))
        facts = {
            "Namespace": [H.code(spec.ns)] if spec.ns and spec.ns != self.specs.ns else [],
            "Stands in": self._links(self.around.get(spec.ident, ())) or [H.div("nothing: a document begins with it")],
            "May hold": inside,
            "Content": [H.span({"class": "model"}, text)] if (text := self.models.written(spec)) else [],
            "Classes": self._classes(spec, "model"),
        }
        parts = self.descriptions.told(spec.nodes, "gloss", "desc", "remarks")
        parts += self._attributes(spec)
        parts += self._rules([one for one in self.told if applies(one, spec)], "Rules")
        parts += self._examples(spec)
        parts += [H.h4("Place"), _facts(facts)]
        return _entry(f"e.{spec.ident}", f"<{spec.name}>", spec.module, parts)

    def attribute_class(self, spec: Spec) -> etree._Element:
        """Return the entry of a class of attributes."""
        facts = {"Elements": self._links(self.members.get(spec.ident, ())), "Classes": self._classes(spec, "atts")}
        parts = [*self.descriptions.told(spec.nodes, "desc"), _facts(facts), *self._attributes(spec)]
        return _entry(f"c.{spec.ident}", spec.ident, spec.module, parts)

    def model_class(self, spec: Spec) -> etree._Element:
        """Return the entry of a class of elements that stand in the same places."""
        facts = {"Elements": self._links(self.members.get(spec.ident, ())), "Classes": self._classes(spec, "model")}
        return _entry(
            f"c.{spec.ident}", spec.ident, spec.module, [*self.descriptions.told(spec.nodes, "desc"), _facts(facts)]
        )

    def datatypes(self) -> list[etree._Element]:
        """Return what the datatypes accept, as one list; nothing where there are none."""
        rows = [
            H.div(
                H.dt(H.code(spec.ident), id=f"d.{spec.ident}"),
                H.dd(H.span({"class": "model"}, self.models.datatype(spec))),
            )
            for spec in sorted(self.specs.of("datatype"), key=lambda spec: spec.ident.lower())
        ]
        return [H.dl({"class": "attributes"}, *rows)] if rows else []

    def all_rules(self) -> list[etree._Element]:
        """Return all rules as one list; nothing where there are none."""
        return self._rules(self.told, "")

    def _links(self, idents: Iterable[str]) -> list[etree._Element]:
        """Return links to elements, those of a module in a line of their own."""
        modules: dict[str, list[Spec]] = {}
        for spec in sorted((self.elements[one] for one in idents), key=lambda one: (one.name.lower(), one.name)):
            modules.setdefault(spec.module, []).append(spec)
        lines = []
        for module, specs in sorted(modules.items()):
            line = H.div({"class": "links"}, *([H.span({"class": "module"}, f"{module}:")] if module else []))
            for spec in specs:
                if len(line):
                    line[-1].tail = " "
                line.append(H.a(spec.name, href=f"#e.{spec.ident}"))
            lines.append(line)
        return lines

    def _classes(self, spec: Spec, kind: str) -> list[etree._Element]:
        chosen = [
            one
            for one in map(self._class, spec.classes)
            if one is not None and (one.type == "model") == (kind == "model")
        ]
        if not chosen:
            return []
        line = H.div({"class": "links"})
        for one in chosen:
            if len(line):
                line[-1].tail = " "
            line.append(H.a(one.ident, href=f"#c.{one.ident}"))
        return [line]

    def _class(self, ident: str) -> Spec | None:
        return self.specs.get("class", ident)

    def _attributes(self, spec: Spec) -> list[etree._Element]:
        """Return the attributes that are declared or changed here, and the classes that give the others."""
        declared = {one.ident for item in spec.attributes for one in _flat(item)}
        rows, given = [], {one.ident for item in self.attributes.listed(spec) for one in _flat(item)}
        for item in self.attributes.listed(spec):
            mine = [one for one in _flat(item) if one.ident in declared or spec.kind == "class"]
            if spec.kind == "class":
                mine = [one for one in mine if one.ident in declared]
            either = isinstance(item, AttributeList) and item.choice and len(mine) > 1
            rows += [self._attribute(one, mine if either else []) for one in mine]
        parts: list[etree._Element] = []
        if rows:
            parts += [H.h4("Attributes"), H.dl({"class": "attributes"}, *rows)]
        inherited = H.p({"class": "inherited"}, "Attributes of classes: ")
        for one in self.specs.above(spec):
            mine = [item for whole in one.attributes for item in _flat(whole) if item.ident in given - declared]
            mine = [item for item in mine if item.mode != "delete"]
            if one.type == "atts" and mine:
                names = " ".join(f"@{item.name or item.ident}" for item in mine)
                link = H.a(one.ident, href=f"#c.{one.ident}")
                link.tail = " ("
                inherited.append(link)
                inherited.append(H.code(names))
                inherited[-1].tail = ") "
        return [*parts, inherited] if len(inherited) else parts

    def _attribute(self, item: Attribute, either: Sequence[Attribute]) -> etree._Element:
        facts = ["required" if item.usage == "req" else "recommended" if item.usage == "rec" else "optional"]
        if either:
            facts.append(f"only one of {', '.join('@' + (one.name or one.ident) for one in either)}")
        if value := self.models.value(item):
            facts.append(value)
        default = next((found for node in item.nodes if (found := node.findtext(T + "defaultVal"))), "")
        if default:
            facts.append(f"“{' '.join(default.split())}” where it is not given")
        row = H.div(H.dt(H.code(f"@{item.name or item.ident}"), H.span({"class": "fact"}, "; ".join(facts))))
        if said := self.descriptions.line(item.nodes):
            row.append(H.dd(*said))
        listed = item.values.findall(T + "valItem") if item.values is not None else []
        if listed and item.values is not None:
            values = H.dl({"class": "values"})
            for one in listed:
                words = self.descriptions.line([one])
                values.append(H.div(H.dt(H.code(one.get("ident", ""))), *([H.dd(*words)] if words else [])))
            row.append(H.dd(f"{LISTS.get(item.values.get('type', 'open'), LISTS['open'])}:", values))
        return row

    def _rules(self, told: Sequence[Told], title: str) -> list[etree._Element]:
        items = []
        for one in told:
            message = H.span(one.message)
            if not one.own:
                self.descriptions.borrowed = True
                message.set("class", "borrowed")
            message.tail = " "
            item = H.li(message, H.span({"class": "level"}, f"({one.level}, "), H.code(one.ident))
            item[-1].tail = ")"
            if one.hint:
                item[-1].tail = f") {one.hint}"
            if not title:
                item.append(H.div({"class": "level"}, "on ", H.code(one.context)))
            items.append(item)
        return [*([H.h4(title)] if title else []), H.ul({"class": "rules"}, *items)] if items else []

    def _examples(self, spec: Spec) -> list[etree._Element]:
        """Return the examples that the ODD gives itself, and one of the edition."""
        texts: list[tuple[str, str]] = []
        for node in spec.nodes:
            if self.descriptions.own(node):
                texts += [(_shown(one), "") for one in node.iter(EXAMPLES)]
        if spec.name in self.examples and (spec.ns or self.specs.ns) == TEI:
            file, text = self.examples[spec.name]
            path = file.relative_to(self.folder) if file.is_relative_to(self.folder) else Path(file.name)
            texts.append((text, path.as_posix()))
        found = []
        for text, source in texts:
            figure = H.figure({"class": "example"}, H.pre(H.code(text)))
            if source:
                figure.append(H.figcaption("from ", H.code(source)))
            found.append(figure)
        return [H.h4("Example" if len(found) == 1 else "Examples"), *found] if found else []


def _flat(item: Attribute | AttributeList | object) -> list[Attribute]:
    if isinstance(item, AttributeList):
        return list(item.flat())
    return [item] if isinstance(item, Attribute) else []


def _entry(anchor: str, title: str, module: str, parts: Sequence[etree._Element]) -> etree._Element:
    heading = H.h3(H.span({"class": "ident"}, title))
    if module:
        heading.append(H.span({"class": "kind"}, module))
    return H.section({"class": "entry", "id": anchor}, heading, *parts)


def _facts(facts: dict[str, list[etree._Element]]) -> etree._Element:
    rows = [H.div(H.dt(title), H.dd(*body)) for title, body in facts.items() if body]
    return H.dl({"class": "facts"}, *rows)


def _shown(node: etree._Element) -> str:
    """Return an example of an ODD as it is written there, without the namespace of examples."""
    copy = deepcopy(node)
    etree.cleanup_namespaces(copy)
    text = etree.tostring(copy, encoding="unicode", with_tail=False).partition(">")[2].rpartition("</")[0]
    lines = text.replace(' xmlns="http://www.tei-c.org/ns/Examples"', "").strip("\n").rstrip().splitlines()
    depth = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    return "\n".join([lines[0].lstrip(), *(line[depth:] for line in lines[1:])]) if lines else ""
