"""What brackets and signs mean in transcripts of one kind: data that an edition can change in ``edition.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from tei_edition.encoding.decisions import KINDS

SIGNS = ("ex", "supplied", "surplus", "unclear", "del", "add", "gap", "note")
"""What a pair of signs may mean."""
_GRADES = {"A": "high", "B": "medium", "C": "low", "D": "low"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """How one kind of transcript uses its signs; each value is stated in the header's ``editorialDecl``."""

    name: str
    brackets: str
    """One sentence for the header: whose the brackets are and what they mean."""
    question: str = "unclear"
    """What a bracket that ends in a question mark is: ``unclear`` (a doubtful reading) or ``supplied``."""
    missing: str = "lost"
    """``gap/@reason`` for words called missing."""
    unclear: str = "illegible"
    """``gap/@reason`` for words called unclear; ``inaudible`` for transcripts of recordings."""
    omission: str = "editorial"
    """``gap/@reason`` for ``[…]``: ``editorial``, or ``sampling`` when the page is declared an excerpt."""
    words: str = "omitted-in-original"
    """``supplied/@reason`` for other words in brackets; ``lost`` where brackets restore what the document has lost."""
    letters: bool = False
    """Whether ``[...]`` counts letters that are lost, and ``[---]`` stands for any number of them."""
    sentences: str = "note"
    """What a whole sentence in brackets is: ``note``, ``stage`` where brackets tell what happens in the room, ``text``
    where a paragraph in brackets may be the document's own."""
    quotations: str = "q"
    """What quotation marks become: ``q``, or ``text`` where they stay as they are."""
    inline_lists: bool = False
    """Whether run-in enumerations, 1) … 2) … 3) …, become lists."""
    signs: Mapping[str, str] = field(default_factory=dict)
    """Other pairs of signs, as ``{ }``, with what they mean: an element, and a word for its reason, place or rend."""
    grades: Mapping[str, str] = field(default_factory=lambda: dict(_GRADES))
    """Degrees of certainty of readings like ``[B% agent]``, with the value of ``@cert``."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """Words of the editor's own in brackets, with what they mean: a kind of decision, and its reason or type."""

    def conventions(self) -> list[str]:
        """Return the sentences that tell a reader of the header what the signs were taken to mean."""
        doubt = "a doubtful reading (unclear)" if self.question == "unclear" else "a doubtful addition (supplied)"
        dots = "[...] counts the letters that are lost" if self.letters else f"[…] is a gap ({self.omission})"
        told = [
            self.brackets,
            f"Profile {self.name}: what is called missing is a gap with the reason {self.missing}, what is called "
            f"unclear with the reason {self.unclear}; {dots}; words that end in a question mark are {doubt}; other "
            f"words are supplied ({self.words}).",
        ]
        for intro, table in (("Other signs", self.signs), ("Remarks of the editors", self.remarks)):
            if table:
                told.append(f"{intro}: {', '.join(f'{sign} is {meaning}' for sign, meaning in table.items())}.")
        if self.grades != _GRADES or self.name == "venona":
            grades = ", ".join(f"{grade}% is {value}" for grade, value in self.grades.items())
            told.append(f"Degrees of certainty: {grades}.")
        return told


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            name="digital-archive",
            brackets="Square brackets in the transcript are taken to be additions of the person who translated or "
            "edited the document for the archive, unless encoded otherwise.",
        ),
        Profile(
            name="frus",
            brackets="Square brackets in the transcript are taken to be additions of the editors of the printed "
            "volume, unless a note says that they stand in the source.",
            question="supplied",
            sentences="text",
            quotations="text",
        ),
        Profile(
            name="recording",
            brackets="Square brackets in the transcript are taken to be additions of the person who transcribed "
            "the recording.",
            unclear="inaudible",
        ),
        Profile(
            name="stenographic",
            brackets="Square brackets in the transcript are taken to be the stenographer's, who tells what happened in "
            "the room; only words that the sentence needs are an editor's addition.",
            unclear="inaudible",
            sentences="stage",
        ),
        Profile(
            name="venona",
            brackets="Square brackets in the transcript are taken to be additions of those who broke the cipher and "
            "translated the telegram.",
        ),
        Profile(
            name="leiden",
            brackets="The signs of the transcript are taken to be those of the Leiden conventions: square brackets "
            "hold what is lost and was restored by the editor.",
            omission="lost",
            words="lost",
            letters=True,
            signs={
                "( )": "ex",
                "{ }": "surplus",
                "<< >>": "add overstrike",
                "< >": "supplied omitted",
                "⟨ ⟩": "supplied omitted",
                "⟦ ⟧": "del erasure",
                "[[ ]]": "del erasure",
                "` ´": "add above",
                "\\ /": "add above",
                "/ \\": "add below",
                "\u0323": "unclear",
            },
        ),
    )
}
"""The profiles that come with the toolkit; the first is used where none is named and nothing points to another."""

_SIR = r"(?:Mr|Mrs|Sir|Lord|Count|Baron|Se[nñ]or|General|Consul)"
_HOUSE = r"(?:Library|Department of State|National Archives|Records Center|Papers|Central Intelligence Agency)"
_EVIDENCE: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...] = (
    (
        "leiden", 2,
        (
            ("[", r"\[(?:[-–—]\s?){2,}\]"), ("[", r"\[(?:c\.|ca\.|±)\s?\d+\]"),
            ("⟦ [[", r"⟦[^⟦⟧]+⟧|\[\[[^\[\]]+\]\]"), ("\u0323", "\\w\u0323"),
            ("[.", r"\w\[\.{1,12}\]|\[\.{1,12}\]\w"), ("⟨ <", r"⟨\w+⟩|\w<\w+>|<\w+>\w"), ("{", r"\{\w+\}"),
            ("vac", r"\bvac(?:at|\.)"), (")", r"\w\(\w+\)\s\w+\(\w+\)"),
        ),
    ),
    (
        "venona", 1,
        (
            ("unrecover unidentified", r"\bgroups? (?:unrecovered|unrecoverable|unidentified)\b"), ("%", r"\[[A-D]%"),
            ("venona", r"\bVENONA\b"),
        ),
    ),
    (
        "frus", 1,
        (
            ("]", r"not declassified\]"), ("[", r"\[(?:Omitted here|Here follows?) "),
            ("foreign", r"Foreign Relations of the United States|Foreign Relations, (?:\d{4}|vol|The )"),
            ("source:", rf"S(?<!\wS)ource: (?:[A-Z][\w.’']+,? (?:of |and |for )?(?:the )?){{0,6}}{_HOUSE}\b"),
            ("[footnote [brackets", r"\[(?:Footnote|Brackets) (?:is |are )?in the (?:source|original)"),
            ("[received", r"\[Received "), ("inclosure", r"\[(?:Sub-?)?[Ii]nclosure"),
            ("/", r"(?m)^\d{3}[A-Z]?\.[\w.() ]{0,30}/\d[\d–-]*[a-z½]?(?:: .{3,20})?$"),
            ("editorial", r"(?m)^\d+\. Editorial Note$"),
        ),
    ),
    (
        "frus", 2,
        (
            ("to", rf"(?m)^(?:No\. \d+\.? )?{_SIR}\b.{{2,50}} to {_SIR}\b[^.]*\.?[^.]*\.$"),
            (".]", r"(?m)N(?<=^N)o\. \d+\.\]$"), ("(received", r"\(Received .{3,30}\)$"),
            ("[page", r"\[Page [\dLXVI]+\]"),
            ("united", r"(?m)^(?:(?:Legation|Consulate|Embassy) of the )?United States(?:,| (?:Legation|Consul|Emb))"),
            ("state,", r"(?m)^Department of State,(?: Washington.*)?$"), ("printed.", r"N(?<!\wN)ot printed\."),
            ("etc.", r"(?m)I(?<=^I) (?:am|have the honor to be|have the honor),(?: sir,)? etc\."),
            ("library,", r"\((?:[A-Z]\w+ ){1,3}Library, [A-Z]"), ("ibid", r"\(Ibid\., [A-Z\d]"),
        ),
    ),
    (
        "recording", 2,
        (
            ("[", r"\[(?i:inaudible|unintelligible|unclear)\]"),
            ("unidentified", r"(?i:\bunidentified (?:fe)?male\b|\bunidentified speaker\b)"),
            ("[", r"\[Duration:"),
            ("tape recording conversation", r"(?i:\btapes?\b|\brecording\b|\bconversation no\.)"),
            ("withdrawn", r"WITHDRAWN ITEM"), ("stamp", r"(?i:\btime ?stamp\b)"),
        ),
    ),
)  # fmt: skip
"""What in a text speaks for a profile: its name, how many different signs must be met, and the signs.

Before each sign: what a text must have in small letters, one of it, to be searched for the sign at all."""
_SIGNS_OF = tuple(
    (name, least, tuple((needed.split(), re.compile(pattern)) for needed, pattern in signs))
    for name, least, signs in _EVIDENCE
)


_ORIGINS = (
    ("digital-archive", re.compile(r"digitalarchive\.(?:wilsoncenter\.)?org|Wilson Center Digital Archive"
                                   r"|International History Declassified")),
    ("frus", re.compile(r"history\.state\.gov|Office of the Historian|Foreign Relations of the United States")),
)  # fmt: skip
"""How a page calls the place that it comes from, with the profile of that place."""


def profile_of_origin(names: Iterable[str]) -> tuple[str, str] | None:
    """Return the profile of the archive that a page says it comes from, and what says so, or None.

    >>> profile_of_origin(["https://history.state.gov/historicaldocuments/frus1964-68v11/d1"])
    ('frus', 'history.state.gov')
    """
    for name in names:
        for profile, called in _ORIGINS:
            if said := called.search(name):
                return profile, said[0]
    return None


def profile_fitting(text: str, among: frozenset[str] = frozenset()) -> tuple[str, list[str]] | None:
    """Return the profile that the signs of a text speak for, and those signs, or None.

    >>> profile_fitting("[2 lines not declassified] Mr. Kissinger: What?")
    ('frus', ['not declassified]'])
    """
    low = text.casefold()
    for name, least, signs in _SIGNS_OF:
        if among and name not in among:
            continue
        patterns = [pattern for needed, pattern in signs if any(map(low.__contains__, needed))]
        found: list[str] = []
        for left, pattern in zip(range(len(patterns), 0, -1), patterns, strict=True):
            if len(found) + left < least:
                break
            if sign := pattern.search(text):
                found.append(sign[0])
        if len(found) >= least:
            return name, found
    return None


def _hold(name: str, key: str, table: Mapping[str, str]) -> None:
    """Raise ValueError when a table means something that cannot be encoded."""
    for sign, meaning in table.items():
        kind = meaning.partition(" ")[0]
        if (key == "remarks" and kind not in KINDS) or (key == "signs" and kind not in SIGNS):
            allowed = ", ".join(KINDS if key == "remarks" else SIGNS)
            raise ValueError(f"The profile “{name}” takes {sign} for “{kind}”; choose one of {allowed}.")


def profile_named(name: str | None, changes: Mapping[str, Mapping[str, Any]] | None = None) -> Profile:
    """Return a profile with an edition's changes; raise ValueError with one line when there is none of this name.

    A table of an edition's profile (``signs``, ``grades``, ``remarks``) is added to that of the profile it is like.
    """
    name = name or next(iter(PROFILES))
    own = dict((changes or {}).get(name, {}))
    base = PROFILES.get(str(own.pop("like", name)))
    if base is None:
        known = ", ".join([*PROFILES, *(key for key in (changes or {}) if key not in PROFILES)])
        raise ValueError(f"There is no bracket profile “{name}”; there are {known}.")
    if not own and base.name == name:
        return base
    kinds = {item.name: type(getattr(base, item.name)) for item in fields(Profile)}
    for key, value in own.items():
        strings = not isinstance(value, dict) or all(isinstance(item, str) for item in value.values())
        if key not in kinds or not isinstance(value, kinds[key]) or not strings:
            raise ValueError(f"The profile “{name}” cannot set {key} = {value!r}.")
        if isinstance(value, dict):
            _hold(name, key, value)
            own[key] = {**getattr(base, key), **value}
    return replace(base, **{"name": name, **own})
