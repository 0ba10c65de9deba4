"""Takes the registers of an edition and its rendered documents and gives the index of a book: who and what is where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml.html.builder import E

from tei_edition.book.parts import Part
from tei_edition.phrases import phrase


@dataclass(kw_only=True)
class Places:
    """Where the entries of the registers occur: entry (``persons#stalin``) → document → ids, in their order."""

    found: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def gather(self, part: Part, mentions: Iterable[Any]) -> None:
        """Take from a document its names, and from what is known of it the turns and who took part.

        Names still link to pages of the registers (``register/persons.html#stalin``), and ids are without the prefix
        of the part. A name is given an id here, so that the index can lead to it.
        """
        here: dict[str, list[str]] = defaultdict(list)
        for number, link in enumerate(part.body.xpath(".//a[starts-with(@href, 'register/')]"), start=1):
            page, _, key = link.get("href").removeprefix("register/").partition("#")
            if not link.get("id"):
                link.set("id", f"name-{number}")
            here[f"{page.removesuffix('.html')}#{key}"].append(link.get("id"))
        order = {node.get("id"): number for number, node in enumerate(part.body.iter())}
        for mention in mentions:
            entry = str(mention.get("entry"))
            places = [place for place in str(mention.get("at")).split() if place in order]
            if mention.get("as") == "turn" and places:
                here[entry].append(places[0])
            elif not places:
                here.setdefault(entry, [])
        for entry, ids in here.items():
            sorted_ids = sorted(dict.fromkeys(ids), key=lambda key: order[key])
            self.found[entry][part.name] = [f"{part.name}-{key}" for key in sorted_ids] or [part.name]


def index(register: Any, name: str, places: Places, documents: Mapping[str, Part], spoken: str = "en") -> Part | None:
    """Return the index made of a register: the entries that occur, and from their other names where to look.

    Each locator is a link of the class ``locator`` to a place; on paper it becomes the number of a page. None when
    nothing of the register occurs.
    """
    title = register.findtext("title") or name
    language = register.get("lang") or "en"
    rows: list[tuple[str, Any]] = []
    for entry in register.iter("entry"):
        found = places.found.get(f"{register.get('id')}#{entry.get('id')}")
        if found:
            rows.append((str(entry.get("key")), _entry(entry, name, found, documents)))
            rows += _see(entry, name, spoken)
    if not rows:
        return None
    rows.sort(key=lambda row: row[0])
    body = E.section(
        {"class": "book-index", "id": name, "lang": language, "aria-labelledby": f"{name}-title"},
        E.h1({"id": f"{name}-title"}, title),
    )
    letter, group = "", None
    for key, row in rows:
        if group is None or key[:1] != letter:
            letter, group = key[:1], E.ul({"class": "letter"})
            body.append(group)
        group.append(row)
    return Part(name=name, kind="register", title=title, language=language, body=body)


def _entry(entry: Any, name: str, found: Mapping[str, Sequence[str]], documents: Mapping[str, Part]) -> Any:
    """Return one entry: the name as it stands in the alphabet, other names, who it is, and the places."""
    row = E.li({"id": f"{name}-{entry.get('id')}", "class": "entry"}, E.span({"class": "lead-name"}, _lead(entry)))
    forms = [form for form in entry.findall("form") if form.text]
    if forms:
        row.append(E.span({"class": "forms"}, " ("))
        for number, form in enumerate(forms):
            one = E.i(form.text)
            for attribute in ("lang", "dir"):
                if form.get(attribute):
                    one.set(attribute, form.get(attribute))
            one.tail = ", " if number + 1 < len(forms) else ")"
            row[-1].append(one)
    note = " ".join("".join(entry.find("note").itertext()).split()) if entry.find("note") is not None else ""
    if note:
        row.append(E.span({"class": "who"}, f", {note[0].lower() + note[1:] if _plain(note) else note}".rstrip(".")))
    for document, ids in found.items():
        part = documents[document]
        row.append(
            E.span(
                {"class": "places", "data-of": document, "lang": part.language},
                *(E.a({"class": "locator", "href": f"#{key}"}, _label(part, number)) for number, key in enumerate(ids)),
            )
        )
    return row


def _plain(note: str) -> bool:
    """Return whether a note begins with a word that is large only because the note begins there."""
    first = note.split()[0]
    return first.lower() in {"of", "in", "on", "at", "the", "a", "an", "from"} and len(note.split()) > 1


def _label(part: Part, number: int) -> str:
    """Return the words of a locator where there are no pages: the document first, then the number of the place."""
    return (part.date or part.title) if number == 0 else str(number + 1)


def _lead(entry: Any) -> str:
    """Return the name with the part first by which it stands in the alphabet."""
    whole, lead = entry.findtext("name") or "", entry.get("lead") or ""
    rest = whole[: -len(lead)].strip() if lead and whole != lead and whole.endswith(lead) else ""
    return f"{lead}, {rest}" if rest else whole


def _see(entry: Any, name: str, spoken: str) -> list[tuple[str, Any]]:
    """Return rows that lead from other names to the entry, where they stand elsewhere in the alphabet."""
    rows = []
    for form in entry.findall("form"):
        said = " ".join((form.text or "").split())
        key = "".join(letter for letter in said.casefold() if letter.isalpha() or letter == " ")
        same = said.endswith(str(entry.get("lead"))) or key.split()[:1] == str(entry.get("key")).split()[:1]
        if not key or not said[0].isalpha() or same:
            continue
        word = E.span({"class": "lead-name"}, said)
        for attribute in ("lang", "dir"):
            if form.get(attribute):
                word.set(attribute, form.get(attribute))
        aim = E.a({"href": f"#{name}-{entry.get('id')}"}, _lead(entry))
        rows.append((key, E.li({"class": "entry"}, word, " ", E.i({"lang": spoken}, phrase("see", spoken)), " ", aim)))
    return rows


def on_pages(body: Any, page_of: Mapping[str, int]) -> None:
    """Turn the locators of an index into numbers of pages, each once, runs of three and more as from–to."""
    for row in body.xpath(".//li[.//a[contains(concat(' ', @class, ' '), ' locator ')]]"):
        spans = row.xpath("./span[@class='places']")
        first: dict[int, str] = {}
        for link in (link for span in spans for link in span):
            number = page_of.get(link.get("href")[1:])
            if number is not None:
                first.setdefault(number, link.get("href"))
        for span in spans:
            row.remove(span)
        if not first:
            continue
        place = E.span({"class": "places"})
        for run in runs(sorted(first)):
            place.append(E.a({"class": "locator", "href": first[run[0]]}, _from_to(run)))
            place[-1].tail = ", "
        place[-1].tail = None
        row.append(place)


def runs(numbers: Sequence[int]) -> list[list[int]]:
    """Return sorted numbers as runs of neighbours; two neighbours are no run.

    >>> runs([1, 2, 4, 5, 6, 9])
    [[1], [2], [4, 5, 6], [9]]
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return [part for run in found for part in ([run] if len(run) > 2 else [[one] for one in run])]


def _from_to(run: Sequence[int]) -> str:
    """Return a run of pages in figures.

    >>> _from_to([4, 5, 6])
    '4–6'
    """
    return str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
