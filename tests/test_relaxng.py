"""The RELAX NG validator: James Clark's test suite, datatypes, broken schemas, and what is said about mistakes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tei_edition.broken import SchemaBroken
from tei_edition.relaxng import Schema, loaded
from tei_edition.relaxng.datatypes import Datatype
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
        ("token", [("pattern", "[^a]*")], ("ж",), ("ab",)),
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
        ("\n<include href='../x.rng'/>", 3, "“../x.rng” leads out of the folder “schema”; it was not read."),
        ("\n<include href='http://example.org/x.rng'/>", 3, "is not a file here, and nothing is fetched."),
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
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "schema.rng").write_text(GRAMMAR + text + "</grammar>")
    with pytest.raises(SchemaBroken) as caught:
        Schema.load(tmp_path / "schema" / "schema.rng")
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


def test_a_schema_may_name_files_of_the_folder_given(tmp_path: Path) -> None:
    """A file above the schema is read only within the folder that was given; a fault in it is placed there."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "out").mkdir()
    part, main = tmp_path / "modules" / "part.rnc", tmp_path / "out" / "main.rng"
    part.write_text("start = element a { b* }\nb = element b { empty }")
    main.write_text(GRAMMAR + "<include href='../modules/part.rnc'/></grammar>")
    schema = Schema.load(main, folder=tmp_path)
    assert schema.validate(etree.fromstring("<a><b/></a>")) == []
    with pytest.raises(SchemaBroken, match="leads out of the folder “out”"):
        Schema.load(main)
    part.write_text("start = element a { b* }\nb = element b { emty }")
    with pytest.raises(SchemaBroken, match="“emty” is not defined") as caught:
        Schema.load(main, folder=tmp_path)
    assert (caught.value.file, caught.value.line) == (part, 2)


ID = "<attribute name='i'><data type='ID'/></attribute>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            f"<element name='a'>{ID}<optional><element name='a'><attribute name='i'/></element></optional></element>",
            "The attribute “i” of “a” is an ID or IDREF in one place and not in another.",
        ),
        (
            f"<element name='a'>{ID}<element><anyName/><zeroOrMore><attribute><anyName/></attribute></zeroOrMore>"
            "</element></element>",
            "The attribute “i” of “a” is an ID or IDREF in one place and not in another.",
        ),
        ("<element name='a'><data type='ID'/></element>", "An ID or IDREF has to be the whole value of an attribute."),
        (
            "<element name='a'><attribute name='i'><choice><data type='ID'/><value>x</value></choice></attribute>"
            "</element>",
            "An ID or IDREF has to be the whole value of an attribute.",
        ),
        (f"<element><anyName/>{ID}</element>", "An element that has an ID or IDREF has to have a name, not any name."),
        (
            "<element name='a'><attribute><choice><name>i</name><name>j</name></choice><data type='ID'/></attribute>"
            "</element>",
            "An attribute that is an ID or IDREF has to have one name.",
        ),
    ],
)
def test_ids_are_sound(text: str, message: str) -> None:
    """A schema in which an attribute is an id at times only is refused, as jing does."""
    with pytest.raises(SchemaBroken) as caught:
        Schema.read((GRAMMAR + "<start>\n" + text + "</start></grammar>").encode(), Path("a.rng"))
    assert (str(caught.value), caught.value.line) == (message, 3)


def members(name: str, parts: str) -> Schema:
    """Return a schema of an element that holds many things."""
    text = f'<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><{name}>{parts}</{name}></element>'
    return Schema.read(text.encode(), Path("a.rng"))


def test_many_members_and_deep_nests() -> None:
    """A thousand members of a group load and validate; what is nested beyond reason is refused in a sentence."""
    many = range(1000)
    elements = "".join(f"<element name='e{n}'><empty/></element>" for n in many)
    held = "".join(f"<e{n}/>" for n in many)
    assert members("group", elements).validate(etree.fromstring(f"<a>{held}</a>")) == []
    assert members("interleave", elements).validate(etree.fromstring(f"<a>{held}</a>")) == []
    assert members("choice", elements).validate(etree.fromstring("<a><e999/></a>")) == []
    words = "".join(f"<value>{n}</value>" for n in many)
    assert members("list", words).validate(etree.fromstring(f"<a>{' '.join(map(str, many))}</a>")) == []
    attributes = "".join(f"<attribute name='x{n}'/>" for n in range(500))
    given = " ".join(f"x{n}=''" for n in range(500))
    assert members("group", attributes).validate(etree.fromstring(f"<a {given}/>")) == []
    nested = "<optional>" * 200 + "<element name='b'><empty/></element>" + "</optional>" * 200
    assert members("group", nested).validate(etree.fromstring("<a><b/></a>")) == []
    for depth in (100, 3000):
        defined = "".join(
            f"<define name='d{n}'><optional><element name='e{n}'><empty/></element><ref name='d{n + 1}'/></optional>"
            "</define>"
            for n in range(depth)
        )
        text = (
            f"{GRAMMAR}<start><element name='a'><ref name='d0'/></element></start>{defined}"
            f"<define name='d{depth}'><empty/></define></grammar>"
        )
        with pytest.raises(SchemaBroken, match=r"nested too deeply|stand in one another"):
            Schema.read(text.encode(), Path("a.rng"))


def test_what_was_found_right_is_trusted_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That a schema is right is noted by its digest; another one is checked again."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "a.rng"
    file.write_text('<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>')
    loaded(file)
    notes = [one for one in (tmp_path / "cache").rglob("*") if one.is_file() and one.name != "key"]
    assert len(notes) == 1
    file.write_text('<element nam="a" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>')
    with pytest.raises(SchemaBroken):
        loaded(file)


def test_the_validator_of_libxml2_is_not_used() -> None:
    """The package validates on its own feet."""
    modules = (Path(__file__).parent.parent / "tei_edition").rglob("*.py")
    assert [file.name for file in modules if "etree.RelaxNG" in file.read_text(encoding="utf-8")] == []
