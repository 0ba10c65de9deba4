"""Takes a row that an editor filled in and says what in it cannot be followed; brings it into the form of TEI."""

from __future__ import annotations

import re

from tei_edition.edition import NCNAME
from tei_edition.encoding.names import KINDS
from tei_edition.register import authorities
from tei_edition.register.authorities import AUTHORITIES
from tei_edition.register.proposing import KNOWN
from tei_edition.register.sheet import Row

DECISION = re.compile(
    r"(?P<verb>new|split|ignore|ambiguous)|(?P<same>same as) (?P<id>\S+)|(?P<split>split from) (?P<from>\S+)|"
    r"ambiguous: ?(?P<several>\S+(?:, ?\S+)*)"
)
_VERB = re.compile(r"(?:same as|split from|split|[a-z]+)\b", re.IGNORECASE)
Complaint = tuple[str, str, str]
"""Rule, message and hint."""


def complaint(row: Row, here: Row | None) -> Complaint | None:
    """Return what is wrong with a row, or None; ``here`` is what the register says of an entry with its id."""
    row.decision = _VERB.sub(lambda verb: verb[0].lower(), " ".join(row.decision.split()), count=1)
    if row.decision.casefold() == "yes":
        row.decision = row.proposal if row.proposal != KNOWN else ""
        if not row.decision and row.proposal != KNOWN:
            return "sheet-decision", f"Nothing is proposed for “{row.name}”.", "Write new, same as ID, or ignore."
    if row.kind not in KINDS:
        return "sheet-kind", f"“{row.kind}” is no kind of entry.", "Write person, place or org."
    if row.decision and not DECISION.fullmatch(row.decision):
        hint = "Write yes, new, same as ID, split, split from ID, ignore or ambiguous."
        return "sheet-decision", f"“{row.decision}” is no decision.", hint
    if row.on and not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", row.on):
        return "sheet-date", f"“{row.on}” is no day.", "Write it as 2026-11-22, or leave it empty."
    if row.proposal == KNOWN and here is None:
        return "entry-unknown", f"The register has no entry “{row.id}”.", "Propose again."
    if row.id and not NCNAME.fullmatch(row.id):
        return "sheet-id", f"“{row.id}” cannot be an id.", "Begin with a letter, then letters, digits, - and _."
    if "\ufffd" in row.name + row.forms:
        return "sheet-name", f"Letters of “{row.name}” were lost.", "Save the sheet as “CSV UTF-8”."
    return _facts(row, here)


def _facts(row: Row, here: Row | None) -> Complaint | None:
    """Check ids, dates and coordinates; what the register says already is not judged."""
    for column, (scheme, shape, check) in AUTHORITIES.items():
        value = getattr(row, column)
        if not value or (here and value == getattr(here, column)):
            continue
        if (right := check(value)) is None:
            return "authority-form", f"“{value}” has not the form of a {scheme} id.", f"Write {shape}."
        setattr(row, column, right)
    if row.dates and not (here and row.dates == here.dates):
        if (days := authorities.dates(row.dates)) is None:
            hint = "Write 1878/1953, 1878-12-18/1953-03-05, 1878/ or /1953."
            return "sheet-date", f"“{row.dates}” is no first and last date.", hint
        row.dates = "/".join(days)
    if row.coordinates and not (here and row.coordinates == here.coordinates):
        if (at := authorities.coordinates(row.coordinates)) is None:
            hint = "Write latitude and longitude in degrees, such as 45.75 126.63."
            return "coordinates-form", f"“{row.coordinates}” is no place on the map.", hint
        row.coordinates = at
    return None
