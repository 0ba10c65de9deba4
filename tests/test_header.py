"""The teiHeader: what each field becomes, what is reported, and that any header is valid TEI."""

from __future__ import annotations

import doctest
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition.edition import Edition
from tei_edition.encoding.correspondence import letter
from tei_edition.encoding.credits import credits, parts_of, read_citation
from tei_edition.encoding.filedesc import marked
from tei_edition.encoding.header import bracket_responsibility, header
from tei_edition.encoding.particulars import legal
from tei_edition.files import resource
from tei_edition.finding import Finding
from tei_edition.readers import read
from tei_edition.relaxng import Schema
from tei_edition.tei import NS, E, parse, to_bytes
from tei_edition.transcript import FIELDS, Field, Transcript, blocks_of, lines_of

CITATION = (
    '"Note to the Soviet Ambassador in China," November 16, 1945, History and Public Policy Program Digital Archive, '
    "RGASPI, f. 558, op. 11, d. 98, ll. 0145-0146. Contributed by Sergey Radchenko and translated by Gary Goldberg."
)
SEEDS = sorted((ROOT / "sources").glob("*.txt"))


def page(
    *fields: tuple[str, str], text: str = "", reader: str = "digital-archive", genre: str = "document"
) -> Transcript:
    """Return a transcript with these fields, one on each line."""
    blocks, after = blocks_of(lines_of(text)) if text else ([], "")
    rows = [Field(name, value, number) for number, (name, value) in enumerate(fields, 1)]
    return Transcript(path=Path("page.txt"), reader=reader, genre=genre, fields=rows, blocks=blocks, after=after)


def made(transcript: Transcript, findings: list[Finding] | None = None) -> etree._Element:
    """Return the header of a transcript outside any edition."""
    return header(transcript, report=[].append if findings is None else findings.append)


def found(node: etree._Element, path: str) -> list[str]:
    """Return what an XPath finds in a header, as text; ``t:`` is TEI."""
    return [item if isinstance(item, str) else "".join(item.itertext()) for item in node.xpath(path, namespaces=NS)]


@cache
def schema() -> Schema:
    """Return the schema of all TEI."""
    return Schema.load(resource("schema/tei_all.rng"), trusted=True)


def check(node: etree._Element) -> None:
    """Fail unless a header is valid in a TEI document and its pointers lead somewhere."""
    root = parse(
        to_bytes(E.TEI(node, E.text(E.body(E.p())))), Path("header.xml"), lambda finding: pytest.fail(str(finding))
    )
    assert root is not None
    assert not schema().validate(root)
    ids = root.xpath("//@xml:id")
    assert len(ids) == len(set(ids))
    for pointer in root.xpath("//@resp | //@who | //@scheme | //@hand"):
        assert pointer.removeprefix("#") in ids


def test_the_citation_gives_title_credits_day_and_shelfmark() -> None:
    findings: list[Finding] = []
    node = made(page(("citation", CITATION)), findings)
    assert found(node, ".//t:titleStmt/t:title") == ["Note to the Soviet Ambassador in China"]
    assert found(node, ".//t:respStmt[@xml:id='contributor']/*") == ["Contributed by", "Sergey Radchenko"]
    assert found(node, ".//t:respStmt[@xml:id='translator']/*") == ["translated by", "Gary Goldberg"]
    assert found(node, ".//t:creation/t:date/@when") == ["1945-11-16"]
    assert found(node, ".//t:msIdentifier/t:idno") == ["op. 11, d. 98, ll. 0145-0146"]
    assert found(node, ".//t:altIdentifier/@type") == ["fond", "opis", "delo", "listy"]
    assert found(node, ".//t:bibl[@type='citation']") == [CITATION]
    assert found(node, ".//t:bibl[@type='citation']/*")[:3] == [
        "Note to the Soviet Ambassador in China",
        "November 16, 1945",
        "History and Public Policy Program Digital Archive",
    ]
    places = {finding.rule: (finding.line, finding.column) for finding in findings}
    assert places["shelfmark-parsed"] == (1, CITATION.index("RGASPI") + 1)
    assert places["credit-read"] == (1, CITATION.index("translated by") + 1)
    check(node)


def test_every_field_is_in_the_header_in_the_words_of_the_page() -> None:
    values = {name: f"Words of the {name.replace('-', ' ')}" for name in FIELDS}
    values |= {
        "date": "May 14, 1950",
        "upload-date": "2011-11-20",
        "original-language": "Russian",
        "language": "English",
    }
    values |= {"translator": "Gary Goldberg", "contributor": "David Wolff", "credit": "Obtained by James Hershberg"}
    node = made(page(*values.items()))
    text = "\n".join(found(node, ".//text()"))
    for name, value in values.items():
        words = value.removeprefix("Obtained by ")
        assert words in text, name
    check(node)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("This document was made possible with support from the Leon Levy Foundation", ["Leon Levy Foundation"]),
        (
            "This document was made possible with support from Chun & Jane Chiu Family Foundation",
            ["Chun & Jane Chiu Family Foundation"],
        ),
        (
            "… with support from the MacArthur Foundation and the Leon Levy Foundation",
            ["MacArthur Foundation", "Leon Levy Foundation"],
        ),
        ("Blavatnik Family Foundation", ["Blavatnik Family Foundation"]),
    ],
)
def test_funders_are_names_without_the_sentence(sentence: str, names: list[str]) -> None:
    assert found(made(page(("title", "A"), ("funder", sentence))), ".//t:funder") == names


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Translated for NKIDP by Balazs Szalontai.",
            [("translator", "Translated for NKIDP by", ["Balazs Szalontai"])],
        ),
        (
            "Obtained and translated by James Hershberg",
            [("translator", "Obtained and translated by", ["James Hershberg"])],
        ),
        (
            "Obtained by James Hershberg, translated by Eduardo Baudet and Tanya Harmer.",
            [
                ("obtained", "Obtained by", ["James Hershberg"]),
                ("translator", "translated by", ["Eduardo Baudet", "Tanya Harmer"]),
            ],
        ),
        (
            "Ll. 2-2ob, compiled by V. N. Malin. Published in CWIHP Bulletin 8-9, p. 388.",
            [("compiler", "compiled by", ["V. N. Malin"])],
        ),
        ("From the CWIHP Archive.", [("obtained", "From the", ["CWIHP Archive"])]),
        (
            "Contributed by Aleksander de la Cruz, Jr., Li Wei-han, and the National Security Archive",
            [
                (
                    "contributor",
                    "Contributed by",
                    ["Aleksander de la Cruz, Jr.", "Li Wei-han", "National Security Archive"],
                )
            ],
        ),
        ("Approved by nobody in particular", []),
    ],
)
def test_credits(sentence: str, expected: list[tuple[str, str, list[str]]]) -> None:
    read_ = [(item.role, item.resp, [name.text for name in item.names]) for item in credits(sentence)]
    assert read_ == expected
    for item in credits(sentence):
        assert all(sentence[name.start : name.end] == name.text for name in item.names)


@pytest.mark.parametrize(
    ("fields", "reader", "expected"),
    [
        ([("citation", CITATION)], "digital-archive", "#translator"),
        ([("source", "APRF, f. 45. Translated by X. Yang")], "digital-archive", "#translator"),
        ([("translator", "Gary Goldberg")], "plain", "#translator"),
        (
            [("original-language", "English"), ("version", "Transcript - English")],
            "digital-archive",
            "#archive-editors",
        ),
        ([("original-language", "Russian"), ("version", "English Translation")], "digital-archive", "#translator"),
        ([("version", "English HTML")], "digital-archive", "#archive-editors"),
        ([], "plain", "#source-editors"),
    ],
)
def test_who_answers_for_brackets(fields: list[tuple[str, str]], reader: str, expected: str) -> None:
    transcript = page(("title", "A [B]"), *fields, text="Some [of the] text.", reader=reader)
    assert bracket_responsibility(transcript) == expected
    node = made(transcript)
    assert found(node, f".//t:respStmt[@xml:id='{expected[1:]}']/@xml:id") == [expected[1:]]
    assert "(@resp)" in "".join(found(node, ".//t:interpretation"))
    check(node)


def test_contradictions_are_reported_and_both_kept() -> None:
    findings: list[Finding] = []
    node = made(page(("title", "A Letter"), ("date", "May 13, 1950"), ("citation", CITATION)), findings)
    rules = {finding.rule: finding for finding in findings}
    assert rules["title-conflict"].line == rules["date-conflict"].line == 3
    assert rules["date-conflict"].column == CITATION.index("November") + 1
    assert found(node, ".//t:titleStmt/t:title/@type") == ["main", "alt"]
    assert found(node, ".//t:creation/t:date/@when") == ["1950-05-13"]
    check(node)


def test_capitals_of_a_site_are_no_contradiction() -> None:
    findings: list[Finding] = []
    title = "NOTE TO THE SOVIET AMBASSADOR IN CHINA"
    node = made(page(("title", title), ("citation", CITATION)), findings)
    assert found(node, ".//t:titleStmt/t:title") == [title.title().replace("To The", "to the").replace("In", "in")]
    assert "title-conflict" not in {finding.rule for finding in findings}


def test_a_date_that_reads_two_ways_keeps_its_words() -> None:
    findings: list[Finding] = []
    node = made(page(("title", "A"), ("date", "10/05/1945")), findings)
    assert found(node, ".//t:creation/t:date") == ["10/05/1945"]
    assert not found(node, ".//t:creation/t:date/@*")
    (finding,) = [finding for finding in findings if finding.rule == "date-unparsed"]
    assert "1945-05-10 or 1945-10-05" in finding.message and finding.line == 2
    check(node)


def test_the_terms_of_the_archive_stand_with_the_source() -> None:
    words = "To request permission, contact the Program at HAPP@example.org."
    node = made(page(("title", "A"), ("rights", "The Program welcomes reuse."), ("rights", words)))
    assert found(node, ".//t:bibl/t:availability[@status='restricted']/t:p") == ["The Program welcomes reuse.", words]
    assert found(node, ".//t:email") == ["HAPP@example.org"]
    check(node)


def test_prose_about_the_source_stays_whole() -> None:
    findings: list[Finding] = []
    words = "The document was given by President Yeltsin to President Kim in 1994. A copy is in RGASPI, f. 558, op. 11."
    node = made(page(("title", "A"), ("source", words)), findings)
    assert found(node, ".//t:bibl[@type='citation']") == [words]
    assert [finding.line for finding in findings if finding.rule == "shelfmark-unparsed"] == [2]
    check(node)


def test_the_archive_of_the_record_completes_a_reference() -> None:
    name = "National Archives of Japan"
    node = made(page(("title", "A"), ("source", "f. 45, op. 1"), ("repository", name)))
    assert found(node, ".//t:msIdentifier/t:repository") == [name]
    node = made(page(("title", "A"), ("repository", name)))
    assert found(node, ".//t:msIdentifier/*") == [name]
    node = made(page(("title", "A"), ("source", "RGASPI, f. 45, op. 1"), ("repository", name)))
    assert found(node, ".//t:msIdentifier/t:repository") == ["RGASPI"]
    assert found(node, ".//t:note[@type='repository']") == [name]
    check(node)


def test_what_was_left_out_of_a_page_is_said() -> None:
    transcript = page(("title", "A"), text="A\nSome text.")
    transcript.data = b"A\nSome text.\n-\nget citation\nget citation\n"
    words = "Left out of the text, as words of the page and not of the document: “get citation”."
    node = made(transcript)
    assert words in found(node, ".//t:editorialDecl/t:p")
    check(node)
    transcript.data = b"\xff"
    assert words not in found(made(transcript), ".//t:editorialDecl/t:p")


def test_two_archives_have_a_description_each() -> None:
    node = made(page(("title", "A"), ("source", "APRF, Fond 45, Opis 1 and AVPRF, Fond 059a, Opis 5a")))
    assert found(node, ".//t:listBibl/t:msDesc//t:repository") == ["APRF", "AVPRF"]
    check(node)


def test_languages() -> None:
    node = made(page(("title", "A"), ("original-language", "Russian"), ("version", "English Translation")))
    assert found(node, ".//t:language/@ident") == ["en", "ru"]
    node = made(page(("title", "A"), ("original-language", "English"), ("source", "TNA, FO 371/1")))
    assert found(node, ".//t:textLang/@mainLang") == ["en"]
    findings: list[Finding] = []
    node = made(page(("title", "A"), ("version", "English HTML"), ("citation", CITATION)), findings)
    assert found(node, ".//t:language") == ["English (translation); original language not stated on the page"]
    assert [finding.line for finding in findings if finding.rule == "language-original-unknown"] == [2]


@pytest.mark.parametrize(
    ("title", "sender", "addressee"),
    [
        ("Letter from Ulbricht to Khrushchev", "Ulbricht", "Khrushchev"),
        ("Telegram, Shtykov to Vyshinskyy", "Shtykov", "Vyshinskyy"),
        ("Ciphered Telegram No. 8600, Vyshinsky to Mao Zedong", "Vyshinsky", "Mao Zedong"),
        (
            "Telegram from Soviet Ambassador to the USA A. Dobrynin to USSR Foreign Ministry (2)",
            "Soviet Ambassador to the USA A. Dobrynin",
            "USSR Foreign Ministry",
        ),
        ("Note to the Soviet Ambassador in China", "", "Soviet Ambassador in China"),
        ("Message to Bagirov on a Visit to Southern Azerbaijan", "", "Bagirov"),
        (
            "Cable no. 328 from the Czechoslovak Embassy in Havana (Pavlíček)",
            "Czechoslovak Embassy in Havana (Pavlíček)",
            "",
        ),
    ],
)
def test_letters_are_known_by_their_titles(title: str, sender: str, addressee: str) -> None:
    assert letter(title) == (sender, addressee)
    findings: list[Finding] = []
    node = made(page(("title", title), ("date", "May 14, 1950")), findings)
    assert found(node, ".//t:correspAction[@type='sent']/*[1]") == ([sender] if sender else [])
    assert found(node, ".//t:correspAction[@type='received']/*") == ([addressee] if addressee else [])
    assert "correspondence-from-title" in {finding.rule for finding in findings}
    check(node)


@pytest.mark.parametrize(
    "title",
    [
        "Notes of G. Dimitrov on a Phone Call from Stalin",
        "Record of a Meeting Between T.V. Soong and Stalin",
        "Cable, Summary of Averell Harriman Meeting with T. V. Soong",
        "Report by Qiao Xiaoguang on a Conversation",
        "",
    ],
)
def test_other_titles_are_no_letters(title: str) -> None:
    assert letter(title) is None


def test_the_edition_answers_for_the_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = Edition.load(ROOT)
    document = edition.documents[0]
    node = header(
        page(("title", "A")),
        report=[].append,
        edition=edition,
        document=document,
        open_findings=1,
        hands=[("hand1", "upper left")],
        conventions=["Brackets are additions."],
        parties=[E.listPerson(E.person(E.persName("Stalin"))), E.listPlace(E.place(E.placeName("Moscow")))],
    )
    assert found(node, ".//t:publicationStmt/t:date/@when") == [edition.date]
    assert found(node, ".//t:publicationStmt/t:idno") == [f"{edition.id}/{document.id}"]
    assert found(node, ".//t:change") == ["Converted from page.txt (digital-archive); 1 finding open."]
    assert found(node, ".//t:particDesc//t:persName") == ["Stalin"]
    assert found(node, ".//t:settingDesc//t:placeName") == ["Moscow"]
    assert found(node, ".//t:handNote/@xml:id") == ["hand1"]
    assert "Brackets are additions." in found(node, ".//t:interpretation/t:p")
    check(node)


def test_without_a_date_there_is_none_and_the_clock_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    node = made(page(("title", "A")))
    assert not found(node, ".//t:change/@when | .//t:publicationStmt/t:date")
    check(node)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert found(made(page(("title", "A"))), ".//t:change/@when") == ["2001-09-09"]


def test_a_person_of_the_edition_never_takes_an_id_of_the_page() -> None:
    edition = Edition.load(ROOT)
    object.__setattr__(edition, "responsible", (edition.responsible[0].__class__(id="translator", resp="r", name="n"),))
    node = header(page(("citation", CITATION)), report=[].append, edition=edition)
    assert node.xpath(".//t:respStmt/@xml:id", namespaces=NS)[:3] == ["contributor", "translator", "translator-2"]
    check(node)


def test_a_list_of_documents_has_a_shorter_header() -> None:
    node = made(page(("title", "Relations"), genre="collection", text="Nothing in brackets."))
    assert not found(node, ".//t:msDesc | .//t:interpretation | .//t:correspDesc | .//t:abstract")
    check(node)


@pytest.mark.parametrize("file", SEEDS, ids=lambda file: file.stem[:3])
def test_headers_of_the_seeds_are_valid(file: Path) -> None:
    check(made(read(file, report=[].append)))


def test_headers_of_unseen_pages_are_valid(shared: Path) -> None:
    for file in sorted((shared / "digital_archive_dev").glob("*.txt")):
        check(made(read(file, report=[].append)))


WORDS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                '"',
                "“",
                "”",
                ",",
                ".",
                "Title",
                "November 16, 1945",
                "10/05/45",
                "Digital Archive",
                "RGASPI,",
                "f. 5",
                "and",
                "Contributed by",
                "translated by",
                "Gary Goldberg",
                "V. N.",
                "https://e.org/1",
                "<",
                ">",
                "English",
                "Russian",
                "Letter from",
                "to",
                "a@b.de",
                "[x?]",
                "support from",
                "\x0b",
                "was given",
            ]
        ),
        max_size=12,
    ).map(" ".join),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(FIELDS), WORDS), max_size=6), st.sampled_from(["document", "collection"]))
def test_any_fields_give_a_valid_header(fields: list[tuple[str, str]], genre: str) -> None:
    check(made(page(*fields, genre=genre, text="A [text].")))


@settings(deadline=None)
@given(WORDS)
def test_a_citation_is_marked_without_changing_a_character(words: str) -> None:
    words = legal(words)
    node = marked("bibl", words, parts_of(read_citation(words)))
    assert "".join(node.itertext()) == words


@pytest.mark.parametrize(
    "words", ["Translated and ", '" November 16, 1945 ', "Translated by A. B. ", "to ", "from the A "]
)
def test_a_long_field_takes_no_time(words: str) -> None:
    made(page(("citation", '"' + words * 3000), ("title", "Letter from " + words * 3000), ("funder", words * 3000)))


@pytest.mark.parametrize("module", ["correspondence", "credits", "filedesc", "languages"])
def test_examples_in_docstrings(module: str) -> None:
    assert doctest.testmod(import_module(f"tei_edition.encoding.{module}")).failed == 0
