"""Takes the TEI of an edition and its register and gives the rows of a proposal: who is named, where, who is new."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tei_edition.edition import Edition, identifier
from tei_edition.encoding.decisions import load_decisions
from tei_edition.encoding.names import KINDS, Entry, Register, fold
from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.register.clusters import Cluster, clusters, ends
from tei_edition.register.forms import like, marks, may_be, parts
from tei_edition.register.harvest import Mention, harvest
from tei_edition.register.sheet import MANY, Row, state
from tei_edition.register.shelf import Shelf, row_of
from tei_edition.tei import ID, parse

SHOWN = 4
"""Occurrences of a row that are shown with their context."""
KNOWN = "in the register"


def propose(edition: Edition, *, report: Report) -> list[Row]:
    """Return a row for every person, place and body named in the TEI of an edition, and for every register entry.

    1. A name that several may bear is never given to one of them: it has a row of its own for its documents.
    2. What the editor decided in ``decisions.toml`` or wrote into the register is not asked again.
    3. The same TEI and the same register give the same rows.
    """
    shelf = Shelf.open(edition, report)
    mentions = list(_mentions(edition, shelf, report))
    desk = _Desk(edition, shelf.register(), mentions)
    order = {kind: number for number, kind in enumerate(KINDS)}
    rows = desk.proposals()
    kept = {element.get(ID, ""): element for _, element in shelf.elements()}
    rows += [row_of(kept[key], desk.met[key]) for key in desk.register.entries]
    for row in rows:
        _tell(row, desk.said[id(row)] if id(row) in desk.said else desk.met.get(row.id, []))
    return sorted(rows, key=lambda row: (row.proposal == KNOWN, order[row.kind], bool(row.document), _sorted(row)))


def _mentions(edition: Edition, shelf: Shelf, report: Report) -> Iterable[Mention]:
    files = {path.name: kind for path, kind in shelf.files.items()}
    for path in edition.tei_files():
        if path.resolve() in shelf.files or not path.exists():
            continue
        try:
            root = parse(read_bytes(path), path, report)
        except OSError as error:
            message = f"{path.name} cannot be read: {error}."
            report(Finding(rule="file-unreadable", severity=Severity.ERROR, file=path, message=message))
            continue
        if root is not None:
            yield from harvest(root, path.stem, files)


@dataclass
class _Desk:
    """What is known while rows are made."""

    edition: Edition
    register: Register
    mentions: Sequence[Mention]
    met: dict[str, list[Mention]] = field(default_factory=lambda: defaultdict(list))
    """Mentions of each entry of the register."""
    said: dict[int, list[Mention]] = field(default_factory=dict)
    """Mentions of each row, by the row's `id()`."""

    def proposals(self) -> list[Row]:
        """Return the rows of what the register does not know."""
        unknown, other_forms = list[Mention](), defaultdict[str, list[Mention]](list)
        several = defaultdict[tuple[str, str, str, tuple[str, ...]], list[Mention]](list)
        decided = {name: self._decided(name) for name in dict.fromkeys(mention.document for mention in self.mentions)}
        for mention in self.mentions:
            bearers = [entry for entry in self.register.bearers(mention.form) if entry.kind == mention.kind]
            whole = f"{mention.title} {mention.form}".strip()
            answers = decided[mention.document]
            if mention.entry in self.register.entries:
                entry = self.register.entries[mention.entry]
                self.met[entry.id].append(mention)
                answered = mention.form in answers or whole in answers
                if (
                    mention.form
                    and not answered
                    and entry.form(mention.form) is None
                    and not _within(mention.form, entry)
                ):
                    other_forms[entry.id].append(mention)
            elif mention.form in answers or whole in answers:
                continue
            elif len(bearers) == 1:
                self.met[bearers[0].id].append(mention)
            elif bearers:
                # That several bear it is known; who is meant is asked document by document.
                keys = tuple(entry.id for entry in bearers)
                several[mention.kind, fold(mention.form), mention.document, keys].append(mention)
            else:
                unknown.append(mention)
        found = clusters(unknown)
        self._ids = self._named(found)
        for entry in self.register.entries.values():
            for word in {word for form in entry.forms for word in marks(form.text)}:
                self._by_word[entry.kind, word].append(entry.id)
        self._near = _alike([one for one in found if not one.doubtful])
        rows = [self._row(one) for one in found if not one.doubtful]
        rows += self._doubtful(found)
        for key, said in other_forms.items():
            rows.append(self._known(self.register.entries[key], said))
        for (kind, _, _, candidates), said in several.items():
            rows.append(self._of_several(Cluster(kind, said, doubtful=True), candidates))
        return rows

    def _decided(self, document: str) -> set[str]:
        source = next((item.source for item in self.edition.documents if item.id == document), None)
        names = [document, *([source.name, source.stem] if source else [])]
        decisions = load_decisions(self.edition.decisions, *names)
        return {*decisions.names, *decisions.speakers}

    def _named(self, found: Sequence[Cluster]) -> dict[int, str]:
        """Give every cluster an id that nobody has."""
        ids, taken = dict[int, str](), {*self.register.entries, *self.register.former}
        for one in sorted((one for one in found if not one.doubtful), key=lambda one: (one.forms[0], one.documents)):
            ids[id(one)] = key = free(id_of(one.forms[0], one.kind), taken)
            taken.add(key)
        return ids

    def _row(self, one: Cluster) -> Row:
        sure, alike = self._candidates(one)
        proposal, certainty = "new", "low"
        if " " in one.forms[0] or one.kind != "person":
            certainty = "high" if one.grounds[0] in ("metadata", "attendance") and not one.joined else "medium"
        if len(sure) == 1 or (not sure and len(alike) == 1):
            (entry,) = sure or alike
            proposal, certainty = f"same as {entry.id}", "medium" if sure and " " in one.forms[0] else "low"
        elif len(sure) > 1:
            proposal, certainty = f"ambiguous: {', '.join(entry.id for entry in sure)}", "low"
        near = sorted(self._ids[key] for key in self._near[id(one)])
        row = Row(
            proposal=proposal, certainty=certainty, id=self._ids[id(one)], kind=one.kind, name=one.forms[0],
            forms=MANY.join(one.forms[1:]),
            candidates=MANY.join([*(entry.id for entry in [*sure, *alike]), *near]),
            ground=MANY.join(one.grounds),
        )  # fmt: skip
        self.said[id(row)] = one.mentions
        return row

    def _candidates(self, one: Cluster) -> tuple[list[Entry], list[Entry]]:
        """Return the entries that the names fit, and those whose names are merely spelt like them."""
        sure, alike = list[Entry](), list[Entry]()
        shared = {key for form in one.forms for word in marks(form) for key in self._by_word[one.kind, word]}
        for entry in (self.register.entries[key] for key in self.register.entries if key in shared):
            pairs = [(form, other.text) for form in one.forms for other in entry.forms]
            if any(may_be(*pair) for pair in pairs if one.kind == "person") or any(
                " " not in form and " " in other and fold(form) in ends(other) for form, other in pairs
                if one.kind == "person"
            ):  # fmt: skip
                sure.append(entry)
            elif any(like(*pair) for pair in pairs):
                alike.append(entry)
        return sure, alike

    def _doubtful(self, found: Sequence[Cluster]) -> list[Row]:
        """Return a row for each doubtful name and those who may bear it, with all documents of which that is true."""
        joined: dict[tuple[str, ...], Cluster] = {}
        for one in found:
            if one.doubtful:
                form = one.forms[0]
                entries = [entry.id for entry in self._candidates(one)[0]] if one.mentions[0].form else []
                candidates = [*(self._ids[id(other)] for other in one.fitting), *entries]
                # A title alone, such as “The President”, means somebody else in every document.
                alone = () if candidates else (one.documents[0],)
                into = joined.setdefault(
                    (fold(form).removeprefix("the "), *candidates, *alone), Cluster("person", doubtful=True)
                )
                into.mentions += one.mentions
                into.fitting = one.fitting
                self._of[id(into)] = tuple(candidates)
        return [self._of_several(one, self._of[id(one)]) for one in joined.values()]

    _by_word: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _ids: dict[int, str] = field(default_factory=dict)
    _near: dict[int, list[int]] = field(default_factory=dict)
    _of: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def _of_several(self, one: Cluster, candidates: tuple[str, ...]) -> Row:
        proposal = f"ambiguous: {', '.join(candidates)}" if len(candidates) > 1 else ""
        row = Row(
            proposal=f"same as {candidates[0]}" if len(candidates) == 1 else proposal, certainty="low",
            kind=one.kind, name=one.forms[0], forms=MANY.join(one.forms[1:]),
            candidates=MANY.join(candidates), document=MANY.join(one.documents), ground=MANY.join(one.grounds),
        )  # fmt: skip
        self.said[id(row)] = one.mentions
        return row

    def _known(self, entry: Entry, said: list[Mention]) -> Row:
        """Return the row of names that the documents give to an entry of the register, which does not have them."""
        one = Cluster(entry.kind, said)
        row = Row(
            proposal=f"same as {entry.id}", certainty="high" if "bracket" in one.grounds else "medium",
            id=id_of(one.forms[0], one.kind), kind=entry.kind, name=one.forms[0], forms=MANY.join(one.forms[1:]),
            candidates=entry.id, ground=MANY.join(one.grounds),
        )  # fmt: skip
        self.said[id(row)] = said
        return row


def _alike(found: Sequence[Cluster]) -> dict[int, list[int]]:
    """Return for each cluster, by its `id()`, the others that an editor should compare it with."""
    near: dict[int, list[int]] = defaultdict(list)
    by_word: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for one in found:
        for word in marks(one.forms[0]):
            by_word[one.kind, word].append(one)
    for same in by_word.values():
        for place, one in enumerate(same):
            for other in same[place + 1 :]:
                pair = one.forms[0], other.forms[0]
                if id(other) not in near[id(one)] and (may_be(*pair) or like(*pair)):
                    near[id(one)].append(id(other))
                    near[id(other)].append(id(one))
    return near


def id_of(form: str, kind: str) -> str:
    """Return an id made of a name.

    >>> id_of("Arthur W. Radford", "person"), id_of("Łódź", "place")
    ('arthur-w-radford', 'lodz')
    """
    plain = unicodedata.normalize("NFKD", form.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("đ", "d"))
    plain = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower().replace("'", "")).strip("-")
    if not plain:
        # A name in another script; the digest is the same for the same name.
        plain = f"{kind}-{hashlib.sha256(form.encode('utf-8', 'replace')).hexdigest()[:6]}"
    return identifier(plain)


def free(key: str, taken: Iterable[str]) -> str:
    """Return an id that is not taken: the one wanted, or with the next number."""
    wanted, number, used = key, 1, set(taken)
    while key in used:
        number += 1
        key = f"{wanted}-{number}"
    return key


def _within(form: str, entry: Entry) -> bool:
    """Say whether a form is a shorter way to write one that the entry has, such as a surname or other initials."""
    return any(set(parts(form)) <= set(parts(other.text)) for other in entry.forms)


def _tell(row: Row, mentions: Sequence[Mention]) -> None:
    """Write into a row how often and where its names occur."""
    places = [mention for mention in mentions if mention.context]
    row.count = str(len(places) or len(mentions))
    count: dict[str, int] = defaultdict(int)
    for mention in mentions:
        count[mention.document] += bool(mention.context)
    shown, seen = list[str](), set[tuple[str, str]]()
    for mention in places:
        if len(shown) < SHOWN and (mention.document, mention.form) not in seen:
            seen.add((mention.document, mention.form))
            shown.append(f"{mention.document}: {mention.context.replace('|', '/')}")
    rest = [document for document in count if not any(text.startswith(f"{document}:") for text in shown)]
    more = f"also in {', '.join(rest[:12])}{' …' if len(rest) > 12 else ''}" if rest else ""
    row.occurrences = MANY.join([*shown, *([more] if more else [])])
    row.state = state(row) if row.proposal == KNOWN else ""


def _sorted(row: Row) -> tuple[str, str, str]:
    words = fold(re.sub(r",? (?:Jr|Sr)\.?$", "", row.name)).split() or [""]
    return (words[-1], row.name, row.document) if row.kind == "person" else (fold(row.name), "", row.document)
