"""A PDF is the same every time, reads nothing it may not read, and says what it could not print."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from test_views import document

from tei_edition.finding import Finding, Severity
from tei_edition.pdf import LONGEST_FOOTNOTE, PdfUnavailable, pdf
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


def words(data: bytes, pages: bool = False) -> str:
    """Return the words that a reader of the PDF sees."""
    pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is not here")
    book = pypdfium2.PdfDocument(data)
    texts = [book[number].get_textpage().get_text_range() for number in range(len(book))]
    book.close()
    return " ".join(("\f" if pages else " ").join(texts).replace("\ufffe", "").split())


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
    assert "Notes" not in text


def test_a_long_note_goes_to_the_end_whole(findings: list[Finding]) -> None:
    long = " ".join(f"word{number}" for number in range(LONGEST_FOOTNOTE // 4))
    text = words(made(page(f"<p>Words<note>{long}</note>.</p>"), findings))
    assert "Notes" in text and long.split()[-1] in text and long.split()[0] in text


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
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    with pytest.raises(PdfUnavailable, match=r"pip install 'tei-edition\[pdf\]'"):
        made(page(), findings)
