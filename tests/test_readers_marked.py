"""Pages in HTML and texts in Markdown keep every word, the place of each, and what is marked."""

from __future__ import annotations

import html
import re
import time
from pathlib import Path

import pytest
from casefile import Case, cases
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tei_edition.encoding import encode
from tei_edition.encoding.telling import told
from tei_edition.finding import Finding
from tei_edition.readers import read
from tei_edition.readers.charsets import guessed
from tei_edition.transcript import KINDS, MARKS, Transcript

DEV = ROOT.parent / "shared" / "data" / "frus_dev"
ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def take(file: Path, text: str) -> tuple[Transcript, list[Finding]]:
    file.write_text(text, encoding="utf-8", newline="")
    findings: list[Finding] = []
    return read(file, report=findings.append), findings


def account(transcript: Transcript, findings: list[Finding]) -> str:
    rows = [transcript.reader]
    rows += [f"{item.name} {item.line}:{item.column} {item.value}" for item in transcript.fields]
    for block in transcript.blocks:
        line, column = block.place(0)
        what = " ".join(filter(None, [block.kind, str(block.level or ""), f"({block.value})" if block.value else ""]))
        rows.append(f"{what} {line}:{column} {block.text}".replace("\n", "⏎").replace("\t", "⇥"))
        for mark in block.marks:
            values = "".join(f" {key}={value}" for key, value in mark.values)
            rows.append(f"    {mark.kind}{values}: {block.text[mark.start : mark.end]}")
    rows += [f"{f.line}:{f.column} {f.message}" for f in findings if f.rule == "chrome-dropped"]
    return "\n".join(rows)


def misplaced(transcript: Transcript) -> list[str]:
    """Return the letters that do not stand in the file where the transcript says."""
    lines = re.split(r"\r\n|\n|\r", transcript.data.decode())
    wrong = []
    for block in transcript.blocks:
        for offset, letter in enumerate(block.text):
            line, column = block.place(offset)
            if letter.isalnum() and lines[line - 1][column - 1 : column] not in (letter, "&"):
                wrong.append(f"{line}:{column} {letter}")
    return wrong


@pytest.mark.parametrize("case", cases("pages"), ids=str)
def test_cases(case: Case, tmp_path: Path, update: bool) -> None:
    text = case.blocks["input"]
    file = tmp_path / ("page.html" if text.startswith("<") else "page.md")
    transcript, findings = take(file, text)
    found = account(transcript, findings)
    assert misplaced(transcript) == []
    assert all(block.kind in KINDS and all(mark.kind in MARKS for mark in block.marks) for block in transcript.blocks)
    if update:
        case.rewrite("expected", found)
        return
    assert found == case.blocks["expected"]


WORDS = st.text("abcÄžж &<>\n\t0", min_size=1, max_size=30)
TAGS = st.sampled_from("p b em h2 div ul ol li table tr td blockquote sup span br pre a section dl dt dd".split())


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Make a page of elements in elements, some not closed."""
    parts = ["<!DOCTYPE html><html><body>"]
    for _ in range(draw(st.integers(1, 14))):
        tag = draw(TAGS)
        parts.append(draw(st.sampled_from([f"<{tag}>", f"</{tag}>", f'<{tag} class="x" lang="de">'])))
        parts.append(html.escape(draw(WORDS)))
    return "".join(parts)


@ANY
@given(pages())
def test_every_word_of_a_page_is_text_at_its_place(tmp_path: Path, page: str) -> None:
    transcript, _ = take(tmp_path / "page.html", page)
    words = html.unescape(re.sub(r"<[^<>]*>", "", page))
    assert "".join(transcript.text().split()) == "".join(words.split())
    assert misplaced(transcript) == []
    assert told(encode(transcript, report=lambda finding: None)[-1]) == transcript.text()


@ANY
@given(st.text("<>/&;=\"' !-[]pbali0#\nж", max_size=60), st.sampled_from(["page.html", "page.md"]))
def test_anything_gives_a_transcript_that_can_be_encoded(tmp_path: Path, words: str, name: str) -> None:
    start = "<!DOCTYPE html><p>x" if name.endswith("html") else ""
    transcript, _ = take(tmp_path / name, start + words)
    assert told(encode(transcript, report=lambda finding: None)[-1]) == transcript.text()


@pytest.mark.parametrize(
    "page",
    ["<div>" * 30_000, "<" * 30_000, "<!--" * 30_000, "<a b='" * 30_000, "&#" * 50_000, "<ul><li>" * 8_000,
     "<div>" * 8_000 + "</p></b>" * 8_000, "<table><tr><td>" * 3_000, "<a href='#a' id='a'>1</a>" * 5_000],
    ids=range(9),
)  # fmt: skip
def test_hostile_pages_take_no_time_and_lose_no_words(tmp_path: Path, page: str) -> None:
    start = time.process_time()
    transcript, _ = take(tmp_path / "page.html", f"<html><body>First {page}> last")
    assert transcript.text().startswith("First")
    assert time.process_time() - start < 20


@pytest.mark.parametrize("text", ["*[" * 2_000, "> " * 3_000 + "x", "[^1]" * 2_000 + "\n\n[^1]: x", "`" * 3_000])
def test_hostile_markdown_takes_no_time(tmp_path: Path, text: str) -> None:
    start = time.process_time()
    take(tmp_path / "page.md", text)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "encoding, words",
    [
        ("koi8-r", "Протокол заседания. Слушали: о положении в Польше."), ("big5", "蔣介石與毛澤東在重慶會談的記錄。"),
        ("windows-1252", "Der Außenminister sagte „früh“, señor."), ("iso8859-2", "Źródła: są gotowi. Łódź, Kraków"),
        ("utf-16-le", "Plain words."),
    ],
)  # fmt: skip
def test_an_encoding_is_guessed_and_said(tmp_path: Path, encoding: str, words: str) -> None:
    data = words.encode(encoding)
    assert data.decode(guessed(data)) == words
    file = tmp_path / "page.txt"
    file.write_bytes(data)
    findings: list[Finding] = []
    assert read(file, report=findings.append).text() == words
    assert findings[0].rule == "encoding-guessed"


def test_a_page_names_its_encoding(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    for name, rules in (("cp866", ["reader-chosen"]), ("no-such", ["encoding-guessed", "reader-chosen"])):
        file.write_bytes(f'<html><meta charset="{name}"><p>Протокол заседания</p></html>'.encode("cp866"))
        findings: list[Finding] = []
        transcript = read(file, report=findings.append)
        assert [finding.rule for finding in findings] == rules
        assert name == "no-such" or transcript.text() == "Протокол заседания"


def test_tabs_that_recur_are_a_table_and_form_feeds_pages(tmp_path: Path) -> None:
    text = "Names\tPlaces\nPaul\tRiga\n\nOne page.\n\fTwo\fthree.\nA\tb\n"
    transcript, _ = take(tmp_path / "page.txt", text)
    assert transcript.text() == text
    assert [block.kind for block in transcript.blocks] == ["row", "row", "text"]
    assert [(mark.kind, mark.start) for block in transcript.blocks for mark in block.marks] == [
        ("page", 11),
        ("page", 15),
    ]


def test_a_word_divided_at_the_end_of_a_line_goes_on(tmp_path: Path) -> None:
    text = "The inter-\nnational harbour of well-\nKnown\nplaces.\n\nA dash -\nhere.\n"
    transcript, _ = take(tmp_path / "page.txt", text)
    assert [(mark.kind, mark.values, mark.start) for block in transcript.blocks for mark in block.marks] == [
        ("line", (("break", "no"),), 11)
    ]
    root = encode(transcript, report=lambda finding: None)
    assert told(root[-1]) == text
    assert [element.get("break") for element in root.iter("{*}lb")] == ["no"]


@pytest.mark.skipif(not DEV.is_dir(), reason="needs ../shared/data/frus_dev")
def test_pages_of_an_edition_come_back_word_for_word() -> None:
    for file in sorted(DEV.glob("*.html"))[::6]:
        findings: list[Finding] = []
        transcript = read(file, report=findings.append)
        source = file.read_text(encoding="utf-8")
        article = source[source.index("<article>") :]
        assert "".join(transcript.text().split()) == "".join(html.unescape(re.sub(r"<[^<>]+>", "", article)).split())
        assert misplaced(transcript) == []
        root = encode(transcript, report=findings.append)
        assert told(root[-1]) == transcript.text()
        assert "encoding-fell-back" not in {finding.rule for finding in findings}
