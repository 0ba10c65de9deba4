"""`tei-edition serve`: the edition → its site in the browser, made again while one works on it."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

import click

from tei_edition.cli.asking import PATH, edition_of
from tei_edition.console import Findings, seen_from_here
from tei_edition.edition import Edition, EditionError
from tei_edition.settings import FILE
from tei_edition.watching import changes


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for a free one.")
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the site; otherwise build/site of the edition.")
@click.option("--open", "in_browser", is_flag=True, help="Open the front page in the browser.")
@click.option("-q", "--quiet", is_flag=True, help="Print the address and errors only.")
def serve(port: int, to: Path | None, in_browser: bool, quiet: bool) -> int:
    """Show the site of the edition while you work on it.

    What changes in the TEI, the registers or edition.toml is published again, and the open pages load again. Only
    this computer can see it. Ctrl-C ends. To work on the transcripts, run tei-edition encode --watch beside it.

    \b
    tei-edition serve
    tei-edition serve --port 0 --open
    """
    edition = edition_of()
    if edition is None:
        raise click.UsageError("There is no edition.toml here or above; tei-edition new FOLDER makes one.")
    from tei_edition.serving import Preview

    folder = (to or edition.folder / "build" / "site").resolve()
    watched = _watched(edition)
    rounds = changes(watched, wanted=lambda path: not path.is_relative_to(folder))
    try:
        preview = Preview(folder, port)
    except OSError as error:
        hint = "Another program uses it: name another with --port, or 0 for a free one."
        raise click.ClickException(f"Port {port} cannot be used ({error.strerror}). {hint}") from None
    with preview:
        if not _published(edition, folder, quiet):
            return 1
        click.echo(f"{seen_from_here(folder)} is shown at {preview.address}; Ctrl-C ends.")
        if in_browser:
            webbrowser.open(preview.address)
        try:
            for _ in rounds:
                try:
                    edition = Edition.load(edition.folder)
                    watched[:] = _watched(edition)
                    _published(edition, folder, quiet)
                except (EditionError, OSError) as error:
                    click.echo(str(error), err=True)
                preview.changed()
        except KeyboardInterrupt:
            return 0
    return 0


def _published(edition: Edition, folder: Path, quiet: bool) -> bool:
    """Publish, print the findings, and return whether there is a site."""
    from tei_edition.site import publish

    findings = Findings(quiet=quiet)
    options: dict[str, Any] = {"report": findings.report, "progress": findings.each}
    publish(edition, folder, draft=True, **options)
    taken = findings.has("folder-taken", folder)
    findings.close("No site was written." if taken else f"The site is in {seen_from_here(folder)}.")
    return not taken


def _watched(edition: Edition) -> list[Path]:
    """Return what the site is made from; when the TEI lies in the folder of the edition itself, only its own files."""
    tei = [edition.tei] if edition.tei != edition.folder else edition.tei_files()
    return [edition.folder / FILE, *tei, *edition.register]
