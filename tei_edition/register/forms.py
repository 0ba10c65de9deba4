"""Takes a name and gives its title apart; takes two names and says whether one person may bear both."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tei_edition.encoding.likeness import skeleton
from tei_edition.encoding.mentions import SHORT_TITLES, TITLES
from tei_edition.encoding.names import fold

_TITLE_WORDS = (
    f"{TITLES}|Mr|Mrs|Ms|Miss|Messrs|Dr|Gen|Amb|Col|Prof|Sec|Lt|Adm|Hon|Rev|Brig|Maj|Capt|Cmdr|Señor|Señora|Monsieur|"
    "Madam|Herr|Frau|Lady|Count|Baron|Prince|Princess|King|Queen|Shah|Emperor|Senator|Congressman|Representative|Judge|"
    "Governor|Mayor|Commissioner|Commander|Lieutenant|Brigadier|Counselor|Counsellor|Director|Counsel|Consul|Chancellor|"
    "Chairman|Deputy|Assistant|Acting|Under|Vice|First|Second|Third|Foreign|Prime|Excellency|His|Her|the|The|Honorable|"
    "Speaker|Delegate|Attorney|Vice-President|Vice President|Chargé|Sergeant|Cardinal|Bishop|Father|Sister|Saint"
)
_RANKS = "LTC|LTG|LTCOL|MG|BG|COL|CDR|CAPT|MAJ|RADM|VADM|ADM|GEN|LT|SGT|SSG|CPT|SEN|REP|GOV"
_TITLE = re.compile(
    rf"(?:{SHORT_TITLES}|(?:[A-Z]/)?(?:{_TITLE_WORDS}|{_RANKS}|Secy|Asst|Dep|Sen|Rep|Gov|Cong|Pres)\b\.?"
    rf"|(?-i:(?:[A-Z]\.?){{2,4}})\s+(?=(?:{_TITLE_WORDS})\b))[\s,]*",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(rf"[\s,]+(?:{TITLES})$")
_OFFICE = re.compile(
    r"\b(?:of|for|the|staff|secretary|minister|ambassador|interpreter|reporter|committee|members?|department|office|"
    r"delegation|affairs|notetaker|others?|representatives?|officers?|chief|chair|chairman|chairperson|president|"
    r"moderator|question|answer|center|centre|agency|bureau|board|council|university|provinces|institute|embassy|army|"
    r"ministry|headquarters|session|meeting)\b",
    re.IGNORECASE,
)
_NOTE_MARKS = re.compile(r"[¹²³⁰⁴-⁹*†‡]+|(?<=[^\W\d_])\d{1,3}\b|\[\d+\]")
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|I{2,3}|IV|Esq|Ph\.?D|M\.?D)\.?$", re.IGNORECASE)
_NEAR = str.maketrans({"C": "S", "H": "K"})
MALE = re.compile(r"(?:Mr|Messrs|Sir|Lord|King|Prince|Herr|Monsieur|Señor)\b", re.IGNORECASE)
FEMALE = re.compile(r"(?:Mrs|Ms|Miss|Madame|Madam|Lady|Queen|Princess|Frau|Señora|Sister)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A name and the title before it; a title alone, such as “The President”, has no name."""

    title: str
    name: str

    @property
    def short(self) -> bool:
        """Whether this is a single word, which others may bear."""
        return len(self.name.split()) < 2


def parted(text: str) -> Named:
    """Return title and name of a person apart, without note marks, brackets and offices.

    >>> parted("Admiral Arthur W. Radford³, Chairman")
    Named(title='Admiral', name='Arthur W. Radford')
    >>> parted("The President"), parted("KISSINGER:").name, parted("Radford, Arthur W.").name
    (Named(title='The President', name=''), 'Kissinger', 'Arthur W. Radford')
    """
    whole = " ".join(_NOTE_MARKS.sub("", text).replace("[", "").replace("]", "").split())
    whole = re.sub(r"['’]s$", "", whole.strip(' ,;:—–-()“”"')).strip()
    title, rest = _title(whole)
    inverted = re.fullmatch(r"([^\W\d_][\w'’-]+), ((?:[^\W\d_a-z](?:[\w'’-]+|\.) ?){1,3})", rest)
    if inverted and not _OFFICE.search(inverted[2]) and not _SUFFIX.fullmatch(f" {inverted[2]}"):
        rest = f"{inverted[2].strip()} {inverted[1]}"
    rest = re.split(r",(?!\s(?:Jr|Sr|I{1,3}V?)\b)|\s?[(—–]|\sand\s", rest, maxsplit=1)[0]
    while shorter := _AT_THE_END.sub("", rest):
        if shorter == rest:
            break
        rest = shorter
    rest = re.sub(r"(?<=\w{3})\.$", "", rest.strip(" ,;:"))
    if _OFFICE.search(rest) or not re.search(r"[^\W\d_]{2}", rest) or rest[:1].islower():
        return Named(whole, "")
    return Named(title, _in_lower_case(rest))


def _title(text: str) -> tuple[str, str]:
    at = 0
    while found := _TITLE.match(text, at):
        at = found.end()
    return text[:at].strip(" ,"), text[at:]


def _in_lower_case(name: str) -> str:
    """Return a name in capitals as others write it: initials stay, McNAMARA too is McNamara."""
    if name.isupper() and len(name) < 4:
        return name
    if any(word.islower() or word[1:].islower() for word in re.findall(r"[^\W\d_]{3,}", name)):
        return name
    return re.sub(r"[^\W\d_]{3,}", lambda word: word[0] if word[0][:2] == "Mc" else word[0].capitalize(), name)


def parts(name: str) -> list[str]:
    """Return the words of a name as they are compared, initials one by one, without “Jr.”.

    >>> parts("T.V. Soong"), parts("Amos J. Peaslee, Jr.")
    (['t', 'v', 'soong'], ['amos', 'j', 'peaslee'])
    """
    plain = unicodedata.normalize("NFKD", _SUFFIX.sub("", name))
    plain = fold("".join(sign for sign in plain if not unicodedata.combining(sign)))
    return re.findall(r"[\w'-]+", re.sub(r"(\w)\.", r"\1 ", plain))


def may_be(one: str, other: str) -> bool:
    """Say whether two full names may be those of one person: initials, a second forename, the order, the spelling.

    >>> may_be("Arthur W. Radford", "A. Radford"), may_be("Robert Johnson", "U. Alexis Johnson")
    (True, False)
    >>> may_be("Zedong Mao", "Mao Zedong"), may_be("Kang Ho-jun", "Kang Ho Chun"), may_be("John Smith", "Joan Smith")
    (True, True, False)
    """
    first, second = parts(one), parts(other)
    if len(first) < 2 or len(second) < 2:
        return False
    if first[-1] == second[-1] and _fit(first[:-1], second[:-1]):
        return True
    if sorted(first) == sorted(second) and all(len(part) > 1 for part in first):
        return True
    return spelt_alike(first, second)


def _fit(one: list[str], other: list[str]) -> bool:
    """Say whether the forenames of one stand in the same order among those of the other."""
    short, long = sorted((one, other), key=len)
    if short[0][0] != long[0][0] and len(short[0]) == 1:
        return False
    at = 0
    for part in short:
        while at < len(long) and not (part == long[at] or (1 in (len(part), len(long[at])) and part[0] == long[at][0])):
            at += 1
        at += 1
    return at <= len(long)


def spelt_alike(one: list[str], other: list[str]) -> bool:
    """Say whether two names have the same first or last word and the same sounds in the others."""
    if one[0] == other[0]:
        rest = "".join(one[1:]), "".join(other[1:])
    elif one[-1] == other[-1]:
        rest = "".join(one[:-1]), "".join(other[:-1])
    else:
        return False
    return min(map(len, rest)) >= 5 and skeleton(rest[0]) == skeleton(rest[1])


def like(one: str, other: str) -> bool:
    """Say whether two names look as if they were one in two romanisations, so that an editor should compare them.

    >>> like("Mao Tse-tung", "Mao Zedong"), like("Lossovskii", "Lozovsky"), like("Rossini", "Verdi")
    (True, True, False)
    """
    first, second = parts(one), parts(other)
    if not first or not second or first == second:
        return False
    if len(first) == 1 or len(second) == 1:
        return len(first) == len(second) and _sounds_like(first, second, 3)
    if first[0] == second[0]:
        return _sounds_like(first[1:], second[1:], 2)
    return first[-1] == second[-1] and len(first[0]) > 3 < len(second[0]) and _sounds_like(first[:-1], second[:-1], 2)


def marks(name: str) -> set[str]:
    """Return what two names have in common, at least one of it, if `may_be` or `like` holds: a word, or the sounds.

    >>> sorted(marks("Lozovski")), sorted(marks("John Smith"))
    (['lozovski', '~LaSaFSKa'], ['john', 'smith'])
    """
    words = parts(name)
    return {*words, f"~{_sounds(words)}"} if len(words) == 1 else set(words)


def _sounds(words: list[str]) -> str:
    return re.sub(r"(.)\1+", r"\1", skeleton("".join(words)).translate(_NEAR))


def _sounds_like(one: list[str], other: list[str], consonants: int) -> bool:
    """Say whether words have the same sounds where romanisations write ts and z, h and k for one another."""
    first, second = _sounds(one), _sounds(other)
    return first == second and len(first.replace("a", "")) >= consonants
