"""Takes an edition and its documents and gives what machines ask of a site: sitemap, feed, robots, manifest, icon."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from tei_edition.site.frames import Frames
from tei_edition.site.pages import Site

_ATOM = "http://www.w3.org/2005/Atom"
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def feed_files(site: Site, pages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the files; sitemap and feed name whole addresses, and are left out where the site has none."""
    frames = site.frames
    address = frames.edition["address"]
    yield "icon.svg", _icon(frames)
    yield "site.webmanifest", _webmanifest(frames)
    yield "robots.txt", "User-agent: *\nAllow: /\n" + (f"Sitemap: {address}sitemap.xml\n" if address else "")
    if address:
        yield "sitemap.xml", _sitemap(address, pages)
        yield "feed.xml", _feed(site, address)


def _sitemap(address: str, pages: Sequence[str]) -> str:
    root = etree.Element(f"{{{_MAP}}}urlset", nsmap=_names(_MAP))
    for page in pages:
        if page.endswith(".html") and page != "404.html":
            url = etree.SubElement(root, f"{{{_MAP}}}url")
            etree.SubElement(url, f"{{{_MAP}}}loc").text = address + ("" if page == "index.html" else page)
    return _xml(root)


def _feed(site: Site, address: str) -> str:
    """Return the documents as an Atom feed (RFC 4287); the clock is not asked, all are as new as the edition."""
    edition = site.frames.edition
    updated = f"{edition['date'] or '1970-01-01'}T00:00:00Z"
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap=_names(_ATOM))

    def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
        row = etree.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
        row.text = text or None
        return row

    add(root, "title", edition["title"])
    add(root, "id", address)
    add(root, "updated", updated)
    add(root, "link", rel="self", href=f"{address}feed.xml")
    add(root, "link", rel="alternate", href=address)
    add(add(root, "author"), "name", ", ".join(site.frames.editors) or edition["publisher"] or edition["title"])
    for one in site.documents:
        address_of = f"{address}{one.id}.html"
        row = add(root, "entry")
        add(row, "title", one.title)
        add(row, "id", address_of)
        add(row, "updated", updated)
        add(row, "link", rel="alternate", href=address_of, hreflang=one.lang)
        summary = etree.fromstring(one.whole).find("summary")
        add(row, "summary", one.title if summary is None else " ".join("".join(map(str, summary.itertext())).split()))
    return _xml(root)


def _webmanifest(frames: Frames) -> str:
    table = {
        "name": frames.edition["title"], "short_name": frames.edition["title"][:24], "lang": frames.language,
        "start_url": "index.html", "display": "minimal-ui", "background_color": "#fdfcf8", "theme_color": "#fdfcf8",
        "icons": [{"src": "icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }  # fmt: skip
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _icon(frames: Frames) -> str:
    """Return the first letter of the edition in a square, as a sign of the site."""
    letter = next((sign.upper() for sign in frames.edition["title"] if sign.isalnum()), "·")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        '<rect width="64" height="64" rx="6" fill="#8a2a1c"/>'
        '<text x="32" y="45" font-family="Georgia,serif" font-size="40" text-anchor="middle" fill="#fdfcf8">'
        f"{letter}</text></svg>\n"
    )


def _names(space: str) -> Any:
    """Return a space as the one of names without prefix, which the types of lxml do not foresee."""
    return {None: space}


def _xml(root: etree._Element) -> str:
    etree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"
