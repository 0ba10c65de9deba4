"""Takes a RELAX NG schema and a document, and gives what the schema does not allow as findings.

>>> from pathlib import Path
>>> from lxml import etree
>>> text = b'<element name="a" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>'
>>> schema = Schema.read(text, Path("a.rng"))
>>> [finding.message for finding in schema.validate(etree.fromstring("<a><b/></a>"), file=Path("a.xml"))]
['“b” is not an element of this schema.']
"""

from __future__ import annotations

from pathlib import Path

from tei_edition.files import read_bytes
from tei_edition.relaxng.schema import Schema

__all__ = ["Schema", "loaded"]

_MOST = 4
_known: dict[tuple[Path, bytes], Schema] = {}


def loaded(path: Path, *, trusted: bool = False) -> Schema:
    """Return the schema of a file, as `Schema.load` does; one that did not change is not loaded again."""
    data = read_bytes(path)
    key = path.resolve(), data
    found = _known.pop(key, None)
    if found is None:
        found = Schema.read(data, path, trusted=trusted)
        if not found.alone:
            return found
    _known[key] = found
    if len(_known) > _MOST:
        _known.pop(next(iter(_known)))
    return found
