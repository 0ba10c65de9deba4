"""Takes the names of an edition and gives those that seem to have one bearer together, doubtful ones apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tei_edition.encoding.names import fold
from tei_edition.register.forms import FEMALE, MALE, may_be, parts
from tei_edition.register.harvest import GROUNDS, Mention

SPAN = 60
"""Years after which a name is taken to be that of somebody else."""


@dataclass
class Cluster:
    """Mentions that seem to have one bearer."""

    kind: str
    mentions: list[Mention] = field(default_factory=list)
    doubtful: bool = False
    """Whether the name is a single word or a title that several may bear: the row is about its documents only."""
    fitting: list[Cluster] = field(default_factory=list)
    """Who may be meant, if doubtful; where the document has one of them, that one alone."""
    joined: bool = False
    """Whether names that are written differently were put together."""

    @property
    def documents(self) -> list[str]:
        """Return the documents in which the names occur, in order."""
        return list(dict.fromkeys(mention.document for mention in self.mentions))

    @property
    def forms(self) -> list[str]:
        """Return the names, the fullest and most frequent first; of a title alone the title."""
        count: dict[str, int] = defaultdict(int)
        for mention in self.mentions:
            count[mention.form or mention.title] += 1
        spelt: dict[str, str] = {}
        for form in sorted(count, key=lambda form: (-count[form], form)):
            spelt.setdefault(fold(form), form)
        return sorted(spelt.values(), key=lambda form: (-_fullness(form), -count[form], form))

    @property
    def grounds(self) -> list[str]:
        """Return where the names came from, the best witness first."""
        return [ground for ground in GROUNDS if any(mention.ground == ground for mention in self.mentions)]

    def fits(self, mention: Mention) -> bool:
        """Say whether a surname may mean this person: one of the names ends or begins with it, in the same age."""
        # Mrs. Brown is nobody of whom nothing says that she is a woman, Mr. Brown no woman.
        man, woman = (any(sex.match(other.title) for other in self.mentions) for sex in (MALE, FEMALE))
        if (FEMALE.match(mention.title) and not woman) or (MALE.match(mention.title) and woman and not man):
            return False
        if not any(near(mention.year, other.year) for other in self.mentions):
            return False
        word = fold(mention.form)
        return any(word in ends(other.form, loosely=True) for other in self.mentions if " " in other.form)

    def ends_with(self, word: str) -> bool:
        """Say whether a folded word is the surname of one of the names."""
        return any(word in ends(mention.form) for mention in self.mentions)


def near(one: int, other: int) -> bool:
    """Say whether two years, 0 for none, may belong to one life."""
    return not one or not other or abs(one - other) <= SPAN


def clusters(mentions: Iterable[Mention]) -> list[Cluster]:
    """Return the clusters: full names first, then what is left of surnames and titles.

    1. A name that the register's entry or the document itself ties to another is with it.
    2. Full names are together when they may be one, and no third name fits just as well.
    3. A surname is with the one person of the edition whom it fits; where there are several, it stays doubtful,
       document by document.
    """
    full, short, others = list[Mention](), list[Mention](), list[Mention]()
    for mention in mentions:
        alone = mention.kind == "person" and (not mention.form or " " not in mention.form)
        (others if mention.kind != "person" else short if alone else full).append(mention)
    found = _full(full)
    by_end: dict[str, list[Cluster]] = defaultdict(list)
    for one in found:
        for word in {word for mention in one.mentions for word in ends(mention.form, loosely=True)}:
            by_end[word].append(one)
    return [*found, *_short(short, by_end), *_plain(others)]


def _full(mentions: Sequence[Mention]) -> list[Cluster]:
    """Put full names together."""
    single: dict[tuple[str, int], Cluster] = {}
    for mention in mentions:
        key, age = fold(" ".join(parts(mention.form)) or mention.form), 0
        while (key, age) in single and not any(near(mention.year, m.year) for m in single[key, age].mentions):
            age += 1
        single.setdefault((key, age), Cluster("person")).mentions.append(mention)
    found = list(single.values())
    owner = list(range(len(found)))

    def top(index: int) -> int:
        while owner[index] != index:
            index = owner[index]
        return index

    tied: dict[tuple[str, str], int] = {}
    by_word: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(found):
        for mention in one.mentions:
            if mention.local:
                owner[top(index)] = top(tied.setdefault((mention.document, mention.local), index))
        for word in {word for word in parts(one.mentions[0].form) if len(word) > 1}:
            by_word[word].append(index)
    fitting: dict[int, set[int]] = defaultdict(set)
    for same in by_word.values():
        for place, index in enumerate(same):
            for other in same[place + 1 :]:
                pair = found[index].mentions[0], found[other].mentions[0]
                if near(pair[0].year, pair[1].year) and may_be(pair[0].form, pair[1].form):
                    fitting[index].add(other)
                    fitting[other].add(index)
    for index in sorted(fitting):
        # J. Smith is neither John Smith nor James Smith, where there are both.
        around = sorted(fitting[index])
        agree = all(other == third or third in fitting[other] for other in around for third in around)
        if agree:
            for other in around:
                if all(third == index or third in fitting[index] for third in fitting[other]):
                    owner[top(other)] = top(index)
    groups: dict[int, Cluster] = {}
    for index, one in enumerate(found):
        into = groups.setdefault(top(index), Cluster("person"))
        into.joined |= bool(into.mentions)
        into.mentions += one.mentions
    return list(groups.values())


def _short(mentions: Sequence[Mention], by_end: dict[str, list[Cluster]]) -> list[Cluster]:
    """Give surnames to the one whom they fit, and return clusters of the others."""
    tied = {(m.document, m.local): one for all_ in by_end.values() for one in all_ for m in one.mentions if m.local}
    forms: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        forms[fold(mention.form) or f"={fold(mention.title)}"].append(mention)
    rest: list[Cluster] = []
    for form, said in forms.items():
        settled: dict[int, list[Cluster]] = {}
        for index, mention in enumerate(said):
            owner = tied.get((mention.document, mention.local)) if mention.local else None
            fitting = [one for one in by_end.get(form, ()) if one.fits(mention)]
            # “Clark” is rather Mark Clark than Clark Clifford.
            fitting = [one for one in fitting if one.ends_with(form)] or fitting
            settled[index] = [owner] if owner is not None else fitting
        bearers = {id(one): one for fitting in settled.values() for one in fitting}
        sure = all(one.ends_with(form) for one in bearers.values())
        if len(bearers) == 1 and all(settled.values()) and sure:
            (owner,) = bearers.values()
            owner.mentions += said
            continue
        if not bearers and not form.startswith("="):
            rest += _by_age(said)
            continue
        doubtful: dict[str, Cluster] = {}
        for index, mention in enumerate(said):
            one = doubtful.setdefault(mention.document, Cluster("person", doubtful=True))
            one.mentions.append(mention)
            here = [other for other in settled[index] if mention.document in other.documents]
            fitting = here if len(here) == 1 else settled[index]
            one.fitting += [other for other in fitting if other not in one.fitting]
        rest += doubtful.values()
    return rest


def _by_age(mentions: Sequence[Mention]) -> list[Cluster]:
    """Put one surname together, but apart for men and women and for those who lived at another time."""
    found: list[Cluster] = []
    for mention in mentions:
        woman = bool(FEMALE.search(mention.title))
        for one in found:
            first = one.mentions[0]
            if near(mention.year, first.year) and woman == bool(FEMALE.search(first.title)):
                one.mentions.append(mention)
                break
        else:
            found.append(Cluster("person", [mention]))
    return found


def _plain(mentions: Sequence[Mention]) -> list[Cluster]:
    """Put places and bodies together that are written alike, or that their document ties to one another."""
    found: dict[tuple[str, str], Cluster] = {}
    tied: dict[tuple[str, str, str], Cluster] = {}
    for mention in mentions:
        key = mention.kind, fold(mention.form)
        tie = (mention.kind, mention.document, mention.local)
        one = found.get(key) or (tied.get(tie) if mention.local else None) or Cluster(mention.kind)
        one.joined |= any(fold(other.form) != key[1] for other in one.mentions)
        one.mentions.append(mention)
        found[key] = one
        if mention.local:
            tied.setdefault(tie, one)
    return list({id(one): one for one in found.values()}.values())


def ends(form: str, *, loosely: bool = False) -> set[str]:
    """Return the words of a full name that may stand for it alone: the last, in East Asian names the first.

    A hyphen in the forename shows such a name; ``loosely`` takes the first word of any name without initials.

    >>> sorted(ends("Chiang Kai-shek")), sorted(ends("Zhou Enlai")), sorted(ends("Zhou Enlai", loosely=True))
    (['chiang', 'kai-shek'], ['enlai'], ['enlai', 'zhou'])
    """
    words = [word.strip(",.") for word in fold(re.sub(r",? (?:Jr|Sr)\.?$", "", form)).split()]
    if len(words) < 2 or len(words[0]) < 2:
        return set(words[-1:])
    surname_first = len(words) == 2 and "-" in words[1] and bool(re.search(r"-[^\W\dA-Z]+$", form))
    return {words[-1], words[0]} if surname_first or (loosely and "." not in form) else {words[-1]}


def _fullness(form: str) -> int:
    return sum(2 if len(part) > 1 else 1 for part in parts(form))
