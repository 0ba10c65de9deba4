"""Finds the package's own files and reads and writes everybody else's, whole or not at all."""

from __future__ import annotations

import io
import itertools
import os
import shutil
import stat
from pathlib import Path
from typing import BinaryIO

LIMIT = 64 * 1024 * 1024
"""Bytes of one input file; nothing in an edition comes near it."""


def cache_folder() -> Path:
    """Return the toolkit's folder in the user's cache (``$XDG_CACHE_HOME`` or ``~/.cache``), which may not be there."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base and Path(base).is_absolute() else Path("~/.cache").expanduser()) / "tei-edition"


class Links:
    """Gives the whole paths of files, links followed; the folder of several files is looked at once."""

    def __init__(self) -> None:
        self._folders: dict[str, Path] = {}

    def whole(self, file: Path) -> Path:
        """Return the whole path of a file."""
        above, name = os.path.split(file)
        folder = self._folders.get(above)
        if folder is None:
            folder = self._folders[above] = Path(above).resolve()
        found = folder / name
        return found.resolve() if name in {"", ".."} or found.is_symlink() else found


def resource(name: str) -> Path:
    """Return the path of a file of ``xslt/`` or ``schema/``, in a checkout as in a wheel."""
    package = Path(__file__).resolve().parent
    for root in (package, package.parent):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"{name} is missing from the installed package; install tei-edition again")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file of at most `LIMIT` bytes.

    Raises OSError with a sentence for anything else (a folder, a pipe, a device, a file too large).
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(f"{path} is not a regular file")
        # Room is made for what is there, and one byte more, which says whether that is all.
        data = os.read(descriptor, min(found.st_size, LIMIT) + 1)
        while len(data) != found.st_size and (more := os.read(descriptor, LIMIT + 1 - len(data))):
            data += more
    finally:
        os.close(descriptor)
    if len(data) > LIMIT:
        raise OSError(f"{path} is larger than {LIMIT // 2**20} MiB")
    return data


def write_bytes(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file so that a reader finds the old or the new bytes, never half; make its folders.

    What can be made again at any time need not be ``durable``: then the disk is not waited for.
    """
    write_stream(path, io.BytesIO(data), durable=durable)


def write_stream(path: Path, data: BinaryIO, *, durable: bool = False) -> None:
    """Write a file as `write_bytes` does, with what is left in a stream."""
    beside, descriptor = _beside(path)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            shutil.copyfileobj(data, stream)
            stream.flush()
            if durable:
                os.fsync(descriptor)
        os.replace(beside, path)  # noqa: PTH105
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


_NUMBERS = itertools.count()


def _beside(path: Path) -> tuple[str, int]:
    """Return a new file next to another one, open for writing; make its folders."""
    folder = os.path.split(path)[0]
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        beside = os.path.join(folder, f".tmp-{os.getpid()}-{next(_NUMBERS)}")  # noqa: PTH118
        try:
            return beside, os.open(beside, flags, 0o666)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError:  # left by a process that had this number before
            continue


def write_changed(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file as `write_bytes` does, unless it is a file with these bytes already; a link is replaced."""
    if path.is_symlink() or not path.is_file() or read_bytes(path) != data:
        write_bytes(path, data, durable=durable)
