"""Takes a RELAX NG schema and a document, and gives what the schema does not allow as findings.

>>> from pathlib import Path
>>> from lxml import etree
>>> text = b'<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>'
>>> schema = Schema.read(text, Path("a.rng"))
>>> [finding.message for finding in schema.validate(etree.fromstring("<a><b/></a>"), file=Path("a.xml"))]
['“b” is not an element of this schema.']
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from tei_edition import __version__
from tei_edition.files import read_bytes
from tei_edition.kept import Kept
from tei_edition.relaxng.schema import Schema

__all__ = ["Schema", "loaded"]

_MOST = 4
_known: dict[tuple[Path, bytes], Schema] = {}
_RIGHT = b"right"


def loaded(path: Path, *, trusted: bool = False, folder: Path | None = None) -> Schema:
    """Return the schema of a file, as `Schema.load` does; one that did not change is not loaded again.

    Of a schema in one file that was found right it is noted in the user's cache folder that it was, by its digest, so
    that the next run can trust it. What is noted says nothing else; who could forge it gains nothing.
    """
    data = read_bytes(path)
    key = path.resolve(), data
    found = _known.pop(key, None)
    if found is None:
        found = _checked(data, path, folder) if not trusted else Schema.read(data, path, trusted=True, folder=folder)
        if not found.alone:
            return found
    _known[key] = found
    if len(_known) > _MOST:
        _known.pop(next(iter(_known)))
    return found


def _checked(data: bytes, path: Path, folder: Path | None) -> Schema:
    notes = Kept("schemas", most=64)
    digest = hashlib.sha256(b"\0".join((__version__.encode(), path.suffix.encode(), data))).hexdigest()
    trusted = notes.get(digest) == _RIGHT
    found = Schema.read(data, path, trusted=trusted, folder=folder)
    if not trusted and found.alone:
        notes.put(digest, _RIGHT)
    return found
