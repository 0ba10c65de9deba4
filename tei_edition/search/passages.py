"""Takes a TEI tree with marked places and gives its passages: paragraphs, turns, notes … with their words and speakers.

A passage is what a search answers with and what a link leads to. Its text is the reading text: corrected,
regularised and expanded. What the source has in its place (``sic``, ``orig``, ``abbr``, ``del``, a reading of the
apparatus; without what editors supply) is a second text of the same passage, where the two differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.location import line
from tei_edition.tei import ID, LANG, STRUCTURE, TEI, name

_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """From where to where in a text somebody speaks."""

    start: int
    end: int
    who: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A passage of a document in one of its two texts."""

    anchor: str
    """The ``xml:id`` of the place; empty for words before any place."""
    text: str
    spoken: tuple[Spoken, ...] = ()
    source: bool = False
    """Whether this is the text of the source, and not the reading text."""
    language: str = ""
    line: int | None = None


PLACES = frozenset("p ab lg sp head item row note opener closer salute signed dateline stage bibl u l line".split())
"""Elements that are passages where they have an id: all that `tei_edition.site.anchors` leads to, and lines."""

_UNSAID = frozenset({"gap", "fw", "metamark", "teiHeader", "certainty", "precision", "respons", "index", "figDesc"})
"""Elements whose words are not those of the text; what a figure shows is found through its page."""
_BREAKS = frozenset({"lb", "pb", "cb", "gb", "milestone"})
_READING = frozenset({"sic", "orig", "abbr", "am", "del", "surplus"})
"""What the reading text leaves out: within ``choice`` and ``subst``, and ``del`` and ``surplus`` everywhere."""
_SOURCE = frozenset({"corr", "reg", "expan", "ex", "supplied"})
"""What the source does not have: within ``choice``, and ``ex`` and ``supplied`` everywhere."""
_EVERYWHERE = frozenset({"del", "surplus", "ex", "supplied", "am"})
_APART = frozenset(
    "p ab lg l sp head item label row cell note opener closer salute signed dateline stage bibl div quote q list "
    "table floatingText body speaker said argument trailer byline titlePart u line".split()
)
"""Elements whose words stand apart from those before and after, if they stand beside each other without a blank."""
_INLINE = frozenset({"q", "said", "quote", "label", "note", "stage", "bibl", "item", "list"})
"""Those of them that may stand in a line, where the text has its own blanks."""


def passages(root: etree._Element) -> list[Passage]:
    """Return the passages of a document in the order of the text.

    1. Every word of the text is in a passage; notes are passages of their own.
    2. A place within a place (a paragraph of a turn, an item in a paragraph) belongs to the outer one.
    """
    found: list[Passage] = []
    for text in root.iterchildren(f"{{{TEI}}}text", f"{{{TEI}}}sourceDoc", f"{{{TEI}}}TEI", f"{{{TEI}}}standOff"):
        if name(text) == "standOff":
            continue
        if name(text) == "TEI":
            found += passages(text)
        else:
            _Walk(found, str(root.get(LANG) or "")).blocks(text, "")
    return found


@dataclass
class _Draft:
    """A text that grows, and who speaks where."""

    parts: list[str] = field(default_factory=list)
    spoken: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    length: int = 0
    joined: bool = False
    """Whether the next words belong to the word before: a line was broken within it."""

    def add(self, words: str) -> None:
        """Add words with their white space made single."""
        words = _BLANKS.sub(" ", words)
        if self.joined:
            words, self.joined = words.lstrip(" "), words.isspace()
        if not self.length or self.parts[-1].endswith(" "):
            words = words.lstrip(" ")
        if words:
            self.parts.append(words)
            self.length += len(words)

    def join(self) -> None:
        """Join what comes to the word before."""
        if self.parts and (last := self.parts[-1].rstrip(" ")) != self.parts[-1]:
            self.length -= len(self.parts[-1]) - len(last)
            self.parts[-1] = last
        self.joined = True


class _Walk:
    """A way through the text of one document."""

    def __init__(self, found: list[Passage], language: str) -> None:
        self._found = found
        self._language = language
        self._notes: list[etree._Element] = []

    def blocks(self, element: etree._Element, anchor: str) -> None:
        """Go through what holds blocks; words between them are passages that lead to the place before."""
        if element.text and element.text.strip():
            self._put(anchor, element, lambda draft: draft.add(str(element.text)))
        for child in element:
            if name(child) in PLACES and child.get(ID):
                anchor = str(child.get(ID))
                self._whole(child, anchor)
            elif name(child) in STRUCTURE or name(child) in {"front", "sourceDoc", "text", "zone"}:
                self.blocks(child, str(child.get(ID) or anchor))
            elif name(child):
                self._whole(child, anchor)
            if child.tail and child.tail.strip():
                self._put(anchor, element, lambda draft, tail=child.tail: draft.add(str(tail)))  # type: ignore[misc]

    def _whole(self, element: etree._Element, anchor: str) -> None:
        """Take an element as one passage in its two texts, and then the notes in it."""
        outer, self._notes = self._notes, []
        who = _who(element)
        for leave, source in ((_READING, False), (_SOURCE, True)):
            self._put(anchor, element, lambda draft, leave=leave: self._words(element, leave, draft), who, source)  # type: ignore[misc]
        notes, self._notes = list(dict.fromkeys(self._notes)), outer
        for note in notes:
            self._whole(note, str(note.get(ID) or anchor))

    def _put(
        self,
        anchor: str,
        element: etree._Element,
        fill: Callable[[_Draft], None],
        who: tuple[str, ...] = (),
        source: bool = False,
    ) -> None:
        draft = _Draft()
        fill(draft)
        text = "".join(draft.parts).rstrip(" ")
        if not text or (source and self._found and (self._found[-1].anchor, self._found[-1].text) == (anchor, text)):
            return
        spoken = [(0, len(text), who)] if who else [(start, min(end, len(text)), by) for start, end, by in draft.spoken]
        self._found.append(
            Passage(
                anchor=anchor, text=text, source=source, language=self._tongue(element), line=line(element),
                spoken=tuple(Spoken(start=start, end=end, who=by) for start, end, by in spoken),
            )
        )  # fmt: skip

    def _tongue(self, element: etree._Element) -> str:
        for one in (element, *element.iterancestors()):
            if one.get(LANG):
                return str(one.get(LANG))
        return self._language

    def _words(self, element: etree._Element, leave: frozenset[str], draft: _Draft) -> None:
        """Add the words of an element and what is in it."""
        called = name(element)
        apart = called in _APART and called not in _INLINE
        if apart:
            draft.add(" ")
        start = draft.length
        if element.text:
            draft.add(element.text)
        for child in element:
            self._child(child, leave, draft)
            if child.tail:
                draft.add(child.tail)
        if called in {"said", "q", "sp", "u"} and (who := _who(element)):
            draft.spoken.append((start, draft.length, who))
        if apart:
            draft.add(" ")

    def _child(self, child: etree._Element, leave: frozenset[str], draft: _Draft) -> None:
        called = name(child)
        if not called or called in _UNSAID:
            return
        if called in _BREAKS:
            if child.get("break") == "no":
                draft.join()
            else:
                draft.add(" ")
        elif called == "space":
            draft.add(" ")
        elif called == "note":
            self._notes.append(child)
        elif called in leave and (called in _EVERYWHERE or name(child.getparent()) == "choice"):  # type: ignore[arg-type]
            return
        elif called == "app":
            readings = list(child.iter(f"{{{TEI}}}lem", f"{{{TEI}}}rdg"))
            for reading in readings[:1] if leave is _READING else readings[1:] or readings:
                draft.add(" " * (reading not in readings[:2]))
                self._words(reading, leave, draft)
            self._notes += child.findall(f"{{{TEI}}}note")
        else:
            # What was deleted is of the source, even where an editor completes it.
            self._words(child, frozenset() if called == "del" else leave, draft)


def _who(element: etree._Element) -> tuple[str, ...]:
    return tuple(str(element.get("who") or "").split())
