"""Runs the package's stylesheets over trees: one processor a process, stylesheets compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from lxml import etree

from tei_edition.files import resource

_FEATURE = "http://saxon.sf.net/feature/"
_SETTINGS = {
    "allowedProtocols": "",
    "disableXslEvaluate": "true",
    "parserFeature?uri=http%3A//apache.org/xml/features/disallow-doctype-decl": "true",
    "parserProperty?uri=jdk.xml.maxElementDepth": "1000",
    "parserProperty?uri=jdk.xml.elementAttributeLimit": "10000",
    "parserProperty?uri=jdk.xml.maxXMLNameLimit": "60000",
}
"""Set after compiling, so that our own stylesheets may include each other and nothing may read anything else."""


@cache
def processor() -> Any:
    """Return this process's Saxon processor; call it first in the main thread."""
    from saxonche import PySaxonProcessor

    return PySaxonProcessor(license=False)


@cache
def compiled(stylesheet: str) -> Any:
    """Return the compiled executable of a stylesheet, named as under the package (``xslt/reading.xsl``)."""
    saxon = processor()
    _protocols(saxon, "file")
    compiler = saxon.new_xslt30_processor()
    executable = compiler.compile_stylesheet(stylesheet_file=str(resource(stylesheet)))
    lock(saxon)
    return executable


def compile_text(text: str) -> Any:
    """Return the compiled executable of a stylesheet given as a string; it may include nothing."""
    saxon = processor()
    lock(saxon)
    return saxon.new_xslt30_processor().compile_stylesheet(stylesheet_text=text)


def lock(saxon: Any) -> None:
    """Close every door of a processor: no file, no network, no doctype, no ``xsl:evaluate``."""
    for key, value in _SETTINGS.items():
        saxon.set_configuration_property(_FEATURE + key, value)


def _protocols(saxon: Any, allowed: str) -> None:
    saxon.set_configuration_property(_FEATURE + "allowedProtocols", allowed)


def source(tree: etree._Element) -> Any:
    """Return a tree as Saxon's own, to be handed to several transforms; comments and PIs are kept."""
    saxon = processor()
    lock(saxon)
    return saxon.parse_xml(xml_text=etree.tostring(tree, encoding="unicode"))


def transform(executable: Any, node: Any, parameters: Mapping[str, Any] | None = None) -> str:
    """Return the result of a transformation as a string; parameters are strings, booleans, integers or nodes."""
    saxon = processor()
    for key, value in (parameters or {}).items():
        executable.set_parameter(key, _xdm(saxon, value))
    try:
        return str(executable.transform_to_string(xdm_node=node) or "")
    finally:
        executable.clear_parameters()


def _xdm(saxon: Any, value: Any) -> Any:
    if isinstance(value, bool):
        return saxon.make_boolean_value(value)
    if isinstance(value, int):
        return saxon.make_integer_value(value)
    if isinstance(value, str):
        return saxon.make_string_value(value)
    return value
