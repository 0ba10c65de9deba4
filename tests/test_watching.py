"""Watching files: what changes is seen, once, and checked again with what points to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from conftest import ROOT

from tei_edition.watching import changes, pointing_to

QUICK = 0.02


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two files, one of them in a folder below."""
    (tmp_path / "below").mkdir()
    (tmp_path / "a.xml").write_text("one", encoding="utf-8")
    (tmp_path / "below" / "b.xml").write_text("two", encoding="utf-8")
    return tmp_path


def is_xml(path: Path) -> bool:
    """Say whether a file is XML by its name."""
    return path.suffix == ".xml"


def test_what_is_written_made_and_removed_is_one_set(folder: Path) -> None:
    """Changes made at once are given together; hidden files and those not wanted are not."""
    rounds = changes([folder], wanted=is_xml, every=QUICK)
    (folder / "a.xml").write_text("another", encoding="utf-8")
    (folder / "below" / "b.xml").unlink()
    (folder / "c.xml").write_text("three", encoding="utf-8")
    (folder / "d.txt").write_text("four", encoding="utf-8")
    (folder / ".tmp-e.xml").write_text("five", encoding="utf-8")
    assert next(rounds) == {folder / "a.xml", folder / "below" / "b.xml", folder / "c.xml"}
    (folder / "below" / "b.xml").write_text("two", encoding="utf-8")
    assert next(rounds) == {folder / "below" / "b.xml"}


def test_a_file_that_is_replaced_is_seen(folder: Path) -> None:
    """Editors write beside a file and rename: time and size may be those of before."""
    rounds = changes([folder / "a.xml"], every=QUICK)
    before = (folder / "a.xml").stat()
    (folder / "new").write_text("two", encoding="utf-8")
    os.utime(folder / "new", ns=(before.st_atime_ns, before.st_mtime_ns))
    (folder / "new").replace(folder / "a.xml")
    assert next(rounds) == {folder / "a.xml"}


def test_a_list_of_paths_may_grow(folder: Path) -> None:
    """What is watched may change from one round to the next; a file that is not there yet is waited for."""
    paths = [folder / "a.xml", folder / "later.xml"]
    rounds = changes(paths, every=QUICK)
    (folder / "later.xml").write_text("x", encoding="utf-8")
    assert next(rounds) == {folder / "later.xml"}
    paths.append(folder / "below")
    assert next(rounds) == {folder / "below" / "b.xml"}


def test_another_thread_ends_it(folder: Path) -> None:
    """A server that stops sets an event."""
    stop = Event()
    seen: list[set[Path]] = []
    thread = Thread(target=lambda: seen.extend(changes([folder], every=QUICK, stop=stop)))
    thread.start()
    stop.set()
    thread.join(timeout=5)
    assert not thread.is_alive()
    assert seen == []


def test_what_points_to_a_changed_file_is_checked_again(folder: Path) -> None:
    """A file that has the name of another in it may point there."""
    (folder / "c.xml").write_text('<ref target="below/b.xml#x"/>', encoding="utf-8")
    files = [folder / "a.xml", folder / "below" / "b.xml", folder / "c.xml", folder / "gone.xml"]
    assert pointing_to(files, {folder / "below" / "b.xml"}, Path.read_bytes) == files[1:3]
    assert pointing_to(files, {folder / "gone.xml"}, Path.read_bytes) == files[3:]
    assert pointing_to(files, {folder / "other.xml"}, Path.read_bytes) == []


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str], Callable[[str], str]]]:
    """Run `validate --watch` on an edition of two files; wait for words in what it says."""
    (tmp_path / "xml").mkdir()
    (tmp_path / "edition.toml").write_text('title = "x"\n', encoding="utf-8")
    (tmp_path / "xml" / "a.xml").write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><p/></TEI>', encoding="utf-8")
    (tmp_path / "xml" / "b.xml").write_text("<a/>", encoding="utf-8")
    call = [sys.executable, "-m", "tei_edition", "validate", "--watch", "--check", "root", "--check", "pointers"]
    where = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    log = tmp_path / "log"
    with log.open("w") as stream:
        run = subprocess.Popen(call, cwd=tmp_path, env=where, stdout=stream, stderr=subprocess.STDOUT, text=True)

    def wait_for(words: str) -> str:
        for _ in range(400):
            said = log.read_text(encoding="utf-8")
            if words in said:
                return said
            assert run.poll() is None, said
            time.sleep(0.05)
        raise AssertionError(log.read_text(encoding="utf-8"))

    yield tmp_path, run, wait_for
    run.kill()
    run.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
def test_validate_watches_an_edition(
    watching: tuple[Path, subprocess.Popen[str], Callable[[str], str]],
) -> None:
    """A changed file is checked again, a changed setting checks everything, Ctrl-C ends with 130."""
    folder, run, wait_for = watching
    assert "2 files checked. 1 error" in wait_for("Ctrl-C ends.")
    (folder / "xml" / "a.xml").write_text("<c/>", encoding="utf-8")
    assert wait_for("1 file checked again. 1 error").count("[not-tei]") == 2
    (folder / "edition.toml").write_text('titel = "x"\n', encoding="utf-8")
    wait_for("“titel” is not a setting")
    (folder / "edition.toml").write_text('title = "y"\n', encoding="utf-8")
    assert wait_for("2 files checked again. 2 errors").count("[not-tei]") == 4
    run.send_signal(signal.SIGINT)
    assert run.wait(timeout=10) == 130
