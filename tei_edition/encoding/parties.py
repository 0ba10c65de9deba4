"""Takes the persons, places and organisations met in a document and gives the lists of its header."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from lxml import etree

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.names import KINDS, Entry
from tei_edition.encoding.spelling import words
from tei_edition.tei import ID, E


def parties(desk: Desk, delegations: Sequence[Sequence[str]], folder: Path | None) -> list[etree._Element]:
    """Return the lists of a document's header: participants, by delegation, persons mentioned, bodies, places.

    Empty lists are left out. ``folder`` is where its TEI will lie, for pointers to the register.
    """
    present = [key for key, part in desk.people.items() if part == "participant"]
    people: list[etree._Element] = []
    if len(delegations) > 1:
        everyone = E.listPerson(type="participants")
        for number, keys in enumerate(delegations, 1):
            members = [_person(desk, key, folder) for key in dict.fromkeys(keys)]
            label = [E.head(item) for item in desk.decisions.delegations[number - 1 : number]]
            if members:
                everyone.append(E.listPerson(*label, *members, type="delegation", n=str(number)))
        rest = [key for key in present if not any(key in keys for keys in delegations)]
        everyone.extend(_person(desk, key, folder) for key in rest)
        people.append(everyone)
    elif present:
        people.append(E.listPerson(*(_person(desk, key, folder) for key in present), type="participants"))
    mentioned = [key for key, part in desk.people.items() if part == "mentioned"]
    if mentioned:
        people.append(E.listPerson(*(_person(desk, key, folder) for key in sorted(mentioned)), type="mentioned"))
    organisations = _list("listOrg", _entries(desk, desk.seen["org"]), folder)
    places = _list("listPlace", _entries(desk, desk.seen["place"]), folder)
    return [*people, *(item for item in (organisations, places) if item is not None)]


def _entries(desk: Desk, keys: Iterable[str]) -> list[Entry]:
    return [desk.register.entries[key] for key in sorted(keys)]


def _list(tag: str, entries: list[Entry], folder: Path | None) -> etree._Element | None:
    return E(tag, *(_entry(entry, folder) for entry in entries)) if entries else None


def _entry(entry: Entry, folder: Path | None) -> etree._Element:
    element: etree._Element = E(entry.kind, E(KINDS[entry.kind], entry.main))
    element.set(ID, entry.id)
    if entry.file and folder:
        element.set("sameAs", f"{Path(os.path.relpath(entry.file, folder)).as_posix()}#{entry.id}")
    return element


def _person(desk: Desk, key: str, folder: Path | None) -> etree._Element:
    if key in desk.register.entries:
        return _entry(desk.register.entries[key], folder)
    element: etree._Element = E.person(E.persName(words(desk.strangers.get(key, key))), cert="low")
    element.set(ID, key)
    return element
