"""What square brackets mean in transcripts of one kind: data that an edition can change in ``edition.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """How one kind of transcript uses brackets; each value is stated in the header's ``editorialDecl``."""

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
    inline_lists: bool = False
    """Whether run-in enumerations, 1) … 2) … 3) …, become lists."""


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
        ),
        Profile(
            name="recording",
            brackets="Square brackets in the transcript are taken to be additions of the person who transcribed "
            "the recording.",
            unclear="inaudible",
        ),
    )
}
"""The profiles that come with the toolkit; the first is used where none is named."""


def profile_named(name: str | None, changes: Mapping[str, Mapping[str, Any]] | None = None) -> Profile:
    """Return a profile with an edition's changes; raise ValueError with one line when there is none of this name."""
    name = name or next(iter(PROFILES))
    own = dict((changes or {}).get(name, {}))
    base = PROFILES.get(str(own.pop("like", name)))
    if base is None:
        known = ", ".join([*PROFILES, *(key for key in (changes or {}) if key not in PROFILES)])
        raise ValueError(f"There is no bracket profile “{name}”; there are {known}.")
    kinds = {item.name: item.type for item in fields(Profile)}
    for key, value in own.items():
        if key not in kinds or isinstance(value, bool) != (kinds[key] == "bool"):
            raise ValueError(f"The profile “{name}” cannot set {key} = {value!r}.")
    return replace(base, name=name, **own)
