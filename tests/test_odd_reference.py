"""The reference of a customization: one page of HTML that says what the schema says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from tei_edition.cli import main
from tei_edition.edition import Edition
from tei_edition.files import resource
from tei_edition.finding import Finding
from tei_edition.odd.reference import reference, write_reference

SOURCE = Path(__file__).parent / "odd" / "source.xml"
ODD = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:s="http://purl.oclc.org/dsdl/schematron"><teiHeader><fileDesc>
<titleStmt><title>Small things</title></titleStmt></fileDesc></teiHeader><text><body><p>For <gi>p</gi> only.</p>
<schemaSpec ident="small" start="doc" docLang="en"><moduleRef key="base" except="where"/>
<elementSpec ident="p" mode="change"><gloss>paragraph</gloss>
<desc>Holds words, and <gi>who</gi>, not <gi>hi</gi>.</desc>
<desc xml:lang="fr">Des mots.</desc>
<constraintSpec ident="p-full" scheme="schematron"><constraint>
<s:assert id="p-full" role="warning" diagnostics="p-full.hint" test="*">The paragraph “<s:value-of select="@n"/>” is
empty.</s:assert>
<s:diagnostics><s:diagnostic id="p-full.hint">Fill
it.</s:diagnostic></s:diagnostics></constraint></constraintSpec>
<attList><attDef ident="n" mode="change" usage="req"><desc>Its number.</desc><datatype maxOccurs="unbounded"><dataRef
name="integer"/></datatype><defaultVal>1</defaultVal></attDef><attDef ident="type" mode="change"><valList type="closed"
mode="replace"><valItem ident="a"><desc>The first &lt;kind&gt;.</desc></valItem><valItem ident="b"/></valList>
</attDef></attList>
<exemplum><egXML xmlns="http://www.tei-c.org/ns/Examples"><p n="1">x</p></egXML></exemplum>
<remarks><p>See <ref target="javascript:alert(1)">this</ref> and <ref target="https://example.org/">that</ref>.</p></remarks>
</elementSpec></schemaSpec></body></text></TEI>"""


def words(node: html.HtmlElement) -> str:
    """Return the words of an entry as they are read."""
    return " ".join(" ".join(node.itertext()).split())


@pytest.fixture
def page(tmp_path: Path, findings: list[Finding]) -> html.HtmlElement:
    """Return the page of the small customization."""
    odd = tmp_path / "small.odd"
    odd.write_text(ODD, encoding="utf-8")
    data = reference(odd, findings.append, tei=SOURCE)
    assert findings == [] and data == reference(odd, findings.append, tei=SOURCE)
    return html.document_fromstring(data.decode())


def test_entry_of_an_element(page: html.HtmlElement) -> None:
    entry = words(page.get_element_by_id("e.p"))
    for said in (
        "<p> base", "paragraph", "Holds words, and who , not <hi> .",
        "@n required; integer, once or more; “1” where it is not given",
        "Its number.", "One of: a The first <kind>. b", "Stands in base: doc", "May hold base: who words",
        "The paragraph “…” is empty. (warning, p-full ) Fill it.", '<p n="1">x</p>', "Content macro.text", "@xml:id",
    ):  # fmt: skip
        assert said in entry, (said, entry)
    assert "Des mots" not in entry


def test_page_is_whole(page: html.HtmlElement) -> None:
    """Every link leads somewhere, nothing is fetched, nothing runs, and what is not in the schema is not there."""
    ids = {node.get("id") for node in page.iter() if node.get("id")}
    links = [node.get("href") for node in page.iter("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert {link for link in links if not link.startswith(("#", "https://creativecommons.org/"))} == {
        "https://example.org/"
    }
    assert not list(page.iter("script", "img", "link"))
    assert "e.where" not in ids and "e.doc" in ids and "d.data.sure" in ids
    assert page.get("lang") == "en" and page.find(".//h1").text == "Small things"  # type: ignore[union-attr]
    assert len(list(page.iter("h1"))) == 1
    assert "For p only." in words(page.find(".//header"))  # type: ignore[arg-type]
    assert "1 rules" not in words(page) and "2 rules" in words(page)


def test_reference_of_the_profile(shared: Path, findings: list[Finding]) -> None:
    """All its elements, with examples of the sample edition; what is not the profile's own is marked as the TEI's."""
    odd = resource("schema/tei_edition.odd")
    edition = Edition.load(odd.parent.parent)
    data = reference(odd, findings.append, tei=shared / "tei/p5subset.xml", edition=edition)
    assert findings == []
    page = html.document_fromstring(data.decode())
    entries = [node for node in page.iter("section") if str(node.get("id")).startswith("e.")]
    rng = resource("schema/tei_edition.rng").read_text(encoding="utf-8")
    assert {str(node.get("id"))[2:] for node in entries} == set(re.findall(r'<element name="([^"]+)"', rng))
    assert "It is withheld by those who released the document." in words(page.get_element_by_id("e.gap"))
    assert "The gap does not say why something is missing." in words(page.get_element_by_id("e.gap"))
    assert "from xml/" in words(page.get_element_by_id("e.p"))
    assert "marked TEI" in words(page.find(".//footer"))  # type: ignore[arg-type]


def test_what_cannot_be_read_gives_no_page(tmp_path: Path, findings: list[Finding]) -> None:
    assert write_reference(tmp_path / "none.odd", tmp_path, findings.append, tei=SOURCE) == []
    assert [one.rule for one in findings] == ["file-unreadable"]


def test_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = tmp_path / "small.odd"
    odd.write_text(ODD, encoding="utf-8")
    assert main(["schema", "docs", str(odd), "--tei", str(SOURCE), "--to", str(tmp_path / "to")]) == 0
    assert (tmp_path / "to" / "small.html").is_file()
    assert "small.html" in capsys.readouterr().err
