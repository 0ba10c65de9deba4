"""Takes the tokens of a compact schema and gives what all of it is made of: prefixes, name classes, annotations."""

from __future__ import annotations

from collections.abc import Callable

from tei_edition.relaxng.compact_tokens import KEYWORDS, Token
from tei_edition.relaxng.compact_tree import Node
from tei_edition.relaxng.datatypes import XSD
from tei_edition.relaxng.syntax import NAMESPACE, SyntaxBroken
from tei_edition.tei import XML

INHERITED = "\0"
"""The namespace that a schema takes over from the one that includes it."""
_ANNOTATIONS = "http://relaxng.org/ns/compatibility/annotations/1.0"
_DEEPEST = 120
"""Braces, brackets and parentheses in one another; nothing that people write comes near it."""


class Words:
    """Reads the small parts of a schema, from left to right and without going back."""

    def __init__(self, read: list[Token], file: str) -> None:
        self._tokens, self._file = read, file
        self._at = self._depth = 0
        self._prefixes = {"xml": XML}
        self._libraries = {"xsd": XSD}
        self._default = INHERITED

    # Tokens

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _met(self, kind: str) -> bool:
        """Take the next token if it is of a kind, and return whether it was."""
        if self._now.kind != kind:
            return False
        self._at += 1
        return True

    def _must(self, kind: str, what: str = "") -> Token:
        if self._now.kind != kind:
            raise self._unexpected(what or f"“{kind}”")
        return self._take()

    def _broken(self, message: str, token: Token) -> SyntaxBroken:
        return SyntaxBroken(message, file=self._file, at=token.line, column=token.column)

    def _unexpected(self, wanted: str) -> SyntaxBroken:
        return self._broken(f"Here stands {self._now} where {wanted} is expected.", self._now)

    def _name(self, what: str) -> Token:
        """Take a name that may be a keyword."""
        if self._now.kind != "name" and self._now.kind not in KEYWORDS:
            raise self._unexpected(what)
        return self._take()

    def _literal(self) -> str:
        text = self._must("literal", "a text in quotation marks").text
        while self._met("~"):
            text += self._must("literal", "a text in quotation marks").text
        return text

    def _nested(self, inside: Callable[[], None], opened: str = "{") -> None:
        """Read what stands between a brace or parenthesis and its fellow, which ``inside`` takes too."""
        token = self._must(opened)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._broken("The schema is nested too deeply.", token)
        inside()
        self._depth -= 1

    # Declarations

    def _declarations(self) -> None:
        declared: dict[tuple[str, str], str] = {}
        while self._now.kind in {"namespace", "default", "datatypes"}:
            first = self._take()
            if first.kind == "default":
                self._must("namespace")
            named = None if first.kind == "default" and self._now.kind == "=" else self._name("a prefix")
            self._must("=")
            uri = INHERITED if first.kind != "datatypes" and self._met("inherit") else self._literal()
            keys = [(first.kind, "")] if first.kind == "default" else []
            keys += [] if named is None else [("datatypes" if first.kind == "datatypes" else "prefix", named.text)]
            for key in keys:
                if declared.setdefault(key, uri) != uri:
                    what = f"“{key[1]}”" if key[1] else "The default namespace"
                    raise self._broken(f"{what} is declared twice, and not as the same.", first)
            if first.kind == "default":
                self._default = uri
            if named is not None and first.kind == "datatypes":
                self._libraries[named.text] = uri
            elif named is not None:
                if named.text == "xmlns" or (named.text == "xml") != (uri == XML):
                    raise self._broken(f"“{named.text}” cannot be the prefix of “{uri}”.", named)
                self._prefixes[named.text] = uri

    def _resolved(self, prefix: str, token: Token) -> str:
        if prefix not in self._prefixes:
            raise self._broken(f"The prefix “{prefix}” is not declared.", token)
        return self._prefixes[prefix]

    # Name classes

    def _names(self, attribute: bool) -> list[Node]:
        """Return one name class, and the annotations that follow it."""
        first = self._class(attribute, alone=True)
        if self._now.kind != "|":
            return first
        node = Node("choice", first[0].line, parts=[*first])
        while self._met("|"):
            node.parts += self._class(attribute)
        return [node]

    def _class(self, attribute: bool, alone: bool = False) -> list[Node]:
        notes, begun = self._annotations(), self._now
        nodes = self._annotated(self._simple(attribute), notes)
        if begun.kind in {"*", "any"} and self._met("-"):
            notes = self._annotations()
            less = Node("except", begun.line, parts=[*self._annotated(self._simple(attribute), notes)])
            nodes[0].parts.append(less)
            if not alone or self._now.kind == "|":
                raise self._broken("Put the names with “-” into parentheses.", begun)
        return nodes

    def _simple(self, attribute: bool) -> Node:
        token = self._now
        if token.kind == "(":
            nodes: list[Node] = []

            def inside() -> None:
                nodes.extend(self._names(attribute))
                self._must(")")

            self._nested(inside, "(")
            return nodes[0] if len(nodes) == 1 else Node("choice", token.line, parts=[*nodes])
        if token.kind == "*":
            return Node("anyName", self._take().line)
        if token.kind == "any":
            node = Node("nsName", self._take().line)
            self._qualify(node, self._resolved(token.text, token))
            return node
        if token.kind == "prefixed":
            prefix, _, name = self._take().text.partition(":")
            node = Node("name", token.line, parts=[name])
            self._qualify(node, self._resolved(prefix, token))
            return node
        node = Node("name", token.line, parts=[self._name("a name").text])
        self._qualify(node, "" if attribute else self._default)
        return node

    def _qualify(self, node: Node, ns: str) -> None:
        if ns != INHERITED:
            node.attributes["ns"] = ns

    # Annotations

    def _annotations(self) -> Node:
        """Return the annotations that stand here, as attributes and parts of a node without a name."""
        notes = Node("", self._now.line)
        while self._now.kind == "comment":
            line, words = self._now.line, [self._take().text]
            while self._now.kind == "comment":
                words.append(self._take().text)
            notes.parts.append(Node(f"{{{_ANNOTATIONS}}}documentation", line, parts=["\n".join(words)]))
        if self._now.kind == "[":
            self._brackets(notes, nested=False)
        return notes

    def _brackets(self, node: Node, nested: bool) -> None:
        """Read attributes, elements and, if ``nested``, texts between brackets."""

        def inside() -> None:
            while not self._met("]"):
                if nested and self._now.kind == "literal":
                    node.parts.append(self._literal())
                elif self._tokens[self._at + 1].kind == "=":
                    token = self._now
                    name = self._foreign_name("a name", nested, qualified=not nested)
                    self._must("=")
                    if name in node.attributes:
                        raise self._broken(f"The attribute “{token.text}” stands here twice.", token)
                    node.attributes[name] = self._literal()
                    if nested and any(isinstance(part, Node) for part in node.parts):
                        raise self._broken("Attributes stand before elements.", token)
                else:
                    node.parts.append(self._foreign(nested))

        self._nested(inside, "[")

    def _foreign(self, nested: bool = False) -> Node:
        token = self._now
        name = self._foreign_name("a name, or “]”", nested)
        node = Node(name if name.startswith("{") else f"{{}}{name}", token.line)
        self._brackets(node, nested=True)
        return node

    def _foreign_name(self, wanted: str, nested: bool, qualified: bool = False) -> str:
        """Return the name of an annotation in Clark notation; ``qualified`` if it has to be in a namespace."""
        token = self._now
        if token.kind == "prefixed":
            prefix, _, name = self._take().text.partition(":")
            ns = self._resolved(prefix, token)
            if ns == NAMESPACE and not nested:
                raise self._broken("An annotation cannot be in the namespace of RELAX NG.", token)
            if ns not in {"", INHERITED}:
                return f"{{{ns}}}{name}"
        elif not qualified:
            return self._name(wanted).text
        if qualified:
            raise self._broken(f"The annotation {token} needs a prefix that stands for a namespace.", token)
        return name

    def _following(self) -> list[Node]:
        nodes = []
        while self._met(">>"):
            nodes.append(self._foreign())
        return nodes

    def _annotated(self, node: Node, notes: Node) -> list[Node]:
        """Give annotations to a pattern, and return it with those that follow."""
        node.attributes.update(notes.attributes)
        following = self._following()
        if node.name in {"name", "value", "param"}:
            # They hold words only; what is said about them stands beside.
            return [node, *(part for part in notes.parts if isinstance(part, Node)), *following]
        node.parts[:0] = notes.parts
        return [node, *following]
