"""Takes the pattern of a whole schema and raises what RELAX NG forbids it to be (section 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tei_edition.relaxng.ids import check_ids, id_type
from tei_edition.relaxng.interning import Patterns
from tei_edition.relaxng.names import Name, NameClass, overlap
from tei_edition.relaxng.patterns import Attribute, Choice, Element, Empty, Group, Interleave, OneOrMore, Pattern, Text
from tei_edition.relaxng.syntax import SyntaxBroken
from tei_edition.relaxng.texts import Data, ListOf, Value

_COMPLEX, _SIMPLE = 1, 2
"""What stands in an element beside attributes: data, or elements and text."""
_ATTRIBUTE, _ELEMENT, _LIST, _TEXT, _INTERLEAVE, _GROUPED = 1, 2, 4, 8, 16, 32
"""What is in a pattern; an attribute in a group is `_GROUPED` too."""
_WILD, _REPEATED, _BESIDE, _ID = 64, 128, 256, 512
"""What may turn out right further out: an attribute of any name by being repeated, data by standing in a list."""
_DEEPEST = 150
"""Patterns in one another; what people write has some twenty, and Python's stack is to suffice."""
_NAMED = {
    _ATTRIBUTE: "an attribute", _ELEMENT: "an element", _LIST: "a list", _TEXT: "text", _INTERLEAVE: "an interleave",
}  # fmt: skip
_WRONG = {
    _WILD: "An attribute of any name has to stand in oneOrMore or zeroOrMore.",
    _REPEATED: "Data or values are repeated; put them into a list.",
    _BESIDE: "Data or values stand beside other content; only attributes can stand beside them.",
    _ID: "An ID or IDREF has to be the whole value of an attribute.",
}
_Wild = tuple[NameClass, ...]


class _Forbidden(Exception):
    """What cannot be; the message is a sentence."""


@dataclass(slots=True)
class _Facts:
    """What is in a pattern; names are bits of a number, so that joining and comparing them costs nothing."""

    kind: int = 0
    holds: int = 0
    attributes: int = 0
    any_attributes: _Wild = ()
    elements: int = 0
    any_elements: _Wild = ()
    depth: int = 0

    def joined(self, other: _Facts) -> _Facts:
        """Return what is in both."""
        return _Facts(
            max(self.kind, other.kind),
            self.holds | other.holds,
            self.attributes | other.attributes,
            self.any_attributes + other.any_attributes if other.any_attributes else self.any_attributes,
            self.elements | other.elements,
            self.any_elements + other.any_elements if other.any_elements else self.any_elements,
            max(self.depth, other.depth) + 1,
        )


class Restrictions:
    """The restrictions of section 7, for the patterns of one schema; each pattern is looked at once."""

    def __init__(self, make: Patterns) -> None:
        self._make = make
        self._facts: dict[Pattern, _Facts] = {}
        self._bits: dict[str, int] = {}

    def check(self, start: Pattern) -> None:
        """Raise SyntaxBroken with the line of the element definition that breaks a restriction."""
        elements: dict[Element, None] = {}
        waiting = list(self._started(start))
        looked: list[Pattern] = []
        while waiting:
            element = waiting.pop()
            if element in elements:
                continue
            elements[element] = None
            found = self._new(element.content)
            waiting += [pattern for pattern in found if isinstance(pattern, Element)]
            looked += found
            # What a pattern is made of was made before it, but for the content of elements.
            try:
                for pattern in sorted(found, key=_serial):
                    facts = self._facts[pattern] = self._look(pattern)
                    if facts.depth > _DEEPEST:
                        raise _Forbidden(f"More than {_DEEPEST} groups or choices stand in one another.")
                _settle(self._facts[element.content])
            except _Forbidden as reason:
                raise SyntaxBroken(str(reason), file=element.file, at=element.line) from None
        check_ids(list(elements), sorted(looked, key=_serial))

    def _started(self, start: Pattern) -> Iterator[Element]:
        for part in start.parts() if isinstance(start, Choice) else (start,):
            if isinstance(part, Element):
                yield part
            elif part is not self._make.not_allowed:
                raise SyntaxBroken(f"A document begins with an element; the start cannot be {_called(part)}.")

    def _new(self, content: Pattern) -> list[Pattern]:
        """Return the patterns in the content of an element that were not looked at, without what is in elements."""
        found: dict[Pattern, None] = {}
        stack = [content]
        while stack:
            pattern = stack.pop()
            if pattern not in self._facts and pattern not in found:
                found[pattern] = None
                if isinstance(pattern, Attribute):
                    stack.append(pattern.content)
                elif not isinstance(pattern, Element):
                    stack += pattern.parts()
        return list(found)

    def _look(self, pattern: Pattern) -> _Facts:
        facts, kind = self._facts, type(pattern)
        if isinstance(pattern, Group | Interleave):
            return self._pair(pattern, facts[pattern.first], facts[pattern.second])
        if isinstance(pattern, Choice):
            return _choice([facts[option] for option in pattern.options])
        if isinstance(pattern, OneOrMore):
            return self._repeated(facts[pattern.pattern])
        if isinstance(pattern, Attribute):
            return self._attribute(pattern, facts[pattern.content])
        if isinstance(pattern, Element):
            wild = (pattern.names,) if pattern.names.endless else ()
            return _Facts(_COMPLEX, _ELEMENT, elements=self._named(pattern.names), any_elements=wild)
        if isinstance(pattern, ListOf):
            _forbid("A list", facts[pattern.pattern].holds, tuple(_NAMED))
            return _Facts(_SIMPLE, _LIST | facts[pattern.pattern].holds & _ID)
        if kind is Text:
            return _Facts(_COMPLEX, _TEXT)
        return _Facts(_SIMPLE, self._excepted(pattern)) if kind in {Data, Value} else _Facts()

    def _named(self, names: NameClass) -> int:
        bits = 0
        for name in names.named():
            bits |= self._bits.setdefault(name, 1 << len(self._bits))
        return bits

    def _excepted(self, pattern: Pattern) -> int:
        """Return `_ID` for data or a value that is an id, or excepts one; raise for what cannot be excepted."""
        but = pattern.but if isinstance(pattern, Data) else None
        if but is None:
            return _ID if id_type(pattern) else 0
        for part in but.parts() if isinstance(but, Choice) else (but,):
            if not isinstance(part, Data | Value):
                raise _Forbidden(f"Data cannot except {_called(part)}.")
        return _ID if id_type(pattern) else self._facts[but].holds & _ID

    def _attribute(self, pattern: Attribute, content: _Facts) -> _Facts:
        _forbid("An attribute", content.holds, (_ATTRIBUTE, _ELEMENT))
        if id_type(pattern.content) and not any(self._facts[part].holds & _ID for part in pattern.content.parts()):
            if not isinstance(pattern.names, Name):
                raise _Forbidden("An attribute that is an ID or IDREF has to have one name.")
        else:
            _settle(content)
        if not pattern.names.endless:
            return _Facts(0, _ATTRIBUTE, self._named(pattern.names))
        if pattern.content is not self._make.any_text:
            raise _Forbidden("An attribute of any name has to allow any text.")
        return _Facts(0, _ATTRIBUTE | _WILD, self._named(pattern.names), (pattern.names,))

    def _repeated(self, one: _Facts) -> _Facts:
        if one.holds & _GROUPED:
            raise _Forbidden("An attribute stands in a group that is repeated; it can stand there once only.")
        result = one.joined(_Facts(0, _REPEATED if one.kind == _SIMPLE else 0))
        result.holds &= ~_WILD
        return result

    def _pair(self, pattern: Group | Interleave, one: _Facts, other: _Facts) -> _Facts:
        twice = self._twice(one.attributes, one.any_attributes, other.attributes, other.any_attributes)
        if twice:
            raise _Forbidden(f"The attribute “{twice}” is described twice for one element.")
        result = one.joined(other)
        if result.holds & _ATTRIBUTE:
            result.holds |= _GROUPED
        if one.kind and other.kind and _SIMPLE in (one.kind, other.kind):
            result.holds |= _BESIDE
        if isinstance(pattern, Interleave):
            if one.holds & other.holds & _TEXT:
                raise _Forbidden("Text stands on both sides of an interleave.")
            twice = self._twice(one.elements, one.any_elements, other.elements, other.any_elements)
            if twice:
                raise _Forbidden(f"The element “{twice}” stands on both sides of an interleave.")
            result.holds |= _INTERLEAVE
        return result

    def _twice(self, one: int, one_wild: _Wild, other: int, other_wild: _Wild) -> str:
        """Return a name that is on both sides, “*” for one that cannot be written, or nothing."""
        both = one & other
        if both:
            return min(self._written(both))
        if one_wild or other_wild:
            for bits, wild in ((one, other_wild), (other, one_wild)):
                for name in self._written(bits) if wild else ():
                    if any(names.holds(name) for names in wild):
                        return name
            if any(overlap(a, b) for a in one_wild for b in other_wild):
                return "*"
        return ""

    def _written(self, bits: int) -> list[str]:
        return [name for name, bit in self._bits.items() if bits & bit]


def _serial(pattern: Pattern) -> int:
    return pattern.serial


def _forbid(what: str, holds: int, kinds: tuple[int, ...]) -> None:
    for kind in kinds:
        if holds & kind:
            raise _Forbidden(f"{what} cannot hold {_NAMED[kind]}.")


def _choice(several: list[_Facts]) -> _Facts:
    kind = holds = attributes = elements = depth = 0
    any_attributes, any_elements = list[NameClass](), list[NameClass]()
    for facts in several:
        holds |= facts.holds
        attributes |= facts.attributes
        elements |= facts.elements
        if facts.kind > kind:
            kind = facts.kind
        if facts.depth >= depth:
            depth = facts.depth + 1
        if facts.any_attributes or facts.any_elements:
            any_attributes += facts.any_attributes
            any_elements += facts.any_elements
    return _Facts(kind, holds, attributes, tuple(any_attributes), elements, tuple(any_elements), depth)


def _settle(facts: _Facts) -> None:
    """Raise for what did not turn out right, at the end of an element or attribute."""
    for kind, message in _WRONG.items():
        if facts.holds & kind:
            raise _Forbidden(message)


def _called(pattern: Pattern) -> str:
    names = {
        Attribute: "an attribute", Element: "an element", ListOf: "a list", Text: "text", Interleave: "an interleave",
        Group: "a group", OneOrMore: "a repetition", Data: "data", Value: "a value", Empty: "nothing at all",
    }  # fmt: skip
    return names.get(type(pattern), "this")
