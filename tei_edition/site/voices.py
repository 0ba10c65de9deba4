"""Takes the turns of all documents and gives, for everybody who speaks, a page, a text and a table of what they say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from tei_edition.site.frames import attributes
from tei_edition.site.pages import Site


@dataclass(kw_only=True)
class Voice:
    """Somebody who speaks."""

    id: str
    name: str
    entry: str = ""
    """Path of the page in a register, without its suffix; empty for somebody whom no register knows."""
    turns: dict[int, list[etree._Element]] = field(default_factory=dict)
    """Number of a document → what is said there."""

    @property
    def words(self) -> int:
        """Return how many words they say."""
        return sum(len(" ".join(map(str, turn.itertext())).split()) for turns in self.turns.values() for turn in turns)


def voices(site: Site) -> list[Voice]:
    """Return everybody who speaks, by name; who is in a register is one person in all documents."""
    found: dict[str, Voice] = {}
    for number, document in enumerate(site.documents):
        people = {f"{document.get('id')}#{one.get('id')}": one.text or "" for one in document.iterfind("person")}
        for turn in document.iterfind("turn"):
            for who in str(turn.get("who")).split():
                register, _, key = who.partition("#")
                known = site.frames.entries.get(register, {}).get(key)
                if who not in found:
                    taken = {voice.id for voice in found.values()}
                    own = key if known and key not in taken else f"{register}-{key}"
                    name = known[0] if known else people.get(who) or key
                    found[who] = Voice(id=own, name=name, entry=f"{register}/{key}" if known else "")
                found[who].turns.setdefault(number, []).append(turn)
    return sorted(found.values(), key=lambda voice: (voice.name.casefold(), voice.id))


def voice_pages(site: Site, speaking: list[Voice]) -> Iterator[tuple[str, str]]:
    """Yield the list of speakers and, for each, ``speaker/ID.html``, ``.txt`` and ``.csv``."""
    if not speaking:
        return
    whole = site.frames.site()
    whole.extend(_row(voice) for voice in speaking)
    yield "speakers.html", site.frames.page("speaker", whole, "speakers.html")
    for voice in speaking:
        page = site.frames.site()
        page.append(_row(voice, here="yes"))
        out = io.StringIO(newline="")
        table = csv.writer(out, lineterminator="\r\n")
        table.writerow(["document", "date", "place", "address", "text"])
        lines = [voice.name, ""]
        for number, turns in voice.turns.items():
            document = site.documents[number]
            row = etree.SubElement(page, "document", attributes(document))
            row.extend(deepcopy(one) for one in document if one.tag in ("title", "date"))
            row.extend(map(deepcopy, turns))
            key, when = str(document.get("id")), document.find("date")
            date = str(when.get("when", "")) if when is not None else ""
            lines += [f"{document.findtext('title')} ({date or key})", ""]
            for turn in turns:
                place = str(turn.get("at"))
                said = said_in(turn)
                table.writerow([key, date, place, f"{site.frames.edition['address']}{key}.html#{place}", said])
                lines += [f"[{place.removeprefix('t-')}] {said}", ""]
        yield f"speaker/{voice.id}.html", site.frames.page("speaker", page, f"speaker/{voice.id}.html")
        yield f"speaker/{voice.id}.txt", "\n".join(lines)
        yield f"speaker/{voice.id}.csv", "\ufeff" + out.getvalue()


def said_in(turn: etree._Element) -> str:
    """Return the words of a turn on one line."""
    return " ".join(" ".join("".join(map(str, part.itertext())) for part in turn).split())


def _row(voice: Voice, **more: str) -> etree._Element:
    turns = sum(map(len, voice.turns.values()))
    told = {
        "id": voice.id, "name": voice.name, "entry": voice.entry, "turns": str(turns), "words": str(voice.words),
        "documents": str(len(voice.turns)), **more,
    }  # fmt: skip
    return etree.Element("speaker", told)
