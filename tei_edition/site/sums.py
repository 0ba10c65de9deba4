"""Takes what something is made from and gives a sum of it: as long as it is the same, nothing is to be made again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from tei_edition.files import read_bytes, resource


def summed(*parts: str | bytes) -> str:
    """Return a sum of texts and bytes, as 32 digits."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:32]


def sheet(stylesheet: str | Path) -> str:
    """Return what a stylesheet is known by: ours by its name, a project's own by its content too."""
    return str(stylesheet) + (summed(read_bytes(stylesheet)) if isinstance(stylesheet, Path) else "")


@cache
def package() -> bytes:
    """Return the digest of all modules and stylesheets: with others every page may be another."""
    digest = hashlib.sha256()
    own, sheets = Path(__file__).parent.parent, resource("xslt/base.xsl").parent
    for folder, kinds in ((own, ("*.py",)), (sheets, ("*.xsl", "*.txt"))):
        for file in sorted(one for kind in kinds for one in folder.rglob(kind)):
            digest.update(f"{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return digest.digest()
