"""Takes an ISO Schematron schema and an opened file, and gives what the file breaks as findings.

The schema becomes an XSLT 3.0 stylesheet by ``xslt/schematron/compile.xsl``; it is compiled once in a process.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from tei_edition import saxon
from tei_edition.finding import Finding, Severity
from tei_edition.location import found, line
from tei_edition.opened import Opened
from tei_edition.tei import parse

SCH = "http://purl.oclc.org/dsdl/schematron"

ROLES = {
    "warn": Severity.WARNING,
    "warning": Severity.WARNING,
    "nonfatal": Severity.WARNING,
    "info": Severity.INFO,
    "information": Severity.INFO,
    "informative": Severity.INFO,
}
"""What ``@role`` says of an assertion; without one, or with another one, what it asks is an error."""


class SchemaBroken(Exception):
    """The schema itself cannot be used; the message is one sentence, ``line`` is a line of the schema."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class Rules:
    """The assertions of one schema, ready to be tried on documents."""

    def __init__(self, executable: Any) -> None:
        self._executable = executable

    def check(self, opened: Opened) -> None:
        """Remark on whatever fails: rule id = ``assert/@id``, else the pattern's, else ``schematron``."""
        from saxonche import PySaxonApiError

        try:
            result = saxon.transform(self._executable, saxon.source(opened.root))
        except PySaxonApiError as error:
            message = f"The rules could not be tried on this file: {_sentence(error)}"
            opened.remark("schematron-stopped", message, at=opened.root)
            return
        for row in etree.fromstring(result.encode()):
            place, attribute = found(opened.root, row.get("at", "/"))
            if row.tag == "failure":
                pattern = row.get("pattern") or "schematron"
                message = f"A rule of “{pattern}” could not be evaluated here: {_words(row)}"
                opened.remark("schematron-stopped", message, at=place, attribute=attribute)
                continue
            hints = [words for words in map(_words, row.iterchildren("hint")) if words]
            opened.remark(
                row.get("id") or row.get("pattern") or "schematron",
                _words(row.find("text")) or "This breaks a rule that says nothing about itself.",
                at=place,
                attribute=attribute,
                severity=ROLES.get(row.get("role", "").strip().lower(), Severity.ERROR),
                hint=" ".join(hints) or None,
            )


@lru_cache(maxsize=8)
def rules(schema: bytes, phase: str = "#DEFAULT") -> Rules:
    """Return the rules of a schema, given as bytes, in one of its phases (``#ALL``: all patterns).

    Raises SchemaBroken with a sentence for a schema that cannot be compiled.
    """
    from saxonche import PySaxonApiError

    text = as_xslt(schema, phase)
    try:
        return Rules(saxon.compile_text(text))
    except PySaxonApiError as error:
        raise SchemaBroken(f"An expression of the schema is wrong: {_sentence(error)}") from None


def as_xslt(schema: bytes, phase: str = "#DEFAULT") -> str:
    """Return the XSLT 3.0 stylesheet that a schema becomes; raise SchemaBroken as `rules` does."""
    noted: list[Finding] = []
    root = parse(schema, Path("schema"), noted.append)
    if root is None:
        raise SchemaBroken(noted[0].message, noted[0].line)
    if root.tag != f"{{{SCH}}}schema":
        raise SchemaBroken(f"The root is “{etree.QName(root).localname}”, not a schema of ISO Schematron.")
    stylesheet = saxon.compiled("xslt/schematron/compile.xsl")
    text = saxon.transform(stylesheet, saxon.source(root), {"phase": phase})
    compiled = etree.fromstring(text.encode())
    if compiled.tag == "problems":
        problem = compiled[0]
        raise SchemaBroken(_words(problem), line(found(root, problem.get("at", "/"))[0]))
    return text


def _words(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split()).removeprefix("Error in ").rstrip(".") + "."
