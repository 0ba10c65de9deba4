"""Takes a book's particulars and gives the pages around its texts: titles, imprint, contents, signs, colophon."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from lxml.html.builder import E

from tei_edition.book.parts import Book, Part, words
from tei_edition.phrases import phrase

_MONTHS = "January February March April May June July August September October November December".split()

_MADE = "This book was made from TEI with %; the TEI of every document in it is the source of its pages."


def day(date: str, language: str = "en") -> str:
    """Return a date as it is read in a language.

    >>> day("1945-08-10"), day("1945-03-01", "de"), day("1945"), day("")
    ('10 August 1945', '1. März 1945', '1945', '')
    """
    try:
        read = datetime.date.fromisoformat(date)
    except ValueError:
        return date
    return f"{read.day}{phrase('day-sign', language)} {phrase(_MONTHS[read.month - 1], language)} {read.year}"


def half_title(book: Book) -> Part:
    """Return the first leaf: the title alone."""
    body = E.section({"class": "half-title", "id": "half-title"}, E.p({"class": "half"}, book.title))
    return Part(name="half-title", kind="half-title", title=book.title, language=book.language, body=body, listed=False)


def title_page(book: Book) -> Part:
    """Return the title page: title, who answers for it, publisher and year."""
    body = E.section(
        {"class": "book-title", "id": "title-page", "lang": book.language}, E.h1({"class": "title"}, book.title)
    )
    if book.subtitle:
        body.append(E.p({"class": "subtitle"}, book.subtitle))
    for resp, names in by_role(book):
        body.append(E.p({"class": "by"}, E.span({"class": "resp"}, resp), E.br(), names))
    if foot := [part for part in (book.publisher, book.date[:4]) if part]:
        body.append(E.p({"class": "publisher"}, foot[0], *(element for part in foot[1:] for element in (E.br(), part))))
    return Part(name="title-page", kind="title", title=book.title, language=book.language, body=body, listed=False)


def by_role(book: Book) -> list[tuple[str, str]]:
    """Return who answers for the book, those who did the same in one row."""
    rows: dict[str, list[str]] = {}
    for resp, name in book.responsible:
        rows.setdefault(phrase(resp, book.spoken), []).append(name)
    return [(resp, ", ".join(names)) for resp, names in rows.items()]


def citation(book: Book) -> list[Any]:
    """Return how the book is cited: words and elements."""
    title = f"{book.title}: {book.subtitle}" if book.subtitle else book.title
    people = ", ".join(f"{resp[0].upper()}{resp[1:]} {names}" for resp, names in by_role(book) if resp)
    place = ", ".join(part for part in (book.publisher, day(book.date, book.spoken)) if part)
    return [E.cite(title), "".join(f". {part}" for part in (people, place) if part) + "."]


def imprint(book: Book) -> Part:
    """Return the page after the title: rights, licence, how to cite, the identifier."""
    title = phrase("Imprint", book.spoken)
    body = E.section({"class": "imprint", "id": "imprint", "lang": book.spoken, "aria-label": title})
    if book.rights:
        body.append(E.p({"lang": book.language}, book.rights))
    if book.licence:
        body.append(
            E.p(phrase("Licence of the encoding:", book.spoken), " ", E.a({"href": book.licence}, book.licence))
        )
    body.append(E.p(phrase("Cite as", book.spoken), ": ", *citation(book)))
    if book.identifier:
        body.append(E.p({"class": "identifier"}, book.identifier))
    return Part(name="imprint", kind="imprint", title=title, language=book.spoken, body=body, listed=False)


def contents(parts: Sequence[Part], spoken: str) -> Part:
    """Return the contents: every part that is listed, documents with their dates."""
    rows = E.ol()
    for part in parts:
        if not part.listed:
            continue
        label = [E.span({"class": "entry-title", "lang": part.language}, part.title)]
        if part.date:
            label.append(E.span({"class": "entry-date", "lang": part.language}, part.date))
        rows.append(E.li({"class": f"of-{part.kind}"}, E.a({"href": f"#{part.name}"}, *label)))
    title = phrase("Contents", spoken)
    body = E.nav(
        {"class": "contents", "id": "contents", "lang": spoken, "aria-labelledby": "contents-title"},
        E.h1({"id": "contents-title"}, title), rows,
    )  # fmt: skip
    return Part(name="contents", kind="contents", title=title, language=spoken, body=body, listed=False)


def signs(documents: Iterable[Part], spoken: str) -> Part | None:
    """Take the legends out of the documents and return one of all the signs that they use."""
    rows: dict[str, Any] = {}
    for document in documents:
        for section in document.body.xpath("./section[@class='signs']"):
            for row in section.xpath("./dl/div"):
                rows.setdefault(words(row), row)
            section.getparent().remove(section)
    if not rows:
        return None
    title = phrase("Signs used in the texts", spoken)
    body = E.section(
        {"class": "signs", "id": "signs", "lang": spoken, "aria-labelledby": "signs-title"},
        E.h1({"id": "signs-title"}, title), E.dl(*rows.values()),
    )  # fmt: skip
    return Part(name="signs", kind="signs", title=title, language=spoken, body=body)


def shared_remarks(documents: Sequence[Part]) -> dict[str, list[Any]]:
    """Take out of what is said about the documents the remarks that most of them share; return them by their label."""
    seen: dict[tuple[str, str], list[Any]] = {}
    for document in documents:
        for remark in document.body.xpath("./section[@class='about']/dl/div/dd"):
            label = words(remark.getparent().find("dt"))
            seen.setdefault((label, words(remark)), []).append(remark)
    shared: dict[str, list[Any]] = {}
    for (label, _), remarks in seen.items():
        if len(remarks) < 2 or len(remarks) * 2 <= len(documents):
            continue
        shared.setdefault(label, []).append(remarks[0])
        for remark in remarks:
            row = remark.getparent()
            row.remove(remark)
            if row.find("dd") is None:
                row.getparent().remove(row)
    return shared


def colophon(book: Book, shared: dict[str, list[Any]], made: str) -> Part:
    """Return the last part: what the edition is, what holds for all its documents, how the book was made."""
    title = phrase("About this edition", book.spoken)
    body = E.section(
        {"class": "colophon", "id": "colophon", "lang": book.spoken, "aria-labelledby": "colophon-title"},
        E.h1({"id": "colophon-title"}, title),
    )
    if book.description:
        body.append(E.p({"lang": book.language, "class": "description"}, " ".join(book.description.split())))
    rows = E.dl()
    for label, remarks in shared.items():
        if words(remarks[0]) not in {" ".join(book.description.split()), " ".join(book.rights.split())}:
            rows.append(E.div(E.dt(label), *remarks))
    if len(rows):
        body.append(rows)
    body.append(E.p({"class": "made"}, phrase(_MADE, book.spoken).replace("%", made)))
    return Part(name="colophon", kind="colophon", title=title, language=book.spoken, body=body)
