"""Takes a document made ready for the site and gives its pages, and what other pages say of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from tei_edition.finding import Finding
from tei_edition.site import citing
from tei_edition.site.contexts import keep_places, read_words
from tei_edition.site.frames import Frames, attributes
from tei_edition.site.markup import light, squeezed, to_entries, with_people, with_places, without_repeats
from tei_edition.site.phrases import translated
from tei_edition.site.search import Indexed, indexed
from tei_edition.tei import parse
from tei_edition.views import VIEWS, render


@dataclass(frozen=True, kw_only=True)
class Job:
    """A document to draw; everything in it can be handed to another process."""

    id: str
    file: Path
    data: bytes
    tree: bytes
    """The TEI with ids and pointers of the site."""
    digest: bytes
    before: bytes = b""
    after: bytes = b""
    """What the page says of the documents before and after: heads of their digests."""
    others: tuple[tuple[str, str], ...] = ()
    """Id and language of the documents that translate it, or that it translates."""
    gone: Mapping[str, str] = field(default_factory=dict)
    """Ids that places had → ids of what stands there now."""
    files: tuple[str, ...] = ()
    """Kinds of files to download beside TEI and plain text: pdf, epub."""


@dataclass(kw_only=True)
class Drawn:
    """What came of a job."""

    id: str
    files: dict[str, str] = field(default_factory=dict)
    """Path in the site → content."""
    digest: bytes = b""
    """With the turns, and the mentions in their context."""
    paper: str = ""
    """The reading view to make a PDF of."""
    findings: list[Finding] = field(default_factory=list)
    is_kept: bool = False
    """Whether the pages are as they were, and in the folder."""
    index: Indexed | None = None
    """What the search takes of the document."""


def draw(job: Job, frames: Frames) -> Drawn:
    """Return the pages of a document.

    ``ID.html`` and ``ID-VIEW.html``, ``ID.txt``, and ``cite/ID.bib``, ``.ris`` and ``.json``.
    """
    drawn = Drawn(id=job.id)
    report = drawn.findings.append
    digest = etree.fromstring(job.digest)
    tree = etree.fromstring(job.tree, base_url=str(job.file))
    views = [view for view in VIEWS.values() if view.media == "text/html"]
    site = etree.Element("site")
    for article in views:
        # Contents of the pages that names lead to are the site's own; so is the frame.
        text = render(
            tree, article.name, report=report, fragment=True, register="register/", views=_views(job, frames),
            tei=f"{job.id}.xml", pdf=f"{job.id}.pdf" if "pdf" in job.files else "",
        )  # fmt: skip
        text = squeezed(text)
        if article.name == "reading":
            keep_places(digest, text)
            read_words(text, tree, digest, job.id)
            site = _around(job, digest, frames)
            _put_citations(job, digest, frames, drawn)
        page = frames.page("document", site, f"{job.id}{_suffix(article.name)}.html", view=article.name)
        text = with_people(without_repeats(with_places(to_entries(text), job.gone), frames.word), digest)
        text = translated(text, frames.language)
        drawn.files[f"{job.id}{_suffix(article.name)}.html"] = page.replace("<!--article-->", light(text), 1)
    # The original, since ids and pointers made for the pages are none of its business.
    original = parse(job.data, job.file, report)
    drawn.files[f"{job.id}.txt"] = "" if original is None else render(original, "transcript", report=report)
    if "pdf" in job.files:
        drawn.paper = render(tree, "reading", report=report)
    drawn.digest = etree.tostring(digest)
    drawn.index = indexed(job.id, tree, frames.names())
    drawn.findings = list(dict.fromkeys(drawn.findings))
    return drawn


def _suffix(view: str) -> str:
    return "" if view == "reading" else f"-{view}"


def _views(job: Job, frames: Frames) -> Sequence[Mapping[str, str]]:
    views = [
        {"name": view.name, "label": frames.word(f"{view.name.capitalize()} view"),
         "href": f"{job.id}{_suffix(view.name)}.html"}
        for view in VIEWS.values() if view.media == "text/html"
    ]  # fmt: skip
    views.append({"name": "transcript", "label": frames.word("Plain text"), "href": f"{job.id}.txt"})
    return [*views, {"name": "cite", "label": frames.word("Cite"), "href": f"{job.id}.html#cite"}]


def _around(job: Job, digest: etree._Element, frames: Frames) -> etree._Element:
    """Return the tree for the page of a document: its digest between those of its neighbours."""
    site = frames.site()
    for near in (job.before, None, job.after):
        if near is not None:
            site.extend([etree.fromstring(near)] if near else [])
            continue
        this = etree.SubElement(site, "document", {**attributes(digest), "here": "yes"})
        said = ("title", "date", "collection", "author", "about")
        this.extend(deepcopy(child) for child in digest if child.tag in said)
        for key, lang in job.others:
            etree.SubElement(this, "other", id=key, lang=lang)
        this.extend(_occurring(digest, frames))
        work = _work(job, digest, frames)
        for label, value in citing.head(work):
            etree.SubElement(this, "meta", name=label).text = value
        etree.SubElement(this, "linked").text = citing.linked(work)
        for style, cited in (("Chicago", citing.chicago), ("MLA", citing.mla)):
            etree.SubElement(this, "cite", style=style).extend(cited(work, frames.word))
        kinds = (("pdf", "PDF", "application/pdf"), ("epub", "EPUB", "application/epub+zip"))
        files = [(f"{job.id}.{kind}", label, media) for kind, label, media in kinds if kind in job.files]
        files += [(f"{job.id}.xml", "TEI", "application/tei+xml"), (f"{job.id}.txt", frames.word("Text"), "text/plain")]
        for href, label, media in files:
            etree.SubElement(this, "file", href=href, label=label, type=media)
    return site


def _occurring(digest: etree._Element, frames: Frames) -> Iterable[etree._Element]:
    """Yield the entries of registers that occur in a document, register by register, by name."""
    times: Counter[str] = Counter()
    for one in digest.iter("mention"):
        times[str(one.get("entry"))] += one.get("as") == "name"
    for register, entries in frames.entries.items():
        for key, (label, lang) in entries.items():
            if f"{register}#{key}" in times:
                row = etree.Element("who", register=register, id=key, lang=lang, times=str(times[f"{register}#{key}"]))
                row.text = label
                yield row


def _put_citations(job: Job, digest: etree._Element, frames: Frames, drawn: Drawn) -> None:
    work = _work(job, digest, frames)
    for suffix, form in (("bib", citing.bibtex), ("ris", citing.ris), ("json", citing.csl)):
        drawn.files[f"cite/{job.id}.{suffix}"] = form(work)


def _work(job: Job, digest: etree._Element, frames: Frames) -> citing.Work:
    """Return a document as it is cited."""

    def all_of(tag: str) -> list[str]:
        return [" ".join(str(one.text).split()) for one in digest.iterfind(tag) if one.text]

    when = digest.find("date")
    machine = str(when.get("when", "")) if when is not None else ""
    edition, address = frames.edition, frames.edition["address"]
    return citing.Work(
        id=job.id, title=digest.findtext("title") or job.id, date=machine,
        dated=frames.date(machine) if len(machine) == 10 else (when.text or "" if when is not None else ""),
        authors=all_of("author"), translators=all_of("translator"), archive="; ".join(all_of("archive")),
        about=" ".join(all_of("about")), language=str(digest.get("lang", "en")), subjects=all_of("subject"),
        kinds=all_of("kind"),
        edition=edition["title"] + (f": {edition['subtitle']}" if edition["subtitle"] else ""),
        editors=frames.editors, publisher=edition["publisher"], published=edition["date"],
        version=edition["version"], licence=edition["licence"], origins=all_of("origin"),
        address=address and f"{address}{job.id}.html",
        pdf=f"{address}{job.id}.pdf" if address and "pdf" in job.files else "",
        tei=address and f"{address}{job.id}.xml",
    )  # fmt: skip
