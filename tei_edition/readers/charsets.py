"""Takes bytes that are not UTF-8 and says in which encoding they most likely are.

A guess is good for a script, not for a language: charset-normalizer tells Cyrillic, Chinese or Greek apart from Latin
letters, and takes Western letters for Central European ones. So its word is taken for other scripts, and among the
Latin encodings the signs decide: one of them that stands inside words is a letter of another encoding.
"""

from __future__ import annotations

import re
import unicodedata

_INSIDE = re.compile(
    r"(?<=[^\W\d_])[¢£¤¥¦§¨©ª¬®¯°±²³´µ¶¸¹º»¼½¾¿×÷¡](?=[^\W\d_])|(?<!\w)[£¦¬¯±¶¼¾¿](?=[^\W\d_]{2})"
    r"|(?<=[^\W\d_])[¢¤¥¦¬¯±¶¼½¾¿](?!\w)"
)
"""Signs where letters stand."""
_LATIN = ("windows-1252", "windows-1250", "iso8859-2", "windows-1254", "windows-1257")
_SCRIPTS = (
    "cp1251", "koi8_r", "koi8_u", "cp866", "mac_cyrillic", "iso8859_5", "cp1253", "iso8859_7", "cp1255", "cp1256",
    "big5", "big5hkscs", "gb18030", "cp932", "euc_jp", "iso2022_jp", "cp949", "euc_kr", "cp874",
)  # fmt: skip
"""The encodings of other scripts that files are in."""
_MOST = 200_000
"""Bytes that are looked at."""


def declared(data: bytes) -> str:
    """Return the encoding that a page in HTML or XML names at its beginning, where its bytes can be read in it.

    >>> declared(b'<meta charset="koi8-r"><p>\\xcd')
    'koi8-r'
    """
    found = re.search(rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})", data[:4000])
    if found is None:
        return ""
    name = found[1].decode()
    name = "windows-1252" if name.lower() in ("iso-8859-1", "latin1", "us-ascii") else name  # as browsers do
    try:
        return name if isinstance(data.decode(name), str) else ""
    except (LookupError, ValueError, AssertionError):
        return ""


def guessed(data: bytes) -> str:
    """Return the name of an encoding in which all of some bytes can be read.

    >>> guessed("Привет, как дела? Мы пришли вчера вечером.".encode("cp1251"))
    'windows-1251'
    >>> guessed("Garçon, un café à la crème, s’il vous plaît".encode("cp1252"))
    'windows-1252'
    >>> guessed("Źródła społeczności łódzkiej".encode("cp1250"))
    'windows-1250'
    """
    if found := wide(data):
        return found
    sample = data[:_MOST]
    other = _other_script(sample)
    if other:
        return other
    fitting = [(len(_INSIDE.findall(text)), name) for name in _LATIN if (text := _read(sample, name)) is not None]
    return min(fitting, key=lambda item: (item[0], _LATIN.index(item[1])), default=(0, _LATIN[0]))[1]


def wide(data: bytes) -> str:
    """Return which kind of UTF-16 some bytes are, by what they read as; or nothing.

    >>> wide("Сталин: Да.\\n".encode("utf-16-be")), wide(b"a\\0b\\1")
    ('utf-16-be', '')
    """
    sample = data[:4000]
    if len(data) % 2:
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        text = _read(sample, name) or _read(sample[:-2], name)  # the end may cut a character of four bytes
        if text and sum(letter in " \n" for letter in text) * 60 >= len(text) and _is_writing(text):
            return name
    return ""


def _is_writing(text: str) -> bool:
    """Say whether nearly all characters are ones that texts have."""
    strange = sum(
        unicodedata.category(letter) in ("Cc", "Cn", "Co", "Cs") and letter not in "\t\n\r\f" for letter in text
    )
    return 50 * strange <= len(text)


def _other_script(sample: bytes) -> str:
    """Return the encoding of a text most of whose letters beyond ASCII are not Latin, or nothing."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_SCRIPTS), enable_fallback=False).best()
    if best is None:
        return ""
    words = [word for word in re.findall(r"[^\W\d_]+", str(best)[:20_000]) if not word.isascii()]
    mixed = sum(any("LATIN" in unicodedata.name(letter, "") for letter in word) for word in words)
    if not words or 3 * mixed > len(words):
        return ""  # letters of two scripts in one word: these bytes are accented letters
    name = best.encoding.replace("_", "-")
    return re.sub(r"^cp(125\d)$", r"windows-\1", name)


def _read(sample: bytes, name: str) -> str | None:
    """Return the text in an encoding, None where some bytes are no characters that a text has."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return None
    return None if re.search("[\x80-\x9f]", text) else text
