"""Takes the sentences that say who did what for a page, and citations; gives names, roles and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from tei_edition.encoding.archives import Shelfmark, is_prose, shelfmarks
from tei_edition.encoding.dates import DateSpan, dates


@dataclass(frozen=True, slots=True)
class Name:
    """A person or body that a sentence credits."""

    text: str
    start: int
    end: int
    element: str = "persName"
    """``persName`` or ``orgName``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit:
    """One role and those who had it, as a sentence says."""

    role: str
    """Becomes the ``xml:id`` of the ``respStmt``: contributor, translator, obtained, compiler …"""
    resp: str
    """The words of the page, such as “translated by”."""
    names: tuple[Name, ...]
    start: int
    end: int


ROLES = {
    "translat": "translator",
    "contribut": "contributor",
    "provided": "contributor",
    "donated": "contributor",
    "obtained": "obtained",
    "from the": "obtained",
    "compiled": "compiler",
    "transcribed": "transcriber",
    "edited": "source-editors",
    "annotated": "source-editors",
    "introduc": "source-editors",
    "selected": "source-editors",
    "prepared": "source-editors",
}
"""The role of each verb; when a phrase has two (“Obtained and translated by”), the first of this list holds."""

_VERB = (
    "[Tt]ranslat(?:ed|ion)|[Cc]ontributed|[Pp]rovided|[Dd]onated|[Oo]btained|[Cc]ompiled|[Tt]ranscribed|[Ee]dited"
    "|[Aa]nnotated|[Ii]ntroduc(?:ed|tion)|[Ss]elected|[Pp]repared"
)
_PHRASE = re.compile(
    rf"\b(?P<resp>(?:{_VERB})(?:(?:,\s|,?\s(?:and|&)\s)(?:{_VERB})){{0,3}}(?:\s(?:for|from)\s[^.,;()]{{1,40}}?)?\sby)\s+"
)
_FROM = re.compile(r"\b(?P<resp>[Ff]rom the)\s+(?P<name>[A-Z][\w&.’'-]*(?:\s[A-Z][\w&.’'-]*){0,5}\sArchives?)\b")
_PARTICLE = r"(?:de|da|do|dos|del|della|di|van|von|der|den|la|le|al|el|bin|ibn|ben|of|the|for|zu|y)"
_WORD = r"(?:[^\W\d_a-zß-öø-ÿ]\.-?)+|[^\W\d_a-zß-öø-ÿ][\w'’&-]*|&"
_NAME = re.compile(
    rf"(?:the\s)?(?!(?:{_VERB})\b)(?:{_WORD})(?:\s?(?!(?:{_VERB})\b)(?:{_WORD})|\s{_PARTICLE}(?=\s)|,?\s[JS]r\.)*"
)
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&|with)\s+")
_BODY = re.compile(
    r"\b(?:Archives?|Project|Program(?:me)?|Institut\w*|Cent(?:er|re)|University|Embassy|Ministry|Agency|Service|Library"
    r"|Foundation|Department|Committee|Society|Academy|FBIS|Museum)\b|^(?:the )?[A-Z]{3,}$"
)


def credits(text: str) -> list[Credit]:
    """Return who did what, in the order of the text.

    >>> [(credit.role, credit.resp, [name.text for name in credit.names]) for credit in
    ...  credits("Contributed by Sergey Radchenko and translated by Gary Goldberg.")]
    [('contributor', 'Contributed by', ['Sergey Radchenko']), ('translator', 'translated by', ['Gary Goldberg'])]
    >>> [name.text for name in credits("compiled by V. N. Malin. Published in CWIHP Bulletin 8-9")[0].names]
    ['V. N. Malin']
    """
    found: list[Credit] = []
    for match in _PHRASE.finditer(text):
        names = _names(text, match.end())
        if names:
            found.append(_credit(match, names))
    for match in _FROM.finditer(text):
        if not any(credit.start <= match.start() < credit.end for credit in found):
            found.append(_credit(match, [Name(match["name"], *match.span("name"), "orgName")]))
    return sorted(found, key=lambda credit: credit.start)


def _credit(match: re.Match[str], names: list[Name]) -> Credit:
    words = match["resp"].lower()
    role = next((role for verb, role in ROLES.items() if verb in words), "contributor")
    return Credit(role=role, resp=match["resp"], names=tuple(names), start=match.start(), end=names[-1].end)


def _names(text: str, start: int) -> list[Name]:
    names: list[Name] = []
    place = start
    while match := _NAME.match(text, place):
        words = match[0].removeprefix("the ")
        kind = "orgName" if _BODY.search(words) else "persName"
        names.append(Name(words, match.end() - len(words), match.end(), kind))
        link = _AND.match(text, match.end())
        if link is None:
            break
        place = link.end()
    return names


@dataclass(frozen=True, kw_only=True)
class Citation:
    """An archive's citation taken apart; every part has its place in the text."""

    text: str
    title: tuple[int, int] | None = None
    """The title without quotation marks and the comma before the last of them."""
    date: DateSpan | None = None
    publisher: tuple[int, int] | None = None
    shelfmarks: tuple[Shelfmark, ...] = ()
    credits: tuple[Credit, ...] = ()
    uris: tuple[tuple[int, int], ...] = ()

    def words(self, place: tuple[int, int] | None) -> str:
        """Return the words at a place, or nothing."""
        return self.text[place[0] : place[1]] if place else ""


_URI = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;)]")
_QUOTED = re.compile(r"\s*[\"“](?P<title>.+?),?[\"”],?(?=\s|$)", re.DOTALL)
_SITE = re.compile(r"\b(?:Digital Archive|Program|Project|Online|Digital Library)\b")
_PUBLISHED = re.compile(r"\.\s+Published\b")


def read_citation(text: str) -> Citation:
    """Return the parts of a citation: “Title,” date, publisher, archive reference. Credits. Address.

    >>> parts = read_citation('"A Note," May 14, 1950, Wilson Center Digital Archive, APRF, f. 45, op. 1. <https://e.org/1>')
    >>> parts.words(parts.title), parts.date.attributes, parts.words(parts.publisher), parts.shelfmarks[0].text
    ('A Note', {'when': '1950-05-14'}, 'Wilson Center Digital Archive', 'APRF, f. 45, op. 1')
    """
    uris = tuple(match.span() for match in _URI.finditer(text))
    if is_prose(text) and not text.lstrip().startswith(('"', "“")):
        return Citation(text=text, shelfmarks=tuple(shelfmarks(text)), uris=uris)
    named = tuple(credits(text))
    title, date = _opening(text)
    place = date.end if date else title.end() if title else 0
    publisher = None
    comma = re.compile(r"[\s,]*([^,]+)").match(text, place)
    if comma and (title or date) and _SITE.search(comma[1]):
        publisher = (comma.start(1), comma.start(1) + len(comma[1].rstrip(" .")))
        place = publisher[1]
    return Citation(
        text=text,
        title=title.span("title") if title else None,
        date=date,
        publisher=publisher,
        shelfmarks=tuple(_reference(text, place, named, uris)) if publisher or not title else (),
        credits=named,
        uris=uris,
    )


def _opening(text: str) -> tuple[re.Match[str] | None, DateSpan | None]:
    """Return the quoted title and the date right after it; a title may hold dates and quotation marks itself."""
    days = [span for span in dates(text, years=True) if span.kind == "date"]
    for span in days[:8]:
        before = text[: span.start]
        match = re.fullmatch(r"\s*[\"“](?P<title>.+?),?[\"”],?\s*", before, re.DOTALL)
        if match:
            return match, span
    return _QUOTED.match(text), None


def _reference(text: str, start: int, named: tuple[Credit, ...], uris: tuple[tuple[int, int], ...]) -> list[Shelfmark]:
    """Return the archive references that stand between a place and whatever comes first: a credit or an address."""
    published = _PUBLISHED.search(text, start)
    stops = [credit.start for credit in named if credit.start >= start]
    stops += [at for at, _ in uris if at >= start] + ([published.start()] if published else [])
    stop = min(stops, default=len(text))
    words = text[start:stop]
    begin = start + len(words) - len(words.lstrip(" ,.;\n\t"))
    end = max(begin, start + len(words.rstrip(" ,.;<(\n\t")))
    return [replace(mark, start=mark.start + begin) for mark in shelfmarks(text[begin:end])]


_FUNDED = re.compile(r"support from (?:the )?(?P<name>.+?)\s*\.?\s*$", re.DOTALL)
_FUNDS = re.compile(r"(?<=Foundation)\s+and\s+(?:the\s+)?|\s*;\s*")


def funders(text: str) -> list[str]:
    """Return the names of those who paid, out of the sentence that thanks them.

    >>> funders("This document was made possible with support from Chun & Jane Chiu Family Foundation")
    ['Chun & Jane Chiu Family Foundation']
    """
    match = _FUNDED.search(text)
    return [name for name in _FUNDS.split(match["name"] if match else text.strip()) if name]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text that becomes an element."""

    start: int
    end: int
    element: str
    attributes: dict[str, str] = field(default_factory=dict)


def parts_of(citation: Citation) -> list[Part]:
    """Return the stretches of a citation that become elements, in order, none overlapping another."""
    parts: list[Part] = []
    if citation.title:
        parts.append(Part(*citation.title, "title", {"level": "a"}))
    if citation.date:
        certainty = {"cert": citation.date.certainty} if citation.date.certainty else {}
        parts.append(Part(citation.date.start, citation.date.end, "date", {**citation.date.attributes, **certainty}))
    if citation.publisher:
        parts.append(Part(*citation.publisher, "publisher"))
    for mark in citation.shelfmarks:
        if not is_prose(mark.text):
            parts.append(Part(mark.start, mark.start + len(mark.text), "idno", {"type": "shelfmark"}))
    for credit in citation.credits:
        parts += [Part(name.start, name.end, name.element) for name in credit.names]
    parts += [Part(start, end, "idno", {"type": "URI"}) for start, end in citation.uris]
    parts.sort(key=lambda part: (part.start, -part.end))
    apart: list[Part] = []
    for part in parts:
        if part.start < part.end and (not apart or part.start >= apart[-1].end):
            apart.append(part)
    return apart
