"""A newcomer's edition can be loaded and read as it is written, and nothing that is there is written over."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tei_edition import Edition, new, read
from tei_edition.edition import EditionError
from tei_edition.finding import Finding


def test_a_new_edition_can_be_loaded_and_read(tmp_path: Path, findings: list[Finding]) -> None:
    folder = tmp_path / "My letters ü"
    written = new(folder, report=findings.append)
    assert findings == []
    assert sorted(path.relative_to(folder).as_posix() for path in written) == [
        ".gitignore",
        "README.md",
        "decisions.toml",
        "edition.toml",
        "sources/letter.txt",
    ]
    edition = Edition.load(folder)
    assert edition.decisions == (folder / "decisions.toml").resolve()
    (document,) = edition.documents
    transcript = read(document.source, report=findings.append)
    assert transcript.values("title") == ["Letter from Anna Brandt to her brother"]
    assert transcript.blocks[0].text.endswith("1921")
    assert [finding.rule for finding in findings] == ["reader-chosen"]


def test_the_example_decision_fits_the_letter(tmp_path: Path) -> None:
    from tei_edition.encoding.decisions import load_decisions

    new(tmp_path)
    file = tmp_path / "decisions.toml"
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {}
    _, example = file.read_text(encoding="utf-8").split("\n\n")
    file.write_text(example.replace("# ", ""), encoding="utf-8")
    (decision,) = load_decisions(file, "letter").places
    letter = (tmp_path / "sources" / "letter.txt").read_text(encoding="utf-8").splitlines()
    assert letter[decision.line - 1][decision.column - 1 :].startswith(decision.text)


def test_every_setting_that_is_offered_exists(tmp_path: Path) -> None:
    new(tmp_path)
    file = tmp_path / "edition.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(row.removeprefix("# ") if " = " in row else row for row in lines), encoding="utf-8")
    edition = Edition.load(tmp_path)
    assert edition.documents[0].encoding == "windows-1252"
    assert edition.licence


def test_an_edition_is_not_written_over(tmp_path: Path) -> None:
    new(tmp_path)
    with pytest.raises(EditionError, match="already"):
        new(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "letters").write_text("", encoding="utf-8")
    with pytest.raises(EditionError, match="is a file"):
        new(tmp_path / "letters")


def test_a_file_that_is_there_is_kept(tmp_path: Path, findings: list[Finding]) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    written = new(tmp_path, report=findings.append)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    assert tmp_path / "README.md" not in written
    assert [finding.rule for finding in findings] == ["file-kept"]
