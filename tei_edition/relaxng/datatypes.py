"""Takes the name of a datatype and its parameters and gives what says which texts are of it (XML Schema Part 2)."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tei_edition.relaxng import dates
from tei_edition.relaxng.regex import PatternBroken, matcher

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
_START = "A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿\u200c\u200d⁰-↏Ⰰ-\u2fef、-\ud7ff豈-﷏ﷰ-�\U00010000-\U000effff"
_PART = _START + "\\-.0-9·̀-ͯ‿⁀"
_LETTER = r"(?=[^\W\d])"
"""XML 1.0, 4th edition and before, whose names XML Schema 1.0 has, begins no name with a combining character."""
NCNAME = f"{_LETTER}[{_START}][{_PART}]*"
_INTEGER = r"[+-]?[0-9]+"
_FLOAT = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN"
_FORMS = {
    "Name": f"(?:{_LETTER}[{_START}]|:)[:{_PART}]*",
    "NMTOKEN": f"[:{_PART}]+",
    "QName": f"(?:{NCNAME}:)?{NCNAME}",
    "NOTATION": f"(?:{NCNAME}:)?{NCNAME}",
    "language": "[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    "boolean": "true|false|1|0",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "float": _FLOAT,
    "double": _FLOAT,
    "hexBinary": "(?:[0-9a-fA-F]{2})*",
    **dict.fromkeys(("NCName", "ID", "IDREF", "ENTITY"), NCNAME),
}
_NAME_FORMS = {_FORMS[name] for name in ("Name", "NMTOKEN", "NCName")}
_ANYTHING = {"string", "normalizedString", "token", "anyURI"}
_LISTS = {"IDREFS": "IDREF", "ENTITIES": "ENTITY", "NMTOKENS": "NMTOKEN"}
_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None), "nonPositiveInteger": (None, 0), "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None), "positiveInteger": (1, None),
    "long": (-(2**63), 2**63 - 1), "int": (-(2**31), 2**31 - 1), "short": (-(2**15), 2**15 - 1), "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1), "unsignedInt": (0, 2**32 - 1), "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}  # fmt: skip
_NAMES = {"string", "normalizedString", "token", "anyURI", "base64Binary", "duration", *_FORMS, *_LISTS, *_RANGES}
_NUMBERS = {"decimal", "float", "double", *_RANGES}
_ORDERED = _NUMBERS | dates.TYPES | {"duration"}
_ORDERS = {"minInclusive": "__ge__", "maxInclusive": "__le__", "minExclusive": "__gt__", "maxExclusive": "__lt__"}
_PLAIN = re.compile(r"[A-Za-z0-9._/-]*(?:#[A-Za-z0-9._-]*)?")
"""Most words and addresses in editions: what needs no second look."""
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
"""The same of names."""
_URI = r"(?:[^%#]|%[0-9a-fA-F]{2})*(?:#(?:[^%#]|%[0-9a-fA-F]{2})*)?"
_HOST = r"//(?:[^/@]*@)?\[[0-9a-fA-F.]*:[0-9a-fA-F:.]*\]"
_BASE64 = "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
_SCHEME = r"[a-zA-Z][a-zA-Z0-9+.-]*:[^#]"
_RELATIVE = r"[^:/?#]*(?:[/?#]|$)"

Context = Mapping[str | None, str]


class DatatypeBroken(ValueError):
    """A datatype, or a parameter of one, that there is not; says why."""


class Datatype:
    """A datatype of a library with its parameters."""

    def __init__(self, library: str, name: str, params: Sequence[tuple[str, str]] = ()) -> None:
        if library == "" and (name not in {"string", "token"} or params):
            what = (
                "it takes no parameters" if name in {"string", "token"} else "without a library there is no such type"
            )
            raise DatatypeBroken(f"“{name}” cannot be used so: {what}.")
        if library not in {"", XSD}:
            raise DatatypeBroken(f"The datatypes of “{library}” are not known here.")
        if name not in _NAMES and name not in dates.TYPES:
            raise DatatypeBroken(f"There is no datatype “{name}” in XML Schema.")
        self.library, self.name = library, name
        self.patterns = [_expression(text) for key, text in params if key == "pattern"]
        self.expressions = [text for key, text in params if key == "pattern"]
        form = _FORMS.get(_LISTS.get(name, name), _INTEGER if name in _RANGES else None)
        self._form_of = form
        self._form: re.Pattern[str] | None = None
        """Compiled when it is needed, which for a name takes long."""
        self._is_plain = _PLAIN_NAME if form in _NAME_FORMS else _PLAIN if name in _ANYTHING else None
        self._facets = [self._facet(key, text) for key, text in params if key != "pattern"]

    @property
    def contextual(self) -> bool:
        """Whether what a text means depends on the namespaces in scope."""
        return self.name in {"QName", "NOTATION"}

    def spaced(self, words: str) -> str:
        """Return a text with its white space as the datatype has it."""
        if self.name == "string":
            return words
        if self.name == "normalizedString":
            return re.sub(r"[\t\n\r]", " ", words)
        return " ".join(words.split()) if words.isascii() else " ".join(re.split(r"[ \t\n\r]+", words.strip(" \t\n\r")))

    def allows(self, words: str, context: Context) -> bool:
        """Return whether a text is of this datatype."""
        if self._is_plain is None or not self._is_plain.fullmatch(words):
            words = self.spaced(words)
            if not self._lexical(words, context):
                return False
        for matches in self.patterns:
            if not matches(words):
                return False
        return not self._facets or all(facet(words) for facet in self._facets)

    def key(self, words: str, context: Context) -> object:
        """Return what is equal for texts of this datatype that mean the same."""
        words = self.spaced(words)
        if self.contextual:
            prefix, _, last = words.rpartition(":")
            return context.get(prefix or None, ""), last
        if self.name in _ORDERED or self.name == "boolean":
            return self._comparable(words)
        if self.name == "hexBinary":
            return words.lower()
        return words.replace(" ", "") if self.name == "base64Binary" else words

    def _lexical(self, words: str, context: Context) -> bool:
        name = self.name
        if name in {"string", "token", "normalizedString"}:
            return True
        if name == "anyURI":
            return _is_uri(words)
        if name in dates.TYPES:
            return dates.moment(name, words) is not None
        if name == "duration":
            return dates.duration(words) is not None
        if name == "base64Binary":
            return _octets(words) is not None
        if self._form is None:
            assert self._form_of is not None
            self._form = re.compile(self._form_of)
        if name in _LISTS:
            return bool(words) and all(self._form.fullmatch(word) for word in words.split(" "))
        if not self._form.fullmatch(words):
            return False
        if name in _RANGES:
            low, high = _RANGES[name]
            number = Decimal(words)
            return (low is None or number >= low) and (high is None or number <= high)
        prefix = words.rpartition(":")[0] if self.contextual else ""
        return not prefix or prefix in context

    def _comparable(self, words: str) -> Any:
        if self.name in dates.TYPES:
            return dates.moment(self.name, words)
        if self.name == "duration":
            return dates.duration(words)
        if self.name == "boolean":
            return words in {"true", "1"}
        if self.name == "float":
            return _single(float(words))
        return float(words) if self.name == "double" else Decimal(words)

    def _size(self, words: str) -> int:
        if self.name in _LISTS:
            return len(words.split())
        if self.name == "hexBinary":
            return len(words) // 2
        return _octets(words) or 0 if self.name == "base64Binary" else len(words)

    def _facet(self, key: str, text: str) -> Callable[[str], bool]:
        sized = {"length": int.__eq__, "minLength": int.__ge__, "maxLength": int.__le__}
        text = text.strip(" \t\n\r")
        digits = key in {"totalDigits", "fractionDigits"} and self.name in {"decimal", *_RANGES}
        if digits or (key in sized and self.name not in _ORDERED | {"boolean"}):
            if not re.fullmatch(r"\+?[0-9]+", text):
                raise DatatypeBroken(f"“{text}” cannot be the parameter “{key}”; it is a number.")
            number = int(text)
            if digits:
                place = 0 if key == "totalDigits" else 1
                return lambda words: _digits(words)[place] <= number
            return lambda words: bool(sized[key](self._size(words), number))
        if key in _ORDERS and self.name in _ORDERED:
            if not self._lexical(text, {}):
                raise DatatypeBroken(f"“{text}” cannot be the parameter “{key}” of “{self.name}”.")
            bound, method = self._comparable(text), _ORDERS[key]
            return lambda words: _holds(self._comparable(words), method, bound)
        raise DatatypeBroken(f"“{self.name}” has no parameter “{key}”.")


def _is_uri(words: str) -> bool:
    """Return whether a text can be a URI reference (RFC 2396 and 2732, with blanks and letters of any script)."""
    if _PLAIN.fullmatch(words):
        return True
    if not re.fullmatch(_URI, words) or not (re.match(_SCHEME, words) or re.match(_RELATIVE, words)):
        return False
    path = re.split("[?#]", words, maxsplit=1)[0]
    opaque = re.match(_SCHEME, path) and path.partition(":")[2][:1] != "/"
    return bool(opaque) or not re.search(r"[\[\]]", re.sub(_HOST, "//", path, count=1))


def _expression(text: str) -> Callable[[str], bool]:
    try:
        return matcher(text)
    except PatternBroken as error:
        raise DatatypeBroken(str(error)) from None


def _holds(value: Any, method: str, bound: Any) -> bool:
    """Return whether two values compare so; False for those of which neither is more."""
    if isinstance(value, tuple) and isinstance(value[1], bool) and value[1] is not bound[1]:
        # One has a zone and the other none: they compare only beyond 14 hours (XML Schema Part 2, 3.2.7.4).
        return abs(value[0] - bound[0]) > 14 * 3600 and getattr(value[0], method)(bound[0]) is True
    if isinstance(value, tuple) and not isinstance(value[1], bool):
        if value == bound:
            return method in {"__ge__", "__le__"}
        pairs = zip(dates.lengths(value), dates.lengths(bound), strict=True)
        return all(one > other if method in {"__ge__", "__gt__"} else one < other for one, other in pairs)
    if isinstance(value, float) and math.isnan(value):
        # It is equal to itself and to nothing else.
        return math.isnan(bound) and method in {"__ge__", "__le__"}
    return getattr(value, method)(bound) is True


def _single(number: float) -> float:
    """Return a number as the 32 bits of ``float`` have it."""
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return math.copysign(math.inf, number)


def _digits(words: str) -> tuple[int, int]:
    """Return how many digits a number has that count, and how many after the point."""
    whole, _, part = words.lstrip("+-").partition(".")
    part = part.rstrip("0")
    return max(1, len(whole.lstrip("0")) + len(part)), len(part)


def _octets(words: str) -> int | None:
    """Return how many octets a text in base 64 stands for; None for what is none."""
    words = words.replace(" ", "")
    return len(words) // 4 * 3 - words.count("=") if re.fullmatch(_BASE64, words) else None
