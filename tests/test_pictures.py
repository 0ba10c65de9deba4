"""Pictures of pages, of Markdown and of word processors: what is content becomes a figure, the rest is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree
from test_encode import schema

from tei_edition import encode, read, render
from tei_edition.finding import Finding
from tei_edition.tei import NS, to_bytes


def figures(path: Path, findings: list[Finding]) -> tuple[list[tuple[str, str]], etree._Element]:
    """Encode a file, hold the promises, and return address and words of each of its figures."""
    transcript = read(path, report=findings.append)
    root = etree.fromstring(to_bytes(encode(transcript, report=findings.append)))
    assert render(root, "transcript", report=findings.append) == transcript.text()
    assert schema().validate(root), schema().error_log
    found = [
        (
            str(figure.xpath("string(t:graphic/@url)", namespaces=NS)),
            str(figure.xpath("string(t:figDesc)", namespaces=NS)),
        )
        for figure in root.iterfind(".//t:figure", NS)
    ]
    return found, root


def page(folder: Path, body: str, head: str = "") -> Path:
    """Write a page."""
    path = folder / "page.html"
    path.write_text(f"<html><head>{head}</head><body><main><p>He wrote.</p>{body}</main></body></html>")
    return path


@pytest.mark.parametrize(
    ("image", "figure"),
    [
        ('<img src="map.png" alt="A map">', [("map.png", "A map")]),
        ('<img src="my map.png" alt="A map">', [("my%20map.png", "A map")]),
        ('<img src="map.png">', [("map.png", "")]),
        ('<figure><img src="map.png" alt=""></figure>', [("map.png", "")]),
        ('<img src="data:image/gif;base64,AA" data-src="/map.png" alt="A map">', [("/map.png", "A map")]),
        ('<img src="javascript:alert(1)" alt="A map">', [("", "A map")]),
        ('<img src="deco.png" alt="">', []),
        ('<img src="count.gif" width="1" height="1" alt="x">', []),
        ('<img class="site-logo" src="a.png" alt="The archive">', []),
        ('<img src="data:image/gif;base64,AA">', []),
    ],
)
def test_a_picture_of_the_document_is_a_figure(
    tmp_path: Path, image: str, figure: list[tuple[str, str]], findings: list[Finding]
) -> None:
    found, root = figures(page(tmp_path, f"<p>See {image} here.</p>"), findings)
    assert found == figure
    told = [finding for finding in findings if finding.rule in ("picture-referred", "picture-left-out")]
    assert [finding.rule for finding in told] == ["picture-referred" if figure else "picture-left-out"]
    assert told[0].line == 1
    assert render(root, "transcript", report=findings.append).split() == ["He", "wrote.", "See", "here."]


@pytest.mark.parametrize(
    "head",
    [
        '<base href="https://example.org/docs/">',
        '<link rel="canonical" href="https://example.org/docs/letter">',
        "<!-- saved from url=(0031)https://example.org/docs/letter -->",
    ],
)
def test_addresses_are_counted_from_where_the_page_was(tmp_path: Path, head: str, findings: list[Finding]) -> None:
    assert figures(page(tmp_path, '<img src="../map.png" alt="m">', head), findings)[0] == [
        ("https://example.org/map.png", "m")
    ]


@pytest.mark.parametrize("head", ["", '<base href="http://[">'])
def test_an_address_that_is_none_stands_as_it_is(tmp_path: Path, head: str, findings: list[Finding]) -> None:
    [(url, words)] = figures(page(tmp_path, '<p>See <img src="http://[1" alt="m">.</p>', head), findings)[0]
    assert (url, words) == ("http://[1".replace("[", "%5B"), "m")


def test_pictures_between_blocks_and_in_cells_are_kept_once(tmp_path: Path, findings: list[Finding]) -> None:
    body = (
        '<p><img src="1.png"></p><table><tr><td><img src="2.png">One</td><td>Two</td><td><img src="3.png"></td></tr>'
        '</table><figure><img src="4.png"><figcaption>A map</figcaption></figure><p><img src="5.png"></p>'
    )
    found, root = figures(page(tmp_path, body), findings)
    assert sorted(url for url, _ in found) == [f"{number}.png" for number in range(1, 6)]
    assert root.findtext(".//t:ab[@type='caption']", "", NS) == ""


def test_a_picture_in_markdown_shows_no_words(tmp_path: Path, findings: list[Finding]) -> None:
    path = tmp_path / "letter.md"
    path.write_text("Here ![a map](maps/1.png) it is.\n")
    found, root = figures(path, findings)
    assert found == [("maps/1.png", "a map")]
    assert render(root, "transcript", report=findings.append) == "Here it is."


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def drawing(described: str) -> str:
    """Return a picture in a run."""
    return (
        f'<w:r><w:drawing><docPr id="1" name="Picture 1" descr="{described}"/><blip xmlns:r="{RELATION}" r:embed="r9"/>'
        "</w:drawing></w:r>"
    )


def test_a_picture_of_word_that_is_described_is_a_figure(tmp_path: Path, findings: list[Finding]) -> None:
    path = tmp_path / "letter.docx"
    text = "<w:r><w:t>He wrote.</w:t></w:r>"
    body = f"<w:p>{text}</w:p><w:p>{drawing('A map')}</w:p><w:p>{text}{drawing('')}</w:p>"
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    links = (
        f'<Relationships xmlns="{package}"><Relationship Id="r9" Type="{RELATION}/image" Target="media/image1.png"/>'
        "</Relationships>"
    )
    main = (
        f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{RELATION}/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", types)
        file.writestr("_rels/.rels", main)
        file.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
        file.writestr("word/_rels/document.xml.rels", links)
    assert figures(path, findings)[0] == [("", "A map")]
    told = {finding.rule: finding.message for finding in findings}
    assert "media/image1.png" in told["picture-referred"] and "media/image1.png" in told["picture-left-out"]


def test_notes_with_the_same_id_are_two_notes(tmp_path: Path, findings: list[Finding]) -> None:
    body = (
        '<p>One<sup><a href="#fn6">6</a></sup> and two<sup><a href="#fn6">6</a></sup>.</p>'
        '<ol class="footnotes"><li id="fn6">First.</li><li id="fn6">Second.</li></ol>'
    )
    _, root = figures(page(tmp_path, body), findings)
    notes = {note.get("{http://www.w3.org/XML/1998/namespace}id"): note for note in root.iterfind(".//t:note", NS)}
    led = [ref.get("target", "")[1:] for ref in root.iterfind(".//t:ref[@type='noteAnchor']", NS)]
    assert ["".join(map(str, notes[key].itertext())).strip() for key in led] == ["First.", "Second."]
