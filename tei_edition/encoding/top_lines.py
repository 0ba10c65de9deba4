"""Takes the first lines of a document and says what each is: heading, number, dateline, place, secrecy, salutation.

A heading is believed by its form: a number and the name of a kind of document, or the one and the other correspondent,
in capitalised words. Lines above it, and what follows up to the first paragraph, belong to the opener.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_edition.encoding.letter_parts import RECEIVED, is_dateline, is_salute
from tei_edition.encoding.routing import are_routed, routing

_KIND = (
    r"(?:memorand(?:um|a)|telegram|letter|minutes|notes?|records?|summary|report|paper|message|despatch|dispatch|"
    r"circular|instructions?|airgram|transcript|statement|proceedings|aide-m[ée]moire|protocol|editorial note|"
    r"conversation|extracts?|draft|stenogram|log|diary|journal|resolution|directive|decision|treaty|agreement|speech)"
)
_NUMBERED = re.compile(rf"(?:\[?\d{{1,4}}\]?\.\s+|\[\d{{1,4}}\]\s+)(?:[^\W\d_a-z][\w’'-]*\s+){{0,4}}(?i:{_KIND})\b")
_NAMED = re.compile(
    rf"(?:[Ff]rom\s(?:the\s)?)?(?:[^\W\d_a-z][\w’'-]*\s+){{0,2}}(?i:{_KIND})\b"
    r"(?=\s(?i:of|by|from|to|on|for|between|with|no\.?\s?\d[\w/-]*\s*$)(?!\w)|\s*$)"
)
_SMALL = frozenset(
    "of the in to and for de von van at on by from with a an between during du la le al der den das und held "
    "p.m a.m noon midnight p m".split()
)
_TOKEN = re.compile(r"[^\W\d_][\w’'.-]*")
_NUMBER = re.compile(r"^[\[\d\].\s]+")
_SENTENCE = re.compile(r"[a-z]{3}[.;]\s|[?!:;]$")
_REFERENCE = re.compile(
    r"Cop(?:y|ies)\s(?:No\.?|#)?\s?[\d_]+(?:\sof\s\d+)?\.?|Series\s[“\"]?[A-Z][”\"]?|No\.\s?\d+[\w-]*\.?\]?|[^\W_a-z]?[\w.\s]{0,40}\d[\w.\s]*/[\w.½¼¾–/\s-]*(?::\s?(?:Telegram|Airgram|Despatch))?|"
    r"(?:Ref|Our ref|Your ref|File|Doc)\.?:?\s(?:No\.\s)?[\w./–-]*\d[\w./–-]*",
)
_SECRECY = re.compile(
    r"[(\[]?(?:(?:top|most|strictly|for|official|use|only|eyes|us|priority|urgent|niact|flash|immediate|plain|code|"
    r"secret|confidential|restricted|unclassified|classified|sensitive|nodis|exdis|limdis|personal|private|and|"
    r"cipher|ciphered|[;,/–—-])\s*){1,6}[)\]]?\.?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\[[^\W\d_a-z][^\[\]]{2,40}\]\.?")
_RECEIVED = re.compile(RECEIVED, re.IGNORECASE)
_ENCLOSURE = re.compile(
    r"\[(?:sub-?)?(?:enclosure|inclosure|attachment|annex|appendix)\b[^\[\]]{0,100}\]\.?|"
    r"(?:(?:sub)?enclosure|inclosure|attachment|annex|appendix|tab)(?:\s(?:no\.\s)?(?:\d{1,2}|[A-Z]|[IVX]+))?\.?",
    re.IGNORECASE,
)
_OFFICES = re.compile(
    r"\b(?:WHITE HOUSE|MINISTRY|DEPARTMENT|EMBASSY|LEGATION|CONSULATE|COMMITTEE|OFFICE|COUNCIL|AGENCY|COMMISSION|"
    r"BUREAU|MISSION|HEADQUARTERS|SECRETARIAT|DIRECTORATE|GOVERNMENT|REPUBLIC|UNION|ARMY|PARTY|MINISTERIUM|BOTSCHAFT|"
    r"MINISTÈRE|AMBASSADE|MINISTERIO|EMBAJADA|EMBAIXADA|МИНИСТЕРСТВО|ПОСОЛЬСТВО|КОМИТЕТ)\b"
)
"""What the head of an office's paper names."""
_ALONE = re.compile(
    r"(?:cipher(?:ed)? |code |service |personal )?(?:telegram|cable|cablegram|letter|memorandum|memo|note|circular|"
    r"despatch|dispatch|airgram|radiogram|message|telegramm|télégramme|telegrama|телеграмма|шифртелеграмма|письмо|записка)",
    re.IGNORECASE,
)
"""A kind of document that stands alone over lines of its way."""
_PLACE = re.compile(r"[^\W\d_a-z][^.!?;:]{2,70},")

_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
HOUR = re.compile(
    rf"(?:\d{{1,4}}\s?[-–—]+\s?)?(?:{_DAYS})\s?[-–—,]+\s?"
    r"(?P<hour>[01]\d|2[0-3])[.:]?(?P<minute>[0-5]\d)\s?(?P<unit>h(?:rs?|ours|s)?\b\.?)\s?[-–—]*",
    re.IGNORECASE,
)
"""The number, the weekday and the hour before the words of a telegram."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_TWO_DAYS = re.compile(
    r"(?:[A-Z]{2,3}/)?(?P<sent>\d\d)/(?P<received>\d\d)/(?P<month>[IVX]{1,4})/(?P<year>\d\d(?:\d\d)?)"
)
"""The days on which a telegram was sent and received, with the one month."""
_PRECEDENCE = re.compile(
    r"[-–—=*]{1,3}\s?(?:[A-Z]{2,9}|[A-Z]\s[A-Z]\s[A-Z])\s?[-–—=*]{1,3}|FLASH|CRITIC?|NIACT|IMMEDIATE"
)
_SENT = re.compile(
    r"(?:From|FROM)\s[^\W\d_a-z][^\n.,:;\d]{1,40}[.,;]\s*(?:Sent|SENT|Dispatched|Transmitted|Received)\b:?\s(?P<day>\S[^\n]*)"
)
"""“From Riverton. Sent 31.8.50 11:32”."""
_CAME = re.compile(
    r"(?:Received|RECEIVED|Arrived|Completed|Sent|SENT|Dispatched)(?:\s(?:at|on))?:?\s(?P<day>[^\n]{3,40})"
)

_DAY_HOUR = re.compile(
    r"\d{1,2}[./]\s?(?:\d{1,2}|[IVX]{1,4})(?:[./ ]{1,2}\d{2,4})?\.?,?\s+(?:at\s)?\d{1,2}[.:]\s?\d\d\.?"
)
"""A day and month in figures, perhaps the year, and the hour."""


def is_telegraphic(text: str) -> bool:
    """Say whether a line can stand in the head of a telegram only: its precedence, its days, its weekday and hour.

    >>> is_telegraphic("-FFF-"), is_telegraphic("12 – MONDAY – 0900hs – All is quiet"), is_telegraphic("- A -")
    (True, True, False)
    """
    return bool(HOUR.match(text) or two_days(text) or _PRECEDENCE.fullmatch(text) or _sent(text))


def two_days(text: str) -> re.Match[str] | None:
    """Return the parts of a line such as “ON/26/27/X/62”, the days sent and received of one month, or None."""
    found = _TWO_DAYS.fullmatch(text)
    real = found is not None and {int(found["sent"]), int(found["received"])} <= set(range(1, 32))
    return found if found and real and found["month"] in ROMAN else None


def _sent(text: str) -> bool:
    found = _SENT.fullmatch(text) or _CAME.fullmatch(text)
    return found is not None and (bool(_DAY_HOUR.fullmatch(found["day"])) or is_dateline(found["day"]))


def is_title(text: str) -> bool:
    """Say whether a line is a heading by its form alone.

    >>> is_title("149. Memorandum of Conversation"), is_title("1. The memorandum was read and approved by all.")
    (True, False)
    """
    if not (_NUMBERED.match(text) or (_NAMED.match(text) and len(text.split()) > 1)):
        return False
    bare = _NUMBER.sub("", text)
    return len(text.split()) <= 60 and not _SENTENCE.search(bare) and _capitalised(bare)


def is_correspondence(text: str) -> bool:
    """Say whether a line names who writes to whom, and nothing else.

    >>> is_correspondence("Mr. Harper to Mr. Lane."), is_correspondence("He went to Washington.")
    (True, False)
    """
    text = re.sub(r"^No\.\s\d+\.\s", "", text) if text.startswith("No.") else text
    return (
        4 <= len(text.split()) <= 40
        and bool(re.match(r"(?:The |[^\W\d_a-z])", text))
        and len(re.findall(r"\s(?:to|to the)\s", text)) >= 1
        and not _SENTENCE.search(re.sub(r"\b(?:Mr|Mrs|Dr|Capt|Gen|Col|Messrs|Esq)\. ", "", text))
        and not re.search(r"\d", text)
        and _capitalised(text)
        and not re.match(r"(?:He|She|It|They|We|I|This|That|There)\s", text)
    )


def _capitalised(text: str) -> bool:
    tokens = _TOKEN.findall(text)
    lower = [token for token in tokens if token[0].islower() and token.lower().rstrip(".") not in _SMALL]
    return bool(tokens) and not lower


def top(texts: Sequence[str]) -> tuple[list[str], int]:
    """Return what the first lines are, up to and with the heading, and how many of them there are: none, without one.

    The kinds are ``reference``, ``secrecy``, ``label`` and ``head``.
    """
    kinds: list[str] = []
    for index, text in enumerate(texts[:5]):
        follows = any(is_dateline(later, place=True) or is_place_line(later) for later in texts[index + 1 : index + 4])
        if index <= 1 and _ALONE.fullmatch(text) and are_routed(texts[index + 1 : index + 7]):
            return [*kinds, "head"], index + 1
        first_of_few = index <= 2 and len(texts) > index + 1
        if first_of_few and is_title(text) and (index == 0 or follows or (index == 1 and is_enclosure(texts[0]))):
            return [*kinds, "head"], index + 1
        if first_of_few and is_correspondence(text) and (follows or "reference" in kinds or len(text.split()) <= 8):
            return [*kinds, "head"], index + 1
        kind = line_kind(text)
        if kind not in ("reference", "secrecy", "label"):
            break
        kinds.append(kind)
    return [], 0


def is_letterhead(lines: Sequence[str], after: str) -> bool:
    """Say whether lines are the printed head of the paper: an office in capitals, above the words ``after`` them.

    >>> is_letterhead(["THE WHITE HOUSE", "WASHINGTON"], "MEMORANDUM OF CONVERSATION")
    True
    >>> is_letterhead(["THE FALL OF RIVERTON"], "May 3, 1921")
    False
    """
    capitals = all(
        line.isupper() and len(line.split()) <= 8 and not re.search(r"\d|[.,:;?!]$", line) and not is_title(line)
        and line_kind(line) is None
        for line in lines
    )  # fmt: skip
    follows = is_title(after) or line_kind(after) is not None
    return bool(lines) and capitals and follows and (is_title(after) or any(map(_OFFICES.search, lines)))


def is_enclosure(text: str) -> bool:
    """Say whether a line announces a document that is sent along with the one before it.

    >>> is_enclosure("[Enclosure 2 in No. 102.]"), is_enclosure("Enclosures were missing.")
    (True, False)
    """
    return bool(_ENCLOSURE.fullmatch(text))


def line_kind(text: str) -> str | None:
    """Return what a line of the opener is: dateline, received, place, reference, secrecy, label, salute; or None.

    Or what `routing` says of it.
    """
    if is_dateline(text, place=True):
        return "dateline"
    if two_days(text) or _sent(text):
        return "received" if _CAME.fullmatch(text) else "dateline"
    if (hour := HOUR.match(text)) and hour.end() == len(text):
        return "dateline"
    if _PRECEDENCE.fullmatch(text) and not _SECRECY.fullmatch(text):
        return "precedence"
    if told := routing(text):
        return "dateline" if told[0] == "date" and is_dateline(told[1]) else told[0]
    if _RECEIVED.fullmatch(text):
        return "received"
    if _REFERENCE.fullmatch(text) and len(text) <= 60:
        return "reference"
    if _SECRECY.fullmatch(text):
        return "secrecy"
    if _BRACKETED.fullmatch(text) or is_enclosure(text):
        return "label"
    if is_salute(text) and "“" not in text:
        return "salute"
    return "place" if is_place_line(text) else None


def is_place_line(text: str) -> bool:
    """Say whether a line is the first part of a dateline: capitalised words that end in a comma.

    >>> is_place_line("Department of State,"), is_place_line("When we met, he said,")
    (True, False)
    """
    return bool(_PLACE.fullmatch(text)) and len(text.split()) <= 9 and _capitalised(text) and not is_salute(text)
