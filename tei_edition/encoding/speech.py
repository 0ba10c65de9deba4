"""Takes the blocks of a document and says which begin with a speaker's label, and who speaks.

A label is accepted by evidence: it stands at the start of a paragraph, is short and capitalised, and recurs, or names a
person of the register or of the attendance list, or stands among many others of its kind (docs/encodings.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tei_edition.edition import identifier
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.foreign_words import is_english
from tei_edition.encoding.mentions import SHORT_TITLES, TITLES, bearer
from tei_edition.encoding.remarks_stage import tells_what_happens
from tei_edition.finding import Choice, Severity
from tei_edition.transcript import Block

_TOKEN = r"[^\W\d_a-z][\w.'’-]*"
_LABEL = re.compile(
    rf"(?P<label>\[?(?:{SHORT_TITLES}\s?)?(?:(?:the|de|von|van|al)\s)?{_TOKEN}(?:\s+(?:(?:of|the|de|von|van|al)\s)?{_TOKEN})"
    r"{0,5}(?:\s*(?:\[[^\]]{1,40}\]|\([^()\d:]{3,40}\)(?=\s?:)))?)\s?(?P<mark>:\]?|\.(?=\s)|\s?—|--)\s*(?=\S)"
)
_INITIAL = re.compile(r"(?P<label>[A-Z]{1,3})(?P<mark>[:.])\s+(?=\S)")
_WITH_INITIALS = re.compile(
    rf"(?P<label>(?:(?:{SHORT_TITLES})\s?)?"
    r"(?!(?:Mr|Dr|Ms|St|No|Nr|Lt|Mt|Ft|Pt|Op)\.|U\.\s?[SKN]\.|[PN]\.\s?[SB]\.)(?:[^\W\d_a-z][a-z]?\.[ -]?){1,3}"
    r"(?:(?:de|von|van|al|el)[ -])?[^\W\d_a-z][^\W\d_]+(?:[-’'][^\W\d_]+)?)(?P<mark>\.)\s+"
    r"(?=[^\W\d_a-z]|[“\"(\[…])"
)
"""Initials, a surname and a full stop, and after it a sentence begins: “A. B. Miller. We have seen it.”"""
_CITED = re.compile(r"\b(?:pp?\.\s?\d|[Vv]ols?\.|[Ee]ds?\.|(?:[^\W\d_a-z][\w-]+[,:]|Press,)\s(?:1[5-9]|20)\d\d)")
"""What tells the title of a book from the words of a speaker."""
_DOES = re.compile(r"[\[(][^\[\]()]{3,120}[\])]")
_FIELDS = frozenset(
    """date present participants subject from to destination note notes source citation copies copy place time sir dear
    re ref reference attachment enclosure distribution classification secret signed translated received sent summary
    comment comments action info question answer article chapter section part appendix annex top cc attn attention via
    author authors title rights contents credits contributor translator page document no vol volume issue file telegram
    cable memorandum subject-matter language priority precedence crrc key record absent regrets drafted approved
    cleared my gentlemen sirs madam first second third fourth fifth finally conclusion conclusions decisions decision
    agenda item""".split()
)
_THREE = re.compile(r"\w{3}")
_FIRST_WORD = re.compile(r"\w+")
_IN_BRACKETS = re.compile(r"\s*\[[^\]]*\]$|\s*\([^()]*\)$|^\[|\]$")
_TITLE_WORDS = re.compile(
    rf"(?:(?:{TITLES}|{SHORT_TITLES}|THE|MR\.|MRS\.|DR\.|SECRETARY|AMBASSADOR|GENERAL)\s+)+", re.I
)

_SUFFIX = re.compile(r",?\s(?:Jr|Sr|Esq|I{2,3}|IV)\.?$")


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
    formed = {index for index, label in found.items() if _by_form(blocks[index].text, label)}
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
        if index in formed:
            accepted[index] = label
            continue
        named = last in present or (label.person.isupper() and count[last] > 1)
        if dotted and not (named or (formed and _is_surname(label))):
            continue
        alike = label.person.isupper() and any(found[other].person.isupper() for other in formed)
        if count[last] > 1 or known or many or dotted or alike:
            accepted[index] = label
    accepted |= _between(found, accepted)
    if len(accepted) > 1:
        return accepted
    for index in accepted.keys() & formed:
        desk.say(
            "speaker-by-form", Severity.WARNING, blocks[index], 0,
            f"“{accepted[index].text}” is the only label of the document and is taken as a speaker for its form.",
            "Look whether somebody speaks here, and map the label under [speakers] in decisions.toml.",
        )  # fmt: skip
    return {index: label for index, label in accepted.items() if index in formed}


def _between(found: dict[int, Label], accepted: dict[int, Label]) -> dict[int, Label]:
    """Return labels that occur once and stand among accepted ones of their form, where nearly every block has one."""
    said = [index for index, label in found.items() if label.text.rstrip().endswith(":")]
    inside = [index for index in accepted if index in said]
    if len(inside) < 2:
        return {}
    first, last = min(inside), max(inside)
    around = [index for index in said if first <= index <= last]
    if 3 * len(around) < 2 * (last - first + 1):
        return {}
    capitals = {found[index].person.isupper() for index in inside}
    return {
        index: found[index]
        for index in [*around, *(index for index in said if index in (first - 1, last + 1))]
        if index not in accepted and found[index].person.isupper() in capitals and len(found[index].person.split()) <= 4
    }


def _by_form(text: str, label: Label) -> bool:
    """Say whether a label is one by its form alone: initials, surname, full stop; or a colon and what he does."""
    if label.text.endswith("."):
        return bool(_WITH_INITIALS.match(text)) and not _CITED.search(text)
    done = _DOES.match(text, label.said)
    return label.text.endswith(":") and done is not None and tells_what_happens(done[0][1:-1])


def _is_surname(label: Label) -> bool:
    """Say whether a label with a full stop is one capitalised word that English does not have: “McCloy. ”."""
    return len(label.person.split()) == 1 and len(label.person) > 3 and not is_english(label.person)


def looks_labelled(text: str) -> bool:
    """Say whether a line begins as a turn does: a short capitalised label and a colon."""
    label = _label(text) if ":" in text else None
    return label is not None and label.text.rstrip().endswith(":")


def _label(text: str) -> Label | None:
    if text[:1].isdecimal():
        return None
    found = _WITH_INITIALS.match(text) or _LABEL.match(text) or _INITIAL.match(text)
    if not found:
        return None
    label = found["label"]
    person = _IN_BRACKETS.sub("", label) if "[" in label or "]" in label or "(" in label else label
    person = (person[title.end() :] if (title := _TITLE_WORDS.match(person)) else person).strip()
    if found.re is _WITH_INITIALS:
        person = re.sub(r"\.(?=[^\W\d_])", ". ", person)
    first = _FIRST_WORD.match(label.lstrip("["))
    if (first and first[0].lower() in _FIELDS) or person.lower() in _FIELDS or not person:
        return None
    if found["mark"] == "." and found.re is _LABEL and not _THREE.search(person) and person not in ("Q", "A"):
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
            identity = decided = desk.register.current(decided)
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
                Choice(text=text, encoded="", certainty="low", alternatives=()),
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
        if desk.people.get(identity) == "participant"
        and _SUFFIX.sub("", named).casefold().split()[-len(label) :] == label
    ]
    return found[0] if len(found) == 1 else None


def stranger(person: str, desk: Desk) -> str:
    """Return the id of a person whom the register does not know, the same for the same name."""
    if meant := desk.decisions.names.get(person):
        meant = desk.register.current(meant)
        if meant not in desk.register.entries:
            desk.strangers.setdefault(meant, person)
        return meant
    for identity, named in desk.strangers.items():
        if named == person:
            return identity
    last = _SUFFIX.sub("", person).split()
    named = unicodedata.normalize("NFKD", last[-1].strip(".") if last else "")
    letters = "".join(letter for letter in named if not unicodedata.combining(letter))
    stem = identifier(letters).lower() if re.search(r"[A-Za-z]", letters) else "person"
    identity, number = stem, 1
    while identity in desk.strangers or identity in desk.register.entries or desk.reserves(identity):
        number += 1
        identity = f"{stem}-{number}"
    desk.strangers[identity] = person
    return identity
