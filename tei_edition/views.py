"""Takes a TEI tree and gives one of its views: an HTML page, a fragment of one, or plain text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from tei_edition import saxon
from tei_edition.files import resource
from tei_edition.finding import Finding, Report, Severity


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a document: a stylesheet, and what comes out of it."""

    name: str
    stylesheet: str
    media: str
    suffix: str
    about: str


VIEWS: Mapping[str, View] = {
    view.name: view
    for view in (
        View("reading", "xslt/reading.xsl", "text/html", ".html", "The edited text, as a press would print it."),
        View("diplomatic", "xslt/diplomatic.xsl", "text/html", ".html", "What the source page shows, sign for sign."),
        View("transcript", "xslt/transcript.xsl", "text/plain", ".txt", "The bracketed transcript it was made from."),
    )
}
"""The views by name, in the order in which they are offered. A new one is a stylesheet that imports base.xsl."""

STYLESHEET = "xslt/edition.css"


def render(
    tree: etree._Element,
    view: str = "reading",
    *,
    report: Report,
    fragment: bool = False,
    css: str | None = None,
    tei: str = "",
    pdf: str = "",
    register: str = "",
    views: Sequence[Mapping[str, str]] = (),
    nav: Sequence[Mapping[str, str]] = (),
) -> str:
    """Return a view of a document, the same characters every time.

    Without options an HTML view is a whole page that needs no other file: the style is in it, and its content
    security policy allows nothing else. Options of the HTML views:

    * ``fragment``: only the ``<article>``, for a page that somebody else frames (and styles with edition.css);
    * ``css``: address of the stylesheet, which is then linked and not put into the page;
    * ``tei``, ``pdf``: addresses of downloads;
    * ``register``: where the pages of the registers are, such as ``register/``; a name with an entry
      ``persons.xml#stalin`` leads to ``register/persons.html#stalin``. Without it names are no links;
    * ``views``: the views to choose from, each with ``name``, ``label`` and ``href``; the current one is marked;
    * ``nav``: links over the page, each with ``rel`` (``home``, ``prev``, ``next``), ``label`` and ``href``.

    An element that no template knows keeps its words and gives one finding a name. Raises ValueError for a view
    that is not in `VIEWS`.
    """
    if view not in VIEWS:
        raise ValueError(f"There is no view “{view}”. Choose one of: {', '.join(VIEWS)}.")
    chosen = VIEWS[view]
    html = chosen.media == "text/html"
    options: dict[str, Any] = {}
    if html:
        style = "" if css else resource(STYLESHEET).read_text(encoding="utf-8")
        options = {
            "fragment": fragment, "css": css or "", "style": style, "policy": _policy(style),
            "tei": tei, "pdf": pdf, "register": register,
            "views": json.dumps(list(map(dict, views))), "nav": json.dumps(list(map(dict, nav))),
        }  # fmt: skip
    text, paths = saxon.transform_with_messages(saxon.compiled(chosen.stylesheet), saxon.source(tree), options)
    if html:
        _report_unknown([path.strip() for path in paths], tree, report)
        return text.replace("<!DOCTYPE HTML>", "<!DOCTYPE html>\n", 1)
    return re.sub("\ufdd0([0-9A-F]+)\ufdd1", lambda match: chr(int(match[1], 16)), text)


def _policy(style: str) -> str:
    """Return the content security policy of a page; a style inside it is allowed by its hash."""
    source = "'self'"
    if style:
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        source = f"'sha256-{digest}'"
    return (
        f"default-src 'none'; script-src 'self'; style-src {source}; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def _report_unknown(paths: Sequence[str], tree: etree._Element, report: Report) -> None:
    """Report every kind of element that has no template, once, at its first place."""
    kinds = [re.sub(r"\[\d+\]$", "", path.rsplit("/", 1)[-1]) for path in paths]
    counts = Counter(kinds)
    for kind in dict.fromkeys(kinds):
        path = paths[kinds.index(kind)]
        space, _, name = kind.removeprefix("Q{").partition("}")
        times = "once" if counts[kind] == 1 else f"{counts[kind]} times"
        report(
            Finding(
                rule="element-without-template", severity=Severity.WARNING, file=Path(tree.base or "document.xml"),
                message=f"The view has no template for “{name}”"
                + (f" of {space}" if space != "http://www.tei-c.org/ns/1.0" and space else "")
                + f", which occurs {times}; its words are kept as plain text.",
                line=_line(tree, path), xpath=re.sub(r"Q\{[^}]*\}|\[1\]", "", path),
                hint="Look whether the page reads well here; a template for it belongs into xslt/base.xsl.",
            )
        )  # fmt: skip


def _line(tree: etree._Element, path: str) -> int | None:
    """Return the line of the element that a path of Saxon's leads to, each step ``Q{namespace}name[number]``."""
    node = tree.getroottree().getroot()
    for space, name, number in re.findall(r"/Q\{([^}]*)\}([^\[]+)\[(\d+)\]", path)[1:]:
        found = node.findall(f"{{{space}}}{name}" if space else name)
        if len(found) < int(number):
            return None
        node = found[int(number) - 1]
    return node.sourceline
