"""Takes spans over the text of a block and gives TEI nodes from which every character can be read back.

The transcript view (``xslt/transcript.xsl``) prints a TEI text as the transcript it came from: text as it stands,
brackets and quotation marks by the rules of `marks`. Where the source departs from those rules, a processing
instruction ``<?transcript …?>`` holds its characters: it prints them where it stands; ``<?transcript-as …?>`` as the
first node of an element replaces what the element would print.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.tei import TEI, XML, name

TARGET = "transcript"
AS = "transcript-as"
"""Target of the instruction that replaces all that an element would print."""
BREAK = "transcript-break"
"""Target of the instruction that says what stands between two blocks of this document."""

VOID = ("pb", "lb", "milestone")
"""Elements that hold nothing; what the source has in their place stands before them."""

QUOTES = {None: ("“", "”"), "straight": ('"', '"'), "single": ("‘", "’"), "single straight": ("'", "'")}
"""Quotation marks by ``q/@rend``."""

_MARKED = frozenset(
    f"{{{TEI}}}{called}"
    for called in "gap space ex gloss note supplied unclear reg corr expan abbr figure desc q".split()
)
"""Elements that have marks, all of them or some."""

PLAIN_NOTES = ("abstract", "footnote", "distribution")
"""Values of ``note/@type`` for notes that stand in the source without brackets."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\ufdd0\ufdd1]")
"""Characters that XML cannot hold, and the two that carry them out of the transcript view."""


@dataclass(slots=True)
class Span:
    """An element that covers a stretch of a block's text.

    ``head`` and ``tail`` count the characters at either end that the element stands for and does not contain, such as
    brackets. Without a ``tag`` the whole stretch is hidden: no view but the transcript shows it.
    """

    start: int
    end: int
    tag: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    head: int = 0
    tail: int = 0
    children: list[Span] = field(default_factory=list)
    """Spans known to lie inside this one, in any order."""
    added: tuple[tuple[str, dict[str, str], str], ...] = ()
    """Elements (tag, attributes, words) put last whose words stand elsewhere in the source, hidden."""


def marks(element: etree._Element) -> tuple[str, str]:
    """Return what the transcript view prints before and after the content of an element."""
    if element.tag not in _MARKED:
        return "", ""
    low = element.get("cert") == "low"
    match name(element):
        case "gap" | "space" | "ex" | "gloss":
            return "[", "]"
        case "note":
            return ("", "") if element.get("type") in PLAIN_NOTES else ("[", "]")
        case "supplied" | "unclear":
            return "[", "?]" if low else "]"
        case "reg" | "corr" if name_of_parent(element) == "choice":
            return " [", "?]" if low else "]"
        case "expan" | "abbr" if name_of_parent(element) == "choice" and is_second(element):
            return " [", "?]" if low else "]"
        case "figure":
            return "(", ")"
        case "desc" if name_of_parent(element) == "note":
            return "", ":"
        case "q":
            return QUOTES.get(element.get("rend"), QUOTES[None])
        case _:
            return "", ""


def name_of_parent(element: etree._Element) -> str:
    """Return the local name of an element's parent, or an empty string."""
    parent = element.getparent()
    return name(parent) if parent is not None else ""


def is_second(element: etree._Element) -> bool:
    """Say whether an element follows another one in its parent."""
    return any(isinstance(other.tag, str) for other in element.itersiblings(preceding=True))


def instruction(text: str, target: str = TARGET) -> etree._ProcessingInstruction:
    """Return the processing instruction that holds some characters of the source.

    >>> etree.tostring(instruction(" [a]\\n"))
    b'<?transcript \\\\s[a]\\\\n?>'
    """
    text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    text = text.replace("?>", "?\\>")
    text = _FORBIDDEN.sub(lambda found: f"\\x{ord(found[0]):X};", text)
    if text.startswith(" "):
        text = "\\s" + text[1:]
    if text.endswith("?"):
        text += "\\e"
    return etree.ProcessingInstruction(target, text)


def append_text(parent: etree._Element, text: str) -> None:
    """Append characters to an element; those that XML cannot hold go into processing instructions."""
    if text.isprintable():  # so are most texts of one line
        _append(parent, text)
        return
    at = 0
    for found in _FORBIDDEN.finditer(text):
        _append(parent, text[at : found.start()])
        parent.append(instruction(found[0]))
        at = found.end()
    _append(parent, text[at:])


def _append(parent: etree._Element, text: str) -> None:
    if not text:
        return
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def words(text: str) -> str:
    """Return text fit for an attribute: no forbidden characters, white space folded."""
    return " ".join(_FORBIDDEN.sub("�", text).split())


def build(parent: etree._Element, text: str, spans: list[Span], start: int, end: int) -> None:
    """Append the characters ``start`` to ``end`` of a block's text to an element, with nested spans as elements."""
    if not spans:
        append_text(parent, text[start:end])
        return
    at = start
    for span in sorted(spans, key=lambda item: item.start):
        if span.start < at or span.end > end:
            continue
        append_text(parent, text[at : span.start])
        _build_span(parent, text, span)
        at = span.end
    append_text(parent, text[at:end])


def _build_span(parent: etree._Element, text: str, span: Span) -> None:
    if span.tag is None:
        parent.append(instruction(text[span.start : span.end]))
        return
    if span.tag in VOID and span.end > span.start:
        parent.append(instruction(text[span.start : span.end]))
    attributes = span.attributes
    if "xml:" in "".join(attributes):
        attributes = {key.replace("xml:", f"{{{XML}}}"): value for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{TEI}}}{span.tag}", attributes)
    if span.tag in VOID:
        return
    head = text[span.start : span.start + span.head]
    tail = text[span.end - span.tail : span.end]
    if (head, tail) != marks(element):
        element.append(instruction(text[span.start : span.end], AS))
    build(element, text, span.children, span.start + span.head, span.end - span.tail)
    for tag, attributes, content in span.added:
        extra = etree.SubElement(element, f"{{{TEI}}}{tag}", attributes)
        if content:
            extra.append(instruction("", AS))
            append_text(extra, content)
