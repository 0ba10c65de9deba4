"""Takes a datatype, a value or a list and gives the pattern that texts of this kind match."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_edition.relaxng.datatypes import Datatype
from tei_edition.relaxng.patterns import BLANK, Context, OneOrMore, Pattern

if TYPE_CHECKING:
    from tei_edition.relaxng.interning import Patterns


class ListOf(Pattern):
    """A text whose words match a pattern."""

    __slots__ = ("_each", "pattern")

    def __init__(self, pattern: Pattern) -> None:
        super().__init__(typed=True)
        self.pattern = pattern
        # Most lists are of words of one kind, in any number, which can be looked at one by one.
        kind = pattern.pattern if isinstance(pattern, OneOrMore) else None
        self._each = kind if isinstance(kind, Data | Value) else None

    def parts(self) -> tuple[Pattern, ...]:
        return (self.pattern,)

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        return make.empty if self.accepts(make, words, context) else make.not_allowed

    def accepts(self, make: Patterns, words: str, context: Context) -> bool:
        found = words.split() if words.isascii() else [word for word in re.split(f"[{BLANK}]", words) if word]
        if self._each is not None:
            for word in found:
                if not self._each.accepts(make, word, context):
                    return False
            return bool(found)
        left = self.pattern
        for word in found:
            left = left.text(make, word, context)
        return left.nullable


class Data(Pattern):
    """A text of a datatype, but for what matches ``but``."""

    __slots__ = ("but", "datatype")

    def __init__(self, datatype: Datatype, but: Pattern | None) -> None:
        super().__init__(typed=True)
        self.datatype, self.but = datatype, but

    def parts(self) -> tuple[Pattern, ...]:
        return () if self.but is None else (self.but,)

    def accepts(self, make: Patterns, words: str, context: Context) -> bool:
        return self.datatype.allows(words, context) and not (self.but and self.but.accepts(make, words, context))

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        return make.empty if self.accepts(make, words, context) else make.not_allowed


class Value(Pattern):
    """One value of a datatype."""

    __slots__ = ("datatype", "key", "written")

    def __init__(self, datatype: Datatype, written: str, key: object) -> None:
        super().__init__(typed=True)
        self.datatype, self.written, self.key = datatype, written, key

    def accepts(self, make: Patterns, words: str, context: Context) -> bool:
        return self.datatype.allows(words, context) and self.datatype.key(words, context) == self.key

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        return make.empty if self.accepts(make, words, context) else make.not_allowed
