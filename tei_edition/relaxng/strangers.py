"""Takes an element that a schema does not know and remarks on it with the name that was meant."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from tei_edition.location import called
from tei_edition.opened import Mend, Opened
from tei_edition.relaxng import expected, habits
from tei_edition.relaxng.attributes import Attributes
from tei_edition.relaxng.likeness import certain, meant
from tei_edition.relaxng.names import local, namespace
from tei_edition.relaxng.states import Opening, State
from tei_edition.relaxng.wording import listing
from tei_edition.vocabulary import page, ranked

if TYPE_CHECKING:
    from tei_edition.relaxng.schema import Schema
    from tei_edition.relaxng.validator import Frame

_XINCLUDE = "http://www.w3.org/2001/XInclude"
Way = tuple[State | None, Opening | None]
"""What an element may hold, and the way on after it; without one, its parent stands where it stood before."""


class _Names:
    """The names of a schema, and what others that were met are like; the same for all documents."""

    def __init__(self, schema: Schema) -> None:
        self._all = schema.names
        self.spaces = {namespace(one) for one in self._all}
        self.twins = {local(one): one for one in reversed(self._all)}
        self._likely = ranked(self._all)

    def like(self, name: str, state: State) -> tuple[str, str]:
        """Return the name that was meant, and the same in short where no other can be meant."""
        near = expected.firsts(state.patterns)
        found = meant(name, ranked(near)) or meant(name, self._likely)
        sure = certain(name, near) or certain(name, self._all)
        return found, sure if sure == local(found) else ""


@lru_cache(maxsize=4)
def _names_of(schema: Schema) -> _Names:
    return _Names(schema)


class Strangers:
    """Says what is meant by elements that are not of the schema, in one document."""

    def __init__(self, schema: Schema, opened: Opened, attributes: Attributes) -> None:
        self._schema, self._states, self._opened, self._attributes = schema, schema.states, opened, attributes
        self._names = _names_of(schema)

    def met(self, node: etree._Element, outer: Frame) -> Way:
        """Remark on an element that the schema does not know; return what it may hold, and the way on."""
        assert outer.state is not None
        name, parent = str(node.tag), outer.element
        twin = self._names.twins.get(local(name), "")
        if twin:
            # One remark where the namespace begins; what stands below has it from there.
            if parent is None or namespace(str(parent.tag)) != namespace(name) or self._schema.called(str(parent.tag)):
                self._astray(node, twin)
            return self._as(twin, outer)
        home = namespace(str(parent.tag)) if parent is not None else namespace(next(iter(self._schema.names), ""))
        origin, written = habits.ELEMENTS.get(local(name), ("", ""))
        tag = f"{{{home}}}{written.split()[0]}" if home and written else written.partition(" ")[0]
        if origin and page(tag) and self._schema.called(tag) is not None:
            said = f"is an element of {origin}, not of TEI P5" if origin != "TEI" else "is left out of this schema"
            message = f"“{called(node)}” {said}."
            self._opened.remark("element-not-allowed", message, at=node, hint=f"Write <{written}>.", about=tag)
            if local(name) not in habits.UNSURE:
                self._opened.mends.append(Mend(at=node, new=written))
            self._attributes.foreign = node
            return self._as(tag, outer)
        uri = namespace(name)
        if uri and uri not in self._names.spaces and not self._opened.full("element-not-allowed"):
            message = f"“{called(node)}” is of another vocabulary, for which the schema has no place here."
            hint = "Extend the schema, or take it out."
            if uri == _XINCLUDE:
                hint = "Put the parts together before they are checked, or check each of them."
            self._opened.remark("element-not-allowed", message, at=node, hint=hint)
            return None, None
        like, sure = self._names.like(name, outer.state)
        message = f"“{called(node)}” is not an element of this schema."
        near = expected.firsts(outer.state.patterns)
        if self._opened.full("element-not-allowed"):
            self._opened.remark("element-not-allowed", "")
        elif page(name) and not sure:
            hint = listing("Allowed here", near) if len(near) <= 12 else ""
            message = f"“{called(node)}” is an element of TEI, but this schema leaves it out."
            hint = hint or "Use another element, or add it to the schema."
            self._opened.remark("element-not-allowed", message, at=node, hint=hint)
            return None, None
        elif like:
            case = " Upper and lower case matter." if local(like).lower() == local(name).lower() else ""
            self._opened.remark(
                "element-not-allowed", message, at=node, hint=f"Write “{local(like)}”.{case}", about=like
            )
            if sure:
                self._opened.mends.append(Mend(at=node, new=sure))
        else:
            about = str(parent.tag) if parent is not None else None
            self._opened.remark(
                "element-not-allowed", message, at=node, hint=listing("Allowed here", near) or None, about=about
            )
        return self._as(like, outer) if like else (None, None)

    def _as(self, name: str, outer: Frame) -> Way:
        """Return the way on as if an element bore another name."""
        opening = None if outer.state is None else self._states.opened(outer.state, name)
        outer.faulty = opening is None
        return (opening.inner if opening else self._schema.called(name)), opening

    def _astray(self, node: etree._Element, twin: str) -> None:
        """Remark on an element that is in the wrong namespace, or in none."""
        uri, right = namespace(str(node.tag)), namespace(twin)
        if uri == "http://www.w3.org/1999/xhtml" and local(twin) in habits.ELEMENTS:
            twin = f"{{{right}}}{habits.ELEMENTS[local(twin)][1].split()[0]}"
        where = f"in the namespace “{uri}”" if uri else "in no namespace"
        hint = f'Write <{local(twin)} xmlns="{right}">.' if right else "Write it without a namespace."
        around = node.getparent()
        if around is not None and right and around.nsmap.get(None) == right:
            hint = f"Write <{local(twin)}> without “{node.prefix}:”." if node.prefix else f'Take xmlns="{uri}" away.'
            if not node.prefix and not uri:
                self._opened.mends.append(Mend(at=node, attribute="xmlns", new=""))
        self._opened.remark("namespace-wrong", f"“{local(node.tag)}” is {where}.", at=node, hint=hint, about=twin)
