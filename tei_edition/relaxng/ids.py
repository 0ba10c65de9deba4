"""Takes the elements of a schema and raises what makes ids unsound (RELAX NG DTD Compatibility, section 5)."""

from __future__ import annotations

from tei_edition.relaxng.names import NameClass, local
from tei_edition.relaxng.patterns import Attribute, Element, Pattern
from tei_edition.relaxng.syntax import SyntaxBroken
from tei_edition.relaxng.texts import Data, Value

TYPES = frozenset({"ID", "IDREF", "IDREFS"})
_Table = dict[tuple[str, str], str]
"""The type of id by the names of the element and of its attribute."""


def check_ids(elements: list[Element], patterns: list[Pattern]) -> None:
    """Raise SyntaxBroken where an attribute of an element is an id in one place and not in another.

    ``patterns`` are those of the content of ``elements``, each after those that it is made of.
    """
    typed = {pattern for pattern in patterns if isinstance(pattern, Attribute) and id_type(pattern.content)}
    if not typed:
        return
    called = {name for attribute in typed for name in attribute.names.named()}
    reached = _reached(patterns, called)
    table: _Table = {}
    for element in elements:
        for attribute in reached[element.content]:
            if attribute in typed:
                _enter(table, element, attribute)
    for element in elements:
        for attribute in reached[element.content]:
            if attribute not in typed:
                _compare(table, called, element, attribute)


def id_type(pattern: Pattern) -> str:
    """Return “ID”, “IDREF” or “IDREFS” for data or a value of these types, or an empty string."""
    if isinstance(pattern, Data | Value) and pattern.datatype.name in TYPES and pattern.datatype.library:
        return pattern.datatype.name
    return ""


def _reached(patterns: list[Pattern], called: set[str]) -> dict[Pattern, frozenset[Attribute]]:
    """Return the attributes in each pattern that bear one of some names."""
    none: frozenset[Attribute] = frozenset()
    found: dict[Pattern, frozenset[Attribute]] = {}
    for pattern in patterns:
        if isinstance(pattern, Attribute):
            holds = any(pattern.names.holds(name) for name in called)
            found[pattern] = frozenset({pattern}) if holds else none
        elif pattern.attributes:
            several = {part: found[part] for part in pattern.parts() if found[part]}
            found[pattern] = none.union(*several.values()) if len(several) != 1 else next(iter(several.values()))
        else:
            found[pattern] = none
    return found


def _enter(table: _Table, element: Element, attribute: Attribute) -> None:
    if element.names.endless:
        message = "An element that has an ID or IDREF has to have a name, not any name."
        raise SyntaxBroken(message, file=element.file, at=element.line)
    for name in element.names.named():
        for one in attribute.names.named():
            if table.setdefault((name, one), id_type(attribute.content)) != id_type(attribute.content):
                raise _conflict(element, name, one)


def _compare(table: _Table, called: set[str], element: Element, attribute: Attribute) -> None:
    """Raise where an attribute that is no id has a name that is one on an element of this name."""
    for one in called:
        if attribute.names.holds(one):
            for name in _candidates(element.names, table):
                if (name, one) in table:
                    raise _conflict(element, name, one)


def _candidates(names: NameClass, table: _Table) -> list[str]:
    if not names.endless:
        return list(names.named())
    return sorted({name for name, _ in table if names.holds(name)})


def _conflict(element: Element, name: str, attribute: str) -> SyntaxBroken:
    message = (
        f"The attribute “{local(attribute)}” of “{local(name)}” is an ID or IDREF in one place and not in another."
    )
    return SyntaxBroken(message, file=element.file, at=element.line)
