"""`tei-edition decide`: answers of a review → decisions.toml."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tei_edition.cli.asking import PATH, reporting
from tei_edition.console import Findings, many, seen_from_here
from tei_edition.edition import Edition
from tei_edition.finding import Finding, Severity, unheard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tei_edition.batch import Job, Outcome

FOLDER = "review"
"""The folder of an edition that has its review."""


@click.command()
@click.argument("files", nargs=-1, type=PATH, metavar="[FILE]...")
@click.option("--replace", is_flag=True, help="Let an answer replace the decision that it is at odds with.")
@reporting
def decide(files: tuple[Path, ...], replace: bool, **options: Any) -> int:
    """Take the answers of a review over into decisions.toml.

    FILE is what the review's page gives, or its CSV; without one, review/doubts.csv. What stands in decisions.toml
    stays as it is, with its comments.

    \b
    tei-edition decide decisions-petrov.toml
    tei-edition decide --replace answers.csv
    tei-edition encode
    """
    from tei_edition.review.answers import decide as take

    edition = Edition.find(Path.cwd())
    if edition is None:
        raise click.UsageError("There is no edition.toml here or above: decisions belong to an edition.")
    findings = Findings(**options)
    named = findings.files(files or [sheet_of(edition)], "*.toml *.csv", "Encode first, or name a file.")
    fresh = take(edition, named, report=findings.report, replace=replace) if named else 0
    where = f"in {seen_from_here(edition.decisions)}" if edition.decisions else "taken"
    return findings.close(f"{many(fresh, 'new answer')} {where}.")


def sheet_of(edition: Edition) -> Path:
    """Return the CSV of an edition's review."""
    return edition.folder / FOLDER / "doubts.csv"


def take_sheet(edition: Edition, findings: Findings) -> None:
    """Take over the answers that stand in the CSV of an edition's review."""
    from tei_edition.review.answers import decide as take

    sheet = sheet_of(edition)
    if edition.decisions is None or not sheet.is_file():
        return
    with findings.unless("file-unreadable", sheet):
        fresh = take(edition, [sheet], report=findings.report)
        if fresh:
            message = f"{many(fresh, 'answer')} of this list stand in {edition.decisions.name} now."
            findings.report(Finding(rule="answers-taken", severity=Severity.INFO, file=sheet, message=message))


def review(done: Iterable[tuple[Job, Outcome]], edition: Edition, findings: Findings) -> None:
    """Write the review of what was encoded into the edition's folder."""
    from tei_edition.encoding.names import load_register
    from tei_edition.review import Reviewed, write_review

    documents = [
        Reviewed(
            id=job.document.id, source=job.source, findings=outcome.findings, reader=job.document.reader,
            encoding=job.document.encoding, fresh=outcome.fresh,
        )
        for job, outcome in done
        if outcome.refused is None and outcome.written is not None
    ]  # fmt: skip
    ids = {entry.id: entry.main for entry in load_register(edition.register, unheard).entries.values()}
    folder = edition.folder / FOLDER
    with findings.unless("file-unwritable", folder):
        write_review(folder, documents, ids, report=findings.report, edition=edition)
