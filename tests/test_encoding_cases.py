"""The cases of tests/cases/encoding.md and remarks.md: what a transcript becomes, and what is said about it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from casefile import Case, cases
from conftest import ROOT

from tei_edition import Edition, encode, read, render
from tei_edition.finding import Finding
from tei_edition.tei import to_bytes

QUIET = {
    "reader-chosen",
    "date-inferred",
    "genre-judged",
    "title-missing",
    "language-original-unknown",
    "profile-chosen",
}
"""Rules about the page as a whole, which every case would repeat."""


@cache
def register_only() -> Edition:
    """Return an edition that has the sample edition's register and nothing else."""
    whole = Edition.load(ROOT)
    return Edition(folder=whole.folder, register=whole.register, tei=whole.tei)


def hold(case: Case, folder: Path, update: bool, holder: str, margin: int) -> None:
    """Encode the input of a case and compare what stands in its ``holder``, and the findings, with what is expected.

    ``margin`` is how far the holder is indented in the file. With ``--update`` both are written anew.
    """
    page = folder / "page.txt"
    page.write_bytes(case.blocks["input"].encode())
    findings: list[Finding] = []
    transcript = read(page, report=findings.append, reader="plain")
    root = encode(transcript, report=findings.append, edition=register_only())
    assert transcript.text() == case.blocks["input"]
    assert render(root, "transcript", report=findings.append) == case.blocks["input"]
    edge = " " * margin
    shape = rf"^{edge}<{holder}[^>]*?>\n(.*)^{edge}</{holder}>|^{edge}<{holder}[^>]*/>"
    found = re.search(shape, to_bytes(root).decode(), re.MULTILINE | re.DOTALL)
    assert found
    body = re.sub(f"^{edge}  ", "", found[1] or "", flags=re.MULTILINE).rstrip("\n")
    told = "\n".join(
        f"{item.line}:{item.column} {item.severity} {item.rule}" for item in findings if item.rule not in QUIET
    )
    if update:
        case.rewrite("expected", body)
        case.rewrite("findings", told)
    else:
        assert body == case.blocks["expected"]
        assert told == case.blocks["findings"]


@pytest.mark.parametrize("case", [*cases("encoding"), *cases("remarks")], ids=str)
def test_case(case: Case, tmp_path: Path, update: bool) -> None:
    hold(case, tmp_path, update, "div", 6)
