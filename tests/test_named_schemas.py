"""Schemas that are named: several at once, those of the edition, those that a document names itself, TEI All."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_validation import HEAD, RNG, SCH, TAIL, XSD

from tei_edition.edition import Edition, EditionError
from tei_edition.files import Links, resource
from tei_edition.finding import Finding, Severity
from tei_edition.relaxng.grammars import may_hold_rules
from tei_edition.tei import TEI
from tei_edition.validation import validate

EMBEDDED = RNG.replace(
    "<zeroOrMore>",
    '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"><rule context="b"><assert id="b-short" '
    'test="string-length() lt 4">This b is long.</assert></rule></pattern><zeroOrMore>',
    1,
)
RNC = 'element a { attribute n { text }, element b { attribute kind { "x" }?, text }* }'
PHASED = SCH.replace("<pattern>", '<phase id="some"><active pattern="p"/></phase><pattern id="p">').replace(
    "</schema>",
    '<pattern id="q"><rule context="b"><report id="b-there" test="true()">A b.</report></rule></pattern></schema>',
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a schema in each language."""
    texts = {"a.rng": RNG, "a.sch": SCH, "a.xsd": XSD, "a.rnc": RNC, "embedded.rng": EMBEDDED, "phased.sch": PHASED}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def rules(found: list[Finding]) -> list[str]:
    """Return the rules of findings."""
    return sorted(finding.rule for finding in found)


def test_several_schemas_say_who_speaks(folder: Path) -> None:
    """Each finding names its schema; what two say in the same words is one finding that names both."""
    (folder / "a.xml").write_text('<a n="k"><b/><b kind="z">t</b></a>')
    names = [folder / name for name in ("a.rng", "a.sch", "embedded.rng")]
    found = validate([folder / "a.xml"], schema=names)
    assert rules(found) == ["b-empty", "value-not-allowed", "value-not-allowed"]
    said = {finding.rule: finding.message for finding in found}
    assert said["b-empty"] == f"{folder / 'a.sch'}: This b is empty."
    both = f"{folder / 'a.rng'}, {folder / 'embedded.rng'}: "
    assert said["value-not-allowed"].startswith(both)
    assert not any(": " in finding.message for finding in validate([folder / "a.xml"], schema=folder / "a.sch"))


def test_rules_in_a_grammar_are_tried(folder: Path) -> None:
    """Schematron in RELAX NG counts, and a rule that is wrong does not keep the grammar from being used."""
    (folder / "a.xml").write_text('<a n="k"><b>12345</b></a>')
    assert rules(validate([folder / "a.xml"], schema=folder / "embedded.rng")) == ["b-short", "value-not-allowed"]
    (folder / "broken.rng").write_text(EMBEDDED.replace("string-length() lt 4", "string-length( lt"))
    assert rules(validate([folder / "a.xml"], schema=folder / "broken.rng")) == ["schema-broken", "value-not-allowed"]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", ["schema-not-named"]),
        ('<?xml-model href="a.rng"?>', ["value-not-allowed"]),
        ('<?xml-model href="a.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>', ["value-not-allowed"]),
        ("<?xml-model href='a.rnc' type='application/relax-ng-compact-syntax'?>", []),
        ('<?xml-model href="a.xsd" schematypens="http://www.w3.org/2001/XMLSchema"?>', ["xsd-value-not-allowed"]),
        ('<?xml-model href="a.sch" schematypens="http://purl.oclc.org/dsdl/schematron"?>', ["b-empty"]),
        ('<?xml-model href="a.rng"?><?xml-model href="a.sch"?>', ["b-empty", "value-not-allowed"]),
        ('<?xml-model href="phased.sch"?>', ["b-empty", "b-there"]),
        ('<?xml-model href="phased.sch" phase="some"?>', ["b-empty"]),
        (
            '<?xml-model href="embedded.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>'
            '<?xml-model href="embedded.rng" schematypens="http://purl.oclc.org/dsdl/schematron"?>',
            ["value-not-allowed"],
        ),
        ('<?xml-model href="embedded.rng" schematypens="http://purl.oclc.org/dsdl/schematron"?>', []),
        ('<?xml-model href="none.rng"?>', ["schema-not-read"]),
        ('<?xml-model href="../a.rng"?>', ["schema-not-read"]),
        ('<?xml-model href="/etc/passwd"?>', ["schema-not-read"]),
        ('<?xml-model href="file:///etc/passwd"?>', ["schema-not-read"]),
        ('<?xml-model href="https://example.org/my.rng"?>', ["schema-not-read"]),
        ('<?xml-model href="http://[bad/my.rng"?>', ["schema-not-read"]),
        ('<?xml-model href="a.dtd"?>', ["schema-not-read"]),
        ('<?xml-model href="none.rng"?><?xml-model href="a.sch"?>', ["b-empty", "schema-not-read"]),
        ('<?xml-model href="a.xml"?>', ["schema-broken"]),
        ("<?xml-model?><?xml-model href=''?>", ["schema-not-named"]),
    ],
)
def test_what_a_document_names(before: str, expected: list[str], folder: Path) -> None:
    """A document is held against the schemas beside it that it names; what was not read is said."""
    (folder / "a.xml").write_text(f'{before}<a n="k"><b/></a>')
    found = validate([folder / "a.xml"], schema="FROM-DOCUMENT")
    assert rules(found) == expected, found
    left = [finding.severity for finding in found if finding.rule == "schema-not-read"]
    assert left in ([], [Severity.WARNING if "b-empty" in expected else Severity.ERROR])


def test_an_xsd_that_a_document_names(folder: Path) -> None:
    """xsi:schemaLocation and xsi:noNamespaceSchemaLocation are followed like xml-model, and never to the network."""
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    (folder / "a.xml").write_text(f'<a {xsi} n="1" xsi:noNamespaceSchemaLocation="a.xsd"><b>x</b></a>')
    assert rules(validate([folder / "a.xml"], schema="from-document")) == ["xsd-value-not-allowed"]
    (folder / "a.xml").write_text(f'<a {xsi} n="1" xsi:schemaLocation="urn:x http://example.org/a.xsd"><b>1</b></a>')
    assert rules(validate([folder / "a.xml"], schema="from-document")) == ["schema-not-read"]


TEI_ALL = "https://www.tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"


@pytest.mark.parametrize(
    "model",
    [
        f'href="{TEI_ALL}" schematypens="http://relaxng.org/ns/structure/1.0"',
        f'href="{TEI_ALL}" schematypens="http://purl.oclc.org/dsdl/schematron"',
        'href="http://www.tei-c.org/Vault/P5/4.7.0/xml/tei/custom/schema/relaxng/tei_all.rnc"',
        'href="http://www.tei-c.org/release/xml/tei/custom/schema/xsd/tei_all.xsd"',
    ],
)
def test_tei_all_is_at_hand(model: str, tmp_path: Path) -> None:
    """The addresses of TEI All mean the copy that the toolkit brings."""
    (tmp_path / "a.xml").write_text(f"<?xml-model {model}?>{HEAD}<p>a <persname>b</persname></p>{TAIL}")
    (finding,) = validate([tmp_path / "a.xml"], schema="from-document")
    assert finding.rule == "element-not-allowed"
    assert rules(validate([tmp_path / "a.xml"], schema="tei_all")) == ["element-not-allowed"]
    assert resource("schema/tei_all.rng").is_file()


def test_the_schemas_of_an_edition(folder: Path) -> None:
    """edition.toml names one schema or a list; all checks of an edition are made beside them."""
    (folder / "xml").mkdir()
    (folder / "xml" / "a.xml").write_text(f"{HEAD}<p><b/><pb n='1'/>a<pb n='5'/></p>{TAIL}")
    toml = folder / "edition.toml"
    toml.write_text('schema = "a.sch"')
    assert rules(validate([], edition=Edition.load(folder))) == ["page-out-of-order"]
    toml.write_text('schema = ["tei_all", "a.sch", "embedded.rng"]')
    found = validate([], edition=Edition.load(folder), skip=["pages"])
    assert {finding.rule for finding in found} == {"element-not-allowed"}
    assert {finding.message.partition(": ")[0] for finding in found} == {"tei_all", str(folder / "embedded.rng")}
    for wrong in ('schema = ["../x.rng"]', "schema = 3"):
        toml.write_text(wrong)
        with pytest.raises(EditionError):
            Edition.load(folder)


def test_an_odd_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ODD is a schema, too, with its grammar and its rules, as far as the TEI's source is at hand."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "a.xml").write_text(f'<doc xmlns="{TEI}"><wrong/></doc>')
    odd = '<TEI xmlns="{}"><text><schemaSpec ident="s" start="doc"{}><moduleRef key="base"/></schemaSpec></text></TEI>'
    (tmp_path / "a.odd").write_text(odd.format(TEI, ""))
    found = validate([tmp_path / "a.xml"], schema=tmp_path / "a.odd")
    assert "schema-broken" in rules(found)
    assert any("tei" in finding.message.lower() for finding in found if finding.rule == "schema-broken")
    (tmp_path / "source.xml").write_bytes((Path(__file__).parent / "odd" / "source.xml").read_bytes())
    (tmp_path / "a.odd").write_text(odd.format(TEI, ' source="source.xml"'))
    assert rules(validate([tmp_path / "a.xml"], schema=tmp_path / "a.odd")) == ["doc-untitled", "element-not-allowed"]


@pytest.mark.parametrize(
    ("name", "text", "may"),
    [
        ("a.rng", RNG, False),
        ("a.rng", EMBEDDED, True),
        ("a.rng", EMBEDDED.replace("dsdl/schematron", "dsdl/&#115;chematron"), True),
        ("a.rng", '<r:grammar xmlns:r="urn:r"><r:include href="b.rng"/></r:grammar>', True),
        ("a.rnc", RNC, False),
        ("a.rnc", 'grammar { include "b.rnc" }', True),
    ],
)
def test_a_grammar_without_rules_is_not_searched_for_them(name: str, text: str, may: bool) -> None:
    assert may_hold_rules(text.encode(), Path(name)) is may


def test_links_are_followed(tmp_path: Path) -> None:
    """A path is whole as `Path.resolve` makes it, whether the file or its folder is a link."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.xml").write_text("<a/>")
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "link.xml").symlink_to(tmp_path / "real" / "a.xml")
    links = Links()
    for name in ("real/a.xml", "folder/a.xml", "folder/link.xml", "folder/../real/a.xml", "none/b.xml", "folder/.."):
        assert links.whole(tmp_path / name) == (tmp_path / name).resolve()
    assert links.whole(Path("-")) == Path("-").resolve()
