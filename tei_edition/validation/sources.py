"""Takes what is to be checked (files, folders, patterns, archives, ``-``) and gives each file and how it is read."""

from __future__ import annotations

import glob
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tei_edition.files import LIMIT, Links, read_bytes
from tei_edition.finding import Finding, Report, Severity

if TYPE_CHECKING:
    from tei_edition.edition import Edition

STANDARD_INPUT = Path("-")
"""Stands for the standard input; what it points to is looked for as if it lay in the current folder."""

ENCODE = "Encode it first: tei-edition encode."


class Source(NamedTuple):
    """One file that is to be checked: what findings call it, and how it is read (OSError when it cannot be)."""

    file: Path
    read: Callable[[], bytes]


class Sources:
    """What is to be checked, in order, each file once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.files: list[Source] = []
        self.folders: set[Path] = set()
        """Folders (and archives) that pointers and schemas may be looked up in."""
        self.held: dict[Path, Callable[[], bytes]] = {}
        """What is not on the disk: the members of archives, by the path that they would have."""
        self._links = Links()
        self._seen = set[Path]()

    def take(self, paths: Iterable[Path]) -> None:
        """Add what paths name; report those that name nothing."""
        for path in paths:
            if path == STANDARD_INPUT:
                self._add(path, path, _standard_input)
                self.folders.add(Path.cwd())
            elif path.is_dir():
                self._folder(path)
            elif not _exists(path) and glob.has_magic(str(path)):
                self._pattern(path)
            else:
                self._file(path)

    def take_edition(self, edition: Edition) -> None:
        """Add the documents of an edition, what else lies in its folder, and its registers."""
        for path in [*edition.tei_files(), *edition.register]:
            self._file(path, ENCODE)

    def _folder(self, folder: Path) -> None:
        self.folders.add(folder.resolve())
        inside = [file for file in sorted(folder.rglob("*.xml")) if _open_to_all(file, folder)]
        if not inside:
            self._missing(folder, f"There is no TEI file (*.xml) in the folder “{folder}”.")
        for file in inside:
            self._within(file, folder)

    def _pattern(self, pattern: Path) -> None:
        first = next(number for number, part in enumerate(pattern.parts) if glob.has_magic(part))
        folder = Path(*pattern.parts[:first])
        try:
            found = sorted(folder.glob("/".join(pattern.parts[first:])))
        except ValueError:  # such as “**x”
            found = []
        files = [file for file in found if file.is_file() and _open_to_all(file, folder)]
        if not files:
            self._missing(pattern, f"No file fits the pattern “{pattern}”.")
        self.folders.add(folder.resolve())
        for file in files:
            self._within(file, folder)

    def _within(self, file: Path, folder: Path) -> None:
        if file.resolve().is_relative_to(folder.resolve()):
            self._file(file)
        else:
            message = "This is a link that leads out of the folder; it was not read."
            self.report(Finding(rule="file-outside", severity=Severity.WARNING, message=message, file=file))

    def _file(self, file: Path, hint: str | None = None) -> None:
        if not _exists(file):
            self._missing(file, f"There is no file “{file}”.", hint)
        elif file.suffix.lower() == ".zip":
            self._archive(file)
        else:
            whole = self._links.whole(file)
            self.folders.add(whole.parent)
            self._add(file, whole, partial(read_bytes, file))

    def _archive(self, file: Path) -> None:
        try:
            data = read_bytes(file)
        except OSError as error:
            self.report(unreadable(file, error))
            return
        from tei_edition.zipped import members

        whole = file.resolve()
        self.folders.add(whole)
        found = members(data, file, self.report)
        wanted = [name for name in found if name.lower().endswith(".xml") and _open_to_all(Path(name), Path())]
        if found and not wanted:
            self._missing(file, f"There is no TEI file (*.xml) in the archive “{file}”.")
        self.held |= {whole / name: read for name, read in found.items()}
        for name in wanted:
            self._add(file / name, whole / name, found[name])

    def _add(self, file: Path, whole: Path, read: Callable[[], bytes]) -> None:
        if whole not in self._seen:
            self._seen.add(whole)
            self.files.append(Source(file, read))

    def _missing(self, file: Path, message: str, hint: str | None = None) -> None:
        self.report(Finding(rule="file-missing", severity=Severity.ERROR, message=message, file=file, hint=hint))


def unreadable(file: Path, error: OSError) -> Finding:
    """Return the finding for a file that the system, or a limit, does not let us read."""
    reason = error.strerror or str(error)
    message = f"This file cannot be read: {reason}."
    return Finding(rule="file-unreadable", severity=Severity.ERROR, message=message, file=file)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return False


def _open_to_all(file: Path, folder: Path) -> bool:
    """Say whether a file is none that systems hide: ``.git``, ``__MACOSX``."""
    parts: Sequence[str] = file.relative_to(folder).parts
    return not any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise OSError(f"the standard input is larger than {LIMIT // 2**20} MiB")
    return data


def taken(paths: Sequence[Path], edition: Edition | None, report: Report) -> Sources:
    """Return what paths name; without any, what belongs to the edition."""
    sources = Sources(report)
    if paths:
        sources.take(paths)
    elif edition:
        sources.take_edition(edition)
    if edition:
        sources.folders.add(edition.folder.resolve())
    return sources


def in_turn(sources: Sequence[Source]) -> Iterator[Source]:
    """Hand on sources one by one, without a sign of how far it is."""
    yield from sources
