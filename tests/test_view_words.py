"""What the edition says itself in a view is in its language; what a reader can switch is switched by style alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import lxml.html
import pytest
from conftest import ROOT
from lxml import etree
from test_views import HTML_VIEWS, document

from tei_edition import tei
from tei_edition.finding import Finding
from tei_edition.phrases import phrases
from tei_edition.views import LANGUAGES, render, render_file

TEXT = """<pb n="3"/><p>The govern-<lb break="no"/>ment met <choice><abbr>SALT</abbr><expan>Strategic Arms Limitation
Talks</expan></choice> and<lb/><choice><abbr>Dr.</abbr><expan>D<ex>octo</ex>r</expan></choice>
<persName ref="persons.xml#stalin">Stalin</persName><note>A note.</note>, <gap reason="illegible" unit="word"
quantity="2"/>.</p>"""


def spoken() -> set[str]:
    """Return what the stylesheets of the views say in English."""
    said: set[str] = set()
    for file in (ROOT / "xslt").glob("*.xsl"):
        text = file.read_text(encoding="utf-8")
        if "urn:tei-edition:view" not in text:
            continue
        for call in re.findall(r"v:say\(((?:[^()']|'[^']*'|\([^()]*\))*)\)", text):
            said |= set(re.findall(r"'([^']*)'", re.sub(r"\[[^]]*\]", "", call)))
        for given in re.findall(r'name="(?:label|meaning)" select="([^"]*)"', text):
            said |= set(re.findall(r"(?:^|then |else |, )\s*'([^']*)'", given))
        for table in re.findall(
            r'name="(?:[a-z-]+-labels|names|causes|schemes)"[^>]* select="map \{(.*?)\}"', text, re.S
        ):
            said |= set(re.findall(r"'[^']*': '([^']*)'", table))
        for months in re.findall(r'name="months"[^>]* select="(.*?)"', text, re.S):
            said |= set(re.findall(r"'([^']*)'", months))
    return said - {"s", "lines", "expansions", "names"}


def test_every_phrase_of_the_views_has_its_german() -> None:
    said = spoken()
    assert (
        len(said) > 150 and {"Uncertain reading", "Note %", "March", "Shelfmark", "Author", "Deleted from here"} <= said
    )
    assert sorted(said - set(phrases("de"))) == []
    assert [one for one in said if one.count("%") != phrases("de")[one].count("%")] == []


@pytest.mark.parametrize("view", HTML_VIEWS)
def test_a_view_speaks_the_language_of_the_interface(view: str, findings: list[Finding]) -> None:
    tree = document(TEXT)
    pages = {one: render(tree, view, report=findings.append, language=one, register="r/") for one in LANGUAGES}
    assert render(tree, view, report=findings.append, language="xx", register="r/") == pages["en"]
    for one, words in (
        ("en", ("Signs used", "2 words illegible", "page ")),
        ("de", ("Zeichen in", "2 Wörter unleserlich", "Seite ")),
    ):
        assert all(word in pages[one] for word in words)
    english, german = (lxml.html.document_fromstring(page) for page in pages.values())
    assert german.xpath("//html/@lang") == ["en"] and german.find_class("signs")[0].get("lang") == "de"
    assert english.find_class("signs")[0].get("lang") is None
    own = {"".join(one.itertext()) for one in english.xpath("//h2 | //dt[not(*)] | //legend | //label | //section//dd")}
    said = {"".join(one.itertext()) for one in german.xpath("//h2 | //dt[not(*)] | //legend | //label | //section//dd")}
    assert not {words for words in own & said if phrases("de").get(words.strip(), words) != words.strip()}


def test_what_a_document_does_not_have_is_no_matter_of_choice(findings: list[Finding]) -> None:
    def choices(body: str, **options: bool | str) -> list[str]:
        page = lxml.html.document_fromstring(render(document(body), report=findings.append, **options))  # type: ignore[arg-type]
        return [str(one) for one in page.xpath("//fieldset[@class='toggles']//input/@class")]

    assert choices("<p>words</p>") == choices(TEXT, fragment=True) == []
    assert choices(TEXT) == ["expansions", "lines"]
    assert choices(TEXT, fragment=True, toggles=True, register="r/") == ["expansions", "lines", "names"]
    assert choices("<lg><l>one<lb/>two</l></lg><p><abbr>Dr.</abbr></p>") == []


def test_names_of_one_document_are_not_those_of_another(findings: list[Finding]) -> None:
    """What is remembered while a document is rendered is forgotten before the next one."""
    for name in ("Ann", "Bob"):
        tree = document('<p><unclear resp="#translator">w</unclear></p>')
        named = tree.find(".//t:respStmt/t:persName", tei.NS)
        assert named is not None
        named.text = name
        assert f"Uncertain reading; {name}" in render(tree, report=findings.append)


def test_the_bytes_of_a_file_give_the_same_view_and_the_same_findings(findings: list[Finding]) -> None:
    file, whole = Path("a.xml"), etree.tostring(document(TEXT))
    for data in (whole, b"<!DOCTYPE TEI>" + whole, whole.replace(b"A note.", b"<strange>s</strange>")):
        tree = tei.parse(data, file, findings.append)
        assert tree is not None
        once: list[Finding] = []
        assert render_file(data, file, report=once.append) == render(tree, report=findings.append, data=data)
        assert once == findings and [one.rule for one in once] == ["element-without-template"] * (b"strange" in data)
    assert render_file(whole[:-9], file, report=findings.append) is None
    assert findings[-1].rule == "xml-ill-formed" and findings[-1].file == file


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_reader_switches_with_keys_and_without_scripts(tmp_path: Path) -> None:
    """Also a note: it comes to the text that asks for it, and its number leads back."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra browser)")
    tree = document(TEXT)
    for view in HTML_VIEWS:
        html = render(tree, view, report=lambda finding: None, register="r/")
        (tmp_path / f"{view}.html").write_text(html, encoding="utf-8")
    body = "<p>first <note>The note.</note></p>" + "<p>much text</p>" * 80
    (tmp_path / "long.html").write_text(render(document(body), report=lambda finding: None), encoding="utf-8")
    with playwright.sync_playwright() as one:
        chromium = one.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_context(java_script_enabled=False).new_page()

        def shown() -> str:
            return " ".join(page.inner_text("#text").replace("\n", "¶").split())

        def switch(name: str) -> None:
            page.focus(f".toggles .{name}")
            page.keyboard.press("Space")

        page.goto((tmp_path / "reading.html").as_uri())
        assert "The government met SALT [Strategic Arms Limitation Talks] and D[octo]r" in shown()
        switch("lines")
        assert "The govern¶ment met" in shown()
        switch("expansions")
        assert "SALT and¶Dr Stalin" in shown() and "2 words illegible" in shown()
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "names"
        underline = "getComputedStyle(document.querySelector('#text a.name')).textDecorationLine"
        assert page.evaluate(underline) == "underline"
        page.keyboard.press("Space")
        assert page.evaluate(underline) == "none"
        page.goto((tmp_path / "diplomatic.html").as_uri())
        assert "The govern-¶ment met" in shown()
        switch("lines")
        assert "The govern-ment met" in shown() and "Talks] and Dr." in shown()
        page.emulate_media(media="print")
        assert not page.is_visible(".toggles")
        page = chromium.new_page(viewport={"width": 800, "height": 600})
        page.goto((tmp_path / "long.html").as_uri())
        page.focus("#note-mark-1 a")
        page.keyboard.press("Enter")
        assert page.locator("#note-1 .note-body").bounding_box()["y"] < 600
        assert 0 <= page.locator("#note-mark-1").bounding_box()["y"] < 600
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#note-mark-1") and page.locator("#note-1").bounding_box()["y"] > 600
        chromium.close()
