"""Takes the text of an XML file, well-formed or not, and gives its tags and where they stand."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = r"[^\s<>/=\"'!?&;][^\s<>/=\"'&;]*"
_TAG = re.compile(
    rf"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>"
    rf"|<(?P<close>/?)(?P<name>{_NAME})(?P<rest>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?)(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rf"\s+(?P<name>{_NAME})\s*=\s*(?:\"(?P<double>[^\"<]*)\"|'(?P<single>[^'<]*)')")
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a tag: its name and value as they are written, and where each begins."""

    name: str
    value: str
    at: int
    value_at: int


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag, by its name and what it spans."""

    name: str
    start: int
    end: int
    closes: bool
    empty: bool

    def attributes(self, text: str) -> Iterator[Attribute]:
        """Yield the attributes that are written in it."""
        for found in _ATTRIBUTE.finditer(text, self.start + 1 + len(self.name), self.end):
            group = "single" if found["double"] is None else "double"
            yield Attribute(found["name"], found[group], found.start("name"), found.start(group))


def encoding(data: bytes) -> str:
    """Return the character encoding of an XML file, by its mark or its declaration.

    >>> encoding(b'<?xml version="1.0" encoding="windows-1251"?><a/>'), encoding(b"<a/>")
    ('windows-1251', 'utf-8')
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    declared = _DECLARED.match(data[:200])
    # A declaration that can be read byte by byte is not in UTF-16, whatever it says.
    return declared[1].decode() if declared and not declared[1].lower().startswith((b"utf-16", b"ucs")) else "utf-8"


def tags(text: str, until: int | None = None) -> Iterator[Tag]:
    """Yield the tags in their order; comments, declarations and the like are passed over.

    >>> [(tag.name, tag.closes, tag.empty) for tag in tags('<a n="x>y"><!-- <b> --><c/></a>')]
    [('a', False, False), ('c', False, True), ('a', True, False)]
    """
    for found in _TAG.finditer(text, 0, len(text) if until is None else until):
        if found["name"]:
            yield Tag(found["name"], found.start(), found.end(), bool(found["close"]), bool(found["empty"]))


def open_tags(text: str, until: int) -> list[Tag]:
    """Return the elements that are open at a place, the outermost first."""
    stack: list[Tag] = []
    for tag in tags(text, until):
        if not tag.closes:
            stack += [] if tag.empty else [tag]
        elif stack and stack[-1].name == tag.name:
            stack.pop()
    return stack


def place(text: str, at: int) -> tuple[int, int]:
    """Return line and column of a place, both from 1.

    >>> place("ab\\r\\nc", 4)
    (2, 1)
    """
    lines = re.split(r"\r\n|\r|\n", text[:at])
    return len(lines), len(lines[-1]) + 1


def offset(text: str, line: int, column: int) -> int:
    """Return the place of a line and column, as far as the text has them."""
    at = 0
    for _ in range(line - 1):
        found = re.compile(r"\r\n|\r|\n").search(text, at)
        if not found:
            break
        at = found.end()
    return min(at + max(column - 1, 0), len(text))
