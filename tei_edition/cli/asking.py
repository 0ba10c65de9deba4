"""What every command asks for in the same way: paths, the edition, folders, how findings are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from tei_edition.edition import Edition

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)
UNENCODED = "Encode it first: tei-edition encode."


def edition_of(paths: Sequence[Path] = ()) -> Edition | None:
    """Return the edition of the current folder, unless an argument lies outside it."""
    edition = Edition.find(Path.cwd())
    if edition and all(path.resolve().is_relative_to(edition.folder) for path in paths):
        return edition
    return None


def nothing_named(what: str) -> click.UsageError:
    """Return what a command says that was given neither paths nor an edition."""
    return click.UsageError(f"There is no edition.toml here or above: name {what}.")


def folder_for(to: Path | None, default: Path | None) -> Path:
    """Return the folder to write to; stop where none is named and the edition names none."""
    if folder := to or default:
        return folder
    raise click.UsageError("Say where to write: --to DIR.")


def tei_of(edition: Edition) -> list[Path]:
    """Return the TEI files of an edition: its documents in order, then what else lies in the folder."""
    listed = [edition.encoded(document) for document in edition.documents]
    beside = sorted(path for path in edition.tei.glob("*.xml") if not path.name.endswith(".new.xml"))
    return list(dict.fromkeys([*listed, *beside]))


def reporting(command: F) -> F:
    """Give a command the three options that say how findings are printed."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Print the choices that were made as well."),
        click.option("-q", "--quiet", is_flag=True, help="Print errors only, and no summary."),
        click.option("--json", "as_list", is_flag=True, help="Print one JSON list of findings, nothing else."),
    ):
        command = option(command)
    return command


def helped(context: click.Context) -> int:
    """Show the help where no verb was given, and return the exit code of a wrong call."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 2
