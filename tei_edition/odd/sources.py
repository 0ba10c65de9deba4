"""Takes the names of ODDs and of releases of the TEI and gives the specifications in them; reads local files only."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from lxml import etree

from tei_edition.files import read_bytes, resource
from tei_edition.finding import Finding, Report, Severity
from tei_edition.location import line
from tei_edition.odd.compact import grammar
from tei_edition.odd.release import release
from tei_edition.odd.specs import KINDS, Attribute, Spec, T, read_spec
from tei_edition.tei import ID, XML, name, parse

XI = "{http://www.w3.org/2001/XInclude}"
BASE = f"{{{XML}}}base"
MANY = 2000
"""Files that one ODD may include."""


class Say(Protocol):
    """Told about a node of an ODD: rule, node, what is wrong, what to do."""

    def __call__(
        self, rule: str, node: etree._Element, message: str, hint: str, *, severity: Severity = Severity.ERROR
    ) -> None: ...


@dataclass
class Known:
    """What one source has to choose from."""

    title: str
    """How a message speaks of it: “the TEI”, or its file."""
    specs: dict[tuple[str, str], Spec] = field(default_factory=dict)
    modules: set[str] = field(default_factory=set)
    constraints: list[etree._Element] = field(default_factory=list)


def rule(kind: str) -> str:
    """Return what a finding is called that speaks of an unknown element, class, macro or datatype."""
    if kind == "class":
        return "odd-class-unknown"
    if kind == "macro":
        return "odd-macro-unknown"
    return "odd-element-unknown" if kind == "element" else "odd-datatype-unknown"


def not_had(reference: str, why: str) -> str:
    """Return the sentence that a file cannot be had, by which an address is told from a file that is not there.

    >>> not_had("https://example.org/p.odd", "is not a local file"), not_had("p.odd", "is not a local file")
    ('“https://example.org/p.odd” is an address, and nothing is fetched.', '“p.odd” is not a local file.')
    """
    is_address = urlsplit(reference).scheme in ("http", "https", "ftp")
    return f"“{reference}” {'is an address, and nothing is fetched' if is_address else why}."


class Sources:
    """The files that an ODD is made of: itself, what it includes, and what it takes specifications from."""

    def __init__(self, odd: Path, tei: Path | None, report: Report, *, own_rules: bool) -> None:
        self.odd, self._tei, self._report, self._own_rules = odd, tei, report, own_rules
        self.failed = False
        """Whether a file could not be read; what is compiled without it would mislead."""
        self._roots: dict[Path, etree._Element | None] = {}
        self._known: dict[Path, Known | None] = {}
        self._included = 0

    def say(
        self, rule: str, node: etree._Element, message: str, hint: str, *, severity: Severity = Severity.ERROR
    ) -> None:
        """Report something about a node, with the file that the node comes from and its line there."""
        file = self.file(node)
        self._report(Finding(rule=rule, severity=severity, message=message, file=file, line=line(node), hint=hint))

    def stop(self, rule: str, file: Path, message: str, hint: str) -> None:
        """Report something about a file without which nothing can be compiled."""
        self.failed = True
        self._report(Finding(rule=rule, severity=Severity.ERROR, message=message, file=file, hint=hint))

    def file(self, node: etree._Element) -> Path:
        """Return the file that a node comes from."""
        for one in (node, *node.iterancestors()):
            if (base := one.get(BASE)) and Path(base) in self._roots:
                return Path(base)
        root = node.getroottree().getroot()
        return next((path for path, known in self._roots.items() if known is root), self.odd)

    def read(self, path: Path) -> etree._Element | None:
        """Return the root of a file with what it includes, or None after a finding."""
        if path not in self._roots:
            self._roots[path] = None
            try:
                data = read_bytes(path)
            except OSError as error:
                self.stop("file-unreadable", path, f"{error.strerror or error}.", "Name a file that can be read.")
                return None
            compact = path.suffix == ".rnc"
            root = self._roots[path] = grammar(data, path, self._report) if compact else self._xml(data, path)
            self.failed |= root is None
        return self._roots[path]

    def _xml(self, data: bytes, path: Path) -> etree._Element | None:
        root = parse(data, path, self._report)
        if root is not None:
            self._include(root, path, (path,))
        return root

    def _include(self, root: etree._Element, path: Path, within: tuple[Path, ...]) -> None:
        """Put what XInclude names in its place; what cannot be had is a finding, unless there is a fallback."""
        for node in list(root.iter(XI + "include")):
            parent = node.getparent()
            if parent is None:
                continue
            found = self._target(node, path, within)
            fallback = node.find(XI + "fallback")
            if found is None and fallback is not None:
                found = [deepcopy(child) for child in fallback if name(child)]
            elif found is None:
                hint = "Include a local XML file, whole or by the xml:id of an element."
                self.say("odd-source-missing", node, not_had(node.get("href", ""), "cannot be included"), hint)
                self.failed = True
            at = parent.index(node)
            for one in reversed(found or []):
                parent.insert(at + 1, one)
            parent.remove(node)

    def _target(self, node: etree._Element, path: Path, within: tuple[Path, ...]) -> list[etree._Element] | None:
        self._included += 1
        place = self.local(node.get("href", ""), path)
        if place is None or place in within or self._included > MANY or node.get("parse", "xml") != "xml":
            return None
        try:
            data = read_bytes(place)
        except OSError:
            return None
        root = parse(data, place, self._report)
        if root is None:
            return None
        self._roots.setdefault(place, root)
        self._include(root, place, (*within, place))
        pointer = node.get("xpointer", "").removeprefix("element(").rstrip(")").strip("'\"")
        if pointer:
            found = next((one for one in root.iter("*") if one.get(ID) == pointer), None)
            if found is None:
                return None
            root = found
        copy = deepcopy(root)
        copy.tail = None
        copy.set(BASE, str(place))
        return [copy]

    def local(self, reference: str, beside: Path) -> Path | None:
        """Return the path that a reference to a local file means, seen from another file; None for other addresses."""
        address = urlsplit(reference)
        if address.scheme not in ("", "file") or address.netloc or not address.path:
            return None
        return beside.parent / unquote(address.path)

    def group(self, node: etree._Element) -> list[etree._Element]:
        """Return the groups of specifications that a specGrpRef points to, here or in another file."""
        target, _, ident = node.get("target", "").partition("#")
        root: etree._Element | None = node.getroottree().getroot()
        if target:
            place = self.local(target, self.file(node))
            root = self.read(place) if place is not None and place.is_file() else None
        if root is None:
            return []
        groups = list(root.iter(T + "specGrp"))
        if ident:
            return [one for one in groups if one.get(ID) == ident][:1]
        return [one for one in groups if all(name(above) != "specGrp" for above in one.iterancestors())]

    def of(self, node: etree._Element) -> Known | None:
        """Return what a reference of a schemaSpec chooses from: @source of its own or of the schemaSpec, or the TEI."""
        for one in (node, *node.iterancestors(T + "schemaSpec")):
            if source := one.get("source"):
                return self._named(source.split()[0], one)
        if self._tei is None:
            self._tei = self._cached(None)
        return None if self._tei is None else self._take(self._tei)

    def _named(self, source: str, node: etree._Element) -> Known | None:
        if source.startswith("tei:"):
            version = source.removeprefix("tei:")
            path = self._tei if version == "current" and self._tei else self._cached(version)
        else:
            path = self.local(source, self.file(node))
            if path is not None and not path.is_file() and Path(source).name == source and source.endswith(".odd"):
                path = _own(source) or path
        if path is None or not path.is_file():
            if not self.failed:
                hint = "Name a local file, or a release of the TEI that was fetched, such as tei:4.9.0."
                self.say("odd-source-missing", node, not_had(source, "is not a local file"), hint)
            self.failed = True
            return None
        return self._take(path)

    def _cached(self, version: str | None) -> Path | None:
        if not self.failed:
            try:
                return release(version)
            except OSError as error:
                self.stop("tei-release-missing", self.odd, str(error), "Fetch it: tei-edition schema fetch.")
        return None

    def _take(self, path: Path) -> Known | None:
        if path not in self._known:
            self._known[path] = None  # an ODD that is its own source has none
            if (root := self.read(path)) is not None:
                self._known[path] = self._specified(root, path)
        elif self._known[path] is None and not self.failed:
            self.stop("odd-source-missing", path, "This ODD takes its specifications from itself.", "Correct @source.")
        return self._known[path]

    def _specified(self, root: etree._Element, path: Path) -> Known | None:
        schema = next(root.iter(T + "schemaSpec"), None)
        if schema is not None and _chooses(schema):
            from tei_edition.odd.selecting import select

            specs = select(schema, self)
            known = Known(f"“{path.name}”", specs.by_name, constraints=specs.constraints)
            module = f"derived-module-{specs.ident}"
            for spec in specs.by_name.values():
                spec.module = spec.module or module
        else:
            known = Known("the TEI" if schema is None else f"“{path.name}”")
            for node in (root if schema is None else schema).iter(*(T + tag for tag in KINDS)):
                spec = read_spec(node, rules=schema is not None or not self._own_rules)
                if schema is None:
                    _loosen(spec)
                known.specs[spec.kind, spec.ident] = spec
            if schema is not None:
                known.constraints = schema.findall(T + "constraintSpec")
            known.modules = {node.get("ident", "") for node in root.iter(T + "moduleSpec")}
        if not known.specs and self.failed:
            return None
        if not known.specs:
            hint = "Name the TEI's p5subset.xml."
            self.stop("odd-without-schema", path, "There is no elementSpec in this file.", hint)
            return None
        known.modules |= {spec.module for spec in known.specs.values() if spec.module}
        return known


def _loosen(spec: Spec) -> None:
    """Leave out what the TEI's source asks for and the grammars that the TEI publishes do not enforce.

    That is the list of values that an element has for an attribute it inherits, and the namespace of anyElement. A
    document that is valid there is to be valid here; what a customization itself asks for is enforced.
    """
    for node in spec.content.iter(T + "anyElement") if spec.content is not None else ():
        if "require" in node.attrib:
            del node.attrib["require"]
    for item in spec.attributes if spec.kind == "element" else ():
        if isinstance(item, Attribute) and item.mode == "change" and item.values is not None:
            item.values = deepcopy(item.values)
            item.values.set("type", "open")


def _chooses(schema: etree._Element) -> bool:
    """Say whether an ODD chooses from another source; a compiled one states all it has."""
    return any(
        name(node) in ("specGrpRef", "elementRef", "classRef", "macroRef", "dataRef")
        or (name(node) == "moduleRef" and node.get("key"))
        for node in _directly(schema)
    )


def _directly(parent: etree._Element) -> Iterator[etree._Element]:
    for node in parent:
        if name(node) == "specGrp":
            yield from _directly(node)
        else:
            yield node


def _own(source: str) -> Path | None:
    """Return one of the toolkit's own ODDs, which a customization may be based on wherever it lies."""
    try:
        return resource(f"schema/{source}")
    except FileNotFoundError:
        return None
