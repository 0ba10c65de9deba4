"""Takes the findings of a command and prints them, as text file by file or at the end in a form for programs."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tei_edition.files import write_bytes
from tei_edition.finding import Finding, Severity, worst

if TYPE_CHECKING:
    from tei_edition.reports import Outcome
    from tei_edition.reports.sources import Sources

T = TypeVar("T")
LONG = 20
"""From this many files on, a terminal is shown a progress bar."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_MARKS = re.compile(r" +\| +\^+$")


class Findings:
    """The findings of one command: taken by `report`, printed file by file, counted at the end."""

    def __init__(
        self,
        *,
        form: str = "text",
        as_list: bool = False,
        output: Path | None = None,
        excerpt: bool | None = None,
        quiet: bool = False,
        verbose: bool = False,
    ) -> None:
        """Say how findings are printed: ``form`` is one of `FORMATS`, and ``as_list`` another word for ``json``.

        With an ``output`` the form goes to this file, and the screen has text. ``excerpt`` shows the line of the file.
        """
        self.all: list[Finding] = []
        self.looked_at: list[Path] = []
        self._printed = 0
        self._names: dict[str, Path] = {}
        self._form, self._output = "json" if as_list else form, output
        self._on_screen = output is not None or self._form == "text"
        self._excerpt, self._quiet, self._verbose = bool(excerpt), quiet, verbose

    @cached_property
    def sources(self) -> Sources:
        """The lines of the files that findings are about."""
        from tei_edition.reports.sources import Sources

        return Sources()

    def report(self, finding: Finding) -> None:
        """Take one finding; its path is given as seen from the current folder."""
        self.all.append(replace(finding, file=seen_from_here(finding.file)))

    def has(self, rule: str, file: Path) -> bool:
        """Say whether a rule was reported for a file."""
        return any(item.rule == rule and item.file == seen_from_here(file) for item in self.all)

    def flush(self) -> None:
        """Print the findings that came since the last time, file by file in the order of their lines."""
        fresh, self._printed = self.all[self._printed :], len(self.all)
        if not self._on_screen:
            return
        order = {file: index for index, file in enumerate(dict.fromkeys(item.file for item in fresh))}
        for finding in sorted(fresh, key=lambda item: (order[item.file], item.line or 0, item.column or 0)):
            if self._shown(finding):
                self._print(finding)

    def close(self, done: str) -> int:
        """Print what is left, say what was done and how many findings there are, and return the exit code."""
        self.flush()
        if self._output is not None or not self._on_screen:
            from tei_edition.reports import FORMATS

            # Programs read UTF-8, whatever the terminal is set to; what UTF-8 cannot hold is escaped as JSON does.
            text = FORMATS[self._form](self.outcome()).encode("utf-8", "backslashreplace")
            if self._output is not None:
                write_bytes(self._output, text + b"\n" * bool(text))
            elif text:
                click.echo(text)
        if not self._quiet:
            click.echo(f"{done} {self._count()}", err=True)
        return worst(self.all)

    def outcome(self) -> Outcome:
        """Return what was found until now, in which files."""
        from tei_edition.reports import Outcome

        files = [seen_from_here(file) for file in self.looked_at]
        return Outcome(self.all, files, worst(self.all), self._verbose, self.sources)

    def each(self, files: Sequence[T], what: str) -> Iterator[T]:
        """Hand on files one by one and print the findings of each; a long run on a terminal has a progress bar."""
        self.looked_at += [file for file in files if isinstance(file, Path)]
        if self._quiet or len(files) < LONG or not sys.stderr.isatty():
            for file in files:
                yield file
                self.flush()
            return
        from rich.console import Console
        from rich.progress import track

        for file in track(files, what, console=Console(stderr=True), transient=True):
            yield file
            self.flush()

    def files(self, paths: Iterable[Path], pattern: str, hint: str = "Correct the name.") -> list[Path]:
        """Return the files that arguments name: a file as it is, of a folder every match of a pattern, in order.

        ``pattern`` may be several, with blanks between. What is not there is a finding with a hint; the others go on.
        """
        found: list[Path] = []
        for path in paths:
            if path.is_dir():
                inside = sorted({item for one in pattern.split() for item in path.glob(one) if item.is_file()})
                if not inside:
                    message = f"There is no {' or '.join(pattern.split())} in the folder “{path}”."
                    self.report(Finding(rule="file-missing", severity=Severity.ERROR, file=path, message=message))
                found += inside
            elif path.exists():
                found.append(path)
            else:
                self.report(_missing(path, hint))
        return list(dict.fromkeys(found))

    def taken(self, target: Path, source: Path) -> bool:
        """Say whether another source was written under the name of this target; that is a finding."""
        first = self._names.setdefault(target.name.casefold(), source)
        if first is not source:
            message = f"“{seen_from_here(first)}” is written as “{seen_from_here(target)}” already."
            hint = "Write the two into two folders, or give transcripts ids in edition.toml."
            self.report(Finding(rule="name-taken", severity=Severity.ERROR, file=source, message=message, hint=hint))
        return first is not source

    @contextmanager
    def unless(self, rule: str, file: Path) -> Iterator[None]:
        """Turn an error of the file system into a finding about a file, so that the other files go on."""
        try:
            yield
        except FileNotFoundError as error:
            self.report(_missing(Path(error.filename or file), "Put it there, or correct its name."))
        except OSError as error:
            message = f"{error.strerror}: “{error.filename}”." if error.strerror and error.filename else f"{error}."
            self.report(Finding(rule=rule, severity=Severity.ERROR, file=file, message=message))

    def _shown(self, finding: Finding) -> bool:
        from tei_edition.reports.text import visible

        if self._quiet:
            return finding.severity is Severity.ERROR and finding.accepted is None
        return visible(finding, self._verbose)

    def _print(self, finding: Finding) -> None:
        from tei_edition.reports.text import parts

        sources = self.sources if self._excerpt else None
        first, *rest = parts(finding, verbose=self._verbose, sources=sources, room=_room())
        if os.environ.get("NO_COLOR"):
            click.echo("\n".join([first, *rest]))
            return
        # click takes colours away again where there is no terminal
        colour = _COLOURS[finding.severity]
        level = finding.severity if finding.accepted is None else f"accepted {finding.severity}"
        place, _, said = first.partition(f": {level}: ")
        first = f"{click.style(place, bold=True)}: {click.style(level, fg=colour, bold=True)}: {said}"
        rest = [click.style(line, fg=colour) if _MARKS.match(line) else line for line in rest]
        click.echo("\n".join([first, *rest]))

    def _count(self) -> str:
        if not self.all:
            return "No findings."
        counted = [item for item in self.all if item.accepted is None]
        number = {level: sum(item.severity is level for item in counted) for level in Severity}
        accepted = len(self.all) - len(counted)
        hidden = not self._verbose and self._on_screen and (number[Severity.INFO] or accepted)
        return (
            f"{many(number[Severity.ERROR], 'error')}, {many(number[Severity.WARNING], 'warning')}, "
            f"{f'{accepted} accepted, ' if accepted else ''}"
            f"{many(number[Severity.INFO], 'choice')} recorded{' (-v shows them)' if hidden else ''}."
        )


def exit_code(command: Callable[[], Any]) -> int:
    """Run a command and return its exit code; whatever stops it is said in one line on stderr.

    0 done, 1 an error among the findings or of the file system, 2 a wrong call or an edition.toml that cannot be
    followed, 130 interrupted, 141 nobody reads what is printed.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A letter that the terminal's encoding lacks is no reason to stop.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = int(command() or 0)
        sys.stdout.flush()
        return code
    except click.Abort:
        return 130
    except click.ClickException as error:
        return _stopped(error.format_message(), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        return _stopped(str(error), 1)
    except Exception as error:
        from tei_edition.edition import EditionError

        if isinstance(error, EditionError):
            return _stopped(str(error), 2)
        raise


def _stopped(message: str, code: int) -> int:
    click.echo(f"tei-edition: {' '.join(message.split())}", err=True)
    return code


def many(number: int, word: str) -> str:
    """Count things in words.

    >>> many(1, "file"), many(0, "file")
    ('1 file', '0 files')
    """
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def seen_from_here(path: Path) -> Path:
    """Return a path as seen from the current folder, or as it is when it lies elsewhere."""
    if not path.is_absolute():
        return path
    return _seen_from(os.getcwd(), path)  # noqa: PTH109 - it is asked for each finding, and a Path takes long


@lru_cache(maxsize=256)
def _seen_from(here: str, path: Path) -> Path:
    return path.relative_to(here) if path.is_relative_to(here) else path


def _room() -> int:
    """Return the columns there are for an excerpt."""
    from tei_edition.reports.text import ROOM

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else ROOM


def _missing(file: Path, hint: str) -> Finding:
    return Finding(
        rule="file-missing", severity=Severity.ERROR, file=file,
        message=f"There is no file “{seen_from_here(file)}”.",
        hint=hint,
    )  # fmt: skip
