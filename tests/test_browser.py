"""What a reader can do on the site in a real browser: search, cite, switch views, print, with keys alone, offline."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from lxml import html as lxml_html

import tei_edition.site.setting
from tei_edition import publish
from tei_edition.edition import Document, Edition
from tei_edition.publishing import Publishing
from tei_edition.search import Choice, Source, search
from tei_edition.search.words import words
from tei_edition.serving import Preview
from tei_edition.site import pages, paging

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (extra browser)")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

TALK = "stalin-soong-1945-08-10"
NOTE = "note-1945-11-16"
OTHERS = {
    "chinese": ("zh", "1946-01-02", "<p>蔣介石說：蘇聯軍隊還在滿洲。</p><p>介石先生走了。</p>"),
    "russian": ("ru", "1946-02-03", "<p>Чжоу Эньлай сказал, что всё готово.</p>"),
    "polish": ("pl", "1946-03-04", "<p>Z Łodzi do Gdańska, potem do Łodzi; die Straße in Ødegård.</p>"),
}
MORE = {
    "scanned": ("en", "1947-04-05", '<pb n="1" facs="scan.png"/><p>On the first page.</p><pb n="2" facs="scan.png"/>'
                '<p>On the <abbr>2nd</abbr> page.</p>'),
    "brief": ("de", "1948-05-06", '<p xml:id="p1">Lieber Freund!</p><p xml:id="p2">Bis bald.</p>'),
    "letter": ("en", "1948-05-06", '<p xml:id="p1" corresp="brief.xml#p1">Dear friend,</p>'
               '<p xml:id="p2" corresp="brief.xml#p2">See you soon.</p>'),
}  # fmt: skip
OWN = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:import href="tei-edition:reading.xsl"/></xsl:stylesheet>"""
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)
DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}" xml:lang="{lang}"><teiHeader><fileDesc><titleStmt>
<title>A {id} letter</title></titleStmt><publicationStmt><publisher>Press</publisher></publicationStmt><sourceDesc>
<p>A letter.</p></sourceDesc></fileDesc><profileDesc><creation><date when="{when}">{when}</date></creation>
</profileDesc></teiHeader><text><body><div type="letter">{body}</div></body></text></TEI>"""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return the sample edition with letters in other languages and scripts, with images, a translation, a map."""
    folder = tmp_path_factory.mktemp("edition")
    for name in ("edition.toml", "decisions.toml", "xml", "sources"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    for key, (lang, when, body) in (OTHERS | MORE).items():
        text = DOCUMENT.format(id=key, lang=lang, when=when, body=body)
        (folder / "xml" / f"{key}.xml").write_text(text, encoding="utf-8")
    (folder / "xml" / "scan.png").write_bytes(DOT)
    (folder / "own.xsl").write_text(OWN, encoding="utf-8")
    places = folder / "xml/register/places.xml"
    spot = "<location><geo>55.75 37.62</geo></location></place>"
    places.write_text(places.read_text(encoding="utf-8").replace("</place>", spot), encoding="utf-8")
    made = Edition.load(folder)
    brief, letter = (Document(source=folder / f"{key}.txt", id=key) for key in ("brief", "letter"))
    pair = (replace(brief, translations=(letter,)), replace(letter, original=brief))
    return replace(made, documents=(*made.documents, *pair), views={"own": (folder / "own.xsl", "The editor’s view")})


@pytest.fixture(scope="module")
def site(edition: Edition) -> Path:
    """Return the folder of its site, without PDF."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tei_edition.site.setting, "_can_make_pdf", lambda *_: False)
        return publish(edition, report=lambda finding: None)


@pytest.fixture(scope="module")
def long_site(edition: Edition) -> Path:
    """Return the folder of the same site as if it had too many documents for one page, in German."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tei_edition.site.setting, "_can_make_pdf", lambda *_: False)
        patch.setattr(pages, "FEW", 3)
        patch.setattr(paging.sheets, "__defaults__", (None, 4000))
        told = replace(edition, publishing=Publishing(language="de", downloads=()))
        return publish(told, edition.folder / "long", report=lambda finding: None)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Return the address at which the site is served."""
    with Preview(site, 0) as preview:
        yield preview.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser."""
    with playwright.sync_playwright() as one:
        chromium = one.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """Return a page that asks nothing of any other site and reports no error of its scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    one = context.new_page()
    wrong: list[str] = []
    one.on("pageerror", lambda error: wrong.append(str(error)))
    one.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    one.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else wrong.append(asked.url))
    yield one
    context.close()
    assert wrong == []


def counted(page: Any, asked: str) -> tuple[int, int]:
    """Return how many places in how many documents the search page finds."""
    page.goto(f"search.html?{asked}")
    page.wait_for_function("() => !/…|^$/.test(document.getElementById('status').textContent)")
    numbers = [int(number) for number in re.findall(r"\d+", page.inner_text("#status"))]
    return (numbers[0], numbers[1]) if numbers else (0, 0)


def test_words_are_the_same_in_the_browser(page: Any) -> None:
    """The script takes texts apart as the index was made."""
    page.goto("search.html")
    texts = [
        "Łódź, Straße, Ødegård; Ἀθῆναι, всё и мой", "與蔣介石談話 in 東京へ行く", "e\u0301tat co\u00adoperation",
        "ﬁnance ¼ ½", "İstanbul ıslak",
        "สวัสดี ภาษาไทย", "हिन्दी में", "العَرَبِيَّة", "שָׁלוֹם", "한국어 말", "Zinovʹev’s Ch‘en",
        "A_b 1,000 x² ⑴ № ＡＢＣ", "\U00020000a Ⅷ ﷺ",
    ]  # fmt: skip
    own = [[[word.key, word.start, word.end] for word in words(text)] for text in texts]
    script = "texts => texts.map(text => wordsOf(text).map(word => [word.key, [...text.slice(0, word.start)].length,"
    assert page.evaluate(script + "[...text.slice(0, word.end)].length]))", texts) == own


ASKED = [
    ("q=%22chinese+eastern+railway%22", ["chinese eastern railway"], []),
    ("q=%22chinese+eastern+railway%22&speaker=soong", ["chinese eastern railway"], ["soong"]),
    ("q=manag*", ["manag*"], []), ("q=railway&speaker=stalin&speaker=soong", ["railway"], ["stalin", "soong"]),
    ("q=port+dairen&together=yes", ["port", "dairen"], []), ("q=kwangsi", ["kwangsi"], []),
    ("q=%E4%BB%8B%E7%9F%B3", ["介石"], []), ("q=lodzi", ["lodzi"], []), ("q=strasse", ["strasse"], []),
    ("q=%D1%87%D0%B6%D0%BE%D1%83", ["чжоу"], []), ("q=%D0%B2%D1%81%D0%B5", ["все"], []),
    ("q=%22weeks+two%22", ["weeks two"], []),
]  # fmt: skip


def test_search_finds_what_the_command_finds(page: Any, edition: Edition) -> None:
    """The site finds as many places as the index of the command line, in as many documents."""
    own = set(edition.register)
    sources = [Source(file, file.stem) for file in edition.tei_files() if file not in own]
    for asked, terms, speakers in ASKED:
        choice = Choice(facets={"speaker": speakers})
        hits = search(terms, sources, choice=choice, edition=edition, report=lambda finding: None)
        assert counted(page, asked) == (len(hits), len({hit.document for hit in hits})), asked


def test_search_is_narrowed_and_kept_in_the_address(page: Any) -> None:
    """Typing, choosing, sorting and going back: the address says what is shown."""
    page.goto("index.html")
    page.fill("header.site input[type=search]", "china")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found li")
    everything = page.locator("#found > li").count()
    assert everything > 2
    page.check("#facets input[name=kind][value=minutes]")
    page.wait_for_function(f"() => document.querySelectorAll('#found > li').length < {everything}")
    assert "kind=minutes" in page.url
    page.select_option("select[name=sort]", "date")
    page.wait_for_function("() => location.search.includes('sort=date')")
    links = [link.get_attribute("href") for link in page.locator("#found > li > h2 a").all()]
    assert links == [f"stalin-soong-1945-{day}.html" for day in ("06-30", "08-10")]
    page.fill("input[name=from]", "1945-08")
    page.keyboard.press("Tab")
    page.wait_for_function("() => document.querySelectorAll('#found > li').length === 1")
    page.fill("#q", "dairen")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('q=dairen')")
    kept = page.url
    page.click("#away")
    page.wait_for_function("() => !location.search.includes('kind=')")
    page.go_back()
    page.wait_for_function("() => document.querySelector('#facets input[value=minutes]')?.checked")
    assert page.url == kept


def test_search_says_that_there_is_no_such_word(page: Any) -> None:
    """A word that is nowhere is said to be so, and words like it are offered."""
    assert counted(page, "q=dairne") == (0, 0)
    assert page.inner_text("#alike").startswith("No exact match for “dairne”.")
    page.click("#alike a >> text=dairen")
    page.wait_for_selector("#found li")
    page.goto("search.html?q=china+-stalin")
    page.wait_for_selector("#found li")
    assert not page.locator(f"#found a[href='{TALK}.html']").count()
    page.goto("search.html?q=soong+NEAR/3+stalin")
    page.wait_for_selector("#found mark")


def test_a_place_found_leads_to_its_words(page: Any, site: Path) -> None:
    """A hit opens the page at the passage; every passage of the index is a place on its page."""
    page.goto("search.html?q=%22parity%22+dairen&together=yes")
    page.click("#found .passages a >> nth=0")
    page.wait_for_url(re.compile(r"#t-"))
    assert "dairen" in page.inner_text(":target").casefold()
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 900
    for file in sorted((site / "search" / "text").glob("*.js")):
        rows = json.loads(file.read_text(encoding="utf-8").partition(",")[2].removesuffix(");\n"))
        there = lxml_html.fromstring((site / f"{file.stem}.html").read_bytes()).xpath("//@id")
        assert {f"t-{anchor}" for _, anchor, _, _ in rows if anchor} <= set(there), file.stem


def test_many_places_are_shown_on_demand(page: Any) -> None:
    """Of many passages a few are shown, and all with a button, which hands the focus on."""
    page.goto("search.html?q=stalin")
    more = page.locator("#found .more").first
    more.focus()
    number = int(re.findall(r"\d+", more.inner_text())[0])
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => document.querySelectorAll('#found > li .passages li').length >= {number}")
    assert page.evaluate("document.activeElement.closest('.passages') !== null")


def test_citations_are_copied(page: Any) -> None:
    """The button copies what stands beside it; at a place the citation names the place."""
    page.goto(f"{TALK}.html#t-turn-12")
    button = page.locator("button.copy").first
    source = page.locator(f"#{button.get_attribute('data-copies')}")
    said = " ".join(source.inner_text().split())
    button.click()
    page.wait_for_timeout(100)
    assert page.evaluate("navigator.clipboard.readText()") == said
    assert "12" in said
    assert "Soong" in said


def test_permalinks_lead_to_places(page: Any) -> None:
    """The number beside a turn is a link to it."""
    page.goto(f"{TALK}.html")
    link = page.locator("a.n[href='#t-turn-40']")
    link.click()
    assert page.url.endswith("#t-turn-40")
    assert page.locator("#t-turn-40:target").count() == 1


def test_views_are_switched(page: Any) -> None:
    """Every view of a document is one link away, also the edition's own, and says where one is."""
    page.goto(f"{NOTE}.html")
    here = ".views [aria-current=page]"
    seen = set()
    for name in ("Diplomatic view", "Side by side", "The editor’s view", "Reading view"):
        page.click(f".views a:text-is('{name}')")
        page.wait_for_load_state()
        assert page.locator(here).all_inner_texts() == [name]
        seen.add(page.url)
    assert len(seen) == 4


def test_reading_side_by_side(page: Any) -> None:
    """What stands side by side on a desktop is aligned; on a phone one stands under the other."""
    page.goto(f"{TALK}-parallel.html")
    left, right = (page.locator(f"#{key}t-turn-40").bounding_box() for key in ("", "b-"))
    assert right["x"] - left["x"] > 300
    assert abs(right["y"] - left["y"]) < 3
    page.set_viewport_size({"width": 390, "height": 800})
    left, right = (page.locator(f"#{key}t-turn-40").bounding_box() for key in ("", "b-"))
    assert right["y"] > left["y"]
    assert abs(right["x"] - left["x"]) < 40
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_translations_and_images_stand_beside_the_text(page: Any, site: Path) -> None:
    """The original leads to its translation side by side and back; pages have their images; others have neither."""
    page.goto("brief.html")
    page.click(".views a:text-is('With the translation')")
    sides = [side.split("\n") for side in page.locator(".pair:not(.sides) .side").all_inner_texts()]
    assert [side[-1] for side in sides] == ["Lieber Freund!", "Dear friend,", "Bis bald.", "See you soon."]
    page.goto("brief.html")
    page.click(".views a:text-is('Translation (en)')")
    page.click(".views a:text-is('With the original')")
    assert page.locator(".pair .side[lang=de]").count() == 2
    page.goto("scanned.html")
    page.click(".views a:text-is('With images')")
    names = "[...document.querySelectorAll('.page-image img')].map((one) => one.src.split('/').pop())"
    assert page.evaluate(names) == ["scan.png", "scan.png"]
    there = {path.name for path in site.glob("*-*.html")}
    assert not {f"{NOTE}-facsimile.html", f"{NOTE}-translation.html", "russian-parallel.html"} & there


def test_a_long_list_is_narrowed(browser: Any, long_site: Path) -> None:
    """Too many documents are on pages of their own; words, year and order find those that fit, from any page."""
    with Preview(long_site, 0) as preview:
        one = browser.new_page()
        one.goto(preview.address)
        assert one.locator(".years li").count() > 2
        one.fill("form.filter input[name=words]", "POLISH")
        one.wait_for_selector("ol.contents li")
        assert one.locator("ol.contents h3").all_inner_texts() == ["A polish letter"]
        assert not one.locator(".years").is_visible()
        one.goto(f"{preview.address}documents/2.html")
        one.select_option("form.filter select[name=year]", "1945")
        one.select_option("form.filter select[name=order]", "latest")
        one.wait_for_function("() => document.querySelectorAll('.listing[hidden] + ol.contents li').length === 4")
        one.click(".listing + ol.contents h3 a >> nth=0")
        one.wait_for_url(re.compile(f"{NOTE}.html"))
        one.goto(f"{preview.address}register/persons.html#zhou-enlai")
        one.wait_for_url(re.compile("register/persons/zhou-enlai.html"))
        one.close()


def test_pages_print(page: Any, tmp_path: Path) -> None:
    """On paper the text is there and the navigation is not."""
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed (extra dev)")
    page.goto(f"{NOTE}.html")
    page.emulate_media(media="print")
    assert not page.locator("header.site form.search").is_visible()
    page.pdf(path=tmp_path / "note.pdf", format="A4")
    document = pdfium.PdfDocument(tmp_path / "note.pdf")
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert "Manchuria" in text
    assert 1 <= len(document) <= 4
    document.close()


@pytest.mark.parametrize(
    "name", ["index.html", f"{NOTE}.html", f"{NOTE}-parallel.html", "search.html?q=manchuria", "map.html"]
)
def test_keys_alone_reach_everything(page: Any, name: str) -> None:
    """Every link, button and field that is seen is reached with the tab key, and shows that it is."""
    page.goto(name)
    if "?" in name:
        page.wait_for_selector("#found li")
    wanted = page.evaluate("""() => {
      document.activeElement?.blur();
      const all = [...document.querySelectorAll("a[href], button, input, select, summary, textarea, [tabindex='0']")]
        .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0);
      const radios = (e) => e.type === "radio";
      all.forEach((e, at) => { e.dataset.key = at; });
      return all.filter((e) => !radios(e)).map((e) => e.dataset.key);
    }""")
    page.evaluate("getSelection().collapse(document.body, 0)")
    reached, marked, first = set(), set(), None
    for _ in range(len(wanted) + 30):
        page.keyboard.press("Tab")
        key, seen = page.evaluate("""() => {
          const e = document.activeElement, style = getComputedStyle(e);
          return [e.dataset.key ?? null, style.outlineStyle !== "none" || style.boxShadow !== "none"];
        }""")
        first = first or key
        reached.add(key)
        if seen:
            marked.add(key)
        if set(wanted) <= reached:
            break
    assert set(wanted) - reached == set()
    assert set(wanted) - marked == set()
    assert page.evaluate(f"document.querySelector('[data-key=\"{first}\"]').className") == "skip"


def test_keys_alone_search(page: Any) -> None:
    """A search is typed, narrowed and opened without a mouse."""
    page.goto("search.html")
    page.wait_for_selector("#choices:not([hidden])")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("manchuria")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found li")
    page.focus("#facets input[name=archive]")
    page.keyboard.press("Space")
    page.wait_for_function("() => location.search.includes('archive=')")
    page.wait_for_function("() => document.activeElement.name === 'archive' && document.activeElement.checked")
    page.focus("#found h2 a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"-\d\d\.html$"))


def test_nothing_but_search_needs_scripts(browser: Any, address: str) -> None:
    """Without JavaScript texts are read, and the search page leads to all documents and registers."""
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("search.html")
    assert page.locator("noscript p").is_visible()
    assert not page.locator("#choices").is_visible()
    page.click(f"#all a[href='{TALK}.html']")
    assert "Dairen" in page.inner_text("main")
    context.close()


def test_it_works_from_a_folder(browser: Any, site: Path) -> None:
    """Opened without a server the pages have their styles, and even the search works."""
    page = browser.new_page()
    page.goto((site / f"{NOTE}.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('main')).fontFamily") != ""
    assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.ownerNode.sheet)")
    page.fill("header.site input[type=search]", "介石")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found mark")
    assert page.locator("#found mark").all_inner_texts() == ["介石", "介石"]
    page.click("#found .passages a >> nth=0")
    page.wait_for_url(re.compile(r"chinese\.html#t-p-1(:~:|$)"))
    page.close()


def test_the_preview_loads_pages_again(browser: Any, site: Path) -> None:
    """An open page loads again when the site was made again, and only then."""
    with Preview(site, 0) as preview:
        page = browser.new_page()
        page.goto(f"{preview.address}{NOTE}.html")
        page.evaluate("window.before = true")
        page.wait_for_timeout(1200)
        assert page.evaluate("window.before") is True
        preview.changed()
        page.wait_for_function("() => window.before === undefined", timeout=5000)
        page.close()


KINDS = [
    "index.html", f"{NOTE}.html", f"{NOTE}-diplomatic.html", f"{NOTE}-parallel.html", "scanned-facsimile.html",
    "brief-translation.html", "search.html?q=manchuria", "register/persons.html", "register/persons/zhou-enlai.html",
    "speakers.html", "speaker/stalin.html", "chronology.html", "map.html", "about.html", "downloads.html", "404.html",
]  # fmt: skip
LONG = ["index.html", "documents/2.html", "register/persons.html"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEEN = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]
"""What may be otherwise in the dark, and on a phone."""


def test_pages_are_accessible(browser: Any, site: Path, long_site: Path) -> None:
    """No kind of page has a fault that axe-core finds, light or dark, wide or narrow; none is wider than a phone."""
    package = importlib.util.find_spec("axe_playwright_python")
    if package is None or package.origin is None:
        pytest.skip("axe-playwright-python is not installed (extra browser)")
    axe = (Path(package.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    asked = "(only) => axe.run(document, { runOnly: only, resultTypes: ['violations'] })"
    faults = []
    for folder, names in ((site, KINDS), (long_site, LONG)):
        with Preview(folder, 0) as preview:
            context = browser.new_context(
                bypass_csp=True, color_scheme="light", viewport={"width": 1280, "height": 900}
            )
            page = context.new_page()
            for name in names:
                page.goto(preview.address + name)
                if "?" in name:
                    page.wait_for_selector("#found li")
                page.evaluate(axe)
                for scheme, width, only in (("light", 1280, TAGS), ("dark", 390, SEEN)):
                    page.emulate_media(color_scheme=scheme)
                    page.set_viewport_size({"width": width, "height": 900})
                    found = page.evaluate(asked, only)["violations"]
                    faults += [(name, scheme, one["id"], one["nodes"][0]["html"][:90]) for one in found]
                if page.evaluate("document.documentElement.scrollWidth") > 390:
                    faults.append((name, "wide"))
            context.close()
    assert faults == []


@pytest.mark.timeout(120)
def test_pages_are_valid(site: Path, long_site: Path) -> None:
    """The Nu checker has nothing to say of any page."""
    checker = Path(os.environ.get("VNU_JAR", ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"))
    if not checker.is_file() or shutil.which("java") is None:
        pytest.skip("the Nu checker is not here (npm install vnu-jar, or VNU_JAR names it), or no Java")
    files = [str(path) for folder in (site, long_site) for path in sorted(folder.rglob("*.html"))]
    run = subprocess.run(
        ["java", "-jar", str(checker), "--errors-only", *files], capture_output=True, text=True, check=False
    )
    assert (run.stderr[:2000], run.returncode) == ("", 0)


def test_a_very_long_word_in_a_title_does_not_widen_the_page(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{TALK}.html")
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
    page.evaluate("word => document.querySelectorAll('h1, .title').forEach((one) => { one.textContent = word; })", word)
    assert page.locator("nav.neighbours .title").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_search_writes_days_as_the_other_pages_do(page: Any) -> None:
    page.goto("search.html?q=mongolia")
    page.wait_for_selector("#found li")
    facts = page.locator("#found .facts").all_inner_texts()
    assert any(one.startswith("10 August 1945") for one in facts)
    assert not any("August 10" in one for one in facts)
