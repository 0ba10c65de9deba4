"""The Schematron of an ODD: where assertions apply that do not say it, and what is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from tei_edition import schematron
from tei_edition.finding import Finding
from tei_edition.odd import compile_odd, write_schemas
from tei_edition.opened import Opened
from tei_edition.tei import TEI

SOURCE = Path(__file__).parent / "odd" / "source.xml"
FRAME = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:s="http://purl.oclc.org/dsdl/schematron">
<schemaSpec ident="small" start="doc" {}><moduleRef key="base"/>{}</schemaSpec></TEI>"""
RULE = '<constraintSpec ident="{0}" scheme="schematron" {2}><constraint>{1}</constraint></constraintSpec>'


def compiled(specification: str, tmp_path: Path, findings: list[Finding], attributes: str = "") -> bytes:
    """Return the Schematron of a customization of the small source."""
    odd = tmp_path / "small.odd"
    odd.write_text(FRAME.format(attributes, specification), encoding="utf-8")
    data = compile_odd(odd, tei=SOURCE, report=findings.append, own_rules=True).sch
    assert findings == []
    return data


def rule(ident: str, test: str, more: str = "") -> str:
    """Return a constraint with one bare assertion."""
    return RULE.format(ident, f'<s:assert id="{ident}" test="{test}">{ident} is broken.</s:assert>', more)


def changed(kind: str, ident: str, body: str) -> str:
    """Return a specification in mode change."""
    return f'<{kind}Spec ident="{ident}" mode="change">{body}</{kind}Spec>'


ON_N = '<attList><attDef ident="n" mode="change">{}</attDef></attList>'
OWN = """<elementSpec ident="own" ns="urn:own" mode="add"><classes><memberOf key="model.part"/></classes>
<content><empty/></content>{}</elementSpec>"""
N = '<s:rule{}><s:assert test="@n">n</s:assert></s:rule>'
LANGUAGES = rule("a", "@n", 'xml:lang="fr"') + rule("b", "@n", 'xml:lang="en"')
DELETED = '<constraintSpec ident="a" mode="delete"/>'
PRIVATE = '<constraintSpec ident="a" scheme="private"><constraint>x</constraint></constraintSpec>'


@pytest.mark.parametrize(
    ("specification", "contexts"),
    [
        (changed("element", "p", rule("a", "@n")), ["tei:p"]),
        (changed("element", "p", ON_N.format(rule("a", "true()"))), ["tei:p/@n"]),
        (changed("element", "p", RULE.format("a", N.format(""), "")), ["tei:p"]),
        (changed("element", "p", RULE.format("a", N.format(' context="tei:p[1]"'), "")), ["tei:p[1]"]),
        (changed("class", "att.kind", rule("a", "@n")), ["tei:p | tei:where"]),
        (changed("element", "p", f"<altIdent>para</altIdent>{rule('a', '@n')}"), ["tei:para"]),
        (OWN.format(rule("a", "@n")), ["ns1:own"]),
        (changed("element", "p", LANGUAGES), ["tei:p"]),
        (changed("element", "p", rule("a", "@n")) + changed("element", "p", DELETED), []),
        (changed("element", "p", PRIVATE), []),
        (f'<classSpec ident="att.unused" type="atts" mode="add">{rule("a", "@n")}</classSpec>', []),
    ],
)  # fmt: skip
def test_where_an_assertion_applies(
    specification: str, contexts: list[str], tmp_path: Path, findings: list[Finding]
) -> None:
    schema = etree.fromstring(compiled(specification, tmp_path, findings))
    assert [node.get("context") for node in schema.iter("{*}rule")] == contexts


def test_rules_are_in_the_language_of_the_schema(tmp_path: Path, findings: list[Finding]) -> None:
    body = changed("element", "p", LANGUAGES)
    schema = etree.fromstring(compiled(body, tmp_path, findings, 'docLang="fr"'))
    assert [node.get("id") for node in schema.iter("{*}assert")] == ["a"]


def test_a_rule_that_is_no_expression_is_told_at_its_line(tmp_path: Path, findings: list[Finding]) -> None:
    odd = tmp_path / "small.odd"
    constraint = '<constraintSpec ident="c" scheme="schematron"><constraint>\n<s:assert test="a[">x</s:assert>\n'
    odd.write_text(
        f'<TEI xmlns="{TEI}" xmlns:s="{schematron.SCH}"><schemaSpec ident="x" start="doc"><moduleRef key="base"/>'
        f'<elementSpec ident="p" mode="change">{constraint}</constraint></constraintSpec></elementSpec>'
        "</schemaSpec></TEI>",
        encoding="utf-8",
    )
    write_schemas(odd, tmp_path, SOURCE, findings.append)
    broken = [one for one in findings if one.rule != "odd-without-trang"]
    assert [(one.rule, one.line, one.file) for one in broken] == [("odd-rule-broken", 2, odd)]
    assert "“a[”" in broken[0].message


def test_compiled_rules_work(tmp_path: Path, findings: list[Finding]) -> None:
    """Bare assertions of an element, an attribute and a namespace, tried on a document."""
    body = changed("element", "p", rule("of-element", "*") + ON_N.format(rule("of-attribute", "number(.) lt 3")))
    report = '<s:rule context="tei:doc"><s:report id="of-ns" test=".//o:own">own</s:report></s:rule>'
    named = RULE.format("named", f'<s:ns prefix="o" uri="urn:own"/>{report}', "")
    rules = schematron.rules(compiled(body + OWN.format(rule("of-own", "@n")) + named, tmp_path, findings))
    root = etree.fromstring(f'<doc xmlns="{TEI}"><p n="5"/><p n="2"><own xmlns="urn:own"/></p></doc>')
    opened = Opened(tmp_path / "doc.xml", root)
    rules.check(opened)
    found = {(one.rule, one.xpath) for one in opened.close()}
    assert {rule for rule, _ in found} == {"of-element", "of-attribute", "of-own", "of-ns"}
    assert ("of-attribute", "/doc/p[1]/@n") in found
