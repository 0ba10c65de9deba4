"""Takes a document of an edition and remarks on characters of its transcript that the TEI no longer has."""

from __future__ import annotations

from collections import Counter

from tei_edition.edition import Document
from tei_edition.finding import Severity, unheard
from tei_edition.opened import Opened
from tei_edition.tei import NS
from tei_edition.validation.against import Against

SHOWN = 30
"""Characters that are quoted on each side."""


def source_text(opened: Opened, against: Against) -> None:
    """Remark once where the text of the TEI, read back, is another than that of the transcript it was encoded from."""
    document = against.document(opened)
    if document is None or not document.source.is_file():
        return
    # What encodes takes long to import, and most files that are checked have no transcript.
    from tei_edition.encoding.telling import told
    from tei_edition.encoding.writing import is_untouched

    text, theirs = opened.root.find("t:text", NS), _transcript(document)
    ours = "" if text is None else told(text)
    if theirs is None or ours == theirs:
        return
    at = next((place for place, (one, two) in enumerate(zip(theirs, ours, strict=False)) if one != two), -1)
    at = at if at >= 0 else min(len(ours), len(theirs))
    lost, added = Counter(theirs) - Counter(ours), Counter(ours) - Counter(theirs)
    line, column = theirs.count("\n", 0, at) + 1, at - theirs.rfind("\n", 0, at)
    untouched = opened.data is not None and is_untouched(opened.data)
    message = (
        f"The text is not that of {document.source.name}: {lost.total()} characters of it are not here, and"
        f" {added.total()} are here that it does not have. The first difference is at line {line}, column {column} of"
        f" its text: “{_quoted(theirs, at)}” there, “{_quoted(ours, at)}” here."
    )
    hint = (
        "The transcript was changed: encode it again."
        if untouched
        else "Take the change over into the transcript, or mark it in the TEI with choice, sic, supplied or note."
    )
    rule = "text-not-of-source"
    opened.remark(rule, message, at=opened.root, severity=Severity.WARNING, hint=hint)


def _transcript(document: Document) -> str | None:
    from tei_edition.readers import read

    try:
        found = read(document.source, report=unheard, reader=document.reader, encoding=document.encoding)
    except OSError:
        return None
    return found.text()


def _quoted(text: str, at: int) -> str:
    return " ".join(text[max(0, at - 8) : at + SHOWN].split())
