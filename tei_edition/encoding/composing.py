"""Takes blocks and sets them as TEI elements, keeping what stands between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.inline import spans
from tei_edition.encoding.source_marks import with_marks
from tei_edition.encoding.spelling import BREAK, Span, append_text, build, instruction
from tei_edition.tei import TEI, E
from tei_edition.transcript import Block

USUAL = "\n\n"
"""What stands between two blocks where a document does not say otherwise."""


_SPEAKER = f"{{{TEI}}}speaker"
_PHRASES = ("dateline", "signed", "salute", "speaker", "byline")
"""Elements that TEI allows no quotation in."""


def _fit(element: etree._Element, tag: str) -> etree._Element:
    """Take away the quotations in an element that may have none; their words stay."""
    if tag in _PHRASES and len(element):
        etree.strip_tags(element, f"{{{TEI}}}quote")
    return element


class Composer:
    """Sets the blocks of one document, each at its place, one after the other."""

    def __init__(self, desk: Desk, blocks: Sequence[Block]) -> None:
        self.desk, self.blocks = desk, blocks
        counted = Counter(block.before for block in blocks[1:])
        self.usual = max(counted, key=lambda text: counted[text]) if counted else USUAL
        breaks = [len(block.before.splitlines()) > 1 for block in desk.transcript.blocks[1:]]
        self.apart = 2 * sum(breaks) >= len(breaks)
        """Whether paragraphs stand apart by blank lines, so that lines without one belong together."""
        self.text: etree._Element = E.text(E.body())
        if self.usual != USUAL:
            self.text.insert(0, instruction(self.usual, BREAK))
        self.body = self.text[-1]
        self.fixed: dict[int, list[Span]] = {}
        """Spans known before a block is read, such as the marks of notes, by the identity of the block."""
        self.keys: dict[str, str] = {}
        """Ids of the notes that the source marks, by what it calls them."""
        self.placed: set[str] = set()
        """Ids of those notes that were set already, each where it first stands."""
        self._spans: dict[int, list[Span]] = {}
        self._begun = False

    def spans(self, block: Block, hidden: Iterable[int] = ()) -> list[Span]:
        """Return the spans of a block, found once."""
        key = id(block)
        found = self._spans.get(key)
        if found is None:
            found = spans(block, self.desk, hidden, self.fixed.get(key, ()))
            self._spans[key] = found = with_marks(block, found, self.keys) if block.marks else found
        return found

    def words(self, block: Block) -> str:
        """Return the text of a block without the marks of notes, white space folded."""
        return " ".join(self.plain(block).split()) if id(block) in self.fixed else block.folded

    def plain(self, block: Block) -> str:
        """Return the text of a block without the marks of notes."""
        text = block.text
        if id(block) not in self.fixed:
            return text.strip()
        marks = [span for span in self.fixed[id(block)] if span.tag == "ref"]
        for span in reversed(marks):
            text = text[: span.start] + text[span.end :]
        return text.strip()

    def give(self, block: Block, found: list[Span]) -> None:
        """Use these spans for a block instead of those that would be found."""
        self._spans[id(block)] = found

    def leaf(
        self, parent: etree._Element, tag: str, block: Block, start: int = 0, end: int | None = None, *,
        before: str | None = None, hidden: Iterable[int] = (), attributes: dict[str, str] | None = None,
        usual: str | None = None,
    ) -> etree._Element:  # fmt: skip
        """Append an element that holds a stretch of a block; what stands before it is kept where it is unusual."""
        element = self.container(parent, tag, block.before if before is None else before, attributes, usual)
        build(element, block.text, self.spans(block, hidden), start, len(block.text) if end is None else end)
        return _fit(element, tag)

    def container(
        self, parent: etree._Element, tag: str, before: str, attributes: dict[str, str] | None = None,
        usual: str | None = None,
    ) -> etree._Element:  # fmt: skip
        """Append an empty element that begins a block and will be filled by `piece`."""
        if usual is None:
            usual = self.usual if self._begun else ""
            if self._begun and len(parent) and parent[-1].tag == _SPEAKER:
                usual = " "
        self._begun = True
        if before != usual:
            parent.append(instruction(before))
        return etree.SubElement(parent, f"{{{TEI}}}{tag}", attributes or {})

    def piece(
        self, parent: etree._Element, tag: str, block: Block, *, first: bool = False, hidden: Iterable[int] = (),
        attributes: dict[str, str] | None = None,
    ) -> etree._Element:  # fmt: skip
        """Append a block to an opener, a closer or another element in which words and elements mix."""
        if not first:
            append_text(parent, block.before)
        element = etree.SubElement(parent, f"{{{TEI}}}{tag}", attributes or {})
        build(element, block.text, self.spans(block, hidden), 0, len(block.text))
        return _fit(element, tag)

    def begin(self) -> None:
        """Note that something stands in the text, so that what comes next is not the first."""
        self._begun = True

    def close(self, after: str) -> None:
        """Keep what stands after the last block."""
        if after:
            self.body.append(instruction(after))
