"""One bracket between its neighbours, and what a recogniser says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tei_edition.encoding.names import Entry
from tei_edition.finding import Severity
from tei_edition.once import once

_DEEPEST = 12
"""Brackets within one another that are read; what lies deeper is text of the innermost."""
_AROUND = 2_000
"""How many characters before and after a bracket a remark in it may speak of."""
INFO, WARNING = Severity.INFO, Severity.WARNING


@dataclass(frozen=True)
class Bracket:
    """One pair of brackets in a block's text; ``end`` is the offset after the closing one."""

    text: str
    start: int
    end: int
    shut: int = 1
    """How many characters close it: none where the transcript forgot to."""

    @once
    def content(self) -> str:
        """What stands between the brackets."""
        return self.text[self.start + 1 : self.end - self.shut]

    @once
    def left(self) -> str:
        """The text of the block before the bracket."""
        return self.text[: self.start]

    @once
    def right(self) -> str:
        """The text of the block after the bracket."""
        return self.text[self.end :]

    @property
    def near(self) -> Bracket:
        """The same bracket with no more of the text around it than a remark can speak of."""
        if len(self.text) < 2 * _AROUND:
            return self
        first = max(0, self.start - _AROUND)
        return Bracket(self.text[first : self.end + _AROUND], self.start - first, self.end - first, self.shut)

    @once
    def in_sentence(self) -> bool:
        """Whether a sentence runs on from before the bracket to after it."""
        return bool(re.search(r"[\w,]\s$", self.left) and re.match(r"\s+[a-z]", self.right))


@dataclass(kw_only=True, slots=True)
class Remark:
    """What a bracket is; `marking.spans_of` makes spans of it."""

    kind: str
    """One of `decisions.KINDS`, or, of what does two things at once, ``alternatives``, ``office-and-name``,
    ``omission-and-words``."""
    attributes: dict[str, str] = field(default_factory=dict)
    start: int | None = None
    """Offset of the words before the bracket that it speaks of, if it does."""
    end: int | None = None
    """Offset after those words."""
    head: int = 0
    """How many characters at the beginning of the content are a label, as in “[possibly: …]”, and not its words."""
    parts: tuple[int, int] | None = None
    """Where the first of two functions ends in the text, and where the second begins, in a bracket that has two."""
    entry: Entry | None = None
    rule: str = ""
    """Rule of the finding to report; empty when the encoding is certain."""
    severity: Severity = WARNING
    message: str = ""
    hint: str | None = None

    def moved(self, by: int) -> Remark:
        """The same remark with its offsets in a text that has so many characters more before it."""
        return replace(
            self,
            start=None if self.start is None else self.start + by,
            end=None if self.end is None else self.end + by,
            parts=self.parts and (self.parts[0] + by, self.parts[1] + by),
        )


def brackets(text: str) -> tuple[list[Bracket], list[int]]:
    """Return the balanced brackets of a text, outer before inner, and the offsets of brackets without a partner.

    >>> pairs, alone = brackets("a [b [c] d] e]")
    >>> [pair.content for pair in pairs], alone
    (['b [c] d', 'c'], [13])
    """
    if "[" not in text and "]" not in text:
        return [], []
    opened: list[int] = []
    pairs: list[Bracket] = []
    alone: list[int] = []
    for sign in re.finditer(r"[\[\]]", text):
        if sign[0] == "[":
            opened.append(sign.start())
        elif opened:
            start = opened.pop()
            if len(opened) < _DEEPEST:
                pairs.append(Bracket(text, start, sign.end()))
        else:
            alone.append(sign.start())
    return sorted(pairs, key=lambda pair: (pair.start, -pair.end)), sorted(alone + opened)
