"""Takes the findings of a command and prints them, as text file by file or as one JSON list."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TypeVar

import click

from tei_edition.edition import EditionError
from tei_edition.finding import Finding, Severity, as_json, as_text, worst

T = TypeVar("T")
LONG = 20
"""From this many files on, a terminal is shown a progress bar."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_CONTROLS = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | dict.fromkeys(range(127, 160), "␦")
"""Control characters of a document are shown, not obeyed: they could rewrite the terminal."""


class Findings:
    """The findings of one command: taken by `report`, printed file by file, counted at the end."""

    def __init__(self, *, as_list: bool = False, quiet: bool = False, verbose: bool = False) -> None:
        self.all: list[Finding] = []
        self._printed = 0
        self._names: dict[str, Path] = {}
        self._as_list, self._quiet, self._verbose = as_list, quiet, verbose

    def report(self, finding: Finding) -> None:
        """Take one finding; its path is given as seen from the current folder."""
        self.all.append(replace(finding, file=seen_from_here(finding.file)))

    def has(self, rule: str, file: Path) -> bool:
        """Say whether a rule was reported for a file."""
        return any(item.rule == rule and item.file == seen_from_here(file) for item in self.all)

    def flush(self) -> None:
        """Print the findings that came since the last time, file by file in the order of their lines."""
        fresh, self._printed = self.all[self._printed :], len(self.all)
        if self._as_list:
            return
        order = {file: index for index, file in enumerate(dict.fromkeys(item.file for item in fresh))}
        for finding in sorted(fresh, key=lambda item: (order[item.file], item.line or 0, item.column or 0)):
            if self._shown(finding.severity):
                _print(finding)

    def close(self, done: str) -> int:
        """Print what is left, say what was done and how many findings there are, and return the exit code."""
        self.flush()
        if self._as_list:
            click.echo(as_json(self.all))
        if not self._quiet:
            click.echo(f"{done} {self._count()}", err=True)
        return worst(self.all)

    def each(self, files: Sequence[T], what: str) -> Iterator[T]:
        """Hand on files one by one and print the findings of each; a long run on a terminal has a progress bar."""
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
        """Return the files that arguments name: a file as it is, of a folder every match of the pattern, in order.

        What is not there is a finding with a hint, and the others go on.
        """
        found: list[Path] = []
        for path in paths:
            if path.is_dir():
                inside = sorted(item for item in path.glob(pattern) if item.is_file())
                if not inside:
                    message = f"There is no {pattern} in the folder “{path}”."
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

    def _shown(self, severity: Severity) -> bool:
        if self._quiet:
            return severity is Severity.ERROR
        return self._verbose or severity is not Severity.INFO

    def _count(self) -> str:
        if not self.all:
            return "No findings."
        number = {level: sum(item.severity is level for item in self.all) for level in Severity}
        hidden = "" if self._verbose or self._as_list or not number[Severity.INFO] else " (-v shows them)"
        return (
            f"{many(number[Severity.ERROR], 'error')}, {many(number[Severity.WARNING], 'warning')}, "
            f"{many(number[Severity.INFO], 'choice')} recorded{hidden}."
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
    except EditionError as error:
        return _stopped(str(error), 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        return _stopped(str(error), 1)


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
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path


def _print(finding: Finding) -> None:
    text = as_text(finding).translate(_CONTROLS)
    if "NO_COLOR" not in os.environ:  # click takes colours away again where there is no terminal
        place, _, rest = text.partition(f": {finding.severity}: ")
        level = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
        text = f"{click.style(place, bold=True)}: {level}: {rest}"
    click.echo(text)


def _missing(file: Path, hint: str) -> Finding:
    return Finding(
        rule="file-missing", severity=Severity.ERROR, file=file,
        message=f"There is no file “{seen_from_here(file)}”.",
        hint=hint,
    )  # fmt: skip
