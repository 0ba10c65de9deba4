"""Profiles: what signs mean, in the toolkit's own and in those of an edition."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from test_encode import PAGES, check

from tei_edition import Edition, encode, read, render
from tei_edition.encoding.profiles import PROFILES, profile_fitting, profile_named
from tei_edition.finding import Finding
from tei_edition.tei import NS, to_bytes

SIGNS = st.sampled_from(
    [
        *"Imp(eratori)|c(larissimus)|p(ro)c(onsul)|Caes[ari]|[...]|[- - -]|[c. 7]|[...abc]|[dis?]|a\u0323b|⟦abc⟧".split(
            "|"
        ),
        *"[[abc]]|[[[...]]]|{abc}|<abc>|⟨abc⟩|<<abc>>|`abc´|\\abc/|/abc\\|m(anibus?)|[B% agent]|[C% ]".split("|"),
        *"[3 groups unrecovered]|[He left.]|“abc”".split("|"),
    ]
)
MIXED = st.lists(st.one_of(SIGNS, PAGES), max_size=20).map(" ".join)


def encoded(tmp_path: Path, text: str, findings: list[Finding], profile: str | None = None, toml: str = "") -> str:
    """Encode a text and return what stands in its division."""
    (tmp_path / "edition.toml").write_text(f'{toml}\n[[document]]\nsource = "talk.txt"\n', encoding="utf-8")
    (tmp_path / "talk.txt").write_text(f"{text}\n", encoding="utf-8")
    edition = Edition.load(tmp_path)
    transcript = read(edition.documents[0].source, report=findings.append)
    root = encode(transcript, report=findings.append, edition=edition, profile=profile)
    assert render(root, "transcript", report=findings.append) == f"{text}\n"
    return to_bytes(root).decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Imp(eratori)", "<expan>Imp<ex"),
        ("p(ro)c(onsul)", "onsul</ex></expan>"),
        ("Caes[ari] Aug", 'Caes<supplied reason="lost"'),
        ("et [...] et", '<gap reason="lost" unit="character" quantity="3"'),
        ("et [3-4] et", 'atLeast="3" atMost="4"'),
        ("et [c. 7] et", 'quantity="7" precision="low"'),
        ("et [- - -] et", '<gap reason="lost" unit="character" extent="unknown"'),
        ("et [------] et", '<gap reason="lost" unit="line" quantity="1"'),
        ("et [...abc] et", 'quantity="3" resp='),
        ("et [dis?] et", '<supplied reason="lost" resp="#source-editors" cert="low">dis'),
        ("et a\u0323b et", "<unclear reason"),
        ("et ⟦abc⟧ et", '<del rend="erasure">'),
        ("et [[[...]]] et", '<del rend="erasure">'),
        ("et {abc} et", "<surplus>"),
        ("et <abc> et", '<supplied reason="omitted"'),
        ("et `abc´ et", '<add place="above">'),
        ("et <https://a.b> et", "&lt;https://a.b&gt;"),
    ],
)
def test_leiden(tmp_path: Path, text: str, expected: str, findings: list[Finding]) -> None:
    assert expected in encoded(tmp_path, text, findings, "leiden")


@pytest.mark.parametrize("profile", PROFILES)
def test_the_header_says_what_the_profile_says(tmp_path: Path, profile: str, findings: list[Finding]) -> None:
    text = encoded(tmp_path, "He [who?] came.", findings, profile)
    told = etree.fromstring(text.encode()).findall(".//t:editorialDecl/t:interpretation/t:p", NS)
    said = " ".join(str(paragraph.text) for paragraph in told)
    own = PROFILES[profile]
    for value in (own.brackets, own.missing, own.unclear, own.omission if not own.letters else "", own.words):
        assert value in said
    assert all(f"{sign} is {meaning}" in said for sign, meaning in own.signs.items())


def test_an_edition_explains_its_own_remarks(tmp_path: Path, findings: list[Finding]) -> None:
    toml = """[profile.sejm]
like = "stenographic"
remarks = { "nrzb." = "gap illegible", "Wesołość" = "stage business" }
signs = { "{ }" = "del crossed" }
grades = { E = "low" }"""
    text = encoded(tmp_path, "A [Nrzb.] b [Wesołość] c {d} [E% e] [B% f].", findings, "sejm", toml)
    for expected in (
        '<gap reason="illegible"',
        '<stage type="business">',
        '<del rend="crossed">',
        'cert="low"',
        'cert="medium"',
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"signs": 3}, "signs = 3"),
        ({"signs": {"{ }": 1}}, "cannot set signs"),
        ({"letters": "yes"}, "letters = 'yes'"),
        ({"like": "nobodys"}, "no bracket profile"),
        ({"remarks": {"x": "magic"}}, "“magic”"),
        ({"signs": {"{ }": "magic"}}, "“magic”"),
    ],
)
def test_what_a_profile_cannot_say_is_told_in_one_line(setting: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("(", r"\(")) as caught:
        profile_named("mine", {"mine": {"like": "frus", **setting}})
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[2 lines not declassified] He left.", "frus"),
        ("[3 groups unrecovered] the agent", "venona"),
        ("Imp(erator) Caes(ar) [- - -] Aug", "leiden"),
        ("A tape. [inaudible] yes", "recording"),
        ("He left.\n\n1 Source: Hill Library, Files, Box 2. Secret.", "frus"),
        ("415.2/33: Telegram\n\nThe mill stood still.", "frus"),
        ("Mr. Harper to Mr. Lane.\n\nSir: It stands still.\n\nI am, etc., J. Harper", "frus"),
        ("Mr. Harper to Mr. Lane.\n\nSir: It stands still.", None),
        ("He [who?] came.", None),
        ("One word (of his) is [illegible] here.", None),
    ],
)
def test_the_signs_of_a_text_speak_for_a_profile(
    tmp_path: Path, text: str, name: str | None, findings: list[Finding]
) -> None:
    found = profile_fitting(text)
    assert (found[0] if found else None) == name
    encoded(tmp_path, text, findings)
    assert any(finding.rule == "profile-chosen" for finding in findings) == (name is not None)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://history.state.gov/historicaldocuments/frus1945v07/d1", "frus"),
        ("https://digitalarchive.wilsoncenter.org/document/1", "digital-archive"),
        ("https://example.org/1", None),
    ],
)
def test_the_address_of_a_page_speaks_for_a_profile(
    tmp_path: Path, address: str, name: str | None, findings: list[Finding]
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f'<html><head><link rel="canonical" href="{address}"></head><body><p>He [who?] came.</p></body></html>'
    )
    root = encode(read(page, report=findings.append), report=findings.append)
    told = [finding.message for finding in findings if finding.rule == "profile-chosen"]
    assert [f"the profile {name}," in message for message in told] == ([True] if name else [])
    assert (root.find(".//t:supplied", NS) is not None) == (name == "frus")


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(MIXED, st.sampled_from(sorted(PROFILES)))
def test_any_transcript_becomes_valid_tei_in_any_profile(text: str, profile: str) -> None:
    check(text, profile=profile)
