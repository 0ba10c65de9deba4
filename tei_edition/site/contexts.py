"""Takes the page of a document and gives what it says, place by place: turns, names and days with their context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree
from lxml import html as lxml_html

from tei_edition.site.markup import ENTRY
from tei_edition.tei import ID, TEI

AROUND = 70
"""Characters of context on either side of a mention."""
_LOOKED_AT = 12 * AROUND
"""Characters of a page among which they are looked for: blanks may stand between them."""
_LABELS = frozenset({"speaker", "notes", "signs", "about", "card"})
"""Where a name is no mention."""


class Line(NamedTuple):
    """One way in which an entry occurs; where the text names it, with the words around the name."""

    entry: str
    """``persons#stalin``."""
    place: str
    """Id of the place on the page; empty where it is in the header."""
    manner: str
    """turn, present, name, participant, sender, addressee; ``context`` for words that the text has."""
    before: str = ""
    named: str = ""
    after: str = ""


class Turn(NamedTuple):
    """What one person says at once; of several who speak together each has it."""

    who: str
    """The entry of a register, or the person of the document."""
    place: str
    html: str
    """The paragraphs, as elements of XML."""
    said: str
    """The words on one line."""
    words: int


class Day(NamedTuple):
    """A day that the text names."""

    when: str
    place: str
    before: str
    named: str
    after: str


def keep_places(digest: etree._Element, page: str) -> None:
    """Leave of the places of everything said about the text the nearest one that the page has."""
    there = set(re.findall(r'\sid="(t-[^"]+)"', page))
    for one in [*digest.iter("mention"), *digest.iter("day")]:
        one.set("at", next((place for place in str(one.get("at")).split() if place in there), ""))


def read_words(
    text: str, tree: etree._Element, digest: etree._Element, document: str
) -> tuple[list[Line], list[Turn], list[Day]]:
    """Return who occurs in a document in which way, what is said by whom, and which days it speaks of."""
    article = lxml_html.fragment_fromstring(text)
    places: dict[str, Any] = {key: one for one in article.iter() if (key := str(one.get("id"))).startswith("t-")}
    lines = [Line(str(one.get("entry")), str(one.get("at")), str(one.get("as"))) for one in digest.iter("mention")]
    lines += _contexts(article, places)
    return lines, list(_turns(tree, digest, document, places)), list(_days(digest, places))


def _contexts(article: Any, places: Mapping[str, Any]) -> Iterator[Line]:
    known: dict[Any, tuple[str, dict[Any, tuple[int, int]]]] = {}
    for link in article.iter("a"):
        match = ENTRY.search(f'href="{link.get("href", "")}"')
        if match is None or "name" not in str(link.get("class")).split():
            continue
        place = next((one for one in link.iterancestors() if one.get("id") in places), None)
        inside = {word for one in link.iterancestors() for word in str(one.get("class", "")).split()}
        if place is None or _LABELS & inside:
            continue
        if place not in known:
            known[place] = _spans(place)
        words, spans = known[place]
        start, end = spans[link]
        around = _cut(words[max(start - _LOOKED_AT, 0) : start], words[end : end + _LOOKED_AT])
        yield Line(f"{match[1]}#{match[2]}", str(place.get("id")), "context", around[0], _words(link), around[1])


def _spans(place: Any) -> tuple[str, dict[Any, tuple[int, int]]]:
    """Return the words of a place, and from where to where in them its links stand."""
    parts: list[str] = []
    spans: dict[Any, tuple[int, int]] = {}
    length = 0
    for event, one in etree.iterwalk(place, events=("start", "end")):
        is_link = one.tag == "a"
        if event == "start":
            told = one.text if isinstance(one.tag, str) else None
            if is_link:
                spans[one] = (length, length)
        else:
            if is_link:
                spans[one] = (spans[one][0], length)
            told = one.tail if one is not place else None
        if told:
            parts.append(told)
            length += len(told)
    return "".join(parts), spans


def _days(digest: etree._Element, places: Mapping[str, Any]) -> Iterator[Day]:
    said: dict[str, str] = {}
    for day in digest.iter("day"):
        words, at = " ".join((day.text or "").split()), str(day.get("at"))
        if not words:
            # A date that is only encoded, not said: there is nothing to quote.
            continue
        if at in places and at not in said:
            said[at] = _words(places[at])
        before, found, after = said.get(at, "").partition(words)
        around = _cut(before, after) if found else ("", "")
        yield Day(str(day.get("when")), at, around[0], words, around[1])


def _turns(tree: etree._Element, digest: etree._Element, document: str, places: Mapping[str, Any]) -> Iterator[Turn]:
    # Pointers of the text → the entry of a register, or the person of this document.
    known = {f"#{one.get('id')}": one.get("entry") or f"{document}#{one.get('id')}" for one in digest.iter("person")}
    for turn in tree.iter(f"{{{TEI}}}sp"):
        key = f"t-{turn.get(ID)}"
        who = [known.get(token, f"{document}{token}") for token in turn.get("who", "").split() if token[:1] == "#"]
        if key not in places or not who:
            continue
        parts = list(_said(places[key]))
        html = "".join(etree.tostring(part, encoding="unicode") for part in parts)
        said = " ".join(" ".join("".join(map(str, part.itertext())) for part in parts).split())
        for one in dict.fromkeys(who):
            yield Turn(one, key, html, said, len(said.split()))


def _cut(before: str, after: str) -> tuple[str, str]:
    """Return the words before and after on one line each, cut between words."""
    before, after = re.sub(r"\s+", " ", before).lstrip(), re.sub(r"\s+", " ", after).rstrip()
    if len(before) > AROUND:
        before = "…\u00a0" + re.sub(r"^\S*\s", "", before[-AROUND:])
    if len(after) > AROUND:
        after = re.sub(r"\s\S*$", "", after[:AROUND]) + "\u00a0…"
    return before, after


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
        paragraph = etree.Element("p")
        paragraph.text = turn.text
        yield paragraph
    for child in turn:
        child.tail = None
        yield child
