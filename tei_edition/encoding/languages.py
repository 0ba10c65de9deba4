"""Takes what a page says of languages; gives the language shown, the original one, and whether it is translated."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tei_edition.tei import NS, E
from tei_edition.transcript import Field, Transcript

_TABLE = """
Albanian sq Arabic ar Armenian hy Azerbaijani az Belarusian be Bulgarian bg Burmese my Chinese zh Croatian hr
Czech cs Danish da Dutch nl English en Estonian et Finnish fi French fr Georgian ka German de Greek el Hebrew
he Hindi hi Hungarian hu Indonesian id Italian it Japanese ja Kazakh kk Khmer km Korean ko Kurdish ku Lao lo
Latin la Latvian lv Lithuanian lt Macedonian mk Malay ms Mongolian mn Norwegian no Persian fa Polish pl
Portuguese pt Romanian ro Russian ru Serbian sr Serbo-Croatian sh Slovak sk Slovenian sl Spanish es Swedish sv
Thai th Tibetan bo Turkish tr Ukrainian uk Urdu ur Uyghur ug Uzbek uz Vietnamese vi Yiddish yi
"""
TAGS = dict(zip(_TABLE.split()[::2], _TABLE.split()[1::2], strict=True))
"""Language tags (BCP 47) by the English name of the language."""

_MARKED = etree.XPath("descendant-or-self::*/@xml:lang")
_NAME = re.compile(rf"\b(?:{'|'.join(sorted(TAGS, key=len, reverse=True))})\b")


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of one document, by their English names."""

    shown: str
    """The language that was transcribed."""
    original: str
    """The language of the original, or nothing when the page does not say."""
    translation: bool
    """Whether the page shows a translation: it says so, or names a translator or another original language."""
    where: Field | None
    """The field that tells, or would tell if it said more."""


def declare_languages(root: etree._Element) -> None:
    """Declare in the header each language that words of the text are marked with and that it does not name."""
    usage = root.find(".//t:langUsage", NS)
    if usage is None:
        return
    known = {node.get("ident") for node in usage}
    tags: Any = _MARKED(root[-1])
    for tag in dict.fromkeys(map(str, tags)):
        if tag and tag not in known:
            names = (name for name, other in TAGS.items() if other == tag.split("-")[0])
            usage.append(E.language(f"{next(names, tag)} (in the text)", ident=tag))


def languages(transcript: Transcript, *, language: str, translator: bool) -> Languages:
    """Return the languages of a document; ``language`` is the tag of the language the edition is in.

    On a page that names one language only, another than the text's, it is the original's.
    """
    version = transcript.first("version")
    named = transcript.first("language")
    stated = transcript.first("original-language")
    shown = _first(version.value if version else "") or _by_tag(language)
    original = _first(stated.value) if stated else ""
    if named and not original and _first(named.value) != shown:
        original = _first(named.value)
    elif named and not version:
        shown = _first(named.value) or shown
        original = original or ("" if translator else _first(named.value))
    says = bool(version and "translation" in version.value.lower())
    translation = translator or says or bool(original and original != shown)
    if translation and original == shown:
        original = ""
    return Languages(shown, original, translation, stated or version or named)


def shown_language(transcript: Transcript, language: str = "en") -> str:
    """Return the tag of the language that was transcribed; ``language`` where the page does not say."""
    return TAGS.get(languages(transcript, language=language, translator=False).shown, language)


def _first(words: str) -> str:
    match = _NAME.search(words)
    return match[0] if match else ""


def _by_tag(tag: str) -> str:
    primary = tag.split("-")[0].lower()
    return next((name for name, known in TAGS.items() if known == primary), tag)
