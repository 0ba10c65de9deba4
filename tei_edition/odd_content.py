"""Takes the content models of an ODD and gives RELAX NG patterns for them (TEI Guidelines, chapter 22.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from tei_edition.odd_specs import Spec, Specs, T
from tei_edition.tei import name

RNG = "http://relaxng.org/ns/structure/1.0"
R = f"{{{RNG}}}"
_PLAIN: Any = {None: RNG}
Missing = Callable[[etree._Element, str], None]
"""Told about a node of a content model and the name in it that the schema does not have."""


def pattern(tag: str, *children: etree._Element, text: str | None = None, **attributes: str) -> etree._Element:
    """Return a RELAX NG element; patterns are copied in, so that one may be used twice."""
    node = etree.Element(R + tag, attributes, nsmap=_PLAIN)
    node.text = text
    for child in children:
        node.append(deepcopy(child))
    return node


def choice(patterns: Sequence[etree._Element]) -> etree._Element:
    """Return a choice of patterns; one that cannot match is no choice, one alone needs none."""
    live = [one for one in patterns if name(one) != "notAllowed"]
    full = [one for one in live if name(one) != "empty"]
    if not live:
        return pattern("notAllowed")
    if not full:
        return pattern("empty")
    one = full[0] if len(full) == 1 else pattern("choice", *full)
    return one if len(full) == len(live) else occurring(one, 0, 1)


def group(patterns: Sequence[etree._Element], tag: str = "group") -> etree._Element:
    """Return a group (or interleave) of patterns, without what is empty; impossible when one of them is."""
    if any(name(one) == "notAllowed" for one in patterns):
        return pattern("notAllowed")
    full = [one for one in patterns if name(one) != "empty"]
    if not full:
        return pattern("empty")
    return full[0] if len(full) == 1 else pattern(tag, *full)


def occurring(one: etree._Element, least: int, most: int | None) -> etree._Element:
    """Return a pattern repeated from least to most times; most is None where there is no end.

    >>> name(occurring(pattern("text"), 0, None))
    'zeroOrMore'
    """
    if name(one) == "empty" or most == 0:
        return pattern("empty")
    if name(one) == "notAllowed":
        return pattern("empty") if least == 0 else one
    if most is None:
        again = pattern("oneOrMore" if least == 1 else "zeroOrMore", one)
        return again if least < 2 else group([*[one] * least, again])
    rest = pattern("empty")
    for _ in range(most - least):
        rest = pattern("optional", group([one, rest]))
    return group([*[one] * least, rest])


def occurrence(node: etree._Element) -> tuple[int, int | None]:
    """Return @minOccurs and @maxOccurs of a node of a content model; both are 1 unless told."""
    least, most = node.get("minOccurs", "1"), node.get("maxOccurs", "1")
    low = int(least) if least.isdecimal() else 1
    if most == "unbounded":
        return low, None
    return low, max(low, int(most) if most.isdecimal() else 1)


class Contents:
    """Content models of one schema, as patterns that refer to each other by name.

    Two absences differ, as in the TEI's own compiler: an element or class that the schema does without is left out
    of a sequence; a class that is there and has no members can never be matched.
    """

    def __init__(self, specs: Specs, missing: Missing) -> None:
        self.specs = specs
        self.missing = missing
        self.any_element: dict[tuple[str, ...], str] = {}
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
        if spec.kind == "element":
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
            one = group(found, "interleave" if node.get("preserveOrder") == "false" else "group") if found else None
        elif tag == "alternate":
            children = [self._one(child) for child in node if name(child)]
            found = [child for child in children if child is not None]
            one = choice(found) if found else None
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
        if expand != "alternate":
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
        key = node.get("require", ""), node.get("except", "")
        return self.any_element.setdefault(key, f"any.element.{len(self.any_element) + 1}")

    def anything(self, key: tuple[str, ...], define: str) -> etree._Element:
        """Return an element of another namespace with whatever attributes and content.

        The schema's own elements are left out: RELAX NG forbids two types for the same ``xml:id``.
        """
        require, leave = key
        own = {self.specs.ns} | set(leave.split())
        known = [*self.specs.strangers, *((spec.ns, spec.name) for spec in self.specs.of("element") if spec.ns)]
        spaces = [pattern("nsName", ns=ns) for ns in require.split() if ns not in own]
        strange = [pattern("name", text=one, ns=ns) for ns, one in dict.fromkeys(known) if ns not in own]
        if spaces:
            which = choice(spaces)
        else:
            which = pattern("anyName", pattern("except", *[pattern("nsName", ns=ns) for ns in sorted(own)], *strange))
        attributes = pattern("zeroOrMore", pattern("attribute", pattern("anyName")))
        inside = pattern("zeroOrMore", pattern("choice", pattern("text"), pattern("ref", name=define)))
        return pattern("element", which, attributes, inside)

    def _embedded(self, node: etree._Element) -> etree._Element:
        """Return RELAX NG written in the ODD itself, without notes and with a finding for each dangling name."""
        copy = deepcopy(node)
        copy.tail = None
        for child in copy.iter():
            if not (isinstance(child.tag, str) and child.tag.startswith(R)):
                parent = child.getparent()
                if parent is not None:
                    parent.remove(child)
            elif child.tag == R + "ref" and not self._named(child.get("name", "")):
                self.missing(node, child.get("name", ""))
                child.tag = R + "notAllowed"
                del child.attrib["name"]
        return copy

    def _named(self, ident: str) -> bool:
        return any((kind, ident) in self.specs.by_name for kind in ("element", "class", "macro"))
