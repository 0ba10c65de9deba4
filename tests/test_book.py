"""A book has all the words of its documents, each link leads somewhere, and its index names the right pages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from conftest import ROOT
from lxml import etree
from test_views import document

from tei_edition.book import Book, bind
from tei_edition.book.registers import on_pages, runs
from tei_edition.edition import Edition, Responsible
from tei_edition.finding import Finding
from tei_edition.paper import of_book, of_page
from tei_edition.site.gathering import Gathered, Published, gather
from tei_edition.site.permalinks import Permalinks
from tei_edition.views import render

SMALL = """<div><head xml:id="h">Record of a talk</head>
<p xml:id="p1">Words<note n="1" xml:id="n1">A note at the foot.</note> go on, see <ref target="#h">above</ref> and
<ref target="nowhere.xml">elsewhere</ref>. <supplied>More</supplied> <unclear>words</unclear>.</p></div>"""


def small(*bodies: str) -> list[Published]:
    """Return small documents on their way to a book."""
    return [
        Published(id=f"one-{number}", file=Path(f"{number}.xml"), data=b"<TEI/>", tree=document(body),
                  digest=etree.Element("document"))
        for number, body in enumerate(bodies)
    ]  # fmt: skip


def bound(*bodies: str) -> Book:
    """Return a book of small documents."""
    edition = Edition(
        folder=Path("/nowhere"), tei=Path("/nowhere"), title="Letters & talks", subtitle="A selection",
        date="2026-11-22", publisher="A press", rights="Free.",
        responsible=(Responsible(id="e", resp="edited by", name="Ann Other"),),
    )  # fmt: skip
    return bind(edition, small(*bodies), report=lambda finding: None)


@cache
def _sample() -> tuple[Edition, Gathered]:
    edition = Edition.load(ROOT / "edition.toml")
    return edition, gather(edition, lambda finding: None, Permalinks())


def edition_book(*bodies: str) -> Book:
    """Return the sample edition as a book, with small documents after its own."""
    edition, gathered = _sample()
    documents = [*gathered.documents, *small(*bodies)]
    return bind(edition, documents, gathered.registers, images=gathered.images, report=lambda finding: None)


def test_the_parts_of_a_book_come_in_the_order_of_the_trade() -> None:
    kinds = [part.kind for part in edition_book().parts]
    assert kinds[:4] == ["half-title", "title", "imprint", "contents"]
    assert kinds[4:9] == ["document"] * 5 and kinds[9] == "signs" and kinds[-1] == "colophon"
    assert kinds[10:-1] == ["register"] * 3


def test_a_book_of_one_document_has_its_title() -> None:
    book = bound(SMALL)
    assert book.title == "A document"
    assert [part.kind for part in book.parts] == ["title", "imprint", "document", "colophon"]


def test_ids_are_unique_and_every_link_leads_to_one() -> None:
    for book in (edition_book(), bound(SMALL, SMALL)):
        ids = [node.get("id") for part in book.parts for node in part.body.iter() if node.get("id")]
        assert len(ids) == len(set(ids))
        links = [link.get("href") for part in book.parts for link in part.body.iter("a") if link.get("href")]
        assert [link for link in links if link.startswith("#") and link[1:] not in ids] == []
        assert [link for link in links if not re.match(r"#|https?://|mailto:", link)] == []
        references = [
            key for part in book.parts for node in part.body.iter()
            for key in (node.get("aria-labelledby") or "").split()
        ]  # fmt: skip
        assert set(references) <= set(ids)


def test_no_word_of_a_document_is_lost() -> None:
    _, gathered = _sample()
    whole = " ".join(" ".join(part.body.itertext()) for part in edition_book().parts)
    said = set(re.findall(r"\w+", whole))
    for one in gathered.documents:
        view = lxml.html.fragment_fromstring(render(one.tree, report=lambda finding: None, fragment=True))
        assert set(re.findall(r"\w+", " ".join(view.itertext()))) - said == set()


def test_what_documents_share_is_said_once() -> None:
    one, two = bound(SMALL), bound(SMALL, SMALL)
    count = [sum("Signs used" in " ".join(part.body.itertext()) for part in book.parts) for book in (one, two)]
    assert count[0] == 1 and [part.kind for part in two.parts].count("signs") == 1
    assert not any(part.body.xpath(".//section[@class='signs']") for part in two.parts if part.kind == "document")


def test_the_index_leads_to_names_and_turns_and_from_other_forms() -> None:
    book = edition_book()
    ids = book.ids()
    for part in (part for part in book.parts if part.kind == "register"):
        for entry in part.body.iter("li"):
            locators = entry.xpath(".//a[@class='locator']/@href")
            assert locators or "see" in entry.xpath("./i/text()")
            assert all(ids[key[1:]].kind == "document" for key in locators)
    names = [" ".join(node.itertext()) for part in book.parts for node in part.body.xpath(".//*[@class='lead-name']")]
    assert "Stalin, Iosif" in names and "Chou En-lai" in names


REGISTER = """<register id="persons" lang="la"><title>Personae</title>
<entry id="a" key="aulus" lead="Aulus"><name>Marcus Aulus</name><form>Zulus</form><note>Orator</note></entry>
</register>"""
LATIN = """<div><head>Epistula</head><p>Verba <gap reason="illegible" quantity="2" unit="word"/>
<unclear>dubia</unclear> <supplied>addita</supplied> <del>deleta</del> <add place="above">supra</add>
<choice><sic>tex</sic><corr>rex</corr></choice>
<choice><abbr>Dr</abbr><expan>Doctor</expan></choice><note>Nota.</note></p></div>"""


def latin(language: str) -> Book:
    """Return a book of Latin texts in an edition of one of the languages that the toolkit speaks."""
    edition = Edition(
        folder=Path("/nowhere"), tei=Path("/nowhere"), title="Epistulae", subtitle="Selectae", date="2026-03-01",
        publisher="Officina", rights="Libera.", licence="https://example.org/l", description="De libro.",
        responsible=(Responsible(id="e", resp="edited by", name="Gaius"),), language=language,
    )  # fmt: skip
    documents = small(LATIN, LATIN)
    for one in documents:
        etree.SubElement(one.digest, "mention", entry="persons#a", at="")
    register = Published(
        id="persons", file=Path("persons.xml"), data=b"", tree=one.tree, digest=etree.fromstring(REGISTER)
    )
    return bind(edition, documents, [register], report=lambda finding: None)


_OURS = ".//*[not(@class = 'identifier')]"


def spoken(book: Book) -> set[str]:
    """Return the words that a book says, to be read or heard."""
    said: list[str] = []
    for node in (node for part in book.parts for node in part.body.xpath(_OURS)):
        said += [node.text or "", node.tail or "", *(node.get(name, "") for name in ("aria-label", "title", "alt"))]
    return set(re.findall(r"[^\W\d_]{3,}", " ".join(said)))


def test_a_book_speaks_the_language_of_its_edition() -> None:
    """What the English and the German book share are words of the sources and names; all else is ours, in German."""
    english, german = (spoken(latin(language)) for language in ("en", "de"))
    own = f"{REGISTER} {etree.tostring(document(LATIN)).decode()} Epistulae Selectae Officina Libera Gaius De libro"
    shared = {word.casefold() for word in english & german} - set(re.findall(r"[^\W\d_]{3,}", own.casefold()))
    assert shared <= {"tei", "edition", "toolkit", "https", "example", "org"} | {"was", "hand"}  # these are German, too
    assert {"Inhalt", "siehe", "Dieses", "Buch", "März", "Herausgegeben", "Zitierweise", "Lizenz"} <= german
    assert {"Contents", "see", "This", "book", "March", "Edited", "Cite", "Licence"} <= english


def test_locators_become_pages_each_once() -> None:
    index = lxml.html.fragment_fromstring(
        '<ul><li>A<span class="places">'
        + "".join(f'<a class="locator" href="#k{number}">x</a>' for number in range(6))
        + "</span></li></ul>"
    )
    on_pages(index, {"k0": 3, "k1": 3, "k2": 4, "k3": 5, "k4": 9, "k5": 10})
    assert index.text_content() == "A3–5, 9, 10"
    assert index.xpath(".//a/@href") == ["#k0", "#k4", "#k5"]
    assert runs([]) == []


def test_running_heads_and_contents_are_on_the_page() -> None:
    page = of_page(of_book(edition_book()))
    assert page.find(".//nav[@id='contents']") is not None
    assert all(heading.get("data-book") for heading in page.iter("h1"))


@pytest.mark.timeout(110)
def test_the_pdf_of_the_edition_has_every_word_and_the_pages_that_its_index_names(findings: list[Finding]) -> None:
    pytest.importorskip("weasyprint", reason="WeasyPrint is not here", exc_type=(ImportError, OSError))
    pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is not here")
    from tei_edition.pdf import pdf_of

    book = edition_book()
    data = pdf_of(book, report=findings.append)
    assert findings == [] and pdf_of(book, report=findings.append, known=data) is data
    paper = pypdfium2.PdfDocument(data)
    pages = [_plain(paper[number].get_textpage().get_text_range()) for number in range(len(paper))]
    assert paper.count_attachments() == 5
    paper.close()
    whole = set(re.findall(r"\w+", "".join(pages).replace("\n", " ")))
    joined = re.sub(r"\W", "", "".join(pages))
    for part in book.parts:
        words = part.body.xpath(".//text()[not(ancestor::a[@class='locator'])]")
        for word in set(re.findall(r"\w+", _plain(" ".join(words)))):
            assert word in whole or word in joined, (part.name, word)
    text = " ".join("\n".join(pages).split())
    entry = re.search(r"Osman, Kazakh leader in Xinjiang, (\d+)", text)
    assert entry and "Osman" in pages[int(entry[1]) - 1]
    listed = re.search(r"Contents .*?Persons (\d+) Places (\d+)", text)
    assert listed and "Persons" in pages[int(listed[1]) - 1] and "Places" in pages[int(listed[2]) - 1]


def _plain(text: str) -> str:
    """Return the text of a page with words joined that a line divides."""
    return re.sub(r"[\ufffe\u00ad\u0002]\s*", "", text.replace("\r\n", "\n"))
