"""Documents of word processors: what the reader takes is the text, all of it, and what styles say reaches the TEI."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from test_encode import schema

from tei_edition import encode, read, render
from tei_edition.finding import Finding
from tei_edition.tei import NS, to_bytes
from tei_edition.transcript import BLANK, Transcript

SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
RUNS = st.lists(
    st.tuples(
        st.text(SIGNS, min_size=1, max_size=12) | st.sampled_from(["Stalin: ", "[sic]", "1. ", "Dear Sir,", " and "]),
        st.sampled_from(["", "bold", "italic", "both", "add", "del"]),
    ),
    max_size=5,
)
STYLES = ["Normal", "Heading 1", "Heading 2", "List Bullet", "List Number", "Quote", "Title", "Caption"]
PARAGRAPHS = st.lists(st.tuples(st.sampled_from(STYLES), RUNS), max_size=8)


def word(tmp_path: Path, document: Word, findings: list[Finding], styles: dict[str, str] | None = None) -> Transcript:
    """Save a document of Word and read it."""
    stream = io.BytesIO()
    document.save(stream)
    path = tmp_path / "letter.docx"
    path.write_bytes(stream.getvalue())
    return read(path, report=findings.append, styles=styles)


def tei(transcript: Transcript) -> etree._Element:
    """Encode a transcript and hold the promises: its text comes back, and the TEI is valid."""
    findings: list[Finding] = []
    root = etree.fromstring(to_bytes(encode(transcript, report=findings.append)))
    assert render(root, "transcript", report=findings.append) == transcript.text()
    assert schema().validate(root), schema().error_log
    assert "encoding-fell-back" not in {finding.rule for finding in findings}
    return root


def change(tag: str, words: str) -> etree._Element:
    """Return a tracked change of Word."""
    inner = "t" if tag == "ins" else "delText"
    root = parse_xml(
        f'<w:{tag} {nsdecls("w")} w:id="1" w:author="Anna" w:date="2020-01-02T03:04:05Z"><w:r>'
        f'<w:{inner} xml:space="preserve"/></w:r></w:{tag}>'
    )
    root[0][0].text = words
    return root


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(PARAGRAPHS)
def test_every_word_of_a_docx_comes_back(tmp_path: Path, paragraphs: list[tuple[str, list[tuple[str, str]]]]) -> None:
    document = docx.Document()
    for style, runs in paragraphs:
        paragraph = document.add_paragraph(style=style)
        for words, form in runs:
            if form in ("add", "del"):
                paragraph._p.append(change("ins" if form == "add" else "del", words))
                continue
            run = paragraph.add_run(words)
            run.bold, run.italic = form in ("bold", "both") or None, form in ("italic", "both") or None
    findings: list[Finding] = []
    transcript = word(tmp_path, document, findings)
    wanted = ["".join(words for words, _ in runs).strip(BLANK) for _, runs in paragraphs]
    assert transcript.text().split() == " ".join(filter(None, wanted)).split()
    if transcript.blocks:
        tei(transcript)


def test_structure_of_word_becomes_structure_of_tei(tmp_path: Path, findings: list[Finding]) -> None:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "A letter", "Typist"
    document.add_heading("Part one", 1)
    paragraph = document.add_paragraph("He ")
    paragraph.add_run("came").italic = True
    paragraph._p.append(change("ins", " home"))
    paragraph._p.append(change("del", " late"))
    tongue = paragraph.add_run(" mon ami")
    tongue._r.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="fr-FR"/>'))
    document.add_comment(tongue, text="Who is this?", author="Bert", initials="B")
    for words in ("first", "second"):
        document.add_paragraph(words, style="List Number")
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, (("", "b"), ("c", "d")), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    document.sections[0].header.paragraphs[0].text = "running head"
    transcript = word(tmp_path, document, findings)
    assert transcript.text() == "Part one\n\nHe came home late mon ami\n\nfirst\nsecond\n\nb\nc\td"
    assert [(item.name, item.value) for item in transcript.fields] == [("title", "A letter"), ("contributor", "Typist")]
    assert [block.value for block in transcript.blocks if block.kind == "item"] == ["1", "2"]
    assert any("running head" in finding.message for finding in findings if finding.rule == "chrome-dropped")
    root = tei(transcript)
    found = {name: ["".join(item.itertext()) for item in root.iterfind(f".//t:text//t:{name}", NS)]
             for name in ("head", "add", "del", "foreign", "item", "hi")}  # fmt: skip
    assert found["head"][-1] == "Part one" and found["item"] == ["first", "second"] and found["hi"] == ["came"]
    assert (found["add"], found["del"], found["foreign"]) == ([" home"], [" late"], [" mon ami"])
    assert [len(row.findall("t:cell", NS)) for row in root.iterfind(".//t:row", NS)] == [2, 2]
    who = {item.get("{http://www.w3.org/XML/1998/namespace}id"): item for item in root.iterfind(".//t:respStmt", NS)}
    added = who[root.find(".//t:add", NS).get("resp")[1:]]
    assert added.findtext("t:name", None, NS) == "Anna" and added.find("t:resp", NS).get("when") == "2020-01-02"
    note = root.find(".//t:text//t:note", NS)
    assert "".join(note.itertext()) == "Who is this?"
    assert who[note.get("resp")[1:]].findtext("t:name", None, NS) == "Bert"
    assert root.find(".//t:language[@ident='fr']", NS) is not None


def test_styles_mean_what_the_edition_says_and_unknown_ones_are_listed_once(
    tmp_path: Path, findings: list[Finding]
) -> None:
    document = docx.Document()
    document.styles.add_style("Ledger", 1)
    document.styles.add_style("Hero", 2)
    for words in ("one", "two"):
        document.add_paragraph(words, style="Ledger").add_run(" Soong", style="Hero")
    word(tmp_path, document, findings)
    told = [finding.message for finding in findings if finding.rule == "style-unknown"]
    assert len(told) == 1 and "“Ledger” (2×)" in told[0] and "“Hero” (2×)" in told[0]
    findings.clear()
    transcript = word(tmp_path, document, findings, {"Ledger": "heading 2", "Hero": "person", "No": "blue"})
    assert [(block.kind, block.level) for block in transcript.blocks] == [("heading", 2)] * 2
    assert [mark.kind for block in transcript.blocks for mark in block.marks] == ["person", "person"]
    assert [item.rule for item in findings if item.severity.name == "WARNING"] == ["style-meaning-unknown"]


W = nsdecls("w")
NOTES = {
    "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
    "word/document.xml": f"""<w:document {W}><w:body><w:p><w:r><w:t>Said</w:t></w:r><w:r><w:footnoteReference w:id="2"/>
      </w:r><w:r><w:t xml:space="preserve"> then</w:t><w:endnoteReference w:id="2"/><w:br w:type="page"/></w:r>
      <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://a.example/"</w:instrText></w:r>
      <w:r><w:fldChar w:fldCharType="separate"/></w:r>
      <w:r><w:t xml:space="preserve"> here</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/>
      </w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p></w:body></w:document>""",
    "word/footnotes.xml": f"""<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>
      <w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>By him.</w:t></w:r></w:p></w:footnote>
      </w:footnotes>""",
    "word/endnotes.xml": f"""<w:endnotes {W}><w:endnote w:id="2"><w:p><w:r><w:t>At last.</w:t></w:r></w:p></w:endnote>
      </w:endnotes>""",
}


def package(path: Path, parts: dict[str, str]) -> Path:
    """Write a zip package."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_notes_stand_at_their_anchors(tmp_path: Path, findings: list[Finding]) -> None:
    transcript = read(package(tmp_path / "a.docx", NOTES), report=findings.append)
    assert transcript.text() == "Said then here\n\nBy him.\n\nAt last."
    assert [(mark.start, mark.kind) for mark in transcript.blocks[0].marks] == [
        (4, "anchor"), (9, "anchor"), (9, "page"), (9, "link"),
    ]  # fmt: skip
    assert [(block.kind, block.value) for block in transcript.blocks[1:]] == [("note", "1"), ("note", "e1")]
    assert any("“secret” is hidden" in finding.message for finding in findings)
    root = tei(transcript)
    targets = [item.get("target") for item in root.iterfind(".//t:ref[@type='noteAnchor']", NS)]
    notes = [
        "#" + item.get("{http://www.w3.org/XML/1998/namespace}id") for item in root.iterfind(".//t:text//t:note", NS)
    ]
    assert targets == notes and len(notes) == 2


def test_a_sign_by_its_number_is_a_letter_where_the_number_is_one(tmp_path: Path, findings: list[Finding]) -> None:
    signs = "".join(f'<w:sym w:font="Symbol" w:char="{code}"/>' for code in ("0041", "F" * 30, "", "x", "110000"))
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>Said</w:t>{signs}</w:r></w:p></w:body></w:document>"
    parts = {**NOTES, "word/document.xml": body}
    assert read(package(tmp_path / "a.docx", parts), report=findings.append).blocks[0].text == "SaidA"


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("word/document.xml", "<a"),
        ("word/styles.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
        ("word/document.xml", "<html/>"),
        ("../word/document.xml", "<a/>"),
    ],
)
def test_a_damaged_package_is_a_finding(tmp_path: Path, part: str, text: str, findings: list[Finding]) -> None:
    read(package(tmp_path / "a.docx", {**NOTES, part: text}), report=findings.append)
    assert {finding.rule for finding in findings} & {"xml-ill-formed", "file-unreadable", "archive-refused"} or (
        part == "word/styles.xml"
    )
    assert not any("root:" in finding.message for finding in findings)


SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"),
                        ("fo", "xsl-fo-compatible"), ("meta", "meta"))
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip


def odt(path: Path, body: str, styles: str = "") -> Path:
    """Write an OpenDocument text."""
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return package(path, {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def spelt(words: str) -> str:
    """Return words as OpenDocument writes them: blanks that would fold as elements."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    return escaped.replace(" ", "<text:s/>")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(["p", "h", "item", "cell"]), RUNS), max_size=8))
def test_every_word_of_an_odt_comes_back(tmp_path: Path, paragraphs: list[tuple[str, list[tuple[str, str]]]]) -> None:
    body = ""
    for kind, runs in paragraphs:
        inner = "".join(f'<text:span text:style-name="T1">{spelt(words)}</text:span>' for words, _ in runs)
        around = {
            "p": "<text:p>{}</text:p>", "h": '<text:h text:outline-level="2">{}</text:h>',
            "item": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
            "cell": "<table:table><table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell>"
                    "</table:table-row></table:table>",
        }[kind]  # fmt: skip
        body += around.replace("{}", inner)
    style = (
        '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    findings: list[Finding] = []
    transcript = read(odt(tmp_path / "a.odt", body, style), report=findings.append)
    wanted = ["".join(words for words, _ in runs).strip(BLANK) for _, runs in paragraphs]
    assert transcript.text().split() == " ".join(filter(None, wanted)).split()
    if transcript.blocks:
        tei(transcript)


def test_structure_of_odt_becomes_structure_of_tei(tmp_path: Path, findings: list[Finding]) -> None:
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="a" '
        'style:num-suffix=")"/></text:list-style>'
    )
    body = """<text:tracked-changes>
      <text:changed-region text:id="c1"><text:insertion><office:change-info><dc:creator>Anna</dc:creator>
      <dc:date>2020-01-02T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region>
      <text:changed-region text:id="c2"><text:deletion><office:change-info><dc:creator>Bert</dc:creator>
      <dc:date>2020-01-03T00:00:00</dc:date></office:change-info><text:p>late</text:p></text:deletion>
      </text:changed-region></text:tracked-changes>
      <text:p>He came <text:change-start text:change-id="c1"/>home<text:change-end text:change-id="c1"/>
      <text:change text:change-id="c2"/><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
      <text:note-body><text:p>By car.</text:p></text:note-body></text:note>.<office:annotation>
      <dc:creator>Eva</dc:creator>
      <text:p>Why?</text:p></office:annotation></text:p>
      <text:list text:style-name="L1"><text:list-item><text:p>one</text:p></text:list-item>
      <text:list-item><text:p>two</text:p></text:list-item></text:list>"""
    transcript = read(odt(tmp_path / "a.odt", body, styles), report=findings.append)
    assert transcript.text() == "He came home late.\n\none\ntwo\n\nBy car."
    assert [block.value for block in transcript.blocks] == ["", "a)", "b)", "1"]
    root = tei(transcript)
    added, gone = (root.find(f".//t:text//t:{tag}", NS) for tag in ("add", "del"))
    assert (added.text, gone.text) == ("home", "late") and added.get("resp") != gone.get("resp")
    assert "Why?" in ["".join(note.itertext()) for note in root.iterfind(".//t:text//t:note", NS)]
