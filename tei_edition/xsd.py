"""Takes an XML Schema and an opened file, and gives what the schema does not allow as findings."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from tei_edition.opened import LIMIT, Opened
from tei_edition.relaxng.names import local
from tei_edition.schematron import SchemaBroken


@lru_cache(maxsize=4)
def load_xsd(path: Path) -> Any:
    """Return the schema of a file, which may read the files of its own folder and nothing else.

    Raises SchemaBroken with a sentence when it cannot be used.
    """
    import xmlschema

    folder = path.resolve().parent
    try:
        with _patterns_once():
            return xmlschema.XMLSchema(
                str(path.resolve()),
                base_url=str(folder),
                allow="sandbox",
                defuse="always",
                use_location_hints=False,
                use_fallback=False,
            )
    except (xmlschema.XMLSchemaException, etree.LxmlError, OSError, SyntaxError, RecursionError) as error:
        first = " ".join(str(error).split()).split(": ")[0]
        raise SchemaBroken(f"This XML Schema cannot be used: {first[:200].rstrip('.')}.") from None


@contextmanager
def _patterns_once() -> Iterator[None]:
    """Let xmlschema translate a regular expression once; TEI's few, met 138 times, cost 16 of 19 seconds."""
    facets: Any = importlib.import_module("xmlschema.validators.facets")
    translate = facets.translate_pattern
    facets.translate_pattern = lru_cache(maxsize=None)(translate)
    try:
        yield
    finally:
        facets.translate_pattern = translate


def check_xsd(opened: Opened, schema: Any) -> None:
    """Remark on every error that xmlschema finds, under rules that begin with ``xsd-``."""
    from xmlschema import XMLSchemaChildrenValidationError, XMLSchemaDecodeError

    for number, error in enumerate(schema.iter_errors(opened.root)):
        if number == LIMIT:
            break
        element = error.elem if isinstance(error.elem, etree._Element) else opened.root
        name, reason, child = local(element.tag), " ".join(str(error.reason or error.message).split()), None
        if isinstance(error, XMLSchemaChildrenValidationError):
            tag = error.invalid_tag
            rule = "xsd-element-not-allowed" if tag else "xsd-content-incomplete"
            message = (
                f"XML Schema: “{local(tag)}” does not fit at this place in “{name}”."
                if tag
                else f"XML Schema: the content of “{name}” is incomplete."
            )
            child = next((node for node in element.iterchildren(tag) if tag), None)
        else:
            rule = "xsd-value-not-allowed" if isinstance(error, XMLSchemaDecodeError) else _rule(reason)
            message = f"XML Schema, on “{name}”: {reason.rstrip('.')}."
        opened.remark(rule, message, at=element if child is None else child)


def _rule(reason: str) -> str:
    words = reason.lower()
    if "missing required attribute" in words:
        return "xsd-attribute-missing"
    if "attribute" in words and "not allowed" in words:
        return "xsd-attribute-not-allowed"
    if "character data" in words:
        return "xsd-text-not-allowed"
    return "xsd-value-not-allowed" if "value" in words else "xsd-content-not-allowed"
