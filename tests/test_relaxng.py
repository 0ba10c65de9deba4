"""The RELAX NG validator: James Clark's test suite, datatypes, broken schemas, and what is said about mistakes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tei_edition.relaxng import Schema
from tei_edition.relaxng.datatypes import Datatype
from tei_edition.schematron import SchemaBroken
from tei_edition.tei import parse

DIFFERENCES: frozenset[int] = frozenset()
"""The cases of the suite, counted from 1, that come out otherwise, each with its reason."""


def suite(shared: Path) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cases of James Clark's suite with their numbers."""
    tree = etree.parse(str(shared / "relaxng" / "spectest.xml"))
    yield from enumerate(tree.iter("testCase"), start=1)


def lay_out(node: etree._Element, folder: Path) -> None:
    """Write the files that a case comes with."""
    for child in node.iterchildren("resource", "dir"):
        place = folder / child.get("name", "")
        if child.tag == "dir":
            place.mkdir()
            lay_out(child, place)
        else:
            place.write_bytes(whole(child))


def whole(node: etree._Element) -> bytes:
    """Return the document that an element of a case holds."""
    return etree.tostring(next(node.iterchildren("*")), with_tail=False, encoding="utf-8")


def verdicts(case: etree._Element, folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield what the suite says about a schema and its documents, and whether we say the same."""
    lay_out(case, folder)
    node = next(case.iterchildren("correct", "incorrect"))
    (folder / "schema.rng").write_bytes(whole(node))
    try:
        schema = Schema.load(folder / "schema.rng")
    except SchemaBroken:
        yield str(node.tag), node.tag == "incorrect"
        return
    yield str(node.tag), node.tag == "correct"
    for document in case.iterchildren("valid", "invalid"):
        yield (
            str(document.tag),
            (not schema.validate(etree.fromstring(whole(document)), file=Path("document.xml")))
            == (document.tag == "valid"),
        )


def test_the_suite_of_james_clark(shared: Path, tmp_path: Path) -> None:
    """All schemas and documents of the suite come out as it says, but for those of `DIFFERENCES`."""
    wrong: set[int] = set()
    seen = 0
    for number, case in suite(shared):
        folder = tmp_path / str(number)
        folder.mkdir()
        answers = list(verdicts(case, folder))
        seen += len(answers)
        if not all(agreed for _, agreed in answers):
            wrong.add(number)
        shutil.rmtree(folder)
    assert seen > 550
    assert wrong == DIFFERENCES


XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
GRAMMAR = '<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="' + XSD + '">\n'


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("string", ("", " a b "), ()),
        ("token", ("", "a b"), ()),
        ("NCName", ("a", "ж-1.2", " a "), ("", "1a", "a:b", "a b", "\u0e35")),
        ("Name", (":a", "a:b"), ("-a",)),
        ("NMTOKEN", ("1a", ":-"), ("a b", "")),
        ("NMTOKENS", ("1a b",), ("", "a;b")),
        ("language", ("en", "zh-Latn-x-1"), ("english-", "a b", "verylonglang")),
        ("boolean", ("true", "0"), ("TRUE", "2")),
        ("decimal", ("1", "+.5", "1."), (".", "1e5", "")),
        ("double", ("1e5", "INF", "NaN"), ("+INF", "1e")),
        ("integer", ("-1", "+01"), ("1.0", "")),
        ("nonNegativeInteger", ("0", "-0"), ("-1",)),
        ("byte", ("127", "-128"), ("128", "-129")),
        ("unsignedByte", ("255",), ("256", "-1")),
        ("anyURI", ("", "a b", "http://example.org/#a", "%41", "../a.xml"), ("%4", "a#b#c", ":x", "1a:b", "foo:")),
        ("date", ("1945-08-30", "1944-02-29Z", "2000-02-29", "-0044-03-15"), ("1945-02-29", "1945-8-1", "0000-01-01")),
        ("dateTime", ("1945-08-30T24:00:00", "1945-08-30T21:15:00.5+02:00"), ("1945-08-30", "1945-08-30T24:00:01")),
        ("time", ("21:15:00",), ("21:15", "25:00:00")),
        ("gYear", ("1945", "19450"), ("45", "01945")),
        ("gYearMonth", ("1945-08",), ("1945-13",)),
        ("gMonth", ("--08",), ("--13", "--08--")),
        ("gMonthDay", ("--02-29",), ("--02-30",)),
        ("gDay", ("---31",), ("---32",)),
        ("duration", ("P1Y", "-PT1.5S"), ("P", "P1YT", "P1.5Y")),
        ("hexBinary", ("", "dEAd"), ("abc",)),
        ("base64Binary", ("YWJj", "YQ =="), ("YWJ",)),
    ],
)
def test_datatypes(name: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    """The datatypes of XML Schema take what they should."""
    datatype = Datatype(XSD, name)
    assert {text: datatype.allows(text, {}) for text in good} == dict.fromkeys(good, True)
    assert {text: datatype.allows(text, {}) for text in bad} == dict.fromkeys(bad, False)


@pytest.mark.parametrize(
    ("name", "params", "good", "bad"),
    [
        ("token", [("pattern", r"[^\p{C}\p{Z}]+")], ("word", "слово", "\U00020000"), ("two words", "a\u2028b")),
        ("token", [("pattern", r"[a-z-[aeiou]]+")], ("xyz",), ("abc",)),
        ("token", [("pattern", r"\i\c*")], ("a1", "ж"), ("1a",)),
        ("token", [("pattern", "^a$")], ("^a$",), ("a",)),
        ("token", [("minLength", "2"), ("maxLength", "3")], ("ab", " ab "), ("a", "abcd")),
        ("decimal", [("totalDigits", "3"), ("fractionDigits", "1")], ("12.5", "012.50"), ("1234", "1.25")),
        ("decimal", [("minInclusive", "0"), ("maxInclusive", "1")], ("0", "1.0"), ("-0.1", "1.01")),
        ("integer", [("minExclusive", "0"), ("maxExclusive", "10")], ("1",), ("0", "10")),
        ("date", [("minInclusive", "1945-01-01")], ("1945-01-01",), ("1944-12-31", "1945-01-01Z")),
    ],
)
def test_parameters(name: str, params: list[tuple[str, str]], good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    """The parameters of datatypes narrow them down."""
    datatype = Datatype(XSD, name, params)
    assert {text: datatype.allows(text, {}) for text in good} == dict.fromkeys(good, True)
    assert {text: datatype.allows(text, {}) for text in bad} == dict.fromkeys(bad, False)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("<start>\n<ref name='x'/></start>", 3, "“x” is not defined."),
        ("<start>\n<elment name='a'><empty/></elment></start>", 2, "“start” cannot hold “elment”."),
        ("<start>\n<element nam='a'><empty/></element></start>", 3, "“nam” is not an attribute of “element”."),
        ("<start><element name='a'>\n<data type='dat'/></element></start>", 3, "There is no datatype “dat”"),
        ("<start>\n<text/></start>", None, "A document begins with an element; the start cannot be text."),
        ("<define name='a'>\n<empty/></define>", 1, "The grammar has no start."),
        ("<start><ref name='a'/></start><define name='a'>\n<ref name='a'/></define>", 3, "“a” is defined by itself"),
        ("\n<include href='../x.rng'/>", 3, "“../x.rng” leads out of the schema's folder; it was not read."),
        ("\n<include href='http://example.org/x.rng'/>", 3, "leads out of the schema's folder"),
        ("\n<include href='broken.rng'/>", 3, "“broken.rng” is not well-formed XML (line 1)."),
        ("\n<include href='none.rng'/>", 3, "There is no file “none.rng”."),
        ("\n<include href='schema.rng'/>", 3, "“schema.rng” reads itself."),
        (
            "<start><element name='a'><data type='token'>\n<param name='pattern'>(</param></data></element></start>",
            2,
            "“(” is no regular expression of XML Schema: a “(” has no “)”.",
        ),
    ],
)
def test_a_broken_schema_says_where(text: str, line: int | None, message: str, tmp_path: Path) -> None:
    """What is wrong with a schema is said in a sentence, with the line."""
    (tmp_path / "schema.rng").write_text(GRAMMAR + text + "</grammar>")
    (tmp_path / "broken.rng").write_text("<grammar")
    with pytest.raises(SchemaBroken) as caught:
        Schema.load(tmp_path / "schema.rng")
    assert message in str(caught.value)
    assert caught.value.line == line


def test_include_replaces_definitions(tmp_path: Path) -> None:
    """A definition in an include takes the place of that of the file; a part that is broken is named."""
    (tmp_path / "part.rng").write_text(
        GRAMMAR + "<start><element name='a'><ref name='b'/></element></start>"
        "<define name='b'><element name='b'><empty/></element></define></grammar>"
    )
    (tmp_path / "schema.rng").write_text(
        GRAMMAR + "<include href='part.rng'><define name='b'><element name='c'><empty/></element></define></include>"
        "</grammar>"
    )
    schema = Schema.load(tmp_path / "schema.rng")
    assert schema.validate(etree.fromstring("<a><c/></a>"), file=Path("a.xml")) == []
    assert schema.validate(etree.fromstring("<a><b/></a>"), file=Path("a.xml")) != []
    assert not schema.alone


def test_a_trusted_schema_says_the_same(shared: Path) -> None:
    """A schema that is compiled as needed gives the findings of one that was compiled whole."""
    path = shared / "tei" / "tei_all.rng"
    whole_schema, trusted = Schema.load(path), Schema.load(path, trusted=True)
    for file in sorted((shared / "foreign_dev" / "tei-p5-test").glob("*.xml"))[:4]:
        root = parse(file.read_bytes(), file, lambda finding: None)
        if root is not None:
            assert whole_schema.validate(root, file=file) == trusted.validate(root, file=file)


def test_ids() -> None:
    """On its own, the validator sees to ids and what points to them."""
    text = (
        GRAMMAR + "<start><element name='a'><oneOrMore><element name='b'><attribute name='i'><data type='ID'/>"
        "</attribute><optional><attribute name='r'><data type='IDREFS'/></attribute></optional></element>"
        "</oneOrMore></element></start></grammar>"
    )
    schema = Schema.read(text.encode(), Path("schema.rng"))
    root = etree.fromstring("<a><b i='x'/>\n<b i='x' r='x y'/></a>")
    found = schema.validate(root, file=Path("a.xml"))
    assert [(finding.rule, finding.line) for finding in found] == [("id-duplicate", 2), ("pointer-dangling", 2)]
