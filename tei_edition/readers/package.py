"""Takes a zip package, as word processors write them, and gives its parts as trees, and its properties as fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree

from tei_edition.finding import Finding, Severity
from tei_edition.readers.page import MEANING, Page, quoted
from tei_edition.readers.plain import ALIASES
from tei_edition.tei import parse
from tei_edition.transcript import FIELDS, Field
from tei_edition.zipped import members

EMPTY_TITLES = {"word document", "untitled", "document", "untitled document"}
"""Titles that programs give when nobody does."""


@dataclass
class Package:
    """A zip package on the desk of a reader."""

    page: Page
    parts: dict[str, Callable[[], bytes]]

    @classmethod
    def of(cls, page: Page) -> Package:
        """Open the file that a page was read from; what is wrong with it is reported."""
        return cls(page, members(page.data, page.path, page.report))

    def tree(self, name: str) -> etree._Element | None:
        """Return the root of a part; None where there is none, and after a finding where it cannot be read."""
        if name not in self.parts:
            return None
        try:
            data = self.parts[name]()
        except OSError as error:
            message = f"The part “{name}” of this file was not read: {error}."
            self.page.report(
                Finding(rule="archive-refused", severity=Severity.ERROR, message=message, file=self.page.path)
            )
            return None
        return parse(data, self.page.path / name, self.page.report)

    def property(self, name: str, value: str | None) -> None:
        """Make a field of a property of the file, if its name is that of a field, and report it."""
        key = name.strip().casefold().replace("_", "-").replace(" ", "-")
        key = ALIASES.get(key, key)
        words = " ".join((value or "").split())
        if key not in FIELDS or not words or (key == "title" and words.casefold() in EMPTY_TITLES):
            return
        self.page.fields.append(Field(key, words, 1))
        message = f"The file's property {quoted(words)} is taken as {MEANING[key]}."
        self.page.say("metadata-taken", Severity.INFO, message)

    def leave_out(self, words: Iterable[str], why: str) -> None:
        """Report words of the file that are not in the text, each once."""
        for found in dict.fromkeys(" ".join(item.split()) for item in words):
            if found:
                self.page.say("chrome-dropped", Severity.INFO, f"{quoted(found)} {why}, and is left out.")
