"""Takes the characters of an HTML page and gives its elements and words in order, each with its place in the file.

Nothing is thrown away here and nothing is too deep: an end tag that closes nothing is passed over, what a page leaves
open is closed as HTML says, and every character between tags is a word of some element.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
RAW = frozenset("script style textarea title xmp noembed noframes iframe plaintext".split())
"""Elements whose content is characters, whatever it looks like."""
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre search section summary table tbody "
    "td tfoot th thead tr ul".split()
)
"""Elements that begin and end a line."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = ("ol", "ul", "menu", "dir", "dl")
_PARAGRAPH_ENDS = BLOCKS - {"body", "caption", "html", "td", "tbody", "tfoot", "th", "thead", "tr", "details"}
_ENDED = {
    "li": (("li",), LISTS), "dt": (("dt", "dd"), ("dl",)), "dd": (("dt", "dd"), ("dl",)),
    "tr": (("tr", "td", "th", "caption"), ("table",)), "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")), "tbody": (("tbody", "thead", "tfoot", "caption"), ("table",)),
    "thead": (("caption", "colgroup"), ("table",)), "tfoot": (("tbody", "thead"), ("table",)),
    "option": (("option",), ("select",)), "body": (("head",), ("html",)),
}  # fmt: skip
"""Elements that a start tag closes where they are open, and those beyond which it does not look."""
_WALLS = frozenset(["table", "td", "th", "caption", "html", "body"])
"""Elements out of which an end tag inside them does not reach."""

DEEPEST = 400
"""How many elements may stand in one another; what lies deeper is taken as part of the last of them."""

_NAME = r"[A-Za-z][^\s/>\x00]*"
_TOKEN = re.compile(
    rf"<!--(?:>|->|.*?(?:--!?>|\Z))|<!\[CDATA\[(?P<cdata>.*?)(?:\]\]>|\Z)|<[!?][^>]*(?:>|\Z)|</(?P<end>{_NAME})[^>]*(?:>|\Z)"
    rf"|<(?P<start>{_NAME})(?P<rest>(?:[^>\"'=]+|=\s*\"[^\"]*\"|=\s*'[^']*'|=[^\S\n]*|[\"'])*+)(?:>|\Z)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+)))?"
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,9};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};?)")


@dataclass(slots=True)
class Words:
    """Characters of the page in one piece, as they read, and where the piece begins."""

    text: str
    offset: int


@dataclass(slots=True, eq=False)
class Element:
    """An element of the page with what is in it, in order."""

    tag: str
    offset: int = 0
    attributes: dict[str, str] = field(default_factory=dict)
    values: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where the value of each attribute stands: offsets of its first character and after its last."""
    parent: Element | None = None
    inner: list[Element | Words] = field(default_factory=list)
    end: int = 0
    """The offset after the element."""

    def get(self, name: str) -> str:
        """Return the value of an attribute without blanks around it, nothing where there is none."""
        return self.attributes.get(name, "").strip()

    def classes(self) -> list[str]:
        """Return the names of the element's classes in lower case."""
        return self.get("class").lower().split()

    def nodes(self) -> Iterator[Element | Words]:
        """Give all that is in the element, at any depth, in the order of the page."""
        waiting = list(reversed(self.inner))
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node, Element):
                waiting.extend(reversed(node.inner))

    def elements(self) -> Iterator[Element]:
        """Give all elements in it, at any depth, in the order of the page."""
        return (node for node in self.nodes() if isinstance(node, Element))

    def around(self) -> Iterator[Element]:
        """Give the elements that hold it, the innermost first."""
        outer = self.parent
        while outer is not None:
            yield outer
            outer = outer.parent

    def words(self) -> str:
        """Return all characters in it, white space folded; those of scripts and styles are none."""
        found = [
            node.text if isinstance(node, Words) else " " if node.tag in BLOCKS or node.tag == "br" else ""
            for node in self.nodes()
        ]
        return " ".join("".join(found).split())


def tree(text: str) -> Element:
    """Return the element that holds a whole page.

    >>> page = tree("<ul><li>One<li>Two &amp; <b>three</b></ul>")
    >>> [(element.tag, element.words()) for element in page.elements()]
    [('ul', 'One Two & three'), ('li', 'One'), ('li', 'Two & three'), ('b', 'three')]
    """
    root = Element("", end=len(text))
    opened = [root]
    at = 0
    while at < len(text):
        begin = text.find("<", at)
        found = _TOKEN.match(text, begin) if begin >= 0 else None
        stop = len(text) if begin < 0 else begin
        if begin >= 0 and found is None:
            stop = begin + 1
        _add(opened[-1], text, at, stop)
        at = stop
        if found is None:
            continue
        if found["start"] and not text.endswith(">", 0, found.end()):
            _add(opened[-1], text, at, len(text))  # a tag that is never closed: the rest are words, not its attributes
            break
        at = found.end()
        if found["end"]:
            _close(opened, found["end"].lower(), at)
        elif found["start"]:
            at = _open(opened, text, found)
        elif found["cdata"] is not None:
            opened[-1].inner.append(Words(found["cdata"], found.start("cdata")))
    for element in opened:
        element.end = len(text)
    return root


def _add(parent: Element, text: str, start: int, end: int) -> None:
    """Append the characters between two offsets, references to characters as what they stand for."""
    at = start
    if text.find("&", start, end) >= 0:
        for found in _REFERENCE.finditer(text, start, end):
            read = html.unescape(found[0])
            if read == found[0]:
                continue
            if found.start() > at:
                parent.inner.append(Words(text[at : found.start()], at))
            parent.inner.append(Words(read, found.start()))
            at = found.end()
    if end > at:
        parent.inner.append(Words(text[at:end], at))


def _open(opened: list[Element], text: str, found: re.Match[str]) -> int:
    """Open an element and return the offset after its start tag, or after its content where that is no markup."""
    tag = found["start"].lower()
    if tag in _PARAGRAPH_ENDS:
        _shut(opened, ("p",), (), found.start())
    if tag in HEADINGS and opened[-1].tag in HEADINGS:
        opened.pop().end = found.start()
    if tag in _ENDED:
        _shut(opened, *_ENDED[tag], found.start())
    element = Element(tag, found.start(), parent=opened[-1], end=found.end())
    for item in _ATTRIBUTE.finditer(text, *found.span("rest")):
        kind = item.lastgroup or "name"
        name = item["name"].lower()
        if name not in element.attributes:
            element.attributes[name] = html.unescape(item[kind]) if kind != "name" else ""
            element.values[name] = item.span(kind)
    opened[-1].inner.append(element)
    if tag in VOID or (found["rest"].endswith("/") and tag not in BLOCKS):
        return found.end()
    if tag in RAW:
        close = re.compile(rf"</{re.escape(tag)}(?=[\s/>])[^>]*(?:>|\Z)", re.IGNORECASE).search(text, found.end())
        stop = close.start() if close else len(text)
        if tag in ("title", "textarea"):
            _add(element, text, found.end(), stop)
        element.end = close.end() if close else len(text)
        return element.end
    if len(opened) < DEEPEST:
        opened.append(element)
    return found.end()


def _shut(opened: list[Element], tags: tuple[str, ...], walls: tuple[str, ...], offset: int) -> None:
    """Close the innermost open element of some tags, with all in it, unless a wall stands before it."""
    for index in range(len(opened) - 1, 0, -1):
        tag = opened[index].tag
        if tag in tags:
            for element in opened[index:]:
                element.end = offset
            del opened[index:]
            if not walls:
                return
        elif tag in walls or tag in _WALLS or (not walls and tag in ("button", "object")):
            return


def _close(opened: list[Element], tag: str, offset: int) -> None:
    """Close the innermost open element of a tag; what is open inside it ends with it."""
    for index in range(len(opened) - 1, 0, -1):
        if opened[index].tag == tag:
            for element in opened[index:]:
                element.end = offset
            del opened[index:]
            return
        if opened[index].tag in _WALLS and tag not in BLOCKS:
            return
