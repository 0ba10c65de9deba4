"""Takes a RELAX NG schema in compact syntax and gives its tokens (ISO/IEC 19757-2, annex C.2)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from tei_edition.relaxng.datatypes import NCNAME
from tei_edition.relaxng.syntax import SyntaxBroken

KEYWORDS = frozenset(
    """attribute default datatypes div element empty external grammar include inherit list mixed namespace notAllowed
    parent start string text token""".split()
)
_BREAK = "\0"
"""Stands for the end of a line, so that one that is written as an escape is told from it."""
_ESCAPE = re.compile(r"\\x+\{([0-9a-fA-F]+)\}")
_NO_CHARACTER = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TOKEN = re.compile(
    rf"""(?P<blank>[ \t\r\n{_BREAK}]+ | \#(?!\#)[^{_BREAK}\n]*)
    | (?P<comment>\#\#[^{_BREAK}\n]*)
    | (?P<literal>\"\"\".*?\"\"\" | '''.*?''' | (?!\"\"\")\"[^\"{_BREAK}]*\" | (?!''')'[^'{_BREAK}]*')
    | (?P<any>{NCNAME}:\*)
    | (?P<prefixed>{NCNAME}:{NCNAME})
    | (?P<escaped>\\{NCNAME})
    | (?P<name>{NCNAME})
    | (?P<sign>\|=|&=|>>|[={{}}()\[\],&|?*+~-])""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a schema; ``kind`` is a sign or keyword itself, or else what kind of word it is."""

    kind: str
    """A sign, a keyword, or: name, prefixed, any (``x:*``), literal, comment (``##``), end."""
    text: str
    """The word without marks: no quotes, no backslash, no ``#``."""
    line: int
    column: int

    def __str__(self) -> str:
        return "the end of the file" if self.kind == "end" else f"“{self.text}”"


def tokens(data: bytes, file: str) -> list[Token]:
    """Return the tokens of a schema, the last of the kind ``end``; raise SyntaxBroken with line and column.

    >>> [token.kind for token in tokens(b'element a { text }* # words', "")]
    ['element', 'name', '{', 'text', '}', '*', 'end']
    """
    text = _decoded(data, file).replace("\r\n", _BREAK).replace("\n", _BREAK).replace("\r", _BREAK)
    text, moved = _unescaped(text, file)
    return list(_split(text, moved, file))


def _decoded(data: bytes, file: str) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SyntaxBroken("This is not written in UTF-8.", file=file, at=line) from None
    if found := re.search(f"{_BREAK}|{_NO_CHARACTER.pattern}", text):
        line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
        raise SyntaxBroken(
            f"The character U+{ord(found[0]):04X} cannot stand in a schema.", file=file, at=line, column=column
        )
    return text


def _unescaped(text: str, file: str) -> tuple[str, list[tuple[int, int]]]:
    r"""Return a text with the characters that ``\x{…}`` stands for, and by how much it is shorter from where on."""
    pieces: list[str] = []
    moved: list[tuple[int, int]] = []
    end = length = 0
    for found in _ESCAPE.finditer(text):
        code = int(found[1], 16)
        if not 0 < code <= 0x10FFFF or _NO_CHARACTER.match(chr(code)):
            line, column = _place(text, found.start())
            raise SyntaxBroken(f"“{found[0]}” is no character of XML.", file=file, at=line, column=column)
        pieces += [text[end : found.start()], chr(code)]
        length += len(pieces[-2]) + 1
        end = found.end()
        moved.append((length, end - length))
    return "".join((*pieces, text[end:])), moved


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count(_BREAK, 0, at) + 1, at - text.rfind(_BREAK, 0, at)


def _split(text: str, moved: list[tuple[int, int]], file: str) -> Iterator[Token]:
    at, line, begun = 0, 1, 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        column = at - begun + 1
        if moved:
            column += _shift(moved, at) - _shift(moved, begun)
        if found is None:
            what = "A text in quotation marks does not end" if text[at] in "\"'" else f"“{text[at]}” means nothing"
            raise SyntaxBroken(f"{what} here.", file=file, at=line, column=column)
        kind, word = str(found.lastgroup), found[0]
        if kind == "literal":
            marks = 3 if word[:3] in {'"""', "'''"} else 1
            yield Token(kind, word[marks:-marks].replace(_BREAK, "\n"), line, column)
        elif kind == "comment":
            yield Token(kind, re.sub("^#+ ?", "", word), line, column)
        elif kind == "escaped":
            yield Token("name", word[1:], line, column)
        elif kind == "any":
            yield Token(kind, word[:-2], line, column)
        elif kind != "blank":
            yield Token(word if kind == "sign" or word in KEYWORDS else kind, word, line, column)
        breaks = word.count(_BREAK)
        if breaks:
            line += breaks
            begun = at + word.rfind(_BREAK) + 1
        at = found.end()
    yield Token("end", "", line, at - begun + 1)


def _shift(moved: list[tuple[int, int]], at: int) -> int:
    index = bisect_right(moved, at, key=lambda pair: pair[0])
    return moved[index - 1][1] if index else 0
