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

_UNIT = (
    r"(?P<unit>word|line|letter|character|group|page|paragraph|sentence|"
    r"(?:(?:sur|fore|first |last |family |given |place |"
    r"code |cover |street |file |proper |personal )?name)|number|phrase|section|passage|syllable|"
    r"digit|figure|column)(?P<plural>s?)"
)
_NUMBER = rf"(?:\d{{1,4}}(?: ?½|[ -]1/2)?|½|1/2|{'|'.join(NUMBERS)})"
_COUNT = (
    rf"(?:(?P<vague>several|a few|some|many|a number of|a couple of|about {_NUMBER}|around {_NUMBER}|"
    rf"approximately {_NUMBER}|"
    rf"ca?\.? ?{_NUMBER}|half an?)|"
    rf"(?P<less>less than|up to|at most) (?P<most>{_NUMBER})|(?P<more>more than|at least) (?P<least>{_NUMBER})|"
    rf"(?P<low>{_NUMBER})(?: ?(?:-|–|or|to) ?(?P<high>{_NUMBER}))?)"
)
_STATES = {
    "missing": "missing", "missed": "missing", "lost": "missing", "torn": "missing", "torn off": "missing",
    "cut off": "missing", "incomplete": "missing", "breaks off": "missing", "broken off": "missing",
    "faded": "illegible",
    "unclear": "unclear", "illegible": "illegible", "unreadable": "illegible", "indecipherable": "illegible",
    "undecipherable": "illegible", "not legible": "illegible", "not clear": "unclear", "inaudible": "inaudible",
    "unintelligible": "inaudible", "omitted": "editorial", "garbled": "garbled", "garble": "garbled",
    "unrecovered": "unrecovered",
    "undecoded": "unrecovered", "not recovered": "unrecovered", "unrecoverable": "unrecoverable",
    "not recoverable": "unrecoverable", "redacted": "redacted", "not declassified": "redacted",
    "blacked out": "redacted", "withheld": "redacted", "excised": "redacted", "sanitized": "redacted",
    "sanitised": "redacted", "deleted": "redacted", "censored": "redacted", "expunged": "redacted",
    "indistinct": "unclear", "not readable": "illegible", "damaged": "missing", "destroyed": "missing",
    "not preserved": "missing", "cut": "missing", "not transcribed": "editorial", "not translated": "editorial",
    "not printed": "editorial", "left out": "editorial", "untranslated": "editorial", "unidentified": "unrecovered",
    "undecrypted": "unrecovered", "undecipherable in original": "illegible", "apparent garble": "garbled",
    "not audible": "inaudible", "inaudible section": "inaudible", "blurred": "illegible", "smudged": "illegible",
    "not received": "missing", "burned": "missing", "ink blot": "illegible", "illisible": "illegible",
    "unleserlich": "illegible", "ilegible": "illegible", "ilegível": "illegible", "illeggibile": "illegible",
    "nieczytelne": "illegible", "nečitelné": "illegible", "olvashatatlan": "illegible",
    "неразборчиво": "illegible", "нрзб": "illegible", "нечитаемо": "illegible",
}  # fmt: skip
_STATE = "(?P<state>" + "|".join(sorted(_STATES, key=len, reverse=True)) + ")"
_THING = (
    r"(?:(?:hand)?writ(?:ing|ten)|(?:one |a )?(?:hand-?written )?(?:text|passage|signatures?|remainder|rest|"
    r"portions?|part|"
    r"documents?|papers?|original|copy|manuscript|sheet|leaf|fragment|file|microfilm|photocopy|"
    r"date|ending|end|beginning|title|day|month|year|place|time|addressee|sender|tape|recording|audio|heading|address|initials|postscript|attachment|enclosure|annex|"
    r"(?:marginal )?(?:note|comment|remark)s?))"
)
_ORDINAL = r"(?:(?:the )?(?:first|second|third|last|final|next|previous|preceding|following|opening|closing|entire) )?"
_OF = r"(?: of (?:an? |the |this )?[\w'’ -]{2,40}?)?"
_BE = r"(?: (?:is|are|was|were|has been|have been|here))?"
_GAP = re.compile(
    rf"{_ORDINAL}(?:{_COUNT} ?)?{_UNIT}(?: \d{{1,4}}(?: ?(?:[-–,]|and|to) ?\d{{1,4}})*)?"
    rf"{_OF}{_BE} {_STATE}(?P<rest>\b.*)|"
    rf"(?:{_COUNT.replace('P<', 'P<b_')} )?{_STATE.replace('state', 'state2')}"
    rf"(?: {_UNIT.replace('unit', 'unit2').replace('plural', 'plural2')}| {_THING})?(?P<rest2> in (?:the )?\w+|"
    rf" ?[;,:(] ?.{{2,40}}| ?[—–-] ?.{{2,40}})?|"
    rf"(?:the )?{_THING}{_OF}{_BE} {_STATE.replace('state', 'state3')}(?P<rest3>\b.*)",
    re.IGNORECASE,
)
_OMITTED = re.compile(
    r"(?:…|\.\s?\.\s?\.(?:\s?\.)?)|(?:omitted here|here follows?|here omitted|there follows?)\b.*|"
    r"(?:matter|text|passage|portion|section|paragraph|material|remainder|rest)s? (?:is |are )?omitted\b.*|omissions?|"
    r"(?!(?:he|she|it|they|we|i|as|footnote)\b|.*\b(?:who|which|that|what)\b)"
    r"(?:[\w’'.-]+(?: [\w’',.-]+){0,20} )??"
    r"(?<!but )(?:(?:is|are)(?: here)? )?(?:omitted|not (?:printed|reproduced|published here|included))(?: here)?"
    r"(?: (?:by|from|in) (?:the )?\w+(?: \w+)?)?|"
    r"(?:excerpt|passage)s? (?:ends?|begins?|omitted)|(?:unrelated|extraneous|duplicate) (?:matter|text|material).*|"
    r"snip",
    re.IGNORECASE | re.DOTALL,
)
_WITHHELD = re.compile(
    rf"(?:{_COUNT} ?)?(?:(?:{_UNIT}|document number|remainder of (?:the )?\w+|text|"
    rf"[\w'’ ]{{2,40}}?)(?: of source text)?"
    rf"(?: \([^)]*\))?) not (?:yet )?declassified\b.*|not declassified|deleted|redacted|excised|sanitized|"
    r"(?:\w+ ){1,3}redacted|(?:redacted|sanitized|excised|deleted)\s?[—–:-].*|classified|security deletion|"
    r"deletion|redactions?|"
    r"(?:personal(?:ly)? )?(?:privacy|identifiable information|national security)(?: deletion| exemption)?",
    re.IGNORECASE | re.DOTALL,
)
_HOW_MUCH = re.compile(rf"\W*(?P<near>approx\. |perhaps |probably |some )?{_COUNT} {_UNIT}\W*", re.IGNORECASE)
_STRUCK = re.compile(
    rf"{_COUNT} {_UNIT} (?:is |are |has been |have been )?(?:illegibly )?"
    r"(?:crossed|struck|scratched|blotted|inked) (?:out|through)",
    re.IGNORECASE,
)
_SPAN_OF_PAGES = re.compile(r"\b(?:pages?|pp?\.|lines?)\s(\d{1,4})\s?(?:[-–]|to)\s?(\d{1,4})\b", re.IGNORECASE)
_LASTING = re.compile(
    r"duration:?\s*(?:(?P<h>\d+)\s*h\w*\.?\s*)?(?:(?P<m>\d+)\s*m(?:in\w*)?\.?\s*)?(?:(?P<s>\d+)\s*s(?:ec\w*)?\.?)?\s*",
    re.I,
)
_DIVIDED = re.compile(r"(?<=[a-z])-\s*\n\s*(?=[a-z])")
_LETTER = re.compile(r"\w")
_DASHES = re.compile(r"(?:[-–—]\s?)+|(?:\.\s?){5,}|[xX]{3,}|[█■]+")
_ABOUT = re.compile(r"(?:c|ca|circa)\.?\s?(\d{1,3})", re.IGNORECASE)


def gap_attributes(content: str, profile: Profile) -> dict[str, str] | None:
    """Return the attributes of the gap that an editor's words describe, or None when they describe none.

    >>> from tei_edition.encoding.profiles import PROFILES
    >>> gap_attributes("one or two words unclear", PROFILES["digital-archive"])
    {'reason': 'illegible', 'unit': 'word', 'atLeast': '1', 'atMost': '2'}
    >>> gap_attributes("several words missing", PROFILES["digital-archive"])
    {'reason': 'lost', 'unit': 'word', 'extent': 'several words'}
    """
    whole = _DIVIDED.sub("", content) if "\n" in content else content
    text = " ".join(whole.split()).rstrip(".!")
    worded = _LETTER.search(text) is not None
    if worded:
        text = text.strip(" .…*")
    if _OMITTED.fullmatch(text if worded else content.strip()):
        counted = _GAP.fullmatch(text)
        return {"reason": profile.omission, **(_extent(counted) if counted and counted["unit"] else {})}
    about = _ABOUT.fullmatch(text)
    if about:
        return {"reason": "lost", "unit": "character", "quantity": about[1]}
    if _DASHES.fullmatch(text):
        if text[0] in "xX█■":
            return {"reason": "redacted"}
        return {"reason": profile.unclear, "unit": "character", "extent": "unknown"}
    lasting = _LASTING.fullmatch(text)
    if lasting and (lasting["h"] or lasting["m"] or lasting["s"]):
        seconds = sum(int(lasting[key] or 0) * factor for key, factor in (("h", 3600), ("m", 60), ("s", 1)))
        return {"reason": "redacted", "unit": "second", "quantity": str(seconds)}
    found = _WITHHELD.fullmatch(text)
    if found:
        return {"reason": "redacted", **_extent(found)}
    if struck := _STRUCK.fullmatch(text):
        return {"reason": "cancelled", **_extent(struck)}
    found = _GAP.fullmatch(text)
    rest = (found["rest"] or found["rest2"] or found["rest3"] or "") if found else ""
    if not found or rest.strip(" ,;:-—–()").count(" ") > 8:
        return None
    if found["state2"] and not found["unit2"] and (text.lower() in _ALSO_VERBS or found["b_low"] or found["b_vague"]):
        return None
    if "signature" in text.lower():
        return None  # what the document has there is known
    state = _STATES[(found["state"] or found["state2"] or found["state3"]).lower()]
    reason = {"missing": profile.missing, "unclear": profile.unclear}.get(state, state)
    if found["state2"]:
        told = _HOW_MUCH.fullmatch(rest)  # “illegible, two words”
        near = {"precision": "low"} if told and told["near"] and told["low"] else {}
        return {"reason": reason, **(_extent(told) if told else _extent(found, "b_", "unit2")), **near}
    run = _SPAN_OF_PAGES.search(text)
    count = int(run[2]) - int(run[1]) + 1 if run else 0
    return {"reason": reason, **_extent(found), **({"quantity": str(count)} if count > 0 else {})}


def _extent(found: re.Match[str], prefix: str = "", name: str = "unit") -> dict[str, str]:
    counts = found.groupdict()
    unit = {"unit": "name" if counts[name].lower().endswith("name") else counts[name].lower()} if counts[name] else {}
    vague, low, high = (counts[prefix + key] for key in ("vague", "low", "high"))
    if vague:
        plural = counts[name.replace("unit", "plural")] or ""
        return {**unit, "extent": f"{vague} {counts[name]}{plural}" if counts[name] else vague}
    if not unit:
        return {}
    if counts[prefix + "most"]:
        return {**unit, "atMost": _number(counts[prefix + "most"])}
    if counts[prefix + "least"]:
        return {**unit, "atLeast": _number(counts[prefix + "least"])}
    if low and high:
        return {**unit, "atLeast": _number(low), "atMost": _number(high)}
    if low:
        return {**unit, "quantity": _number(low)}
    # “word illegible”: a noun in the singular is one.
    single = unit["unit"] in _COUNTED and not counts[name.replace("unit", "plural")]
    return {**unit, "quantity": "1"} if single else unit


_ALSO_VERBS = (
    "cut",
    "destroyed",
    "damaged",
    "unidentified",
    "left out",
    "not clear",
    "not printed",
    "missed",
    "incomplete",
    "faded",
    "not received",
    "burned",
    "blurred",
)
"""States that, alone in a bracket, may as well be words of the sentence."""
_COUNTED = ("word", "line", "letter", "character", "group", "page", "paragraph", "sentence", "name")


def _number(word: str) -> str:
    word = word.lower()
    half = re.fullmatch(r"(\d*)[ -]?(?:½|1/2)", word)
    if half and (half[1] or word in ("½", "1/2")):
        return f"{half[1] or 0}.5"
    return word if word.isdigit() else str(NUMBERS[word])
