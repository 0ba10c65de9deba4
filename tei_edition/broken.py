"""Holds what is raised for a schema, in whichever language, that cannot be used."""

from __future__ import annotations

from pathlib import Path


class SchemaBroken(Exception):
    """The schema, or a part of it, cannot be used; the message is one sentence, line and column are of the schema.

    ``file`` is another file that the schema reads, where the fault is there.
    """

    def __init__(
        self, message: str, line: int | None = None, column: int | None = None, file: Path | None = None
    ) -> None:
        super().__init__(message)
        self.line, self.column, self.file = line, column, file
