"""Takes text and gives the words by which it is found: small, without marks, Chinese sign by sign.

``xslt/site/search-words.js`` does the same in the browser; what one of the two finds, the other finds.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_SPELT = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
     "ŋ": "n", "ς": "σ", "ј": "j"}
)  # fmt: skip
"""Letters that Unicode does not take apart; æ and œ become two."""

_MARKS = re.compile(
    "[\u0300-\u0305\u0307-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u02b0-\u02ff\u00ad\u200c\u200d]"
    "|(?<![иу])\u0306"
)
"""Marks over and under Latin, Greek, Cyrillic, Hebrew and Arabic letters, and the signs of transliteration.

Not those of Indic scripts, which are vowels; and й and ў stay letters of their own."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Scripts that set no blanks between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer."""


class Word(NamedTuple):
    """A word in a text: how it is found, and from where to where it stands."""

    key: str
    start: int
    end: int


class _Shape(dict[int, str]):
    """Maps each sign to what it is for a word: ``a`` part of one, ``c`` one by itself, a blank neither."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        kind = "M" if sign in "\u00ad\u200c\u200d" else unicodedata.category(sign)[0]
        shape = {"L": "a", "N": "a", "M": "m"}.get(kind, " ")
        if shape == "a" and _UNSPACED.match(sign):
            shape = "c"
        self[code] = shape
        return shape


_SHAPE = _Shape()
_PLAIN = re.compile("[a-z0-9]+")
_WORD = re.compile(r"a[am]*|cm*")


def fold(word: str) -> str:
    """Return a word as it is looked for: small letters without marks.

    >>> [fold(word) for word in ("Łódź", "Straße", "Ødegård", "Чжоу", "Ёлка", "Йод")]
    ['lodz', 'strasse', 'odegard', 'чжоу', 'елка', 'йод']
    """
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.lower())
    whole = unicodedata.normalize("NFC", _MARKS.sub("", apart).lower().translate(_SPELT))
    return "".join(sign for sign in whole if _SHAPE[ord(sign)] != " ")  # ¼ is written with a stroke


def words(text: str) -> list[Word]:
    """Return the words of a text in order; a hyphen or an apostrophe parts two words.

    >>> [word.key for word in words("Stalin’s co-operation, 蒋介石")]
    ['stalin', 's', 'co', 'operation', '蒋', '介', '石']
    """
    if text.isascii():
        return [Word(at[0], *at.span()) for at in _PLAIN.finditer(text.lower())]
    found = (Word(fold(text[at.start() : at.end()]), *at.span()) for at in _WORD.finditer(text.translate(_SHAPE)))
    return [word for word in found if word.key]
