"""Takes the parts of patterns and gives patterns, each once: what was derived once is found again by identity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from tei_edition.relaxng.datatypes import Datatype
from tei_edition.relaxng.names import NameClass
from tei_edition.relaxng.patterns import Attribute, Choice, Element, Empty, Group, Interleave, OneOrMore, Pattern, Text
from tei_edition.relaxng.texts import Data, ListOf, Value


class Patterns:
    """Makes the patterns of one schema, each once, in their simplest form (RELAX NG, sections 4.20 and 4.21)."""

    def __init__(self) -> None:
        self._interned: dict[tuple[object, ...], Pattern] = {}
        self.closings: dict[tuple[Pattern, bool], Pattern] = {}
        self.attributings: dict[tuple[Pattern, str, frozenset[Pattern]], Pattern] = {}
        """What is left of patterns after the last attribute, and after an attribute; elements share many parts."""
        self.contextual = False
        """Whether a value of the schema depends on the namespaces in scope."""
        self.empty: Final = self._numbered(Empty(nullable=True))
        self.not_allowed: Final = self._numbered(Pattern())
        self.any_text: Final = self._numbered(Text(nullable=True))

    def _numbered(self, pattern: Pattern) -> Pattern:
        pattern.serial = len(self._interned)
        self._interned[pattern.serial, None] = pattern
        return pattern

    def _once(self, key: tuple[object, ...], new: Callable[[], Pattern]) -> Pattern:
        found = self._interned.get(key)
        if found is None:
            found = new()
            found.serial = len(self._interned)
            self._interned[key] = found
        return found

    def choice(self, options: Iterable[Pattern]) -> Pattern:
        """Return a choice, flat, each option once."""
        flat: dict[int, Pattern] = {}
        none, empty = self.not_allowed, self.empty
        for option in options:
            if option is none:
                continue
            if isinstance(option, Choice):
                for one in option.options:
                    flat[one.serial] = one
            else:
                flat[option.serial] = option
        if empty.serial in flat and any(one.nullable and one is not empty for one in flat.values()):
            del flat[empty.serial]
        if len(flat) < 2:
            return next(iter(flat.values()), none)
        ordered = tuple(sorted(flat))
        return self._once(("|", ordered), lambda: Choice(tuple(flat[n] for n in ordered)))

    def _without_other(self, first: Pattern, second: Pattern) -> Pattern | None:
        """Return what two patterns together are where one of them can be nothing or not at all, else None."""
        if first is self.not_allowed or second is self.not_allowed:
            return self.not_allowed
        if first is self.empty:
            return second
        return first if second is self.empty else None

    def group(self, first: Pattern, second: Pattern) -> Pattern:
        """Return one pattern, then another."""
        if (one := self._without_other(first, second)) is not None:
            return one
        return self._once((",", first.serial, second.serial), lambda: Group(first, second))

    def interleave(self, first: Pattern, second: Pattern) -> Pattern:
        """Return two patterns whose pieces may be mixed."""
        if (one := self._without_other(first, second)) is not None:
            return one
        if second.serial < first.serial:
            first, second = second, first
        return self._once(("&", first.serial, second.serial), lambda: Interleave(first, second))

    def one_or_more(self, pattern: Pattern) -> Pattern:
        """Return a pattern once or several times."""
        if pattern in (self.not_allowed, self.empty) or isinstance(pattern, OneOrMore | Text):
            return pattern
        return self._once(("+", pattern.serial), lambda: OneOrMore(pattern))

    def list_of(self, pattern: Pattern) -> Pattern:
        """Return a list."""
        if pattern is self.not_allowed:
            return pattern
        return self._once(("list", pattern.serial), lambda: ListOf(pattern))

    def data(self, datatype: Datatype, but: Pattern | None = None) -> Pattern:
        """Return a text of a datatype."""
        but = None if but is self.not_allowed else but
        return self._once(("data", datatype, -1 if but is None else but.serial), lambda: Data(datatype, but))

    def value(self, datatype: Datatype, written: str, key: object) -> Pattern:
        """Return a value."""
        return self._once(("value", datatype, key), lambda: Value(datatype, written, key))

    def attribute(self, names: NameClass, content: Pattern, line: int) -> Pattern:
        """Return an attribute."""
        if content is self.not_allowed:
            return content
        return self._once(("@", names, content.serial), lambda: Attribute(names, content, line))

    def element(self, names: NameClass, compiled: Callable[[], Pattern], file: str, line: int) -> Pattern:
        """Return an element, each time another."""
        return self._numbered(Element(names, compiled, file, line))

    def join(self, to: dict[Pattern, Pattern], more: dict[Pattern, Pattern]) -> None:
        """Add what may follow by content to what was found so far."""
        for held, rest in more.items():
            to[held] = self.choice((to[held], rest)) if held in to else rest
