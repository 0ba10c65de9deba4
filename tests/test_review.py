"""The review: every doubt with its answers; answers come into decisions.toml, and only those places change."""

from __future__ import annotations

import csv
import io
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from tei_edition.cli import main
from tei_edition.edition import Edition
from tei_edition.encoding.decisions import KINDS
from tei_edition.finding import Finding
from tei_edition.review.answers import decide
from tei_edition.review.doubts import SAID
from tei_edition.review.page import counted
from tei_edition.review.sheet import COLUMNS, Row, SheetError, read_sheet, write_sheet
from tei_edition.tei import NS, XML

LETTER = """He came on [my?] request and thrives to win <b>bold</b>.

We saw General Smith there, and [one word missing] was [one word missing] again.

Orlov: It is [not?] so.

Petrov: It is.

Orlov: Yes.
"""
SETTINGS = 'title = "Letters"\ndecisions = "decisions.toml"\n[[document]]\nsource = "talk.txt"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an edition of one talk, encoded, as the current folder."""
    (tmp_path / "edition.toml").write_text(SETTINGS)
    (tmp_path / "talk.txt").write_text(LETTER)
    (tmp_path / "decisions.toml").write_text('# My answers.\n\n[speakers]   # labels\nPetrov = "petrov"\n')
    monkeypatch.chdir(tmp_path)
    assert main(["encode", "-q"]) == 0
    return tmp_path


def rows(folder: Path) -> list[Row]:
    """Return the rows of the CSV of a review."""
    return read_sheet((folder / "review" / "doubts.csv").read_bytes())


def answer(folder: Path, answers: dict[str, tuple[str, str]], mark: str = ",") -> None:
    """Fill in answers by the words they are about, as a spreadsheet does."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, delimiter=mark)
    writer.writeheader()
    for row in rows(folder):
        said, words = answers.get(row["text"], ("", ""))
        writer.writerow(row | {"answer": said, "words": words})
    (folder / "review" / "doubts.csv").write_text(stream.getvalue(), encoding="utf-8-sig")


def test_the_review_lists_every_doubt_with_its_answers(folder: Path) -> None:
    listed = {(row["rule"], row["text"]): row for row in rows(folder)}
    doubt = listed["bracket-uncertain", "[my?]"]
    assert (doubt["document"], doubt["at"], doubt["encoded"]) == ("talk", "1:12", "unclear")
    assert (doubt["before"], doubt["after"]) == ("He came on", "request and thrives to win")
    assert "supplied" in doubt["alternatives"].split(" | ")
    assert listed["speaker-unknown", "Orlov"]["alternatives"] == "speaker"
    assert listed["name-unknown", "General Smith"]["alternatives"] == "text"
    tree = html.fromstring((folder / "review" / "talk.html").read_bytes())
    assert len(tree.findall(".//fieldset")) == len(rows(folder))
    assert not tree.findall(".//section//b"), "text became markup"
    assert not tree.xpath("//@src | //link | //a[starts-with(@href, 'http')]"), "something is fetched"
    words = ["".join(p.itertext()) for p in tree.xpath("//div[@class='words']/p")]
    assert words[2].startswith("Orlov") and "decisions.toml" in "".join(map(str, tree.itertext()))
    assert f">{counted(len(rows(folder)))}," in (folder / "review" / "index.html").read_text()


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_answers_in_the_sheet_are_taken_when_encoding_again(folder: Path, mark: str) -> None:
    before = etree.parse(folder / "xml" / "talk.xml")
    answer(folder, {"[my?]": ("supplied", "lost"), "thrives": ("corr", "strives"), "Orlov": ("", "orlov-p")}, mark)
    assert main(["encode", "-q"]) == 0
    decided = (folder / "decisions.toml").read_text()
    assert decided.startswith('# My answers.\n\n[speakers]   # labels\nPetrov = "petrov"\n')
    table = tomllib.loads(decided)
    assert table["speakers"]["talk"] == {"Orlov": "orlov-p"}
    assert [row["as"] for row in table["decision"]] == ["supplied", "corr"]
    after = etree.parse(folder / "xml" / "talk.xml")
    assert after.findtext(".//t:supplied[@reason='lost']", namespaces=NS) == "my"
    assert after.xpath("string(//t:corr)", namespaces=NS) == "strives"
    assert after.find(".//t:sp", NS).get("who") == "#orlov-p"  # type: ignore[union-attr]
    same = [[etree.tostring(node) for node in tree.findall(".//t:gap", NS)] for tree in (before, after)]
    assert same[0] == same[1]
    assert not {"[my?]", "thrives", "Orlov"} & {row["text"] for row in rows(folder)}


def test_keeping_what_is_encoded_changes_nothing_but_the_count(folder: Path) -> None:
    before = etree.parse(folder / "xml" / "talk.xml").find(".//t:text", NS)
    answers = {row["text"]: (row["encoded"], "") for row in rows(folder)}
    assert len(answers) >= 5
    answer(folder, answers)
    assert main(["encode", "-q"]) == 0
    after = etree.parse(folder / "xml" / "talk.xml").find(".//t:text", NS)
    assert before is not None and after is not None
    assert etree.tostring(before) == etree.tostring(after)
    assert rows(folder) == []
    assert "Nothing is open here" in (folder / "review" / "talk.html").read_text()


def test_answers_survive_when_lines_move(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(folder, {"[my?]": ("supplied", ""), "[not?]": ("keep", ""), "thrives": ("sic", "")})
    main(["encode", "-q"])
    (folder / "talk.txt").write_text("A new line.\n\n" + LETTER.replace(" request", "\nrequest"))
    capsys.readouterr()
    assert main(["encode", "-v"]) == 0
    said = capsys.readouterr().out
    assert said.count("[decision-moved]") == 3 and "decision-lost" not in said
    tree = etree.parse(folder / "xml" / "talk.xml")
    assert tree.findtext(".//t:supplied", namespaces=NS) == "my" and tree.find(".//t:sic", NS) is not None
    (folder / "talk.txt").write_text(LETTER.replace("[my?]", "[your?]"))
    assert main(["encode", "-q"]) == 1
    assert "[decision-lost]" in capsys.readouterr().out


def test_of_two_like_places_the_context_tells(folder: Path) -> None:
    answer(folder, {"[one word missing]": ("space", "")})
    main(["encode", "-q"])
    path = folder / "decisions.toml"
    entries = path.read_text().split("[[decision]]")
    assert len(entries) == 3
    path.write_text(entries[0] + "[[decision]]" + entries[2])
    (folder / "talk.txt").write_text(
        LETTER.replace("We saw", "So we saw").replace("and [one", "[one word missing] and [one")
    )
    assert main(["encode", "-q"]) == 0
    tree = etree.parse(folder / "xml" / "talk.xml")
    kinds = [etree.QName(node).localname for node in tree.iterfind(".//t:body//t:desc/..", NS)]
    assert kinds == ["gap", "gap", "space"]


def test_an_answer_at_odds_with_a_decision_is_told_and_may_replace_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(folder, {"[my?]": ("supplied", ""), "thrives": ("sic", "")})
    shutil.copy(folder / "review" / "doubts.csv", folder / "first.csv")
    assert main(["decide", "first.csv"]) == 0
    path = folder / "decisions.toml"
    path.write_text(path.read_text().replace('as = "supplied"\n', 'as = "supplied"   # sure\n# The next one:\n'))
    (folder / "second.csv").write_bytes((folder / "first.csv").read_bytes().replace(b"supplied,\r\n", b"text,\r\n"))
    capsys.readouterr()
    assert main(["decide", "second.csv"]) == 0
    said = capsys.readouterr()
    assert "[answer-conflict]" in said.out and "0 new answers" in said.err
    assert main(["decide", "--replace", "second.csv"]) == 0
    decided = path.read_text()
    assert [row["as"] for row in tomllib.loads(decided)["decision"]] == ["text", "sic"]
    assert "# My answers." in decided and "# The next one:" in decided


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.csv", "name,town\nx,y\n", "answers-unreadable"),
        ("a.csv", b"document,at\xff", "answers-unreadable"),
        ("a.toml", "[[decision", "answers-unreadable"),
        ("a.toml", "decision = 3", "answers-unreadable"),
        ("a.toml", '[[decision]]\ndocument = "talk"\nat = "1:12"\ntext = "[my?]"\nas = "magic"\n', "answer-unclear"),
        ("a.toml", "[[decision]]\n", "answer-unclear"),
        ("none.csv", None, "file-missing"),
    ],
)
def test_what_cannot_be_taken_is_told(
    folder: Path, name: str, content: str | bytes | None, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "decisions.toml").read_bytes()
    if content is not None:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    assert main(["decide", name]) == 1
    assert f"[{rule}]" in capsys.readouterr().out
    assert (folder / "decisions.toml").read_bytes() == before


def test_an_answer_that_cannot_be_written_leaves_the_others(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "decisions.toml"
    path.write_text('speakers = { Petrov = "petrov" }   # in one line\n')
    answer(folder, {"[my?]": ("text", ""), "Orlov": ("speaker", "orlov-p"), "thrives": ("sic", "")})
    assert main(["decide"]) == 1
    said = capsys.readouterr()
    assert said.out.count("[answer-unclear]") == 1 and "2 new answers" in said.err
    assert path.read_text().startswith('speakers = { Petrov = "petrov" }   # in one line\n')
    assert [row["as"] for row in tomllib.loads(path.read_text())["decision"]] == ["text", "sic"]


def test_an_edition_without_a_file_for_decisions_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "edition.toml").write_text(SETTINGS.replace('decisions = "decisions.toml"\n', ""))
    answer(folder, {"[my?]": ("text", "")})
    assert main(["decide"]) == 1
    assert "[decisions-unnamed]" in capsys.readouterr().out
    assert main(["encode", "-q"]) == 0
    assert [row["answer"] for row in rows(folder) if row["text"] == "[my?]"] == ["text"], "an answer was lost"


def test_an_id_that_the_register_has_not_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(folder, {"General Smith": ("name", "smith")})
    assert main(["encode", "-q"]) == 1
    assert "“smith”, which is not in the register" in capsys.readouterr().out


def test_a_name_is_who_the_editor_says(folder: Path) -> None:
    register = folder / "persons.xml"
    register.write_text(
        f'<TEI xmlns="{NS["t"]}"><text><body><listPerson><person xml:id="smith" xmlns:xml="{XML}">'
        '<persName type="main">John Smith</persName></person></listPerson></body></text></TEI>'
    )
    (folder / "edition.toml").write_text(SETTINGS.replace("[[doc", 'register = ["persons.xml"]\n[[doc'))
    answer(folder, {"General Smith": ("name", "smith")})
    assert main(["encode", "-q"]) == 0
    tree = etree.parse(folder / "xml" / "talk.xml")
    assert tree.findtext(".//t:persName[@ref='#smith']", namespaces=NS) == "General Smith"


def test_a_folder_with_other_files_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "review" / "index.html").write_text("<h1>Mine</h1>")
    (folder / "talk.txt").write_text(LETTER + "\nMore.\n")
    assert main(["encode", "-q"]) == 1
    assert "[folder-taken]" in capsys.readouterr().out
    assert (folder / "review" / "index.html").read_text() == "<h1>Mine</h1>"
    assert main(["encode", "-q", "--no-review"]) == 0


def test_what_stays_the_same_is_not_written_again(folder: Path) -> None:
    files = sorted((folder / "review").iterdir())
    before = [(file.name, file.stat().st_mtime_ns, file.stat().st_ino) for file in files]
    assert main(["encode", "-q"]) == 0
    assert [(file.name, file.stat().st_mtime_ns, file.stat().st_ino) for file in files] == before


def test_a_sheet_that_cannot_be_read_is_put_aside(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "review" / "doubts.csv").write_bytes(b"\xff\x00 mine")
    assert main(["encode"]) == 1
    assert "[answers-unreadable]" in capsys.readouterr().out
    assert (folder / "review" / "doubts.old.csv").read_bytes() == b"\xff\x00 mine"
    assert rows(folder)


def test_every_answer_is_explained() -> None:
    assert set(SAID) == set(KINDS) | {"speaker", "sides"}


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=12)), max_size=4))
def test_a_sheet_comes_back(cells: list[dict[str, str]]) -> None:
    """Whatever a cell holds, it comes back, but for blanks; a spreadsheet calculates none of it."""
    written = [{column: " ".join(row.get(column, "").split()) for column in COLUMNS} for row in cells]
    legible = [row for row in written if all(cell.encode("utf-8", "replace").decode() == cell for cell in row.values())]
    try:
        back = read_sheet(write_sheet(legible))
    except SheetError as error:
        assert any("\x00" in cell for row in legible for cell in row.values()), error
        return
    assert back == legible


STRANGE = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), min_size=1, max_size=15)


@given(
    STRANGE, STRANGE, st.sampled_from(["", "# note\n", '[speakers]\na = "b"\n', "[delegations]\nx = ['a', \"b\"] # c"])
)
def test_decisions_hold_any_words(tmp_path_factory: pytest.TempPathFactory, words: str, label: str, old: str) -> None:
    """Whatever words an answer is about, decisions.toml says them afterwards, and what stood there before."""
    folder = tmp_path_factory.mktemp("edition")
    (folder / "edition.toml").write_text(SETTINGS)
    (folder / "decisions.toml").write_text(old, encoding="utf-8")
    row: dict[str, Any] = {"document": "talk", "at": "1:1", "text": words, "as": "corr", "words": label}
    found: list[Finding] = []
    answers = folder / "answers.toml"
    from tei_edition.review.answers import _as_toml, _quoted

    answers.write_text(
        f"{_as_toml(row)}[speakers.talk]\n{_quoted(label)} = {_quoted(words)}\n", encoding="utf-8", newline=""
    )
    assert decide(Edition.load(folder), [answers], report=found.append) == 2
    table = tomllib.loads((folder / "decisions.toml").read_text(encoding="utf-8"))
    assert table["decision"] == [row] and table["speakers"]["talk"] == {label: words}
    assert (folder / "decisions.toml").read_text(encoding="utf-8").find(old.partition("\n")[0]) == 0
    assert decide(Edition.load(folder), [answers], report=found.append) == 0 and not found
    shutil.rmtree(folder)


@pytest.fixture
def browser() -> Iterator[Any]:
    """Return a browser, or skip where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        own = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
        try:
            there = started.chromium.launch(executable_path=own, args=["--no-sandbox"])
        except playwright.Error:
            pytest.skip("there is no chromium for playwright")
        yield there
        there.close()


def test_all_doubts_of_a_document_are_settled_in_the_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Any
) -> None:
    """With the keys alone: readings become additions, all else is kept; only the readings change in the TEI."""
    for name in ("sources", "xml/register"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("edition.toml", "decisions.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    key = "petrov-zhou-1945-10-05"
    main(["encode", "-q"])
    before = {file.name: file.read_text() for file in (tmp_path / "xml").glob("*.xml")}
    many = sum(row["document"] == key for row in rows(tmp_path))
    assert many > 30
    page = browser.new_context(accept_downloads=True).new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: request.url.startswith(("file:", "blob:")) or errors.append(request.url))
    page.goto((tmp_path / "review" / f"{key}.html").as_uri())
    for _ in range(many):
        page.keyboard.press("j")
        reading = page.evaluate("document.activeElement.dataset.rule") == "bracket-uncertain"
        page.keyboard.press("2" if reading else "1")
    assert page.inner_text("#count") == f"{many} of {many} settled"
    page.reload()
    assert page.inner_text("#count") == f"{many} of {many} settled", "the answers are not kept"
    with page.expect_download() as download:
        page.click("#download")
    download.value.save_as(tmp_path / "answers.toml")
    assert not errors
    assert main(["decide", "-q", "answers.toml"]) == 0 and main(["encode", "-q"]) == 0
    assert not [row for row in rows(tmp_path) if row["document"] == key]
    after = {file.name: file.read_text() for file in (tmp_path / "xml").glob("*.xml")}
    assert {name for name in before if before[name] != after[name]} == {f"{key}.xml"}
    texts = [etree.fromstring(text[f"{key}.xml"].encode()).find(".//t:text", NS) for text in (before, after)]
    assert texts[0] is not None and texts[1] is not None
    for node in texts[0].iterfind(".//t:unclear[@reason='illegible']", NS):
        node.tag = node.tag.replace("unclear", "supplied")
        del node.attrib["reason"]
    plain = [etree.tostring(text, method="c14n") for text in texts]
    assert plain[0] == plain[1]


def test_one_answer_for_all_alike_and_a_free_answer(folder: Path, browser: Any) -> None:
    page = browser.new_page()
    page.set_default_timeout(5000)
    page.goto((folder / "review" / "talk.html").as_uri())
    gaps = page.locator('.doubt[data-text="[one word missing]"]')
    gaps.first.locator('input[value="space"]').check()
    gaps.first.locator(".alike").first.click()
    assert gaps.nth(1).locator('input[value="space"]').is_checked()
    slip = page.locator('.doubt[data-text="thrives"]')
    slip.locator('input[value="corr"]').check()
    slip.locator('input[data-for="corr"]').fill('st"rives\\')
    speaker = page.locator('.doubt[data-rule="speaker-unknown"]').first
    speaker.locator('input[value="speaker"]').check()
    assert page.inner_text("#count").startswith("3 of"), "an answer without its id counts"
    speaker.locator('input[data-for="speaker"]').fill("orlov-p")
    assert page.inner_text("#count").startswith("4 of")
    page.select_option("#rule", "gap-cause")
    assert page.locator(".doubt:visible").count() == 2
    with page.expect_download() as download:
        page.click("#sheet")
    download.value.save_as(folder / "answers.csv")
    assert main(["decide", "-q", "answers.csv"]) == 0
    table = tomllib.loads((folder / "decisions.toml").read_text())
    assert [row["as"] for row in table["decision"]] == ["corr", "space", "space"]
    assert table["decision"][0]["words"] == 'st"rives\\'
    assert table["speakers"]["talk"] == {"Orlov": "orlov-p"}
