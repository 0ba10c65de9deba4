"""The datatypes of the RELAX NG validator agree with xmlschema on texts and parameters, but where it is named here."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from tei_edition.relaxng.datatypes import XSD, Datatype

DIFFERENCES = {
    "anyURI": "what jing calls no address is none: a “%” without two digits, a “:” without a scheme before it",
    "NaN as a bound": "it is equal to itself only; xmlschema lets everything through",
    "one with a zone, one without": "they compare beyond 14 hours only (XML Schema Part 2, 3.2.7.4)",
    "a blank or “_” within a number": "xmlschema takes “1. 5” and “1_5” for numbers",
}
"""Where we differ, and why; the texts below keep clear of it."""

TEXTS = {
    "boolean": "true false 1 0 TRUE",
    "base64Binary": "YWJj YQ== YQ= YR== YWI= YWJ= YWII=",
    "hexBinary": "dEAd 0 abc 00",
    "date": "1945-08-30 2000-02-29 1900-02-29 -0044-03-15 0000-01-01 12345-01-01 01945-01-01 2001-02-30",
    "dateTime": "1945-08-30T21:15:00 1945-08-30T24:00:00 1945-08-30T24:00:01 2000-12-31T23:59:60 2000-12-31T00:00:00.5",
    "time": "21:15:00 24:00:00 24:00:00.1 00:00:00 1:00:00",
    "gYear": "1945 -0044 0000 19450 45",
    "gYearMonth": "1945-08 1945-13 1945-00 -0044-12",
    "gMonth": "--08 --13 --08-- --8",
    "gMonthDay": "--02-29 --02-30 --04-31 --12-31",
    "gDay": "---31 ---32 ---00 ---1",
    "duration": "P1Y P1M P30D P31D P32D PT1H PT1.5S -P1Y2M3DT4H5M6.7S P PT P1YT P1.5Y",
    "decimal": "1 +.5 1. . -0 1e5 00012.500 -.",
    "float": "1e5 INF -INF +INF 1e 1.e3 .5E-3 -0 16777217 1e400",
    "double": "1e5 INF -INF 1e400 16777217",
    "integer": "1 -1 +01 1.0",
    "nonNegativeInteger": "0 -0 -1 1",
    "positiveInteger": "0 1 +1",
    "nonPositiveInteger": "0 +0 -1 1",
    "negativeInteger": "0 -1",
    "long": "9223372036854775807 9223372036854775808 -9223372036854775808",
    "int": "2147483647 2147483648 -2147483648",
    "short": "32767 32768 -32769",
    "byte": "127 128 -128 -129",
    "unsignedLong": "18446744073709551615 18446744073709551616 -1",
    "unsignedInt": "4294967295 4294967296",
    "unsignedShort": "65535 65536",
    "unsignedByte": "255 256 -0",
    "language": "en zh-Latn-x-1 verylonglang en- a1",
    "NCName": "a a:b 1a -a ж a.b",
    "Name": "a :a a:b 1a",
    "NMTOKEN": "1a : a,b",
    "NMTOKENS": "a 1b a,b",
    "ID": "a a:b",
    "IDREF": "a 1",
    "IDREFS": "a b c:d",
    "token": "a b",
    "string": "a ab",
    "normalizedString": "a ab",
}
BOUNDS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
SIZES = ("length", "minLength", "maxLength")
PATTERNS = (
    r"[0-9\-]+", r".*1.*", r"\S+", r"[\i-[:]][\c-[:]]*", r"\p{L}+", r"[^a]*", r"\d{2,4}.*", r"[a-z-[aeiou]]+",
    r"\P{Lu}*", r"(a|b|0)+", r"\p{IsCyrillic}+|1*", r"\w+", r"\W*",
)  # fmt: skip
ORDERED = {name for name in TEXTS if name.startswith("g") or name[0].islower()} - {
    "boolean", "base64Binary", "hexBinary", "language", "token", "string", "normalizedString",
}  # fmt: skip


@lru_cache(maxsize=4096)
def theirs(name: str, params: tuple[tuple[str, str], ...]) -> Any:
    """Return xmlschema's type, or None where it does not take the parameters."""
    facets = "".join(f'<xs:{key} value="{text}"/>' for key, text in params)
    try:
        return xmlschema.XMLSchema10(
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:simpleType name="t">'
            f'<xs:restriction base="xs:{name}">{facets}</xs:restriction></xs:simpleType></xs:schema>'
        ).types["t"]
    except xmlschema.XMLSchemaException:
        return None


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, tuple[tuple[str, str], ...], str]:
    """Draw a type, a parameter or none, and a text that is nearly one of the type."""
    name = draw(st.sampled_from(sorted(TEXTS)))
    text = draw(st.sampled_from(TEXTS[name].split()))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from("0123456789-+.PTDa:ж")) + text[at + draw(st.integers(0, 1)) :]
    text = draw(st.sampled_from(("", " ", "\n"))) + text + draw(st.sampled_from(("", " ")))
    plain = Datatype(XSD, name)
    kinds = ["", "pattern", *(BOUNDS if name in ORDERED else () if name == "boolean" else SIZES)]
    if name == "decimal" or "nteger" in name:
        kinds += ["totalDigits"]
    kind = draw(st.sampled_from(kinds))
    if kind in BOUNDS:
        given_ = draw(st.sampled_from([word for word in TEXTS[name].split() if plain.allows(word, {})]))
    else:
        given_ = draw(st.sampled_from(PATTERNS)) if kind == "pattern" else str(draw(st.integers(1, 4)))
    return name, ((kind, given_),) if kind else (), text


@given(cases())
@settings(max_examples=500, deadline=None)
def test_datatypes_agree_with_xmlschema(case: tuple[str, tuple[tuple[str, str], ...], str]) -> None:
    """A text is of a type with its parameters exactly if xmlschema says so."""
    name, params, text = case
    other = theirs(name, params)
    zoned = any(word.strip()[-6:-5] in {"+", "-"} and ":" in word[-4:] for word in (text, *(one for _, one in params)))
    if other is not None and not (name in ORDERED and params and zoned):
        assert Datatype(XSD, name, params).allows(text, {}) == other.is_valid(text)


@pytest.mark.parametrize(
    ("name", "params", "good", "bad"),
    [
        # Months have 28 to 31 days: nothing between is more or less than one.
        ("duration", [("minInclusive", "P1M")], ("P1M", "P32D", "P2M"), ("P28D", "P31D", "P27D")),
        ("time", [("maxInclusive", "21:15:00")], ("24:00:00", "00:00:00"), ("21:15:01",)),
        ("double", [("minInclusive", "NaN")], ("NaN",), ("1", "INF")),
        ("float", [("maxInclusive", "16777216")], ("16777217",), ("16777218",)),
        ("date", [("maxInclusive", "1945-08-30")], ("1945-08-28Z",), ("1945-08-30+13:59",)),
    ],
)
def test_values_compare_as_xml_schema_says(
    name: str, params: list[tuple[str, str]], good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    """What neither is more nor less than a bound is not within it."""
    datatype = Datatype(XSD, name, params)
    assert {text: datatype.allows(text, {}) for text in (*good, *bad)} == {
        **dict.fromkeys(good, True),
        **dict.fromkeys(bad, False),
    }
