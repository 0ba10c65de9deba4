"""Takes the folders that pointers may lead to and says which files and ids are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote

from lxml import etree

from tei_edition.files import Links, read_bytes
from tei_edition.finding import unheard
from tei_edition.tei import ID, NS, name, parse


class Library:
    """The files that pointers may lead to: what lies in the folders given, read once each and only when needed."""

    def __init__(
        self, folders: tuple[Path, ...], held: Mapping[Path, Callable[[], bytes]] = MappingProxyType({})
    ) -> None:
        self.folders, self.held = frozenset(folders), held
        """``held`` are files that are not on the disk, such as members of archives, by the path they would have."""
        self.right: set[tuple[str, str]] = set()
        """Pointers into other files that were followed and lead somewhere, with the folder that they start from."""
        self.links = Links()
        self._ids: dict[Path, dict[str, str] | None] = {}
        self._there: dict[Path, bool] = {}
        self._targets: dict[tuple[Path, str], Path | None] = {}

    def target(self, folder: Path, path: str) -> Path | None:
        """Return the file that a path names in a folder, links followed; None for one that is not admitted."""
        key = folder, path
        if key not in self._targets:
            try:
                file = (folder / unquote(path.partition("?")[0])).resolve()
                self._targets[key] = file if self.admits(file) else None
            except (ValueError, OSError, RuntimeError):  # a NUL, a name too long, links in a circle
                self._targets[key] = None
        return self._targets[key]

    def admits(self, file: Path) -> bool:
        """Return whether a file (links followed) lies in one of the folders."""
        return file in self.folders or any(parent in self.folders for parent in file.parents)

    def there(self, file: Path) -> bool:
        """Return whether a file exists."""
        if file not in self._there:
            try:
                self._there[file] = file in self.held or file.exists()
            except OSError:  # a name too long for any file
                self._there[file] = False
        return self._there[file]

    def ids(self, file: Path) -> dict[str, str] | None:
        """Return the ids of an XML file that the library admits, each with the local name of its element.

        None when the file cannot be read as XML.
        """
        if file not in self._ids:
            try:
                data = self.held[file]() if file in self.held else read_bytes(file)
                root = parse(data, file, unheard)
            except OSError:
                root = None
            self._ids[file] = None if root is None else ids_of(root)
        return self._ids[file]


def ids_of(root: etree._Element) -> dict[str, str]:
    """Return the ids of a document in order, each with the local name of the (first) element that bears it."""
    return named_ids(marked(root))


def named_ids(bearing: Iterable[etree._Element]) -> dict[str, str]:
    """Return the ids of elements, each with the local name of the first that bears it."""
    found: dict[str, str] = {}
    for element in bearing:
        found.setdefault(element.get(ID, ""), name(element))
    return found


def marked(root: etree._Element) -> list[etree._Element]:
    """Return the elements that bear ids."""
    return every(root, "*[@xml:id]")


def every(root: etree._Element, step: str) -> list[etree._Element]:
    """Return the elements of a document that a step of XPath finds, in order: the library is quicker than a loop."""
    found: list[etree._Element] = _steps(step)(root)
    return found


@cache
def _steps(step: str) -> Any:
    return etree.XPath(f"descendant-or-self::{step}", namespaces=NS)
