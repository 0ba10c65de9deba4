"""Holds the names that edition.toml and the command line have in common."""

from __future__ import annotations

FILE = "edition.toml"
SCHEMAS = ("tei_all", "from-document")
"""Schemas that are named without a file: TEI All, which the toolkit brings, and those that a document itself names."""
