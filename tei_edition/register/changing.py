"""Takes an entry of the register and changes it as a row says: names, facts, a merger, a part split off."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from tei_edition.encoding.names import KINDS, fold
from tei_edition.register import authorities
from tei_edition.register.authorities import AUTHORITIES
from tei_edition.register.harvest import words
from tei_edition.register.shelf import facts, insert
from tei_edition.tei import ID, NS, TEI, E, name

_ORDER = "persName placeName orgName birth death location idno note".split()
"""What an entry says, in this order."""


def new_entry(kind: str, key: str, names: Iterable[str], by: str) -> etree._Element:
    """Return an entry with its names, the first as the main one."""
    tag = KINDS[kind]
    element: etree._Element = E(kind, *(E(tag, form, type=_type(form, number)) for number, form in enumerate(names)))
    element.set(ID, key)
    if by:
        element.set("resp", f"#{by}")
    return element


def _type(form: str, number: int) -> str:
    return "main" if number == 0 else "variant" if " " in form else "short"


def place(parent: etree._Element, entry: etree._Element) -> None:
    """Put an entry into a list: where the ids are in order at its place in it, else at the end."""
    keys = [(child.get(ID) or "") if name(child) else None for child in parent]
    known = [key for key in keys if key is not None]
    at = None
    if known == sorted(known) and len(known) == len(keys):
        at = sum(key < (entry.get(ID) or "") for key in known)
    insert(parent, entry, None if at == len(parent) else at)


def forms_of(element: etree._Element) -> list[str]:
    """Return the names of an entry."""
    return [words(item) for item in element.iterfind(f"t:{KINDS[name(element)]}", NS)]


def add_forms(element: etree._Element, forms: Iterable[str], by: str) -> list[str]:
    """Add names that an entry lacks, and return them."""
    known, added = {fold(form) for form in forms_of(element)}, list[str]()
    tag = KINDS[name(element)]
    for form in forms:
        if fold(form) not in known:
            known.add(fold(form))
            made = E(tag, form, type=_type(form, 1))
            _append(element, made, by)
            added.append(form)
    return added


def set_main(element: etree._Element, form: str, by: str) -> bool:
    """Make a name the one by which an entry is known; the former stays as a variant. Says whether that is a change."""
    tag = f"{{{TEI}}}{KINDS[name(element)]}"
    named = element.findall(tag)
    if not named:
        return bool(add_forms(element, [form], by))
    if words(named[0]) == form:
        return False
    chosen = next((item for item in named if words(item) == form), None)
    at = element.index(named[0])
    if chosen is None:
        chosen = E(KINDS[name(element)], form)
        if by:
            chosen.set("resp", f"#{by}")
    else:
        _take_out(chosen)
    if named[0].get("type") in (None, "main"):
        named[0].set("type", "variant")
    chosen.set("type", "main")
    insert(element, chosen, at)
    return True


def set_fact(element: etree._Element, column: str, value: str, by: str) -> None:
    """Write a fact in the form that `facts` reads; what the entry said of it is replaced."""
    if column in AUTHORITIES:
        scheme = AUTHORITIES[column][0]
        old = [item for item in element.iterfind("t:idno", NS) if (item.get("type") or "").lower() == scheme.lower()]
        _replace(element, old, E.idno(value, type=scheme), by)
    elif column == "coordinates":
        _replace(element, element.findall("t:location", NS), E.location(E.geo(value)), by)
    elif column == "note":
        _replace(element, element.findall("t:note", NS), E.note(value), by)
    elif name(element) == "person":
        for tag, day in zip(("birth", "death"), authorities.dates(value) or ("", ""), strict=True):
            if day:
                _replace(element, element.findall(f"t:{tag}", NS), E(tag, when=day), by)
    else:
        named = element.find(f"t:{KINDS[name(element)]}", NS)
        for key, day in zip(("from", "to"), authorities.dates(value) or ("", ""), strict=True):
            if day and named is not None:
                named.set(key, day)


def merge(old: etree._Element, into: etree._Element, files: tuple[Path, Path], by: str) -> None:
    """Give the names and facts of one entry to another; the first stays as it is, and points to the other.

    So nothing that it said is lost, its id goes on to mean somebody, and taking off ``@sameAs`` undoes it all.
    """
    add_forms(into, forms_of(old), by)
    has = facts(into)
    for column, value in facts(old).items():
        if value and not has[column]:
            set_fact(into, column, value, by)
    file = "" if files[0] == files[1] else Path(os.path.relpath(files[1], files[0].parent)).as_posix()
    old.set("sameAs", f"{file}#{into.get(ID)}")
    if by:
        old.set("resp", f"#{by}")


def split(element: etree._Element, key: str, forms: Iterable[str], by: str) -> etree._Element:
    """Take names out of an entry and return a new entry that has them, with their attributes."""
    wanted = [fold(form) for form in forms]
    kind = name(element)
    taken = [item for item in element.iterfind(f"t:{KINDS[kind]}", NS) if fold(words(item)) in wanted]
    taken.sort(key=lambda item: wanted.index(fold(words(item))))
    made = new_entry(kind, key, (), by)
    for number, item in enumerate(taken):
        _take_out(item)
        item.tail = None
        item.set("type", "main" if number == 0 else item.get("type") or "variant")
        made.append(item)
    rest = element.findall(f"t:{KINDS[kind]}", NS)
    rest[0].set("type", "main")
    return made


def _append(element: etree._Element, made: etree._Element, by: str) -> None:
    if by and name(element):
        made.set("resp", f"#{by}")
    rank = _ORDER.index(name(made))
    # After the last of its kind, or of what stands before its kind.
    at = max((number + 1 for number, child in enumerate(element)
              if name(child) in _ORDER and _ORDER.index(name(child)) <= rank), default=0)  # fmt: skip
    insert(element, made, None if at == len(element) else at)


def _replace(element: etree._Element, old: list[etree._Element], made: etree._Element, by: str) -> None:
    if not old:
        _append(element, made, by)
        return
    if by:
        made.set("resp", f"#{by}")
    made.tail = old[0].tail
    element.replace(old[0], made)


def _take_out(item: etree._Element) -> None:
    """Take an element out of its parent, and leave the white space around it as if it had never been there."""
    parent = item.getparent()
    assert parent is not None
    before = item.getprevious()
    if item.getnext() is None and before is not None:
        before.tail = item.tail
    elif item.getnext() is None:
        parent.text = item.tail
    parent.remove(item)
