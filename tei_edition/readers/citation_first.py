"""Takes a page of the Digital Archive's old site (layouts L1, L1b), abstract and citation before the text."""

from __future__ import annotations

from tei_edition.finding import Severity
from tei_edition.readers.page import Page
from tei_edition.readers.site_words import BANNER, DONOR, URI, VERSION, bare, is_chrome, is_date
from tei_edition.readers.titles import settle_title, take_citation
from tei_edition.transcript import BLANK, Line, Transcript

SHOWN = {"view document in", "citation share download"}
"""Words that only the later dress of the old site has (L1b)."""


def recognise(page: Page) -> str:
    """Return the layout when “get citation” stands before “share document”, else nothing."""
    words = [bare(line.text) for line in page.worded]
    if "get citation" not in words or "share document" not in words[words.index("get citation") :]:
        return ""
    return "L1b" if SHOWN & set(words[: words.index("share document") + 3]) else "L1"


def cut(page: Page, layout: str) -> Transcript:
    """Take the header lines and the indented abstract and citation; what follows is the document."""
    lines = page.worded
    words = [bare(line.text) for line in lines]
    get = words.index("get citation")
    share = words.index("share document", get)
    title = _head(page, lines[:get])
    page.drop_line(lines[get])
    cited = _abstract_and_citation(page, lines[get + 1 : share])
    settle_title(page, title, cited)
    begin = len(lines)
    for index, line in enumerate(lines[share:], share):
        if VERSION.fullmatch(line.text.strip(BLANK)):
            page.take_line("version", line)
        elif is_chrome(line.text):
            page.drop_line(line)
        elif found := URI.fullmatch(line.text.strip(BLANK)):
            if any(item.name == "uri" and item.value == found["uri"] for item in page.fields):
                page.drop_line(line, "is the address once more")
            else:
                page.take_line("uri", line)
        else:
            begin = index
            break
    start = page.start(lines[begin]) if begin < len(lines) else len(page.text)
    blocks, after = page.blocks(start, len(page.text))
    return page.transcript("digital-archive", layout, blocks, after)


def _head(page: Page, lines: list[Line]) -> tuple[int, int] | None:
    title = None
    for line in lines:
        words = line.text.strip(BLANK)
        if BANNER.fullmatch(words):
            page.take_line("publisher", line)
        elif is_chrome(words):
            page.drop_line(line)
        elif is_date(words):
            page.take_line("date", line)
        elif DONOR.match(words):
            page.take_line("funder", line)
        elif title is None:
            title = page.start(line), page.start(line) + len(line.text)
        else:
            page.drop_line(line, "stands between the page's own words")
    return title


def _abstract_and_citation(page: Page, lines: list[Line]) -> tuple[int, int] | None:
    quoting = [line for line in lines if line.text.strip(BLANK)[:1] in ('"', "“")]
    named = [line for line in lines if "Digital Archive" in line.text]
    both = [line for line in quoting if line in named]
    citation = next(reversed(both or named or quoting), None)
    for line in lines:
        if line is citation:
            continue
        if URI.fullmatch(line.text.strip(BLANK)):
            page.take_line("uri", line)
        else:
            page.take_line("abstract", line)
    if citation is None:
        if lines:
            start = page.start(lines[-1])
            page.say("metadata-value-lost", Severity.WARNING, "The citation is missing from the page.", start)
        return None
    start = page.start(citation)
    end = start + len(citation.text)
    take_citation(page, start, end)
    return start, end
