"""Recognises brackets that express a doubt, give a date, fill a word, or are whatever is left."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from tei_edition.encoding.bracket import INFO, Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.remarks_corrected import is_slip, same_kind

_MONTH = (
    r"(?:jan(?:uary)?|febr?(?:uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?:(?:no date|n\.\s?d\.|undated)[,;:—– -]*)?"
    r"(?:(?P<about>ca?\.|circa|about|around|approximately|probably|presumably|possibly|perhaps)\s+)?"
    r"(?:(?:no|not) (?:later|earlier) than|on or (?:about|before|after)|before|after|prior to|early|mid|late|"
    r"(?:the )?(?:beginning|middle|end) of|spring(?: of)?|summer(?: of)?|autumn(?: of)?|fall(?: of)?|winter(?: of)?)?"
    r"[ -]?(?:in )?"
    rf"(?:(?:the )?(?:{_DAY}(?:\s?[-–/]\s?{_DAY})?(?: of)? )?{_MONTH}(?:\s?[/–-]\s?{_MONTH})?(?: {_DAY})?"
    r"(?:,? (?:of )?\d{4})?|\d{1,2}\.\s?(?:\d{1,2}|[IVX]+)\.\s?\d{2,4}|1[5-9]\d\d(?:[-–/]\d{2,4})?|20\d\d|\d{4}|"
    r"(?<![^,;:—– -])$)",
    re.IGNORECASE,
)
_DOUBTED = re.compile(r"\s*(?:\(\?\)|\?+)\s*$")
_LABEL = re.compile(
    r"\s*(?:(?P<illegible>illegible|unclear|indistinct|unreadable)|"
    r"(?P<perhaps>possibly|probably|perhaps|maybe|presumably|likely|apparently))(?P<sign>\s*[,:—–-]+\s*|\s+)(?=\w)",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:^|[.!?…:;“\"]\s+|\b(?:and|but|so),? )(?:will|would|can|could|do|does|did|is|are|was|were|have|has|had|shall|"
    r"should|may|might|what|when|where|who|whom|why|how|which)\b[^.!?]*$",
    re.IGNORECASE,
)
_NAME_END = re.compile(r"((?:[^\W\d_a-z][\w'’.-]*\s+){0,3}[^\W\d_a-z][\w'’-]*?)(['’]s)?\s*$")


_SMALL_WORDS = frozenset(
    "a an the of in on at by to for from with and or but nor as if that than then so i you he she it we they me him "
    "her us them my your his its our their this these those there here who whom whose which what when where is are was "
    "were am be been being has have had do does did will would shall should can could may might must not no also too "
    "only into upon about over under between through against during after before since until while because both all "
    "any some more most such very just up down out off".split()
)
"""Words that hold a sentence together: in a bracket they are the editor's help and hardly anything else."""


def question_mark(b: Bracket, desk: Desk) -> Remark | None:
    """A question mark that the editor supplied at the end of a question."""
    if b.content.strip() != "?" or not re.match(r"[”\"’')]*(?:\s+[^\Wa-z]|\s*$)", b.right):
        return None
    return Remark(kind="supplied") if _QUESTION.search(b.left) else None


def doubt(b: Bracket, desk: Desk) -> Remark | None:
    """A bare question mark: doubt about the word before it."""
    before = re.search(r"([^\s\[\]()“”\"]+)\s*$", b.left)
    if not re.fullmatch(r"\?{1,3}", b.content.strip()):
        return None
    if re.search(r"(?<!\d)\d{1,3}$", b.left):
        return Remark(
            kind="gap", rule="bracket-uncertain", severity=INFO,
            attributes={"reason": "illegible", "unit": "character", "quantity": str(len(b.content.strip()))},
            message=f"“[{b.content}]” after digits is taken for digits that could not be read.",
        )  # fmt: skip
    if not before:
        return Remark(kind="gap", attributes={"reason": "illegible"}, rule="bracket-uncertain",
                      message="“[?]” stands before any word; it is encoded as something unread.")  # fmt: skip
    return Remark(
        kind="doubt", start=before.start(1), end=before.end(1), rule="bracket-uncertain",
        message=f"“[?]” is taken as doubt about “{before[1]}”; how far back it reaches is not said.",
    )  # fmt: skip


def dated(b: Bracket, desk: Desk) -> Remark | None:
    """A date supplied by the editor, certain or not."""
    content = _DOUBTED.sub("", b.content.strip())
    found = _DATE.fullmatch(content) if content else None
    if not found or re.match(r"\w", b.right) or re.search(r"\w$", b.left):
        return None
    if content.lower() in ("may", "march", "mar", "dec", "sep", "jan") or not re.search(r"\d|[a-z]{3}|n\.", content):
        return None
    doubtful = b.content.rstrip().endswith(("?", "?)")) or found["about"] is not None
    return Remark(
        kind="supplied", attributes={"cert": "low"} if doubtful else {}, rule="date-supplied", severity=INFO,
        message=f"The date “[{b.content}]” is the editor's.",
    )  # fmt: skip


def uncertain(b: Bracket, desk: Desk) -> Remark | None:
    """Words that end in a question mark: a doubtful reading, correction or addition."""
    content = b.content.strip()
    label = _LABEL.match(content)
    if not re.search(r"\w\W*\?\)?$|^\?\s*\w", content) and not (
        label and label["perhaps"] and len(content.split()) <= 5
    ):
        return None
    if label and not (label["perhaps"] and label["sign"].isspace()):
        return _labelled(b, label, desk)
    content = _DOUBTED.sub("", content).lstrip("? ")
    if not content:
        return None
    if re.search(r"[^\W\d_]$", b.left) or re.match(r"[^\W\d_]", b.right):
        stem = re.search(r"(?<!\w)[^\W\d_a-z]$", b.left)
        whole = stem and content[0].islower() and len(content) > 3 and not re.match(r"\w", b.right)
        return Remark(kind="expansion" if whole else "letters", attributes={"cert": "low"}, rule="bracket-uncertain",
                      start=stem.start() if stem and whole else None, end=b.end if whole else None,
                      message=f"The letters “[{content}]” are doubtful.")  # fmt: skip
    before = re.search(r"(\w[\w'’-]*)\s$", b.left)
    likeness = SequenceMatcher(None, before[1].lower(), content.lower()).ratio() if before else 0
    message = f"“[{content}]” may be a doubtful reading, a correction or an addition."
    if before and (
        _same_form(before[1], content)
        or same_kind(before[1], content, doubtful=True)
        or is_slip(before[1], content)
        or (likeness >= 0.55 and before[1][0].lower() == content[0].lower())
    ):
        return Remark(
            kind="corr", attributes={"cert": "low"}, start=before.start(1), end=before.end(1), rule="bracket-uncertain",
            message=f"{message} It has the form of “{before[1]}” and is encoded as its correction.",
        )  # fmt: skip
    return Remark(
        kind=desk.profile.question, attributes={"cert": "low"}, rule="bracket-uncertain",
        head=len(re.match(r"[?\s]*", b.content)[0]),  # type: ignore[index]
        message=f"{message} It is encoded as {_ARTICLE[desk.profile.question]}.",
    )  # fmt: skip


def _labelled(b: Bracket, label: re.Match[str], desk: Desk) -> Remark:
    """A reading after a word on its quality, “illegible: treaty?”, “possibly: treaty”."""
    kind = "unclear" if not label["perhaps"] else desk.profile.question
    attributes = {"cert": "low"} | ({"reason": "illegible"} if label["illegible"] else {})
    return Remark(
        kind=kind, attributes=attributes, rule="bracket-uncertain",
        head=len(b.content) - len(b.content.lstrip()) + label.end(),
        message=f"“[{b.content}]” is taken as {_ARTICLE[kind]}; its first words say how sure it is.",
    )  # fmt: skip


_ENDINGS = ("ed", "ing", "tion", "sion", "ment", "ness", "ly", "ists", "ity", "s")
_NO_NOUN = frozenset("is was has his its this thus us as yes does s very only always perhaps less towards".split())


def _same_form(word: str, content: str) -> bool:
    """Say whether one word has the ending of another, so that it can stand in its place."""
    if not re.fullmatch(r"[a-z]{4,}", content) or not re.fullmatch(r"[a-z]{4,}", word) or word in _NO_NOUN:
        return False
    ending = next((ending for ending in _ENDINGS if content.endswith(ending)), "")
    return bool(ending) and word.endswith(ending) and not word.endswith(("need", "bring", "only", "thing"))


_ARTICLE = {"unclear": "a doubtful reading", "supplied": "a doubtful addition"}


def letters(b: Bracket, desk: Desk) -> Remark | None:
    """Letters inside a word: an abbreviation filled up, or an inflection supplied."""
    before, after = re.search(r"[\w.]+$", b.left), re.match(r"[^\W\d_]+", b.right)
    if not (before or after) or not re.fullmatch(r"[^\W_]+(?:[ '’-][\w ]+)?", b.content):
        return None
    stem = before[0] if before else ""
    if not before and b.content[:1].isupper() and re.fullmatch(r"[^\W\d_a-z].*", after[0] if after else "", re.DOTALL):
        return None  # two words that the copy ran together
    initial = (re.fullmatch(r"[^\W\d_a-z]", stem) and not after) or (
        stem[:1].isupper() and len(stem) <= 5 and len(b.content) > 3
    )
    if initial and b.content[0].islower() and not b.content.endswith(("ing", "ed")) and " " not in b.content:
        return Remark(kind="expansion", start=b.start - len(stem), end=b.end)
    completed = content_completes(b.content) and stem[-1:].isalpha()
    if completed:
        return Remark(kind="expansion", start=b.start - len(stem), end=b.end)
    return Remark(kind="letters")


def content_completes(letters: str) -> bool:
    """Say whether letters are the rest of a word that was cut short, and not an inflection of it.

    >>> content_completes("ument"), content_completes("ing")
    (True, False)
    """
    return bool(re.fullmatch(r"[a-z]{3,}", letters)) and not re.fullmatch(
        r"(?:ing|ed|ened|ers?|est|ly|ness|ments?|ions?|tions?|als?|ally|ism|ists?|ity|able|ous|ful|less|ship|ies|ives?|ating|ated)",
        letters,
    )


def sentence(b: Bracket, desk: Desk) -> Remark | None:
    """A remark in whole sentences."""
    content = b.content.strip()
    if len(content.split()) > 8 or re.match(r"[^\Wa-z].*\s[a-z].*[.!]$", content, re.DOTALL):
        if desk.profile.sentences == "text" and not (b.left.strip() or b.right.strip()):
            return Remark(kind="text", rule="bracket-owner", severity=INFO,
                          message="A paragraph in brackets may be the document's own; it stays as it is.")  # fmt: skip
        if desk.profile.sentences == "stage" and not b.in_sentence:
            return Remark(kind="stage", attributes={"type": "business"}, rule="stage-direction", severity=INFO,
                          message="A sentence in brackets is taken to tell what happens.")  # fmt: skip
        return Remark(kind="note", attributes={"type": "editorial"}, rule="bracket-note", severity=INFO,
                      message="A long remark in brackets is encoded as the editor's note.")  # fmt: skip
    return None


def words_supplied(b: Bracket, desk: Desk) -> Remark:
    """Whatever else: words that the editor supplied."""
    content = b.content.strip()
    remark = Remark(kind="supplied", attributes={"reason": desk.profile.words})
    names = _NAME_END.search(b.left)
    if content[:1].isupper() and names and re.search(r"\w\s$", b.left) and not re.match(r"\s*\w", b.right[:0]):
        remark.rule, remark.attributes = "name-bracket", {}
        remark.message = f"“[{content}]” after “{names[1]}” may be another name, a correction or an addition."
        remark.hint = "Add the form to the register."
    elif re.search(r"\w", content) and not _SMALL_WORDS.issuperset(re.findall(r"\w+", content.lower())):
        remark.rule, remark.severity = "bracket-supplied", INFO
        remark.message = f"Nothing says what “[{content}]” is; it is taken as words that the sentence needs."
    elif not content:
        remark.kind, remark.attributes, remark.rule = "text", {}, "bracket-empty"
        remark.message = "A pair of brackets holds nothing."
    return remark
