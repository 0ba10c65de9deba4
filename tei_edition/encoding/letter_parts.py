"""Takes a block and says which part of a letter or telegram it is: dateline, salutation, close, signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_edition.encoding.dates import dates
from tei_edition.encoding.names import Register

_SALUTE = re.compile(
    r"[“\"‘]?(?:(?:my )?dear(?:est)?|esteemed|respected|honou?red|your excellency|excellency|gentlemen|sirs?|madam|"
    r"(?:to )?(?:cde|comr|com|comrade)s?)\b.{0,80}[,:!.]?$",
    re.IGNORECASE,
)
_VALEDICTION = re.compile(
    r"accept\b|i (?:am|have the honou?r|remain)\b|i have, etc|"
    r"(?:very |most )?(?:sincerely|respectfully|truly|faithfully)\b|"
    r"yours\b|with (?:\w+ ){0,3}(?:greetings|regards|respect|wishes)\b|(?:best|kind) (?:regards|wishes)\b|"
    r"please accept\b|your (?:\w+ ){0,3}(?:sister|brother|friend|servant|son|daughter|father|mother|wife|husband)\b",
    re.IGNORECASE,
)
_TRANSMISSION = re.compile(
    r"(?:received|sent|transmitted|dispatched|delivered|passed)\s+(?:via|by|on|at|over|through)\b(?!.*\.$)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"[\s,;–—-]*(?:date|dated|on|at|the|of|from|to|until|time|place|(?:noon|midnight)[-–]\d{1,2}(?::\d\d)?\s?[ap]\.\s?m\.?|noon|midnight|\d{3,4}Z)?[\s:;,.()–—-]*",
    re.IGNORECASE,
)
RECEIVED = r"[(\[](?:received|rec[’']d|arrived)\b[^()\[\]]{0,50}(?:\(\?\))?[)\]][\s.]*"
"""The words that say when a message came in."""
_RECEIVED = re.compile(rf"[\s,]*{RECEIVED}", re.IGNORECASE)
_PLACE_WORDS = re.compile(
    r"[^\W\d_a-z][\w'’.-]*(?:,?\s(?:[^\W\d_a-z][\w'’.-]*|of|on|the|am|an|der|sur|de|del|la|do|da)){0,5},?"
)
_SMALL = ("of", "the", "in", "to", "and", "for", "de", "von", "van")


def is_salute(text: str) -> bool:
    """Say whether a block addresses somebody.

    >>> is_salute("Dear Mr. Minister,"), is_salute("Dear me, what a day it was when we left, and how it rained. We")
    (True, False)
    """
    return bool(_SALUTE.fullmatch(text)) and len(text.split()) <= 10


def is_dateline(text: str, *, place: bool = False) -> bool:
    """Say whether a block is nothing but dates and times with the words that go with them, and a place if wanted.

    >>> is_dateline("10 August, 1945 9:00 - 11:30 p.m."), is_dateline("Riverside Farm, 3 March 1921", place=True)
    (True, True)
    """
    text = _RECEIVED.sub("", text) if place else text
    found = dates(text, years=True)
    if not found or len(text) > 110:
        return False
    rest, at = [], 0
    for item in found:
        rest.append(text[at : item.start].strip())
        at = item.end
    rest.append(text[at:].strip())
    if (
        place
        and re.search(r"\s?,$", rest[0])
        and all(_PLACE_WORDS.fullmatch(part.strip()) for part in rest[0].rstrip(" ,").split(","))
    ):
        rest[0] = ""
    return all(_DATE_WORDS.fullmatch(piece) for piece in rest)


def closing(texts: Sequence[str], index: int, register: Register) -> str | None:
    """Return what a block near the end of a document is: dateline, transmission, salute, signed; or None."""
    text = texts[index]
    before = texts[index - 1] if index else ""
    if is_dateline(text, place=True):
        return "dateline"
    if _TRANSMISSION.match(text) and len(text.split()) <= 14:
        return "transmission"
    if is_valediction(text) and len(text.split()) <= 25:
        return "salute"
    short = len(text.split()) <= 5 and text[:1].isupper() and not re.search(r"[.:;?,]$", text)
    if is_signature(text, register) or (short and is_valediction(before) and before.endswith(",")):
        return "signed"
    return None


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
