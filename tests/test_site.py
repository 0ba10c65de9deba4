"""What the site of an edition promises: pages that hang together, the same every time, in a folder of their own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from conftest import ROOT
from lxml import etree
from lxml import html as lxml_html

from tei_edition import Edition, publish
from tei_edition.edition import Document, Responsible
from tei_edition.finding import Finding
from tei_edition.pdf import PdfUnavailable
from tei_edition.site.anchors import mark_places
from tei_edition.tei import ID

HEADER = """<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>
<publicationStmt><publisher>Press</publisher></publicationStmt>
<sourceDesc><msDesc><msIdentifier><settlement>Kiel</settlement><repository>Archive</repository>
<idno>box 1</idno></msIdentifier></msDesc></sourceDesc></fileDesc>
<encodingDesc><editorialDecl><correction><p>{principle}</p></correction></editorialDecl></encodingDesc>
<profileDesc><abstract><p>About {title}.</p></abstract><creation>{date}</creation>
<particDesc><listPerson type="participants">
<person xml:id="anna" sameAs="register/persons.xml#brandt"><persName>Anna Brandt</persName></person>
<person xml:id="stranger"><persName>Stranger</persName></person></listPerson></particDesc>
<settingDesc><listPlace><place xml:id="kiel" sameAs="register/places.xml#kiel"><placeName>Kiel</placeName></place>
</listPlace></settingDesc></profileDesc></teiHeader>"""

TALK = """<div type="minutes"><head>Talk</head><list type="attendees">
<item corresp="#anna"><persName ref="#anna">Anna</persName></item></list>
<sp who="#anna"><speaker><persName ref="#anna">Anna</persName>:</speaker>
<p>To <placeName ref="#kiel">Kiel</placeName>?</p></sp>
<sp who="#stranger"><speaker>Stranger:</speaker><p>Yes.</p></sp>
<sp who="#anna"><speaker>Anna:</speaker><p>Good.</p></sp>
<stage>They leave.</stage></div>"""

LETTER = """<div type="letter"><opener><salute>Dear <persName ref="#anna">Anna</persName>,</salute></opener>
<p part="I">I was</p><p part="F">in <placeName ref="#kiel">Kiel</placeName> and <placeName ref="#kiel">Kiel</placeName>;
see the <ref target="talk.xml">talk</ref>, a <ref target="gone.xml#x">lost letter</ref>,
<ref target="register/places.xml#kiel">the place</ref> and <ref target="javascript:alert(1)">this</ref>.</p>
<p>A picture: <figure><graphic url="pictures/quay.png"/></figure>
<figure><graphic url="../secret.png"/></figure></p></div>"""

COLLECTION = """<div type="collection"><head>Papers</head><p>What the papers are.</p><listBibl>
<bibl><date when="1921-05-01">1 May 1921</date> <title>Talk</title></bibl>
<bibl><date when="1930">1930</date> <title>Other</title></bibl></listBibl></div>"""

PERSONS = """<listPerson><person xml:id="brandt">
<persName type="main"><forename>Anna</forename> <surname>Brandt</surname></persName>
<persName type="variant" subtype="pinyin" from="1920-01-01">Bolante</persName><persName type="short">Brandt</persName>
<birth when="1878-12-18"/><death when="1953"/><note>A teacher.</note><idno type="VIAF">123</idno></person>
<person xml:id="aubel"><persName type="main">Otto Aubel</persName>
<note>Nobody &lt;script&gt; mentions him.</note></person></listPerson>"""

PLACES = """<listPlace><place xml:id="kiel"><placeName type="main">Kiel</placeName><country>Germany</country>
<location><geo>54.3 10.1</geo></location></place></listPlace>"""


def tei(key: str, body: str, *, title: str = "A letter", date: str = "", principle: str = "Kept.") -> str:
    head = HEADER.format(title=title, date=date, principle=principle)
    text = f"<text><body>{body}</body></text>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{key}" xml:lang="en">{head}{text}</TEI>'


def register(title: str, entries: str) -> str:
    head = f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt></fileDesc></teiHeader>"
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">{head}<standOff>{entries}</standOff></TEI>'


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """Return an edition of a collection, a talk and a letter, with two registers; PDF is stood in for."""
    monkeypatch.setattr("tei_edition.site.setting.pdf", lambda page, **_: b"%PDF- " + str(len(page)).encode())
    monkeypatch.setattr("tei_edition.site.pdf_of", lambda book, **_: b"%PDF- " + str(len(book.parts)).encode())
    folder = tmp_path / "xml"
    files = {
        "papers.xml": tei("papers", COLLECTION, title="Papers"),
        "letter.xml": tei("letter", LETTER, date='<date when="1921-06-02">2 June 1921</date>', principle="Changed."),
        "talk.xml": tei("talk", TALK, title="Talk &amp; &lt;b&gt;more", date='<date when="1921-05-01">May 1</date>'),
        "talk.new.xml": "<unfinished",
        "register/persons.xml": register("Persons", PERSONS),
        "register/places.xml": register("Places", PLACES),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "quay.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.png").write_bytes(b"\x89PNG secret")
    return Edition(
        folder=tmp_path, title="Letters <from> Kiel", description="One.\n\nTwo.", rights="Free.", publisher="Press",
        date="2026-11-22", responsible=(Responsible(id="e", resp="edited by", name="E. Ditor"),),
        documents=tuple(Document(source=tmp_path / f"{key}.txt", id=key) for key in ("letter", "talk", "papers")),
        register=(folder / "register" / "persons.xml", folder / "register" / "places.xml"),
        tei=folder, site=tmp_path / "site",
    )  # fmt: skip


def page(folder: Path, name: str) -> Any:
    return lxml_html.document_fromstring((folder / name).read_bytes())


def words(node: Any) -> str:
    """Return the words of an element; where one element ends and the next begins there is a blank."""
    return " ".join(" ".join(node.itertext()).split())


def dangling(folder: Path) -> list[str]:
    """Return every link and source of every page that leads to no file of the folder, or to no id of it."""
    pages = {file: page(folder, str(file.relative_to(folder))) for file in sorted(folder.rglob("*.html"))}
    ids = {file: set(tree.xpath("//@id")) for file, tree in pages.items()}
    lost = []
    for file, tree in pages.items():
        for link in tree.xpath("//@href | //@src | //@aria-labelledby"):
            if link.attrname == "aria-labelledby":
                link = "#" + link
            if re.match(r"https?:|mailto:|data:", link):
                continue
            path, key = urldefrag(link)
            target = (file.parent / unquote(path)).resolve() if path else file
            if not target.is_file() or not target.is_relative_to(folder) or (key and unquote(key) not in ids[target]):
                lost.append(f"{file.name}: {link}")
    return lost


def test_every_link_leads_somewhere(edition: Edition, findings: list[Finding]) -> None:
    """No link dangles; what cannot be followed keeps its words and is a finding."""
    folder = publish(edition, report=findings.append)
    assert dangling(folder) == []
    assert [(finding.rule, finding.file.name) for finding in findings] == [
        ("pointer-dangling", "letter.xml"),
        ("image-missing", "letter.xml"),
    ]
    text = (folder / "letter.html").read_text(encoding="utf-8")
    for kept in (
        "lost letter",
        "<a class=ref href=talk.html",
        "href=register/places/kiel.html",
        "src=pictures/quay.png",
    ):
        assert kept in text
    assert "secret.png" not in text
    assert not (folder / "secret.png").exists()


def test_the_sample_edition_hangs_together(
    tmp_path: Path, findings: list[Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The five documents of the sample give a site without a dangling link, and names lead to the registers."""
    monkeypatch.setattr("tei_edition.site.setting.pdf", lambda page, **_: b"%PDF-")
    monkeypatch.setattr("tei_edition.site.pdf_of", lambda book, **_: b"%PDF-")
    edition = Edition.load(ROOT)
    if not all(edition.encoded(document).exists() for document in edition.documents):
        pytest.skip("the sample edition is not encoded here; run tei-edition encode")
    folder = publish(edition, tmp_path / "site", report=findings.append)
    assert findings == []
    assert dangling(folder) == []
    assert len(list(folder.glob("*-diplomatic.html"))) == len(edition.documents)
    for file in edition.documents:
        assert len((folder / f"{file.id}.html").read_bytes()) <= 60 * 1024
    names = page(folder, "stalin-soong-1945-08-10.html").xpath("//a[@class='name']/@href")
    assert "register/persons/stalin.html" in names
    entry = page(folder, "register/persons.html").get_element_by_id("stalin").getparent()
    assert "78 turns" in words(entry)


def test_pages_ask_for_nothing_from_outside(edition: Edition, findings: list[Finding]) -> None:
    """No script, no style in the page, a policy in every head, every source a file of the site."""
    folder = publish(edition, report=findings.append)
    for file in sorted(folder.rglob("*.html")):
        tree = page(folder, str(file.relative_to(folder)))
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'")
        assert tree.xpath("//style | //iframe | //object | //@style | //@onclick") == []
        for script in tree.xpath("//script"):
            assert (folder / file.parent / script.get("src", "")).is_file() or script.get(
                "type"
            ) == "application/ld+json"
        assert [link for link in tree.xpath("//link/@href | //img/@src") if ":" in link] == []
        assert [link for link in tree.xpath("//@href") if link.startswith("javascript")] == []
        assert tree.xpath("//html/@lang")
        assert len(tree.xpath("//h1")) == 1
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))
    assert "@import" not in (folder / "site.css").read_text(encoding="utf-8")
    assert "http" not in re.sub(r"/\*.*?\*/", "", (folder / "site.css").read_text(encoding="utf-8"), flags=re.S)


def test_the_front_page_lists_documents_by_date(edition: Edition, findings: list[Finding]) -> None:
    """Documents stand by date, the collection apart; every one has its ways."""
    folder = publish(edition, report=findings.append)
    front = page(folder, "index.html")
    assert words(front.find(".//h1")) == "Letters <from> Kiel"
    rows = front.xpath("//ol[@class='contents']/li")
    assert [words(row.find(".//h3")) for row in rows] == ["Talk & <b>more", "A letter"]
    assert words(rows[0]).startswith("1 May 1921 Talk & <b>more Anna Brandt, Stranger About Talk & <b>more.")
    assert rows[1].xpath(".//@href") == [
        "letter.html",
        "letter.html",
        "letter-diplomatic.html",
        "letter.pdf",
        "letter.epub",
        "letter.xml",
        "letter.txt",
    ]
    (collection,) = front.xpath("//div[@class='collection']")
    assert "Listed: 2 documents, 1921–1930." in words(collection)
    assert "Edited by E. Ditor. Press, 2026." in words(front)


def test_documents_know_their_neighbours(edition: Edition, findings: list[Finding]) -> None:
    """Before and after are those of the order of the site, over and under the text; the views lead to each other."""
    folder = publish(edition, report=findings.append)
    for view in ("talk.html", "talk-diplomatic.html"):
        tree = page(folder, view)
        assert tree.xpath("//a[@rel='prev']/@href") == ["papers.html"] * 2
        assert tree.xpath("//a[@rel='next']/@href") == ["letter.html"] * 2
        assert tree.xpath("//nav[@class='views']//@href")[:3] == ["talk.html", "talk-diplomatic.html", "talk.txt"]
        assert tree.xpath("//nav[@class='views']//a[@aria-current]/@href") == [view]
        assert "index.html" in tree.xpath("//header[@class='site']/a/@href")
    assert page(folder, "papers.html").xpath("//a[@rel='prev']") == []
    assert (folder / "talk.xml").read_bytes() == (edition.tei / "talk.xml").read_bytes()


def test_registers_lead_back_to_every_place(edition: Edition, findings: list[Finding]) -> None:
    """An entry says its forms, its life, and how often it occurs where; labels of speakers are no mentions."""
    folder = publish(edition, report=findings.append)
    tree = page(folder, "register/persons.html")
    entry = tree.get_element_by_id("brandt").getparent()
    said = words(entry)
    assert said.startswith("Brandt, Anna 18 December 1878–1953 Bolante (Pinyin, from 1 January 1920) A teacher.")
    assert "Talk & <b>more , 1 May 1921, 2 turns : item 1 , turn 1 , turn 3" in said
    assert "A letter , 2 June 1921, participant, 1 mention : salutation" in said
    assert entry.xpath(".//a[@rel='external']/@href") == ["https://viaf.org/viaf/123"]
    (rest,) = tree.xpath("//section[@class='unmentioned']")
    assert "Otto Aubel Nobody <script> mentions him." in words(rest)
    place = words(page(folder, "register/places.html").get_element_by_id("kiel").getparent())
    assert place.startswith("Kiel Germany 54.3 10.1 Talk & <b>more , 1 May 1921, 1 mention : turn 1")
    assert "A letter , 2 June 1921, 2 mentions : ¶ 1 Every mention" in place


def test_about_says_which_principle_holds_where(edition: Edition, findings: list[Finding]) -> None:
    """A principle that not all documents share names those that do."""
    folder = publish(edition, report=findings.append)
    said = words(page(folder, "about.html"))
    assert "Kept. ( Papers , 1 May 1921 )" in said
    assert "Changed. ( 2 June 1921 )" in said


def test_publishing_again_writes_nothing_new(edition: Edition, findings: list[Finding]) -> None:
    """The same edition gives the same bytes, and files that are the same are left alone."""
    folder = publish(edition, report=findings.append)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}
    publish(edition, report=findings.append)
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()
    }
    listed = {row["path"] for row in json.loads((folder / "manifest.json").read_bytes())["files"]}
    assert listed == {path.relative_to(folder).as_posix() for path in before} - {"manifest.json"}


def test_what_no_longer_belongs_is_removed_if_it_is_ours(edition: Edition, findings: list[Finding]) -> None:
    """A document that left the edition leaves the site; what somebody changed or added stays."""
    folder = publish(edition, report=findings.append)
    (folder / "CNAME").write_text("letters.example", encoding="utf-8")
    (folder / "letter.txt").write_text("mine now", encoding="utf-8")
    outside = edition.folder / "precious.txt"
    outside.write_text("precious", encoding="utf-8")
    manifest = folder / "manifest.json"
    table = json.loads(manifest.read_bytes())
    table["files"].append({"path": "../precious.txt", "sha256": "0", "bytes": 1})
    manifest.write_text(json.dumps(table), encoding="utf-8")
    (edition.tei / "letter.xml").unlink()
    findings.clear()
    publish(edition, report=findings.append)
    assert sorted(finding.rule for finding in findings) == ["file-kept", "file-missing"]
    assert sorted(path.name for path in folder.glob("letter*")) == ["letter.txt"]
    assert (folder / "CNAME").exists()
    assert outside.exists()
    assert dangling(folder) == []


def test_a_folder_of_somebody_else_is_not_touched(edition: Edition, findings: list[Finding]) -> None:
    """Where other things are, nothing is written."""
    home = edition.folder / "home"
    home.mkdir()
    (home / "index.html").write_text("mine", encoding="utf-8")
    assert publish(edition, home, report=findings.append) == home
    assert [finding.rule for finding in findings] == ["folder-taken"]
    assert [path.name for path in home.iterdir()] == ["index.html"]


def test_what_cannot_be_published_is_told_and_the_rest_goes_on(edition: Edition, findings: list[Finding]) -> None:
    """Ill-formed, not TEI, an id that the site needs itself, not encoded yet: findings; other TEI beside is taken."""
    (edition.tei / "letter.xml").write_text("<TEI><unclosed></TEI>", encoding="utf-8")
    (edition.tei / "talk.xml").unlink()
    (edition.tei / "index.xml").write_text(tei("index", "<p>Lost.</p>"), encoding="utf-8")
    (edition.tei / "notes.xml").write_text("<notes/>", encoding="utf-8")
    (edition.tei / "1930 guest.xml").write_text(tei("guest", "<p>Found.</p>", title="Guest"), encoding="utf-8")
    folder = publish(edition, report=findings.append)
    assert sorted((finding.rule, finding.file.name) for finding in findings) == [
        ("file-missing", "talk.xml"),
        ("name-taken", "index.xml"),
        ("not-tei", "notes.xml"),
        ("xml-ill-formed", "letter.xml"),
    ]
    assert sorted(path.name for path in folder.glob("*.xml")) == ["d1930-guest.xml", "papers.xml"]
    assert "Guest" in words(page(folder, "index.html"))
    assert dangling(folder) == []


def test_a_page_whose_stylesheet_stops_keeps_its_text_and_the_site_goes_on(
    edition: Edition, findings: list[Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody foresaw in one document costs the frame of its page, is told, and is tried again the next time."""
    from tei_edition import saxon

    transform = saxon.transform

    def stopping(sheet: Any, text: str, parameters: Any = None) -> str:
        letter = (parameters or {}).get("page") == "letter.html"
        return transform(saxon.compile_text(STOPS) if letter else sheet, text, parameters if not letter else None)

    with monkeypatch.context() as broken:
        broken.setattr(saxon, "transform", stopping)
        folder = publish(edition, report=findings.append)
    [found] = [finding for finding in findings if finding.rule == "view-broken"]
    assert str(found.file) == "letter.html"
    assert "Stop here -->." in found.message
    whole = (folder / "letter.html").read_text(encoding="utf-8")
    assert "page-broken" not in whole
    assert '<article class="document reading"' in whole
    findings.clear()
    publish(edition, report=findings.append)
    assert "view-broken" not in {finding.rule for finding in findings}
    assert page(folder, "letter.html").xpath("//footer")


STOPS = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="/"><xsl:sequence select="error((), 'Stop here --&gt;.')"/></xsl:template></xsl:stylesheet>"""


@pytest.mark.parametrize("key", ["../up", "a:b", "brandt--&gt;", ".x", "x" * 300])
def test_an_entry_whose_id_is_no_name_of_a_file_has_a_page(key: str, edition: Edition, findings: list[Finding]) -> None:
    """A register of somebody else may have ids of any kind: its entries have pages, nothing is written elsewhere."""
    file = edition.register[0]
    file.write_text(file.read_text(encoding="utf-8").replace('xml:id="brandt"', f'xml:id="{key}"'), encoding="utf-8")
    folder = publish(edition, report=findings.append)
    assert "id-not-a-name" in [finding.rule for finding in findings]
    assert any("Brandt" in words(page(folder, f"register/persons/{path.name}"))
               for path in (folder / "register" / "persons").glob("*.html"))  # fmt: skip
    assert dangling(folder) == []


def test_without_pdf_one_finding_and_no_link(
    edition: Edition, findings: list[Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where PDF cannot be made the site says so once and offers none."""

    def unavailable(page: str, **_: Any) -> bytes:
        raise PdfUnavailable("PDF needs WeasyPrint.")

    monkeypatch.setattr("tei_edition.pdf.pdf", unavailable)
    folder = publish(edition, report=findings.append)
    assert [finding.rule for finding in findings].count("pdf-unavailable") == 1
    assert list(folder.glob("*.pdf")) == []
    assert dangling(folder) == []


def test_an_edition_without_anything_has_a_front_page(tmp_path: Path, findings: list[Finding]) -> None:
    """No documents, no registers, no words: still a site."""
    folder = publish(Edition(folder=tmp_path, tei=tmp_path / "xml", site=tmp_path / "site"), report=findings.append)
    assert findings == []
    assert {"index.html", "about.html", "404.html", "site.css", "manifest.json"} <= {
        path.name for path in folder.iterdir()
    }
    assert not {"speakers.html", "chronology.html", "map.html", "sitemap.xml"} & {
        path.name for path in folder.iterdir()
    }
    assert dangling(folder) == []


def test_progress_is_told(edition: Edition, findings: list[Finding]) -> None:
    """The documents are handed through the function that shows how far it is."""
    told: list[str] = []

    def progress(things: Sequence[Any], what: str) -> Sequence[Any]:
        told.append(f"{what} {len(things)}")
        return things

    publish(edition, report=findings.append, progress=progress)
    assert told == ["Publishing 3"]


def test_places_are_counted_and_ids_kept() -> None:
    """Paragraphs and turns get ids in the order of the text; an id that is there stays, none is given twice."""
    text = '<sp><p>a</p></sp><p xml:id="p-2">b</p><p>c</p><note><p>d</p></note>'
    root = etree.fromstring(tei("x", text))
    mark_places(root)
    places = [(etree.QName(node).localname, node.get(ID)) for node in root.iterfind(".//{*}body//*")]
    assert places == [("sp", "turn-1"), ("p", None), ("p", "p-2"), ("p", "p-3"), ("note", "note-1"), ("p", "p-4")]


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/../b", "", ".hidden", "a\nb"])
def test_a_name_that_is_none_is_refused(path: str, tmp_path: Path) -> None:
    """Nothing but names inside the folder can be written."""
    from tei_edition.site.folder import Folder

    report: Callable[[Finding], None] = print
    folder = Folder.opened(tmp_path / "site", report)
    assert folder
    with pytest.raises(ValueError, match="not the name"):
        folder.put(path, b"")


def test_a_day_without_words_or_without_a_place_does_not_stop_the_site(
    edition: Edition, findings: list[Finding]
) -> None:
    body = '<p>On <date when="1921-07-03">3 July 1921</date> he came, on <date when="1921-07-04"/> he left.</p>'
    front = "<front><docDate><date when='1921-07-05'>5 July 1921</date></docDate></front>"
    text = tei("talk", f"<div type='letter'>{body}</div>", date='<date when="1921-05-01">May 1</date>')
    (edition.tei / "talk.xml").write_text(text.replace("<text>", f"<text>{front}"), encoding="utf-8")
    site = publish(edition, report=findings.append)
    days = page(site, "chronology.html").xpath("//dd[@class='named']")
    assert [words(day.xpath(".//strong")[0]) for day in days] == ["3 July 1921", "5 July 1921"]
    assert [words(day.xpath("a")[0]) for day in days][1] == "1 May 1921"


def test_the_page_of_an_entry_says_in_its_head_what_the_register_says(
    edition: Edition, findings: list[Finding]
) -> None:
    site = publish(edition, report=findings.append)
    assert page(site, "register/persons/brandt.html").xpath("//meta[@name='description']/@content") == ["A teacher."]
    assert page(site, "register/places/kiel.html").xpath("//meta[@name='description']") == []
