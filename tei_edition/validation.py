"""Takes TEI files and gives everything that is wrong with them as findings, in the order of files and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from lxml import etree

from tei_edition import relaxng, schematron
from tei_edition.edition import Edition
from tei_edition.files import read_bytes, resource
from tei_edition.finding import Finding, Report, Severity
from tei_edition.opened import Opened
from tei_edition.pointers import Library, check_ids, check_pointers
from tei_edition.tei import TEI, parse
from tei_edition.xsd import check_xsd, load_xsd

SCHEMA = "schema/tei_edition"
"""The package's own schemas, without their extensions."""


@dataclass(kw_only=True)
class Against:
    """What files are held against: the schemas, and the files that pointers may lead to."""

    library: Library
    grammar: relaxng.Schema | None = None
    xsd: Any = None
    rules: schematron.Rules | None = None
    named: bool = False
    """Whether the caller named a grammar, which then says itself what a root can be."""


def syntax(opened: Opened, against: Against) -> None:
    """Remark on a root that is not TEI's; that the file is well-formed was seen when it was opened."""
    root = etree.QName(opened.root)
    if _is_tei(opened) or against.named:
        return
    where = f"in the namespace “{root.namespace}”" if root.namespace else "in no namespace"
    hint = f'A TEI file begins with <TEI xmlns="{TEI}">.'
    if root.namespace == TEI:
        where = "of TEI, but only “TEI” and “teiCorpus” make a document"
    elif root.localname in {"TEI.2", "teiCorpus.2"}:
        hint = "This is TEI P4; convert it to P5 first."
    opened.remark("not-tei", f"The root is “{root.localname}” {where}.", at=opened.root, hint=hint)


def grammar(opened: Opened, against: Against) -> None:
    """Remark on what the RELAX NG schema does not allow."""
    if against.grammar and (against.named or _is_tei(opened)):
        against.grammar.check(opened)


def xml_schema(opened: Opened, against: Against) -> None:
    """Remark on what the XML Schema does not allow."""
    if against.xsd and (against.named or _is_tei(opened)):
        check_xsd(opened, against.xsd)


def assertions(opened: Opened, against: Against) -> None:
    """Remark on what breaks the rules of the Schematron schema."""
    if against.rules:
        against.rules.check(opened)


def ids(opened: Opened, against: Against) -> None:
    """Remark on ids that stand twice, or are no names."""
    check_ids(opened)


def pointers(opened: Opened, against: Against) -> None:
    """Remark on pointers that lead nowhere, in the file and across files."""
    check_pointers(opened, against.library)


CHECKS: dict[str, Callable[[Opened, Against], None]] = {
    "syntax": syntax,
    "relaxng": grammar,
    "xsd": xml_schema,
    "schematron": assertions,
    "ids": ids,
    "pointers": pointers,
}
"""What a file goes through, in this order; each takes an opened file and remarks on it."""


def validate(
    paths: Sequence[Path],
    *,
    schema: Path | None = None,
    xsd: bool = False,
    edition: Edition | None = None,
) -> list[Finding]:
    """Return what is wrong with TEI files, sorted by file and line; nothing for files that can be published.

    ``paths`` are files, or folders of which every ``*.xml`` is taken; without any, the TEI folder of the edition.
    ``schema`` (``.rng``, ``.xsd`` or ``.sch``) takes the place of the package's own schemas; ``xsd`` adds a check
    against the XML Schema. Pointers are followed within the folders given and the edition's, never beyond.

    1. Whatever a file holds, it gives findings and no exception.
    2. Comments and processing instructions never matter.
    3. Nothing is read outside the folders given, the edition and the schemas.
    """
    paths = list(paths) or ([edition.tei] if edition else [])
    found: list[Finding] = []
    library = Library(_folders(paths, edition))
    opened = [one for file in _files(paths, found.append) if (one := _open(file, found.append)) is not None]
    if opened:
        against = _against(library, schema, xsd, edition, found.append)
        for one in opened:
            library.keep(one)
        for one in opened:
            for check in CHECKS.values():
                check(one, against)
            found.extend(one.close())
    return sorted(found, key=lambda finding: (str(finding.file), finding.line or 0))


def _is_tei(opened: Opened) -> bool:
    return opened.root.tag in {f"{{{TEI}}}TEI", f"{{{TEI}}}teiCorpus"}


def _folders(paths: Sequence[Path], edition: Edition | None) -> tuple[Path, ...]:
    whole = [path.resolve() for path in paths]
    folders = {path if path.is_dir() else path.parent for path in whole}
    return tuple(sorted(folders | ({edition.folder.resolve()} if edition else set())))


def _files(paths: Sequence[Path], report: Report) -> Iterator[Path]:
    """Yield the files that are meant, each once; report paths that name none."""
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            files = [file for file in sorted(path.rglob("*.xml")) if _inside(file, path, report)]
            if not files:
                message = f"There is no TEI file (*.xml) in the folder “{path}”."
                report(Finding(rule="file-missing", severity=Severity.ERROR, message=message, file=path))
        else:
            files = [path]
        for file in files:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _inside(file: Path, folder: Path, report: Report) -> bool:
    if not file.resolve().is_relative_to(folder.resolve()):
        message = "This is a link that leads out of the folder; it was not read."
        report(Finding(rule="file-outside", severity=Severity.WARNING, message=message, file=file))
        return False
    return not any(part.startswith(".") for part in file.relative_to(folder).parts)


def _open(file: Path, report: Report) -> Opened | None:
    try:
        root = parse(read_bytes(file), file, report)
    except FileNotFoundError:
        message = f"There is no file “{file}”."
        report(Finding(rule="file-missing", severity=Severity.ERROR, message=message, file=file))
        return None
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"This file cannot be read: {reason}."
        report(Finding(rule="file-unreadable", severity=Severity.ERROR, message=message, file=file))
        return None
    return None if root is None else Opened(file, root)


def _against(library: Library, named: Path | None, xsd: bool, edition: Edition | None, report: Report) -> Against:
    """Return the schemas, loaded; those that cannot be used are reported and left out."""
    files: dict[str, Path] = {}
    if named:
        files[named.suffix.lower()] = named
        if named.suffix.lower() not in {".rng", ".xsd", ".sch"}:
            hint = "Give a RELAX NG schema (.rng), an XML Schema (.xsd) or a Schematron schema (.sch)."
            message = f"“{named.name}” is no schema by its name."
            report(Finding(rule="schema-broken", severity=Severity.ERROR, message=message, file=named, hint=hint))
    else:
        stem = edition.schema.with_suffix("") if edition and edition.schema else None
        for suffix in (".rng", ".sch", *([".xsd"] if xsd else [])):
            files[suffix] = stem.with_suffix(suffix) if stem else resource(SCHEMA + suffix)
    against = Against(library=library)
    against.grammar = _loaded(
        files.get(".rng"), lambda file: relaxng.loaded(file, trusted=file == resource(SCHEMA + ".rng")), report
    )
    against.rules = _loaded(files.get(".sch"), lambda file: schematron.rules(read_bytes(file)), report)
    against.xsd = _loaded(files.get(".xsd"), load_xsd, report)
    against.named = bool(named and (against.grammar or against.xsd))
    return against


_Schema = TypeVar("_Schema")


def _loaded(file: Path | None, load: Callable[[Path], _Schema], report: Report) -> _Schema | None:
    if file is None:
        return None
    try:
        return load(file)
    except schematron.SchemaBroken as error:
        report(
            Finding(
                rule="schema-broken",
                severity=Severity.ERROR,
                message=str(error),
                file=file,
                line=error.line,
                hint="Correct the schema; nothing was held against it.",
            )
        )
    except OSError:
        message = f"There is no schema “{file}”."
        report(Finding(rule="schema-broken", severity=Severity.ERROR, message=message, file=file))
    return None
