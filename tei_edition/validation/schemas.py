"""Takes the names of schemas and gives what documents are held against: grammars and rules, each loaded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tei_edition.broken import SchemaBroken
from tei_edition.files import read_bytes, resource
from tei_edition.finding import Finding, Report, Severity
from tei_edition.library import Library
from tei_edition.opened import Opened

if TYPE_CHECKING:
    from tei_edition.edition import Edition
    from tei_edition.validation.instructions import Instruction

OWN = "schema/tei_edition"
"""The package's own schemas, without their extensions."""

TEI_ALL = "schema/tei_all"
"""TEI All: every element of the TEI, as the TEI Consortium allows it."""

BROUGHT = (OWN, TEI_ALL)

MOST = 8
"""Schemas that are kept loaded; of more, those used longest ago are loaded again when they are needed."""


class Held(NamedTuple):
    """One schema that documents are held against."""

    name: str
    """As it was named: of several schemas, findings say it."""
    grammar: bool
    """Whether it says what the root of a document may be."""
    check: Callable[[Opened], None]


Part = tuple[bool, Callable[[Opened], None]]
"""What a loaded schema consists of: whether it is a grammar, and what checks a file."""


class Shelf:
    """The schemas of one run. One that cannot be used is reported once and gives nothing."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._loaded: dict[tuple[Path, str, str], tuple[Part, ...]] = {}

    def held(self, file: Path, name: str, kind: str = "", phase: str = "") -> tuple[Held, ...]:
        """Return what a schema holds documents against: its grammar, its rules, or both; nothing if it is broken."""
        kind = kind or file.suffix.lower()
        key = file.resolve(), kind, phase
        found = self._loaded.pop(key, None)
        if found is None:
            found = self._load(file, kind, phase)
        self._loaded[key] = found
        if len(self._loaded) > MOST:
            self._loaded.pop(next(iter(self._loaded)))
        return tuple(Held(name, grammar, check) for grammar, check in found)

    def named(self, name: Path | str, phase: str = "") -> tuple[Held, ...]:
        """Return what a schema that the caller named holds documents against; of its rules, those of a phase."""
        if str(name).lower() == "tei_all":
            return self.tei_all()
        file = Path(name)
        if file.suffix.lower() not in LOADERS:
            hint = "Give a RELAX NG schema (.rng, .rnc), an XML Schema (.xsd), a Schematron (.sch) or an ODD (.odd)."
            self._broken(SchemaBroken(f"“{file.name}” is no schema by its name.", file=file), file, hint)
            return ()
        return self.held(file, str(name), phase=phase)

    def own(self, *, xsd: bool) -> tuple[Held, ...]:
        """Return what the toolkit's own schemas hold documents against."""
        return self._packaged(OWN, (".rng", ".sch", *([".xsd"] if xsd else [])))

    def tei_all(self) -> tuple[Held, ...]:
        """Return what TEI All, as the toolkit brings it, holds documents against."""
        rules = resource(TEI_ALL + ".rng").with_suffix(".sch").exists()
        return self._packaged(TEI_ALL, (".rng", ".sch") if rules else (".rng",))

    def _packaged(self, stem: str, suffixes: tuple[str, ...]) -> tuple[Held, ...]:
        files = [resource(stem + suffix) for suffix in suffixes]
        return tuple(held for file in files for held in self.held(file, Path(stem).name))

    def _load(self, file: Path, kind: str, phase: str) -> tuple[Part, ...]:
        parts: list[Part] = []
        hint = "Correct the schema; this part of it was not held against anything."
        try:
            for part, broken in LOADERS[kind](file, phase):
                parts.append(part)
                for one in broken:
                    self._broken(one, file, hint)
        except SchemaBroken as error:
            self._broken(error, file, hint if parts else "Correct the schema; nothing was held against it.")
        except FileNotFoundError:
            self._broken(SchemaBroken(f"There is no schema “{file}”."), file)
        except OSError as error:
            self._broken(SchemaBroken(f"This schema cannot be read: {error.strerror or error}."), file)
        return tuple(parts)

    def _broken(self, error: SchemaBroken, file: Path, hint: str | None = None) -> None:
        self._report(
            Finding(
                rule="schema-broken",
                severity=Severity.ERROR,
                message=str(error),
                file=error.file or file,
                line=error.line,
                column=error.column,
                hint=hint,
            )
        )


Loaded = Iterator[tuple[Part, Sequence[SchemaBroken]]]
"""The parts of a schema, each with what of it could not be used; raises SchemaBroken or OSError for the rest."""


def _relaxng(file: Path, phase: str) -> Loaded:
    from tei_edition import relaxng
    from tei_edition.relaxng.grammars import may_hold_rules

    packaged = file.resolve() in {
        (resource(OWN + ".rng").parent / f"{Path(stem).name}.rng").resolve() for stem in BROUGHT
    }
    # A schema of a project may name files beside its folder, but not beside the project.
    here = Path.cwd()
    folder = here if file.resolve().is_relative_to(here) and here.parent != here else None
    yield (True, relaxng.loaded(file, trusted=packaged, folder=folder).check), ()
    if file.suffix.lower() in {".rng", ".rnc"} and not packaged:
        data = read_bytes(file)
        if may_hold_rules(data, file):
            from tei_edition import schematron

            yield from _rules(schematron.embedded(data, file), file, phase)


def _schematron(file: Path, phase: str) -> Loaded:
    from tei_edition import schematron

    data = read_bytes(file)
    if file.suffix.lower() in {".rng", ".rnc"}:
        return _rules(schematron.embedded(data, file), file, phase)
    return _rules(data, file, phase)


def _rules(schema: bytes | None, file: Path, phase: str) -> Loaded:
    if schema is not None:
        from tei_edition import schematron

        found = schematron.rules(schema, phase or "#DEFAULT", file=file)
        yield (False, found.check), found.broken


def _xsd(file: Path, phase: str) -> Loaded:
    from tei_edition.xsd import check_xsd, load_xsd

    yield (True, partial(check_xsd, schema=load_xsd(file))), ()


def _odd(file: Path, phase: str) -> Loaded:
    from tei_edition.odd import compile_odd
    from tei_edition.relaxng import Schema

    noted: list[Finding] = []
    made = compile_odd(file, report=noted.append)
    wrong = [SchemaBroken(one.message, one.line, file=one.file) for one in noted if one.severity is Severity.ERROR]
    if not made.rng:
        raise wrong[0] if wrong else SchemaBroken("This ODD holds no schema.")
    yield (True, Schema.read(made.rng, file.with_suffix(".rng")).check), wrong
    yield from _rules(made.sch, file, phase)


LOADERS = {".rng": _relaxng, ".rnc": _relaxng, ".sch": _schematron, ".xsd": _xsd, ".odd": _odd}
"""What loads a schema, by the suffix of its file; each gives what it holds, and whether that is a grammar."""


class Schemas:
    """The schemas of one run: those named for all documents, and those that each document names itself."""

    def __init__(
        self, *, shelf: Shelf, library: Library, for_all: tuple[Held, ...], by_document: bool, own: bool
    ) -> None:
        self.shelf, self.library, self.for_all = shelf, library, for_all
        self.by_document = by_document
        """Whether documents are held against what they name themselves."""
        self.own = own
        """Whether they are the toolkit's profile."""
        self._names = set[str]()

    @property
    def grammar_named(self) -> bool:
        """Whether a grammar other than the toolkit's says what a root may be."""
        return self.by_document or (not self.own and any(held.grammar for held in self.for_all))

    def check(self, opened: Opened, *, tei: bool) -> None:
        """Remark on what the schemas do not allow; the toolkit's own grammar says nothing of what is not TEI."""
        against = [held for held in self.for_all if tei or not (self.own and held.grammar)]
        if self.by_document:
            against += [held for held in self._of(opened) if held not in against]
        self._names.update(held.name for held in against)
        several = len({held.name for held in against}) > 1
        # Grammars first: where they find fault, a rule often means the same mistake.
        for held in sorted(against, key=lambda held: not held.grammar):
            opened.schema = held.name if several else ""
            held.check(opened)
        opened.schema = ""

    def merged(self, findings: list[Finding]) -> list[Finding]:
        """Return findings, those that several schemas gave in the same words as one that names them all."""
        merged: dict[Finding, list[str]] = {}
        for one in findings:
            name, colon, said = one.message.partition(": ")
            of_schema = bool(colon) and name in self._names
            merged.setdefault(replace(one, message=said) if of_schema else one, []).extend([name] if of_schema else [])
        return [
            replace(one, message=f"{', '.join(names)}: {one.message}") if names else one
            for one, names in merged.items()
        ]

    def _of(self, opened: Opened) -> Iterator[Held]:
        """Yield what a document names and can be had; remark on the rest."""
        from tei_edition.validation.instructions import named_in

        instructions = named_in(opened.root)
        named: dict[Path, list[Instruction]] = {}
        left: list[tuple[Instruction, str, str]] = []
        for one in instructions:
            file, wrong, hint = self._located(opened, one)
            if file is None:
                left.append((one, wrong, hint))
            else:
                named.setdefault(file, []).append(one)
        held: list[Held] = []
        for file, several in named.items():
            # A grammar with rules in it is often named twice, once for each; whoever loads it reads both.
            one = next((one for one in several if one.kind != ".sch"), several[0])
            phase = next((one.phase for one in several if one.phase), "")
            held += self.shelf.tei_all() if one.tei_all else self.shelf.held(file, one.href, one.kind, phase)
        severity = Severity.WARNING if held else Severity.ERROR
        for one, wrong, hint in left:
            message = f"The schema “{one.href}” {wrong}; nothing was held against it."
            opened.remark("schema-not-read", message, at=opened.root, severity=severity, hint=hint)
        if not instructions:
            message = "The document names no schema of its own, so that nothing was held against one."
            hint = "Add an xml-model instruction above the root, or name a schema with --schema."
            opened.remark("schema-not-named", message, at=opened.root, severity=Severity.ERROR, hint=hint)
        yield from held

    def _located(self, opened: Opened, one: Instruction) -> tuple[Path | None, str, str]:
        """Return the file of an instruction; or None, why it was not read, and what can be done."""
        if one.tei_all:
            return resource(TEI_ALL + ".rng").resolve(), "", ""
        if one.kind not in LOADERS:
            return None, "is in a language that is not checked here", "Name a RELAX NG schema, an XSD or a Schematron."
        if one.path is None:
            return None, "lies on the network", "Save a copy beside the document, or name one with --schema."
        file = self.library.target(opened.file.resolve().parent, one.path)
        if file is None:
            return None, "lies outside the folders that are checked", "Keep it beside the documents."
        if not self.library.there(file) or file in self.library.held:
            return None, "is not there", "Correct the address, or put the schema there."
        return file, "", ""


def chosen(
    names: list[Path | str],
    xsd: bool,
    edition: Edition | None,
    library: Library,
    report: Report,
    phase: str = "",
) -> Schemas:
    """Return the schemas of a run: those named; else those of the edition; else the toolkit's own.

    ``phase`` is the phase of the rules of those that are named, or ``#ALL``; else each has its default phase.
    """
    shelf = Shelf(report)
    wanted = names or list(edition.schema if edition else ())
    own = not wanted
    for_all = (
        shelf.own(xsd=xsd)
        if own
        else tuple(held for name in wanted if str(name).lower() != "from-document" for held in shelf.named(name, phase))
    )
    return Schemas(
        shelf=shelf,
        library=library,
        for_all=for_all,
        by_document=any(str(name).lower() == "from-document" for name in wanted),
        own=own,
    )
