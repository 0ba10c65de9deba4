"""Every file gives a transcript, and every line of it is text, a field, or reported as dropped."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from casefile import Case, cases
from conftest import ROOT
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tei_edition.finding import Finding, Severity
from tei_edition.readers import READERS, read
from tei_edition.transcript import BLANK, FIELDS, Transcript, lines_of

SEEDS = sorted((ROOT / "sources").glob("*.txt"))


def account(transcript: Transcript, findings: list[Finding]) -> str:
    """Print what was made of a file, as the cases expect it."""
    rows = [f"{transcript.reader} {transcript.layout}".strip()]
    rows += [f"{item.name} {item.line}:{item.column} {item.value}" for item in transcript.fields]
    for block in transcript.blocks:
        line, column = block.place(0)
        rows.append(f"{block.kind} {line}:{column} {block.text}".replace("\n", "⏎"))
    for finding in findings:
        if finding.rule not in ("metadata-taken", "reader-chosen"):
            place = "" if finding.line is None else f" {finding.line}:{finding.column}"
            rows.append(f"{finding.severity}{place} {finding.rule}: {finding.message}")
    return "\n".join(rows)


def unaccounted(transcript: Transcript, findings: list[Finding]) -> list[int]:
    """Return the lines whose first word is not exactly one of: text, the start of a field, reported as dropped."""
    claims: Counter[tuple[int, int]] = Counter()
    for block in transcript.blocks:
        for line in block.lines:
            claims[line.number, len(line.text) - len(line.text.lstrip(BLANK)) + 1] += 1
        if transcript.genre == "collection" and block.before.strip(BLANK):
            # A bullet stands before the words; the line begins with it.
            before = block.before.splitlines()[-1]
            claims[block.lines[0].number, len(before) - len(before.lstrip(BLANK)) + 1] += 1
    claims.update((item.line, item.column) for item in transcript.fields)
    claims.update((f.line or 0, f.column or 0) for f in findings if f.rule == "chrome-dropped")
    lost = []
    for line in lines_of(transcript.data.decode("utf-8-sig", "replace")):
        words = line.text.strip(BLANK)
        # A value may run over several lines, the last of which may hold more.
        inside = any(item.line < line.number and words[:9] in item.value for item in transcript.fields)
        count = claims[line.number, len(line.text) - len(line.text.lstrip(BLANK)) + 1]
        if words and count != 1 and not (inside and count == 0):
            lost.append(line.number)
    return lost


def take(path: Path, **options: str) -> tuple[Transcript, list[Finding]]:
    findings: list[Finding] = []
    return read(path, report=findings.append, **options), findings


@pytest.mark.parametrize("case", cases("readers"), ids=str)
def test_cases(case: Case, tmp_path: Path, update: bool) -> None:
    file = tmp_path / "page.txt"
    file.write_text(case.blocks["input"], encoding="utf-8", newline="")
    transcript, findings = take(file)
    found = account(transcript, findings)
    if update:
        case.rewrite("expected", found)
        return
    assert found == case.blocks["expected"]
    assert all(finding.severity is not Severity.ERROR for finding in findings)
    if transcript.reader == "digital-archive":
        assert unaccounted(transcript, findings) == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_every_line_of_the_seeds_is_accounted_for(seed: Path) -> None:
    transcript, findings = take(seed)
    assert unaccounted(transcript, findings) == []
    assert {item.name for item in transcript.fields} <= set(FIELDS)


@pytest.mark.parametrize(
    ("number", "layout", "first", "last"),
    [("000", "L1", 22, 42), ("002", "L2", 7, 52), ("003", "L3", 27, 398), ("004", "L4", 5, 24)],
)
def test_the_text_of_the_seeds_is_what_stands_there(number: str, layout: str, first: int, last: int) -> None:
    seed = next(path for path in SEEDS if path.name.startswith(number))
    transcript, _ = take(seed)
    lines = seed.read_text(encoding="utf-8").split("\n")
    assert transcript.layout == layout
    assert transcript.text().rstrip("\n") == "\n".join(lines[first - 1 : last])


def test_the_collection_among_the_seeds_has_nine_records() -> None:
    transcript, findings = take(next(path for path in SEEDS if path.name.startswith("001")))
    kinds = Counter(block.kind for block in transcript.blocks)
    assert (transcript.layout, transcript.genre) == ("L5", "collection")
    assert kinds == {"title": 1, "blurb": 1, "record-date": 9, "record-title": 9, "record-abstract": 9}
    assert [f.line for f in findings if f.rule == "chrome-dropped"] == list(range(4, 40, 4))


def test_metadata_of_the_seeds() -> None:
    places = {
        "000": [("title", 15, 6), ("abstract", 14, 5), ("citation", 15, 5), ("funder", 8, 1), ("version", 19, 1)],
        "002": [("abstract", 54, 1), ("source", 59, 1), ("type", 70, 1), ("title", 5, 1)],
        "003": [("version", 25, 1), ("uri", 9, 200), ("original-language", 21, 1)],
        "004": [("abstract", 25, 1), ("related-abstract", 1, 1), ("rights", 35, 1)],
    }
    for number, expected in places.items():
        transcript, _ = take(next(path for path in SEEDS if path.name.startswith(number)))
        found = {(item.name, item.line, item.column) for item in transcript.fields}
        assert set(expected) <= found


def test_a_masked_address_is_dropped_from_the_rights() -> None:
    transcript, findings = take(next(path for path in SEEDS if path.name.startswith("002")))
    assert any((f.rule, f.line, f.column) == ("chrome-dropped", 64, 146) for f in findings)
    assert transcript.values("rights")[1].endswith("Program at.")


def test_saved_pages(shared: Path) -> None:
    """Layout, accounting and metadata of pages that are not in the repository."""
    folder = shared / "digital_archive_dev"
    for row in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(row)
        transcript, findings = take(folder / page["file"])
        assert (page["file"], transcript.layout) == (page["file"], page["layout"].split("-")[0])
        assert (page["file"], unaccounted(transcript, findings)) == (page["file"], [])
        if transcript.genre == "document":
            title = transcript.first("title")
            assert title is not None
            assert title.value == page["title"] or title.value in page["title"], page["file"]


def test_a_place_in_a_glued_line_is_that_of_the_file(tmp_path: Path) -> None:
    words = next(case.blocks["input"] for case in cases("readers") if "lost its line ends" in case.title)
    file = tmp_path / "glued.txt"
    file.write_text(words, encoding="utf-8")
    transcript, _ = take(file)
    line, column = transcript.blocks[0].place(11)
    assert words.splitlines()[line - 1][column - 1 :].startswith("The harbour is closed.")


def test_windows_1252_is_guessed_with_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("The harbour – “closed”".encode("windows-1252"))
    transcript, findings = take(file)
    assert transcript.text() == "The harbour – “closed”"
    assert [f.rule for f in findings if f.severity is Severity.WARNING] == ["encoding-guessed"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "marked.txt"
    file.write_bytes("Đặng\r\nthe harbour".encode(encoding))
    transcript, findings = take(file, encoding="cp1251")
    assert transcript.text() == "Đặng\r\nthe harbour"
    assert [f.rule for f in findings] == ["reader-chosen"]


def test_a_given_encoding_is_used(tmp_path: Path) -> None:
    file = tmp_path / "russian.txt"
    file.write_bytes("Порт закрыт".encode("cp1251"))
    assert take(file, encoding="cp1251")[0].text() == "Порт закрыт"


@pytest.mark.parametrize("encoding", ["utf-99", "hex", "idna", "undefined", "\0"])
def test_an_unknown_encoding_is_reported_and_not_used(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(b"The harbour")
    transcript, findings = take(file, encoding=encoding)
    assert transcript.text() == "The harbour"
    assert findings[0].rule == "encoding-unknown"


def test_a_broken_byte_loses_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes("“The\r\nhar“".encode() + b"\xff" + "bour”".encode())
    transcript, findings = take(file)
    assert transcript.text() == "“The\r\nhar“\ufffdbour”"
    broken = findings[0]
    assert (broken.rule, broken.severity, broken.line, broken.column) == ("encoding-broken", Severity.ERROR, 2, 5)


def test_a_byte_that_no_encoding_has(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(b"caf\xe9 \x81")
    transcript, findings = take(file)
    assert transcript.text() == "café \ufffd"
    assert [f.rule for f in findings] == ["encoding-guessed", "encoding-broken", "reader-chosen"]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"PK\x03\x04rest", b"\x89PNG\r\n", b"{\\rtf1}"])
def test_a_file_that_is_no_text_is_an_error(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(data)
    transcript, findings = take(file)
    assert transcript.text() == ""
    assert [(f.rule, f.severity) for f in findings] == [("file-unreadable", Severity.ERROR)]


@pytest.mark.parametrize("words", ["", "\n", " \n\u00a0\n"])
def test_a_file_without_words_is_an_error(tmp_path: Path, words: str) -> None:
    file = tmp_path / "letter.txt"
    file.write_text(words, encoding="utf-8")
    transcript, findings = take(file)
    assert transcript.text() == words
    assert findings[0].rule == "file-unreadable"


def test_what_cannot_be_opened_raises(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.txt"):
        with pytest.raises(OSError):
            take(path)


def test_a_reader_that_does_not_apply_says_why(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("The harbour", encoding="utf-8")
    transcript, findings = take(file, reader="digital-archive")
    assert transcript.reader == "plain"
    assert [f.rule for f in findings] == ["reader-declined", "reader-chosen"]
    assert "get citation" in findings[0].message
    assert [f.rule for f in take(file, reader="parchment")[1]] == ["reader-unknown", "reader-chosen"]


def test_a_page_can_be_read_as_plain_text() -> None:
    seed = SEEDS[0]
    transcript, findings = take(seed, reader="plain")
    assert transcript.text() == seed.read_bytes().decode()
    assert [f.rule for f in findings] == ["reader-chosen"]


def test_yaml_cannot_grow_by_aliases(tmp_path: Path) -> None:
    file = tmp_path / "bomb.txt"
    file.write_text("---\na: &a [x, x]\ntopic: [*a, *a]\n---\nText", encoding="utf-8")
    transcript, findings = take(file)
    assert transcript.fields == []
    assert findings[0].rule == "front-matter-broken"


def test_front_matter_of_other_shapes(tmp_path: Path) -> None:
    """Unclosed, not a mapping, nested too deep, a control character: never more than a warning."""
    file = tmp_path / "letter.txt"
    for words in (
        "+++\ntitle = 'x'\nText",
        "---\n- a\n- b\n---\nText",
        "+++\nx = " + "[" * 3000 + "]" * 3000 + "\n+++\nText",
        "---\nx: " + "[" * 3000 + "]" * 3000 + "\n---\nText",
        "---\nx: \x01\n---\nText",
        "---\nx: [\n---\nText",
        "+++\ntitle = 0x" + "f" * 5000 + "\n+++\nText",
    ):
        file.write_text(words, encoding="utf-8")
        transcript, findings = take(file)
        assert transcript.text() == words
        assert {f.severity for f in findings} <= {Severity.WARNING, Severity.INFO}


@given(words=st.text() | st.lists(st.text(alphabet="ab .[?]\u00a0\r\n\t“")).map("".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_plain_text_comes_back_as_it_is(words: str, tmp_path: Path) -> None:
    data = words.encode("utf-8", "surrogatepass")
    assume(not words.startswith(("+++", "---", "\ufeff")))
    file = tmp_path / "any.txt"
    file.write_bytes(data)
    transcript, findings = take(file)
    assert transcript.reader == "plain"
    try:
        expected = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    if not any(f.rule == "file-unreadable" for f in findings) or not words.strip(BLANK):
        assert transcript.text() == expected


@given(words=st.text(), fence=st.sampled_from(["+++", "---"]), closed=st.booleans())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_front_matter_gives_a_transcript(words: str, fence: str, closed: bool, tmp_path: Path) -> None:
    file = tmp_path / "any.txt"
    file.write_bytes(f"{fence}\n{words}\n{fence if closed else ''}\nThe harbour".encode("utf-8", "replace"))
    transcript, _ = take(file)
    assert transcript.text().endswith("The harbour")


@given(data=st.binary(max_size=200))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_give_a_transcript(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "any.txt"
    file.write_bytes(data)
    assert take(file)[0].data == data


PIECES = [
    "", " ", "\u00a0", "Search in", "Digital Archive International History Declassified", "May 4, 1946", "July, 1946",
    "  • Citation", "    get citation", "  • share document", "English HTML", "Skip to content",
    "Document Information",
    '    "Talk," May 4, 1946, Digital Archive, XYZ. <http://example.org/1>', "Citation:", "Summary:", "Credits:",
    "Original Language:", "Contents:", "English", "Transcript - English", "Author(s):", "Associated Places", "Source",
    "Record ID", "Original Uploaded Date", "Rights", "2011-01-02", "1 - 10 of 26", "-", "• May 4, 1946", "Secret",
    "This document was made possible with support from X", "The harbour is closed until the ice goes.", "Doe",
    "To enquire about this document's rights status write to [email protected].", "Related Documents", "TALK",
    "May 4, 1946 Talk Citation: “Talk,” May 4, 1946. Summary: Short. Original Language: English Contents: x",
]  # fmt: skip


@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=25))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_in_any_disorder_are_accounted_for(pieces: list[str], tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("\n".join(pieces), encoding="utf-8")
    transcript, findings = take(file)
    assert unaccounted(transcript, findings) == []


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "words",
    [
        "Citation: Summary: Original Language: " + " " * 200_000 + "x",
        "Skip to content\nMay 4, 1946\nTalk\nDocument Information\n" + (" " * 50_000 + "[email\n") * 4,
        "May 4, 1946\nTalk\n" + "Associated Places\n" * 50_000 + "Document Information\n",
        "May 4, 1946\nTalk\n" + "Associated Places\n" * 50_000 + "x" * 200,
        "-\nMay 4, 1946\nTalk\n" * 30_000,
        "+++\n" + "a = 1\n" * 50_000 + "+++\nText",
        "---\n" + "- [" * 9_000 + "\n---\nText",
        "    get citation\n" + '"' * 100_000 + "\nshare document\nText",
    ],
    ids=range(8),
)
def test_hostile_pages_take_no_time(words: str, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(words, encoding="utf-8")
    assert take(file)[0].data == words.encode()


def test_the_table_says_what_each_reader_reads() -> None:
    names = [reader.name for reader in READERS]
    assert names[-1] == "plain" and len(set(names)) == len(names)
    assert {"html", "markdown", "digital-archive"} < set(names)
    assert all(reader.sentence for reader in READERS)


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><title>Nothing</title>",
        b"<html><body><script>x</script></body></html>",
        b"<html><body><img src='scan.jpg' alt='A letter'></body></html>",
        bytes(range(256)) * 16,
        b"PK\x03\x04broken",
        b"\n \n",
    ],
)
def test_a_file_without_words_is_one_error(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "any.html"
    file.write_bytes(data)
    transcript, findings = take(file)
    assert not transcript.blocks
    assert [f.rule for f in findings if f.rule == "file-unreadable"] == ["file-unreadable"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", ["Die Mühle steht still.\n", "Мельница стоит, и никто не знает почему.\n"])
def test_utf_16_without_a_mark_is_recognised(words: str, encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "any.txt"
    file.write_bytes(words.encode(encoding))
    transcript, findings = take(file)
    assert transcript.text() == words
    assert "encoding-guessed" in {f.rule for f in findings}
