"""Takes the first blocks of a document and sets what stands before its text: numbers, heading, dateline, salutation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from lxml import etree

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.letter_parts import RECEIVED, is_dateline, is_salute
from tei_edition.encoding.nesting import flatten, nest
from tei_edition.encoding.page_marks import after_pages, set_page
from tei_edition.encoding.routing import routing
from tei_edition.encoding.spelling import Span, append_text, build
from tei_edition.encoding.top_lines import (
    HOUR,
    ROMAN,
    is_correspondence,
    is_letterhead,
    is_telegraphic,
    line_kind,
    top,
    two_days,
)  # fmt: skip
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_ARRIVED = re.compile(RECEIVED.removesuffix(r"[\s.]*"), re.IGNORECASE)
_SENT_TO = re.compile(r"(?:FROM|TO|From|To)\s[^\W\d_a-z][^.,;:!?]{2,60}$|[^\Wa-z]+$")
"""A line over a telegram that tells who writes to whom, or is in capitals."""
_ROUTING = ("from", "to", "cc", "subject", "via", "transmission", "precedence", "date", "classification")
_TAGS: dict[str, tuple[str, dict[str, str]]] = {
    "dateline": ("dateline", {}), "place": ("dateline", {}), "received": ("dateline", {}), "salute": ("salute", {}),
    "reference": ("seg", {"type": "reference"}), "secrecy": ("seg", {"type": "classification"}),
    "label": ("seg", {}), **{kind: ("seg", {"type": kind}) for kind in ("letterhead", *_ROUTING)},
}  # fmt: skip
"""What each kind of line becomes in the opener."""


class Opening:
    """The lines between the start of a document and its first paragraph."""

    def __init__(
        self, composer: Composer, desk: Desk, div: etree._Element, title: str, at: int, end: int,
        limit: int | None = None,
    ) -> None:  # fmt: skip
        self.composer, self.desk, self.div, self.title = composer, desk, div, title
        self.blocks = composer.blocks[:end]
        self.at = at
        self.limit = end if limit is None else limit
        """The index of the first part of the document that has a heading of its own."""
        self.routed: dict[str, str] = {}
        """From whom and to whom, as lines of the opener say."""
        self.of_talks: list[etree._Element] = []
        """Headings that name who talked with whom."""
        self.letter = False
        """Whether the heading says who writes to whom, or the text opens with a salutation."""

    def set(self) -> int:
        """Set the lines and return the index of the first block after them."""
        known = self._known_heads()
        self._repeated_titles()
        if self._letterhead():
            known = self._formal_head() or known
        formal = known or (not self.of_talks and not len(self.div) and self._formal_head())
        if formal and self._letterhead():
            self._formal_head()
        self._opener(formal=bool(formal))
        return self.at

    def _known_heads(self) -> bool:
        """Set the heading that the source knows, with the numbers over it; say whether lines of the opener follow."""
        ahead = self.blocks[self.at : self.at + 5]
        first = next((number for number, block in enumerate(ahead) if block.kind in ("heading", "title")), None)
        if first is None or self.at + first >= len(self.blocks) - 1:
            return False
        kinds = [line_kind(self.composer.words(block)) for block in ahead[:first]]
        above = [(kind, block) for kind, block in zip(kinds, ahead, strict=False) if kind in _TAGS]
        if len(above) < first:
            return False
        if above:
            self._pieces(above)
            self.at += first
            self.limit = max(self.limit, len(self.blocks))
        level = self.blocks[self.at].level
        while self.at < len(self.blocks) - 1 and self.blocks[self.at].kind in ("heading", "title"):
            if self.blocks[self.at].level > level:
                break
            self._head(self.blocks[self.at])
        return any(block.kind in ("dateline", "salute") for block in self.blocks[self.at : self.at + 4])

    def _letterhead(self) -> bool:
        """Set the printed head of the paper, with the page marks above it; say whether there is one."""
        first = after_pages(self.composer, self.blocks, self.at)
        for last in range(min(first + 4, len(self.blocks) - 1, self.limit), first, -1):
            texts = [self.composer.words(block) for block in self.blocks[first : last + 1]]
            if is_letterhead(texts[:-1], texts[-1]):
                for block in self.blocks[self.at : first]:
                    set_page(self.composer, self.div, block)
                self._pieces([("letterhead", block) for block in self.blocks[first:last]])
                self.at = last
                return True
        return False

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
        if block.kind not in ("text", "heading", "title"):
            return False
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
            return (
                self._telegraphic()
                or self._label_before_dateline()
                or self._begins_with_routing()
                or self._over_dateline()
            )
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

    def _telegraphic(self) -> bool:
        """Set the short lines over a telegram, known by one that stands nowhere else; say whether there is one."""
        texts = [self.composer.words(block) for block in self.blocks[self.at : min(self.at + 14, self.limit)]]
        short = next((number for number, text in enumerate(texts) if len(text) > 72), len(texts))
        found = [number for number, text in enumerate(texts[:short]) if is_telegraphic(text)]
        if not found or any(re.search(r"[a-z]{3}[.;!?]\s+[A-Z]", text) for text in texts[: found[-1]]):
            return False
        last = found[-1] + 1
        while last < min(short, len(self.blocks) - self.at - 1) and (
            _set_as(texts[last]) != "label" or _SENT_TO.match(texts[last])
        ):
            last += 1
        above = self.blocks[self.at : self.at + last]
        self._pieces([(_set_as(text), block) for text, block in zip(texts, above, strict=False)])
        self.at += len(above)
        self.desk.say(
            "telegram-head", Severity.INFO, above[found[-1]], 0,
            f"“{texts[found[-1]]}” belongs to the head of a telegram; the lines up to it are set as its opener.",
        )  # fmt: skip
        return True

    def _over_dateline(self) -> bool:
        """Set a first line that is no sentence as the heading where a line with nothing but place and date follows."""
        if len(self.blocks) - self.at < 3 or self.at or self.blocks[self.at].kind != "text":
            return False
        first, second, third = (self.composer.words(block) for block in self.blocks[self.at : self.at + 3])
        title = 3 <= len(first.split()) <= 30 and "\n" not in self.blocks[self.at].text
        if not title or re.search(r"[.,;:?!]$|[a-z]{3}\.\s[A-Z]", first) or is_salute(first) or is_salute(third):
            return False
        if is_dateline(first, place=True) or not is_dateline(second, place=True):
            return False
        self.desk.say(
            "head-by-form", Severity.INFO, self.blocks[self.at], 0,
            "A line with nothing but a date follows this one, which is taken as the heading.",
        )  # fmt: skip
        self._head(self.blocks[self.at])
        return True

    def _label_before_dateline(self) -> bool:
        """Say whether lines such as “[Extract]” or “No. 12.” stand over a dateline, without a heading."""
        kinds = [line_kind(self.composer.words(block)) for block in self.blocks[self.at : self.at + 3]]
        return kinds[0] in ("label", "reference", "secrecy") and "dateline" in kinds[1:] and None not in kinds[:2]

    def _begins_with_routing(self) -> bool:
        """Say whether lines that tell from whom to whom stand at the top, with labels and numbers among them."""
        kinds = [line_kind(self.composer.words(block)) for block in self.blocks[self.at : self.at + 8]]
        kinds = kinds[: kinds.index(None)] if None in kinds else kinds
        return bool({"from", "to"} & set(kinds)) and sum(kind in _ROUTING for kind in kinds) > 1

    def _opener(self, *, formal: bool) -> None:
        pieces: list[tuple[str, Block]] = []
        routed = formal and self._begins_with_routing()
        while self.at < min(len(self.blocks), self.limit) and len(pieces) < (14 if routed else 7 if formal else 4):
            block = self.blocks[self.at]
            text = self.composer.words(block)
            last = self.at + 1 == len(self.blocks)
            if formal:
                kind = line_kind(text)
            elif is_dateline(text, place=True):
                kind = "dateline"
            else:
                kind = "salute" if is_salute(text) and "“" not in text else None
            if block.kind in ("dateline", "salute"):
                kind = block.kind
            if kind is None or (kind in ("salute", "place") and last):
                break
            if not routed and (kind in _ROUTING or text.lower().startswith("date:")):
                break
            self.letter = self.letter or kind == "salute"
            if kind in ("from", "to") and (told := routing(block.text)):
                self.routed.setdefault(kind, " ".join(told[1].split()))
            if block.kind == "dateline":
                kinds = {"type": "transmission"}
                arrived = [Span(*found.span(), "seg", dict(kinds)) for found in _ARRIVED.finditer(block.text)]
                self.composer.fixed[id(block)] = [*arrived, *self.composer.fixed.get(id(block), [])]
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
        for kind, block in pieces:
            if kind == "received":
                whole = Span(0, len(block.text), "seg", {"type": "transmission"})
                self.composer.fixed[id(block)] = [whole, *self.composer.fixed.get(id(block), [])]
            elif (hour := HOUR.fullmatch(block.text)) and hour["hour"]:
                when = f"{hour['hour']}:{hour['minute']}:00"
                span = Span(hour.start("hour"), hour.end("unit"), "time", {"when": when})
                known = flatten(self.composer.spans(block))
                if not any(other.tag == "time" for other in known):
                    self.composer.give(block, nest([[span], *([other] for other in known)], "dateline"))
            elif found := two_days(block.text):
                self.composer.fixed[id(block)] = [*_days(found), *self.composer.fixed.get(id(block), [])]
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


def _days(found: re.Match[str]) -> list[Span]:
    """Return the two dates of a line such as “ON/26/27/X/62”: the day sent and the day received, of one month."""
    month = ROMAN.index(found["month"]) + 1
    year = found["year"] if len(found["year"]) == 4 else f"19{found['year']}"
    kinds = {"sent": {"type": "sent"}, "received": {"type": "received"}}
    return [
        Span(*found.span(kind), "date", {**attributes, "when": f"{year}-{month:02}-{int(found[kind]):02}"})
        for kind, attributes in kinds.items()
    ]


def _set_as(text: str) -> str:
    """Return what a line of a telegram's head is; “label” where nothing tells."""
    kind = line_kind(text)
    return kind if kind in _TAGS and kind != "place" else "label"


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
