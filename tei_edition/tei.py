"""Takes bytes and gives safely parsed TEI trees; takes trees and gives the same bytes every time."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from tei_edition.finding import Finding, Report, Severity

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
ID = f"{{{XML}}}id"
LANG = f"{{{XML}}}lang"
NS = {"t": TEI}

E = ElementMaker(namespace=TEI, nsmap={None: TEI})
"""Makes TEI elements: ``E.p("words ", E.gap(reason="lost"))``."""

STRUCTURE = frozenset(
    """TEI teiCorpus teiHeader fileDesc titleStmt respStmt editionStmt publicationStmt availability notesStmt
    seriesStmt sourceDesc msDesc msIdentifier altIdentifier msContents msItem physDesc handDesc encodingDesc
    projectDesc editorialDecl interpretation correction normalization quotation hyphenation segmentation punctuation
    stdVals classDecl taxonomy category appInfo application profileDesc abstract langUsage correspDesc correspAction
    correspContext particDesc listPerson person personGrp listRelation listPlace place location listOrg org
    settingDesc setting textClass keywords revisionDesc listChange text front body back div floatingText group sp
    list table row listBibl biblStruct monogr analytic imprint standOff listEvent event facsimile surface zone figure
    handNotes list lg""".split()
)
"""Elements that hold elements only, so that white space between their children means nothing."""


def name(node: etree._Element) -> str:
    """Return the local name of an element, or an empty string for a comment or processing instruction."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Closed(etree.Resolver):
    """Gives an empty text for whatever a document wants to read beside itself.

    Without it ``collect_ids=False`` makes libxml2 read the external DTD, ``load_dtd=False`` or not.
    """

    def resolve(self, *place: Any, **named: Any) -> Any:
        return self.resolve_string("", place[-1], base_url=None)


def parse(data: bytes, file: Path, report: Report) -> etree._Element | None:
    """Return the root of a well-formed document, or None after one finding that says what is wrong and where.

    No entity outside the file, no DTD, no network, bounded depth and size; ids are not collected, so that a
    duplicate ``xml:id`` is a matter for validation and not a parse error.
    """
    internal: Any = "internal"  # the stubs of lxml know only True and False
    parser = etree.XMLParser(
        resolve_entities=internal, load_dtd=False, no_network=True, attribute_defaults=False,
        dtd_validation=False, huge_tree=False, recover=False, collect_ids=False,
    )  # fmt: skip
    parser.resolvers.add(_Closed())
    try:
        return etree.fromstring(data, parser, base_url=str(file).encode("utf-8", "replace").decode())
    except etree.XMLSyntaxError as error:
        from tei_edition.illformed import explain

        line, column, message, hint = explain(data, str(error.msg).split(", line ")[0], *error.position)
        report(
            Finding(
                rule="xml-ill-formed", severity=Severity.ERROR, file=file,
                line=line or None, column=column or None, message=message, hint=hint,
            )
        )  # fmt: skip
        return None


def to_bytes(root: etree._Element) -> bytes:
    """Return a document as UTF-8 with an XML declaration, indented where white space means nothing."""
    if len(root):
        _indent(root, 0)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n%b\n' % etree.tostring(root.getroottree(), encoding="utf-8")


@lru_cache(maxsize=512)
def _holds_elements(tag: object) -> bool:
    """Say whether an element of this tag holds elements only."""
    return isinstance(tag, str) and tag.rpartition("}")[2] in STRUCTURE


def _indent(element: etree._Element, depth: int) -> None:
    if not _holds_elements(element.tag) and not (name(element) == "item" and name(element[0]) == "list"):
        return
    children = list(element)
    for words in (element.text, *[child.tail for child in children]):
        if words and words.strip():
            return
    pad = "\n" + "  " * (depth + 1)
    element.text = pad
    for child in children:
        child.tail = pad
        if len(child):
            _indent(child, depth + 1)
    children[-1].tail = pad[:-2]
