"""Takes an opened file and remarks on speeches whose speaker nobody can be found to be."""

from __future__ import annotations

from lxml import etree

from tei_edition.finding import Severity
from tei_edition.library import Library, ids_of
from tei_edition.opened import Opened
from tei_edition.prefixes import Prefixes
from tei_edition.tei import TEI
from tei_edition.validation.against import Against, number

PERSONS = frozenset("person personGrp persona org role castItem actor persName orgName name nym".split())
"""Elements that may stand for somebody who speaks."""


def speakers(opened: Opened, against: Against) -> None:
    """Remark on speeches without a person, once for each name that they bear, and on speakers who are none."""
    speeches = list(opened.root.iter(f"{{{TEI}}}sp"))
    prefixes, own = Prefixes(opened.root), ids_of(opened.root) if speeches else {}
    _unresolved(opened, speeches)
    for speech in speeches:
        for pointer in dict.fromkeys(speech.get("who", "").split()):
            kind = _kind(opened, against.library, own, prefixes.whole(pointer))
            # Within a file the rule of the toolkit's own schema says it.
            if kind and kind not in PERSONS and not (against.schemas.own and pointer.startswith("#")):
                message = f"“{pointer}” speaks here and is no person, but a “{kind}”."
                hint = "Point @who to a person of the header or of the register."
                opened.remark("who-not-a-person", message, at=speech, attribute="who", hint=hint)


def _unresolved(opened: Opened, speeches: list[etree._Element]) -> None:
    """Remark on names over speeches that lead to nobody, where other speeches of the document do."""
    if not any(speech.get("who", "").strip() for speech in speeches):
        return
    without: dict[str, list[etree._Element]] = {}
    for speech in speeches:
        speaker = speech.find(f"{{{TEI}}}speaker")
        if speaker is not None and not speech.get("who", "").strip():
            label = " ".join("".join(map(str, speaker.itertext())).split()).rstrip(":. ")
            without.setdefault(label, []).append(speech)
    for label, found in without.items():
        message = f"“{label}” speaks at {number(len(found), 'place')}, and @who does not say who that is."
        hint = "Add @who with the person of the header, or of the register."
        opened.remark("speaker-unresolved", message, at=found[0], severity=Severity.WARNING, hint=hint)


def _kind(opened: Opened, library: Library, own: dict[str, str], pointer: str) -> str | None:
    """Return the name of the element that a pointer leads to; None if that cannot be said."""
    path, _, fragment = pointer.partition("#")
    if not path:
        return own.get(fragment)
    if ":" in path or not fragment:
        return None
    file = library.target(opened.file.resolve().parent, path)
    if file is None or not library.there(file):
        return None
    return (library.ids(file) or {}).get(fragment)
