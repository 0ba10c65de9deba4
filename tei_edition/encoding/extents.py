"""Takes an editor's words about something that is not there and gives the attributes of ``gap``.

The grammar is “gap”, “omitted” and “withheld” of docs/encodings.md; the attributes are those of the TEI classes
att.dimensions and att.ranging.
"""

from __future__ import annotations

import re

from tei_edition.encoding.profiles import Profile

NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        1,
    )
} | {"a": 1, "an": 1, "single": 1, "half a": 1}

_UNIT = r"(?P<unit>word|line|letter|character|group|page|paragraph|sentence|name|number|phrase|section)s?"
_NUMBER = rf"(?:\d{{1,4}}|{'|'.join(NUMBERS)})"
_COUNT = (
    rf"(?:(?P<vague>several|a few|some|many|about {_NUMBER}|approximately {_NUMBER}|ca\.? {_NUMBER}|half an?)|"
    rf"(?P<less>less than|up to|at most) (?P<most>{_NUMBER})|(?P<more>more than|at least) (?P<least>{_NUMBER})|"
    rf"(?P<low>{_NUMBER})(?: ?(?:-|–|or|to) ?(?P<high>{_NUMBER}))?)"
)
_STATES = {
    "missing": "missing", "lost": "missing", "torn": "missing", "torn off": "missing", "cut off": "missing",
    "unclear": "unclear", "illegible": "illegible", "unreadable": "illegible", "indecipherable": "illegible",
    "undecipherable": "illegible", "not legible": "illegible", "not clear": "unclear", "inaudible": "inaudible",
    "unintelligible": "inaudible", "omitted": "editorial", "garbled": "garbled", "unrecovered": "unrecovered",
    "undecoded": "unrecovered", "not recovered": "unrecovered", "unrecoverable": "unrecoverable",
    "not recoverable": "unrecoverable", "redacted": "redacted", "not declassified": "redacted",
    "blacked out": "redacted", "withheld": "redacted", "excised": "redacted", "sanitized": "redacted",
}  # fmt: skip
_STATE = "(?P<state>" + "|".join(sorted(_STATES, key=len, reverse=True)) + ")"
_THING = r"(?:(?:hand)?writ(?:ing|ten)|text|passage|signature|remainder|rest|portion|part|date|ending|end)"

_GAP = re.compile(
    rf"(?:{_COUNT} ?)?{_UNIT}(?: of (?:the )?(?:source )?(?:text|original|document|page))?"
    rf"(?: (?:is|are|was|were))? {_STATE}(?P<rest>.*)|"
    rf"{_STATE.replace('state', 'state2')}(?: {_UNIT.replace('unit', 'unit2')})?|"
    rf"(?:the )?(?:{_THING}|(?:remainder|rest) of (?:the )?\w+)(?: (?:is|was))? {_STATE.replace('state', 'state3')}",
    re.IGNORECASE,
)
_OMITTED = re.compile(
    r"(?:…|\.\s?\.\s?\.(?:\s?\.)?)|(?:omitted here|here follows?|here omitted)\b.*|(?:matter|text|passage) omitted|"
    r"(?:excerpt|passage)s? (?:ends?|omitted)",
    re.IGNORECASE | re.DOTALL,
)
_WITHHELD = re.compile(
    rf"(?:{_COUNT} ?)?(?:(?:{_UNIT}|document number|remainder of paragraph|text|name)(?: of source text)?"
    rf"(?: \([^)]*\))?) not declassified\b.*|deleted|redacted|excised|sanitized|\w+ redacted|classified",
    re.IGNORECASE | re.DOTALL,
)


def gap_attributes(content: str, profile: Profile) -> dict[str, str] | None:
    """Return the attributes of the gap that an editor's words describe, or None when they describe none.

    >>> from tei_edition.encoding.profiles import PROFILES
    >>> gap_attributes("one or two words unclear", PROFILES["digital-archive"])
    {'reason': 'illegible', 'unit': 'word', 'atLeast': '1', 'atMost': '2'}
    >>> gap_attributes("several words missing", PROFILES["digital-archive"])
    {'reason': 'lost', 'unit': 'word', 'extent': 'several words'}
    """
    text = " ".join(content.split()).rstrip(".!")
    if _OMITTED.fullmatch(text or content.strip()):
        return {"reason": profile.omission}
    found = _WITHHELD.fullmatch(text)
    if found:
        return {"reason": "redacted", **_extent(found)}
    found = _GAP.fullmatch(text)
    if not found or (found["rest"] or "").strip(" ,;:-—–()").count(" ") > 8:
        return None
    state = _STATES[(found["state"] or found["state2"] or found["state3"]).lower()]
    reason = {"missing": profile.missing, "unclear": profile.unclear}.get(state, state)
    attributes = {"reason": reason, **_extent(found)}
    if found["state2"] and found["unit2"]:
        attributes["unit"] = found["unit2"].lower()
    return attributes


def _extent(found: re.Match[str]) -> dict[str, str]:
    unit = {"unit": found["unit"].lower()} if found["unit"] else {}
    if found["vague"]:
        counted = found[0][: found.end("unit") - found.start()] if found["unit"] else found["vague"]
        plural = found[0][len(counted) : len(counted) + 1]
        return {**unit, "extent": counted + (plural if plural == "s" else "")}
    if not unit:
        return {}
    if found["most"]:
        return {**unit, "atMost": _number(found["most"])}
    if found["least"]:
        return {**unit, "atLeast": _number(found["least"])}
    if found["low"] and found["high"]:
        return {**unit, "atLeast": _number(found["low"]), "atMost": _number(found["high"])}
    return {**unit, "quantity": _number(found["low"])} if found["low"] else unit


def _number(word: str) -> str:
    return word if word.isdigit() else str(NUMBERS[word.lower()])
