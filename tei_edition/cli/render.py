"""`tei-edition render`: TEI → views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tei_edition.cli.asking import PATH, UNENCODED, edition_of, folder_for, nothing_named, reporting
from tei_edition.console import Findings, many, seen_from_here
from tei_edition.edition import Edition, identifier

if TYPE_CHECKING:
    from lxml import etree


@click.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("--view", default="reading", show_default=True, metavar="VIEW",
              help="reading, diplomatic, transcript, parallel, or one that edition.toml names.")  # fmt: skip
@click.option("--beside", default="diplomatic", show_default=True, metavar="WHAT",
              help="What stands beside it in the parallel view: diplomatic, facsimile or a TEI file.")  # fmt: skip
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the views; in an edition build/VIEW.")
@click.option("--pdf", "as_pdf", is_flag=True, help="Write PDF in place of HTML.")
@click.option("--epub", "as_epub", is_flag=True, help="Write EPUB in place of HTML.")
@click.option("--book", "as_book", is_flag=True, help="Bind all documents into one book, as PDF or EPUB.")
@reporting
def render(
    paths: tuple[Path, ...],
    view: str,
    beside: str,
    to: Path | None,
    as_pdf: bool,
    as_epub: bool,
    as_book: bool,
    **options: Any,
) -> int:
    """Turn TEI into a view: HTML, PDF, EPUB, text.

    Without PATH: every document of the edition. A folder stands for its *.xml.

    \b
    tei-edition render
    tei-edition render xml --view diplomatic --to html
    tei-edition render xml/letter.xml --pdf --to pdf
    tei-edition render xml/letter.xml --view transcript --to txt
    tei-edition render xml/letter.en.xml --view parallel --beside xml/letter.ru.xml --to html
    tei-edition render --book --pdf --epub
    """
    if (as_pdf or as_epub or as_book) and view == "transcript":
        kind = "--pdf" if as_pdf else "--epub" if as_epub else "--book"
        raise click.UsageError(f"The transcript is plain text: leave out {kind}, or choose another view.")
    findings, edition = Findings(**options), edition_of(paths)
    draw = _drawing(view, beside, edition, findings)
    if not paths and not edition:
        raise nothing_named("TEI files, or a folder of them")
    folder = folder_for(to, edition.folder / "build" / ("book" if as_book else view) if edition else None)
    from tei_edition.files import read_bytes, write_bytes

    own = edition.tei_files() if edition else []
    files = findings.files(paths or own, "*.xml", "Correct the name." if paths else UNENCODED)
    if as_book or as_epub:
        wanted = (("pdf", as_book and (as_pdf or not as_epub)), ("epub", as_epub))
        kinds = [kind for kind, here in wanted if here]
        written = _books(edition, files, folder, kinds, view, as_book, findings)
        if as_book or not as_pdf:
            return findings.close(f"{many(written, 'book')} written to {seen_from_here(folder)}.")
    written, ending = 0, "pdf" if as_pdf else "txt" if view == "transcript" else "html"
    for file in findings.each(files, "Rendering"):
        target = folder / f"{file.stem}.{ending}"
        if findings.taken(target, file):
            continue
        with findings.unless("file-unreadable", file):
            source = read_bytes(file)
            text = draw(file, source)
            if text is None:
                continue
            data = text.encode()
            if as_pdf:
                date = edition.date if edition else ""
                data = _paper(text, file, {file.name: source}, date, target, findings)
                if not data:
                    continue
            with findings.unless("file-unwritable", target):
                write_bytes(target, data, durable=False)
                written += 1
    return findings.close(f"{many(written, 'view')} written to {seen_from_here(folder)}.")


def _drawing(
    view: str, beside: str, edition: Edition | None, findings: Findings
) -> Callable[[Path, bytes], str | None]:
    """Return what makes the view of a tree and its bytes; a view that is not there is a usage error."""
    from tei_edition import saxon, tei, views
    from tei_edition.files import read_bytes
    from tei_edition.parallel import BESIDE, parallel

    spoken = (edition.publishing.language if edition else "") or views.LANGUAGES[0]
    if view == "parallel":
        other: str | etree._Element | None = beside
        if beside not in BESIDE:
            try:
                other = tei.parse(read_bytes(Path(beside)), Path(beside), findings.report)
            except OSError:
                raise click.UsageError(f"“{beside}” is no file; name one, or {' or '.join(BESIDE)}.") from None
        if other is None:
            raise click.UsageError(f"“{beside}” is not well-formed.")

        def beside_it(file: Path, source: bytes) -> str | None:
            tree = tei.parse(source, file, findings.report)
            return None if tree is None else parallel(tree, other, report=findings.report, language=spoken)

        return beside_it
    own = edition.views if edition else {}
    chosen: str | views.View = view
    if view in own:
        chosen = views.own_view(view, *own[view])
        try:
            saxon.compiled_for_project(own[view][0])
        except ValueError as error:
            raise click.ClickException(str(error)) from None
    elif view not in views.VIEWS:
        names = [*views.VIEWS, "parallel", *own]
        raise click.UsageError(f"There is no view “{view}”. Choose one of: {', '.join(names)}.")
    return lambda file, source: views.render_file(source, file, chosen, report=findings.report, language=spoken)


def _paper(page: str, file: Path, sources: dict[str, bytes], date: str, target: Path, findings: Findings) -> bytes:
    """Return a page as PDF, with the images beside its source; stop with one line where PDF cannot be made."""
    from tei_edition.files import read_bytes
    from tei_edition.pdf import PdfUnavailable, pdf

    known = read_bytes(target) if target.is_file() else b""
    try:
        return pdf(page, report=findings.report, folder=file.parent, sources=sources, date=date, known=known)
    except PdfUnavailable as error:
        raise click.ClickException(str(error)) from None


def _books(
    edition: Edition | None, files: Sequence[Path], folder: Path, kinds: Sequence[str], view: str, whole: bool,
    findings: Findings,
) -> int:  # fmt: skip
    """Write the books of files and return how many were written."""
    from tei_edition.cli.binding import books, printed
    from tei_edition.files import write_bytes

    written = 0
    findings.looked_at += files
    for book in books(edition, [file for file in files if file.is_file()], view, whole, findings.report):
        stem = (identifier(edition.id) if edition else "book") if whole else Path(book.sources[0].name).stem
        for kind in kinds:
            target = folder / f"{stem}.{kind}"
            data = printed(book, kind == "pdf", target, findings.report)
            findings.flush()
            if not data:
                continue
            with findings.unless("file-unwritable", target):
                write_bytes(target, data)
                written += 1
    return written
