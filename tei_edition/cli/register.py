"""`tei-edition register`: names in TEI → a sheet for the editor → the register."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tei_edition.cli.asking import PATH, edition_of, helped, reporting
from tei_edition.console import Findings, many, seen_from_here
from tei_edition.edition import Edition
from tei_edition.files import read_bytes, write_bytes
from tei_edition.finding import Finding, Severity


@click.group(invoke_without_command=True)
@click.pass_context
def register(context: click.Context) -> int:
    """Make the register of persons, places and organisations.

    \b
    tei-edition register propose
    tei-edition register apply register.csv
    """
    return helped(context)


@register.command()
@click.option(
    "--to", type=PATH, default=Path("register.csv"), metavar="FILE", help="The sheet; otherwise register.csv."
)
@reporting
def propose(to: Path, **options: Any) -> int:
    """Write a sheet (CSV) of all names in the TEI of the edition, and of its register.

    Fill in the column decision in a spreadsheet: yes, new, same as ID, split, ignore or ambiguous. A sheet with
    decisions is not overwritten; the new one is written beside it.

    \b
    tei-edition register propose
    tei-edition register propose --to names.csv
    """
    from tei_edition.register import propose as proposed
    from tei_edition.register import write_sheet

    findings, edition = Findings(**options), _edition()
    rows = proposed(edition, report=findings.report)
    new = sum(row.proposal != "in the register" for row in rows)
    data = write_sheet(rows)
    with findings.unless("file-unwritable", to):
        if to.exists() and _decided(old := read_bytes(to)) and old != data:
            beside = to.with_name(f"{to.stem}.new{to.suffix}")
            message = f"This sheet has decisions in it; the new one is {beside.name}."
            hint = f"Apply the old one first: tei-edition register apply {seen_from_here(to)}."
            findings.report(
                Finding(rule="sheet-decided", severity=Severity.WARNING, file=to, message=message, hint=hint)
            )
            to = beside
        write_bytes(to, data)
    done = f"{many(new, 'row')} to decide, {many(len(rows) - new, 'row')} of the register in {seen_from_here(to)}."
    return findings.close(done)


@register.command("apply")
@click.argument("sheet", type=PATH, metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Print what would change, and write nothing.")
@reporting
def apply_(sheet: Path, dry_run: bool, **options: Any) -> int:
    """Write the register, and the decisions on single documents, as a sheet says.

    What changed is printed, and recorded in the register with who decided it. Encode again afterwards.

    \b
    tei-edition register apply register.csv
    tei-edition register apply register.csv --dry-run
    """
    from tei_edition.register import SheetError, apply, read_sheet

    findings, edition = Findings(**options), _edition()
    try:
        rows = read_sheet(read_bytes(sheet))
    except FileNotFoundError:
        raise click.UsageError(f"There is no file “{sheet}”.") from None
    except SheetError as error:
        raise click.UsageError(f"{sheet} is no register sheet: {error}.") from None
    applied = apply(rows, edition, file=sheet, report=findings.report)
    quiet = options["as_list"] or options["form"] != "text" or options["quiet"]
    for path, line in () if quiet else applied.record.lines():
        click.echo(f"{seen_from_here(path)}: {line}")
    with findings.unless("file-unwritable", sheet):
        for path, data in () if dry_run else applied.files.items():
            write_bytes(path, data)
    named = ", ".join(str(seen_from_here(path)) for path in applied.files) or "nothing"
    written = f"{'To be written' if dry_run else 'Written'}: {named}."
    return findings.close(f"{written} {many(applied.open, 'row')} without a decision.")


def _edition() -> Edition:
    if edition := edition_of():
        return edition
    raise click.UsageError("There is no edition.toml here or above.")


def _decided(data: bytes) -> bool:
    from tei_edition.register import SheetError, read_sheet

    try:
        return any(row.decision for row in read_sheet(data))
    except SheetError:
        return True
