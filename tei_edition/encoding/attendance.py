"""Takes the rows of an attendance list and sets them as items, in columns where two lists became one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.mentions import SHORT_TITLES, TITLES
from tei_edition.encoding.speech import stranger
from tei_edition.encoding.spelling import AS, append_text, instruction, words
from tei_edition.finding import Severity
from tei_edition.tei import NS, TEI
from tei_edition.transcript import Block

_HEADING = re.compile(
    r"(?:present|participants|those present|attending|in attendance|attendees|attended by|also present)"
    r"(?: were| at the \w+)?\s*:?$",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"(?<!\w)(?:{TITLES}|{SHORT_TITLES})(?=[\s\[])")
_COLUMN = re.compile(r"[^,;:]*[^\W\d_a-z][\w'’.\])-]*\s+")
"""A name and nothing more: no comma, and a capitalised word before the next column."""
_FIELD = re.compile(r"[A-Z][\w ]{0,20}:")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an attendance list, and the offset at which its second column begins (None for one column)."""

    block: Block
    cut: int | None


def is_heading(text: str) -> bool:
    """Say whether a block announces who was present.

    >>> is_heading("Present:"), is_heading("Present methods")
    (True, False)
    """
    return bool(_HEADING.fullmatch(text.strip()))


def rows(blocks: Sequence[Block]) -> list[Row]:
    """Return the rows that stand at the start of some blocks: short, capitalised, no sentences.

    A row is cut before its second title, if it has two and nothing in it is a list already.
    """
    found: list[Row] = []
    for block in blocks:
        text = block.text
        if len(text.split()) > 12 or _FIELD.match(text) or not text[:1].isupper():
            break
        if re.search(r"[a-z]{2}\.$", text) or "\n" in text:
            break
        titles = [item.start() for item in _TITLE.finditer(text)]
        cuts = [
            at for at in titles[1:] if _COLUMN.fullmatch(text[:at]) and not _TITLE.match(text[:at].split()[-1] + " ")
        ]
        found.append(Row(block, cuts[0] if cuts else None))
    return found


def in_columns(found: Sequence[Row]) -> bool:
    """Say whether the rows are those of two columns: at least two, and at least half of all, are cut, and first."""
    cut = [row.cut is not None for row in found]
    return sum(cut) >= 2 and 2 * sum(cut) >= len(found) and cut == sorted(cut, reverse=True)


def set_attendance(composer: Composer, div: etree._Element, blocks: Sequence[Block]) -> tuple[int, list[list[str]]]:
    """Set the attendance list that stands at the start of some blocks, if one does.

    Returns how many blocks it took, and the ids of the persons of each of its columns.
    """
    if not blocks or not is_heading(blocks[0].text):
        return 0, []
    found = rows(blocks[1:])
    if not found:
        return 0, []
    attendees = etree.SubElement(div, f"{{{TEI}}}list", {"type": "attendees"})
    composer.leaf(attendees, "head", blocks[0])
    columns = in_columns(found)
    lists = _delegations(composer.desk, attendees, found[0].block) if columns else [attendees]
    present: list[list[str]] = [[] for _ in lists]
    for row in found:
        text = row.block.text
        cut = row.cut if columns and row.cut else len(text)
        if columns and row.cut is None:
            composer.desk.say(
                "attendance-columns", Severity.WARNING, row.block, 0,
                f"“{text}” stands alone in its row; it is taken to belong to the left column.",
            )  # fmt: skip
        left = len(text[:cut].rstrip())
        item = composer.leaf(lists[0], "item", row.block, 0, left)
        present[0].append(_identity(item, text[:left], composer.desk))
        if cut < len(text):
            item = composer.leaf(lists[1], "item", row.block, cut, before=text[left:cut], usual=" ")
            present[1].append(_identity(item, text[cut:], composer.desk))
    return 1 + len(found), present


def _delegations(desk: Desk, attendees: etree._Element, first: Block) -> list[etree._Element]:
    """Make a list for each column, with its name where the editor gave one."""
    labels = desk.decisions.delegations
    desk.say(
        "attendance-columns", Severity.INFO if labels else Severity.WARNING, first, 0,
        "These rows are read as two columns side by side, one for each delegation.",
        None if labels else "Name both in decisions.toml: [delegations] with the document's id and two names.",
    )  # fmt: skip
    lists = []
    for number in (1, 2):
        item = etree.SubElement(attendees, f"{{{TEI}}}item")
        lists.append(etree.SubElement(item, f"{{{TEI}}}list", {"type": "delegation", "n": str(number)}))
        for label in labels[number - 1 : number]:
            head = etree.SubElement(lists[-1], f"{{{TEI}}}head", {"resp": "#converter"})
            head.append(instruction("", AS))
            append_text(head, words(label))
    return lists


def _identity(item: etree._Element, text: str, desk: Desk) -> str:
    """Return the id of who is named in an item, which will point there; a stranger gets one."""
    named = item.find(".//t:persName", NS)
    identity = (named.get("ref") or "").lstrip("#") if named is not None else ""
    if not identity:
        identity = stranger(re.sub(r"[\[\]]", "", text).strip(), desk)
        if named is not None:
            named.set("ref", f"#{identity}")
    desk.meet(identity, "participant")
    item.set("corresp", f"#{identity}")
    return identity
