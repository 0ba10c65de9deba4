"""Takes the name of a style of a word processor and gives what it means: a kind of block, or what it says of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tei_edition.finding import Severity
from tei_edition.readers.page import Page, quoted
from tei_edition.transcript import KINDS, MARKS


class Meaning(NamedTuple):
    """What a style means."""

    word: str
    """One of `KINDS` or `MARKS`, or ``text``: nothing beyond the words."""
    level: int = 0


_KINDS = frozenset(KINDS) - {"row", "note", "comment"}
_MARKS = frozenset(MARKS) - {"lang", "link", "anchor", "cell", "comment", "page", "line", "column"}

STYLES = (
    (r"(?:heading|überschrift|titre|título|titolo|заголовок|header text) ?(?P<level>[1-9])", "heading"),
    (r"title|main title|document title", "heading 1"),
    (r"subtitle", "heading 2"),
    (r"(?:list|list bullet|list number|list continue)(?: (?P<level>[1-9]))?|list paragraph", "text"),
    (r"(?:intense |block )?(?:quote|quotation|quotations|text)s?|block text", "quotation"),
    (r"caption|table|figure|illustration|drawing", "caption"),
    (r"salutation|complimentary opening", "salute"),
    (r"closing|complimentary close", "signed"),
    (r"(?:e-mail )?signature|sender", "signed"),
    (r"date|dateline", "dateline"),
    (r"byline|author", "byline"),
    (r"verse|poem|line of verse", "verse"),
    (r"html preformatted|preformatted text|macro text|code", "code"),
    (r"marginalia|margin|marginal note", "margin"),
    (r"header|footer|page number|header (?:left|right)|footer (?:left|right)", "page"),
    (r"(?:subtle |intense )?emphasis|html (?:cite|variable|definition)|italic", "italic"),
    (r"strong|strong emphasis|bold", "bold"),
    (r"book title|html cite", "title"),
    (r"html (?:code|keyboard|typewriter|sample)|source text|teletype|user entry", "monospace"),
    (r"normal|standard|default(?: paragraph (?:font|style))?|no spacing|body text.*|text body.*|plain text|normal .*|"
     r"first line indent|hanging indent|(?:foot|end)note.*|annotation.*|hyperlink|followedhyperlink|"
     r"internet link|visited internet link|(?:page|line) number|(?:foot|end)note (?:symbol|anchor|characters)|"
     r"table (?:contents|heading|grid|normal)|toc .*|contents .*|index.*|balloon text.*|list contents|text|"
     r"numbering symbols|bullets?(?: symbols)?|frame contents|horizontal line|comment.*|placeholder text|"
     r"message header|envelope .*|no list|revision|unresolved mention", "text"),
)  # fmt: skip
"""Names of styles as word processors give them, in lower case, and what they mean; the first that fits."""


def meaning(name: str) -> Meaning | None:
    """Return what a style means by its name, or None for a name that is not known.

    >>> meaning("Heading 2"), meaning("Ledger")
    (Meaning(word='heading', level=2), None)
    """
    folded = " ".join(re.sub(r"(?i)(?<=[a-z]) char\b|_20_", " ", name).replace("_", " ").lower().split())
    if folded in _KINDS | _MARKS and folded not in ("title", "text"):
        return Meaning(folded)
    for pattern, word in STYLES:
        if found := re.fullmatch(pattern, folded):
            kind, _, level = word.partition(" ")
            given = int(level or found.groupdict().get("level") or 0)
            return Meaning(kind, min(given, 6))
    return None


def declared(words: str) -> Meaning | None:
    """Return what an edition says that a style means, such as “heading 2” or “person”; None for what is neither.

    >>> declared("heading 2"), declared("blue")
    (Meaning(word='heading', level=2), None)
    """
    found = re.fullmatch(r"([a-z-]+)(?: ([1-9]))?", words.strip().lower())
    if not found or found[1] not in _KINDS | _MARKS:
        return None
    return Meaning(found[1], min(int(found[2] or (1 if found[1] in ("heading", "item") else 0)), 6))


@dataclass
class Stylebook:
    """The styles of one file: what each means, and which were met that mean nothing."""

    page: Page
    own: Mapping[str, str] = field(default_factory=dict)
    """What the edition says of styles, by their names."""
    parents: Mapping[str, str] = field(default_factory=dict)
    """The style that each is based on, by name."""
    _unknown: Counter[str] = field(default_factory=Counter)

    def of(self, name: str) -> Meaning:
        """Return what a style means, by its name or that of one it is based on; note it when it means nothing."""
        at, seen = name, set[str]()
        while at and at not in seen:
            seen.add(at)
            if at in self.own and (given := declared(self.own[at])):
                return given
            if (known := meaning(at)) and (at == name or known.word != "text"):
                return known
            at = self.parents.get(at, "")
        if name:
            self._unknown[name] += 1
        return Meaning("text")

    def tell(self) -> None:
        """Report the styles that mean nothing, once, and what the edition says wrongly of styles."""
        if self._unknown:
            listed = ", ".join(f"{quoted(name)} ({count}×)" for name, count in sorted(self._unknown.items()))
            message = f"What these styles mean is not known; their words are set plainly: {listed}."
            hint = "Say it under [styles] in edition.toml: a style's name = a kind of block or of words."
            self.page.say("style-unknown", Severity.WARNING, message, hint=hint)
        for name, words in sorted(self.own.items()):
            if not declared(words):
                message = f"{quoted(words)} is not what a style can mean; [styles] says so of {quoted(name)}."
                hint = f"Use one of: {', '.join(sorted(_KINDS))}; or of words: {', '.join(sorted(_MARKS))}."
                self.page.say("style-meaning-unknown", Severity.WARNING, message, hint=hint)
