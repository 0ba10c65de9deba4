"""Takes an opened file and gives what a RELAX NG schema does not allow in it as findings.

libxml2 is the judge of what is valid. Of an invalid document it says little: it stops at its first doubt and often
names an element far above the mistake. So the mistakes are looked for here, with libxml2 as the judge of each step:

1. What no context allows (a name, an attribute, text) is known from the schema alone; it is taken out of a copy.
2. In what is left, an element that is not valid by itself though all its children are is where a mistake sits.
3. There, an attribute or a child without which the element is valid is the mistake.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from difflib import get_close_matches

from lxml import etree

from tei_edition.location import called, line
from tei_edition.opened import Opened
from tei_edition.pointers import NCNAME
from tei_edition.relaxng.contents import ANY, RNG, Contents, contents, definitions, local, names
from tei_edition.relaxng.values import Values
from tei_edition.schematron import SchemaBroken
from tei_edition.tei import ID

_MISSING = re.compile(r"Expecting an element (\S+), got nothing")
_TRIALS = 100_000
"""Elements that may be looked at while the children of one element are left out by turns."""


class Grammar:
    """A RELAX NG schema, ready to be held against documents."""

    def __init__(self, schema: etree._Element) -> None:
        for node in schema.iter(RNG + "include", RNG + "externalRef"):
            message = f"The schema reads another file (“{node.get('href')}”); give one that holds everything."
            raise SchemaBroken(message, line(node))
        self._schema = schema
        self._judge = _judge(schema)
        self._alone: etree.RelaxNG | None = None
        self._defined = definitions(schema)
        self.contents, self.roots = contents(schema, self._defined)
        self._values: dict[tuple[str, str], Values] = {}

    def check(self, opened: Opened) -> None:
        """Remark on what the schema does not allow; nothing for a valid document."""
        if self._judge.validate(opened.root):
            return
        if not _Search(opened, self, self._alone_judge()).run(self._judge):
            message = f"This “{local(opened.root.tag)}” is not what the schema allows."
            opened.remark("content-not-allowed", message, at=opened.root)

    def admits(self, element: str, attribute: str, value: str) -> bool:
        """Return whether an attribute may have a value, as far as no context says otherwise."""
        own = self.contents[element]
        if attribute not in own.patterns or attribute == ID:
            return True
        if (element, attribute) not in self._values:
            self._values[element, attribute] = Values(own.patterns[attribute], self._defined)
        return self._values[element, attribute].admit(attribute, value)

    def _alone_judge(self) -> etree.RelaxNG:
        """Return a judge of the same schema for which every element can be the root."""
        if self._alone is None:
            whole = copy.deepcopy(self._schema)
            if whole.tag != RNG + "grammar":
                root, whole = whole, etree.Element(RNG + "grammar")
                whole.append(root)
            elements = [node for node in whole.iter(RNG + "element") if ANY not in names(node)]
            for node in list(whole.iterchildren(RNG + "start")):
                whole.remove(node)
            choice = etree.SubElement(etree.SubElement(whole, RNG + "start"), RNG + "choice")
            for number, node in enumerate(elements):
                name = f"alone-{number}"
                etree.SubElement(choice, RNG + "ref", name=name)
                parent = node.getparent()
                if parent is not None and parent is not whole:
                    parent.replace(node, etree.Element(RNG + "ref", name=name))
                etree.SubElement(whole, RNG + "define", name=name).append(node)
            self._alone = _judge(whole)
        return self._alone


def _judge(schema: etree._Element) -> etree.RelaxNG:
    try:
        return etree.RelaxNG(schema)
    except etree.RelaxNGParseError as error:
        raise SchemaBroken(f"This is no RELAX NG schema: {str(error).rstrip('.')}.") from None


class _Search:
    """Looks for the mistakes of one document, in a copy that loses what is found."""

    def __init__(self, opened: Opened, grammar: Grammar, alone: etree.RelaxNG) -> None:
        self._opened, self._grammar, self._alone = opened, grammar, alone
        self._contents, self._roots = grammar.contents, grammar.roots
        self._root = copy.deepcopy(opened.root)
        self._places = dict(zip(self._root.iter(), opened.root.iter(), strict=True))
        self._wild: set[etree._Element] = set()
        """Elements under a wildcard, about which the schema says nothing more."""
        self._changed: set[etree._Element] = set()
        """Elements that lost something, so that their being incomplete says nothing."""
        ids = [str(element.get(ID)) for element in self._root.iter("*") if element.get(ID) is not None]
        # libxml2 refuses ids that stand twice or are no names; the check of ids says that in its own words.
        self._explained = len(ids) > len(set(ids)) or not all(map(NCNAME.fullmatch, ids))
        for number, element in enumerate(self._root.iter("*")):
            if element.get(ID) is not None:
                element.set(ID, f"i{number}")

    def run(self, judge: etree.RelaxNG) -> bool:
        """Remark on the mistakes; return whether what was found explains anything."""
        out: list[etree._Element] = []
        for element in list(self._places):
            if isinstance(element.tag, str) and not self._is_wild(element):
                if self._misplaced(element):
                    out.append(element)
                if element.tag in self._contents:
                    self._stripped(element, self._contents[element.tag])
        for element in out:
            _cut(element)
        if not judge.validate(self._root):
            self._descend(self._root)
        return self._explained

    def _remark(
        self,
        rule: str,
        message: str,
        at: etree._Element,
        attribute: str | None = None,
        hint: str = "",
        near: etree._Element | None = None,
    ) -> None:
        self._explained = True
        place = None if near is None else self._places[near]
        self._opened.remark(rule, message, at=self._places[at], attribute=attribute, near=place, hint=hint or None)

    def _is_wild(self, element: etree._Element) -> bool:
        parent = element.getparent()
        above = self._contents.get(str(parent.tag)) if parent is not None else None
        wild = parent in self._wild or (
            above is not None and ANY in above.elements and element.tag not in above.elements
        )
        if wild:
            self._wild.add(element)
        return wild

    def _misplaced(self, element: etree._Element) -> bool:
        parent, own = element.getparent(), self._contents.get(str(element.tag))
        above = self._contents.get(str(parent.tag)) if parent is not None else None
        allowed = self._roots if parent is None else above.elements if above else None
        if (allowed is None and own) or (allowed is not None and {element.tag, ANY} & allowed):
            return False
        rule, name = "element-not-allowed", local(element.tag)
        known = [] if self._opened.full(rule) else sorted(local(tag) for tag in allowed or ())
        hint = _listed("Allowed here", known)
        if own is None:
            message = f"“{called(element)}” is not an element of this schema."
            hint = _similar(name, known) or hint
        elif parent is None:
            message = f"“{name}” is not a root that the schema allows."
        else:
            message = f"“{name}” is not allowed in “{local(parent.tag)}”."
        self._remark(rule, message, element, hint=hint)
        if parent is not None:
            self._changed.add(parent)
        return parent is not None

    def _stripped(self, element: etree._Element, own: Contents) -> None:
        rule, name, given = "attribute-not-allowed", local(element.tag), set(map(str, element.keys()))
        for attribute in [] if ANY in own.attributes else list(map(str, element.keys())):
            if attribute not in own.attributes:
                known = [] if self._opened.full(rule) else sorted(map(local, own.attributes))
                hint = _similar(local(attribute), known)
                message = f"“{called(element, attribute)}” is not an attribute of “{name}”."
                self._remark(rule, message, element, attribute, hint)
                del element.attrib[attribute]
            elif not self._grammar.admits(str(element.tag), attribute, element.get(attribute, "")):
                value = " ".join(element.get(attribute, "").split())
                message = f"“{value}” cannot be the value of “{called(element, attribute)}” on “{name}”."
                hint = _listed("Write one of", own.values.get(attribute, ()))
                self._remark("value-not-allowed", message, element, attribute, hint)
                del element.attrib[attribute]
                if attribute in (own.required or ()):
                    self._changed.add(element)
        for attribute in sorted((own.required or set()) - given - {ANY}):
            message = f"“{name}” lacks the attribute “{local(attribute)}”."
            hint = _listed("Give it one of", own.values.get(attribute, ()))
            self._remark("attribute-missing", message, element, hint=hint)
            self._changed.add(element)
        stray = None if own.text or ANY in own.elements else _cut_text(element)
        if stray:
            holds = [tag for tag in ("p", "head", "item", "desc") if tag in set(map(local, own.elements))]
            message = f"“{name}” may not hold text of its own: “{_start(stray[1])}”."
            hint = f"Put it into a “{holds[0]}”." if holds else ""
            self._remark("text-not-allowed", message, element, hint=hint, near=stray[0])

    def _descend(self, element: etree._Element) -> None:
        children = [child for child in element.iterchildren("*") if child not in self._wild]
        doubtful = [child for child in children if not self._alone.validate(child)]
        for child in doubtful:
            self._descend(child)
        if not doubtful and element not in self._changed and not self._alone.validate(element):
            self._mistake(element, children)

    def _mistake(self, element: etree._Element, children: list[etree._Element]) -> None:
        """Remark on the content of an element that is not valid by itself though all its children are."""
        name, own = local(element.tag), self._contents.get(str(element.tag), Contents())
        missing = _MISSING.search(self._doubts())
        child = self._out_of_place(element, children)
        if child is not None:
            message = f"“{local(child.tag)}” does not fit at this place in “{name}”."
            self._remark("element-not-allowed", message, child)
            return
        if own.text and not own.elements:
            message = f"“{_start(_own_text(element))}” cannot be the content of “{name}”."
            self._remark("value-not-allowed", message, element)
        elif missing or not children:
            hint = f"“{missing[1]}”, or what may stand in its place, is expected." if missing else ""
            self._remark("content-incomplete", f"The content of “{name}” is incomplete.", element, hint=hint)
        else:
            message = f"What “{name}” holds is not complete, or not in an order that the schema allows."
            self._remark("content-not-allowed", message, element)

    def _out_of_place(self, element: etree._Element, children: list[etree._Element]) -> etree._Element | None:
        """Return the child without which the element is valid; of two in the wrong order, the later one."""
        size = sum(1 for _ in element.iter())
        for child in children[: -1 - max(1, _TRIALS // size) : -1]:
            place, parts = element.index(child), (element.text, child.tail)
            before = child.getprevious()
            trailing = None if before is None else before.tail
            _cut(child)
            fits = self._alone.validate(element)
            child.tail = None
            element.insert(place, child)
            element.text, child.tail = parts
            if before is not None:
                before.tail = trailing
            if fits:
                return child
        return None

    def _doubts(self) -> str:
        return "\n".join(entry.message for entry in self._alone.error_log)


def _cut(element: etree._Element) -> None:
    """Take an element out of its parent and leave the text after it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)


def _cut_text(element: etree._Element) -> tuple[etree._Element, str] | None:
    """Take out an element's own text; return where it began (an element before it), and all of it."""
    words = _own_text(element)
    if not words.strip():
        return None
    before = element
    if not (element.text or "").strip():
        before = next(child for child in element if (child.tail or "").strip())
    element.text = None
    for child in element:
        child.tail = None
    return before, words


def _own_text(element: etree._Element) -> str:
    return " ".join([element.text or "", *(child.tail or "" for child in element)])


def _start(words: str) -> str:
    own = " ".join(words.split())
    return own if len(own) <= 40 else own[:39] + "…"


def _listed(label: str, words: Iterable[str]) -> str:
    listed = sorted(set(words))
    return f"{label}: {', '.join(listed)}." if 0 < len(listed) <= 15 and ANY not in listed else ""


def _similar(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1, 0.75) if len(name) < 50 else []
    return f"Write “{near[0]}”." if near and near[0] != name else ""
