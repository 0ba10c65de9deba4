"""`tei-edition validate`: TEI → findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tei_edition.cli.asking import PATH, edition_of, nothing_named, reporting
from tei_edition.cli.rounds import in_rounds, judging
from tei_edition.console import Findings, many, seen_from_here
from tei_edition.files import write_bytes
from tei_edition.finding import Finding, unheard
from tei_edition.settings import SCHEMAS

if TYPE_CHECKING:
    from tei_edition.edition import Edition


@click.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("--schema", multiple=True, metavar="NAME", help="Schemas in place of the toolkit's own; may be repeated.")
@click.option("--xsd", is_flag=True, help="Check against the toolkit's XML Schema as well.")
@click.option("--phase", default="", metavar="NAME",
              help="The phase of the rules in --schema; #ALL: all of them, #ANY: one that chooses itself.")  # fmt: skip
@click.option("--check", multiple=True, metavar="NAME", help="Make only this check; may be repeated.")
@click.option("--skip", multiple=True, metavar="NAME", help="Leave this check out; may be repeated.")
@click.option("--fix", is_flag=True, help="Mend what can be mended in one way only, and show what changes.")
@click.option("--dry-run", is_flag=True, help="With --fix: show what would change, and write nothing.")
@judging
@reporting
def validate(
    paths: tuple[Path, ...],
    schema: tuple[str, ...],
    xsd: bool,
    phase: str,
    check: tuple[str, ...],
    skip: tuple[str, ...],
    fix: bool,
    dry_run: bool,
    **options: Any,
) -> int:
    """Check TEI: well-formedness, grammar, rules, ids, pointers, dates, pages, headers.

    Without PATH: the TEI of the edition and its registers. PATH is a file, a folder (all *.xml below it), a pattern in
    quotation marks, a zip archive, or - for the standard input. A schema is a file (.rng, .rnc, .xsd, .sch), tei_all,
    or from-document: what each file names itself.

    \b
    tei-edition validate
    tei-edition validate "letters/**/*.xml" --schema tei_all
    tei-edition validate xml --report report --format sarif --output findings.sarif
    tei-edition validate --fix --dry-run
    tei-edition validate --watch
    """
    edition = edition_of(paths)
    if not paths and not edition:
        raise nothing_named("TEI files, or a folder of them")
    for name in schema:
        if name.lower() not in SCHEMAS and not Path(name).is_file():
            raise click.UsageError(f"There is no schema “{name}”.")
    from tei_edition.validation import NAMES
    from tei_edition.validation import validate as validated

    for name in (*check, *skip):
        if name not in NAMES:
            raise click.UsageError(f"There is no check “{name}”; there are {', '.join(NAMES)}.")

    def checked(
        findings: Findings, files: Sequence[Path], edition: Edition | None, near: Iterable[Path]
    ) -> list[Finding]:
        return validated(
            files,
            schema=schema,
            xsd=xsd,
            phase=phase,
            edition=edition,
            checks=check,
            skip=skip,
            near=near,
            each=lambda files: findings.each(files, "Validating"),
        )

    if dry_run and not fix:
        raise click.UsageError("--dry-run goes with --fix.")
    if fix:
        quiet = options["as_list"] or (options["form"] != "text" and options["output"] is None)
        _mend(paths, schema, edition, write=not dry_run, err=quiet)
    named = [Path(name) for name in schema if name.lower() not in SCHEMAS]
    return in_rounds(checked, paths, edition, named, **options)


def _mend(paths: Sequence[Path], schema: Sequence[str], edition: Edition | None, *, write: bool, err: bool) -> None:
    """Mend files and print what changes; the differences go to the standard error where the output is for programs."""
    from tei_edition.mending import mend
    from tei_edition.reports.words import shown

    # What cannot be read is reported by the check that follows.
    for one in mend(paths, schema=schema, edition=edition, report=unheard):
        click.echo(shown(one.difference()), err=err)
        if write:
            write_bytes(one.file.resolve(), one.after)
        done = "mended" if write else "can be mended"
        click.echo(f"{seen_from_here(one.file)}: {many(one.mends, 'place')} {done}.", err=True)
