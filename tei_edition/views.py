"""Takes a TEI tree and gives one of its views: an HTML page, a fragment of one, or plain text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree

from tei_edition import saxon
from tei_edition.files import resource
from tei_edition.finding import Finding, Report, Severity
from tei_edition.tei import TEI, parse


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a document: a stylesheet, and what comes out of it."""

    name: str
    stylesheet: str | Path
    """One of ours by its place in the package, or the path of a project's own, which imports one of ours."""
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


def own_view(name: str, stylesheet: Path, title: str = "") -> View:
    """Return a project's own view: a stylesheet that imports one of ours, ``tei-edition:reading.xsl`` say."""
    return View(name, stylesheet, "text/html", ".html", title or name.capitalize())


LANGUAGES = ("en", "de")
"""Languages in which the views speak for the edition; of any other, they speak English."""

STYLESHEET = "xslt/edition.css"

_STYLE_HERE = "/* the style sheet */"
"""Where the style sheet comes to stand in a page; a stylesheet that carries it through takes longer."""

_WITHOUT_TEMPLATE = "<!--without-template "
_UNKNOWN = re.compile(_WITHOUT_TEMPLATE + "(.*?)-->", re.S)
"""What a stylesheet leaves where an element has no template: its path. No comment of a document gets into a view."""

_LEFTWARDS = 'dir="rtl"'
"""What a page has where some of its text runs from right to left: it is then gone through for what runs otherwise."""

_STEP = re.compile(r"/Q\{([^}]*)\}([^\[]+)\[(\d+)\]")
"""A step of a path as Saxon writes it: namespace, name, number."""


def render(
    tree: etree._Element,
    view: str | View = "reading",
    *,
    report: Report,
    data: bytes | None = None,
    fragment: bool = False,
    toggles: bool | None = None,
    language: str = "en",
    css: str | None = None,
    tei: str = "",
    pdf: str = "",
    register: str = "",
    views: Sequence[Mapping[str, str]] = (),
    nav: Sequence[Mapping[str, str]] = (),
) -> str:
    """Return a view of a document, the same characters every time.

    The bytes that the tree was read from (``data``) make it faster, where nothing was changed since.

    Without options an HTML view is a whole page that needs no other file: the style is in it, and its content
    security policy allows nothing else. Options of the HTML views:

    * ``fragment``: only the ``<article>``, for a page that somebody else frames (and styles with edition.css);
    * ``toggles``: whether a reader can choose to have abbreviations written out, lines of the source and names shown;
      a whole page has them where its text has any of that, a fragment where it is asked for;
    * ``language``: of the interface, one of `LANGUAGES`: what labels, titles and the legend are said in;
    * ``css``: address of the stylesheet, which is then linked and not put into the page;
    * ``tei``, ``pdf``: addresses of downloads;
    * ``register``: where the pages of the registers are, such as ``register/``; a name with an entry
      ``persons.xml#stalin`` leads to ``register/persons.html#stalin``. Without it names are no links;
    * ``views``: the views to choose from, each with ``name``, ``label`` and ``href``; the current one is marked;
    * ``nav``: links over the page, each with ``rel`` (``home``, ``prev``, ``next``), ``label`` and ``href``.

    An element that no template knows keeps its words and gives one finding a name. Raises ValueError for a view
    that is not in `VIEWS`, and for a project's own stylesheet that cannot be used.
    """
    from saxonche import PySaxonApiError

    if isinstance(view, str) and view not in VIEWS:
        raise ValueError(f"There is no view “{view}”. Choose one of: {', '.join(VIEWS)}.")
    chosen = VIEWS[view] if isinstance(view, str) else view
    html = chosen.media == "text/html"
    options: dict[str, Any] = {}
    if html:
        policy, style = _policy(inside=not (css or fragment))
        options = {
            "fragment": fragment, "css": css or "", "style": _STYLE_HERE if style else "", "policy": policy,
            "tei": tei, "pdf": pdf, "register": register,
            "views": json.dumps(list(map(dict, views))), "nav": json.dumps(list(map(dict, nav))),
        }  # fmt: skip
        if toggles is not None:
            options["toggles"] = toggles
    spoken = language if html and language in LANGUAGES[1:] else ""
    if isinstance(chosen.stylesheet, Path):
        stylesheet = saxon.compiled_for_project(chosen.stylesheet, spoken)
    else:
        stylesheet = saxon.compiled(chosen.stylesheet, spoken)
    source = saxon.source(tree, data)
    try:
        text = saxon.transform(stylesheet, source, options)
        if html and _LEFTWARDS in text:
            text = saxon.transform(stylesheet, source, options | {"both-ways": True})
    except PySaxonApiError as error:
        _report_broken(error, tree, report)
        return _plain(tree, fragment) if html else "".join(map(str, tree.itertext()))
    if html:
        if _WITHOUT_TEMPLATE in text:
            _report_unknown(_UNKNOWN.findall(text), tree, report)
            text = _UNKNOWN.sub("", text)
        text = text.replace("<!DOCTYPE HTML>", "<!DOCTYPE html>\n", 1)
        return text.replace(_STYLE_HERE, style, 1) if style else text
    return re.sub("\ufdd0([0-9A-F]+)\ufdd1", lambda match: chr(int(match[1], 16)), text)


def render_file(data: bytes, file: Path, view: str | View = "reading", *, report: Report, **options: Any) -> str | None:
    """Return a view of the bytes of a file, as `render` does, or None after a finding where they are ill-formed.

    A document of which there is nothing to report is parsed once, by the stylesheet.
    """
    if saxon.as_text(data) is not None:
        found: list[Finding] = []
        page = render(etree.Element("unparsed"), view, report=found.append, data=data, **options)
        if not found:
            return page
    tree = parse(data, file, report)
    return None if tree is None else render(tree, view, report=report, data=data, **options)


@cache
def _policy(*, inside: bool) -> tuple[str, str]:
    """Return the content security policy of a page, and the style that stands inside it, which its hash allows.

    A page opened from a folder has an origin of its own, so that “self” need not mean its neighbours there: ``file:``.
    """
    style, source = "", "'self' file:"
    if inside:
        style = resource(STYLESHEET).read_text(encoding="utf-8")
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        source = f"'sha256-{digest}'"
    return (
        f"default-src 'none'; script-src 'self'; style-src {source}; img-src 'self' file: data:; font-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    ), style


def _report_broken(error: Exception, tree: etree._Element, report: Report) -> None:
    report(
        Finding(
            rule="view-broken", severity=Severity.ERROR, file=Path(tree.base or "document.xml"),
            message=f"The stylesheet stops at this document: {' '.join(str(error).split())}",
            hint="The words of the document are written without markup; send it to the authors of the toolkit.",
        )
    )  # fmt: skip


def _plain(tree: etree._Element, fragment: bool) -> str:
    """Return a page, or the article of one, with the words of a document and nothing else."""
    words = escape(" ".join("".join(map(str, tree.itertext())).split()))
    article = f'<article class="document"><div class="text" id="text"><p>{words}</p></div></article>'
    if fragment:
        return article
    head = '<meta charset="utf-8"><title>Document</title>'
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head><body>{article}</body></html>'


def _report_unknown(paths: Sequence[str], tree: etree._Element, report: Report) -> None:
    """Report every kind of element that has no template, once, at its first place."""
    kinds = [_STEP.findall(path)[-1][:2] for path in paths]
    counts = Counter(kinds)
    for kind in dict.fromkeys(kinds):
        path = paths[kinds.index(kind)]
        space, name = kind
        times = "once" if counts[kind] == 1 else f"{counts[kind]} times"
        report(
            Finding(
                rule="element-without-template", severity=Severity.WARNING, file=Path(tree.base or "document.xml"),
                message=f"The view has no template for “{name}”"
                + (f" of {space}" if space not in ("", TEI) else "")
                + f", which occurs {times}; its words are kept as plain text.",
                line=_line(tree, path), xpath=re.sub(r"Q\{[^}]*\}|\[1\]", "", path),
                hint="Look whether the page reads well here; a template for it belongs into xslt/base.xsl.",
            )
        )  # fmt: skip


def _line(tree: Any, path: str) -> int | None:
    """Return the line of the element that a path of Saxon's leads to, each step ``Q{namespace}name[number]``."""
    node = tree.getroottree().getroot()
    for space, name, number in _STEP.findall(path)[1:]:
        found = node.findall(f"{{{space}}}{name}" if space else name)
        if len(found) < int(number):
            return None
        node = found[int(number) - 1]
    line: int | None = node.sourceline
    return line
