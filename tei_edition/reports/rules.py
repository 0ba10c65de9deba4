"""Takes the page that explains the rules, docs/findings.md, and gives each rule with what it means and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tei_edition.files import resource

PAGE = "docs/findings.md"

_CHAPTER = re.compile(r"^## (.+)$")
_ROW = re.compile(r"^\| `(?P<rule>[a-z0-9-]+)` \| (?P<when>.+?) \| (?P<mend>.+?) \|$")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Explained:
    """A rule as docs/findings.md explains it; the texts are Markdown without links."""

    rule: str
    when: str
    """When it is reported, as a sentence."""
    mend: str
    """What to do, as a sentence."""
    chapter: str


@cache
def explained() -> dict[str, Explained]:
    """Return every rule of the toolkit by its id, in the order of the page."""
    rules: dict[str, Explained] = {}
    chapter = ""
    for line in resource(PAGE).read_text(encoding="utf-8").splitlines():
        if head := _CHAPTER.match(line):
            chapter = head[1]
        elif row := _ROW.match(line):
            rules[row["rule"]] = Explained(row["rule"], _sentence(row["when"]), _sentence(row["mend"]), chapter)
    return rules


def plain(markdown: str) -> str:
    """Return a sentence of the page without its marks of code.

    >>> plain("add `@when`")
    'add @when'
    """
    return markdown.replace("`", "").replace("*", "")


def _sentence(cell: str) -> str:
    text = _LINK.sub(r"\1", cell).replace("\\|", "|")
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")
