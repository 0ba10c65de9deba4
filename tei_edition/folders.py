"""Takes a folder that is to be written into and says that it belongs to somebody else."""

from __future__ import annotations

from pathlib import Path

from tei_edition.finding import Finding, Severity


def folder_taken(folder: Path, ours: str, hint: str) -> Finding:
    """Return the finding that a folder holds other files than ours, such as those of “a published site”."""
    return Finding(
        rule="folder-taken", severity=Severity.ERROR, file=folder, hint=hint,
        message=f"The folder holds other files than those of {ours}; nothing was written.",
    )  # fmt: skip
