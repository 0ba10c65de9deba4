"""What a source itself says of its blocks and characters is encoded as it says, whatever the words look like."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from test_encode import schema

from tei_edition import encode, render
from tei_edition.finding import Finding, Severity
from tei_edition.tei import to_bytes
from tei_edition.transcript import KINDS, MARKS, Block, Line, Mark, Transcript

VALUES = {
    "lang": (("lang", "ru"),), "link": (("target", "https://example.org/a"),), "anchor": (("key", "a"),),
    "abbr": (("expansion", "Ministry"),), "sic": (("corr", "mill"),), "date": (("when", "1921-05-03"),),
    "gap": (("reason", "lost"),), "add": (("who", "Harper"), ("when", "1921")), "page": (("n", "12"),),
    "cell": (("rows", "1"), ("cols", "2")),
}  # fmt: skip


def transcript(*blocks: Block) -> Transcript:
    """Return a transcript of some blocks, numbered and parted by blank lines."""
    numbered = [
        Block(
            tuple(Line(number, line.text, line.end, line.marks) for line in block.lines),
            "\n\n" if number > 1 else "", block.kind, block.level, block.value,
        )
        for number, block in enumerate(blocks, 1)
    ]  # fmt: skip
    return Transcript(path=Path("page.html"), reader="html", blocks=numbered)


def block(text: str, kind: str = "text", level: int = 0, value: str = "", *marks: Mark) -> Block:
    """Return a block of one line."""
    return Block((Line(1, text, "\n", marks),), "", kind, level, value)


def encoded(given: Transcript) -> str:
    """Encode a transcript, hold the promises, and return what stands in its body."""
    findings: list[Finding] = []
    root = etree.fromstring(to_bytes(encode(given, report=findings.append)))
    assert not [finding for finding in findings if finding.severity is Severity.ERROR], findings
    assert schema().validate(root), schema().error_log
    assert render(root, "transcript", report=findings.append) == given.text()
    found = re.search(r"<body>\s*(.*?)\s*</body>", etree.tostring(root, encoding=str), re.DOTALL)
    assert found
    return re.sub(r"\s*<\?.*?\?>\s*|\n\s*", "", found[1])


def test_headings_make_parts_of_their_level() -> None:
    pages = [("The Mill", 1), ("Its history", 1), ("Its wheel", 2), ("Its price", 1)]
    blocks = [item for text, level in pages for item in (block(text, "heading", level), block(f"On {text}, in words."))]
    body = encoded(transcript(*blocks))
    assert body == (
        '<div type="document"><head>The Mill</head><p>On The Mill, in words.</p>'
        '<div type="section"><head>Its history</head><p>On Its history, in words.</p>'
        '<div type="section"><head>Its wheel</head><p>On Its wheel, in words.</p></div></div>'
        '<div type="section"><head>Its price</head><p>On Its price, in words.</p></div></div>'
    )


def test_lists_nest_and_tables_have_cells() -> None:
    body = encoded(
        transcript(
            block("We saw two things."),
            block("a wheel", "item", 1, "1."),
            block("of oak", "item", 2),
            block("an axle", "item", 1, "2."),
            block("Town\tPrice", "row", 1),
            block("Riverton\t12", "row"),
        )
    )
    assert '<list type="ordered"><item n="1">a wheel<list type="simple"><item>of oak</item></list></item>' in body
    assert '<item n="2">an axle</item></list>' in body
    assert '<table><row role="label"><cell>Town</cell><cell>Price</cell></row><row><cell>Riverton</cell>' in body


def test_notes_have_their_anchors_and_marks_their_elements() -> None:
    anchor = Mark(3, 3, "anchor", (("key", "a"),))
    body = encoded(
        transcript(
            block("The mill stood still.", "text", 0, "", Mark(4, 8, "italic"), anchor),
            block("Till May.", "note", 0, "a"),
        )
    )
    assert '<p>The<ref type="noteAnchor" target="#footnote-1"/> <hi rend="italic">mill</hi> stood still.</p>' in body
    assert '<note type="footnote" place="end" n="a" xml:id="footnote-1">Till May.</note>' in body


WORDS = st.sampled_from(
    """The mill|Harper: Yes.|Dear Sir,|3 May 1921|[one word missing]|a\tb|P.S. Flour.|Copies:|x\ny|Article 1|Article 2|
Yours truly,|J. HARPER|[Enclosure]|1. It leaks.|“Dear Sir,|and so.”|From: A|To: B""".replace("|\n", "|").split("|")
)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(WORDS)
    lines = []
    for line in text.split("\n"):
        marks = []
        for kind in draw(st.lists(st.sampled_from(MARKS), max_size=2)):
            ends = sorted(draw(st.tuples(st.integers(0, len(line)), st.integers(0, len(line)))))
            marks.append(Mark(ends[0], ends[1], kind, VALUES.get(kind, ())))
        lines.append(Line(1, line, "\n", tuple(marks)))
    kinds = [kind for kind in KINDS if not kind.startswith("record") and kind != "blurb"]
    return Block(
        tuple(lines), "", draw(st.sampled_from(kinds)), draw(st.integers(0, 3)), draw(st.sampled_from(["", "a", "1."]))
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(blocks(), max_size=10))
def test_any_hints_give_valid_tei_that_tells_the_text(given_blocks: list[Block]) -> None:
    encoded(transcript(*given_blocks))
