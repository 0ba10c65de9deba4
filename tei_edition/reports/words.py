"""Takes words of a document and gives them so that no terminal, log or page obeys them."""

from __future__ import annotations

from tei_edition.finding import Finding

_SIGNS: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(32) if code not in (9, 10)},
    **dict.fromkeys([*range(127, 160), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "␦"),
    **dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "�"),
}
"""Control characters could rewrite a terminal, marks of direction turn a line round; XML has no place for either."""


def shown(text: str) -> str:
    """Return a text with a sign in place of each control character; tabs and line ends stay.

    >>> shown("a\\x1b[2J")
    'a␛[2J'
    """
    return text.translate(_SIGNS)


def in_one_line(text: str) -> str:
    """Return a text with a sign in place of each control character, tabs and line ends too."""
    return shown(text).replace("\n", "␊").replace("\t", "␉")


def advice(finding: Finding) -> str:
    """Return the message of a finding with its hint, as one text."""
    return f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
