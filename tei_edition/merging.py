"""Takes what was written, what an editor made of it and what would be written now, and gives the three merged.

Texts are compared line by line, and where both changed the same lines, by words, tags and attributes. Two changes that
overlap or touch are a conflict, unless they are the same change; a conflict is never settled here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from tei_edition.files import resource
from tei_edition.finding import Finding
from tei_edition.tei import ID, parse

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_TOKEN = re.compile(
    r"""<!--.*?-->|<\?.*?\?>|</?[^\s<>/]+|\s+[^\s<>=/]+=(?:"[^"]*"|'[^']*')|/?>|[^\W_]+|\s+|.""", re.DOTALL
)
"""The beginning of a tag, an attribute, the end of a tag, a word, white space, any other sign."""
_MOST = 40_000_000
"""Above this product of lengths two stretches count as wholly different: comparing them would take seconds."""

_BOTH, _EDITED, _NEW = range(3)
Piece = tuple[str, int]
"""A stretch of the result, and who changed it: nobody or both alike, the editor, or the new encoding."""
Edit = tuple[int, int, int, int]
"""A stretch of the base (from, to) and what stands there in the other text (from, to)."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place that both changed, each otherwise; lines count from 1."""

    edited: str
    edited_line: int
    new: str
    new_line: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: the text, or else the conflicts, or the reason why the text cannot be used."""

    text: str | None
    conflicts: tuple[Conflict, ...] = ()
    broken: str = ""


def merge(base: str, edited: str, new: str) -> Merged:
    """Return a text with the changes that lead from ``base`` to ``edited`` and those from ``base`` to ``new``.

    1. Changes at different places are all in the result.
    2. The same change made twice is in it once.
    3. Changes to the same place, and changes that touch, are a conflict; then there is no text.

    >>> merge("<p>He came back.</p>", "<p>She came back.</p>", "<p>He came <supplied>back</supplied>.</p>").text
    '<p>She came <supplied>back</supplied>.</p>'
    >>> merge("a", "b", "c").conflicts
    (Conflict(edited='b', edited_line=1, new='c', new_line=1),)
    """
    pieces: list[Piece] = []
    conflicts: list[Conflict] = []
    for (was, mine, now), (_, mine_at, now_at) in _regions(*(_LINE.findall(text) for text in (base, edited, new))):
        found = _chosen("".join(was), "".join(mine), "".join(now))
        if isinstance(found, list):
            pieces += found
        else:
            conflicts.append(Conflict(found[0], mine_at + 1, found[1], now_at + 1))
    if conflicts:
        return Merged(None, tuple(conflicts))
    if crossed := _crossed(pieces):
        return Merged(None, broken=f"“{crossed}” was opened by one and would be closed by the other.")
    return Merged("".join(text for text, _ in pieces))


def merge_tei(base: str, edited: str, new: str, file: Path) -> Merged:
    """Merge documents; the result is well-formed, and is allowed by the schema unless the edited one was not, either.

    A result that breaks what was whole is not given: two changes that are apart in the file may still belong together.
    """
    merged = merge(base, edited, new)
    if merged.text is None or merged.text in (edited, new):
        return merged
    added = Counter(_faults(merged.text, file)) - Counter(_faults(edited, file))
    return Merged(None, broken=next(iter(added))) if added else merged


def _chosen(was: str, mine: str, now: str) -> list[Piece] | tuple[str, str]:
    """Return what stands where lines changed, word by word where both changed; for a conflict, what each has."""
    if piece := _either(was, mine, now):
        return [piece]
    pieces: list[Piece] = []
    for region, _ in _regions(*(_TOKEN.findall(text) for text in (was, mine, now))):
        was, mine, now = ("".join(tokens) for tokens in region)
        piece = _either(was, mine, now)
        if piece is None:
            return mine, now
        pieces.append(piece)
    return pieces


def _either(was: str, mine: str, now: str) -> Piece | None:
    """Return the one change that was made to a stretch, if it was one."""
    if now in (was, mine):
        return mine, _EDITED if mine != now else _BOTH
    return (now, _NEW) if mine == was else None


def _crossed(pieces: Sequence[Piece]) -> str:
    """Return the name of an element that begins with one change and ends with the other, if there is one."""
    open_tags: list[tuple[str, int]] = []
    for text, whose in pieces:
        for token in _TOKEN.findall(text):
            if token.startswith("</") or token == "/>":
                name, opened = open_tags.pop() if open_tags else ("", whose)
                if {opened, whose} == {_EDITED, _NEW}:
                    return name
            elif token.startswith("<") and token[1:2] not in ("!", "?", ""):
                open_tags.append((token[1:], whose))
    return ""


Region = tuple[Sequence[str], Sequence[str], Sequence[str]]


def _regions(base: Sequence[str], edited: Sequence[str], new: Sequence[str]) -> list[tuple[Region, tuple[int, ...]]]:
    """Cut three texts into regions that belong together, with the place where each begins; in some nothing changed."""
    edits = sorted(
        [(edit, 0) for edit in _edits(base, edited)] + [(edit, 1) for edit in _edits(base, new)],
        key=lambda item: (item[0][:2], item[1]),
    )
    shift = [0, 0]
    """How far a place in the edited and in the new text is from that in the base."""
    found: list[tuple[Region, tuple[int, ...]]] = []

    def cut(start: int, end: int, after: Sequence[int]) -> None:
        places = start, start + shift[0], start + shift[1]
        ends = end, end + after[0], end + after[1]
        texts = [text[first:last] for text, first, last in zip((base, edited, new), places, ends, strict=True)]
        found.append(((texts[0], texts[1], texts[2]), places))
        shift[:] = after

    at = index = 0
    while index < len(edits):
        start, end = edits[index][0][:2]
        after = list(shift)
        while index < len(edits) and (edits[index][0][0] <= end):
            (_, last, _, to), side = edits[index]
            end, after[side] = max(end, last), to - last
            index += 1
        cut(at, start, shift)
        cut(start, end, after)
        at = end
    cut(at, len(base), shift)
    return found


def _edits(base: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """Return what differs, in order, with something equal between any two."""
    first, most = 0, min(len(base), len(other))
    while first < most and base[first] == other[first]:
        first += 1
    last = 0
    while last < most - first and base[-1 - last] == other[-1 - last]:
        last += 1
    old, now = base[first : len(base) - last], other[first : len(other) - last]
    if not old and not now:
        return []
    if len(old) * len(now) > _MOST:
        return [(first, len(base) - last, first, len(other) - last)]
    codes = SequenceMatcher(str.isspace, old, now, autojunk=False).get_opcodes()
    return [(a + first, b + first, c + first, d + first) for kind, a, b, c, d in codes if kind != "equal"]


def _faults(text: str, file: Path) -> list[str]:
    """Return what is wrong with a document, in words that do not change when it moves to another line."""
    from tei_edition.relaxng import loaded

    found: list[Finding] = []
    root = parse(text.encode(), file, found.append)
    if root is None:
        return [finding.message for finding in found]
    faults = loaded(resource("schema/tei_edition.rng"), trusted=True).validate(root, file=file)
    ids = [str(element.get(ID)) for element in root.iter() if element.get(ID) is not None]
    twice = [f"The id “{key}” stands twice." for key in dict.fromkeys(ids) if ids.count(key) > 1]
    return [finding.message for finding in faults] + twice
