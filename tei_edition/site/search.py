"""Takes documents and gives the index that the site's own search reads: small scripts, so that it works from a folder.

The browser loads ``search/index.js`` (documents, facets, which words are where), then of ``search/words-N.js`` those
that hold the words it looks for, and ``search/text/ID.js`` for the documents that it shows. Every file calls
``teiSearch(name, content)``. A list of places is text: documents divided by ``;``, each ``document:word,word,…``, every
number as the difference to the one before, in base 36. Words are counted so that each passage begins at a multiple of
`PASSAGE`: two words are in the same passage when their numbers, divided by it, are the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from lxml import etree

from tei_edition.files import resource
from tei_edition.search.particulars import FACETS, Names, Particulars, particulars
from tei_edition.search.passages import Passage, passages
from tei_edition.search.words import Word, words
from tei_edition.site.shelf import Shelf

PASSAGE = 4096
"""Words that a passage may have; a longer one takes the room of several."""
SHARD = 48 * 1024
"""Characters of places that a file of words holds, more or less."""
PART = 64
"""Documents whose words are kept together."""
SCRIPTS = ("search.js", "search-words.js", "search-places.js")

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(kw_only=True, slots=True)
class Indexed:
    """What the index takes of one document."""

    row: dict[str, Any]
    """What ``search/index.js`` says of it, and from which word on, over how many, somebody speaks."""
    text: str
    """The file with its passages."""
    places: dict[str, str]
    """Word → its places in this document."""


def indexed(key: str, tree: etree._Element, names: Names) -> Indexed:
    """Return what the index takes of a document, whose places are marked; ``names`` are those of the registers."""
    said = particulars(tree, names)
    places: dict[str, list[int]] = {}
    spoken: dict[str, list[int]] = {}
    rows: list[list[Any]] = []
    begin = count = 0
    sources: list[int] = []
    found = passages(tree)
    for passage in found:
        row = words(passage.text)
        for at, word in enumerate(row, begin):
            if word.key in places:
                places[word.key].append(at)
            else:
                places[word.key] = [at]
        _speakers(passage, said, row, begin, spoken)
        rows.append([begin // PASSAGE, passage.anchor, passage.text, int(passage.source)])
        count += 0 if passage.source else len(row)
        sources += [begin // PASSAGE] * passage.source
        begin += (len(row) // PASSAGE + 1) * PASSAGE
    language = found[0].language if found else ""
    told = {
        "row": [key, said.title, language, said.date, said.first, said.last or said.first, count],
        "facets": {facet: named for facet, named in said.facets.items() if named}, "sources": sources,
        "spoken": {key: _packed(numbers) for key, numbers in spoken.items()},
    }  # fmt: skip
    return Indexed(
        row=told, text=script(f"text/{key}", rows), places={key: _packed(numbers) for key, numbers in places.items()}
    )


def _speakers(
    passage: Passage, said: Particulars, row: Sequence[Word], begin: int, spoken: dict[str, list[int]]
) -> None:
    """Note for everybody who speaks in a passage the first word and the word after the last one."""
    for one in passage.spoken:
        inside = [at for at, word in enumerate(row) if one.start <= word.start < one.end]
        for who in dict.fromkeys(said.keys.get(who, who) for who in one.who):
            if inside:
                spoken.setdefault(who, []).extend((begin + inside[0], begin + inside[-1] + 1))


def search_files(shelf: Shelf, documents: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the path and content of every file of the index but those of the texts.

    ``documents`` are the ids and keys of what the shelf has of them, in the order of the site; the same documents
    give the same characters.
    """
    for file in (*SCRIPTS, "search.css"):
        yield file, resource(f"xslt/site/{file}").read_text(encoding="utf-8")
    values: dict[str, dict[str, tuple[int, str]]] = {facet: {} for facet in FACETS}
    spoken: dict[str, list[str]] = {}
    rows = []
    for number, (document, _) in enumerate(documents):
        said = shelf.part(document, "facts")["search"]
        own: dict[str, list[int]] = {}
        for facet, named in said["facets"].items():
            known = values[facet]
            own[facet] = [known.setdefault(key, (len(known), name))[0] for key, name in named.items()]
        for key, numbers in said["spoken"].items():
            spoken.setdefault(key, []).append(f"{_base36(number)}:{numbers}")
        rows.append([*said["row"], own, said["sources"]])
    starts: list[str] = []
    for name, shard in _shards(_places(shelf, documents)):
        starts.append(next(iter(shard)))
        yield f"search/{name}.js", script(name, shard)
    for key, (number, _) in values["speaker"].items():
        yield f"search/speaker-{number}.js", script(f"speaker-{number}", ";".join(spoken.get(key, ())))
    facets = {facet: [[key, name] for key, (_, name) in known.items()] for facet, known in values.items() if known}
    yield "search/index.js", script("index", {"documents": rows, "facets": facets, "words": starts})


def _places(shelf: Shelf, documents: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield every word with its places in all documents, in the order in which JavaScript compares words.

    The shelf keeps the words of so many documents together as `PART` says; only parts that changed are made again.
    """
    known = dict(shelf.rows("SELECT number, key FROM part"))
    parts = [documents[start : start + PART] for start in range(0, len(documents), PART)]
    now = {number: hashlib.sha256(repr(part).encode()).hexdigest() for number, part in enumerate(parts)}
    for number in [one for one in {*known, *now} if known.get(one) != now.get(one)]:
        shelf.put_all("DELETE FROM posting WHERE part = ?", [(number,)])
        shelf.put_all("DELETE FROM part WHERE number = ?", [(number,)])
        if number in now:
            rows = _merged(shelf, parts[number], number * PART)
            shelf.put_all("INSERT INTO posting VALUES (?, ?, ?, ?, ?)", ((word, number, *row) for word, row in rows))
            shelf.put_all("INSERT INTO part VALUES (?, ?)", [(number, now[number])])
    found = shelf.rows("SELECT word, first, last, places FROM posting ORDER BY word, part")
    for key, pieces in groupby(found, key=itemgetter(0)):
        text, before = [], 0
        for _, first, last, places in pieces:
            text.append(f"{_base36(first - before)}:{places}")
            before = last
        yield key.decode("utf-16-be", "surrogatepass"), ";".join(text)


def _merged(
    shelf: Shelf, documents: Sequence[tuple[str, str]], start: int
) -> Iterator[tuple[bytes, tuple[int, int, str]]]:
    """Yield every word of some documents with the numbers of the first and last that has it, and its places."""
    ends: dict[str, tuple[int, int]] = {}
    places: dict[str, list[str]] = {}
    for number, (document, _) in enumerate(documents, start):
        for key, numbers in shelf.part(document, "words").items():
            if key in ends:
                places[key].append(f"{_base36(number - ends[key][1])}:{numbers}")
                ends[key] = (ends[key][0], number)
            else:
                places[key] = [numbers]
                ends[key] = (number, number)
    for key, (first, last) in ends.items():
        yield key.encode("utf-16-be", "surrogatepass"), (first, last, ";".join(places[key]))


def _shards(places: Iterable[tuple[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the names and words of the files that hold places."""
    shard: dict[str, str] = {}
    size = number = 0
    for key, text in places:
        if shard and size + len(text) > SHARD:
            yield f"words-{number}", shard
            shard, size, number = {}, 0, number + 1
        shard[key] = text
        size += len(text) + len(key) + 6
    if shard:
        yield f"words-{number}", shard


def _packed(numbers: Sequence[int]) -> str:
    """Return numbers in order as the differences to the one before.

    >>> _packed([5, 41, 41 + 36])
    '5,10,10'
    """
    return ",".join(_base36(after - before) for before, after in zip((0, *numbers), numbers, strict=False))


def _base36(number: int) -> str:
    if number < 36:
        return _DIGITS[number]
    head, digit = divmod(number, 36)
    return _base36(head) + _DIGITS[digit]


def script(name: str, content: Any) -> str:
    """Return a script that hands over content; what it holds is data, whatever it says."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    text = re.sub("[\u2028\u2029\ud800-\udfff]", lambda sign: f"\\u{ord(sign[0]):04x}", text)
    return f"teiSearch({json.dumps(name)},{text});\n"
