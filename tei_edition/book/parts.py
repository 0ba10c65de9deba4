"""Takes rendered documents and gives the parts of a book: pieces of HTML in order, with ids that are unique in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html

_REFERENCES = ("aria-labelledby", "aria-describedby", "headers", "for")


@dataclass(kw_only=True)
class Part:
    """One part of a book: a title page, the contents, a document, a register."""

    name: str
    """Unique among the parts and fit for a file: letters, digits, hyphens."""
    kind: str
    """cover, half-title, title, imprint, contents, document, signs, register or colophon."""
    title: str
    language: str
    body: Any
    """One ``section`` or ``article`` element; it has the id of the part's name."""
    date: str = ""
    """As a reader sees it; of a document only."""
    listed: bool = True
    """Whether it stands in the contents."""


@dataclass(kw_only=True)
class Source:
    """The TEI that a document was made of, to travel with the book."""

    name: str
    content: bytes


@dataclass(kw_only=True)
class Book:
    """An edition, or some documents of it, in the order of reading."""

    title: str
    subtitle: str = ""
    language: str = "en"
    spoken: str = "en"
    """The language of the words that the book itself says: contents, index, colophon."""
    identifier: str = ""
    """A ``urn:uuid:`` that depends on what the book is of, and on nothing else."""
    responsible: tuple[tuple[str, str], ...] = ()
    """What somebody did, and who: ``("edited by", "Ann Other")``."""
    publisher: str = ""
    date: str = ""
    """Of the edition, as YYYY-MM-DD."""
    rights: str = ""
    licence: str = ""
    description: str = ""
    parts: list[Part] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    images: Mapping[str, Path] = field(default_factory=dict)
    """What ``src`` of an image means."""
    folder: Path | None = None
    """Where images may be read from."""

    def ids(self) -> dict[str, Part]:
        """Return the part in which each id is."""
        return {node.get("id"): part for part in self.parts for node in part.body.iter() if node.get("id")}


def fragment(html: str) -> Any:
    """Return the element of a piece of HTML."""
    return lxml.html.fragment_fromstring(html)


def drop_choices(article: Any) -> None:
    """Take away what only a reader at a screen can choose with."""
    for form in article.xpath(".//*[self::form or self::fieldset or self::input or self::button]"):
        if form.getparent() is not None:
            form.drop_tree()


def words(element: Any) -> str:
    """Return the words of an element on one line, without its notes' numbers."""
    parts = element.xpath("descendant-or-self::text()[not(ancestor::sup)]")
    return " ".join("".join(parts).split())


def own_ids(body: Any, prefix: str, leads_to: Callable[[str], str | None]) -> None:
    """Set a prefix before every id of a piece and let its links follow.

    A link within the piece keeps its aim; for another relative one ``leads_to`` says which id of the book is meant,
    and without an answer only its words stay. A link to an address stays as it is.
    """
    here = {node.get("id") for node in body.iter() if node.get("id")}
    used: set[str] = set()
    for node in _elements(body):
        if key := node.get("id"):
            node.set("id", prefix + key)
            if key in used:  # what a view shows in two places keeps its id in the first
                del node.attrib["id"]
            used.add(key)
        for attribute in _REFERENCES:
            if node.get(attribute):
                kept = [prefix + key for key in node.get(attribute).split() if key in here]
                if kept:
                    node.set(attribute, " ".join(kept))
                else:
                    del node.attrib[attribute]
        address = node.get("href")
        if address is None or address.startswith(("http:", "https:", "mailto:")):
            continue
        aim = prefix + address[1:] if address[:1] == "#" and address[1:] in here else leads_to(address)
        if aim:
            node.set("href", f"#{aim}")
        else:
            del node.attrib["href"]


def _elements(body: Any) -> Iterator[Any]:
    return (node for node in body.iter() if isinstance(node.tag, str))
