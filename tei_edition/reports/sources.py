"""Takes the place of a finding and gives the line of the file that it speaks of."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from tei_edition.files import read_bytes
from tei_edition.finding import unheard

KEPT = 8
"""Files whose lines are kept at a time: findings come file by file."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"""^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


class Sources:
    """The lines of the files that findings speak of; a file that cannot be read has none."""

    def __init__(self) -> None:
        self._lines: dict[Path, list[str]] = {}

    def lines(self, file: Path) -> list[str]:
        """Return the lines of a file, without their ends."""
        if file not in self._lines:
            while len(self._lines) >= KEPT:
                del self._lines[next(iter(self._lines))]
            self._lines[file] = _read(file)
        return self._lines[file]

    def line(self, file: Path, number: int | None) -> str | None:
        """Return one line, counted from 1, or None where there is none."""
        if number is None or number < 1:
            return None
        lines = self.lines(file)
        return lines[number - 1] if number <= len(lines) else None


def _read(file: Path) -> list[str]:
    try:
        return re.split("\r\n|\r|\n", _decoded(_bytes(file)))
    except (OSError, ValueError, LookupError):
        return []


def _bytes(file: Path) -> bytes:
    """Return what a file holds; ``letters.zip/a.xml`` is a member of an archive."""
    archive = next((folder for folder in file.parents if folder.suffix.lower() == ".zip" and folder.is_file()), None)
    if archive is None:
        return read_bytes(file)
    from tei_edition.zipped import members

    found = members(read_bytes(archive), archive, unheard)
    return found[file.relative_to(archive).as_posix()]()


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding)
    declared = _DECLARED.match(data)
    return data.decode(declared[1].decode("ascii") if declared else "utf-8")
