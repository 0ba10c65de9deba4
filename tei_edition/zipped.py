"""Takes the bytes of a zip archive and gives what each of its members reads as, without unpacking anything to disk."""

from __future__ import annotations

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tei_edition.files import LIMIT
from tei_edition.finding import Finding, Report, Severity

MEMBERS = 5_000
"""Members that an archive may have."""

WHOLE = 256 * 1024 * 1024
"""Bytes that all members together may unpack to; one member may be as large as a file, `files.LIMIT`."""

RATIO = 200
"""How many times larger than packed a member may be, once it is larger than `SMALL`."""

SMALL = 1024 * 1024


def members(data: bytes, file: Path, report: Report) -> dict[str, Callable[[], bytes]]:
    """Return a reader for each member of an archive, by its name and in the order of names.

    An archive that is none, or that would unpack to more than the limits above, is reported and gives nothing; so is
    a member whose name leads elsewhere, a link, or one that is encrypted, and the others go on. A reader raises
    OSError with a sentence.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        wrong = _too_much(archive.infolist(), len(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        wrong = "it is damaged, or no zip archive"
    if wrong:
        message = f"This archive was not read: {wrong}."
        report(Finding(rule="archive-refused", severity=Severity.ERROR, message=message, file=file))
        return {}
    found: dict[str, Callable[[], bytes]] = {}
    seen: set[str] = set()
    for member in sorted(archive.infolist(), key=lambda one: one.orig_filename):
        if member.is_dir():
            continue
        key = unicodedata.normalize("NFC", member.filename).casefold()
        wrong = _wrong(member) or ("another member has the same name" if key in seen else "")
        seen.add(key)
        if wrong:
            message = f"The member “{member.orig_filename}” of this archive was not read: {wrong}."
            report(Finding(rule="archive-refused", severity=Severity.ERROR, message=message, file=file))
        else:
            found[member.filename] = partial(_read, archive, member)
    return found


def _too_much(found: list[zipfile.ZipInfo], size: int) -> str:
    """Return what is too much about an archive before anything is unpacked, or an empty string."""
    if len(found) > MEMBERS:
        return f"it has {len(found)} members, and {MEMBERS} are the most"
    if sum(one.file_size for one in found) > WHOLE:
        return f"it unpacks to more than {WHOLE // 2**20} MiB"
    end = 0
    for one in sorted(found, key=lambda one: one.header_offset):
        if one.header_offset < end:
            return "its members overlap"
        end = one.header_offset + 30 + one.compress_size
    return "it is damaged" if end > size else ""


def _wrong(member: zipfile.ZipInfo) -> str:
    """Return why a member is not read, or an empty string."""
    name = member.orig_filename
    kind = stat.S_IFMT(member.external_attr >> 16)
    if (
        name.startswith(("/", "~"))
        or any(sign in name for sign in "\\:")
        or any(part in {"", ".", ".."} for part in name.split("/"))
        or any(unicodedata.category(sign) in {"Cc", "Cf"} for sign in name)
    ):
        return "its name could lead elsewhere"
    if kind not in {0, stat.S_IFREG}:
        return "it is a link or a device"
    if member.flag_bits & 1:
        return "it is encrypted"
    if member.file_size > LIMIT:
        return f"it is larger than {LIMIT // 2**20} MiB"
    if member.file_size > SMALL and member.file_size > RATIO * max(member.compress_size, 1):
        return f"it unpacks to more than {RATIO} times its size"
    return ""


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(member) as stream:
            return stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError):
        raise OSError("this member of the archive is damaged, or packed in a way that is not read") from None
