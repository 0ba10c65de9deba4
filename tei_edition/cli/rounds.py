"""What `validate` does with its findings: what is accepted or known, the report, and rounds while files change."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tei_edition.cli.asking import PATH, edition_of
from tei_edition.console import Findings, many, seen_from_here
from tei_edition.files import read_bytes
from tei_edition.finding import Finding, unheard
from tei_edition.settings import FILE

if TYPE_CHECKING:
    from tei_edition.edition import Edition

F = TypeVar("F", bound=Callable[..., Any])
Check = Callable[[Findings, Sequence[Path], "Edition | None", Iterable[Path]], list[Finding]]
"""Checks files of an edition, and looks up what they point to in folders, too; progress goes to the findings."""
WATCHED = frozenset(".xml .rng .rnc .sch .xsd .toml .zip .txt".split())
"""Endings of the files whose change can matter."""


def judging(command: F) -> F:
    """Give a command the options of `in_rounds`."""
    for option in (
        click.option("--watch", is_flag=True, help="Check again what changes, until Ctrl-C."),
        click.option("--baseline", type=PATH, metavar="FILE", help="Count only what this JSON report does not know."),
        click.option("--run", "name", metavar="NAME", help="Name of this run in the report, such as a date."),
        click.option("--report", type=PATH, metavar="DIR", help="Write a report of HTML pages into a folder."),
    ):
        command = option(command)
    return command


def in_rounds(
    check: Check,
    paths: Sequence[Path],
    edition: Edition | None,
    schemas: Iterable[Path],
    *,
    report: Path | None,
    name: str | None,
    baseline: Path | None,
    watch: bool,
    **options: Any,
) -> int:
    """Check once, or with ``watch`` again and again, and return the exit code; ``options`` are those of `Findings`."""
    if watch and (report or options["output"] or options["as_list"] or options["form"] != "text"):
        raise click.UsageError("--watch prints text; leave out --report, --output, --json and --format.")
    if watch and Path("-") in paths:
        raise click.UsageError("The standard input cannot be watched: name files or folders.")
    if name and not report:
        raise click.UsageError("--run names a run in a report: say where that is, with --report DIR.")
    if options["excerpt"] is None:
        options["excerpt"] = sys.stdout.isatty()
    known, files = _baseline(baseline), list(schemas)
    # What changes while the first round is going on counts, so watching begins before it.
    watched = _watched(paths, edition, files) if watch else []
    rounds = _rounds(watched) if watch else ()
    findings = Findings(**options)
    _judged(check(findings, paths, edition, ()), findings, edition, known, whole=not paths)
    if report:
        _written(report, findings, edition, paths, name)
    code = findings.close(f"{many(len(findings.looked_at), 'file')} checked.")
    if watch and not options["quiet"]:
        click.echo("Waiting for changes; Ctrl-C ends.", err=True)
    for changed in rounds:
        from tei_edition.edition import EditionError

        try:
            edition = edition_of(paths)
        except EditionError as error:
            click.echo(str(error), err=True)
            continue
        watched[:] = _watched(paths, edition, files)
        findings = Findings(**options)
        if _again(check, paths, edition, changed, findings, known):
            findings.close(f"{many(len(findings.looked_at), 'file')} checked again.")
    return code


def _rounds(watched: Sequence[Path]) -> Iterable[set[Path]]:
    from tei_edition.watching import changes

    return changes(watched, wanted=lambda path: path.suffix.lower() in WATCHED)


def _judged(
    found: Iterable[Finding],
    findings: Findings,
    edition: Edition | None,
    known: tuple[bytes, str] | None,
    *,
    whole: bool,
) -> None:
    """Report what was found; what the edition accepts, or the baseline knows, is marked so."""
    told = [replace(finding, file=seen_from_here(finding.file)) for finding in found]
    if edition and edition.accept:
        from tei_edition.suppressions import accepted

        toml = edition.folder / FILE
        told = accepted(told, edition.accept, toml, whole=whole, sources=findings.sources)
    if known:
        from tei_edition.suppressions import in_baseline

        told = in_baseline(told, *known, findings.sources)
    for finding in told:
        findings.report(finding)


def _baseline(file: Path | None) -> tuple[bytes, str] | None:
    if file is None:
        return None
    from tei_edition.reports.listed import read_list

    try:
        data = read_bytes(file)
        read_list(data)
    except FileNotFoundError:
        raise click.UsageError(f"There is no baseline “{file}”.") from None
    except ValueError as error:
        raise click.UsageError(f"“{file}” cannot be a baseline: {error}.") from None
    return data, file.name


def _written(
    folder: Path, findings: Findings, edition: Edition | None, paths: Sequence[Path], name: str | None
) -> None:
    from tei_edition.reports.folder import write_report

    title = edition.title if edition else ", ".join(str(path) if path.name else path.resolve().name for path in paths)
    with findings.unless("file-unwritable", folder):
        write_report(folder, findings.outcome(), title=title, name=name, report=findings.report)


def _again(
    check: Check,
    paths: Sequence[Path],
    edition: Edition | None,
    changed: set[Path],
    findings: Findings,
    known: tuple[bytes, str] | None,
) -> bool:
    """Check what changed, and what points to it; everything when a schema or a setting changed. False for nothing."""
    from tei_edition.validation.sources import taken
    from tei_edition.watching import pointing_to

    if any(path.suffix.lower() != ".xml" for path in changed):
        _judged(check(findings, paths, edition, ()), findings, edition, known, whole=not paths)
        return True
    everything = taken(paths, edition, unheard)
    files = pointing_to([source.file for source in everything.files], changed, read_bytes)
    if files:
        _judged(check(findings, files, edition, everything.folders), findings, edition, known, whole=False)
    return bool(files)


def _watched(paths: Sequence[Path], edition: Edition | None, schemas: Iterable[Path]) -> list[Path]:
    from tei_edition.validation.sources import taken

    watched = list(schemas)
    if edition:
        watched += [edition.folder / FILE, *(item for item in edition.schema if isinstance(item, Path))]
        if not paths:
            watched += [edition.tei, *edition.register, *(document.source for document in edition.documents)]
    for path in paths:
        watched += [path] if path.exists() else taken([path], None, unheard).folders
    return list(dict.fromkeys(watched))
