"""What a search promises: words are found whatever their marks, phrases are phrases, every place leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tei_edition import tei
from tei_edition.cli import main
from tei_edition.edition import Edition
from tei_edition.finding import Finding
from tei_edition.phrases import phrases
from tei_edition.search import FACETS, Choice, Hit, Source, search
from tei_edition.search.concordance import lines, width
from tei_edition.search.index import Index
from tei_edition.search.particulars import particulars
from tei_edition.search.passages import PLACES, passages
from tei_edition.search.query import matches, query
from tei_edition.search.words import fold, words
from tei_edition.site import anchors
from tei_edition.site.search import indexed, search_files
from tei_edition.site.shelf import Shelf, packed

LETTER = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}" xml:lang="{lang}"><teiHeader><fileDesc><titleStmt>
<title>{title}</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><msDesc><msIdentifier>
<repository>Archive</repository><collection>Papers</collection></msIdentifier></msDesc></sourceDesc></fileDesc>
<profileDesc><creation><date when="{when}">{when}</date></creation><particDesc><listPerson>
<person xml:id="anna"><persName>Anna Brandt</persName></person><person xml:id="otto"><persName>Otto Aubel</persName>
</person></listPerson></particDesc></profileDesc></teiHeader><text><body><div type="letter">{body}</div></body></text>
</TEI>"""

Made = Callable[..., list[Hit]]


@pytest.fixture
def found(tmp_path: Path, findings: list[Finding]) -> Made:
    """Return a function that writes bodies of documents into a folder and searches them."""

    def look(bodies: list[str], *terms: str, near: int | None = None, **asked: object) -> list[Hit]:
        sources = []
        for number, body in enumerate(bodies):
            file = tmp_path / f"d{number}.xml"
            text = LETTER.format(id=f"d{number}", lang="en", title="Letter", when=f"19{20 + number}-05", body=body)
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                file.write_text(text, encoding="utf-8")
            sources.append(Source(file, f"d{number}"))
        return search(terms, sources, choice=Choice(**asked), near=near, report=findings.append)  # type: ignore[arg-type]

    return look


def tree(body: str) -> etree._Element:
    """Return a document with this body and marked places."""
    text = LETTER.format(id="d", lang="en", title="Letter", when="1920", body=body)
    root = tei.parse(text.encode(), Path("d.xml"), pytest.fail)
    assert root is not None
    anchors.mark_places(root)
    return root


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("They met in Łódź.", "lodz"), ("Die Straße", "STRASSE"), ("Ødegård", "odegard"), ("dấu", "dau"),
        ("Чжоу Эньлай", "чжоу"), ("всё", "все"), ("Ἀθῆναι", "αθηναι"), ("與蔣介石談話", "介石"), ("中国军队", "中国"),
        ("Stalin’s wish", "Stalin's wish"), ("co-operation", "co operation"), ("Ch‘en", "Ch'en"),
        ("Zinovʹev", "zinovev"),
        ("the A.A. Petrov", "A. A. Petrov"), ("東京へ行く", "行く"), ("ﬁnance", "finance"), ("e\u0301tat", "état"),
    ],
)  # fmt: skip
def test_words_are_found_whatever_their_marks(found: Made, text: str, term: str) -> None:
    """Marks, special letters, scripts without blanks and punctuation are no obstacle."""
    hits = found([f"<p>Before. {text} after.</p>"], term)
    assert len(hits) == 1
    assert hits[0].left + hits[0].word + hits[0].right == f"Before. {text} after."


@pytest.mark.parametrize(
    ("text", "term"),
    [("мой йод", "мои"), ("中国", "国中"), ("two long weeks", "two weeks"), ("weekly", "week"), ("Łódź", "Łó")],
)
def test_what_is_another_word_is_not_found(found: Made, text: str, term: str) -> None:
    """A phrase is a phrase, a word the whole word, and й another letter than и."""
    assert not found([f"<p>{text}</p>"], term)


def test_star_and_several_terms_and_nearness(found: Made) -> None:
    """A star stands for any ending, several terms are in one paragraph, and near says how far apart."""
    body = "<p>The railways of the north, and one port.</p><p>A port. A railway.</p><p>Ports.</p>"
    assert [hit.word for hit in found([body], "port*")] == ["port", "port", "Ports"]
    assert [hit.place for hit in found([body], "railway", "port")] == ["d0#p-2", "d0#p-2"]
    assert [hit.word for hit in found([body], "railway*", "port", near=1)] == ["port. A railway"]
    assert found([body], "railway*", "port", near=5)[0].word == "railways of the north, and one port"
    with pytest.raises(ValueError, match="no words"):
        found([body], "…")


def test_both_the_corrected_text_and_the_source_are_found(found: Made) -> None:
    """What stands in the source is found as well, once for each passage, and phrases go through either."""
    body = (
        "<p>In <choice><orig>Kwangsi</orig><reg>Guangxi</reg></choice> the <choice><sic>amry</sic><corr>army</corr>"
        "</choice> stood <del>still</del>, says <supplied>Dr.</supplied> So<lb break='no'/>ong<note>Or Song.</note></p>"
    )
    assert [(hit.word, hit.source) for hit in found([body], "Guangxi the army")] == [("Guangxi the army", False)]
    assert [(hit.word, hit.source) for hit in found([body], "Kwangsi the amry")] == [("Kwangsi the amry", True)]
    assert len(found([body], "soong")) == 1
    assert [hit.source for hit in found([body], "says soong")] == [True]
    assert found([body], "still")[0].source
    assert [hit.place for hit in found([body], "song")] == ["d0#note-1"]


def test_speakers_are_known_within_a_paragraph(found: Made) -> None:
    """Of a reported speech only the words in it are the speaker's."""
    body = "<p>Anna said: <said who='#anna'>Come to Kiel.</said> Kiel was far.</p>"
    body += "<sp who='#otto'><speaker>Otto:</speaker><p>Kiel?</p></sp>"
    assert [hit.right for hit in found([body], "kiel", facets={"speaker": ["brandt"]})] == [". Kiel was far."]
    assert [hit.place for hit in found([body], "kiel", facets={"speaker": ["Otto Aubel"]})] == ["d0#turn-1"]
    assert [hit.speaker for hit in found([body], "kiel")] == [("anna brandt",), (), ("otto aubel",)]
    with pytest.raises(ValueError, match=r"No document has the speaker “Nobody”; there are anna brandt, otto aubel\."):
        found([body], "kiel", facets={"speaker": ["Nobody"]})


def test_documents_are_chosen_by_facets_and_dates(found: Made) -> None:
    """Facets and dates choose documents, which come by date."""
    bodies = ["<p>Kiel</p>", "<p><placeName ref='#k'>Kiel</placeName></p>", "<p>Kiel</p>"]
    assert [hit.document for hit in found(bodies, "kiel")] == ["d0", "d1", "d2"]
    assert [hit.document for hit in found(bodies, "kiel", facets={"place": ["kiel"]})] == ["d1"]
    assert [hit.document for hit in found(bodies, "kiel", first="1921")] == ["d1", "d2"]
    assert [hit.document for hit in found(bodies, "kiel", first="1920-05-31", last="1921")] == ["d0", "d1"]
    assert [hit.document for hit in found(bodies, "kiel", last="1921-04")] == ["d0"]
    kinds = {"archive": ["archive"], "collection": ["papers"], "kind": ["letter"], "language": ["en"]}
    assert len(found(bodies, "kiel", facets=kinds)) == 3


def test_the_index_follows_the_files(found: Made, tmp_path: Path, findings: list[Finding]) -> None:
    """What was changed is read again, what is gone is forgotten, what is no XML is a finding."""
    assert len(found(["<p>one</p>", "<p>one</p>"], "one")) == 2
    assert [hit.document for hit in found(["<p>two</p>", "<p>one</p>"], "one")] == ["d1"]
    (tmp_path / "d1.xml").write_text("<p>", encoding="utf-8")
    sources = [Source(tmp_path / "d0.xml", "d0"), Source(tmp_path / "d1.xml", "d1"), Source(tmp_path / "no.xml", "no")]
    assert [hit.document for hit in search(["two"], sources, report=findings.append)] == ["d0"]
    assert [finding.rule for finding in findings] == ["xml-ill-formed", "file-unreadable"]


def test_a_spoilt_index_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever lies in the cache, the answer is right; a folder of somebody else is not used."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "d.xml"
    file.write_bytes(etree.tostring(tree("<p>one</p>")))

    def hits() -> int:
        return len(search(["one"], [Source(file, "d")], report=pytest.fail))

    assert hits() == 1
    (base,) = (tmp_path / "cache/tei-edition/search").glob("*.sqlite")
    assert base.stat().st_mode & 0o077 == 0
    for content in (b"no database", b"", base.read_bytes()[:5000]):
        base.write_bytes(content)
        assert hits() == 1
    base.parent.chmod(0o777)
    base.write_bytes(b"")
    assert hits() == 1
    assert base.read_bytes() == b""


def test_every_word_is_in_a_passage(shared: Path) -> None:
    """No word of the text of a foreign document is lost, and passages lead to places that there are."""
    left_out = "gap fw metamark certainty precision respons index figDesc"
    here = " or ".join(f"ancestor-or-self::t:{name}" for name in left_out.split())
    for file in sorted((shared / "foreign_dev").rglob("*.xml")):
        if file.stat().st_size > 150_000:
            continue
        root = tei.parse(file.read_bytes(), file, pytest.fail)
        assert root is not None
        anchors.mark_places(root)
        found = passages(root)
        there = {word.key for passage in found for word in words(passage.text)}
        texts = root.xpath(
            f"(t:text|t:sourceDoc|t:TEI/t:text)//text()[not({here} or ancestor::t:reg/t:del)]", namespaces=tei.NS
        )
        said = {word.key for text in texts for word in words(str(text))}
        # A word that is divided by an element is one word in the passage.
        whole = fold(" ".join(passage.text for passage in found))
        lost = {word for word in said - there if word not in whole}
        assert not lost, file
        ids = {element.get(tei.ID) for element in root.iter()}
        assert {passage.anchor for passage in found} <= ids | {""}


def test_passages_are_the_places_that_pages_lead_to() -> None:
    """Whatever the site gives an id in the text can be a passage."""
    assert set(anchors.PLACES) - {"pb"} <= PLACES


@given(st.text(max_size=60))
def test_folding_is_stable(text: str) -> None:
    """Words stand in the text in order; what they are found by is found by itself."""
    found = words(text)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for word in found:
        assert fold(word.key) == word.key
        assert "".join(one.key for one in words(word.key)) == word.key


@given(st.lists(st.sampled_from("ab"), max_size=12), st.lists(st.sampled_from("ab"), min_size=1, max_size=3))
def test_matches_are_those_that_a_plain_search_finds(text: list[str], phrase: list[str]) -> None:
    """Phrases are found where they stand, without overlapping."""
    expected, at = [], 0
    while at + len(phrase) <= len(text):
        if text[at : at + len(phrase)] == phrase:
            expected.append((at, at + len(phrase) - 1))
            at += len(phrase)
        else:
            at += 1
    assert matches(query([" ".join(phrase)]), words(" ".join(text))) == expected


@given(st.lists(st.tuples(st.text(max_size=40), st.text(min_size=1, max_size=12), st.text(max_size=40)), max_size=4))
def test_lines_of_a_concordance_are_aligned(rows: list[tuple[str, str, str]]) -> None:
    """What was found begins in the same column in every line, and no line is longer than the terminal."""
    hits = [
        Hit(document="d", title="", date="", file=Path("d"), line=1, anchor="p", left=left, word=word, right=right)
        for left, word, right in rows
    ]
    for place, left, word, right in lines(hits, 80):
        assert (
            width(place) + 2 + width(left)
            == width("d#p") + 2 + (80 - 3 - 4 - min(max(width(h.word) for h in hits), 24)) // 2
        )
        assert width(f"{place}  {left}{word}{right}") <= 80
        assert "\n" not in word


def test_command_prints_lines_and_json(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds places in the sample edition, and says where they are; nothing found is exit code 1."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["search", "chinese eastern railway", "--speaker", "soong", "--sort", "right"]) == 0
    out, err = capsys.readouterr()
    rows = out.splitlines()
    assert err == "3 places in 1 document.\n"
    assert len({row.index("Chinese Eastern Railway") for row in rows}) == 1
    assert main(["search", "chinese eastern railway", "--speaker", "soong", "--json", "-q", "--limit", "1"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["found"] == 3
    (place,) = said["places"]
    assert (place["file"], place["word"], place["speaker"]) == (
        "xml/stalin-soong-1945-08-10.xml", "Chinese Eastern Railway", ["soong"],
    )  # fmt: skip
    assert place["page"] == f"{place['document']}.html#t-{place['anchor']}"
    assert main(["search", "hovercraft"]) == 1
    assert main(["search", "x", "--from", "May"]) == 2
    assert main(["search", "x", "--speaker", "nobody"]) == 2


def test_particulars_of_the_sample_edition(findings: list[Finding]) -> None:
    """A document of the edition has its day, people by their ids of the register, and languages."""
    edition = Edition.load(ROOT)
    file = edition.tei / "stalin-soong-1945-06-30.xml"
    root = tei.parse(file.read_bytes(), file, findings.append)
    assert root is not None
    said = particulars(root, {"stalin": "Iosif Stalin"})
    assert (said.first, said.facets["speaker"], said.facets["kind"]) == (
        "1945-06-30", {"stalin": "Iosif Stalin"}, {"minutes": "minutes"},
    )  # fmt: skip


def test_files_of_the_site_are_plain_data(tmp_path: Path) -> None:
    """The index is the same each time, and words cannot end its scripts or begin others."""
    root = tree("<p>&lt;/script&gt; teiSearch(\u2028 __proto__ Łódź \U00020000</p>")
    one = indexed("d", root, {})
    shelf = Shelf.opened(tmp_path)
    parts = {"facts": packed({"search": one.row}), "text": packed({}), "words": packed(one.places)}
    shelf.put("d", "", parts, {})
    files = {**dict(search_files(shelf, [("d", "")])), "search/text/d.js": one.text}
    assert files == {**dict(search_files(shelf, [("d", "")])), "search/text/d.js": indexed("d", root, {}).text}
    shelf.close()
    for path in ("search/index.js", "search/words-0.js", "search/text/d.js"):
        name, _, content = files[path].removeprefix("teiSearch(").removesuffix(");\n").partition(",")
        assert path == f"search/{json.loads(name)}.js"
        json.loads(content)
        assert "\u2028" not in content
    held = json.loads(files["search/words-0.js"].removeprefix('teiSearch("words-0",').removesuffix(");\n"))
    assert list(held) == sorted(held, key=lambda word: word.encode("utf-16-be"))
    assert {"lodz", "proto", "\U00020000"} <= set(held)


def test_index_without_a_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept, the index is made in memory."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    index = Index("x")
    assert list(index.rows("SELECT * FROM document")) == []
    index.close()


def test_what_the_search_page_says_is_in_the_table() -> None:
    """Every phrase of the page, and every one that its script says, has its German."""
    sheet = (ROOT / "xslt" / "site" / "search.xsl").read_text(encoding="utf-8")
    script = (ROOT / "xslt" / "site" / "search.js").read_text(encoding="utf-8")
    handed = set(re.findall(r"'([^']+)'", sheet.partition('name="spoken"')[2].partition("/>")[0]))
    said = set(re.findall(r'\bsay\("([^"]+)"', script)) | {facet.capitalize() for facet in FACETS}
    said |= {
        phrase for thing in re.findall(r'\bmany\([^"]*"(\w+)"\)', script) for phrase in (f"1 {thing}", f"% {thing}s")
    }
    assert said == handed
    shown = set(re.findall(r"s:w\('([^']+)'\)", sheet)) | handed
    assert shown - set(phrases("de")) == set()
    for own in (phrases("de")[phrase] for phrase in handed):
        assert own
