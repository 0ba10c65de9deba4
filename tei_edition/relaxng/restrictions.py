"""Takes the pattern of a whole schema and raises what RELAX NG forbids it to be (section 7)."""

from __future__ import annotations

from tei_edition.relaxng.interning import Patterns
from tei_edition.relaxng.names import NameClass, overlap
from tei_edition.relaxng.patterns import Attribute, Choice, Element, Empty, Group, Interleave, OneOrMore, Pattern, Text
from tei_edition.relaxng.syntax import SyntaxBroken
from tei_edition.relaxng.texts import Data, ListOf, Value

_NOTHING, _COMPLEX, _SIMPLE = 0, 1, 2
_Found = tuple[int, frozenset[str], tuple[NameClass, ...]]
"""The kind of content, and the attributes: names written out, and classes with a wildcard."""


class Restrictions:
    """The restrictions of section 7, for the patterns of one schema; each pattern is looked at once."""

    def __init__(self, make: Patterns) -> None:
        self._make = make
        self._kinds: dict[Pattern, _Found] = {}
        self._elements: dict[Pattern, tuple[frozenset[str], tuple[NameClass, ...], bool]] = {}
        self._paths: set[tuple[Pattern, str]] = set()
        self._element: Element | None = None

    def check(self, start: Pattern) -> None:
        """Raise SyntaxBroken with the line of the element definition that breaks a restriction."""
        waiting: list[Element] = []
        self._check_start(start, waiting)
        seen: set[Element] = set()
        contents: set[Pattern] = set()
        while waiting:
            element = waiting.pop()
            if element in seen:
                continue
            seen.add(element)
            self._element = element
            if element.content not in contents:
                contents.add(element.content)
                self._path(element.content, "", waiting)
                self._kind(element.content)

    def _broken(self, message: str) -> SyntaxBroken:
        if self._element is None:
            return SyntaxBroken(message)
        return SyntaxBroken(message, file=self._element.file, at=self._element.line)

    def _check_start(self, start: Pattern, waiting: list[Element]) -> None:
        for part in start.parts() if isinstance(start, Choice) else (start,):
            if isinstance(part, Element):
                waiting.append(part)
            elif part is not self._make.not_allowed:
                raise self._broken(f"A document begins with an element; the start cannot be {_called(part)}.")

    def _path(self, pattern: Pattern, within: str, waiting: list[Element]) -> None:
        """Raise for what cannot stand in what (section 7.1); ``within`` is a, l, o or g for what is around."""
        if (pattern, within) in self._paths:
            return
        self._paths.add((pattern, within))
        if isinstance(pattern, Element):
            waiting.append(pattern)
        inside_attribute, inside_list, repeated, grouped = (letter in within for letter in "alog")
        attribute = isinstance(pattern, Attribute)
        if inside_attribute and (attribute or isinstance(pattern, Element)):
            raise self._broken(f"An attribute cannot hold {_called(pattern)}.")
        if inside_list and (attribute or isinstance(pattern, Element | ListOf | Text | Interleave)):
            raise self._broken(f"A list cannot hold {_called(pattern)}.")
        if attribute and repeated and grouped:
            raise self._broken("An attribute stands in a group that is repeated; it can stand there once only.")
        if isinstance(pattern, Attribute):
            if pattern.names.endless:
                if not repeated:
                    raise self._broken("An attribute of any name has to stand in oneOrMore or zeroOrMore.")
                if pattern.content is not self._make.any_text:
                    raise self._broken("An attribute of any name has to allow any text.")
            self._path(pattern.content, within + "a", waiting)
        elif isinstance(pattern, Data):
            return
        else:
            more = {ListOf: "l", OneOrMore: "o"}.get(type(pattern), "")
            if isinstance(pattern, Group | Interleave) and repeated:
                more = "g"
            if more in within:
                more = ""
            for part in pattern.parts():
                self._path(part, within + more, waiting)

    def _kind(self, pattern: Pattern) -> _Found:
        """Return the kind of content and the attributes; raise for what does not go together (7.2 to 7.4)."""
        found = self._kinds.get(pattern)
        if found is None:
            found = self._kinds[pattern] = self._looked(pattern)
        return found

    def _looked(self, pattern: Pattern) -> _Found:
        if isinstance(pattern, Data | Value | ListOf):
            return _SIMPLE, frozenset(), ()
        if isinstance(pattern, Text | Element):
            return _COMPLEX, frozenset(), ()
        if isinstance(pattern, Attribute):
            self._kind(pattern.content)
            if pattern.names.endless:
                return _NOTHING, frozenset(), (pattern.names,)
            return _NOTHING, frozenset(pattern.names.named()), ()
        parts = [self._kind(part) for part in pattern.parts()]
        if not parts:
            return _NOTHING, frozenset(), ()
        kind = max(part[0] for part in parts)
        if isinstance(pattern, Group | Interleave):
            if _SIMPLE in {parts[0][0], parts[1][0]} and _NOTHING not in {parts[0][0], parts[1][0]}:
                raise self._broken("Data or values stand beside other content; only attributes can stand beside them.")
            self._check_attributes(parts[0], parts[1])
            if isinstance(pattern, Interleave):
                self._check_interleave(pattern)
        if isinstance(pattern, OneOrMore) and kind == _SIMPLE:
            raise self._broken("Data or values are repeated; put them into a list.")
        wild = tuple(dict.fromkeys(name for part in parts for name in part[2]))
        return kind, frozenset().union(*(part[1] for part in parts)), wild

    def _check_attributes(self, one: _Found, other: _Found) -> None:
        twice = sorted(one[1] & other[1])
        twice += [name for a, b in ((one, other), (other, one)) for name in a[1] if any(c.holds(name) for c in b[2])]
        if twice or any(overlap(a, b) for a in one[2] for b in other[2]):
            raise self._broken(f"The attribute “{twice[0] if twice else '*'}” is described twice for one element.")

    def _check_interleave(self, pattern: Interleave) -> None:
        one, other = self._holds(pattern.first), self._holds(pattern.second)
        if one[2] and other[2]:
            raise self._broken("Text stands on both sides of an interleave.")
        twice = sorted(one[0] & other[0])
        twice += [name for a, b in ((one, other), (other, one)) for name in a[0] if any(c.holds(name) for c in b[1])]
        if twice or any(overlap(a, b) for a in one[1] for b in other[1]):
            raise self._broken(f"The element “{twice[0] if twice else '*'}” stands on both sides of an interleave.")

    def _holds(self, pattern: Pattern) -> tuple[frozenset[str], tuple[NameClass, ...], bool]:
        """Return the elements of a pattern, by name and by wildcard, and whether there is text."""
        found = self._elements.get(pattern)
        if found is None:
            if isinstance(pattern, Element):
                names = pattern.names
                wild = (names,) if names.endless else ()
                found = frozenset(names.named()), wild, False
            elif isinstance(pattern, Text):
                found = frozenset(), (), True
            elif isinstance(pattern, Attribute | Data | ListOf):
                found = frozenset(), (), False
            else:
                parts = [self._holds(part) for part in pattern.parts()]
                classes = tuple(dict.fromkeys(name for part in parts for name in part[1]))
                found = frozenset().union(*(p[0] for p in parts)), classes, any(p[2] for p in parts)
            self._elements[pattern] = found
        return found


def _called(pattern: Pattern) -> str:
    names = {
        Attribute: "an attribute", Element: "an element", ListOf: "a list", Text: "text", Interleave: "an interleave",
        Group: "a group", OneOrMore: "a repetition", Data: "data", Value: "a value", Empty: "nothing at all",
    }  # fmt: skip
    return names.get(type(pattern), "this")
