"""Runs the package's stylesheets over trees: stylesheets compiled once, locked away from everything else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from tei_edition.files import resource

_XSL = "http://www.w3.org/1999/XSL/Transform"
_FEATURE = "http://saxon.sf.net/feature/"
_SETTINGS = {
    "allowedProtocols": "",
    "disableXslEvaluate": "true",
    "parserFeature?uri=http%3A//apache.org/xml/features/disallow-doctype-decl": "true",
    "parserProperty?uri=jdk.xml.maxElementDepth": "1000",
    "parserProperty?uri=jdk.xml.elementAttributeLimit": "10000",
    "parserProperty?uri=jdk.xml.maxXMLNameLimit": "60000",
}
"""Set after compiling, so that our own stylesheets may import each other and nothing may read anything else.

Saxon only ever narrows the allowed protocols: a processor that was locked cannot compile a file again. So every
stylesheet has a processor of its own, which costs some milliseconds."""


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A compiled stylesheet with the processor it belongs to; nodes of other processors are strange to it."""

    processor: Any
    executable: Any
    given: dict[str, Any] = field(default_factory=dict)
    """The parameters that it has now: they stay from one document to the next, since to set them takes long."""


def processor() -> Any:
    """Return a new Saxon processor; make the first of a process in the main thread."""
    from saxonche import PySaxonProcessor

    return PySaxonProcessor(license=False)


@cache
def compiled(stylesheet: str, language: str = "") -> Stylesheet:
    """Return a compiled stylesheet, named as under the package (``xslt/reading.xsl``).

    A view is compiled for each ``language`` of the interface: its phrases are part of it.
    """
    saxon = processor()
    executable = _compiler(saxon, language).compile_stylesheet(stylesheet_file=str(resource(stylesheet)))
    lock(saxon)
    return Stylesheet(saxon, executable)


def _compiler(saxon: Any, language: str) -> Any:
    compiler = saxon.new_xslt30_processor()
    if language:
        compiler.set_parameter("language", saxon.make_string_value(language))
    return compiler


OURS = "tei-edition:"
"""How a stylesheet of a project names one of ours that it imports: ``tei-edition:reading.xsl``."""


@cache
def compiled_for_project(stylesheet: Path, language: str = "") -> Stylesheet:
    """Return a project's own stylesheet, compiled and locked as ours are; raise ValueError with one line.

    It imports ours by name, such as ``tei-edition:reading.xsl``, and nothing else; it writes no files.
    """
    from tei_edition.files import read_bytes
    from tei_edition.tei import parse

    found: list[str] = []
    try:
        tree = parse(read_bytes(stylesheet), stylesheet, lambda finding: found.append(finding.message))
    except OSError:
        raise ValueError(f"{stylesheet} cannot be read.") from None
    if tree is None:
        raise ValueError(f"{stylesheet}: {found[0]}")
    for name in ("import", "include", "use-package", "import-schema", "result-document", "evaluate"):
        for node in tree.iter(f"{{{_XSL}}}{name}"):
            href = node.get("href", "")
            ours = resource("xslt") / href.removeprefix(OURS)
            if name not in ("import", "include") or not href.startswith(OURS) or ours not in _ours():
                what = f"xsl:{name}" + f" of “{href}”" * bool(href)
                raise ValueError(f"{stylesheet}: {what} is not possible; import one of ours, {OURS}reading.xsl say.")
            node.set("href", ours.as_uri())
    saxon = processor()
    from saxonche import PySaxonApiError

    try:
        with silence():
            executable = _compiler(saxon, language).compile_stylesheet(
                stylesheet_text=etree.tostring(tree, encoding="unicode")
            )
    except PySaxonApiError as error:
        raise ValueError(f"{stylesheet}: {' '.join(str(error).split())}") from None
    lock(saxon)
    return Stylesheet(saxon, executable)


def _ours() -> list[Path]:
    return list(resource("xslt").glob("*.xsl"))


def compile_text(text: str) -> Stylesheet:
    """Return a compiled stylesheet given as a string; it may include nothing."""
    saxon = processor()
    lock(saxon)
    return Stylesheet(saxon, saxon.new_xslt30_processor().compile_stylesheet(stylesheet_text=text))


def lock(saxon: Any) -> None:
    """Close every door of a processor, once: no file, no network, no doctype, no ``xsl:evaluate``."""
    for key, value in _SETTINGS.items():
        saxon.set_configuration_property(_FEATURE + key, value)


@contextmanager
def silence() -> Iterator[None]:
    """Keep from the standard error what Saxon prints there of its own accord; it raises the same as an exception."""
    try:
        held = os.dup(2)
    except OSError:  # there is none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(held, 2)
        os.close(held)
        os.close(nowhere)


_SAFE = re.compile(
    rb"""(?:\xef\xbb\xbf)?(<\?xml\s+version=["']1\.0["'](?:\s+encoding=["']utf-8["'])?\s*\?>)?\s*<(?!\?xml\s)""",
    re.IGNORECASE,
)
"""How a document begins whose bytes can be read as text and nothing else."""


def as_text(data: bytes) -> str | None:
    """Return the bytes of a document as text; None where they are no UTF-8 or declare encoding or document type."""
    if not _SAFE.match(data) or b"<!DOCTYPE" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def source(tree: etree._Element, data: bytes | None = None) -> str:
    """Return a tree as the text that transforms take; comments and PIs are kept.

    The bytes it was read from serve as they are, where they are UTF-8 and declare nothing: to write a tree is slower.
    """
    text = as_text(data) if data is not None else None
    return etree.tostring(tree, encoding="unicode") if text is None else text


def transform(stylesheet: Stylesheet, text: str, parameters: Mapping[str, Any] | None = None) -> str:
    """Return the result of a transformation as a string; parameters are strings, booleans, integers or nodes."""
    saxon, executable, given = stylesheet.processor, stylesheet.executable, dict(parameters or {})
    if stylesheet.given != given:
        executable.clear_parameters()
        stylesheet.given.clear()
        for key, value in given.items():
            executable.set_parameter(key, _xdm(saxon, value))
        stylesheet.given.update(given)
    with silence():
        return str(executable.transform_to_string(xdm_node=saxon.parse_xml(xml_text=text)) or "")


def _xdm(saxon: Any, value: Any) -> Any:
    if isinstance(value, bool):
        return saxon.make_boolean_value(value)
    if isinstance(value, int):
        return saxon.make_integer_value(value)
    if isinstance(value, str):
        return saxon.make_string_value(value)
    return value
