"""Takes documents and gives the index that the site's own search reads: small scripts, so that it works from a folder.

The browser loads ``search/index.js`` (documents, facets, which words are where), then of ``search/words-N.js`` those
that hold the words it looks for, and ``search/text/ID.js`` for the documents that it shows. Every file calls
``teiSearch(name, content)``. A list of places is text: documents divided by ``;``, each ``document:word,word,…``, every
number as the difference to the one before, in base 36. Words are counted so that each passage begins at a multiple of
`PASSAGE`: two words are in the same passage when their numbers, divided by it, are the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tei_edition.files import resource
from tei_edition.search.particulars import FACETS, Names, Particulars, particulars
from tei_edition.search.passages import Passage, passages
from tei_edition.search.words import words

PASSAGE = 4096
"""Words that a passage may have; a longer one takes the room of several."""
SHARD = 48 * 1024
"""Characters of places that a file of words holds, more or less."""
SCRIPTS = ("search.js", "search-words.js", "search-places.js")

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(kw_only=True, slots=True)
class Indexed:
    """What the index takes of one document; it can be handed from one process to another."""

    id: str
    particulars: Particulars
    language: str
    count: int
    """Words of the reading text."""
    sources: list[int]
    """Numbers of the passages that have the words of the source, each after the same one of the reading text."""
    text: bytes
    """The file with the passages."""
    places: dict[str, str]
    """Word → its places in this document."""
    spoken: dict[str, str]
    """Key of a speaker → from which word on, and over how many, that person speaks."""


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
        for at, word in enumerate(row):
            places.setdefault(word.key, []).append(begin + at)
        _speakers(passage, said, [word.start for word in row], begin, spoken)
        rows.append([begin // PASSAGE, passage.anchor, passage.text, int(passage.source)])
        count += 0 if passage.source else len(row)
        sources += [begin // PASSAGE] * passage.source
        begin += (len(row) // PASSAGE + 1) * PASSAGE
    language = found[0].language if found else ""
    return Indexed(
        id=key, particulars=said, language=language, count=count, sources=sources, text=_script(f"text/{key}", rows),
        places={key: _packed(numbers) for key, numbers in places.items()},
        spoken={key: _packed(numbers) for key, numbers in spoken.items()},
    )  # fmt: skip


def _speakers(
    passage: Passage, said: Particulars, starts: Sequence[int], begin: int, spoken: dict[str, list[int]]
) -> None:
    """Note for everybody who speaks in a passage the first word and the word after the last one."""
    for one in passage.spoken:
        inside = [at for at, start in enumerate(starts) if one.start <= start < one.end]
        for who in dict.fromkeys(said.keys.get(who, who) for who in one.who):
            if inside:
                spoken.setdefault(who, []).extend((begin + inside[0], begin + inside[-1] + 1))


def search_files(documents: Iterable[Indexed]) -> Iterator[tuple[str, bytes]]:
    """Yield the path and content of every file of the index, and the scripts and styles of the search page.

    The documents come in the order of the site; the same documents give the same bytes.
    """
    for script in (*SCRIPTS, "search.css"):
        yield script, resource(f"xslt/site/{script}").read_bytes()
    values: dict[str, dict[str, tuple[int, str]]] = {facet: {} for facet in FACETS}
    places: dict[str, list[str]] = {}
    spoken: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    rows = []
    for number, one in enumerate(documents):
        yield f"search/text/{one.id}.js", one.text
        own: dict[str, list[int]] = {}
        for facet, named in one.particulars.facets.items():
            known = values[facet]
            own[facet] = [known.setdefault(key, (len(known), name))[0] for key, name in named.items()]
        for key, numbers in one.places.items():
            places.setdefault(key, []).append(f"{_base36(number - last.get(key, 0))}:{numbers}")
            last[key] = number
        for key, numbers in one.spoken.items():
            spoken.setdefault(key, []).append(f"{_base36(number)}:{numbers}")
        said = one.particulars
        rows.append(
            [one.id, said.title, one.language, said.date, said.first, said.last or said.first, one.count,
             {facet: numbers for facet, numbers in own.items() if numbers}, one.sources]
        )  # fmt: skip
    starts: list[str] = []
    for name, shard in _shards(places):
        starts.append(next(iter(shard)))
        yield f"search/{name}.js", _script(name, shard)
    for key, (number, _) in values["speaker"].items():
        yield f"search/speaker-{number}.js", _script(f"speaker-{number}", ";".join(spoken.get(key, ())))
    facets = {facet: [[key, name] for key, (_, name) in known.items()] for facet, known in values.items() if known}
    yield "search/index.js", _script("index", {"documents": rows, "facets": facets, "words": starts})


def _shards(places: dict[str, list[str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the names and words of the files that hold places, words in the order in which JavaScript compares them."""
    shard: dict[str, str] = {}
    size = number = 0
    for key in sorted(places, key=lambda key: key.encode("utf-16-be")):
        text = ";".join(places[key])
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


def _script(name: str, content: Any) -> bytes:
    """Return a script that hands over content; what it holds is data, whatever it says."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    text = re.sub("[\u2028\u2029\ud800-\udfff]", lambda sign: f"\\u{ord(sign[0]):04x}", text)
    return f"teiSearch({json.dumps(name)},{text});\n".encode()
