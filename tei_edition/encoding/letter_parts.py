"""Takes a block and says which part of a letter or telegram it is: dateline, salutation, close, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tei_edition.encoding.dates import dates
from tei_edition.encoding.names import Register

_SALUTE = re.compile(
    r"[“\"‘]?(?:(?:my )?dear(?:est)?|esteemed|respected|honou?red|your excellency|excellency|gentlemen|sirs?|madam|"
    r"(?:to )?(?:cde|comr|com|comrade)s?)\b.{0,80}[,:!.]?$|"
    r"(?:(?:sehr )?(?:geehrte|verehrte|liebe)[rs]?|monsieur|messieurs|madame|mon cher|ma chère|excellence|exzellenz|"
    r"(?:muy )?señor(?:es|a)?|estimad[oa]s?|excelentísimo|exmo|senhor|egregio|gentile|eccellenza|szanown\w+|"
    r"vážen\w+|(?:глубоко|много)?уважаем\w+|дорог(?:ой|ая|ие)|господин\w*|товарищ\w*)\b.{0,80}[,:!]$",
    re.IGNORECASE,
)
_VALEDICTION = re.compile(
    r"accept\b|i (?:am|have the honou?r|remain)\b|i have, etc|"
    r"(?:very |most )?(?:sincerely|respectfully|truly|faithfully)\b|"
    r"yours\b|with (?:\w+ ){0,3}(?:greetings|regards|respect|wishes)\b|(?:best|kind) (?:regards|wishes)\b|"
    r"veuillez (?:agréer|recevoir|croire|accepter)\b|(?:agréez|recevez), |cordialement\b|respectueusement\b|"
    r"(?:mit|in) (?:\w+ ){0,3}(?:grüßen|grüssen|gruß|gruss|hochachtung)\b|hochachtungsvoll\b|ihr (?:sehr )?ergebener\b|"
    r"с (?:\w+ ){0,3}(?:приветом|уважением|почтением)\b|(?:muy )?atentamente\b|reciba\b|aceite\b|atenciosamente\b|"
    r"distinti saluti\b|con (?:\w+ ){0,2}(?:osservanza|stima)\b|z (?:\w+ ){0,2}(?:poważaniem|szacunkiem)\b|"
    r"please accept\b|your (?:\w+ ){0,3}(?:sister|brother|friend|servant|son|daughter|father|mother|wife|husband)\b",
    re.IGNORECASE,
)
_TRANSMISSION = re.compile(
    r"(?:received|sent|transmitted|dispatched|delivered|passed)\s+(?:via|by|on|at|over|through)\b(?!.*\.$)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:done|signed|adopted|given|concluded|executed)\s(?:at|in|on|this|under)\b|in\s(?:witness|faith|testimony)\s(?:whereof|of)\b",
    re.IGNORECASE,
)
"""The words that end a treaty: where and when it was made, and that those named below sign it."""
_DATE_WORDS = re.compile(
    r"[\s,;–—-]*(?:date|dated|on|at|the|of|from|to|until|time|place|(?:noon|midnight)[-–]\d{1,2}(?::\d\d)?\s?[ap]\.\s?m\.?|noon|midnight|\d{3,4}Z)?[\s:;,.()–—-]*",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?<=\w),?\s(?:le|den|am|el|il|a|em)$")
"""What stands between place and day in other languages."""
_OF_YEAR = re.compile(r"^(?:г(?:ода|\.)?|r\.|año|de)(?=\W|$)")
RECEIVED = r"[(\[](?:received|rec[’']d|arrived)\b[^()\[\]]{0,50}(?:\(\?\))?[)\]][\s.]*"
"""The words that say when a message came in."""
_RECEIVED = re.compile(rf"[\s,]*{RECEIVED}", re.IGNORECASE)
_PLACE_WORDS = re.compile(
    r"[^\W\d_a-z][\w'’.-]*(?:,?\s(?:[^\W\d_a-z][\w'’.-]*|of|on|the|am|an|der|sur|de|del|la|do|da)){0,5},?"
)
MARKED = r"(?:\(\s?(?:sd|sgd|signed)\.?/?\s?\)|/\s?(?:s|sd|sgd|signed)\.?\s?/|(?:sd|sgd|signed)\s?[:/]|"
MARKED += r"(?:signé|firmado|firmato|assinado|подписал|подпись|podpisano)\s?:|gez\.(?=\s))[.:]?"
"""What stands for a signature in a copy, before the name."""
MARK = re.compile(rf"(?P<mark>{MARKED})(?:\s*[,:]?\s*(?P<name>\S[^\n]{{0,70}}(?:\n[^\n]{{3,60}})?))?", re.IGNORECASE)
SPACED = re.compile(r"(?:[^\W\d_a-z][ \u00a0]{1,2}){3,}[^\W\d_a-z]\.?")
"""A name of which the letters stand apart."""
_CODE = re.compile(r"(?:[A-Z]{0,3}[-–]?\d{5,8}|(?:No|Nr)\.\s?\d[\w/-]*)\.?")
_TYPIST = re.compile(
    r"[a-z]{2,3}|[A-Z]{2,4}[/:][a-z]{2,4}|(?:typed|printed|copied|deciphered|encoded|enciphered|decoded|made|executed)\s"
    r"(?:in|by|on)\b[^\n]{1,80}",
    re.IGNORECASE,
)
_SMALL = ("of", "the", "in", "to", "and", "for", "de", "von", "van")


def is_salute(text: str) -> bool:
    """Say whether a block addresses somebody.

    >>> is_salute("Dear Mr. Minister,"), is_salute("Dear me, what a day it was when we left, and how it rained. We")
    (True, False)
    """
    return bool(_SALUTE.fullmatch(text)) and len(text.split()) <= 10


@lru_cache(maxsize=4096)
def is_dateline(text: str, *, place: bool = False) -> bool:
    """Say whether a block is nothing but dates and times with the words that go with them, and a place if wanted.

    >>> is_dateline("10 August, 1945 9:00 - 11:30 p.m."), is_dateline("Riverside Farm, 3 March 1921", place=True)
    (True, True)
    """
    text = _RECEIVED.sub("", text) if place else text
    found = dates(text, years=True) if len(text) <= 110 else []
    if not found:
        return False
    rest, at = [], 0
    for item in found:
        rest.append(text[at : item.start].strip())
        at = item.end
    rest.append(text[at:].strip())
    rest[0] = _ARTICLE.sub(",", rest[0])
    rest[-1] = _OF_YEAR.sub("", rest[-1])
    if (
        place
        and re.search(r"\s?,$", rest[0])
        and all(_PLACE_WORDS.fullmatch(part.strip()) for part in rest[0].rstrip(" ,").split(","))
    ):
        rest[0] = ""
    return all(_DATE_WORDS.fullmatch(piece) for piece in rest)


def closing(texts: Sequence[str], index: int, register: Register) -> str | None:
    """Return what a block near the end of a document is: dateline, transmission, attestation, salute, signed."""
    text = texts[index]
    before = texts[index - 1] if index else ""
    if is_dateline(text, place=True):
        return "dateline"
    if SPACED.fullmatch(text) or MARK.fullmatch(text) or dated_name(text):
        return "signed"
    if (mark := MARK.fullmatch(before)) and not mark["name"] and is_name(text):
        return "signed"
    if is_cable_code(text):
        return "code"
    if is_typist(text):
        return "typist"
    if _TRANSMISSION.match(text) and len(text.split()) <= 14:
        return "transmission"
    if _DONE.match(text) and len(text.split()) <= 60:
        return "attestation"
    if is_valediction(text) and len(text.split()) <= 25:
        return "salute"
    short = len(text.split()) <= 5 and text[:1].isupper() and not re.search(r"[.:;?,]$", text)
    if is_signature(text, register) or (short and is_valediction(before) and before.endswith(",")):
        return "signed"
    return None


def is_cable_code(text: str) -> bool:
    """Say whether a line is a number under a telegram: five digits or more, or “No.” and a number."""
    return bool(_CODE.fullmatch(text)) and not re.fullmatch(r"(?:1[5-9]|20)\d\d", text)


def is_typist(text: str) -> bool:
    """Say whether a line tells who typed a document, in words or by initials alone.

    >>> is_typist("ab"), is_typist("Typed by Miller"), is_typist("Ab")
    (True, True, False)
    """
    return bool(_TYPIST.fullmatch(text)) and (len(text.split()) > 1 or text.islower() or "/" in text or ":" in text)


def is_below(text: str) -> bool:
    """Say whether a line can stand under a signature: a date, a number, who typed it, how it was sent."""
    return is_dateline(text, place=True) or is_cable_code(text) or is_typist(text) or bool(_TRANSMISSION.match(text))


def is_name(text: str) -> bool:
    """Say whether a line is some capitalised words and no sentence, perhaps with an office under them."""
    first = text.split("\n")[0]
    words = re.findall(r"[^\W\d_][\w'’-]*", first)
    return 0 < len(words) <= 7 and all(word[0].isupper() or word in _SMALL for word in words) and "\n\n" not in text


def dated_name(text: str) -> int | None:
    """Return the offset at which a name follows a date on its line, or the date a name; None where it is no such line.

    >>> dated_name("24.III.50 Miller"), dated_name("Miller, 3 March 1921"), dated_name("In 1921 Miller")
    (10, None, None)
    """
    found = [item for item in dates(text) if item.kind == "date"] if len(text) <= 60 and "\n" not in text else []
    if len(found) != 1:
        return None
    start, end = found[0].start, found[0].end
    before, after = text[:start].strip(" ,"), text[end:].strip(" ,")
    name = re.compile(r"(?:[^\W\d_a-z]\.\s?){0,3}[^\W\d_a-z][\w'’-]+\.?(?:\s[^\W\d_a-z][\w'’-]+\.?)?")
    if not before and name.fullmatch(after):
        return end + len(text[end:]) - len(text[end:].lstrip(" ,"))
    return start if not after.strip(".") and name.fullmatch(before) and _numbered(text[start:end]) else None


def _numbered(text: str) -> bool:
    """Say whether a date is written in figures alone, so that the words before it are no place."""
    return bool(re.fullmatch(r"[\dIVX./ -]+", text))


def is_valediction(text: str) -> bool:
    """Say whether a block begins a courtesy formula."""
    return bool(_VALEDICTION.match(text))


def is_signature(text: str, register: Register) -> bool:
    """Say whether a block is a name with an office: short, capitalised, no sentence."""
    tokens = re.findall(r"[^\W\d_][\w'’.\[\]-]*", text)
    if not 1 <= len(tokens) <= 16 or re.search(r"[a-z]{3}[.:;!?,]$", text) or not text[:1].isupper():
        return False
    if any(token[0].islower() and token not in _SMALL for token in tokens):
        return False
    if text.isupper() and len(tokens) <= 4 and len(text) > 3:
        return True
    plain = re.sub(r"[\[\]]", "", text)
    return bool(list(register.find(plain))) or bool(re.search(r"\b[A-Z]\.\s?[A-Z]|\(signed\)|\bSigned\b", plain))
