"""Takes the parts of a DOCX file beside its text; gives its styles, the numbers that lists show, links and comments.

ECMA-376 part 1 (WordprocessingML): styles §17.7, numbering §17.9, comments §17.13.4, relationships part 2 §9.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from tei_edition.readers.package import Package
from tei_edition.tei import name


def main_part(package: Package) -> str:
    """Return the name of the part that holds the text."""
    root = package.tree("_rels/.rels")
    for node in root if root is not None else ():
        if attribute(node, "Type").endswith("/officeDocument"):
            return attribute(node, "Target").removeprefix("/")
    return "word/document.xml"


def attribute(node: etree._Element | None, key: str) -> str:
    """Return the value of an attribute by its local name, whatever its namespace; nothing where there is none."""
    if node is None:
        return ""
    return next((str(value) for own, value in node.items() if str(own).rpartition("}")[2] == key), "")


def child(node: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element under another along local names."""
    for step in path:
        if node is None:
            return None
        node = next((inner for inner in node if name(inner) == step), None)
    return node


def inside(node: etree._Element | None, *path: str) -> list[etree._Element]:
    """Return the elements in the first element along local names."""
    found = child(node, *path)
    return [] if found is None else [inner for inner in found if name(inner)]


def value(node: etree._Element | None, *path: str) -> str:
    """Return ``val`` of the first element along local names, nothing where there is none."""
    return attribute(child(node, *path), "val")


def is_on(properties: etree._Element | None, key: str) -> bool | None:
    """Say whether a property that is on or off is on; None where nothing is said of it."""
    found = child(properties, key)
    if found is None:
        return None
    return attribute(found, "val").lower() not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Style:
    """One style: its name, what it is based on, and what it sets."""

    name: str
    base: str
    node: etree._Element


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        self.styles: dict[str, Style] = {}
        self.default = ""
        for node in root if root is not None else ():
            if name(node) != "style":
                continue
            key = attribute(node, "styleId")
            self.styles[key] = Style(value(node, "name") or key, value(node, "basedOn"), node)
            if attribute(node, "type") == "paragraph" and attribute(node, "default") in ("1", "true", "on"):
                self.default = key
        self.language = value(root, "docDefaults", "rPrDefault", "rPr", "lang")

    def name(self, key: str) -> str:
        """Return the name of a style."""
        return self.styles[key].name if key in self.styles else key

    def parents(self) -> dict[str, str]:
        """Return the name of the style that each style is based on, by name."""
        return {style.name: self.name(style.base) for style in self.styles.values() if style.base}

    def property(self, key: str, *path: str) -> etree._Element | None:
        """Return what a style, or one it is based on, sets under ``path``."""
        seen = set[str]()
        while key in self.styles and key not in seen:
            seen.add(key)
            found = child(self.styles[key].node, *path)
            if found is not None:
                return found
            key = self.styles[key].base
        return None


def roman(number: int) -> str:
    """Return a number in small Roman letters.

    >>> roman(14)
    'xiv'
    """
    signs = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
             (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
    found = ""
    for amount, sign in signs:
        found += sign * (number // amount)
        number %= amount
    return found


def counted(number: int, form: str) -> str:
    """Return a number as a list shows it, in the forms of DOCX or ODT; nothing for a form that shows none.

    >>> counted(3, "upperLetter"), counted(28, "a"), counted(4, "I"), counted(2, "bullet")
    ('C', 'bb', 'IV', '')
    """
    letters = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26] * ((number - 1) // 26 + 1) if 0 < number < 2600 else ""
    low = roman(number) if 0 < number < 5000 else ""
    forms = {
        "bullet": "", "none": "", "": "", "lowerLetter": letters, "a": letters, "upperLetter": letters.upper(),
        "A": letters.upper(), "lowerRoman": low, "i": low, "upperRoman": low.upper(), "I": low.upper(),
        "decimalZero": f"{number:02}",
    }  # fmt: skip
    return forms.get(form, str(number))


class Numbering:
    """Counts the items of the lists of a document, and gives the number that each shows."""

    def __init__(self, root: etree._Element | None) -> None:
        abstract = {
            attribute(node, "abstractNumId"): node
            for node in (root if root is not None else ())
            if name(node) == "abstractNum"
        }
        self._levels: dict[str, dict[int, etree._Element]] = {}
        self._counts: dict[str, list[int]] = {}
        for node in root if root is not None else ():
            if name(node) != "num":
                continue
            found = abstract.get(value(node, "abstractNumId"))
            levels = {level(inner): inner for inner in (found if found is not None else ()) if name(inner) == "lvl"}
            for override in (inner for inner in node if name(inner) == "lvlOverride"):
                inner = child(override, "lvl")
                if inner is not None:
                    levels[level(override)] = inner
            self._levels[attribute(node, "numId")] = levels

    def shown(self, key: str, depth: int) -> str | None:
        """Count an item of a list and return the number it shows; None for a list that there is not."""
        levels = self._levels.get(key)
        if levels is None:
            return None
        counts = self._counts.setdefault(key, [])
        del counts[depth + 1 :]
        while len(counts) <= depth:
            start = value(levels.get(len(counts)), "start")
            counts.append((int(start) if start.isdecimal() else 1) - 1)
        counts[depth] += 1
        pattern = value(levels.get(depth), "lvlText")
        if value(levels.get(depth), "numFmt") in ("bullet", "none"):
            return ""
        for at in range(depth + 1):
            pattern = pattern.replace(f"%{at + 1}", counted(max(counts[at], 1), value(levels.get(at), "numFmt")))
        return pattern.strip().removesuffix(".")


def level(node: etree._Element | None) -> int:
    """Return the level of a list, from 0 to 8."""
    found = attribute(node, "ilvl") or attribute(node, "val")
    return min(int(found), 8) if found.isdecimal() else 0


@dataclass
class Beside:
    """What stands beside the text of a document: notes and comments by their ids, and where links lead."""

    notes: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    """By the kind (``footnote``, ``endnote``) and the id."""
    comments: dict[str, etree._Element] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, folder: str) -> Beside:
        """Read the notes and comments of a document."""
        beside = cls()
        for kind in ("footnote", "endnote"):
            root = package.tree(f"{folder}/{kind}s.xml")
            for node in root if root is not None else ():
                if attribute(node, "type") in ("", "normal"):
                    beside.notes[kind, attribute(node, "id")] = node
        root = package.tree(f"{folder}/comments.xml")
        beside.comments = {attribute(node, "id"): node for node in (root if root is not None else ())}
        return beside


def links(package: Package, part: str, kind: str = "hyperlink") -> dict[str, str]:
    """Return the addresses that a part of a file points to, by the ids of the relations.

    Those of hyperlinks lead out of the file, those of images are parts of it as a rule.
    """
    folder, _, file = part.rpartition("/")
    root = package.tree(f"{folder}/_rels/{file}.rels")
    return {
        node.get("Id", ""): node.get("Target", "")
        for node in (root if root is not None else ())
        if node.get("Type", "").endswith(f"/{kind}") and (kind == "image" or node.get("TargetMode") == "External")
    }
