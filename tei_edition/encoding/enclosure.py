"""Takes the blocks of a text enclosed in another, in quotation marks, and sets them as ``floatingText``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.letter_parts import is_valediction
from tei_edition.finding import Severity
from tei_edition.tei import TEI
from tei_edition.transcript import Block


def quoted_run(blocks: Sequence[Block], start: int, limit: int) -> int | None:
    """Return the index of the block in which the quotation closes that opens at the start of a block, or None.

    Nested marks of the same kind are counted.
    """
    depth = 0
    for index in range(start, min(limit, start + 80, len(blocks))):
        depth += blocks[index].text.count("“") - blocks[index].text.count("”")
        if index == start and depth <= 0:
            return None
        if depth <= 0:
            return index
    return None


def set_enclosure(composer: Composer, div: etree._Element, blocks: Sequence[Block], first: int, last: int) -> None:
    """Set the blocks of an enclosed letter or note as ``floatingText``; its quotation marks are the element."""
    composer.desk.say(
        "enclosure", Severity.WARNING, blocks[first], 0,
        "The quotation that begins with this salutation is encoded as an enclosed text.",
    )  # fmt: skip
    kind = "letter" if not re.search(r"\bnote\b", blocks[first - 1].text if first else "") else "note"
    enclosed = etree.SubElement(div, f"{{{TEI}}}floatingText", {"type": kind})
    body = etree.SubElement(enclosed, f"{{{TEI}}}body")
    marks = {first: [0]}
    closing = blocks[last].text.rfind("”")
    marks.setdefault(last, []).append(closing)
    opener = composer.container(body, "opener", blocks[first].before)
    composer.piece(opener, "salute", blocks[first], first=True, hidden=marks[first])
    for index in range(first + 1, last + 1):
        block = blocks[index]
        hidden = marks.get(index, [])
        if index == last and is_valediction(block.text):
            closer = composer.container(body, "closer", block.before)
            composer.piece(closer, "salute", block, first=True, hidden=hidden)
        elif index == last and last > first + 1 and len(block.text.split()) <= 6:
            closer = composer.container(body, "closer", block.before)
            composer.piece(closer, "signed", block, first=True, hidden=hidden)
        else:
            composer.leaf(body, "p", block, hidden=hidden)
