"""Takes one opened file after the other and gives what is wrong with them as a whole; of a file it keeps little."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tei_edition.finding import Finding, Severity
from tei_edition.location import line, xpath
from tei_edition.opened import Opened
from tei_edition.tei import ID
from tei_edition.validation.against import Against, named


class DocumentIds:
    """The ids that documents bear: each is to be the only one of its name."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[Path, int | None]] = {}
        self._found: list[Finding] = []

    def take(self, opened: Opened, against: Against) -> None:
        """Look at the id of one document."""
        value = opened.root.get(ID)
        # What `encode` writes beside a file that was changed by hand is the same document.
        if value is None or opened.file.name.endswith(".new.xml"):
            return
        here = opened.file, line(opened.root)
        file, at = self._first.setdefault(value, here)
        if (file, at) != here:
            message = f"The id “{value}” of this document is that of {named(file)}, too."
            hint = "Give one of them another id, and change what points to it."
            self._found.append(
                Finding(
                    rule="document-id-duplicate",
                    severity=Severity.ERROR,
                    message=message,
                    file=opened.file,
                    line=here[1],
                    xpath=xpath(opened.root, ID),
                    hint=hint,
                )
            )

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong, after the last document."""
        yield from self._found
