"""Takes a transcript and gives the ``teiHeader`` of its document, complete and in valid order."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache

from lxml import etree

import tei_edition
from tei_edition.day import source_day
from tei_edition.edition import Document, Edition
from tei_edition.encoding.calendars import CALENDARS
from tei_edition.encoding.correspondence import Letter, corresp_desc, letter
from tei_edition.encoding.credits import credits
from tei_edition.encoding.dating import Dating
from tei_edition.encoding.filedesc import file_desc, hand_notes
from tei_edition.encoding.languages import TAGS, languages
from tei_edition.encoding.particulars import Particulars, legal, particulars, say
from tei_edition.finding import Report, Severity
from tei_edition.tei import ID, E, name
from tei_edition.transcript import Transcript

KEYWORDS = {
    "type": "Types of documents as the archive names them",
    "topic": "Topics as the archive names them",
    "person": "Persons and bodies that the archive names with the document",
    "place": "Places that the archive names with the document",
}
"""The lists of keywords in a header, by the field that fills each; the words describe the ``taxonomy``."""

DECISIONS = {
    "correction": "Nothing is corrected silently: what looks wrong stays, with sic or choice where it is marked.",
    "normalization": "Spelling, capitals and names stay as they are; a second form is recorded with choice.",
    "quotation": "Quotation marks are represented by q, quote and floatingText, not kept as characters.",
    "hyphenation": "Hyphens stay as they are in the transcript; the lines of the original are not recorded.",
}
"""What the header says of the encoding of every document, by the child of ``editorialDecl``."""

WHOSE = {
    "#translator": "The brackets of the page are taken to be the translator's (@resp); the page does not say whose "
    "they are.",
    "#archive-editors": "The brackets of the page are taken to be those of the archive's editors (@resp): no "
    "translator is named, and the page does not say whose they are.",
    "#source-editors": "The brackets of the transcript are taken to be those of whoever made it (@resp); it does not "
    "say whose they are.",
}
"""What is assumed about brackets, by who answers for them."""

CAPTURE = "A capture of a web page may itself have lost lines of the document; a line that is missing proves nothing."
MOST = 24
"""How many of the lines that were left out the header quotes."""


def header(
    transcript: Transcript,
    *,
    report: Report,
    edition: Edition | None = None,
    document: Document | None = None,
    conventions: Sequence[str] = (),
    hands: Sequence[tuple[str, str]] = (),
    parties: Sequence[etree._Element] = (),
    open_findings: int | None = None,
    heading: str = "",
    quotation_marks: str = "none",
    routed: Mapping[str, str] | None = None,
    calendars: Collection[str] = (),
    dating: Dating | None = None,
) -> etree._Element:
    """Return the ``teiHeader`` of a document (TEI Guidelines, chapter 2).

    ``conventions`` are sentences on what brackets mean, ``hands`` id and description of each hand, ``parties`` ready
    lists of persons, bodies and places that the text points to. ``heading`` is what the document itself is headed;
    ``routed`` says from whom and to whom it goes, where lines of it do; ``calendars`` are ids of those that its dates
    are of; ``dating`` is what the day was inferred from, where that is known already.

    1. Every field of the transcript is in the header, in the page's words.
    2. Nothing depends on the clock: the day is the edition's date, else ``SOURCE_DATE_EPOCH``, else there is none.
    """
    language = edition.language if edition else "en"
    found = particulars(transcript, report=report, language=language, heading=heading, dating=dating)
    calendars = sorted({*calendars, *_calendars(found)})
    day = edition.date if edition and edition.date else str(source_day() or "")
    resp = bracket_responsibility(transcript)
    node: etree._Element = E.teiHeader(
        file_desc(found, edition=edition, document=document, day=day, resp=resp, hands=hands),
        _encoding_desc(found, edition, conventions, resp, quotation_marks),
        _profile_desc(found, report, language, hands, parties, routed or {}, calendars),
    )
    told = "" if open_findings is None else f"; {open_findings} finding{'s' * (open_findings != 1)} open"
    change = E.change(f"Converted from {legal(transcript.path.name)} ({transcript.reader}){told}.", who="#converter")
    if day:
        change.set("when", day)
    node.append(E.revisionDesc(change))
    return node


def bracket_responsibility(transcript: Transcript) -> str:
    """Return the pointer to whoever is taken to have set the brackets of a transcript.

    ``#translator`` where somebody is named as such or the page shows a translation, ``#archive-editors`` for other
    pages of a digital archive, ``#source-editors`` for everything else. The page never says it itself.
    """
    named = any(
        credit.role == "translator"
        for item in transcript.fields
        if item.name in {"citation", "credit", "source"}
        for credit in credits(item.value)
    )
    if named or transcript.first("translator"):
        return "#translator"
    if languages(transcript, language="en", translator=False).translation:
        return "#translator"
    archive = transcript.reader not in {"plain", "html", "docx", "markdown"}
    return "#archive-editors" if archive or transcript.first("publisher") else "#source-editors"


def _encoding_desc(
    found: Particulars, edition: Edition | None, conventions: Sequence[str], resp: str, quotation_marks: str
) -> etree._Element:
    node: etree._Element = E.encodingDesc()
    if edition and edition.description:
        node.append(E.projectDesc(E.p(edition.description)))
    node.append(_editorial_decl(found, conventions, resp, quotation_marks))
    taxonomies = []
    for key, words in KEYWORDS.items():
        if found.transcript.first(key):
            taxonomies.append(E.taxonomy(E.bibl(words)))
            taxonomies[-1].set(ID, f"archive-{key}s")
    if taxonomies:
        node.append(E.classDecl(*taxonomies))
    label = E.label("TEI Edition Toolkit")
    application = E.application(label, ident="tei-edition", version=tei_edition.__version__)
    node.append(E.appInfo(application))
    return node


def _editorial_decl(found: Particulars, conventions: Sequence[str], resp: str, quotation_marks: str) -> etree._Element:
    document = found.transcript.genre == "document"
    node: etree._Element = deepcopy(_decisions(quotation_marks)) if document else E.editorialDecl()
    if document or "[" in found.transcript.text():
        node.append(E.interpretation(*(E.p(words) for words in dict.fromkeys([*conventions, WHOSE[resp]]))))
    if dropped := _dropped(found.transcript):
        more = f" and {len(dropped) - MOST} more" if len(dropped) > MOST else ""
        lines = ", ".join(f"“{line}”" for line in dropped[:MOST])
        node.append(E.p(f"Left out of the text, as words of the page and not of the document: {lines}{more}."))
    if found.transcript.reader == "digital-archive" or not len(node):
        node.append(E.p(CAPTURE))
    return node


@lru_cache(maxsize=4)
def _decisions(quotation_marks: str) -> etree._Element:
    """Return the ``editorialDecl`` as far as it is the same for all documents whose quotation marks are kept alike."""
    node: etree._Element = E.editorialDecl()
    for key, words in DECISIONS.items():
        kept = key == "quotation" and quotation_marks == "all"
        node.append(E(key, E.p("Quotation marks are kept as characters." if kept else words)))
        if key == "quotation":
            node[-1].set("marks", quotation_marks)
    return node


def _dropped(transcript: Transcript) -> list[str]:
    """Return the lines of the source with words in them that are neither text nor a field, each once."""
    if transcript.reader not in {"digital-archive", "plain"}:
        return []  # the lines of a file in a markup are not those of its page
    try:
        text = transcript.data.decode("utf-8")
    except UnicodeDecodeError:
        return []
    kept = {line.number for block in transcript.blocks for line in block.lines}
    kept |= {item.line for item in transcript.fields}
    lines = re.split(r"\r\n|\n|\r", text) if "\r" in text else text.split("\n")
    words = [" ".join(legal(line).split()) for number, line in enumerate(lines, 1) if number not in kept and line]
    return list(dict.fromkeys(line for line in words if any(letter.isalpha() for letter in line)))


def _profile_desc(
    found: Particulars,
    report: Report,
    language: str,
    hands: Sequence[tuple[str, str]],
    parties: Sequence[etree._Element],
    routed: Mapping[str, str],
    calendars: Sequence[str],
) -> etree._Element:
    transcript = found.transcript
    node: etree._Element = E.profileDesc()
    if abstracts := transcript.values("abstract"):
        node.append(E.abstract(*(E.p(words) for words in abstracts), resp="#archive-editors"))
    if found.date_words:
        node.append(E.creation(_date(found), *([f" (by {found.ground})"] if found.ground else [])))
    if hands and not found.shelfmarks:
        node.append(E.handNotes(*hand_notes(hands)))
    node.append(_lang_usage(found, language))
    if calendars:
        node.append(E.calendarDesc(*(_calendar(key) for key in calendars)))
    sent = letter(found.title) if transcript.genre == "document" else None
    if routed:
        node.append(corresp_desc(Letter(routed.get("from", ""), routed.get("to", "")), found.date, certain=True))
    elif sent:
        node.append(corresp_desc(sent, found.date))
        ends = [
            f"{what} “{who}”"
            for what, who in (("sender", sent.sender), ("addressee", sent.addressee))
            if who
        ]  # fmt: skip
        where = transcript.first("title") or transcript.first("citation")
        message = f"The title names the {' and the '.join(ends)}; correspDesc records this."
        hint = "Change correspDesc if the document itself says otherwise."
        say(found, report, "correspondence-from-title", Severity.INFO, message, where, hint=hint)
    settings = [item for item in parties if name(item) == "listPlace"]
    people = [item for item in parties if name(item) != "listPlace"]
    if people:
        node.append(E.particDesc(*people))
    if settings:
        node.append(E.settingDesc(*settings))
    words = [
        E.keywords(*(E.term(value) for value in dict.fromkeys(transcript.values(key))), scheme=f"#archive-{key}s")
        for key in KEYWORDS
        if transcript.first(key)
    ]
    if words:
        node.append(E.textClass(*words))
    return node


def _calendars(found: Particulars) -> list[str]:
    return [found.date.attributes["calendar"][1:]] if found.date and "calendar" in found.date.attributes else []


def _calendar(key: str) -> etree._Element:
    node: etree._Element = E.calendar(E.p(CALENDARS[key]))
    node.set(ID, key)
    return node


def _date(found: Particulars) -> etree._Element:
    node: etree._Element = E.date(found.date_words)
    if found.date:
        for key, value in found.date.attributes.items():
            node.set(key, value)
        if found.date.certainty:
            node.set("cert", found.date.certainty)
    if found.ground:
        node.set("evidence", "internal")
    return node


def _lang_usage(found: Particulars, language: str) -> etree._Element:
    tongue = found.languages
    node: etree._Element = E.langUsage()
    tag = TAGS.get(tongue.shown, language)
    if tongue.translation and not tongue.original:
        node.append(E.language(f"{tongue.shown} (translation); original language not stated on the page", ident=tag))
    elif tongue.translation:
        node.append(E.language(f"{tongue.shown} (translation)", ident=tag))
        node.append(E.language(f"{tongue.original} (original language)", ident=TAGS.get(tongue.original, "und")))
    else:
        stated = bool(tongue.original) or found.transcript.genre == "collection"
        node.append(E.language(tongue.shown + ("" if stated else " (original language not stated)"), ident=tag))
    return node
