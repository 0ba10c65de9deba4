"""Takes a title such as “Letter from X to Y” and gives sender and addressee, and the ``correspDesc`` of both."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from tei_edition.encoding.dates import DateSpan
from tei_edition.tei import E


class Letter(NamedTuple):
    """Who wrote to whom; one of them may be missing."""

    sender: str
    addressee: str


_KIND = (
    r"(?:(?:Ciphered|Coded|Encrypted|Handwritten|Personal|Secret|Top Secret|Urgent)\s)*"
    r"(?:Telegrams?|Cables?|Letter|Note|Message|Dispatch|Despatch|Memorandum|Report)"
    r"(?:\s(?:[Nn]o\.?|[Nn]umber|#)\s?[\w/-]+)?"
)
_POSTS = (
    "Ambassador",
    "Envoy",
    "Representative",
    "Minister",
    "Delegate",
    "Adviser",
    "Advisor",
    "Delegation",
    "Mission",
)
_LINK = "".join(rf"(?<!\b{post})" for post in _POSTS) + r"\s[Tt]o\s"
"""The “to” of a letter; an ambassador to a country is not one."""
_FROM_TO = re.compile(rf"{_KIND},?\s[Ff]rom\s(?P<sender>.+?){_LINK}(?P<addressee>.+)")
_COMMA_TO = re.compile(rf"{_KIND}\s?[,:]\s(?P<sender>[^,:]+?){_LINK}(?P<addressee>.+)")
_FROM = re.compile(rf"{_KIND},?\s[Ff]rom\s(?P<sender>.+)")
_TO = re.compile(r"(?:Telegram|Cable|Letter|Note|Message|Dispatch|Despatch)\s[Tt]o\s(?P<addressee>.+)")
_SUBJECT = re.compile(
    r",?\s(?:on|about|concerning|regarding|re|with|containing|in\s[Rr]esponse|in\s[Rr]eply|for|of\s\d|dated)\s.*$|\s\(\d+\)$"
    r"|,\s\d{1,2}(?::\d\d)?\s[ap]\.m\..*$|,\s(?:\d{1,2}\s)?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b.*$",
    re.DOTALL,
)
_BODY = re.compile(
    r"\b(?:Embassy|Ministry|Government|Committee|Party|Council|Department|Office|Bureau|Secretariat|Command|Delegation"
    r"|Mission|Consulate|Legation|Agency|Presidium|Politburo|Union|Commission|Directorate|Division|Institute|CC|CPSU|MFA)\b"
)


def letter(title: str) -> Letter | None:
    """Return sender and addressee if a title names them in a fixed form, else None.

    >>> letter("Ciphered Telegram, Shtykov to Feng Xi (Stalin)")
    Letter(sender='Shtykov', addressee='Feng Xi (Stalin)')
    >>> letter("Note to the Soviet Ambassador in China")
    Letter(sender='', addressee='Soviet Ambassador in China')
    >>> letter("Notes of G. Dimitrov on a Phone Call from Stalin")
    """
    words = " ".join(title.split())
    for pattern in (_FROM_TO, _COMMA_TO, _FROM, _TO):
        match = pattern.fullmatch(words)
        if match:
            found = match.groupdict()
            ends = Letter(_bare(found.get("sender") or ""), _bare(found.get("addressee") or ""))
            return ends if any(ends) and all(len(end) <= 120 for end in ends) else None
    return None


def _bare(words: str) -> str:
    return _SUBJECT.sub("", words).strip(" ,.;").removeprefix("the ").removeprefix("The ")


def corresp_desc(found: Letter, date: DateSpan | None, *, certain: bool = False) -> etree._Element:
    """Return the ``correspDesc``; names from a title have ``cert="medium"``, since nobody looked at the document.

    ``certain`` says that the document itself names them, in lines such as “From: …”.

    TEI Guidelines, section 2.4.6, Correspondence Description.
    """
    node: etree._Element = E.correspDesc()
    if found.sender:
        sent = E.correspAction(_named(found.sender, certain=certain), type="sent")
        if date and date.attributes:
            sent.append(E.date(**date.attributes))
        node.append(sent)
    if found.addressee:
        node.append(E.correspAction(_named(found.addressee, certain=certain), type="received"))
    return node


def _named(words: str, *, certain: bool) -> etree._Element:
    make = E.orgName if _BODY.search(words) else E.persName
    node: etree._Element = make(words, **({} if certain else {"cert": "medium"}))
    return node
