"""Holds what files are held against: the schemas, the files that pointers may lead to, the edition they belong to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tei_edition.library import Library
from tei_edition.opened import Opened
from tei_edition.tei import TEI

if TYPE_CHECKING:
    from tei_edition.edition import Document, Edition
    from tei_edition.validation.schemas import Schemas

ROOTS = frozenset(f"{{{TEI}}}{name}" for name in ("TEI", "teiCorpus"))


class Against(NamedTuple):
    """What files are held against in one run."""

    library: Library
    schemas: Schemas
    edition: Edition | None = None

    def document(self, opened: Opened) -> Document | None:
        """Return the document of the edition that a file is, or None for another file."""
        if self.edition is None:
            return None
        here = opened.file.resolve()
        return next((one for one in self.edition.documents if self.edition.encoded(one).resolve() == here), None)


def is_tei(opened: Opened) -> bool:
    """Say whether the root is one that TEI documents have."""
    return opened.tag in ROOTS


def number(count: int, thing: str) -> str:
    """Count things in words.

    >>> number(1, "place"), number(3, "place")
    ('1 place', '3 places')
    """
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def named(file: Path) -> str:
    """Return a file's name with that of its folder, as messages give it."""
    return "/".join(file.parts[-2:])
