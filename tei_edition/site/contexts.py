"""Takes the page of a document and gives what it says, place by place: turns, names and days with their context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from tei_edition.site.markup import ENTRY
from tei_edition.tei import ID, TEI

AROUND = 70
"""Characters of context on either side of a mention."""


def keep_places(digest: etree._Element, page: str) -> None:
    """Leave of the places of everything said about the text the nearest one that the page has."""
    there = set(re.findall(r'\sid="(t-[^"]+)"', page))
    for one in [*digest.iter("mention"), *digest.iter("day")]:
        one.set("at", next((place for place in str(one.get("at")).split() if place in there), ""))
    for anchor in digest.findall("anchor"):
        digest.remove(anchor)


def read_words(text: str, tree: etree._Element, digest: etree._Element, document: str) -> None:
    """Add to a digest what its page says: turns with their words, mentions and days with the words around them."""
    article = lxml_html.fragment_fromstring(text)
    places: dict[str, Any] = {str(one.get("id")): one for one in article.iter() if str(one.get("id")).startswith("t-")}
    for link in article.iter("a"):
        match = ENTRY.search(f'href="{link.get("href", "")}"')
        if match and "name" in str(link.get("class")).split():
            _add_context(digest, link, f"{match[1]}#{match[2]}", places)
    for day in digest.iter("day"):
        words = " ".join((day.text or "").split())
        place = places.get(str(day.get("at")))
        said = _words(place) if place is not None else ""
        before, found, after = said.partition(words)
        day.text = None
        _say(day, before if found else "", words, after if found else "")
    who = _speakers(digest, document)
    for turn in tree.iter(f"{{{TEI}}}sp"):
        place = places.get(f"t-{turn.get(ID)}")
        keys = [who.get(token, f"{document}{token}") for token in turn.get("who", "").split() if token[:1] == "#"]
        if place is not None and keys:
            row = etree.SubElement(digest, "turn", at=f"t-{turn.get(ID)}", who=" ".join(keys))
            row.extend(_said(place))


def _speakers(digest: etree._Element, document: str) -> dict[str, str]:
    """Return pointers of the text → the entry of a register, or the person of this document."""
    return {f"#{one.get('id')}": one.get("entry") or f"{document}#{one.get('id')}" for one in digest.iter("person")}


def _add_context(digest: etree._Element, link: Any, entry: str, places: Mapping[str, Any]) -> None:
    place = next((one for one in link.iterancestors() if one.get("id") in places), None)
    labels = {"speaker", "notes", "signs", "about", "card"}
    inside = {word for one in link.iterancestors() for word in str(one.get("class")).split()}
    if place is None or labels & inside:
        return
    row = etree.SubElement(digest, "context", entry=entry, at=str(place.get("id")))
    before, after = _either_side(place, link)
    _say(row, before, _words(link), after)


def _say(row: etree._Element, before: str, named: str, after: str) -> None:
    """Add the words and their context, cut between words."""
    if len(before) > AROUND:
        before = "…\u00a0" + re.sub(r"^\S*\s", "", before[-AROUND:])
    if len(after) > AROUND:
        after = re.sub(r"\s\S*$", "", after[:AROUND]) + "\u00a0…"
    for tag, words in (("before", before), ("named", named), ("after", after)):
        etree.SubElement(row, tag).text = words


def _either_side(place: Any, link: Any) -> tuple[str, str]:
    """Return the words of a place before and after an element in it, on one line each."""
    parts: tuple[list[str], list[str]] = ([], [])
    side = 0
    for event, one in etree.iterwalk(place, events=("start", "end")):
        if one is link:
            side, told = (1, one.tail if event == "end" else None) if event == "end" else (2, None)
            if told:
                parts[1].append(told)
        elif side != 2:
            told = one.text if event == "start" and isinstance(one.tag, str) else None
            told = one.tail if event == "end" and one is not place else told
            if told:
                parts[side].append(told)
    before, after = ("".join(part) for part in parts)
    return re.sub(r"\s+", " ", before).lstrip(), re.sub(r"\s+", " ", after).rstrip()


def _words(element: Any) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _said(place: Any) -> Iterator[etree._Element]:
    """Yield the paragraphs of a turn without the name of the speaker and without ids."""
    turn = deepcopy(place)
    for label in turn.find_class("speaker"):
        label.drop_tree()
    for one in turn.iter():
        one.attrib.pop("id", None)
    if turn.text and turn.text.strip():
        turn[:0] = []
        paragraph = etree.Element("p")
        paragraph.text = turn.text
        yield paragraph
    for child in turn:
        child.tail = None
        yield child
