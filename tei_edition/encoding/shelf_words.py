"""Takes a word of a reference to an archive, such as “op. 11”, and gives what it is and its number."""

from __future__ import annotations

import re

from tei_edition.encoding.repositories import REPOSITORIES
from tei_edition.encoding.shelf_units import UNITS

_WORD = "|".join(sorted((re.escape(word).replace("record\\-", r"record\s") for word in UNITS), key=len, reverse=True))
_VALUE = r"(?:[A-Z]{1,4}[- ]?(?=\d))?[\dIVXL][^\s,;]*(?:\s(?:[A-Z]|ob|and\s\d+|[-–]\s?\d+|\d[\w-]*))*"
PART = re.compile(rf"(?P<unit>(?i:{_WORD}))(?:\.\s?|:\s?|\s)(?P<value>{_VALUE})")
_NEXT = re.compile(rf"\s(?={PART.pattern})")
_COUNTED = re.compile(rf"(?P<value>\d+)\.\s?(?P<unit>(?i:{_WORD}))")
_CODE = re.compile(
    r"(?:[A-Z]{1,6}[-/ ])*[A-Z]{0,6}\d[\w.:/–-]*(?: [\w.:/–-]*\d[\w.:/–-]*)*|[A-Z]{1,6}(?:-[A-Z\d]+){2,}"
)
_LOT = re.compile(r"(?i:lot(?:\sfiles?)?)\s(?P<value>\d{2}\s?[A-Z]\s?\d+)")
_MEETING = re.compile(r"[A-Z]{1,4}\s?[(\[]\d{2,4}[)\]]\s?\d+")
YEARS = re.compile(r"(?:1[89]|20)\d\d\s?[-–/]\s?\d{2,4}")
_SERIES = re.compile(r"(?P<series>[A-Z]{2,4} ?\d{1,4})/(?P<piece>\d[\w/.-]*)")
_SIGNATURE = re.compile(r"(?P<series>[A-Z]{1,2} \d{1,3})/(?P<piece>[\w /.-]*\d[\w /.-]*)")
_HOUSE = re.compile(r"\b(?:Archives?|Archivo|Archiv|Archiwum|Library|Center|Centre|Museum|Institut\w*)\b")
ACRONYM = re.compile(r"(?:[A-Z][A-Za-z]{0,3}[A-Z]\w{0,4})(?:[ /-][A-Z]{2,}\w*)?")
PAGES = re.compile(r"\d+[a-z]?(?:ob)?(?:\s?[-–]\s?\d+[a-z]?(?:ob)?)?\.?")
_CHINA = frozenset({"PRC FMA", "PRCFMA", "CFMA", "PRC Foreign Ministry Archive", "Chinese Foreign Ministry Archive"})
_GERMAN = frozenset(
    {
        "BArch",
        "Politisches Archiv des Auswärtigen Amts",
        "SAPMO-BArch",
        "SAPMO-BA",
        "SAPMO",
        "Bundesarchiv",
        "PA AA",
        "PAAA",
    }
)


def parts(word: str) -> list[tuple[str, str]]:
    """Return the parts that a word of the reference consists of, or nothing when it is something else."""
    counted = _COUNTED.fullmatch(word)
    if counted:
        return [(_kind(counted["unit"]), counted["value"])]
    if lot := _LOT.fullmatch(word):
        return [("lot", lot["value"])]
    word = re.sub(r"^((?i:file|inv\.?|dossier|folder|box))\s(?:[Nn][or]s?\.?)\s", r"\1 ", word)
    found: list[tuple[str, str]] = []
    place = 0
    while place < len(word):
        match = PART.match(word, place)
        if match is None:
            return []
        following = _NEXT.search(match["value"])
        end = match.start("value") + following.start() if following else match.end()
        found.append((_kind(match["unit"]), word[match.start("value") : end].strip()))
        place = end + len(word[end:]) - len(word[end:].lstrip())
    return found


def _kind(unit: str) -> str:
    return UNITS[re.sub(r"\s", "-", unit.lower())]


def house(words: list[str], kinds: list[list[tuple[str, str]]]) -> int | None:
    """Return which word names the archive: a known one, the last that sounds like one, or capitals at the start."""
    for index, word in enumerate(words):
        if word in REPOSITORIES:
            return index
    for index in reversed(range(len(words))):
        if not kinds[index] and _HOUSE.search(words[index]):
            return index
    if words and not kinds[0] and ACRONYM.fullmatch(words[0]):
        return 0
    return None


def coded(repository: str, word: str) -> list[tuple[str, str]]:
    """Read a number without a unit as the archive in question writes it."""
    series = (_SIGNATURE if repository in _GERMAN else _SERIES).fullmatch(word)
    if series:
        return [("series", series["series"]), ("piece", series["piece"])]
    if repository in _CHINA:
        if re.fullmatch(r"\d{3}-\d{5}-\d\d(?:\(\d\))?", word):
            return [("file", word)]
        if PAGES.fullmatch(word):
            return [("page", word)]
    if _MEETING.fullmatch(word):
        return [("number", word)]
    if YEARS.fullmatch(word):
        return []
    return [("number", word)] if _CODE.fullmatch(word) else []
