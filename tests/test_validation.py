"""Validation: the cases of ``cases/validation.md``, and what holds for files, folders and schemas."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from casefile import Case, cases

from tei_edition.edition import Edition
from tei_edition.finding import Finding, Severity
from tei_edition.tei import TEI
from tei_edition.validation import validate

HEAD = (
    f'<TEI xmlns="{TEI}"><teiHeader><fileDesc><titleStmt><title>Title</title></titleStmt><publicationStmt>'
    "<publisher>Publisher</publisher></publicationStmt><sourceDesc><bibl>Source</bibl></sourceDesc></fileDesc>"
    "</teiHeader><text><body>"
)
TAIL = "</body></text></TEI>"
RNG = """<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <attribute name="n"><data type="integer"/></attribute>
  <zeroOrMore><element name="b"><optional><attribute name="kind"><choice><value>x</value><value>y</value></choice>
  </attribute></optional><text/></element></zeroOrMore>
</element>"""
XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType><xs:sequence>
  <xs:element name="b" type="xs:integer" maxOccurs="2"/></xs:sequence><xs:attribute name="n" use="required"/>
</xs:complexType></xs:element></xs:schema>"""
SCH = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt3"><pattern><rule context="b">
  <assert id="b-empty" role="warning" test="normalize-space()">This b is empty.</assert></rule></pattern></schema>"""


def written(findings: list[Finding]) -> str:
    """Return findings as the case file writes them."""
    lines: list[str] = []
    for finding in findings:
        place = ":".join(str(part) for part in (finding.line, finding.column) if part)
        parts = (place, finding.severity, finding.rule, finding.xpath)
        lines += [" ".join(str(part) for part in parts if part), f"  {finding.message}"]
        lines += [f"  → {finding.hint}"] if finding.hint else []
    return "\n".join(lines)


@pytest.mark.parametrize("case", cases("validation"), ids=str)
def test_case(case: Case, update: bool, tmp_path: Path) -> None:
    """A document has the findings that the case file lists, and no other."""
    (tmp_path / "secret.xml").write_text("<a xml:id='x'/>")
    folder = tmp_path / "xml"
    folder.mkdir()
    (folder / "sub").mkdir()
    (folder / "other.xml").write_text(f"{HEAD}<p xml:id='there'>Words.</p>{TAIL}")
    (folder / "broken.xml").write_text("<a>")
    text = case.blocks["file"] if "file" in case.blocks else HEAD + case.blocks["body"] + TAIL
    (folder / "document.xml").write_text(text, encoding="utf-8")
    result = written(validate([folder / "document.xml"]))
    if update:
        case.rewrite("expected", result)
    else:
        assert result == case.blocks["expected"]


def test_a_folder_stands_for_its_xml(tmp_path: Path) -> None:
    """All *.xml below a folder are checked, each once, but for hidden ones; findings are in the order of files."""
    for name in ("b.xml", "a.xml", "register/c.xml", ".git/d.xml", "e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<a>")
    found = validate([tmp_path, tmp_path / "a.xml"])
    assert [finding.file.name for finding in found] == ["a.xml", "b.xml", "c.xml"]
    assert {finding.rule for finding in found} == {"xml-ill-formed"}


def test_paths_that_name_no_file(tmp_path: Path) -> None:
    """A file that is not there, a folder without TEI and a pipe are findings."""
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.xml")
    found = validate([tmp_path / "none.xml", tmp_path / "empty", tmp_path / "pipe.xml"])
    assert sorted(finding.rule for finding in found) == ["file-missing", "file-missing", "file-unreadable"]


def test_a_link_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    """A symbolic link in a folder leads nowhere, and a pointer through it neither."""
    (tmp_path / "secret.xml").write_text("<CANARY xml:id='x'/>")
    folder = tmp_path / "xml"
    folder.mkdir()
    (folder / "link.xml").symlink_to(tmp_path / "secret.xml")
    (folder / "a.xml").write_text(f'{HEAD}<p><ref target="link.xml#x">a</ref></p>{TAIL}')
    found = validate([folder])
    assert [finding.rule for finding in found] == ["pointer-outside", "file-outside"]
    assert not any("CANARY" in finding.message for finding in found)


def test_pointers_into_the_edition(tmp_path: Path) -> None:
    """A document may point into the register of its edition though the register is not among the files."""
    (tmp_path / "edition.toml").write_text('title = "T"')
    (tmp_path / "xml" / "letters").mkdir(parents=True)
    (tmp_path / "xml" / "register").mkdir()
    (tmp_path / "xml" / "register" / "persons.xml").write_text(f'<TEI xmlns="{TEI}" xml:id="stalin"/>')
    document = tmp_path / "xml" / "letters" / "a.xml"
    document.write_text(f'{HEAD}<p><ref target="../register/persons.xml#stalin">a</ref></p>{TAIL}')
    assert [finding.rule for finding in validate([document])] == ["pointer-outside"]
    assert validate([document], edition=Edition.load(tmp_path)) == []


@pytest.mark.parametrize(
    ("name", "schema", "document", "expected"),
    [
        ("x.rng", RNG, '<a n="1"><b kind="x">t</b></a>', []),
        ("x.rng", RNG, '<a n="k"><b kind="z">t</b></a>', ["value-not-allowed", "value-not-allowed"]),
        ("x.rng", RNG, "<a><c/></a>", ["element-not-allowed", "attribute-missing"]),
        ("x.rng", RNG, "<b/>", ["element-not-allowed"]),
        ("x.rng", RNG, '<a n="1">t</a>', ["text-not-allowed"]),
        ("x.xsd", XSD, '<a n="1"><b>1</b></a>', []),
        ("x.xsd", XSD, '<a n="1"><b>x</b></a>', ["xsd-value-not-allowed"]),
        ("x.xsd", XSD, '<a n="1"><b>1</b><c/></a>', ["xsd-element-not-allowed"]),
        ("x.xsd", XSD, '<a n="1"/>', ["xsd-content-incomplete"]),
        ("x.xsd", XSD, "<a><b>1</b></a>", ["xsd-attribute-missing"]),
        ("x.xsd", XSD, '<a n="1" m="2"><b>1</b></a>', ["xsd-attribute-not-allowed"]),
        ("x.xsd", XSD, '<a n="1">t<b>1</b></a>', ["xsd-text-not-allowed"]),
        ("x.sch", SCH, "<a><b/></a>", ["not-tei", "b-empty"]),
        ("x.rng", "<a", "<a/>", ["schema-broken", "not-tei"]),
        ("x.rng", "<a/>", "<a/>", ["schema-broken", "not-tei"]),
        ("x.rng", RNG.replace("<text/>", "<externalRef href='/etc/passwd'/>"), "<a/>", ["schema-broken", "not-tei"]),
        ("x.rng", RNG.replace("<text/>", "<ref name='x'/>"), "<a/>", ["schema-broken", "not-tei"]),
        ("x.xsd", "<a/>", "<a/>", ["schema-broken", "not-tei"]),
        ("x.xsd", XSD.replace('maxOccurs="2"', ""), '<a n="1"><b>1</b></a>', []),
        ("x.sch", "<a/>", "<a/>", ["schema-broken", "not-tei"]),
        ("x.dtd", "<a/>", "<a/>", ["schema-broken", "not-tei"]),
    ],
)
def test_a_schema_of_ones_own(name: str, schema: str, document: str, expected: list[str], tmp_path: Path) -> None:
    """Only the schema that is named is used; a grammar says itself what a root can be; a broken one is a finding."""
    (tmp_path / name).write_text(schema)
    (tmp_path / "a.xml").write_text(document)
    found = validate([tmp_path / "a.xml"], schema=tmp_path / name)
    assert sorted(finding.rule for finding in found) == sorted(expected), found


def test_a_schema_that_is_not_there(tmp_path: Path) -> None:
    """It is a finding, and the other checks are made."""
    (tmp_path / "a.xml").write_text(f"{HEAD}<p corresp='#x'>a</p>{TAIL}")
    found = validate([tmp_path / "a.xml"], schema=tmp_path / "none.rng")
    assert sorted(finding.rule for finding in found) == ["pointer-dangling", "schema-broken"]


def test_many_findings_of_one_kind_are_counted(tmp_path: Path) -> None:
    """Of one rule 100 findings of a file are listed, and the rest is a number."""
    (tmp_path / "a.xml").write_text(HEAD + "".join(f"<p corresp='#x{n}'>a</p>\n" for n in range(250)) + TAIL)
    found = [finding for finding in validate([tmp_path / "a.xml"]) if finding.rule == "pointer-dangling"]
    assert len(found) == 101
    assert any(finding.message.startswith("150 more") for finding in found)


def test_the_same_pointer_to_nowhere_is_told_once(tmp_path: Path) -> None:
    """An id that is missing is one mistake, however many pointers lead to it."""
    (tmp_path / "a.xml").write_text(HEAD + "<p corresp='#x'>a</p>\n" * 250 + TAIL)
    found = [finding.message for finding in validate([tmp_path / "a.xml"]) if finding.rule == "pointer-dangling"]
    assert found == ["“#x” points to an id that this file does not have; the same at 249 more places."]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xfe<\0a\0/\0>\0",
        b"\xef\xbb\xbf",
        b"\0" * 100,
        b"<a>\xff</a>",
        b'<?xml version="1.0" encoding="nonsense"?><a/>',
        b'<?xml version="1.0" encoding="UTF-7"?><a/>',
        b"<!DOCTYPE html><html><br></html>",
        b'<!DOCTYPE a [<!ENTITY a "&a;">]><a>&a;</a>',
        b"<a>" * 5000,
        b"{}",
    ],
)
def test_whatever_a_file_holds_is_a_finding(data: bytes, tmp_path: Path) -> None:
    """No content raises anything, and none of these passes for an edition."""
    (tmp_path / "a.xml").write_bytes(data)
    found = validate([tmp_path / "a.xml"])
    assert [finding.severity for finding in found] == [Severity.ERROR]


def test_nothing_beside_the_file_is_read(tmp_path: Path) -> None:
    """A document type in another file is not read, and its entities do not come in."""
    (tmp_path / "x.dtd").write_text('<!ENTITY e "CANARY">')
    (tmp_path / "a.xml").write_text('<!DOCTYPE TEI SYSTEM "x.dtd"><TEI>&e;</TEI>')
    (finding,) = validate([tmp_path / "a.xml"])
    assert finding.rule == "xml-ill-formed"
    assert "CANARY" not in finding.message


def test_the_hand_made_samples(shared: Path) -> None:
    """The samples that an editor encoded by hand have no findings."""
    assert validate([shared / "encoded_samples"]) == []


def test_hostile_files(shared: Path, tmp_path: Path) -> None:
    """Of the hostile XML nothing raises, nothing hangs, and nothing of what it points to comes out."""
    script = shared / "hostile" / "gen_xml.py"
    subprocess.run([sys.executable, "-W", "ignore", str(script), str(tmp_path)], check=True, capture_output=True)
    files = sorted(tmp_path.rglob("*.xml"))
    assert len(files) > 100
    found = validate(files)
    assert {finding.file for finding in found if finding.rule == "xml-ill-formed"}
    assert not any("CANARY" in f"{finding.message} {finding.hint}" for finding in found)
