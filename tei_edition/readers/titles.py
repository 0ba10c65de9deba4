"""Takes the title line and the citation of a page and gives the document its one title."""

from __future__ import annotations

import re

from tei_edition.finding import Severity
from tei_edition.readers.page import Page, quoted
from tei_edition.readers.site_words import URI, cited_title
from tei_edition.transcript import BLANK


def take_citation(page: Page, start: int, end: int) -> None:
    """Take a citation as it stands, and the address at its end."""
    item = page.take("citation", start, end)
    if item is None:
        return
    words = page.text[start:end].rstrip(BLANK)
    found = next((hit for hit in URI.finditer(words) if len(words) - hit.end() <= 1), None)
    if found:
        page.take("uri", start + found.start("uri"), start + found.end("uri"))


def settle_title(page: Page, given: tuple[int, int] | None, citation: tuple[int, int] | None) -> None:
    """Take the title from its line, or from the citation where the line is missing, in capitals or has holes.

    Both are given as offsets. A capture loses linked words: then the line's words are the citation's with some gone.
    """
    line = page.text[slice(*given)].strip(BLANK) if given else ""
    found = cited_title(page.text[slice(*citation)]) if citation else None
    if found is None or citation is None:
        if given:
            page.take("title", *given)
        return
    words, at = found
    start = citation[0] + at
    if line and not _lesser(line, words):
        if given:
            page.take("title", *given)
        return
    page.take("title", start, start + len(words))
    why = "The page has no line for the title" if not line else f"The title line {quoted(line)} is not complete"
    if line and line.casefold() == words.casefold():
        why = f"The title line {quoted(line)} is in capitals"
    page.say("title-from-citation", Severity.INFO, f"{why}; the title is taken from the citation.", start)
    if given:
        page.drop(*given, why="is the title, which the citation gives better")


def _lesser(line: str, cited: str) -> bool:
    """Say whether a title line is the cited title in capitals, or with words gone."""
    if line.casefold() == cited.casefold():
        return line == line.upper() and cited != cited.upper()
    rest = iter(re.findall(r"\w+", cited.casefold()))
    ours = re.findall(r"\w+", line.casefold())
    return len(ours) > 1 and all(word in rest for word in ours)
