"""A PDF is the same every time, reads nothing it may not read, and says what it could not print."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zlib
from pathlib import Path

import lxml.html
import pytest
from conftest import ROOT
from test_views import document

from tei_edition import paper, press, tei, typesetting
from tei_edition.finding import Finding, Severity
from tei_edition.paper import LONGEST_FOOTNOTE
from tei_edition.pdf import PdfUnavailable, pdf
from tei_edition.press import Press
from tei_edition.typesetting import Job
from tei_edition.views import render

try:
    import weasyprint  # noqa: F401
except (ImportError, OSError) as error:
    pytest.skip(f"WeasyPrint or Pango is not here: {error}", allow_module_level=True)

BODY = """<div><head>Record of a talk<note n="1" type="footnote">On the head.</note></head>
<p>Words<note n="2" type="footnote">A note at the foot with <title>Pravda</title>.</note> go on, see
<ref target="https://example.org/">there</ref> and <ref target="folder/page.html">here</ref>.</p></div>"""


def page(body: str = BODY) -> str:
    """Return the reading view of a small document."""
    return render(document(body), report=lambda finding: None)


def made(html: str, findings: list[Finding], folder: Path | None = None) -> bytes:
    """Return a PDF and collect what was found."""
    return pdf(html, report=findings.append, folder=folder)


def objects(data: bytes) -> bytes:
    """Return a PDF with its streams unpacked, to look for names and addresses in it."""
    unpacked = [data]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"\n".join(unpacked)


def words(data: bytes) -> str:
    """Return the words that a reader of the PDF sees."""
    return " ".join(" ".join(leaves(data)).replace("\ufffe", "").split())


def leaves(data: bytes) -> list[str]:
    """Return the text of each page of a PDF."""
    pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is not here")
    book = pypdfium2.PdfDocument(data)
    texts = [book[number].get_textpage().get_text_range() for number in range(len(book))]
    book.close()
    return texts


def test_two_runs_give_the_same_bytes(findings: list[Finding]) -> None:
    first, second = made(page(), findings), made(page(), findings)
    assert first == second and first.startswith(b"%PDF-")
    assert findings == []


def test_its_date_is_that_of_the_environment(findings: list[Finding], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert b"/CreationDate" not in objects(made(page(), findings))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763769600")
    assert b"20251122000000" in objects(made(page(), findings))


def test_it_has_language_title_bookmarks_and_tags(findings: list[Finding]) -> None:
    inside = objects(made(page(), findings))
    for name in (b"/Lang (en)", b"/Title (A document)", b"/StructTreeRoot", b"/MarkInfo", b"(Record of a talk)"):
        assert name in inside


def test_only_harmless_addresses_are_links(findings: list[Finding]) -> None:
    inside = objects(made(page(), findings))
    assert re.findall(rb"/URI \((.*?)\)", inside) == [b"https://example.org/"]


def test_notes_stand_at_the_foot_of_the_page_with_all_their_words(findings: list[Finding]) -> None:
    text = words(made(page(), findings))
    assert "A note at the foot with Pravda." in text and "On the head." in text
    assert "Notes" not in text and "[1]" not in text


def test_a_pdf_speaks_the_language_that_it_is_asked_for(findings: list[Finding]) -> None:
    body = document(f"{BODY}<p><gap reason='lost'/> <note>{'x ' * LONGEST_FOOTNOTE}</note></p>")
    body.set(tei.LANG, "de")
    data = made(render(body, report=findings.append, language="de"), findings)
    said = words(data).replace("\xa0", " ")
    assert "Anmerkungen" in said and "[S. 1]" in said and "Zeichen in diesem Text" in said
    assert not re.search(r"Notes|Signs|About this|\[p\. |missing|lost", said)


def test_a_long_note_goes_to_the_end_whole(findings: list[Finding]) -> None:
    long = " ".join(f"word{number}" for number in range(LONGEST_FOOTNOTE // 4))
    text = words(made(page(f"<p>Words<note>{long}</note>.</p>"), findings))
    assert "Notes" in text and long.split()[-1] in text and long.split()[0] in text
    assert f"{long.split()[-1]} [p. 1]" in text.replace("\xa0", " ")


def test_running_heads_and_page_numbers(findings: list[Finding]) -> None:
    text = words(made(page("<p>words</p>" * 200), findings))
    assert re.search(r"2 / [3-9]", text) and text.count("A document") >= 2


def test_an_image_outside_its_folder_is_not_read(tmp_path: Path, findings: list[Finding]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out.png").write_bytes(b"\x89PNG")
    (tmp_path / "in" / "link.png").symlink_to(tmp_path / "out.png")
    for name in ("link.png", "none.png", "text.txt", "%2e%2e%2fout.png"):
        html = page().replace("<main>", f'<main><img src="{name}" alt="x">')
        made(html, findings, tmp_path / "in")
    assert [finding.rule for finding in findings] == ["image-missing"] * 4
    assert "“link.png”" in findings[0].message


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src="file:///etc/hostname">', '<img src="http://127.0.0.1:9/x.png">',
        '<link rel="attachment" href="file:///etc/hostname">', '<a rel="attachment" href="file:///etc/hostname">x</a>',
        '<object data="file:///etc/hostname"></object>', '<embed src="file:///etc/hostname">',
        '<p style="background:url(file:///etc/hostname)">x</p>', '<a href="javascript:alert(1)">x</a>',
        '<a href="file:///etc/hostname">x</a>', '<base href="file:///etc/"><img src="hostname">',
    ],
)  # fmt: skip
def test_nothing_else_is_read(hostile: str, tmp_path: Path, findings: list[Finding]) -> None:
    inside = objects(made(page().replace("<main>", f"<main>{hostile}"), findings, tmp_path))
    assert b"/EmbeddedFile" not in inside and b"javascript:" not in inside and b"file:" not in inside
    assert {finding.rule for finding in findings} <= {"image-missing"}


def test_an_image_in_its_folder_is_printed(tmp_path: Path, findings: list[Finding]) -> None:
    chunk = b"\x89PNG\r\n\x1a\n"
    for kind, content in (
        (b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"),
        (b"IDAT", zlib.compress(b"\0\xff")),
        (b"IEND", b""),
    ):
        chunk += len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)
    (tmp_path / "a.png").write_bytes(chunk)
    data = made(page('<figure><graphic url="a.png"/></figure>'), findings, tmp_path)
    assert b"/Subtype /Image" in objects(data)
    assert findings == []


def test_a_character_that_no_font_has_is_an_error(findings: list[Finding]) -> None:
    made(page("<p>\U000f1234</p>"), findings)
    assert [(finding.rule, finding.severity) for finding in findings] == [("glyph-missing", Severity.ERROR)]


def test_a_missing_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch, findings: list[Finding]) -> None:
    monkeypatch.setattr(press.PRESS, "print", lambda *_: answered(b"{}"))
    with pytest.raises(PdfUnavailable, match=r"pip install 'tei-edition\[pdf\]'"):
        made(page(), findings)


def answered(job: bytes) -> press.Printed:
    """Return what the press makes of the answer of a process that has no WeasyPrint."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "weasyprint", None)
        said, data = typesetting.answer(Job(html="<p>x").to_json().encode() if job == b"{}" else job)
    return press._printed(said, data, "x.pdf")


def test_text_without_end_is_a_finding_and_the_next_document_is_printed(
    monkeypatch: pytest.MonkeyPatch, findings: list[Finding]
) -> None:
    monkeypatch.setattr(press, "SECONDS", 1)
    long = page("<p>" + "word " * 60_000 + "</p>")
    monkeypatch.setattr(press, "LETTERS_A_MINUTE", 10 * len(long))
    assert made(long, findings) == b""
    assert [(one.rule, one.severity) for one in findings] == [("pdf-too-costly", Severity.ERROR)]
    monkeypatch.setattr(press, "SECONDS", 60)
    assert made(page(), findings).startswith(b"%PDF-") and len(findings) == 1


def test_a_process_that_waits_for_ever_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine that has other things to do a document may wait, but not without end."""
    own = Press()
    own._process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    monkeypatch.setattr(press, "SECONDS", 1)
    monkeypatch.setattr(press, "WAITS", 0.2)
    printed = own.print(Job(html="<p>x"), "x.pdf")
    assert [one.rule for one in printed.findings] == ["pdf-too-costly"]
    assert "more than 1 seconds" in printed.findings[0].message


def test_a_process_that_dies_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Press()
    process = own._running()
    process.kill()
    process.wait()
    monkeypatch.setattr(own, "_running", lambda: process)
    printed = own.print(Job(html="<p>x"), "x.pdf")
    assert [one.rule for one in printed.findings] == ["pdf-too-costly"] and printed.data == b""


def test_what_did_not_change_is_not_printed_again(findings: list[Finding], monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(page(), findings)
    broken = made(page("<p>\U000f1234</p>"), findings)
    monkeypatch.setattr(press.PRESS, "print", lambda *_: pytest.fail("it was printed again"))
    assert pdf(page(), report=findings.append, known=first) is first
    for html, known in ((page("<p>other</p>"), first), (page("<p>\U000f1234</p>"), broken)):
        with pytest.raises(pytest.fail.Exception):
            pdf(html, report=findings.append, known=known)


def test_it_is_made_to_be_kept_and_has_its_source_inside(findings: list[Finding]) -> None:
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is not here")
    data = pdf(page(), report=findings.append, sources={"letter.xml": b"<TEI/>"}, date="2026-11-22")
    with pikepdf.open(io.BytesIO(data)) as book:
        assert bytes(book.attachments["letter.xml"].get_file().read_bytes()) == b"<TEI/>"
        file = book.Root.Names.EmbeddedFiles.Names[1]
        assert file.AFRelationship == "/Source"
        with book.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3" and metadata["pdfaid:conformance"].upper() == "U"
        for font in book.objects:
            if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in font or "/FontFile3" in font


def test_fonts_of_packages_set_latin_cyrillic_greek_and_chinese(findings: list[Finding]) -> None:
    pytest.importorskip("pylopdf_fonts_zh_cn", reason="the fonts for Chinese are not here")
    text = "Łódź ǎ ș Ћуприја Ѣ Ἀθῆναι 蔣介石 蒋介石"
    data = made(page(f'<p>{text} <hi rend="italic">Łódź</hi> <hi rend="bold">Ѣ</hi></p>'), findings)
    assert findings == []
    names = set(re.findall(rb"/FontName /[A-Z]{6}\+([A-Za-z-]+)", objects(data)))
    assert names and all(name.startswith(b"Edition-") for name in names)
    assert text in words(data)


def test_fonts_of_packages_set_japanese_and_korean(findings: list[Finding]) -> None:
    pytest.importorskip("pylopdf_fonts_jp", reason="the fonts for Japanese are not here")
    body = '<p xml:lang="ja">骨の直す</p><p xml:lang="ko">조선 骨 ㄱ</p><p>Name カタカナ 한글</p>'
    data = made(page(body), findings)
    assert findings == []
    names = {name.decode() for name in re.findall(rb"/FontName /[A-Z]{6}\+([A-Za-z-]+)", objects(data))}
    assert all(name.startswith("Edition-") for name in names)
    assert {"Edition-Japanese", "Edition-Korean"} <= names and "조선 骨 ㄱ" in words(data)


def test_words_of_the_edition_run_their_own_way_within_arabic(findings: list[Finding]) -> None:
    body = '<p xml:lang="ar">قال <gap reason="illegible" quantity="2" unit="words"/> ثم</p>'
    assert "2 words illegible" in words(made(page(body), findings)) and findings == []


def test_scripts_from_right_to_left_have_their_fonts(findings: list[Finding]) -> None:
    pytest.importorskip("pylopdf_fonts_ar", reason="the fonts for Arabic are not here")
    body = '<div xml:lang="ar"><p>سلام <hi rend="bold">عليكم</hi><note>حاشية</note></p></div><p xml:lang="he">שלום</p>'
    inside = objects(made(page(body), findings))
    assert findings == []
    names = {name.decode() for name in re.findall(rb"/FontName /[A-Z]{6}\+([A-Za-z-]+)", inside)}
    assert {"Edition-Naskh", "Edition-Naskh-Bold", "Edition-Hebrew"} <= names


def test_its_tags_say_which_language_a_part_is_in_and_what_is_a_note(findings: list[Finding]) -> None:
    pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is not here")
    body = '<p>He said <foreign xml:lang="ru">Мир</foreign><note>He did.</note>.</p><p xml:lang="fr">Oui.</p>'
    with pikepdf.open(io.BytesIO(pdf(page(body), report=findings.append, sources={"a.xml": b"<TEI/>"}))) as book:
        parts = [one for one in book.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") is not None]
        languages = {(str(one.S), str(one.Lang)) for one in parts if "/Lang" in one}
        assert {("/NonStruct", "ru"), ("/P", "fr")} <= languages
        assert [str(one.ID) for one in parts if one.S == "/Note"] == ["note-1"]
        assert len(book.Root.AF) == 1


def test_the_heads_of_a_long_table_stand_on_each_of_its_pages(findings: list[Finding]) -> None:
    rows = "".join(f"<row><cell>row{number}</cell><cell>x</cell></row>" for number in range(90))
    text = words(
        made(page(f'<table><row role="label"><cell>Year</cell><cell>Kind</cell></row>{rows}</table>'), findings)
    )
    assert text.count("Year") >= 3 and all(f"row{number} " in text for number in range(90))


def test_no_line_of_verse_stands_alone(findings: list[Finding]) -> None:
    stanzas = "".join(f"<lg><l>first{n}</l><l>second{n}</l><l>third{n}</l><l>last{n}</l></lg>" for n in range(40))
    lines = [re.findall(r"(first|second|third|last)\d+", leaf) for leaf in leaves(made(page(stanzas), findings))]
    assert len(lines) > 2 and sum(map(len, lines)) == 160
    assert {leaf[0] for leaf in lines if leaf} <= {"first", "third"}
    assert {leaf[-1] for leaf in lines if leaf} <= {"second", "last"}


def test_single_lines_of_many_speakers_fill_their_pages(findings: list[Finding]) -> None:
    speeches = "".join(f"<sp><speaker>Who</speaker><l>line{n}</l></sp>" for n in range(16))
    first = leaves(made(page(f"<div>{'<p>words</p>' * 12}{speeches}<p>end</p></div>"), findings))[0]
    assert "line0" in first and "line2" in first


def test_a_word_that_is_followed_by_an_empty_element_stays_in_its_line() -> None:
    """WeasyPrint went to the next line before it, so that what was left stood wide apart."""
    tree = paper.of_page(
        page('<p>durch <name>Graf Sykes </name><lb/>und <g ref="#x"/>andere <lb xml:id="kept"/>mehr</p>')
    )
    spans = tree.xpath("//article//p//span[not(node())]")
    assert [span.get("id") for span in spans] in (["kept"], [])
    assert "durch Graf Sykes und andere mehr" in " ".join(tree.find(".//article").text_content().split())


def test_headings_say_their_words_over_the_page_without_marks_and_end_with_two(findings: list[Finding]) -> None:
    body = "".join(
        f'<div><head><pb n="{n}"/>The {n}th scene of this long play<note>n</note></head>{"<p>words</p>" * 45}</div>'
        for n in (1, 2, 3)
    )
    tree = paper.of_page(page(body))
    heads = [node for node in tree.iter("h2") if node.get("data-part")]
    assert [node.get("data-part") for node in heads] == [f"The {n}th scene of this long play" for n in (1, 2, 3)]
    assert [node.get("data-label") for node in heads] == [node.get("data-part") for node in heads]
    assert all("long\xa0play" in node.text_content() for node in heads)
    pages = leaves(made(page(body), findings))
    assert sum("The 3th scene of this" in leaf for leaf in pages) > 1


def test_a_date_is_over_the_page_as_a_whole_or_not_at_all() -> None:
    for date, shown in (("10 December 198 – 30 June 199", True), ("a very long date " * 6, False)):
        html = page().replace("<h1", f"<p class='kicker'>{date.strip()}</p><h1", 1)
        assert (paper.of_page(html).find(".//h1").get("data-date") == date) is shown


def test_figures_of_a_table_end_together() -> None:
    rows = "".join(f"<row><cell>name {n}</cell><cell>{n}.5</cell><cell>{n or '–'}</cell></row>" for n in range(4))
    heads = (
        "<row><cell/><cell cols='2'>Kinds</cell></row><row><cell>Year</cell><cell>Share</cell><cell>All</cell></row>"
    )
    table = paper.of_page(page(f"<table>{heads}{rows}</table>"))
    kinds = [[cell.get("class") for cell in row] for row in table.iter("tr")]
    assert kinds[0] == [None, None]
    assert all(row == [None, "figures", "figures"] for row in kinds[1:])
    mixed = "".join(f"<row><cell>{n}</cell><cell>1</cell></row>" for n in (1, 2, 3, "four", 5))
    assert {cell.get("class") for cell in paper.of_page(page(f"<table>{mixed}</table>")).iter("td")} == {
        None,
        "figures",
    }


@pytest.mark.parametrize("columns", [10, 16])
def test_a_wide_table_stays_on_the_paper(columns: int, findings: list[Finding]) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is not here")
    row = "<row>" + "<cell>Transportation</cell><cell>1000000</cell>" * (columns // 2) + "</row>"
    book = pypdfium2.PdfDocument(made(page(f"<table>{row * 2}</table>"), findings))
    text, width = book[0].get_textpage(), book[0].get_width()
    rights = [text.get_charbox(number)[2] for number in range(text.count_chars())]
    assert max(rights) < width - 40
    book.close()


def test_what_says_where_a_document_is_kept_stays_with_its_heading(findings: list[Finding]) -> None:
    """As many lines before it as bring it to the foot of a page."""
    for lines in range(26, 34):
        body = (
            "<p>start</p>" + "<p>words</p>" * lines + '<div><note type="source">Source 1</note><head>Heading</head>'
            "<p>one two</p><p>more</p></div>"
        )
        for leaf in leaves(made(page(body), findings)):
            assert ("Source 1" in leaf) == ("Heading" in leaf)


def test_what_is_empty_draws_no_rule() -> None:
    body = "<listBibl><bibl/></listBibl><listBibl><bibl>Words</bibl></listBibl>"
    tree = paper.of_page(page(body))
    assert len(tree.xpath("//section[@class='list-bibl']")) == 1 and "Words" in tree.text_content()


def test_a_cell_that_spans_a_million_columns_is_printed(findings: list[Finding]) -> None:
    data = made(page('<table><row><cell cols="1000000" rows="99999">wide</cell></row></table>'), findings)
    assert "wide" in words(data) and findings == []


def test_many_notes_of_one_paragraph_are_all_there(findings: list[Finding]) -> None:
    notes = "".join(f"w{number}<note>note{number} " + "x " * 200 + f"end{number}</note> " for number in range(12))
    text = words(made(page(f"<p>{notes}</p>"), findings))
    assert [number for number in range(12) if f"note{number} " not in text or f"end{number}" not in text] == []


EVIDENCE = "gap unclear supplied add del sic corr orig reg abbr expan note-body note-in-line note-here hand".split()
"""Classes of what editors and scribes did to a text; all of it is in the page (tests/test_evidence.py)."""


def unseen(html: str, text: str) -> list[str]:
    """Return which words of the evidence in a page are not in the text of its PDF, and which signs are fewer there."""
    squeezed = re.sub(r"[\W_]", "", text)
    body = lxml.html.document_fromstring(html).find("body")
    faults = []
    for element in body.iter():
        kind = set(str(element.get("class", "")).split()) & set(EVIDENCE)
        if not kind and element.tag not in ("del", "ins"):
            continue
        words = re.findall(r"[^\W_]+", " ".join(element.xpath(".//text()")))
        faults += [f"{kind or element.tag}: {word}" for word in words if word not in squeezed]
    signs = "".join(body.xpath(".//text()[not(ancestor::*[contains(@class, 'unseen')])]"))  # those for listeners
    return faults + [sign for sign in "[]⟦⟧\\\\/?…" if text.count(sign) < signs.count(sign)]


@pytest.mark.parametrize("name", ["stalin-soong-1945-06-30", "petrov-zhou-1945-10-05", "note-1945-11-16"])
def test_all_evidence_is_on_paper(name: str, findings: list[Finding]) -> None:
    tree = tei.parse((ROOT / "xml" / f"{name}.xml").read_bytes(), Path(name), findings.append)
    assert tree is not None
    html = render(tree, report=findings.append)
    assert unseen(html, words(made(html, findings))) == [] and findings == []


def test_evidence_of_every_kind_is_on_paper(findings: list[Finding]) -> None:
    body = """<p>a<gap reason="illegible" quantity="2" unit="word"/> <unclear>doubt</unclear> <supplied>given</supplied>
    <add place="above">above</add> <del>struck</del> <subst><del>old</del><add>new</add></subst>
    <choice><sic>teh</sic><corr>the</corr></choice> <choice><orig>vp</orig><reg>up</reg></choice>
    <choice><abbr>Dr</abbr><expan>Doctor</expan></choice> <note>noted</note> <handShift new="#hand1"/></p>"""
    for view in ("reading", "diplomatic"):
        html = render(document(body), view, report=findings.append)
        assert unseen(html, words(made(html, findings))) == []
    assert unseen(html, "nothing") != []
