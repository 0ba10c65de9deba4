"""Takes the particulars of a document and gives its ``fileDesc``: titles, who is answerable, rights, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from lxml import etree

import tei_edition
from tei_edition.edition import Document, Edition
from tei_edition.encoding.archives import ms_identifier
from tei_edition.encoding.credits import Credit, Part, funders, parts_of
from tei_edition.encoding.dates import parse_date
from tei_edition.encoding.languages import TAGS
from tei_edition.encoding.particulars import Particulars, legal
from tei_edition.tei import ID, E
from tei_edition.transcript import Field

LAYOUTS = {
    "L1": "abstract and citation before the text",
    "L1b": "abstract and citation before the text",
    "L2": "the abstract after the text",
    "L3": "all metadata under labels before the text",
    "L4": "the abstract of a related document in its first line and its own abstract after the text",
    "L4b": "the abstract after the text",
    "L5": "a list of documents",
}
"""What a reader's name for a layout stands for, in the words of the header."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def file_desc(
    found: Particulars,
    *,
    edition: Edition | None,
    document: Document | None,
    day: str,
    resp: str,
    hands: Sequence[tuple[str, str]],
) -> etree._Element:
    """Return the ``fileDesc`` (TEI Guidelines, section 2.2); ``resp`` points to whoever set the brackets."""
    node: etree._Element = E.fileDesc(_title_stmt(found, edition, resp), _publication(edition, document, day))
    notes = E.notesStmt()
    for name in ("related-abstract", "version", "classification"):
        notes.extend(E.note(value, type=name) for value in found.transcript.values(name))
    held = {mark.repository for _, mark in found.shelfmarks}
    notes.extend(
        E.note(value, type="repository") for value in found.transcript.values("repository") if value not in held
    )
    if len(notes):
        node.append(notes)
    node.append(_source_desc(found, hands))
    return node


def _title_stmt(found: Particulars, edition: Edition | None, resp: str) -> etree._Element:
    transcript = found.transcript
    node: etree._Element = E.titleStmt(E.title(found.title, type="main"))
    node.extend(E.title(words, type="alt") for words in dict.fromkeys(found.other_titles))
    node.extend(E.author(words) for words in dict.fromkeys(transcript.values("author")))
    names = [name for value in transcript.values("funder") for name in funders(value)]
    node.extend(E.funder(name) for name in dict.fromkeys(names))
    taken: set[str] = set()
    for _, credit in found.credits:
        node.append(_responsible(credit.resp, credit, _free(credit.role, taken)))
    for statement in _unnamed(found, resp):
        taken.add(statement.get(ID, ""))
        node.append(statement)
    for person in edition.responsible if edition else ():
        statement = E.respStmt(E.resp(person.resp), E.name(person.name))
        statement.set(ID, _free(person.id, taken))
        node.append(statement)
    software = E.name(f"tei-edition {tei_edition.__version__}", type="software")
    converter = E.respStmt(E.resp("automatic conversion to TEI"), software)
    converter.set(ID, _free("converter", taken))
    node.append(converter)
    return node


def _free(key: str, taken: set[str]) -> str:
    """Return an id that no statement has yet: the key, or the key with a number."""
    unique = key
    numbers = count(2)
    while unique in taken:
        unique = f"{key}-{next(numbers)}"
    taken.add(unique)
    return unique


def _responsible(resp: str, credit: Credit, key: str) -> etree._Element:
    node: etree._Element = E.respStmt(E.resp(resp))
    for name in credit.names:
        node.append(E.orgName(name.text) if name.element == "orgName" else E.persName(name.text))
    node.set(ID, key)
    return node


def _unnamed(found: Particulars, resp: str) -> Iterator[etree._Element]:
    """Give a statement for those whom the header points to and the page does not name."""
    archive = found.archive or "The archive that published the page"
    transcript = found.transcript
    if resp == "#translator" and not found.role("translator"):
        yield _statement("translator", ["translated by"], E.name("A translator whom the page does not name"))
    duties = ["abstract"] if transcript.first("abstract") else []
    # A list of documents needs somebody to answer for brackets only where it has any.
    if resp == "#archive-editors" and (transcript.genre == "document" or "[" in transcript.text()):
        duties.append("editorial additions in brackets")
    if duties:
        yield _statement("archive-editors", duties, E.orgName(archive))
    if resp == "#source-editors" and not found.role("source-editors"):
        who = E.name("the transcriber, who is not named")
        yield _statement("source-editors", ["editorial additions in brackets"], who)


def _statement(key: str, duties: Sequence[str], who: etree._Element) -> etree._Element:
    node: etree._Element = E.respStmt(*(E.resp(duty) for duty in duties), who)
    node.set(ID, key)
    return node


def _publication(edition: Edition | None, document: Document | None, day: str) -> etree._Element:
    """Return the ``publicationStmt``, which speaks of the TEI edition; the page's own terms are in sourceDesc."""
    node: etree._Element = E.publicationStmt(
        E.publisher(edition.publisher if edition and edition.publisher else "Unpublished")
    )
    if day:
        node.append(E.date(day, when=day))
    terms = E.availability()
    if edition and edition.licence:
        terms.append(E.licence(edition.rights or edition.licence, target=edition.licence))
    elif edition and edition.rights:
        terms.append(E.p(edition.rights))
    else:
        terms.append(E.p("No terms are stated for this encoding; those of its source stand in sourceDesc."))
        terms.set("status", "unknown")
    node.append(terms)
    if edition and document:
        node.append(E.idno(f"{edition.id}/{document.id}", type="edition"))
    return node


def _source_desc(found: Particulars, hands: Sequence[tuple[str, str]]) -> etree._Element:
    node: etree._Element = E.sourceDesc(_digital_source(found))
    for item, citation in (*found.citations, *found.sources):
        node.append(marked("bibl", item.value, parts_of(citation), {"type": "citation"}))
    described = [E.msDesc(ms_identifier(mark)) for _, mark in found.shelfmarks]
    if described:
        _described(described[0], found, hands)
        node.extend(described if len(described) == 1 else [E.listBibl(*described)])
    return node


def _described(node: etree._Element, found: Particulars, hands: Sequence[tuple[str, str]]) -> None:
    """Add to a manuscript description the language of the original and the hands that wrote on it."""
    original = found.languages.original or ("" if found.languages.translation else found.languages.shown)
    stated = found.transcript.first("original-language") or found.transcript.first("language")
    if stated and original in TAGS:
        node.append(E.msContents(E.msItem(E.textLang(original, mainLang=TAGS[original]))))
    if hands:
        node.append(E.physDesc(E.handDesc(*hand_notes(hands))))


def hand_notes(hands: Sequence[tuple[str, str]]) -> list[etree._Element]:
    """Return a ``handNote`` for each hand: its id, and where its writing stands in the words of the transcript."""
    notes: list[etree._Element] = []
    for key, words in hands:
        note = E.handNote(f"Unidentified hand ({words})." if words else "Unidentified hand.", scope="minor")
        note.set(ID, key)
        notes.append(note)
    return notes


def _digital_source(found: Particulars) -> etree._Element:
    """Return the ``bibl`` of the page that was transcribed, with the archive's own terms of use."""
    transcript = found.transcript
    node: etree._Element = E.bibl(type="digitalSource")
    node.extend(
        E.publisher(words) for words in dict.fromkeys(transcript.values("publisher") or [found.archive]) if words
    )
    node.append(E.title(found.title))
    uris = transcript.values("uri") + [
        citation.text[start:end] for _, citation in found.citations for start, end in citation.uris
    ]
    node.extend(E.idno(uri, type="URI") for uri in dict.fromkeys(uris))
    node.extend(E.idno(number, type="record") for number in transcript.values("record-id"))
    for words in transcript.values("upload-date"):
        day = parse_date(words)
        node.append(E.date(words, {"type": "upload", **(day.attributes if day else {})}))
    node.extend(E.series(words) for words in dict.fromkeys(transcript.values("collection")))
    if rights := [item for item in transcript.fields if item.name == "rights"]:
        node.append(E.availability(*(_rights(item) for item in rights), status="restricted"))
    layout = LAYOUTS.get(transcript.layout, "")
    told = f", a saved page of layout {transcript.layout} ({layout})" if layout else ""
    node.append(E.note(f"Transcribed from the file {legal(transcript.path.name)}{told}.", type="capture"))
    return node


def _rights(item: Field) -> etree._Element:
    parts = [Part(*match.span(), "email") for match in _EMAIL.finditer(item.value)]
    return marked("p", item.value, parts)


def marked(element: str, text: str, parts: Sequence[Part], attributes: dict[str, str] | None = None) -> etree._Element:
    """Return an element that holds a text character for character, some stretches of it as elements.

    >>> etree.tostring(marked("p", "see a@b.de.", [Part(4, 10, "email")])).decode().split(">", 1)[1]
    'see <email>a@b.de</email>.</p>'
    """
    node: etree._Element = E(element, attributes or {})
    node.text = text[: parts[0].start] if parts else text
    for index, part in enumerate(parts):
        child = E(part.element, text[part.start : part.end], part.attributes)
        stop = parts[index + 1].start if index + 1 < len(parts) else len(text)
        child.tail = text[part.end : stop] or None
        node.append(child)
    return node
