"""`tei-edition publish`: the edition → a site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tei_edition.cli.asking import PATH, edition_of, reporting
from tei_edition.console import Findings, seen_from_here


@click.command()
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the site; in place of the one of edition.toml.")
@reporting
def publish(to: Path | None, **options: Any) -> int:
    """Write the site of the edition.

    A front page, every document in its views with PDF, EPUB and TEI to download, the registers.

    \b
    tei-edition publish
    tei-edition publish --to public
    """
    findings, edition = Findings(**options), edition_of()
    if edition is None:
        raise click.UsageError("There is no edition.toml here or above; tei-edition new FOLDER makes one.")
    from tei_edition.site import publish as to_site

    folder = to_site(edition, to, report=findings.report, progress=findings.each)
    written = not findings.has("folder-taken", folder)
    return findings.close(f"The site is in {seen_from_here(folder)}." if written else "No site was written.")
