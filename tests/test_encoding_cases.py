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
from tei_edition.tei import TEI, to_bytes

QUIET = {"reader-chosen", "title-missing", "language-original-unknown"}
"""Rules about the page as a whole, which every case would repeat."""


@cache
def register_only() -> Edition:
    """Return an edition that has the sample edition's register and nothing else."""
    whole = Edition.load(ROOT)
    return Edition(folder=whole.folder, register=whole.register, tei=whole.tei)


@pytest.mark.parametrize("case", [*cases("encoding"), *cases("remarks")], ids=str)
def test_case(case: Case, tmp_path: Path, update: bool) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(case.blocks["input"].encode())
    findings: list[Finding] = []
    transcript = read(page, report=findings.append, reader="plain")
    root = encode(transcript, report=findings.append, edition=register_only())
    assert render(root, "transcript", report=findings.append) == case.blocks["input"]
    text = to_bytes(root).decode()
    found = re.search(r"^      <div[^>]*?>\n(.*)^      </div>|^      <div[^>]*/>", text, re.MULTILINE | re.DOTALL)
    assert found and TEI in text
    body = re.sub("^        ", "", found[1] or "", flags=re.MULTILINE).rstrip("\n")
    told = "\n".join(
        f"{item.line}:{item.column} {item.severity} {item.rule}" for item in findings if item.rule not in QUIET
    )
    if update:
        case.rewrite("expected", body)
        case.rewrite("findings", told)
    else:
        assert body == case.blocks["expected"]
        assert told == case.blocks["findings"]
