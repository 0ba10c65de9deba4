"""Takes the text of a Schematron schema and of documents, and gives what the rules say of them as rows of XML.

This is the half that calls Saxon. It runs in the caller's process or in one of its own (`apart`), so that what goes in
and comes out is text, numbers and lists alone.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Protocol

from lxml import etree

from tei_edition import saxon
from tei_edition.location import line

COMPILER = "xslt/schematron/compile.xsl"

_FAULT = re.compile(r"on line (\d+) column \d+ of [^\n]*\n\s+(\w+)\s+(.*?)(?=\n\S|\s*\Z)", re.DOTALL)
"""What Saxon says of one expression: the line, the code of the error, its words."""


class Fault(NamedTuple):
    """Something in a schema that cannot be compiled."""

    path: str
    """Where it stands in the schema, as XPath's ``path()`` says it."""
    code: str
    """The code of the error, such as ``XPST0003``; empty if the schema itself is at fault and not an expression."""
    words: str


class Failed(Exception):
    """What was asked could not be done; the message is a sentence."""


class Tried(Protocol):
    """What tries the rules of one schema on documents."""

    def prepare(self, schema: str, phase: str) -> list[Fault]:
        """Compile a schema, given as text; return why it cannot be compiled, or nothing. Raise Failed."""

    def rows(self, document: str, number: int = 0, other: str = "") -> str:
        """Return what the rules say of a document; or those of one pattern, of another document. Raise Failed."""


class Desk:
    """Tries rules in this process."""

    def __init__(self) -> None:
        self._stylesheet: saxon.Stylesheet | None = None

    def prepare(self, schema: str, phase: str) -> list[Fault]:
        """Compile a schema, as `Tried` says."""
        from saxonche import PySaxonApiError

        try:
            made = stylesheet(schema, phase)
            compiled = etree.fromstring(made.encode())
            if compiled.tag == "problems":
                return [Fault(one.get("at", "/"), "", words(one)) for one in compiled]
        except PySaxonApiError as error:
            raise Failed(sentence(error)) from None
        try:
            self._stylesheet = saxon.compile_text(made)
        except PySaxonApiError as error:
            return self._faults(schema, phase) or [Fault("/", "", sentence(error))]
        return []

    def load(self, made: str) -> None:
        """Take a stylesheet that `stylesheet` made before."""
        self._stylesheet = saxon.compile_text(made)

    def rows(self, document: str, number: int = 0, other: str = "") -> str:
        """Try the rules, as `Tried` says."""
        from saxonche import PySaxonApiError

        assert self._stylesheet is not None, "nothing was prepared"
        parameters: dict[str, Any] = {}
        try:
            if number:
                with saxon.silence():
                    read = self._stylesheet.processor.parse_xml(xml_text=other)
                parameters = {"{fired}number": number, "{fired}other": read}
            return saxon.transform(self._stylesheet, document, parameters)
        except PySaxonApiError as error:
            raise Failed(sentence(error)) from None

    def _faults(self, schema: str, phase: str) -> list[Fault]:
        """Return which expressions of a schema are wrong: compiled again, one line an instruction of the schema."""
        from saxonche import PySaxonApiError

        made = stylesheet(schema, phase, located=True)
        try:
            saxon.compile_text(made)
        except PySaxonApiError as error:
            lines = {
                line(one) or 0: str(one.get("{fired}from"))
                for one in etree.fromstring(made.encode()).iter("*")
                if one.get("{fired}from")
            }
            found = [(int(row), code, _plain(said)) for row, code, said in _FAULT.findall(str(error))]
            near = {row: max((at for at in lines if at <= row), default=0) for row, _, _ in found}
            return [Fault(lines.get(near[row], "/"), code, said) for row, code, said in found]
        return []


def stylesheet(schema: str, phase: str, *, located: bool = False) -> str:
    """Return the XSLT 3.0 stylesheet that a schema becomes, or ``<problems>``; PySaxonApiError if neither."""
    return saxon.transform(saxon.compiled(COMPILER), schema, {"phase": phase, "located": located})


_PLAINER = {
    "Unexpected token <eof> before ...": "it ends too early",
    "<eof>": "its end",
    "Q{http://www.w3.org/2005/xpath-functions}": "",
}
"""What Saxon says in the words of those who build it, and what it means."""


def _plain(said: str) -> str:
    """Return the words of Saxon on one line, without its own.

    >>> _plain("Unexpected token <eof> before ...")
    'it ends too early'
    """
    said = " ".join(said.split())
    for theirs, ours in _PLAINER.items():
        said = said.replace(theirs, ours)
    return said


def words(element: etree._Element | None) -> str:
    """Return the words of an element on one line."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def sentence(error: Exception) -> str:
    """Return what Saxon says as one sentence."""
    return " ".join(str(error).split()).removeprefix("Error in ").rstrip(".") + "."
