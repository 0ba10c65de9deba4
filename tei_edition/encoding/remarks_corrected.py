"""Recognises brackets that correct, or offer another form for, what stands before them."""

from __future__ import annotations

import re

from tei_edition.encoding.bracket import INFO, Bracket, Remark
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.foreign_words import is_english

_SIC = re.compile(
    r"(?:sic!?|!|(?:so|thus|as) (?:received|published|printed|heard|transmitted|in (?:the )?(?:original|source|"
    r"text)|given|"
    r"written)|так(?: в (?:тексте|документе|оригинале|подлиннике))?!?|(?:steht )?so im (?:original|text)|"
    r"sic dans le texte|así en el original|così nel testo|tak w (?:tekście|oryginale))"
    r"(?:(?P<before>\s?[,:;.—–-]?\s+(?:(?:should (?:be|read)|i\.e\.,?|recte|read|correctly|presumably|probably|meaning|"
    r"for|→)\s*:?\s+)?)"
    r"(?P<meant>.+))?",
    re.IGNORECASE | re.DOTALL,
)
_RECTE = re.compile(
    r"(?P<before>(?:recte|correctly|should (?:be|read)|read|correct|correction|corrected to|rectius|"
    r"properly|this should (?:be|read)|must (?:be|mean))\s*:?\s+)(?P<meant>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_MONTH = r"(?:jan|febr?|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_KINDS_OF_WORDS = tuple(
    frozenset(words.split())
    for words in (
        "a an the",
        "this that these those",
        "i we he she they",
        "me us him her them",
        "my our your his its their",
        "he him",
        "she her",
        "they them",
        "we us",
        "i me",
        "who whom",
        "there their they're",
        "here hear",
        "to too",
        "its it's",
        "your you're",
        "then than",
        "were where",
        "whose who's",
        "of off",
        "no know",
        "past passed",
        "principal principle",
        "council counsel",
        "lose loose",
        "affect effect",
        "accept except",
        "site sight cite",
        "weather whether",
        "mr mrs miss ms dr sir",
        "will would shall should can could may might must",
        "is was are were",
        "has have had",
    )
)
_PREPOSITIONS = frozenset(
    "of in on at by to from with for into upon over under about through between among against".split()
)


def sic(b: Bracket, desk: Desk) -> Remark | None:
    """“sic”, with or without what was meant; “recte …”."""
    content = b.content.strip()
    found = _SIC.fullmatch(content) or _RECTE.fullmatch(content)
    before = re.search(r"(?<![\w,.])(\d[\d,.]*\d|\w[\w'’.-]*)[”\"’')]*\s*$", b.left) or re.search(
        r"(\w[\w'’-]*)[.,;:”\"’')]*\s*$", b.left
    )
    if not found or (found.re is _RECTE and not before):
        return None
    if not before:
        return Remark(kind="note", attributes={"type": "editorial"})
    remark = Remark(
        kind="sic", start=before.start(1), end=before.end(1), rule="sic-scope", severity=INFO,
        message=f"“[{b.content}]” is taken to speak of “{before[1]}”.",
    )  # fmt: skip
    meant = found["meant"]
    words = re.fullmatch(r"[“\"'‘]?(\w.*?)[”\"'’.]*", meant or "", re.DOTALL)
    if words and len(words[1].split()) <= 4:
        at = b.start + 1 + b.content.index(content) + found.start("meant")
        remark.kind, remark.parts = "corr", (at + words.start(1), at + words.end(1))
        remark.message = f"“{meant}” is taken as the editor's correction of “{before[1]}”."
    elif meant:
        return Remark(kind="note", attributes={"type": "editorial"}, rule="bracket-note", severity=INFO,
                      message="What is said after “sic” is encoded as the editor's note.")  # fmt: skip
    return remark


def same_kind(one: str, other: str, *, doubtful: bool = False) -> bool:
    """Say whether two small words have the same place in a sentence; a doubt makes prepositions and “no” comparable."""
    pair = {one.lower().rstrip("."), other.lower().rstrip(".")}
    kinds = [*_KINDS_OF_WORDS]
    if doubtful:
        kinds[0] |= {"no"}
        kinds.append(_PREPOSITIONS)
    return len(pair) == 2 and any(pair <= kind for kind in kinds)


def numbers(b: Bracket, desk: Desk) -> Remark | None:
    """A number after a number corrects it; a number after a month is its day, or year."""
    content = b.content.strip()
    if not re.fullmatch(r"\d{1,4}(?:st|nd|rd|th)?|\d{1,3}(?:,\d{3})+", content) or re.match(r"\w", b.right):
        return None
    if re.search(rf"\b{_MONTH}\.?,?\s+$", b.left, re.IGNORECASE) and re.fullmatch(r"\d{1,2}|\d{4}", content):
        return Remark(kind="supplied", rule="date-supplied", severity=INFO,
                      message=f"“[{content}]” after a month belongs to the date and is no note.")  # fmt: skip
    before = re.search(r"(?<![\w.,/-])(\d{1,4}|\d{1,3}(?:,\d{3})+)(st|nd|rd|th)?\s$", b.left)
    of_month = re.search(rf"\b{_MONTH}\.?\s+\d{{1,2}}\s$", b.left, re.IGNORECASE)
    after = re.match(
        rf"\s*(?:[ap]\.?m\.?|o['’]clock|hours|%|percent|of\s|to\s|{_MONTH}|[a-z]{{3,}})", b.right, re.IGNORECASE
    )
    same = before and bool(before[2]) == content.endswith(("st", "nd", "rd", "th"))
    if not before or not same or not (before[2] or after or of_month or (len(before[1]) == 4 == len(content))):
        return None
    return Remark(
        kind="corr", start=before.start(1), end=before.end(2 if before[2] else 1), rule="bracket-correction",
        message=f"“[{content}]” after “{before[0].strip()}” is taken as the editor's correction of the number.",
    )  # fmt: skip


def small_words(b: Bracket, desk: Desk) -> Remark | None:
    """A small word after one of the same kind, “he [she]”, corrects it."""
    before = re.search(r"(?<![\w'’-])([A-Za-z]+\.?)\s+$", b.left)
    if not before or not same_kind(before[1], b.content.strip()):
        return None
    return Remark(
        kind="corr", start=before.start(1), end=before.end(1), rule="bracket-correction",
        message=f"“[{b.content}]” after “{before[1]}” is taken as the editor's correction: both have the same place.",
    )  # fmt: skip


def alternatives(b: Bracket, desk: Desk) -> Remark | None:
    """Two words with a question mark each, or “x or y?”: readings to choose from."""
    found = re.fullmatch(
        r"\s*([^?,;\s][^?,;]{0,30}?)(\?\s*[,;/]?\s+(?:or\s+)?|\?\s*/\s*)([^?,;]{1,30}?)\?\s*", b.content
    )
    if not found or len(found[1].split()) > 3 or len(found[3].split()) > 3 or not re.match(r"\w", found[3]):
        return None
    at = b.start + 1
    return Remark(
        kind="alternatives", parts=(at + found.end(1), at + found.start(3)), attributes={"cert": "low"},
        rule="bracket-uncertain",
        message=f"“[{b.content}]” gives two conjectures; they are encoded as a choice.",
    )  # fmt: skip


def corrected(b: Bracket, desk: Desk) -> Remark | None:
    """A word spelt nearly as the one before it, “recieved [received]”, “US [UN]”: its correction."""
    before = re.search(r"(?<![\w'’-])([^\W\d_][\w'’-]*)\s+$", b.left)
    content = b.content.strip()
    if not before or not re.fullmatch(r"[^\W\d_][\w'’-]*", content) or before[1] == content:
        return None
    capitals = before[1].isupper() and content.isupper() and len(content) > 1
    if before[1][0].isupper() != content[0].isupper() or (content[0].isupper() and not capitals):
        return None
    alike = capitals and len(before[1]) == len(content) and _apart(before[1], content) == 1
    if not alike and not is_slip(before[1], content):
        return None
    if desk.in_english and not capitals and is_english(before[1]) and not is_english(content):
        return None  # the word of the original
    return Remark(
        kind="corr", start=before.start(1), end=before.end(1), rule="bracket-correction",
        message=f"“[{content}]” is spelt nearly as “{before[1]}” before it and is taken as its correction.",
    )  # fmt: skip


def is_slip(word: str, meant: str) -> bool:
    """Say whether a word may be a slip of the pen for another: few letters are put in, left out, changed or exchanged.

    >>> is_slip("comittee", "committee"), is_slip("decided", "divided"), is_slip("present", "political")
    (True, True, False)
    """
    one, two = word.casefold(), meant.casefold()
    if one == two or min(len(one), len(two)) < 4 or not (one.isalpha() and two.isalpha()):
        return False
    allowed = 1 if max(len(one), len(two)) < 6 else 2
    if abs(len(one) - len(two)) > allowed:
        return False
    return _apart(one, two) <= allowed or (len(one) == len(two) and sorted(one) == sorted(two))


def _apart(one: str, two: str) -> int:
    """Return the number of letters to put in, take out or change (Levenshtein's distance)."""
    row = list(range(len(two) + 1))
    for number, letter in enumerate(one, 1):
        corner, row[0] = row[0], number
        for place, other in enumerate(two, 1):
            corner, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, corner + (letter != other))
    return row[-1]


def clipped(b: Bracket, desk: Desk) -> Remark | None:
    """The same word, shorter or longer: “laboratory [lab]”."""
    before = re.search(r"(?<![\w'’-])([^\W\d_]{3,})\s+$", b.left)
    content = b.content.strip()
    if not before or not re.fullmatch(r"[^\W\d_]{3,}", content):
        return None
    one, two = before[1].lower(), content.lower()
    short, long = sorted((one, two), key=len)
    if one == two or not long.startswith(short) or len(long) - len(short) < 3:
        return None
    return Remark(kind="variant", start=before.start(1), end=before.end(1), rule="bracket-variant", severity=INFO,
                  message=f"“{content}” is taken as another form of the word “{before[1]}”.")  # fmt: skip
