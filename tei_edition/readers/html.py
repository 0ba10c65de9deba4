"""Takes a page in HTML and gives its transcript: the document without its site, with all that the page marks."""

from __future__ import annotations

import re

from tei_edition.readers.html_blocks import Gathering
from tei_edition.readers.html_content import content
from tei_edition.readers.html_notes import notes
from tei_edition.readers.html_tree import HEADINGS, Element, tree
from tei_edition.readers.page import Page
from tei_edition.readers.pictures import base_of, saved_from
from tei_edition.transcript import Transcript

_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)\b", re.I | re.S
)
_TAGS = re.compile(r"</?(?:p|div|h[1-6]|br|li|ul|ol|table|tr|td|span|em|strong|i|b|a|title|meta)(?:\s[^<>]*)?/?>", re.I)
META = {
    "dc.title": "title", "dcterms.title": "title", "citation_title": "title", "dc.creator": "author",
    "dcterms.creator": "author", "citation_author": "author", "author": "author", "dc.date": "date",
    "dcterms.date": "date", "dcterms.created": "date", "citation_date": "date", "citation_publication_date": "date",
    "dc.description": "abstract", "dcterms.abstract": "abstract", "dc.publisher": "publisher",
    "citation_publisher": "publisher", "og:site_name": "publisher", "dc.rights": "rights", "dcterms.rights": "rights",
    "dc.source": "source", "dcterms.source": "source", "dc.subject": "topic", "dc.contributor": "contributor",
    "dc.type": "type", "dc.coverage": "place", "dc.identifier": "record-id", "translator": "translator",
    "og:url": "uri",
}  # fmt: skip
"""The fields that the names of ``meta`` elements stand for."""


def is_html(page: Page) -> bool:
    """Say whether a file is a page in HTML: it begins as one, or is called one and has its tags."""
    named = page.path.suffix.lower() in (".html", ".htm", ".xhtml")
    return bool(_START.match(page.text[:4000])) or (named and len(_TAGS.findall(page.text[:20000])) > 1)


def html(page: Page) -> Transcript | str:
    """Return the transcript of a page in HTML; what belongs to its site is left out and reported."""
    if not is_html(page):
        return "The file does not begin as HTML does."
    whole = tree(page.text)
    part = content(whole)
    _fields(page, whole, part)
    base = base_of(whole, page)
    gathering = Gathering(page, notes(part), base=base)
    blocks = gathering.gather(part)
    if blocks:
        for words, offset in gathering.left:
            page.leave_out(words, offset)
        _around(page, whole, part)
    else:
        blocks = Gathering(page, notes(whole), whole=True, base=base).gather(whole)
    return page.transcript("html", "", blocks, "")


def _fields(page: Page, whole: Element, part: Element) -> None:
    """Take what the head of a page says of the document."""
    elements = list(whole.elements())
    given = set[str]()
    for element in elements:
        name = META.get((element.get("name") or element.get("property")).lower())
        if (
            element.tag == "meta"
            and name
            and element.get("content")
            and (name in ("author", "topic") or name not in given)
        ):
            given.add(name)
            _take(page, name, element, "content")
        if element.tag == "link" and element.get("rel").lower() == "canonical":
            given.add("uri")
            _take(page, "uri", element, "href")
    if "uri" not in given and (saved := saved_from(page.text)):
        page.take("uri", *saved.span("url"))
    title = next((element for element in elements if element.tag == "title"), None)
    if "title" not in given and title is not None and title.words():
        heading = next((element for element in part.elements() if element.tag in HEADINGS), None)
        words = title.words()
        shown = heading.words() if heading is not None else ""
        if len(shown) > 3 and words.startswith(shown):
            words = shown  # the rest is the name of the site
        page.take("title", title.inner[0].offset, title.end, words)
    root = next((element for element in elements if element.tag == "html" and element.get("lang")), None)
    if root is not None:
        _take(page, "language", root, "lang")


def _take(page: Page, name: str, element: Element, attribute: str) -> None:
    if element.get(attribute):
        page.take(name, *element.values[attribute], " ".join(element.get(attribute).split()))


def _around(page: Page, whole: Element, part: Element) -> None:
    """Report the words of the page around the document."""
    body = next((element for element in whole.elements() if element.tag == "body"), whole)
    within = {part, *part.around()}
    waiting = [body] if part is not body else []
    while waiting:
        element = waiting.pop()
        for inner in element.inner:
            if inner is part:
                continue
            if isinstance(inner, Element) and inner in within:
                waiting.append(inner)
            elif isinstance(inner, Element) and inner.tag not in ("script", "style", "template", "head", "title"):
                if words := inner.words():
                    page.leave_out(words, inner.offset)
            elif not isinstance(inner, Element) and inner.text.strip():
                page.leave_out(inner.text, inner.offset)
