"""Takes the styles and tracked changes of an ODT file; gives what each style says of words, of lists and of pages.

OpenDocument 1.3 part 3: styles §16, text properties §20, lists §16.31, tracked changes §5.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from lxml import etree

from tei_edition.readers.docx_parts import attribute, child, counted
from tei_edition.readers.package import Package
from tei_edition.tei import name


@dataclass(slots=True)
class Style:
    """One style: its name as people see it, what it is based on, whether a program made it for one place."""

    name: str
    parent: str
    node: etree._Element
    automatic: bool


class Styles:
    """The styles of a document, by their family (``paragraph``, ``text`` …) and name."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self.styles: dict[tuple[str, str], Style] = {}
        self.lists: dict[str, dict[int, etree._Element]] = {}
        self.language = ""
        for root in roots:
            for group in root if root is not None else ():
                for node in group if name(group) in ("styles", "automatic-styles") else ():
                    self._take(node, automatic=name(group) == "automatic-styles")

    def _take(self, node: etree._Element, *, automatic: bool) -> None:
        if name(node) == "style":
            key = attribute(node, "name")
            shown = attribute(node, "display-name") or key.replace("_20_", " ")
            parent = attribute(node, "parent-style-name")
            self.styles[attribute(node, "family"), key] = Style(shown, parent, node, automatic)
        elif name(node) == "list-style":
            self.lists[attribute(node, "name")] = {
                int(depth): level for level in node if name(level) and (depth := attribute(level, "level")).isdecimal()
            }
        elif name(node) == "default-style" and attribute(node, "family") == "paragraph":
            self.language = _language(child(node, "text-properties"))

    def name(self, family: str, key: str) -> str:
        """Return the name of a style that somebody chose: its own, or that of the one it was made from."""
        seen = set[str]()
        while (style := self.styles.get((family, key))) is not None and style.automatic and key not in seen:
            seen.add(key)
            key = style.parent
        return style.name if style is not None and not style.automatic else key.replace("_20_", " ")

    def parents(self) -> dict[str, str]:
        """Return the name of the style that each chosen style is based on, by name."""
        return {
            style.name: self.name(family, style.parent)
            for (family, _), style in self.styles.items()
            if style.parent and not style.automatic
        }

    def made(self, family: str, key: str) -> etree._Element | None:
        """Return the style of a name if a program made it for one place: what it sets was set there by hand."""
        style = self.styles.get((family, key))
        return style.node if style is not None and style.automatic else None

    def list_style(self, key: str) -> str:
        """Return the list style that a paragraph style names, or one it is based on."""
        seen = set[str]()
        while (style := self.styles.get(("paragraph", key))) is not None and key not in seen:
            seen.add(key)
            if found := attribute(style.node, "list-style-name"):
                return found
            key = style.parent
        return ""

    def number(self, key: str, depth: int, counts: list[int]) -> str:
        """Return the number that an item shows; ``counts`` are those of its level and the levels around it."""
        levels = self.lists.get(key, {})
        node = levels.get(depth)
        if node is None or name(node) == "list-level-style-bullet":
            return ""
        more = attribute(node, "display-levels")
        first = max(depth - (int(more) if more.isdecimal() else 1), 0)
        numbers = [counted(counts[at], attribute(levels.get(at + 1), "num-format")) for at in range(first, depth)]
        if not numbers or not numbers[-1]:
            return ""
        shown = attribute(node, "num-prefix") + ".".join(filter(None, numbers)) + attribute(node, "num-suffix")
        return shown.strip().removesuffix(".")

    def start(self, key: str, depth: int) -> int:
        """Return the number with which a list begins."""
        given = attribute(self.lists.get(key, {}).get(depth), "start-value")
        return int(given) if given.isdecimal() else 1


def formatted(node: etree._Element | None) -> Iterator[str]:
    """Give the kinds of marks that a style set by hand speaks for.

    Formal properties: https://docs.oasis-open.org/office/OpenDocument/v1.3 part 3, §20.
    """
    text = child(node, "text-properties")
    if text is None:
        return
    weight, position = attribute(text, "font-weight"), attribute(text, "text-position").split()
    if weight == "bold" or (weight.isdecimal() and int(weight) >= 600):
        yield "bold"
    if attribute(text, "font-style") in ("italic", "oblique"):
        yield "italic"
    if attribute(text, "text-underline-style") not in ("", "none"):
        yield "underline"
    if attribute(text, "text-line-through-style") not in ("", "none"):
        yield "del"
    if attribute(text, "font-variant") == "small-caps":
        yield "smallcaps"
    if position and position[0] not in ("0%", "0"):
        yield "subscript" if position[0] == "sub" or position[0].startswith("-") else "superscript"
    if attribute(text, "background-color") not in ("", "transparent"):
        yield "highlight"
    if (spacing := attribute(text, "letter-spacing")) and spacing not in ("normal", "0cm", "0in", "0pt"):
        yield from ("spaced",) if _points(spacing) >= 2 else ()


def _points(length: str) -> float:
    sizes = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0}
    try:
        return float(length[:-2]) * sizes.get(length[-2:], 0.0)
    except ValueError:
        return 0.0


def language(node: etree._Element | None) -> tuple[str, str]:
    """Return the languages that a style names: for words of most scripts, and for those of East Asia."""
    text = child(node, "text-properties")
    return _language(text), _language(text, "-asian")


def _language(text: etree._Element | None, script: str = "") -> str:
    tag, country = attribute(text, f"language{script}"), attribute(text, f"country{script}")
    if tag in ("", "none", "zxx"):
        return ""
    return f"{tag}-{country}" if country not in ("", "none") else tag


def breaks_page(node: etree._Element | None) -> bool:
    """Say whether a style begins a page."""
    return attribute(child(node, "paragraph-properties"), "break-before") == "page"


@dataclass(slots=True)
class Change:
    """One tracked change: what it is, whose, when, and what was deleted."""

    kind: str
    """``add``, ``del``, or nothing for a change of form."""
    who: str = ""
    when: str = ""
    gone: etree._Element | None = None


def changes(text: etree._Element | None) -> dict[str, Change]:
    """Return the tracked changes of a text, by their ids."""
    found: dict[str, Change] = {}
    for region in text.iter("{*}changed-region") if text is not None else ():
        for node in region:
            kind = {"insertion": "add", "deletion": "del"}.get(name(node), "")
            told = child(node, "change-info")
            who, when = child(told, "creator"), child(told, "date")
            change = Change(
                kind,
                "" if who is None else who.text or "",
                "" if when is None else when.text or "",
                node if kind == "del" else None,
            )
            for key in {attribute(region, "id"), region.get("{http://www.w3.org/XML/1998/namespace}id", "")}:
                found[key] = change
    return found


def take_properties(package: Package, styles: etree._Element | None) -> None:
    """Make fields of what the file says of itself; who typed it is a contributor and not the document's author."""
    names = {"initial-creator": "contributor", "creator": "", "date": "", "description": "", "subject": "topic",
             "keyword": "topic"}  # fmt: skip
    about = child(package.tree("meta.xml"), "meta")
    for node in about if about is not None else ():
        key = attribute(node, "name") if name(node) == "user-defined" else names.get(name(node), name(node))
        package.property(key, node.text)
    pages = styles.iter("{*}header", "{*}footer") if styles is not None else ()
    paragraphs = chain.from_iterable(part.iter("{*}p") for part in pages)
    words = ("".join(map(str, node.itertext())) for node in paragraphs)
    package.leave_out(words, "stands in a running head or foot of the file")
