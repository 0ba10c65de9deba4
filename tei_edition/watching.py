"""Takes files and folders and gives, again and again, the set of those that have changed.

It looks at the size and the time of every file, twice a second as a rule. That works on every system, on network
drives and in containers, needs no library, and takes 3 ms for 500 files; where a look takes longer, looks are rarer.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event

EVERY = 0.5
"""Seconds from one look to the next."""
SHARE = 20
"""A look is followed by a pause of so many times its length, at least: watching takes at most 5 % of a processor."""

Wanted = Callable[[Path], bool]
Stamp = tuple[int, int, int]
"""Time of the change, size and number of a file: what differs when somebody wrote it."""


def changes(
    paths: Sequence[Path],
    *,
    wanted: Wanted | None = None,
    every: float = EVERY,
    stop: Event | None = None,
) -> Iterator[set[Path]]:
    """Return sets of the files that were written, made or removed since the last time, one after the other.

    The first look is taken now; each `next` waits until something has changed.

    Of a folder all files below it count, but for hidden ones (and with them the temporary files of editors and of
    the toolkit). ``wanted`` says which files count at all. A list of paths may be changed meanwhile. What changes
    while nobody asks is in the next set. A set is given when nothing changed any more from one look to the next, so
    that many files saved at once are one set. Ends when another thread sets ``stop``; without it, with
    KeyboardInterrupt only.
    """
    return _changes(paths, wanted, every, stop or Event(), _look(paths, wanted))


def _changes(
    paths: Sequence[Path], wanted: Wanted | None, every: float, stop: Event, before: dict[Path, Stamp]
) -> Iterator[set[Path]]:
    while not stop.is_set():
        changed: set[Path] = set()
        while not stop.is_set():
            start = time.monotonic()
            now = _look(paths, wanted)
            took = time.monotonic() - start
            fresh = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
            before = now
            changed |= fresh
            if changed and not fresh:
                break
            stop.wait(max(every / 5 if changed else every, SHARE * took))
        if changed:
            yield changed


def _look(paths: Sequence[Path], wanted: Wanted | None) -> dict[Path, Stamp]:
    """Return the stamp of every file; what vanishes meanwhile is left out."""
    stamps: dict[Path, Stamp] = {}
    folders: list[str] = []
    for path in paths:
        if path.is_dir():
            folders.append(str(path))
        elif (stamp := _stamp(path)) and (wanted is None or wanted(path)):
            stamps[path] = stamp
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif (wanted is None or wanted(Path(entry.path))) and (stamp := _stamp(entry)):
                stamps[Path(entry.path)] = stamp
    return stamps


def _stamp(file: Path | os.DirEntry[str]) -> Stamp | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def pointing_to(files: Iterable[Path], changed: set[Path], read: Callable[[Path], bytes]) -> list[Path]:
    """Return, in order, the files that are among the changed or have the name of one of them in their text.

    A pointer names the file that it leads to, so no pointer is missed; a file too many is checked for nothing.
    """
    names = [path.name.encode() for path in changed]
    whole = {path.resolve() for path in changed}
    return [file for file in files if file.resolve() in whole or _has(file, names, read)]


def _has(file: Path, names: list[bytes], read: Callable[[Path], bytes]) -> bool:
    try:
        text = read(file)
    except OSError:
        return False
    return any(name in text for name in names)
