"""Takes a page of the Digital Archive's new site (layouts L2, L4, L4b), abstract after the text."""

from __future__ import annotations

from tei_edition.finding import Severity
from tei_edition.readers.page import Page, quoted
from tei_edition.readers.record import SECTION, Record, label_of
from tei_edition.readers.site_words import DONOR, bare, is_chrome, is_date, is_sentence
from tei_edition.transcript import BLANK, Line, Transcript


def recognise(page: Page) -> str:
    """Return the layout: L2 begins with “Skip to content”, L4 with a sentence, L4b with the date; or nothing."""
    lines = page.worded
    words = [line.text.strip(BLANK) for line in lines[:6]]
    if len(words) < 3:
        return ""
    if bare(words[0]) == "skip to content":
        layout = "L2"
        if is_date(words[1]):
            return layout
    elif is_date(words[0]):
        layout = "L4b"
    elif is_date(words[1]) and is_sentence(words[0]):
        layout = "L4"
    else:
        return ""
    ours = any(DONOR.match(line) for line in words) or _tail(lines) < len(lines)
    return layout if ours else ""


def cut(page: Page, layout: str) -> Transcript:
    """Take the head, the record at the end and the abstract before it; what stands between is the document."""
    lines = page.worded
    begin = _head(page, lines, layout)
    tail = max(_tail(lines), begin)
    stop = tail
    if tail == len(lines):
        at = page.start(lines[-1])
        message = "The page ends before the archive's record; if it gave an abstract, it is lost or part of the text."
        page.say("page-cut", Severity.WARNING, message, at, "Look at the last paragraph.")
    elif tail - begin >= 2 and is_sentence(lines[tail - 1].text):
        stop = tail - 1
        page.take_line("abstract", lines[stop])
        message = "This paragraph has no label; it is taken as the abstract because it stands last before the record."
        page.say("abstract-by-position", Severity.INFO, message, page.start(lines[stop]))
    Record(page).take(lines[tail:])
    text = lines[begin:stop]
    start = page.start(text[0]) if text else 0
    end = page.start(text[-1]) + len(text[-1].text) if text else 0
    blocks, after = page.blocks(start, end)
    return page.transcript("digital-archive", layout, blocks, after)


def _head(page: Page, lines: list[Line], layout: str) -> int:
    """Take chrome, date, title and funders; return the index of the first line of the document."""
    index = 0
    if layout == "L4":
        page.take_line("related-abstract", lines[0])
        message = f"The first line {quoted(lines[0].text)} is the abstract of a related document, not of this one."
        hint = "Nothing is to be done; the header keeps it as a note."
        page.say("abstract-of-another", Severity.WARNING, message, page.start(lines[0]), hint)
        index = 1
    while is_chrome(lines[index].text) and index + 1 < len(lines):
        page.drop_line(lines[index])
        index += 1
    if is_date(lines[index].text.strip(BLANK)):
        page.take_line("date", lines[index])
        index += 1
    if index < len(lines) and not DONOR.match(lines[index].text.strip(BLANK)) and not label_of(lines[index].text):
        page.take_line("title", lines[index])
        index += 1
    while index < len(lines) and DONOR.match(lines[index].text.strip(BLANK)):
        page.take_line("funder", lines[index])
        index += 1
    return index


def _tail(lines: list[Line]) -> int:
    """Return the index of the first line of the archive's record, or the number of lines when it is cut off.

    The record begins at the first label after which nothing but labels and short values stands until its heading
    “Document Information”, so that a line “Source” in a document does not end it.
    """
    marks = [index for index, line in enumerate(lines) if label_of(line.text) == SECTION]
    heading = marks[-1] if marks else len(lines)
    labels = [index for index, line in enumerate(lines[: heading + 1]) if label_of(line.text, opening=True)]
    long = max((index for index, line in enumerate(lines[:heading]) if not _short(line)), default=-1)
    for place, index in enumerate(labels):
        rest = len(lines) - index
        # Without its heading, a record begins here only if labels follow, or the page ends.
        cut_off = rest <= 2 or 2 * (len(labels) - place) >= rest
        if index > long and (heading < len(lines) or cut_off):
            return index
    return heading


def _short(line: Line) -> bool:
    return len(line.text) < 90 and not is_sentence(line.text)
