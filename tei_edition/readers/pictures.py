"""Takes an ``img`` of a page and says whether it is a picture of the document, and how the transcript refers to it."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin

from tei_edition.finding import Severity
from tei_edition.readers.html_tree import Element
from tei_edition.readers.page import Page, quoted

_FURNITURE = re.compile(
    r"(?:[\w-]+[-_])?(?:icons?|logos?|avatars?|emojis?|spacer|pixel|badge|bullet|sprite|thumb-?up|banner|button)(?:[-_][\w-]+)?"
)
"""Names of classes and ids of pictures that belong to a site."""
_SAVED = re.compile(r"<!--\s*saved from url=\(\d{4}\)(?P<url>https?://[^\s>]+)\s*-->")
"""What browsers write at the top of a page that they save."""
_SMALL = 3
"""Pixels up to which a picture only makes room, or counts visitors."""


def saved_from(text: str) -> re.Match[str] | None:
    """Return what says from which address a browser saved a page, or None.

    >>> saved_from("<!-- saved from url=(0026)https://example.org/page.htm -->")["url"]
    'https://example.org/page.htm'
    """
    return _SAVED.search(text, 0, 2000)


def base_of(whole: Element, page: Page) -> str:
    """Return the address from which those of a page are counted, nothing where the page does not say."""
    for element in whole.elements():
        if element.tag == "base" and re.match(r"https?://", element.get("href")):
            return element.get("href")
    known = (item.value for item in page.fields if item.name == "uri")
    return next((address for address in known if re.match(r"https?://", address)), "")


def picture(element: Element, base: str, page: Page) -> tuple[tuple[str, str], ...]:
    """Return the values of the mark of a picture: its address and its words; nothing where it is left out.

    A picture is part of the document if it has words (``alt``), stands in a ``figure``, or does not say that it says
    nothing (``alt=""``). What is named as an icon or a logo is the site's. Nothing is fetched; all of it is reported.
    """
    source = next(
        (element.get(name) for name in ("src", "data-src", "data-original") if _is_address(element, name)), ""
    )
    words = " ".join((element.get("alt") or element.get("title")).split())
    figure = any(outer.tag == "figure" for outer in element.around())
    small = any(_pixels(element.get(side)) <= _SMALL for side in ("width", "height"))
    named = any(_FURNITURE.fullmatch(name) for name in [*element.classes(), element.get("id").lower()])
    silent = not words and "alt" in element.attributes and not figure
    shown = f"The picture {quoted(source)}" if source else "A picture without an address"
    if small or named or silent or element.get("role") in ("presentation", "none") or not (source or words):
        message = f"{shown} belongs to the page and is left out."
        page.say("picture-left-out", Severity.INFO, message, element.offset)
        return ()
    try:
        address = urljoin(base, source) if base and source else source
    except ValueError:  # one of the two is no address: what stands there is kept
        address = source
    address = quote(address, safe="/:@!$&'()*+,;=-._~%?#")
    described = f"; it shows {quoted(words)}" if words else ", without words that say what it shows"
    message = f"{shown} becomes a figure{described}. It is not fetched."
    page.say("picture-referred", Severity.INFO, message, element.offset, "Put it where the TEI refers to it.")
    return tuple((key, value) for key, value in (("url", address), ("words", words)) if value)


def _is_address(element: Element, name: str) -> bool:
    """Say whether an attribute holds an address, and not the picture itself."""
    return bool(element.get(name)) and not re.match(
        r"\s*(?:data|javascript|blob|about):", element.get(name), re.IGNORECASE
    )


def _pixels(size: str) -> int:
    found = re.match(r"\d{1,6}", size)
    return int(found[0]) if found else _SMALL + 1
