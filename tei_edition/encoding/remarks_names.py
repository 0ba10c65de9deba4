"""Recognises brackets that have to do with a name: another form of it, the rest of it, who bears it, a term."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import INFO, Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.likeness import initials_resemble, likeness, resembles
from tei_edition.encoding.names import fold, pattern_of

_OFFICE = re.compile(
    r"\b(?:minister|ambassador|director|member|secretary|deputy|chief|chairman|president|premier|general|head|consul|"
    r"counsel+or|attaché|leader|commander|marshal|envoy|representative|professor|editor|officer|delegate)\b",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"[a-z]+['’](?:\s|$)|[a-z]['’][aeiouy]|"  # the soft sign of Cyrillic
    r"\w*(?:zh|(?<!ei)kh|shch|tsii|tsiia|skii|skiy|iia|iya|iiu|iyu|ogo|enie|eniye|aniye|niie|ovat|stvo|stva|nost)\w*|"
    r"\w+(?:yi|yy|ykh|ymi|aia|aya|oie|oye|mente|dade|dad|ados?|adas?|idos?|eiro|eira|ivo|oso|encia|ciones)\b|"
    r"[a-z]*[ăąčćęěłńňőřśšťůűźżžéèêëàâçîôûáíóúñãõäöüßøåæ][a-z]*"
)
_HOUSEHOLD = frozenset(
    "obkom raikom gorkom ispolkom oblast krai okrug raion kolkhoz kolkhozy sovkhoz sovkhozy nomenklatura apparat vozhd "
    "instantsiya sovnarkom narkomat zampolit polpred torgpred feldsher kombinat volkspolizei bezirk "
    "bezirksleitung gauleiter junta caudillo hsien xian dazibao danwei juche osobist chekist".split()
)
"""Institutions of other countries that keep their names in English texts."""
_NAME_END = re.compile(r"((?:[^\W\d_a-z][\w'’.-]*\s+){0,3}[^\W\d_a-z][\w'’-]*?)(['’]s)?\s*$")
_NAME_RUN = (
    r"(?<![\w-])(?:(?:[^\W\d_a-z]\.[\s-]?){1,3}\s*[^\W\d_a-z][\w'’-]*[^\W_]|"
    r"[^\W\d_a-z][\w'’-]*[^\W_](?:\s+[^\W\d_a-z][\w'’-]*[^\W_]){0,4}?)"
)
_SPLIT_OFFICE = re.compile(
    r"(?P<office>(?:[Tt]o|[Ff]rom|[Ff]or) .*?\b(?:[A-Z]\w{1,4}\.)|.*\b(?:President|Premier|Ambassador|Minister|"
    r"Secretary|Chairman|"
    r"Director|General|Chancellor|Marshal|Consul|Senator|Governor|Representative|King|Queen|Prince|Leader|Commander|"
    r"Professor|Colonel|Admiral|Deputy|Envoy|Member))(?P<blank>\s+)(?P<name>(?:[^\W\d_a-z][\w'’-]+|[A-Z]\.)"
    r"(?:\s+(?:[^\W\d_a-z][\w'’-]+|[A-Z]\.))*)",
    re.DOTALL,
)
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


def resemblance(b: Bracket, desk: Desk) -> Remark | None:
    """Another spelling of the name before it, which the register does not know."""
    content = b.content.strip()
    if not re.fullmatch(r"[^\W\d_a-z][\w'’-]*(?:[ -][^\W\d_][\w'’-]*){0,4}", content):
        return None
    before = re.search(rf"({_NAME_RUN})(?:['’]s)?\s+$", b.left)
    if not before:
        return None
    starts = [before.start(1)] + [before.start(1) + gap.end() for gap in re.finditer(r"\s+", before[1])]
    best, begin = 0.0, None
    for start in starts:
        text = b.text[start : before.end(1)]
        value = 1.0 if initials_resemble(text, content) else likeness(text, content) * resembles(text, content)
        if value > best or (value == best and begin is None):
            best, begin = value, start if value else None
    if begin is None:
        return None
    text = b.text[begin : before.end(1)]
    if re.search(r"\b(?:[Tt]he|[Aa]n?)\s+$", b.text[:begin]) and " " not in text and " " in content:
        return None
    return Remark(
        kind="variant", start=begin, end=before.end(1), attributes={"type": "romanisation"}, rule="name-similar",
        message=f"“{content}” is so like “{text}” that it is taken as the same name in another spelling.",
        hint="Add both forms to the register, or decide otherwise.",
    )  # fmt: skip


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
    both = _SPLIT_OFFICE.fullmatch(b.content)
    follows = re.match(r"\s+[^\W\d_a-z][\w'’-]", b.right)
    if (
        both
        and follows
        and not both["name"].endswith(("'s", "’s", "'", "’"))
        and both["name"][:1].isupper()
        and re.search(r"[A-Z]\w*\.?$", both["office"])
    ):
        at = b.start + 1
        return Remark(
            kind="office-and-name", parts=(at + both.end("office"), at + both.start("name")), rule="bracket-compound",
            severity=INFO,
            message=f"“[{content}]” gives an office and a part of the name; it is encoded in two parts.",
        )  # fmt: skip
    if _OFFICE.search(content) and len(content.split()) <= 12 and not content.endswith("."):
        if re.match(r"\s*[^\W\d_a-z]\w", b.right):
            return Remark(kind="supplied", attributes={"reason": "identification"})
        if _NAME_END.search(b.left):
            return Remark(kind="note", attributes={"type": "identification"})
    return None


def translation(b: Bracket, desk: Desk) -> Remark | None:
    """The English of a foreign word before it."""
    before = re.search(r"(?<![\w'’-])([^\W\d_]{4,}['’]?)\s+$", b.left)
    if not before or not re.fullmatch(r"[^\W\d_][\w'’-]*(?: [\w'’-]+){0,6}", b.content.strip()):
        return None
    word = before[1].lower()
    foreign = word.rstrip("'’") in _HOUSEHOLD or (before[1].islower() and _FOREIGN.fullmatch(word))
    return Remark(kind="gloss") if foreign and b.content.isascii() else None


def original_term(b: Bracket, desk: Desk) -> Remark | None:
    """The word of the original language."""
    if (
        b.content[:1].islower()
        and b.content not in ("ado", "khan")
        and _FOREIGN.search(b.content)
        and len(b.content.split()) <= 6
    ):
        return Remark(kind="original-term")
    return None
