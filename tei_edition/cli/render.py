"""`tei-edition render`: TEI → views."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tei_edition.cli.asking import PATH, UNENCODED, edition_of, folder_for, nothing_named, reporting
from tei_edition.console import Findings, many, seen_from_here


@click.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("--view", type=click.Choice(["reading", "diplomatic", "transcript"]), default="reading",
              show_default=True, help="Which view of the text.")  # fmt: skip
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the views; in an edition build/VIEW.")
@click.option("--pdf", "as_pdf", is_flag=True, help="Write PDF in place of HTML.")
@reporting
def render(paths: tuple[Path, ...], view: str, to: Path | None, as_pdf: bool, **options: Any) -> int:
    """Turn TEI into a view: HTML, PDF, text.

    Without PATH: every document of the edition. A folder stands for its *.xml.

    \b
    tei-edition render
    tei-edition render xml --view diplomatic --to html
    tei-edition render xml/letter.xml --pdf --to pdf
    tei-edition render xml/letter.xml --view transcript --to txt
    """
    if as_pdf and view == "transcript":
        raise click.UsageError("The transcript is plain text: leave out --pdf, or choose another view.")
    findings, edition = Findings(**options), edition_of(paths)
    if not paths and not edition:
        raise nothing_named("TEI files, or a folder of them")
    folder = folder_for(to, edition.folder / "build" / view if edition else None)
    from tei_edition import tei, views
    from tei_edition.files import read_bytes, write_bytes

    own = edition.tei_files() if edition else []
    files = findings.files(paths or own, "*.xml", "Correct the name." if paths else UNENCODED)
    written, ending = 0, "pdf" if as_pdf else "txt" if view == "transcript" else "html"
    for file in findings.each(files, "Rendering"):
        target = folder / f"{file.stem}.{ending}"
        if findings.taken(target, file):
            continue
        with findings.unless("file-unreadable", file):
            tree = tei.parse(read_bytes(file), file, findings.report)
            if tree is None:
                continue
            text = views.render(tree, view, report=findings.report)
            data = text.encode()
            if as_pdf:
                data = _paper(text, file.parent, findings)
            with findings.unless("file-unwritable", target):
                write_bytes(target, data)
                written += 1
    return findings.close(f"{many(written, 'view')} written to {seen_from_here(folder)}.")


def _paper(page: str, folder: Path, findings: Findings) -> bytes:
    """Return a page as PDF, with the images beside its source; stop with one line where PDF cannot be made."""
    from tei_edition.pdf import PdfUnavailable, pdf

    try:
        return pdf(page, report=findings.report, folder=folder)
    except PdfUnavailable as error:
        raise click.ClickException(str(error)) from None
