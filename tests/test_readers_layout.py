"""Pages with places on images, tables of metadata, and translations: what goes in reaches the TEI."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from test_encode import schema
from test_readers_office import SIGNS

from tei_edition import encode, read, render
from tei_edition.cli import main
from tei_edition.cli.transcripts import wanted
from tei_edition.edition import Edition, EditionError
from tei_edition.encoding.translation import align, units
from tei_edition.finding import Finding
from tei_edition.readers.metadata_csv import unknown_columns, with_metadata
from tei_edition.tei import ID, NS, E, to_bytes
from tei_edition.transcript import BLANK, Transcript

PAGE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"


def line(words: str, custom: str = "", box: str = "1,2 9,2 9,5 1,5") -> str:
    """Return a line of PAGE XML."""
    return (
        f'<TextLine id="l" custom={quoteattr(custom)}><Coords points="{box}"/><TextEquiv>'
        f"<Unicode>{escape(words)}</Unicode></TextEquiv></TextLine>"
    )


def region(inner: str, kind: str = "paragraph", key: str = "r", custom: str = "") -> str:
    """Return a region of PAGE XML."""
    return (
        f'<TextRegion id="{key}" type="{kind}" custom={quoteattr(custom)}><Coords points="0,0 50,0 50,90 0,95"/>{inner}'
        "</TextRegion>"
    )


def page(path: Path, *regions: str, order: str = "", image: str = "1.jpg") -> Path:
    """Write a page of PAGE XML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<PcGts xmlns="{PAGE}"><Metadata/><Page imageFilename="{image}" imageWidth="100" imageHeight="200">'
        f"{order}{''.join(regions)}</Page></PcGts>",
        encoding="utf-8",
    )
    return path


def tei(transcript: Transcript) -> etree._Element:
    """Encode a transcript and hold the promises: its text comes back, and the TEI is valid."""
    findings: list[Finding] = []
    root = etree.fromstring(to_bytes(encode(transcript, report=findings.append)))
    assert render(root, "transcript", report=findings.append) == transcript.text()
    assert schema().validate(root), schema().error_log
    ids = [node.get(ID) for node in root.iter() if node.get(ID)]
    assert len(ids) == len(set(ids))
    assert all(node.get("facs")[1:] in ids for node in root.iter() if node.get("facs"))
    return root


TAGS = [
    "unclear",
    "gap",
    "supplied",
    "abbrev",
    "person",
    "place",
    "date",
    "add",
    "sic",
    "comment",
    "textStyle",
    "other",
]
LINES = st.lists(
    st.tuples(
        st.text(SIGNS, min_size=1, max_size=20) | st.sampled_from(["exam-", "ined", "Stalin: Yes.", "Dear Sir,"]),
        st.sampled_from(TAGS), st.integers(0, 12), st.integers(0, 12),
    ),
    max_size=4,
)  # fmt: skip
REGIONS = st.lists(
    st.tuples(st.sampled_from(["paragraph", "heading", "marginalia", "footnote", "page-number", "odd"]), LINES),
    max_size=4,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(REGIONS)
def test_every_word_of_a_page_comes_back(
    tmp_path: Path, regions: list[tuple[str, list[tuple[str, str, int, int]]]]
) -> None:
    made = [
        region(
            "".join(
                line(words, f"{tag} {{offset:{start}; length:{long}; bold:true; reason:damage; correction:x;}}")
                for words, tag, start, long in lines
            ),
            kind,
            f"r{number}",
        )
        for number, (kind, lines) in enumerate(regions)
    ]
    findings: list[Finding] = []
    transcript = read(page(tmp_path / "1.xml", *made), report=findings.append)
    wanted = [words.strip(BLANK) for _, lines in regions for words, *_ in lines]
    assert transcript.text().split() == " ".join(filter(None, wanted)).split()
    if transcript.blocks:
        tei(transcript)


def test_regions_lines_and_tags_of_page_xml_become_tei(tmp_path: Path, findings: list[Finding]) -> None:
    order = (
        '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="1" regionRef="b"/>'
        '<RegionRefIndexed index="0" regionRef="a"/></OrderedGroup></ReadingOrder>'
    )
    body = [
        line("we have exam-", "person {offset:0; length:2;}"),
        line(
            "ined the recd letter",
            "abbrev {offset:9; length:4; expansion:received;} unclear {offset:0; length:4; reason:faded;}",
        ),
        line(
            "of 30.6.1945 and wrod",
            "sic {offset:17; length:4; correction:w\\u006frd;} gap {offset:2; length:0; reason:torn;}",
        ),
    ]  # fmt: skip
    path = page(
        tmp_path / "1.xml", region("".join(body), key="b"), region(line("A LETTER"), "heading", "a"),
        region(line("seen"), custom="structure {type:marginalia;}", key="c"),
        region(line("- 17 -"), "page-number", "d"),
        order=order,
    )  # fmt: skip
    transcript = read(path, report=findings.append)
    assert transcript.text() == (
        "A LETTER\n\nwe have exam-\nined the recd letter\nof 30.6.1945 and wrod\n\nseen\n\n- 17 -"
    )
    root = tei(transcript)
    surface = root.find("t:facsimile/t:surface", NS)
    assert surface.find("t:graphic", NS).get("url") == "1.jpg" and surface.get("lry") == "200"
    assert [zone.get("subtype") for zone in surface.findall("t:zone", NS)] == [
        "heading", "paragraph", "marginalia", "page-number",
    ]  # fmt: skip
    zone = surface.findall("t:zone", NS)[1]
    assert (zone.get("lrx"), zone.get("lry"), zone.get("points")) == ("50", "95", "0,0 50,0 50,90 0,95")
    assert root.find(".//t:pb", NS).attrib == {"facs": "#facs-1", "n": "17"}
    breaks = [(lb.get("break"), lb.get("facs")) for lb in root.iterfind(".//t:p/t:lb", NS)][:3]
    assert breaks == [(None, "#facs-1-2-1"), ("no", "#facs-1-2-2"), (None, "#facs-1-2-3")]
    assert root.find(".//t:choice/t:expan", NS) is not None and root.findtext(".//t:corr", None, NS) is not None
    assert root.find(".//t:unclear", NS).get("reason") == "faded" and root.find(".//t:gap", NS).get("reason") == "lost"
    assert root.find(".//t:fw", NS) is not None and root.find(".//t:note[@place='margin']", NS) is not None


def test_a_folder_of_pages_is_one_document_and_pages_may_be_alto(
    tmp_path: Path, findings: list[Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    page(tmp_path / "letter/page/p10.xml", region(line("last words.")), image="p10.jpg")
    page(tmp_path / "letter/page/p9.xml", region(line("first words")), image="p9.jpg")
    (tmp_path / "letter/page/p9b.xml").write_text(
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description>'
        "<sourceImageInformation><fileName>C:\\x\\b.jpg</fileName></sourceImageInformation></Description>"
        '<Tags><NamedEntityTag ID="n" TYPE="person" LABEL="X"/></Tags>'
        '<Layout><Page WIDTH="9" HEIGHT="9"><PrintSpace><TextBlock HPOS="1" VPOS="2" WIDTH="3" HEIGHT="4"><TextLine>'
        '<String CONTENT="Zhou" TAGREFS="n"/><SP/><String CONTENT="an" SUBS_TYPE="HypPart1"/>'
        '<HYP CONTENT="-"/></TextLine>'
        '<TextLine><String CONTENT="swered" STYLE="italics"/><String CONTENT="so"/></TextLine></TextBlock></PrintSpace>'
        "</Page></Layout></alto>",
        encoding="utf-8",
    )
    transcript = read(tmp_path / "letter", report=findings.append)
    assert transcript.text() == "first words\n\nZhou an-\nswered so\n\nlast words."
    assert [surface.image for surface in transcript.surfaces] == ["p9.jpg", "b.jpg", "p10.jpg"]
    root = tei(transcript)
    assert len(root.findall(".//t:pb", NS)) == 3 and root.find(".//t:lb[@break='no']", NS) is not None
    assert root.find(".//t:text//t:persName", NS).text == "Zhou" and root.find(".//t:hi", NS).text == "swered"
    monkeypatch.chdir(tmp_path)
    assert main(["encode", ".", "--to", "xml"]) == 0
    assert (tmp_path / "xml/letter.xml").is_file()


def test_a_folder_may_mix_pages_and_other_transcripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page(tmp_path / "one" / "page" / "1.xml", region(line("First")))
    page(tmp_path / "two.xml", region(line("Second")))
    page(tmp_path / "three.xml", region(line("Third")))
    page(tmp_path / "named.xml", region(line("Fourth")))
    href = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="named.xml"'
    mets = f'<mets xmlns="http://www.loc.gov/METS/"><file ID="a"><FLocat {href}/></file></mets>'
    (tmp_path / "book.mets").write_text(mets)
    (tmp_path / "tei.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><!-- <PcGts> --></TEI>')
    (tmp_path / "letter.txt").write_text("Dear Sir,\n\nI am well.\n")
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    assert main(["encode", ".", "--to", "out", "-v"]) == 0
    names = {path.stem for path in (tmp_path / "out").iterdir() if path.suffix == ".xml"}
    assert names == {"one", "two", "three", "book", "letter"}
    assert "2 pages in PAGE XML or ALTO become a document each" in capsys.readouterr().out
    assert main(["encode", "one/page", "--to", "other"]) == 0
    assert (tmp_path / "other" / "one.xml").is_file()


def test_pages_tables_and_pictures_are_watched(tmp_path: Path) -> None:
    page(tmp_path / "one" / "page" / "1.xml", region(line("First")))
    counts = wanted([tmp_path])
    seen = ["a.txt", "a.xml", "a.csv", "a.png", "one/page/1.xml", "one/1.jpg"]
    assert [name for name in seen if not counts(tmp_path / name)] == []
    assert [name for name in ("a.pdf", "out/a.html", "site/one/a.html") if counts(tmp_path / name)] == []


def test_a_mets_file_gives_the_order(tmp_path: Path, findings: list[Finding]) -> None:
    for name in "ab":
        page(tmp_path / f"page/{name}.xml", region(line(name)))
    files = "".join(
        f'<file ID="{name}"><FLocat xmlns:x="http://www.w3.org/1999/xlink" x:href="{href}"/></file>'
        for name, href in (
            ("A", "page/a.xml"),
            ("B", "page/b.xml"),
            ("C", "../c.xml"),
            ("D", "https://d.example/d.xml"),
        )
    )
    path = tmp_path / "mets.xml"
    pointers = "".join(f'<div><fptr FILEID="{name}"/></div>' for name in "BAC")
    path.write_text(
        f'<mets xmlns="http://www.loc.gov/METS/"><fileSec><fileGrp>{files}</fileGrp></fileSec><structMap>{pointers}'
        "</structMap></mets>"
    )
    assert read(path, report=findings.append).text() == "b\n\na"
    assert [finding.message for finding in findings if finding.rule == "page-file-missing"] == [
        "The METS file names “../c.xml”, which is no page here."
    ]


@pytest.mark.parametrize("text", ["<PcGts", f'<PcGts xmlns="{PAGE}"/>', "<alto/>", "<mets/>", "<alto><Layout><Page/>"])
def test_a_broken_layout_raises_nothing(tmp_path: Path, text: str, findings: list[Finding]) -> None:
    path = tmp_path / "a.xml"
    path.write_text(text)
    assert read(path, report=findings.append).path == path


# ## Metadata


def test_a_table_of_metadata_fills_what_the_page_leaves_out(tmp_path: Path, findings: list[Finding]) -> None:
    (tmp_path / "a.txt").write_text("+++\ntitle = 'Ours'\n+++\nWords.")
    table = tmp_path / "meta.csv"
    table.write_text(
        "\ufefffile,title,authors,associated_places,fancy,text_body\n"
        'b.txt,No,,,,\na.txt,"Theirs, or not",Anna; Bert,Moscow|Berlin,x,Words\n'
    )
    transcript = read(tmp_path / "a.txt", report=findings.append)
    findings.clear()
    made = with_metadata(transcript, [table], report=findings.append)
    assert [(item.name, item.value) for item in made.fields] == [
        ("title", "Ours"), ("author", "Anna"), ("author", "Bert"), ("place", "Moscow"), ("place", "Berlin"),
    ]  # fmt: skip
    assert [(finding.rule, finding.line) for finding in findings] == [("metadata-differs", 3)]
    unknown_columns(table, findings.append)
    assert [finding.rule for finding in findings[1:]] == ["metadata-column-unknown"] and "fancy" in findings[1].message


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"file\n\xff\n", b'file\n"x', b"file,file\n,\n"])
def test_a_table_that_is_none_is_a_finding(tmp_path: Path, data: bytes, findings: list[Finding]) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "meta.csv").write_bytes(data)
    transcript = read(tmp_path / "a.txt", report=findings.append)
    findings.clear()
    made = with_metadata(transcript, [tmp_path / "meta.csv"], report=findings.append)
    unknown_columns(tmp_path / "meta.csv", findings.append)
    assert made.fields == [] and {finding.rule for finding in findings} <= {
        "metadata-unreadable",
        "metadata-row-missing",
    }
    assert findings


# ## Translations

ONE = ["Am 3. Juni kam er.", "Er sprach sehr lange über die Lage im Osten und über das Geld, das fehlte.", "Ende."]
TWO = ["He came on 3 June.", "He spoke at great length about the position in the East and the money lacking.", "End."]


def text(*paragraphs: str) -> etree._Element:
    """Return a text of paragraphs."""
    return E.text(E.body(E.div(*(E.p(words) for words in paragraphs))))


def test_paragraphs_of_a_translation_are_aligned() -> None:
    def pairs(one: list[str], two: list[str]) -> list[tuple[tuple[int, ...], tuple[int, ...], bool]]:
        return [(link.one, link.two, bool(link.doubt)) for link in align(units(text(*one)), units(text(*two)))]

    assert pairs(ONE, TWO) == [((at,), (at,), False) for at in range(3)]
    assert pairs(ONE[:1] + ONE[2:], TWO) == [((0,), (0,), False), ((), (1,), True), ((1,), (2,), False)]
    halves = [TWO[0], *[f"{part}." for part in TWO[1].split(" and ")], TWO[2]]
    assert pairs(ONE, halves) == [((0,), (0,), False), ((1,), (1, 2), False), ((2,), (3,), False)]
    assert pairs([], []) == [] and pairs([], TWO[:1]) == [((), (0,), True)]


@settings(max_examples=60, deadline=None)
@given(*[st.lists(st.sampled_from([*ONE, "x 5", "y" * 90]), max_size=7)] * 2)
def test_every_paragraph_is_in_one_link(one: list[str], two: list[str]) -> None:
    links = align(units(text(*one)), units(text(*two)))
    assert [at for link in links for at in link.one] == list(range(len(one)))
    assert [at for link in links for at in link.two] == list(range(len(two)))


def test_an_edition_links_original_and_translation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.de.txt").write_text("\n\n".join(ONE))
    (tmp_path / "a.en.txt").write_text("\n\n".join(TWO))
    (tmp_path / "edition.toml").write_text(
        '[[document]]\nsource = "a.de.txt"\nid = "de"\n[[document]]\nsource = "a.en.txt"\nid = "en"\n'
    )
    monkeypatch.chdir(tmp_path)
    assert main(["encode"]) == 0
    trees = {key: etree.parse(str(tmp_path / f"xml/{key}.xml")).getroot() for key in ("de", "en")}
    for key, other in (("de", "en"), ("en", "de")):
        root = trees[key]
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == key
        links = [unit.element.get("corresp") for unit in units(root[-1])]
        assert links == [f"{other}.xml#{unit.element.get(ID)}" for unit in units(trees[other][-1])]
        assert schema().validate(root), schema().error_log
    assert main(["validate"]) == 0


def test_a_translation_of_nothing_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text('[[document]]\nsource = "a.txt"\ntranslation-of = "b"\n')
    with pytest.raises(EditionError, match="which is no other document"):
        Edition.load(tmp_path)
