"""Every rule, with documents that keep it and documents that break it, and all that is found in them.

A folder is a rule. ``good.xml`` keeps it, ``bad.xml`` breaks it as ``expected.txt`` says; any other ``NAME.xml`` is a
mistake that editors make, and ``NAME.txt`` is what they are told. ``pytest --update`` writes the texts anew.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tei_edition.files import resource
from tei_edition.finding import as_text
from tei_edition.validation import STRANGERS, validate

FOLDER = Path(__file__).parent / "rules"
GOOD = sorted(FOLDER.glob("*/good.xml"))
MISTAKES = sorted(set(FOLDER.glob("*/*.xml")) - set(GOOD))
SEVERAL = {
    "element-not-allowed/html-bold-and-break", "element-not-allowed/html-list", "element-not-allowed/html-table",
    "element-not-allowed/wrong-case",
}  # fmt: skip
"""Documents with more than one mistake."""


def told(file: Path) -> list[str]:
    """Return the findings of a file, without the folder it lies in."""
    return [as_text(replace(finding, file=Path(file.name))) for finding in validate([file], checks=STRANGERS)]


def called(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


@pytest.mark.parametrize("file", GOOD, ids=called)
def test_good_document_has_no_finding(file: Path) -> None:
    assert told(file) == []


@pytest.mark.parametrize("file", MISTAKES, ids=called)
def test_a_mistake_is_told_as_expected(file: Path, update: bool) -> None:
    expected = file.with_name("expected.txt") if file.stem == "bad" else file.with_suffix(".txt")
    found = told(file)
    if update:
        expected.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert "\n".join(found) + "\n" == expected.read_text(encoding="utf-8")
    # What the grammar has said of an element is not said again by a rule, so a rule is looked for among the rules.
    alone = [resource("schema/tei_edition.sch")] if file.stem == "bad" else []
    assert file.parent.name in [finding.rule for finding in validate([file], schema=alone, checks=STRANGERS)]
    # One mistake is one finding; a document that breaks a rule of Schematron may break it in several ways.
    assert file.stem == "bad" or called(file) in SEVERAL or len(found) == 1


def test_the_page_for_editors_says_what_comes_out() -> None:
    """docs/validation.md quotes ten mistakes of the gallery and what is said of each, word for word."""
    page = (FOLDER.parent.parent / "docs" / "validation.md").read_text(encoding="utf-8")
    quoted = re.findall(r"^`([a-z-]+/[a-z0-9-]+)`$.*?^Here:\n\n```\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)
    assert len(quoted) == 10
    assert dict(quoted) == {name: "\n".join(told(FOLDER / f"{name}.xml")) for name, _ in quoted}


def test_the_gallery_is_large() -> None:
    assert len([file for file in MISTAKES if file.stem != "bad"]) >= 60


def test_every_mistake_has_a_hint(update: bool) -> None:
    lacking = [called(file) for file in MISTAKES if file.stem != "bad" and len(told_lines(file)) < 2]
    assert lacking == []


def told_lines(file: Path) -> list[str]:
    """Return the last lines of what is expected of a file: a hint is one that is neither message nor path."""
    lines = file.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    hints = [line for line in lines if line.startswith("  ") and not line.startswith("  at /")]
    return hints if len(hints) < len([line for line in lines if not line.startswith(" ")]) else ["", *hints]


def test_every_rule_has_its_folder_and_a_hint() -> None:
    schema = etree.parse(str(resource("schema/tei_edition.sch")))
    asserted = list(schema.iter("{*}assert", "{*}report"))
    assert sorted(node.get("id", "") for node in asserted) == [file.parent.name for file in GOOD]
    assert all(node.get("diagnostics") == f"{node.get('id')}.hint" for node in asserted)
    hints = [node.get("id", "") for node in schema.iter("{*}diagnostic") if (node.text or "").strip()]
    assert sorted(hints) == [f"{file.parent.name}.hint" for file in GOOD]
