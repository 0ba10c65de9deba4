"""Takes what a bracket is and gives the spans that encode it, as docs/encodings.md lays down."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.foreign_words import language_of
from tei_edition.encoding.names import KINDS
from tei_edition.encoding.spelling import Span, words
from tei_edition.encoding.two_functions import choice_in_part, two_parts

_PLACES = {
    "upper": "top", "top": "top", "lower": "bottom", "bottom": "bottom", "left": "left", "right": "right",
    "margin": "margin", "above": "above", "below": "below", "across": "across",
}  # fmt: skip


def spans_of(b: Bracket, remark: Remark, desk: Desk) -> list[Span]:
    """Return the spans for one bracket, to be kept together or not at all."""
    attributes, start, end = dict(remark.attributes), b.start, b.end
    if remark.kind not in ("text", "drop", "page", "marker", "stage", "doubt", "reference"):
        attributes.setdefault("resp", desk.resp)
    mark = _DOUBT.search(b.content)
    if mark and remark.kind in ("supplied", "unclear", "corr", "letters", "expansion"):
        attributes.setdefault("cert", "low")
    tail = b.shut + (len(mark[0]) if mark and "cert" in attributes else 0)
    head = 1 + remark.head
    match remark.kind:
        case "drop":
            return [Span(start, end)]
        case "supplied" | "letters":
            return [Span(start, end, "supplied", attributes, head, tail)]
        case "unclear":
            return [Span(start, end, "unclear", {"reason": desk.profile.unclear, **attributes}, head, tail)]
        case "gap" | "space":
            attributes = {"dim": "horizontal", **attributes} if remark.kind == "space" else attributes
            attributes.setdefault("reason", desk.profile.unclear) if remark.kind == "gap" else None
            return [Span(start, end, remark.kind, attributes, 1, b.shut), Span(start + 1, end - b.shut, "desc")]
        case "del" | "add" | "surplus":
            return [Span(start, end, remark.kind, _plain(attributes), 1, b.shut)]
        case "page":
            return [Span(start, end, "pb", _plain(attributes))]
        case "marker":
            return [Span(start, end, "ref", {"type": "noteAnchor", **_plain(attributes)})]
        case "reference":
            return [Span(start, end, "ref", {"type": "crossref", **_plain(attributes)})]
        case "alternatives" | "omission-and-words" | "office-and-name" if remark.parts:
            return two_parts(b, remark.kind, attributes, remark.parts)
        case "stage":
            return [Span(start, end, "stage", {"type": "business", **attributes})]
        case "note" if remark.parts:
            blanks = len(b.right) - len(b.right.lstrip())
            return [Span(start, remark.parts[1], "note", attributes, end + blanks - start, 0)]
        case "note" | "handwritten":
            return _note(b, remark.kind, attributes, desk)
        case "gloss":
            return [Span(start, end, "gloss", attributes, 1, b.shut)]
        case "original-term":
            return _original_term(b, remark, attributes, desk)
        case "identification":
            return _identification(b, remark, attributes, tail)
        case "alias":
            return _alias(b, remark, attributes)
        case "doubt":
            return _doubt(b, remark)
        case "abbreviation" if remark.start is None:
            return [Span(start, end, "abbr", attributes, 1, b.shut)]
        case "expansion" if b.start == remark.start or b.left[-1:].strip():
            return [Span(_word_start(b), _word_end(b), "expan"), Span(start, end, "ex", attributes, head, tail)]
        case "variant" | "corr" | "expansion" | "abbreviation":
            return _choice(b, remark, attributes, tail)
        case "sic":
            found = _before(b, remark)
            between = b.text[found[1] : start] if found else ""
            hidden = Span(start - _blanks(b), end) if between.strip() else Span(found[1] if found else start, end)
            return [Span(*found, "sic"), hidden] if found else [_editorial(b, attributes)]
    return []


_DOUBT = re.compile(r"(?<=[^\s?])\s*(?:\(\?\)|\?+)\s*$")


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    """Leave out who is answerable: these marks stand in the source."""
    return {key: value for key, value in attributes.items() if key != "resp"}


def _editorial(b: Bracket, attributes: dict[str, str]) -> Span:
    return Span(b.start, b.end, "note", {"type": "editorial", **attributes}, 1, b.shut)


def _original_term(b: Bracket, remark: Remark, attributes: dict[str, str], desk: Desk) -> list[Span]:
    """The word of the original, with its language as the bracket, its script, the page or its spelling tell it."""
    language = attributes.pop("lang", "") or language_of(b.content, desk.original)
    foreign = Span(b.start + 1 + remark.head, b.end - b.shut, "foreign", {"xml:lang": language})
    return [Span(b.start, b.end, "note", {"type": "original-term", **attributes}, 1, b.shut), foreign]


def _word_start(b: Bracket) -> int:
    found = re.search(r"[\w.]*$", b.near.left)
    return b.start - len(found[0]) if found else b.start


def _word_end(b: Bracket) -> int:
    found = re.match(r"[a-z]*", b.right)
    return b.end + (found.end() if found else 0)


def _before(b: Bracket, remark: Remark) -> tuple[int, int] | None:
    """Where the words before the bracket stand that it speaks of."""
    if remark.start is not None and remark.end is not None:
        return remark.start, remark.end
    near = b.near
    found = re.search(r"(\w[\w'’.-]*)\s*$", near.left)
    away = b.start - near.start
    return (found.start(1) + away, found.end(1) + away) if found else None


def _note(b: Bracket, kind: str, attributes: dict[str, str], desk: Desk) -> list[Span]:
    desc = attributes.pop("desc", "")
    desc = desc if b.content.startswith(f"{desc}:") else ""
    handwritten = kind == "handwritten" or attributes.get("type") == "handwritten"
    if not handwritten:
        return [_editorial(b, attributes)]
    description = words(desc or b.content)
    hand = f"hand{len(desk.hands) + 1}"
    desk.hands.append((hand, description))
    place = dict.fromkeys(
        place for word in re.findall(r"\w+", description.lower()) if (place := _PLACES.get(word))
    )  # fmt: skip
    own = {"type": "handwritten", "hand": f"#{hand}"} | ({"place": " ".join(place)} if place else {})
    inside_sentence = bool(desc) and b.left.strip() and re.match(r"[,;]?\s*[a-z]", b.right)
    if inside_sentence:
        rest = b.content[len(desc) + 1 :]
        head = len(desc) + 2 + len(rest) - len(rest.lstrip())
        return [Span(b.start, b.end, "add", {"hand": f"#{hand}"}, head, b.shut)]
    note = Span(b.start, b.end, "note", {**own, **attributes, "type": "handwritten"}, 1, b.shut)
    at = b.start + 1
    if not desc:
        return [note, Span(at, b.end - b.shut, "desc")]
    return [note, Span(at, at + len(desc) + 1, "desc", {}, 0, 1)]


def _identification(b: Bracket, remark: Remark, attributes: dict[str, str], tail: int) -> list[Span]:
    supplied = Span(b.start, b.end, "supplied", {"reason": "identification", **attributes}, 1, tail)
    found = _before(b, remark)
    if not found or remark.entry is None:
        return [supplied]
    return [Span(*found, "rs", {"ref": f"#{remark.entry.id}"}), supplied]


def _alias(b: Bracket, remark: Remark, attributes: dict[str, str]) -> list[Span]:
    found = _before(b, remark)
    supplied = Span(b.start, b.end, "supplied", {"reason": "pseudonym", **attributes}, 1, b.shut)
    if not found or remark.entry is None:
        return [supplied]
    ref = {"ref": f"#{remark.entry.id}"}
    return [
        Span(*found, "persName", {**ref, "type": "pseudonym"}),
        supplied,
        Span(b.start + 1, b.end - b.shut, "persName", ref),
    ]


def _doubt(b: Bracket, remark: Remark) -> list[Span]:
    found = _before(b, remark)
    mark = Span(b.start, b.end, "metamark", {"function": "doubt"})
    return [Span(*found, "unclear", {"cert": "low"}), mark] if found else [mark]


_PAIRS = {
    "variant": ("orig", "reg"), "corr": ("sic", "corr"), "expansion": ("abbr", "expan"),
    "abbreviation": ("expan", "abbr"),
}  # fmt: skip


def _choice(b: Bracket, remark: Remark, attributes: dict[str, str], tail: int) -> list[Span]:
    found = _before(b, remark)
    if not found:
        kept = {key: value for key, value in attributes.items() if key in ("resp", "cert")}
        return [Span(b.start, b.end, "supplied", kept, 1 + remark.head, tail)]
    first, second = _PAIRS[remark.kind]
    start, end = found
    between = b.start - end
    apart = b.text[end : b.start].strip()  # a possessive or a quotation mark stands between
    if remark.parts and not (apart and remark.kind == "corr"):
        return choice_in_part(b, (first, second), attributes, found, remark.parts)
    if apart:  # the bracket goes to the name before it
        written = b.text[slice(*remark.parts)] if remark.parts else b.content[: len(b.content) - tail + b.shut]
        added = ((second, attributes, written),)
        spans = [Span(start, end, "choice", added=added), Span(start, end, first), Span(b.start - _blanks(b), b.end)]
    else:
        spans = [
            Span(start, b.end, "choice"),
            Span(start, end, first),
            Span(end, b.end, second, attributes, between + 1, tail),
        ]
    if remark.entry is not None:
        name = Span(start, spans[0].end, KINDS[remark.entry.kind], {"ref": f"#{remark.entry.id}"})
        spans.insert(0, name)
    return spans


def _blanks(b: Bracket) -> int:
    return len(b.left) - len(b.left.rstrip())
