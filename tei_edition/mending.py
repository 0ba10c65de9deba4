"""Takes TEI files with mistakes that can be mended in one way only and gives their bytes mended, and the difference.

Nothing else in a file changes: names and values are replaced in the file's own bytes, where they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from lxml import etree

from tei_edition.edition import Edition
from tei_edition.finding import Finding, Report, unheard
from tei_edition.library import Library, ids_of
from tei_edition.location import written
from tei_edition.opened import Mend, Opened
from tei_edition.pointers import as_name
from tei_edition.tags import Tag, encoding, tags
from tei_edition.tei import ID, TEI, parse
from tei_edition.validation import CHECKS, STRANGERS
from tei_edition.validation.against import Against
from tei_edition.validation.schemas import chosen
from tei_edition.validation.sources import taken

_ROUNDS = 3
"""Times a file is looked at again: behind a mistake that is mended others come to light."""
_NEAR_TEI = re.compile(r"https?://(www\.)?tei-c\.org/(ns/?.*)?|")
"""Namespaces that can only be meant for TEI's: its address, miswritten, or none."""

Edit = tuple[int, int, str]
"""Where a text begins and ends, and what stands there instead."""
Check = Callable[[Opened], list[Finding]]


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that can be mended."""

    file: Path
    before: bytes
    after: bytes
    mends: int
    """How many places were mended."""

    def difference(self) -> str:
        """Return what changes, as a unified diff."""
        name = encoding(self.before)
        before, after = (side.decode(name).splitlines() for side in (self.before, self.after))
        lines = unified_diff(before, after, f"a/{self.file}", f"b/{self.file}", lineterm="")
        return "\n".join(lines)


def mend(
    paths: Sequence[Path],
    *,
    schema: Path | str | Sequence[Path | str] = (),
    edition: Edition | None = None,
    report: Report,
) -> list[Mended]:
    """Return the files that can be mended, with their new bytes; nothing is written.

    ``paths`` and ``schema`` are as in `validate`; members of archives and the standard input are left alone.

    1. A mistake is mended only where the schema and the file leave one way.
    2. Every byte that is not part of a mended name or value stays: indentation, line ends, encoding.
    3. A mend after which there is a finding that was not there before is taken back; only the namespace of a whole
       file, without which nothing could be checked, may bring others to light.
    """
    named = [schema] if isinstance(schema, str | Path) else list(schema)
    sources = taken(paths, edition, report)
    library = Library(tuple(sorted(sources.folders)), sources.held)
    against = Against(library=library, schemas=chosen(named, False, edition, library, report), edition=edition)

    def check(opened: Opened) -> list[Finding]:
        for name in STRANGERS:
            CHECKS[name](opened, against)
        return opened.close()

    found: list[Mended] = []
    for source in sources.files:
        if source.file.is_file() and source.file not in sources.held:
            before = source.read()
            after, count = mended(before, source.file, check)
            if count:
                found.append(Mended(source.file, before, after, count))
    return found


def mended(data: bytes, file: Path, check: Check) -> tuple[bytes, int]:
    """Return the bytes of a file with what can be mended mended, and how many places that were."""
    count = 0
    for _ in range(_ROUNDS):
        text = _text(data)
        opened = _opened(data, file)
        if text is None or opened is None:
            break
        there = _told(check(opened))
        starts, ends = _elements(text, opened.root)
        if not starts:
            break
        whole = _namespace(text, starts[0], opened.root)
        if whole:
            data, count = _with(data, [whole]), count + 1
            continue
        groups = _groups(text, opened, starts, ends)
        after, made = _kept(data, file, check, groups, there)
        if not made:
            break
        data, count = after, count + made
    return data, count


def _kept(data: bytes, file: Path, check: Check, groups: list[list[Edit]], there: Counter[str]) -> tuple[bytes, int]:
    """Return the bytes after the mends that bring no finding that was not there."""

    def sound(chosen: Iterable[list[Edit]]) -> bytes | None:
        after = _with(data, [edit for group in chosen for edit in group])
        opened = _opened(after, file)
        return None if opened is None or _told(check(opened)) - there else after

    if not groups:
        return data, 0
    if (after := sound(groups)) is not None:
        return after, len(groups)
    kept: list[list[Edit]] = []
    result = data
    for group in groups:
        if (after := sound([*kept, group])) is not None:
            kept.append(group)
            result = after
    return result, len(kept)


def _told(findings: Iterable[Finding]) -> Counter[str]:
    """Return what is found, without the lines and numbers that a mend may move."""
    return Counter(f"{finding.rule} {re.sub(r'[0-9]+', '#', finding.message)}" for finding in findings)


def _text(data: bytes) -> str | None:
    """Return the text of a file if it can be written back to the same bytes, and has no entities of its own."""
    name = encoding(data)
    try:
        text = data.decode(name)
        same = text.encode(name) == data
    except (UnicodeError, LookupError):
        return None
    return text if same and "<!ENTITY" not in text else None


def _with(data: bytes, edits: Iterable[Edit]) -> bytes:
    name = encoding(data)
    text = data.decode(name)
    for start, end, new in sorted(dict.fromkeys(edits), reverse=True):
        text = text[:start] + new + text[end:]
    return text.encode(name, "xmlcharrefreplace")


def _opened(data: bytes, file: Path) -> Opened | None:
    root = parse(data, file, unheard)
    return None if root is None else Opened(file, root, data=data)


def _elements(text: str, root: etree._Element) -> tuple[list[Tag], list[Tag | None]]:
    """Return the start tags in the order of the elements, and the end tag of each; nothing if they do not agree."""
    starts: list[Tag] = []
    ends: list[Tag | None] = []
    stack: list[int] = []
    for tag in tags(text):
        if tag.closes:
            if not stack:
                return [], []
            ends[stack.pop()] = tag
            continue
        starts.append(tag)
        ends.append(None)
        if not tag.empty:
            stack.append(len(starts) - 1)
    names = [etree.QName(node).localname for node in root.iter("*")]
    return (starts, ends) if names == [tag.name.rpartition(":")[2] for tag in starts] else ([], [])


def _namespace(text: str, tag: Tag, root: etree._Element) -> Edit | None:
    """Return what gives a TEI document its namespace, if it has none or a miswritten one."""
    name = etree.QName(root)
    if name.localname not in {"TEI", "teiCorpus"} or name.namespace == TEI:
        return None
    prefix = tag.name.rpartition(":")[0]
    declared = next(
        (one for one in tag.attributes(text) if one.name == (f"xmlns:{prefix}" if prefix else "xmlns")), None
    )
    if not _NEAR_TEI.fullmatch(name.namespace or ""):
        return None
    if declared:
        return declared.value_at, declared.value_at + len(declared.value), TEI
    at = tag.start + 1 + len(tag.name)
    return at, at, f' xmlns="{TEI}"'


def _groups(text: str, opened: Opened, starts: list[Tag], ends: list[Tag | None]) -> list[list[Edit]]:
    """Return the edits of each mend, in the order of the file; of two at one place, the first."""
    numbers = {node: number for number, node in enumerate(opened.root.iter("*"))}
    mends = [*opened.mends, *_ids(opened.root)]
    found: dict[int, list[list[Edit]]] = {}
    met: set[tuple[int, str | None, bool]] = set()
    for one in mends:
        number = numbers.get(one.at)
        if number is None or (number, one.attribute, one.value) in met:
            continue
        met.add((number, one.attribute, one.value))
        edits = _edits(text, one, starts[number], ends[number])
        here = found.setdefault(number, [])
        if edits and here and not one.value and (number, None, False) in met:
            here[0] += edits  # the names of an element and of its attributes are one matter
        elif edits:
            here.append(edits)
    return [group for number in sorted(found) for group in found[number]]


def _edits(text: str, one: Mend, start: Tag, end: Tag | None) -> list[Edit]:
    if one.attribute is None:
        return _renamed(text, one.new, start, end)
    names = {one.attribute} if one.attribute == "xmlns" else written(one.at, one.attribute)
    attribute = next((each for each in start.attributes(text) if each.name in names), None)
    if attribute is None:
        return []
    if one.value:
        return [(attribute.value_at, attribute.value_at + len(attribute.value), _quoted(one.new))]
    if not one.new:
        blank = attribute.at - len(text[: attribute.at]) + len(text[: attribute.at].rstrip())
        return [(blank, attribute.value_at + len(attribute.value) + 1, "")]
    return [(attribute.at, attribute.at + len(attribute.name), one.new)]


def _renamed(text: str, new: str, start: Tag, end: Tag | None) -> list[Edit]:
    """Return the edits that give an element another name, and attributes with it; nothing if it has them."""
    name, _, more = new.partition(" ")
    prefix, colon, _ = start.name.rpartition(":")
    has = {attribute.name for attribute in start.attributes(text)}
    if more.partition("=")[0] in has:
        return []
    edits = []
    for tag, words in ((start, new), (end, name)):
        if tag is not None:
            at = tag.start + 1 + tag.closes + len(prefix + colon)
            edits.append((at, tag.start + 1 + tag.closes + len(tag.name), words))
    return edits


def _quoted(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").replace("'", "&apos;")


def _ids(root: etree._Element) -> list[Mend]:
    """Return the ids with a blank in them to which nothing can point, and what to call them."""
    found: list[Mend] = []
    known = set(ids_of(root))
    for node in root.iter("*"):
        value = node.get(ID, "")
        if " " not in value.strip():
            continue
        new = as_name(value, etree.QName(node).localname)
        pointed = any(f"#{value.split()[0]}" in str(one) for every in root.iter("*") for one in every.values())
        if new and new not in known and not pointed:
            known.add(new)
            found.append(Mend(at=node, attribute=ID, new=new, value=True))
    return found
