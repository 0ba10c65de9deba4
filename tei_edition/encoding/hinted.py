"""Takes blocks of which the source says what they are, such as items or rows of a table, and sets them so."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.page_marks import after_pages, page_break, set_page
from tei_edition.encoding.spelling import instruction, words
from tei_edition.tei import TEI
from tei_edition.transcript import Block

ALONE = {
    "dateline": ("ab", {"type": "dateline"}), "salute": ("ab", {"type": "salute"}),
    "signed": ("ab", {"type": "signed"}), "byline": ("ab", {"type": "byline"}), "caption": ("ab", {"type": "caption"}),
    "code": ("ab", {"type": "code"}), "rule": ("ab", {"type": "rule"}), "page": ("fw", {"type": "page"}),
    "title": ("ab", {"type": "heading"}),
}  # fmt: skip
"""The element for a block that stands by itself in the text."""
_IN = {"quotation": "quote", "margin": "note", "note": "note", "comment": "note"}
"""The element that holds the paragraphs of some kinds."""


def set_hinted(composer: Composer, parent: etree._Element, blocks: Sequence[Block], keys: dict[str, str]) -> int:
    """Set the first blocks as their kind says and return how many; none where the kind says nothing.

    ``keys`` are the ids of notes by the value of their blocks.
    """
    kind = blocks[0].kind
    run = next((number for number, block in enumerate(blocks) if not _goes_on(kind, block, blocks[0])), len(blocks))
    while kind == "item" and run < (after := after_pages(composer, blocks, run)) < len(blocks):
        if blocks[after].kind != "item":
            break  # a page mark parts no list
        more = next(
            (number for number in range(after, len(blocks)) if not _goes_on(kind, blocks[number], blocks[0])), None
        )
        run = len(blocks) if more is None else more
    if kind in ALONE:
        tag, attributes = ALONE[kind]
        composer.leaf(parent, tag, blocks[0], attributes=dict(attributes))
        return 1
    if kind == "item":
        _items(composer, parent, blocks[:run])
    elif kind == "row":
        table = etree.SubElement(parent, f"{{{TEI}}}table")
        for block in blocks[:run]:
            _row(composer, table, block)
    elif kind == "verse":
        lines = etree.SubElement(parent, f"{{{TEI}}}lg")
        for block in blocks[:run]:
            composer.leaf(lines, "l", block)
    elif kind in _IN:
        _paragraphs(composer, parent, blocks[:run], keys)
    else:
        return 0
    return run


def _goes_on(kind: str, block: Block, first: Block) -> bool:
    """Say whether a block belongs to the same list, table or note as the first one."""
    if kind == "item":
        return block.kind == "item" or (block.kind == "text" and block.level > 0)
    return block.kind == kind and (kind not in ("note", "comment") or block.value == first.value)


def _paragraphs(composer: Composer, parent: etree._Element, blocks: Sequence[Block], keys: dict[str, str]) -> None:
    kind = blocks[0].kind
    holder = composer.container(parent, _IN[kind], blocks[0].before)
    if kind == "margin":
        holder.set("type", "footnote")
        holder.set("place", "margin")
    if kind in ("note", "comment"):
        holder.set("type", "footnote")
        holder.set("place", "end" if kind == "note" else "margin")
        key = keys.get(blocks[0].value, "") if kind == "note" else ""
        if key and key not in composer.placed:
            composer.placed.add(key)
            holder.set("{http://www.w3.org/XML/1998/namespace}id", key)
        if blocks[0].value:
            holder.set("n", words(blocks[0].value))
    for number, block in enumerate(blocks):
        inner(composer, holder, "p", block, first=number == 0)


def inner(composer: Composer, parent: etree._Element, tag: str, block: Block, *, first: bool) -> etree._Element:
    """Append a block to an element whose words the transcript view prints as they stand."""
    if not first:
        parent.append(instruction(block.before))
    return composer.piece(parent, tag, block, first=True)


def _row(composer: Composer, table: etree._Element, block: Block) -> None:
    row = etree.SubElement(table, f"{{{TEI}}}row", {"role": "label"} if block.level == 1 else {})
    cells = [mark for mark in block.marks if mark.kind == "cell"]
    spans = {mark.start: dict(mark.values) for mark in cells if mark.end > mark.start}
    begun = [mark.end > mark.start for mark in cells]
    ahead = begun.index(True) if True in begun else 0  # empty cells at either end, for which the text has no tab
    behind = begun[::-1].index(True) if True in begun else 0
    whole, points = composer.spans(block), set[int]()
    composer.give(block, [span for span in whole if span.start < span.end])
    for number in range(ahead):
        composer.leaf(row, "cell", block, 0, 0, before="" if number else None)
    start = 0
    for number, cell in enumerate(block.text.split("\t")):
        size = {
            key: value for key, value in spans.get(start, {}).items() if key in ("rows", "cols") and value.isdigit()
        }
        end = start + len(cell)
        here = {id(span) for span in whole if span.start == span.end and start <= span.start <= end} - points
        composer.give(block, [span for span in whole if span.start < span.end or id(span) in here])
        points |= here
        composer.leaf(row, "cell", block, start, end, before="\t" if number else "" if ahead else None, attributes=size)
        start = end + 1
    composer.give(block, [span for span in whole if span.start < span.end])
    for _ in range(behind):
        composer.leaf(row, "cell", block, len(block.text), len(block.text), before="")


def _items(composer: Composer, parent: etree._Element, blocks: Sequence[Block]) -> None:
    """Set a list; items of a deeper level make a list within the item before them."""
    top = min(block.level for block in blocks if block.kind == "item")
    stack: list[tuple[int, etree._Element]] = []
    for number, block in enumerate(blocks):
        if (found := page_break(composer, block)) is not None:
            following = next(other for other in blocks[number:] if other.kind == "item")
            while len(stack) > 1 and stack[-1][0] > max(following.level, top):
                stack.pop()
            if len(stack) == 1 and stack[0][0] >= max(following.level, top):
                set_page(composer, stack[0][1], block)
            else:
                holder = stack[-1][1] if stack[-1][0] >= following.level else _last(stack[-1][1])
                holder.append(instruction(block.before + block.text))
                holder.append(found)
            continue
        if block.kind != "item":
            item = _last(stack[-1][1])
            inner(composer, item, "p", block, first=False)
            continue
        level = max(block.level, top)
        while stack and stack[-1][0] > level:
            stack.pop()
        shown = words(block.value).rstrip(".)")
        attributes = {"n": shown} if shown else {}
        if stack and stack[-1][0] == level and len(stack) == 1:
            composer.leaf(stack[0][1], "item", block, attributes=attributes)
            continue
        if stack and stack[-1][0] == level:
            stack[-1][1].append(instruction(block.before))
        else:
            within = _last(stack[-1][1]) if stack else parent
            if stack:
                within.append(instruction(block.before))
            kind = {"type": "ordered" if block.value else "simple"}
            stack.append((level, etree.SubElement(within, f"{{{TEI}}}list", kind)))
            if len(stack) == 1:
                composer.leaf(stack[0][1], "item", block, attributes=attributes)
                continue
        composer.piece(stack[-1][1], "item", block, first=True, attributes=attributes)


def _last(items: etree._Element) -> etree._Element:
    """Return the last item of a list."""
    return items.findall(f"{{{TEI}}}item")[-1]
