"""Takes lines and says which of them are rows of an attendance list, and where a row has a second column."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tei_edition.encoding.mentions import EVERY_TITLE, at_word_start
from tei_edition.transcript import Block

_HEADING = re.compile(
    r"(?:(?:(?:also|others?|those|members|persons?)\s)?(?:present|participants|attending|participating|in attendance)|"
    r"(?:those\s)?(?:attending|participating)|"
    r"attendees|attended by|list of participants|participants in the \w+|"
    r"(?:weitere )?(?:anwesend(?:e)?|teilnehmer)|(?:étaient )?présents?|participants|(?:asist|particip)entes|presenti|"
    r"partecipanti|participantes|obecni|uczestnicy|присутствовали|присутствуют|участники|участвовали|出席者?|與會者|与会者)"
    r"(?:\s(?:(?:at|in)\s)?the \w+)?(?:\swere)?\s*[:：]?$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:subjects?|topics?|agenda|items? discussed|subjects? discussed)\s*:?$", re.IGNORECASE)
GROUP = re.compile(r"[^\W\d_a-z][\w .,&’'()/-]{2,60}:")
TITLE = re.compile(rf"(?:{at_word_start(EVERY_TITLE)})(?=[\s\[])")
_COLUMN = re.compile(r"[^,;:]*[^\W\d_a-z][\w'’.\])-]*\s+")
"""A name and nothing more: no comma, and a capitalised word before the next column."""
_FIELD = re.compile(r"[A-Z][\w ]{0,20}:")
_LINE_END = re.compile(r"\r\n|\n|\r")
_BLANKS = re.compile(r"(?<=\S)(?:\t+ *| {3,})(?=\S)")
"""What parts two columns that were set with a tab or with blanks."""
_PARTY = re.compile(
    r"(?:(?:The|For the|On the)\s)?[^\W\d_a-z][\w.’'-]*"
    r"(?:\s(?:(?:of|the|and)\s)?[^\W\d_a-z][\w.’'-]*|\sside){0,4}:?"
)
"""The name of a delegation, over its column."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an attendance list, and the offset at which its second column begins (None for one column)."""

    block: Block
    cut: int | None


def is_heading(text: str) -> bool:
    """Say whether a block announces who was present.

    >>> is_heading("Present:"), is_heading("Present methods")
    (True, False)
    """
    return bool(_HEADING.fullmatch(text.strip()))


def is_subject(text: str) -> bool:
    """Say whether a block announces what a document is about, in the lines that follow."""
    return bool(_SUBJECT.fullmatch(text.strip()))


def rows(blocks: Sequence[Block], *, apart: bool = True, pages: Collection[int] = ()) -> list[Row]:
    """Return the rows that stand at the start of some blocks: short, capitalised, no sentences.

    A row is cut before its second title, if it has two and nothing in it is a list already. Where the first row
    follows its heading without a blank line, in a document that has them (``apart``), the list runs to the next blank
    line and its rows may be longer. Page marks, at the indexes ``pages``, part no list of which more rows follow.
    """
    found: list[Row] = []
    known = bool(blocks) and blocks[0].kind == "item"
    joined = (apart or known) and bool(blocks) and (follows_at_once(blocks[0]) or _opens_group(blocks, 0))
    for number, block in enumerate(blocks):
        text = block.text
        if number in pages:
            if not _resumes(blocks, number, pages):
                break
            found.append(Row(block, None))
            continue
        if (
            joined
            and (follows_at_once(block) or number - 1 in pages)
            and len(text.split()) <= 60
            and not (is_heading(text) or is_subject(text))
        ):
            found.append(Row(block, second_column(text)))
            continue
        if joined:
            if _opens_group(blocks, number):
                found.append(Row(block, None))
                continue
            break
        if len(text.split()) > 12 or _FIELD.match(text) or not text[:1].isupper():
            break
        if re.search(r"[a-z]{2}\.$", text) or "\n" in text:
            break
        found.append(Row(block, second_column(text)))
    return found


def _resumes(blocks: Sequence[Block], index: int, pages: Collection[int]) -> bool:
    """Say whether rows go on behind a page mark: an item, or a short line that is no sentence and begins others."""
    after = next((number for number in range(index, len(blocks)) if number not in pages), len(blocks))
    if not index or after == len(blocks) or is_heading(blocks[after].text) or is_subject(blocks[after].text):
        return False
    if "item" in (blocks[index - 1].kind, blocks[after].kind):
        return blocks[index - 1].kind == blocks[after].kind
    text = blocks[after].text
    short = len(text.split()) <= 14 and text[:1].isupper() and not re.search(r"[a-z]{2}[.:]$", text)
    told = bool(TITLE.match(text)) or "," in text
    return (
        short and not _FIELD.match(text) and (told or (after + 1 < len(blocks) and follows_at_once(blocks[after + 1])))
    )


def _opens_group(blocks: Sequence[Block], index: int) -> bool:
    """Say whether a block such as “The Committee:” stands over rows that follow without a blank line."""
    return (
        bool(GROUP.fullmatch(blocks[index].text))
        and not is_heading(blocks[index].text)
        and index + 1 < len(blocks)
        and follows_at_once(blocks[index + 1])
    )


def party_columns(texts: Sequence[str]) -> int | None:
    """Return where the second of two names stands in a row over two columns of persons, or None where it is none.

    Names that no tab parts are halved, if the rows below are two lists that ran together.

    >>> party_columns(["North Riverton South Riverton", "Mr. Lane Dr. Miller", "Mr. Hale Mr. Moss"])
    15
    """
    below = [text for text in texts[1:3] if second_column(text)]
    if len(below) < 2 or TITLE.search(texts[0]) or len(texts[0].split()) > 10:
        return None
    gap = _BLANKS.search(texts[0])
    tokens = list(re.finditer(r"\S+", texts[0]))
    even = len(tokens) % 2 == 0 and not gap and not any(_BLANKS.search(text) for text in below)
    cut = gap.end() if gap else tokens[len(tokens) // 2].start() if even else None
    halves = [texts[0][:cut].strip(), texts[0][cut:].strip()] if cut else []
    return cut if halves and all(_PARTY.fullmatch(half) for half in halves) else None


def second_column(text: str) -> int | None:
    """Return where the second of two persons stands in a row, or None where there is one."""
    gaps = list(_BLANKS.finditer(text)) if "\t" in text or "   " in text else []
    if len(gaps) == 1 and all(re.match(r"[^\W\d_a-z]", half) for half in (text, text[gaps[0].end() :])):
        return gaps[0].end()
    titles = [item.start() for item in TITLE.finditer(text)]
    cuts = [at for at in titles[1:] if _COLUMN.fullmatch(text[:at]) and not TITLE.match(text[:at].split()[-1] + " ")]
    return cuts[0] if cuts else None


def follows_at_once(block: Block) -> bool:
    """Say whether no blank line stands before a block."""
    before = block.before
    return before == "\n" or (before != "\n\n" and len(_LINE_END.findall(before)) == 1)


def in_columns(found: Sequence[Row]) -> bool:
    """Say whether the rows are those of two columns: at least two, and at least half of all, are cut, and first."""
    cut = [row.cut is not None for row in found]
    return sum(cut) >= 2 and 2 * sum(cut) >= len(found) and cut == sorted(cut, reverse=True)
