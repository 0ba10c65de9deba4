"""Takes words of an editor's bracket and says whether they are English, and if not, of which language.

A word is English when the word list of pyspellchecker has it, or has what is left without a prefix or an ending. The
language of a foreign word is told by its script, by what the page says of the original, or by its spelling.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from functools import cache
from importlib.resources import files

_SCRIPTS = {
    "CYRILLIC": "ru uk be bg sr mk kk ky mn tg", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh ja ko",
    "HANGUL": "ko", "ARABIC": "ar fa ur ug ku", "GREEK": "el", "HEBREW": "he yi", "THAI": "th", "DEVANAGARI": "hi",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "BENGALI": "bn", "TIBETAN": "bo", "KHMER": "km", "LAO": "lo", "MYANMAR": "my",
}  # fmt: skip
"""Languages by the script of their letters (the first word of the letter's Unicode name), the likeliest first."""
_ROMANISED = frozenset(" ".join(_SCRIPTS.values()).split())
_SOUND = (
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:[iu]?a(?:ng?|[io])?|i?o(?:ng|u)?|[iu]?e(?:ng?|i|r)?|u[ino]?|ing?|ui|üe?)"
)
_SPELLINGS = tuple(
    (tag, re.compile(pattern))
    for tag, pattern in (
        ("hu", r"[őű]|sz[eéoö]v|(?:ság|ség)(?:a|e|i|ok|ek)?\b"),
        ("cs", "[řěů]"),
        ("pl", "[łąęśźż]"),
        ("pt", r"[ãõ]|ç[aãoõ]|(?:dade|mente|agem|eiro|eira)s?\b|[ln]h[aeo]"),
        ("es", r"[ñ¿¡]|(?:ción|ciones|miento|mientos|dad|dades)\b|ll[aeo]s?\b"),
        ("it", r"zion[ei]\b|ità\b|gli|cch"),
        ("ro", "[țșţă]"),
        ("tr", "[ğı]"),
        ("vi", "[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữự]"),
        ("de", r"ß|(?:ung|keit|heit|schaft)(?:en)?\b|[äöü]"),
        ("da", "[æø]"),
        ("sv", "å"),
        ("fr", r"[èêëùœâàçîû]|(?:eux|eau|aux|oir)\b|ées?\b"),
        ("ru-Latn", r"[a-z]['’ʹ](?:\s|$|[aeioubdgklmnpstvz])|[bdlmnprstvz]iad|cheik|chi[ey]\b|ie\b|zh|"
         r"(?<!ei)kh|shch|ts|(?:[iy]i|iia|iya|[iy]iu|ogo|nie|niye|nost|stvo|"
                    r"stva|[aeiou]t|ovat|[iy]kh|[iy]mi|nyi|kom|bilo|bylo)\b"),
    )
)  # fmt: skip
"""Languages by letters and endings that are theirs, in the order in which they are tried."""
_BETWEEN, _LETTER = re.compile(r"[-–/]"), re.compile("[a-z]")
_PREFIX = re.compile(
    r"(?:un|re|non|anti|counter|over|under|sub|inter|pre|post|de|dis|mis|co|semi|pro|ultra|super|self|in)-?"
)
_ENDING = re.compile(
    r"(?:['’]s|s|es|ed|d|ing|ly|ness|ment|ments|i[sz]ation|ation|i[sz]ed?|i[sz]ing|ers?|ism|ists?|able|less|like|wide|ship|al)$"
)


@cache
def _words() -> frozenset[str]:
    packed = files("spellchecker").joinpath("resources", "en.json.gz").read_bytes()
    return frozenset(json.loads(gzip.decompress(packed)))


@cache
def is_english(word: str) -> bool:
    """Say whether a word, or each part of it between hyphens, is English or can be made of an English word.

    >>> is_english("denuclearization"), is_english("rukovodstvo")
    (True, False)
    """
    return all(map(_known, filter(None, _BETWEEN.split(word.lower().replace("’", "'")))))


def _known(word: str) -> bool:
    known = _words()
    if word in known or not _LETTER.search(word):
        return True
    for stem in {word, _PREFIX.sub("", word, count=1)}:
        base = _ENDING.sub("", stem)
        forms = (stem, base, f"{base}e", f"{base[:-1]}y" if base.endswith("i") else base)
        if any(len(form) > 2 and form in known for form in forms if form != word):
            return True
    return False


def share_english(words: str) -> float:
    """Return which part of some words is English, from 0 to 1.

    >>> share_english("the work team"), share_english("gongzuo dui")
    (1.0, 0.0)
    """
    found = re.findall(r"[^\W\d_][\w'’-]*", words)
    return sum(map(is_english, found)) / len(found) if found else 1.0


def language_of(words: str, original: str = "") -> str:
    """Return the language tag (BCP 47) of foreign words; ``original`` is the tag of the language of the original.

    >>> language_of("братство"), language_of("rukovodstvo"), language_of("guberniia", "uk"), language_of("nota", "pt")
    ('ru', 'ru-Latn', 'uk-Latn', 'pt')
    """
    script = script_of(words)
    if script:
        tags = _SCRIPTS[script].split()
        return original if original in tags else tags[0]
    if original and original != "en":
        return f"{original}-Latn" if original in _ROMANISED else original
    if re.fullmatch(rf"(?:{_SOUND}|[\s'’-])+", words, re.IGNORECASE) and re.search(r"q|x|zh|ng|uo|ao|ü", words):
        return "zh-Latn"
    return next((tag for tag, spelling in _SPELLINGS if spelling.search(words.lower())), "und")


def script_of(words: str) -> str:
    """Return the script of the letters, by its Unicode name, or nothing when they are Latin.

    >>> script_of("中国"), script_of("lucha")
    ('CJK', '')
    """
    for letter in words:
        if letter > "\u0370" and letter.isalpha():
            script = unicodedata.name(letter, "").split()[0].split("-")[0]
            if script in _SCRIPTS:
                return script
    return ""
