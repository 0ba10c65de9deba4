"""Takes an attribute that an element does not have, or lacks, and remarks on it with what was meant."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml import etree

from tei_edition.location import called
from tei_edition.opened import Mend, Opened
from tei_edition.relaxng import expected, habits, values, wording
from tei_edition.relaxng.homes import Homes
from tei_edition.relaxng.likeness import certain, meant
from tei_edition.relaxng.names import local
from tei_edition.relaxng.patterns import Pattern
from tei_edition.relaxng.states import State
from tei_edition.relaxng.wording import an, each
from tei_edition.tei import ID, XML
from tei_edition.vocabulary import page

if TYPE_CHECKING:
    from tei_edition.relaxng.schema import Schema

_NEAR = 12
"""Elements around one that are asked whether they have an attribute."""
_GLOBAL = 60
"""From this many elements on, it says nothing that they have an attribute."""


class Attributes:
    """Says what is wrong with the attributes of elements of one document."""

    foreign: etree._Element | None = None
    """The element that was last taken for another vocabulary's; its attributes follow the remark on it."""

    def __init__(self, schema: Schema, opened: Opened, homes: Homes) -> None:
        self._schema, self._states, self._opened, self._homes = schema, schema.states, opened, homes
        self._last: etree._Element | None = None
        self._has: frozenset[str] = frozenset()

    def strange(self, node: etree._Element, key: str, state: State) -> str:
        """Remark on an attribute that does not belong; return the one that was meant, if it can be seen."""
        if self._opened.full("attribute-not-allowed"):
            self._opened.remark("attribute-not-allowed", "")
            return ""
        if self._last is not node:
            self._last, self._has = node, frozenset(map(str, node.keys()))
        free = [name for name in expected.attributes(state.patterns) if name not in self._has]
        habit = _clark(habits.ATTRIBUTES.get(key, "")) if page(str(node.tag)) or node is self.foreign else ""
        taken = bool(habit) and node.get(habit) is not None
        habit = habit if habit in free else ""
        if node is self.foreign:
            if habit:
                self._opened.mends.append(Mend(at=node, attribute=key, new=called(node, habit)))
            return habit
        own, short = called(node, key), local(node.tag)
        message = f"“{own}” is not an attribute of “{short}”."
        twin = next((name for name in free if local(name) == local(key)), "")
        found = twin or meant(key, free) if local(key).lower() in {local(one).lower() for one in free} else ""
        found = found or habit or meant(key, free)
        hint = ""
        if found:
            hint = f"Write “{called(node, found)}”."
            case = local(found) != local(key) and local(found).lower() == local(key).lower()
            hint += " Upper and lower case matter." if case else ""
            if (
                found == twin
                or (found == habit and key not in habits.UNSURE_ATTRIBUTES)
                or certain(key, free) == local(found)
            ):
                self._opened.mends.append(Mend(at=node, attribute=key, new=called(node, found)))
        elif self._states.attributing(self._schema.called(str(node.tag)) or state, key).values:
            message = f"“{own}” is not allowed on “{short}” here."
            hint = "It does not go with the other attributes; keep one or the other."
        elif taken:
            hint = f"In TEI this is “{habits.ATTRIBUTES[key]}”, which is there already."
        elif (short, key) in habits.INSIDE and page(str(node.tag)):
            hint = f"Write {habits.INSIDE[short, key]}."
        elif page(str(node.tag)) and (key in habits.DROPPED or (short, key) in habits.DROPPED_ON):
            hint = "TEI P5 has it no more; leave it out."
        elif key.startswith("{http://www.w3.org/2001/XMLSchema-instance}"):
            hint = "Leave it out; a TEI file names its schema by <?xml-model …?>."
        elif key.startswith("{") and not self._homes.owners(key):
            message = f"“{own}” is of another vocabulary, for which the schema has no place here."
            hint = "Extend the schema, or leave it out."
        else:
            hint = self._owner(node, key)
        self._opened.remark("attribute-not-allowed", message, at=node, attribute=key, hint=hint or None)
        if found:
            self._value(node, key, found, state)
        return found

    def _value(self, node: etree._Element, key: str, found: str, state: State) -> None:
        """Remark on the value of an attribute that bears another name than it should, if it is wrong as well."""
        value, known = str(node.get(key, "")), self._states.attributing(state, found)
        if self._states.attributed(state, known, value, dict(node.nsmap)) is None:
            self.value(node, key, value, known.values, found)

    def value(
        self, node: etree._Element, key: str, value: str, patterns: Iterable[Pattern], meant: str | None = None
    ) -> None:
        """Remark on a value that an attribute cannot have; ``meant`` is what the attribute should be called."""
        words, own = " ".join(value.split()), called(node, meant or key)
        if (meant or key) == ID:
            hint = "Begin with a letter, then letters, digits, “-”, “_” and “.”; no blank and no colon."
            self._opened.remark("id-not-a-name", f"“{value}” cannot be an id.", at=node, attribute=key, hint=hint)
            return
        message = f"“{wording.start(words)}” cannot be the value of “{own}” on “{local(node.tag)}”."
        if not words:
            message = f"“{own}” on “{local(node.tag)}” is empty."
        hint, new = values.remedy(words, tuple(patterns))
        self._opened.remark("value-not-allowed", message, at=node, attribute=key, hint=hint or None)
        if new:
            self._opened.mends.append(Mend(at=node, attribute=key, new=new, value=True))

    def _owner(self, node: etree._Element, key: str) -> str:
        """Return where an attribute belongs, as a sentence: the nearest element that has it, or the commonest."""
        owners = self._homes.owners(key)
        around = chain(node.iterdescendants("*"), node.iterancestors("*"), node.itersiblings("*"))
        near = next((one for one in islice(around, _NEAR) if one.tag in owners), None)
        if near is not None:
            where = "in it" if near.getparent() is node else "close by"
            where = "around it" if near in list(node.iterancestors("*")) else where
            return f"It is an attribute of “{local(near.tag)}”; there is one {where}."
        if not owners or len(owners) > _GLOBAL:
            return ""
        more = ", for example" if owners[3:] else ""
        return f"It is an attribute of {each(owners[:3], 'or')}{more}."

    def missing(self, node: etree._Element, state: State) -> None:
        """Remark on the attributes that an element lacks."""
        if node is self.foreign:
            return
        alive = [expected.required(one) for one in state.patterns if type(one) is not Pattern]
        names = sorted(frozenset.intersection(*alive)) if alive else []
        for key in names:
            own = called(node, key)
            message = f"“{local(node.tag)}” lacks the attribute “{own}”."
            listed = expected.listed(self._states.attributing(state, key).values)
            hint = wording.values(f"Add {own}, one of", listed) or f'Add {own}="…".'
            self._opened.remark("attribute-missing", message, at=node, hint=hint, about=str(node.tag))
        if not names:
            keys = sorted({key for one in state.patterns for key in _leading(one)})
            which = f"{each([called(node, key) for key in keys], 'or')}" if 0 < len(keys) <= 8 else ""
            message = f"{an(local(node.tag)).capitalize()} lacks an attribute that goes with the others."
            ask = f"Add {which}." if which else None
            self._opened.remark("attribute-missing", message, at=node, hint=ask)


def _leading(pattern: Pattern) -> frozenset[str]:
    """Return the attributes of which a pattern asks for one, of the first choice that has no way around them."""
    if not pattern.attributes or pattern.nullable:
        return frozenset()
    parts = [part for part in pattern.parts() if part.attributes]
    if not parts:
        return expected.required(pattern)
    if all(expected.required(part) for part in parts):
        return frozenset().union(*(expected.required(part) for part in parts))
    return next((found for part in parts if (found := _leading(part))), frozenset())


def _clark(name: str) -> str:
    return f"{{{XML}}}{name[4:]}" if name.startswith("xml:") else name
