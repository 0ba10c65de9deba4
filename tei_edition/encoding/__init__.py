"""Takes a transcript and gives TEI: valid whatever the input, every doubt reported, not a character lost."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from tei_edition.edition import Document, Edition, identifier
from tei_edition.encoding.collection import compose_collection
from tei_edition.encoding.credits import ROLES
from tei_edition.encoding.dates import parse_date
from tei_edition.encoding.decisions import load_decisions
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.doubts import doubts, misspellings, told_in_first_person
from tei_edition.encoding.header import bracket_responsibility, header
from tei_edition.encoding.languages import shown_language
from tei_edition.encoding.names import load_register
from tei_edition.encoding.parties import parties
from tei_edition.encoding.profiles import profile_named
from tei_edition.encoding.spelling import append_text
from tei_edition.encoding.structure import Composition, compose
from tei_edition.encoding.writing import write_encoded
from tei_edition.finding import Finding, Report, Severity
from tei_edition.tei import ID, LANG, NS, TEI, E
from tei_edition.transcript import Transcript

__all__ = ["encode", "write_encoded"]

GENRES = (
    ("collection", r"collection"),
    ("minutes", r"minutes|record of (?:a |the )?(?:meeting|conversation)|memorandum of conversation|transcript|"
                r"meeting (?:between|of|with)|discussions?|conversation|working notes|stenogra"),
    ("telegram", r"telegram|cable|ciphered"),
    ("letter", r"letter|message"),
    ("note", r"\bnotes?\b"),
    ("report", r"report|memorandum|information"),
    ("resolution", r"resolution|decree|protocol|directive|decision"),
    ("treaty", r"treaty|agreement|pact|declaration"),
    ("diary", r"diary|journal"),
)  # fmt: skip
"""Values of ``div/@type``, and the words of a title or a catalogue type that call for each, the first that fits."""


def encode(
    transcript: Transcript, *, report: Report, edition: Edition | None = None, document: Document | None = None,
    profile: str | None = None,
) -> etree._Element:  # fmt: skip
    """Return the TEI document that a transcript becomes.

    1. Any transcript gives a document that is valid against the toolkit's schema and TEI All.
    2. The transcript view of the result is the transcript's text, character for character.
    3. What could have been encoded otherwise is reported with line and column.

    An edition gives its register, its decisions and what the header says of it; without one a document stands alone.
    Raises ValueError for a bracket profile that does not exist and `EditionError` for decisions that cannot be read.
    """
    desk = _desk(transcript, report, edition, document, profile)
    title = next(iter(transcript.values("title")), "")
    genre = _genre(transcript, title)
    key = document.id if document else identifier(transcript.path.stem)
    if transcript.genre == "collection":
        composition = Composition(text=compose_collection(desk), genre=genre)
    else:
        composition = compose(desk, title, genre)
        by_self = composition.labelled or told_in_first_person(transcript.blocks)
        for block in transcript.blocks:
            doubts(block, desk, told_by_self=by_self)
    misspellings(transcript.blocks, desk)
    desk.decisions.report_unused(report, transcript.path)
    met = parties(desk, composition.delegations, edition.tei if edition else None)
    head = header(
        transcript, report=report, edition=edition, document=document, conventions=[desk.profile.brackets],
        hands=desk.hands, parties=met, open_findings=desk.open_questions, heading=_heading(composition.text),
    )  # fmt: skip
    root: etree._Element = E.TEI(head, composition.text)
    taken = {element.get(ID) for element in root.iter()}
    root.set(ID, f"{key}-document" if key in taken else key)
    root.set(LANG, shown_language(transcript, edition.language if edition else "en"))
    return _checked(root, transcript, report)


def _desk(
    transcript: Transcript, report: Report, edition: Edition | None, document: Document | None, profile: str | None
) -> Desk:
    names = [transcript.path.name, transcript.path.stem, *([document.id] if document else [])]
    created = next(iter(transcript.values("date")), "")
    found = parse_date(created) if created else None
    when = (found.attributes.get("when") or found.attributes.get("from") or "") if found else ""
    own = [person.id for person in edition.responsible] if edition else []
    wanted = profile or (document.profile if document else None)
    return Desk(
        transcript=transcript,
        profile=profile_named(wanted, edition.profiles if edition else None),
        register=load_register(edition.register if edition else (), report),
        decisions=load_decisions(edition.decisions if edition else None, *names),
        resp=bracket_responsibility(transcript),
        report=report,
        day=when if re.match(r"\d{4}", when) else "",
        reserved=frozenset([*ROLES.values(), "converter", "source-editors", *own]),
    )


def _heading(text: etree._Element) -> str:
    """Return the words of a document's first heading, without note marks."""
    head = text.find("t:body/t:div/t:head", NS)
    if head is None:
        return ""
    head = deepcopy(head)
    head.tail = None
    etree.strip_elements(head, f"{{{TEI}}}ref", f"{{{TEI}}}note", with_tail=False)
    return " ".join("".join(map(str, head.itertext())).split())


def _genre(transcript: Transcript, title: str) -> str:
    if transcript.genre == "collection":
        return "collection"
    said = " ".join([*transcript.values("type"), title]).lower()
    return next((genre for genre, words in GENRES if re.search(words, said)), "document")


def _checked(root: etree._Element, transcript: Transcript, report: Report) -> etree._Element:
    """Hold the promise that nothing is lost: read the text back, and encode it plainly where it differs."""
    from tei_edition.views import render

    if render(root, "transcript", report=report) == transcript.text():
        return root
    report(
        Finding(
            rule="encoding-fell-back", severity=Severity.ERROR, file=transcript.path,
            message="This text could not be encoded without loss; it is set as plain paragraphs.",
            hint="Report this to the makers of the toolkit, with the file.",
        )
    )  # fmt: skip
    root.replace(root[-1], plain_text(transcript))
    return root


def plain_text(transcript: Transcript) -> etree._Element:
    """Return a text of one paragraph that holds everything as it stands."""
    paragraph = E.p()
    append_text(paragraph, transcript.text())
    text: etree._Element = E.text(E.body(E.div(paragraph)))
    return text
