"""Takes a block such as “Present: Harper, Lane” and marks the persons in it as participants."""

from __future__ import annotations

import re

from tei_edition.encoding.composing import Composer
from tei_edition.encoding.nesting import flatten, nest
from tei_edition.encoding.speech import stranger
from tei_edition.encoding.spelling import Span
from tei_edition.finding import Severity
from tei_edition.transcript import Block

_ROW = re.compile(
    r"(?:(?:also|others?|those|members)\s)?(?:present|participants|attending|in attendance|attended by|anwesend(?:e)?|"
    r"teilnehmer|présents?|presentes|presenti|obecni|присутствовали|присутствуют|участники|участвовали)"
    r"(?:\swere)?\s?:\s+(?=\S)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[^\W\d_a-z][\w’'.-]*\s?)(?:\s?(?:[^\W\d_a-z][\w’'.-]*|of|de|von|van|al|bin)){0,5}(?:\s\([^()]{1,60}\))?\.?"
)
_PLURAL = re.compile(r"(?:[Cc]om(?:rades|rs?\.)|[Cc]des\.|Messrs\.|[Tt]ov\.|MM\.|[Tt]т?\.|[Тт]т?\.|Herren)\s+")
"""A title that several persons share, before the first of them."""
_OFFICE = re.compile(
    r"(?i:\b(?:minister|secretary|ambassador|chairman|president|director|chief|deputy|member|head|counsel\w+|"
    r"commander|adviser|advisor|assistant|officer|interpreter|representative|attach[ée])\b)"
)


def attend(block: Block, composer: Composer) -> list[str]:
    """Give the names of a row a ``persName`` each and return the ids of the persons; nothing for any other block.

    The whole row is believed or none of it: at least two names, parted by commas or semicolons, and nothing else.
    Offices after a name (“Lane, Minister of Trade”) are parted by semicolons from the next name.
    """
    start = _ROW.match(block.text)
    if start is None:
        return []
    sign = ";" if ";" in block.text else ","
    pieces = list(re.finditer(rf"[^{sign}]+", block.text[start.end() :]))
    spans: list[tuple[int, int]] = []
    for piece in pieces:
        words = re.match(r"\s*(?:and\s+)?", piece[0])
        begin = start.end() + piece.start() + (words.end() if words else 0)
        spans += _joined(block.text[begin : start.end() + piece.end()].split(",")[0].rstrip(" .\n"), begin)
    titled = _PLURAL.match(block.text, start.end())
    if titled and spans and spans[0][0] == start.end():
        spans[0] = (titled.end(), spans[0][1])
    names = [block.text[first:last] for first, last in spans]
    if len(names) < 2 or not all(_NAME.fullmatch(name) and not _OFFICE.search(name) for name in names):
        return []
    desk = composer.desk
    given = composer.spans(block)
    known = [span for span in flatten(given) if span.tag == "persName"]
    ids: list[str] = []
    added: list[Span] = []
    for (first, last), name in zip(spans, names, strict=True):
        inside = [span for span in known if first <= span.start and span.end <= last]
        ref = next((span.attributes["ref"][1:] for span in inside if "ref" in span.attributes), None)
        identity = ref or stranger(re.sub(r"\s\(.*|\.$", "", name), desk)
        if inside:
            inside[0].attributes["ref"] = f"#{identity}"
        else:
            added.append(Span(first, last, "persName", {"ref": f"#{identity}"}))
        ids.append(identity)
        desk.meet(identity, "participant")
    whole = Span(0, len(block.text), "seg", {"type": "attendance"})
    composer.give(block, nest([[whole], *(flatten([root]) for root in given), *([span] for span in added)]))
    desk.say("attendance-prose", Severity.INFO, block, 0, "The persons of this row are recorded as participants.")
    return ids


def _joined(words: str, begin: int) -> list[tuple[int, int]]:
    """Return the places of one name, or of two that “and” joins."""
    found = re.fullmatch(r"(?P<one>.+?)\s+and\s+(?P<two>.+)", words, re.DOTALL)
    if found is None:
        return [(begin, begin + len(words))] if words else []
    return [(begin + found.start(key), begin + found.end(key)) for key in ("one", "two")]
