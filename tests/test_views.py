"""A view keeps every word of a document, is valid and safe HTML, and is the same every time."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import lxml.html
import pytest
from casefile import Case, cases
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition import tei
from tei_edition.finding import Finding
from tei_edition.parallel import BESIDE, parallel
from tei_edition.views import VIEWS, own_view, render

HTML_VIEWS = [view.name for view in VIEWS.values() if view.media == "text/html"]
ENCODED = sorted((ROOT / "xml").glob("*.xml"))

FRAME = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>
<title>A document</title>
<respStmt xml:id="translator"><resp>translated by</resp><persName>Ann Other</persName></respStmt>
</titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><msDesc><msIdentifier/><physDesc><handDesc>
<handNote xml:id="hand1">Unidentified hand (blue pencil).</handNote>
</handDesc></physDesc></msDesc></sourceDesc></fileDesc>
<encodingDesc><editorialDecl><quotation marks="none"/></editorialDecl></encodingDesc>
<profileDesc><particDesc><listPerson>
<person xml:id="stalin" sameAs="register/persons.xml#stalin"><persName>Iosif Stalin</persName></person>
</listPerson></particDesc></profileDesc></teiHeader><text><body>%s</body></text></TEI>"""


def document(body: str) -> etree._Element:
    """Return a document with a small header and this body."""
    found: list[Finding] = []
    tree = tei.parse((FRAME % body).encode(), Path("case.xml"), found.append)
    assert tree is not None, found
    return tree


def text_of(html: str) -> str:
    """Return the HTML of the text of a page, without the card before it and the notes after it."""
    inside = html.split('<div class="text" id="text">', 1)[1]
    depth = 1
    for tag in re.finditer(r"<(/?)div\b", inside):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return re.sub(r"\s+", " ", inside[: tag.start()]).strip()
    raise AssertionError("the text does not end")


def words(html: str) -> str:
    """Return the words of the text of a page without what the edition adds, white space as one blank."""
    body = lxml.html.document_fromstring(html).xpath("//div[@id='text']")[0]
    for added in body.xpath(".//*[contains(concat(' ', @class, ' '), ' ed ')]"):
        added.drop_tree()
    return " ".join("".join(body.itertext()).split())


# ## Cases


@pytest.mark.parametrize("case", cases("views"), ids=str)
def test_each_case_gives_the_html_it_shows(case: Case, update: bool, findings: list[Finding]) -> None:
    tree = document(case.blocks["input"])
    for view in HTML_VIEWS:
        found = text_of(render(tree, view, report=findings.append, fragment=True))
        if update and view in case.blocks:
            case.rewrite(view, found)
        else:
            assert found == case.blocks.get(view, case.blocks.get("reading"))
    assert findings == []


# ## Nothing is lost


@pytest.mark.parametrize("path", ENCODED, ids=lambda path: path.stem)
def test_the_diplomatic_view_shows_the_words_of_the_text_in_their_order(path: Path, findings: list[Finding]) -> None:
    tree = tei.parse(path.read_bytes(), path, findings.append)
    assert tree is not None
    shown = words(render(tree, "diplomatic", report=findings.append))
    for correction in tree.iterfind(".//t:corr", tei.NS):
        if correction.get("cert") != "low":
            correction.clear(keep_tail=True)
    for form in tree.iterfind(".//t:reg", tei.NS):
        name = form.getparent().getparent()  # the form in brackets stands behind a possessive
        if (name.tail or "")[:2] in ("'s", "’s"):
            name.tail = f"{name.tail[:2]}{''.join(form.itertext())}{name.tail[2:]}"
            form.clear(keep_tail=True)
    for side in tree.iterfind(".//t:item/t:list[@type='delegation']/t:head", tei.NS):
        side.clear()  # the editor's name for a side, which the source does not have
    text = tree.find("t:text", tei.NS)
    assert text is not None
    shown, wanted = shown.replace(" ", ""), "".join("".join(text.itertext()).split())
    if text.find(".//t:list[@type='delegation']", tei.NS) is not None:  # its columns are rows again
        shown, wanted = "".join(sorted(shown)), "".join(sorted(wanted))
    assert shown == wanted
    assert findings == []


@pytest.mark.parametrize("path", ENCODED, ids=lambda path: path.stem)
def test_the_reading_view_loses_no_word(path: Path, findings: list[Finding]) -> None:
    tree = tei.parse(path.read_bytes(), path, findings.append)
    assert tree is not None
    page = lxml.html.document_fromstring(render(tree, "reading", report=findings.append))
    text = tree.find("t:text", tei.NS)
    assert text is not None
    missing = Counter(re.findall(r"\w+", " ".join(text.itertext()))) - Counter(
        re.findall(r"\w+", " ".join(page.itertext()))
    )
    assert not missing


@pytest.mark.parametrize("path", ENCODED, ids=lambda path: path.stem)
@pytest.mark.parametrize("view", HTML_VIEWS)
def test_no_space_is_lost_or_added_inside_a_paragraph(path: Path, view: str, findings: list[Finding]) -> None:
    tree = tei.parse(path.read_bytes(), path, findings.append)
    assert tree is not None
    shown = words(render(tree, view, report=findings.append))
    for paragraph in tree.iterfind(".//t:body//t:p", tei.NS):
        if paragraph.find(".//t:note", tei.NS) is None and paragraph.find(".//t:reg", tei.NS) is None:
            assert " ".join("".join(paragraph.itertext()).split()) in shown


def test_the_diplomatic_view_is_the_transcript_again() -> None:
    from tei_edition.edition import Edition
    from tei_edition.readers import read

    edition = Edition.load(ROOT)
    for document_ in edition.documents:
        if document_.id not in ("petrov-zhou-1945-10-05", "stalin-soong-1945-08-10", "note-1945-11-16"):
            continue
        file = edition.encoded(document_)
        if not file.exists():
            pytest.skip("the sample edition is not encoded yet")
        tree = tei.parse(file.read_bytes(), file, lambda finding: None)
        assert tree is not None
        html = render(tree, "diplomatic", report=lambda finding: None)
        body = lxml.html.document_fromstring(html).xpath("//div[@id='text']")[0]
        source = read(document_.source, report=lambda finding: None, reader=document_.reader).text()
        assert "".join("".join(body.itertext()).split()) == "".join(source.split())


def test_an_element_without_a_template_keeps_its_words_and_is_reported_once(findings: list[Finding]) -> None:
    tree = document('<p>one <blort>two</blort> <blort>three</blort></p><x xmlns="urn:y">four</x>')
    html = render(tree, report=findings.append)
    assert words(html) == "one two threefour"
    assert [finding.rule for finding in findings] == ["element-without-template"] * 2
    assert "“blort”, which occurs 2 times" in findings[0].message
    assert findings[0].xpath == "/TEI/text/body/p/blort"
    assert findings[0].line == 10
    assert "“x” of urn:y" in findings[1].message


def test_every_element_of_the_schema_has_a_template(findings: list[Finding]) -> None:
    odd = ROOT / "schema" / "tei_edition.odd"
    if not odd.exists():
        pytest.skip("the schema is not here yet")
    tree = etree.fromstring(odd.read_bytes())
    listed = " ".join(ref.get("include", "") for ref in tree.iter(f"{{{tei.TEI}}}moduleRef"))
    empty = "".join(f"<p><{name}>words</{name}></p>" for name in sorted(set(listed.split())))
    for view in HTML_VIEWS:
        render(document(empty), view, report=findings.append)
    in_header_only = set(
        """sponsor samplingDecl stdVals tagsDecl tagUsage namespace rendition refsDecl citeStructure citeData prefixDef
        listPrefixDef classDecl taxonomy category catDesc appInfo application profileDesc abstract creation langUsage
        language textClass keywords classCode catRef calendarDesc calendar correspDesc correspAction correspContext
        revisionDesc change encodingDesc projectDesc editorialDecl correction normalization quotation hyphenation
        segmentation interpretation punctuation particDesc settingDesc setting locale activity rubric incipit explicit
        foliation typeDesc typeNote additions accMat sealDesc adminInfo recordHist source custodialHist surrogates
        handNotes eventName""".split()
    )
    without = {match[1] for finding in findings if (match := re.search("“(.+?)”", finding.message))}
    assert without - in_header_only == set()


# ## Form


@pytest.mark.parametrize("view", HTML_VIEWS)
def test_a_page_is_whole_and_says_its_language(view: str, findings: list[Finding]) -> None:
    html = render(document("<div><head>Head</head><p>words</p></div>"), view, report=findings.append)
    assert html.startswith('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">')
    page = lxml.html.document_fromstring(html)
    assert page.xpath("string(//title)") == "A document"
    assert len(page.xpath("//main/article/header//h1")) == 1
    assert page.xpath("string(//h2[@class='head'])") == "Head"


def test_tags_are_balanced_and_ids_are_unique(findings: list[Finding]) -> None:
    for case in cases("views"):
        for view in HTML_VIEWS:
            checker = Balance()
            checker.feed(render(document(case.blocks["input"]), view, report=findings.append))
            checker.close()
            assert checker.faults == [], case.title


class Balance(HTMLParser):
    """Finds tags that do not match, blocks inside paragraphs, links inside links, and ids that occur twice."""

    VOID = frozenset("meta link br hr img input".split())
    BLOCK = frozenset("p div ul ol dl table section aside blockquote h1 h2 h3 h4 figure header article".split())

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a start tag."""
        key = dict(attrs).get("id")
        if key and key in self.ids:
            self.faults.append(f"id {key} twice")
        if key:
            self.ids.add(key)
        if tag in self.BLOCK and set(self.open) & {"p", "h1", "h2", "h3", "h4", "span", "a"}:
            self.faults.append(f"{tag} in {'/'.join(self.open)}")
        if tag == "a" and "a" in self.open:
            self.faults.append("a in a")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note an end tag."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"/{tag}")


def test_the_same_document_gives_the_same_characters(findings: list[Finding]) -> None:
    tree = document(cases("views")[0].blocks["input"])
    for view in VIEWS:
        assert render(tree, view, report=findings.append) == render(tree, view, report=findings.append)


def test_an_unknown_view_is_a_wrong_call(findings: list[Finding]) -> None:
    with pytest.raises(ValueError, match=r"no view “critical”.*reading, diplomatic, transcript"):
        render(document("<p/>"), "critical", report=findings.append)


def test_options_make_links(findings: list[Finding]) -> None:
    html = render(
        document('<p><persName ref="#stalin">Stalin</persName> <ref target="a/b.xml">b</ref></p>'),
        report=findings.append, css="../edition.css", tei="a.xml", pdf="a.pdf", register="register/",
        views=[{"name": "reading", "label": "Reading text", "href": "a.html"}],
        nav=[{"rel": "home", "label": "Edition <1>", "href": "index.html"}],
    )  # fmt: skip
    assert '<link rel="stylesheet" href="../edition.css">' in html
    assert '<a class="name" href="register/persons.html#stalin">Stalin</a>' in html
    assert '<a href="a.html" aria-current="page">Reading text</a>' in html
    assert '<a class="home" href="index.html">Edition &lt;1&gt;</a>' in html
    assert '<a class="download" href="a.pdf" type="application/pdf">PDF</a>' in html
    assert "<style" not in html


def test_a_fragment_is_the_article_alone(findings: list[Finding]) -> None:
    html = render(document("<p>words</p>"), report=findings.append, fragment=True)
    assert html.startswith('<article class="document reading" lang="en">') and html.endswith("</article>")


def test_the_legend_holds_what_the_document_uses_and_nothing_else(findings: list[Finding]) -> None:
    page = lxml.html.document_fromstring(
        render(
            document('<p><gap reason="lost"/> <supplied>a</supplied> <supplied>b</supplied></p>'),
            report=findings.append,
        )
    )
    assert [sign.text_content() for sign in page.xpath("//section[@class='signs']//dt")] == [
        "[one word missing]",
        "[word]",
    ]
    plain = render(document("<p>words</p>"), report=findings.append)
    assert "Signs used" not in plain


def test_white_space_between_bibliographic_parts_of_a_header_is_commas(findings: list[Finding]) -> None:
    tree = document("<p/>")
    source = tree.find(".//t:sourceDesc", tei.NS)
    assert source is not None
    source.insert(0, tei.E.bibl(tei.E.publisher("Archive"), tei.E.title("Title")))
    assert '<span class="publisher">Archive</span><span class="ed">, </span>' in render(tree, report=findings.append)


# ## Safety

HOSTILE = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "//evil.example/x", "/root", "../up", "a/../../b", "a/%2e%2e/b", "\\\\host\\x",
    "x y", "https://user@evil.example/", "jar:file:x", "#missing", "a\u202eb", "http:evil", "https:///x",
]  # fmt: skip


@pytest.mark.parametrize("target", HOSTILE)
def test_a_harmful_address_is_no_link(target: str, findings: list[Finding]) -> None:
    tree = document('<p><ref>words</ref> <ptr/></p><figure><graphic url=""/></figure>')
    for node in tree.iter("{*}ref", "{*}ptr", "{*}graphic"):
        node.set("url" if node.tag.endswith("graphic") else "target", target)
    for view in HTML_VIEWS:
        page = lxml.html.document_fromstring(render(tree, view, report=findings.append))
        assert page.xpath("//div[@id='text']//@href | //div[@id='text']//@src") == []


@pytest.mark.parametrize(
    "target",
    ["https://example.org/a?b=c&d#e", "mailto:a@b.org", "doi:10.1000/1", "a/b.html#c", "#here", "a_{b}|[1].jpg"],
)
def test_a_harmless_address_is_a_link(target: str, findings: list[Finding]) -> None:
    """What no address may hold is written as a number."""
    tree = document(f'<p xml:id="here"><ref target="{target.replace("&", "&amp;")}">words</ref></p>')
    page = lxml.html.document_fromstring(render(tree, report=findings.append))
    written = target.replace("#here", "#t-here").replace("{b}|[1]", "%7Bb%7D%7C%5B1%5D")
    assert page.xpath("//div[@id='text']//a/@href") == [written]


def test_a_quotation_with_its_source_inside_a_sentence_is_in_the_line(findings: list[Finding]) -> None:
    """HTML has no block in a line."""
    tree = document("<p>He said: <cit><quote>So be it</quote> <bibl>Eze. 1</bibl></cit> and left.</p>")
    [cit] = lxml.html.document_fromstring(render(tree, report=findings.append)).xpath("//*[@class='cit']")
    assert [cit.tag, *(node.tag for node in cit)] == ["span", "q", "span"]
    tree = document("<cit><quote>So be it</quote> <bibl>Eze. 1</bibl></cit>")
    [cit] = lxml.html.document_fromstring(render(tree, report=findings.append)).xpath("//*[@class='cit']")
    assert [cit.tag, *(node.tag for node in cit)] == ["div", "blockquote", "span"]


def test_nothing_of_a_document_becomes_markup(findings: list[Finding]) -> None:
    tree = document(
        '<div type="&quot;&gt;&lt;script&gt;x" rend="onclick=alert(1) ok"><p rend="x&quot; onload=&quot;y">'
        "&lt;script&gt;a&lt;/script&gt;</p><p><!--><script>b</script>--><?php <script>c</script> ?></p></div>"
        '<script xmlns="http://www.w3.org/1999/xhtml">alert(2)</script>'
        '<table><row><cell cols="1000000000">x</cell></row></table>'
    )
    for view in HTML_VIEWS:
        html = render(tree, view, report=findings.append)
        page = lxml.html.document_fromstring(html)
        assert page.xpath("//script | //@*[starts-with(name(), 'on')]") == []
        assert "<script" not in html.split("</head>")[1]
        assert page.xpath("//@colspan") in ([], ["1000"])
        assert "r-ok" in html


EVIL = "evil.example"


def test_no_script_no_style_and_no_address_of_a_hostile_document_is_in_a_page(findings: list[Finding]) -> None:
    path = Path(__file__).parent / "documents" / "hostile.xml"
    tree = tei.parse(path.read_bytes(), path, findings.append)
    assert tree is not None
    pages = [render(tree, view, report=findings.append, css="a.css", register="register/") for view in HTML_VIEWS]
    pages += [parallel(tree, beside, report=findings.append, css="a.css") for beside in BESIDE]
    for html in pages:
        page = lxml.html.document_fromstring(html)
        assert page.xpath("//script | //style | //iframe | //object | //embed | //form | //base | //svg | //math") == []
        assert page.xpath("//@style | //@*[starts-with(name(), 'on')] | //@srcset | //@ping | //@formaction") == []
        addresses = [str(one) for one in page.xpath("//@href | //@src | //@content | //@action")]
        assert [
            one for one in addresses if EVIL in one or re.match(r"\s*(javascript|data|vbscript|file|blob):", one)
        ] == []
        assert {str(one) for one in page.xpath("//@http-equiv")} == {"Content-Security-Policy"}
        assert re.findall(r"url\s*\(|expression\s*\(|@import", re.sub(r">[^<]*<", "><", html)) == []
        assert "harmless words" in html


def test_renderings_of_the_source_become_classes(findings: list[Finding]) -> None:
    tree = document(
        '<p style="font-style: italic; color: red">a <hi rendition="#big">b</hi> <hi rend="bold">c</hi>'
        ' <hi rend="text-align:center;background:url(x)">d</hi></p>'
    )
    header = tree.find(".//t:encodingDesc", tei.NS)
    assert header is not None
    named = tei.E.rendition("font-size: 150%; text-decoration: underline", {tei.ID: "big", "scheme": "css"})
    header.append(tei.E.tagsDecl(named))
    assert text_of(render(tree, report=findings.append)) == (
        '<p class="r-italic">a <span class="hi r-big r-large r-underline">b</span> <span class="hi r-bold">c</span> '
        '<span class="hi r-center">d</span></p>'
    )


OWN_VIEW = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
xpath-default-namespace="http://www.tei-c.org/ns/1.0">%s
<xsl:template match="persName" as="element()"><b><xsl:apply-templates/></b></xsl:template></xsl:stylesheet>"""


def test_a_project_has_views_of_its_own(tmp_path: Path, findings: list[Finding]) -> None:
    stylesheet = tmp_path / "own.xsl"
    stylesheet.write_text(OWN_VIEW % '<xsl:import href="tei-edition:reading.xsl"/>')
    tree = document("<p>by <persName>Stalin</persName><gap/></p>")
    shown = text_of(render(tree, own_view("names", stylesheet), report=findings.append))
    assert shown.startswith('<p>by <b>Stalin</b><span class="gap"')


@pytest.mark.parametrize(
    "harm",
    [
        '<xsl:import href="https://example.org/x.xsl"/>', '<xsl:import href="tei-edition:../edition.toml"/>',
        '<xsl:include href="file:///etc/passwd"/>', "<xsl:nothing/>", "<unclosed>",
        '<xsl:template match="/"><xsl:result-document href="/tmp/x"/></xsl:template>',
    ],
)  # fmt: skip
def test_a_stylesheet_that_reads_or_writes_elsewhere_is_refused(harm: str, tmp_path: Path) -> None:
    stylesheet = tmp_path / "own.xsl"
    stylesheet.write_text(OWN_VIEW % harm)
    with pytest.raises(ValueError, match=r"own\.xsl: "):
        render(document("<p/>"), own_view("names", stylesheet), report=lambda finding: None)


# ## Side by side


def test_a_translation_stands_beside_the_paragraphs_it_is_linked_with(findings: list[Finding]) -> None:
    first = document('<p xml:id="a">One<note n="1">N</note></p><p xml:id="b">Two</p><p xml:id="c">Three</p>')
    second = document('<p xml:id="a" corresp="x.xml#a">Один</p><p xml:id="z" corresp="x.xml#c">Три<note>П</note></p>')
    second.set("{http://www.w3.org/XML/1998/namespace}lang", "ru")
    html = parallel(first, second, report=findings.append)
    page = lxml.html.document_fromstring(html)
    pairs = [[side.text_content() for side in pair] for pair in page.find_class("pair")[1:]]
    assert pairs == [["One[1]Two", "Один"], ["Three", "Три[1]"]]
    assert {str(side.get("lang")) for side in page.xpath("//div[@class='pair']/div[2]")} == {"ru"}
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids) and {str(href)[1:] for href in page.xpath("//a/@href")} <= set(ids)


def test_paragraphs_without_ids_of_two_views_stand_beside_each_other(findings: list[Finding]) -> None:
    tree = document("<head>Title</head><p>One<note>N</note></p><p>Two <del>x</del></p><lg><l>Verse</l></lg>")
    page = lxml.html.document_fromstring(parallel(tree, report=findings.append))
    pairs = [[" ".join(side.text_content().split()) for side in pair] for pair in page.find_class("pair")[1:]]
    assert [left[:3] for left, _ in pairs] == [right[:3] for _, right in pairs] == ["Tit", "One", "Two", "Ver"]
    ids = page.xpath("//@id")
    assert len(set(ids)) == len(ids) and {str(href)[1:] for href in page.xpath("//a/@href")} <= set(ids)
    assert not [key for key in ids if "side" in key] and not tree.xpath("//body//@xml:id")


def test_images_of_pages_stand_beside_their_text(findings: list[Finding]) -> None:
    tree = document(
        '<p>one</p><pb n="1" facs="#s1"/><p>two <pb n="2" facs="https://iiif.example/a/info.json"/>three</p>'
    )
    tree.insert(1, tei.E.facsimile(tei.E.surface({tei.ID: "s1"}, tei.E.graphic(url="img/1.jpg"))))
    page = lxml.html.document_fromstring(parallel(tree, "facsimile", report=findings.append))
    assert page.xpath("//img/@src") == ["img/1.jpg"]
    assert page.xpath("//p[@class='page-image']/a/@href") == [
        "img/1.jpg",
        "https://iiif.example/a/full/max/0/default.jpg",
    ]


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    text = "".join(letter for letter in text if letter not in "\ufffe\uffff")
    tree = document("<p/>")
    paragraph = tree.find(".//t:body/t:p", tei.NS)
    assert paragraph is not None
    paragraph.text, paragraph.attrib["rend"], paragraph.attrib["n"] = text, text, text
    page = lxml.html.document_fromstring(render(tree, report=lambda finding: None, css="edition.css").encode())
    assert "".join(page.xpath("//div[@id='text']/p")[0].itertext()) == text


def test_links_do_not_hold_links_however_deep(findings: list[Finding]) -> None:
    name = '<persName ref="#stalin">'
    tree = document(f'<p><ref target="a.html">see {name}S</persName></ref> {name * 200}x{"</persName>" * 200}</p>')
    html = render(tree, report=findings.append, register="register/")
    page = lxml.html.document_fromstring(html)
    assert page.xpath("//a//a") == []
    assert page.xpath("//p/a/@href | //p//span/a/@href") == ["register/persons.html#stalin"] * 2
    plain = lxml.html.document_fromstring(render(tree, report=findings.append))
    assert plain.xpath("//p//a/@href") == ["a.html"]


def test_no_pattern_is_tried_on_every_element() -> None:
    """Saxon files a pattern under its name, but a union of more than names under none: it makes every page slower."""
    unfiled = []
    for file in sorted((ROOT / "xslt").glob("*.xsl")):
        for rule in etree.parse(file).iter("{http://www.w3.org/1999/XSL/Transform}template"):
            whole = rest = rule.get("match", "")
            while (less := re.sub(r"\[[^\[\]]*\]", "", rest)) != rest:
                rest = less
            names, one = re.fullmatch(r"[\w:\s|]+", whole), "|" not in rest
            if not (rule.get("mode") or rule.get("name") or names or one):
                unfiled.append(f"{file.name}: {whole}")
    assert not unfiled
