"""Takes a line of a page of the Digital Archive and says what it is: date, version, citation, word of the site."""

from __future__ import annotations

import re

MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = rf"(?:(?:{MONTH})\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+(?:{MONTH})\s+\d{{4}})"
_LOOSE = rf"(?:(?:{MONTH}|Spring|Summer|Autumn|Fall|Winter),?\s+\d{{4}}|\d{{4}}s?)"
DATE = re.compile(
    rf"(?:(?:circa|ca\.|c\.|early|mid|late|before|after|around)[\s-]*)?(?:{_DAY}|{_LOOSE})"
    rf"(?:\s*[-–]\s*(?:{_DAY}|{_LOOSE}))?(?:\s*\(\?\)|\?)?|undated|date unknown|n\.d\.",
    re.IGNORECASE,
)
"""A date line of a page: “July 03, 1945”, “July, 1945”, “June 1961”, “1986”, “Undated”."""

DONOR = re.compile(r"This document was made possible\b", re.IGNORECASE)
MASK = re.compile(r"\[email\s+protected\]", re.IGNORECASE)
"""What a site writes in place of an address to keep robots from it; never a remark of an editor."""

BANNER = re.compile(
    r"Digital Archive\s+(?:digitalarchive\.wilsoncenter\.org\s+)?International History Declassified", re.IGNORECASE
)

CHROME = {
    "skip to content", "search in", "add search filter cancel search filter", "citation", "get citation",
    "share document", "citation share download", "view document in", "[show full text]", "search results",
    "results:", "documents", "load more", "full text",
}  # fmt: skip
"""Words of the pages that are never of a document, in lower case and without a bullet before them."""

BULLET = re.compile(r"\A[\s\u00a0]*[•·*◦▪‣–-](?=[\s\u00a0]|$)[\s\u00a0]*")

LANGUAGES = (
    "Afrikaans Albanian Arabic Armenian Azerbaijani Belarusian Bulgarian Burmese Chinese Croatian Czech Danish Dutch "
    "English Estonian Farsi Finnish French Georgian German Greek Hebrew Hindi Hungarian Indonesian Italian Japanese "
    "Kazakh Khmer Korean Lao Latvian Lithuanian Macedonian Mongolian Norwegian Persian Polish Portuguese Romanian "
    "Russian Serbian Serbo-Croatian Slovak Slovenian Spanish Swedish Thai Turkish Ukrainian Urdu Uyghur Vietnamese"
).split()
_LANGUAGE = "|".join(LANGUAGES)
LANGUAGE = re.compile(rf"(?:{_LANGUAGE})(?:\s*(?:,|;|&|and|/)\s*(?:{_LANGUAGE}))*", re.IGNORECASE)

_KIND = r"Translation|Transcription|Transcript|Scan"
VERSION = re.compile(
    rf"(?:Scan of Original Document|Original Scan|(?:{_KIND})\s+[-–]\s+(?:{_LANGUAGE})"
    rf"|(?:{_LANGUAGE})\s+(?:\((?:{_KIND}|Original)\)\s+)?(?:HTML|PDF|Text)"
    rf"|(?:{_LANGUAGE})\s+(?:\((?:{_KIND}|Original)\)|{_KIND}))(?![\w-])",
    re.IGNORECASE,
)
"""What kind of text the page shows: “English HTML”, “Transcript - English”, “ENGLISH (TRANSCRIPTION) HTML”."""

_CITED = r"\s*[\"“](?P<title>.+?)(?:,[\"”]|[\"”],?)"
CITED = (
    re.compile(rf"{_CITED}\s+(?:{DATE.pattern}),", re.IGNORECASE | re.DOTALL),
    re.compile(rf"{_CITED}(?=\s|$)", re.DOTALL),
)
"""How a citation begins: its title in quotation marks, surely (a date follows) or probably."""

URI = re.compile(r"<?(?P<uri>https?://[^\s<>\"”]+[^\s<>\"”.,;)])>?")

TYPE = re.compile(
    r"(?:(?:ciphered|coded|diplomatic|top secret) )?(?:memorandum of conversation|memorand(?:um|a)|telegrams?|"
    r"cables?|letters?|reports?|minutes(?: of \w+)?|notes?|diar(?:y|ies)|speech(?:es)?|statement|transcript|"
    r"interview|decree|decision|resolution|agreement|treaty|article|essay|instructions?|protocol|communiqu[eé]|"
    r"record of conversation|talking points|policy (?:documents?|paper)|briefing(?: paper)?|study|message|order|"
    r"directive|proposal|bulletin|intelligence report|meeting minutes|press release|photograph|map|table|list|"
    r"report letter|stenographic (?:record|notes))(?:\s*(?:[/,;&]|and|or)\s*[\w ]{3,30})?",
    re.IGNORECASE,
)
CLASSIFICATION = re.compile(
    r"(?:top secret|strictly secret|secret|confidential|strictly confidential|unclassified|declassified|restricted|"
    r"not classified)(?:\b.{0,40})?",
    re.IGNORECASE,
)
RIGHTS = re.compile(
    r"The History and Public Policy Program welcomes|To enquire about this document|(?:©|Copyright)\b", re.IGNORECASE
)
REFERENCE = re.compile(
    r"\b(?:fond|opis|delo|papka|list[yi]?|box|folder|file|roll|record group)\b[ .]|\b(?:f|op|d|ll?|RG|p|pp)\.\s*\d|"
    r"\b(?:archives?|collection|papers|library|AVPRF|AVP|APRF|RGASPI|RGANI|TsKhSD|MOL|SAPMO|NARA)\b|"
    r"\b(?:translated|contributed|obtained|provided|published|compiled) (?:by|for|from|in)\b",
    re.IGNORECASE,
)


def is_date(words: str) -> bool:
    """Say whether a line is a date and nothing else.

    >>> is_date("July, 1945"), is_date("10 August, 1945 9:00 p.m.")
    (True, False)
    """
    return DATE.fullmatch(words.strip()) is not None


def bare(words: str) -> str:
    """Return a line in lower case without blanks at its ends and without a bullet, for comparison."""
    return BULLET.sub("", words, count=1).strip().casefold()


def is_chrome(words: str) -> bool:
    """Say whether a line is one of the pages' own.

    >>> is_chrome("  • share document"), is_chrome("31 - 40 of 108")
    (True, True)
    """
    return bare(words) in CHROME or re.fullmatch(r"\s*\d+ - \d+ of \d+\s*", words) is not None


def is_sentence(words: str) -> bool:
    """Say whether a line can be an abstract: more than a few words, and an end such as sentences have."""
    words = words.strip()
    return len(words.split()) >= 6 and re.search(r"[.!?…][\"”’')\]]*$|\(see also\)$", words) is not None


def cited_title(citation: str) -> tuple[str, int] | None:
    """Return the title that a citation begins with, and its offset in the citation.

    >>> cited_title('"Note to X," May 1, 1945, History')
    ('Note to X', 1)
    """
    found = next(filter(None, (pattern.match(citation) for pattern in CITED)), None)
    return (found["title"], found.start("title")) if found else None
