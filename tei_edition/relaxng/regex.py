"""Takes a regular expression of XML Schema and gives a function that says whether a text matches it as a whole.

Follows XML Schema Part 2, appendix F. Python's `re` has no Unicode categories and no subtraction of classes, so both
are written out as ranges; as that costs time for all of Unicode, an expression is compiled for as much of it as the
texts that come along need.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_BOUNDS = (0x80, 0x2100, 0x10000, 0x110000)
_META = frozenset(".\\?*+{}()|[]")
_NAME_START = ":A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿\u200c\u200d⁰-↏Ⰰ-\u2fef、-\ud7ff豈-﷏ﷰ-�\U00010000-\U000effff"
_NAME = _NAME_START + "\\-.0-9·̀-ͯ‿⁀"
_PLAIN = {"s": " \\t\\n\\r", "i": _NAME_START, "c": _NAME}
_CATEGORIES = {"d": ("Nd",), "w": ("L", "M", "N", "S")}
_SINGLE = {"n": "\\n", "r": "\\r", "t": "\\t"}
_QUANTITY = r"\{(\d+)(,(\d*))?\}"
_BLOCKS = {
    "BasicLatin": (0, 0x7F), "Latin-1Supplement": (0x80, 0xFF), "LatinExtended-A": (0x100, 0x17F),
    "LatinExtended-B": (0x180, 0x24F), "IPAExtensions": (0x250, 0x2AF), "SpacingModifierLetters": (0x2B0, 0x2FF),
    "CombiningDiacriticalMarks": (0x300, 0x36F), "Greek": (0x370, 0x3FF), "GreekandCoptic": (0x370, 0x3FF),
    "Cyrillic": (0x400, 0x4FF), "Armenian": (0x530, 0x58F), "Hebrew": (0x590, 0x5FF), "Arabic": (0x600, 0x6FF),
    "Syriac": (0x700, 0x74F), "Devanagari": (0x900, 0x97F), "Bengali": (0x980, 0x9FF), "Thai": (0xE00, 0xE7F),
    "Tibetan": (0xF00, 0xFFF), "Georgian": (0x10A0, 0x10FF), "HangulJamo": (0x1100, 0x11FF),
    "Ethiopic": (0x1200, 0x137F), "Cherokee": (0x13A0, 0x13FF), "Runic": (0x16A0, 0x16FF),
    "Mongolian": (0x1800, 0x18AF), "LatinExtendedAdditional": (0x1E00, 0x1EFF), "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F), "SuperscriptsandSubscripts": (0x2070, 0x209F),
    "CurrencySymbols": (0x20A0, 0x20CF), "LetterlikeSymbols": (0x2100, 0x214F), "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF), "MathematicalOperators": (0x2200, 0x22FF), "BoxDrawing": (0x2500, 0x257F),
    "GeometricShapes": (0x25A0, 0x25FF), "MiscellaneousSymbols": (0x2600, 0x26FF), "Dingbats": (0x2700, 0x27BF),
    "CJKSymbolsandPunctuation": (0x3000, 0x303F), "Hiragana": (0x3040, 0x309F), "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DB5), "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7A3), "PrivateUse": (0xE000, 0xF8FF),
    "CJKCompatibilityIdeographs": (0xF900, 0xFAFF), "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}  # fmt: skip


class PatternBroken(ValueError):
    """An expression that XML Schema does not allow; says why."""


@lru_cache(maxsize=512)
def matcher(expression: str) -> Callable[[str], bool]:
    """Return a function that says whether a whole text matches; raise PatternBroken with a sentence.

    >>> matcher(r"[^\\p{C}\\p{Z}]+")("word"), matcher(r"[a-z-[aeiou]]+")("bad"), matcher("^a$")("a")
    (True, False, False)
    """
    compiled: dict[int, re.Pattern[str]] = {0x80: _compiled(expression, 0x80)}
    if not any(mark in expression for mark in ("\\", "-[", "[^")):
        whole = compiled[0x80]
        return lambda words: whole.fullmatch(words) is not None

    def matches(words: str) -> bool:
        if words.isascii():
            return compiled[0x80].fullmatch(words) is not None
        top = ord(max(words))
        bound = next(bound for bound in _BOUNDS if top < bound)
        if bound not in compiled:
            compiled[bound] = _compiled(expression, bound)
        return compiled[bound].fullmatch(words) is not None

    return matches


def _compiled(expression: str, bound: int) -> re.Pattern[str]:
    try:
        return re.compile(_Reader(expression, bound).whole())
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternBroken(f"“{expression}” is no regular expression of XML Schema: {error}.") from None


class _Reader:
    """Reads one expression from left to right and writes it in the words of `re`."""

    def __init__(self, expression: str, bound: int) -> None:
        self._text, self._bound, self._at = expression, bound, 0

    def whole(self) -> str:
        written = self._choice()
        if self._at < len(self._text):
            raise self._broken("a “)” has no “(”")
        return written

    def _broken(self, why: str) -> PatternBroken:
        return PatternBroken(f"“{self._text}” is no regular expression of XML Schema: {why}.")

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _next(self) -> str:
        self._at += 1
        if self._at > len(self._text):
            raise self._broken("it ends too early")
        return self._text[self._at - 1]

    def _choice(self) -> str:
        branches = [self._branch()]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._branch())
        return "|".join(branches)

    def _branch(self) -> str:
        pieces = []
        while self._peek() not in {"", "|", ")"}:
            pieces.append(self._atom() + self._quantity())
        return "".join(pieces)

    def _quantity(self) -> str:
        mark = self._peek()
        if mark and mark in "?*+":
            self._at += 1
            return mark
        if mark != "{":
            return ""
        found = re.compile(_QUANTITY).match(self._text, self._at)
        if not found:
            raise self._broken("“{” begins no quantity")
        self._at = found.end()
        return found[0]

    def _atom(self) -> str:
        mark = self._next()
        if mark == "(":
            inner = self._choice()
            if self._peek() != ")":
                raise self._broken("a “(” has no “)”")
            self._at += 1
            return f"(?:{inner})"
        if mark == "[":
            return _written(self._class(), self._bound)
        if mark == ".":
            return "[^\\n\\r]"
        if mark == "\\":
            return _written(self._escaped(), self._bound)
        if mark in _META:
            raise self._broken(f"“{mark}” stands alone")
        return re.escape(mark)

    def _class(self) -> set[int]:
        negative = self._peek() == "^"
        self._at += negative
        members: set[int] = set()
        first = True
        while True:
            if self._peek() == "]" and not first:
                self._at += 1
                return self._all() - members if negative else members
            if self._text.startswith("-[", self._at) and not first:
                self._at += 2
                base = self._all() - members if negative else members
                less = self._class()
                if self._next() != "]":
                    raise self._broken("after a subtraction the class has to end")
                return base - less
            first = False
            members |= self._member()

    def _member(self) -> set[int]:
        mark = self._next()
        if mark == "[":
            raise self._broken("“[” stands in a class")
        low = self._escaped() if mark == "\\" else {ord(mark)}
        after = self._text[self._at + 1 : self._at + 2]
        if len(low) == 1 and self._peek() == "-" and after not in {"]", "[", ""}:
            self._at += 1
            mark = self._next()
            high = self._escaped() if mark == "\\" else {ord(mark)}
            if len(high) != 1 or min(high) < min(low):
                raise self._broken("a range in a class runs backwards")
            return set(range(min(low), min(max(high) + 1, self._bound)))
        return low

    def _escaped(self) -> set[int]:
        mark = self._next()
        if mark in "pP":
            end = self._text.find("}", self._at)
            if self._next() != "{" or end < 0:
                raise self._broken(f"“\\{mark}” is followed by no category")
            word, self._at = self._text[self._at : end], end + 1
            members = self._category(word)
            return self._all() - members if mark == "P" else set(members)
        low = mark.lower()
        if low in _PLAIN:
            members = _plain(low, self._bound)
        elif low in _CATEGORIES:
            members = frozenset().union(*(_category(one, self._bound) for one in _CATEGORIES[low]))
        elif mark in _SINGLE:
            return {ord({"n": "\n", "r": "\r", "t": "\t"}[mark])}
        elif mark in _META or mark in "^-":
            return {ord(mark)}
        else:
            raise self._broken(f"“\\{mark}” means nothing")
        return self._all() - members if mark.isupper() else set(members)

    def _category(self, word: str) -> frozenset[int]:
        if word.startswith("Is"):
            if word[2:] not in _BLOCKS:
                raise self._broken(f"“{word}” is no block of Unicode that is known here")
            low, high = _BLOCKS[word[2:]]
            return frozenset(range(low, min(high + 1, self._bound)))
        if not re.fullmatch(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?", word):
            raise self._broken(f"“{word}” is no category of Unicode")
        return _category(word, self._bound)

    def _all(self) -> set[int]:
        return set(range(self._bound))


@lru_cache(maxsize=256)
def _category(word: str, bound: int) -> frozenset[int]:
    """Return the characters of a category below a bound."""
    return frozenset(code for code in range(bound) if unicodedata.category(chr(code)).startswith(word))


@lru_cache(maxsize=16)
def _plain(word: str, bound: int) -> frozenset[int]:
    """Return the characters of ``\\s``, ``\\i`` or ``\\c`` below a bound."""
    one = re.compile(f"[{_PLAIN[word]}]")
    found = (code for code in range(bound) if one.match(chr(code)))
    # XML 1.0, 4th edition: no name begins with a combining character.
    return frozenset(code for code in found if word != "i" or chr(code).isalnum() or chr(code) in ":_")


def _written(members: set[int], bound: int) -> str:
    """Return a class of `re`."""
    if not members:
        return "(?!)"
    ordered = sorted(members)
    ranges: list[list[int]] = []
    for code in ordered:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    parts = (_code(low) if low == high else f"{_code(low)}-{_code(high)}" for low, high in ranges)
    return f"[{''.join(parts)}]"


def _code(code: int) -> str:
    return f"\\U{code:08x}"
