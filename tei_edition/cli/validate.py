"""`tei-edition validate`: TEI → findings."""

from __future__ import annotations

from pathlib import Path

import click

from tei_edition.cli.asking import PATH, UNENCODED, edition_of, nothing_named, reporting, tei_of
from tei_edition.console import Findings, many


@click.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("--schema", type=PATH, metavar="FILE", help="A schema (.rng, .xsd, .sch) in place of the toolkit's own.")
@click.option("--xsd", is_flag=True, help="Check against the XML Schema as well (slower).")
@reporting
def validate(paths: tuple[Path, ...], schema: Path | None, xsd: bool, **options: bool) -> int:
    """Check TEI: well-formedness, grammar, rules, pointers.

    Without PATH: the TEI of the edition and its registers. A folder stands for all *.xml below it.

    \b
    tei-edition validate
    tei-edition validate xml/letter.xml --xsd
    tei-edition validate xml --json > findings.json
    """
    findings, edition = Findings(**options), edition_of(paths)
    if not paths and not edition:
        raise nothing_named("TEI files, or a folder of them")
    if schema and not schema.is_file():
        raise click.UsageError(f"There is no schema “{schema}”.")
    from tei_edition.validation import validate as check

    own = [*tei_of(edition), *edition.register] if edition else []
    files = list(paths) or findings.files(own, "*.xml", UNENCODED)
    for finding in check(files, schema=schema, xsd=xsd, edition=edition) if files else ():
        findings.report(finding)
    return findings.close(f"{', '.join(map(str, paths)) or many(len(files), 'file')} checked.")
