"""Takes an encoded document and writes it, never over a file that an editor changed by hand."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from lxml import etree

from tei_edition.files import read_bytes, write_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.tei import to_bytes

_SEAL = re.compile(rb"<\?tei-edition-seal sha256=\"([0-9a-f]{64})\"\?>\n?")
"""A processing instruction before the root that holds the digest of the file without it."""


def sealed(root: etree._Element) -> bytes:
    """Return a document's bytes with the seal by which a later run knows that nobody changed them since."""
    data = to_bytes(root)
    seal = f'<?tei-edition-seal sha256="{hashlib.sha256(data).hexdigest()}"?>\n'.encode()
    declaration, rest = data.split(b"\n", 1)
    return declaration + b"\n" + seal + rest


def is_untouched(data: bytes) -> bool:
    """Say whether a file is as `sealed` wrote it."""
    found = _SEAL.search(data[:400])
    return bool(found) and hashlib.sha256(_SEAL.sub(b"", data, count=1)).hexdigest() == found[1].decode()  # type: ignore[index]


def write_encoded(root: etree._Element, path: Path, *, report: Report, source: Path) -> Path:
    """Write a document and return the path; beside the file, as ``<stem>.new.xml``, if that was changed by hand.

    A file that would stay the same is not written again. Raises OSError when the folder cannot be written.
    """
    data = sealed(root)
    if path.exists():
        old = read_bytes(path)
        if old == data:
            return path
        if not is_untouched(old):
            beside = path.with_name(f"{path.stem}.new.xml")
            report(
                Finding(
                    rule="edited-by-hand", severity=Severity.WARNING, file=path,
                    message=f"This file was changed by hand; the new encoding of {source.name} is in {beside.name}.",
                    hint="Compare the two, take over what you want, and remove one of them.",
                )
            )  # fmt: skip
            path = beside
    write_bytes(path, data)
    return path
