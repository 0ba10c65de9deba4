"""Takes an ISO Schematron schema and an opened file, and gives what the file breaks as findings.

The schema becomes an XSLT 3.0 stylesheet by ``xslt/schematron/compile.xsl``; it is compiled once in a process. Rules
that are not the package's own are tried in a process apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei_edition import saxon
from tei_edition.broken import SchemaBroken
from tei_edition.files import read_bytes, resource
from tei_edition.finding import Severity, unheard
from tei_edition.location import called, found
from tei_edition.opened import Opened
from tei_edition.schematron.apart import SECONDS, Apart
from tei_edition.schematron.assembly import SCH, assembled, at
from tei_edition.schematron.desk import COMPILER, Desk, Failed, Fault, Tried, stylesheet, words
from tei_edition.schematron.embedded import embedded
from tei_edition.tei import parse

__all__ = ["OWN_MADE", "ROLES", "SCH", "Rules", "SchemaBroken", "as_xslt", "embedded", "own_stylesheet", "rules"]

ROLES = {
    "fatal": Severity.ERROR,
    "error": Severity.ERROR,
    "warn": Severity.WARNING,
    "warning": Severity.WARNING,
    "nonfatal": Severity.WARNING,
    "info": Severity.INFO,
    "information": Severity.INFO,
    "informative": Severity.INFO,
}
"""What ``@severity``, ``@role`` or ``@flag``, in this order, says of an assertion; what they do not say is an error."""

OWN = "schema/tei_edition.sch"
"""The package's own rules."""

OWN_MADE = "schema/tei_edition.sch.xsl"
"""The stylesheet that they become, so that it need not be made."""

ALL, ANY = "#ALL", "#ANY"
"""The names of phases that no schema gives: all patterns; the phase that chooses itself."""

_ROUNDS = 20
"""How often a schema is compiled anew without the expressions that were found wrong."""

_EXPRESSIONS = (
    "test", "when", "context", "value", "select", "path", "subject", "documents", "visit-each", "from", "match",
)  # fmt: skip
_UNKNOWN = re.compile(r"[Vv]ariable \$(\S+) has not been declared|function named (?:Q\{[^}]*\})?(?:\w+:)?([\w.-]+)\(")


class Rules:
    """The assertions of one schema, ready to be tried on documents."""

    def __init__(self, tried: Tried, broken: tuple[SchemaBroken, ...] = ()) -> None:
        self._tried = tried
        self.broken = broken
        """What of the schema could not be compiled and was left out."""

    def check(self, opened: Opened) -> None:
        """Remark on whatever fails: rule id = ``assert/@id``, else the pattern's, else ``schematron``."""
        document = _text(opened)
        try:
            rows = etree.fromstring(self._tried.rows(document).encode())
            _remark(rows, opened)
            for wanted in dict.fromkeys((row.get("pattern", ""), row.get("uri", "")) for row in rows.iter("wanted")):
                self._check_other(opened, document, *wanted)
        except Failed as error:
            message = f"The rules could not be tried on this file: {error}"
            opened.remark("schematron-stopped", message, at=opened.root)

    def _check_other(self, opened: Opened, document: str, number: str, uri: str) -> None:
        """Try one pattern on another document, which is named by a pattern's ``@documents``."""
        try:
            other = _beside(opened, uri)
        except SchemaBroken as error:
            opened.remark("schematron-stopped", str(error), at=opened.root)
            return
        _remark(etree.fromstring(self._tried.rows(document, int(number), _text(other)).encode()), other)
        opened.findings.extend(finding for finding in other.close() if finding not in opened.findings)


class ChosenRules(Rules):
    """The assertions of one schema, of the phase that chooses itself for a document."""

    def __init__(self, tried: Tried, of: Callable[[str], Rules], broken: tuple[SchemaBroken, ...]) -> None:
        super().__init__(tried, broken)
        self._of = of

    def check(self, opened: Opened) -> None:
        """Remark on whatever fails in the first phase whose ``when`` is true, or in any where none is."""
        try:
            chosen = etree.fromstring(self._tried.rows(_text(opened)).encode()).get("phase", ALL)
            self._of(chosen).check(opened)
        except (Failed, SchemaBroken) as error:
            message = f"The phase for this file could not be chosen: {error}"
            opened.remark("schematron-stopped", message, at=opened.root)


def _text(opened: Opened) -> str:
    """Return a document as the text that rules are tried on: all of it, but for a document type.

    The bytes it was read from serve as they are, where they are UTF-8 and declare nothing: to write a tree is slower.
    """
    text = saxon.as_text(opened.data) if opened.data is not None else None
    if text is not None:
        return text
    around = [*reversed(list(opened.root.itersiblings(preceding=True))), opened.root, *opened.root.itersiblings()]
    return "".join(etree.tostring(node, encoding="unicode", with_tail=False) for node in around)


def _remark(rows: etree._Element, opened: Opened) -> None:
    for row in rows.iter("finding", "failure"):
        place, attribute = found(opened.root, row.get("at", "/"))
        if row.tag == "failure":
            name = row.get("id") or row.get("pattern") or "schematron"
            message = f"A rule of “{name}” could not be evaluated here: {words(row)}"
            opened.remark("schematron-stopped", message, at=place, attribute=attribute)
            continue
        if opened.faulty(place):
            continue
        hints = [hint for hint in map(words, row.iterchildren("hint")) if hint]
        said = (ROLES.get(row.get(name, "").strip().lower()) for name in ("severity", "role", "flag"))
        opened.remark(
            row.get("id") or row.get("pattern") or "schematron",
            words(row.find("text")) or "This breaks a rule that says nothing about itself.",
            at=place,
            attribute=attribute,
            severity=next((severity for severity in said if severity), Severity.ERROR),
            hint=" ".join(hints) or None,
        )


def _beside(opened: Opened, uri: str) -> Opened:
    """Return a document that lies in the folder of another one or below; raise SchemaBroken for any other."""
    folder = opened.file.resolve().parent
    try:
        parts = urlsplit(uri)
        path = (folder / unquote(parts.path)).resolve()
        if parts.scheme or parts.netloc or not path.is_relative_to(folder):
            raise SchemaBroken(f"The rules want to read “{uri}”, which does not lie beside this file.")
        data = read_bytes(path)
    except (OSError, ValueError):
        data = b""
    root = parse(data, path, unheard)
    if root is None:
        raise SchemaBroken(f"The rules want to read “{uri}”, which cannot be read.")
    return Opened(opened.file.parent / path.relative_to(folder), root, data=data)


def rules(
    schema: bytes,
    phase: str = "#DEFAULT",
    *,
    file: Path | None = None,
    trusted: bool = False,
    seconds: float = SECONDS,
) -> Rules:
    """Return the rules of a schema, given as bytes, in one of its phases.

    ``#ALL`` stands for all patterns, ``#ANY`` for the phase that chooses itself by its ``when`` (ISO/IEC
    19757-3:2025), which is found for each document.

    ``file`` is where the schema lies; what it includes is looked for there. Rules are tried in a process of their own,
    for at most so many ``seconds`` a document, unless they are ``trusted``, as the package's are. An expression that
    cannot be compiled is left out and told in `Rules.broken`. Raises SchemaBroken with a sentence for a schema that
    cannot be used at all.
    """
    if phase == "#DEFAULT" and schema == read_bytes(resource(OWN)):
        return _own_rules()
    trusted = trusted or (file is not None and file.resolve().parent == resource(OWN).resolve().parent)
    text = etree.tostring(assembled(schema, file), encoding="unicode")
    every = _rules(text, schema, ALL if phase == ANY else phase, file, trusted, seconds)
    if phase != ANY:
        return every
    choosing = _rules(text, schema, ANY, file, trusted, seconds)
    broken = dict.fromkeys((*choosing.broken, *every.broken))
    return ChosenRules(
        choosing._tried, lambda named: _rules(text, schema, named, file, trusted, seconds), tuple(broken)
    )


def as_xslt(schema: bytes, phase: str = "#DEFAULT", file: Path | None = None) -> str:
    """Return the XSLT 3.0 stylesheet that a schema becomes; raise SchemaBroken as `rules` does."""
    root = assembled(schema, file)
    made = stylesheet(saxon.source(root), phase)
    compiled = etree.fromstring(made.encode())
    if compiled.tag == "problems":
        raise _told(root, Fault(compiled[0].get("at", "/"), "", words(compiled[0])))
    return made


def own_stylesheet() -> bytes:
    """Return the stylesheet that the package's own rules become, with a last line that says what it was made of."""
    made = as_xslt(read_bytes(resource(OWN))).replace("<xsl:template ", "\n<xsl:template ")
    return f"{made}\n{_digest()}".encode()


def _digest() -> str:
    """Return what tells whether a stylesheet was made of these rules by this compiler."""
    parts = sorted(resource(COMPILER).parent.glob("*.xsl"))
    made_of = sha256(b"".join(map(read_bytes, (resource(OWN), *parts))))
    return f"<!-- Made of {made_of.hexdigest()} -->\n"


@lru_cache(maxsize=1)
def _own_rules() -> Rules:
    """Return the package's own rules, of the stylesheet that was made of them if there is one."""
    desk = Desk()
    try:
        made = read_bytes(resource(OWN_MADE))
    except FileNotFoundError:
        made = b""
    fits = made.endswith(_digest().encode())
    desk.load((made if fits else own_stylesheet()).decode())
    return Rules(desk)


@lru_cache(maxsize=8)
def _rules(text: str, schema: bytes, phase: str, file: Path | None, trusted: bool, seconds: float) -> Rules:
    """Return rules; the text of the assembled schema says when they are the same, since other files may change."""
    root, broken = assembled(schema, file), list[SchemaBroken]()
    tried: Tried = Desk() if trusted else Apart(seconds)
    lost: set[str] = set()
    for _ in range(_ROUNDS):
        try:
            faults = tried.prepare(saxon.source(root), phase)
        except Failed as error:
            raise SchemaBroken(f"The schema cannot be compiled: {error}") from None
        if not faults:
            return Rules(tried, tuple(broken))
        places = [(fault, found(root, fault.path)[0]) for fault in faults]
        for fault, place in places:
            if not fault.code or place is root or place.tag == f"{{{SCH}}}phase":
                raise _told(root, fault)
            if not any(name in lost for pair in _UNKNOWN.findall(fault.words) for name in pair if name):
                broken.append(_told(root, fault))
        for _, place in places:
            lost |= _removed(place)
    raise broken[0]


def _told(root: etree._Element, fault: Fault) -> SchemaBroken:
    """Return what is wrong at a place of a schema as a sentence, with the line and the file."""
    place = found(root, fault.path)[0]
    if not fault.code:
        return at(fault.words, place)
    said = fault.words.rstrip(".")
    expression = next((name for name in _EXPRESSIONS if place.get(name)), None)
    if expression is None:
        return at(f"This {called(place)} cannot be used: {said}.", place)
    return at(f"The {expression} “{' '.join(place.get(expression, '').split())}” cannot be used: {said}.", place)


_REMOVED = {f"{{{SCH}}}{name}" for name in ("assert", "report", "diagnostic", "let", "rule", "pattern", "group")}
"""What is left out with an expression in it: the smallest of these; else a declaration of the schema."""


def _removed(place: etree._Element) -> set[str]:
    """Take what holds a wrong expression out of a schema; return the names that are no longer declared.

    With a rule go those after it in its pattern: they speak only of nodes that no rule before them has matched.
    """
    element = place
    while (parent := element.getparent()) is not None:
        if element.tag in _REMOVED or parent.tag == f"{{{SCH}}}schema":
            rules = element.itersiblings(element.tag) if element.tag == f"{{{SCH}}}rule" else ()
            for one in (*rules, element):
                parent.remove(one)
            return {element.get("name", "").rpartition(":")[2]}
        element = parent
    return set()
