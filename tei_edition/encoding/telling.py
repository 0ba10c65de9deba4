"""Takes an encoded text and gives the transcript that it tells, as ``xslt/transcript.xsl`` prints it, without XSLT.

Encoding asks this of every document that it makes, to hold the promise that no character is lost.
"""

from __future__ import annotations

import re

from lxml import etree

from tei_edition.encoding.spelling import AS, BREAK, TARGET, marks
from tei_edition.tei import TEI

_STRUCTURE = frozenset(
    f"{{{TEI}}}{called}"
    for called in "TEI text front body back group div floatingText sp list table row listBibl lg figure".split()
)
"""Elements that hold blocks, and no words of their own."""
_ESCAPED = re.compile(r"\\(x([0-9A-F]+);|.)", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "s": " ", "e": ""}
_ITEM, _LIST, _SPEAKER = f"{{{TEI}}}item", f"{{{TEI}}}list", f"{{{TEI}}}speaker"


def told(text: etree._Element) -> str:
    """Return the transcript that a ``text`` element tells.

    >>> from tei_edition.tei import E
    >>> told(E.text(E.body(E.div(E.p("He came ", E.supplied("back"), "."), E.p("Yes.")))))
    'He came [back].\\n\\nYes.'
    """
    return "".join(_Teller(text).printed)


class _Teller:
    """Prints the blocks of one text; the first of them has nothing before it."""

    def __init__(self, text: etree._Element) -> None:
        said = next((node for node in text.iter(etree.PI) if _target(node) == BREAK), None)
        self.usual = "\n\n" if said is None else _characters(said)
        self.first = next((node for node in text.iter(etree.Element) if not _holds_blocks(node)), None)
        self.printed: list[str] = []
        self._blocks(text)

    def _blocks(self, element: etree._Element) -> None:
        """Print an element that holds blocks."""
        if element.tag == _LIST and (columns := [inner for item in element for inner in item if _is_delegation(inner)]):
            self._rows(element, columns)
            return
        before, spoken = None, False
        for node in element:
            tag = node.tag
            if not isinstance(tag, str):
                if _target(node) == TARGET and not any(isinstance(other.tag, str) for other in node.itersiblings()):
                    self.printed.append(_characters(node))
            elif _holds_blocks(node):
                self._blocks(node)
            else:
                self._block(node, before, " " if spoken else self.usual)
            before, spoken = node, tag == _SPEAKER or (spoken and not isinstance(tag, str))

    def _block(self, node: etree._Element, before: etree._Element | None, usual: str) -> None:
        """Print a block, and what stands before it: the instruction right before it, or else the usual."""
        if before is not None and _target(before) == TARGET and not (before.tail or "").strip():
            self.printed.append(_characters(before))
        elif node is not self.first:
            self.printed.append(usual)
        self._words(node)

    def _rows(self, element: etree._Element, columns: list[etree._Element]) -> None:
        """Delegations were columns side by side: the rows again."""
        for head in element.findall(f"{{{TEI}}}head"):
            self._block(head, head.getprevious(), self.usual)
        items = [column.findall(_ITEM) for column in columns]
        for row in range(max(map(len, items))):
            cells = [column[row] for column in items if row < len(column)]
            for number, cell in enumerate(cells):
                self._block(cell, cell.getprevious(), " " if number else self.usual)

    def _words(self, element: etree._Element) -> None:
        """Print an element and all in it, with brackets and quotation marks."""
        opening, closing = marks(element)
        text = element.text or ""
        if not len(element):
            self.printed.append(opening + text + closing)
            return
        if not text and _target(element[0]) == AS:
            self.printed.append(_characters(element[0]))
            return
        self.printed.append(opening + text)
        for node in element:
            if isinstance(node, etree._ProcessingInstruction):
                if node.target == TARGET:
                    self.printed.append(_characters(node))
            elif isinstance(node.tag, str):
                self._words(node)
            self.printed.append(node.tail or "")
        self.printed.append(closing)


def _target(node: etree._Element) -> str:
    """Return the target of a processing instruction, nothing for any other node."""
    return str(node.target) if isinstance(node, etree._ProcessingInstruction) else ""


def _holds_blocks(node: etree._Element) -> bool:
    return node.tag in _STRUCTURE or (node.tag == _ITEM and any(map(_is_delegation, node)))


def _is_delegation(node: etree._Element) -> bool:
    return node.tag == _LIST and node.get("type") == "delegation"


def _characters(node: etree._Element) -> str:
    """Return what an instruction holds, by the escapes of `spelling.instruction`."""
    return _ESCAPED.sub(
        lambda found: chr(int(found[2], 16)) if found[2] else _PLAIN.get(found[1], found[1]), node.text or ""
    )
