"""Takes a transcript and gives TEI: valid whatever the input, every doubt reported, not a character lost."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from functools import lru_cache
from pathlib import Path

from lxml import etree

from tei_edition.edition import Document, Edition, identifier
from tei_edition.encoding.body import Composition
from tei_edition.encoding.collection import compose_collection
from tei_edition.encoding.credits import ROLES
from tei_edition.encoding.dating import day_of
from tei_edition.encoding.decisions import Decisions, load_decisions
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.doubts import doubts, misspellings, told_in_first_person
from tei_edition.encoding.facsimile import facsimile, place_blocks
from tei_edition.encoding.genres import genre_named
from tei_edition.encoding.header import bracket_responsibility, header
from tei_edition.encoding.languages import declare_languages, shown_language
from tei_edition.encoding.names import Register, load_register
from tei_edition.encoding.parties import parties
from tei_edition.encoding.profiles import profile_fitting, profile_named, profile_of_origin
from tei_edition.encoding.revisers import revisers, statements, with_revisers
from tei_edition.encoding.spelling import append_text
from tei_edition.encoding.structure import compose
from tei_edition.encoding.telling import told
from tei_edition.encoding.writing import write_encoded
from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.tei import ID, LANG, NS, TEI, E
from tei_edition.transcript import Transcript

__all__ = ["encode", "write_encoded"]

ORIGIN = ("uri", "publisher", "citation", "source", "rights")
"""Fields in which a page says where it comes from."""
_ASIDE = (f"{{{TEI}}}ref", f"{{{TEI}}}note")
_TAKEN = etree.XPath("boolean(descendant::*/@xml:id[. = $key])")


def encode(
    transcript: Transcript, *, report: Report, edition: Edition | None = None, document: Document | None = None,
    profile: str | None = None, decisions: Decisions | None = None,
) -> etree._Element:  # fmt: skip
    """Return the TEI document that a transcript becomes.

    1. Any transcript gives a document that is valid against the toolkit's schema and TEI All.
    2. The transcript view of the result is the transcript's text, character for character.
    3. What could have been encoded otherwise is reported with line and column.

    An edition gives its register, its decisions and what the header says of it; without one a document stands alone.
    ``decisions`` are those on this document, where they are read already.
    Raises ValueError for a bracket profile that does not exist and `EditionError` for decisions that cannot be read.
    """
    changed_by = revisers(transcript)
    transcript = with_revisers(transcript, changed_by)
    if decisions is None:
        decisions = decisions_on(transcript.path, edition, document)
    report = decisions.heard(report)
    decisions.find(transcript.blocks, report, transcript.path)
    desk = _desk(transcript, report, edition, document, profile, decisions)
    title = next(iter(transcript.values("title")), "")
    genre = genre_named(transcript, title)
    key = document.id if document else identifier(transcript.path.stem)
    if transcript.genre == "collection":
        composition = Composition(text=compose_collection(desk), genre=genre)
    else:
        composition = compose(desk, title, genre)
        by_self = composition.labelled or told_in_first_person(transcript.blocks)
        for block in transcript.blocks:
            doubts(block, desk, told_by_self=by_self)
    misspellings(transcript.blocks, desk)
    met = parties(desk, composition.delegations, edition.tei if edition else None)
    head = header(
        transcript, report=report, edition=edition, document=document, conventions=desk.profile.conventions(),
        hands=desk.hands, parties=met, open_findings=desk.open_questions, heading=_heading(composition.text),
        routed=composition.routed, dating=desk.dating, calendars=_calendars(composition.text),
        quotation_marks="none" if desk.profile.quotations == "q" else "all",
    )  # fmt: skip
    decisions.report_unused(report, transcript.path, transcript.blocks)
    root: etree._Element = E.TEI(head, composition.text)
    if (pages := facsimile(transcript)) is not None:
        root.insert(1, pages)
        place_blocks(root, transcript.surfaces)
    head[0][0].extend(statements(changed_by))
    declare_languages(root)
    root.set(ID, f"{key}-document" if _TAKEN(root, key=key) else key)
    root.set(LANG, shown_language(transcript, edition.language if edition else "en"))
    return _checked(root, transcript, report)


def decisions_on(source: Path, edition: Edition | None, document: Document | None) -> Decisions:
    """Return the editor's decisions on a document, which they call by its id or by its file."""
    names = [source.name, source.stem, *([document.id] if document else [])]
    return load_decisions(edition.decisions if edition else None, *names)


def _desk(
    transcript: Transcript, report: Report, edition: Edition | None, document: Document | None, profile: str | None,
    decisions: Decisions,
) -> Desk:  # fmt: skip
    own = [person.id for person in edition.responsible] if edition else []
    wanted = profile or (document.profile if document else None)
    day, dating = day_of(transcript)
    return Desk(
        transcript=transcript,
        profile=profile_named(wanted or _fitting(transcript, report), edition.profiles if edition else None),
        register=_register(edition.register if edition else (), report),
        decisions=decisions,
        resp=bracket_responsibility(transcript),
        report=report,
        day=day,
        dating=dating,
        reserved=frozenset([*ROLES.values(), "converter", "source-editors", *own]),
    )


def _register(paths: Iterable[Path], report: Report) -> Register:
    """Return the register of an edition, which is read once as long as its files stay the same."""
    register, findings = _read_register(tuple((path, _held(path)) for path in paths))
    for finding in findings:
        report(finding)
    return register


def _held(path: Path) -> bytes | None:
    try:
        return read_bytes(path)
    except OSError:
        return None


@lru_cache(maxsize=2)
def _read_register(held: tuple[tuple[Path, bytes | None], ...]) -> tuple[Register, list[Finding]]:
    findings: list[Finding] = []
    return load_register([path for path, _ in held], findings.append), findings


def _fitting(transcript: Transcript, report: Report) -> str | None:
    """Return the profile of the archive that a page comes from, or that its signs speak for; say which, and why."""
    if transcript.reader == "digital-archive":
        return "digital-archive"
    found: tuple[str, list[str]] | None
    if origin := profile_of_origin(item.value for item in transcript.fields if item.name in ORIGIN):
        found = origin[0], [origin[1]]
    else:
        found = profile_fitting(transcript.text())
    if found is None:
        return None
    seen = ", ".join(f"“{' '.join(sign.split())}”" for sign in found[1])
    report(
        Finding(
            rule="profile-chosen", severity=Severity.INFO, file=transcript.path,
            message=f"Nobody says what brackets mean here; {seen} speaks for the profile {found[0]}, which was used.",
            hint=f'Write profile = "{found[0]}" or another into edition.toml, or name it with --profile.',
        )
    )  # fmt: skip
    return found[0]


def _calendars(text: etree._Element) -> set[str]:
    """Return the ids of the calendars that the dates of a text name."""
    return {str(key)[1:] for date in text.iter(f"{{{TEI}}}date") if (key := date.get("calendar", ""))}


def _heading(text: etree._Element) -> str:
    """Return the words of a document's first heading, without note marks."""
    head = text.find("t:body/t:div/t:head", NS)
    if head is None:
        return ""
    if next(head.iter(*_ASIDE), None) is not None:
        head = deepcopy(head)
        head.tail = None
        etree.strip_elements(head, *_ASIDE, with_tail=False)
    return " ".join("".join(map(str, head.itertext())).split())


def _checked(root: etree._Element, transcript: Transcript, report: Report) -> etree._Element:
    """Hold the promise that nothing is lost: read the text back, and encode it plainly where it differs."""
    if told(root[-1]) == transcript.text():
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
