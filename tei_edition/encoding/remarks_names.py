"""Recognises brackets that have to do with a name: another form of it, the rest of it, who bears it, a term."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import INFO, Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.names import fold, pattern_of

_OFFICE = re.compile(
    r"\b(?:minister|ambassador|director|member|secretary|deputy|chief|chairman|president|premier|general|head|consul|"
    r"counsel+or|attaché|leader|commander|marshal|envoy|representative|professor|editor|officer|delegate)\b",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"[a-z]+(?:'|’)(?:\s|$)|\w+(?:skii|iia|iiu|ogo|enie|niie|ovat|stvo|shch\w+)\b|[ăąčćęěłńňőřśšťůűźżž]"
)
_NAME_END = re.compile(r"((?:[^\W\d_a-z][\w'’.-]*\s+){0,3}[^\W\d_a-z][\w'’-]*?)(['’]s)?\s*$")
_INITIALS = re.compile(r"(?:[A-Z]\w{0,2}\.[\s-]?)+[A-Z]?\w*")


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
