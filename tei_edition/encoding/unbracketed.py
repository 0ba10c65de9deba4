"""Takes a block and gives the spans of remarks that stand in round brackets, or are signs: blanks, rules, asterisks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tei_edition.encoding.bracket import Bracket, Remark
from tei_edition.encoding.decisions import Decision
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.extents import gap_attributes
from tei_edition.encoding.marking import spans_of
from tei_edition.encoding.remarks_abbreviated import abbreviates, named_before
from tei_edition.encoding.spelling import Span
from tei_edition.finding import Severity
from tei_edition.transcript import Block, Transcript

_LAST = re.compile(r"(\w[\w'’-]*)\s*$")
_ROUND = re.compile(r"\(([^()]{1,600})\)")
_SIC = re.compile(r"sic!?(?:\s*!)?", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:note that\b|note\s*:|n\.\s?b\.|(?:translator|editor|archivist|transcriber|author)['’]s (?:note|comment)\b|"
    r"(?:trans|transl|ed|eds)\.?(?: note)?\s*:).+",
    re.IGNORECASE | re.DOTALL,
)
_HAPPENS = re.compile(
    r"(?:(?:loud|general|stormy|prolonged|long|brief|short) )*(?:laughter|laughs|laughing|applause|pause|silence|"
    r"cheers|"
    r"animation|commotion|chuckles|smiles|smiling|interrupts|interrupting|nods)"
    r"(?:(?: and|,| in| from| on) [^.]{2,40})?\.?",
    re.IGNORECASE,
)
_MISSING = ("illegible", "inaudible", "lost", "garbled", "unrecovered", "redacted", "editorial")
_BLANK = re.compile(r"_{2,}(?:[ \t]_{2,})*")
_DOTTED = re.compile(r"(?:\b(?:[Nn]o|[Nn]r|[Cc]opy)s?\.?|№)[ \t]*(?P<dots>(?:…|\.{3,})[.…]*)")
_RULE = re.compile(r"\s*(?:_{5,}|-{5,}|={5,}|—{3,}|–{3,}|~{5,})\s*")
_ASTERISKS = re.compile(r"(?m)^[ \t]*(?P<row>\*(?:[ \t]*\*){2,})[ \t]*$")
_HIDDEN = re.compile(r"(?<![\w./-])(?:[xX]{5,}|[█■▓]+(?:[ \t]*[█■▓]+)*)(?![\w/-])")
_SEAL = re.compile(r"\s*(?:\[?place (?:for|of) (?:the )?(?:seal|stamp)\b.{0,80}|l\. ?s\.|\(l\. ?s\.\))\s*", re.I | re.S)
_LETTER_I = re.compile(
    r"l(?<![\w.'’-]l)(?= (?:am|was|have|had|will|would|shall|should|can|could|may|might|must|do|did|think|believe|"
    r"know|want|"
    r"hope|said|told|asked|agree|understand|thank|see|ask|wish|cannot|replied|answered|consider|suggest)\b)"
)
_GLUED = re.compile(r"\((?<=(?:[^\W\d_]|[.,;:!?”\"’')])\()(\d{1,2})\)(?!\w)")
_SAYS_SO = re.compile(
    r"(?:All )?(?:[Bb]rackets|[Ee]llips[ie]s|[Uu]nderlining|[Ii]talics|[Ee]mphasis|[Oo]missions?) (?:are |"
    r"is )?(?:as )?in the "
    r"(?:source text|original(?: text)?)\."
)
_KEY = re.compile(r"\s*(?:key|legend|(?:list of )?abbreviations|conventions)\s*:\s*\S", re.IGNORECASE)
_CODED = re.compile(r"(?<![\w.])(?:[A-Z]{1,3}/)?\d{1,2}/(?:\d{1,2}/)?[IVX]{1,4}/\d{2,4}(?!\w)")
_REGISTRY = re.compile(r"(?m)^[ \t]*(?:NOTE|Note) (?:OF|BY|of|by) (?:the |THE )?[A-Z][^:\n]{1,40}:")
_STAR = re.compile(r"(\*(?<=[a-z.,;:!?”\"’')]\*)\*{0,2})(?=\s|$|[.,;:])")


@dataclass(frozen=True, slots=True)
class Sign:
    """What was found in a block: its spans, and what is to be said about it."""

    spans: list[Span]
    rule: str = ""
    message: str = ""
    hint: str | None = None
    severity: Severity = Severity.INFO
    place: tuple[int, int] | None = None
    """Where the sign itself stands, if its spans reach beyond it."""


def unbracketed(block: Block, desk: Desk, taken: Iterable[tuple[int, int]] = ()) -> list[list[Span]]:
    """Return the groups of spans of a block's remarks without square brackets; what is doubtful is reported.

    ``taken`` are the stretches whose meaning is known already.
    """
    known = list(taken)
    found: list[list[Span]] = []
    text = block.text
    for look, needed in desk.kept(_looks):
        for sign in look(block, desk) if any(map(text.__contains__, needed)) else ():
            start, end = min(span.start for span in sign.spans), max(span.end for span in sign.spans)
            if start == end or any(start < stop and first < end for first, stop in known):
                continue
            place = sign.place or (start, end)
            kind = next((_KINDS[span.tag] for span in sign.spans if span.tag in _KINDS), "drop")
            decision = desk.decision(block, *place) if sign.rule else None
            if decision is not None and (decision.kind != kind or decision.attributes):
                found.append(_decided(text, place, decision, desk))
                continue
            found.append(sign.spans)
            if sign.rule and decision is None:
                desk.chosen(sign.rule, sign.severity, block, place, kind, sign.message, sign.hint)
    for item in _CODED.finditer(text) if "/" in text else ():
        desk.say("date-open", Severity.INFO, block, item.start(),
                 f"“{item[0]}” looks like a date in a code of its own; it stays text.")  # fmt: skip
    if "=" in text and _KEY.match(text):
        desk.say(
            "declaration-in-text", Severity.INFO, block, 0, "The page explains its own signs here; it stays text.",
            "Say in editorialDecl what they mean, by the profile's sentence on brackets.",
        )  # fmt: skip
    return found


_KINDS = {
    "note": "note", "gap": "gap", "space": "space", "stage": "stage", "pb": "page", "sic": "sic", "choice": "corr",
    "ref": "marker", "expan": "abbreviation",
}  # fmt: skip
"""What a decision calls the encoding of a sign, by the first element that it becomes."""


def _decided(text: str, place: tuple[int, int], decision: Decision, desk: Desk) -> list[Span]:
    """What the editor says of a sign: of round brackets as of square ones, of other signs if they stand for nothing."""
    start, end = place
    if text[start] == "(" and text[end - 1] == ")":
        return spans_of(
            Bracket(text, start, end), Remark(kind=decision.kind, attributes=dict(decision.attributes)), desk
        )
    match decision.kind:
        case "gap":
            return [_hidden(start, end, {"reason": desk.profile.omission, **decision.attributes})]
        case "space":
            return [Span(start, end, "space", {"dim": "horizontal", **decision.attributes}, end - start, 0)]
        case "drop":
            return [Span(start, end)]
        case "sic" | "del" | "surplus" | "add" | "unclear" | "supplied" | "note":
            return [Span(start, end, decision.kind, dict(decision.attributes))]
    return []


def _rounds(block: Block, desk: Desk) -> Iterator[Sign]:
    text = block.text
    for item in _ROUND.finditer(text):
        content, start, end = item[1].strip(), item.start(), item.end()
        before = _LAST.search(text, max(0, start - 60), start)
        whole = Span(start, end, "note", {"type": "editorial", "resp": desk.resp}, 1, 1)
        if _SIC.fullmatch(content) and before:
            spans = [Span(before.start(1), before.end(1), "sic"), Span(start, end)]
            yield Sign(
                spans, rule="sic-scope", message=f"“{item[0]}” is taken to speak of “{before[1]}”.", place=(start, end)
            )
        elif content == "!":
            yield Sign([whole], rule="bracket-note", message="“(!)” is encoded as an editor's note.")
        elif _NOTE.fullmatch(content):
            yield Sign([whole], rule="bracket-note", message="A note in round brackets is taken as the editor's.")
        elif content.lower() == "see also":
            yield Sign([Span(start, end)], rule="chrome-dropped",
                       message="“(see also)” is the rest of a link of the web page and is not shown.")  # fmt: skip
        elif _own_line(text, start, end) and (
            page := re.fullmatch(r"(?:p\.|page)\s*(\d{1,4}|[ivxlc]+)", content, re.I)
        ):
            yield Sign(
                [Span(start, end, "pb", {"n": page[1]})], rule="page-mark",
                message=f"“{item[0]}” is taken as the page that begins here.",
                hint="If it names the page that ends, move it.",
                severity=Severity.WARNING,
            )  # fmt: skip
        elif _HAPPENS.fullmatch(content):
            yield Sign([Span(start, end, "stage", {"type": "business"})])
        elif before and (name := _defined(text[:start], content)) is not None:
            yield Sign([Span(name, before.end(1), "expan"), Span(start + 1, end - 1, "abbr")])
        elif absence := _absence(content, desk):
            spans = [Span(start, end, "gap", {**absence, "resp": desk.resp}, 1, 1), Span(start + 1, end - 1, "desc")]
            yield Sign(spans, rule="gap-in-source", message=f"“{item[0]}” is encoded as something missing; round "
                       "brackets may be the writer's own.")  # fmt: skip


def _own_line(text: str, start: int, end: int) -> bool:
    return text[:start].rstrip(" \t")[-1:] in ("", "\n") and text[end:].lstrip(" \t")[:1] in ("", "\n")


def _defined(left: str, content: str) -> int | None:
    """Where the name begins that an abbreviation in round brackets, “Statistics Bureau (SB)”, stands for."""
    if not re.fullmatch(r"[^\W\d_a-z]{2,7}", content):
        return None
    start = named_before(left, content)
    return start if start is not None and abbreviates(content, left[start:].replace("-", " ")) else None


def _absence(content: str, desk: Desk) -> dict[str, str] | None:
    """What is missing, by the words in round brackets; one word alone says so only if it can mean nothing else."""
    found = gap_attributes(content, desk.profile)
    if found is None or found["reason"] not in _MISSING or re.match(r"[-–—xX]", content):
        return None
    alone = len(content.split()) == 1 and not re.match(r"[.…]", content)
    return None if alone and found["reason"] not in ("illegible", "inaudible") else found


def _notes(block: Block, desk: Desk) -> Iterator[Sign]:
    text = block.text
    if len(text) < 120 and _SEAL.fullmatch(text):
        yield Sign([Span(0, len(text), "note", {"type": "stamp", "resp": desk.resp})])
    for item in _SAYS_SO.finditer(text) if "in the original" in text or "in the source text" in text else ():
        note = Span(item.start(), item.end(), "note", {"type": "editorial", "place": "bottom", "resp": desk.resp})
        yield Sign(
            [note], rule="bracket-in-source", message="This is taken as the editor's note on the text before it."
        )
    registry = _REGISTRY.search(text) if "NOTE " in text or "Note " in text else None
    if registry:
        start = registry.start() + len(registry[0]) - len(registry[0].lstrip())
        yield Sign([Span(start, len(text), "note", {"type": "editorial"})], rule="note-extent",
                   message="This note is taken to run to the end of the paragraph.",
                   severity=Severity.WARNING)  # fmt: skip


def _signs(block: Block, desk: Desk) -> Iterator[Sign]:
    text = block.text
    if _RULE.fullmatch(text):
        yield Sign([Span(0, len(text), "milestone", {"unit": "section", "rend": "rule"})])
        return
    for item in _BLANK.finditer(text):
        yield Sign([_space(item.start(), item.end(), "underscore")])
    for item in _DOTTED.finditer(text):
        yield Sign([_space(item.start("dots"), item.end("dots"), "dots")], rule="blank-in-source",
                   message="These dots are taken as a place left blank in a form.")  # fmt: skip
    for item in _ASTERISKS.finditer(text):
        attributes = {"reason": desk.profile.omission, "rend": "asterisks"}
        yield Sign([_hidden(item.start("row"), item.end("row"), attributes)], rule="gap-cause",
                   message="A row of asterisks is taken as an omission; it may be a break.")  # fmt: skip
    for item in _HIDDEN.finditer(text):
        yield Sign(
            [_hidden(item.start(), item.end(), {"reason": "redacted", "rend": item[0].split()[0][:40]})],
            rule="redaction-sign", message=f"“{item[0]}” is taken for words made unreadable.",
            hint="If somebody crossed them out while typing, say so in the TEI with del.", severity=Severity.WARNING,
        )  # fmt: skip


def _space(start: int, end: int, rend: str) -> Span:
    return Span(start, end, "space", {"dim": "horizontal", "rend": rend}, end - start, 0)


def _hidden(start: int, end: int, attributes: dict[str, str]) -> Span:
    return Span(start, end, "gap", attributes, end - start, 0)


def _markers(block: Block, desk: Desk) -> Iterator[Sign]:
    """“word(1)” and “word*”: the marks of notes."""
    for item in (*_GLUED.finditer(block.text), *_STAR.finditer(block.text)):
        if item[1].startswith("*") and re.search(r"(?<![\w*])\*{1,3}\w[^*]*$", block.text[: item.start()]):
            continue
        yield Sign(
            [Span(item.start(), item.end(), "ref", {"type": "noteAnchor", "n": item[1]})], rule="note-dangling",
            message=f"The note marker “{item[0]}” has no note on this page.",
            hint="Add the note to the transcript.",
            severity=Severity.WARNING,
        )  # fmt: skip


def _slips(block: Block, desk: Desk) -> Iterator[Sign]:
    """“l have”: the letter l for the pronoun I."""
    for item in _LETTER_I.finditer(block.text):
        correction = ("corr", {"cert": "high", "resp": "#converter"}, "I")
        yield Sign(
            [Span(item.start(), item.end(), "choice", added=(correction,)), Span(item.start(), item.end(), "sic")],
            rule="letter-for-digit", message="The letter l stands for the word I; it is encoded with a correction.",
            severity=Severity.WARNING,
        )  # fmt: skip


_SIGNS = ("__", "-----", "=====", "———", "–––", "~~~~~", "*", "█", "■", "▓", "...", "…", "xx", "XX", "xX", "Xx")
_LOOKS = ((_rounds, "("), (_notes, ("",)), (_signs, _SIGNS), (_markers, "(*"), (_slips, ("l ",)))
"""What finds remarks, and what one of a text must have for it to be asked."""


def _looks(transcript: Transcript) -> list[tuple[Callable[[Block, Desk], Iterator[Sign]], list[str]]]:
    """Return those that may find something in a document, each with what of it the document has."""
    text = transcript.text()
    held = ((look, [sign for sign in needed if sign in text]) for look, needed in _LOOKS)
    return [(look, needed) for look, needed in held if needed]
