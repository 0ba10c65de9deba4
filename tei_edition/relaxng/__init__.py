"""Takes a RELAX NG schema and an opened file, and gives what the schema does not allow as findings."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tei_edition.finding import Finding
from tei_edition.relaxng.contents import RNG, local
from tei_edition.relaxng.grammar import Grammar
from tei_edition.schematron import SchemaBroken
from tei_edition.tei import parse

__all__ = ["Grammar", "grammar"]


@lru_cache(maxsize=4)
def grammar(schema: bytes) -> Grammar:
    """Return the grammar of a RELAX NG schema (XML syntax) given as bytes; raise SchemaBroken with a sentence."""
    noted: list[Finding] = []
    root = parse(schema, Path("schema"), noted.append)
    if root is None:
        raise SchemaBroken(noted[0].message, noted[0].line)
    if root.tag not in {RNG + "grammar", RNG + "element"}:
        raise SchemaBroken(f"The root is “{local(root.tag)}”, not a grammar of RELAX NG.")
    return Grammar(root)
