"""Takes the name of an image and gives what kind it is, and what is said where it cannot be shown."""

from __future__ import annotations

from pathlib import Path

from tei_edition.finding import Finding, Severity

IMAGES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp"}
"""Images that site, EPUB and PDF show, by the ends of their names."""


def image_missing(name: str, of: str, file: Path, line: int | None = None) -> Finding:
    """Return the finding that an image is not in a site, an EPUB or a PDF, whichever ``of`` says.

    >>> image_missing("a.tif", "site", Path("letter.xml")).message
    'The image “a.tif” is not in the site.'
    """
    return Finding(
        rule="image-missing", severity=Severity.WARNING, file=file, line=line,
        message=f"The image “{name}” is not in the {of}.",
        hint="Put a PNG, JPEG, GIF or WebP file of that name into the folder of the TEI.",
    )  # fmt: skip
