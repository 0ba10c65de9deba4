"""Takes a RELAX NG grammar in XML and grows random documents that it accepts, to try another grammar on."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from lxml import etree

R = "{http://relaxng.org/ns/structure/1.0}"
DEEP, MANY = 12, 250
WORDS = {
    "ID": "i{}", "IDREF": "i1", "anyURI": "#i1", "boolean": "true", "date": "1945-08-10", "gYear": "1945",
    "gYearMonth": "1945-08", "gMonth": "--08", "gDay": "---10", "gMonthDay": "--08-10", "time": "10:00:00",
    "dateTime": "1945-08-10T10:00:00", "duration": "P1D", "decimal": "0.5", "float": "0.5", "double": "0.5",
    "nonNegativeInteger": "3", "positiveInteger": "3", "integer": "3", "language": "en",
}  # fmt: skip
TRIED = ["1 2", "0,1 1,2", *"a 1 2026-08-10 2026-08-10T10:00:00 10 1/2 1.5cm 0,1 #a a:b en P1D U+0041 1.1 x:y".split()]


class Grown:
    """Documents that a grammar accepts but for values that no sample fits; the caller asks the schema itself."""

    def __init__(self, grammar: etree._Element, chance: random.Random) -> None:
        self.defines: dict[str, list[etree._Element]] = {}
        for define in grammar.iter(R + "define"):
            self.defines.setdefault(define.get("name", ""), []).append(define)
        self.start, self.chance, self.number = grammar.find(R + "start"), chance, 0
        self.height: dict[str, int] = {}
        while self._settle():
            pass

    def _settle(self) -> bool:
        """Learn how deep each definition is at least; say whether anything was new."""
        before = dict(self.height)
        for ident, nodes in self.defines.items():
            self.height[ident] = min(self._deep(node) for node in nodes)
        return before != self.height

    def _deep(self, node: etree._Element) -> int:
        tag = etree.QName(node).localname
        inner = [self._deep(child) for child in _patterns(node)]
        if tag == "ref":
            return self.height.get(node.get("name", ""), 99)
        if tag == "choice":
            return min(inner, default=99)
        if tag in ("optional", "zeroOrMore", "attribute", "text", "empty", "data", "value", "list"):
            return 0
        if tag == "notAllowed":
            return 99
        return min(99, max(inner, default=0) + (tag == "element"))

    def document(self) -> etree._Element:
        """Return one document."""
        holder = etree.Element("holder")
        assert self.start is not None
        for child in self.start:
            self._grow(child, holder, 0)
        return holder[0]

    def _grow(self, node: etree._Element, into: etree._Element, depth: int) -> None:
        if not (isinstance(node.tag, str) and node.tag.startswith(R)):
            return
        tag, children = etree.QName(node).localname, _patterns(node)
        small = depth > DEEP or self.number > MANY
        if tag == "ref":
            for define in self.defines[node.get("name", "")][:1]:
                for child in define:
                    self._grow(child, into, depth)
        elif tag == "element":
            self._element(node, into, depth)
        elif tag == "attribute":
            self._attribute(node, into)
        elif tag == "text":
            self._say(into, "words ")
        elif tag in ("data", "value", "list"):
            self._say(into, self._value(node))
        elif tag == "choice":
            least = min(self._deep(one) for one in children)
            most = least if small else 98
            self._grow(
                self.chance.choice([one for one in children if self._deep(one) <= most] or children), into, depth
            )
        elif tag in ("optional", "zeroOrMore", "oneOrMore"):
            most = 1 if tag == "optional" else 3
            times = (
                0
                if small or min(self._deep(one) for one in children) > 20
                else self.chance.choice([0, 0, *range(most + 1)])
            )
            for _ in range(max(times, tag == "oneOrMore")):
                for child in children:
                    self._grow(child, into, depth)
        elif tag in ("group", "interleave"):
            for child in children:
                self._grow(child, into, depth)

    def _element(self, node: etree._Element, into: etree._Element, depth: int) -> None:
        self.number += 1
        ns = next((one.get("ns") for one in (node, *node.iterancestors()) if one.get("ns") is not None), "")
        name = node.get("name")
        if name is None:
            into.append(etree.Element("{urn:strange}strange"))
            return
        made = etree.SubElement(into, f"{{{ns}}}{name}" if ns else name)
        for child in node:
            self._grow(child, made, depth + 1)

    def _attribute(self, node: etree._Element, into: etree._Element) -> None:
        prefix, colon, local = (node.get("name") or "strange").rpartition(":")
        ns = node.get("ns") or (node.nsmap.get(prefix) if colon and prefix != "xml" else None)
        ns = "http://www.w3.org/XML/1998/namespace" if prefix == "xml" else ns
        content = [
            child for child in _patterns(node) if etree.QName(child).localname not in ("anyName", "name", "nsName")
        ]
        value = self._value(content[0]) if content else "a"
        into.set(f"{{{ns}}}{local}" if ns else local, value)

    def _value(self, node: etree._Element) -> str:
        tag = etree.QName(node).localname
        children = _patterns(node)
        if tag == "value":
            return node.text or ""
        if tag == "ref":
            return self._value(_patterns(self.defines[node.get("name", "")][0])[0])
        if tag == "choice":
            return self._value(self.chance.choice(children))
        if tag in ("list", "group", "oneOrMore"):
            return " ".join(self._value(child) for child in children)
        if tag in ("optional", "zeroOrMore"):
            return self._value(children[0]) if self.chance.random() < 0.5 else ""
        if tag != "data":
            return "a" if tag == "text" else ""
        self.number += 1
        word = WORDS.get(node.get("type", ""), "a").format(self.number)
        patterns = [one.text or "" for one in children if one.get("name") == "pattern"]
        return next((one for one in (word, *TRIED) if all(_fits(one, pattern) for pattern in patterns)), word)

    def _say(self, into: etree._Element, words: str) -> None:
        if len(into):
            into[-1].tail = (into[-1].tail or "") + words
        else:
            into.text = (into.text or "") + words


def _patterns(node: etree._Element) -> list[etree._Element]:
    return [child for child in node if isinstance(child.tag, str) and child.tag.startswith(R)]


def _fits(word: str, pattern: str) -> bool:
    plain = pattern.replace(r"[^\p{C}\p{Z}]", r"\S").replace(r"\p{L}", "a-zA-Z").replace(r"\p{N}", "0-9")
    try:
        return re.fullmatch(re.sub(r"\\p\{\w+\}", "a-zA-Z", plain), word) is not None
    except re.error:
        return False


def grown(grammar: etree._Element, many: int, chance: random.Random) -> Iterator[etree._Element]:
    """Return so many documents of a grammar."""
    garden = Grown(grammar, chance)
    for _ in range(many):
        garden.number = 0
        yield garden.document()
