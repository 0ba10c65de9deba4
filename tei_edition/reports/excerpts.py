"""Takes a finding and the line it speaks of and gives the line as a terminal shows it, with a mark under the place."""

from __future__ import annotations

import re
import unicodedata

from tei_edition.finding import Finding
from tei_edition.reports.words import in_one_line

TAB = 4
CUT = "…"

_QUOTED = re.compile("“([^”]+)”")
_MARKUP = re.compile(r"</?[^\s<>/]+|[\w:.-]+\s*=\s*(?:\"[^\"]*\"|'[^']*')")
"""The beginning of a tag, or an attribute."""
_STEP = re.compile(r"/([\w.:-]+)(?:\[\d+\])?(?:/@([\w.:-]+))?$")


def place(finding: Finding, line: str) -> tuple[int, int] | None:
    """Return where in its line a finding is, and over how many characters; None where that cannot be told.

    Where the finding has no column, the place is what its message quotes, or the tag its path ends in, if the line
    has that just once.

    >>> from pathlib import Path; from tei_edition.finding import Severity
    >>> found = Finding(rule="x", severity=Severity.ERROR, message="No “gapp”.", file=Path("a.xml"), line=1)
    >>> place(found, "<p>Here <gapp/> it is.</p>")
    (9, 4)
    """
    quoted = _QUOTED.findall(finding.message)
    if finding.column is not None:
        start = min(max(finding.column - 1, 0), len(line))
        same = [words for words in quoted if line.startswith(words, start)]
        markup = _MARKUP.match(line, start)
        return start, max(map(len, same), default=len(markup[0]) if markup else 1)
    step = _STEP.search(finding.xpath or "")
    for words in [*quoted, *([f"{step[2]}="] if step and step[2] else []), *([f"<{step[1]}"] if step else [])]:
        first = r"(?<!\w)" if words[:1].isalnum() else ""
        last = r"(?!\w)" if words[-1:].isalnum() else ""
        there = [match.start() for match in re.finditer(first + re.escape(words) + last, line)]
        if len(there) == 1:
            return there[0], len(words)
    return None


def excerpt(line: str, start: int, length: int, room: int) -> tuple[str, str]:
    """Return what fits of a line into so many columns, and the marks that go under the place.

    A long line is cut round the place; indentation is left out; a tab is some blanks, a control character a sign.

    >>> print("\\n".join(excerpt("<p>\\tHere is a <gapp/>, is it?</p>", 14, 5, 24)))
    …Here is a <gapp/>, is …
               ^^^^^
    """
    begin = len(line) - len(line.lstrip())
    start = max(start, begin)
    room -= 2  # for the signs of what was cut
    left, before = _backwards(line, start, begin, room // 2)
    right, after = start, 0
    while right < len(line) and before + after + _width(line[right]) <= room:
        after += _width(line[right])
        right += 1
    left, before = _backwards(line, start, begin, room - after)
    cut = left > begin
    seen = "".join(map(_seen, line[left:right]))
    under = max(1, sum(map(_width, line[start : min(right, start + length)])))
    return f"{CUT * cut}{seen}{CUT * (right < len(line))}", " " * (cut + before) + "^" * under


def _backwards(line: str, start: int, begin: int, room: int) -> tuple[int, int]:
    """Return how far back from a place an excerpt reaches, and over how many columns; it begins with a base letter."""
    left, used = start, 0
    while left > begin and used + _width(line[left - 1]) <= room:
        left -= 1
        used += _width(line[left])
    while left < start and left > begin and not _width(line[left]):
        left += 1
    return left, used


def _seen(letter: str) -> str:
    return " " * TAB if letter == "\t" else in_one_line(letter)


def _width(letter: str) -> int:
    """Return the columns that a letter takes on a terminal."""
    if " " <= letter <= "~":
        return 1
    if letter == "\t":
        return TAB
    if in_one_line(letter) != letter:
        return 1
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
