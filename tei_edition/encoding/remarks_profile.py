"""Recognises brackets whose meaning the profile lays down: lost letters, graded readings, an edition's own remarks."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import Bracket, Remark
from tei_edition.encoding.desk import Desk

_GRADE = re.compile(r"\s*([A-Z])\s?%\s*(?=\S)")
_COUNTED = re.compile(
    r"\s*[-–—]*\s*(?P<about>ca?\.?|±|circa)?\s?(?P<least>\d{1,3})(?:\s?[-–]\s?(?P<most>\d{1,3}))?\s*[-–—]*\s*"
)
_SIGNS = re.compile(r"\s*(?P<dots>(?:\.\s?)+|…)\s*|\s*(?P<dashes>(?:[-–—]\s?)+)\s*")
_LINE = 5
"""Dashes from which a bracket stands for a line and not for a part of one."""
MEANING = {"gap": "reason", "supplied": "reason", "unclear": "reason", "surplus": "reason", "note": "type",
           "stage": "type", "add": "place", "del": "rend"}  # fmt: skip
"""The attribute that the second word of a profile's meaning fills, by element."""


def meant(meaning: str) -> tuple[str, dict[str, str]]:
    """Return the kind and the attributes that a profile's words lay down.

    >>> meant("gap illegible"), meant("text")
    (('gap', {'reason': 'illegible'}), ('text', {}))
    """
    kind, _, more = meaning.partition(" ")
    return kind, {MEANING[kind]: more} if more and kind in MEANING else {}


def own_remark(b: Bracket, desk: Desk) -> Remark | None:
    """Words that the edition's profile explains."""
    if not desk.profile.remarks:
        return None
    said = " ".join(b.content.split()).casefold()
    for words, meaning in desk.profile.remarks.items():
        if said == words.casefold():
            kind, attributes = meant(meaning)
            return Remark(kind=kind, attributes=attributes)
    return None


def graded(b: Bracket, desk: Desk) -> Remark | None:
    """A reading with its degree of certainty, “[B% agent]”."""
    found = _GRADE.match(b.content)
    if not found or found[1] not in desk.profile.grades:
        return None
    return Remark(kind="unclear", attributes={"cert": desk.profile.grades[found[1]]}, head=found.end())


def lost_letters(b: Bracket, desk: Desk) -> Remark | None:
    """Dots for letters, dashes for any number of them, or their count: what is lost and was not restored."""
    if not desk.profile.letters:
        return None
    lost = {"reason": "lost", "unit": "character"}
    counted = _COUNTED.fullmatch(b.content)
    if counted:
        if counted["most"]:
            return Remark(kind="gap", attributes={**lost, "atLeast": counted["least"], "atMost": counted["most"]})
        near = {"precision": "low"} if counted["about"] else {}
        return Remark(kind="gap", attributes={**lost, "quantity": counted["least"], **near})
    found = _SIGNS.fullmatch(b.content)
    return Remark(kind="gap", attributes=_lost(found)) if found else None


def _lost(found: re.Match[str]) -> dict[str, str]:
    if found["dots"] and "…" not in found["dots"]:
        return {"reason": "lost", "unit": "character", "quantity": str(found["dots"].count("."))}
    if found["dashes"] and len(re.sub(r"\s", "", found["dashes"])) >= _LINE:
        return {"reason": "lost", "unit": "line", "quantity": "1"}
    return {"reason": "lost", "unit": "character", "extent": "unknown"}


def restored(b: Bracket, desk: Desk) -> Remark | None:
    """Letters or words that the document has lost and the editor restored, with or without some that nobody could."""
    if desk.profile.words != "lost":
        return None
    both = re.match(rf"{_SIGNS.pattern}(?=\w)", b.content)
    if both:
        at = b.start + 1
        return Remark(
            kind="omission-and-words", parts=(at + len(both[0].rstrip()), at + both.end()), attributes=_lost(both)
        )
    return Remark(kind="supplied", attributes={"reason": "lost"}) if re.search(r"\w", b.content) else None
