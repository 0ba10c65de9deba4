"""Takes patterns and gives states: where one stands in an element, and what each further step leads to.

An element may be described by several patterns at once, of which its content will choose. A state is therefore one
pattern for each; after the element, those that its end matches say where its parent stands (the deterministic tree
automaton of the schema, made as documents need it). Every step is remembered, so that a second element like a first
costs some look-ups.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tei_edition.opened import Tag
from tei_edition.relaxng.interning import Patterns
from tei_edition.relaxng.names import Name
from tei_edition.relaxng.patterns import BLANK, Attribute, Choice, Context, Empty, Group, Interleave, Pattern
from tei_edition.relaxng.texts import Data

_KEPT = 1000
"""Names that are allowed nowhere, or values, that are remembered for one state."""
_LONG = 200
"""Characters of a value that is not worth remembering."""
ALL = -1
"""The mask of all patterns of a state."""


class State:
    """Where one stands in an element."""

    __slots__ = (
        "attributes", "closed", "dead", "ends", "forgiven", "named", "opens", "patterns", "steps", "texts", "typed",
    )  # fmt: skip

    def __init__(self, patterns: tuple[Pattern, ...]) -> None:
        self.patterns = patterns
        self.typed = any(pattern.typed for pattern in patterns)
        self.ends = sum(1 << at for at, pattern in enumerate(patterns) if pattern.nullable)
        """The mask of the patterns that allow the element to end here; 0 for none."""
        self.opens: dict[str, Opening | None] = {}
        self.steps: dict[str | tuple[str, ...], Step] = {}
        """What whole start tags lead to, by their names, or by name, attributes and values."""
        self.attributes: dict[str, Attributing] = {}
        self.named: dict[str, list[Attribute]] | None = None
        """The attributes that may come by their names, when they were asked for; those of any name as “*”."""
        self.closed: State | None = None
        self.forgiven: State | None = None
        """The same, where attributes are missing."""
        self.texts: State | None = None
        self.dead = all(type(pattern) is Pattern for pattern in patterns)
        """Whether nothing can make a document valid from here."""


class Opening:
    """What an element of some name leads to: into it, and after it."""

    __slots__ = ("backs", "inner", "joined")

    def __init__(self, inner: State, backs: list[tuple[Pattern, ...]]) -> None:
        self.inner, self.backs = inner, backs
        """Into it; and for each pattern of the inner state what the outer patterns are after it."""
        self.joined: dict[int, State] = {}


class Step(Tag):
    """What a whole start tag leads to: the element, and the state after the last attribute."""

    __slots__ = ("identity", "opening", "state")

    def __init__(
        self,
        opening: Opening,
        state: State,
        name: str,
        attributes: Sequence[str],
        identity: Pattern | None = None,
    ) -> None:
        super().__init__(name, attributes)
        self.opening, self.state = opening, state
        self.identity = identity
        """What ``xml:id`` has to be, of a tag that has one: it is not among the attributes, as it differs each time."""


class Attributing:
    """What an attribute of some name leads to, by which of the patterns its value matches."""

    __slots__ = ("after", "ids", "name", "reached", "values")

    def __init__(self, name: str, values: tuple[Pattern, ...]) -> None:
        self.name, self.values = name, values
        self.after: dict[int, State] = {}
        self.reached: dict[str, State] = {}
        """The same by the value; ids, which stand once, are not remembered."""
        self.ids = ""
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

    def remember(self, state: State, key: str | tuple[str, ...], step: Step) -> None:
        """Remember what a start tag leads to."""
        if len(state.steps) >= _KEPT:
            state.steps.clear()
        state.steps[key] = step

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
            several = state.named.get(name, [])
            if "*" in state.named:
                several = [one for one in _attributes(state.patterns) if one.names.holds(name)]
            values = tuple({one.content: None for one in several})
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
        """Return the state after an attribute whose value matches the patterns of a mask.

        An attribute that may be there or not, whatever else is there, leaves the state as it is: no attribute comes
        twice, and each further state is one more to find the steps of.
        """
        after = found.after.get(mask)
        if after is None:
            accepting = frozenset(value for at, value in enumerate(found.values) if mask >> at & 1)
            if all(_optional(pattern).get(found.name) in accepting for pattern in state.patterns):
                after = state
            else:
                left = tuple(pattern.attributed(self.make, found.name, accepting) for pattern in state.patterns)
                after = self.of(left)
            found.after[mask] = after
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


def _optional(pattern: Pattern) -> dict[str, Pattern]:
    """Return what the attributes hold that may be missing, whatever the others are, by their names."""
    if pattern.optional is None:
        pattern.optional = {}
        stack = [pattern]
        while stack:
            part = stack.pop()
            if isinstance(part, Group | Interleave):
                stack += [one for one in (part.first, part.second) if one.attributes]
            elif isinstance(part, Choice) and len(part.options) == 2:
                empty, one = sorted(part.options, key=lambda option: option.attributes)
                if isinstance(empty, Empty) and isinstance(one, Attribute) and isinstance(one.names, Name):
                    pattern.optional[one.names.name] = one.content
    return pattern.optional


def _named(patterns: tuple[Pattern, ...]) -> dict[str, list[Attribute]]:
    found: dict[str, list[Attribute]] = {}
    for attribute in _attributes(patterns):
        for name in ("*",) if attribute.names.endless else attribute.names.named():
            found.setdefault(name, []).append(attribute)
    return found


def _attributes(patterns: tuple[Pattern, ...]) -> list[Attribute]:
    """Return the attributes that may come, in the order of the patterns."""
    found: list[Attribute] = []
    waiting = list(reversed(patterns))
    while waiting:
        pattern = waiting.pop()
        if isinstance(pattern, Attribute):
            found.append(pattern)
        elif pattern.attributes:
            waiting.extend(reversed(pattern.parts()))
    return found
