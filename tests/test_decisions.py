"""The editor's decisions: applied at their place, lost loudly."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tei_edition import Edition, encode, read, render
from tei_edition.edition import EditionError
from tei_edition.encoding.decisions import ALTERNATIVES, KINDS
from tei_edition.files import resource
from tei_edition.finding import Finding, Severity
from tei_edition.tei import ID, NS, to_bytes

TEXT = """He came on [my?] request and thrives to win.

Orlov: Yes, in the case of war the two of us would have to

interfere, whatever the cost.

Orlov: [one word missing] stays.
"""


def encoded(tmp_path: Path, decisions: str, findings: list[Finding]) -> str:
    """Encode `TEXT` with some decisions and return the TEI; the transcript comes back all the same."""
    (tmp_path / "edition.toml").write_text('decisions = "decisions.toml"\n[[document]]\nsource = "talk.txt"\n')
    (tmp_path / "talk.txt").write_text(TEXT)
    (tmp_path / "decisions.toml").write_text(decisions)
    edition = Edition.load(tmp_path)
    document = edition.documents[0]
    transcript = read(document.source, report=findings.append)
    root = encode(transcript, report=findings.append, edition=edition, document=document)
    assert render(root, "transcript", report=findings.append) == TEXT
    assert root.find(".//t:div", NS) is not None
    return to_bytes(root).decode()


def decision(at: str, text: str, kind: str, more: str = "") -> str:
    """Return one entry of decisions.toml."""
    return f'[[decision]]\ndocument = "talk"\nat = "{at}"\ntext = "{text}"\nas = "{kind}"\n{more}\n'


@pytest.mark.parametrize(
    ("at", "text", "kind", "more", "expected"),
    [
        ("1:12", "[my?]", "supplied", "", '<supplied resp="#source-editors" cert="low">my</'),
        ("1:12", "[my?]", "supplied", 'attributes = { cert = "medium" }', "<?transcript-as [my?]?>my</"),
        ("1:12", "[my?]", "text", "", "on [my?] request"),
        ("1:30", "thrives", "corr", 'words = "strives"', "<choice><sic>thrives</sic><corr"),
        ("1:30", "thrives", "sic", "", "<sic>thrives</sic>"),
        ("7:8", "[one word missing]", "gap", 'attributes = { reason = "illegible" }', '<gap reason="illegible"'),
        ("7:8", "[one word missing]", "note", "", '<note type="editorial"'),
        ("3:8", "Yes, in the case of war the two of us would have to", "merge", "", "would have to\n\ninterfere"),
    ],
)
def test_a_decision_is_applied(
    tmp_path: Path, at: str, text: str, kind: str, more: str, expected: str, findings: list[Finding]
) -> None:
    assert expected in encoded(tmp_path, decision(at, text, kind, more), findings)
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]


def test_a_speaker_is_mapped(tmp_path: Path, findings: list[Finding]) -> None:
    text = encoded(tmp_path, '[speakers]\nOrlov = "orlov-p"\n', findings)
    assert '<sp who="#orlov-p">' in text and 'xml:id="orlov-p"' in text
    assert not [finding for finding in findings if finding.rule == "speaker-unknown"]


@pytest.mark.parametrize(("at", "text"), [("1:12", "[our?]"), ("1:13", "[my?]"), ("9:1", "nothing")])
def test_a_decision_whose_text_has_gone_is_an_error(
    tmp_path: Path, at: str, text: str, findings: list[Finding]
) -> None:
    encoded(tmp_path, decision(at, text, "text"), findings)
    assert [f.rule for f in findings if f.severity is Severity.ERROR] == ["decision-lost"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[[decision", "decisions.toml"),
        (decision("1", "x", "text"), "line:column"),
        (decision("1:1", "x", "magic"), "“magic”"),
        ("[answers]\n", "“answers”"),
        ("decision = 3\n", "two brackets"),
        (decision("1:12", "[my?]", "supplied", 'attributes = { "a b" = "c" }'), "write attributes as"),
    ],
)
def test_decisions_that_cannot_be_followed_are_told_in_one_line(
    tmp_path: Path, wrong: str, said: str, findings: list[Finding]
) -> None:
    with pytest.raises(EditionError) as caught:
        encoded(tmp_path, wrong, findings)
    assert said in str(caught.value) and "\n" not in str(caught.value)


def test_no_person_takes_an_id_of_the_header(tmp_path: Path, findings: list[Finding]) -> None:
    page = tmp_path / "boris.txt"
    page.write_text("Translator: Yes.\n\nBoris: No.\n\nTranslator: Why?\n\nBoris: So.\n")
    root = encode(read(page, report=findings.append), report=findings.append)
    ids = [element.get(ID) for element in root.iter() if element.get(ID)]
    assert len(ids) == len(set(ids)) and {"boris", "boris-document"} <= set(ids)


def test_a_decision_may_describe_a_hand_in_words_that_do_not_stand_there(
    tmp_path: Path, findings: list[Finding]
) -> None:
    text = encoded(tmp_path, decision("1:12", "[my?]", "handwritten", 'attributes = { desc = "in pencil" }'), findings)
    assert '<note type="handwritten"' in text


DOUBTFUL = {
    "supplied": "The [political] weight of it.", "unclear": "He came on [my?] request.",
    "corr": "It was on 12 [13] March.", "sic": "He is an expart [sic] in this.",
    "gap": "It was [several words missing] then.", "variant": "We went to Tsinan [Jinan] then.",
    "gloss": "The kolkhoz [collective farm] is far.", "original-term": "It was made [v printsipe] then.",
    "identification": "We know that the island [Taiwan] is ours.", "expansion": "The SED [Workers' Party] met.",
    "letters": "They saw the[n?] it.", "note": "He left. [Nobody knows when and from where he left.]",
    "handwritten": "[handwritten: I agree.]\n\nHe came.", "stage": "We agree. [He hands over the letter]",
    "doubt": "The town of Lutsk [?] fell.", "reference": "As agreed [see Document 12].",
    "marker": "As agreed.[2] He left.", "page": "He came\n(p. 3)\nto us.", "space": "Copy No. …. of this.",
    "text": "[Telegram.]\n\nHe came.", "drop": "Write to [email protected] soon.",
    "alternatives": "With Joe [Miller? Baker?] there.",
    "office-and-name": "Then [Soviet Premier Nikita S.] Khrushchev came.",
    "omission-and-words": "[...Dobrynin] said so.",
}  # fmt: skip
"""A text for each kind of encoding that is reported with alternatives."""


@cache
def schema() -> etree.RelaxNG:
    """Return the compiled schema of the profile."""
    return etree.RelaxNG(etree.parse(str(resource("schema/tei_edition.rng"))))


def chosen(folder: Path, text: str, findings: list[Finding], decided: str = "") -> etree._Element:
    """Encode a text, with a decision or without, and hold that it comes back and is valid."""
    (folder / "edition.toml").write_text('decisions = "decisions.toml"\n[[document]]\nsource = "talk.txt"\n')
    (folder / "talk.txt").write_text(f"{text}\n")
    (folder / "decisions.toml").write_text(decided)
    edition = Edition.load(folder)
    transcript = read(edition.documents[0].source, report=findings.append)
    root = encode(transcript, report=findings.append, edition=edition, document=edition.documents[0])
    assert not [finding for finding in findings if finding.severity is Severity.ERROR], findings
    assert render(root, "transcript", report=findings.append) == f"{text}\n"
    again = etree.fromstring(to_bytes(root))
    assert schema().validate(again), schema().error_log
    return again


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_every_alternative_can_be_decided(tmp_path: Path, kind: str, findings: list[Finding]) -> None:
    chosen(tmp_path, DOUBTFUL[kind], findings)
    told = [(finding, finding.choice) for finding in findings if finding.choice]
    finding, choice = next((finding, choice) for finding, choice in told if choice.encoded == kind)
    assert finding.hint and set(choice.alternatives) <= set(KINDS) and choice.certainty in ("medium", "low")
    assert choice.text in DOUBTFUL[kind]
    for other in choice.alternatives:
        assert f'"{other}"' in finding.hint
        later: list[Finding] = []
        chosen(tmp_path, DOUBTFUL[kind], later, decision(f"{finding.line}:{finding.column}", choice.text, other))
        same = [item.choice for item in later if item.choice and item.choice.text == choice.text]
        assert not same, "an answered question is asked again"


def test_what_is_reported_has_alternatives() -> None:
    assert set(DOUBTFUL) == set(ALTERNATIVES) - {"alias", "abbreviation"}
    assert all(kind not in others and set(others) <= set(KINDS) for kind, others in ALTERNATIVES.items())
