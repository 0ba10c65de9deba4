"""Documents made up in the shape of each genre get the structure that they were made with, and come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from test_encode import schema

from tei_edition import encode, read, render
from tei_edition.finding import Finding, Severity
from tei_edition.tei import NS, to_bytes
from tei_edition.transcript import Transcript, blocks_of, lines_of

SURNAMES = ["Harper", "Lane", "Miller", "Baker", "Cook", "Fowler", "Thatcher", "Wright"]
PLACES = ["Riverton", "Hilltown", "Millbrook", "Ashford"]
MONTHS = ["January", "March", "May", "July", "October", "December"]
SENTENCES = [
    "The mill has stood still since the spring.",
    "Nobody knows who broke the wheel.",
    "We talked about the price of flour for an hour.",
    "The bakers of the town have asked for help.",
    "He answered that the axle would be repaired before the winter.",
    "It is said that the bridge cannot carry a loaded cart.",
]
TOPICS = ["The mill", "Bread for the town", "Repair of the bridge", "The price of flour"]

name = st.sampled_from(SURNAMES)
place = st.sampled_from(PLACES)
paragraph = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join)
body = st.lists(paragraph, min_size=1, max_size=5)
day = st.tuples(st.integers(1, 28), st.integers(0, 5), st.integers(1850, 1990))
initial = st.sampled_from("ABCDEFGHJKLMNOPRST")


def english(when: tuple[int, int, int]) -> str:
    """Write a day out."""
    return f"{when[0]} {MONTHS[when[1]]} {when[2]}"


def iso(when: tuple[int, int, int]) -> str:
    """Write a day as a number."""
    return f"{when[2]}-{(1, 3, 5, 7, 10, 12)[when[1]]:02}-{when[0]:02}"


@dataclass
class Made:
    """A text, and for each XPath the words that the elements must hold, in their order."""

    text: str
    expected: dict[str, list[str]]


def made(blocks: list[str], expected: dict[str, list[str]]) -> Made:
    """Put blocks together with blank lines between them."""
    return Made("\n\n".join(blocks) + "\n", expected)


@st.composite
def letters(draw: st.DrawFn) -> Made:
    sender, addressee = draw(st.permutations(SURNAMES))[:2]
    where, when, words = draw(place), draw(day), draw(body)
    dateline, salute = f"{where}, {english(when)}", draw(st.sampled_from(["Dear Mr. {}:", "My dear {},"]))
    close = draw(st.sampled_from(["Sincerely yours,", "With best regards,", "Yours truly,", "Respectfully,"]))
    signed = f"{draw(initial)}. {sender}"
    blocks = [dateline, salute.format(addressee), *words, close, signed]
    expected = {
        "//t:opener/t:dateline": [dateline],
        "//t:opener/t:dateline/t:date/@when": [iso(when)],
        "//t:opener/t:salute": [salute.format(addressee)],
        "/*/t:text/t:body/t:div/t:p": words,
        "//t:closer/t:salute": [close],
        "//t:closer/t:signed": [signed],
        "//t:body/t:div/@type": ["letter"],
    }
    if draw(st.booleans()):
        blocks.append(f"Mr. Henry {addressee},\nConsul at {where}")
        expected["//t:closer/t:address"] = [f"Mr. Henry {addressee}, Consul at {where}"]
    if draw(st.booleans()):
        blocks.append("P.S. " + draw(paragraph))
        expected["//t:postscript/t:p"] = [blocks[-1]]
    return made(blocks, expected)


@st.composite
def telegrams(draw: st.DrawFn) -> Made:
    where, whither, when, words = draw(place), draw(place), draw(day), draw(body)
    number, signed = str(draw(st.integers(1, 999))), draw(name).upper()
    routing = [f"From: Embassy in {where}", f"To: Ministry of Foreign Affairs, {whither}", f"No. {number}"]
    copies = draw(st.lists(name, min_size=2, max_size=4, unique=True))
    text = "\n\n".join(
        ["TOP SECRET", "\n".join(routing), english(when), *words, signed, "\n".join(["Copies:", *copies])]
    )
    return Made(
        text,
        {
            "//t:opener/t:seg[@type='classification']": ["TOP SECRET"],
            "//t:opener/t:seg[@type='from']": routing[:1],
            "//t:opener/t:seg[@type='to']": routing[1:2],
            "//t:opener/t:seg[@type='reference']": routing[2:],
            "//t:opener/t:dateline/t:date/@when": [iso(when)],
            "/*/t:text/t:body/t:div/t:p": words,
            "//t:closer/t:signed": [signed],
            "//t:note[@type='distribution']//t:item": copies,
            "//t:correspAction[@type='sent']/t:orgName": [f"Embassy in {where}"],
            "//t:body/t:div/@type": ["telegram"],
        },
    )


@st.composite
def minutes(draw: st.DrawFn) -> Made:
    present = draw(st.permutations(SURNAMES))[: draw(st.integers(2, 5))]
    form = draw(st.sampled_from(["{}: ", "Mr. {}: ", "Comrade {}: ", "{}. ", "{}—"]))
    shape = str.upper if form == "{}. " else str
    rows = [f"{draw(initial)}. {person}" for person in present]
    turns = [(draw(st.sampled_from(present)), draw(paragraph)) for _ in range(draw(st.integers(3, 8)))]
    turns += [(person, draw(paragraph)) for person in present]
    labels = [form.format(shape(person)).strip() for person, _ in turns]
    said = [f"{form.format(shape(person))}{words}" for person, words in turns]
    head = f"Minutes of the Meeting of the Council, {english(draw(day))}"
    return made(
        [head, "Present: " + ", ".join(rows), *said],
        {
            "//t:div/t:head": [head],
            "//t:sp/t:speaker": labels,
            "//t:sp/t:p": [words for _, words in turns],
            "//t:sp/@who": [f"#{person.lower()}" for person, _ in turns],
            "//t:listPerson[@type='participants']/t:person/t:persName": rows,
            "//t:body/t:div/@type": ["minutes"],
        },
    )


@st.composite
def agendas(draw: st.DrawFn) -> Made:
    topics = draw(st.permutations(TOPICS))[: draw(st.integers(2, 4))]
    numbers = draw(st.sampled_from([["I", "II", "III", "IV"], ["1", "2", "3", "4"], ["A", "B", "C", "D"]]))
    one, two = draw(st.permutations(SURNAMES))[:2]
    blocks, heads = ["Minutes of the Meeting of the Council"], []
    for number, topic in zip(numbers, topics, strict=False):
        heads.append(f"{number}. {topic}")
        blocks += [heads[-1], f"{one}: {draw(paragraph)}", f"{two}: {draw(paragraph)}"]
    return made(
        blocks,
        {
            "//t:div[@type='agendaItem']/t:head": heads,
            "//t:div[@type='agendaItem']/@n": numbers[: len(topics)],
            "//t:div[@type='agendaItem']/t:sp/@who": [f"#{who.lower()}" for who in (one, two)] * len(topics),
        },
    )


@st.composite
def treaties(draw: st.DrawFn) -> Made:
    count, roman, run_in = draw(st.integers(2, 6)), draw(st.booleans()), draw(st.booleans())
    numbers = ["I", "II", "III", "IV", "V", "VI"] if roman else ["1", "2", "3", "4", "5", "6"]
    word = draw(st.sampled_from(["Article", "ARTICLE"]))
    blocks = ["Treaty of Friendship between Riverton and Hilltown", "The two towns have agreed as follows:"]
    texts: list[str] = []
    for number in numbers[:count]:
        words = draw(body)
        if run_in:
            blocks += [f"{word} {number}. {words[0]}", *words[1:]]
            texts += [f"{word} {number}. {words[0]}", *words[1:]]
        else:
            blocks += [f"{word} {number}", *words]
            texts += words
    done = f"Done at {draw(place)} on {english(draw(day))} in two copies."
    return made(
        [*blocks, done],
        {
            "//t:div[@type='article']/@n": numbers[:count],
            "//t:div[@type='article']/t:p": texts,
            "//t:closer/t:seg[@type='attestation']": [done],
            "//t:body/t:div/@type": ["treaty"],
        },
    )


@st.composite
def diaries(draw: st.DrawFn) -> Made:
    days = sorted(draw(st.lists(day, min_size=2, max_size=5, unique=True)), key=iso)
    blocks, paragraphs = [f"From the Diary of {draw(initial)}. {draw(name)}"], []
    for when in days:
        words = draw(body)
        blocks += [english(when), *words]
        paragraphs += words
    return made(
        blocks,
        {
            "//t:div[@type='entry']/t:opener/t:dateline/t:date/@when": [iso(when) for when in days],
            "//t:div[@type='entry']/t:p": paragraphs,
            "//t:body/t:div/@type": ["diary"],
        },
    )


@st.composite
def reports(draw: st.DrawFn) -> Made:
    topics = draw(st.permutations(TOPICS))[: draw(st.integers(2, 4))]
    head, words = f"Report on the Situation in {draw(place)}", draw(body)
    blocks, heads, paragraphs = [head, *words], [head], []
    for number, topic in enumerate(topics, 1):
        heads.append(f"{number}. {topic}")
        inner = draw(body)
        blocks += [heads[-1], *inner]
        paragraphs += inner
    return made(
        blocks,
        {
            "//t:div/t:head": heads,
            "/*/t:text/t:body/t:div/t:p": words,
            "//t:div[@type='section']/t:p": paragraphs,
            "//t:body/t:div/@type": ["report"],
        },
    )


@st.composite
def notes_with_enclosures(draw: st.DrawFn) -> Made:
    first, second = draw(letters()), draw(letters())
    label = draw(st.sampled_from(["[Enclosure]", "Attachment", "[Enclosure 1]", "Annex 1"]))
    text = first.text.rstrip("\n") + "\n\n" + label + "\n\n" + second.text
    keys = ("//t:closer/t:salute", "//t:closer/t:signed", "/*/t:text/t:body/t:div/t:p", "//t:opener/t:dateline")
    expected = {key: first.expected[key] + second.expected[key] for key in keys}
    return Made(text, {**expected, "//t:body/t:div/@type": ["letter", "attachment"]})


GENRES: dict[str, Callable[[], st.SearchStrategy[Made]]] = {
    "letter": letters,
    "telegram": telegrams,
    "minutes": minutes,
    "agenda": agendas,
    "treaty": treaties,
    "diary": diaries,
    "report": reports,
    "enclosure": notes_with_enclosures,
}


def encoded(text: str, folder: Path) -> tuple[Transcript, etree._Element]:
    """Read and encode a text, hold the promises, and return both."""
    findings: list[Finding] = []
    path = folder / "page.txt"
    path.write_bytes(text.encode())
    transcript = read(path, report=findings.append, reader="plain")
    root = etree.fromstring(to_bytes(encode(transcript, report=findings.append)))
    assert not [finding for finding in findings if finding.severity is Severity.ERROR], findings
    assert schema().validate(root), schema().error_log
    assert render(root, "transcript", report=findings.append) == transcript.text()
    return transcript, root


@pytest.mark.parametrize("genre", GENRES)
def test_a_document_gets_the_structure_that_it_was_made_with(genre: str, tmp_path: Path) -> None:
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(GENRES[genre]())
    def hold(document: Made) -> None:
        transcript, root = encoded(document.text, tmp_path)
        for path, words in document.expected.items():
            found = root.xpath(path, namespaces=NS)
            told = [" ".join((item if isinstance(item, str) else "".join(item.itertext())).split()) for item in found]
            assert (path, told) == (path, words)
        assert again(transcript) == etree.tostring(_text(root))

    hold()


def again(transcript: Transcript) -> bytes:
    """Return the text that a transcript becomes whose blocks are cut anew from what its TEI tells."""
    ignored: list[Finding] = []
    root = encode(transcript, report=ignored.append)
    told = render(root, "transcript", report=ignored.append)
    every_line = all(len(block.lines) == 1 for block in transcript.blocks)
    blocks, after = blocks_of(lines_of(told), every_line=every_line)
    anew = replace(transcript, blocks=blocks, after=after)
    return etree.tostring(_text(encode(anew, report=ignored.append)))


def _text(root: etree._Element) -> etree._Element:
    """Return the text of a document as it is in a file, without the numbers of lines that ids are made of."""
    text = etree.fromstring(to_bytes(root)).find("t:text", NS)
    assert text is not None
    for element in text.iter("{*}name", "{*}seg", "{*}metamark"):
        for key in ("{http://www.w3.org/XML/1998/namespace}id", "target"):
            if "doubt-" in element.get(key, ""):
                element.attrib.pop(key)
    return text


SAMPLES = ("seeds/*.txt", "digital_archive_dev/*.txt", "frus_dev/*[05].txt")


@pytest.mark.parametrize("pattern", SAMPLES)
def test_what_a_real_document_tells_is_encoded_as_the_document_was(shared: Path, pattern: str) -> None:
    for path in sorted(shared.glob(pattern)):
        transcript = read(path, report=lambda finding: None)
        if transcript.genre == "document":
            root = encode(transcript, report=lambda finding: None)
            assert again(transcript) == etree.tostring(_text(root)), path.name
