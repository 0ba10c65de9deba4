"""Takes the pieces of a RELAX NG schema as patterns and gives their derivatives.

The derivative of a pattern by a piece of a document is the pattern that the rest of the document must match (James
Clark, *An algorithm for RELAX NG validation*). Patterns are made by `interning.Patterns`, so that equal ones are one
object. The content of an element is compiled when the first element of that kind is met.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tei_edition.relaxng.names import Name, NameClass

if TYPE_CHECKING:
    from tei_edition.relaxng.interning import Patterns

Context = Mapping[str | None, str]
"""The namespaces by their prefixes at a place; the values of QNames depend on it."""
BLANK = " \t\n\r"
"""White space as XML has it; a no-break space is text."""


@contextmanager
def kept() -> Iterator[None]:
    """Keep Python from looking for circles among objects while many are made that stay: there are none to be found.

    It would take up to a third of the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Pattern:
    """What a piece of a document must look like; this one, on its own, is matched by nothing."""

    __slots__ = ("__weakref__", "attributes", "held", "nullable", "optional", "serial", "typed")

    serial: int
    nullable: bool
    """Whether it is matched by nothing being there."""
    typed: bool
    """Whether it depends on what a text says, and not only on its being there."""
    attributes: bool
    """Whether it holds attributes."""

    def __init__(self, nullable: bool = False, typed: bool = False, attributes: bool = False) -> None:
        self.nullable, self.typed, self.attributes = nullable, typed, attributes
        self.serial = -1
        self.held: dict[Element, None] | None = None
        """The elements in it, once somebody asked for them."""
        self.optional: dict[str, Pattern] | None = None
        """What its optional attributes hold, the same way."""

    def parts(self) -> tuple[Pattern, ...]:
        """Return the patterns that it is made of, but not the content of elements."""
        return ()

    def opened(self, make: Patterns, name: str) -> dict[Pattern, Pattern]:
        """Return, by what an element of this name may hold, what must follow the element."""
        return {}

    def attributed(self, make: Patterns, name: str, accepting: frozenset[Pattern]) -> Pattern:
        """Return what is left after an attribute whose value matches the patterns ``accepting``."""
        return make.not_allowed

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        """Return what is left after a text."""
        return make.not_allowed

    def closed(self, make: Patterns, forced: bool) -> Pattern:
        """Return what is left when no further attribute comes; ``forced`` forgives those that are missing."""
        return self

    def accepts(self, make: Patterns, words: str, context: Context) -> bool:
        """Return whether a text as a whole matches."""
        return (self.nullable and not words.strip(BLANK)) or self.text(make, words, context).nullable


class Empty(Pattern):
    """Nothing."""

    __slots__ = ()

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        return make.not_allowed


class Text(Pattern):
    """Any text, in any number of pieces."""

    __slots__ = ()

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        return self


class Choice(Pattern):
    """One of several patterns."""

    __slots__ = ("_by_name", "_others", "options")

    def __init__(self, options: tuple[Pattern, ...]) -> None:
        super().__init__()
        for option in options:
            self.nullable = self.nullable or option.nullable
            self.typed = self.typed or option.typed
            self.attributes = self.attributes or option.attributes
        self.options = options
        self._by_name: dict[str, list[Element]] | None = None
        self._others: list[Pattern] = []

    def parts(self) -> tuple[Pattern, ...]:
        return self.options

    def opened(self, make: Patterns, name: str) -> dict[Pattern, Pattern]:
        if self._by_name is None:
            self._by_name = {}
            for option in self.options:
                if isinstance(option, Element) and isinstance(option.names, Name):
                    self._by_name.setdefault(option.names.name, []).append(option)
                else:
                    self._others.append(option)
        found: dict[Pattern, Pattern] = {}
        for option in (*self._by_name.get(name, ()), *self._others):
            make.join(found, option.opened(make, name))
        return found

    def attributed(self, make: Patterns, name: str, accepting: frozenset[Pattern]) -> Pattern:
        return make.choice([p.attributed(make, name, accepting) for p in self.options if p.attributes])

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        return make.choice(p.text(make, words, context) for p in self.options)

    def closed(self, make: Patterns, forced: bool) -> Pattern:
        if not self.attributes:
            return self
        key = self, forced
        if key not in make.closings:
            make.closings[key] = make.choice([p.closed(make, forced) for p in self.options])
        return make.closings[key]


class _Pair(Pattern):
    __slots__ = ("first", "second")

    def __init__(self, first: Pattern, second: Pattern) -> None:
        super().__init__(
            first.nullable and second.nullable, first.typed or second.typed, first.attributes or second.attributes
        )
        self.first, self.second = first, second

    def parts(self) -> tuple[Pattern, ...]:
        return self.first, self.second

    def made(self, make: Patterns, first: Pattern, second: Pattern) -> Pattern:
        raise NotImplementedError

    def attributed(self, make: Patterns, name: str, accepting: frozenset[Pattern]) -> Pattern:
        key = self, name, accepting
        found = make.attributings.get(key)
        if found is None:
            found = make.attributings[key] = self._attributed(make, name, accepting)
        return found

    def _attributed(self, make: Patterns, name: str, accepting: frozenset[Pattern]) -> Pattern:
        first, second = self.first, self.second
        if not second.attributes:
            return self.made(make, first.attributed(make, name, accepting), second)
        right = self.made(make, first, second.attributed(make, name, accepting))
        if not first.attributes:
            return right
        return make.choice((self.made(make, first.attributed(make, name, accepting), second), right))

    def closed(self, make: Patterns, forced: bool) -> Pattern:
        if not self.attributes:
            return self
        key = self, forced
        if key not in make.closings:
            make.closings[key] = self.made(make, self.first.closed(make, forced), self.second.closed(make, forced))
        return make.closings[key]


class Group(_Pair):
    """One pattern, then another."""

    __slots__ = ()

    def made(self, make: Patterns, first: Pattern, second: Pattern) -> Pattern:
        return make.group(first, second)

    def opened(self, make: Patterns, name: str) -> dict[Pattern, Pattern]:
        found = {held: make.group(rest, self.second) for held, rest in self.first.opened(make, name).items()}
        if self.first.nullable:
            make.join(found, self.second.opened(make, name))
        return found

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        left = make.group(self.first.text(make, words, context), self.second)
        return make.choice((left, self.second.text(make, words, context))) if self.first.nullable else left


class Interleave(_Pair):
    """Two patterns whose pieces may be mixed."""

    __slots__ = ()

    def made(self, make: Patterns, first: Pattern, second: Pattern) -> Pattern:
        return make.interleave(first, second)

    def opened(self, make: Patterns, name: str) -> dict[Pattern, Pattern]:
        found = {held: make.interleave(rest, self.second) for held, rest in self.first.opened(make, name).items()}
        second = self.second.opened(make, name).items()
        make.join(found, {held: make.interleave(self.first, rest) for held, rest in second})
        return found

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        left = make.interleave(self.first.text(make, words, context), self.second)
        return make.choice((left, make.interleave(self.first, self.second.text(make, words, context))))


class OneOrMore(Pattern):
    """A pattern, once or several times."""

    __slots__ = ("pattern",)

    def __init__(self, pattern: Pattern) -> None:
        super().__init__(pattern.nullable, pattern.typed, pattern.attributes)
        self.pattern = pattern

    def parts(self) -> tuple[Pattern, ...]:
        return (self.pattern,)

    def opened(self, make: Patterns, name: str) -> dict[Pattern, Pattern]:
        again = make.choice((self, make.empty))
        return {held: make.group(rest, again) for held, rest in self.pattern.opened(make, name).items()}

    def attributed(self, make: Patterns, name: str, accepting: frozenset[Pattern]) -> Pattern:
        return make.group(self.pattern.attributed(make, name, accepting), make.choice((self, make.empty)))

    def text(self, make: Patterns, words: str, context: Context) -> Pattern:
        return make.group(self.pattern.text(make, words, context), make.choice((self, make.empty)))

    def closed(self, make: Patterns, forced: bool) -> Pattern:
        return make.one_or_more(self.pattern.closed(make, forced)) if self.attributes else self


class Attribute(Pattern):
    """An attribute."""

    __slots__ = ("content", "line", "names")

    def __init__(self, names: NameClass, content: Pattern, line: int) -> None:
        super().__init__(attributes=True)
        self.names, self.content, self.line = names, content, line

    def attributed(self, make: Patterns, name: str, accepting: frozenset[Pattern]) -> Pattern:
        return make.empty if self.content in accepting and self.names.holds(name) else make.not_allowed

    def closed(self, make: Patterns, forced: bool) -> Pattern:
        return make.empty if forced else make.not_allowed


class Element(Pattern):
    """An element; its content is compiled when it is asked for."""

    __slots__ = ("_compile", "_content", "file", "line", "names")

    def __init__(self, names: NameClass, compiled: Callable[[], Pattern], file: str, line: int) -> None:
        super().__init__()
        self.names, self.file, self.line, self._compile = names, file, line, compiled
        self._content: Pattern | None = None

    @property
    def content(self) -> Pattern:
        """What the element holds, attributes and all."""
        if self._content is None:
            self._content = self._compile()
        return self._content

    def opened(self, make: Patterns, name: str) -> dict[Pattern, Pattern]:
        return {self.content: make.empty} if self.names.holds(name) else {}
