"""Takes an edition and documents of it and gives a book: parts in order, from which PDF and EPUB are made."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tei_edition import __version__
from tei_edition.book import frontmatter
from tei_edition.book.parts import Book, Part, Source, drop_choices, fragment, own_ids, words
from tei_edition.book.registers import Places, index
from tei_edition.edition import Edition
from tei_edition.finding import Report
from tei_edition.views import LANGUAGES, render

if TYPE_CHECKING:
    from tei_edition.site.gathering import Published

__all__ = ["Book", "Part", "Source", "bind"]

_SPACE = uuid.UUID("6c0f9b0e-5a0b-5d0e-9c39-3f1f6c2b7a11")
"""Of the identifiers of books, so that those of other programs never meet them."""


def bind(
    edition: Edition,
    documents: Sequence[Published],
    registers: Sequence[Published] = (),
    *,
    images: Mapping[str, Path] | None = None,
    view: str = "reading",
    report: Report,
) -> Book:
    """Return documents of an edition as a book, in the order they are given.

    Half title, title page, imprint, contents; the documents; their signs, once; the registers as an index; what holds
    for all of them. A book of one document has its title and no half title. ``documents`` and ``registers`` are those
    of `tei_edition.site.gathering.gather`.

    1. Every word of the views is in the book, once: what several documents say about themselves is said at the end.
    2. Every link leads into the book or to an address; what leads nowhere keeps its words.
    3. Ids are unique in the whole book.
    """
    names = {document.id: f"document-{number}" for number, document in enumerate(documents, start=1)}
    kept = {register.id: f"register-{register.id}" for register in registers}
    places, parts, spoken = Places(), [], _spoken(edition)
    for document in documents:
        parts.append(_document(document, names, kept, places, view, spoken, report))
    by_name = {part.name: part for part in parts}
    book = _book(edition, documents, parts)
    book.images, book.folder = images or {}, edition.tei
    legend = frontmatter.signs(parts, book.spoken) if len(parts) > 1 else None
    shared = frontmatter.shared_remarks(parts)
    for part in parts:
        _drop_empty(part.body)
    indexes = [index(register.digest, kept[register.id], places, by_name, book.spoken) for register in registers]
    made = f"TEI Edition Toolkit {__version__}"
    back = [*parts, *filter(None, (legend, *indexes)), frontmatter.colophon(book, shared, made)]
    front = [frontmatter.title_page(book), frontmatter.imprint(book)]
    if len(parts) > 1:
        front = [frontmatter.half_title(book), *front, frontmatter.contents(back, book.spoken)]
    book.parts = [*front, *back]
    _settle(book)
    return book


def _spoken(edition: Edition) -> str:
    """Return the language of what the book says itself."""
    here = edition.language.partition("-")[0]
    return edition.publishing.language or (here if here in LANGUAGES else LANGUAGES[0])


def _book(edition: Edition, documents: Sequence[Published], parts: Sequence[Part]) -> Book:
    """Return a book without its parts; one document lends it its title."""
    one = parts[0] if len(parts) == 1 else None
    ids = " ".join(document.id for document in documents)
    return Book(
        title=one.title if one else edition.title,
        subtitle=(one.date if one else edition.subtitle) or "",
        language=one.language if one else edition.language,
        spoken=_spoken(edition),
        identifier=f"urn:uuid:{uuid.uuid5(_SPACE, f'{edition.publishing.address} {edition.id} {ids}')}",
        responsible=tuple((person.resp, person.name) for person in edition.responsible),
        publisher=edition.publisher,
        date=edition.date,
        rights=" ".join(edition.rights.split()),
        licence=edition.licence if edition.licence.startswith(("http://", "https://")) else "",
        description=" ".join(edition.description.split()),
        sources=[Source(name=f"{document.id}.xml", content=document.data) for document in documents],
    )


def _document(
    document: Published, names: Mapping[str, str], registers: Mapping[str, str], places: Places, view: str,
    spoken: str, report: Report,
) -> Part:  # fmt: skip
    """Return a document as a part, its ids made its own and its names noted for the index."""
    text = render(document.tree, view, report=report, fragment=True, register="register/", language=spoken)
    article = fragment(text)
    drop_choices(article)
    name = names[document.id]
    heading = article.find(".//h1")
    title = words(heading) if heading is not None else document.id
    kicker = article.xpath("./header/p[@class='kicker']/text()")
    part = Part(
        name=name, kind="document", title=title, language=article.get("lang") or "en", body=article,
        date=kicker[0].split(" · ")[0] if kicker else "",
    )  # fmt: skip
    places.gather(part, document.digest.iter("mention"))

    def leads_to(address: str) -> str | None:
        path, _, key = address.partition("#")
        if path.startswith("register/"):
            register = registers.get(path.removeprefix("register/").removesuffix(".html"))
            return f"{register}-{key}" if register and key else register
        other = names.get(path.removesuffix(".html"))
        return f"{other}-{key}" if other and key else other

    own_ids(article, f"{name}-", leads_to)
    article.set("id", name)
    return part


def _drop_empty(article: Any) -> None:
    for section in article.xpath("./section[@class='about'][not(dl/div)]"):
        article.remove(section)


def _settle(book: Book) -> None:
    """Take away the links that lead to no place of the book."""
    ids = book.ids()
    for part in book.parts:
        for link in part.body.xpath(".//a[starts-with(@href, '#')]"):
            if link.get("href")[1:] not in ids:
                del link.attrib["href"]
