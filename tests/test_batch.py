"""Many documents: only what changed is done, several processes give what one gives, `--watch` follows the editor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import ROOT

from tei_edition import batch
from tei_edition.batch import Job, Outcome, encoded
from tei_edition.cli import main
from tei_edition.edition import Edition, EditionError

LETTER = "10 August 1945\n\nDear Friend {0},\n\nStalin came [back?] and said [one word illegible].\n\nYours, {0}\n"
PERSONS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><listPerson><person xml:id="stalin">
<persName>Stalin</persName></person></listPerson></body></text></TEI>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an edition of four letters."""
    (tmp_path / "sources").mkdir()
    (tmp_path / "persons.xml").write_text(PERSONS)
    toml = 'title = "Letters"\nregister = ["persons.xml"]\ndecisions = "decisions.toml"\n'
    (tmp_path / "decisions.toml").write_text("")
    for name in "abcd":
        (tmp_path / "sources" / f"{name}.txt").write_text(LETTER.format(name), encoding="utf-8")
        toml += f'[[document]]\nsource = "sources/{name}.txt"\n'
    (tmp_path / "edition.toml").write_text(toml)
    return tmp_path


def jobs(edition: Edition) -> list[Job]:
    """Return the jobs of an edition."""
    return [Job(document=item, target=edition.encoded(item), source=item.source) for item in edition.documents]


def again(folder: Path) -> list[Outcome]:
    """Encode the edition of a folder."""
    edition = Edition.load(folder)
    return list(encoded(jobs(edition), edition))


def fresh(folder: Path) -> str:
    """Return which of the letters were encoded."""
    return "".join(name for name, outcome in zip("abcd", again(folder), strict=True) if outcome.fresh)


def test_only_what_changed_is_encoded(folder: Path) -> None:
    assert fresh(folder) == "abcd"
    assert fresh(folder) == ""
    source = folder / "sources" / "b.txt"
    source.write_text(source.read_text() + "\nP.S.\n")
    assert fresh(folder) == "b"
    decision = '[[decision]]\ndocument = "c"\nat = "5:13"\ntext = "[back?]"\nas = "text"\n'
    (folder / "decisions.toml").write_text(decision)
    assert fresh(folder) == "c"
    (folder / "xml" / "d.xml").unlink()
    assert fresh(folder) == "d"
    persons = folder / "persons.xml"
    persons.write_text(persons.read_text().replace("</TEI>", " </TEI>"))
    assert fresh(folder) == "abcd"
    toml = folder / "edition.toml"
    toml.write_text(toml.read_text().replace("Letters", "Notes"))
    assert fresh(folder) == "abcd"
    assert fresh(folder) == ""


def test_with_other_rules_everything_is_encoded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again(folder)
    monkeypatch.setattr(batch, "_package", lambda: "other")
    assert fresh(folder) == "abcd"


def test_a_file_from_elsewhere_is_not_up_to_date(folder: Path) -> None:
    """Somebody put back an older state of a file, as version control does."""
    again(folder)
    target, source = folder / "xml" / "a.xml", folder / "sources" / "a.txt"
    old = target.read_bytes()
    source.write_text(source.read_text().replace("Stalin", "Molotov"))
    again(folder)
    target.write_bytes(old)
    assert fresh(folder) == "a" and b"Molotov" in target.read_bytes()


def test_what_is_up_to_date_tells_its_findings_again(folder: Path) -> None:
    first, second = again(folder), again(folder)
    assert [outcome.findings for outcome in first] == [outcome.findings for outcome in second]
    assert all(any(finding.choice for finding in outcome.findings) for outcome in second)
    assert [outcome.fresh for outcome in second] == [False] * 4


def test_an_edited_file_is_up_to_date_and_a_conflict_is_not(folder: Path) -> None:
    again(folder)
    target, source = folder / "xml" / "a.xml", folder / "sources" / "a.txt"
    target.write_text(target.read_text().replace("and said", "and cried"))
    assert fresh(folder) == ""
    source.write_text(source.read_text().replace("and said", "and wrote"))
    for _ in range(2):
        (outcome, *_) = again(folder)
        assert outcome.fresh and outcome.findings[-1].rule == "edits-conflict"
    assert "and cried" in target.read_text()


def test_processes_give_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By one process, by several, by the threads of somebody's executor: the same findings and the same bytes."""
    edition = Edition.load(folder)
    seen = []
    for many, executor in ((50, None), (1, None), (50, ThreadPoolExecutor(2))):
        for file in [*edition.tei.glob("[a-d].xml"), *(edition.tei / ".tei-edition").glob("*")]:
            file.unlink()
        monkeypatch.setattr(batch, "MANY", many)
        monkeypatch.setattr(batch, "CHUNK", 1)
        outcomes = list(encoded(jobs(edition), edition, executor=executor))
        files = sorted([*edition.tei.glob("*.xml"), *(edition.tei / ".tei-edition").glob("*")])
        seen.append((outcomes, [(file, file.read_bytes()) for file in files]))
        if executor:
            executor.shutdown()
    assert seen[0] == seen[1] == seen[2] and len(seen[0][1]) == 8


def test_one_file_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    (folder / "sources" / "b.txt").unlink()
    (folder / "sources" / "c.txt").write_bytes(b"%PDF-1.7")
    (folder / "xml" / "d.xml").mkdir(parents=True)
    a, b, c, d = again(folder)
    assert a.written and not b.written and not c.written and not d.written
    assert isinstance(b.refused, FileNotFoundError) and not b.unwritable
    assert c.refused is None and any(finding.rule == "file-unreadable" for finding in c.findings)
    assert d.unwritable and d.refused


def test_a_run_that_was_interrupted_goes_on(folder: Path) -> None:
    edition = Edition.load(folder)
    going = encoded(jobs(edition), edition)
    next(going)
    next(going)
    going.close()
    assert fresh(folder) == "cd"


def test_decisions_that_cannot_be_followed_stop_the_run(folder: Path) -> None:
    (folder / "decisions.toml").write_text("[[decision]\n")
    with pytest.raises(EditionError):
        again(folder)


def test_the_command_says_what_was_up_to_date(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    main(["encode"])
    first = capsys.readouterr()
    assert "4 transcripts encoded into xml." in first.err
    main(["encode"])
    second = capsys.readouterr()
    assert "4 transcripts up to date in xml." in second.err and second.out == first.out
    (folder / "sources" / "d.txt").write_text(LETTER.format("Dora"))
    main(["encode"])
    assert "1 transcript encoded into xml, 3 up to date." in capsys.readouterr().err


@pytest.fixture
def watching(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Return a running ``encode --watch``."""
    call = [sys.executable, "-m", "tei_edition", "encode", "--watch"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    running = subprocess.Popen(
        call, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    yield running
    if running.poll() is None:
        running.kill()
    running.communicate()


@pytest.mark.timeout(60)
def test_watching_encodes_what_is_saved(folder: Path, watching: subprocess.Popen[str]) -> None:
    def told(words: str) -> str:
        assert watching.stderr
        for line in watching.stderr:
            if words in line:
                return line
        raise AssertionError(words)

    told("Waiting for changes")
    (folder / "sources" / "b.txt").write_text(LETTER.format("Boris"))
    told("1 transcript encoded into xml, 3 up to date.")
    assert "Boris" in (folder / "xml" / "b.xml").read_text()
    (folder / "decisions.toml").write_text("[[decision]\n")
    told("decisions.toml")
    decision = '[[decision]]\ndocument = "c"\nat = "5:13"\ntext = "[back?]"\nas = "text"\n'
    (folder / "decisions.toml").write_text(decision)
    told("1 transcript encoded into xml, 3 up to date.")
    watching.send_signal(signal.SIGINT)
    assert watching.wait(30) == 130


def test_watching_prints_text_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert main(["encode", "--watch", "--json"]) == 2
