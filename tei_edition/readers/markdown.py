"""Takes a text in Markdown and gives its transcript: the words as they are shown, with what the marks in it say.

CommonMark with tables, struck words and footnotes; front matter becomes fields. Marks of Markdown, such as ``**``, are
no words of the document: the transcript has what a page made of the text would show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from tei_edition.readers.html_blocks import Gathering
from tei_edition.readers.html_notes import Notes
from tei_edition.readers.html_tree import VOID, Element, Words, tree
from tei_edition.readers.page import Page
from tei_edition.readers.plain import front_matter
from tei_edition.transcript import Transcript

if TYPE_CHECKING:
    from markdown_it.token import Token

_FAR = 200
"""Characters of marks, such as an address, that may stand before the next words."""
_ENDINGS = (".md", ".markdown", ".mkd")
_WRITTEN = " written"
"""Marks elements that stand as tags in the text; no attribute of a page has a blank in its name."""
_ATTRIBUTES = ("href", "title", "start", "lang")


def markdown(page: Page) -> Transcript | str:
    """Return the transcript of a text in Markdown, which the name of its file tells."""
    if page.path.suffix.lower() not in _ENDINGS:
        return f"The name of the file does not end in {' or '.join(_ENDINGS)}."
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    begin = front_matter(page)
    start = page.start(page.lines[begin]) if begin < len(page.lines) else len(page.text)
    source = page.text[start:]
    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"]).use(footnote_plugin)
    making = _Making(source, start)
    making.take(parser.parse(source))
    blocks = Gathering(page, making.notes).gather(making.root)
    return page.transcript("markdown", "", blocks, "")


class _Making:
    """Makes elements of the tokens of a text, and finds where their words stand in the file."""

    def __init__(self, source: str, start: int) -> None:
        self.source, self.start = source, start
        # The parser reads CRLF and CR as LF, and so counts the lines as `lines_of` does.
        self.starts = [0, *accumulate(len(line) for line in source.splitlines(keepends=True) if line)]
        self.at = 0
        self.root = Element("", end=len(source))
        self.opened = [self.root]
        self.notes = Notes()

    def take(self, tokens: Iterable[Token]) -> None:
        """Take the tokens in their order; notes stand at the end, as a page shows them."""
        for token in tokens:
            if token.map:
                self.at = max(self.starts[min(token.map[0], len(self.starts) - 1)], 0)
            if token.type == "inline":
                depth = len(self.opened)
                self._inline(token.children or ())
                del self.opened[depth:]
            elif token.type.startswith("footnote_"):
                self._footnote(token)
            elif token.type in ("fence", "code_block"):
                element = self._open("pre", token)
                self._find(element, token.content.rstrip("\n"))
                self.opened.pop()
            elif token.type == "html_block":
                self._html(token.content)
            elif token.nesting == 1:
                self._open(token.tag, token)
            elif token.nesting == -1:
                self.opened.pop()

    def _open(self, tag: str, token: Token) -> Element:
        element = Element(tag, self.start + self.at, parent=self.opened[-1])
        element.attributes = {key: str(token.attrs[key]) for key in _ATTRIBUTES if key in token.attrs}
        self.opened[-1].inner.append(element)
        self.opened.append(element)
        return element

    def _inline(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type == "text" or token.type == "text_special":
                self._find(self.opened[-1], token.content)
            elif token.type in ("softbreak", "hardbreak"):
                # A line of the source is a line of the transcript, as in plain text.
                self._open("br", token)
                self.opened.pop()
                end = self.source.find("\n", self.at)
                self.at = end + 1 if end >= 0 else self.at
            elif token.type == "code_inline":
                self._find(self._open("code", token), token.content)
                self.opened.pop()
            elif token.type == "image":
                element = self._open("img", token)
                element.attributes = {"src": str(token.attrs.get("src", "")), "alt": token.content}
                self.opened.pop()
            elif token.type == "html_inline":
                self._tag(token)
            elif token.type == "footnote_ref":
                self.notes.anchors[self._open("a", token)] = _key(token.meta)
                self.opened.pop()
            elif token.nesting == 1:
                self._open(token.tag, token)
            elif token.nesting == -1:
                while self.opened.pop().get(_WRITTEN):
                    pass

    def _tag(self, token: Token) -> None:
        """Take a tag of HTML among the words: it begins an element, ends the one that is open, or is no words."""
        tag = token.content
        found = next(tree(tag).elements(), None)
        if found is None and tag.startswith("</"):
            if self.opened[-1].tag == tag[2:].rstrip("> \n").lower() and self.opened[-1].get(_WRITTEN):
                self.opened.pop()
        elif found is not None:
            element = self._open(found.tag, token)
            element.attributes = {**found.attributes, _WRITTEN: "yes"}
            if found.tag in VOID or tag.endswith("/>"):
                self.opened.pop()

    def _html(self, content: str) -> None:
        """Take a block of HTML as it is."""
        at = self.source.find(content.rstrip("\n"), self.at)
        whole = tree(content)
        for node in whole.nodes():
            node.offset += self.start + max(at, self.at)
        for node in whole.inner:
            if isinstance(node, Element):
                node.parent = self.opened[-1]
            self.opened[-1].inner.append(node)

    def _footnote(self, token: Token) -> None:
        if token.type == "footnote_open":
            element = self._open("div", token)
            self.notes.keys[element] = _key(token.meta)
        elif token.type == "footnote_block_open":
            self._open("div", token)
        elif token.nesting == -1:
            self.opened.pop()

    def _find(self, element: Element, words: str) -> None:
        """Append words to an element and say where they stand; word by word where the file has marks between."""
        for piece in re.findall(r"\n|[^\n]+", words):
            if piece == "\n" or self._placed(element, piece):
                if piece == "\n":
                    element.inner.append(Words(piece, self.start + self.at))
                continue
            for word in re.findall(r"\s+|\S+", piece):
                if not self._placed(element, word):
                    element.inner.append(Words(word, self.start + self.at))

    def _placed(self, element: Element, words: str) -> bool:
        found = self.source.find(words, self.at, self.at + len(words) + _FAR)
        if found < 0:
            return False
        element.inner.append(Words(words, self.start + found))
        self.at = found + len(words)
        return True


def _key(meta: dict[str, Any]) -> str:
    return str(meta.get("label") or int(meta.get("id", 0)) + 1)
