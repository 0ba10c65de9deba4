"""Takes files that a command names and gives books of them: one of all, or one of each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tei_edition.edition import Edition, identifier
from tei_edition.finding import Finding, Report

if TYPE_CHECKING:
    from tei_edition.book.parts import Book
    from tei_edition.site.gathering import Published


def books(edition: Edition | None, files: Sequence[Path], view: str, whole: bool, report: Report) -> Iterator[Book]:
    """Give the books of files: one of all of them, or one of each, with the registers of the edition as index.

    Files that are not of the edition are an edition of their folder. Findings are those of the files and registers.
    """
    from tei_edition.book import bind
    from tei_edition.site.gathering import Gathered, gather
    from tei_edition.site.permalinks import Permalinks

    chosen, order = {file.resolve() for file in files}, [file.resolve() for file in files]

    def told(finding: Finding) -> None:
        if finding.file.resolve() in chosen or not finding.file.resolve().is_relative_to(where.tei):
            report(finding)

    folders = list(dict.fromkeys(file.resolve().parent for file in files))
    documents, gathered = [], Gathered()
    for folder in folders:
        where = _edition_at(edition, folder)
        gathered = gather(where, told, Permalinks())
        documents += [one for one in gathered.documents if one.file.resolve() in chosen]
    if len(folders) > 1:
        documents.sort(key=lambda one: order.index(one.file.resolve()))
    if not documents:
        return
    if not edition:
        where = _made_of(where, folders, documents)
    for group in [documents] if whole else [[one] for one in documents]:
        yield bind(where, group, gathered.registers, images=gathered.images, view=view, report=report)


def _edition_at(edition: Edition | None, folder: Path) -> Edition:
    """Return the edition that a folder of TEI is of, or one that is made of it."""
    if edition and edition.tei.resolve() == folder:
        return edition
    if edition:
        return replace(edition, tei=folder, documents=())
    return Edition(folder=folder, tei=folder, title=folder.name or "Untitled edition", id=identifier(folder.name))


def _made_of(where: Edition, folders: Sequence[Path], documents: Sequence[Published]) -> Edition:
    """Return an edition of files that are of none: called as the folder that holds them all, in their language."""
    name = Path(os.path.commonpath(folders)).name or where.title
    languages = {str(one.digest.get("lang")).partition("-")[0] for one in documents if one.digest.get("lang")}
    language = languages.pop() if len(languages) == 1 else where.language
    return replace(where, title=name, id=identifier(name), language=language)


def printed(book: Book, as_pdf: bool, target: Path, report: Report) -> bytes:
    """Return a book as PDF or EPUB; ``target`` may hold an earlier PDF. Stop with one line where there is no PDF."""
    from tei_edition.epub import epub
    from tei_edition.files import read_bytes
    from tei_edition.pdf import PdfUnavailable, pdf_of

    if not as_pdf:
        return epub(book, report=report)
    try:
        return pdf_of(book, report=report, known=read_bytes(target) if target.is_file() else b"")
    except PdfUnavailable as error:
        raise click.ClickException(str(error)) from None
