"""Takes bytes that took long to make and keeps them in the user's cache folder; gives back only what it wrote itself.

What is kept may be a pickle, and a pickle of somebody else runs somebody else's code. So each file begins with an HMAC
under a key that only this user can read, and folder and files are used only when they are the user's own and nobody
else may write them. Whatever is not so counts as not kept. Where the system does not say whose a file is, nothing is.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from pathlib import Path

from tei_edition.files import cache_folder, read_bytes, write_bytes

_DIGEST = hashlib.sha256().digest_size
_KEY = "key"


def own_folder(name: str) -> Path | None:
    """Return a drawer of the cache folder for what harms nobody, made if need be; None where it is not the user's own.

    Nothing in it is sealed: use it for what is read as plain words and numbers.
    """
    folder = cache_folder() / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _is_own(folder, 0o077) and folder.is_dir() else None
    except OSError:
        return None


def _is_own(path: Path, forbidden: int) -> bool:
    """Return whether a file or folder is the user's own, no link, and has none of the rights that are forbidden."""
    if not hasattr(os, "getuid"):
        return False
    found = path.lstat()
    return found.st_uid == os.getuid() and not stat.S_ISLNK(found.st_mode) and not found.st_mode & forbidden


class Kept:
    """One drawer of the cache folder: ``$XDG_CACHE_HOME/tei-edition/<name>``, of at most ``most`` files."""

    def __init__(self, name: str, most: int = 8) -> None:
        self.folder = cache_folder() / name
        self._most = most

    def get(self, name: str) -> bytes | None:
        """Return what was kept under a name; None for nothing, or for what we did not write."""
        try:
            key, found = self._key(), self._own(self.folder / name)
        except OSError:
            return None
        if key is None or found is None:
            return None
        return found[_DIGEST:] if hmac.compare_digest(found[:_DIGEST], _seal(key, name, found[_DIGEST:])) else None

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes under a name, in place of the oldest when there are too many; a disk that refuses is no matter."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            key = self._key(new=True)
            if key is None:
                return
            self._write(self.folder / name, _seal(key, name, data) + data)
            files = [file for file in self.folder.iterdir() if file.name != _KEY and not file.name.startswith(".")]
            for file in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)[self._most :]:
                file.unlink(missing_ok=True)
        except OSError:
            return

    def _key(self, *, new: bool = False) -> bytes | None:
        """Return the key of this user, made when ``new`` and there is none that can be trusted."""
        if not _is_own(self.folder, 0o077):
            return None
        file = self.folder / _KEY
        key = self._own(file, 0o077) if file.exists() else None
        if key is None and new:
            key = os.urandom(_DIGEST)
            self._write(file, key)
        return key if key and len(key) == _DIGEST else None

    def _own(self, file: Path, forbidden: int = 0o022) -> bytes | None:
        return read_bytes(file) if file.exists() and _is_own(file, forbidden) else None

    @staticmethod
    def _write(file: Path, data: bytes) -> None:
        umask = os.umask(0o077)
        try:
            write_bytes(file, data)
        finally:
            os.umask(umask)


def _seal(key: bytes, name: str, data: bytes) -> bytes:
    return hmac.digest(key, name.encode() + b"\0" + data, "sha256")
