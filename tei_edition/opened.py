"""Takes one TEI file that is being checked and what the checks remark on it, and gives the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from tei_edition.finding import Finding, Severity
from tei_edition.location import last_line, line, written, xpath
from tei_edition.places import Place, Places, Unplaced, root_name
from tei_edition.tei import parse

LIMIT = 100
"""Findings of one rule in one file that are listed; the rest is counted."""

_FAULTS = {"attribute-not-allowed", "attribute-missing", "value-not-allowed", "content-incomplete"}


class Mend(NamedTuple):
    """What to write in place of the name of an element, the name of an attribute or its value."""

    at: etree._Element
    new: str
    attribute: str | None = None
    value: bool = False


class Tag:
    """A start tag as it was met; a name is a local name, or ``namespace}local``."""

    __slots__ = ("attributes", "name", "pointers")

    def __init__(self, name: str, attributes: Sequence[str]) -> None:
        self.name, self.attributes = name, attributes
        """The names and the values of the attributes in turn."""
        self.pointers: tuple[tuple[str, str], ...] | None = None
        """Its attributes that point somewhere, with each of their pointers, once somebody looked for them."""


class Seen:
    """What was met on the way through a file."""

    __slots__ = ("ids", "tags")

    def __init__(self) -> None:
        self.ids: list[tuple[str, str]] = []
        """The names of the elements that bear ids, with the ids, in order."""
        self.tags: set[Tag] = set()
        """The start tags that bear attributes; those that are alike may be there once."""


class _Spot(NamedTuple):
    """What a finding points to."""

    finding: Finding
    at: etree._Element
    attribute: str | None
    end: bool
    text: etree._Element | None


class IllFormed(Exception):
    """The bytes of a file are no well-formed document; ``finding`` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Opened:
    """A file on the desk: its tree, and what was remarked on it so far."""

    def __init__(self, file: Path, root: etree._Element | None = None, *, data: bytes | None = None) -> None:
        """Take a tree and, if there are any, the bytes that it was read from, which tell exact places.

        With bytes alone the tree is made when somebody asks for it, and `IllFormed` raised where there is none.
        """
        self.file, self.data = file, data
        self._root = root
        self._tag = ""
        self.seen: Seen | None = None
        """What a check met on its way, which spares the next one the way, and the tree."""
        self.marked: list[etree._Element] | None = None
        """The elements that bear ids, once they were looked for."""
        self.findings: list[Finding] = []
        self.schema = ""
        """The name of the schema that is speaking, where there are several."""
        self.mends: list[Mend] = []
        """What can be mended without asking an editor."""
        self._seen = Counter[str]()
        self._last: dict[str, Finding] = {}
        self._faulty: set[etree._Element] = set()
        self._spots: list[_Spot] = []
        self._again: dict[tuple[str, str], int] = {}

    def read(self) -> etree._Element:
        """Return the root of the tree, which is made if it is not there yet."""
        if self._root is None:
            wrong: list[Finding] = []
            self._root = parse(self.data or b"", self.file, wrong.append)
            if self._root is None:
                raise IllFormed(wrong[0])
        return self._root

    @property
    def root(self) -> etree._Element:
        """The root of the tree."""
        return self._root if self._root is not None else self.read()

    @property
    def tag(self) -> str:
        """The name of the root, in Clark notation."""
        if not self._tag:
            name = None if self._root is not None or self.data is None else root_name(self.data)
            self._tag = name or str(self.root.tag)
        return self._tag

    def full(self, rule: str) -> bool:
        """Return whether a further finding of this rule would only be counted."""
        return self._seen[rule] >= LIMIT

    @property
    def remarked(self) -> int:
        """How many remarks there were so far, those that are only counted among them."""
        return self._seen.total() + sum(self._again.values())

    def told(self, rule: str, message: str) -> bool:
        """Return whether a remark that is made once in a file was made already."""
        return (rule, message) in self._again

    def faulty(self, at: etree._Element) -> bool:
        """Return whether the grammar has found fault with what an element bears or lacks.

        What a rule would say of it is, as a rule, the same mistake again.
        """
        return at in self._faulty

    def remark(
        self,
        rule: str,
        message: str,
        *,
        at: etree._Element | None = None,
        attribute: str | None = None,
        end: bool = False,
        text: etree._Element | None = None,
        severity: Severity = Severity.ERROR,
        hint: str | None = None,
        about: str | None = None,
        once: bool = False,
    ) -> None:
        """Add a finding at an element, or at one of its attributes; beyond `LIMIT` of a rule, count it.

        ``end`` is its end tag; ``text`` is the text that begins after the end of this child, or after the start tag if
        it is the element itself. Line and column are settled when the file is closed. ``about`` is the element, as a
        name in Clark notation, that the finding is about, if it is another than the one it stands at. ``once`` says
        the same words once in a file, with the number of the other places.
        """
        if once and self._again.setdefault((rule, message), -1) >= 0:
            self._again[rule, message] += 1
            return
        if once:
            self._again[rule, message] = 0
        self._seen[rule] += 1
        if at is not None and rule in _FAULTS:
            self._faulty.add(at)
        if self._seen[rule] > LIMIT:
            return
        from tei_edition.vocabulary import page

        finding = Finding(
            rule=rule,
            severity=severity,
            message=f"{self.schema}: {message}" if self.schema else message,
            file=self.file,
            line=None if at is None else _guessed(at, end, text),
            xpath=None if at is None else xpath(at, attribute),
            hint=hint,
            see=None if at is None else page(about or str(at.tag), None if about else attribute),
        )
        if finding not in self.findings:
            self.findings.append(finding)
            if at is not None:
                self._spots.append(_Spot(finding, at, attribute, end, text))
        self._last[rule] = finding

    def close(self) -> list[Finding]:
        """Return the findings in the order of lines, with a count where a rule had more than can be listed."""
        self._settle()
        for at, finding in enumerate(self.findings):
            if more := self._again.get((finding.rule, finding.message)):
                places = "1 more place" if more == 1 else f"{more} more places"
                self.findings[at] = replace(finding, message=f"{finding.message.rstrip('.')}; the same at {places}.")
        self.findings.sort(key=lambda finding: (finding.line or 0, finding.column or 0))
        for rule, count in self._seen.items():
            if count > LIMIT:
                severity = self._last[rule].severity
                message = f"{count - LIMIT} more findings of this kind in this file are not listed."
                self.findings.append(Finding(rule=rule, severity=severity, message=message, file=self.file))
        return self.findings

    def _settle(self) -> None:
        """Give the findings their lines and columns, if the bytes of the file can tell them."""
        if self.data is None or not self._spots:
            return
        try:
            places = Places(self.data, ends=any(spot.end or spot.text is not None for spot in self._spots))
        except Unplaced:
            return
        asked = {node for spot in self._spots for node in (spot.at, spot.text) if node is not None}
        numbers: dict[etree._Element, int] = {}
        count = 0
        for count, node in enumerate(self.root.iter("*"), start=1):
            if node in asked:
                numbers[node] = count - 1
        if count != len(places):
            return
        settled = {id(spot.finding): _placed(places, numbers, spot) for spot in self._spots if spot.at in numbers}
        for at, finding in enumerate(self.findings):
            if place := settled.get(id(finding)):
                self.findings[at] = replace(finding, line=place[0], column=place[1])
        self._spots.clear()


def _guessed(at: etree._Element, end: bool, text: etree._Element | None) -> int | None:
    """Return the line as far as the tree tells it."""
    if end:
        return last_line(at)
    if text is None:
        return line(at)
    number, words = (line(at), at.text) if text is at else (last_line(text), text.tail)
    blank = (words or "")[: len(words or "") - len((words or "").lstrip())]
    return None if number is None else number + blank.count("\n")


def _placed(places: Places, numbers: dict[etree._Element, int], spot: _Spot) -> Place:
    number = numbers[spot.at]
    if spot.attribute is not None:
        return places.attribute(number, written(spot.at, spot.attribute))
    if spot.end:
        return places.end(number)
    if spot.text is not None:
        return places.text(number, None if spot.text is spot.at else numbers[spot.text])
    return places.start(number)
