"""Takes a place where a document leaves its schema, and gives the remark that helps, and the way on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree

from tei_edition.location import line
from tei_edition.opened import Opened
from tei_edition.relaxng import expected, habits, values
from tei_edition.relaxng.attributes import Attributes
from tei_edition.relaxng.homes import homes_of
from tei_edition.relaxng.names import local, namespace
from tei_edition.relaxng.patterns import Pattern
from tei_edition.relaxng.states import ALL, State
from tei_edition.relaxng.strangers import Strangers, Way
from tei_edition.relaxng.wording import an, each, listing, start
from tei_edition.vocabulary import page, ranked

if TYPE_CHECKING:
    from tei_edition.relaxng.schema import Schema
    from tei_edition.relaxng.validator import Frame

_SKIPPED = 3
"""Elements in a row that may be missing before one that stands there."""
_TRIED = 60
_TOGETHER = ("Wrap it in", "Close", "Put it before", "Put it at")
"""How advice begins that holds for what follows as well."""


class Diagnosis:
    """Says what is wrong at one place of one document."""

    def __init__(self, schema: Schema, opened: Opened) -> None:
        self._schema, self._states, self._opened = schema, schema.states, opened
        self._homes = homes_of(schema)
        self._attributes = Attributes(schema, opened, self._homes)
        self._strangers = Strangers(schema, opened, self._attributes)
        self._run: tuple[etree._Element, etree._Element | None, str] | None = None
        """Where something did not fit last: the parent, its child, and what was to be done."""

    def strange(self, node: etree._Element, outer: Frame) -> Way:
        """Remark on an element that cannot stand where it stands; return what it may hold, and the way on."""
        name, own = str(node.tag), self._schema.called(str(node.tag))
        if outer.state is None or name in outer.forgiven:
            return own, None
        outer.faulty = True
        if own is None:
            return self._strangers.met(node, outer)
        if self._opened.full("element-not-allowed"):
            self._opened.remark("element-not-allowed", "")
            return own, None
        if outer.element is None:
            hint = listing("Begin with", expected.firsts(outer.state.patterns))
            self._opened.remark(
                "element-not-allowed", f"“{local(name)}” is not a root that the schema allows.", at=node, hint=hint
            )
            return own, None
        skipped = [] if outer.state.ends else self._skipped(outer.state, name)
        if skipped:
            return self._after_gap(node, outer, skipped)
        self._misplaced(node, outer)
        return own, None

    def _misplaced(self, node: etree._Element, outer: Frame) -> None:
        """Remark on an element of the schema that is not allowed here, and say what to do with it."""
        assert outer.state is not None and outer.element is not None
        name, short, parent = str(node.tag), local(node.tag), local(outer.element.tag)
        possible = outer.initial is not None and name in self._homes.within(outer.initial)
        message = f"“{short}” is not allowed in “{parent}”."
        if possible:
            earlier = next(node.itersiblings(name, preceding=True), None)
            message = f"“{short}” does not fit at this place in “{parent}”."
            if earlier is not None and self._homes.single(outer, name):
                where = f" (line {line(earlier)})" if line(earlier) else ""
                message = f"“{parent}” has a “{short}” already{where}."
                self._opened.remark(
                    "element-not-allowed", message, at=node, hint="Make one of the two, or remove this one."
                )
                return
        written = habits.ELEMENTS.get(short, ("", ""))[1]
        habit = f"{{{namespace(name)}}}{written.partition(' ')[0]}"
        if page(name) and written and self._states.opened(outer.state, habit) is not None:
            self._opened.remark(
                "element-not-allowed", message, at=node, hint=f"Write <{written}>, if that is meant.", about=habit
            )
            return
        hints = list(self._homes.advice(node, outer, possible))
        hint = " Or: ".join(hints).replace("Or: P", "Or p").replace("Or: W", "Or w")
        # What is to stand in front of one element does so wherever it stands now.
        before = outer.element if hint.startswith("Put it") else next(node.itersiblings("*", preceding=True), None)
        last = outer.element if hint.startswith("Put it") else node
        if self._goes_on(outer.element, before, last, hints[0] if hints else ""):
            return
        hint = hint or listing("Allowed here", expected.firsts(outer.state.patterns))
        self._opened.remark("element-not-allowed", message, at=node, hint=hint or None)

    def _goes_on(
        self, parent: etree._Element, before: etree._Element | None, last: etree._Element | None, advice: str
    ) -> bool:
        """Return whether what mends the thing directly before mends this one as well; remember this one."""
        known, self._run = self._run, (parent, last, advice)
        return advice.startswith(_TOGETHER) and known == (parent, before, advice)

    def _after_gap(self, node: etree._Element, outer: Frame, skipped: list[str]) -> Way:
        """Remark on what is missing before an element, or comes only after it."""
        assert outer.state is not None and outer.element is not None
        short, parent = local(node.tag), local(outer.element.tag)
        later = [name for name in skipped if next(node.itersiblings(name), None) is not None]
        if later:
            message = f"“{short}” does not fit at this place in “{parent}”."
            hint = f"Put “{local(later[0])}” before it."
            outer.forgiven |= set(later)
            self._opened.remark("element-not-allowed", message, at=node, hint=hint)
        else:
            message = f"“{parent}” lacks {each(skipped)} before “{short}”."
            what = " and ".join(an(name) for name in skipped)
            self._opened.remark("content-incomplete", message, at=node, hint=f"Add {what} before it.", about=skipped[0])
        state = outer.state
        for name in skipped:
            opening = self._states.opened(state, name)
            assert opening is not None
            state = self._states.after(opening, ALL)
        outer.state = state
        outer.faulty = False
        opening = self._states.opened(state, str(node.tag))
        return (opening.inner, opening) if opening else (self._schema.called(str(node.tag)), None)

    def _skipped(self, state: State, name: str) -> list[str]:
        """Return the fewest elements after which another one is allowed; nothing if there are none."""
        waiting: list[tuple[State, list[str]]] = [(state, [])]
        seen = {state}
        for _ in range(_TRIED):
            if not waiting:
                break
            here, way = waiting.pop(0)
            for step in ranked(expected.firsts(here.patterns)):
                opening = self._states.opened(here, step)
                after = None if opening is None else self._states.after(opening, ALL)
                if after is None or after in seen:
                    continue
                seen.add(after)
                if self._states.opened(after, name) is not None:
                    return [*way, step]
                if len(way) + 1 < _SKIPPED and not after.ends:
                    waiting.append((after, [*way, step]))
        return []

    def incomplete(self, frame: Frame) -> None:
        """Remark on an element that ends too early."""
        assert frame.element is not None and frame.state is not None
        if self._opened.full("content-incomplete"):
            self._opened.remark("content-incomplete", "")
            return
        short = local(frame.element.tag)
        ways = self._homes.completing(frame.state)
        if len(ways) == 1:
            message = f"“{short}” lacks {each(ways[0])}."
            hint = f"Add {' and '.join(an(name) for name in ways[0])}."
        else:
            last = f" after “{local(frame.last.tag)}”" if frame.last is not None else ""
            message = f"Something is missing in “{short}”{last}." if last else f"“{short}” is empty."
            likely = ranked(dict.fromkeys(way[0] for way in ways))
            hint = f"Add {an(likely[0])}, or what may stand in its place." if likely else ""
            beside = "" if frame.last is None else local(frame.last.tag)
            partner = habits.PARTNERS.get(beside, "")
            if partner in map(local, likely):
                message = f"“{short}” lacks {an(partner)} beside its “{beside}”."
                hint = f"Add {an(partner)}."
            elif 1 < len(likely) <= 6:
                hint = f"Add {each(likely, 'or')}."
        self._opened.remark("content-incomplete", message, at=frame.element, end=True, hint=hint or None)

    def text(self, frame: Frame) -> None:
        """Remark on text that cannot stand in an element."""
        assert frame.element is not None and frame.state is not None
        node, name, state = frame.element, local(frame.element.tag), frame.state
        words = start(frame.words)
        if state.typed and frame.last is None:
            message = f"“{words}” cannot be the content of “{name}”." if words else f"“{name}” is empty."
            hint = values.remedy(words, state.patterns)[0]
            self._opened.remark("value-not-allowed", message, at=node, hint=hint or None)
            return
        frame.faulty, wrap = True, ""
        if self._opened.full("text-not-allowed"):
            self._opened.remark("text-not-allowed", "")
            return
        message = f"“{name}” may not hold text of its own: “{words}”."
        if self._homes.holds_nothing(frame.initial):
            hint = f"“{name}” holds nothing: write <{name}/>, and the words after it."
        else:
            wraps = self._homes.wrappings(state, None) or self._homes.wrappings(frame.initial or state, None)
            held = [one for one in expected.firsts(state.patterns) if self._homes.wrappings(self._inside(one), None)]
            wrap = f"Wrap it in {an(wraps[0])}." if wraps else ""
            hint = f"Put it into {an(wraps[0])}." if wraps else ""
            if not wraps and held:
                inner = self._homes.wrappings(self._inside(held[0]), None)[0]
                hint = f"Put it into {an(inner)} in {an(held[0])}."
        if self._goes_on(node, frame.last, frame.last, wrap):
            return
        after = node if frame.last is None else frame.last
        self._opened.remark("text-not-allowed", message, at=node, text=after, hint=hint or None)

    def _inside(self, name: str) -> State:
        return self._homes.inside(name) or self._states.of(())

    def value(self, node: etree._Element, key: str, value: str, patterns: Iterable[Pattern]) -> None:
        """Remark on a value that an attribute cannot have."""
        self._attributes.value(node, key, value, patterns)

    def attribute(self, node: etree._Element, key: str, state: State) -> str:
        """Remark on an attribute that does not belong; return the one that was meant, if it can be seen."""
        return self._attributes.strange(node, key, state)

    def missing(self, node: etree._Element, state: State) -> None:
        """Remark on the attributes that an element lacks."""
        self._attributes.missing(node, state)
