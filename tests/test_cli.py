"""The command line: what each verb writes, prints and returns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from conftest import ROOT

from tei_edition import __version__, cli, edition
from tei_edition.cli import commands, main
from tei_edition.console import Findings
from tei_edition.finding import Finding, Severity
from tei_edition.tei import TEI

LINE = "Chiang Kai-shek's agreement was [one word missing] at [my?] request.\n"
PROGRAM = [sys.executable, "-m", "tei_edition"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder with two transcripts and no edition."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "b.txt").write_text(LINE, encoding="utf-8")
    (tmp_path / "texts" / "a.txt").write_text(f"First page.\n\n{LINE}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a new edition, as ``tei-edition new`` makes it."""
    assert main(["new", str(tmp_path / "letters")]) == 0
    monkeypatch.chdir(tmp_path / "letters")
    return tmp_path / "letters"


def verbs(group: click.Group = commands, before: str = "") -> dict[str, click.Command]:
    """Return every command by the words that call it."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found |= verbs(command, f"{before}{name} ") if isinstance(command, click.Group) else {before + name: command}
    return found


def test_starting_up_is_fast_and_imports_no_heavy_library() -> None:
    """`--version` answers in a quarter of a second; lxml, Saxon and the like wait for the verb that needs them."""
    times = []
    for _ in range(5):
        start = os.times()
        answer = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=True, cwd=ROOT)
        end = os.times()
        # The work that was done, not the time that passed: other tests run beside this one.
        times.append(end.children_user + end.children_system - start.children_user - start.children_system)
    assert answer.stdout == f"tei-edition {__version__}\n"
    assert min(times) < 0.25
    code = (
        "import sys; from tei_edition.cli import main\n"
        "main(['--version']); print([name for name in ('lxml', 'saxonche', 'xmlschema', 'weasyprint', 'rich', 'yaml')"
        " if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.endswith("[]\n")


@pytest.mark.parametrize("words", verbs())
def test_help_shows_an_example(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every verb explains itself and shows a call that could be typed."""
    assert main([*words.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"\n  tei-edition {words}" in shown.split("Usage:")[1].partition("\n")[2]


def test_the_verbs_stand_in_the_order_of_the_work() -> None:
    """`--help` lists the verbs as an editor uses them."""
    assert list(commands.list_commands(click.Context(commands))) == [
        "encode", "decide", "validate", "register", "render", "publish", "serve", "search", "new", "schema",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "call",
    [
        "encode --nope",
        "encode",
        "validate",
        "render",
        "publish",
        "encode texts",
        "encode texts --to out --profile nobodys",
        "encode texts --to out --reader nobodys",
        "encode texts --to out --encoding nobodys",
        "render texts --view sideways --to out",
        "render texts --view transcript --pdf --to out",
        "validate texts --schema nowhere.rng",
        "schema compile",
        "new",
        "translate",
    ],
)
def test_a_wrong_call_is_one_line_and_code_2(call: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong call says in one line on stderr what is wrong, and nothing is written."""
    assert main(call.split()) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("tei-edition: ")
    assert printed.err.count("\n") == 1
    assert not (desk / "out").exists()


def test_no_verb_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The bare name is not a call, but the help answers it."""
    assert main([]) == 2
    assert "Commands:" in capsys.readouterr().out


def test_encode_writes_a_file_for_each_transcript(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Outside an edition a folder stands for its transcripts, and the file keeps the transcript's name."""
    assert main(["encode", "texts", "--to", "out"]) == 0
    assert sorted(path.name for path in (desk / "out").iterdir() if path.suffix == ".xml") == ["a.xml", "b.xml"]
    printed = capsys.readouterr()
    assert "2 transcripts encoded into out. 0 errors, " in printed.err
    assert all(line.startswith(("texts/", "  ")) for line in printed.out.splitlines())
    assert ": info: " not in printed.out


def test_a_missing_file_is_a_finding_and_the_others_go_on(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One wrong name does not stop the run, but it shows in the exit code."""
    assert main(["encode", "nowhere.txt", "texts/a.txt", "--to", "out"]) == 1
    assert (desk / "out" / "a.xml").exists()
    assert "nowhere.txt: error: There is no file “nowhere.txt”. [file-missing]" in capsys.readouterr().out
    assert main(["validate", "nowhere.xml"]) == 1
    assert "[file-missing]" in capsys.readouterr().out
    (desk / "empty").mkdir()
    assert main(["validate", "empty"]) == 1
    assert "in the folder “empty”. [file-missing]" in capsys.readouterr().out


def test_two_transcripts_of_one_name_do_not_overwrite_each_other(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second of two that would be written to the same file is reported."""
    (desk / "A.txt").write_text("Other words.\n", encoding="utf-8")
    assert main(["encode", "texts/a.txt", "A.txt", "--to", "out"]) == 1
    assert "A.txt: error: “texts/a.txt” is written as “out/A.xml” already. [name-taken]" in capsys.readouterr().out


def test_json_is_one_list_and_nothing_else(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints the fields of every finding, the choices too, and an empty list when there is none."""
    assert main(["encode", "texts", "--to", "out", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["file"] for row in rows} <= {"texts/a.txt", "texts/b.txt"}
    assert set(rows[0]) == {*Finding.__dataclass_fields__, "fingerprint"}
    assert main(["render", "out/a.xml", "--view", "transcript", "--to", "txt", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["validate", "nowhere.xml", "--json"]) == 1
    assert [row["rule"] for row in json.loads(capsys.readouterr().out)] == ["file-missing"]


def test_what_is_encoded_is_valid_and_renders(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The three verbs work one after the other outside an edition."""
    assert main(["encode", "texts", "--to", "out"]) == 0
    assert main(["validate", "out", "--json"]) == 0
    capsys.readouterr()
    for view in ("reading", "diplomatic"):
        assert main(["render", "out", "--view", view, "--to", view]) == 0
        page = (desk / view / "b.html").read_text(encoding="utf-8")
        assert "one word missing" in page
        assert "<link" not in page  # the page needs no other file
    assert main(["render", "out", "--view", "transcript", "--to", "txt"]) == 0
    for name in ("a.txt", "b.txt"):
        assert (desk / "txt" / name).read_bytes() == (desk / "texts" / name).read_bytes()


def test_the_transcript_keeps_its_line_ends(desk: Path) -> None:
    """No newline is translated on the way through."""
    words = "One line.\r\n\r\nAnother [one word missing] line.\r\n"
    Path("crlf.txt").write_bytes(words.encode())
    assert main(["encode", "crlf.txt", "--to", "out", "--quiet"]) == 0
    assert main(["render", "out/crlf.xml", "--view", "transcript", "--to", "txt", "--quiet"]) == 0
    assert Path("txt/crlf.txt").read_bytes() == words.encode()


def test_render_writes_pdf(desk: Path) -> None:
    """`--pdf` writes PDF in place of HTML."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        pytest.skip(f"no PDF here: {error}")
    assert main(["encode", "texts/b.txt", "--to", "out", "--quiet"]) == 0
    assert main(["render", "out", "--pdf", "--to", "pdf", "--quiet"]) == 0
    assert [path.name for path in Path("pdf").iterdir()] == ["b.pdf"]
    assert Path("pdf/b.pdf").read_bytes().startswith(b"%PDF-")


def test_a_new_edition_works_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Inside an edition the verbs need no argument."""
    assert main(["encode"]) == 0
    written = sorted((folder / "xml").glob("*.xml"))
    assert len(written) == 1
    assert main(["validate"]) == 0
    assert main(["render"]) == 0
    assert (folder / "build" / "reading" / f"{written[0].stem}.html").exists()
    assert main(["publish"]) == 0
    assert (folder / "site" / "index.html").exists()
    assert ": error: " not in capsys.readouterr().out


def test_new_leaves_what_is_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that holds an edition is not made anew."""
    before = (folder / "edition.toml").read_bytes()
    capsys.readouterr()
    assert main(["new", "."]) != 0
    assert capsys.readouterr().err.count("\n") == 1
    assert (folder / "edition.toml").read_bytes() == before


def test_the_verbs_find_the_edition_from_a_folder_inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition is looked for upwards, and its folders are its own."""
    (folder / "notes").mkdir()
    monkeypatch.chdir(folder / "notes")
    assert main(["encode", "--quiet"]) == 0
    assert list((folder / "xml").glob("*.xml"))


def test_encode_twice_writes_nothing_new_and_spares_what_was_changed_by_hand(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second run leaves the file alone; a file that an editor changed gets a neighbour."""
    assert main(["encode", "--quiet"]) == 0
    (file,) = (folder / "xml").glob("*.xml")
    stamp = file.stat().st_mtime_ns
    assert main(["encode", "--quiet"]) == 0
    assert file.stat().st_mtime_ns == stamp
    edited = file.read_bytes().replace(b"</body>", b"<!-- seen --></body>")
    file.write_bytes(edited)
    assert main(["encode", "--quiet"]) == 0
    assert file.read_bytes() == edited
    file.write_bytes(edited.replace(b"<?tei-edition-seal", b"<?seal"))
    source = folder / "sources" / "letter.txt"
    source.write_bytes(source.read_bytes() + b"\nP.S. More.\n")
    capsys.readouterr()
    main(["encode"])
    assert "[edited-by-hand]" in capsys.readouterr().out
    assert b"P.S." not in file.read_bytes()
    assert b"P.S." in file.with_name(f"{file.stem}.new.xml").read_bytes()


def test_a_wrong_edition_file_is_one_line_and_code_2(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be followed in edition.toml is said in one line."""
    (desk / "edition.toml").write_text('titel = "Letters"\n', encoding="utf-8")
    for verb in ("encode", "validate", "render", "publish"):
        assert main([verb]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "“titel” is not a setting" in printed.err
        assert printed.err.count("\n") == 1


@pytest.mark.parametrize("name", ["reading", "parallel", "facsimile", "original"])
def test_a_view_of_ones_own_has_a_name_of_its_own(desk: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """The names of the views that every document may have are taken."""
    (desk / "edition.toml").write_text(f'title = "x"\n[views.{name}]\nstylesheet = "a.xsl"\n', encoding="utf-8")
    assert main(["validate"]) == 2
    assert f"a view cannot be called “{name}”" in capsys.readouterr().err


def test_an_edition_without_its_files_says_which(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source that is missing is a finding, not a traceback."""
    (desk / "edition.toml").write_text('title = "x"\n[[document]]\nsource = "gone.txt"\n', encoding="utf-8")
    for verb in ("encode", "validate", "render"):
        assert main([verb]) == 1
        assert "[file-missing]" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_one_finding(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error of the file system is said in a sentence."""
    (desk / "out").write_text("a file\n", encoding="utf-8")
    assert main(["encode", "texts/a.txt", "--to", "out"]) == 1
    assert "[file-unwritable]" in capsys.readouterr().out
    assert (desk / "out").read_text(encoding="utf-8") == "a file\n"


def test_ill_formed_tei_is_a_finding(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bad input never ends in a traceback."""
    for data in (b"<TEI><p></TEI>", b"<TEI>\xff</TEI>", b"<TEI>\xed\xa0\x80</TEI>", b"<TEI>\0</TEI>", b"\xff\xfe<"):
        (desk / "bad.xml").write_bytes(data)
        for call in (["validate", "bad.xml"], ["render", "bad.xml", "--to", "out"]):
            assert main(call) == 1, (call, data)
            assert "[xml-ill-formed]" in capsys.readouterr().out
    for data in (b"", b"\x00\xff\xfe", b"\xff\xfea"):
        (desk / "odd.txt").write_bytes(data)
        assert main(["encode", "odd.txt", "--to", "out"]) in (0, 1)


def test_a_document_that_no_stylesheet_bears_stands_beside_another(desk: Path) -> None:
    """Where the stylesheet stops, the words of a document are still a page, and one side of two."""
    many = " ".join(f'a{number}="1"' for number in range(11_000))
    (desk / "many.xml").write_text(f'<TEI xmlns="{TEI}"><text><body><p {many}>words</p></body></text></TEI>')
    (desk / "few.xml").write_text(f'<TEI xmlns="{TEI}"><text><body><p>more</p></body></text></TEI>')
    for one, other in (("many", "few"), ("few", "many")):
        assert main(["render", f"{one}.xml", "--view", "parallel", "--beside", f"{other}.xml", "--to", "out"]) == 1
        page = (desk / "out" / f"{one}.html").read_text(encoding="utf-8")
        assert "words" in page and "more" in page


@pytest.mark.parametrize(
    "text",
    [
        'title = "a\\u0000"', f"title = {'[' * 3000}", f"title = {'9' * 5000}", 'title = "a" # \xff',
        '[[responsible]]\nid = 1\nresp = "a"\nname = "b"', '[[responsible]]\nid = {}\nresp = "a"\nname = "b"',
    ],
    ids=["character", "deep", "long", "bytes", "number", "table"],
)  # fmt: skip
def test_whatever_edition_toml_holds_is_one_line(text: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong value is no traceback, in edition.toml and in decisions.toml."""
    (desk / "edition.toml").write_bytes(text.encode("latin-1"))
    assert main(["encode"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    (desk / "edition.toml").write_text('decisions = "d.toml"\n[[document]]\nsource = "texts/a.txt"\n')
    (desk / "d.toml").write_bytes(text.encode("latin-1"))
    assert main(["encode"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_settings_may_begin_with_a_byte_order_mark(desk: Path) -> None:
    """Some editors write one; answers are added all the same, and the book does not leave its folder."""
    (desk / "edition.toml").write_text(
        '\ufeffid = "../a"\ndecisions = "d.toml"\n[[document]]\nsource = "texts/a.txt"\n', encoding="utf-8"
    )
    (desk / "d.toml").write_text('\ufeff[speakers]\r\nA = "a"\r\n', encoding="utf-8", newline="")
    (desk / "answers.csv").write_text(
        "document,at,rule,text,answer,words\na,3:19,x,agreement,corr,\x00our\n", encoding="utf-8"
    )
    assert main(["decide", "answers.csv"]) == 0
    assert "[speakers]" in (desk / "d.toml").read_text(encoding="utf-8")
    assert main(["encode"]) == 0
    assert "\ufffdour" in (desk / "xml" / "a.xml").read_text(encoding="utf-8")
    main(["render", "--book", "--epub"])
    assert [file.parent.name for file in desk.rglob("*.epub")] == ["book"]


def test_an_interrupted_run_says_130(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the run with the code that shells expect."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tei_edition.batch.read", interrupted)
    assert main(["encode", "texts", "--to", "out"]) == 130


def test_a_closed_pipe_is_no_complaint(desk: Path) -> None:
    """`tei-edition … | head` ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    call = [*PROGRAM, "encode", "texts", "--to", "out", "--verbose"]
    where = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(call, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, cwd=desk, env=where)
    os.close(writing)
    assert "Traceback" not in run.stderr
    assert "Broken" not in run.stderr


def test_control_characters_are_shown_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    """A document cannot rewrite the terminal it is reported on."""
    printed = Findings(verbose=True)
    printed.report(Finding(rule="x", severity=Severity.WARNING, message="“\x1b[2J”", file=Path("a.txt"), line=2))
    printed.report(Finding(rule="x", severity=Severity.ERROR, message="First.", file=Path("a.txt"), line=1))
    assert printed.close("Done.") == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == ["a.txt:1: error: First. [x]", "a.txt:2: warning: “␛[2J” [x]"]
    assert err == "Done. 1 error, 1 warning, 0 choices recorded.\n"


def test_quiet_prints_errors_only(capsys: pytest.CaptureFixture[str]) -> None:
    """`--quiet` keeps silent about everything that does not stop the work."""
    printed = Findings(quiet=True)
    for severity in Severity:
        printed.report(Finding(rule="x", severity=severity, message=f"{severity}.", file=Path("a.txt")))
    printed.close("Done.")
    assert capsys.readouterr() == ("a.txt: error: error. [x]\n", "")


def test_the_views_offered_are_the_views_there_are() -> None:
    """The command names the views without importing them; the table decides."""
    from tei_edition.views import VIEWS

    (option,) = (item for item in verbs()["render"].params if item.name == "view")
    named = str(getattr(option, "help", "")).split(", ")
    assert named[: len(VIEWS)] == list(VIEWS)


def test_schema_compile_writes_the_schemas_of_an_odd(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The compiler is reached by the command line; what it cannot read is a finding."""
    odd, tei = str(ROOT / "schema" / "tei_edition.odd"), str(shared / "tei" / "p5subset.xml")
    code = main(["schema", "compile", odd, "--tei", tei, "--to", str(tmp_path)])
    assert {"tei_edition.rng", "tei_edition.sch"} <= {path.name for path in tmp_path.iterdir()}
    assert code == 0 or "[odd-without-trang]" in capsys.readouterr().out
    assert main(["schema", "compile", "nowhere.odd", "--tei", tei, "--to", str(tmp_path)]) == 1
    assert "[file-unreadable]" in capsys.readouterr().out
    assert main(["schema"]) == 2


def test_two_files_of_one_name_are_not_rendered_over_each_other(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files of two folders may have one name; the second is reported, not written."""
    for folder in ("one", "two"):
        assert main(["encode", "texts/b.txt", "--to", folder, "--quiet"]) == 0
    assert main(["render", "one", "two", "--to", "html"]) == 1
    assert "two/b.xml: error: “one/b.xml” is written as “html/b.html” already. [name-taken]" in capsys.readouterr().out


def test_commands_call_functions_of_the_library() -> None:
    """Each verb is importable from the package under its own name."""
    import tei_edition

    for name in ("encode", "validate", "render", "publish", "new", "compile_odd", "read"):
        assert callable(getattr(tei_edition, name)), name
    assert cli.__doc__ and edition.__doc__
