"""What the pages of a site promise beyond hanging together: ids that stay, citations, voices, tables, languages."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, bytes_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from test_site import dangling, edition, page, tei, words  # noqa: F401

import tei_edition.site
from tei_edition import Edition, publish
from tei_edition.edition import EditionError
from tei_edition.finding import Finding
from tei_edition.phrases import phrase, phrases
from tei_edition.publishing import Publishing
from tei_edition.site import citing, paging, setting, working
from tei_edition.site.mapping import Point, drawn_map
from tei_edition.site.permalinks import Permalinks, print_of

TEXT = [
    "The Japanese want to capitulate before the week is over.",
    "Thanks to all; they want to keep their emperor, it seems.",
    "Now we must wait until the conditions have been settled.",
    "Perhaps they got what they deserved in the last months.",
]


def given_ids(links: Permalinks, *texts: str, document: str = "talk") -> list[str]:
    """Return the ids that paragraphs get, and let the file be what it is after publishing."""
    ids = links.ids(document, [("p", print_of(text)) for text in texts])
    links.rows = {
        key: dict(
            row.split(",", 2)[1:3] for row in links.table().decode().splitlines()[1:] if row.startswith(f"{key},")
        )
        for key in {*links.rows, *links.now}
    }
    return ids


def test_a_place_keeps_its_id_when_the_text_around_it_changes() -> None:
    """New words get new ids, changed words keep theirs, lost ones are never given again."""
    links = Permalinks()
    assert given_ids(links, *TEXT) == ["p-1", "p-2", "p-3", "p-4"]
    assert given_ids(links, TEXT[0], "Something new was said here by someone.", *TEXT[1:]) == [
        "p-1", "p-1a", "p-2", "p-3", "p-4",
    ]  # fmt: skip
    assert given_ids(links, TEXT[0], TEXT[1].replace("seems", "is said"), TEXT[2], TEXT[3]) == [
        "p-1",
        "p-2",
        "p-3",
        "p-4",
    ]
    assert given_ids(links, TEXT[0], TEXT[3]) == ["p-1", "p-4"]
    assert links.gone("talk") == {"p-1a": "p-1", "p-2": "p-1", "p-3": "p-1"}
    assert given_ids(links, TEXT[0], TEXT[3], "At the end there is another paragraph now.") == ["p-1", "p-4", "p-5"]
    back = given_ids(links, TEXT[0], TEXT[1].replace("seems", "is said"), *TEXT[2:])
    assert back == ["p-1", "p-2", "p-3", "p-4"]


@given(
    st.lists(
        st.lists(st.sampled_from(["a b c d e", "f g h i j", "a b c d f", "x", "", "k l m n o p"]), max_size=8),
        max_size=4,
    )
)
def test_ids_are_never_given_twice(states: list[list[str]]) -> None:
    """Whatever the text becomes, its places have different ids, in a file that gives the same ids again."""
    links = Permalinks()
    for texts in states:
        ids = given_ids(links, *texts)
        assert len(set(ids)) == len(ids)
        assert given_ids(links, *texts) == ids


def test_documents_that_were_merged_or_renamed_lead_to_their_words() -> None:
    """The places of a document that is gone are found in others by their words."""
    links = Permalinks()
    given_ids(links, *TEXT, document="old")
    links.now = {}
    links.ids("first", [("p", print_of(text)) for text in TEXT[:2]])
    links.ids("second", [("p", print_of(text)) for text in TEXT[2:]])
    moved = links.moved({})
    assert moved["old"]["p-1"] == ("first", "p-1")
    assert moved["old"]["p-4"] == ("second", "p-2")
    assert links.moved({"old": "second"})["old"][""] == ("second", "")


def test_permalinks_hold_on_the_site(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """An edited document keeps its addresses, one that left has a page that leads on, and nothing dangles."""
    folder = publish(edition, report=findings.append)
    assert page(folder, "talk.html").get_element_by_id("t-turn-3") is not None
    talk = edition.tei / "talk.xml"
    new, anna = '<sp who="#stranger"><p>No, never was it so.</p></sp>', '<sp who="#anna"><speaker>Anna'
    talk.write_text(talk.read_text(encoding="utf-8").replace(anna, new + anna), encoding="utf-8")
    publish(edition, report=findings.append)
    tree = page(folder, "talk.html")
    assert words(tree.get_element_by_id("t-turn-3")) == "3 Anna: Good."
    assert "never was it so" in words(tree.get_element_by_id("t-turn-2a"))
    (edition.tei / "letter.xml").unlink()
    (edition.tei / "brief.xml").write_text(tei("brief", "<p>Another.</p>"), encoding="utf-8")
    renamed = replace(
        edition, documents=tuple(one for one in edition.documents if one.id != "letter"),
        publishing=Publishing(moved={"letter": "brief"}),
    )  # fmt: skip
    publish(renamed, report=findings.append)
    assert page(folder, "letter.html").xpath("//ul[@class='moved']/li/a/@href") == ["brief.html"]
    assert page(folder, "letter.html").get_element_by_id("t-p-1") is not None
    assert dangling(folder) == []


def test_a_file_of_ids_that_cannot_be_read_is_told(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """The ids are counted anew, and the editor knows."""
    for wrong in ("nonsense", "document,place,words\n../a,p-1,00\n", "document,place,words\na,p-1\x00,00\n"):
        findings.clear()
        (edition.folder / "permalinks.csv").write_text(wrong, encoding="utf-8")
        publish(edition, report=findings.append)
        assert "permalinks-unreadable" in {finding.rule for finding in findings}
        assert (edition.folder / "permalinks.csv").read_text(encoding="utf-8") == wrong, "it can still be mended"


WORK = citing.Work(
    id="a-1", title="Is it {so}?", date="1945-08-10", dated="10 August 1945", authors=["A. One", "B. Two"],
    archive="Archive, box 1", edition="Letters & <more>", editors=["E. Ditor"], publisher="Press",
    published="2026-11-22", version="1.2", address="https://example.org/a-1.html", licence="https://example.org/licence",
)  # fmt: skip


def test_citations_say_what_is_known() -> None:
    """Chicago, MLA, BibTeX, RIS, CSL-JSON and the head of the page, each in its own form."""
    chicago, mla = ("".join(form(WORK, str)[0].itertext()) for form in (citing.chicago, citing.mla))
    assert chicago == (
        "A. One, B. Two. “Is it {so}?” 10 August 1945, Archive, box 1. In Letters & <more>, edited by E. Ditor. "
        "Press, 2026. Version 1.2.  https://example.org/a-1.html. "
    )
    assert mla.startswith(
        "A. One, B. Two. “Is it {so}?” 10 August 1945. Letters & <more>, edited by E. Ditor, version 1.2, Press, 2026."
    )
    assert "  title = {{Is it \\{so\\}?}},\n" in citing.bibtex(WORK)
    assert "  author = {{A. One} and {B. Two}},\n" in citing.bibtex(WORK)
    assert citing.ris(WORK).startswith("TY  - CHAP\r\nID  - a-1\r\nAU  - A. One\r\nAU  - B. Two\r\n")
    assert citing.ris(WORK).endswith("ER  - \r\n")
    # Programs take DA for the day of publication, which the day of the document is not.
    assert f"\r\nOP  - {WORK.date}\r\n" in citing.ris(WORK)
    assert WORK.date.replace("-", "/") not in citing.ris(WORK)
    (item,) = json.loads(citing.csl(WORK))
    assert item["original-date"] == {"date-parts": [[1945, 8, 10]]}
    assert ("citation_author", "B. Two") in citing.head(WORK)
    assert json.loads(citing.linked(WORK))["isPartOf"]["name"] == "Letters & <more>"
    assert "<" not in citing.linked(WORK)
    both = json.loads(citing.linked(replace(WORK, editors=("A Press", "A. N. Editor"), publisher="A Press")))
    assert [one["@type"] for one in both["editor"]] == ["Organization", "Person"]


def test_speakers_have_everything_they_say(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """As a page, as text and as a table; who is in no register has a page too."""
    folder = publish(edition, report=findings.append)
    said = [one.text_content().strip() for one in page(folder, "speaker/brandt.html").xpath("//div[@class='one']/div")]
    assert said == ["To Kiel?", "Good."]
    rows = list(csv.DictReader(io.StringIO((folder / "speaker/brandt.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["place"], row["text"]) for row in rows] == [("t-turn-1", "To Kiel?"), ("t-turn-3", "Good.")]
    assert "[turn-2] Yes." in (folder / "speaker/talk-stranger.txt").read_text(encoding="utf-8")
    assert "../../speaker/brandt.html" in page(folder, "register/persons/brandt.html").xpath("//@href")


def test_every_mention_stands_in_its_context(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """The page of an entry and the table have the words around the name."""
    folder = publish(edition, report=findings.append)
    lines = [words(one) for one in page(folder, "register/places/kiel.html").find_class("kwic")]
    assert lines[0] == "Anna : To Kiel ?".replace("Anna :", "Anna:").replace(" ?", " ?")
    rows = list(csv.DictReader(io.StringIO((folder / "data/mentions.csv").read_text(encoding="utf-8-sig"))))
    kiel = [row for row in rows if row["entry"] == "places#kiel" and row["document"] == "letter"]
    assert [(row["place"], row["name"]) for row in kiel][:2] == [("t-p-1", "Kiel"), ("t-p-1", "Kiel")]
    dictionary = list(csv.DictReader(io.StringIO((folder / "data/dictionary.csv").read_text(encoding="utf-8-sig"))))
    for table in {row["table"] for row in dictionary}:
        head = (folder / f"data/{table}.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        assert head.split(",") == [row["column"] for row in dictionary if row["table"] == table]


def test_an_address_gives_sitemap_and_feed(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """Both name pages that are there; without an address neither is, and pages name no address."""
    folder = publish(edition, report=findings.append)
    assert not (folder / "sitemap.xml").exists()
    there = replace(edition, publishing=Publishing(address="https://example.org/letters/"))
    publish(there, report=findings.append)
    places = etree.parse(folder / "sitemap.xml").xpath("//*[local-name()='loc']/text()")
    for place in places:
        assert (folder / (place.removeprefix("https://example.org/letters/") or "index.html")).is_file()
    feed = etree.parse(folder / "feed.xml")
    assert feed.xpath("count(//*[local-name()='entry'])") == 3
    tree = page(folder, "talk.html")
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://example.org/letters/talk.html"]
    assert tree.xpath("//meta[@name='citation_title']/@content") == ["Talk & <b>more"]
    (linked,) = tree.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(linked)["url"] == "https://example.org/letters/talk.html"


def test_the_interface_speaks_german(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """No label of the site is left in English, and the words of the documents stay as they are."""
    folder = publish(replace(edition, publishing=Publishing(language="de")), report=findings.append)
    talk = page(folder, "talk.html")
    assert talk.get("lang") == "de"
    assert talk.xpath("//nav[@class='views']/a/text()")[:2] == ["Lesefassung", "Diplomatische Fassung"]
    assert "Dieses Dokument zitieren" in words(talk)
    assert "1. Mai 1921" in words(page(folder, "index.html"))
    assert words(talk.get_element_by_id("t-turn-2")) == "2 Stranger: Yes."
    assert dangling(folder) == []


def test_every_phrase_of_the_pages_has_its_german() -> None:
    """The table holds all that stylesheets and modules say, and a phrase once only."""
    said = set()
    for file in (ROOT / "xslt" / "site").glob("*.xsl"):
        text = file.read_text(encoding="utf-8")
        said |= set(re.findall(r"s:w\('([^']+)'\)", text))
        said |= {one for pair in re.findall(r"s:count\([^;]*?, '([^']+)', '([^']+)'\)", text) for one in pair}
    for file in (ROOT / "tei_edition" / "site").glob("*.py"):
        said |= set(re.findall(r"\bword\([\"']([^\"']+)[\"']\)", file.read_text(encoding="utf-8")))
    german = phrases("de")
    assert sorted(said - set(german)) == []
    assert phrase("Chronology", "de") == "Chronologie"


def test_labels_of_the_map_do_not_collide() -> None:
    """Places that lie close together keep their dots; no two names overlap, and the sheet is valid XML."""
    points = [
        Point(name=f"Place number {at}", latitude=40 + at * 7 % 13 / 9, longitude=116 + at * 5 % 11 / 9, href=f"{at}")
        for at in range(60)
    ]  # fmt: skip
    sheet = etree.fromstring(drawn_map(points, "Map"))
    assert len(sheet.findall(".//circle")) == 60
    boxes = [(float(text.get("x")), float(text.get("y")), 7 * len(text.text)) for text in sheet.findall("a/text")]
    assert 5 < len(boxes) < 60
    for at, (x, y, wide) in enumerate(boxes):
        for left, top, other in boxes[:at]:
            assert abs(y - top) >= 14 or x + wide <= left or left + other <= x


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('[site]\naddress = "ftp://x"', "not the address of a site"),
        ('[site]\nlanguage = "fr"', "the site speaks en or de"),
        ("[site]\ncolour = 1", "is not a setting of the site"),
        ('[site]\nfolder = "../elsewhere"', "lies outside"),
    ],
)
def test_settings_of_the_site_are_checked(said: str, told: str, tmp_path: Path) -> None:
    """What cannot be followed is one line."""
    (tmp_path / "edition.toml").write_text(said, encoding="utf-8")
    with pytest.raises(EditionError, match=told):
        Edition.load(tmp_path)


def test_a_page_is_read_as_it_was_written(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """Leaving out quotation marks changes no attribute: the page has the same links as the view."""
    folder = publish(edition, report=findings.append)
    tree = lxml_html.document_fromstring((folder / "letter.html").read_bytes())
    assert [link for link in tree.xpath("//a/@href") if link.endswith(('"', "/"))] == []
    assert tree.xpath("//a[@class='name']/@href")[-1] == "register/places/kiel.html"


def test_what_is_as_it_was_is_not_drawn_again(
    edition: Edition,  # noqa: F811
    findings: list[Finding],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only documents that changed are drawn, a page that somebody touched too; the site is the same as a new one."""
    folder = publish(edition, report=findings.append)
    told = list(findings)
    made: list[str] = []
    drawn: list[str] = []
    draw, text_of, framed = tei_edition.site.drawn, setting.text_of, tei_edition.site.framed
    monkeypatch.setattr(
        "tei_edition.site.setting.text_of", lambda desk, job: (made.append(job.id), text_of(desk, job))[1]
    )
    monkeypatch.setattr("tei_edition.site.framed", lambda desk, job: (drawn.append(job.id), framed(desk, job))[1])
    monkeypatch.setattr("tei_edition.site.drawn", lambda *_: pytest.fail("a page was drawn again"))
    findings.clear()
    publish(edition, report=findings.append)
    assert (made, drawn, findings) == ([], [], told)
    monkeypatch.setattr("tei_edition.site.drawn", draw)
    (folder / "talk.txt").write_text("touched", encoding="utf-8")
    letter = edition.tei / "letter.xml"
    letter.write_text(letter.read_text(encoding="utf-8").replace("I was", "I am"), encoding="utf-8")
    publish(edition, report=findings.append)
    assert (made, sorted(drawn)) == (["letter"], ["letter", "talk"])
    fresh = publish(edition, edition.folder / "fresh", report=findings.append)
    assert bytes_of(folder) == bytes_of(fresh)


def test_many_documents_are_drawn_by_several_processes(
    edition: Edition,  # noqa: F811
    findings: list[Finding],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The files are the same, however many processes there are."""
    folder = publish(edition, report=findings.append)
    monkeypatch.setattr("tei_edition.site.setting.MANY", 1)
    monkeypatch.setattr(working, "CHUNK", 2)
    other = publish(edition, edition.folder / "other", report=findings.append)
    assert bytes_of(folder) == bytes_of(other)


def test_long_lists_are_cut_into_pages(
    edition: Edition,  # noqa: F811
    findings: list[Finding],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Documents, entries, mentions and turns beyond a page's weight are on further pages; every page leads to all."""
    monkeypatch.setattr("tei_edition.site.pages.FEW", 1)
    monkeypatch.setattr(paging.sheets, "__defaults__", (None, 400))
    folder = publish(edition, report=findings.append)
    assert dangling(folder) == []
    front = page(folder, "index.html")
    assert front.xpath("//ol[@class='years']/li/a/text()") == ["1921"]
    assert [words(row.find(".//h3")) for row in front.find_class("collection")] == ["Papers"]
    lists = [page(folder, path) for path in ("documents.html", "documents/2.html")]
    assert [words(one.find(".//h3")) for one in lists] == ["Talk & <b>more", "A letter"]
    assert lists[0].xpath("//a[@rel='next']/@href") == ["documents/2.html"]
    assert lists[1].xpath("//a[@rel='prev']/@href") == ["../documents.html"]
    told = json.loads((folder / "documents.js").read_text().removeprefix('teiSearch("documents",').removesuffix(");\n"))
    assert [row[:2] for row in told] == [["talk", "Talk & <b>more"], ["letter", "A letter"]]
    turns = [page(folder, path).find_class("said")[0] for path in ("speaker/brandt.html", "speaker/brandt/2.html")]
    assert ["".join(one.itertext()).split()[-1] for one in turns] == ["Kiel?", "Good."]
    assert page(folder, "register/persons/2.html").get_element_by_id("aubel") is not None
    assert {"register/places/kiel.html", "register/places/kiel/2.html"} <= {
        path.relative_to(folder).as_posix() for path in folder.rglob("*.html")
    }


def test_an_entry_that_was_merged_leads_to_the_other(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """It is no entry of the list, of the tables or of the count; its address leads on, and what named it means both."""
    (persons, _) = edition.register
    stub = (
        '<person xml:id="anya" sameAs="persons.xml#brandt"><persName type="main">Anya</persName></person></listPerson>'
    )
    persons.write_text(persons.read_text(encoding="utf-8").replace("</listPerson>", stub), encoding="utf-8")
    talk = edition.tei / "talk.xml"
    talk.write_text(
        talk.read_text(encoding="utf-8").replace("persons.xml#brandt", "persons.xml#anya"), encoding="utf-8"
    )
    folder = publish(edition, report=findings.append)
    assert dangling(folder) == []
    tree = page(folder, "register/persons.html")
    assert words(tree.get_element_by_id("anya")) == "Anya see Anna Brandt"
    assert words(tree.find_class("subtitle")[0]).startswith("2 entries")
    assert "Talk & <b>more , 1 May 1921, 2 turns" in words(tree.get_element_by_id("brandt").getparent())
    there = page(folder, "register/persons/anya.html")
    assert there.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../../register/persons/brandt.html"]
    assert "anya" not in (folder / "data/entries.csv").read_text(encoding="utf-8")


def test_a_draft_leaves_the_edition_alone(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """What is looked at while one works gives no ids that would have to be kept."""
    publish(edition, edition.folder / "draft", report=findings.append, draft=True)
    assert not (edition.folder / "permalinks.csv").exists()
    publish(edition, report=findings.append)
    assert (edition.folder / "permalinks.csv").exists()


def test_downloads_are_those_that_are_wanted(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """Each document as EPUB and PDF, the edition as a book; less where less is asked for."""
    folder = publish(edition, report=findings.append)
    links = page(folder, "talk.html").xpath("//section[@class='downloads']//a/@href")
    assert links[:4] == ["talk.pdf", "talk.epub", "talk.xml", "talk.txt"]
    with zipfile.ZipFile(folder / "talk.epub") as book:
        assert "EPUB/tei/talk.xml" in book.namelist()
    books = ["edition-book.pdf", "edition-book.epub"]
    assert page(folder, "index.html").xpath("//dl[@class='facts']//a[contains(@href, '-book')]/@href") == books
    before = (folder / "edition-book.epub").stat().st_mtime_ns, (folder / "talk.epub").stat().st_mtime_ns
    publish(edition, report=findings.append)
    assert before == ((folder / "edition-book.epub").stat().st_mtime_ns, (folder / "talk.epub").stat().st_mtime_ns)
    publish(replace(edition, publishing=Publishing(downloads=("pdf",))), report=findings.append)
    assert (sorted(folder.glob("*.epub")), (folder / "talk.pdf").exists()) == ([], True)
    assert dangling(folder) == []


def test_a_name_of_a_page_is_given_once(edition: Edition, findings: list[Finding]) -> None:  # noqa: F811
    """A document whose page would have the name of another document's view is left out."""
    (edition.tei / "talk-diplomatic.xml").write_text(tei("talk-diplomatic", "<p>Mine.</p>"), encoding="utf-8")
    folder = publish(edition, report=findings.append)
    assert "name-taken" in {finding.rule for finding in findings}
    assert "Mine" not in (folder / "talk-diplomatic.html").read_text(encoding="utf-8")


def test_a_shelf_that_is_spoilt_is_made_again(
    edition: Edition,  # noqa: F811
    findings: list[Finding],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Whatever lies in the cache, and where nothing can lie there, the site is the same."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = publish(edition, report=findings.append)
    files = bytes_of(folder)
    (shelf,) = (tmp_path / "cache/tei-edition/site").glob("*.sqlite")
    assert shelf.stat().st_mode & 0o077 == 0
    for content in (b"no database", b"", shelf.read_bytes()[:6000]):
        shelf.write_bytes(content)
        publish(edition, report=findings.append)
        assert bytes_of(folder) == files
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "edition.toml" / "none"))
    publish(edition, report=findings.append)
    assert bytes_of(folder) == files
