"""Takes the turns of all documents and gives, for everybody who speaks, pages, a text and a table of what they say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from lxml import etree

from tei_edition.site.pages import Site, Written, with_documents
from tei_edition.site.paging import sheets

_TURNS = "SELECT number, place, html, said FROM turn JOIN place USING (document) WHERE who = ? ORDER BY number, at"


Names = Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Somebody who speaks."""

    id: str
    who: str
    """The entry of a register, or the person of a document."""
    name: str
    entry: str
    """Path of the page in a register, without its suffix; empty for somebody whom no register knows."""
    turns: int
    words: int
    documents: int


def voices(site: Site, people: dict[str, str], names: Names) -> list[Voice]:
    """Return everybody who speaks, by name; who is in a register is one person in all documents.

    ``people`` are those whom only a document knows, ``names`` those of the registers.
    """
    found: list[Voice] = []
    taken: set[str] = set()
    rows = site.shelf.rows(
        "SELECT who, COUNT(*), SUM(words), COUNT(DISTINCT document), MIN(number * 1000000 + at) AS first "
        "FROM turn JOIN place USING (document) GROUP BY who ORDER BY first, who"
    )
    for who, turns, words, documents, _ in rows:
        register, _, key = who.partition("#")
        known = names.get(register, {}).get(key)
        own = key if known and key not in taken else f"{register}-{key}"
        taken.add(own)
        name = known[0] if known else people.get(who) or key
        entry = f"{register}/{key}" if known else ""
        found.append(Voice(id=own, who=who, name=name, entry=entry, turns=turns, words=words, documents=documents))
    return sorted(found, key=lambda voice: (voice.name.casefold(), voice.id))


def voice_pages(site: Site, speaking: list[Voice]) -> Written:
    """Yield the list of speakers and, for each, the pages of ``speaker/ID``, ``.txt`` and ``.csv``."""
    if not speaking:
        return
    for sheet in sheets(lambda: speaking, lambda voice: 160 + len(voice.name), lambda voice: voice.name[:1].upper()):
        whole = site.tree()
        whole.extend(_row(voice) for voice in sheet.rows)
        whole.append(sheet.way("speakers"))
        yield site.page("speaker", whole, sheet.path("speakers"))
    where = site.numbers("turn", "who")
    for voice in speaking:
        base = f"speaker/{voice.id}"
        group = site.group(base, where[voice.who], repr(voice))
        if site.stays(group):
            continue

        def turns(voice: Voice = voice) -> Iterable[tuple[int, str, str, str]]:
            return site.shelf.rows(_TURNS, (voice.who,))

        for page in sheets(turns, lambda turn: 190 + len(turn[2].encode())):
            tree = site.tree()
            tree.append(_row(voice, here="yes"))
            tree.append(page.way(base))
            yield site.page("speaker", with_documents(tree, _documents(site, page.rows)), page.path(base), group)
        yield f"{base}.txt", _text(site, voice, turns()), group
        yield f"{base}.csv", _table(site, turns()), group


def _documents(site: Site, turns: Iterable[tuple[int, str, str, str]]) -> Iterator[str]:
    for number, some in groupby(turns, key=itemgetter(0)):
        rows = "".join(f'<turn at="{place}">{html}</turn>' for _, place, html, _ in some)
        yield site.documents[number].brief.removesuffix("</document>") + rows + "</document>"


def _text(site: Site, voice: Voice, turns: Iterable[tuple[int, str, str, str]]) -> Iterator[str]:
    yield f"{voice.name}\n"
    for number, some in groupby(turns, key=itemgetter(0)):
        document = site.documents[number]
        yield f"\n{document.title} ({document.when or document.id})\n"
        for _, place, _, said in some:
            yield f"\n[{place.removeprefix('t-')}] {said}\n"


def _table(site: Site, turns: Iterable[tuple[int, str, str, str]]) -> Iterator[str]:
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    table.writerow(["document", "date", "place", "address", "text"])
    for number, place, _, said in turns:
        document = site.documents[number]
        address = f"{site.frames.edition['address']}{document.id}.html#{place}"
        table.writerow([document.id, document.when, place, address, said])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _row(voice: Voice, **more: str) -> etree._Element:
    told = {
        "id": voice.id, "name": voice.name, "entry": voice.entry, "turns": str(voice.turns), "words": str(voice.words),
        "documents": str(voice.documents), **more,
    }  # fmt: skip
    return etree.Element("speaker", told)
