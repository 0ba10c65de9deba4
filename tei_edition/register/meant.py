"""Takes the text of a decisions file and gives it with more names in its table ``[names]``, all else as it was."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from typing import Any


def with_names(text: str, meant: Iterable[tuple[str, str, str]]) -> str:
    """Return a decisions file that says what names mean: triples of document (or nothing for all), name, id.

    A name that the file speaks of already keeps what it says.

    >>> print(with_names("[speakers]\\nA = \\"b\\"\\n", [("", "Mr. X", ""), ("d1", "Y", "y")]), end="")
    [speakers]
    A = "b"
    <BLANKLINE>
    [names]
    "Mr. X" = ""
    <BLANKLINE>
    [names.d1]
    "Y" = "y"
    """
    table: dict[str, Any] = tomllib.loads(text).get("names", {})
    by_table: dict[str, dict[str, str]] = {}
    for document, form, key in meant:
        said = table.get(document, {}) if document else table
        if not (isinstance(said, dict) and form in said):
            by_table.setdefault(document, {}).setdefault(form, key)
    ends = "\r\n" if "\r\n" in text else "\n"
    for document, forms in sorted(by_table.items()):
        lines = [f"{_quoted(form)} = {_quoted(key)}" for form, key in forms.items()]
        head = f"[names.{document if re.fullmatch(r'[A-Za-z0-9_-]+', document) else _quoted(document)}]"
        head = head if document else "[names]"
        here = re.search(rf"^[ \t]*{re.escape(head)}[ \t]*(?:#[^\r\n]*)?(?:\r?\n|\Z)", text, re.MULTILINE)
        if here:
            before = text[: here.end()]
            before += "" if before.endswith("\n") else ends
            text = before + "".join(f"{line}{ends}" for line in lines) + text[here.end() :]
        else:
            gap = "" if not text else ends if text.endswith("\n") else ends * 2
            text += gap + ends.join([head, *lines]) + ends
    tomllib.loads(text)
    return text


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")
