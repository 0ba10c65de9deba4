"""`tei-edition search`: TEI and a few words → lines of a concordance."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from tei_edition.cli.asking import PATH, edition_of, nothing_named
from tei_edition.console import LONG, Findings, many, seen_from_here

_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_FEW = 100
_ROOM = 120
_FACETS = {
    "person": "Only documents in which this person occurs.",
    "place": "Only documents in which this place occurs.",
    "speaker": "Only what this person says.",
    "kind": "Only documents of this kind.",
    "lang": "Only documents in this language, such as ru.",
    "archive": "Only documents of this archive.",
    "collection": "Only documents of this collection.",
}


def _choosing(command: Any) -> Any:
    for facet, said in reversed(_FACETS.items()):
        key = "language" if facet == "lang" else facet
        command = click.option(f"--{facet}", key, multiple=True, metavar="NAME", help=said)(command)
    return command


@click.command()
@click.argument("terms", nargs=-1, required=True, metavar="WORDS...")
@click.option("--in", "paths", multiple=True, type=PATH, metavar="PATH", help="TEI files, or folders of them.")
@click.option("--near", type=click.IntRange(0, 1000), metavar="N", help="At most N other words between the WORDS.")
@_choosing
@click.option("--from", "first", metavar="DATE", help="Only documents of this day, month or year, or later.")
@click.option("--to", "last", metavar="DATE", help="Only documents of this day, month or year, or earlier.")
@click.option("--sort", type=click.Choice(["date", "left", "word", "right"]), default="date", show_default=True,
              help="By date, or by the words before, what was found, the words after.")  # fmt: skip
@click.option("--limit", type=click.IntRange(0), default=_FEW, show_default=True, help="Lines to print; 0 for all.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print what was found only; no progress, no last line.")
def search(
    terms: tuple[str, ...],
    paths: tuple[Path, ...],
    near: int | None,
    first: str | None,
    last: str | None,
    sort: str,
    limit: int,
    as_json: bool,
    quiet: bool,
    **facets: tuple[str, ...],
) -> int:
    """Find words in the edition, and print each place in a line.

    Words in quotation marks are a phrase; several phrases are looked for in one paragraph or turn; a star stands for
    any ending. Marks over letters do not matter. Exit code 1: nothing was found.

    \b
    tei-edition search "two weeks" --speaker stalin
    tei-edition search "port*" railway --near 10 --from 1945-08
    tei-edition search 蒋介石 --in xml --sort right
    """
    for option, day in (("--from", first), ("--to", last)):
        if day and not _DAY.fullmatch(day):
            raise click.UsageError(f"{option} takes a day, month or year, such as 1945-08-10, not “{day}”.")
    edition = edition_of(paths)
    if not paths and edition is None:
        raise nothing_named("TEI files with --in, or a folder of them")
    from tei_edition.search import Choice, Source
    from tei_edition.search import search as found_by

    findings = Findings(quiet=quiet, output=None, form="json" if as_json else "text")
    own = edition.tei_files() if edition else []
    ids = {edition.encoded(document): document.id for document in edition.documents} if edition else {}
    registers = set(edition.register) if edition else set()
    files = findings.files(paths or own, "*.xml", "Correct the name." if paths else "Encode it first.")
    sources = [Source(file.resolve(), ids.get(file, file.stem)) for file in files if file not in registers]
    try:
        hits = found_by(
            terms, sources, choice=Choice(facets=facets, first=first or "", last=last or ""), near=near,
            edition=edition if not paths else None, report=findings.report, each=_shown(quiet),
        )  # fmt: skip
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    from tei_edition.search.concordance import ORDERS

    if sort in ORDERS:
        hits.sort(key=ORDERS[sort])
    few = hits[: limit or None]
    click.echo(_as_json(few, len(hits)) if as_json else "\n".join(_concordance(few)), nl=as_json or bool(few))
    for finding in findings.all:
        click.echo(f"{finding.file}: {finding.severity}: {finding.message} [{finding.rule}]", err=True)
    if not quiet:
        cut = f"; the first {limit} are shown (--limit 0 shows all)" if len(few) < len(hits) else ""
        documents = len({hit.document for hit in hits})
        found = f"{many(len(hits), 'place')} in {many(documents, 'document')}" if hits else "Nothing was found"
        click.echo(f"{found}{cut}.", err=True)
    return 0 if hits else 1


def _concordance(hits: Sequence[Any]) -> Iterator[str]:
    from tei_edition.search.concordance import lines

    room = shutil.get_terminal_size((_ROOM, 24)).columns
    for place, left, word, right in lines(hits, room):
        yield f"{click.style(place, fg='cyan')}  {left}{click.style(word, bold=True)}{right}".rstrip()


def _as_json(hits: Sequence[Any], number: int) -> str:
    rows = [
        {
            "document": hit.document, "title": hit.title, "date": hit.date, "file": str(seen_from_here(hit.file)),
            "line": hit.line, "anchor": hit.anchor,
            "page": f"{hit.document}.html" + f"#t-{hit.anchor}" * bool(hit.anchor),
            "left": hit.left, "word": hit.word, "right": hit.right, "speaker": list(hit.speaker), "source": hit.source,
        }
        for hit in hits
    ]  # fmt: skip
    return json.dumps({"found": number, "places": rows}, ensure_ascii=False, indent=1)


def _shown(quiet: bool) -> Any:
    """Return a function that hands on files one by one, with a progress bar where many are read on a terminal."""

    def each(files: Sequence[Any]) -> Iterable[Any]:
        if quiet or len(files) < LONG or not sys.stderr.isatty():
            return files
        from rich.console import Console
        from rich.progress import track

        return track(files, "Reading", console=Console(stderr=True), transient=True)

    return each
