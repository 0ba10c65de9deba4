"""Takes patterns and gives the names that they speak of: what may come next, what may come at all, what must."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from tei_edition.relaxng.dates import TYPES
from tei_edition.relaxng.patterns import Attribute, Choice, Element, Group, Interleave, OneOrMore, Pattern
from tei_edition.relaxng.texts import Data, ListOf, Value

_KEPT = 1000
"""Places of which is remembered what may come there."""


@lru_cache(maxsize=_KEPT)
def firsts(patterns: tuple[Pattern, ...]) -> dict[str, None]:
    """Return the names of the elements that may come next, in the order of the schema."""
    found: dict[str, None] = {}
    stack = list(reversed(patterns))
    while stack:
        pattern = stack.pop()
        if isinstance(pattern, Element):
            found.update(dict.fromkeys(pattern.names.named()))
        elif isinstance(pattern, Group):
            stack.extend([pattern.second, pattern.first] if pattern.first.nullable else [pattern.first])
        elif isinstance(pattern, Choice | Interleave | OneOrMore):
            stack.extend(reversed(pattern.parts()))
    return found


def elements(patterns: Sequence[Pattern]) -> dict[Element, None]:
    """Return the elements that may come at all; what a pattern holds is found out once."""
    if len(patterns) == 1:
        return _held(patterns[0])
    found: dict[Element, None] = {}
    for pattern in reversed(patterns):
        found.update(_held(pattern))
    return found


def _held(pattern: Pattern) -> dict[Element, None]:
    if isinstance(pattern, Element):
        return {pattern: None}
    if pattern.held is None:
        held: dict[Element, None] = {}
        for part in () if isinstance(pattern, Data | ListOf) else reversed(pattern.parts()):
            more = _held(part)
            # Most parts hold none, or all there are: many patterns share what they hold.
            held = {**held, **more} if held and more else more or held
        pattern.held = held
    return pattern.held


@lru_cache(maxsize=_KEPT)
def attributes(patterns: tuple[Pattern, ...]) -> dict[str, None]:
    """Return the names of the attributes that may come."""
    found: dict[str, None] = {}
    stack = list(patterns)
    while stack:
        pattern = stack.pop()
        if isinstance(pattern, Attribute):
            found.update(dict.fromkeys(pattern.names.named()))
        elif pattern.attributes:
            stack.extend(pattern.parts())
    return found


def required(pattern: Pattern) -> frozenset[str]:
    """Return the names of the attributes without which a pattern cannot be matched."""
    if not pattern.attributes:
        return frozenset()
    if isinstance(pattern, Attribute):
        return frozenset(pattern.names.named()) if not pattern.names.endless else frozenset()
    parts = [required(part) for part in pattern.parts()]
    if isinstance(pattern, Choice):
        return frozenset.intersection(*parts)
    return frozenset().union(*parts)


def listed(patterns: Iterable[Pattern]) -> list[str]:
    """Return the values that are written out, if nothing else is possible; else nothing."""
    found: list[str] = []
    stack = list(reversed(list(patterns)))
    while stack:
        pattern = stack.pop()
        if isinstance(pattern, Value):
            found.append(pattern.written)
        elif isinstance(pattern, Choice | ListOf | OneOrMore | Group):
            stack.extend(reversed(pattern.parts()))
        elif not pattern.nullable or pattern.typed:
            return []
    return found


def types(patterns: Iterable[Pattern]) -> dict[str, Data]:
    """Return the datatypes that a text may be of, by their names."""
    found: dict[str, Data] = {}
    stack = list(reversed(list(patterns)))
    while stack:
        pattern = stack.pop()
        if isinstance(pattern, Data):
            found.setdefault(pattern.datatype.name, pattern)
        stack.extend(reversed(pattern.parts()))
    return found


def form(patterns: Iterable[Pattern]) -> str:
    """Return how to write what is asked for, as a sentence, or nothing."""
    known = types(patterns)
    if not known:
        return ""
    words = {
        "date": "Write a date such as 1945-08-30, 1945-08 or 1945." if "gYear" in known else "Write 1945-08-30.",
        "dateTime": "Write 1945-08-30T21:15:00.",
        "gYear": "Write a year of four digits.",
        "language": "Write a tag of a language, such as en, ru or zh-Latn.",
        "anyURI": "Write an address without blanks; a blank is written %20.",
        "boolean": "Write true or false.",
        "nonNegativeInteger": "Write a whole number, 0 or more.",
        "positiveInteger": "Write a whole number, 1 or more.",
        "integer": "Write a whole number.",
        "decimal": "Write a number, such as 12 or 0.5.",
        "double": "Write a number, such as 12 or 0.5.",
        "duration": "Write a duration such as P1Y2M or PT1H30M.",
        "NCName": "Begin with a letter, then letters, digits, “-”, “_” and “.”; no blank and no colon.",
        "Name": "Begin with a letter, then letters, digits, “-”, “_” and “.”; no blank.",
    }
    for name in words:
        if name in known:
            return words[name]
    if TYPES & set(known):
        return ""
    expressions = [text for pattern in known.values() for text in pattern.datatype.expressions]
    return "Write one word, without blanks." if expressions in (["[^\\p{C}\\p{Z}]+"], ["\\S+"]) else ""
