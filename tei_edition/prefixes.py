"""Takes the header of a document and gives the addresses that its own prefixes (``psn:stalin``) stand for."""

from __future__ import annotations

import re

from lxml import etree

from tei_edition.tei import TEI

LONGEST = 200
"""Characters of a pointer that are held against a pattern."""

_CHOICES = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]|(?P<repeated>\)[*+{])|(?P<many>[*+{])|(?P<two>\||(?<!\()\?)", re.DOTALL
)


class Prefixes:
    """The prefixes that a document declares: ``prefixDef`` (TEI Guidelines, SA, section on abbreviated pointers)."""

    def __init__(self, root: etree._Element | None) -> None:
        self._known: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for one in () if root is None else root.iter(f"{{{TEI}}}prefixDef"):
            pattern, replacement = _pattern(one.get("matchPattern", "")), one.get("replacementPattern")
            if pattern and replacement is not None:
                self._known.setdefault(one.get("ident", "").strip(), []).append((pattern, replacement))

    def whole(self, pointer: str) -> str:
        """Return the address that a pointer stands for; the pointer itself when no declaration of its prefix fits.

        >>> header = etree.fromstring(
        ...     '<prefixDef xmlns="http://www.tei-c.org/ns/1.0" ident="psn" matchPattern="([a-z]+)"'
        ...     ' replacementPattern="persons.xml#$1"/>')
        >>> Prefixes(header).whole("psn:stalin"), Prefixes(header).whole("plc:9")
        ('persons.xml#stalin', 'plc:9')
        """
        if not self._known:
            return pointer
        prefix, colon, rest = pointer.partition(":")
        for pattern, replacement in self._known.get(prefix, ()) if colon else ():
            if len(rest) <= LONGEST and (found := pattern.fullmatch(rest)):
                groups = (found[0], *(group or "" for group in found.groups()))
                for number, group in enumerate(groups):
                    replacement = replacement.replace(f"${number}", group)
                return replacement
        return pointer


def _pattern(text: str) -> re.Pattern[str] | None:
    """Return a pattern that is safe to try; None for one that is wrong, or that could take for ever.

    A group that repeats can hold a repetition, and then a pointer of forty letters takes hours; so can many
    repetitions or alternatives in a row.
    """
    counted = [found.lastgroup for found in _CHOICES.finditer(text) if found.lastgroup]
    if "repeated" in counted or counted.count("many") > 3 or len(counted) > 6:
        return None
    try:
        return re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return None
