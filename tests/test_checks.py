"""The checks that no schema can make: the cases of ``cases/checks.md``, and what holds for a corpus and an edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from casefile import Case, cases
from test_validation import HEAD, TAIL, written

from tei_edition import encode, read
from tei_edition.edition import Edition, new
from tei_edition.encoding import write_encoded
from tei_edition.finding import Finding, Severity
from tei_edition.tei import TEI
from tei_edition.validation import CHECKS, CORPUS_CHECKS, NAMES, STRANGERS, validate

PREFIXES = (
    '<encodingDesc><listPrefixDef><prefixDef ident="psn" matchPattern="([a-z]+)" replacementPattern="persons.xml#$1"/>'
    "</listPrefixDef></encodingDesc></teiHeader>"
)
REGISTER = (
    f'<TEI xmlns="{TEI}"><standOff><person xml:id="stalin"><persName>Stalin</persName></person>'
    '<place xml:id="moscow"><placeName>Moscow</placeName></place></standOff></TEI>'
)


@pytest.mark.parametrize("case", cases("checks"), ids=str)
def test_case(case: Case, update: bool, tmp_path: Path) -> None:
    """A document has the findings that the case file lists, and no other."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "1.jpg").touch()
    (tmp_path / "persons.xml").write_text(REGISTER, encoding="utf-8")
    text = case.blocks.get("file") or HEAD.replace("</teiHeader>", PREFIXES) + case.blocks["body"] + TAIL
    (tmp_path / "document.xml").write_text(text, encoding="utf-8")
    result = written(validate([tmp_path / "document.xml"], skip=["schema"]))
    if update:
        case.rewrite("expected", result)
    else:
        assert result == case.blocks["expected"]


def test_the_checks_and_their_order() -> None:
    """Grammar comes before pointers, and both before what only an edition asks for."""
    assert list(CHECKS) == [
        "root", "schema", "ids", "pointers", "speakers", "dates", "pages", "reasons", "header", "text",
    ]  # fmt: skip
    assert list(CORPUS_CHECKS) == ["documents"]
    assert set(STRANGERS) < set(NAMES)


def test_checks_are_chosen_by_name(tmp_path: Path) -> None:
    """With a schema named the profile's own checks are not made, unless they are asked for; any can be left out."""
    (tmp_path / "any.rng").write_text(
        '<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start><ref name="any"/></start><define name="any">'
        '<element><anyName/><zeroOrMore><choice><attribute><anyName/></attribute><ref name="any"/><text/></choice>'
        "</zeroOrMore></element></define></grammar>"
    )
    file = tmp_path / "a.xml"
    file.write_text(f"{HEAD}<p corresp='#x'><pb n='1'/>a<pb n='4'/><gap/><unclear>b</unclear></p>{TAIL}")

    def found(**options: object) -> list[str]:
        return sorted(finding.rule for finding in validate([file], **options))  # type: ignore[arg-type]

    schema = tmp_path / "any.rng"
    assert found(schema=schema) == ["pointer-dangling"]
    assert found(schema=schema, skip=["pointers"]) == []
    assert found(schema=schema, checks=["pages"]) == ["page-out-of-order"]
    assert found(schema=schema, checks=["reasons"]) == ["gap-without-reason", "unclear-without-reason"]
    assert found(checks=["reasons", "pages"]) == ["page-out-of-order", "unclear-without-reason"]
    with pytest.raises(ValueError, match="There is no check “colour”; there are root, schema"):
        found(checks=["colour"])


def test_two_documents_of_one_id(tmp_path: Path) -> None:
    """An id may name one document of a corpus; what `encode` wrote beside a file is the same document."""
    for name in ("a.xml", "b.xml", "b.new.xml"):
        (tmp_path / name).write_text(HEAD.replace("<TEI ", '<TEI xml:id="letter" ') + "<p>a</p>" + TAIL)
    (finding,) = validate([tmp_path])
    assert (finding.rule, finding.file.name, finding.severity) == ("document-id-duplicate", "b.xml", Severity.ERROR)
    assert f"{tmp_path.name}/a.xml" in finding.message


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Return a new edition of one letter, encoded."""
    new(tmp_path)
    found = Edition.load(tmp_path)
    (document,) = found.documents
    tree = encode(read(document.source, report=ignored), report=ignored, edition=found, document=document)
    write_encoded(tree, found.encoded(document), report=ignored, source=document.source)
    return found


def ignored(finding: Finding) -> None:
    """Take a finding that the test is not about."""


def test_the_text_of_an_edition_is_that_of_its_transcript(edition: Edition) -> None:
    """Characters that were lost or added by hand are counted, and the first is shown; so is a newer transcript."""
    (document,) = edition.documents
    file = edition.encoded(document)
    assert validate([], edition=edition, checks=["text"]) == []
    whole = file.read_text(encoding="utf-8")
    word = next(word for word in document.source.read_text(encoding="utf-8").split()[-20:] if word.isalpha())
    head, _, tail = whole.rpartition(word)
    file.write_text(f"{head}Pekin{tail}", encoding="utf-8")
    (finding,) = validate([], edition=edition, checks=["text"])
    assert (finding.rule, finding.severity) == ("text-not-of-source", Severity.WARNING)
    assert f"“{word[:3]}" in finding.message or word in finding.message
    assert "Pekin" in finding.message
    assert "line " in finding.message
    assert "Take the change over" in str(finding.hint)
    file.write_text(whole, encoding="utf-8")
    document.source.write_text(document.source.read_text(encoding="utf-8") + "\n\nP. S. One more.\n", encoding="utf-8")
    (finding,) = validate([], edition=edition, checks=["text"])
    assert "18 characters" in finding.message
    assert finding.hint == "The transcript was changed: encode it again."


def test_a_header_that_leaves_things_out(edition: Edition) -> None:
    """One finding for a document of the edition lists all; other files are not asked."""
    (document,) = edition.documents
    file = edition.encoded(document)
    before = validate([], edition=edition, checks=["header"])
    assert all("a title" not in finding.message for finding in before)
    file.write_text(HEAD.replace("Title", "") + f"<p>a</p>{TAIL}")
    (finding,) = validate([], edition=edition, checks=["header"])
    assert (finding.rule, finding.severity) == ("header-incomplete", Severity.WARNING)
    assert finding.message.startswith("The header does not say: a title; who answers for it")
    (edition.tei / "other.xml").write_text(file.read_text())
    assert len(validate([], edition=edition, checks=["header"])) == 1


def test_the_sample_edition_has_no_findings() -> None:
    """No check raises a false alarm on the documents of the sample edition."""
    edition = Edition.load(Path(__file__).parent.parent)
    assert validate([], edition=edition) == []


def test_foreign_documents_are_not_flooded(shared: Path) -> None:
    """On the TEI of fifteen other projects the checks that are not the schema's find less than one thing a file."""
    found = validate([shared / "foreign_dev"], checks=["speakers", "dates", "pages", "documents"])
    files = {finding.file for finding in found}
    assert 0 < len(found) < 80
    assert len(files) < 60
