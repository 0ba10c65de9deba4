"""Takes a reference to an archive, such as “RGASPI, f. 558, op. 11”, and gives its parts and a ``msIdentifier``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from tei_edition.encoding import shelf_words
from tei_edition.encoding.repositories import REPOSITORIES
from tei_edition.encoding.shelf_words import ACRONYM, PAGES, PART, YEARS
from tei_edition.tei import E


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelfmark:
    """Where one document lies in one archive, as a page says it."""

    text: str
    """The reference, verbatim."""
    start: int = 0
    """Where it stands in the text that was read."""
    repository: str = ""
    """The archive, as written."""
    collection: str = ""
    """The fond or the named collection, as written."""
    parts: tuple[tuple[str, str], ...] = ()
    """What each number is and the number: ``("fond", "558")``, ``("opis", "11")``."""
    rest: str = ""
    """What is left without repository and collection, verbatim."""
    complete: bool = False
    """Whether every word of the reference was understood."""


_MISSING = re.compile(r"[\w ]*\bnot (?:given|known|indicated|specified)", re.IGNORECASE)
_HUNGARIAN = re.compile(r"[XVIL]+-[A-Z](?:-\d+)?(?:-[a-z]+)?(?: [A-Z]\w+)?|M-[A-Z]+")
_NAMED = re.compile(r"\b(?:Collection|Papers|Files?|Records|Fonds?|Series|Materials|Diaries|Decimal File)$")
_LEVEL = re.compile(
    r"[^\W\d_a-z][\w.’'/&()-]*"
    r"(?:\s(?:[^\W\d_a-z][\w.’'/&-]*|of|the|and|de|des|du|la|et|für|und|der|per|con|[IVX]+)){0,6}"
    r"(?:\s(?:1[89]|20)\d\d\s?[-–]\s?\d{2,4})?"
)
"""A word between commas that names a fonds or a series, where the archive is known."""
_SPLIT = re.compile(r"\s{0,3};\s{0,3}(?:and\s{1,3})?|\s{1,3}and\s{1,3}(?=[A-Z])")
_BY_HOUSE = {
    "AVPRF": {"page": "papka"},
    "AVP RF": {"page": "papka"},
    "ANIC": {"fond": "folio"},
    "National Archives of India": {"fond": "file"},
    "AQSH": {"volume": "year", "delo": "dosja"},
}
"""Units that mean something else in one archive."""
_LEAVES = frozenset({"listy", "folio", "page", "karta", "fleta"})
_LONGEST = 400
"""Characters of a reference; what is longer tells a story."""


def shelfmarks(text: str) -> list[Shelfmark]:
    """Return the references to archives in a text, one for each archive that it names.

    The text is a reference and nothing else; prose about where a document comes from gives one reference that is
    not complete, with the whole text as its ``rest``.

    >>> mark, = shelfmarks("RGASPI, f. 558, op. 11, d. 98, ll. 0145-0146")
    >>> mark.repository, mark.collection, mark.rest
    ('RGASPI', 'f. 558', 'op. 11, d. 98, ll. 0145-0146')
    >>> mark.parts
    (('fond', '558'), ('opis', '11'), ('delo', '98'), ('listy', '0145-0146'))
    >>> [mark.repository for mark in shelfmarks("APRF, Fond 45, Listy 12-13 and AVPRF, Fond 059a")]
    ['APRF', 'AVPRF']
    """
    cuts = [0]
    ends: list[int] = []
    if is_prose(text):
        return [_read(text, 0)]
    for match in _SPLIT.finditer(text):
        if _begins(text[match.end() : match.end() + 160]) and text[: match.start()].strip():
            ends.append(match.start())
            cuts.append(match.end())
    pieces = zip(cuts, [*ends, len(text)], strict=True)
    return [_read(text[start:end], start) for start, end in pieces if text[start:end].strip(" .,;\n\t")]


def is_prose(text: str) -> bool:
    """Say whether a text tells in sentences where a document comes from, in place of giving a reference.

    >>> is_prose("The document was given to President Kim and was made available by the Embassy in Washington.")
    True
    """
    return len(text.split()) >= 12 and bool(re.search(r"\b(?:was|were|is|are|has|have|had)\s[a-z]", text))


def _begins(text: str) -> bool:
    """Say whether a reference to an archive begins here: a known name, or capitals before a unit."""
    head = re.split(r"[,:;]", text, maxsplit=1)[0].strip()
    if head in REPOSITORIES:
        return True
    return bool(ACRONYM.fullmatch(head)) and bool(PART.match(text[len(head) :].lstrip(" ,:")))


def _tokens(text: str) -> list[tuple[int, int]]:
    """Cut a reference at its commas, and after a repository that is followed by a colon."""
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"[^,;]+", text):
        start, end = match.span()
        if not spans:
            head = re.match(r"[^:]+(?=:\s)", match[0])
            if head and not PART.match(match[0].strip()):
                spans.append((start, start + head.end()))
                start += head.end() + 1
        spans.append((start, end))
    trimmed: list[tuple[int, int]] = []
    for start, end in spans:
        words = text[start:end]
        begin = start + len(words) - len(words.lstrip())
        finish = begin + len(words.strip().rstrip("."))
        if begin < finish:
            trimmed.append((begin, finish))
    return trimmed


def _read(text: str, offset: int) -> Shelfmark:
    lead = len(text) - len(text.lstrip())
    text, offset = text.strip(), offset + lead
    if is_prose(text) or len(text) > _LONGEST:
        return Shelfmark(text=text, start=offset, rest=text)
    spans = _tokens(text)
    if spans:
        spans = _without_code(text, spans)
    words = [text[start:end] for start, end in spans]
    kinds = [shelf_words.parts(word) for word in words]
    house = shelf_words.house(words, kinds)
    repository = words[house] if house is not None else ""
    known = REPOSITORIES.get(repository)
    places = {known.institution, known.settlement, known.country} if known else set()
    parts: list[tuple[str, str]] = []
    collection: int | None = None
    apart = {house}
    understood = house is not None or any(kinds)
    for index, (word, read) in enumerate(zip(words, kinds, strict=True)):
        if index == house or _MISSING.fullmatch(word):
            continue
        if word in places:
            apart.add(index)
        elif parts and parts[-1][0] in _LEAVES and PAGES.fullmatch(word):
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}, {word}")
        elif read:
            names = _BY_HOUSE.get(repository, {})
            if collection is None and names.get(read[0][0], read[0][0]) in {"fond", "record-group", "zespol"}:
                collection = index
            parts += [(names.get(kind, kind), value) for kind, value in read]
        elif not (coded := shelf_words.coded(repository, word)) and (_HUNGARIAN.fullmatch(word) or _NAMED.search(word)):
            if collection is None:
                collection = index
            else:
                parts.append(("series", word))
        elif known and not coded and (_LEVEL.fullmatch(word) or YEARS.fullmatch(word)):
            if collection is None and _LEVEL.fullmatch(word):
                collection = index
            else:
                parts.append(("years" if YEARS.fullmatch(word) else "series", word))
        else:
            parts += coded
            understood = understood and bool(coded)
    return Shelfmark(
        text=text,
        start=offset,
        repository=repository,
        collection=words[collection] if collection is not None else "",
        parts=tuple(parts),
        rest=_rest(text, spans, {index for index in (*apart, collection) if index is not None}),
        complete=understood,
    )


def _without_code(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Part “PRC FMA 111-00009-03”: the name of a known archive, and the number that follows without a comma."""
    start, end = spans[0]
    for name in sorted(REPOSITORIES, key=len, reverse=True):
        rest = text[start + len(name) : end]
        if text.startswith(name, start) and (re.match(r"\s+\S*\d", rest) or PART.match(rest.strip())):
            begin = start + len(name) + len(rest) - len(rest.lstrip())
            return [(start, start + len(name)), (begin, end), *spans[1:]]
    return spans


def _rest(text: str, spans: list[tuple[int, int]], named: set[int]) -> str:
    """Return the reference without the words that have an element of their own at either end of it."""
    low, high = 0, len(spans)
    while low in named:
        low += 1
    while high - 1 in named:
        high -= 1
    return text[spans[low][0] : spans[high - 1][1]] if low < high else ""


def ms_identifier(shelfmark: Shelfmark) -> etree._Element:
    """Return the ``msIdentifier`` of a reference (TEI Guidelines, chapter 11, Manuscript Description).

    One that was not understood whole stays in one ``idno``, verbatim. Settlement and institution come from the
    table of known archives, everything else from the reference.

    >>> mark, = shelfmarks("Victor Hoo Collection, box 6, folder 9, Hoover Institution Archives")
    >>> [child.text for child in ms_identifier(mark)][:5]
    ['Stanford', 'Hoover Institution', 'Hoover Institution Archives', 'Victor Hoo Collection', 'box 6, folder 9']
    """
    node: etree._Element = E.msIdentifier()
    known = REPOSITORIES.get(shelfmark.repository)
    if known:
        node.append(E.settlement(known.settlement))
        if known.institution:
            node.append(E.institution(known.institution))
    if not shelfmark.complete:
        if known:
            node.append(E.repository(shelfmark.repository))
        node.append(E.idno(shelfmark.text, type="shelfmark"))
        return node
    if shelfmark.repository:
        node.append(E.repository(shelfmark.repository))
    if shelfmark.collection:
        node.append(E.collection(shelfmark.collection))
    if shelfmark.rest:
        node.append(E.idno(shelfmark.rest, type="shelfmark"))
    for kind, value in shelfmark.parts:
        node.append(E.altIdentifier(E.idno(value), type=kind))
    return node
