"""Takes register files and gives the persons, places and organisations they name, found again in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.tei import ID, NS, name, parse

KINDS = {"person": "persName", "place": "placeName", "org": "orgName"}
"""Entries of a register and the element that names one."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name."""

    text: str
    type: str = "main"
    """The scheme of the form: its ``@subtype``, else its ``@type``."""
    since: str = ""
    """First day on which the name was in use (``@from``), if the register says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person, place or organisation of the register."""

    id: str
    kind: str
    forms: tuple[Form, ...]
    file: Path | None = None

    @property
    def main(self) -> str:
        """The form by which the entry is known."""
        return self.forms[0].text

    def form(self, text: str) -> Form | None:
        """Return the form that is written so, whatever the case of its letters."""
        return next((form for form in self.forms if fold(form.text) == fold(text)), None)


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text, with everyone who may bear it."""

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...]


@dataclass
class Register:
    """All entries of an edition, by id and by form."""

    entries: dict[str, Entry] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)
    """Id of an entry that was merged, and the id of the one that it was merged into (``@sameAs``)."""
    _by_form: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list), repr=False)
    _by_word: dict[str, list[str]] = field(default_factory=dict, repr=False)
    """The forms by the word with which they begin, the longest first; empty until a name is looked for."""
    _patterns: dict[str, re.Pattern[str]] = field(default_factory=dict, repr=False)

    def add(self, entry: Entry) -> None:
        """Take an entry into the register."""
        self.entries[entry.id] = entry
        for form in entry.forms:
            bearers = self._by_form[fold(form.text)]
            if entry not in bearers:
                bearers.append(entry)
        self._by_word.clear()
        self._patterns.clear()
        vars(self).pop("words", None)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of five letters and more in the forms of all entries."""
        forms = (form.text for entry in self.entries.values() for form in entry.forms)
        return frozenset(word for text in forms for word in _LONG.findall(text))

    def current(self, key: str) -> str:
        """Return the id under which an entry is kept now: another than asked for, if it was merged."""
        seen = {key}
        while (key := self.former.get(key, key)) not in seen:
            seen.add(key)
        return key

    def bearers(self, text: str) -> tuple[Entry, ...]:
        """Return everyone who bears a name, whatever the case of its letters."""
        return tuple(self._by_form.get(fold(text), ()))

    def find(self, text: str) -> Iterator[Match]:
        """Give the names in a text from left to right, the longest first where several begin at one place.

        A name begins with a capital letter and stands between word boundaries.
        """
        if not self._by_word:
            for form in sorted(self._by_form, key=lambda form: (-len(form), form)):
                self._by_word.setdefault(_first_word(form), []).append(form)
        at = 0
        for word in _BEGINNING.finditer(text) if self._by_form else ():
            key = word[0].casefold()
            if key not in self._by_word or word.start() < at:
                continue
            found = self._beginning_with(key).match(text, word.start())
            if found and found[0][0].isupper():
                yield Match(found.start(), found.end(), found[0], self.bearers(found[0]))
            at = found.end() if found else at

    def _beginning_with(self, word: str) -> re.Pattern[str]:
        """Return the pattern of the forms that have the same first word: one for all would be tried at every word."""
        if word not in self._patterns:
            choices = "|".join(map(pattern_of, self._by_word[word]))
            self._patterns[word] = re.compile(rf"(?:{choices})(?![\w-]*\w)", re.IGNORECASE)
        return self._patterns[word]


_LONG = re.compile(r"[^\W\d_]{5,}")
_BEGINNING = re.compile(r"(?<![\w-])(?:\w+|[^\w\s])")
"""Where a name may begin: a word, or a sign."""


def _first_word(form: str) -> str:
    """Return the letters and digits that a form begins with, or the sign."""
    found = re.match(r"\w+|.", form, re.DOTALL)
    return found[0] if found else ""


def fold(text: str) -> str:
    """Return a form as it is compared: case, apostrophes and white space do not matter.

    >>> fold("Yan’an") == fold("Yan'an")
    True
    """
    return " ".join(text.replace("’", "'").casefold().split())


def pattern_of(form: str) -> str:
    """Return a regular expression for a form: any apostrophe, any white space."""
    return re.escape(form).replace("'", "['’]").replace(r"\ ", r"\s+")


def load_register(paths: Iterable[Path], report: Report) -> Register:
    """Return the register that some TEI files hold; what cannot be read is a finding, the rest is used."""
    register = Register()
    for path in paths:
        try:
            data = read_bytes(path)
        except OSError:
            report(
                Finding(
                    rule="register-missing", severity=Severity.ERROR, file=path,
                    message=f"The register {path.name} cannot be opened.",
                    hint="Write it, or take it out of register = […] in edition.toml.",
                )
            )  # fmt: skip
            continue
        root = parse(data, path, report)
        for element in () if root is None else root.iter(*(f"{{{NS['t']}}}{kind}" for kind in KINDS)):
            entry, same = _entry(element, path), element.get("sameAs", "")
            if entry and "#" in same:
                register.former[entry.id] = same.rpartition("#")[2]
            elif entry:
                register.add(entry)
    return register


def _entry(element: etree._Element, path: Path) -> Entry | None:
    key = element.get(ID)
    kind = name(element)
    named = element.findall(f"t:{KINDS[kind]}", NS)
    forms = tuple(
        Form(
            " ".join(str(etree.tostring(item, method="text", encoding="unicode", with_tail=False)).split()),
            item.get("subtype") or item.get("type") or "main",
            item.get("from") or "",
        )
        for item in named
    )
    return Entry(key, kind, forms, path) if key and forms else None
