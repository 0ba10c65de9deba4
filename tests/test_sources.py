"""What `validate` takes: patterns, archives, the standard input; each file once, nothing unpacked, nothing beyond."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from test_validation import HEAD, TAIL

from tei_edition import zipped
from tei_edition.cli import main
from tei_edition.finding import Finding
from tei_edition.validation import validate

BAD = f"{HEAD}<p corresp='#x'>a</p>{TAIL}"
GOOD = f"{HEAD}<p xml:id='there'>a</p>{TAIL}"


def archive(file: Path, **members: str) -> Path:
    """Write a zip archive; ``__`` in a name stands for a slash."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, text in members.items():
            written.writestr(f"{name.replace('__', '/').replace('MAC', '__MAC')}.xml", text)
    return file


def names(found: list[Finding]) -> list[str]:
    """Return rule and file of findings."""
    return [f"{finding.rule} {finding.file.as_posix()}" for finding in found]


def test_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern means files in folders at any depth, but for hidden ones; one that nothing fits is a finding."""
    monkeypatch.chdir(tmp_path)
    for name in ("xml/a.xml", "xml/1945/b.xml", "xml/1945/c.tei", "xml/.git/d.xml", "[e].xml"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("<a>")
    (tmp_path.parent / f"{tmp_path.name}.xml").write_text("<a>")
    Path("xml/1945/link.xml").symlink_to(tmp_path.parent / f"{tmp_path.name}.xml")
    assert names(validate([Path("xml/**/*.xml")])) == [
        "xml-ill-formed xml/1945/b.xml",
        "file-outside xml/1945/link.xml",
        "xml-ill-formed xml/a.xml",
    ]
    assert names(validate([Path("xml/*/?.tei"), tmp_path / "xml" / "1945" / "c.*"])) == [
        "xml-ill-formed xml/1945/c.tei"
    ]
    assert names(validate([Path("[e].xml")])) == ["xml-ill-formed [e].xml"]
    assert names(validate([Path("xml/*.odd"), Path("x**y/*")])) == ["file-missing x**y/*", "file-missing xml/*.odd"]


def test_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The TEI in an archive is checked where it is, and pointers lead from one member to another and not out."""
    monkeypatch.chdir(tmp_path)
    Path("secret.xml").write_text(GOOD)
    letter = f"{HEAD}<p corresp='../register/p.xml#there ../register/p.xml#gone ../../../secret.xml#there'>a</p>{TAIL}"
    archive(Path("a.zip"), xml__letters__a=letter, xml__register__p=GOOD, xml__MACOSX__x=BAD, xml__broken="<a>")
    before = sorted(Path().rglob("*"))
    assert names(validate([Path("a.zip")])) == [
        "xml-ill-formed a.zip/xml/broken.xml",
        "pointer-dangling a.zip/xml/letters/a.xml",
        "pointer-outside a.zip/xml/letters/a.xml",
    ]
    assert sorted(Path().rglob("*")) == before
    outside = f"{HEAD}<p corresp='../secret.xml#there'>a</p>{TAIL}"
    assert names(validate([archive(Path("b.zip"), a=outside)])) == ["pointer-outside b.zip/a.xml"]
    assert names(validate([archive(Path("c.zip"))])) == []
    Path("d.zip").write_bytes(b"PK\3\4 no archive")
    assert names(validate([Path("d.zip")])) == ["archive-refused d.zip"]


def test_an_archive_that_would_be_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many members, too large ones, and those whose names lead elsewhere are not read."""
    monkeypatch.setattr(zipped, "MEMBERS", 3)
    found: list[Finding] = []
    many = archive(tmp_path / "many.zip", a="", b="", c="", d="").read_bytes()
    assert zipped.members(many, Path("many.zip"), found.append) == {}
    bomb = archive(tmp_path / "bomb.zip", a="a" * 10_000_000, b="b").read_bytes()
    assert list(zipped.members(bomb, Path("bomb.zip"), found.append)) == ["b.xml"]
    monkeypatch.setattr(zipped, "WHOLE", 1_000_000)
    assert zipped.members(bomb, Path("bomb.zip"), found.append) == {}
    wild = io.BytesIO()
    with zipfile.ZipFile(wild, "w") as written:
        for name in ("../a.xml", "/b.xml", "c\\d.xml"):
            written.writestr(name, "<a/>")
    assert zipped.members(wild.getvalue(), Path("wild.zip"), found.append) == {}
    said = [finding.message.partition("read: ")[2] for finding in found]
    assert said == [
        "it has 4 members, and 3 are the most.",
        "it unpacks to more than 200 times its size.",
        "it unpacks to more than 0 MiB.",
        *["its name could lead elsewhere."] * 3,
    ]


def test_hostile_archives(shared: Path, tmp_path: Path) -> None:
    """No archive of the hostile ones raises anything, takes long, or gives away what lies elsewhere."""
    script = shared / "hostile" / "gen_zip.py"
    subprocess.run([sys.executable, "-W", "ignore", str(script), str(tmp_path)], check=True, capture_output=True)
    files = sorted(file for file in tmp_path.rglob("*") if file.is_file() and file.name != "manifest.json")
    assert len(files) > 50
    for file in files:
        file.rename(file.with_suffix(".zip"))
    found = [finding for file in files for finding in validate([file.with_suffix(".zip")], checks=["root"])]
    assert sum(finding.rule == "archive-refused" for finding in found) > 15
    assert not any("CANARY" in finding.message for finding in found)


@pytest.mark.parametrize("order", [("-", "b.xml"), ("b.xml", "-")])
def test_the_standard_input(order: tuple[str, str], tmp_path: Path) -> None:
    """A file may come through a pipe; what it points to is looked for in the current folder."""
    (tmp_path / "b.xml").write_text(GOOD)
    text = f"{HEAD}<p corresp='b.xml#there b.xml#gone'>a</p>{TAIL}"
    call = [sys.executable, "-m", "tei_edition", "validate", *order, "--json"]
    answer = subprocess.run(call, input=text, capture_output=True, text=True, cwd=tmp_path)
    assert [(one["rule"], one["file"]) for one in json.loads(answer.stdout)] == [("pointer-dangling", "-")]
    assert "2 files checked." in answer.stderr


def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    """Forty files take little more room than four: one is open at a time."""
    text = HEAD + "<p>Some words of a letter.</p>" * 1000 + TAIL
    for number in range(40):
        (tmp_path / f"{number:03}.xml").write_text(text)
    files = sorted(tmp_path.iterdir())
    validate(files[:2], skip=["schema"])

    def taken(files: list[Path]) -> int:
        tracemalloc.start()
        assert validate(files, skip=["schema"]) == []
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert taken(files) < 2 * taken(files[:4])


def test_files_are_handed_on_one_by_one(tmp_path: Path) -> None:
    """Whoever shows how far it is gets the files in order, each before it is checked."""
    for name in ("b.xml", "a.xml"):
        (tmp_path / name).write_text(BAD)
    seen: list[str] = []

    def each(files: list[Path]) -> object:
        for file in files:
            seen.append(file.name)
            yield file

    assert len(validate([tmp_path], each=each)) == 2  # type: ignore[arg-type]
    assert seen == ["a.xml", "b.xml"]


def test_the_sample_edition_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a path the edition's documents and registers are checked; checks can be chosen."""
    monkeypatch.chdir(ROOT)
    assert main(["validate"]) == 0
    assert "8 files checked. No findings." in capsys.readouterr().err
    assert main(["validate", "--check", "header", "--check", "dates"]) == 0
    assert main(["validate", "--skip", "colour"]) == 2
    assert "There is no check “colour”" in capsys.readouterr().err
