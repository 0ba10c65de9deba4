"""What an edition accepts: findings that are marked with a reason, and entries that have no use any more."""

from __future__ import annotations

import datetime
import json
import tomllib
from pathlib import Path

import pytest

from tei_edition.cli import main
from tei_edition.edition import Edition, EditionError
from tei_edition.finding import Finding, Severity, worst
from tei_edition.reports import FORMATS, Outcome
from tei_edition.reports.sources import Sources
from tei_edition.suppressions import NEVER, acceptances, accepted, in_baseline

TEXT = "<TEI>\n<p>One <gap/></p>\n<p>Two <gap/></p>\n</TEI>\n"
HEAD = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>'
    "<publicationStmt><publisher>P</publisher></publicationStmt><sourceDesc><bibl>S</bibl></sourceDesc></fileDesc>"
    "</teiHeader><text><body>\n"
)
TAIL = "\n</body></text></TEI>\n"


def found(line: int, rule: str = "gap-without-reason", file: str = "xml/old-1.xml", **more: object) -> Finding:
    """Return an error at a line."""
    told = {"message": f"A finding about line {line}.", "xpath": f"/TEI/p[{line - 1}]/gap", **more}
    return Finding(rule=rule, severity=Severity.ERROR, file=Path(file), line=line, **told)  # type: ignore[arg-type]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an edition's folder with two files."""
    (tmp_path / "xml" / "old").mkdir(parents=True)
    for name in ("old-1.xml", "new.xml", "old/2.xml"):
        (tmp_path / "xml" / name).write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def judged(folder: Path, toml: str, findings: list[Finding], *, whole: bool = True) -> list[Finding]:
    """Return findings as an edition.toml judges them."""
    entries = acceptances(tomllib.loads(toml).get("accept", []), toml)
    return accepted(findings, entries, folder / "edition.toml", whole=whole)


FOUND = [
    found(2), found(3), found(2, "idno-empty"), found(2, file="xml/new.xml"), found(2, file="xml/old/2.xml"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "meant"),
    [
        ("", [0, 1, 3, 4]),
        ('file = "xml/old-1.xml"', [0, 1]),
        ('file = "xml/old*"', [0, 1, 4]),
        ('file = "*.xml"', [0, 1, 3, 4]),
        ('file = "old-1.xml"', []),
        ("line = 3", [1]),
        ('xpath = "/TEI/p[1]"', [0, 3, 4]),
        ('xpath = "/TEI/p[1]/gap"', [0, 3, 4]),
        ('xpath = "/TEI/p"', []),
        ('text = "Two <gap"', [1]),
        ('text = "about line 2"', [0, 3, 4]),
        ('file = "xml/new.xml"\nline = 2\ntext = "One"', [3]),
    ],
)
def test_an_entry_means_what_it_names(here: Path, entry: str, meant: list[int]) -> None:
    """Rule, file, line, path and words: all that an entry names has to be so."""
    toml = f'[[accept]]\nrule = "gap-without-reason"\nreason = "So it is."\n{entry}\n'
    told = judged(here, toml, FOUND)
    assert [number for number, item in enumerate(told[:5]) if item.accepted == "So it is."] == meant
    assert [item.rule for item in told[5:]] == ([] if meant else ["accept-unused"])
    assert [item.accepted for item in told].count(None) == len(told) - len(meant)


def test_accepted_findings_do_not_count(here: Path) -> None:
    """The exit code is that of the findings which nobody accepted."""
    toml = '[[accept]]\nrule = "gap-without-reason"\nreason = "So it is."\n'
    assert worst(FOUND[:2]) == 1
    assert worst(judged(here, toml, FOUND[:2])) == 0
    assert worst(judged(here, toml, FOUND)) == 1


def test_an_entry_without_use_is_a_warning_at_its_line(here: Path) -> None:
    """When the whole edition was checked, and only then."""
    toml = '# a note\n\n[[accept]]\nrule = "idno-empty"\nreason = "Lost in 1950."\n'
    toml += '\n  [[ accept ]]\nrule = "x"\nreason = "y"\n'
    told = judged(here, toml, FOUND[:3])
    assert [(item.rule, item.line, item.severity) for item in told[3:]] == [("accept-unused", 7, Severity.WARNING)]
    assert judged(here, toml, FOUND[:3], whole=False) == told[:3]


def test_an_entry_may_end(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its last day the finding counts again, and a warning says why."""
    toml = '[[accept]]\nrule = "gap-without-reason"\nreason = "Until the next proof."\nuntil = 2027-01-31\n'
    last = int(datetime.datetime(2027, 1, 31, 12, tzinfo=datetime.UTC).timestamp())
    for epoch, code, rules in ((last, 0, []), (last + 86400, 1, ["accept-expired"])):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch))
        told = judged(here, toml, FOUND[:1])
        assert worst(told) == code
        assert [item.rule for item in told[1:]] == rules
    for epoch in ("", "soon", "9" * 30):  # then the clock says which day it is
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert worst(judged(here, toml.replace("2027-01-31", "2020-01-31"), FOUND[:1])) == 1


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('rule = "a"', "names a rule, and the reason"),
        ('reason = "a"', "names a rule, and the reason"),
        ('rule = "a"\nreason = "  "', "reason of an [[accept]] is to be text"),
        ('rule = "a"\nreason = 3', "reason of an [[accept]] is to be text"),
        ('rule = "xml-ill-formed"\nreason = "a"', "“xml-ill-formed” cannot be accepted"),
        ('rule = "a"\nreason = "b"\nfiles = "c"', "“files” is not a setting"),
        ('rule = "a"\nreason = "b"\nline = "3"', "line of an [[accept]] is to be a number"),
        ('rule = "a"\nreason = "b"\nuntil = "2027-01-31"', "until of an [[accept]] is to be a day"),
        ('rule = "a"\nreason = "b"\nuntil = 2027-01-31T10:00:00', "until of an [[accept]] is to be a day"),
    ],
)
def test_a_wrong_entry_is_said_in_one_line(tmp_path: Path, entry: str, said: str) -> None:
    """An edition.toml that cannot be followed says what is wrong with it."""
    (tmp_path / "edition.toml").write_text(f"[[accept]]\n{entry}\n", encoding="utf-8")
    with pytest.raises(EditionError) as error:
        Edition.load(tmp_path)
    assert said in str(error.value)
    (tmp_path / "edition.toml").write_text(f"[accept]\n{entry}\n", encoding="utf-8")
    with pytest.raises(EditionError, match="two brackets"):
        Edition.load(tmp_path)


def test_a_baseline_knows_what_was_there(here: Path) -> None:
    """Only what the list of earlier findings does not know counts, wherever its lines have gone."""
    before = FORMATS["json"](Outcome(FOUND[:3])).encode()
    (here / "xml" / "old-1.xml").write_text(TEXT.replace("<TEI>", "<TEI>\n<!-- -->\n"), encoding="utf-8")
    now = [found(4), found(5), found(5, "idno-empty"), found(2, file="xml/new.xml"), found(2, "xml-ill-formed")]
    told = in_baseline(now, before, "old.json", Sources())
    assert [item.accepted for item in told] == ["Known already, says old.json."] * 2 + [None] * 3
    assert "xml-ill-formed" in NEVER


@pytest.fixture
def edition(here: Path) -> Path:
    """Stand in an edition with one document that has two errors of one rule."""
    text = f'{HEAD}<p>One <gap unit="word" quantity="1"/>.</p>\n<p>Two <gap unit="word" quantity="2"/>.</p>{TAIL}'
    for path in (here / "xml").rglob("*.xml"):
        path.unlink()
    (here / "xml" / "letter.xml").write_text(text, encoding="utf-8")
    (here / "edition.toml").write_text('title = "Letters"\n', encoding="utf-8")
    return here


CALL = ["validate", "--check", "schema"]


def test_the_command_follows_the_edition(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`validate` counts what is accepted, shows it with `-v`, and marks it for programs."""
    assert main(CALL) == 1
    assert "2 errors, 0 warnings, 0 choices" in capsys.readouterr().err
    with (edition / "edition.toml").open("a", encoding="utf-8") as toml:
        toml.write('[[accept]]\nrule = "gap-without-reason"\nreason = "Nobody knows."\n')
    assert main(CALL) == 0
    assert capsys.readouterr() == (
        "",
        "1 file checked. 0 errors, 0 warnings, 2 accepted, 0 choices recorded (-v shows them).\n",
    )
    assert main([*CALL, "-v"]) == 0
    assert capsys.readouterr().out.count("  Accepted: Nobody knows.\n") == 2
    assert main([*CALL, "--json"]) == 0
    assert {row["accepted"] for row in json.loads(capsys.readouterr().out)} == {"Nobody knows."}
    assert main([*CALL, "xml/letter.xml"]) == 0
    (edition / "xml" / "letter.xml").write_text(f"{HEAD}<p>One.</p>{TAIL}", encoding="utf-8")
    capsys.readouterr()
    assert main(CALL) == 0
    assert capsys.readouterr().out.startswith("edition.toml:2: warning: ")


def test_a_baseline_by_the_command(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An old corpus starts with what it has: from then on only what is new counts."""
    assert main([*CALL, "xml", "--format", "json", "--output", "known.json"]) == 1
    assert main([*CALL, "xml", "--baseline", "known.json"]) == 0
    assert "2 accepted" in capsys.readouterr().err
    text = (edition / "xml" / "letter.xml").read_text(encoding="utf-8")
    more = text.replace("<p>One", '<p>New: <gap unit="line" quantity="1"/></p>\n<p>One')
    (edition / "xml" / "letter.xml").write_text(more, encoding="utf-8")
    assert main([*CALL, "xml", "--baseline", "known.json"]) == 1
    assert "1 error, 0 warnings, 2 accepted" in capsys.readouterr().err
    for name, said in (("absent.json", "There is no baseline"), ("edition.toml", "cannot be a baseline")):
        assert main([*CALL, "--baseline", name]) == 2
        assert said in capsys.readouterr().err


def test_the_screen_has_text_while_a_file_takes_the_form(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--output` writes the form to a file; `--report` writes pages; the exit code stays that of the findings."""
    assert main([*CALL, "--format", "sarif", "--output", "out/f.sarif", "--report", "report", "--run", "one"]) == 1
    assert "[gap-without-reason]" in capsys.readouterr().out
    assert json.loads((edition / "out" / "f.sarif").read_bytes())["runs"][0]["invocations"][0]["exitCode"] == 1
    assert "Letters" in (edition / "report" / "index.html").read_text(encoding="utf-8")
    assert main([*CALL, "--report", "xml"]) == 1
    assert "[folder-taken]" in capsys.readouterr().out
    for wrong in (["--run", "x"], ["--watch", "--json"], ["--watch", "-"], ["--watch", "--report", "r"]):
        assert main([*CALL, *wrong]) == 2
        assert capsys.readouterr().err.count("\n") == 1
