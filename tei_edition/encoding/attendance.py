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
from tei_edition.transcript import BLANK, Block

_HEADING = re.compile(
    r"(?:(?:(?:also|others?|those|members|persons?)\s)?(?:present|participants|attending|participating|in attendance)|"
    r"(?:those\s)?(?:attending|participating)|"
    r"attendees|attended by|list of participants|participants in the \w+)"
    r"(?:\s(?:(?:at|in)\s)?the \w+)?(?:\swere)?\s*:?$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:subjects?|topics?|agenda|items? discussed|subjects? discussed)\s*:?$", re.IGNORECASE)
_GROUP = re.compile(r"[^\W\d_a-z][\w .,&’'()/-]{2,60}:")
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


def is_subject(text: str) -> bool:
    """Say whether a block announces what a document is about, in the lines that follow."""
    return bool(_SUBJECT.fullmatch(text.strip()))


def rows(blocks: Sequence[Block], *, apart: bool = True) -> list[Row]:
    """Return the rows that stand at the start of some blocks: short, capitalised, no sentences.

    A row is cut before its second title, if it has two and nothing in it is a list already. Where the first row
    follows its heading without a blank line, in a document that has them (``apart``), the list runs to the next blank
    line and its rows may be longer.
    """
    found: list[Row] = []
    joined = apart and bool(blocks) and (follows_at_once(blocks[0]) or _opens_group(blocks, 0))
    for number, block in enumerate(blocks):
        text = block.text
        if joined and follows_at_once(block) and len(text.split()) <= 60 and not (is_heading(text) or is_subject(text)):
            found.append(Row(block, _second_column(text)))
            continue
        if joined:
            if _opens_group(blocks, number):
                found.append(Row(block, None))
                continue
            break
        if len(text.split()) > 12 or _FIELD.match(text) or not text[:1].isupper():
            break
        if re.search(r"[a-z]{2}\.$", text) or "\n" in text:
            break
        found.append(Row(block, _second_column(text)))
    return found


def _opens_group(blocks: Sequence[Block], index: int) -> bool:
    """Say whether a block such as “The Committee:” stands over rows that follow without a blank line."""
    return (
        bool(_GROUP.fullmatch(blocks[index].text))
        and not is_heading(blocks[index].text)
        and index + 1 < len(blocks)
        and follows_at_once(blocks[index + 1])
    )


def _second_column(text: str) -> int | None:
    titles = [item.start() for item in _TITLE.finditer(text)]
    cuts = [at for at in titles[1:] if _COLUMN.fullmatch(text[:at]) and not _TITLE.match(text[:at].split()[-1] + " ")]
    return cuts[0] if cuts else None


def follows_at_once(block: Block) -> bool:
    """Say whether no blank line stands before a block."""
    return bool(block.before) and len(re.findall(r"\r\n|\n|\r", block.before)) == 1


def set_subjects(composer: Composer, div: etree._Element, blocks: Sequence[Block]) -> int:
    """Set the list of subjects that stands at the start of some blocks, if one does; return how many it took."""
    if not composer.apart or len(blocks) < 2 or not is_subject(blocks[0].text) or not follows_at_once(blocks[1]):
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
    if composer.apart and len(blocks) > 2 and not follows_at_once(blocks[1]) and _members(blocks, 1):
        return _set_groups(composer, div, blocks)
    found = rows(blocks[1:], apart=composer.apart)
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
        if number in groups and not columns:
            composer.leaf(lists[0], "item", row.block, attributes={"rend": "heading"})
            continue
        cut = row.cut if columns and row.cut else len(text)
        if columns and row.cut is None:
            composer.desk.say(
                "attendance-columns", Severity.WARNING, row.block, 0,
                f"“{text}” stands alone in its row; it is taken to belong to the left column.",
            )  # fmt: skip
        left = len(text[:cut].rstrip(BLANK))
        item = composer.leaf(lists[0], "item", row.block, 0, left)
        present[0].append(_identity(item, text[:left], composer.desk))
        if cut < len(text):
            item = composer.leaf(lists[1], "item", row.block, cut, before=text[left:cut], usual=" ")
            present[1].append(_identity(item, text[cut:], composer.desk))
    return 1 + len(found), present


def _members(blocks: Sequence[Block], index: int) -> int:
    """Return how many of the blocks after a group's heading belong to it: lines without a blank one between."""
    if index >= len(blocks) or not _GROUP.fullmatch(blocks[index].text) or is_heading(blocks[index].text):
        return 0
    count = 0
    for number in range(index + 1, len(blocks)):
        text = blocks[number].text
        if (count and not follows_at_once(blocks[number])) or _GROUP.fullmatch(text) or len(text.split()) > 14:
            break
        count += 1
    return count if count > 1 or (count and follows_at_once(blocks[index + 1])) else 0


def _set_groups(composer: Composer, div: etree._Element, blocks: Sequence[Block]) -> tuple[int, list[list[str]]]:
    """Set those present in groups with headings of their own: a list for each group."""
    composer.leaf(div, "ab", blocks[0], attributes={"type": "heading"})
    at, present = 1, []
    while count := _members(blocks, at):
        group = etree.SubElement(div, f"{{{TEI}}}list", {"type": "delegation"})
        composer.leaf(group, "head", blocks[at])
        members = blocks[at + 1 : at + 1 + count]
        present.append(
            [_identity(composer.leaf(group, "item", block), composer.words(block), composer.desk) for block in members]
        )
        at += 1 + count
    return at, present


def _group_lines(texts: Sequence[str]) -> set[int]:
    """Return the rows that name a side or an office over those who belong to it: short, where others are not.

    They end in a colon or a dash, or have neither title nor comma while the row that follows has.
    """
    personal = [bool(_TITLE.match(text)) or "," in text for text in texts]
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


def _identity(item: etree._Element, text: str, desk: Desk) -> str:
    """Return the id of who is named in an item, which will point there; a stranger gets one.

    Of “Paul Miller, Director” the name is what stands before the comma. “Miller, Baker, Cook” are three persons;
    the item points to all of them.
    """
    named = item.find(".//t:persName", NS)
    identity = (named.get("ref") or "").lstrip("#") if named is not None else ""
    several = [] if identity else _several(text)
    if several:
        found = [stranger(person, desk) for person in several]
    else:
        found = [identity or stranger(_person(text), desk)]
        if named is not None:
            named.set("ref", f"#{found[0]}")
    for one in found:
        desk.meet(one, "participant")
    item.set("corresp", " ".join(f"#{one}" for one in found))
    return found[0]


def _person(text: str) -> str:
    bare = re.sub(r"[\[\]]", "", text).strip()
    name = re.split(r",(?!\s(?:Jr|Sr|I{1,3}V?)\b)|\s[(—–]", bare, maxsplit=1)[0].strip(" :;.")
    return name if re.search(r"[^\W\d_]", name) else bare


def _several(text: str) -> list[str]:
    """Return the names in a row that lists more than two persons and says nothing else of them."""
    parts = [part.strip() for part in re.split(r",\s*(?:and\s+)?|\sand\s", text.rstrip(",. "))]
    named = all(re.fullmatch(r"(?:[^\W\d_a-z][\w.’'-]*\s?){1,4}", part) for part in parts)
    return parts if len(parts) > 2 and named else []
