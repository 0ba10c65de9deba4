"""Takes the grammars of a RELAX NG schema and gives patterns (RELAX NG, section 4, in one step for each definition)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from lxml import etree

from tei_edition.location import line
from tei_edition.relaxng.datatypes import Datatype, DatatypeBroken
from tei_edition.relaxng.grammars import Definition, Files, Grammar, Where
from tei_edition.relaxng.interning import Patterns
from tei_edition.relaxng.names import AnyName, Name, NameChoice, NameClass, NsName, clark, namespace
from tei_edition.relaxng.patterns import Pattern
from tei_edition.relaxng.syntax import RNG, Circular, SyntaxBroken, ours, word, written
from tei_edition.tei import XML

_XMLNS = "http://www.w3.org/2000/xmlns"
_MANY = 16
_REF = RNG + "ref"
_Join = Callable[[Pattern, Pattern], Pattern]


class Compiler:
    """Makes the patterns of one schema; the content of an element only when somebody asks for it."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.make = Patterns()
        self._types: dict[tuple[str, str, tuple[tuple[str, str], ...]], Datatype] = {}
        self._grammars: list[Grammar] = []

    def whole(self, root: etree._Element, file: Path) -> Pattern:
        """Return the pattern of a document."""
        outer = Where(Grammar(), "", "", file)
        return self.pattern(root, outer)

    def forced(self) -> None:
        """Compile every definition, needed or not, so that all that is wrong is met."""
        for grammar in self._grammars:
            for name, definition in grammar.defined.items():
                with suppress(Circular):
                    self._defined(definition, name)

    def pattern(self, node: etree._Element, where: Where) -> Pattern:
        """Return the pattern that an element of the schema stands for."""
        return _MADE[node.tag](self, node, where.within(node))

    def _fixed(self, node: etree._Element, where: Where) -> Pattern:
        fixed = {"empty": self.make.empty, "text": self.make.any_text, "notAllowed": self.make.not_allowed}
        return fixed[word(node)]

    def _choice(self, node: etree._Element, where: Where) -> Pattern:
        return self.make.choice(self._each(ours(node), where))

    def _optional(self, node: etree._Element, where: Where) -> Pattern:
        return self.make.choice((self._all(ours(node), where), self.make.empty))

    def _repeated(self, node: etree._Element, where: Where) -> Pattern:
        return self.make.one_or_more(self._all(ours(node), where))

    def _any_number(self, node: etree._Element, where: Where) -> Pattern:
        return self.make.choice((self.make.one_or_more(self._all(ours(node), where)), self.make.empty))

    def _group(self, node: etree._Element, where: Where) -> Pattern:
        return self._all(ours(node), where)

    def _interleave(self, node: etree._Element, where: Where) -> Pattern:
        return self._all(ours(node), where, self.make.interleave)

    def _mixed(self, node: etree._Element, where: Where) -> Pattern:
        return self.make.interleave(self.make.any_text, self._group(node, where))

    def _list(self, node: etree._Element, where: Where) -> Pattern:
        return self.make.list_of(self._group(node, where))

    def _external(self, node: etree._Element, where: Where) -> Pattern:
        root, file = self._files.named(node, where)
        return self.pattern(root, Where(where.grammar, where.ns, "", file, (where.file, *where.above)))

    def _all(self, nodes: list[etree._Element], where: Where, join: _Join | None = None) -> Pattern:
        made = self._each(nodes, where)
        return _joined(made, join or self.make.group) if len(made) > 1 else made[0]

    def _each(self, nodes: list[etree._Element], where: Where) -> list[Pattern]:
        # No comprehension: each level of a schema would go one deeper into Python's stack.
        made: list[Pattern] = []
        defined = where.grammar.defined
        for node in nodes:
            tag = node.tag
            # Most of a schema are references, and most of them to what was met before.
            if tag == _REF and (known := defined.get(node.get("name", ""))) is not None and known.pattern is not None:
                made.append(known.pattern)
            else:
                made.append(_MADE[tag](self, node, where.within(node)))
        return made

    def _grammar(self, node: etree._Element, where: Where) -> Pattern:
        grammar = self._files.filled(node, where)
        self._grammars.append(grammar)
        if not grammar.start.parts:
            raise SyntaxBroken("The grammar has no start.", node)
        if self._files.trusted:
            return self._defined(grammar.start, "start")
        for definition in grammar.defined.values():
            self._check_references(definition, grammar)
        self._check_references(grammar.start, grammar)
        for name, definition in grammar.defined.items():
            definition.combined(name)
        return self._defined(grammar.start, "start")

    def _check_references(self, definition: Definition, grammar: Grammar) -> None:
        """Raise for a reference to nothing, though the definition that makes it may never be compiled."""
        for node, _ in definition.parts:
            for found in node.iter(RNG + "ref", RNG + "parentRef"):
                name = found.get("name", "").strip()
                if found.tag == RNG + "ref" and name in grammar.defined:
                    continue
                if not _below(next(found.iterancestors(RNG + "grammar"), node), node):
                    self._target(found, word(found), grammar)

    def _target(self, node: etree._Element, kind: str, grammar: Grammar) -> Definition:
        scope = grammar if kind == "ref" else grammar.parent
        found = None if scope is None else scope.defined.get(node.get("name", "").strip())
        if found is None:
            raise SyntaxBroken(f"“{node.get('name', '').strip()}” is not defined.", node)
        return found

    def _reference(self, node: etree._Element, where: Where) -> Pattern:
        definition = self._target(node, word(node), where.grammar)
        if definition.pattern is not None:
            return definition.pattern
        name = node.get("name", "").strip()
        if definition.compiling:
            raise Circular(f"“{name}” is defined by itself, with no element between.", node)
        return self._defined(definition, name)

    def _defined(self, definition: Definition, name: str) -> Pattern:
        if definition.pattern is None:
            definition.compiling = True
            way = definition.combined(name)
            made: list[Pattern] = []
            for node, where in definition.parts:
                made.append(self._all(ours(node), where))
            definition.pattern = self.make.choice(made) if way == "choice" else _joined(made, self.make.interleave)
            definition.compiling = False
        return definition.pattern

    def _element(self, node: etree._Element, where: Where) -> Pattern:
        named = node.get("name")
        children = ours(node)
        names = self._name(node, named, where.ns) if named is not None else self._names(children[0], where)
        rest = children if named is not None else children[1:]
        return self.make.element(names, partial(self._all, rest, where), str(where.file), line(node) or 0)

    def _attribute(self, node: etree._Element, where: Where) -> Pattern:
        named = node.get("name")
        children = ours(node)
        names = self._name(node, named, node.get("ns", "")) if named is not None else self._names(children[0], where)
        _check_declarations(node, names)
        rest = children if named is not None else children[1:]
        content = self.pattern(rest[0], where) if rest else self.make.any_text
        return self.make.attribute(names, content, line(node) or 0)

    def _name(self, node: etree._Element, words: str, ns: str) -> NameClass:
        prefix, _, last = words.strip().rpartition(":")
        if prefix and prefix != "xml" and prefix not in node.nsmap:
            raise SyntaxBroken(f"The prefix “{prefix}” is not declared.", node)
        uri = XML if prefix == "xml" else node.nsmap[prefix] if prefix else ns
        return Name(clark(uri, last))

    def _names(self, node: etree._Element, where: Where, outer: str = "") -> NameClass:
        """Return a name class; ``outer`` is the wildcard that it is an exception of."""
        where = where.within(node)
        kind, children = word(node), ours(node)
        if kind == "name":
            return self._name(node, written(node), where.ns)
        if (kind == "anyName" and outer) or (kind == "nsName" and outer == "nsName"):
            raise SyntaxBroken(f"“{kind}” cannot be an exception of “{outer}”.", node)
        inner = outer or (kind if kind in {"anyName", "nsName"} else "")
        but = [self._names(part, where.within(child), inner) for child in children for part in ours(child)]
        if kind == "choice":
            classes = [self._names(child, where, outer) for child in children]
            return classes[0] if len(classes) == 1 else NameChoice(tuple(classes))
        less = None if not but else but[0] if len(but) == 1 else NameChoice(tuple(but))
        return AnyName(less) if kind == "anyName" else NsName(where.ns, less)

    def _datatype(self, node: etree._Element, where: Where) -> Datatype:
        params = tuple(
            (child.get("name", "").strip(), written(child)) for child in ours(node) if word(child) == "param"
        )
        plain = word(node) == "value" and node.get("type") is None
        key = ("" if plain else where.library, node.get("type", "token").strip(), params)
        if key not in self._types:
            try:
                self._types[key] = Datatype(*key)
            except DatatypeBroken as error:
                raise SyntaxBroken(str(error), node) from None
            self.make.contextual |= self._types[key].contextual
        return self._types[key]

    def _value(self, node: etree._Element, where: Where) -> Pattern:
        datatype, words = self._datatype(node, where), written(node)
        # The default namespace of a QName is the schema's ns (RELAX NG, section 4.8 and the guidelines on datatypes).
        context = {**node.nsmap, None: where.ns} if datatype.contextual else {}
        if not datatype.allows(words, context):
            raise SyntaxBroken(f"“{words}” is no value of “{datatype.name}”.", node)
        return self.make.value(datatype, datatype.spaced(words), datatype.key(words, context))

    def _data(self, node: etree._Element, where: Where) -> Pattern:
        excluded = [child for child in ours(node) if word(child) == "except"]
        datatype = self._datatype(node, where)
        if not excluded:
            return self.make.data(datatype)
        inner = where.within(excluded[0])
        but = self.make.choice([self.pattern(child, inner) for child in ours(excluded[0])])
        return self.make.data(datatype, but)


def _joined(made: list[Pattern], join: _Join) -> Pattern:
    """Return patterns side by side; halves of halves where they are many, so that nothing is nested deeply."""
    if len(made) > _MANY:
        half = len(made) // 2
        return join(_joined(made[:half], join), _joined(made[half:], join))
    result = made[-1]
    for one in reversed(made[:-1]):
        result = join(one, result)
    return result


def _check_declarations(node: etree._Element, names: NameClass) -> None:
    """Raise for an attribute, or an exception of one, that would declare a namespace (section 4.16)."""
    for part in names.parts():
        if isinstance(part, NsName) and part.ns == _XMLNS:
            raise SyntaxBroken(f"No attribute can be in “{_XMLNS}”.", node)
        if any(one == "xmlns" or namespace(one) == _XMLNS for one in part.named()):
            raise SyntaxBroken("“xmlns” is no attribute; namespaces are declared, not described.", node)


def _below(node: etree._Element, top: etree._Element) -> bool:
    return any(up is top for up in node.iterancestors())


_MADE: dict[object, Callable[[Compiler, etree._Element, Where], Pattern]] = {
    RNG + name: make
    for name, make in {
        "element": Compiler._element,
        "attribute": Compiler._attribute,
        "ref": Compiler._reference,
        "parentRef": Compiler._reference,
        "choice": Compiler._choice,
        "group": Compiler._group,
        "interleave": Compiler._interleave,
        "mixed": Compiler._mixed,
        "optional": Compiler._optional,
        "zeroOrMore": Compiler._any_number,
        "oneOrMore": Compiler._repeated,
        "list": Compiler._list,
        "value": Compiler._value,
        "data": Compiler._data,
        "empty": Compiler._fixed,
        "text": Compiler._fixed,
        "notAllowed": Compiler._fixed,
        "grammar": Compiler._grammar,
        "externalRef": Compiler._external,
    }.items()
}
"""What makes the pattern of each element of RELAX NG."""
