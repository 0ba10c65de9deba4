"""Takes the places of documents with their words and gives each an id that it keeps, however the text changes later."""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from string import ascii_lowercase

from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity

FILE = "permalinks.csv"
"""The file beside ``edition.toml``: a row a place, with document, id, and the print of its words. Keep it."""

_HEAD = ["document", "place", "words"]
_WORD = re.compile(r"[^\W\u2e80-\u9fff\uac00-\ud7af]+|[\u2e80-\u9fff\uac00-\ud7af]")
_ID = re.compile(r"([a-z]+)-(\d+)([a-z]*)")
_FIT = re.compile(r"[\w.-]*").fullmatch
"""What a cell may hold: an id becomes the name of a page and an anchor on it."""
_GONE = "-"
"""Before the print of words that were there once."""
_FEW = 4
"""So many of the words of a place are remembered, the same ones as long as they are there."""


def print_of(words: str) -> str:
    """Return the print of a text: eight digits that any change alters, then those of four words that most leave alone.

    >>> print_of("Thanks to all. They want to keep their emperor.")[:8]
    '28ff1c05'
    >>> print_of("THANKS to all: they want to keep their emperor") == print_of("Thanks to all! They want to keep their \
emperor.")
    True
    """
    said = _WORD.findall(words.casefold())
    whole = zlib.crc32(" ".join(said).encode())
    # The words with the smallest sums are those that two texts with the same words share (bottom-k sketch).
    some = sorted({zlib.crc32(word.encode()) for word in said})[:_FEW]
    return f"{whole:08x}" + "".join(f"{one >> 16:04x}" for one in some)


@dataclass(kw_only=True)
class Permalinks:
    """The ids that the places of an edition have and had.

    1. A place keeps its id when other places come or go, when it moves a little, and when some of its words change.
    2. An id that was given once is never given to other words; where its words are gone it leads to what stood before.
    3. A document that is split, merged or renamed has its places found again in the documents that hold their words.
    """

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    """Document → id of a place, in the order of the text → print of its words, after a hyphen if they are gone."""
    readable: bool = True
    """Whether the file can be read; one that cannot is not written over, for an editor may mend it."""
    now: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Document → ids and prints of the places that it has now."""

    @classmethod
    def read(cls, file: Path, report: Report) -> Permalinks:
        """Return what a file says; none when there is no such file, or it cannot be read, which is a finding."""
        try:
            rows = list(csv.reader(io.StringIO(read_bytes(file).decode("utf-8-sig"), newline="")))
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            rows = [[str(error)]]
        links = cls()
        if rows[:1] != [_HEAD] or not all(len(row) == len(_HEAD) and all(map(_FIT, row)) for row in rows):
            report(
                Finding(
                    rule="permalinks-unreadable", severity=Severity.WARNING, file=file,
                    message="The ids of the places cannot be read; they are counted anew, and old links may miss.",
                    hint="Take the file back from an earlier state of the edition, or remove it, and publish again.",
                )
            )  # fmt: skip
            links.readable = False
            return links
        for document, place, words in rows[1:]:
            links.rows.setdefault(document, {})[place] = words
        return links

    def ids(self, document: str, places: Sequence[tuple[str, str]], others: Iterable[str] = ()) -> list[str]:
        """Return the id of every place of a document, each given as its kind (``turn``) and its print.

        ``others`` are ids that the document has given itself, and that no place can have.
        """
        rows = self.rows.get(document, {})
        known = [(key, key.rpartition("-")[0], words) for key, words in rows.items() if words[:1] != _GONE]
        found = _matched([(kind, words) for _, kind, words in known], places)
        ids = [known[found[at]][0] if at in found else "" for at in range(len(places))]
        back = {(key.rpartition("-")[0], words[1:]): key for key, words in rows.items() if words[:1] == _GONE}
        ids = [key or back.pop(place, "") for key, place in zip(ids, places, strict=True)]
        taken = {*rows, *others}
        count: dict[str, int] = defaultdict(int)
        for key in taken:
            count[key.rpartition("-")[0]] = max(count[key.rpartition("-")[0]], _number(key))
        latest: dict[str, str] = {}
        final = {kind: at for at, (kind, _) in enumerate(places) if ids[at]}
        for at, (kind, _) in enumerate(places):
            if not ids[at]:
                before = latest.get(kind, f"{kind}-0")
                last = at > final.get(kind, -1)
                ids[at] = _fresh(kind, before, taken, count, last=last)
                taken.add(ids[at])
                count[kind] = max(count[kind], _number(ids[at]))
            latest[kind] = ids[at]
        self.now[document] = [(key, words) for key, (_, words) in zip(ids, places, strict=True)]
        return ids

    def gone(self, document: str) -> dict[str, str]:
        """Return the ids that a document had and has no longer → the id of what stands now where they stood."""
        now = {key for key, _ in self.now.get(document, [])}
        before, gone = "", {}
        for key in self.rows.get(document, {}):
            if key in now:
                before = key
            else:
                gone[key] = before
        return gone

    def rows_of(self, document: str) -> list[tuple[str, str]]:
        """Return the rows of a document as the file is to have them, or as it has them if nobody asked for its ids."""
        return list(self._kept(document)) if document in self.now else list(self.rows.get(document, {}).items())

    def moved(self, renamed: Mapping[str, str]) -> dict[str, dict[str, tuple[str, str]]]:
        """Return documents that are no longer there → their places → document and id that have the words now.

        ``renamed`` says of a document what it is now, for the places whose words are nowhere. The place “” is the
        document as a whole; a document of which nothing is left is not among them.
        """
        left = [
            one for one in [*self.rows, *(name for name in renamed if name not in self.rows)] if one not in self.now
        ]
        there: dict[str, tuple[str, str]] = {}
        for document, places in self.now.items() if left else ():
            for key, words in places:
                if not _is_short(words):
                    there.setdefault(words, (document, key))
        old: dict[str, dict[str, tuple[str, str]]] = {}
        for document in left:
            rows = self.rows.get(document, {})
            found = {key: there[was] for key, words in rows.items() if (was := words.removeprefix(_GONE)) in there}
            count: dict[str, int] = defaultdict(int)
            for target, _ in found.values():
                count[target] += 1
            whole = renamed.get(document) or max(count, key=lambda name: count[name], default="")
            if whole in self.now:
                near = (whole, "")
                old[document] = {"": near}
                for key in rows:
                    near = old[document][key] = found.get(key, near)
        return old

    def table(self) -> bytes:
        """Return the file: what is there now, with what was, so that no id is given twice."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_HEAD)
        for document in sorted({*self.rows, *self.now}):
            writer.writerows((document, key, words) for key, words in self._kept(document))
        return out.getvalue().encode()

    def _kept(self, document: str) -> Iterable[tuple[str, str]]:
        """Yield the places of a document in order, those that are gone behind what stood before them."""
        behind: dict[str, list[str]] = defaultdict(list)
        for key, before in self.gone(document).items():
            behind[before].append(key)
        for key, words in [("", ""), *self.now.get(document, [])]:
            if key:
                yield key, words
            for gone in behind.get(key, ()):
                yield gone, _GONE + self.rows[document][gone].removeprefix(_GONE)


def _matched(known: Sequence[tuple[str, str]], places: Sequence[tuple[str, str]]) -> dict[int, int]:
    """Return which place is which known one: the same words first, then what is alike between those."""
    found: dict[int, int] = {}
    if not known:
        return found
    if list(known) == list(places):
        return {at: at for at in range(len(places))}
    for sign, a, b, c, d in SequenceMatcher(None, known, places, autojunk=False).get_opcodes():
        if sign == "equal":
            found |= {c + step: a + step for step in range(b - a)}
        elif sign == "replace":
            found |= _alike(known, range(a, b), places, range(c, d))
    used = set(found.values())
    # What was moved farther than its neighbours is known by all its words, if there are enough of them.
    rest: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(known):
        if at not in used and not _is_short(one[1]):
            rest[one].append(at)
    for at, one in enumerate(places):
        if at not in found and rest.get(one):
            found[at] = rest[one].pop(0)
    return found


def _alike(
    known: Sequence[tuple[str, str]], old: range, places: Sequence[tuple[str, str]], new: range
) -> dict[int, int]:
    """Return pairs of places that share words, in their order; of as many as there were one word is enough."""
    found: dict[int, int] = {}
    for kind in dict.fromkeys(places[at][0] for at in new):
        before = [at for at in old if known[at][0] == kind]
        after = [at for at in new if places[at][0] == kind]
        start = 0
        if len(before) == len(after):
            pairs = zip(after, before, strict=True)
            found |= {at: one for at, one in pairs if _shared(known[one][1], places[at][1]) or _is_short(places[at][1])}
            continue
        for at in after:
            scores = [(_shared(known[one][1], places[at][1]), -one) for one in before[start:]]
            best = max(scores, default=(0, 0))
            if best[0] >= 2:
                found[at] = -best[1]
                start = before.index(-best[1]) + 1
    return found


def _shared(one: str, other: str) -> int:
    first, second = ({text[at : at + 4] for at in range(8, len(text), 4)} for text in (one, other))
    return len(first & second)


def _is_short(words: str) -> bool:
    return len(words) < 8 + 4 * _FEW


def _fresh(kind: str, before: str, taken: set[str], count: Mapping[str, int], *, last: bool) -> str:
    """Return an id that nobody had: the next number at the end of the text, a letter after what stands before."""
    match = _ID.fullmatch(before)
    if not last and match:
        for letters in (*ascii_lowercase, *(one + two for one in ascii_lowercase for two in ascii_lowercase)):
            key = f"{kind}-{match[2]}{letters}"
            if key not in taken:
                return key
    return f"{kind}-{count[kind] + 1}"


def _number(key: str) -> int:
    match = _ID.fullmatch(key)
    return int(match[2]) if match else 0
