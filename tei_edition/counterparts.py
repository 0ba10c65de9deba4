"""Takes the documents of an edition and gives them with their counterparts: an original knows its translations.

``translation-of`` says it in ``edition.toml``; without it two sources of one folder that differ in a language only,
such as ``letter.ru.txt`` and ``letter.en.txt``, are counterparts, and the first of them in the list is the original.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tei_edition.edition import Document

LANGUAGES = frozenset(
    """aa ab af ak am ar as az ba be bg bn bo br bs ca cs cy da de el en eo es et eu fa fi fo fr fy ga gd gl gu ha he hi
    hr hu hy ia id is it ja jv ka kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my nb ne nl nn no oc or os pa
    pl ps pt qu rm ro ru rw sa sc sd se si sk sl sm sn so sq sr st su sv sw ta te tg th ti tk tl tr tt ug uk ur uz vi wo
    xh yi yo zh zu""".split()
)
"""Codes of ISO 639-1 that a file's name may end with."""
_SUFFIX = re.compile(r"(?P<stem>.+)[._-](?P<code>[a-z]{2})")


def with_counterparts(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents, each with its counterparts; raise ValueError with a sentence for a wrong name."""
    known = {document.id: document for document in documents}
    originals: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    codes: dict[str, str] = {}
    for document in documents:
        found = _SUFFIX.fullmatch(document.source.stem)
        if found and found["code"] in LANGUAGES:
            codes[document.id] = found["code"]
        if document.translation_of is not None:
            if document.translation_of not in known or document.translation_of == document.id:
                raise ValueError(
                    f"“{document.id}” names “{document.translation_of}” as its original, which is no other document."
                )
            originals[document.id] = document.translation_of
        elif document.id in codes and found:
            original = first.setdefault((str(document.source.parent), found["stem"]), document.id)
            if original != document.id and codes[original] != codes[document.id]:
                originals[document.id] = original
    paired = {*originals, *originals.values()}
    bare = {
        key: replace(document, language=document.language or (codes.get(key) if key in paired else None))
        for key, document in known.items()
    }
    return tuple(
        replace(
            bare[document.id],
            original=bare[originals[document.id]] if document.id in originals else None,
            translations=tuple(bare[key] for key, of in originals.items() if of == document.id),
        )
        for document in documents
    )
