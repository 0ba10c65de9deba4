"""Takes PAGE XML; gives a transcript: regions and lines in reading order, with places and tags on words.

The format is that of PRImA (schema.primaresearch.org/PAGE/gts/pagecontent) in all its versions, with the tags that
Transkribus writes into ``custom``, such as ``unclear {offset:3; length:5;}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from tei_edition.readers.docx_parts import attribute, child
from tei_edition.readers.drafts import Said, said
from tei_edition.readers.layout import Region, Scan, Written, laid_out
from tei_edition.readers.page import Page
from tei_edition.readers.styles import Stylebook
from tei_edition.tei import name, parse
from tei_edition.transcript import MARKS, Transcript

_CUSTOM = re.compile(r"([A-Za-z][\w.-]*)\s*\{([^{}]*)\}")
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})")
_SILENT = frozenset(["readingOrder", "structure", "color", "type"])
_STYLES = {
    "bold": "bold", "italic": "italic", "underlined": "underline", "strikethrough": "del", "subscript": "subscript",
    "superscript": "superscript", "smallCaps": "smallcaps", "letterSpaced": "spaced", "monospace": "monospace",
}  # fmt: skip
"""Attributes of PAGE's TextStyle and of Transkribus' ``textStyle``, and the marks they are."""
_TAGS = {
    "abbrev": "abbr", "abbr": "abbr", "organization": "organisation", "organisation": "organisation", "work": "title",
    "person": "person", "place": "place", "date": "date", "unclear": "unclear", "gap": "gap", "supplied": "supplied",
    "sic": "sic", "add": "add", "del": "del", "strikethrough": "del", "comment": "comment", "Address": "text",
    "speech": "quote", "quote": "quote", "term": "term",
}  # fmt: skip
"""Tags of Transkribus and the marks they are."""


def page_xml(page: Page) -> Transcript | str:
    """Return the transcript of a file of PAGE XML, or a sentence that says why it is none."""
    if "PcGts" not in page.text[:2000]:
        return "The file has no element PcGts, so it is no PAGE XML."
    root = parse(page.data, page.path, page.report)
    if root is None or name(root) != "PcGts":
        return "The file is no PAGE XML that can be read."
    book = Stylebook(page, page.styles)
    blocks, surfaces = laid_out([scan_of(root, book)])
    book.tell()
    made = page.transcript("page-xml", "", blocks, "")
    made.surfaces = surfaces
    return made


def scan_of(root: etree._Element, book: Stylebook) -> Scan:
    """Return the page that a file of PAGE XML describes."""
    node = child(root, "Page")
    if node is None:
        return Scan()
    regions = {attribute(inner, "id"): inner for inner in node.iter() if name(inner).endswith("Region")}
    nested = {key for key, inner in regions.items() if next(inner.iterancestors()) is not node}
    nested -= {key for key in nested if not any(map(_is_region, regions[key].iterancestors()))}
    listed = [attribute(ref, "regionRef") for ref in _ordered(child(node, "ReadingOrder"))]
    order = [key for key in dict.fromkeys(listed) if key in regions and key not in nested]
    rest = [key for key in regions if key not in order and key not in nested]
    if not order:
        rest = sorted(rest, key=lambda key: _index(regions[key]))
    return Scan(
        image=attribute(node, "imageFilename"),
        width=_number(attribute(node, "imageWidth")),
        height=_number(attribute(node, "imageHeight")),
        number=attribute(node, "physPageNumber") or attribute(node, "logicalPageNumber"),
        regions=[_region(regions[key], book) for key in (*order, *rest)],
    )


def _is_region(node: etree._Element) -> bool:
    return name(node).endswith("Region")


def _ordered(node: etree._Element | None) -> Iterator[etree._Element]:
    """Give the references to regions in the order of their groups."""
    inner = [item for item in (node if node is not None else ()) if name(item)]
    if any(attribute(item, "index") for item in inner):
        inner.sort(key=lambda item: _number(attribute(item, "index")))
    for item in inner:
        if name(item).startswith("RegionRef"):
            yield item
        else:
            if attribute(item, "regionRef"):
                yield item
            yield from _ordered(item)


def _region(node: etree._Element, book: Stylebook) -> Region:
    custom = dict(_custom(attribute(node, "custom")))
    kind = custom.get("structure", {}).get("type") or attribute(node, "type")
    if not kind and name(node) != "TextRegion":
        kind = name(node).removesuffix("Region").lower()
    lines = sorted((inner for inner in node if name(inner) == "TextLine"), key=_index)
    found = Region(kind, points(node), [_line(line, book) for line in lines])
    inner = [item for item in node if name(item).endswith("Region") or name(item) == "TableCell"]
    found.regions = [_region(item, book) for item in sorted(inner, key=_index)]
    role = node if name(node) == "TableCell" else child(node, "Roles", "TableCellRole")
    if role is not None:
        row, column = (attribute(role, key) or attribute(role, key + "Index") for key in ("row", "column"))
        column = column or attribute(role, "col")
        spans = (_number(attribute(role, key)) or 1 for key in ("rowSpan", "colSpan"))
        found.cell = (_number(row), _number(column), *spans)  # type: ignore[assignment]
    if not found.lines and not found.regions:
        found.lines = [Written(pieces=[(words, ())]) for words in _text(node).splitlines() if words.strip()]
    return found


def _line(node: etree._Element, book: Stylebook) -> Written:
    custom = list(_custom(attribute(node, "custom")))
    kind = next((values.get("type", "") for key, values in custom if key == "structure"), "")
    text = _text(node) or " ".join(filter(None, (_text(word) for word in node if name(word) == "Word")))
    text = " ".join(re.split(r"[\r\n\t\x0b\x0c]+", text))
    return Written(points(node), pieces(text, list(_tags(custom, text, book))), kind)


def _text(node: etree._Element) -> str:
    """Return the text that is given for an element: the first of several readings."""
    found = [inner for inner in node if name(inner) == "TextEquiv"]
    found.sort(key=lambda inner: _number(attribute(inner, "index")) if attribute(inner, "index") else 0)
    unicode = child(found[0], "Unicode") if found else None
    return "" if unicode is None else "".join(map(str, unicode.itertext()))


def points(node: etree._Element) -> str:
    """Return the corners of an element as ``x,y x,y``, nothing where they are not given."""
    coords = child(node, "Coords")
    given = attribute(coords, "points").split()
    if not given:
        given = [f"{attribute(item, 'x')},{attribute(item, 'y')}" for item in (coords if coords is not None else ())]
    return " ".join(given)


def _custom(custom: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the tags of ``custom`` with their values."""
    for found in _CUSTOM.finditer(custom):
        pairs = (item.partition(":") for item in found[2].split(";"))
        yield (
            found[1],
            {
                key.strip(): _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value).strip()
                for key, _, value in pairs
                if key.strip()
            },
        )


def _tags(custom: Sequence[tuple[str, dict[str, str]]], text: str, book: Stylebook) -> Iterator[tuple[int, int, Said]]:
    """Give the tags on the words of a line: start, end and what they say."""
    for tag, values in custom:
        if tag in _SILENT:
            continue
        start = min(_number(values.get("offset", "")), len(text))
        end = min(start + _number(values.get("length", "")), len(text))
        covered = text[start:end]
        if covered.strip():
            start, end = start + len(covered) - len(covered.lstrip()), end - len(covered) + len(covered.rstrip())
        if tag == "textStyle":
            for key, word in _STYLES.items():
                if values.get(key) == "true" and end > start:
                    yield start, end, said(word)
            continue
        word = _TAGS[tag] if tag in _TAGS and tag not in book.own else book.of(tag).word
        if word in MARKS and word != "text" and (end > start or word in ("gap", "comment")):
            yield start, end, said(word, **_said(word, values))


def _said(word: str, values: dict[str, str]) -> dict[str, str]:
    """Return the values of a mark from those of a tag."""
    match word:
        case "abbr":
            return {"expansion": values.get("expansion", "")}
        case "sic":
            return {"corr": values.get("correction", "")}
        case "comment":
            return {"words": values.get("comment", "")}
        case "gap" | "unclear" | "supplied":
            return {"reason": values.get("reason", "")}
        case "date":
            year, month, day = (_number(values.get(key, "")) for key in ("year", "month", "day"))
            when = f"{year:04}" if year else ""
            when += f"-{month:02}" if when and 0 < month < 13 else ""
            when += f"-{day:02}" if len(when) == 7 and 0 < day < 32 else ""
            return {"when": when}
        case _:
            return {}


def pieces(text: str, tags: Sequence[tuple[int, int, Said]]) -> list[tuple[str, tuple[Said, ...]]]:
    """Cut a line at its tags; of two that cross, the one that begins later is cut in two."""
    cuts = sorted({0, len(text), *(at for start, end, _ in tags for at in (start, end))})
    order = sorted(range(len(tags)), key=lambda index: (tags[index][0], -tags[index][1], index))
    found: list[tuple[str, tuple[Said, ...]]] = []
    for index, start in enumerate(cuts):
        found += [("", (tags[at][2],)) for at in order if tags[at][0] == tags[at][1] == start]
        if index + 1 < len(cuts):
            end = cuts[index + 1]
            marks = tuple(tags[at][2] for at in order if tags[at][0] <= start and end <= tags[at][1])
            found.append((text[start:end], marks))
    return found


def _index(node: etree._Element) -> int:
    """Return the place of a region or line in the reading order, by what Transkribus says of it."""
    values = dict(_custom(attribute(node, "custom"))).get("readingOrder", {})
    return _number(values.get("index", ""))


def _number(words: str) -> int:
    return int(float(words)) if re.fullmatch(r"\d{1,9}(?:\.\d+)?", words) else 0
