"""What every command asks for in the same way: paths, the edition, folders, how findings are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tei_edition.settings import FILE

if TYPE_CHECKING:
    from tei_edition.edition import Edition

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)
FORMS = ("text", "json", "sarif", "junit", "github")
"""The names of `tei_edition.reports.FORMATS`."""
UNENCODED = "Encode it first: tei-edition encode."


def edition_of(paths: Sequence[Path] = ()) -> Edition | None:
    """Return the edition of the current folder, unless an argument lies outside it."""
    here = Path.cwd().resolve()
    folder = next((one for one in (here, *here.parents) if (one / FILE).is_file()), None)
    if folder is None or not all(path.resolve().is_relative_to(folder) for path in paths):
        return None
    from tei_edition.edition import Edition

    return Edition.load(folder)


def nothing_named(what: str) -> click.UsageError:
    """Return what a command says that was given neither paths nor an edition."""
    return click.UsageError(f"There is no edition.toml here or above: name {what}.")


def folder_for(to: Path | None, default: Path | None) -> Path:
    """Return the folder to write to; stop where none is named and the edition names none."""
    if folder := to or default:
        return folder
    raise click.UsageError("Say where to write: --to DIR.")


def reporting(command: F) -> F:
    """Give a command the options that say how findings are printed; they are the arguments of `Findings`."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Print choices and accepted findings as well."),
        click.option("-q", "--quiet", is_flag=True, help="Print errors only, and no summary."),
        click.option("--excerpt/--no-excerpt", default=None, help="Print the line that a finding speaks of."),
        click.option("--output", type=PATH, metavar="FILE", help="Write --format to a file, and text to the screen."),
        click.option("--json", "as_list", is_flag=True, help="Short for --format json."),
        click.option("--format", "form", type=click.Choice(FORMS), default=FORMS[0], show_default=True,
                     help="How findings are printed."),
    ):  # fmt: skip
        command = option(command)
    return command


def helped(context: click.Context) -> int:
    """Show the help where no verb was given, and return the exit code of a wrong call."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 2
