"""Takes patterns and gives states: where one stands in an element, and what each further step leads to.

An element may be described by several patterns at once, of which its content will choose. A state is therefore one
pattern for each; after the element, those that its end matches say where its parent stands (the deterministic tree
automaton of the schema, made as documents need it). Every step is remembered, so that a second element like a first
costs some look-ups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tei_edition.relaxng.interning import Patterns
from tei_edition.relaxng.patterns import BLANK, Attribute, Context, Pattern
from tei_edition.relaxng.texts import Data

_KEPT = 1000
"""Names that are allowed nowhere, or values, that are remembered for one state."""
_LONG = 200
"""Characters of a value that is not worth remembering."""
ALL = -1
"""The mask of all patterns of a state."""


class State:
    """Where one stands in an element."""

    __slots__ = ("attributes", "closed", "dead", "ends", "forgiven", "named", "opens", "patterns", "texts", "typed")

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        self.patterns = patterns
        self.typed = any(pattern.typed for pattern in patterns)
        self.ends = sum(1 << at for at, pattern in enumerate(patterns) if pattern.nullable)
        """The mask of the patterns that allow the element to end here; 0 for none."""
        self.opens: dict[str, Opening | None] = {}
        self.attributes: dict[str, Attributing] = {}
        self.named: frozenset[str] | None = None
        """The names of the attributes that may come, when they were asked for; “*” if there are wildcards."""
        self.closed: State | None = None
        self.forgiven: State | None = None
        """The same, where attributes are missing."""
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

    name: str
    values: tuple[Pattern, ...]
    after: dict[int, State] = field(default_factory=dict)
    reached: dict[str, State] = field(default_factory=dict)
    """The same by the value; ids, which stand once, are not remembered."""
    ids: str = ""
    """“ID”, “IDREF” or “IDREFS” if the values are."""


class States:
    """The states of one schema, each once."""

    def __init__(self, make: Patterns) -> None:
        self.make = make
        self._known: dict[tuple[Pattern, ...], State] = {}

    def __iter__(self) -> Iterator[State]:
        return iter(self._known.values())

    def of(self, patterns: tuple[Pattern, ...]) -> State:
        """Return the state of these patterns."""
        found = self._known.get(patterns)
        if found is None:
            found = self._known[patterns] = State(patterns)
        return found

    def opened(self, state: State, name: str, key: str = "") -> Opening | None:
        """Return what an element leads to, or None where it is not allowed; it is remembered as ``key``, if given."""
        key = key or name
        try:
            return state.opens[key]
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
            state.opens[key] = opening
        return opening

    def after(self, opening: Opening, mask: int) -> State:
        """Return the state of the parent after an element whose end matched the patterns of the mask."""
        found = opening.joined.get(mask)
        if found is None:
            backs = [back for at, back in enumerate(opening.backs) if mask >> at & 1]
            found = self.of(tuple(self.make.choice(column) for column in zip(*backs, strict=True)))
            opening.joined[mask] = found
        return found

    def attributing(self, state: State, name: str, key: str = "") -> Attributing:
        """Return what an attribute leads to; without values where it is not allowed; ``key`` as in `opened`."""
        key = key or name
        found = state.attributes.get(key)
        if found is None:
            if state.named is None:
                state.named = _named(state.patterns)
            values: tuple[Pattern, ...] = ()
            if name in state.named or "*" in state.named:
                values = tuple({value: None for pattern in state.patterns for value in pattern.values(name)})
            found = Attributing(name, values)
            if values or len(state.attributes) < _KEPT:
                state.attributes[key] = found
            for value in values:
                if isinstance(value, Data) and value.datatype.name in {"ID", "IDREF", "IDREFS"}:
                    found.ids = value.datatype.name
        return found

    def attributed(self, state: State, found: Attributing, value: str, context: Context) -> State | None:
        """Return the state after an attribute, or None where its value is not allowed."""
        after = found.reached.get(value)
        if after is not None:
            return after
        mask = 0
        for at, pattern in enumerate(found.values):
            if pattern is self.make.any_text or pattern.accepts(self.make, value, context):
                mask |= 1 << at
        after = self.attributed_as(state, found, mask) if mask else None
        if after is not None and not found.ids and not self.make.contextual and len(value) < _LONG:
            if len(found.reached) >= _KEPT:
                # Values that never repeat would fill it: what does repeat is soon found again.
                found.reached.clear()
            found.reached[value] = after
        return after

    def attributed_as(self, state: State, found: Attributing, mask: int) -> State | None:
        """Return the state after an attribute whose value matches the patterns of a mask."""
        after = found.after.get(mask)
        if after is None:
            accepting = frozenset(value for at, value in enumerate(found.values) if mask >> at & 1)
            left = tuple(pattern.attributed(self.make, found.name, accepting) for pattern in state.patterns)
            after = found.after[mask] = self.of(left)
        return None if after.dead else after

    def closed(self, state: State, forced: bool = False) -> State:
        """Return the state after the last attribute; ``forced`` forgives those that are missing."""
        if forced:
            if state.forgiven is None:
                state.forgiven = self.of(tuple(pattern.closed(self.make, True) for pattern in state.patterns))
            return state.forgiven
        if state.closed is None:
            state.closed = self.of(tuple(pattern.closed(self.make, False) for pattern in state.patterns))
        return state.closed

    def text(self, state: State, words: str, context: Context, alone: bool) -> State:
        """Return the state after a text; ``alone`` when it is all that the element holds."""
        if not state.typed:
            if state.texts is None:
                state.texts = self.of(tuple(pattern.text(self.make, words, context) for pattern in state.patterns))
            return state.texts
        blank = alone and not words.strip(BLANK)
        after = [pattern.text(self.make, words, context) for pattern in state.patterns]
        if blank:
            after = [self.make.choice(pair) for pair in zip(after, state.patterns, strict=True)]
        return self.of(tuple(after))


def _named(patterns: tuple[Pattern, ...]) -> frozenset[str]:
    found, waiting = set[str](), list(patterns)
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, Attribute):
            found.update(("*",) if pattern.names.endless else pattern.names.named())
        elif pattern.attributes:
            waiting.extend(pattern.parts())
    return frozenset(found)
