"""Takes the brackets of a block and says what each one is: `REMARKS` in order, the first that applies.

The order is the decision procedure of docs/encodings.md. A recogniser looks at one bracket between its neighbours and
returns a `Remark`, or None when it does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from tei_edition.encoding.desk import Desk
from tei_edition.encoding.extents import gap_attributes
from tei_edition.encoding.names import Entry, fold, pattern_of
from tei_edition.finding import Severity

INFO, WARNING = Severity.INFO, Severity.WARNING


@dataclass(frozen=True, slots=True)
class Bracket:
    """One pair of square brackets in a block's text; ``end`` is the offset after the closing one."""

    text: str
    start: int
    end: int

    @property
    def content(self) -> str:
        """What stands between the brackets."""
        return self.text[self.start + 1 : self.end - 1]

    @property
    def left(self) -> str:
        """The text of the block before the bracket."""
        return self.text[: self.start]

    @property
    def right(self) -> str:
        """The text of the block after the bracket."""
        return self.text[self.end :]


@dataclass(kw_only=True, slots=True)
class Remark:
    """What a bracket is; `marking.spans_of` makes spans of it."""

    kind: str
    """One of `decisions.KINDS`, or ``page``, ``marker``, ``chrome``, ``space``, ``date``, ``doubt``, ``letters``."""
    attributes: dict[str, str] = field(default_factory=dict)
    start: int | None = None
    """Offset of the words before the bracket that it speaks of, if it does."""
    end: int | None = None
    """Offset after those words."""
    entry: Entry | None = None
    rule: str = ""
    """Rule of the finding to report; empty when the encoding is certain."""
    severity: Severity = WARNING
    message: str = ""
    hint: str | None = None


def brackets(text: str) -> tuple[list[Bracket], list[int]]:
    """Return the balanced brackets of a text, outer before inner, and the offsets of brackets without a partner.

    >>> pairs, alone = brackets("a [b [c] d] e]")
    >>> [pair.content for pair in pairs], alone
    (['b [c] d', 'c'], [13])
    """
    opened: list[int] = []
    pairs: list[Bracket] = []
    alone: list[int] = []
    for offset, sign in enumerate(text):
        if sign == "[":
            opened.append(offset)
        elif sign == "]":
            if opened:
                pairs.append(Bracket(text, opened.pop(), offset + 1))
            else:
                alone.append(offset)
    return sorted(pairs, key=lambda pair: (pair.start, -pair.end)), sorted(alone + opened)


_CHROME = re.compile(r"e-?mail[\s\u00a0]protected|show full text", re.IGNORECASE)
_PAGE = re.compile(r"(?:page|p\.)\s*(\d+|[ivxlc]+)|page break", re.IGNORECASE)
_HAND = re.compile(
    r"(?P<desc>(?:hand-?written(?: (?:note|text|comment|remark))?|(?:in )?handwriting|in pencil|in ink)"
    r"(?:,? (?:in|at|across|on|along) [^:\[\]]{3,60})?)(?P<colon>:\s*)?",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:round |official )?(?:stamp|seal)(?:ed)?(?::.*)?|(?:illegible )?signatures?|signed(?::.*)?", re.I | re.S
)
_NOTE = re.compile(
    r"(?P<label>translator(?:['’]s)?(?: note)?|trans\.|ed(?:itor)?s?\.?(?:['’]s)?(?: note)?|note|source|"
    r"footnote in the source text|typed note|marginal note)\s*[:.]",
    re.IGNORECASE,
)
_STAGE = re.compile(
    r"(?:laugh(?:s|ter|ing)?|applause|pause|silence|none|agreed|off the record|interrupt(?:s|ing|ed)|reading|reads|"
    r"indicating|continuing|shaking|nodding|to (?:mr|mrs|dr|ambassador|general)\b|"
    r".*\b(?:convened|recessed|adjourned|left the room|entered|joined the meeting))\b.*",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:minister|ambassador|director|member|secretary|deputy|chief|chairman|president|premier|general|head|consul|"
    r"counsel+or|attaché|leader|commander|marshal|envoy|representative|professor|editor|officer|delegate)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:no date[—–-]*\s*)?(?:(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"(?: \d{1,2})?(?:,? \d{4})?|\d{4}|no date|undated)\??",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"[a-z]+(?:'|’)(?:\s|$)|\w+(?:skii|iia|iiu|ogo|enie|niie|ovat|stvo|shch\w+)\b|[ăąčćęěłńňőřśšťůűźżž]"
)
_QUESTION = re.compile(
    r"(?:^|[.!?…:;“\"]\s+|\b(?:and|but|so),? )(?:will|would|can|could|do|does|did|is|are|was|were|have|has|had|shall|"
    r"should|may|might|what|when|where|who|whom|why|how|which)\b[^.!?]*$",
    re.IGNORECASE,
)
_NAME_END = re.compile(r"((?:[^\W\d_a-z][\w'’.-]*\s+){0,3}[^\W\d_a-z][\w'’-]*?)(['’]s)?\s*$")
_INITIALS = re.compile(r"(?:[A-Z]\w{0,2}\.[\s-]?)+[A-Z]?\w*")


def chrome(b: Bracket, desk: Desk) -> Remark | None:
    """Furniture of the web page: an e-mail mask, a “show more” button."""
    if not _CHROME.fullmatch(b.content.strip()):
        return None
    return Remark(
        kind="drop", rule="chrome-dropped", severity=INFO,
        message=f"“[{b.content}]” is furniture of the web page and is not shown.",
    )  # fmt: skip


def page(b: Bracket, desk: Desk) -> Remark | None:
    """A page mark: the page that begins here."""
    found = _PAGE.fullmatch(b.content.strip())
    return Remark(kind="page", attributes={"n": found[1]} if found[1] else {}) if found else None


def marker(b: Bracket, desk: Desk) -> Remark | None:
    """A footnote marker: digits, a small Roman numeral, a star."""
    if not re.fullmatch(r"\d{1,3}|[ivx]{1,4}|\*{1,3}", b.content):
        return None
    if re.search(r"\d\s?$", b.left) or re.match(r"\w", b.right):
        return None
    return Remark(
        kind="marker", rule="note-dangling", attributes={"n": b.content},
        message=f"The note marker “[{b.content}]” has no note on this page.",
        hint="Add the note to the transcript, or decide that these are words of the text.",
    )  # fmt: skip


def gap(b: Bracket, desk: Desk) -> Remark | None:
    """Something that is not there: missing, illegible, omitted by the editor, withheld."""
    attributes = gap_attributes(b.content, desk.profile)
    if attributes is None:
        return None
    remark = Remark(kind="gap", attributes=attributes)
    if attributes["reason"] == desk.profile.missing:
        remark.rule, remark.severity = "gap-cause", INFO
        remark.message = f"“[{b.content}]” is encoded as lost; whether in the original or in a copy is not said."
        remark.hint = "Decide on another reason if the archive's original can be seen."
    elif "extent" in attributes or (attributes["reason"] == "illegible" and len(attributes) == 1):
        remark.rule, remark.severity = "gap-extent", INFO
        remark.message = f"“[{b.content}]” does not say how much; no number is invented."
    return remark


def blank(b: Bracket, desk: Desk) -> Remark | None:
    """A place left empty in the document itself."""
    return Remark(kind="space") if re.fullmatch(r"blank(?: space)?|left blank|_{2,}", b.content.strip(), re.I) else None


def hand(b: Bracket, desk: Desk) -> Remark | None:
    """Something written by hand, with or without its words."""
    found = _HAND.match(b.content)
    if not found or not (found["colon"] or found.end() == len(b.content)):
        return None
    if found["colon"] and b.content[found.end() :].strip():
        return Remark(
            kind="handwritten", rule="hand-unidentified",
            attributes={"desc": found["desc"], "colon": str(found.end() - len(found["desc"]))},
            message=f"“{found['desc']}”: who wrote this is not said; it is encoded as one unidentified hand.",
            hint="Name the writer in handNote, if known.",
        )  # fmt: skip
    if re.match(r"\s+[a-z]", b.right) and b.left.strip():
        return Remark(kind="supplied")
    return Remark(
        kind="note", attributes={"type": "handwritten"}, rule="hand-extent",
        message=f"“[{b.content}]” does not say how far the handwriting goes.",
        hint="Decide on its extent; nothing beyond the bracket is marked.",
    )  # fmt: skip


def stamp(b: Bracket, desk: Desk) -> Remark | None:
    """A stamp, a seal, a signature described."""
    return Remark(kind="note", attributes={"type": "stamp"}) if _STAMP.fullmatch(b.content.strip()) else None


def labelled_note(b: Bracket, desk: Desk) -> Remark | None:
    """A note that says it is one: “Translator's note: …”."""
    if not _NOTE.match(b.content) and not re.search(r"[—–-]\s?(?:trans|ed)\.$|not further identified", b.content):
        return None
    return Remark(kind="note", attributes={"type": "editorial"})


def sic(b: Bracket, desk: Desk) -> Remark | None:
    """“sic”, with or without what was meant."""
    found = re.fullmatch(r"sic!?(?:[,:]?\s+(?P<meant>.+))?", b.content.strip(), re.IGNORECASE | re.DOTALL)
    before = re.search(r"(\w[\w'’.-]*)\s*$", b.left)
    if not found:
        return None
    if not before:
        return Remark(kind="note", attributes={"type": "editorial"})
    return Remark(
        kind="sic", start=before.start(1), end=before.end(1), rule="sic-scope", severity=INFO,
        message=f"“[{b.content}]” is taken to speak of “{before[1]}”.",
    )  # fmt: skip


def question_mark(b: Bracket, desk: Desk) -> Remark | None:
    """A question mark that the editor supplied at the end of a question."""
    if b.content.strip() != "?" or not re.match(r"[”\"’')]*(?:\s+[^\Wa-z]|\s*$)", b.right):
        return None
    return Remark(kind="supplied") if _QUESTION.search(b.left) else None


def doubt(b: Bracket, desk: Desk) -> Remark | None:
    """A bare question mark: doubt about the word before it."""
    before = re.search(r"([^\s\[\]()“”\"]+)\s*$", b.left)
    if b.content.strip() != "?":
        return None
    if not before:
        return Remark(kind="gap", attributes={"reason": "illegible"}, rule="bracket-uncertain",
                      message="“[?]” stands before any word; it is encoded as something unread.")  # fmt: skip
    return Remark(
        kind="doubt", start=before.start(1), end=before.end(1), rule="bracket-uncertain",
        message=f"“[?]” is taken as doubt about “{before[1]}”; how far back it reaches is not said.",
    )  # fmt: skip


def dated(b: Bracket, desk: Desk) -> Remark | None:
    """A date supplied by the editor, certain or not."""
    if not _DATE.fullmatch(b.content.strip()) or re.match(r"\w", b.right) or re.search(r"\w$", b.left):
        return None
    if b.content.strip().lower() in ("may", "march"):
        return None
    doubtful = b.content.rstrip().endswith("?")
    return Remark(
        kind="supplied", attributes={"cert": "low"} if doubtful else {}, rule="date-supplied", severity=INFO,
        message=f"The date “[{b.content}]” is the editor's.",
    )  # fmt: skip


def uncertain(b: Bracket, desk: Desk) -> Remark | None:
    """Words that end in a question mark: a doubtful reading, correction or addition."""
    content = b.content.strip()
    if not re.search(r"[^?\s]\?$", content):
        return None
    if re.search(r"[^\W\d_]$", b.left) or re.match(r"[^\W\d_]", b.right):
        return Remark(kind="letters", attributes={"cert": "low"}, rule="bracket-uncertain",
                      message=f"The letters “[{content}]” are doubtful.")  # fmt: skip
    before = re.search(r"(\w[\w'’-]*)\s$", b.left)
    likeness = SequenceMatcher(None, before[1].lower(), content[:-1].lower()).ratio() if before else 0
    message = f"“[{content}]” may be a doubtful reading, a correction or an addition."
    if before and likeness >= 0.55 and before[1][0].lower() == content[0].lower():
        return Remark(
            kind="corr", attributes={"cert": "low"}, start=before.start(1), end=before.end(1), rule="bracket-uncertain",
            message=f"{message} It resembles “{before[1]}” and is encoded as its correction.",
        )  # fmt: skip
    return Remark(
        kind=desk.profile.question, attributes={"cert": "low"}, rule="bracket-uncertain",
        message=f"{message} It is encoded as {_ARTICLE[desk.profile.question]}.",
        hint="Decide otherwise in decisions.toml: as = \"corr\", \"supplied\" or \"unclear\".",
    )  # fmt: skip


_ARTICLE = {"unclear": "a doubtful reading", "supplied": "a doubtful addition"}


def letters(b: Bracket, desk: Desk) -> Remark | None:
    """Letters inside a word: an abbreviation filled up, or an inflection supplied."""
    before, after = re.search(r"[\w.]+$", b.left), re.match(r"[^\W\d_]+", b.right)
    if not (before or after) or not re.fullmatch(r"[^\W_]+(?:[ '’-][\w ]+)?", b.content):
        return None
    stem = before[0] if before else ""
    initial = re.fullmatch(r"[^\W\d_a-z]", stem) or (stem[:1].isupper() and len(stem) <= 5 and len(b.content) > 3)
    if initial and b.content[0].islower() and not b.content.endswith(("ing", "ed")) and " " not in b.content:
        return Remark(kind="expansion", start=b.start - len(stem), end=b.end)
    return Remark(kind="letters")


def stage(b: Bracket, desk: Desk) -> Remark | None:
    """What happens in the room."""
    return Remark(kind="stage") if _STAGE.fullmatch(b.content.strip()) and len(b.content) < 120 else None


def variant(b: Bracket, desk: Desk) -> Remark | None:
    """Another form of the name before it, known to the register: a romanisation, an exonym, an alias."""
    for entry in desk.register.bearers(b.content):
        for form in sorted(entry.forms, key=lambda item: -len(item.text)):
            within = re.search(rf"(?<![\w-])({pattern_of(form.text)})(?:['’]s)?\s+$", b.left, re.IGNORECASE)
            if not within or fold(form.text) == fold(b.content):
                continue
            given = entry.form(b.content)
            types = (given.type if given else "", form.type)
            alias = "pseudonym" in types
            scheme = next((kind for kind in ("exonym", "abbreviation") if kind in types), types[0])
            scheme = "romanisation" if scheme in ("main", "short", "") else scheme
            return Remark(
                kind="alias" if alias else "variant", entry=entry, start=within.start(1),
                end=within.end(1), attributes={} if alias else {"type": scheme},
                rule="name-variant", severity=INFO,
                message=f"“{b.content}” is taken as another form of “{form.text}” ({scheme}), as the register has it.",
            )  # fmt: skip
    return None


def completion(b: Bracket, desk: Desk) -> Remark | None:
    """The rest of a name: initials, a forename, a surname."""
    content = b.content.strip()
    if not content[:1].isupper() or "?" in content:
        return None
    before, after = _NAME_END.search(b.left), re.match(r"\s*([^\W\d_a-z][\w'’-]*)", b.right)
    tails = [" ".join(before[1].split()[-count:]) for count in (1, 2, 3)] if before and not before[2] else []
    whole = [f"{tail} {content}" for tail in tails] + ([f"{content} {after[1]}"] if after else [])
    if any(desk.register.bearers(candidate) for candidate in whole) or (after and _INITIALS.fullmatch(content)):
        return Remark(kind="supplied", attributes={"reason": "name-completion"})
    return None


def identification(b: Bracket, desk: Desk) -> Remark | None:
    """Who is meant by a title or a pronoun, or what office a name holds."""
    content = b.content.strip()
    known = desk.register.bearers(content)
    noun = re.search(
        r"\b((?:the|this|that|his|her|their|our|my|your) (?:[A-Za-z]\w+ )?[A-Za-z]\w+|he|him|she|her|they|them|it)\s+$",
        b.left, re.IGNORECASE,
    )  # fmt: skip
    if noun and (known or re.fullmatch(r"(?:[^\W\d_a-z][\w'’.-]*\s?){2,4}", content)):
        return Remark(
            kind="identification", start=noun.start(1), end=noun.end(1), entry=known[0] if len(known) == 1 else None
        )
    if _OFFICE.search(content) and len(content.split()) <= 12 and not content.endswith("."):
        if re.match(r"\s*[^\W\d_a-z]\w", b.right):
            return Remark(kind="supplied", attributes={"reason": "identification"})
        if _NAME_END.search(b.left):
            return Remark(kind="note", attributes={"type": "identification"})
    return None


def abbreviation(b: Bracket, desk: Desk) -> Remark | None:
    """An abbreviation and what it stands for, in either order, when the initials agree."""
    before = re.search(r"\b([A-Z]{2,6})\s+$", b.left)
    words = re.findall(r"\b[^\W\d_]\w*", b.content)
    if before and len(words) >= 2:
        capitals = "".join(word[0] for word in words if word[0].isupper())
        if before[1] in (capitals, "".join(word[0].upper() for word in words)):
            return Remark(kind="expansion", start=before.start(1), end=before.end(1))
    return None


def original_term(b: Bracket, desk: Desk) -> Remark | None:
    """The word of the original language."""
    if b.content[:1].islower() and _FOREIGN.search(b.content) and len(b.content.split()) <= 6:
        return Remark(kind="original-term")
    return None


def sentence(b: Bracket, desk: Desk) -> Remark | None:
    """A remark in whole sentences."""
    content = b.content.strip()
    if len(content.split()) > 8 or re.match(r"[^\Wa-z].*\s.*[.!]$", content, re.DOTALL):
        return Remark(kind="note", attributes={"type": "editorial"}, rule="bracket-note", severity=INFO,
                      message="A long remark in brackets is encoded as the editor's note.")  # fmt: skip
    return None


def words_supplied(b: Bracket, desk: Desk) -> Remark:
    """Whatever else: words that the editor supplied."""
    content = b.content.strip()
    remark = Remark(kind="supplied", attributes={"reason": "omitted-in-original"})
    names = _NAME_END.search(b.left)
    if content[:1].isupper() and names and re.search(r"\w\s$", b.left) and not re.match(r"\s*\w", b.right[:0]):
        remark.rule, remark.attributes = "name-bracket", {}
        remark.message = f"“[{content}]” after “{names[1]}” may be another name, a correction or an addition."
        remark.hint = "Add the form to the register, or decide in decisions.toml."
    elif not content:
        remark.kind, remark.attributes, remark.rule = "text", {}, "bracket-empty"
        remark.message = "A pair of brackets holds nothing."
    return remark


REMARKS: tuple[tuple[str, Callable[[Bracket, Desk], Remark | None]], ...] = (
    ("chrome", chrome),
    ("page", page),
    ("note marker", marker),
    ("gap", gap),
    ("blank", blank),
    ("handwriting", hand),
    ("stamp or signature", stamp),
    ("labelled note", labelled_note),
    ("sic", sic),
    ("supplied question mark", question_mark),
    ("doubt", doubt),
    ("date", dated),
    ("uncertain words", uncertain),
    ("letters in a word", letters),
    ("stage direction", stage),
    ("variant name", variant),
    ("completed name", completion),
    ("identification", identification),
    ("abbreviation", abbreviation),
    ("original term", original_term),
    ("sentence", sentence),
    ("supplied words", words_supplied),
)
"""What a bracket can be, in the order in which it is tried; the last always applies."""


def recognise(bracket: Bracket, desk: Desk) -> Remark:
    """Return what a bracket is."""
    return next(remark for _, look in REMARKS if (remark := look(bracket, desk)) is not None)
