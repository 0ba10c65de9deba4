"""In text from right to left, what runs from left to right says so; pages without such text are as they were."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from lxml import etree
from test_views import HTML_VIEWS, document

from tei_edition import saxon, tei
from tei_edition.finding import Finding
from tei_edition.views import LANGUAGES, render

ARABIC = """قال الرجل <gap reason="illegible" quantity="2" unit="words"/> ثم <sic>إلا</sic> و<unclear>كتاب</unclear>
<add hand="#h1">زاد</add> <foreign xml:lang="en">Foreign Office <gap reason="lost"/></foreign> نهاية.<note>حاشية
<gap reason="lost"/></note>"""


def shown(tree: etree._Element, findings: list[Finding], view: str = "reading", **options: Any) -> Any:
    """Return a view of a tree."""
    page = lxml.html.document_fromstring(render(tree, view, report=findings.append, **options))
    assert findings == []
    return page


def side(node: Any) -> str:
    """Return which way the words of an element run."""
    return next((above.get("dir") for above in (node, *node.iterancestors()) if above.get("dir")), "ltr")


@pytest.mark.parametrize("view", HTML_VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_edition_run_their_own_way(view: str, language: str, findings: list[Finding]) -> None:
    page = shown(document(f'<p xml:lang="ar">{ARABIC}</p>'), findings, view, language=language)
    said = list(page.iter("bdi"))
    assert {(node.get("lang"), node.get("dir")) for node in said} == {(language, "ltr")}
    assert len(said) >= 4 and {side(node.getparent()) for node in said} == {"rtl"}
    gap = page.xpath("//p//span[@class='gap'][.//bdi]")[0]
    assert [part.text or part[0].text for part in gap][::2] == ["[", "]"]  # mirrored with the text around them
    assert all(node.text.strip() == node.text and node.text[0] not in "/," for node in said)
    assert not page.xpath("//i[@lang='en']//bdi | //*[@class='signs']//bdi")


def test_without_markup_the_words_are_the_same(findings: list[Finding]) -> None:
    words = [
        "".join(shown(document(f'<p xml:lang="{language}">{ARABIC}</p>'), findings).find(".//article").itertext())
        for language in ("ar", "ar-Latn")
    ]
    assert words[0] == words[1]


@pytest.mark.parametrize("where", ["root", "text", "p"])
def test_a_text_from_right_to_left_runs_so_wherever_its_language_stands(where: str, findings: list[Finding]) -> None:
    tree = document(f"<p>{ARABIC}</p><p xml:lang='en'>In English.</p><p xml:lang='he'>שלום</p>")
    target = tree if where == "root" else next(tree.iter(f"{{{tei.TEI}}}text"))
    next(target.iter(f"{{{tei.TEI}}}p") if where == "p" else iter([target])).set(tei.LANG, "ar")
    page = shown(tree, findings)
    text = page.get_element_by_id("text")
    sides = [side(node) for node in text.iter("p")]
    assert sides == ["rtl", "ltr", "rtl"]
    body = page.xpath("//div[@class='note-body']")[0]
    assert (body.get("lang"), body.get("dir")) == ("ar", "rtl")
    assert side(page.get_element_by_id("notes")) == "ltr"


def test_a_language_in_letters_of_another_runs_as_its_letters_do(findings: list[Finding]) -> None:
    body = '<div xml:lang="ota"><p>Muḥammedü’l-Muṣṭafā <foreign xml:lang="ar">ṣallā llāhu</foreign> <gap/></p></div>'
    tree = document(body)
    tree.set(tei.LANG, "ota")
    page = shown(tree, findings)
    assert page.xpath("//*[@dir]") == [] and page.xpath("//i/@lang") == ["ar"]


def test_pages_without_such_text_are_made_once(findings: list[Finding], monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    transform = saxon.transform
    monkeypatch.setattr(saxon, "transform", lambda *given: made.append(1) or transform(*given))
    shown(document("<p>Words <gap/></p>"), findings)
    assert len(made) == 1
    shown(document(f"<p xml:lang='ar'>{ARABIC}</p>"), findings)
    assert len(made) == 3
