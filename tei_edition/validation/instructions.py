"""Takes a document and gives the schemas that it names itself: by ``xml-model``, by ``xsi:schemaLocation``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from tei_edition.location import line

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"

SUFFIXES = {".rng": ".rng", ".rnc": ".rnc", ".xsd": ".xsd", ".sch": ".sch", ".odd": ".odd", ".xml": ".rng"}
"""What the end of an address says about the language of a schema, where nothing else does."""

LANGUAGES = {
    "http://relaxng.org/ns/structure/1.0": ".rng",
    "http://www.w3.org/2001/xmlschema": ".xsd",
    "http://purl.oclc.org/dsdl/schematron": ".sch",
    "http://www.ascc.net/xml/schematron": ".sch",
    "http://www.tei-c.org/ns/1.0": ".odd",
}
"""The pseudo-attribute ``schematypens`` (xml-model, ISO/IEC 19757-11, section 6), in small letters."""

TYPES = {
    "application/relax-ng-compact-syntax": ".rnc",
    "application/xml-dtd": ".dtd",
    "application/schematron+xml": ".sch",
}
"""The pseudo-attribute ``type``, where it says more than that a schema is XML."""

_PSEUDO = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TEI_ALL = re.compile(r"https?://(?:www\.)?tei-c\.org/(?:.*/)?tei_all\.(?:rng|rnc|xsd)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Instruction:
    """One schema that a document names."""

    href: str
    kind: str
    """The language, as the suffix of its files: ``.rng``, ``.rnc``, ``.xsd``, ``.sch``, ``.odd``, ``.dtd``."""
    phase: str
    line: int | None

    @property
    def tei_all(self) -> bool:
        """Whether it is the TEI Consortium's own schema of all elements, in any release and language."""
        return bool(_TEI_ALL.fullmatch(self.href))

    @property
    def path(self) -> str | None:
        """The relative path of a file; None for an address that is none."""
        try:
            parts = urlsplit(self.href)
        except ValueError:
            return None
        return None if parts.scheme or parts.netloc or not parts.path else parts.path


def named_in(root: etree._Element) -> list[Instruction]:
    """Return the schemas that a document names, in order, each once.

    >>> model = '<?xml-model href="a.rnc" type="application/relax-ng-compact-syntax"?><?xml-model href="b.sch"?><a/>'
    >>> [(one.href, one.kind) for one in named_in(etree.fromstring(model))]
    [('a.rnc', '.rnc'), ('b.sch', '.sch')]
    """
    found: list[Instruction] = []
    before = list(root.itersiblings(preceding=True))
    for node in reversed(before):
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-model":
            said = {key: _text(double or single) for key, double, single in _PSEUDO.findall(node.text or "")}
            if href := said.get("href", "").strip():
                kind = _kind(href, said.get("schematypens", ""), said.get("type", ""))
                found.append(Instruction(href, kind, said.get("phase", "").strip(), line(node)))
    located = root.get(f"{XSI}schemaLocation", "").split()[1::2]
    located += root.get(f"{XSI}noNamespaceSchemaLocation", "").split()[:1]
    found += [Instruction(href, ".xsd", "", line(root)) for href in located]
    return list(dict.fromkeys(found))


def _kind(href: str, language: str, media: str) -> str:
    path = href.partition("#")[0].partition("?")[0].lower()
    suffix = "." + path.rpartition("/")[2].rpartition(".")[2]
    said = LANGUAGES.get(language.strip().lower().removesuffix("#"))
    if said == ".rng" and suffix == ".rnc":
        return ".rnc"
    return said or TYPES.get(media.strip().lower()) or (suffix if suffix == ".dtd" else SUFFIXES.get(suffix, ".rng"))


def _text(value: str) -> str:
    """Return the value of a pseudo-attribute with the five references that XML knows read."""
    for sign, name in (("<", "lt"), (">", "gt"), ('"', "quot"), ("'", "apos"), ("&", "amp")):
        value = value.replace(f"&{name};", sign)
    return value
