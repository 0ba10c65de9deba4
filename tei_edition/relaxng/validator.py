"""Takes a document and a RELAX NG schema and remarks on everything that the schema does not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from tei_edition.location import line
from tei_edition.opened import Opened
from tei_edition.relaxng.diagnosis import Diagnosis
from tei_edition.relaxng.patterns import BLANK
from tei_edition.relaxng.states import ALL, Opening, State
from tei_edition.tei import ID, XML

if TYPE_CHECKING:
    from tei_edition.relaxng.schema import Schema

_NOBODY = frozenset[str]()
_NONE: dict[str | None, str] = {}


class Frame:
    """An element that is open, and where one stands in it."""

    __slots__ = ("element", "faulty", "forgiven", "initial", "last", "opening", "outer", "state", "told", "words")

    def __init__(
        self, element: etree._Element | None, state: State | None, opening: Opening | None, outer: Frame | None
    ) -> None:
        self.element, self.state, self.opening, self.outer = element, state, opening, outer
        self.initial = state
        self.words = (element.text or "") if element is not None else ""
        """The text since the last tag."""
        self.last: etree._Element | None = None
        """The last child so far."""
        self.faulty = False
        """Whether a mistake was found, so that more of its kind would be the same mistake."""
        self.told = False
        """Whether its text was remarked on."""
        self.forgiven: frozenset[str] = _NOBODY
        """Names that a remark on the order has spoken of."""


class Walk:
    """One way through one document; a mistake is remarked on, mended in thought, and the way goes on.

    A frame without a state is an element of which the schema says nothing; its children are looked up by name.
    """

    def __init__(self, schema: Schema, opened: Opened, ids: bool) -> None:
        self._schema, self._states, self._opened, self._ids = schema, schema.states, opened, ids
        self._diagnosis = Diagnosis(schema, opened)
        self._contextual = self._states.make.contextual
        self._named: dict[str, etree._Element] = {}
        self._meant: list[tuple[str, etree._Element, str]] = []

    def run(self) -> None:
        """Walk through the document."""
        frame = Frame(None, self._schema.start, None, None)
        for event, node in etree.iterwalk(self._opened.root, events=("start", "end", "comment", "pi")):
            if event == "start":
                frame = self._start(node, frame)
            elif event == "end":
                frame = self._end(frame)
                frame.words = node.tail or ""
            elif node.tail:
                frame.words += node.tail
        for value, node, key in self._meant:
            if value not in self._named:
                message = f"“{value}” points to an id that this file does not have."
                hint = "Correct the pointer, or add the id."
                self._opened.remark("pointer-dangling", message, at=node, attribute=key, hint=hint)

    def _start(self, node: etree._Element, outer: Frame) -> Frame:
        if outer.words:
            if outer.words.strip(BLANK):
                self._text(outer, False)
            outer.words = ""
        outer.last = node
        name = str(node.tag)
        opening, inner = None, None
        if outer.state is not None:
            opening = self._states.opened(outer.state, name)
        if opening is not None:
            inner = opening.inner
        else:
            inner, opening = self._diagnosis.strange(node, outer)
        frame = Frame(node, inner, opening, outer)
        if inner is not None:
            frame.state = frame.initial = self._attributes(node, inner)
        return frame

    def _end(self, frame: Frame) -> Frame:
        outer, state = frame.outer, frame.state
        assert outer is not None
        if state is None:
            return outer
        if (state.typed and frame.last is None) or frame.words.strip(BLANK):
            self._text(frame, frame.last is None)
            state = frame.state or state
        mask = state.ends
        if not mask:
            if not frame.faulty:
                self._diagnosis.incomplete(frame)
            mask = ALL
        if frame.opening is not None:
            outer.state = self._states.after(frame.opening, mask)
        return outer

    def _text(self, frame: Frame, alone: bool) -> None:
        state, node = frame.state, frame.element
        if state is None or node is None:
            return
        context = {**node.nsmap, "xml": XML} if self._contextual else _NONE
        after = self._states.text(state, frame.words, context, alone)
        if not after.dead and (not alone or not state.typed or after.ends):
            frame.state = after
            return
        if not frame.told:
            self._diagnosis.text(frame)
        frame.told = True
        frame.faulty = frame.faulty or state.typed

    def _attributes(self, node: etree._Element, state: State) -> State:
        states = self._states
        # A value is looked for from the first attribute on, so only those that matter are asked for.
        keys: Any = node.keys()
        for key in keys:
            found = state.attributes.get(key) or states.attributing(state, key)
            after: State | None = None
            if found.values:
                value = node.get(key, "")
                context = {**node.nsmap, "xml": XML} if self._contextual else _NONE
                after = found.reached.get(value) or states.attributed(state, found, value, context)
                if after is None:
                    if key != ID or self._ids or not found.ids:
                        self._diagnosis.value(node, key, value, found.values)
                    after = states.attributed_as(state, found, ALL)
                if self._ids and found.ids:
                    self._identify(found.ids, value, node, key)
            else:
                meant = self._diagnosis.attribute(node, key, state)
                after = states.attributed_as(state, states.attributing(state, meant), ALL) if meant else None
            state = after or state
        closed = state.closed or states.closed(state)
        if not closed.dead:
            return closed
        self._diagnosis.missing(node, state)
        return states.closed(state, forced=True)

    def _identify(self, kind: str, value: str, node: etree._Element, key: str) -> None:
        if kind != "ID":
            self._meant.extend((word, node, key) for word in value.split())
            return
        name = value.strip()
        if name in self._named:
            first = line(self._named[name])
            message = f"The id “{name}” stands at line {first} and again at line {line(node)}."
            hint = "Give one of them another id, and change what points to it."
            self._opened.remark("id-duplicate", message, at=node, attribute=key, hint=hint)
        self._named.setdefault(name, node)
