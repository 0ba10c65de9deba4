"""Takes the paths that a command names and gives the transcripts in them, and the files to watch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tei_edition.cli.decide import sheet_of
from tei_edition.console import Findings, many
from tei_edition.edition import Document, Edition
from tei_edition.finding import Finding, Severity
from tei_edition.settings import FILE

PICTURES = ("png", "jpg", "jpeg", "tif", "tiff", "jp2", "gif", "webp", "svg")
"""How the names of pictures end."""
TABLES = ("csv", "tsv")


def transcripts(paths: Sequence[Path], listed: Mapping[Path, Document], findings: Findings, hint: str) -> list[Path]:
    """Return the transcripts that arguments name: files, and of folders the files and the documents in pages.

    Of a folder these are the files with an ending of a transcript and those in XML that are pages of PAGE XML or ALTO,
    or a METS file; pages that a METS file names are part of it. Other XML, such as TEI, is left alone.
    """
    from tei_edition.readers import ENDINGS
    from tei_edition.readers.scans import FOLDERS, documents_in, loose_pages, page_files

    pattern = " ".join(f"*.{ending}" for ending in ENDINGS)
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found += findings.files([path], pattern, hint)
            continue
        if path.name in FOLDERS[:2] and path.resolve() not in listed and page_files(path):
            path = path.parent  # the folder of the document
        pages = documents_in(path)
        if path.resolve() in listed and page_files(path):
            pages = [path]
        loose = [] if path in pages else loose_pages(path)
        _tell_loose([file for file in loose if file.resolve() not in listed], path, findings)
        inside = sorted(file for file in path.iterdir() if file.suffix.lower()[1:] in ENDINGS and file.is_file())
        if path in pages and path.resolve() in listed:
            inside = []
        found += [*pages, *sorted([*inside, *loose])] or findings.files([path], pattern, hint)
    return list(dict.fromkeys(found))


def _tell_loose(files: Sequence[Path], folder: Path, findings: Findings) -> None:
    """Say that each of several pages in a folder becomes a document of its own."""
    from tei_edition.readers.scans import root_of

    pages = [file for file in files if root_of(file) != "mets"]
    if len(pages) > 1:
        message = f"{many(len(pages), 'page')} in PAGE XML or ALTO become a document each."
        hint = "If they are one document, put them into a folder “page” in a folder of its own."
        findings.report(
            Finding(rule="pages-apart", severity=Severity.INFO, file=folder, message=message, hint=hint)
        )  # fmt: skip


def watched(paths: Sequence[Path], edition: Edition | None) -> list[Path]:
    """Return the files and folders that documents are made from; of folders `wanted` says which files count."""
    from tei_edition.readers.scans import files_of

    found = list(paths)
    if edition:
        found += [
            edition.folder / FILE,
            *edition.register,
            *edition.metadata,
            *([edition.decisions] if edition.decisions else []),
            sheet_of(edition),
        ]
        if not paths:
            found += [document.source for document in edition.documents]
    for path in list(found):
        if path.suffix.lower() in (".xml", ".mets") and path.is_file():
            found += files_of(path)
    return list(dict.fromkeys(found))


def wanted(named: Sequence[Path]) -> Callable[[Path], bool]:
    """Return what says whether a file counts: one that is ``named``, or a transcript, page, table or picture.

    In a folder that is named these lie in it, or in a folder with the pages of a document; what is written into other
    folders within it is none.
    """
    from tei_edition.readers import ENDINGS
    from tei_edition.readers.scans import FOLDERS

    endings = {*ENDINGS, *PICTURES, *TABLES, "xml", "mets"}

    def counts(file: Path) -> bool:
        if file in named:
            return True
        folder = file.parent
        near = folder in named or folder.parent in named or folder.parent.parent in named
        ours = folder in named or folder.name in FOLDERS or any(folder.joinpath(name).is_dir() for name in FOLDERS[:2])
        return file.suffix.lower()[1:] in endings and near and ours

    return counts
