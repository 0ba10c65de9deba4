"""Takes what was made of a text and what stands around it, and gives the pages of the document and its citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from tei_edition.site import citing
from tei_edition.site.frames import Frames, attributes
from tei_edition.site.shelf import unpacked

_VIEWS = re.compile(r"<nav class=views\b.*?</nav>", re.S)
"""Where a view names its neighbours, which it does not know itself."""

KINDS = (("pdf", "PDF", "application/pdf"), ("epub", "EPUB", "application/epub+zip"))
"""Files that a document may have beside TEI and text: ending, label, media type."""


@dataclass(frozen=True, kw_only=True)
class Framing:
    """A document whose pages are to be drawn; everything in it can be handed to another process."""

    id: str
    head: str
    """What lists say of it."""
    text: bytes
    """What was made of it, `packed`."""
    before: str = ""
    after: str = ""
    """The heads of the documents before and after."""
    others: tuple[tuple[str, str, str], ...] = ()
    """Role (original, translation), id and language of the documents that translate it, or that it translates."""
    files: tuple[str, ...] = ()
    """Endings of the files of `KINDS` that there are."""


def page_of(key: str, view: str) -> str:
    """Return the name of the page that shows a view of a document; the reading view has the document's own."""
    return f"{key}.html" if view == "reading" else f"{key}-{view}.html"


def framed(frames: Frames, job: Framing) -> dict[str, str]:
    """Return the pages of a document and what else is of it alone, by their paths.

    A page for every view, ``ID.txt``, ``search/text/ID.js``, and ``cite/ID.bib``, ``.ris`` and ``.json``.
    """
    made = unpacked(job.text)
    work, site = _around(job, made["more"], frames)
    source = etree.tostring(site, encoding="unicode")
    files = {f"{job.id}.txt": made["plain"], f"search/text/{job.id}.js": made["search"]}
    for suffix, form in (("bib", citing.bibtex), ("ris", citing.ris), ("json", citing.csl)):
        files[f"cite/{job.id}.{suffix}"] = form(work)
    articles: Mapping[str, str] = made["articles"]
    for view, article in articles.items():
        path = page_of(job.id, view)
        page = frames.page("document", source, path, view=view, label=frames.view(view))
        files[path] = page.replace("<!--article-->", _VIEWS.sub(_choices(job, articles, view, frames), article, 1), 1)
    return files


def _choices(job: Framing, views: Iterable[str], here: str, frames: Frames) -> str:
    """Return the way to the other views of a document, and to its files."""
    links = [(page_of(job.id, view), frames.view(view), view == here) for view in views]
    links += [(f"{key}.html", f"{frames.word(role.capitalize())} ({lang})", False) for role, key, lang in job.others]
    links += [(f"{job.id}.txt", frames.word("Plain text"), False)]
    links += [(f"{job.id}.html#cite", frames.word("Cite"), False)]
    rows = [f"<a href={href}{' aria-current=page' if is_here else ''}>{label}</a>" for href, label, is_here in links]
    kinds = [*(one for one in KINDS if one[0] in job.files), ("xml", "TEI", "application/tei+xml")]
    files = [f'<a class=download href={job.id}.{kind} type="{media}">{label}</a>' for kind, label, media in kinds]
    label = frames.word("Views and downloads")
    return f'<nav class=views aria-label="{label}">{"".join(rows)}<span class=files>{"".join(files)}</span></nav>'


def _around(job: Framing, more: str, frames: Frames) -> tuple[citing.Work, etree._Element]:
    """Return a document as it is cited, and the tree for its pages: it stands between its neighbours."""
    site = frames.site()
    this = etree.fromstring(job.head)
    work = _work(job, this, etree.fromstring(more), frames)
    for near in (job.before, None, job.after):
        if near is not None:
            site.extend([etree.fromstring(near)] if near else [])
            continue
        row = etree.SubElement(site, "document", {**attributes(this), "here": "yes"})
        row.extend(child for child in list(this) if child.tag in ("title", "date", "collection"))
        row.extend(etree.fromstring(more))
        for _, key, lang in job.others:
            etree.SubElement(row, "other", id=key, lang=lang)
        for label, value in citing.head(work):
            etree.SubElement(row, "meta", name=label).text = value
        etree.SubElement(row, "linked").text = citing.linked(work)
        for style, cited in (("Chicago", citing.chicago), ("MLA", citing.mla)):
            etree.SubElement(row, "cite", style=style).extend(cited(work, frames.word))
        for href, label, media in _files(job, frames):
            etree.SubElement(row, "file", href=href, label=label, type=media)
    return work, site


def _files(job: Framing, frames: Frames) -> Iterator[tuple[str, str, str]]:
    for kind, label, media in KINDS:
        if kind in job.files:
            yield f"{job.id}.{kind}", label, media
    yield f"{job.id}.xml", "TEI", "application/tei+xml"
    yield f"{job.id}.txt", frames.word("Text"), "text/plain"


def _work(job: Framing, head: etree._Element, more: etree._Element, frames: Frames) -> citing.Work:
    """Return a document as it is cited."""

    def all_of(of: etree._Element, tag: str) -> Sequence[str]:
        return [" ".join(str(one.text).split()) for one in of.iterfind(tag) if one.text]

    when = head.find("date")
    machine = str(when.get("when", "")) if when is not None else ""
    edition, address = frames.edition, frames.edition["address"]
    return citing.Work(
        id=job.id, title=head.findtext("title") or job.id, date=machine,
        dated=frames.date(machine) if len(machine) == 10 else (when.text or "" if when is not None else ""),
        authors=all_of(more, "author"), translators=all_of(more, "translator"),
        archive="; ".join(all_of(head, "archive")), about=" ".join(all_of(more, "about")),
        language=str(head.get("lang", "en")), subjects=all_of(more, "subject"), kinds=all_of(head, "kind"),
        edition=edition["title"] + (f": {edition['subtitle']}" if edition["subtitle"] else ""),
        editors=frames.editors, publisher=edition["publisher"], published=edition["date"],
        version=edition["version"], licence=edition["licence"], origins=all_of(more, "origin"),
        address=address and f"{address}{job.id}.html",
        pdf=f"{address}{job.id}.pdf" if address and "pdf" in job.files else "",
        tei=address and f"{address}{job.id}.xml",
    )  # fmt: skip
