"""Takes a text of the Digital Archive's PDF, all metadata under labels (layout L3); gives a transcript.

Third parties copy these texts with their line ends lost or page numbers glued; labels are then found within lines.
"""

from __future__ import annotations

import re

from tei_edition.finding import Severity
from tei_edition.readers.page import Page, quoted
from tei_edition.readers.site_words import BANNER, DATE, DONOR, LANGUAGE, URI, VERSION, is_chrome
from tei_edition.readers.titles import settle_title, take_citation
from tei_edition.transcript import BLANK, Transcript, lines_of

LABELS = {
    "Citation:": "citation",
    "Summary:": "abstract",
    "Credits:": "funder",
    "Original Language:": "original-language",
    "Contents:": "version",
}
"""The labels in their usual order, and the field that each begins."""

_SPACE = re.compile(r"[\s\u00a0\ufeff]*")


def recognise(page: Page) -> str:
    """Return the layout when “Citation:” and two more of the labels stand above the text, else nothing."""
    found = [label for label, _, _ in _labels(page)]
    return "L3" if "Citation:" in found and len(found) >= 3 else ""


def cut(page: Page, layout: str) -> Transcript:
    """Take what stands before and under the labels; the document begins after the versions under “Contents:”."""
    labels = _labels(page)
    cited: tuple[int, int] | None = None
    begin = 0
    title = _head(page, labels[0][1])
    for index, (label, start, end) in enumerate(labels):
        page.drop(start, end)
        last = index + 1 == len(labels)
        stop = _value_end(page, LABELS[label], end) if last else labels[index + 1][1]
        begin = stop
        if not page.text[end:stop].strip(BLANK):
            message = f"The label {quoted(label)} has no value."
            page.say("metadata-value-lost", Severity.WARNING, message, start)
        elif label == "Citation:":
            cited = end, stop
            take_citation(page, end, stop)
        elif label == "Contents:":
            _versions(page, end, stop)
        else:
            for paragraph in _paragraphs(page, end, stop):
                page.take(LABELS[label], *paragraph)
    settle_title(page, title, cited)
    end = len(page.text)
    last_line = page.worded[-1]
    if is_chrome(last_line.text) and page.start(last_line) >= begin:
        page.drop_line(last_line)
        end = page.start(last_line)
    blocks, after = page.blocks(begin, end)
    return page.transcript("digital-archive", layout, blocks, after)


def _labels(page: Page) -> list[tuple[str, int, int]]:
    """Return the labels with their offsets: each on a line of its own, or, where lines are glued, within lines."""
    for form in (r"(?m)^[ \t\u00a0]*({})[ \t\u00a0]*\r?$", r"(?<!\S)({})(?=\s)"):
        hits = {label: re.search(form.format(re.escape(label)), page.text) for label in LABELS if label in page.text}
        found = sorted((hit.start(1), hit.end(1), label) for label, hit in hits.items() if hit)
        # What stands after “Contents:” is the document, whose own words may be the same.
        close = next((index for index, row in enumerate(found) if row[2] == "Contents:"), len(found))
        labels = [(label, start, end) for start, end, label in found[: close + 1]]
        if len(labels) >= 3 and labels[0][0] == "Citation:":
            return labels
    return []


def _paragraphs(page: Page, start: int, end: int) -> list[tuple[int, int]]:
    """Return the runs of lines between two offsets that blank lines part."""
    found: list[tuple[int, int]] = []
    open_run = False
    for line in lines_of(page.text[start:end]):
        stop = start + len(line.text)
        if line.text.strip(BLANK):
            found.append((found.pop()[0] if open_run else start, stop))
        open_run = bool(line.text.strip(BLANK))
        start = stop + len(line.end)
    return found


def _value_end(page: Page, name: str, start: int) -> int:
    """Return where the value of the last label ends, and so where the text begins."""
    at = _blank(page, start)
    if name == "version":
        while hit := VERSION.match(page.text, at):
            rest = page.text[hit.end() :].split("\n", 1)[0]
            if rest.strip(BLANK) and not re.match(r"\s+[\"“„‟\[(A-Z0-9]", rest):
                break
            start = hit.end()
            at = _blank(page, start)
        return start
    if name == "original-language" and (hit := LANGUAGE.match(page.text, at)):
        return hit.end()
    line = page.lines[page.place(at)[0] - 1] if at < len(page.text) else None
    return page.start(line) + len(line.text) if line else start


def _versions(page: Page, start: int, end: int) -> None:
    at = _blank(page, start)
    while at < end and (hit := VERSION.match(page.text, at)):
        page.take("version", hit.start(), hit.end())
        at = _blank(page, hit.end())


def _blank(page: Page, at: int) -> int:
    hit = _SPACE.match(page.text, at)
    return hit.end() if hit else at


def _head(page: Page, end: int) -> tuple[int, int] | None:
    """Take banner, date and funder before the first label; return where the title stands."""
    title: tuple[int, int] | None = None
    date = ""
    for line in page.lines:
        at = page.start(line)
        stop = min(at + len(line.text), end)
        while at < stop and (at := min(_blank(page, at), stop)) < stop:
            if hit := BANNER.match(page.text, at, stop):
                if any(item.name == "publisher" for item in page.fields):
                    page.drop(*hit.span())
                else:
                    page.take("publisher", *hit.span())
            elif hit := URI.match(page.text, at, stop):
                page.take("uri", *hit.span("uri"))
            elif (hit := DATE.match(page.text, at, stop)) and hit.end() <= stop and date in ("", hit[0]):
                if date:
                    page.drop(*hit.span(), why="stands here for the second time")
                else:
                    page.take("date", *hit.span())
                date = hit[0]
            else:
                hit = None
                words = page.text[at:stop].strip(BLANK)
                if DONOR.match(words):
                    page.take("funder", at, stop)
                elif title is None:
                    title = at, stop
                else:
                    same = words == page.text[slice(*title)].strip(BLANK)
                    page.drop(at, stop, "is the title once more" if same else "stands between the page's own words")
            at = hit.end() if hit else stop
    return title
