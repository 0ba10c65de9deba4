"""Takes the rows of an attendance list and sets them as items, in columns where two lists became one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from tei_edition.encoding.attendance_rows import (
    GROUP,
    TITLE,
    Row,
    follows_at_once,
    in_columns,
    is_heading,
    is_subject,
    party_columns,
    rows,
    second_column,
)  # fmt: skip
from tei_edition.encoding.attendees import attendee, is_titled
from tei_edition.encoding.composing import Composer
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.nesting import flatten, nest
from tei_edition.encoding.page_marks import page_marks, set_page
from tei_edition.encoding.spelling import AS, Span, append_text, instruction, words
from tei_edition.finding import Severity
from tei_edition.tei import TEI
from tei_edition.transcript import BLANK, Block


def set_subjects(composer: Composer, div: etree._Element, blocks: Sequence[Block]) -> int:
    """Set the list of subjects that stands at the start of some blocks, if one does; return how many it took."""
    if len(blocks) < 2 or not is_subject(blocks[0].text) or not follows_at_once(blocks[1]):
        return 0
    if not composer.apart and blocks[1].kind != "item":
        return 0
    count = 1
    while count < len(blocks) and follows_at_once(blocks[count]) and not is_heading(blocks[count].text):
        count += 1
    if count == 1:
        return 0
    subjects = etree.SubElement(div, f"{{{TEI}}}list", {"type": "agenda"})
    composer.leaf(subjects, "head", blocks[0])
    for block in blocks[1:count]:
        composer.leaf(subjects, "item", block)
    return count


def set_attendance(composer: Composer, div: etree._Element, blocks: Sequence[Block]) -> tuple[int, list[list[str]]]:
    """Set the attendance list that stands at the start of some blocks, if one does.

    Returns how many blocks it took, and the ids of the persons of each of its columns.
    """
    headed = bool(blocks) and is_heading(blocks[0].text)
    texts = [block.text for block in blocks[headed : headed + 3]]
    if (over := party_columns(texts)) is not None:
        return _set_parties(composer, div, blocks, headed, over)
    if not headed:
        return 0, []
    listed = len(blocks) > 2 and blocks[1].kind == "item"
    grouped = len(blocks) > 2 and (listed or (composer.apart and not follows_at_once(blocks[1])))
    if grouped and _members(blocks, 1):
        return _set_groups(composer, div, blocks)
    pages = page_marks(composer, blocks, 1)
    found = rows(blocks[1:], apart=composer.apart, pages=pages)
    if in_columns([row for number, row in enumerate(found) if number not in pages]):
        found = found[: min((number for number in pages if number < len(found)), default=None)]
    if not found:
        return 0, []
    groups = _group_lines([row.block.text for row in found])
    attendees = etree.SubElement(div, f"{{{TEI}}}list", {"type": "attendees"})
    composer.leaf(attendees, "head", blocks[0])
    columns = in_columns(found)
    lists = _delegations(composer.desk, attendees, found[0].block) if columns else [attendees]
    present: list[list[str]] = [[] for _ in lists]
    for number, row in enumerate(found):
        text = row.block.text
        if number in pages:
            set_page(composer, attendees, row.block)
            continue
        if number in groups and not columns:
            composer.leaf(lists[0], "item", row.block, attributes={"rend": "heading"})
            continue
        cut = row.cut if columns and row.cut else len(text)
        if columns and row.cut is None:
            _tell_alone(composer.desk, row.block)
        left = len(text[:cut].rstrip(BLANK))
        item = composer.leaf(lists[0], "item", row.block, 0, left)
        present[0].append(attendee(item, text[:left], composer.desk, present[0]))
        if cut < len(text):
            item = composer.leaf(lists[1], "item", row.block, cut, before=text[left:cut], usual=" ")
            present[1].append(attendee(item, text[cut:], composer.desk, [*present[0], *present[1]]))
    return 1 + len(found), present


def _set_parties(
    composer: Composer, div: etree._Element, blocks: Sequence[Block], headed: bool, over: int
) -> tuple[int, list[list[str]]]:  # fmt: skip
    """Set two columns of persons with the names of two delegations over them."""
    attendees = etree.SubElement(div, f"{{{TEI}}}list", {"type": "attendees"})
    if headed:
        composer.leaf(attendees, "head", blocks[0])
    found = [Row(blocks[headed], over)]
    for block in blocks[headed + 1 :]:
        cut = second_column(block.text)
        if (cut is None and not TITLE.match(block.text)) or len(block.text.split()) > 24 or "\n" in block.text:
            break
        found.append(Row(block, cut))
    lists = _delegations(composer.desk, attendees, found[0].block)
    left, whole = len(found[0].block.text[:over].rstrip(BLANK)), len(found[0].block.text)
    named = ([span] for span in flatten(composer.spans(found[0].block)))
    composer.give(found[0].block, nest([[Span(0, left, "orgName")], [Span(over, whole, "orgName")], *named], "item"))
    present: list[list[str]] = [[], []]
    for number, row in enumerate(found):
        text = row.block.text
        cut = row.cut or len(text)
        if row.cut is None:
            _tell_alone(composer.desk, row.block)
        left = len(text[:cut].rstrip(BLANK))
        for side, (start, end) in enumerate(((0, left), (cut, len(text)))):
            if start < end:
                attributes = {} if number else {"rend": "heading"}
                before, usual = (text[left:cut], " ") if side else (None, None)
                item = composer.leaf(
                    lists[side], "item", row.block, start, end, before=before, usual=usual, attributes=attributes
                )
                if number:
                    listed = [*present[0], *present[1]]
                    present[side].append(attendee(item, text[start:end], composer.desk, listed))
    return headed + len(found), present


def _tell_alone(desk: Desk, block: Block) -> None:
    desk.say(
        "attendance-columns", Severity.WARNING, block, 0,
        f"“{block.text}” stands alone in its row; it is taken to belong to the left column.",
    )  # fmt: skip


def _members(blocks: Sequence[Block], index: int) -> int:
    """Return how many of the blocks after a group's heading belong to it: lines without a blank one between."""
    if index >= len(blocks) or not GROUP.fullmatch(blocks[index].text) or is_heading(blocks[index].text):
        return 0
    count = 0
    for number in range(index + 1, len(blocks)):
        text = blocks[number].text
        if (count and not follows_at_once(blocks[number])) or GROUP.fullmatch(text) or len(text.split()) > 14:
            break
        count += 1
    return count if count > 1 or (count and follows_at_once(blocks[index + 1])) else 0


def _set_groups(composer: Composer, div: etree._Element, blocks: Sequence[Block]) -> tuple[int, list[list[str]]]:
    """Set those present in groups with headings of their own: a list for each group."""
    composer.leaf(div, "ab", blocks[0], attributes={"type": "heading"})
    at = 1
    present: list[list[str]] = []
    while count := _members(blocks, at):
        group = etree.SubElement(div, f"{{{TEI}}}list", {"type": "delegation"})
        composer.leaf(group, "head", blocks[at])
        members = blocks[at + 1 : at + 1 + count]
        present.append([])
        for block in members:
            item = composer.leaf(group, "item", block)
            taken = [key for row in present for key in row]
            present[-1].append(attendee(item, composer.words(block), composer.desk, taken))
        at += 1 + count
    return at, present


def _group_lines(texts: Sequence[str]) -> set[int]:
    """Return the rows that name a side or an office over those who belong to it: short, where others are not.

    They end in a colon or a dash, or have neither title nor comma while the row that follows has.
    """
    personal = [bool(TITLE.match(text)) or is_titled(text) or "," in text for text in texts]
    groups = {number for number, text in enumerate(texts[:-1]) if re.search(r"(?:\w:|[—–])$", text)}
    if not groups and 2 * sum(personal) >= len(texts):
        for number, text in enumerate(texts[:-1]):
            if len(text.split()) <= 3 and not personal[number] and personal[number + 1] and not text.startswith("The "):
                groups.add(number)
    return groups


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
