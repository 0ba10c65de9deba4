"""Writing encoded documents: what an editor changed by hand stays."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from tei_edition.encoding.writing import is_untouched, write_encoded
from tei_edition.finding import Finding
from tei_edition.tei import E


def document(words: str) -> etree._Element:
    """Return a small tree."""
    root: etree._Element = E.TEI(E.text(E.body(E.p(words))))
    return root


def test_a_file_nobody_touched_is_written_again(tmp_path: Path, findings: list[Finding]) -> None:
    path = tmp_path / "a.xml"
    write_encoded(document("one"), path, report=findings.append, source=Path("a.txt"))
    assert is_untouched(path.read_bytes())
    write_encoded(document("two"), path, report=findings.append, source=Path("a.txt"))
    assert b"two" in path.read_bytes() and not findings and list(tmp_path.glob("*.xml")) == [path]


def test_a_file_that_is_not_ours_stays(tmp_path: Path, findings: list[Finding]) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<TEI/>")
    assert write_encoded(document("x"), path, report=findings.append, source=Path("a.txt")) != path
    assert path.read_text() == "<TEI/>" and len(findings) == 1


def test_an_equal_file_is_not_written(tmp_path: Path, findings: list[Finding]) -> None:
    path = tmp_path / "a.xml"
    write_encoded(document("one"), path, report=findings.append, source=Path("a.txt"))
    before = path.stat().st_mtime_ns
    write_encoded(document("one"), path, report=findings.append, source=Path("a.txt"))
    assert path.stat().st_mtime_ns == before
