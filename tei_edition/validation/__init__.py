"""Takes TEI files and gives everything that is wrong with them as findings, in the order of files and lines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from tei_edition.finding import Finding, Report
from tei_edition.library import Library
from tei_edition.opened import IllFormed, Opened
from tei_edition.pointers import check_ids, check_pointers
from tei_edition.tei import TEI
from tei_edition.validation.against import Against, is_tei
from tei_edition.validation.corpus import DocumentIds
from tei_edition.validation.schemas import chosen
from tei_edition.validation.sources import Source, taken, unreadable

if TYPE_CHECKING:
    from tei_edition.edition import Edition

__all__ = ["CHECKS", "CORPUS_CHECKS", "NAMES", "validate"]


def root(opened: Opened, against: Against) -> None:
    """Remark on a root that is not TEI's; that the file is well-formed was seen when it was opened."""
    if is_tei(opened) or against.schemas.grammar_named:
        return
    found = etree.QName(opened.root)
    where = f"in the namespace “{found.namespace}”" if found.namespace else "in no namespace"
    hint = f'A TEI file begins with <TEI xmlns="{TEI}">.'
    if found.namespace == TEI:
        where = "of TEI, but only “TEI” and “teiCorpus” make a document"
    elif found.localname in {"TEI.2", "teiCorpus.2"}:
        hint = "This is TEI P4; convert it to P5 first."
    opened.remark("not-tei", f"The root is “{found.localname}” {where}.", at=opened.root, hint=hint)


def schemas(opened: Opened, against: Against) -> None:
    """Remark on what the schemas do not allow: grammars, and rules that a grammar cannot express."""
    against.schemas.check(opened, tei=is_tei(opened))


def ids(opened: Opened, against: Against) -> None:
    """Remark on ids that stand twice, or are no names."""
    check_ids(opened)


def pointers(opened: Opened, against: Against) -> None:
    """Remark on pointers that lead nowhere, in the file and across files."""
    check_pointers(opened, against.library)


Check = Callable[[Opened, Against], None]


def _of(name: str) -> Check:
    """Return the check that a module of this room has its name of; it is imported when a file is checked."""

    def check(opened: Opened, against: Against) -> None:
        getattr(import_module(f"{__name__}.{name}"), name)(opened, against)

    return check


CHECKS: dict[str, Check] = {
    "root": root,
    "schema": schemas,
    "ids": ids,
    "pointers": pointers,
    "speakers": _of("speakers"),
    "dates": _of("dates"),
    "pages": _of("pages"),
    "reasons": _of("reasons"),
    "header": _of("header"),
    "text": _of("source_text"),
}
"""What a file goes through, in this order; each takes an opened file and remarks on it."""

CORPUS_CHECKS = {"documents": DocumentIds}
"""What all files go through together: each takes one file after the other, and then says what it found."""

NAMES = (*CHECKS, *CORPUS_CHECKS)
"""The names of all checks."""

STRANGERS = ("root", "schema", "ids", "pointers")
"""What is checked of files that were to be held against other schemas than the edition's or the toolkit's."""


_LONG = 10_000_000
"""Bytes from which on the texts of a document may be too long for libxml2, so that it has to say."""


def validate(
    paths: Sequence[Path],
    *,
    schema: Path | str | Sequence[Path | str] = (),
    xsd: bool = False,
    phase: str = "",
    edition: Edition | None = None,
    checks: Collection[str] = (),
    skip: Collection[str] = (),
    near: Iterable[Path] = (),
    each: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> list[Finding]:
    """Return what is wrong with TEI files, sorted by file and line; nothing for files that can be published.

    ``paths`` are files, folders of which every ``*.xml`` is taken, patterns (``letters/**/*.xml``), zip archives, and
    ``-`` for the standard input; without any, the documents and registers of the edition.

    ``schema`` names one or several schemas in place of the toolkit's own: files (``.rng``, ``.rnc``, ``.xsd``,
    ``.sch``, ``.odd``), ``tei_all``, or ``from-document`` for those that each file names itself. ``xsd`` adds the
    toolkit's XML Schema to its own; ``phase`` is a phase of the rules in schemas that are named, or ``#ALL``. With
    schemas named only `STRANGERS` of the checks are made, else all; ``checks`` chooses others by name, ``skip`` leaves
    some out. Pointers and schemas are followed within the folders given and the edition's, never beyond, but for
    folders that are ``near``. ``each`` is handed the files and gives them back one by one, as a progress bar does.

    1. Whatever a file holds, it gives findings and no exception.
    2. Comments and processing instructions never matter, but for those that name a schema.
    3. Nothing is read outside the folders given, the edition and the schemas.
    4. One file is open at a time: memory does not grow with their number, but for ids that others point to.
    """
    found: list[Finding] = []
    named = [schema] if isinstance(schema, str | Path) else list(schema)
    made = [name for name in checks or (STRANGERS if named else NAMES) if name not in skip]
    if unknown := sorted({*checks, *skip} - set(NAMES)):
        raise ValueError(f"There is no check “{unknown[0]}”; there are {', '.join(NAMES)}.")
    sources = taken(paths, edition, found.append)
    sources.folders.update(near)
    if sources.files:
        library = Library(tuple(sorted(sources.folders)), sources.held)
        held = chosen(named, xsd, edition, library, found.append, phase)
        against = Against(library=library, schemas=held, edition=edition)
        found.extend(_checked(sources.files, against, made, each, found.append))
    return sorted(found, key=lambda finding: (str(finding.file), finding.line or 0))


def _checked(
    sources: Sequence[Source],
    against: Against,
    made: Collection[str],
    each: Callable[[Sequence[Path]], Iterable[Path]],
    report: Report,
) -> list[Finding]:
    """Return what the checks that are made find in files; what cannot be opened is reported."""
    found: list[Finding] = []
    over_all = [begin() for name, begin in CORPUS_CHECKS.items() if name in made]
    for _, source in zip(each([source.file for source in sources]), sources, strict=False):
        try:
            data = source.read()
        except OSError as error:
            report(unreadable(source.file, error))
            continue
        opened = Opened(source.file, data=data)
        try:
            if len(data) > _LONG:
                opened.read()
            for name, check in CHECKS.items():
                if name in made:
                    check(opened, against)
            # Nobody may have looked yet whether it is well-formed.
            if opened.seen is None:
                opened.read()
            for one in over_all:
                one.take(opened, against)
        except IllFormed as error:
            report(error.finding)
        else:
            found.extend(against.schemas.merged(opened.close()))
    found.extend(finding for one in over_all for finding in one.findings())
    return found
