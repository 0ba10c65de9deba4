"""Takes the files of a site and gives a folder that holds them: only what changed is written, only ours is removed."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tei_edition.files import read_bytes, write_bytes, write_changed, write_stream
from tei_edition.finding import Finding, Report, Severity
from tei_edition.folders import folder_taken

MANIFEST = "manifest.json"
"""Lists what was published, with SHA-256 and size; by it the folder is known as one of ours."""

_PATH = re.compile(r"[\w-][\w. -]*(/[\w-][\w. -]*)*")
_KIND = "tei-edition site"


class Folder:
    """A site's folder: take it with `opened`, give it files with `put`, finish with `close`.

    1. Nothing is written outside it, and nothing into a folder that holds something else.
    2. A file that is the same already is not written again.
    3. A file of an earlier site is removed only when it is still as it was written.
    """

    def __init__(self, root: Path, before: dict[str, str], report: Report) -> None:
        self.root = root
        self._before = before
        self._report = report
        self._now: dict[str, tuple[str, int]] = {}
        self._names: set[str] = set()

    @classmethod
    def opened(cls, root: Path, report: Report) -> Folder | None:
        """Return the folder of a site, or None after a finding when it belongs to somebody else."""
        root = root.resolve()
        manifest = root / MANIFEST
        if manifest.is_file():
            before = _listed(manifest)
        elif root.exists() and (not root.is_dir() or any(root.iterdir())):
            before = None
        else:
            before = {}
            write_bytes(manifest, _manifest({}))
        if before is None:
            hint = "Name an empty folder with --to, or with site in edition.toml."
            report(folder_taken(root, "a published site", hint))
            return None
        return cls(root, before, report)

    def has(self, path: str) -> bool:
        """Return whether a file of that name, large or small letters, was put here already."""
        return path.casefold() in self._names

    def holds(self, path: str, total: str = "") -> bool:
        """Return whether a file of the earlier site is still as it was written, with that SHA-256."""
        target, was = self.root / path, self._before.get(path, "")
        if not was or (total and was != total) or target.is_symlink() or not target.is_file():
            return False
        return _sum_of(target) == was

    def keep(self, path: str) -> None:
        """Let a file that the folder `holds` stay as it is."""
        self._names.add(path.casefold())
        self._now[path] = (self._before[path], (self.root / path).stat().st_size)

    def paths(self) -> list[str]:
        """Return the names of the files put so far, sorted."""
        return sorted(self._now)

    def put(self, path: str, content: bytes | str | Iterable[str]) -> str:
        """Write one file of the site, named from its root with slashes, and return its SHA-256.

        What comes in pieces is never in memory as a whole. Raises ValueError for a name that is none.
        """
        if not _PATH.fullmatch(path) or ".." in path.split("/"):
            raise ValueError(f"“{path}” is not the name of a file of a site")
        target = self.root / path
        if not target.parent.resolve().is_relative_to(self.root):
            raise OSError(f"{target.parent} leads out of the site")
        if not isinstance(content, str | bytes):
            total, size = self._put_pieces(target, content)
        else:
            content = content.encode() if isinstance(content, str) else content
            total, size = hashlib.sha256(content).hexdigest(), len(content)
            if self._before.get(path) != total or not self.holds(path):
                write_changed(target, content, durable=False)
        self._names.add(path.casefold())
        self._now[path] = (total, size)
        return total

    def _put_pieces(self, target: Path, pieces: Iterable[str]) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        with tempfile.TemporaryFile() as stream:
            for piece in pieces:
                data = piece.encode()
                digest.update(data)
                size += stream.write(data)
            if self.holds(target.relative_to(self.root).as_posix(), digest.hexdigest()):
                return digest.hexdigest(), size
            stream.seek(0)
            write_stream(target, stream)
        return digest.hexdigest(), size

    def close(self) -> None:
        """Remove what no longer belongs, and write the manifest."""
        for path in sorted(set(self._before) - set(self._now) - {MANIFEST}):
            self._remove(path)
        text = _manifest(self._now)
        manifest = self.root / MANIFEST
        if read_bytes(manifest) != text:
            write_bytes(manifest, text)

    def _remove(self, path: str) -> None:
        target = self.root / path
        if not _PATH.fullmatch(path) or ".." in path.split("/") or not target.is_file() or target.is_symlink():
            return
        if path.casefold() in self._names or not target.parent.resolve().is_relative_to(self.root):
            return
        if _sum_of(target) != self._before[path]:
            self._report(
                Finding(
                    rule="file-kept", severity=Severity.WARNING, file=target,
                    message=f"“{path}” no longer belongs to the site, but was changed since it was written; it stays.",
                    hint="Remove it, if nobody needs it.",
                )
            )  # fmt: skip
            return
        target.unlink()
        if target.parent != self.root and not any(target.parent.iterdir()):
            target.parent.rmdir()


def _sum_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _manifest(files: dict[str, tuple[str, int]]) -> bytes:
    rows = [{"path": path, "sha256": files[path][0], "bytes": files[path][1]} for path in sorted(files)]
    return (json.dumps({"kind": _KIND, "files": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def _listed(manifest: Path) -> dict[str, str] | None:
    """Return path → SHA-256 of an earlier site, or None when the file is no manifest of ours."""
    try:
        table = json.loads(read_bytes(manifest))
        rows = {str(row["path"]): str(row["sha256"]) for row in table["files"]}
    except (ValueError, TypeError, KeyError):
        return None
    return rows if table.get("kind") == _KIND else None
