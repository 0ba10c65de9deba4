"""Recognises brackets that say in so many words what they are: a gap, a hand, a note, a page, sic."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import INFO, Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.extents import gap_attributes

_CHROME = re.compile(r"e-?mail[\s\u00a0]protected|show full text", re.IGNORECASE)
_PAGE = re.compile(r"(?:page|p\.)\s*(\d+|[ivxlc]+)|page break", re.IGNORECASE)
_HAND = re.compile(
    r"(?P<desc>(?:hand-?written(?: (?:note|text|comment|remark))?|(?:in )?handwriting|in pencil|in ink)"
    r"(?:,? (?:in|at|across|on|along) [^:\[\]]{3,60})?)(?P<colon>:\s*)?",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:round |official )?(?:stamp|seal)(?:ed)?(?::.*)?|(?:illegible )?signatures?|signed(?::.*)?", re.I | re.S
)
_NOTE = re.compile(
    r"(?P<label>translator(?:['’]s)?(?: note)?|trans\.|ed(?:itor)?s?\.?(?:['’]s)?(?: note)?|note|source|"
    r"footnote in the source text|typed note|marginal note)\s*[:.]",
    re.IGNORECASE,
)


def chrome(b: Bracket, desk: Desk) -> Remark | None:
    """Furniture of the web page: an e-mail mask, a “show more” button."""
    if not _CHROME.fullmatch(b.content.strip()):
        return None
    return Remark(
        kind="drop", rule="chrome-dropped", severity=INFO,
        message=f"“[{b.content}]” is furniture of the web page and is not shown.",
    )  # fmt: skip


def page(b: Bracket, desk: Desk) -> Remark | None:
    """A page mark: the page that begins here."""
    found = _PAGE.fullmatch(b.content.strip())
    return Remark(kind="page", attributes={"n": found[1]} if found[1] else {}) if found else None


def marker(b: Bracket, desk: Desk) -> Remark | None:
    """A footnote marker: digits, a small Roman numeral, a star."""
    if not re.fullmatch(r"\d{1,3}|[ivx]{1,4}|\*{1,3}", b.content):
        return None
    if re.search(r"\d\s?$", b.left) or re.match(r"\w", b.right):
        return None
    return Remark(
        kind="marker", rule="note-dangling", attributes={"n": b.content},
        message=f"The note marker “[{b.content}]” has no note on this page.",
        hint="Add the note to the transcript, or decide that these are words of the text.",
    )  # fmt: skip


def gap(b: Bracket, desk: Desk) -> Remark | None:
    """Something that is not there: missing, illegible, omitted by the editor, withheld."""
    attributes = gap_attributes(b.content, desk.profile)
    if attributes is None:
        return None
    remark = Remark(kind="gap", attributes=attributes)
    if attributes["reason"] == desk.profile.missing:
        remark.rule, remark.severity = "gap-cause", INFO
        remark.message = f"“[{b.content}]” is encoded as lost; whether in the original or in a copy is not said."
        remark.hint = "Decide on another reason if the archive's original can be seen."
    elif "extent" in attributes or (attributes["reason"] == "illegible" and len(attributes) == 1):
        remark.rule, remark.severity = "gap-extent", INFO
        remark.message = f"“[{b.content}]” does not say how much; no number is invented."
    return remark


def blank(b: Bracket, desk: Desk) -> Remark | None:
    """A place left empty in the document itself."""
    return Remark(kind="space") if re.fullmatch(r"blank(?: space)?|left blank|_{2,}", b.content.strip(), re.I) else None


def hand(b: Bracket, desk: Desk) -> Remark | None:
    """Something written by hand, with or without its words."""
    found = _HAND.match(b.content)
    if not found or not (found["colon"] or found.end() == len(b.content)):
        return None
    if found["colon"] and b.content[found.end() :].strip():
        return Remark(
            kind="handwritten", rule="hand-unidentified",
            attributes={"desc": found["desc"], "colon": str(found.end() - len(found["desc"]))},
            message=f"“{found['desc']}”: who wrote this is not said; it is encoded as one unidentified hand.",
            hint="Name the writer in handNote, if known.",
        )  # fmt: skip
    if re.match(r"\s+[a-z]", b.right) and b.left.strip():
        return Remark(kind="supplied")
    return Remark(
        kind="note", attributes={"type": "handwritten"}, rule="hand-extent",
        message=f"“[{b.content}]” does not say how far the handwriting goes.",
        hint="Decide on its extent; nothing beyond the bracket is marked.",
    )  # fmt: skip


def stamp(b: Bracket, desk: Desk) -> Remark | None:
    """A stamp, a seal, a signature described."""
    return Remark(kind="note", attributes={"type": "stamp"}) if _STAMP.fullmatch(b.content.strip()) else None


def labelled_note(b: Bracket, desk: Desk) -> Remark | None:
    """A note that says it is one: “Translator's note: …”."""
    if not _NOTE.match(b.content) and not re.search(r"[—–-]\s?(?:trans|ed)\.$|not further identified", b.content):
        return None
    return Remark(kind="note", attributes={"type": "editorial"})


def sic(b: Bracket, desk: Desk) -> Remark | None:
    """“sic”, with or without what was meant."""
    found = re.fullmatch(r"sic!?(?:[,:]?\s+(?P<meant>.+))?", b.content.strip(), re.IGNORECASE | re.DOTALL)
    before = re.search(r"(\w[\w'’.-]*)\s*$", b.left)
    if not found:
        return None
    if not before:
        return Remark(kind="note", attributes={"type": "editorial"})
    return Remark(
        kind="sic", start=before.start(1), end=before.end(1), rule="sic-scope", severity=INFO,
        message=f"“[{b.content}]” is taken to speak of “{before[1]}”.",
    )  # fmt: skip
