"""Takes the views of one or two documents and gives a page with both side by side, paragraph beside paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import lxml.html
from lxml import etree
from lxml.html import builder as h

from tei_edition.finding import Report
from tei_edition.phrases import phrase
from tei_edition.tei import ID, TEI
from tei_edition.views import VIEWS, render

BESIDE = ("diplomatic", "facsimile")
"""What can stand beside the reading view of a document; another document can as well."""

_GROUPS = frozenset({"div", "section", "blockquote"})
_BLOCKS = ("p", "ab", "head", "lg", "l", "sp", "list", "table", "figure", "opener", "closer", "stage")
_OWN = "side-by-side-"
"""The ids of blocks that have none begin so while two views are brought together."""

_POINTERS = ("id", "href", "aria-labelledby")


def parallel(
    tree: etree._Element, beside: str | etree._Element = "diplomatic", *, report: Report, **options: Any
) -> str:
    """Return the reading view of a document with something beside it, as a page or a fragment.

    ``beside`` is one of `BESIDE`, or the tree of another document such as a translation: its reading view, whose
    paragraphs stand beside those that ``corresp`` of either links. Images are those that the document names for its
    pages: one that lies beside the page is shown, any other is a link. ``options`` are those of `render`.

    Everything of both views is there, in its order; a page that is narrow shows one under the other.
    """
    if isinstance(beside, str) and beside not in BESIDE:
        raise ValueError(f"Nothing called “{beside}” can stand beside a text. Choose one of: {', '.join(BESIDE)}.")
    own = isinstance(beside, str) and beside != "facsimile"
    tree = _numbered(tree) if own else tree
    page, spoken = render(tree, "reading", report=report, **options), options.get("language", "en")
    names = _names(tree, beside, spoken)
    if beside == "facsimile":
        return set_beside(page, None, {}, names)
    other, view = (tree, beside) if isinstance(beside, str) else (beside, "reading")
    second = render(other, view, report=report, fragment=True, language=spoken)
    return set_beside(page, second, links(tree, other), names)


def set_beside(page: str, second: str | None, linked: Mapping[str, str], names: tuple[str, str]) -> str:
    """Return a view, a page or a fragment, with another one beside it; with the images of its pages for None.

    ``linked`` says which id of the first document goes with which of the second, ``names`` what the sides are called.
    """
    whole = page.startswith("<!DOCTYPE")
    document: Any = lxml.html.document_fromstring(page) if whole else lxml.html.fromstring(page)
    left, of_second = _text(document), {}
    if second is None:
        rows = _with_images(list(_blocks(left)))
    else:
        beside = lxml.html.fromstring(second)
        of_second = {key: value for key in ("lang", "dir") if (value := beside.get(key))}
        _rename(beside)
        rows = _paired(list(_blocks(left)), list(_blocks(_text(beside))), linked)
        _append_notes(document, beside)
    _fill(left, rows, names, of_second)
    for node in document.xpath(f"//*[contains(@id, '{_OWN}')]"):
        del node.attrib["id"]
    article = next(document.iter("article"))
    article.set("class", f"{article.get('class')} parallel")
    made: str = lxml.html.tostring(document, encoding="unicode")
    return f"<!DOCTYPE html>\n{made}" if whole else made


def _text(document: etree._Element) -> etree._Element:
    return next(node for node in document.iter("div") if node.get("class") == "text")


def _numbered(tree: etree._Element) -> etree._Element:
    """Return a document whose blocks all have ids, so that those of its two views find each other."""
    copied = deepcopy(tree.getroottree()).getroot()
    for number, block in enumerate(copied.iter(*(f"{{{TEI}}}{name}" for name in _BLOCKS))):
        if not block.get(ID):
            block.set(ID, f"{_OWN}{number}")
    return copied


def _blocks(text: etree._Element) -> Iterator[etree._Element]:
    """Give the blocks of a text in order: what only holds blocks is opened, its first block keeps its id."""
    for node in text.iterchildren():
        opened = node.tag in _GROUPS and set(str(node.get("class")).split()) & {"div", "front", "back", "sp", "member"}
        if not opened or (node.text or "").strip() or len(node) == 0:
            block = deepcopy(node)
            block.tail = None
            yield block
            continue
        for at, block in enumerate(_blocks(node)):
            if at == 0 and node.get("id"):
                block.insert(0, h.SPAN(id=node.get("id")))
                block[0].tail, block.text = block.text, None
            for key in ("lang", "dir"):
                if (value := node.get(key)) and not block.get(key):
                    block.set(key, value)
            yield block


def _rename(second: etree._Element) -> None:
    """Give the second view ids of its own; what is the same word for word in both would else be there twice."""
    for node in second.iter(etree.Element):
        for key in _POINTERS:
            value = node.get(key, "")
            if value and (key != "href" or value.startswith("#")):
                node.set(key, re.sub(r"^(#?)", r"\1b-", value))


def links(tree: etree._Element, other: etree._Element) -> dict[str, str]:
    """Return which id of the first document goes with which id of the second, which may be the same one."""
    if other is tree:
        return {str(node.get(ID)): str(node.get(ID)) for node in tree.iter(etree.Element) if node.get(ID)}
    known = {str(node.get(ID)) for node in other.iter(etree.Element) if node.get(ID)}
    found: dict[str, str] = {}
    for node in other.iter(etree.Element):
        for pointer in node.get("corresp", "").split() if node.get(ID) else ():
            found.setdefault(pointer.rpartition("#")[2], str(node.get(ID)))
    for node in tree.iter(etree.Element):
        ends = [end for pointer in node.get("corresp", "").split() if (end := pointer.rpartition("#")[2]) in known]
        if node.get(ID) and ends:
            found[str(node.get(ID))] = ends[0]
    return found


Row = tuple[list[etree._Element], list[etree._Element]]


def _paired(
    left: Sequence[etree._Element], right: Sequence[etree._Element], linked: Mapping[str, str]
) -> Iterator[Row]:
    """Give the rows: linked blocks begin a row together, what stands between two links shares the row before."""
    places = {key: at for at, block in enumerate(right) for key in _ids(block)}
    first: list[etree._Element] = []
    done = 0
    for block in left:
        goals = (places.get(f"b-t-{linked[key[2:]]}") for key in _ids(block) if key[2:] in linked)
        goal = next((place for place in goals if place is not None and place >= done), None)
        if goal is not None:
            if first or goal > done:
                yield first, list(right[done:goal])
            first, done = [], goal
        first.append(block)
    if first or done < len(right):
        yield first, list(right[done:])


def _ids(block: etree._Element) -> list[str]:
    return [str(node.get("id")) for node in block.iter(etree.Element) if node.get("id")]


def _with_images(blocks: Sequence[etree._Element]) -> Iterator[Row]:
    """Give the rows: a block with page breaks that name images begins a row, the images stand beside it."""
    first: list[etree._Element] = []
    images: list[etree._Element] = []
    for block in blocks:
        found = [_image(link) for link in block.iter("a") if link.get("class") == "facs"]
        if found and (first or images):
            yield first, images
            first, images = [], []
        first.append(block)
        images.extend(found)
    if first or images:
        yield first, images


def _image(link: etree._Element) -> etree._Element:
    """Return an image that lies beside the page, or a link to one elsewhere."""
    href, words = str(link.get("href")), str(link.get("title"))
    shown = words if "://" in href else h.IMG(src=href, alt=words, loading="lazy")
    made: etree._Element = h.P(h.A(shown, href=href), {"class": "page-image"})
    return made


def _names(tree: etree._Element, beside: str | etree._Element, spoken: str) -> tuple[str, str]:
    """Return what the two sides are called: as views in the language of the interface, or by their own titles."""
    if isinstance(beside, str):
        second = "Images" if beside == "facsimile" else f"{VIEWS[beside].name.capitalize()} view"
        return phrase("Reading view", spoken), phrase(second, spoken)
    titles = [" ".join("".join(map(str, one.itertext())).split()) for root in (tree, beside)
              for one in [root.find(".//{*}titleStmt/{*}title")] if one is not None]  # fmt: skip
    return (titles[0], titles[1]) if len(titles) == 2 else (phrase("Text", spoken), phrase("Translation", spoken))


def _fill(left: etree._Element, rows: Iterator[Row], names: tuple[str, str], of_second: dict[str, str]) -> None:
    """Put the rows in the place of the text."""
    made = list(rows)
    for child in list(left):
        left.remove(child)
    left.text = None
    left.append(h.DIV(*(h.P(name, {"class": "ed side-name"}) for name in names), {"class": "pair sides"}))
    for sides in made:
        pair = h.DIV(*(h.DIV(*blocks, {"class": "side"}) for blocks in sides), {"class": "pair"})
        for key, value in of_second.items():
            pair[1].set(key, value)
        left.append(pair)


def _append_notes(document: etree._Element, second: etree._Element) -> None:
    """Set the notes of the second view behind those of the first, unless both have the same ones."""
    here = [node for node in document.iter("section") if "notes" in str(node.get("class")).split()]
    article = next(document.iter("article"))
    place = article.index(here[-1]) + 1 if here else article.index(_text(document)) + 1
    for node in [node for node in second.iter("section") if "notes" in str(node.get("class")).split()]:
        node.tail = None
        article.insert(place, node)
        place += 1
