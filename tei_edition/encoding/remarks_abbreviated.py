"""Recognises brackets that write out an abbreviation, or give the abbreviation of what stands before."""

from __future__ import annotations

import re
import unicodedata

from tei_edition.encoding.bracket import INFO, Bracket, Remark
from tei_edition.encoding.desk import Desk

_SMALL = frozenset("of the and for in on to de la du des do da dos e y et und der die das a an &".split())
_FUNCTION = _SMALL | frozenset("at by to as it is he we or was had has but are not if so no up out did may can".split())
_TITLED = re.compile(
    r"(?:comrade|cde\.|mr\.|mrs\.|dr\.|gen\.|president|premier|minister|ambassador|marshal|general)\b", re.I
)
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
STATES = {
    "USSR": "Soviet Union", "US": "United States", "USA": "United States|America",
    "UK": "United Kingdom|Britain|Great Britain",
    "PRC": "China|People's China|Communist China", "ROC": "Taiwan|Nationalist China", "GDR": "East Germany",
    "FRG": "West Germany", "DPRK": "North Korea", "ROK": "South Korea", "DRV": "North Vietnam", "RVN": "South Vietnam",
    "UN": "United Nations Organization", "SU": "USSR", "CSSR": "Czechoslovakia", "ČSSR": "Czechoslovakia",
}  # fmt: skip
"""Abbreviated names of states whose usual name has other initials."""


def abbreviates(short: str, phrase: str) -> bool:
    """Say whether letters are the initials of a phrase, or letters of its one word.

    >>> abbreviates("ÖBB", "Österreichische Bundesbahnen"), abbreviates("ZK", "Council")
    (True, False)
    """
    letters = _plain(short)
    words = [word for word in re.findall(r"[^\W\d_][\w'’]*", _plain(phrase)) if word]
    counted = [word for word in words if word not in _SMALL]
    if not counted or len(letters) < 1 or len(letters) >= len("".join(words)):
        return False
    initials = "".join(word[0] for word in counted)
    if letters in (initials, "".join(word[0] for word in words)):
        return True
    if letters[0] != counted[0][0] or not _within(letters, "".join(counted)):
        return False
    return len(counted) == 1 or _within(initials, letters)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).replace(".", "").lower()


def _within(letters: str, text: str) -> bool:
    signs = iter(text)
    return all(letter in signs for letter in letters)


def abbreviation(b: Bracket, desk: Desk) -> Remark | None:
    """An abbreviation before the bracket, and in it what it stands for."""
    found = re.search(
        r"(?<![\w.’'-])((?:[^\W\d_a-z]\.?){2,7}s?|[^\W\d_a-z]\.?|[^\W\d_][^\W\d_]{0,4}\.|"
        r"(?:[^\W\d_]\.){2,5}|(?<=\d )[a-z]{1,3})\s+$",
        b.left,
    )
    content = b.content.strip()
    if not found or not re.fullmatch(r"[^\W\d_].*", content, re.DOTALL) or content.endswith((".", "?", "!")):
        return None
    if found[1] in ("A", "I", "O") or (found[1].islower() and found[1] in _FUNCTION):
        return None
    short, first = found[1], re.split(r"\s*[;=]\s*", content)[0]
    if not abbreviates(short.rstrip("s"), first) and abbreviates(short.rstrip("s"), first.partition(",")[0]):
        first = first.partition(",")[0]
    capitals = bool(re.fullmatch(r"(?:[^\W\d_a-z]\.?){2,7}s?|(?:[^\W\d_]\.){2,5}", short))
    two = re.search(rf"(?<![\w.])([^\W\d_a-z]{{2,6}}\s+{re.escape(short)})\s+$", b.left)
    if two and abbreviates(two[1].replace(" ", ""), content):
        return Remark(kind="expansion", start=two.start(1), end=two.end(1))
    parts = None
    if first != content:
        at = b.start + 1 + b.content.index(content) + len(first)
        parts = (at, at + len(re.match(r"[\s;,=]*", b.text[at : b.end])[0]))  # type: ignore[index]
    if capitals and abbreviates(short.rstrip("s"), first) and first[0].isupper() == short[0].isupper():
        return Remark(kind="expansion", start=found.start(1), end=found.end(1), parts=parts)
    if capitals and abbreviates(short, content) and len(content.split()) > 1:
        return Remark(kind="expansion", start=found.start(1), end=found.end(1))
    single = re.fullmatch(r"[^\W\d_][^\W\d_]+", content)
    if not capitals and single and abbreviates(short, content) and short[0].isupper() == content[0].isupper():
        return Remark(kind="expansion", start=found.start(1), end=found.end(1))
    several = re.fullmatch(r"[^\W\d_a-z][\w'’-]*[a-z][\w'’-]*(?:,?\s+[\w'’-]+){1,7}", first)
    shouted = re.search(r"[^\W\d_a-z]{2,}\s+$", b.text[: found.start(1)])
    if (
        len(short) > 1
        and capitals
        and several
        and not shouted
        and not _ROMAN.fullmatch(short)
        and not _TITLED.match(first)
    ):
        return Remark(
            kind="expansion", start=found.start(1), end=found.end(1), parts=parts, rule="abbreviation-unmatched",
            message=f"“[{content}]” is taken as what “{short}” stands for, though the letters do not agree.",
        )  # fmt: skip
    return None


def telegraphic(b: Bracket, desk: Desk) -> Remark | None:
    """A word of cable language before the bracket, and in it the words it is made of: “memcon”, “FonMin”, “EmbTel”."""
    found = re.search(r"(?<![\w'’-])([A-Z]?[a-z]+(?:[A-Z][a-z]+)+|[A-Za-z][a-z]{3,9})\s+$", b.left)
    meant = [word for word in re.findall(r"[^\W\d_][\w'’]*", b.content) if word.lower() not in _SMALL]
    if not found or not 2 <= len(meant) <= 4 or found[1].lower() in b.content.lower().split():
        return None
    humps = re.findall(r"[A-Z]?[a-z]+", found[1])
    made = len(humps) == len(meant) and all(
        hump[0].lower() == word[0].lower() and _within(hump.lower(), word.lower())
        for hump, word in zip(humps, meant, strict=True)
    )
    if not (len(humps) > 1 and made) and not _in_heads(found[1].lower(), [word.lower() for word in meant]):
        return None
    return Remark(kind="expansion", start=found.start(1), end=found.end(1))


def _in_heads(short: str, words: list[str]) -> bool:
    """Say whether letters are the heads of some words, of two letters or more each, in their order.

    >>> _in_heads("memcon", ["memorandum", "conversation"]), _in_heads("report", ["recent", "port"])
    (True, False)
    """
    if not words:
        return not short
    first, rest = words[0], words[1:]
    return any(
        short.startswith(first[:length]) and _in_heads(short[length:], rest)
        for length in range(2, min(len(first) - 1, len(short)) + 1)
    )


def abbreviation_given(b: Bracket, desk: Desk) -> Remark | None:
    """A name before the bracket, and in it the abbreviation."""
    short = b.content.strip()
    if not re.fullmatch(r"(?:[^\W\d_a-z]\.?){2,7}s?|[^\W\d_a-z][^\W\d_]*[^\W\d_a-z]", short) or " " in short:
        return None
    start = named_before(b.left, short)
    if start is None:
        return None
    return Remark(kind="abbreviation", start=start, end=len(b.left.rstrip()))


def named_before(left: str, short: str) -> int | None:
    """Return where the name begins, at the end of a text, that some letters abbreviate."""
    words = list(re.finditer(r"[^\s()\[\]“”\",;:.]+", left.rstrip()))[-9:]
    if not words or words[-1].end() != len(left.rstrip()):
        return None
    for count in range(2, len(words) + 1):
        start = words[-count].start()
        phrase = left[start:].strip()
        if re.search(r"[,;:.()\[\]]", phrase):
            break
        first = words[-count][0]
        if first[0].isupper() and first.lower() not in _SMALL and abbreviates(short, phrase.replace("-", " ")):
            return start
    names = (name for name in STATES.get(short, "").split("|") if name and left.rstrip().endswith(name))
    return next((len(left.rstrip()) - len(name) for name in names), None)


def initials(b: Bracket, desk: Desk) -> Remark | None:
    """Initials before the bracket, and in it the names; a surname may follow them."""
    found = re.search(r"(?<!\w)((?:[^\W\d_a-z]\.[\s-]?){1,3})\s*$", b.left)
    names = list(re.finditer(r"[^\W\d_a-z][\w'’-]+", b.content))
    if not found or not names or re.sub(r"[\s]", "", b.content) != "".join(name[0] for name in names):
        return None
    letters = re.findall(r"[^\W\d_]", found[1])
    if [name[0][0] for name in names[: len(letters)]] != letters or len(names) not in (len(letters), len(letters) + 1):
        return None
    start, end = found.start(1), len(found[1].rstrip()) + found.start(1)
    if len(names) == len(letters):
        return Remark(kind="expansion", start=start, end=end)
    at = b.start + 1
    parts = (at + names[-2].end(), at + names[-1].start())
    return Remark(
        kind="expansion", start=start, end=end, parts=parts, attributes={"rest": "name-completion"},
        rule="bracket-compound", severity=INFO,
        message=f"“[{b.content}]” writes out the initials and adds the surname; it is encoded in two parts.",
    )  # fmt: skip
