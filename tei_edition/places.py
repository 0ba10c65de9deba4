"""Takes the bytes of an XML file and says at which line and column its tags, attributes and texts stand."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection
from itertools import accumulate
from typing import NoReturn
from xml.parsers import expat

Place = tuple[int, int]
"""A line and a column, both counted from 1; the column in characters."""

_START = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(?=[^!/?])", re.DOTALL)
"""Where tags begin, and what may only look like them."""
_TAG = re.compile(rb"""<(?:[^>'"]|'[^']*'|"[^"]*")*>""")
_ATTRIBUTE = re.compile(rb"""([^\s=/<>'"]+)\s*=\s*(?:'[^']*'|"[^"]*")""")
_NO_TEXT = re.compile(rb"(?:\s|<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(?:\s*\]\]>)?)*", re.DOTALL)
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


class Unplaced(Exception):
    """The elements of the file are not where its tags are: some come out of entities."""


class Places:
    """Where the elements of a well-formed file stand; they are numbered from 0, in the order of their start tags.

    Raises Unplaced for a file that declares entities, or is in an encoding that cannot be read here. Without ``ends``
    nothing can be said but where start tags and attributes are, which is known sooner.
    """

    def __init__(self, document: bytes, *, ends: bool = True) -> None:
        self._bytes = _utf8(document)
        self._measured = -1, 0
        if b"<!ENTITY" in self._bytes:
            raise Unplaced
        self._starts, self._ends = array("q"), array("q")
        if ends:
            self._read()
        else:
            self._starts.extend(found.start() for found in _START.finditer(self._bytes) if found[0] == b"<")
        self._lines = [0, *accumulate(map(len, self._bytes.splitlines(True)))]

    def _read(self) -> None:
        waiting = list[int]()
        reader = expat.ParserCreate("utf-8")

        def opened(name: str, attributes: object) -> None:
            waiting.append(len(self._starts))
            self._starts.append(reader.CurrentByteIndex)
            self._ends.append(0)

        def ended(name: str) -> None:
            self._ends[waiting.pop()] = reader.CurrentByteIndex

        reader.StartElementHandler, reader.EndElementHandler = opened, ended
        try:
            reader.Parse(self._bytes, True)
        except (expat.ExpatError, ValueError):
            raise Unplaced from None

    def __len__(self) -> int:
        return len(self._starts)

    def start(self, number: int) -> Place:
        """Return where the start tag of an element begins."""
        return self._place(self._starts[number])

    def end(self, number: int) -> Place:
        """Return where the end tag of an element begins; for an empty element, its only tag."""
        at = self._ends[number]
        return self._place(at if self._bytes.startswith(b"</", at) else self._starts[number])

    def attribute(self, number: int, names: Collection[str]) -> Place:
        """Return where an attribute begins that bears one of these names in its tag; else where the tag does."""
        at = self._starts[number]
        for found in _ATTRIBUTE.finditer(self._bytes, at + 1, self._tag_end(at)):
            if found[1].decode() in names:
                return self._place(found.start())
        return self._place(at)

    def _tag_end(self, at: int) -> int:
        # A tag with thousands of attributes is asked for each of them.
        if self._measured[0] != at:
            tag = _TAG.match(self._bytes, at)
            self._measured = at, tag.end() if tag else at + 1
        return self._measured[1]

    def text(self, number: int, after: int | None) -> Place:
        """Return where the text begins that stands in an element after one of its children, or after its start tag."""
        at = self._starts[number]
        if after is not None:
            at = self._ends[after] if self._bytes.startswith(b"</", self._ends[after]) else self._starts[after]
        tag = _TAG.match(self._bytes, at)
        found = _NO_TEXT.match(self._bytes, tag.end() if tag else at)
        return self._place(found.end() if found else at)

    def _place(self, at: int) -> Place:
        line = bisect_right(self._lines, at)
        before = self._bytes[self._lines[line - 1] : at].decode("utf-8", "replace")
        return line, len(before.removeprefix("\ufeff")) + 1


class _Met(Exception):
    """The root was met."""


def root_name(document: bytes) -> str | None:
    """Return the name of the root of a document, in Clark notation; None where a parser has to tell.

    >>> root_name(b'<?xml version="1.0"?><a xmlns="urn:x"><b/>'), root_name(b"<a")
    ('{urn:x}a', None)
    """
    found = list[str]()

    def opened(name: str, attributes: object) -> NoReturn:
        found.append(name)
        raise _Met

    reader = expat.ParserCreate(namespace_separator="}")
    reader.StartElementHandler, reader.EntityDeclHandler = opened, _left
    try:
        reader.Parse(document, True)
    except (_Met, Unplaced, expat.ExpatError, LookupError, ValueError):
        return f"{{{found[0]}" if found and "}" in found[0] else "".join(found) or None
    return None


def _left(*declared: object) -> NoReturn:
    raise Unplaced


def _utf8(document: bytes) -> bytes:
    """Return a document in UTF-8."""
    if document.startswith((b"\xff\xfe", b"\xfe\xff")):
        named = "utf-16"
    elif document.startswith((b"<\0", b"\0<")):
        named = "utf-16-le" if document.startswith(b"<\0") else "utf-16-be"
    else:
        found = _DECLARED.match(document)
        named = found[1].decode() if found else "utf-8"
    if named.lower() in {"utf-8", "utf8", "us-ascii", "ascii"}:
        return document
    try:
        return document.decode(named).encode()
    except (LookupError, UnicodeError):
        raise Unplaced from None
