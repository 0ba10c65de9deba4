"""Recognises brackets that have to do with a name: another form of it, the rest of it, who bears it, a term."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import INFO, Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.foreign_words import is_english, language_of, script_of, share_english
from tei_edition.encoding.languages import TAGS
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
_LANGUAGE = re.compile(
    rf"(?:in |the )?(?:original )?({'|'.join(sorted(TAGS, key=len, reverse=True))})(?: original)?\s?[:=]\s*(?=\S)"
)
_OTHERWISE = re.compile(
    r"(?:(?P<open>or|also)|i\.\s?e\.|e\.\s?g\.|viz\.?|namely|that is|that is to say|in other words|lit(?:erally)?\b\.?|"
    r"meaning|means|=|alternatively|also (?:called|known as)|a\.?k\.?a\.?)(?P<sign>\s*[,:]\s*|\s+)(?=[“\"'‘]?\w)",
    re.IGNORECASE,
)
_NO_NOUNS = frozenset(
    "of in on at by to for from with and or but as that than is are was were has have had which who whose".split()
)
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
    written = _INITIALS.fullmatch(content) or re.fullmatch(r"(?:[^\W\d_a-z][\w'’-]+\s+)*(?:[A-Z]\.\s?)+", content)
    if any(desk.register.bearers(candidate) for candidate in whole) or (
        after and written and not _OFFICE.search(content)
    ):
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
        hint="Add both forms to the register.",
    )  # fmt: skip


def identification(b: Bracket, desk: Desk) -> Remark | None:
    """Who is meant by a title or a pronoun, or what office a name holds."""
    content = b.content.strip()
    known = desk.register.bearers(content)
    noun = re.search(
        r"\b((?:the|this|that|his|her|their|our|my|your) (?:[A-Za-z]\w+ )?[A-Za-z]\w+|he|him|she|her|they|them|it)\s+$",
        b.left, re.IGNORECASE,
    )  # fmt: skip
    named = re.fullmatch(r"(?:[^\W\d_a-z][\w'’.-]*\s?){2,4}", content) or (
        re.fullmatch(r"[^\W\d_a-z][\w'’-]*[a-z]", content) and not re.match(r"\s*[^\W\d_a-z]", b.right)
    )
    if noun and noun[1].lower().split()[-1] not in _NO_NOUNS and (known or named):
        remark = Remark(
            kind="identification", start=noun.start(1), end=noun.end(1), entry=known[0] if len(known) == 1 else None
        )
        if not known:
            remark.rule, remark.severity = "bracket-identification", INFO
            remark.message = f"“{content}” is taken to say who or what “{noun[1]}” is; the register does not have it."
        return remark
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
    content = b.content.strip()
    foreign = word.rstrip("'’") in _HOUSEHOLD or (
        before[1].islower()
        and (_FOREIGN.fullmatch(word) or content.islower())
        and desk.in_english
        and not is_english(word)
    )
    if not foreign or not content.isascii() or share_english(content) < 1:
        return None
    return Remark(
        kind="gloss", rule="gloss-taken", severity=INFO,
        message=f"“{before[1]}” is no English word that is known; “{content}” is taken to say what it means.",
    )  # fmt: skip


def original_named(b: Bracket, desk: Desk) -> Remark | None:
    """The word of the original, in its own script or with the name of its language: “[Russian: yacheika]”."""
    content = b.content.strip()
    named = _LANGUAGE.match(content)
    if named and len(content.split()) <= 10:
        head = len(b.content) - len(b.content.lstrip()) + named.end()
        return Remark(kind="original-term", attributes={"lang": language_of("", TAGS[named[1]])}, head=head)
    return Remark(kind="original-term") if script_of(content) and len(content.split()) <= 8 else None


def original_term(b: Bracket, desk: Desk) -> Remark | None:
    """The word of the original language: no English word, or one that English takes from elsewhere."""
    content = b.content.strip()
    if len(content.split()) > 6 or re.search(r"[\d?!;:.]", content) or not re.search(r"\w\W{0,3}\s$", b.left):
        return None
    if not content[:1].islower():
        return None
    share = share_english(content) if desk.in_english else 1.0
    sure = bool(_FOREIGN.search(content)) and share < 1
    if not (sure or share <= 0.5 or _HOUSEHOLD.issuperset(content.split())):
        return None
    remark = Remark(kind="original-term")
    if not sure:
        remark.rule, remark.severity = "original-term", INFO
        remark.message = f"“{content}” is no English word that is known and is taken as the word of the original."
    return remark


def explanation(b: Bracket, desk: Desk) -> Remark | None:
    """Other words for what stands before, announced as such: “i.e., …”, “literally …”, “or …”."""
    content = b.content.strip()
    found = _OTHERWISE.match(content)
    if not found or len(content.split()) > 12 or not re.search(r"\w\W*$", b.left):
        return None
    remark = Remark(kind="gloss")
    if found["open"] and found["sign"].isspace():
        remark.rule, remark.severity = "gloss-taken", INFO
        remark.message = (
            f"“{content}” is taken as other words for what stands before it, not as a part of the sentence."
        )
    return remark
