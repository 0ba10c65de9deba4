"""Takes the TEI of a document and gives every name in it: how it is written, where, on what ground, who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from tei_edition.encoding.names import KINDS
from tei_edition.register.forms import parted
from tei_edition.tei import ID, NS, TEI, name

GROUNDS = ("metadata", "attendance", "bracket", "speaker", "text")
"""Where a name came from, the best witness first."""

_TAGS = {tag: kind for kind, tag in KINDS.items()}
_LEFT_OUT = frozenset({"note", "ref", "fw", "corr", "reg", "expan", "roleName"})
_HEADS = (
    "t:profileDesc/t:correspDesc/t:correspAction", "t:fileDesc/t:titleStmt/t:author", "t:profileDesc/t:abstract",
    "t:profileDesc/t:textClass", "t:profileDesc/t:settingDesc/t:setting", "t:fileDesc/t:titleStmt/t:title",
)  # fmt: skip
"""Where a header speaks of the document's own persons and places, not of who encoded or keeps it."""
_BLOCKS = frozenset("p item head speaker dateline signed salute closer opener cell l note stage q".split())
_WITHHELD = re.compile(r"\b(?:names?|lines?|text) (?:and \w+ )?not (?:yet )?declassified\b", re.IGNORECASE)
ROOM = 40
"""Characters of context on either side."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in one place."""

    kind: str
    form: str
    """The name as it stands, without title."""
    document: str
    ground: str
    title: str = ""
    context: str = ""
    entry: str = ""
    """Id of the entry of the register that is meant, where the document says so."""
    local: str = ""
    """Id that the document itself gives the bearer; names with one id have one bearer."""
    year: int = 0


class _Document:
    def __init__(self, root: etree._Element, key: str, files: dict[str, str]) -> None:
        self.key, self.year = key, _year(root)
        self._entries: dict[str, str] = {}
        self._files = files
        for element in root.iterfind("t:teiHeader//*[@sameAs]", NS):
            if entry := self._pointed(element.get("sameAs", "")):
                self._entries[element.get(ID, "")] = entry

    def _pointed(self, pointer: str) -> str:
        file, _, key = pointer.partition("#")
        return key if key and file.rpartition("/")[2] in self._files else ""

    def mention(self, kind: str, text: str, ground: str, pointer: str = "", context: str = "") -> Iterator[Mention]:
        """Give the mention that a text makes, if it has a name or a title at all."""
        first = (pointer.split() or [""])[0]
        local = first[1:] if first.startswith("#") and " " not in pointer.strip() else ""
        entry = self._entries.get(local, "") or self._pointed(first)
        plain = " ".join(text.split()).strip(" ,;:.") if kind != "person" else ""
        named = parted(text)
        form, title = (named.name, named.title) if kind == "person" else (plain, "")
        if _WITHHELD.search(text):
            return
        if "|" not in form and (re.search(r"[^\W\d_]", form) or (kind == "person" and title)):
            yield Mention(kind, form, self.key, ground, title, context, entry, local, self.year)


def harvest(root: etree._Element, key: str, files: dict[str, str]) -> Iterator[Mention]:
    """Give the names of a document in its order; ``files`` are the names of the register's files."""
    document = _Document(root, key, files)
    for person in root.iterfind("t:teiHeader/t:profileDesc/t:particDesc//t:person", NS):
        # Those whom the register has are known by the place where they are named.
        pointer = f"#{person.get(ID, '')}"
        listed = person.getparent()
        present = listed is not None and listed.get("type") in ("participants", "delegation")
        for element in () if person.get("sameAs") else person.iterfind("t:persName", NS):
            yield from document.mention("person", words(element), "attendance" if present else "text", pointer)
    for path in _HEADS:
        for element in root.iterfind(f"t:teiHeader/{path}", NS):
            for named in element.iter(*(f"{{{TEI}}}{tag}" for tag in _TAGS)):
                yield from _tagged(document, named, "metadata")
    text = root.find("t:text", NS)
    for element in () if text is None else text.iter(f"{{{TEI}}}*"):
        if name(element) in _TAGS:
            yield from _tagged(document, element, "")
        elif name(element) == "sp":
            for speaker in element.iterfind("t:speaker", NS):
                if speaker.find(".//t:persName", NS) is None:
                    said = _context(speaker, element)
                    yield from document.mention("person", words(speaker), "speaker", element.get("who", ""), said)


def _tagged(document: _Document, element: etree._Element, ground: str) -> Iterator[Mention]:
    kind, pointer = _TAGS[name(element)], element.get("ref", "")
    above = [name(item) for item in element.iterancestors()]
    if "speaker" in above and not pointer:
        pointer = next((item.get("who", "") for item in element.iterancestors(f"{{{TEI}}}sp")), "")
    parent = element.getparent()
    if parent is not None and name(parent) in _TAGS:
        return  # a place within the name of a body belongs to that name
    where = "item" in above and any(
        item.get("type") in ("attendees", "delegation", "participants") for item in element.iterancestors()
    )
    ground = ground or (
        "attendance" if where else "speaker" if "speaker" in above else "bracket" if "supplied" in above else "text"
    )
    block = next((item for item in element.iterancestors() if name(item) in _BLOCKS), None)
    context = _context(element, block if block is not None else element)
    if parent is not None and pointer and parent.get("corresp") == pointer and (parent.text or "").strip():
        pointer = ""  # “Charles Hill, assistant to Mr. Shultz”: the item points to Hill
    pairs = [words(form) for form in element.iterfind(".//t:reg", NS) if _whole(form, element)]
    if pairs and not pointer:
        pointer = f"#~{words(element).replace(' ', '_')}"
    title = " ".join(words(item) for item in element.iterfind(".//t:roleName", NS))
    yield from document.mention(kind, f"{title} {words(element)}", ground, pointer, context)
    for form in pairs:
        yield from document.mention(kind, form, "bracket", pointer, context)


def _whole(form: etree._Element, element: etree._Element) -> bool:
    """Say whether a choice holds the whole name, so that what its bracket says is another form of it."""
    choice = form.getparent()
    first = choice.find("t:orig", NS) if choice is not None else None
    return first is not None and words(first) == words(element)


def words(element: etree._Element) -> str:
    """Return the words of an element as they stand in the text: no notes, no corrections, no titles."""
    return " ".join("".join(_words(element, top=True)).split())


def _words(element: etree._Element, *, top: bool = False) -> Iterator[str]:
    if not isinstance(element.tag, str) or (name(element) in _LEFT_OUT and not top):
        return
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def _context(element: etree._Element, block: etree._Element) -> str:
    """Return a name with the words around it, the name between ‹ ›."""
    above = {element, *element.iterancestors()}
    left, middle, right = [""], [""], [""]
    side = left

    def walk(node: etree._Element) -> None:
        nonlocal side
        if not isinstance(node.tag, str) or (node not in above and name(node) in _LEFT_OUT - {"roleName"}):
            return
        if node is element:
            side = middle
        side.append(node.text or "")
        for child in node:
            walk(child)
            side.append(child.tail or "")
        if node is element:
            side = right

    walk(block)
    before, named, after = (" ".join("".join(part).split(None)) for part in (left, middle, right))
    gap = " " if left[-1][-1:].isspace() else ""
    joint = " " if right[1:] and "".join(right)[:1].isspace() else ""
    before = before if len(before) <= ROOM else "…" + before[-ROOM:].partition(" ")[2]
    after = after if len(after) <= ROOM else after[:ROOM].rpartition(" ")[0] + "…"
    return f"{before}{gap}‹{named}›{joint}{after}".strip()


def _year(root: etree._Element) -> int:
    for path in ("t:creation//t:date", "t:correspDesc//t:date"):
        for date in root.iterfind(f"t:teiHeader/t:profileDesc/{path}", NS):
            found = re.match(r"\d{4}", next((date.get(key, "") for key in ("when", "from", "notBefore", "to")
                                             if date.get(key)), ""))  # fmt: skip
            if found:
                return int(found[0])
    return 0
