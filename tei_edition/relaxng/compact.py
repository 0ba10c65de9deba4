"""Takes a RELAX NG schema in compact syntax and gives the same schema in XML (ISO/IEC 19757-2, annex C)."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from tei_edition.relaxng.compact_names import INHERITED, Words
from tei_edition.relaxng.compact_tokens import KEYWORDS, Token, tokens
from tei_edition.relaxng.compact_tree import Node, built

_JOINED = {",": "group", "&": "interleave", "|": "choice"}
_REPEATED = {"?": "optional", "*": "zeroOrMore", "+": "oneOrMore"}
_ASSIGNED = {"=": "", "|=": "choice", "&=": "interleave"}


def read_compact(data: bytes, file: Path) -> etree._Element:
    """Return the root of the schema in the form of XML, with the lines of the file; raise SyntaxBroken."""
    return _Reader(tokens(data, str(file)), str(file)).whole()


class _Reader(Words):
    """Reads grammars and patterns."""

    def whole(self) -> etree._Element:
        self._declarations()
        if self._is_grammar():
            root = Node("grammar", self._now.line)
            self._content(root, "end")
        else:
            root, *_ = self._pattern()
            if self._now.kind != "end":
                raise self._unexpected("the end of the schema")
        prefixes = {prefix: uri for prefix, uri in self._prefixes.items() if uri not in {"", INHERITED}}
        return built(root, prefixes, self._file)

    # Grammars

    def _is_grammar(self) -> bool:
        """Return whether the parts of a grammar follow, or else one pattern."""
        at, depth = self._at, 0
        while depth or self._tokens[at].kind in {"comment", "["}:
            depth += {"[": 1, "]": -1}.get(self._tokens[at].kind, 0)
            at += 1
            if at >= len(self._tokens):
                return True
        kind, after = self._tokens[at].kind, self._tokens[min(at + 1, len(self._tokens) - 1)].kind
        return kind in {"end", "start", "div", "include"} or (
            kind in {"name", "prefixed"} and after in {*_ASSIGNED, "["}
        )

    def _content(self, parent: Node, end: str, included: bool = False) -> None:
        while True:
            notes = self._annotations()
            token = self._now
            if token.kind == end and not notes.parts and not notes.attributes:
                self._at += 1
                return
            if token.kind in {"name", "prefixed"} and self._tokens[self._at + 1].kind == "[" and token.kind != end:
                parent.parts += [*notes.parts, self._foreign()]
                continue
            parent.parts += self._annotated(self._component(included), notes)

    def _component(self, included: bool) -> Node:
        token = self._now
        if token.kind in {"start", "name"}:
            self._at += 1
            node = Node("define" if token.kind == "name" else "start", token.line)
            if token.kind == "name":
                node.attributes["name"] = token.text
            if self._now.kind not in _ASSIGNED:
                raise self._unexpected(f"“=”, “|=” or “&=” after “{token.text}”")
            way = _ASSIGNED[self._take().kind]
            if way:
                node.attributes["combine"] = way
            node.parts += self._pattern()
            return node
        if token.kind == "div":
            self._at += 1
            node = Node("div", token.line)
            self._nested(lambda: self._content(node, "}", included))
            return node
        if token.kind == "include" and not included:
            self._at += 1
            node = self._reading("include", token)
            if self._now.kind == "{":
                self._nested(lambda: self._content(node, "}", included=True))
            return node
        if token.kind in KEYWORDS:
            hint = f"; a definition of that name is written “\\{token.text}”" if self._next_assigns() else ""
            raise self._broken(f"“{token.text}” cannot stand here{hint}.", token)
        raise self._unexpected("a definition")

    def _next_assigns(self) -> bool:
        return self._tokens[self._at + 1].kind in _ASSIGNED

    def _braced(self, node: Node) -> Node:
        def inside() -> None:
            node.parts += self._pattern()
            self._must("}")

        self._nested(inside)
        return node

    def _reading(self, name: str, token: Token) -> Node:
        """Return the ``include`` or ``externalRef`` that a keyword began."""
        node = Node(name, token.line, {"href": self._literal()})
        ns = self._default
        if self._met("inherit"):
            self._must("=")
            prefix = self._name("a prefix")
            ns = self._resolved(prefix.text, prefix)
        self._qualify(node, ns)
        return node

    # Patterns

    def _pattern(self) -> list[Node]:
        """Return one pattern, and the annotations that follow it."""
        first = self._particle(alone=True)
        sign = self._now.kind
        if sign not in _JOINED:
            return first
        node = Node(_JOINED[sign], first[0].line, parts=[*first])
        while self._met(sign):
            node.parts += self._particle()
        if self._now.kind in _JOINED:
            message = f"“{sign}” and “{self._now.kind}” stand side by side; say by parentheses which comes first."
            raise self._broken(message, self._now)
        return [node]

    def _particle(self, alone: bool = False) -> list[Node]:
        """Return a pattern with its repetition; ``alone`` while nothing stands before it."""
        notes, begun = self._annotations(), self._now
        nodes = self._annotated(self._primary(), notes)
        less = begun.kind != "(" and any(isinstance(part, Node) and part.name == "except" for part in nodes[0].parts)
        if less and (not alone or self._now.kind in _JOINED or self._now.kind in _REPEATED):
            raise self._broken("Put the pattern with “-” into parentheses.", begun)
        if self._now.kind in _REPEATED:
            nodes = [Node(_REPEATED[self._take().kind], nodes[0].line, parts=[*nodes]), *self._following()]
        return nodes

    def _primary(self) -> Node:
        token = self._take()
        match token.kind:
            case "element" | "attribute":
                node = Node(token.kind, token.line)
                node.parts += self._names(attribute=token.kind == "attribute")
                return self._braced(node)
            case "list" | "mixed":
                return self._braced(Node(token.kind, token.line))
            case "empty" | "text" | "notAllowed":
                return Node(token.kind, token.line)
            case "name":
                return Node("ref", token.line, {"name": token.text})
            case "parent":
                return Node("parentRef", token.line, {"name": self._must("name", "the name of a definition").text})
            case "external":
                return self._reading("externalRef", token)
            case "grammar":
                node = Node("grammar", token.line)
                self._nested(lambda: self._content(node, "}"))
                return node
            case "(":
                self._at -= 1
                nodes: list[Node] = []

                def inside() -> None:
                    nodes.extend(self._pattern())
                    self._must(")")

                self._nested(inside, "(")
                return nodes[0] if len(nodes) == 1 else Node("group", token.line, parts=[*nodes])
            case "literal":
                self._at -= 1
                return self._value(token, {})
            case "string" | "token" | "prefixed":
                return self._typed(token)
            case _:
                self._at -= 1
                raise self._unexpected("a pattern")

    def _typed(self, token: Token) -> Node:
        """Return the data or the value that the name of a datatype began."""
        prefix, _, name = token.text.rpartition(":")
        if prefix and prefix not in self._libraries:
            raise self._broken(f"The datatypes “{prefix}” are not declared.", token)
        kind = {"type": name, "datatypeLibrary": self._libraries[prefix] if prefix else ""}
        if self._now.kind == "literal":
            return self._value(token, kind)
        node = Node("data", token.line, kind)
        if self._met("{"):
            while not self._met("}"):
                notes = self._annotations()
                param = self._name("a parameter or “}”")
                self._must("=")
                made = Node("param", param.line, {"name": param.text}, parts=[self._literal()])
                node.parts += self._annotated(made, notes)
        if self._now.kind == "-":
            less = Node("except", self._take().line)
            notes = self._annotations()
            less.parts += self._annotated(self._primary(), notes)
            node.parts.append(less)
        return node

    def _value(self, token: Token, kind: dict[str, str]) -> Node:
        node = Node("value", token.line, kind, parts=[self._literal()])
        self._qualify(node, self._default)
        return node
