"""Takes plain text, with or without front matter in TOML or YAML; gives a transcript. Every text is plain text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import yaml

from tei_edition.finding import Severity
from tei_edition.readers.page import Page, quoted
from tei_edition.transcript import BLANK, FIELDS, Block, Field, Line, Mark, Transcript, blocks_of

ALIASES = {
    "translated-by": "translator", "translators": "translator", "authors": "author", "by": "author",
    "summary": "abstract", "description": "abstract", "shelfmark": "source", "archive": "repository",
    "licence": "rights", "license": "rights", "url": "uri", "link": "uri", "places": "place", "persons": "person",
    "people": "person", "topics": "topic", "keywords": "topic", "tags": "topic", "lang": "language",
    "contributors": "contributor", "contributed-by": "contributor", "credits": "credit", "genre": "type",
    "funded-by": "funder", "id": "record-id",
}  # fmt: skip
"""Other words for the fields of a transcript."""

FENCES = {"+++": "TOML", "---": "YAML"}
LIMIT = 64 * 1024
"""Characters of front matter; more is a mistake or an attack."""

LONG = 120
"""Characters of a line that was not broken by hand, counted as the median of a file."""


def plain(page: Page) -> Transcript | str:
    """Return the transcript of a plain text; front matter becomes fields, everything else is text as it stands."""
    begin = front_matter(page)
    lines = _marked(page.lines[begin:])
    blocks, after = blocks_of(lines, every_line=_unbroken(lines))
    return page.transcript("plain", "", _tables(blocks) if "\t" in page.text else blocks, after)


def _marked(lines: list[Line]) -> list[Line]:
    """Return the lines with points where a page begins, after a form feed, and where a divided word goes on."""
    marked: list[Line] = []
    turned = divided = False
    for line in lines:
        words = len(line.text.rstrip(BLANK))
        points: list[Mark] = []
        if turned or "\f" in line.text:
            feeds = {found.end() for found in re.finditer("\f", line.text)}
            pages = sorted({start for start in feeds if start < words} | ({0} if turned and words else set()))
            points += [Mark(start, start, "page") for start in pages]
            turned = any(start >= words for start in feeds) or (turned and not words)
        goes_on = re.match(r"\s*(?=[a-zà-öø-ÿа-я])", line.text) if divided else None
        if goes_on:
            points.append(Mark(goes_on.end(), goes_on.end(), "line", (("break", "no"),)))
        divided = line.text[words - 1 : words] in _HYPHENS and bool(
            _DIVIDED.search(line.text, max(words - 2, 0), words)
        )
        marked.append(replace(line, marks=tuple(points)) if points else line)
    return marked


_HYPHENS = frozenset("-\u00ad\u2010¬")
_DIVIDED = re.compile(r"[^\W\d_].$")


def _tables(blocks: list[Block]) -> list[Block]:
    """Return the blocks, those whose lines are rows cut into them: two lines or more, all with the same tabs."""
    found: list[Block] = []
    for run in _rows(blocks):
        lines = [line for block in run for line in block.lines]
        if len(lines) < 2 or not _columns(lines[0].text):
            found.extend(run)
            continue
        cut, _ = blocks_of(lines, every_line=True)
        cut[0] = replace(cut[0], before=run[0].before)
        found.extend(replace(block, kind="row") for block in cut)
    return found


def _rows(blocks: list[Block]) -> Iterator[list[Block]]:
    """Give the blocks in runs: those that follow each other without a blank line and have the same columns are one."""
    run: list[Block] = []
    for block in blocks:
        counts = {_columns(line.text) for line in block.lines}
        joined = block.before in ("\n", "\r\n", "\r") and run and counts == {_columns(run[-1].lines[-1].text)}
        if run and not joined:
            yield run
            run = []
        run.append(block)
        if len(counts) > 1 or counts == {0}:
            yield run
            run = []
    if run:
        yield run


def _columns(text: str) -> int:
    """Return how many columns a line has; none where it has no tab between words, or several blanks for one."""
    words = text.strip(BLANK)
    return words.count("\t") + 1 if "\t" in words and not text[:1].isspace() else 0


def _unbroken(lines: list[Line]) -> bool:
    """Say whether every line is a paragraph: no blank line parts them, and most are long or end as sentences do."""
    words = [line.text.strip(BLANK) for line in lines]
    while words and not words[-1]:
        words.pop()
    while words and not words[0]:
        words.pop(0)
    if len(words) < 2 or not all(words):
        return False
    lengths = sorted(len(item) for item in words)
    ends = sum(1 for item in words if re.search(r"[.!?:;…][\"”’')\]]*$", item))
    return lengths[-1] > LONG and (lengths[len(lengths) // 2] > LONG or 2 * ends >= len(words))


def front_matter(page: Page) -> int:
    """Take the front matter when there is any, and return the index of the first line after it."""
    fence = page.lines[0].text.rstrip(BLANK)
    if fence not in FENCES:
        return 0
    close = next((line.number for line in page.lines[1:] if line.text.rstrip(BLANK) == fence), None)
    kind = FENCES[fence]
    if close is None:
        if kind == "TOML":
            _broken(page, "is not closed by a line “+++”", 1)
        return 0
    inner = page.lines[1 : close - 1]
    source = "".join(f"{line.text}\n" for line in inner)
    if len(source) > LIMIT:
        return _broken(page, f"is longer than {LIMIT // 1024} KiB", 1)
    try:
        table = tomllib.loads(source) if kind == "TOML" else _yaml(source)
        if not isinstance(table, dict):
            return 0  # two lines of hyphens around words are no front matter
        values = {str(key): list(_items(value)) for key, value in table.items()}
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        return _broken(page, f"is not {kind}", 1 + int(found[1]) if found else close)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return _broken(page, f"is not {kind}", 2 + mark.line if mark else 1)
    except (ValueError, RecursionError):
        return _broken(page, "holds a value that is too large or too deep, or an alias (*)", 1)
    keys = {_key(line.text): index for index, line in reversed(list(enumerate(inner)))}
    for key, items in values.items():
        _take(page, key, items, inner, keys.get(key, 0))
    return close


def _yaml(source: str) -> Any:
    """Return what YAML says, all words as they stand; a text may not grow by aliases."""
    if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(source, Loader=yaml.BaseLoader)):
        raise ValueError("alias")
    return yaml.load(source, Loader=yaml.BaseLoader)  # only strings, lists and mappings


def _broken(page: Page, why: str, line: int) -> int:
    page.say(
        "front-matter-broken",
        Severity.WARNING,
        f"The front matter {why}.",
        page.start(page.lines[min(line, len(page.lines)) - 1]),
        "Mend it; until then it is part of the text.",
    )
    return 0


def _take(page: Page, key: str, items: list[str], inner: list[Line], row: int) -> None:
    name = key.strip().casefold().replace("_", "-").replace(" ", "-")
    name = ALIASES.get(name, name)
    line = inner[row]
    if name not in FIELDS:
        page.say(
            "front-matter-key-unknown",
            Severity.WARNING,
            f"{quoted(key)} is not the name of a field; it is left out.",
            page.start(line),
            f"Use one of: {', '.join(FIELDS)}.",
        )
        return
    for item in items:
        first = item.splitlines()[0]
        # The value stands at the key or not far below it; where it is spelt otherwise, the key's place is given.
        found = next((index for index in range(row, min(row + 50, len(inner))) if first in inner[index].text), None)
        row = row if found is None else found
        spot = line if found is None else inner[found]
        page.fields.append(Field(name, " ".join(item.split()), spot.number, max(spot.text.find(first) + 1, 1)))


def _key(line: str) -> str:
    """Return the key that a line of front matter gives, or nothing."""
    found = re.match(r"\s*(\"[^\"]+\"|'[^']+'|[^\s=:#\"'-][^=:#]*?)\s*[=:]", line)
    return found[1].strip("\"'") if found else ""


def _items(value: Any) -> Iterator[str]:
    """Return the words of a value: one for each member of a list, none for an empty one."""
    if isinstance(value, list | tuple | set):
        for member in value:
            yield from _items(member)
    elif isinstance(value, dict):
        yield from _items(list(value.values()))
    elif value is not None and str(value).strip():
        yield str(value).strip()
