"""Merging hand edits with a new encoding: both are kept where they are apart, and nothing of the editor's is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition import Edition, encode, read, validate
from tei_edition.encoding import write_encoded
from tei_edition.encoding.writing import beside, is_untouched
from tei_edition.encoding.written import record_of
from tei_edition.finding import Finding
from tei_edition.merging import merge, merge_tei
from tei_edition.tei import to_bytes

TEXT = """10 August 1945

Dear Friend,

We met Stalin in Moscow [my?] yesterday. He spoke of the treaty [one word illegible] at length.

The second paragraph stands alone and says little.

Yours sincerely,
T.V. Soong
"""
PARTS = st.lists(st.sampled_from(["a", "b", "c ", "<p>", "</p>", ' n="1"', "\n", " ", "word", "é"]), max_size=30)
TEXTS = PARTS.map("".join)


@given(TEXTS, TEXTS)
def test_what_only_one_side_changed_is_taken(base: str, other: str) -> None:
    assert merge(base, other, base).text == other
    assert merge(base, base, other).text == other


@given(TEXTS, TEXTS)
def test_the_same_change_made_twice_is_no_conflict(base: str, other: str) -> None:
    assert merge(base, other, other).text == other


@given(TEXTS, TEXTS, TEXTS)
def test_sides_can_change_places(base: str, edited: str, new: str) -> None:
    assert merge(base, edited, new).text == merge(base, new, edited).text


@given(st.lists(st.integers(0, 2), min_size=1, max_size=30), st.sampled_from(["\n", " "]))
def test_edits_apart_are_all_kept(kinds: list[int], apart: str) -> None:
    """Words of their own, of which each side changes some; two that stay lie between any two that change."""
    words = [(f"w{number}", f"keep{number}", f"stay{number}") for number in range(len(kinds))]
    base = apart.join(word for triple in words for word in triple)

    def changed(*sides: int) -> str:
        return apart.join(
            (f"{word}x{kind}" if kind in sides else word) + apart + keep + apart + stay
            for kind, (word, keep, stay) in zip(kinds, words, strict=True)
        )

    assert merge(base, changed(0), changed(1)).text == changed(0, 1)


@given(st.text("abc", min_size=1), st.text("abc", min_size=1), st.integers(0, 5), st.integers(0, 5))
def test_edits_of_one_place_are_a_conflict(mine: str, new: str, before: int, after: int) -> None:
    assume(mine != new)
    text = "line\n" * before + "{}\n" + "other\n" * after
    merged = merge(text.format("x0y"), text.format(mine), text.format(new))
    assert merged.text is None
    (conflict,) = merged.conflicts
    assert (conflict.edited, conflict.new) == (mine, new)
    assert (conflict.edited_line, conflict.new_line) == (before + 1, before + 1)


def test_a_name_and_a_bracket_in_one_paragraph_are_merged() -> None:
    base = "<p>We saw Stalin twice, [my] friend.</p>\n"
    edited = '<p>We saw <persName ref="#s">Stalin</persName> twice, [my] friend.</p>\n'
    new = "<p>We saw Stalin twice, <unclear>my</unclear> friend.</p>\n"
    assert merge(base, edited, new).text == edited.replace("[my]", "<unclear>my</unclear>")


def test_attributes_apart_are_merged_and_one_attribute_is_a_conflict() -> None:
    base = '<unclear cert="low" reason="faded" resp="#a">x</unclear>'
    assert merge(base, base.replace("low", "high"), base.replace("#a", "#b")).text == base.replace(
        "low", "high"
    ).replace("#a", "#b")
    assert merge(base, base.replace("low", "high"), base.replace("low", "medium")).text is None


def test_a_merge_that_would_not_be_well_formed_is_refused() -> None:
    base = "<p>one two three four five</p>"
    edited = base.replace("two three four", "<hi>two three four</hi>")
    new = base.replace("three four five", "three <hi>four five</hi>")
    assert merge(base, edited, new).broken == "“hi” was opened by one and would be closed by the other."
    new = base.replace("three four five", "three <term>four five</term>")
    assert merge(base, edited, new).text is None
    new = base.replace("<p>", "").replace("</p>", "")
    assert merge(base, edited, new).text and merge_tei(base, edited, new, Path("a.xml")).broken


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return the path of a TEI file that was encoded."""
    path = tmp_path / "xml" / "a.xml"
    encoded(path, TEXT)
    return path


def encoded(path: Path, text: str, findings: list[Finding] | None = None) -> etree._Element:
    """Encode a text to a path and return the tree."""
    findings = [] if findings is None else findings
    source = path.parent.parent / "a.txt"
    source.write_text(text, encoding="utf-8")
    root = encode(read(source, report=lambda _: None), report=lambda _: None)
    write_encoded(root, path, report=findings.append, source=source)
    return root


def edit(path: Path, old: str, new: str) -> str:
    """Change a file as an editor does and return it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def errors(path: Path) -> list[Finding]:
    return [finding for finding in validate([path]) if finding.severity == "error"]


def without_seal(text: str) -> str:
    return re.sub(r"<\?tei-edition-seal.*?\?>\n", "", text)


def test_hand_edits_and_a_new_encoding_are_merged(target: Path, findings: list[Finding]) -> None:
    edited = edit(target, "The second paragraph", "<hi>The second</hi> paragraph")
    encoded(target, TEXT.replace("[my?]", "[sic]"), findings)
    text = target.read_text(encoding="utf-8")
    assert "<hi>The second</hi> paragraph" in text and "<unclear" not in text and "<unclear" in edited
    assert rules(findings) == ["edits-merged"] and not errors(target)
    assert not is_untouched(target.read_bytes()), "the editor's work would be overwritten"
    findings.clear()
    encoded(target, TEXT.replace("[my?]", "[sic]").replace("at length", "briefly"), findings)
    assert "<hi>The second</hi> paragraph" in target.read_text() and "briefly" in target.read_text()


def test_the_same_encoding_again_leaves_an_edited_file_alone(target: Path, findings: list[Finding]) -> None:
    edited = edit(target, "The second paragraph", "<hi>The second</hi> paragraph")
    encoded(target, TEXT, findings)
    assert target.read_text(encoding="utf-8") == edited and not findings and not beside(target).exists()


def test_a_conflict_is_told_with_both_places_and_settled_by_the_editor(target: Path, findings: list[Finding]) -> None:
    edited = edit(target, "The second paragraph", "The other paragraph")
    changed = TEXT.replace("second", "third")
    encoded(target, changed, findings)
    assert target.read_text(encoding="utf-8") == edited and "third" in beside(target).read_text(encoding="utf-8")
    (conflict,) = findings
    there = int(re.search(r"line (\d+)", conflict.message)[1])  # type: ignore[index]
    assert conflict.rule == "edits-conflict" and "“other”" in conflict.message and "“third”" in conflict.message
    assert "other" in edited.splitlines()[(conflict.line or 0) - 1]
    assert "third" in beside(target).read_text(encoding="utf-8").splitlines()[there - 1]
    findings.clear()
    encoded(target, changed, findings)
    assert rules(findings) == ["edits-conflict"] and target.read_text(encoding="utf-8") == edited
    beside(target).unlink()
    findings.clear()
    encoded(target, changed, findings)
    assert rules(findings) == ["conflict-settled"]
    assert without_seal(target.read_text(encoding="utf-8")) == without_seal(edited)
    findings.clear()
    encoded(target, changed.replace("at length", "briefly"), findings)
    assert rules(findings) == ["edits-merged"] and "The other paragraph" in target.read_text(encoding="utf-8")


def test_a_conflict_is_over_when_the_new_encoding_no_longer_differs(target: Path, findings: list[Finding]) -> None:
    edited = edit(target, "The second paragraph", "The other paragraph")
    encoded(target, TEXT.replace("second", "third"))
    assert beside(target).exists()
    encoded(target, TEXT, findings)
    assert target.read_text(encoding="utf-8") == edited and not beside(target).exists() and not findings


def test_the_new_file_may_take_the_place_of_the_edited_one(target: Path, findings: list[Finding]) -> None:
    edit(target, "The second paragraph", "The other paragraph")
    encoded(target, TEXT.replace("second", "third"))
    edit(beside(target), "stands alone", "is alone")
    beside(target).replace(target)
    encoded(target, TEXT.replace("second", "third").replace("at length", "briefly"), findings)
    text = target.read_text(encoding="utf-8")
    assert "third paragraph is alone" in text and "briefly" in text and rules(findings) == ["edits-merged"]


@pytest.mark.parametrize("record", [None, b"", b"\x1f\x8b\x08broken", b"{}"])
def test_without_its_record_an_edited_file_stays(target: Path, findings: list[Finding], record: bytes | None) -> None:
    """What was written last is not known, or is not what the editor began with."""
    edited = edit(target, "The second paragraph", "The other paragraph")
    if record is None:
        record_of(target).unlink()
    else:
        record_of(target).write_bytes(record)
    encoded(target, TEXT.replace("at length", "briefly"), findings)
    assert rules(findings) == ["edited-by-hand"] and target.read_text(encoding="utf-8") == edited
    assert "briefly" in beside(target).read_text(encoding="utf-8")


def test_the_record_of_another_encoding_is_not_used(target: Path, findings: list[Finding]) -> None:
    old = target.read_text(encoding="utf-8")
    encoded(target, TEXT.replace("at length", "briefly"))
    target.write_text(old.replace("second", "other"), encoding="utf-8")
    encoded(target, TEXT.replace("at length", "again"), findings)
    assert rules(findings) == ["edited-by-hand"]


def test_an_editor_on_windows_is_merged_with_too(target: Path, findings: list[Finding]) -> None:
    edit(target, "The second paragraph", "The other paragraph")
    target.write_bytes(b"\xef\xbb\xbf" + target.read_bytes().replace(b"\n", b"\r\n"))
    encoded(target, TEXT.replace("at length", "briefly"), findings)
    assert rules(findings) == ["edits-merged"]
    assert "The other paragraph" in target.read_text() and "briefly" in target.read_text()


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_file_in_another_encoding_stays(target: Path, findings: list[Finding], encoding: str) -> None:
    text = edit(target, "The second paragraph", "Le même paragraph").replace("UTF-8", encoding)
    target.write_bytes(text.encode(encoding, "xmlcharrefreplace"))
    before = target.read_bytes()
    encoded(target, TEXT.replace("at length", "briefly"), findings)
    assert rules(findings) == ["edited-by-hand"] and target.read_bytes() == before


def test_the_record_is_the_same_bytes_every_time(target: Path) -> None:
    before = record_of(target).read_bytes()
    record_of(target).unlink()
    encoded(target, TEXT)
    assert record_of(target).read_bytes() == before


WORD = re.compile(r"(?<=>)[^<]*?\b([a-z]{4,})\b")


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_edit_of_an_editor_is_ever_lost(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever the editor and the source changed: the edit is in the file, and the file is valid."""
    path = tmp_path_factory.mktemp("merge") / "xml" / "a.xml"
    encoded(path, TEXT)
    body = path.read_text(encoding="utf-8")
    start = body.index("<body")
    places = [found.span(1) for found in WORD.finditer(body, start)]
    first, last = data.draw(st.sampled_from(places))
    kind = data.draw(st.sampled_from(["<hi>{}</hi>", "handmade", "{} <!-- handmade -->", "<term>{}</term>"]))
    edited = body[:first] + kind.format(body[first:last]) + body[last:]
    path.write_text(edited, encoding="utf-8")
    words = sorted(set(re.findall(r"\b[a-z]{4,}\b", TEXT)))
    text = TEXT
    for word in data.draw(st.lists(st.sampled_from(words), max_size=3, unique=True)):
        text = text.replace(word, data.draw(st.sampled_from(["changed", f"[{word}]", f"{word} [?]", ""])))
    findings: list[Finding] = []
    root = encoded(path, text, findings)
    after = path.read_text(encoding="utf-8")
    assert kind.partition("{}")[0].strip() in after or kind.partition("{}")[2].strip() in after
    assert kind == "handmade" or not kind.startswith("<") or re.search(kind.format(r"[^<]+"), after)
    assert not errors(path)
    if rules(findings) == ["edits-conflict"]:
        assert after == edited
        assert without_seal(beside(path).read_text(encoding="utf-8")) == to_bytes(root).decode()


def test_the_sample_edition_merges_an_edit_in_every_document(tmp_path: Path) -> None:
    """On real documents: an edit near the end, and a source whose first words changed."""
    edition = Edition.load(Path(__file__).resolve().parent.parent)
    for document in edition.documents:
        path = tmp_path / f"{document.id}.xml"

        def written(text: bytes, findings: list[Finding], path: Path = path) -> None:
            source = tmp_path / "source.txt"
            source.write_bytes(text)
            root = encode(read(source, report=lambda _: None), report=lambda _: None, edition=edition)
            write_encoded(root, path, report=findings.append, source=source)

        data = document.source.read_bytes()
        findings: list[Finding] = []
        written(data, findings)
        text = path.read_text(encoding="utf-8")
        at = text.rindex("</p>", 0, text.index("</body>"))
        path.write_text(text[:at] + "<note>Seen by hand.</note>" + text[at:], encoding="utf-8")
        word = max(re.findall(rb"\b[a-z]+\b", data[len(data) // 3 : len(data) // 2]), key=len)
        written(data.replace(word, word + b"ish", 1), findings)
        after = path.read_text(encoding="utf-8")
        assert rules(findings) == ["edits-merged"]
        assert "<note>Seen by hand.</note></p>" in after and f"{word.decode()}ish" in after
