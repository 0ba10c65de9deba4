"""Takes the table ``[site]`` of ``edition.toml`` and gives what it says of the site: address, language, version."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("en", "de")
"""Languages in which the pages of a site can speak; the first is that of the table of words."""

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[\w.~%+-]+)*/?")
_KEYS = ("folder", "address", "language", "version", "css", "downloads", "moved")
DOWNLOADS = ("pdf", "epub", "book")
"""Files that can be offered beside TEI and text: of each document, and the whole edition as a book."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Publishing:
    """What an edition says of its site beside the folder."""

    address: str = ""
    """Where the site will be, ending with a slash; without it there is neither sitemap nor feed."""
    language: str = ""
    """Of the words around the texts."""
    version: str = ""
    """Of the edition, as it is to be cited; without it the date is the version."""
    css: str = ""
    """A file of one's own, as named in ``edition.toml``, whose rules come last."""
    downloads: tuple[str, ...] = DOWNLOADS
    """Which of `DOWNLOADS` there are."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Ids that documents had → ids of the documents they are now."""


def publishing(table: Any, language: str) -> tuple[str, Publishing]:
    """Return the folder and the rest of what ``site = …`` or ``[site]`` says; raise ValueError with a sentence.

    >>> publishing("public", "ru")
    ('public', Publishing(address='', language='en', version='', css='', downloads=('pdf', 'epub', 'book'), moved={}))
    >>> publishing({"address": "https://example.org/letters", "language": "de"}, "ru")[1].address
    'https://example.org/letters/'
    """
    own = language if language in LANGUAGES else LANGUAGES[0]
    if not isinstance(table, dict):
        return table, Publishing(language=own)
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        raise ValueError(f"“{unknown[0]}” is not a setting of the site.")
    for key in _KEYS[:-2]:
        if not isinstance(table.get(key, ""), str):
            raise ValueError(f"{key} of the site is to be text in quotation marks.")
    address = table.get("address", "")
    if address and not _ADDRESS.fullmatch(address):
        raise ValueError(f"“{address}” is not the address of a site, such as https://example.org/letters/.")
    if table.get("language", own) not in LANGUAGES:
        raise ValueError(f"the site speaks {' or '.join(LANGUAGES)}, not “{table['language']}”.")
    downloads = table.get("downloads", list(DOWNLOADS))
    if not isinstance(downloads, list) or not all(one in DOWNLOADS for one in downloads):
        raise ValueError(f"downloads of the site is a list of some of these: {', '.join(DOWNLOADS)}.")
    moved = table.get("moved", {})
    if not isinstance(moved, dict) or not all(isinstance(now, str) for now in moved.values()):
        raise ValueError('[site.moved] says of ids what they are now: old-id = "new-id".')
    return table.get("folder", "site"), Publishing(
        address=address and address.rstrip("/") + "/",
        language=table.get("language", own),
        version=table.get("version", "").strip(),
        css=table.get("css", ""),
        downloads=tuple(one for one in DOWNLOADS if one in downloads),
        moved=moved,
    )
