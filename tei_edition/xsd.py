"""Takes an XML Schema and an opened file, and gives what the schema does not allow as findings."""

from __future__ import annotations

import copyreg
import hashlib
import importlib
import io
import json
import pickle
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei_edition import __version__
from tei_edition.broken import SchemaBroken
from tei_edition.files import read_bytes
from tei_edition.kept import Kept
from tei_edition.opened import Opened
from tei_edition.relaxng.names import local

_MAKERS = ("xmlschema", "elementpath")
"""Packages whose objects a built schema consists of."""


def load_xsd(path: Path) -> Any:
    """Return the schema of a file, which may read the files of its own folder and nothing else.

    To build one takes seconds (TEI All: 6), to read one that was kept a third of a second. One is read when it was
    built by this user, with the same versions, from files that are the same still; see `kept`.
    Raises SchemaBroken with a sentence when it cannot be used.
    """
    whole = path.resolve()
    return _loaded(whole, hashlib.sha256(read_bytes(whole)).hexdigest())


@lru_cache(maxsize=4)
def _loaded(path: Path, digest: str) -> Any:
    versions = [sys.version, __version__, *(f"{name} {version(name)}" for name in _MAKERS)]
    drawer = Kept("xsd")
    name = hashlib.sha256("\n".join([str(path), digest, *versions]).encode()).hexdigest()
    if found := drawer.get(name):
        listed, _, built = found.partition(b"\n")
        if json.loads(listed) == _digests(path.parent, json.loads(listed)):
            return pickle.loads(built)
    schema = _built(path)
    if parts := _digests(path.parent, _parts(schema, path)):
        out = io.BytesIO()
        try:
            _Pickler(out, protocol=5).dump(schema)
        except (pickle.PicklingError, TypeError, RecursionError):
            return schema
        drawer.put(name, json.dumps(parts, sort_keys=True).encode() + b"\n" + out.getvalue())
    return schema


def _built(path: Path) -> Any:
    import xmlschema

    try:
        with _patterns_once(), warnings.catch_warnings():
            # A part that is not read would make a schema that allows less, or more, than its author meant.
            warnings.simplefilter("error", xmlschema.XMLSchemaIncludeWarning)
            warnings.simplefilter("error", xmlschema.XMLSchemaImportWarning)
            schema = xmlschema.XMLSchema(
                str(path),
                base_url=str(path.parent),
                allow="sandbox",
                defuse="always",
                use_location_hints=False,
                use_fallback=False,
            )
    except (xmlschema.XMLSchemaIncludeWarning, xmlschema.XMLSchemaImportWarning) as error:
        raise SchemaBroken(f"A part of this XML Schema is not there: {_first(error)}.") from None
    except (xmlschema.XMLSchemaException, etree.LxmlError, OSError, SyntaxError, RecursionError) as error:
        raise SchemaBroken(f"This XML Schema cannot be used: {_first(error)}.") from None
    for part in _parts(schema, path):
        if not (path.parent / part).resolve().is_relative_to(path.parent):
            raise SchemaBroken(f"“{part}” is a link that leads out of the folder of this XML Schema.")
    return schema


def _first(error: Exception) -> str:
    return " ".join(str(error).split()).split(": ")[0][:200].rstrip(".")


def _parts(schema: Any, path: Path) -> list[str]:
    """Return the files that a schema was built from, as seen from its folder; those of xmlschema itself left out."""
    files = {Path(unquote(urlsplit(part.url).path)) for part in schema.maps.schemas if part.url}
    return sorted(str(file.relative_to(path.parent)) for file in files if file.is_relative_to(path.parent))


def _digests(folder: Path, parts: list[str] | dict[str, str]) -> dict[str, str]:
    """Return the digest of each part of a schema; nothing when one cannot be read."""
    try:
        return {part: hashlib.sha256(read_bytes(folder / part)).hexdigest() for part in parts}
    except OSError:
        return {}


def read_only(table: dict[str, Any]) -> MappingProxyType[str, Any]:
    """Return a table that cannot be changed; stands in pickles for what pickle has no name for."""
    return MappingProxyType(table)


class _Pickler(pickle.Pickler):
    """Writes the read-only tables of xmlschema, too."""

    dispatch_table = copyreg.dispatch_table.copy()
    dispatch_table[MappingProxyType] = lambda table: (read_only, (dict(table),))


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

    for error in schema.iter_errors(opened.root):
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
            child = error.invalid_child if isinstance(error.invalid_child, etree._Element) else None
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
