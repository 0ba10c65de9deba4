"""Takes two names and says whether they are one name in two spellings, without knowing who bears it.

Romanisations of one name keep its consonants by class (p and b, t and d, k and g, ch and zh …) and the order of its
syllables; vowels, hyphens and blanks they write as they please.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

_CLASSES = (
    ("[’'`ʹʺ]", ""), ("shch", "S"), ("tsch|tch|tsz|tz|ts|cs|cz", "C"), ("sch|sh|hs|sz", "S"),
    ("zh|ch|dzh|dj|j(?=[aeiou])|q|x", "C"),
    ("kh|gh", "K"), ("ph", "F"), ("th", "T"), ("[pb]", "P"), ("[td]", "T"), ("[kgc]", "K"), ("[fvw]", "F"),
    ("[sz]", "S"), ("[rl]", "L"), ("ng|[nm]", "N"), ("h", "H"), ("[aeiouyj]+", "a"),
)  # fmt: skip
_OLD_SPELLING = re.compile(r"(?:k|ts|hs|s)(?=i)")
_PALATAL = re.compile(r"[jqx](?=[iu])|ch(?=i)")
"""What pinyin writes j, q and x before i stands as k, ts, hs or s in the spelling of the Chinese post: Sinkiang."""
_NEAR = str.maketrans({"C": "S", "H": "K"})


def skeleton(name: str) -> str:
    """Return a name as classes of sounds.

    >>> skeleton("Kang Ho-jun") == skeleton("Kang Ho Chun")
    True
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    plain = re.sub(r"[\s.-]+", "", plain).replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ı", "i")
    for pattern, sound in _CLASSES:
        plain = re.sub(pattern, sound, plain)
    return plain


def resembles(one: str, other: str) -> bool:
    """Say whether two names, of one word or more, are so alike that they may be one.

    >>> resembles("Mao Tse-tung", "Mao Zedong"), resembles("Rossini", "Verdi")
    (True, False)
    """
    return likeness(one, other) >= 0.75 and one.casefold() != other.casefold()


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1; names that begin with another sound are not alike."""
    if _OLD_SPELLING.search(one.lower()) and _PALATAL.search(other.lower()):
        one = _OLD_SPELLING.sub("q", one.lower())
    elif _OLD_SPELLING.search(other.lower()) and _PALATAL.search(one.lower()):
        other = _OLD_SPELLING.sub("q", other.lower())
    first, second = skeleton(one), skeleton(other)
    if min(len(first.replace("a", "")), len(second.replace("a", ""))) < 2:
        return 0
    near = first.translate(_NEAR), second.translate(_NEAR)
    if near[0][0] != near[1][0]:
        return 0
    bare = near[0].replace("a", ""), near[1].replace("a", "")
    whole = SequenceMatcher(None, *near, autojunk=False).ratio()
    sounds = SequenceMatcher(None, *bare, autojunk=False).ratio()
    return (whole + 2 * sounds) / 3


def initials_resemble(text: str, content: str) -> bool:
    """Say whether initials with a surname may be a name written out with the surname first.

    >>> initials_resemble("T.C. Lao", "Lao Tingchen")
    True
    """
    found = re.fullmatch(r"((?:[^\W\d_a-z]\.[\s-]?){1,3})\s*([^\W\d_a-z][\w'’-]+)", text)
    parts = content.split()
    if not found or not 2 <= len(parts) <= 3:
        return False
    letters = re.findall(r"[^\W\d_]", found[1])
    for surname, given in ((parts[0], parts[1:]), (parts[-1], parts[:-1])):
        alike = surname == found[2] or likeness(surname, found[2]) >= 0.8 or _short(surname, found[2])
        if alike and given[0][0].casefold() == letters[0].casefold():
            return True
    return False


def _short(one: str, other: str) -> bool:
    return skeleton(one) == skeleton(other)
