"""Schematron: the cases of ``cases/schematron.md``, and TEI's own rules as a trial of the compiler."""

from __future__ import annotations

from pathlib import Path

import pytest
from casefile import Case, cases

from tei_edition.finding import Finding
from tei_edition.opened import Opened
from tei_edition.schematron import SchemaBroken, as_xslt, rules
from tei_edition.tei import TEI, parse


def found(schema: bytes, document: str, phase: str = "#DEFAULT") -> list[Finding]:
    """Return what the rules of a schema say of a document."""
    noted: list[Finding] = []
    root = parse(document.encode(), Path("document.xml"), noted.append)
    assert root is not None, noted
    opened = Opened(Path("document.xml"), root)
    rules(schema, phase).check(opened)
    return opened.close()


def written(findings: list[Finding]) -> str:
    """Return findings as the case file writes them."""
    lines: list[str] = []
    for finding in findings:
        lines += [f"{finding.line} {finding.severity} {finding.rule} {finding.xpath}", f"  {finding.message}"]
        lines += [f"  → {finding.hint}"] if finding.hint else []
    return "\n".join(lines)


@pytest.mark.parametrize("case", cases("schematron"), ids=str)
def test_case(case: Case, update: bool) -> None:
    """A schema says of a document what the case file says, and nothing else."""
    schema, phase = case.blocks["schema"].encode(), case.blocks.get("phase", "#DEFAULT")
    word = "broken" if "broken" in case.blocks else "expected"
    if word == "broken":
        with pytest.raises(SchemaBroken) as caught:
            rules(schema, phase)
        result = f"{caught.value.line or ''} {caught.value}".strip()
    else:
        result = written(found(schema, case.blocks["document"], phase))
    if update:
        case.rewrite(word, result)
    else:
        assert result == case.blocks[word]


def test_a_wrong_expression_is_said_in_a_sentence() -> None:
    """An expression that is no XPath is a broken schema."""
    schema = (
        b'<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3">'
        b'<pattern><rule context="a"><assert test="b("/></rule></pattern></schema>'
    )
    with pytest.raises(SchemaBroken, match="An expression of the schema is wrong"):
        rules(schema)


def test_a_schema_reads_and_writes_nothing(tmp_path: Path) -> None:
    """An expression that opens a file stops its rule; the words of the file do not come out."""
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY")
    schema = (
        '<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3"><pattern id="p"><rule context="a">'
        f'<report test="true()"><value-of select="unparsed-text(\'{secret.as_uri()}\')"/></report>'
        "</rule></pattern></schema>"
    )
    (finding,) = found(schema.encode(), "<a/>")
    assert finding.rule == "schematron-stopped"
    assert "CANARY" not in finding.message


def test_the_stylesheet_is_made_once() -> None:
    """The same schema is compiled once in a process."""
    schema = cases("schematron")[0].blocks["schema"].encode()
    assert rules(schema) is rules(bytes(schema))


@pytest.mark.parametrize("name", ["tei_all", "tei_lite"])
def test_the_rules_of_tei(shared: Path, name: str) -> None:
    """TEI's own rules compile, say nothing of good samples, and find what is planted."""
    schema = (shared / "tei" / f"{name}.isosch").read_bytes()
    assert as_xslt(schema).count("<xsl:template") > 20
    for sample in sorted((shared / "encoded_samples").glob("*.xml")):
        assert found(schema, sample.read_text(encoding="utf-8").partition("?>")[2]) == []
    planted = f'<TEI xmlns="{TEI}"><p>\n<date when="1945" from="1944"/>\n<ptr target="#a" cRef="b"/></p></TEI>'
    assert [finding.line for finding in found(schema, planted)] == [2, 3]
