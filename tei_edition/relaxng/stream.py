"""Takes the bytes of a document and a RELAX NG schema and says whether the schema allows it, without a tree.

Most documents of an edition are as they should be. This way through them does nothing but look up what was found out
for others like them; only where it comes to something that is not allowed is the document walked through again, by
`validator.Walk`, to say what.
"""

from __future__ import annotations

import gc
from typing import NoReturn
from xml.parsers import expat

from tei_edition.opened import Seen
from tei_edition.relaxng.patterns import BLANK
from tei_edition.relaxng.states import Attributing, Opening, State, States
from tei_edition.tei import XML

_ID = f"{XML}}}id"
_NOWHERE: dict[str | None, str] = {}


class _NotSeen(Exception):
    """Something that is not allowed, or that this way cannot judge."""


def allowed(states: States, start: State, document: bytes, ids: bool) -> Seen | None:
    """Return what was met in a document that the schema allows; None may also mean that another way has to tell.

    The bytes are those of a well-formed document; one with a document type is left to others, for what its entities
    and declarations mean. ``ids``: ids stand once, and what refers to one finds it.
    """
    if states.make.contextual:
        return None
    seen = Seen()
    note, note_id = seen.attributes.add, seen.ids.append
    named: set[str] = set()
    meant: set[str] = set()
    above: list[Opening] = []
    state, words, leaf = start, "", False

    def opened(name: str, attributes: list[str]) -> None:
        nonlocal state, words, leaf
        if words:
            if words.strip(BLANK):
                state = states.text(state, words, _NOWHERE, False)
            words = ""
        opening = state.opens.get(name) or entered(name)
        above.append(opening)
        inner = opening.inner
        if attributes:
            pairs = iter(attributes)
            for key, value in zip(pairs, pairs, strict=False):
                found = inner.attributes.get(key) or states.attributing(inner, _clark(key), key)
                inner = found.reached.get(value) or reached(inner, found, value)
                if key == _ID:
                    note_id((name, value))
                else:
                    note((name, key, value))
        state = inner.closed or states.closed(inner)
        leaf = True

    def entered(name: str) -> Opening:
        opening = states.opened(state, _clark(name), name)
        if opening is None:
            raise _NotSeen
        return opening

    def reached(inner: State, found: Attributing, value: str) -> State:
        after = states.attributed(inner, found, value, _NOWHERE)
        if after is None:
            raise _NotSeen
        if ids and found.ids:
            if found.ids != "ID":
                meant.update(value.split())
            elif value.strip() in named:
                raise _NotSeen
            else:
                named.add(value.strip())
        return after

    def ended(name: str) -> None:
        nonlocal state, words, leaf
        if state.typed and (leaf or words):
            if leaf or words.strip(BLANK):
                state = states.text(state, words, _NOWHERE, leaf)
            words = ""
        opening = above.pop()
        mask = state.ends
        if not mask:
            raise _NotSeen
        state = opening.joined.get(mask) or states.after(opening, mask)
        leaf = False

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
    # What is made here and kept are no circles; looking for some among all patterns takes a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        reader.Parse(document, True)
    except (_NotSeen, expat.ExpatError, LookupError, ValueError):
        return None
    finally:
        if collecting:
            gc.enable()
    if not state.ends or not meant <= named:
        return None
    return seen


def _left(*declared: object) -> NoReturn:
    raise _NotSeen


def _clark(name: str) -> str:
    return f"{{{name}" if "}" in name else name
