"""Takes a row of an attendance list and says who is named in it: one of those met already, or somebody new."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.mentions import SHORT_TITLES, TITLES
from tei_edition.encoding.speech import stranger
from tei_edition.tei import NS

_TITLES = re.compile(
    rf"(?:(?:{TITLES}|{SHORT_TITLES}|The|Hon(?:orable|\.)?|His Excellency|H\.\s?E\.|Miss|Mme|Mlle|M\.|Herr|Frau|"
    r"Senator|Governor|Commissioner|Commander|Congressman|Judge|Justice|Counsel(?:l?or)?|Consul|Vice|Deputy|Under|Assistant|"
    r"Acting|Brig(?:adier|\.)|Rear|Field|Lieutenant|Sgt\.|Capt\.|Maj\.|Adm\.|Cdr\.|Secy\.|Sen\.|Gov\.|Rev\.|[Cc]omrade)\s+)+"
)
_LADY = re.compile(r"\b(?:Mrs|Miss|Ms|Mme|Madame|Frau|Señora)\b")
_GENTLEMAN = re.compile(r"\b(?:Mr|Sir|Herr|Señor|Messrs)\b")
_SUFFIX = re.compile(r",?\s(?:Jr|Sr|Esq|I{2,3}|IV)\.?$")
_OFFICE = re.compile(
    r"\b(?:minister|secretary|ambassador|chairman|president|director|chief|deputy|member|head|counsel\w*|commander|advis[eo]r|"
    r"assistant|officer|interpreter|representative|attach[ée]|chargé|consul|commissioner|premier|administrator|staff)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[^\W\d_][\w’'-]*")
_NAME = re.compile(r"(?:[^\W\d_a-z][\w’'-]*\.?\s+){1,4}[^\W\d_a-z][\w’'-]+")
_CAPITALISED = re.compile(r"(?:[^\W\d_a-z][\w.’'-]*\s?){1,4}")
_OF_ANOTHER = re.compile(r"(?:[,;:(/—–]|\b(?:to|of|for|by|with|from|under|representing)(?:\s+the)?)\s*$|\s[-–—]\s")
"""What stands before a name in a row that does not begin with it: the name is part of somebody's office."""
_BY_OFFICE = re.compile(r"(?:The|Acting|Deputy|Chief)\s[^,;:]*[,;:]\s*")
"""An office with which a row begins, before the name of who holds it."""


def attendee(item: etree._Element, text: str, desk: Desk, taken: Collection[str] = ()) -> str:
    """Return the id of who is named in an item, which will point there; a stranger gets one.

    Of “Paul Miller, Director” the name is what stands before the comma; of “The Director, Paul Miller” what stands
    after it. “Miller, Baker, Cook” are three persons; the item points to all of them. Whom the rows before (``taken``)
    name is somebody else; a speaker, or somebody of an earlier list, may well be the same.
    """
    named = _named(item)
    identity = (named.get("ref") or "").lstrip("#") if named is not None else ""
    several = [] if identity else _several(text)
    if several:
        found = [_one(person, desk, taken) for person in several]
    else:
        found = [identity or _one(_person(text), desk, taken)]
        if named is not None:
            named.set("ref", f"#{found[0]}")
    for one in found:
        desk.meet(one, "participant")
    item.set("corresp", " ".join(f"#{one}" for one in found))
    return found[0]


def _named(item: etree._Element) -> etree._Element | None:
    """Return the name of the person whom an item lists; a name within the words for his office is another's."""
    named = item.find(".//t:persName", NS)
    if named is None:
        return None
    own = "".join(map(str, named.itertext()))
    before, _, after = "".join(map(str, item.itertext())).partition(own)
    of_another = _OF_ANOTHER.search(before) and not _BY_OFFICE.fullmatch(before)
    return None if of_another or re.match(r"[’']s?\s", after) else named


def _one(person: str, desk: Desk, taken: Collection[str]) -> str:
    """Return the id of a person by name: of one met before who is not listed yet, if that can be only one."""
    if person not in desk.decisions.names:
        known = [
            identity
            for identity, other in desk.strangers.items()
            if identity not in taken and desk.people.get(identity) == "participant" and same_person(person, other)
        ]
        if len(known) == 1:
            if len(bare(person)) > len(bare(desk.strangers[known[0]])):
                desk.strangers[known[0]] = person
            return known[0]
    return stranger(person, desk)


def same_person(one: str, other: str) -> bool:
    """Say whether two names may be those of one person: one surname, and no forename or title that speaks against it.

    >>> same_person("Mr. Lane", "Paul R. Lane"), same_person("P. Lane", "Paul Lane")
    (True, True)
    >>> same_person("Mrs. Lane", "Mr. Lane"), same_person("Anna Lane", "Paul Lane"), same_person("Lane", "Miller")
    (False, False, False)
    """
    if (_LADY.search(one) and _GENTLEMAN.search(other)) or (_LADY.search(other) and _GENTLEMAN.search(one)):
        return False
    first, second = bare(one), bare(other)
    if not first or not second or first[-1] != second[-1] or _OFFICE.search(first[-1]):
        return False
    if len(first) == len(second) == 1:
        return _rank(one) == _rank(other) or not (_rank(one) and _rank(other))
    shorter, longer = sorted((first[:-1], second[:-1]), key=len)
    at = 0
    for name in shorter:
        fits = (number for number in range(at, len(longer)) if _fits(name, longer[number]))
        if (found := next(fits, None)) is None:
            return False
        at = found + 1
    return True


def _fits(name: str, other: str) -> bool:
    short, long = sorted((name, other), key=len)
    return long.startswith(short) and (len(short) == 1 or short == long)


def _rank(name: str) -> str:
    """Return the title before a surname, unless it is one that anybody has."""
    found = _TITLES.match(name)
    title = found[0].strip() if found else ""
    return "" if title in ("Mr.", "Dr.", "The", "Mr", "Prof.", "Professor") else title


def is_titled(text: str) -> bool:
    """Say whether a row begins with somebody's title, such as “Governor Harper”.

    >>> is_titled("Governor Harper"), is_titled("The Governor"), is_titled("Governors")
    (True, False, False)
    """
    found = _TITLES.match(text)
    return found is not None and found[0].strip() != "The"


def bare(person: str) -> list[str]:
    """Return the parts of a name without titles, as names are compared.

    >>> bare("Lt. General Paul R. Lane, Jr.")
    ['paul', 'r', 'lane']
    """
    return _PARTS.findall(_SUFFIX.sub("", _TITLES.sub("", person, count=1)).casefold())


def _person(text: str) -> str:
    """Return the name in a row: what stands before the comma, or after it where an office stands before."""
    plain = re.sub(r"[\[\]]", "", text).strip()
    parts = [part.strip(" :;.") for part in re.split(r",(?!\s(?:Jr|Sr|I{1,3}V?)\b)|\s[(—–]", plain)]
    name = parts[0]
    rest = _TITLES.sub("", name, count=1)
    is_office = _OFFICE.search(rest) or (rest != name and not rest[:1].isupper())
    if len(parts) > 1 and is_office and _NAME.fullmatch(parts[1]) and not _OFFICE.search(parts[1]):
        name = parts[1]
    return name if re.search(r"[^\W\d_]", name) else plain


def _several(text: str) -> list[str]:
    """Return the names in a row that lists more than two persons and says nothing else of them."""
    parts = [part.strip() for part in re.split(r",\s*(?:and\s+)?|\sand\s", text.rstrip(",. "))]
    named = len(parts) > 2 and all(_CAPITALISED.fullmatch(part) for part in parts)
    return parts if named else []
