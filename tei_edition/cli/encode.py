"""`tei-edition encode`: transcripts → TEI."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tei_edition.cli.asking import PATH, edition_of, folder_for, nothing_named, reporting
from tei_edition.cli.decide import review, take_sheet
from tei_edition.cli.transcripts import transcripts, wanted, watched
from tei_edition.console import Findings, many, seen_from_here
from tei_edition.edition import Document, Edition, EditionError, identifier
from tei_edition.watching import changes

if TYPE_CHECKING:
    from tei_edition.batch import Job, Outcome


@click.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the TEI; in an edition the one it names.")
@click.option("--profile", metavar="NAME", help="What square brackets mean, such as digital-archive.")
@click.option("--reader", metavar="NAME", help="How the page is laid out, where it is not recognised.")
@click.option("--encoding", metavar="NAME", help="Character encoding, such as cp1251, where it is not UTF-8.")
@click.option("--no-review", is_flag=True, help="Write no pages and no CSV of the doubts.")
@click.option("--watch", is_flag=True, help="Encode again what changes, until Ctrl-C.")
@reporting
def encode(paths: tuple[Path, ...], to: Path | None, watch: bool, no_review: bool, **options: Any) -> int:
    """Encode transcripts as TEI.

    Without PATH: every document of edition.toml. A folder stands for the transcripts in it. What is up to date is left
    as it is. What was changed by hand in the TEI is kept; where it is at odds with the new encoding, that is
    written beside it.

    \b
    tei-edition encode
    tei-edition encode letters/*.txt --to xml
    tei-edition encode page.txt --profile digital-archive --to xml
    tei-edition encode --watch
    """
    asked = {key: options.pop(key) for key in ("profile", "reader", "encoding")}
    asked = {key: value for key, value in asked.items() if value}
    edition = edition_of(paths)
    if not paths and not edition:
        raise nothing_named("transcripts, or a folder of them")
    if watch and (options["output"] or options["as_list"] or options["form"] != "text"):
        raise click.UsageError("--watch prints text; leave out --output, --json and --format.")
    looked_at = watched(paths, edition)
    rounds = changes(looked_at, wanted=wanted(looked_at))
    code = _encoded(paths, to, edition, asked, Findings(**options), with_review=not no_review)
    if watch and not options["quiet"]:
        click.echo("Waiting for changes; Ctrl-C ends.", err=True)
    for _ in rounds if watch else ():
        try:
            edition = edition_of(paths)
            looked_at[:] = watched(paths, edition)
            found = Findings(**options)
            code = _encoded(paths, to, edition, asked, found, again=True, with_review=not no_review)
        except (EditionError, click.UsageError) as error:
            click.echo(str(error), err=True)
    return code


def _encoded(
    paths: Sequence[Path],
    to: Path | None,
    edition: Edition | None,
    asked: dict[str, Any],
    findings: Findings,
    *,
    again: bool = False,
    with_review: bool = True,
) -> int:
    """Encode what is not up to date and return the exit code; ``again`` says nothing of what was."""
    from tei_edition.batch import Job, encoded
    from tei_edition.readers.metadata_csv import unknown_columns

    folder = folder_for(to, edition.tei if edition else None)
    edition = replace(edition, tei=folder.resolve()) if edition else None
    listed = {document.source: document for document in edition.documents} if edition else {}
    if with_review and edition:
        take_sheet(edition, findings)
    _known(asked, [document.profile for document in listed.values()], edition)
    hint = "Correct the name." if paths else "Correct the name in edition.toml, or put the file there."
    jobs = list[Job]()
    for source in transcripts(paths or list(listed), listed, findings, hint):
        document = listed.get(source.resolve())
        stem = document.id if document else source.stem
        document = replace(document or Document(source=source.resolve(), id=identifier(stem)), **asked)
        target = folder / f"{stem}.xml"
        if not findings.taken(target, source):
            jobs.append(Job(document=document, target=target, source=source))
    for table in edition.metadata if edition else ():
        unknown_columns(table, findings.report)
    fresh = kept = 0
    outcomes: list[Outcome] = []
    for job, outcome in zip(_each(jobs, findings), encoded(jobs, edition), strict=True):
        outcomes.append(outcome)
        fresh += outcome.fresh and outcome.written is not None
        kept += not outcome.fresh
        for finding in outcome.findings if outcome.fresh or not again else ():
            findings.report(finding)
        if outcome.refused is not None:
            refused = ("file-unwritable", job.target) if outcome.unwritable else ("file-unreadable", job.source)
            with findings.unless(*refused):
                raise outcome.refused
    if again and not fresh and not findings.all:
        return 0
    if with_review and edition and jobs:
        review(zip(jobs, outcomes, strict=True), edition, findings)
    here = seen_from_here(folder)
    done = f"{many(fresh, 'transcript')} encoded into {here}{f', {kept} up to date' if kept else ''}."
    return findings.close(f"{many(kept, 'transcript')} up to date in {here}." if kept and not fresh else done)


def _each(jobs: Sequence[Job], findings: Findings) -> Iterator[Job]:
    """Give jobs one by one, with a progress bar, and print the findings of each."""
    for job, _ in zip(jobs, findings.each([job.source for job in jobs], "Encoding"), strict=True):
        yield job


def _known(asked: dict[str, str], profiles: list[str | None], edition: Edition | None) -> None:
    """Stop with one line when a reader, a profile or a character encoding is named that there is not."""
    from tei_edition.encoding.profiles import profile_named
    from tei_edition.readers import READERS

    readers = [reader.name for reader in READERS]
    if asked.get("reader", readers[0]) not in readers:
        raise click.UsageError(f"There is no reader “{asked['reader']}”; there are {', '.join(readers)}.")
    try:
        for name in dict.fromkeys([asked.get("profile"), *profiles]):
            profile_named(name, edition.profiles if edition else None)
        "a".encode(asked.get("encoding", "utf-8"))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except LookupError:
        raise click.UsageError(f"There is no character encoding “{asked['encoding']}”.") from None
