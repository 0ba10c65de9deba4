"""Takes a block that is nothing but a page mark and sets the page break alone, so that it ends no turn and no list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.spelling import build, instruction
from tei_edition.tei import TEI, name
from tei_edition.transcript import Block

_LIKE = re.compile(
    r"[\[(][^\]\n]{0,20}\b(?:pages?|pg|p|fol(?:io)?|f{1,2}|leaf|sheet|listy?|l{1,2}|col(?:umn)?)\b", re.IGNORECASE
)
_LONGEST = 40
"""Characters that a page mark has at most."""


def page_break(composer: Composer, block: Block) -> etree._Element | None:
    """Return the ``pb`` that a block in brackets is, or None where it is anything else."""
    if block.kind != "text" or len(block.text) > _LONGEST or not _LIKE.match(block.text):
        return None
    holder = etree.Element(f"{{{TEI}}}p")
    build(holder, block.text, composer.spans(block), 0, len(block.text))
    elements = [node for node in holder if isinstance(node.tag, str)]
    words = (holder.text or "") + "".join(node.tail or "" for node in holder)
    return elements[0] if not words and [name(element) for element in elements] == ["pb"] else None


def set_page(composer: Composer, parent: etree._Element, block: Block) -> bool:
    """Append the page break that a block is; say whether it is one."""
    found = page_break(composer, block)
    if found is not None:
        composer.begin()
        parent.append(instruction(block.before + block.text))
        parent.append(found)
    return found is not None


def page_marks(composer: Composer, blocks: Sequence[Block], start: int = 0) -> set[int]:
    """Return which of some blocks, counted from ``start``, are page marks."""
    return {number for number in range(len(blocks) - start) if page_break(composer, blocks[start + number]) is not None}


def after_pages(composer: Composer, blocks: Sequence[Block], index: int, end: int | None = None) -> int:
    """Return the index of the first block from one on, and before ``end``, that is no page mark."""
    end = len(blocks) if end is None else end
    while index < end and page_break(composer, blocks[index]) is not None:
        index += 1
    return index
