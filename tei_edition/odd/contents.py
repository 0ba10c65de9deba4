"""Takes the content models of an ODD and gives RELAX NG patterns for them (TEI Guidelines, chapter 22.5)."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from tei_edition.odd.patterns import RNG, R, choice, group, occurrence, occurring, pattern
from tei_edition.odd.specs import KINDS, Spec, Specs, T
from tei_edition.tei import TEI, name

PREFIXES = {"teix": "http://www.tei-c.org/ns/Examples", "tei": TEI, "rng": RNG}
EXPANSIONS = ("alternation", "sequence", "sequenceOptional", "sequenceOptionalRepeatable", "sequenceRepeatable")
Anything = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
"""Which namespaces anyElement asks for, and which namespaces and names it leaves out."""
Missing = Callable[[etree._Element, str], None]
"""Told about a node of a content model and the name in it that the schema does not have."""


class Contents:
    """Content models of one schema, as patterns that refer to each other by name.

    Three absences differ, as in the TEI's own compiler: an element or class that the schema does without is left out
    of a sequence or choice; a sequence or choice of which nothing is left is empty; a class that is there and has no
    members can never be matched.
    """

    def __init__(self, specs: Specs, missing: Missing) -> None:
        self.specs = specs
        self.missing = missing
        self.any_element: dict[Anything, str] = {}
        self.expansions: dict[str, tuple[str, str]] = {}
        self._members: dict[str, list[Spec]] = {}
        for spec in specs.by_name.values():
            if spec.kind == "element" or (spec.kind == "class" and spec.type == "model"):
                for ident in spec.classes:
                    self._members.setdefault(ident, []).append(spec)

    def element(self, spec: Spec) -> etree._Element:
        """Return the content of an element, or of a macro or datatype."""
        return self._all(spec.content) if spec.content is not None else pattern("empty")

    def alternation(self, ident: str) -> etree._Element:
        """Return the choice between the members of a class."""
        return choice([self._member(spec) for spec in self._members.get(ident, []) if self._inhabited(spec, set())])

    def _member(self, spec: Spec) -> etree._Element:
        return pattern("ref", name=spec.ident)

    def _inhabited(self, spec: Spec, seen: set[str]) -> bool:
        if spec.kind == "element" or spec.ident in self.specs.patterns:
            return True
        members = [] if spec.ident in seen else self._members.get(spec.ident, [])
        return any(self._inhabited(member, seen | {spec.ident}) for member in members)

    def node(self, node: etree._Element) -> etree._Element:
        """Return the pattern of one node, for places where something has to stand."""
        one = self._one(node)
        return pattern("text") if one is None else one

    def _all(self, parent: etree._Element, tag: str = "group") -> etree._Element:
        found = [self._one(child) for child in parent if name(child)]
        return group([one for one in found if one is not None], tag)

    def _one(self, node: etree._Element) -> etree._Element | None:
        """Return the pattern of one node of a content model, or None for what the schema does without."""
        if node.tag.startswith(R):
            return self._embedded(node)
        tag, (least, most) = name(node), occurrence(node)
        one: etree._Element | None
        if tag == "sequence":
            children = [self._one(child) for child in node if name(child)]
            found = [child for child in children if child is not None]
            one = group(found, "interleave" if node.get("preserveOrder") == "false" else "group")
        elif tag == "alternate":
            children = [self._one(child) for child in node if name(child)]
            found = [child for child in children if child is not None]
            one = choice(found) if found else pattern("empty")
        elif tag == "elementRef":
            one = self._reference("element", node)
        elif tag == "macroRef":
            one = self._reference("macro", node)
        elif tag == "classRef":
            return self._class(node, least, most)
        elif tag == "dataRef":
            one = self.data(node)
        elif tag == "valList":
            one = choice([pattern("value", text=item.get("ident", "")) for item in node.iterfind(T + "valItem")])
        elif tag == "textNode":
            one = pattern("text")
        elif tag == "anyElement":
            one = pattern("ref", name=self._any(node))
        else:
            if tag != "empty":
                self.missing(node, tag)
            one = pattern("empty")
        return None if one is None else occurring(one, least, most)

    def _reference(self, kind: str, node: etree._Element) -> etree._Element | None:
        spec = self.specs.get(kind, node.get("key", ""))
        return None if spec is None else self._member(spec)

    def _class(self, node: etree._Element, least: int, most: int | None) -> etree._Element | None:
        """Return a class in one of the five ways of @expand."""
        ident, expand = node.get("key", ""), node.get("expand", "alternate")
        spec = self.specs.get("class", ident)
        if spec is None:
            return None
        if expand not in ("alternate", "alternation"):
            inner = {"sequenceOptional": (0, 1), "sequenceRepeatable": (1, None)}
            times = inner.get(expand, (1, 1) if expand == "sequence" else (0, None))
            return occurring(group([occurring(one, *times) for one in self._flat(ident, set())]), least, most)
        include, leave = node.get("include"), node.get("except", "").split()
        if include is None and not leave:
            live = self._inhabited(spec, set())
            return occurring(self._member(spec) if live else pattern("notAllowed"), least, most)
        chosen = [
            self._member(member)
            for member in self._members.get(ident, [])
            if (include is None or member.ident in include.split()) and member.ident not in leave
        ]
        return occurring(choice(chosen), least, most)

    def _flat(self, ident: str, seen: set[str]) -> list[etree._Element]:
        """Return the elements of a class and its subclasses in order."""
        found: list[etree._Element] = []
        for spec in self._members.get(ident, []):
            if spec.kind == "element":
                found.append(self._member(spec))
            elif spec.ident not in seen:
                found += self._flat(spec.ident, seen | {ident})
        return found

    def data(self, node: etree._Element) -> etree._Element:
        """Return the pattern of a dataRef: a datatype of XML Schema, or what a dataSpec says."""
        restriction = node.get("restriction")
        if key := node.get("key"):
            spec = self.specs.get("datatype", key)
            if spec is None or spec.content is None:
                self.missing(node, key)
                return pattern("text")
            found = self._all(spec.content)
            if restriction and name(found) == "data":
                found.append(pattern("param", text=restriction, name="pattern"))
            return found
        if not (type_name := node.get("name")):
            self.missing(node, node.get("ref", ""))
            return pattern("text")
        facets = [(item.get("name", ""), item.get("value", "")) for item in node.iterfind(T + "dataFacet")]
        if restriction:
            facets.insert(0, ("pattern", restriction))
        return pattern("data", *[pattern("param", text=value, name=facet) for facet, value in facets], type=type_name)

    def _any(self, node: etree._Element) -> str:
        leave = tuple(excepted(node.get("except", ""), node)) or tuple(self.specs.exceptions)
        key = tuple(node.get("require", "").split()), leave
        return self.any_element.setdefault(key, f"any.element.{len(self.any_element) + 1}")

    def anything(self, key: Anything, define: str) -> etree._Element:
        """Return an element of another namespace with whatever attributes and content.

        The schema's own elements are left out: RELAX NG forbids two types for the same ``xml:id``.
        """
        require, leave = key
        own = {self.specs.ns} | {ns for ns, local in leave if not local}
        known = [
            *((ns, local) for ns, local in leave if local),
            *self.specs.strangers,
            *((spec.ns, spec.name) for spec in self.specs.of("element") if spec.ns is not None),
        ]
        strange = [(ns, local) for ns, local in dict.fromkeys(known) if ns not in own]
        if require:
            chosen = [pattern("nsName", *_but(ns, strange), ns=ns) for ns in require if ns not in own]
            which = choice(chosen) if chosen else pattern("notAllowed")
        else:
            names = [pattern("name", text=local, ns=ns) for ns, local in strange]
            spaces = [pattern("nsName", ns=ns) for ns in sorted(own)]
            which = pattern("anyName", pattern("except", *spaces, *names))
        if name(which) == "notAllowed":
            return which
        attributes = pattern("zeroOrMore", pattern("attribute", pattern("anyName")))
        inside = pattern("zeroOrMore", pattern("choice", pattern("text"), pattern("ref", name=define)))
        return pattern("element", which, attributes, inside)

    def _embedded(self, node: etree._Element) -> etree._Element:
        """Return RELAX NG written in the ODD itself, without notes.

        What it names and the schema does without is left out, as in the TEI's own compiler: of a choice that branch,
        elsewhere nothing stands in its place. What no source knows is a finding.
        """
        copy = deepcopy(node)
        copy.tail = None
        for child in list(copy.iter()):
            parent = child.getparent()
            if not (isinstance(child.tag, str) and child.tag.startswith(R)):
                if parent is not None:
                    parent.remove(child)
                continue
            for key in [key for key in map(str, child.attrib) if key.startswith("{")]:
                del child.attrib[key]
            if child.tag != R + "ref" or self._named(child):
                continue
            if not self.specs.knows(child.get("name", "")):
                self.missing(node, child.get("name", ""))
            if parent is not None and parent.tag == R + "choice" and len(parent) > 1:
                parent.remove(child)
            else:
                child.tag = R + "empty"
                child.attrib.clear()
        return copy

    def _named(self, ref: etree._Element) -> bool:
        """Say whether a reference leads somewhere; take the schema's prefix, or a way to expand a class, from it."""
        ident = ref.get("name", "")
        bare = ident.removeprefix(self.specs.prefix)
        for one in dict.fromkeys((ident, bare)):
            if one in self.specs.patterns or any((kind, one) in self.specs.by_name for kind in KINDS.values()):
                ref.set("name", one)
                return True
            stem, _, expand = one.rpartition("_")
            if expand in EXPANSIONS and self.specs.get("class", stem):
                ref.set("name", self.expanded(stem, expand))
                return True
        return False

    def expanded(self, ident: str, expand: str) -> str:
        """Return the name of the pattern for a class that embedded RELAX NG asks for in one way of @expand."""
        self.expansions[f"{ident}_{expand}"] = ident, expand
        return f"{ident}_{expand}"

    def expansion(self, define: str) -> etree._Element:
        """Return the pattern of such a name."""
        ident, expand = self.expansions[define]
        found = self._class(etree.Element(T + "classRef", key=ident, expand=expand), 1, 1)
        return pattern("notAllowed") if found is None else found


def excepted(words: str, node: etree._Element) -> list[tuple[str, str]]:
    """Return namespaces, and names as namespace and name, of a list such as that of anyElement/@except."""
    found = []
    for word in words.split():
        prefix, colon, local = word.partition(":")
        uri = node.nsmap.get(prefix) or PREFIXES.get(prefix) if colon and "/" not in word else None
        found.append((uri, local) if uri else (word, ""))
    return found


def _but(ns: str, strange: list[tuple[str, str]]) -> list[etree._Element]:
    inside = [pattern("name", text=local, ns=one) for one, local in strange if one == ns]
    return [pattern("except", *inside)] if inside else []
