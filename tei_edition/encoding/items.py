"""Takes lines of a block and says which are items of a list: numbered without a hole, or short lines after a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_edition.encoding.attendance_rows import follows_at_once
from tei_edition.transcript import Block

_ENUMERATOR = re.compile(r"(\(?)(\d{1,2}|[a-z]|[A-Z])([.)])\s+(?=\S)")


def enumerator(line: str) -> str | None:
    """Return the number or letter that begins a line, with its signs.

    >>> enumerator("a. Bridges were destroyed."), enumerator("A bridge")
    ('a.', None)
    """
    found = _ENUMERATOR.match(line)
    return found[0].strip() if found else None


def sequence(first: str, count: int) -> list[str]:
    """Return the enumerators that follow one another from the first on.

    >>> sequence("(a)", 3)
    ['(a)', '(b)', '(c)']
    """
    found = re.fullmatch(r"(\(?)(\w+)([.)])", first)
    assert found is not None
    if found[2].isdigit():
        return [f"{found[1]}{int(found[2]) + step}{found[3]}" for step in range(count)]
    return [f"{found[1]}{chr(ord(found[2]) + step)}{found[3]}" for step in range(count)]


def are_short_items(lines: Sequence[str]) -> bool:
    """Say whether lines are short, capitalised and no sentences, at least two of them.

    >>> are_short_items(["Miller", "Baker", "Cook"]), are_short_items(["He went there", "and came back."])
    (True, False)
    """
    return len(lines) > 1 and all(
        len(line.split()) <= 10 and re.match(r"[^\W\d_a-z]", line) and not re.search(r"[.,;:?!]$|\d", line)
        for line in lines
    )


def labelled(text: str) -> str:
    """Return the letter or number with a round bracket that begins an item, with the blanks after it, or nothing.

    >>> labelled("a) Bridges"), labelled("(2)  Mills"), labelled("2. Mills")
    ('a) ', '(2)  ', '')
    """
    found = _ENUMERATOR.match(text)
    return found[0] if found and found[3] == ")" else ""


def _in_brackets(blocks: Sequence[Block], index: int, end: int) -> int:
    """Return how many blocks from one on begin with a), b), c) or (1), (2), the first of them first.

    One alone is a list where a colon announces it: the rest may be missing.
    """
    first = enumerator(blocks[index].text) if labelled(blocks[index].text) else None
    if first is None or first.strip("()") not in ("a", "A", "1"):
        return 0
    last = index + 1
    while (
        last < end
        and labelled(blocks[last].text)
        and enumerator(blocks[last].text) == sequence(first, last - index + 1)[-1]
    ):
        last += 1
    announced = index > 0 and blocks[index - 1].text.endswith(":")
    return last - index if last - index > 1 or announced else 0


def items(blocks: Sequence[Block], index: int, end: int, *, apart: bool = True) -> int:
    """Return how many blocks from one on are items of a list.

    Lines that follow each other without a blank one, where blank lines part the paragraphs (``apart``); or paragraphs
    that begin with a letter or a number in brackets.
    """
    if count := _in_brackets(blocks, index, end):
        return count
    if not apart:
        return 0
    last = index + 1
    while last < end and follows_at_once(blocks[last]):
        last += 1
    texts = [block.text for block in blocks[index:last]]
    marks = [enumerator(text) for text in texts]
    if len(texts) > 1 and marks[0] and marks == sequence(marks[0], len(marks)):
        return len(texts)
    if len(texts) > 2 and index and blocks[index - 1].text.endswith(":") and are_short_items(texts):
        return len(texts)
    return 0
