"""Takes a document of an edition and remarks on what its header leaves out that readers and archives ask for."""

from __future__ import annotations

from typing import Any

from lxml import etree

from tei_edition.finding import Severity
from tei_edition.opened import Opened
from tei_edition.tei import LANG, NS
from tei_edition.validation.against import Against

WANTED = {
    "a title": "t:fileDesc/t:titleStmt/t:title",
    "who answers for it (respStmt, editor or author)": (
        "t:fileDesc/t:titleStmt/*[self::t:respStmt or self::t:editor or self::t:author or self::t:principal]"
    ),
    "the date of the document (creation)": (
        "t:profileDesc/t:creation//t:date | t:profileDesc/t:correspDesc/t:correspAction/t:date"
        " | t:fileDesc/t:sourceDesc//t:origDate"
    ),
    "the archive and shelfmark, or another source": (
        "t:fileDesc/t:sourceDesc//t:msIdentifier | t:fileDesc/t:sourceDesc//t:bibl"
        " | t:fileDesc/t:sourceDesc//t:biblStruct | t:fileDesc/t:sourceDesc//t:biblFull"
    ),
    "the terms of use (availability)": "t:fileDesc/t:publicationStmt/t:availability",
    "the languages (langUsage)": "t:profileDesc/t:langUsage/t:language",
    "what was done and when (revisionDesc)": "t:revisionDesc//t:change",
}
"""What a header is to say, and where it does; an element counts when it has words or attributes that say something."""

_UNDATED = "the date of the document (creation)"


def header(opened: Opened, against: Against) -> None:
    """Remark once on all that the header of a document of the edition does not say."""
    if against.document(opened) is None:
        return
    head = opened.root.find("t:teiHeader", NS)
    if head is None:
        return
    lacking = [what for what, path in WANTED.items() if not any(_says(one) for one in _all(head, path))]
    # A page that lists other documents has no date of its own.
    if _UNDATED in lacking and _all(opened.root, "t:text//t:div[@type = 'collection']"):
        lacking.remove(_UNDATED)
    if lacking:
        message = f"The header does not say: {'; '.join(lacking)}."
        hint = "Write it above the transcript or in edition.toml, and encode again; or add it to the header."
        opened.remark("header-incomplete", message, at=head, severity=Severity.WARNING, hint=hint)


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    found: Any = element.xpath(path, namespaces=NS)
    return list(found)


def _says(element: etree._Element) -> bool:
    values = (value for key, value in element.attrib.items() if key != LANG)
    return any(text.strip() for text in element.itertext()) or any(str(value).strip() for value in values)
