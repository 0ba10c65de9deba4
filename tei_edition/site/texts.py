"""Takes the TEI of a document and gives what the site makes of it alone: its views, its words, what it says of whom.

What stands around a text on its pages, see `tei_edition.site.drawing`, is of no matter here. So a text is made again
only when its TEI, the ids of its places, or what it points to has changed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from tei_edition.book import bind
from tei_edition.edition import Edition
from tei_edition.epub import epub
from tei_edition.finding import Finding, Severity, unheard
from tei_edition.parallel import links as linked
from tei_edition.parallel import set_beside
from tei_edition.phrases import phrase
from tei_edition.site.anchors import Site, lead_within, mark_places
from tei_edition.site.contexts import keep_places, read_words
from tei_edition.site.frames import attributes
from tei_edition.site.gathering import Published, digest_of
from tei_edition.site.markup import light, squeezed, to_entries, with_people, with_places, without_repeats
from tei_edition.site.permalinks import Permalinks
from tei_edition.site.search import indexed
from tei_edition.site.shelf import packed
from tei_edition.tei import TEI, parse
from tei_edition.views import View, render

HEAD = frozenset({"title", "date", "collection", "kind", "party", "summary", "archive"})
"""What lists say of a document."""
_SHARED = frozenset({"principle", "credit"})
_MORE = frozenset({"author", "translator", "subject", "about", "origin", "who"})


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the texts of an edition have in common; it is handed to other processes once."""

    language: str
    """Of the interface."""
    folder: Path
    """Of the TEI."""
    pages: Mapping[str, str]
    """File → id of the document that is published from it."""
    registers: Mapping[str, tuple[str, Mapping[str, str]]]
    """File → name of the register's page, and the ids that stand in it → those of the entries that they mean."""
    entries: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Register → id of an entry → its name, the language of that, its sum; in the order of the alphabet."""
    views: Sequence[View]
    """Those that every document has, the first one at its own address."""
    edition: Edition
    registers_of: Sequence[tuple[str, bytes]] = ()
    """Ids and digests of the registers, for the indexes of books; none where none are made."""

    def published(self) -> list[Published]:
        """Return the registers as books take them."""
        return [
            Published(id=key, file=Path(key), data=b"", tree=etree.Element("none"), digest=etree.fromstring(digest))
            for key, digest in self.registers_of
        ]

    def names(self) -> dict[str, str]:
        """Return the names of all entries by their ids."""
        return {key: name for entries in self.entries.values() for key, (name, *_) in entries.items()}

    def word(self, words: str) -> str:
        """Return a phrase in the language of the interface."""
        return phrase(words, self.language)

    def site(self) -> Site:
        """Return what pointers may lead to."""
        return Site(folder=self.folder, pages=self.pages, registers=self.registers)


@dataclass(frozen=True, kw_only=True)
class Job:
    """A document whose text is to be made; everything in it can be handed to another process."""

    id: str
    file: Path
    data: bytes
    rows: Mapping[str, str]
    """The ids that its places had, see `Permalinks`."""
    files: tuple[str, ...] = ()
    """Kinds of files to download beside TEI and plain text: pdf, epub."""
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Other:
    """A document that is to be read beside another."""

    role: str
    """original or translation."""
    id: str
    file: Path
    data: bytes


@dataclass(kw_only=True)
class Text:
    """What came of a job."""

    id: str
    facts: dict[str, Any] = field(default_factory=dict)
    """What is asked of every document each time: head, ids, findings, what it points to."""
    parts: dict[str, bytes] = field(default_factory=dict)
    """Facts, text and words, `packed`."""
    said: dict[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    """Rows of the tables line, turn and day."""
    paper: str = ""
    """The reading view to make a PDF of."""
    epub: bytes = b""


def text_of(desk: Desk, job: Job) -> Text:
    """Return what the site makes of the text of a document."""
    findings: list[Finding] = []
    report = findings.append
    tree = parse(job.data, job.file, report)
    assert tree is not None, "it was parsed before"
    plain = render(tree, "transcript", report=report, data=job.data)
    links = Permalinks(rows={job.id: dict(job.rows)})
    site = desk.site()
    mark_places(tree, links, job.id)
    lead_within(tree, job.file, site, report)
    data = etree.tostring(tree)
    digest = digest_of(tree, job.id, job.file, report, data=data)

    def rendered(of: etree._Element, key: str, view: View, source: bytes | None) -> str:
        options: dict[str, Any] = {"fragment": True, "register": "register/", "tei": f"{key}.xml", "data": source}
        options |= {"language": desk.language, "toggles": True}
        return squeezed(render(of, view, report=report, **options))

    pages = {view.name: rendered(tree, job.id, view, data) for view in desk.views}
    first = next(iter(pages.values()))
    keep_places(digest, first)
    said: dict[str, Sequence[Sequence[Any]]] = dict(
        zip(("line", "turn", "day"), read_words(first, tree, digest, job.id), strict=True)
    )
    beside = dict(_beside(desk, job, tree, pages, lambda of, key: rendered(of, key, desk.views[0], None)))
    gone = links.gone(job.id)

    def shown(page: str) -> str:
        page = with_places(to_entries(page), gone, desk.word)
        return light(with_people(without_repeats(page, desk.word), digest, desk.word))

    articles = {view: shown(page) for view, page in (pages | beside).items()}
    text = Text(id=job.id, said=said)
    if "pdf" in job.files:
        text.paper = render(tree, "reading", report=report, data=data)
    if "epub" in job.files:
        one = Published(id=job.id, file=job.file, data=job.data, tree=tree, digest=digest)
        book = bind(desk.edition, [one], desk.published(), images=site.images, report=unheard)
        text.epub = epub(book, report=unheard)
    used = {str(one.get("entry")) for one in digest.iter("mention")}
    text.facts = {
        "head": _taken(digest, HEAD), "speaks": tree.find(f".//{{{TEI}}}sp[@who]") is not None,
        "now": links.now[job.id],
        "findings": [{**asdict(one), "file": str(one.file)} for one in dict.fromkeys(findings)],
        "images": {path: str(file) for path, file in site.images.items()}, "leads": site.led,
        "used": {one: _name(desk.entries, one) for one in sorted(used)},
        "people": {f"{job.id}#{one.get('id')}": one.text or "" for one in digest.iterfind("person")},
    }  # fmt: skip
    more = etree.Element("document")
    more.extend([*(one for one in digest if one.tag in _MORE), *_occurring(digest, desk)])
    made = {
        "articles": articles, "plain": plain, "more": etree.tostring(more, encoding="unicode"),
        "shared": _taken(digest, _SHARED, with_signs=True),
    }  # fmt: skip
    words = indexed(job.id, tree, desk.names())
    made["search"] = words.text
    text.facts["search"] = words.row
    text.parts = {"facts": packed(text.facts), "text": packed(made), "words": packed(words.places)}
    return text


def _beside(
    desk: Desk, job: Job, tree: etree._Element, pages: Mapping[str, str], draw: Callable[[etree._Element, str], str]
) -> Iterator[tuple[str, str]]:
    """Yield the views that show two things side by side, where they say more than either alone.

    The diplomatic beside the reading view where their words differ; the images of the pages, where there are any; a
    translation, or the original.
    """
    reading, diplomatic = pages.get("reading", ""), pages.get("diplomatic", "")
    if _words(reading) != _words(diplomatic):
        yield "parallel", _alone(set_beside(reading, diplomatic, linked(tree, tree), _labels(desk, "parallel")))
    if 'class="facs"' in reading:
        yield "facsimile", _alone(set_beside(reading, None, {}, _labels(desk, "facsimile")))
    used: set[str] = set()
    for other in job.others:
        there = parse(other.data, other.file, unheard)
        if there is None:
            continue
        lead_within(there, other.file, desk.site(), unheard)
        name = other.role if other.role not in used else f"{other.role}-{other.id}"
        used.add(name)
        page = set_beside(reading, draw(there, other.id), linked(tree, there), (_title(tree), _title(there)))
        yield name, _alone(page)


def _labels(desk: Desk, view: str) -> tuple[str, str]:
    return desk.word("Reading view"), desk.word("Diplomatic view" if view == "parallel" else "Images")


def _words(page: str) -> str:
    """Return the words of the text of a view, and nothing of what stands around it."""
    text = re.split('<section class="(?:notes|signs|about)', page.partition('<div class="text" id="text">')[2])[0]
    return re.sub(r"<sup\b.*?</sup>|<[^>]*>|\s+", "", text, flags=re.S)


def _alone(page: str) -> str:
    """Return a view without what its neighbours say as well: particulars, signs, editorial principles."""
    return _APART.sub("", page)


_APART = re.compile(
    r'<section class="(?:signs|about)".*?</section>|<dl class="facts">.*?</dl>|<section class="abstract".*?</section>',
    re.S,
)


def _title(tree: etree._Element) -> str:
    title = tree.find(".//{*}titleStmt/{*}title")
    return "" if title is None else " ".join("".join(map(str, title.itertext())).split())


def findings_of(facts: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the findings that facts keep."""
    for row in facts["findings"]:
        yield Finding(**{**row, "file": Path(row["file"]), "severity": Severity(row["severity"])})


def still_holds(desk: Desk, facts: Mapping[str, Any]) -> bool:
    """Return whether everything that a text points to is as it was when it was made."""
    site = desk.site()
    return all(site.leads_to(path) == led for path, led in facts["leads"].items()) and all(
        _name(desk.entries, entry) == list(name) for entry, name in facts["used"].items()
    )


def _name(entries: Mapping[str, Mapping[str, tuple[str, ...]]], entry: str) -> list[str]:
    register, _, key = entry.partition("#")
    return list(entries.get(register, {}).get(key, ()))


def _taken(digest: etree._Element, tags: frozenset[str], *, with_signs: bool = False) -> str:
    """Return some of what a digest says, as XML."""
    row = etree.Element("document", attributes(digest))
    row.extend([one for one in digest if one.tag in tags or (with_signs and one.tag == "section")])
    return etree.tostring(row, encoding="unicode")


def _occurring(digest: etree._Element, desk: Desk) -> Iterable[etree._Element]:
    """Yield the entries of registers that occur in a document, register by register, by name."""
    times: Counter[str] = Counter()
    for one in digest.iter("mention"):
        times[str(one.get("entry"))] += one.get("as") == "name"
    for register, entries in desk.entries.items():
        for key, (label, lang, *_) in entries.items():
            if f"{register}#{key}" in times:
                row = etree.Element("who", register=register, id=key, lang=lang, times=str(times[f"{register}#{key}"]))
                row.text = label
                yield row
