"""Takes a folder of PAGE XML or ALTO files, or a METS file that names them; gives one transcript of all pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from tei_edition.files import read_bytes
from tei_edition.finding import Report, Severity, unheard
from tei_edition.readers.alto import scans_of
from tei_edition.readers.docx_parts import attribute
from tei_edition.readers.layout import Scan, laid_out
from tei_edition.readers.page import Page, quoted
from tei_edition.readers.page_xml import scan_of
from tei_edition.readers.styles import Stylebook
from tei_edition.tei import name, parse
from tei_edition.transcript import Transcript

FOLDERS = ("page", "alto", ".")
"""Folders within that of a document in which its pages lie, the first that has any."""
_ROOT = re.compile(
    rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<(?:[\w.-]+:)?(?P<name>PcGts|alto|mets)[\s/>]",
    re.DOTALL,
)


def page_files(folder: Path) -> list[Path]:
    """Return the files of a folder that are its pages, in the order of the numbers in their names.

    METS files and what has no layout in its first characters is none; without pages the list is empty.
    """
    for inner in FOLDERS:
        found = [path for path in (folder / inner).glob("*.xml") if path.is_file() and _is_layout(path)]
        if found:
            return sorted(found, key=lambda path: _natural(path.name))
    return []


def documents_in(folder: Path) -> list[Path]:
    """Return the folders with the pages of one document each: this one, or those in it."""
    if any((folder / inner).is_dir() for inner in FOLDERS[:2]) and page_files(folder):
        return [folder]
    return [inner for inner in sorted(folder.iterdir()) if inner.is_dir() and not inner.name.startswith(".") and any(
        (inner / name).is_dir() for name in FOLDERS[:2]) and page_files(inner)]  # fmt: skip


def files_of(path: Path) -> list[Path]:
    """Return the files that a transcript is read from: the pages of a folder, a METS file with those it names."""
    if path.is_dir():
        return page_files(path)
    if path.suffix.lower() not in (".xml", ".mets") or not path.is_file():
        return [path]
    if root_of(path) != "mets":
        return [path]
    root = parse(read_bytes(path), path, unheard)
    inside = [] if root is None else [path.parent / href for href in _named(root)]
    return [path, *(file for file in inside if file.is_file())]


def _natural(words: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", words) if part]


def root_of(path: Path) -> str:
    """Return the local name of a file's first element, if that is one of pages or of METS, else nothing.

    A TEI file that speaks of PAGE XML is none: what counts is the element, not the words.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(8000).replace(b"\0", b"")
    except OSError:
        return ""
    found = _ROOT.match(start.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
    return found["name"].decode() if found else ""


def _is_layout(path: Path) -> bool:
    return root_of(path) in ("PcGts", "alto")


def loose_pages(folder: Path) -> list[Path]:
    """Return the XML files of a folder that are pages or METS files, without the pages that one of these names."""
    found = [path for path in folder.iterdir() if path.suffix.lower() in (".xml", ".mets") and path.is_file()]
    kinds = {path: root_of(path) for path in found}
    named = {file.resolve() for path, kind in kinds.items() if kind == "mets" for file in files_of(path)[1:]}
    return [path for path in sorted(found) if kinds[path] and path.resolve() not in named]


def folder_of_pages(folder: Path, report: Report, styles: dict[str, str]) -> Transcript | None:
    """Return the transcript of a folder whose files are the pages of one document, None where there are none."""
    files = page_files(folder)
    return _read(Page(path=folder, text="", data=b"", report=report, styles=styles), files, "pages") if files else None


def mets(page: Page) -> Transcript | str:
    """Return the transcript of the pages that a METS file names, or a sentence that says why it is none."""
    if not re.search(r"<(?:\w+:)?mets\b", page.text[:4000]):
        return "The file has no element mets, so it is no METS."
    root = parse(page.data, page.path, page.report)
    if root is None or name(root) != "mets":
        return "The file is no METS that can be read."
    named = _named(root)
    folder = page.path.parent.resolve()
    files: list[Path] = []
    for href in named:
        path = (folder / href).resolve()
        if path.is_relative_to(folder) and path.is_file() and _is_layout(path):
            files.append(path)
        elif href.lower().endswith(".xml"):
            hint = "Put the file there, or read the folder of the pages."
            message = f"The METS file names {quoted(href)}, which is no page here."
            page.say("page-file-missing", Severity.WARNING, message, hint=hint)
    return _read(page, files, "mets") if files else "The METS file names no file of PAGE XML or ALTO beside it."


def _named(root: etree._Element) -> list[str]:
    """Return the addresses of the files that may be pages, in the order of the physical structure."""
    where = {}
    for node in root.iter("{*}file"):
        spot = next(node.iter("{*}FLocat"), None)
        href = attribute(spot, "href").removeprefix("file:").removeprefix("./")
        if href and "://" not in href:
            where[attribute(node, "ID")] = href
    pointers = [attribute(node, "FILEID") for node in root.iter("{*}fptr", "{*}area")]
    order = [key for key in dict.fromkeys(pointers) if key in where]
    return list(dict.fromkeys(where[key] for key in (order or where) if where[key].lower().endswith(".xml")))


def _read(page: Page, files: Iterable[Path], reader: str) -> Transcript:
    book = Stylebook(page, page.styles)
    scans: list[Scan] = []
    read: list[bytes] = [page.data]
    for path in files:
        data = read_bytes(path)
        read.append(data)
        root = parse(data, path, page.report)
        if root is not None:
            scans += [scan_of(root, book)] if name(root) == "PcGts" else scans_of(root, book)
    blocks, surfaces = laid_out(scans)
    book.tell()
    made = page.transcript(reader, "", blocks, "")
    made.surfaces, made.data = surfaces, b"".join(read)
    return made
