"""Takes the bytes of a document and a RELAX NG schema and says whether the schema allows it, without a tree.

Most documents of an edition are as they should be. This way through them does nothing but look up what was found out
for others like them; only where it comes to something that is not allowed is the document walked through again, by
`validator.Walk`, to say what.
"""

from __future__ import annotations

from typing import NoReturn
from xml.parsers import expat

from tei_edition.opened import Seen
from tei_edition.relaxng.patterns import BLANK, kept
from tei_edition.relaxng.states import Attributing, Opening, State, States, Step
from tei_edition.tei import XML

_ID = f"{XML}}}id"
_NOWHERE: dict[str | None, str] = {}
_DEEPEST = 200
"""Elements in each other that every parser takes; libxml2 stops at 256."""


class _NotSeen(Exception):
    """Something that is not allowed, or that this way cannot judge."""


def allowed(states: States, start: State, document: bytes, ids: bool) -> Seen | None:
    """Return what was met in a document that the schema allows; None may also mean that another way has to tell.

    A document with a document type is left to others, for what its entities and declarations mean; so is one that
    is not well-formed. ``ids``: ids stand once, and what refers to one finds it.
    """
    make = states.make
    if make.contextual:
        return None
    seen = Seen()
    note, note_id = seen.tags.add, seen.ids.append
    named: set[str] = set()
    meant: set[str] = set()
    above: list[Opening] = []
    push, pop = above.append, above.pop
    state, words, leaf = start, "", False

    def opened(name: str, attributes: list[str]) -> None:
        nonlocal state, words, leaf
        if words:
            if words.strip(BLANK):
                state = states.text(state, words, _NOWHERE, False)
            words = ""
        if attributes:
            key = (name, *attributes)
            step = state.steps.get(key) or entered(name, attributes, key)
            note(step)
        else:
            step = state.steps.get(name) or entered(name, attributes, name)
        push(step.opening)
        state = step.state
        leaf = True

    def entered(name: str, attributes: list[str], key: str | tuple[str, ...]) -> Step:
        """Return the step of a start tag that was not met in this state, or that has an id."""
        bare: tuple[str, ...] = ()
        names = attributes[::2]
        if _ID in names:
            at = 2 * names.index(_ID)
            value = attributes[at + 1]
            bare = (_ID, name, *attributes[:at], *attributes[at + 2 :])
            known = state.steps.get(bare)
            if known is not None and known.identity is not None and known.identity.accepts(make, value, _NOWHERE):
                note_id((name, value))
                if ids:
                    identified(value)
                return known
        opening = state.opens.get(name) or states.opened(state, _clark(name), name)
        if opening is None or len(above) > _DEEPEST:
            raise _NotSeen
        inner, single, identity = opening.inner, False, None
        pairs = iter(attributes)
        for attribute, value in zip(pairs, pairs, strict=False):
            found = inner.attributes.get(attribute) or states.attributing(inner, _clark(attribute), attribute)
            inner = found.reached.get(value) or reached(inner, found, value)
            if attribute == _ID:
                note_id((name, value))
                identity = found.values[0] if len(found.values) == 1 and found.ids == "ID" else None
                single = single or identity is None
            else:
                single = single or bool(found.ids)
        step = Step(opening, inner.closed or states.closed(inner), name, bare[2:] if bare else attributes, identity)
        # Ids stand once, so that a tag with one does not come again, but it may with another id.
        if not single:
            states.remember(state, bare or key, step)
        return step

    def reached(inner: State, found: Attributing, value: str) -> State:
        after = states.attributed(inner, found, value, _NOWHERE)
        if after is None:
            raise _NotSeen
        if ids and found.ids:
            if found.ids != "ID":
                meant.update(value.split())
            else:
                identified(value)
        return after

    def identified(value: str) -> None:
        if value.strip() in named:
            raise _NotSeen
        named.add(value.strip())

    def ended(name: str) -> None:
        nonlocal state, words, leaf
        if state.typed and (leaf or words):
            if leaf or words.strip(BLANK):
                state = states.text(state, words, _NOWHERE, leaf)
            words = ""
        opening = pop()
        mask = state.ends
        state = opening.joined.get(mask) or after(opening, mask)
        leaf = False

    def after(opening: Opening, mask: int) -> State:
        if not mask:
            raise _NotSeen
        return states.after(opening, mask)

    def text(piece: str) -> None:
        nonlocal state, words
        if state.texts is state:
            return
        if state.typed:
            words += piece
        elif not (piece.isspace() and piece.isascii()):
            state = state.texts or states.text(state, piece, _NOWHERE, False)
            if state.dead:
                raise _NotSeen

    reader = expat.ParserCreate(namespace_separator="}")
    reader.ordered_attributes = reader.buffer_text = True
    reader.StartElementHandler, reader.EndElementHandler, reader.CharacterDataHandler = opened, ended, text
    reader.StartDoctypeDeclHandler = _left
    try:
        with kept():
            reader.Parse(document, True)
    except (_NotSeen, expat.ExpatError, LookupError, ValueError):
        return None
    if not state.ends or not meant <= named:
        return None
    return seen


def _left(*declared: object) -> NoReturn:
    raise _NotSeen


def _clark(name: str) -> str:
    return f"{{{name}" if "}" in name else name
