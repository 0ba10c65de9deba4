"""`tei-edition encode`: transcripts → TEI."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from tei_edition.cli.asking import PATH, edition_of, folder_for, nothing_named, reporting
from tei_edition.console import Findings, many, seen_from_here
from tei_edition.edition import Document, Edition, identifier


@click.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the TEI; in an edition the one it names.")
@click.option("--profile", metavar="NAME", help="What square brackets mean, such as digital-archive.")
@click.option("--reader", metavar="NAME", help="How the page is laid out, where it is not recognised.")
@click.option("--encoding", metavar="NAME", help="Character encoding, such as cp1251, where it is not UTF-8.")
@reporting
def encode(paths: tuple[Path, ...], to: Path | None, **options: Any) -> int:
    """Encode transcripts as TEI.

    Without PATH: every document of edition.toml. A folder stands for its *.txt. A TEI file that was changed
    by hand is not overwritten; the new one is written beside it.

    \b
    tei-edition encode
    tei-edition encode letters/*.txt --to xml
    tei-edition encode page.txt --profile digital-archive --to xml
    """
    asked = {key: options.pop(key) for key in ("profile", "reader", "encoding")}
    asked = {key: value for key, value in asked.items() if value}
    findings, edition = Findings(**options), edition_of(paths)
    if not paths and not edition:
        raise nothing_named("transcripts, or a folder of them")
    folder = folder_for(to, edition.tei if edition else None)
    edition = replace(edition, tei=folder.resolve()) if edition else None
    listed = {document.source: document for document in edition.documents} if edition else {}
    from tei_edition.encoding import encode as to_tei
    from tei_edition.encoding import write_encoded
    from tei_edition.readers import read

    _known(asked, [document.profile for document in listed.values()], edition)
    hint = "Correct the name." if paths else "Correct the name in edition.toml, or put the file there."
    sources = findings.files(paths or list(listed), "*.txt", hint)
    written = list[Path]()
    for source in findings.each(sources, "Encoding"):
        document = listed.get(source.resolve())
        stem = document.id if document else source.stem
        document = replace(document or Document(source=source.resolve(), id=identifier(stem)), **asked)
        target = folder / f"{stem}.xml"
        if findings.taken(target, source):
            continue
        with findings.unless("file-unreadable", source):
            transcript = read(source, report=findings.report, reader=document.reader, encoding=document.encoding)
            if not transcript.blocks and findings.has("file-unreadable", source):
                continue
            root = to_tei(transcript, report=findings.report, edition=edition, document=document)
            with findings.unless("file-unwritable", target):
                written.append(write_encoded(root, target, report=findings.report, source=source))
    return findings.close(f"{many(len(written), 'transcript')} encoded into {seen_from_here(folder)}.")


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
