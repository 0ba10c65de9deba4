"""The promises of encoding: never a refusal, never a lost character, always valid TEI."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from conftest import ROOT
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tei_edition import Edition, encode, read, render
from tei_edition.files import resource
from tei_edition.finding import Finding, Severity
from tei_edition.tei import to_bytes

_REMARKS = """
[one word missing]|[several lines illegible]|[my?]|[?]|(?)|[sic]|[when]|[handwritten: yes]|[Page 12]|[3]|[blank]|
[T.V.] Soong|Chiang [Kai-shek]|Kalgan [Zhangjiakou]|the Generalissimo|A[pollon]|Stalin's [Jiang Jieshi]|
[laughter]|SALT [Strategic Arms Limitation Talks]|[translator's note: x]|strengthen[ing]|[ ?]|[my? ]|[|]|[[|]]|[]|
[…]|[email\u00a0protected]|"""
_STRUCTURE = """
Stalin:|Soong:|MOLOTOV.|Mr. Molotov|Dr.|Present:|Date:|Dear Sir,|(He laughs)|Yours sincerely,|Received via|said:|
President|were present at|Copies:|10 August, 1945|9:00 - 11:30 p.m.|No. l.|“|”|"|'|‘|’|(|)|—|...|?>|<?a?>|\\n|\\|
&|<|]]>"""
WORDS = st.sampled_from((_REMARKS + _STRUCTURE).replace("\n", "").split("|")) | st.text(max_size=6)
_SPACES = [" ", " ", " ", "  ", "\n", "\n\n", "\n\n\n", "\r\n", "\r", "\t", "\u00a0", "", "\n \n", "\x0c", "\x00"]
GAPS = st.sampled_from(_SPACES)
PAGES = st.lists(st.tuples(WORDS, GAPS), max_size=40).map(lambda pairs: "".join(word + gap for word, gap in pairs))


@cache
def schema() -> etree.RelaxNG:
    """Return the compiled schema of the profile."""
    return etree.RelaxNG(etree.parse(str(resource("schema/tei_edition.rng"))))


@cache
def edition() -> Edition:
    """Return the sample edition, for its register."""
    return Edition.load(ROOT)


def check(text: str, *, with_register: bool = False, profile: str | None = None) -> None:
    """Encode a text and hold the promises."""
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.txt"
        path.write_bytes(text.encode())
        transcript = read(path, report=findings.append, reader="plain")
    findings.clear()
    beside = edition() if with_register else None
    root = encode(transcript, report=findings.append, edition=beside, profile=profile)
    assert not [finding for finding in findings if finding.severity is Severity.ERROR], findings
    again = etree.fromstring(to_bytes(root))
    assert render(again, "transcript", report=findings.append) == transcript.text()
    assert schema().validate(again), schema().error_log


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(PAGES)
def test_any_transcript_becomes_valid_tei_and_comes_back(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(PAGES)
def test_the_same_with_a_register(text: str) -> None:
    check(text, with_register=True)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@example("Diary of a journey\n\nIt names no day.")
def test_any_unicode_text_comes_back(text: str) -> None:
    check(text)


def test_brackets_within_brackets_without_end_are_text(tmp_path: Path) -> None:
    file = tmp_path / "any.txt"
    file.write_text("He " + "[" * 3000 + "x" + "]" * 3000 + " came.")
    transcript = read(file, report=lambda _: None)
    root = encode(transcript, report=lambda _: None)
    assert render(root, "transcript", report=lambda _: None) == transcript.text()


def test_a_paragraph_as_long_as_a_book_is_read_as_a_short_one(tmp_path: Path) -> None:
    sentence = "He met cde. Zhou [Enlai] on October [5?] and [two words missing] Molotov [V.M.] in Mukden [Shenyang]."

    def marked(text: str) -> list[tuple[str, dict[str, str], str]]:
        file = tmp_path / "any.txt"
        file.write_text(text)
        root = encode(read(file, report=lambda _: None), report=lambda _: None)
        return [(node.tag, dict(node.attrib), "".join(node.itertext())) for node in root.iterfind(".//{*}p//*")]

    short = marked(f"Plain words. {sentence}")
    assert len(short) > 4
    assert marked("Plain words. " * 900 + sentence) == short
