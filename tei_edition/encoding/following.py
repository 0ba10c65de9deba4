"""Takes the last blocks of a document and sets what follows its signature: postscript, addressee, who gets a copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.ending import AROUND
from tei_edition.encoding.hinted import inner
from tei_edition.encoding.letter_parts import (
    dated_name,
    is_below,
    is_cable_code,
    is_dateline,
    is_name,
    is_typist,
    is_valediction,
)  # fmt: skip
from tei_edition.encoding.nesting import flatten, nest
from tei_edition.encoding.spelling import Span, append_text, build, instruction
from tei_edition.finding import Severity
from tei_edition.tei import TEI, name
from tei_edition.transcript import Block

_POSTSCRIPT = re.compile(r"(?:P\.\s?){1,2}S\.|PS[:.]|P(?:ost)?[Ss]cript\b|POSTSCRIPT\b")
_DISTRIBUTION = re.compile(
    r"(?:(?:\d+\s)?cop(?:y|ies)(?:\s(?:to|for|sent to))?|distribution(?:\slist)?|distributed\sto|c\.?c|bcc|distr)"
    r"(?:\s?[-–—,(]{1,2}\s?\d{1,3}\scop(?:y|ies)\)?)?\s?\.?:?(?P<rest>\s*\S.*)?",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESSEE = re.compile(
    r"(?:to\s)?(?:(?:his|her|the)\s(?:excellency|highness|majesty|right\shon|hono(?:u)?rable)|(?:the\s)?hon\.|messrs\.|"
    r"h\.\s?e\.|(?:mr|mrs|miss|dr|sir|comrade|cde|gen|general|col|capt|lieut|rear[- ]admiral|rev|professor|m)\b\.?\s)",
    re.IGNORECASE,
)
_BEARER = re.compile(
    r"[^\W\d_a-z][\w.’' -]+,\s(?:Esq|Secretary|Minister|Ambassador|Consul|Chairman|President|Esquire)\b"
)
_NO_SENTENCE = re.compile(r"[a-z]{3}[.;!?]\s+[A-Z]|[:;!?]$")
_NEXT = re.compile(r"[,;]\s+(?=[^\W_a-z])|\s+(?=\d{1,3}\s?[-–—]\s?[^\W\d_a-z])")
"""What parts those who get a copy, in a list that runs on."""
_SHARE = re.compile(r"^(\d{1,3})\s?[-–—]|[-–—]\s?(\d{1,3})[,;.]?$")
"""How many copies somebody gets."""
_REACH = 30
"""How many blocks from the end a list of copies may begin."""


class Following(NamedTuple):
    """A stretch of blocks after the signature."""

    kind: str
    """``postscript``, ``address``, ``distribution``, or ``remark`` of an archive."""
    first: int
    last: int
    """The index after its last block."""


def what_follows(blocks: Sequence[Block], texts: Sequence[str], first: int, end: int) -> list[Following]:
    """Return what follows the signature of a document, in its order; nothing where nothing does."""
    found: list[Following] = []
    stop = end
    if _is_remark(texts, end - 1, first):
        stop = end - 1
        found.append(Following("remark", stop, end))
    for kind, begins in (("distribution", _is_distribution), ("postscript", _is_postscript)):
        for index in range(stop - 1, max(first, stop - _REACH, 1) - 1, -1):
            if begins(texts, index, stop):
                found.insert(0, Following(kind, index, stop))
                stop = index
                break
    if stop - 2 >= first and _is_addressee(texts, stop - 1):
        found.insert(0, Following("address", stop - 1, stop))
    return found


def _is_distribution(texts: Sequence[str], index: int, stop: int) -> bool:
    match = _DISTRIBUTION.fullmatch(texts[index].split("\n")[0])
    if match is None or (index + 1 == stop and "\n" not in texts[index] and match["rest"] is None):
        return False
    if match["rest"] and ":" not in texts[index][: match.start("rest") + 1]:
        return False
    lines = [line for text in texts[index + 1 : stop] for line in text.split("\n")]
    return all(len(line.split()) <= 10 and not re.search(r"[a-z]{3}[.!?]$", line) for line in lines)


def _is_remark(texts: Sequence[str], index: int, first: int) -> bool:
    """Say whether the last block is a paragraph under a signature that has its date or number beside it."""
    if index - 2 < first or len(texts[index].split()) < 4 or is_below(texts[index]) or is_valediction(texts[index]):
        return False
    if _POSTSCRIPT.match(texts[index]) or _DISTRIBUTION.fullmatch(texts[index].split("\n")[0]):
        return False
    above = texts[index - 1]
    if dated_name(above) is not None:
        return bool(re.match(r"\d", above))
    at = index - 1
    while (
        at > first and index - at <= 4 and (is_dateline(texts[at]) or is_cable_code(texts[at]) or is_typist(texts[at]))
    ):
        at -= 1
    signed = is_name(texts[at]) and len(texts[at].split()) <= 4 and "\n" not in texts[at]
    return at < index - 1 and signed and bool(re.search(r"[.!?:”\"]$", texts[at - 1]))


def _is_postscript(texts: Sequence[str], index: int, stop: int) -> bool:
    return stop - index <= 6 and bool(_POSTSCRIPT.match(texts[index]))


def _is_addressee(texts: Sequence[str], index: int) -> bool:
    """Say whether a block after a signature names who is written to: a name with its title or office."""
    text, before = texts[index], texts[index - 1]
    if not (_ADDRESSEE.match(text) or _BEARER.match(text)) or len(text.split()) > 30 or _NO_SENTENCE.search(text):
        return False
    signed = len(before.split()) <= 14 and bool(re.match(r"[^\W\d_a-z]", before)) and not _NO_SENTENCE.search(before)
    near = is_valediction(before) or any(is_valediction(texts[at]) for at in (index - 2, index - 3) if at >= 0)
    return signed and near and not is_valediction(before)


def set_following(composer: Composer, div: etree._Element, stretch: Following) -> None:
    """Set blocks after the signature: ``postscript``, ``address`` in the closer, or a note of who gets a copy."""
    blocks = composer.blocks[stretch.first : stretch.last]
    if stretch.kind == "remark":
        _set_remark(composer, div, blocks[0])
    elif stretch.kind != "distribution" and all(name(child) in AROUND for child in div):
        for block in blocks:  # nothing stands before it that it could follow
            composer.leaf(div, "p", block)
    elif stretch.kind == "postscript":
        holder = composer.container(div, "postscript", blocks[0].before)
        close = next((at for at, block in enumerate(blocks) if at and is_valediction(block.text)), len(blocks))
        for number, block in enumerate(blocks[:close]):
            inner(composer, holder, "p", block, first=number == 0)
        if close < len(blocks):
            holder.append(instruction(blocks[close].before))
            closer = etree.SubElement(holder, f"{{{TEI}}}closer")
            for number, block in enumerate(blocks[close:]):
                composer.piece(closer, "signed" if number else "salute", block, first=not number)
    elif stretch.kind == "address":
        last = div[-1] if len(div) else None
        if last is not None and name(last) == "closer":
            append_text(last, blocks[0].before)
        else:
            last = composer.container(div, "closer", blocks[0].before)
        address = etree.SubElement(last, f"{{{TEI}}}address")
        build(
            etree.SubElement(address, f"{{{TEI}}}addrLine"),
            blocks[0].text,
            composer.spans(blocks[0]),
            0,
            len(blocks[0].text),
        )
    else:
        _set_distribution(composer, div, blocks)


def _set_remark(composer: Composer, div: etree._Element, block: Block) -> None:
    """Set a paragraph under the signature, which may be the archive's: a note that an editor is asked about."""
    if all(name(child) in AROUND for child in div):
        composer.leaf(div, "p", block)
        return
    note = composer.container(div, "note", block.before, {"type": "abstract"})
    inner(composer, note, "p", block, first=True)
    composer.desk.say(
        "text-after-signature", Severity.WARNING, block, 0,
        "This paragraph stands under the signature and its date; it is taken for a summary by the archive.",
        "Take it out of the transcript if it is none of the document; put the signature last if it is.",
    )  # fmt: skip


def _set_distribution(composer: Composer, div: etree._Element, blocks: Sequence[Block]) -> None:
    note = composer.container(div, "note", blocks[0].before, {"type": "distribution"})
    if len(blocks) == 1:
        if not _run_in(composer, note, blocks[0]):
            inner(composer, note, "p", blocks[0], first=True)
        return
    holder = etree.SubElement(note, f"{{{TEI}}}list")
    for number, block in enumerate(blocks):
        inner(composer, holder, "item" if number else "head", block, first=number == 0)


def _run_in(composer: Composer, note: etree._Element, block: Block) -> bool:
    """Set who gets a copy where all stand in one line after the heading; say whether two or more do."""
    head, colon, rest = block.text.partition(":")
    start = len(head) + 1 + len(rest) - len(rest.lstrip())
    cuts = [start, *(match.end() for match in _NEXT.finditer(block.text, start)), len(block.text)]
    if not colon or len(cuts) < 4 or len(block.lines) > 1:
        return False
    named = [span for span in flatten(composer.spans(block)) if span.start >= start]
    spots = [Span(one, one + len(block.text[one:two].rstrip()), "item") for one, two in pairwise(cuts)]
    holder = Span(start, len(block.text), "list", {"type": "distribution", "rend": "inline"})
    build(etree.SubElement(note, f"{{{TEI}}}label"), block.text, composer.spans(block), 0, len(head) + 1)
    spans = nest([[holder], *([spot] for spot in spots), *([one] for one in named)])
    build(note, block.text, spans, len(head) + 1, len(block.text))
    told = re.search(r"(\d+)\scop", head)
    shares = [
        int(found[1] or found[2]) for spot in spots if (found := _SHARE.search(block.text[spot.start : spot.end]))
    ]
    if told and len(shares) == len(spots) and int(told[1]) not in (sum(shares), len(spots)):
        composer.desk.say(
            "distribution-count", Severity.INFO, block, 0,
            f"The heading speaks of {told[1]} copies; the list has {sum(shares)}.",
        )  # fmt: skip
    return True
