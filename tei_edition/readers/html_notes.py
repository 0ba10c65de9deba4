"""Takes the part of a page that is the document and says which of its elements are notes, and what leads to each.

A note is believed to be one by evidence: a short link, or one that says that it leads to a note, points forward to an
item, a paragraph or a division; or a list that is called one of notes has items with ids.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from tei_edition.readers.html_tree import LISTS, Element

_HOSTS = ("li", "p", "div", "aside", "dd", "section")
_NOTE = re.compile(r"(?:foot|end)?-?note(?:s|ref|-ref)?|fn|fnref|doc-(?:noteref|footnote|endnotes?)")
_LISTS = re.compile(r"(?:foot|end)-?notes?|notes|doc-endnotes")
_BACK = re.compile(r".*back-?(?:link|ref)?|doc-backlink|fnref\S*|return|reversefootnote")
_SIGN = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§¶#]{1,4}|[a-z]|[ivxl]{1,7})[\])]?[.:]?", re.IGNORECASE)


@dataclass(slots=True)
class Notes:
    """The notes of a page."""

    keys: dict[Element, str] = field(default_factory=dict)
    """The key of each element that is a note."""
    anchors: dict[Element, str] = field(default_factory=dict)
    """The key of the note to which each link leads."""
    back: set[Element] = field(default_factory=set)
    """Links that lead from a note back to its anchor and show no number."""


def notes(content: Element) -> Notes:
    """Return the notes within an element."""
    found = Notes()
    ids: dict[str, Element] = {}
    twins: dict[str, list[Element]] = {}
    """The notes that have the same id, which a page may well give twice: its links lead to one after the other."""
    links: list[Element] = []
    for element in content.elements():
        for name in ("id", "name") if element.tag == "a" else ("id",):
            if element.get(name):
                ids.setdefault(element.get(name), element)
        if element.tag == "a" and element.get("href").startswith("#"):
            links.append(element)
        if element.tag == "li" and element.get("id") and _is_note_list(element.parent):
            same = twins.setdefault(element.get("id"), [])
            same.append(element)
            found.keys[element] = element.get("id") + f"-{len(same)}" * (len(same) > 1)
    leading, followed = Counter(link.get("href") for link in links), Counter[str]()
    for link in links:
        host = _host(ids.get(link.get("href")[1:]))
        same = twins.get(link.get("href")[1:], [])
        if len(same) > 1 and len(same) == leading[link.get("href")]:
            host = same[followed[link.get("href")]]
            followed[link.get("href")] += 1
        if host is None or host.offset <= link.offset < host.end or host.offset < link.offset:
            continue
        if _SIGN.fullmatch(link.words()) or _says(link, _NOTE):
            key = found.keys.setdefault(host, link.get("href")[1:])
            found.anchors[link] = key
    _number(found)
    for link in links:
        words = link.words()
        leads_back = _says(link, _BACK) or not re.search(r"\w", words)
        if leads_back and not re.search(r"\d", words) and link not in found.anchors:
            found.back.update({link} if any(outer in found.keys for outer in link.around()) else ())
    return found


def _number(found: Notes) -> None:
    """Make the number that its anchor shows the key of each note, where no two notes show the same."""
    shown: dict[str, str] = {}
    for link, key in found.anchors.items():
        shown.setdefault(key, re.sub(r"[^\w*†‡§¶#]", "", link.words()))
    for note, key in found.keys.items():
        if key not in shown and note.tag == "li" and note.get("value").isdigit():
            shown[key] = note.get("value")
    unique = [key for key, number in shown.items() if number and list(shown.values()).count(number) == 1]
    names = {key: shown[key] for key in unique}
    names = {key: names.get(key, key) for key in found.keys.values()}
    if len(set(names.values())) == len(names):
        found.keys = {note: names[key] for note, key in found.keys.items()}
        found.anchors = {link: names[key] for link, key in found.anchors.items()}


def _host(target: Element | None) -> Element | None:
    """Return the item, paragraph or division that a target is, begins or stands in."""
    while target is not None and target.tag not in _HOSTS:
        target = target.parent
    return target


def _is_note_list(element: Element | None) -> bool:
    return element is not None and (
        (element.tag in LISTS and _says(element, _LISTS))
        or (element.parent is not None and _says(element.parent, _LISTS))
    )


def _says(element: Element, pattern: re.Pattern[str]) -> bool:
    """Say whether a class, the role or the relation of an element is a word of a pattern."""
    return any(pattern.fullmatch(word) for word in [*element.classes(), *element.get("role").lower().split(),
                                                    *element.get("rel").lower().split()])  # fmt: skip
