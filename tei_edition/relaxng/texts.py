"""Takes a datatype, a value or a list and gives the pattern that texts of this kind match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_edition.relaxng.datatypes import Datatype
from tei_edition.relaxng.patterns import Context, Pattern

if TYPE_CHECKING:
    from tei_edition.relaxng.interning import Patterns


class ListOf(Pattern):
    """A text whose words match a pattern."""

    __slots__ = ("pattern",)

    def __init__(self, pattern: Pattern) -> None:
        super().__init__(typed=True)
        self.pattern = pattern

    def parts(self) -> tuple[Pattern, ...]:
        return (self.pattern,)

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        left = self.pattern
        for word in words.split():
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

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        fits = self.datatype.allows(words, context) and not (self.but and self.but.accepts(make, words, context))
        return make.empty if fits else make.not_allowed


class Value(Pattern):
    """One value of a datatype."""

    __slots__ = ("datatype", "key", "written")

    def __init__(self, datatype: Datatype, written: str, key: object) -> None:
        super().__init__(typed=True)
        self.datatype, self.written, self.key = datatype, written, key

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        fits = self.datatype.allows(words, context) and self.datatype.key(words, context) == self.key
        return make.empty if fits else make.not_allowed
