"""Takes what an ODD says in words of its elements, attributes and values, and gives it as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from lxml import etree
from lxml.builder import ElementMaker

from tei_edition.odd.specs import Specs, T
from tei_edition.tei import LANG, TEI, name


class Maker(Protocol):
    """Makes elements of HTML."""

    def __getattr__(self, tag: str) -> Callable[..., etree._Element]: ...


H: Maker = ElementMaker()
Link = Callable[[str], etree._Element | None]
"""Gives a link to an element of the schema by its name, or None for a name that the schema does not have."""
_CODE = {"code", "ident", "val", "tag", "eg"}
_ITALIC = {"hi", "emph", "term", "title", "foreign", "gloss"}
_QUOTED = {"q", "soCalled", "mentioned", "quote", "said"}


class Descriptions:
    """The words of one ODD, in one language, and of the TEI's source where the ODD has none."""

    def __init__(self, specs: Specs, link: Link) -> None:
        self.language, self._link = specs.language, link
        self._own: dict[etree._Element, bool] = {}
        self.borrowed = False
        """Whether words of the TEI's source were used."""

    def own(self, node: etree._Element) -> bool:
        """Say whether markup stands in an ODD and not in the TEI's own source."""
        root = node.getroottree().getroot()
        if root not in self._own:
            self._own[root] = next(root.iter(T + "schemaSpec"), None) is not None
        return self._own[root]

    def chosen(self, nodes: Iterable[etree._Element], tag: str) -> list[etree._Element]:
        """Return the desc, gloss or remarks that holds, in the language of the page where it is there."""
        for node in nodes:
            found = [one for one in node.iterfind(T + tag) if one.get("type") != "deprecationInfo"]
            for language in (self.language, self.language.partition("-")[0], "", "en"):
                spoken = [one for one in found if one.get(LANG, "") == language]
                if spoken:
                    return spoken
            if found:
                return found[:1]
        return []

    def told(self, nodes: Sequence[etree._Element], *tags: str) -> list[etree._Element]:
        """Return paragraphs with what is said of something; words of the TEI's source are marked as such."""
        found = []
        for tag in tags:
            for one in self.chosen(nodes, tag):
                if _repeats(one):
                    continue
                if tag == "remarks" and not self.own(one):
                    continue  # the TEI's remarks speak of its Guidelines, which are not on this page
                blocks = [self._block(child) for child in one if name(child) in ("p", "list", "ab")]
                blocks = blocks or [self.inline(one, H.p())]
                if not self.own(one):
                    self.borrowed = True
                    for block in blocks:
                        block.set("class", "borrowed")
                for block in blocks:
                    if language := one.get(LANG):
                        block.set("lang", language)
                found += [block for block in blocks if len(block) or (block.text or "").strip()]
        return found

    def line(self, nodes: Sequence[etree._Element]) -> list[etree._Element]:
        """Return a gloss and a description as one run of words."""
        found = []
        for tag in ("gloss", "desc"):
            for one in self.chosen(nodes, tag)[:1]:
                if _repeats(one) or (tag == "gloss" and not self.own(one) and self.chosen(nodes, "desc")):
                    continue
                span = self.inline(one, H.span())
                if not self.own(one):
                    self.borrowed = True
                    span.set("class", "borrowed")
                span.tail = " "
                found.append(span)
        return found

    def _block(self, node: etree._Element) -> etree._Element:
        if name(node) == "list":
            return H.ul(*[self.inline(item, H.li()) for item in node.iterfind(T + "item")])
        return self.inline(node, H.p())

    def inline(self, node: etree._Element, into: etree._Element) -> etree._Element:
        """Put the words of a node into an element of HTML, with references to elements as links."""
        _add(into, node.text)
        for child in node:
            made = self._made(child)
            if made is not None:
                into.append(made)
            _add(into, child.tail)
        return into

    def _made(self, node: etree._Element) -> etree._Element | None:
        tag = name(node)
        if not tag or etree.QName(node).namespace != TEI:
            return None
        words = " ".join("".join(map(str, node.itertext())).split())
        if tag == "gi":
            return self._link(words) if self._link(words) is not None else H.code(f"<{words}>")
        if tag == "att":
            return H.code(f"@{words}")
        if tag in _CODE:
            return H.code(words)
        if tag in ("ref", "ptr"):
            target = node.get("target", "")
            if target.startswith(("https://", "http://")):
                return H.a(words or target, href=target)
            return H.span(words)
        if tag in _QUOTED:
            return H.span(f"“{words}”")
        return self.inline(node, H.em() if tag in _ITALIC else H.span())


def _repeats(node: etree._Element) -> bool:
    """Say whether a gloss is the name that it explains."""
    parent = node.getparent()
    words = "".join(map(str, node.itertext())).replace(" ", "").lower()
    return parent is not None and name(node) == "gloss" and words == (parent.get("ident") or "").lower()


def _add(into: etree._Element, text: str | None) -> None:
    words = " ".join(f"^{text or ''}^".split())[1:-1]
    if len(into):
        into[-1].tail = (into[-1].tail or "") + words
    else:
        into.text = (into.text or "") + words
