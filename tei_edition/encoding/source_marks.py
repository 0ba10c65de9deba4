"""Takes a block with marks that its source set, such as italics or links, and adds them to the spans of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_edition.encoding.nesting import flatten, nest
from tei_edition.encoding.spelling import Span, words
from tei_edition.transcript import Block, Mark

_TAGS: dict[str, tuple[str, dict[str, str]]] = {
    **{kind: ("hi", {"rend": kind}) for kind in ("italic", "bold", "underline", "smallcaps", "superscript")},
    **{kind: ("hi", {"rend": kind}) for kind in ("subscript", "highlight", "monospace")},
    "spaced": ("hi", {"rend": "letterspaced"}), "add": ("add", {}), "del": ("del", {}), "unclear": ("unclear", {}),
    "supplied": ("supplied", {}), "abbr": ("abbr", {}), "sic": ("sic", {}), "person": ("persName", {}),
    "place": ("placeName", {}), "organisation": ("orgName", {}), "date": ("date", {}), "lang": ("foreign", {}),
    "link": ("ref", {}), "title": ("title", {}), "quote": ("quote", {}), "term": ("term", {}),
}  # fmt: skip
"""The element for each mark that covers characters."""
_WITH = {"abbr": ("abbr", "expansion", "expan"), "sic": ("sic", "corr", "corr")}
"""The element for words that the source gives another form of, the value that has it, and its element."""
_REASONS = (
    (r"lost|damag|torn|tear|hole|missing|burn|cut", "lost", "damage", "lost"),
    (r"delet|cancel|struck|strike|black", "deleted", "deletion", ""),
    (r"fade|faint|pale", "illegible", "faded", "illegible"),
    (r"redact|withheld|classified", "redacted", "", ""), (r"overwrit", "illegible", "overwritten", "illegible"),
    (r"stamp|cover|seal", "illegible", "covered", "illegible"), (r"hand", "illegible", "handwriting", "illegible"),
    (r"inaudib|heard", "inaudible", "inaudible", "inaudible"), (r"garbl", "garbled", "garbled", ""),
    (r"omi", "editorial", "", "omitted"), (r"editor|sampl", "editorial", "", "editorial"),
    (r"illeg|unclear|unread", "illegible", "illegible", "illegible"),
)  # fmt: skip
"""Words for why something cannot be read, and the reason they speak for: of a gap, a reading, of what is supplied."""
_REASONED = ("gap", "unclear", "supplied")
_POINTS = {"page": "pb", "line": "lb", "column": "cb"}
"""The element for each mark that is a point."""
_VALUES = {"when": "when", "lang": "xml:lang", "target": "target", "reason": "reason", "n": "n", "facs": "facs",
           "break": "break", "resp": "resp"}  # fmt: skip
"""Attributes by the name of a mark's value."""
_CLOSED = frozenset("desc figDesc ex choice gap space surplus pb lb cb ref".split())
"""Elements that the words were read as in which marks of the source find no place."""
_ADDRESS = re.compile(r"(?:https?://|(?![\w+.-]*:))[^\s<>\"{}|\\^`\[\]]+")
_POINTER = re.compile(r"(?:https?://|mailto:|#)[^\s<>\"{}|\\^`]+|[\w./-]+(?:#[\w.-]+)?")


def with_marks(block: Block, forest: list[Span], notes: dict[str, str]) -> list[Span]:
    """Return the spans of a block with those of its marks; where two cross, what was read in the words is kept.

    ``notes`` are the ids of notes by the key that their anchors name.
    """
    if not block.marks:
        return forest
    known = {(span.start, span.end, span.tag) for span in flatten(forest)}
    added = [group for mark in block.marks if (group := _choice(mark) or _span(mark, notes))]
    closed = [(span.start, span.end) for span in flatten(forest) if span.tag is None or span.tag in _CLOSED]
    added = [one for one in added if not any(start <= one[0].start and one[0].end <= end for start, end in closed)]
    covering = [group for group in added if (group[0].start, group[0].end, group[0].tag) not in known]
    wide = [group for group in covering if group[0].end > group[0].start]
    found = nest([*(flatten([root]) for root in forest), *wide])
    for point in (span for group in added for span in group if span.end == span.start):
        _insert(found, point)
    return found


def _span(mark: Mark, notes: dict[str, str]) -> list[Span]:
    """Return the span of a mark, none where TEI has no element for it."""
    values = dict(mark.values)
    if mark.kind == "anchor":
        key = notes.get(values.get("key", ""))
        return [Span(mark.start, mark.end, "ref", {"type": "noteAnchor", "target": f"#{key}"})] if key else []
    if mark.kind == "comment":
        return _comment(mark, values)
    if mark.kind == "picture":
        return _picture(mark, values)
    if mark.kind == "gap":
        return _gap(mark, values) if mark.start == mark.end else []
    if mark.start == mark.end:
        tag = _POINTS.get(mark.kind)
        return [Span(mark.start, mark.end, tag, _attributes(values))] if tag else []
    if mark.kind not in _TAGS:
        return []
    tag, fixed = _TAGS[mark.kind]
    if tag in _REASONED:
        values["reason"] = _reason(tag, values.get("reason", ""))
    if tag in ("add", "del"):
        values.pop("when", None)  # when is said of who did it
    attributes = {**fixed, **_attributes(values)}
    return [] if tag == "ref" and "target" not in attributes else [Span(mark.start, mark.end, tag, attributes)]


def _picture(mark: Mark, values: dict[str, str]) -> list[Span]:
    """A figure that refers to a picture and says what it shows; neither is text of the transcript."""
    url, shows = values.get("url", ""), words(values.get("words", ""))
    parts: list[tuple[str, dict[str, str], str]] = [("graphic", {"url": url}, "")] if _ADDRESS.fullmatch(url) else []
    parts += [("figDesc", {}, shows)] if shows else []
    return [Span(mark.start, mark.start, "figure", added=tuple(parts))] if parts else []


def _comment(mark: Mark, values: dict[str, str]) -> list[Span]:
    """A comment at the end of the words it is about; its own words are none of the text."""
    said = [paragraph for paragraph in map(words, values.get("words", "").split("\n")) if paragraph]
    attributes = {"type": "editorial", **_attributes({"resp": values.get("resp", "")})}
    return [Span(mark.end, mark.end, "note", attributes, added=tuple(("p", {}, item) for item in said))] if said else []


def _reason(kind: str, said: str) -> str:
    """Return the reason that words speak for, nothing where none is like it."""
    column = 1 + _REASONED.index(kind)
    return next((row[column] for row in _REASONS if row[column] and re.search(row[0], said.lower())), "")


def _gap(mark: Mark, values: dict[str, str]) -> list[Span]:
    """A gap between the words; a reason that TEI editions here do not use is its description."""
    said = words(values.get("reason", "")).lower()
    reason = _reason("gap", said) or "illegible"
    span = Span(mark.start, mark.start, "gap", {"reason": reason})
    if said and said != reason:
        span.added = (("desc", {}, said),)
    return [span]


def _choice(mark: Mark) -> list[Span]:
    """An abbreviation with its expansion, or a slip with its correction, as the source gives them beside the words."""
    if mark.kind not in _WITH or mark.end == mark.start:
        return []
    inner, key, tag = _WITH[mark.kind]
    other = words(dict(mark.values).get(key, ""))
    added: tuple[tuple[str, dict[str, str], str], ...] = ((tag, {}, other),)
    place = mark.start, mark.end
    return [Span(*place, "choice", added=added), Span(*place, inner)] if other else []


def _attributes(values: dict[str, str]) -> dict[str, str]:
    """Return the attributes of a mark; an address or a language that TEI cannot hold is left out."""
    found: dict[str, str] = {}
    for key, value in values.items():
        name, value = _VALUES.get(key), words(value)
        if not name or not value or (name in ("target", "facs") and not _POINTER.fullmatch(value)):
            continue
        if name == "xml:lang" and not re.fullmatch(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", value):
            continue
        if name == "when" and not re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", value):
            continue
        if name == "reason":
            value = value.replace(" ", "-")
        found[name] = value
    return found


def _insert(spans: list[Span], point: Span) -> None:
    """Put a point into the innermost span that it lies inside of."""
    around: Sequence[Span] = [
        span
        for span in spans
        if span.tag and span.start + span.head < point.start < span.end - span.tail and span.tag in ("hi", "quote", "q")
    ]
    if around:
        _insert(around[0].children, point)
        return
    crossed = [span for span in spans if span.start < point.start < span.end]
    if crossed and point.attributes == {"break": "no"}:
        return  # the divided word is part of what an editor says, and no place of the line is known
    if crossed:
        point.start = point.end = crossed[0].end
    spans.append(point)
    spans.sort(key=lambda span: (span.start, span.end > span.start))
