"""Takes an attribute's value and says whether any definition of the attribute in a RELAX NG schema admits it."""

from __future__ import annotations

import copy

from lxml import etree

from tei_edition.relaxng.contents import RNG


class Values:
    """The definitions of one attribute on one element, as a schema of their own, which libxml2 is asked about."""

    def __init__(self, patterns: list[etree._Element], defined: dict[str, list[etree._Element]]) -> None:
        grammar = etree.Element(RNG + "grammar")
        element = etree.SubElement(etree.SubElement(grammar, RNG + "start"), RNG + "element", name="v")
        choice = etree.SubElement(element, RNG + "choice")
        needed: dict[str, None] = {}
        for pattern in patterns:
            choice.append(_whole(pattern, needed))
        done: set[str] = set()
        while waiting := [name for name in needed if name not in done]:
            for name in waiting:
                done.add(name)
                for part in defined.get(name, ()):
                    grammar.append(_whole(part, needed))
        self._judge = etree.RelaxNG(grammar)
        self._known: dict[str, bool] = {}

    def admit(self, attribute: str, value: str) -> bool:
        """Return whether the attribute may have this value."""
        if value not in self._known:
            self._known[value] = bool(self._judge.validate(etree.Element("v", {attribute: value})))
        return self._known[value]


def _whole(pattern: etree._Element, needed: dict[str, None]) -> etree._Element:
    """Return a copy that bears what it had from its ancestors, and note what it refers to."""
    own = copy.deepcopy(pattern)
    for key in ("ns", "datatypeLibrary"):
        nearest = next((up.get(key) for up in (pattern, *pattern.iterancestors()) if up.get(key) is not None), None)
        # An attribute's name takes no namespace from above (RELAX NG, section 4.8).
        if nearest is not None and not (key == "ns" and pattern.tag == RNG + "attribute" and pattern.get("name")):
            own.set(key, nearest)
    for ref in own.iter(RNG + "ref"):
        needed[ref.get("name", "")] = None
    return own
