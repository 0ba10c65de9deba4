"""Takes the first blocks of a document and sets what stands before its text: numbers, heading, dateline, salutation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from lxml import etree

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.letter_parts import is_dateline, is_salute
from tei_edition.encoding.spelling import Span, append_text, build
from tei_edition.encoding.top_lines import is_correspondence, line_kind, top
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_TAGS: dict[str, tuple[str, dict[str, str]]] = {
    "dateline": ("dateline", {}), "place": ("dateline", {}), "received": ("dateline", {}), "salute": ("salute", {}),
    "reference": ("seg", {"type": "reference"}), "secrecy": ("seg", {"type": "classification"}),
    "label": ("seg", {}),
}  # fmt: skip
"""What each kind of line becomes in the opener."""


class Opening:
    """The lines between the start of a document and its first paragraph."""

    def __init__(
        self, composer: Composer, desk: Desk, div: etree._Element, title: str, at: int, end: int
    ) -> None:  # fmt: skip
        self.composer, self.desk, self.div, self.title = composer, desk, div, title
        self.blocks = composer.blocks[:end]
        self.at = at
        self.of_talks: list[etree._Element] = []
        """Headings that name who talked with whom."""
        self.letter = False
        """Whether the heading says who writes to whom, or the text opens with a salutation."""

    def set(self) -> int:
        """Set the lines and return the index of the first block after them."""
        self._repeated_titles()
        formal = not self.of_talks and not len(self.div) and self._formal_head()
        self._opener(formal=bool(formal))
        return self.at

    def _repeated_titles(self) -> None:
        while self.at < len(self.blocks) - 1 and self._is_title(self.blocks[self.at]):
            block = self.blocks[self.at]
            if _fold(self.composer.words(block)) != _fold(self.title):
                self.desk.say(
                    "title-conflict", Severity.INFO, block, 0,
                    f"The heading “{block.text}” is not the title of the page, “{self.title}”; both are kept.",
                )  # fmt: skip
            else:
                self.desk.say("head-repeats-title", Severity.INFO, block, 0, "This line is taken as the heading.")
            self._head(block)

    def _is_title(self, block: Block) -> bool:
        if self.at and len(self.div) and not self.title:
            return False
        title, text = _fold(self.title), _fold(self.composer.words(block))
        if not title or not text or len(text) > 3 * len(title) + 40:
            return False
        likeness = SequenceMatcher(None, title, text, autojunk=False).ratio()
        return likeness > 0.8 or (title in text) or (len(text) > 20 and text in title)

    def _head(self, block: Block) -> None:
        head = self.composer.leaf(self.div, "head", block)
        words = self.composer.words(block)
        if re.search(r"\b(?:between|with)\b", words, re.IGNORECASE):
            self.of_talks.append(head)
        kind = re.search(r"\b(?:letter|telegram|memorandum|message|note|despatch)\s(?:\S+\s)?from\b", words, re.I)
        self.letter = self.letter or bool(kind) or is_correspondence(words)
        self.at += 1

    def _formal_head(self) -> bool:
        """A heading known by its form alone, with the numbers that stand over it."""
        if len(self.blocks) - self.at < 2:
            return False
        kinds, count = top([self.composer.words(block) for block in self.blocks[self.at : self.at + 8]])
        if not count:
            return self._label_before_dateline()
        above = [(kind, self.blocks[self.at + number]) for number, kind in enumerate(kinds[:-1])]
        if above:
            self._pieces(above)
            self.at += len(above)
        block = self.blocks[self.at]
        self.desk.say(
            "head-by-form", Severity.INFO, block, 0, "This line has the form of a heading and is taken as one."
        )
        self._head(block)
        return True

    def _label_before_dateline(self) -> bool:
        """Say whether lines such as “[Extract]” or “No. 12.” stand over a dateline, without a heading."""
        kinds = [line_kind(self.composer.words(block)) for block in self.blocks[self.at : self.at + 3]]
        return kinds[0] in ("label", "reference", "secrecy") and "dateline" in kinds[1:] and None not in kinds[:2]

    def _opener(self, *, formal: bool) -> None:
        pieces: list[tuple[str, Block]] = []
        while self.at < len(self.blocks) and len(pieces) < (7 if formal else 4):
            block = self.blocks[self.at]
            text = self.composer.words(block)
            last = self.at + 1 == len(self.blocks)
            if formal:
                kind = line_kind(text)
            elif is_dateline(text, place=True):
                kind = "dateline"
            else:
                kind = "salute" if is_salute(text) and "“" not in text else None
            if kind is None or (kind in ("salute", "place") and last) or text.lower().startswith("date:"):
                break
            self.letter = self.letter or kind == "salute"
            if kind == "received":
                whole = Span(0, len(block.text), "seg", {"type": "transmission"})
                self.composer.fixed[id(block)] = [whole, *self.composer.fixed.get(id(block), [])]
            pieces.append((kind, block))
            self.at += 1
        while pieces and pieces[-1][0] == "place":
            pieces.pop()
            self.at -= 1
        if pieces:
            self._pieces(pieces)

    def _pieces(self, pieces: Sequence[tuple[str, Block]]) -> None:
        """Set lines in an opener; the lines of one dateline, such as place and day, become one."""
        opener = self.composer.container(self.div, "opener", pieces[0][1].before)
        for number, (tag, group) in enumerate(_together(pieces)):
            name, attributes = tag
            element = self.composer.piece(opener, name, group[0], first=number == 0, attributes=attributes)
            for block in group[1:]:
                append_text(element, block.before)
                build(element, block.text, self.composer.spans(block), 0, len(block.text))


def _together(
    pieces: Sequence[tuple[str, Block]]
) -> list[tuple[tuple[str, dict[str, str]], list[Block]]]:  # fmt: skip
    """Group the lines that make one dateline: after a place its day, after a day when the message was received."""
    groups: list[tuple[tuple[str, dict[str, str]], list[Block]]] = []
    before = ""
    for kind, block in pieces:
        if (before, kind) in (
            ("place", "dateline"),
            ("place", "place"),
            ("dateline", "received"),
            ("received", "received"),
        ):
            groups[-1][1].append(block)
        else:
            groups.append((_TAGS[kind], [block]))
        before = kind
    return groups


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
