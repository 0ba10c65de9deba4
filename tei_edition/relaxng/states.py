"""Takes patterns and gives states: where one stands in an element, and what each further step leads to.

An element may be described by several patterns at once, of which its content will choose. A state is therefore one
pattern for each; after the element, those that its end matches say where its parent stands (the deterministic tree
automaton of the schema, made as documents need it). Every step is remembered, so that a second element like a first
costs some look-ups.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tei_edition.relaxng.interning import Patterns
from tei_edition.relaxng.patterns import Context, Pattern
from tei_edition.relaxng.texts import Data

_KEPT = 1000
"""Names that are allowed nowhere, and are remembered for one state."""
ALL = -1
"""The mask of all patterns of a state."""


class State:
    """Where one stands in an element."""

    __slots__ = ("attributes", "closed", "dead", "ends", "opens", "patterns", "texts", "typed")

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        self.patterns = patterns
        self.typed = any(pattern.typed for pattern in patterns)
        self.ends = sum(1 << at for at, pattern in enumerate(patterns) if pattern.nullable)
        """The mask of the patterns that allow the element to end here; 0 for none."""
        self.opens: dict[str, Opening | None] = {}
        self.attributes: dict[str, Attributing] = {}
        self.closed: State | None = None
        self.texts: State | None = None
        self.dead = all(type(pattern) is Pattern for pattern in patterns)
        """Whether nothing can make a document valid from here."""


@dataclass(slots=True)
class Opening:
    """What an element of some name leads to: into it, and after it."""

    inner: State
    backs: list[tuple[Pattern, ...]]
    """For each pattern of the inner state what the outer patterns are after it."""
    joined: dict[int, State] = field(default_factory=dict)


@dataclass(slots=True)
class Attributing:
    """What an attribute of some name leads to, by which of the patterns its value matches."""

    values: tuple[Pattern, ...]
    after: dict[int, State] = field(default_factory=dict)
    ids: str = ""
    """“ID”, “IDREF” or “IDREFS” if the values are."""


class States:
    """The states of one schema, each once."""

    def __init__(self, make: Patterns) -> None:
        self.make = make
        self._known: dict[tuple[Pattern, ...], State] = {}

    def of(self, patterns: tuple[Pattern, ...]) -> State:
        """Return the state of these patterns."""
        found = self._known.get(patterns)
        if found is None:
            found = self._known[patterns] = State(patterns)
        return found

    def opened(self, state: State, name: str) -> Opening | None:
        """Return what an element leads to, or None where it is not allowed."""
        try:
            return state.opens[name]
        except KeyError:
            pass
        none = self.make.not_allowed
        found = [pattern.opened(self.make, name) for pattern in state.patterns]
        inner = tuple({held: None for one in found for held in one})
        opening = None
        if inner:
            backs = [tuple(one.get(held, none) for one in found) for held in inner]
            opening = Opening(self.of(inner), backs)
            if all(type(pattern) is Pattern for back in backs for pattern in back):
                opening = None
        if opening is not None or len(state.opens) < _KEPT:
            state.opens[name] = opening
        return opening

    def after(self, opening: Opening, mask: int) -> State:
        """Return the state of the parent after an element whose end matched the patterns of the mask."""
        found = opening.joined.get(mask)
        if found is None:
            backs = [back for at, back in enumerate(opening.backs) if mask >> at & 1]
            found = self.of(tuple(self.make.choice(column) for column in zip(*backs, strict=True)))
            opening.joined[mask] = found
        return found

    def attributing(self, state: State, name: str) -> Attributing:
        """Return what an attribute leads to; without values where it is not allowed."""
        found = state.attributes.get(name)
        if found is None:
            values = tuple({value: None for pattern in state.patterns for value in pattern.values(name)})
            found = Attributing(values)
            if values or len(state.attributes) < _KEPT:
                state.attributes[name] = found
            for value in values:
                if isinstance(value, Data) and value.datatype.name in {"ID", "IDREF", "IDREFS"}:
                    found.ids = value.datatype.name
        return found

    def attributed(self, state: State, name: str, value: str, context: Context) -> State | None:
        """Return the state after an attribute, or None where it is not allowed."""
        found = self.attributing(state, name)
        mask = 0
        for at, pattern in enumerate(found.values):
            if pattern is self.make.any_text or pattern.accepts(self.make, value, context):
                mask |= 1 << at
        return self.attributed_as(state, name, mask) if mask else None

    def attributed_as(self, state: State, name: str, mask: int) -> State | None:
        """Return the state after an attribute whose value matches the patterns of a mask."""
        found = self.attributing(state, name)
        after = found.after.get(mask)
        if after is None:
            accepting = frozenset(value for at, value in enumerate(found.values) if mask >> at & 1)
            left = tuple(pattern.attributed(self.make, name, accepting) for pattern in state.patterns)
            after = found.after[mask] = self.of(left)
        return None if after.dead else after

    def closed(self, state: State, forced: bool = False) -> State:
        """Return the state after the last attribute; ``forced`` forgives those that are missing."""
        if forced:
            return self.of(tuple(pattern.closed(self.make, True) for pattern in state.patterns))
        if state.closed is None:
            state.closed = self.of(tuple(pattern.closed(self.make, False) for pattern in state.patterns))
        return state.closed

    def text(self, state: State, words: str, context: Context, alone: bool) -> State:
        """Return the state after a text; ``alone`` when it is all that the element holds."""
        if not state.typed:
            if state.texts is None:
                state.texts = self.of(tuple(pattern.text(self.make, words, context) for pattern in state.patterns))
            return state.texts
        blank = alone and not words.strip(" \t\n\r")
        after = [pattern.text(self.make, words, context) for pattern in state.patterns]
        if blank:
            after = [self.make.choice(pair) for pair in zip(after, state.patterns, strict=True)]
        return self.of(tuple(after))
