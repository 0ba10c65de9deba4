"""Where an ODD takes its specifications from: other ODDs, compiled or not, included files, RELAX NG, releases."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tei_edition.finding import Finding
from tei_edition.odd import compile_odd
from tei_edition.odd.patterns import RNG
from tei_edition.relaxng import Schema
from tei_edition.tei import TEI

SOURCE = Path(__file__).parent / "odd" / "source.xml"
BASED = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><schemaSpec ident="{}" start="doc" {}>{}</schemaSpec></TEI>'
PARENT = """<moduleRef key="base"/><elementSpec ident="title" mode="delete"/>
<elementSpec ident="p" mode="change"><attList><attDef ident="n" mode="change" usage="req"/></attList></elementSpec>
<elementSpec ident="own" mode="add"><classes><memberOf key="model.part"/></classes><content><textNode/></content>
</elementSpec>"""
OTHER = """<r:grammar xmlns:r="http://relaxng.org/ns/structure/1.0" ns="urn:sum" xmlns:s="urn:sum"
datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<r:start><r:ref name="sum"/></r:start><r:include href="more.rng"><r:define name="word"><r:text/></r:define></r:include>
<r:define name="sum"><!-- a sum --><r:element name="s:sum">
<r:oneOrMore><r:ref name="number"/></r:oneOrMore></r:element></r:define>
</r:grammar>"""
MORE = """<r:grammar xmlns:r="http://relaxng.org/ns/structure/1.0" ns="urn:sum"
datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<r:define name="word"><r:empty/></r:define><r:div><r:define name="number"><r:element name="number">
<r:attribute name="kind"><r:data type="integer"/></r:attribute><r:ref name="word"/></r:element></r:define></r:div>
</r:grammar>"""


@pytest.fixture
def accepts(tmp_path: Path, findings: list[Finding]):  # type: ignore[no-untyped-def]
    """Return a function that compiles an ODD without a finding and says which documents it accepts."""

    def accepted(odd: str, *documents: str, tei: Path | None = SOURCE) -> list[bool]:
        file = tmp_path / "child.odd"
        file.write_text(odd, encoding="utf-8")
        compiled = compile_odd(file, tei=tei, report=findings.append)
        assert findings == []
        schema = Schema.read(compiled.rng, file)
        roots = [etree.fromstring(one.replace("<doc", f'<doc xmlns="{TEI}"', 1)) for one in documents]
        return [not schema.validate(root, file=file) for root in roots]

    return accepted


def test_odd_on_another_odd(accepts, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "parent.odd").write_text(BASED.format("parent", "", PARENT), encoding="utf-8")
    child = BASED.format(
        "child", 'source="parent.odd"', '<moduleRef key="base" except="who"/><moduleRef key="derived-module-parent"/>'
    )
    documents = ('<doc><p n="1"><own>a</own></p></doc>', "<doc><p/></doc>", '<doc><title/><p n="1"/></doc>')
    assert accepts(child, *documents) == [True, False, False]
    assert accepts(child, '<doc><p n="1"><who sure="yes"/></p></doc>') == [False]


def test_odd_on_a_compiled_odd_needs_no_other_source(accepts, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    specs = "".join(
        etree.tostring(node, encoding="unicode")
        for node in etree.parse(str(SOURCE)).getroot()
        if "Spec" in str(node.tag)
    )
    (tmp_path / "compiled.odd").write_text(BASED.format("compiled", "", specs), encoding="utf-8")
    child = BASED.format("child", 'source="compiled.odd"', '<moduleRef key="base" include="doc p"/>')
    assert accepts(child, "<doc><p/></doc>", "<doc><title/><p/></doc>", tei=None) == [True, False]


def test_one_reference_may_have_its_own_source(accepts, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "parent.odd").write_text(BASED.format("parent", "", PARENT), encoding="utf-8")
    child = BASED.format("child", "", '<moduleRef key="base"/><elementRef key="p" source="parent.odd"/>')
    assert accepts(child, '<doc><p n="1"/></doc>', "<doc><p/></doc>", "<doc><title/></doc>") == [True, False, False]


def test_odd_on_the_profile_of_the_toolkit(shared: Path, tmp_path: Path, findings: list[Finding]) -> None:
    """The profile is found wherever the ODD lies; its changes and rules hold in what is based on it."""
    odd = tmp_path / "letters.odd"
    modules = "".join(f'<moduleRef key="{key}"/>' for key in ("tei", "core", "header", "textstructure", "transcr"))
    odd.write_text(
        BASED.format("letters", 'source="tei_edition.odd"', modules).replace('"doc"', '"TEI"'), encoding="utf-8"
    )
    compiled = compile_odd(odd, tei=shared / "tei/p5subset.xml", report=findings.append, own_rules=True)
    assert findings == []
    grammar = etree.fromstring(compiled.rng)
    names = {node.get("name") for node in grammar.iter("{*}element")}
    assert {"gap", "sp", "salute"} <= names and "persName" not in names and "cell" not in names
    assert b'id="gap-without-reason"' in compiled.sch
    values = grammar.xpath("//*[@name='gap']//*[@name='reason']//*[local-name() = 'value']/text()")
    assert "redacted" in values and "sampling" in values  # type: ignore[operator]


def test_groups_and_included_files(accepts, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    group = (
        '<specGrp xmlns="http://www.tei-c.org/ns/1.0" xml:id="g"><elementSpec ident="title" mode="delete"/></specGrp>'
    )
    spec = '<elementSpec xml:id="x" ident="p" mode="change"><content><empty/></content></elementSpec>'
    spec = f'<TEI xmlns="{TEI}">{spec}</TEI>'
    (tmp_path / "group.xml").write_text(group, encoding="utf-8")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "p.xml").write_text(spec, encoding="utf-8")
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="specs/p.xml" xpointer="x"/>'
    odd = BASED.format("child", "", f'<moduleRef key="base"/><specGrpRef target="group.xml#g"/>{include}')
    assert accepts(odd, "<doc><p/></doc>", "<doc><p>a</p></doc>", "<doc><title/><p/></doc>") == [True, False, False]


def test_module_in_relax_ng(accepts, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """The grammar keeps its namespace and datatypes; its names have a prefix; it enters the schema through a class."""
    (tmp_path / "sum.rng").write_text(OTHER, encoding="utf-8")
    (tmp_path / "more.rng").write_text(MORE, encoding="utf-8")
    enter = f'<r:define xmlns:r="{RNG}" name="model.part" combine="choice"><r:ref name="x.sum"/></r:define>'
    odd = BASED.format(
        "child",
        "",
        f'<moduleRef key="base"/><moduleRef url="sum.rng" prefix="x."><content>{enter}</content></moduleRef>',
    )
    documents = [
        f'<doc><p><m:sum xmlns:m="urn:sum"><m:number kind="{kind}">{word}</m:number></m:sum></p></doc>'
        for kind, word in (("1", "one"), ("one", "one"), ("1", "<m:sum/>"))
    ]
    assert accepts(odd, *documents) == [True, False, False]


COMPACT = """default namespace = "urn:sum"
datatypes xsd = "http://www.w3.org/2001/XMLSchema-datatypes"
start = sum
include "more.rnc" { word = text }
sum = element sum { number+ }
"""
MORE_COMPACT = """default namespace = "urn:sum"
word = empty
number = element number { attribute kind { xsd:integer { minInclusive = "1" } | "none" }, word }
"""


def test_module_in_compact_syntax(accepts, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "sum.rnc").write_text(COMPACT, encoding="utf-8")
    (tmp_path / "more.rnc").write_text(MORE_COMPACT, encoding="utf-8")
    enter = f'<r:define xmlns:r="{RNG}" name="model.part" combine="choice"><r:ref name="x.sum"/></r:define>'
    module = f'<moduleRef url="sum.rnc" prefix="x."><content>{enter}</content></moduleRef>'
    documents = [
        f'<doc><p><m:sum xmlns:m="urn:sum"><m:number kind="{kind}">one</m:number></m:sum></p></doc>'
        for kind in ("1", "none", "0", "some")
    ]
    assert accepts(BASED.format("child", "", f'<moduleRef key="base"/>{module}'), *documents) == [
        True, True, False, False,
    ]  # fmt: skip


def test_a_broken_module_in_compact_syntax_is_told_at_its_line(tmp_path: Path, findings: list[Finding]) -> None:
    (tmp_path / "sum.rnc").write_text("start = a\na = element a {", encoding="utf-8")
    odd = tmp_path / "child.odd"
    odd.write_text(BASED.format("child", "", '<moduleRef key="base"/><moduleRef url="sum.rnc"/>'), encoding="utf-8")
    compile_odd(odd, tei=SOURCE, report=findings.append)
    assert [(one.rule, one.file.name, one.line) for one in findings] == [("schema-broken", "sum.rnc", 2)]


def test_prefix_of_a_schema(tmp_path: Path, findings: list[Finding]) -> None:
    odd = tmp_path / "child.odd"
    embedded = '<content><r:ref xmlns:r="http://relaxng.org/ns/structure/1.0" name="my_p"/></content>'
    spec = f'<moduleRef key="base"/><elementSpec ident="doc" mode="change">{embedded}</elementSpec>'
    odd.write_text(BASED.format("child", 'prefix="my_"', spec), encoding="utf-8")
    grammar = etree.fromstring(compile_odd(odd, tei=SOURCE, report=findings.append).rng)
    assert findings == []
    assert {str(node.get("name"))[:3] for node in grammar.iter("{*}define", "{*}ref")} == {"my_"}


def test_an_odd_that_is_its_own_source(tmp_path: Path, findings: list[Finding]) -> None:
    odd = tmp_path / "self.odd"
    odd.write_text(BASED.format("self", 'source="self.odd"', '<moduleRef key="base"/>'), encoding="utf-8")
    assert compile_odd(odd, tei=SOURCE, report=findings.append).rng == b""
    assert [one.rule for one in findings] == ["odd-source-missing"]


def test_what_includes_itself_ends(tmp_path: Path, findings: list[Finding]) -> None:
    odd = tmp_path / "self.odd"
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="self.odd"/>'
    odd.write_text(BASED.format("self", "", f'<moduleRef key="base"/>{include}'), encoding="utf-8")
    assert compile_odd(odd, tei=SOURCE, report=findings.append).rng == b""
    assert [(one.rule, one.line) for one in findings] == [("odd-source-missing", 1)]
