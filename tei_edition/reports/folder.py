"""Takes the findings of a run and gives a folder of HTML pages: one for the whole, one for each file with findings."""

from __future__ import annotations

import re
from pathlib import Path

from tei_edition.files import resource, write_changed
from tei_edition.finding import Report
from tei_edition.folders import folder_taken
from tei_edition.reports import Outcome
from tei_edition.reports.front import front
from tei_edition.reports.history import history, is_report
from tei_edition.reports.marked import Marked, page

PAGES = "files"
"""The folder, within that of the report, that has the pages of the files."""


def write_report(folder: Path, outcome: Outcome, *, title: str, name: str | None, report: Report) -> bool:
    """Write a report and say whether it could be written.

    1. A folder that holds something else is left alone; that is a finding.
    2. Nothing in a page is fetched from elsewhere, and no text of a document becomes markup.
    3. Pages of files that have no findings any more are removed; what stays the same is not written again.
    """
    free = not folder.exists() or (folder.is_dir() and (is_report(folder) or not any(folder.iterdir())))
    if not free or (folder / PAGES).is_symlink():
        report(folder_taken(folder, "a report", "Name an empty folder with --report."))
        return False
    past = history(folder, outcome, name)
    marked = Marked.of(outcome, past, _names([item.file for item in outcome.findings]))
    written: dict[str, bytes] = dict(past.kept)
    styles = ("edition", "found", "report")
    written["report.css"] = b"".join(resource(f"xslt/{name}.css").read_bytes() for name in styles)
    written["index.html"] = front(marked, past, outcome, title).encode("utf-8", "replace")
    for file in marked.files:
        written[f"{PAGES}/{marked.names[file]}"] = page(marked, file, outcome, title).encode("utf-8", "replace")
    for old in sorted((folder / PAGES).glob("*.html")) if (folder / PAGES).is_dir() else ():
        if f"{PAGES}/{old.name}" not in written:
            old.unlink()
    for name, data in written.items():
        write_changed(folder / name, data)
    return True


def _names(files: list[Path]) -> dict[Path, str]:
    """Return the name of the page of each file: that of the file and its folders, as far as every system takes it."""
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for file in dict.fromkeys(files):
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", file.as_posix()).strip("-.")[-100:] or "file"
        name, number = f"{stem}.html", 2
        while name.casefold() in taken:
            name, number = f"{stem}-{number}.html", number + 1
        taken.add(name.casefold())
        names[file] = name
    return names
