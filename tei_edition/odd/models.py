"""Takes content models of a schema and says in words and names what an element, attribute or datatype may hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from tei_edition.odd.contents import Contents
from tei_edition.odd.patterns import R
from tei_edition.odd.specs import Attribute, Spec, T
from tei_edition.tei import name

LETTERS = 600
"""A content model longer than this is not written out; what may stand in it is listed anyway."""
_TIMES = {"optional": "?", "zeroOrMore": "*", "oneOrMore": "+"}


@dataclass
class Content:
    """What may stand in an element: which elements, whether words, whether anything of another namespace."""

    elements: set[str] = field(default_factory=set)
    text: bool = False
    anything: bool = False


class Models:
    """The content models of one schema, followed through its classes and macros."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.specs = contents.specs
        self._inside: dict[str, Content] = {}
        self._kinds = {
            spec.ident: spec for kind in ("datatype", "macro", "class", "element") for spec in self.specs.of(kind)
        }

    def inside(self, spec: Spec) -> Content:
        """Return what may stand directly in an element."""
        if spec.ident not in self._inside:
            self._inside[spec.ident] = self._found(spec)
        return self._inside[spec.ident]

    def _found(self, spec: Spec) -> Content:
        found, seen = Content(), set[str]()
        waiting = [self.contents.element(spec)]
        while waiting:
            for node in waiting.pop().iter(R + "ref", R + "text", R + "data", R + "value", R + "list"):
                if name(node) != "ref":
                    found.text = True
                elif (ident := node.get("name", "")) not in seen:
                    seen.add(ident)
                    waiting += self._follow(ident, found)
        return found

    def _follow(self, ident: str, found: Content) -> list[etree._Element]:
        spec = self._kinds.get(ident)
        if ident in self.contents.expansions:
            return [self.contents.expansion(ident)]
        if spec is None:
            found.anything = True
            return []
        if spec.kind == "element":
            found.elements.add(ident)
            return []
        return [self.contents.alternation(ident) if spec.kind == "class" else self.contents.element(spec)]

    def reached(self) -> list[Spec]:
        """Return the elements that a document can hold, in the order of names."""
        found: set[str] = set()
        waiting = [spec.ident for spec in self.specs.first]
        while waiting:
            ident = waiting.pop()
            spec = self.specs.get("element", ident)
            if ident not in found and spec is not None:
                found.add(ident)
                waiting += self.inside(spec).elements
        chosen = [spec for spec in self.specs.of("element") if spec.ident in found]
        return sorted(chosen, key=lambda spec: (spec.name.lower(), spec.name))

    def written(self, spec: Spec) -> str:
        """Return a content model in the manner of a grammar, such as ``head?, p+``; empty where that is too long."""
        text = words(self.contents.element(spec))
        return text if len(text) <= LETTERS else ""

    def value(self, item: Attribute) -> str:
        """Return which values an attribute takes, apart from those it lists."""
        node = item.datatype
        if node is None:
            return "" if item.values is not None and item.values.get("type") == "closed" else "any words"
        kinds = [self._typed(one) for one in node if name(one)]
        least, most = node.get("minOccurs", "1"), node.get("maxOccurs", "1")
        times = {("1", "1"): "", ("1", "unbounded"): ", once or more", ("0", "unbounded"): ", any number of them"}
        return " or ".join(dict.fromkeys(kinds)) + times.get((least, most), f", {least} to {most} of them")

    def _typed(self, node: etree._Element) -> str:
        if node.tag.startswith(R):
            return words(node)
        restriction = f" matching {node.get('restriction')}" if node.get("restriction") else ""
        facets = "".join(f", {one.get('name')} {one.get('value')}" for one in node.iterfind(T + "dataFacet"))
        return f"{node.get('key') or node.get('name') or node.get('ref', 'any words')}{restriction}{facets}"

    def datatype(self, spec: Spec) -> str:
        """Return what a datatype accepts, in the manner of a grammar."""
        return words(self.contents.element(spec))


def words(node: etree._Element) -> str:
    """Return a pattern as people write it down: commas for order, bars for choice, ampersands for any order.

    >>> from tei_edition.odd.patterns import pattern
    >>> words(pattern("group", pattern("optional", pattern("ref", name="head")), pattern("ref", name="p")))
    'head?, p'
    """
    tag = name(node)
    if tag == "ref":
        return node.get("name", "")
    if tag == "value":
        return f"“{node.text or ''}”"
    if tag == "data":
        facets = [f"{one.get('name')} {one.text or ''}" for one in node.iterfind(R + "param")]
        return f"{node.get('type')}{' (' + ', '.join(facets) + ')' if facets else ''}"
    inner = [words(one) for one in node if isinstance(one.tag, str)]
    if tag in _TIMES:
        whole = ", ".join(inner)
        single = len(inner) == 1 and name(node[0]) in ("ref", "text", "data", "value")
        return f"{whole if single else f'({whole})'}{_TIMES[tag]}"
    if tag in ("choice", "interleave"):
        return f"({(' | ' if tag == 'choice' else ' & ').join(inner)})"
    if tag == "list":
        return f"list of {', '.join(inner)}"
    return ", ".join(inner) if inner else {"empty": "nothing", "notAllowed": "impossible"}.get(tag, tag)
