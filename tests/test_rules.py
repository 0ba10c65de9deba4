"""Every rule of the schema, each with a document that keeps it and one that breaks it and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tei_edition.files import resource
from tei_edition.finding import as_text
from tei_edition.validation import validate

FOLDER = Path(__file__).parent / "rules"
RULES = sorted(folder.name for folder in FOLDER.iterdir())


@pytest.mark.parametrize("rule", RULES)
def test_good_document_has_no_finding(rule: str) -> None:
    assert [as_text(finding) for finding in validate([FOLDER / rule / "good.xml"])] == []


@pytest.mark.parametrize("rule", RULES)
def test_bad_document_has_the_expected_findings_and_no_other(rule: str, update: bool) -> None:
    found = [as_text(replace(finding, file=Path("bad.xml"))) for finding in validate([FOLDER / rule / "bad.xml"])]
    expected = FOLDER / rule / "expected.txt"
    if update:
        expected.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert "\n".join(found) + "\n" == expected.read_text(encoding="utf-8")
    assert any(f"[{rule}]" in one for one in found)


def test_every_rule_has_its_folder_and_a_hint() -> None:
    schema = etree.parse(str(resource("schema/tei_edition.sch")))
    asserted = list(schema.iter("{*}assert", "{*}report"))
    assert sorted(node.get("id", "") for node in asserted) == RULES
    assert all(node.get("diagnostics") == f"{node.get('id')}.hint" for node in asserted)
    hints = [node.get("id", "") for node in schema.iter("{*}diagnostic") if (node.text or "").strip()]
    assert sorted(hints) == [f"{rule}.hint" for rule in RULES]
