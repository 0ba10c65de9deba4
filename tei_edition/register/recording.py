"""Takes what was changed in the register, by whom and when, and writes it into the header of the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tei_edition.edition import Edition
from tei_edition.register.proposing import id_of
from tei_edition.register.shelf import insert
from tei_edition.tei import ID, NS, E


class Who(NamedTuple):
    """Who answers for a change."""

    id: str
    resp: str
    name: str


def responsible(by: str, edition: Edition) -> Who:
    """Return who a cell names: somebody of ``edition.toml`` by id or name, another by name; empty, the first there."""
    for person in edition.responsible:
        if by in ("", person.id, person.name):
            return Who(person.id, person.resp, person.name)
    return Who(f"by-{id_of(by, 'person')}", "register", by) if by else Who("", "", "")


@dataclass
class Record:
    """What was done to each file, in order."""

    by_file: dict[Path, dict[tuple[Who, str], list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    count: int = 0
    _new: dict[tuple[Path, Who, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def added(self, path: Path, who: Who, on: str, key: str) -> None:
        """Note that an entry was made; all of one hand and day are one sentence."""
        self.count += 1
        new = self._new[path, who, on]
        new.append(key)
        if len(new) == 1:
            self.by_file[path][who, on].append("")

    def said(self, path: Path, who: Who, on: str, words: str) -> None:
        """Note a change of an entry."""
        self.count += 1
        self.by_file[path][who, on].append(words)

    def lines(self) -> Iterator[tuple[Path, str]]:
        """Give what was done, file by file."""
        for path, changes in self.by_file.items():
            for (who, on), notes in changes.items():
                yield path, self._text(path, who, on, notes)

    def _text(self, path: Path, who: Who, on: str, notes: list[str]) -> str:
        keys = self._new[path, who, on]
        many = "entries" if len(keys) > 1 else "entry"
        return " ".join(note or f"{len(keys)} {many} added: {', '.join(keys)}." for note in notes)

    def write(self, roots: dict[Path, etree._Element]) -> None:
        """Write the changes of each file into its header, the last first, with who made them."""
        for path, (who, on), notes in [(path, *one) for path, all_ in self.by_file.items() for one in all_.items()]:
            root = roots[path]
            change = E.change(self._text(path, who, on, notes))
            if on:
                change.set("when", on)
            if who.id:
                change.set("who", f"#{_signed(root, who)}")
            header = root.find("t:teiHeader", NS)
            if header is None:
                continue  # what validate says of such a file comes first
            revised = header.find("t:revisionDesc", NS)
            revised = insert(header, E.revisionDesc()) if revised is None else revised
            holder = revised.find("t:listChange", NS)
            insert(revised if holder is None else holder, change, 0 if len(revised) else None)


def _signed(root: etree._Element, who: Who) -> str:
    """Return the id by which a file names somebody who answers for it, who is added where the file does not yet."""
    title = root.find("t:teiHeader/t:fileDesc/t:titleStmt", NS)
    if title is not None and all(element.get(ID) != who.id for element in title.iterfind("t:respStmt", NS)):
        made = E.respStmt(E.resp(who.resp), E.name(who.name))
        made.set(ID, who.id)
        insert(title, made)
    return who.id
