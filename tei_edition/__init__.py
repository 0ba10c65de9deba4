"""Transcripts of historical documents in, validated TEI P5 and a published edition out."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tei_edition.edition import Edition, new
    from tei_edition.encoding import encode
    from tei_edition.finding import Finding, Severity
    from tei_edition.odd import compile_odd
    from tei_edition.readers import read
    from tei_edition.site import publish
    from tei_edition.transcript import Block, Field, Line, Transcript
    from tei_edition.validation import validate
    from tei_edition.views import render

__version__ = "0.1.0"

_PUBLIC = {
    "Block": "transcript", "Edition": "edition", "Field": "transcript", "Finding": "finding",
    "Line": "transcript", "Severity": "finding", "Transcript": "transcript",
    "compile_odd": "odd", "encode": "encoding", "new": "edition", "publish": "site", "read": "readers",
    "render": "views", "validate": "validation",
}  # fmt: skip

__all__ = [
    "Block", "Edition", "Field", "Finding", "Line", "Severity", "Transcript",
    "compile_odd", "encode", "new", "publish", "read", "render", "validate",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that starting up stays fast."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'tei_edition' has no attribute {name!r}")
    return getattr(importlib.import_module(f"tei_edition.{_PUBLIC[name]}"), name)
