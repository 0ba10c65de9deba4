"""Takes the blocks of a document and says which begin with a speaker's label, and who speaks.

A label is accepted by evidence: it stands at the start of a paragraph, is short and capitalised, and recurs, or names a
person of the register or of the attendance list, or stands among many others of its kind (docs/encodings.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tei_edition.edition import identifier
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.mentions import SHORT_TITLES, TITLES, bearer
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_TOKEN = r"[^\W\d_a-z][\w.'’-]*"
_LABEL = re.compile(
    rf"(?P<label>\[?(?:{SHORT_TITLES}\s?)?(?:(?:the|de|von|van|al)\s)?{_TOKEN}(?:\s+(?:(?:of|the|de|von|van|al)\s)?{_TOKEN})"
    r"{0,5}(?:\s*\[[^\]]{1,40}\])?)\s?(?P<mark>:\]?|\.(?=\s)|\s?—|--)\s*(?=\S)"
)
_INITIAL = re.compile(r"(?P<label>[A-Z]{1,3})(?P<mark>[:.])\s+(?=\S)")
_FIELDS = frozenset(
    """date present participants subject from to destination note notes source citation copies copy place time sir dear
    re ref reference attachment enclosure distribution classification secret signed translated received sent summary
    comment comments action info question answer article chapter section part appendix annex top cc attn attention via
    author authors title rights contents credits contributor translator page document no vol volume issue file telegram
    cable memorandum subject-matter language priority precedence crrc key record absent regrets drafted approved
    cleared my gentlemen sirs madam first second third fourth fifth finally conclusion conclusions decisions decision
    agenda item""".split()
)
_TITLE_WORDS = re.compile(
    rf"^(?:(?:{TITLES}|{SHORT_TITLES}|THE|MR\.|MRS\.|DR\.|SECRETARY|AMBASSADOR|GENERAL)\s+)+", re.I
)


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label at the start of a block: ``end`` is the offset after its mark, ``said`` of its first word."""

    text: str
    end: int
    said: int
    person: str
    """The name in it, without titles and brackets."""


def labels(blocks: Sequence[Block], desk: Desk, present: frozenset[str] = frozenset()) -> dict[int, Label]:
    """Return the accepted labels by the index of their block; ``present`` are surnames of the attendance list."""
    found: dict[int, Label] = {}
    for index, block in enumerate(blocks):
        label = _label(block.text)
        if label:
            found[index] = label
    count = Counter(surname(label.person) for label in found.values())
    many = sum(number for number in count.values() if number > 1) >= 5
    accepted: dict[int, Label] = {}
    for index, label in found.items():
        last = surname(label.person)
        dotted = label.text.rstrip().endswith(".")
        known = (
            last in present
            or bool(desk.register.bearers(label.person))
            or label.text.strip() in desk.decisions.speakers
        )
        dashed = label.text.rstrip().endswith(("—", "-"))
        if dashed and not (last in present or count[last] > 1):
            continue
        if dotted and len(last) == 1 and not {"q", "a"} <= set(count):
            continue
        if dotted and not (last in present or (label.person.isupper() and count[last] > 1)):
            continue
        if count[last] > 1 or known or many:
            accepted[index] = label
    return accepted if len(accepted) > 1 else {}


def looks_labelled(text: str) -> bool:
    """Say whether a line begins as a turn does: a short capitalised label and a colon."""
    label = _label(text)
    return label is not None and label.text.rstrip().endswith(":")


def _label(text: str) -> Label | None:
    found = _LABEL.match(text) or _INITIAL.match(text)
    if not found:
        return None
    person = _TITLE_WORDS.sub("", re.sub(r"\s*\[[^\]]*\]$|^\[|\]$", "", found["label"])).strip()
    first = re.split(r"\W", found["label"].lstrip("["), maxsplit=1)[0].lower()
    if first in _FIELDS or person.lower() in _FIELDS or not person:
        return None
    if found["mark"] == "." and found.re is _LABEL and not re.search(r"\w{3}", person):
        return None  # initials of a signature
    end = found.end("mark")
    return Label(text[:end], end, found.end(), person)


def surname(person: str) -> str:
    """Return the last word of a name as names are compared, or nothing."""
    return (person.split() or [""])[-1].strip(".").casefold()


def speakers(found: dict[int, Label], blocks: Sequence[Block], desk: Desk) -> dict[str, str]:
    """Return the id of the person behind each label's text; a label that names nobody known makes a new person."""
    count = Counter(label.person for label in found.values())
    known: dict[str, str] = {}
    for index, label in found.items():
        text = label.text.rstrip(" :.—-[]")
        if label.text in known:
            continue
        entry = bearer(desk.register.bearers(label.person), desk)
        decided = desk.decisions.speakers.get(text) or desk.decisions.speakers.get(label.person)
        if decided:
            identity = decided
            if decided not in desk.register.entries:
                desk.strangers.setdefault(decided, label.person)
        elif entry is not None and entry.kind == "person":
            identity = entry.id
            if count[label.person] == 1 and not any(entry.id == other for other in known.values()):
                desk.say(
                    "speaker-once", Severity.INFO, blocks[index], 0,
                    f"“{text}” speaks only once; the label is accepted because the others have its form.",
                )  # fmt: skip
        elif (listed := _listed(label.person, desk)) is not None:
            identity = listed
            desk.say(
                "speaker-listed", Severity.INFO, blocks[index], 0,
                f"“{text}” is taken to be “{desk.strangers[listed]}” of the list of those present.",
            )  # fmt: skip
        else:
            identity = stranger(label.person, desk)
            desk.say(
                "speaker-unknown", Severity.WARNING, blocks[index], 0, f"The speaker “{text}” is not in the register.",
                f'Add a person with xml:id="{identity}", or map the label in decisions.toml.',
            )  # fmt: skip
        desk.meet(identity, "participant")
        known[label.text] = identity
    return known


def _listed(person: str, desk: Desk) -> str | None:
    """Return the id of the one person of the attendance list whose name ends as a label does, if there is one."""
    label = person.casefold().split()
    found = [
        identity
        for identity, named in desk.strangers.items()
        if desk.people.get(identity) == "participant" and named.casefold().split()[-len(label) :] == label
    ]
    return found[0] if len(found) == 1 else None


def stranger(person: str, desk: Desk) -> str:
    """Return the id of a person whom the register does not know, the same for the same name."""
    for identity, named in desk.strangers.items():
        if named == person:
            return identity
    stem = identifier(person.split()[-1].strip(".") if person.split() else "person").lower()
    identity, number = stem, 1
    while identity in desk.strangers or identity in desk.register.entries or desk.reserves(identity):
        number += 1
        identity = f"{stem}-{number}"
    desk.strangers[identity] = person
    return identity
