"""Takes what a TOML file holds and gives its table, or one sentence that says why it has none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, so that no setting and no answer can."""


def decoded(data: bytes) -> str:
    """Return the text of a TOML file; a byte order mark, as some editors write it, is none of it."""
    return data.decode("utf-8-sig")


def table_of(text: str, *, fit: bool = True) -> dict[str, Any]:
    """Return the table of a TOML file; raise ValueError with one sentence when it cannot be read or used.

    Its words are to be ``fit`` for XML; those that answer for words of a transcript may be any.

    >>> table_of('id = "a"')
    {'id': 'a'}
    >>> table_of('id = "a\\\\u0000"')
    Traceback (most recent call last):
    ValueError: “a�” has a character that no text can hold
    """
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise ValueError("lists or tables stand too deep in each other") from None
    for words in _words(table) if fit else ():
        if UNFIT.search(words):
            shown = UNFIT.sub("\ufffd", words)
            raise ValueError(f"“{shown}” has a character that no text can hold")
    return table


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _words(item)
    elif isinstance(value, list):
        for item in value:
            yield from _words(item)
