"""Takes an element of a page and gives what it says of the words in it: emphasis, changes, languages, links, cells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tei_edition.readers.html_notes import Notes
from tei_edition.readers.html_tree import BLOCKS, Element

INLINE = {
    "i": "italic", "em": "italic", "var": "italic", "dfn": "term", "cite": "title", "b": "bold", "strong": "bold",
    "u": "underline", "ins": "add", "s": "del", "strike": "del", "del": "del", "sup": "superscript",
    "sub": "subscript", "mark": "highlight", "code": "monospace", "tt": "monospace", "kbd": "monospace",
    "samp": "monospace", "q": "quote",
}  # fmt: skip
"""What the elements of HTML say of the words in them."""
CLASSES = (
    ("smallcaps", r"small-?caps?|smcap|sc|tei-hi-smallcaps"), ("italic", r"italics?|ital"), ("bold", r"bold"),
    ("underline", r"underlined?"), ("del", r"strike(?:-?through)?|tei-del"), ("add", r"tei-add"),
    ("person", r"tei-persname"), ("place", r"tei-placename"), ("organisation", r"tei-orgname"),
    ("superscript", r"super(?:script)?"), ("spaced", r"(?:letter-?)?spaced"),
)  # fmt: skip
STYLES = (
    ("smallcaps", r"font-variant(?:-caps)?\s*:\s*(?:all-)?small-caps"), ("italic", r"font-style\s*:\s*(?:italic|obl)"),
    ("bold", r"font-weight\s*:\s*(?:bold|[6-9]00)"), ("underline", r"text-decoration[\w-]*\s*:[^;]*underline"),
    ("del", r"text-decoration[\w-]*\s*:[^;]*line-through"), ("superscript", r"vertical-align\s*:\s*super"),
)  # fmt: skip


def cell_size(cell: Element) -> tuple[tuple[str, str], ...]:
    """Return over how many rows and columns a cell runs, where that is more than one."""
    given = (("rows", cell.get("rowspan")), ("cols", cell.get("colspan")))
    return tuple((name, number) for name, number in given if re.fullmatch(r"[1-9]\d{0,2}", number) and number != "1")


def marks_of(element: Element, notes: Notes) -> Iterable[tuple[str, tuple[tuple[str, str], ...]]]:
    """Give what an element says of the words in it."""
    tag = element.tag
    if element in notes.anchors:
        yield "anchor", (("key", notes.anchors[element]),)
        return
    alone = [inner for inner in element.inner if isinstance(inner, Element) or inner.text.strip()]
    if tag == "sup" and len(alone) == 1 and isinstance(alone[0], Element) and alone[0] in notes.anchors:
        return
    language = element.get("lang") or element.get("xml:lang")
    if (
        language
        and tag not in ("html", "body", "main", "article")
        and re.fullmatch(r"[A-Za-z]{2,8}(-\w{1,8})*", language)
    ):
        yield "lang", (("lang", language),)
    if tag == "a" and re.match(r"https?://\S+$|mailto:\S+$", element.get("href")):
        yield "link", (("target", element.get("href")),)
    if tag == "abbr" and element.get("title"):
        yield "abbr", (("expansion", " ".join(element.get("title").split())),)
    if tag in INLINE:
        yield INLINE[tag], ()
    if tag in BLOCKS:
        return
    classes, style = element.classes(), element.get("style")
    for table, words in ((CLASSES, classes), (STYLES, [style] if style else [])):
        for kind, pattern in table if words else ():
            if any(re.fullmatch(pattern, w) if table is CLASSES else re.search(pattern, w) for w in words):
                yield kind, ()
