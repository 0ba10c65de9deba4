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
        found = words.split() if words.isascii() else [word for word in re.split(f"[{BLANK}]", words) if word]
        if self._each is not None:
            fits = bool(found) and all(self._each.fits(make, word, context) for word in found)
            return make.empty if fits else make.not_allowed
        left = self.pattern
        for word in found:
            left = left.text(make, word, context)
        return make.empty if left.nullable else make.not_allowed


class Data(Pattern):
    """A text of a datatype, but for what matches ``but``."""

    __slots__ = ("but", "datatype")

    def __init__(self, datatype: Datatype, but: Pattern | None) -> None:
        super().__init__(typed=True)
        self.datatype, self.but = datatype, but

    def parts(self) -> tuple[Pattern, ...]:
        return () if self.but is None else (self.but,)

    def fits(self, make: Patterns, words: str, context: Context) -> bool:
        """Return whether a text is of the datatype."""
        return self.datatype.allows(words, context) and not (self.but and self.but.accepts(make, words, context))

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        return make.empty if self.fits(make, words, context) else make.not_allowed


class Value(Pattern):
    """One value of a datatype."""

    __slots__ = ("datatype", "key", "written")

    def __init__(self, datatype: Datatype, written: str, key: object) -> None:
        super().__init__(typed=True)
        self.datatype, self.written, self.key = datatype, written, key

    def fits(self, make: Patterns, words: str, context: Context) -> bool:
        """Return whether a text means the value."""
        return self.datatype.allows(words, context) and self.datatype.key(words, context) == self.key

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        return make.empty if self.fits(make, words, context) else make.not_allowed
