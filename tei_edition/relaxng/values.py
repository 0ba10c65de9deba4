"""Takes a value that an attribute cannot have and gives what to write, and that alone where it is certain."""

from __future__ import annotations

import re

from tei_edition.relaxng import dates, expected, wording
from tei_edition.relaxng.likeness import certain, likest
from tei_edition.relaxng.patterns import Pattern

_MONTHS = "january february march april may june july august september october november december".split()
_LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "czech": "cs", "dutch": "nl", "english": "en", "french": "fr", "german": "de",
    "greek": "el", "hebrew": "he", "hungarian": "hu", "italian": "it", "japanese": "ja", "korean": "ko",
    "latin": "la", "polish": "pl", "portuguese": "pt", "russian": "ru", "spanish": "es", "turkish": "tr",
    "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip
_BOOLEANS = {"yes": "true", "y": "true", "no": "false", "n": "false", "ja": "true", "nein": "false"}
_NUMBERS = {
    word: str(number) for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
}
_WHOLE = {"nonNegativeInteger", "positiveInteger", "integer", "decimal", "double", "unsignedInt", "unsignedShort"}


def remedy(words: str, patterns: tuple[Pattern, ...]) -> tuple[str, str]:
    """Return a hint, and the value to write where there is only one; both may be empty."""
    listed = sorted(set(expected.listed(patterns)))
    if listed:
        near = likest(words.lower(), listed, 0.72) if len(words) < 50 else ""
        sure = certain(words, listed)
        near = sure or near
        return wording.values(f"Write “{near}”, or one of" if near else "Write one of", listed), sure
    known = expected.types(patterns)
    if dates.TYPES & set(known):
        return _date(words, known.keys())
    if not words:
        return "Write a value, or leave the attribute out.", ""
    low = words.lower()
    if "boolean" in known and low in {*_BOOLEANS, "true", "false"}:
        new = _BOOLEANS.get(low, low)
        return f"Write “{new}”.", new
    if "language" in known:
        new = _LANGUAGES.get(low, words.replace("_", "-"))
        return (f"Write “{new}”.", new) if _fits(new, patterns) else (expected.form(patterns), "")
    if _WHOLE & set(known) and (new := _NUMBERS.get(low, "") or _number(words)) and _fits(new, patterns):
        return f"Write “{new}”" + (", and the unit in “unit”." if not words.isalpha() and new != words else "."), ""
    if "duration" in known and (new := _duration(low)) and _fits(new, patterns):
        return f"Write “{new}”.", new
    form = expected.form(patterns)
    if " " in words and re.search(r"[#/]", words):
        return "Write one pointer only, without blanks.", ""
    if " " in words and _fits(joined := "-".join(words.split()), patterns):
        return f"Write one word, without blanks, such as “{joined}”.", ""
    return form, ""


def _fits(words: str, patterns: tuple[Pattern, ...]) -> bool:
    return any(pattern.datatype.allows(words, {}) for pattern in expected.types(patterns).values())


def _number(words: str) -> str:
    found = re.fullmatch(r"(?:ca\.? ?)?(\d+)\D*", words, re.ASCII)
    return found[1] if found else ""


def _duration(words: str) -> str:
    found = re.fullmatch(r"(\d+) ?(year|month|day|hour|hr|minute|min)s?\.?", words, re.ASCII)
    if not found:
        return ""
    unit = found[2][0].upper()
    return f"P{'T' if found[2] not in {'year', 'month', 'day'} else ''}{found[1]}{unit}"


def _date(words: str, known: object) -> tuple[str, str]:
    """Return what to do with a date that is none, and the date where only one can be meant."""
    why = dates.reason("date", words)
    if why:
        return why, ""
    if not words:
        return "Write a date such as 1945-08-30, or leave the attribute out.", ""
    if clock := re.fullmatch(r"(\d\d?)[:.h](\d\d)(?:[:.](\d\d))?( ?[ap]\.?m\.?)?", words.lower(), re.ASCII):
        hour = int(clock[1]) % 12 + 12 * ("p" in clock[4]) if clock[4] else int(clock[1])
        new = f"{hour:02}:{clock[2]}:{clock[3] or '00'}"
        return (
            (f"Write “{new}”.", new if not clock[4] else "")
            if dates.moment("time", new)
            else ("There is no such time.", "")
        )
    bare = re.sub(r"^(ca?\.?|circa|around|about|~)\s*|\s*[?~]$|^\[|\]$", "", words, flags=re.IGNORECASE)
    new, other = normal(bare)
    if new and why_not(new):
        return f"Write “{new[:7]}”: {why_not(new)}" if len(new) > 7 else why_not(new), ""
    if new and other and new != other:
        return f"Write “{new}” or “{other}”, whichever is meant: year, month, day.", ""
    if new and bare != words:
        return f'Write “{new}”; for the doubt, add cert="medium", or give a span with notBefore and notAfter.', ""
    if new:
        # With dots the day comes first; that 06.07. is no month and day is likely, and not certain.
        dotted = re.match(r"(\d\d?)\. ?(\d\d?)\.", bare)
        sure = not dotted or int(dotted[1]) > 12 or int(dotted[1]) == int(dotted[2])
        return f"Write “{new}”.", new if sure else ""
    years = re.fullmatch(r"(\d\d)(\d\d)[-–/](\d\d)", bare)
    if years and years[3] > years[2]:
        return f'Write the two years of a span apart: from="{bare[:4]}" to="{years[1]}{years[3]}".', ""
    if month := re.fullmatch(r"\d{4}-(\d\d)", bare):
        return f"There is no month {month[1]}.", ""
    span = re.fullmatch(r"(\S+?)\s*(?:/|–|—|--?| to | bis )\s*(\S+)", bare)
    if span and (first := normal(span[1])[0]) and (last := normal(span[2])[0]):
        return f'Write the two dates of a span apart: from="{first}" to="{last}".', ""
    decade = re.fullmatch(r"(\d{3})0s", bare)
    if decade:
        return f'Write a span: notBefore="{decade[1]}0" notAfter="{decade[1]}9".', ""
    return "Write a date such as 1945-08-30, 1945-08 or 1945.", ""


def why_not(words: str) -> str:
    """Return why a date is not one of the calendar, as a sentence; else an empty string."""
    return dates.reason("date", words)


def normal(words: str) -> tuple[str, str]:
    """Return a date in the form of XML Schema, and the other date that may be meant; empty for what is no date.

    >>> normal("1945-6-3"), normal("30.06.1945"), normal("06/07/1945"), normal("June 3, 1945")
    (('1945-06-03', ''), ('1945-06-30', ''), ('1945-07-06', '1945-06-07'), ('1945-06-03', ''))
    """
    words = " ".join(words.split())
    digits = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", words, re.ASCII)
    dashed = re.fullmatch(r"(\d{4})[-–./ ](\d\d?)(?:[-–./ ](\d\d?))?", words, re.ASCII)
    if found := digits or dashed:
        return (_iso(found[1], found[2], found[3]), "") if 1 <= int(found[2]) <= 12 else ("", "")
    if found := re.fullmatch(r"(\d\d?)([./-])\s?(\d\d?)\2\s?(\d{4})", words, re.ASCII):
        first, last = int(found[1]), int(found[3])
        european = _iso(found[4], found[3], found[1]) if 1 <= last <= 12 else ""
        american = _iso(found[4], found[1], found[3]) if 1 <= first <= 12 and found[2] != "." else ""
        return (european or american, american if european else "")
    named = re.fullmatch(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.? )?([A-Za-z]{3,9})\.?,? (\d{4})", words, re.ASCII)
    if named:
        day, month, year = named.groups()
    elif named := re.fullmatch(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", words, re.ASCII):
        month, day, year = named.groups()
    elif found := re.fullmatch(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)(:\d\d)?", words, re.ASCII):
        return f"{found[1]}T{found[2]}{found[3] or ':00'}", ""
    elif re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", words, re.ASCII):
        return f"{words}:00", ""
    elif re.fullmatch(r"\d{4}", words, re.ASCII):
        return words, ""
    else:
        return "", ""
    number = [at for at, one in enumerate(_MONTHS, 1) if one.startswith(month.lower())]
    return (_iso(year, str(number[0]), day), "") if len(number) == 1 else ("", "")


def _iso(year: str, month: str, day: str | None) -> str:
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
