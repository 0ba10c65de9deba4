"""Takes an element or a text that stands where it cannot and gives the places where it could, by the schema."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from tei_edition.location import line
from tei_edition.relaxng import expected
from tei_edition.relaxng.names import local
from tei_edition.relaxng.patterns import Element
from tei_edition.relaxng.states import ALL, State
from tei_edition.relaxng.wording import an, each
from tei_edition.vocabulary import UNRANKED, rank, ranked

if TYPE_CHECKING:
    from tei_edition.relaxng.schema import Schema
    from tei_edition.relaxng.validator import Frame

_SIBLINGS = 2000
"""Elements of one parent that are looked at for the place where another should stand."""
_LEVELS = 4
"""Elements that may have to be closed, or that are searched for a place."""
_UNLIKELY = {"note", "figure", "quote", "q", "said", "cit", "egXML", "add", "del", "desc", "stage", "table", "head"}
"""Elements that hold nearly everything, and are seldom what was forgotten."""
_RARE = 200
"""From this rank on, an element is not what was forgotten."""
_NEVER = {
    "floatingText",
    "app",
    "lem",
    "rdg",
    "choice",
    "subst",
    "supplied",
    "corr",
    "sic",
    "reg",
    "orig",
    "media",
    "metamark",
    "signed",
}
_NEVER |= {"salute", "trailer", "argument", "epigraph", "closer", "opener", "postscript"}


_KEPT = 1000
"""Places of which is remembered what could be put around something there."""


class Homes:
    """Says where things may stand, by the steps of one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema, self._states = schema, schema.states
        self._wrappings: dict[tuple[State, str | None], list[str]] = {}
        self._within: dict[State, frozenset[str]] = {}
        self._holders: dict[str, list[str]] = {}

    def inside(self, name: str) -> State | None:
        """Return what elements of a name hold, after their attributes."""
        state = self._schema.called(name)
        return None if state is None else self._states.closed(state, forced=True)

    def within(self, state: State) -> frozenset[str]:
        """Return the names of the elements that may still come."""
        found = self._within.get(state)
        if found is None:
            held = expected.elements(state.patterns)
            found = self._within[state] = frozenset(one for element in held for one in element.names.named())
        return found

    def takes_text(self, state: State | None) -> bool:
        """Return whether words may stand here."""
        return state is not None and not self._states.text(state, "x", {}, False).dead

    def holds_nothing(self, state: State | None) -> bool:
        """Return whether an element has no content at all."""
        if state is None or state.typed or not state.ends:
            return False
        return not self.takes_text(state) and not expected.elements(state.patterns)

    def closing(self, outer: Frame, name: str) -> list[str]:
        """Return the elements that have to be closed before an element may stand, from within; nothing if none do."""
        closed: list[str] = []
        frame = outer
        while frame.opening is not None and frame.element is not None and len(closed) < _LEVELS:
            closed.append(str(frame.element.tag))
            if self._states.opened(self._states.after(frame.opening, ALL), name) is not None:
                return closed if frame.outer is not None and frame.outer.element is not None else []
            if frame.outer is None:
                break
            frame = frame.outer
        return []

    def wrappings(self, state: State, name: str | None) -> list[str]:
        """Return the elements that may stand here and hold an element, or words, at once; the likeliest first."""
        key = state, name
        if key not in self._wrappings:
            if len(self._wrappings) >= _KEPT:
                self._wrappings.clear()
            self._wrappings[key] = self._wrapped(state, name)
        return self._wrappings[key]

    def _wrapped(self, state: State, name: str | None) -> list[str]:
        found = []
        for step in expected.firsts(state.patterns):
            inner = self.inside(step)
            fits = self.takes_text(inner) if name is None else bool(inner and self._states.opened(inner, name))
            if fits and step != name and local(step) not in _NEVER:
                found.append(step)
        needed = {} if state.ends else dict.fromkeys(way[0] for way in self.completing(state))
        only = self.homes(name) if name else []
        likely = [
            one
            for one in ranked(found)
            if one in needed or only == [one] or (local(one) not in _UNLIKELY and not _RARE < rank(one) < UNRANKED)
        ]
        return sorted(likely, key=lambda one: one not in needed)

    def earlier(self, outer: Frame, node: etree._Element) -> etree._Element | None:
        """Return the last element before another one in its parent in front of which it could stand."""
        state, found = outer.initial, None
        before = list(islice(node.itersiblings("*", preceding=True), _SIBLINGS))
        for sibling in reversed(before):
            if state is None:
                break
            if self._states.opened(state, str(node.tag)) is not None:
                found = sibling
            opening = self._states.opened(state, str(sibling.tag))
            state = None if opening is None else self._states.after(opening, ALL)
        return found

    def single(self, outer: Frame, name: str) -> bool:
        """Return whether an element may stand in its parent only once."""
        opening = None if outer.initial is None else self._states.opened(outer.initial, name)
        steps = 0
        state = outer.initial
        while state is not None and opening is None and steps < _LEVELS:
            firsts = list(expected.firsts(state.patterns))
            if not firsts:
                break
            onward = self._states.opened(state, firsts[0])
            state = None if onward is None else self._states.after(onward, ALL)
            opening = None if state is None else self._states.opened(state, name)
            steps += 1
        if opening is None:
            return False
        after = self._states.after(opening, ALL)
        return name not in self.within(after)

    def homes(self, name: str) -> list[str]:
        """Return the elements that may hold an element, the commonest first."""
        if name not in self._holders:
            wanted = _named(self._schema).get(name, [])
            found = []
            for holder in self._schema.names:
                state = self._schema.called(holder)
                held = expected.elements(state.patterns if state else ())
                if holder != name and any(one in held for one in wanted):
                    found.append(holder)
            self._holders[name] = ranked(found)
        return self._holders[name]

    def owners(self, key: str) -> list[str]:
        """Return the elements that have an attribute, the commonest first."""
        return ranked(_owners(self._schema).get(key, ()))

    def nearby(self, node: etree._Element, homes: list[str]) -> etree._Element | None:
        """Return an element close to another one that may hold it: beside its parent, or its parent's parent."""
        held = set(homes)
        for around in islice(node.iterancestors("*"), _LEVELS):
            for sibling in (
                *islice(around.itersiblings("*", preceding=True), 20),
                *islice(around.itersiblings("*"), 20),
            ):
                if sibling.tag in held:
                    return sibling
        return None

    def completing(self, state: State) -> list[list[str]]:
        """Return the shortest ways in which an element can be completed, each as the elements to add."""
        ways: list[tuple[State, list[str]]] = [(state, [])]
        seen = {state}
        for _ in range(3):
            further: list[tuple[State, list[str]]] = []
            done: list[list[str]] = []
            for here, way in ways[:60]:
                for step in expected.firsts(here.patterns):
                    opening = self._states.opened(here, step)
                    after = None if opening is None else self._states.after(opening, ALL)
                    if after is None:
                        continue
                    if after.ends:
                        done.append([*way, step])
                    elif after not in seen:
                        seen.add(after)
                        further.append((after, [*way, step]))
            if done:
                return done
            ways = further
        return []

    def advice(self, node: etree._Element, outer: Frame, possible: bool) -> Iterator[str]:
        """Yield what can be done with an element of the schema that cannot stand where it does, likeliest first."""
        assert outer.element is not None and outer.state is not None
        name, parent = str(node.tag), local(outer.element.tag)
        if possible:
            place = self.earlier(outer, node)
            if place is not None:
                first = next(place.itersiblings("*", preceding=True), None) is None
                later = not first and self._states.opened(outer.state, str(place.tag)) is not None
                where = f"at the beginning of “{parent}”, " if first else ""
                yield f"Put it {where}before {_at(place)}{f', or “{local(place.tag)}” after it' if later else ''}."
            wraps = self.wrappings(outer.state, name)
            if wraps:
                yield f"Wrap it in {an(wraps[0])}."
            return
        if self.holds_nothing(outer.initial):
            yield f"“{parent}” holds nothing: write <{parent}/>."
            return
        wraps = self.wrappings(outer.state, name)
        likely = wraps and not self.takes_text(outer.initial)
        if not likely and (closed := self.closing(outer, name)):
            yield f"Close {each(closed)} before it; “{local(name)}” stands beside {an(closed[-1])}, not in it."
            return
        if wraps:
            yield f"Wrap it in {an(wraps[0])}."
            return
        homes = self.homes(name)
        near = self.nearby(node, homes)
        if near is not None:
            yield f"Put it into {_at(near)}."
        elif homes:
            named = each(homes[:4], "or") + (", for example" if homes[4:] else "")
            yield f"“{local(name)}” stands in {named}."


@lru_cache(maxsize=4)
def homes_of(schema: Schema) -> Homes:
    """Return the homes of a schema, the same for all documents."""
    return Homes(schema)


@lru_cache(maxsize=4)
def _named(schema: Schema) -> dict[str, list[Element]]:
    """Return the elements of a schema by their names."""
    found: dict[str, list[Element]] = {}
    for element in schema.elements:
        for one in element.names.named():
            found.setdefault(one, []).append(element)
    return found


@lru_cache(maxsize=4)
def _owners(schema: Schema) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in schema.names:
        state = schema.called(name)
        for one in expected.attributes(state.patterns if state else ()):
            found.setdefault(one, []).append(name)
    return found


def _at(place: etree._Element) -> str:
    number = line(place)
    return f"“{local(place.tag)}”" + (f" (line {number})" if number else "")
