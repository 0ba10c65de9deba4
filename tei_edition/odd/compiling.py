"""Takes an ODD and gives its RELAX NG and its Schematron as bytes."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tei_edition.finding import Finding, Report, Severity
from tei_edition.location import line
from tei_edition.odd.attributes import Attributes
from tei_edition.odd.contents import Contents
from tei_edition.odd.patterns import R, choice, pattern
from tei_edition.odd.rules import schematron
from tei_edition.odd.selecting import select
from tei_edition.odd.sources import Sources
from tei_edition.odd.specs import Spec, Specs, T
from tei_edition.tei import name

DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"


@dataclass(frozen=True, slots=True)
class Compiled:
    """What an ODD compiles to; both are empty where the ODD holds no schema, which is a finding."""

    rng: bytes
    """RELAX NG in XML syntax, without Schematron in it."""
    sch: bytes
    """ISO Schematron: one pattern for each constraintSpec."""


def compile_odd(odd: Path, *, report: Report, tei: Path | None = None, own_rules: bool = False) -> Compiled:
    """Return the RELAX NG and the Schematron of an ODD.

    tei is ``p5subset.xml``, the TEI's own source, by default the newest that was fetched. With own_rules only the
    Schematron that the ODD itself states is taken, without the TEI's. The same files give the same bytes.
    Whatever the ODD asks for and cannot have is a finding with its line, and the rest is compiled; where a file of it
    cannot be read, nothing is.
    """
    contents = read_odd(odd, report=report, tei=tei, own_rules=own_rules)
    if contents is None:
        return Compiled(b"", b"")
    specs = contents.specs
    grammar = _grammar(contents, odd, report)
    _prefix(grammar, specs)
    etree.indent(grammar)
    return Compiled(as_bytes(grammar, odd), as_bytes(schematron(specs, specs.title, own_rules=own_rules), odd))


def read_odd(odd: Path, *, report: Report, tei: Path | None = None, own_rules: bool = False) -> Contents | None:
    """Return the specifications of an ODD and their content models; None, after findings, where it cannot be read."""
    sources = Sources(odd, tei, report, own_rules=own_rules)
    customization = sources.read(odd)
    if customization is None:
        return None
    schema = next(customization.iter(T + "schemaSpec"), None)
    if schema is None:
        sources.stop("odd-without-schema", odd, "There is no schemaSpec in this file.", "Name an ODD.")
        return None
    specs = select(schema, sources)
    if sources.failed:
        return None
    specs.title = " ".join(customization.findtext(f".//{T}titleStmt/{T}title", specs.ident).split())

    def missing(node: etree._Element, ident: str) -> None:
        message = f"“{name(node)}” refers to “{ident}”, which the schema does not have."
        hint = "Include it, or change the content model."
        if sources.file(node) == odd:
            sources.say("odd-reference-dangling", node, message, hint)
        else:  # a line of the TEI's own source would send the editor to the wrong file
            say(report, odd, None, "odd-reference-dangling", message, hint)

    for ident in specs.start:
        if spec := specs.get("element", ident.removeprefix(specs.prefix)) or specs.get("element", ident):
            specs.first.append(spec)
        else:
            message = f"A document is to begin with “{ident}”, which the schema does not have."
            hint = "Include the element, or name another in @start."
            say(report, odd, line(schema), "odd-start-unknown", message, hint)
    return Contents(specs, missing)


def say(
    report: Report, file: Path, place: int | None, rule: str, message: str, hint: str, *,
    severity: Severity = Severity.ERROR,
) -> None:  # fmt: skip
    """Report something about a file."""
    report(Finding(rule=rule, severity=severity, message=message, file=file, line=place, hint=hint))


def as_bytes(root: etree._Element, odd: Path) -> bytes:
    """Return a compiled schema as a file that names its source."""
    origin = f"<!-- Compiled by tei-edition from {odd.name.replace('--', '-')}: change that file, never this one. -->"
    text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{origin}\n{text}\n'.encode()


def _grammar(contents: Contents, odd: Path, report: Report) -> etree._Element:
    """Return a grammar of everything that can be reached from the first element, in the order of names."""
    specs, attributes = contents.specs, Attributes(contents)
    start = pattern("start", choice([pattern("ref", name=spec.ident) for spec in specs.first]))
    defines: dict[str, list[etree._Element]] = {}
    known = {spec.ident: spec for kind in ("datatype", "macro", "class", "element") for spec in specs.of(kind)}
    queue = [spec.ident for spec in specs.first]
    while queue:
        ident = queue.pop()
        if ident in defines:
            continue
        one: etree._Element | None = None
        if ident in attributes.defines:
            one = attributes.defines[ident]
        elif ident in known:
            one = _define(known[ident], specs, contents, attributes)
        elif ident in contents.expansions:
            one = pattern("define", contents.expansion(ident), name=ident)
        elif ident not in specs.patterns:
            one = pattern("define", _anything(ident, contents, odd, report), name=ident)
        others = [deepcopy(other) for other in specs.patterns.get(ident, [])]
        combine = next((other.get("combine", "") for other in others if other.get("combine")), "")
        defines[ident] = ([] if one is None else [one]) + others
        if combine and one is not None:
            one.set("combine", combine)
        queue += [ref.get("name", "") for define in defines[ident] for ref in define.iter(R + "ref")]
    for ident, (file, place) in specs.added.items():
        if ident not in defines and specs.get("element", ident):
            message = f"Nothing in this schema can hold the element “{ident}”, which the ODD adds."
            hint = "Make it a member of a class of elements, or name it in a content model."
            say(report, file, place, "odd-element-unreached", message, hint, severity=Severity.WARNING)
    grammar = pattern("grammar", start, ns=specs.ns, datatypeLibrary=DATATYPES)
    for ident in sorted(defines, key=lambda ident: ("." not in ident, ident.lower(), ident)):
        grammar.extend(defines[ident])
    return grammar


def _anything(define: str, contents: Contents, odd: Path, report: Report) -> etree._Element:
    for key, ident in contents.any_element.items():
        if ident == define:
            return contents.anything(key, define)
    message = f"A grammar that the ODD includes refers to “{define}”, which is not there."
    say(report, odd, None, "odd-reference-dangling", message, "Include the file that defines it as well.")
    return pattern("notAllowed")


def _prefix(grammar: etree._Element, specs: Specs) -> None:
    """Put the prefix of a schema before the names of its own patterns."""
    if specs.prefix:
        for node in grammar.iter(R + "define", R + "ref"):
            if node.get("name") not in specs.patterns:
                node.set("name", f"{specs.prefix}{node.get('name')}")


def _define(spec: Spec, specs: Specs, contents: Contents, attributes: Attributes) -> etree._Element:
    if spec.kind == "class":
        return pattern("define", contents.alternation(spec.ident), name=spec.ident)
    content = contents.element(spec)
    if spec.kind != "element":
        return pattern("define", content, name=spec.ident)
    own = attributes.element(spec)
    body = [content] if name(content) != "empty" or not own else []
    ns = {"ns": spec.ns} if spec.ns is not None and spec.ns != specs.ns else {}
    element = pattern("element", *own, *body, name=spec.name, **ns)
    return pattern("define", element, name=spec.ident)
