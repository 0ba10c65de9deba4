"""Takes the blocks of a document and gives its ``text``: heads, opener, attendance, turns, enclosures, closer."""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise

from tei_edition.encoding.attendance import set_subjects
from tei_edition.encoding.body import Body, Composition
from tei_edition.encoding.boundaries import boundaries
from tei_edition.encoding.breaks import broken
from tei_edition.encoding.composing import Composer
from tei_edition.encoding.desk import Desk
from tei_edition.encoding.ending import Ending
from tei_edition.encoding.following import set_following, what_follows
from tei_edition.encoding.footnotes import set_footnotes
from tei_edition.encoding.genres import genre_found, genre_of
from tei_edition.encoding.opening import Opening
from tei_edition.encoding.page_marks import after_pages
from tei_edition.encoding.parts import parts
from tei_edition.encoding.present import attend
from tei_edition.encoding.speech import labels, speakers, surname
from tei_edition.encoding.unfolding import unfold
from tei_edition.finding import Severity
from tei_edition.tei import NS, E

_HANDWRITTEN = re.compile(r"\[hand-?writ[^\]]*\]", re.IGNORECASE | re.DOTALL)


def compose(desk: Desk, title: str, genre: str) -> Composition:
    """Set a document; ``title`` is what the page calls it, ``genre`` becomes ``div/@type``."""
    composer = Composer(desk, list(unfold(desk.transcript.blocks)))
    setting = _Setting(composer, desk, title, genre)
    setting.run()
    composer.close(desk.transcript.after)
    return setting.result


class _Setting(Body):
    """One pass over the blocks, from the top to the closing lines."""

    def run(self) -> None:
        """Set everything."""
        words = [self.composer.words(block) for block in self.blocks[: self.end]]
        cuts = boundaries(self.blocks, words, self.end, self.desk)
        for start, stop in pairwise([0, *cuts, self.end]):
            if start:
                kind = cuts[start] if cuts[start] == "attachment" else genre_of(words[start]) or "document"
                self.div = E.div(type=kind)
                self.composer.body.append(self.div)
                self.turn = self.voice = None
            self.at, self.stop = start, stop
            self._section(first=not start)
        self._genre()
        set_footnotes(self.composer, self.div, self.notes)
        if not len(self.div):
            self.div.append(E.p())

    def _section(self, *, first: bool) -> None:
        """Set the document, or one that it encloses."""
        begin = self.at
        while self.at < self.stop and _HANDWRITTEN.fullmatch(self.blocks[self.at].text):
            self._bare_note(self.blocks[self.at])
            self.at += 1
        texts = [self.composer.plain(block) for block in self.blocks[: self.stop]]
        diary = self.result.genre == "diary" or (self.at < self.stop and genre_of(texts[self.at]) == "diary")
        days = parts(self.blocks, texts, self.at + 1, self.stop, diary=True, agenda=False) if diary else {}
        opening = Opening(
            self.composer, self.desk, self.div, self.title if first else "", self.at, self.stop, min(days, default=None)
        )  # fmt: skip
        self.at = opening.set()
        self.letter = self.letter or (first and opening.letter)
        self.result.routed = self.result.routed or opening.routed
        if self.result.genre == "minutes":
            for head in opening.of_talks:
                self._take_part(head)
        self._lists()
        surnames = frozenset(
            surname(self.desk.strangers.get(key, key)) for row in self.result.delegations for key in row
        )
        found = labels(self.blocks[begin : self.stop], self.desk, surnames)
        found = {begin + index: label for index, label in found.items() if begin + index >= self.at}
        voices = speakers(found, self.blocks, self.desk)
        self.result.labelled = self.result.labelled or bool(found)
        floor = max([self.at + 1, *(index + 1 for index in found)])
        after = what_follows(self.blocks, texts, floor, self.stop)
        closed = after[0].first if after else self.stop
        ending = Ending(self.composer, self.desk, self.div, texts, closed, letter=opening.letter)
        end = ending.start(floor)
        agenda = bool(found) or self.result.genre == "minutes"
        self.sections = parts(self.blocks, texts, self.at, end, diary=diary, agenda=agenda)
        self._tell_sections()
        self._parts = broken(
            self.blocks, self.at, end, found, self.desk, self._merged, self.sections,
            partial(after_pages, self.composer, self.blocks),
        )  # fmt: skip
        self._base, self._open = self.div, []
        while self.at < end:
            self._next(found, voices, end)
        self.div, self.turn = self._base, None
        ending.set(max(end, self.at))  # an attendance list may reach beyond where the closing lines seemed to begin
        for stretch in after:
            if stretch.first >= self.at:
                set_following(self.composer, self.div, stretch)

    def _tell_sections(self) -> None:
        """Say which parts were found by their numbers or days."""
        first = min(self.sections, default=None)
        if first is not None and self.blocks[first].kind != "heading":
            part = self.sections[first]
            self.desk.say(
                "parts-found", Severity.INFO, self.blocks[first], 0,
                f"{len(self.sections)} parts begin with such lines as this one and become div type {part.kind}.",
            )  # fmt: skip

    def _genre(self) -> None:
        """Judge the genre of a document that nobody named, and say by what."""
        heads = [
            element
            for path in ("t:opener/t:seg[@type='reference']", "t:head")
            for element in self.composer.body[0].iterfind(path, NS)
        ]
        told = [" ".join("".join(map(str, head.itertext())).split()) for head in heads]
        found = genre_found(
            next(filter(genre_of, told), ""),
            labelled=self.result.labelled, letter=self.letter, routed=bool(self.result.routed),
            kinds=frozenset(part.kind for part in self.sections.values()),
        )  # fmt: skip
        if self.result.genre == "document" and found is not None:
            self.result.genre = found[0]
            self.composer.body[0].set("type", found[0])
            self.desk.say(
                "genre-judged", Severity.INFO, self.blocks[0], 0, f"This is taken for a {found[0]} by {found[1]}."
            )

    def _lists(self) -> None:
        """Set the lists of subjects and of those present that stand before the text."""
        at = -1
        while at != self.at < self.stop:
            at = self.at
            self.at += set_subjects(self.composer, self.div, self.blocks[self.at : self.stop])
            if self.at < self.stop and (present := attend(self.blocks[self.at], self.composer)):
                self.result.delegations.append(present)
                self.composer.leaf(self.div, "p", self.blocks[self.at])
                self.at += 1
            if self.at < self.stop:
                self._attendance(self.at)
