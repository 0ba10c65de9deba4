"""Takes a page of the Digital Archive that lists documents (layout L5); gives the blocks of each record."""

from __future__ import annotations

import re
from dataclasses import replace

from tei_edition.readers.page import Page
from tei_edition.readers.site_words import BANNER, BULLET, DONOR, is_chrome, is_date
from tei_edition.transcript import BLANK, Line, Transcript, blocks_of

_LONGEST = 160
"""Characters that a date line has at most."""
_COUNT = re.compile(r"(?m)^[ \t\u00a0]*(?:\d+ - \d+ of \d+|search results|results:)[ \t\u00a0]*\r?$", re.IGNORECASE)


def recognise(page: Page) -> str:
    """Return the layout when at least two records stand under a count, between separators or after bullets."""
    lines = page.worded
    dates = _dates(lines)
    if len(dates) < 2:
        return ""
    marked = [index for index in dates if _mark(lines, index)]
    counted = _COUNT.search(page.text, 0, page.start(lines[dates[0]]))
    return "L5" if len(marked) >= max(2, len(dates) - 1) or counted else ""


def cut(page: Page, layout: str) -> Transcript:
    """Make a block of every line that says something, and give each its kind; separators are dropped."""
    lines = page.worded
    dates = _dates(lines)
    first = next((index for index in dates if _mark(lines, index)), dates[0]) if not _counted(page) else dates[0]
    begins = set(dates)
    kinds: dict[int, str] = {}
    record = ""
    for index, line in enumerate(lines):
        words = line.text.strip(BLANK)
        if _separator(words) or (index < first and is_chrome(words)):
            page.drop_line(line, "parts the records of the page" if _separator(words) else "belongs to the page")
        elif index < first and BANNER.fullmatch(words):
            page.take_line("publisher", line)
        elif index < first and DONOR.match(words):
            page.take_line("funder", line)
        elif index < first:
            kinds[line.number] = "blurb" if kinds else "title"
        elif index in begins:
            record = kinds[line.number] = "record-date"
        else:
            record = "record-title" if record == "record-date" else "record-abstract"
            kinds[line.number] = record
    kept = [line for line in page.lines if line.number in kinds or not line.text.strip(BLANK)]
    while kept and not kept[0].text.strip(BLANK):
        kept.pop(0)
    blocks, after = blocks_of(kept, every_line=True)
    pieces = []
    for block in blocks:
        line = block.lines[0]
        hit = BULLET.match(line.text)
        kind = kinds[line.number]
        if hit and kind != "record-abstract":
            glued = hit[0].lstrip(BLANK)
            block = replace(block, lines=(_behind(line, hit.end()),), before=block.before + glued)
        pieces.append(replace(block, kind=kind))
    return page.transcript("digital-archive", layout, pieces, after, genre="collection")


def _counted(page: Page) -> bool:
    return _COUNT.search(page.text) is not None


def _separator(words: str) -> bool:
    return BULLET.fullmatch(words) is not None


def _mark(lines: list[Line], index: int) -> bool:
    """Say whether a separator stands before a date line, or a bullet in it."""
    bullet = BULLET.match(lines[index].text)
    return bullet is not None or (index > 0 and _separator(lines[index - 1].text.strip(BLANK)))


def _dates(lines: list[Line]) -> list[int]:
    """Return the indexes of date lines that a title follows."""
    found: list[int] = []
    for index, line in enumerate(lines[:-1]):
        if len(line.text) > _LONGEST:
            continue
        words = BULLET.sub("", line.text, count=1).strip(BLANK)
        follows = lines[index + 1].text.strip(BLANK)
        if is_date(words) and not _separator(follows) and not is_date(follows):
            found.append(index)
    return found


def _behind(line: Line, width: int) -> Line:
    """Return a line whose bullet is replaced by blanks, so that its words keep their column."""
    return replace(line, text=" " * width + line.text[width:])
