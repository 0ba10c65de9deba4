"""Takes what encoding found in documents and writes the review: a page a document, a list of them, a CSV of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tei_edition.edition import Edition
from tei_edition.files import read_bytes, write_changed
from tei_edition.finding import Finding, Report, Severity, unheard
from tei_edition.folders import folder_taken
from tei_edition.readers import read
from tei_edition.review.doubts import doubts_of, is_doubt
from tei_edition.review.page import MARK, counted, head, page, text
from tei_edition.review.sheet import Row, SheetError, read_sheet, row_of, same_place, write_sheet

__all__ = ["SHEET", "Reviewed", "write_review"]

SHEET = "doubts.csv"
"""The name of the CSV in the folder of a review."""
_FRONT = "index.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviewed:
    """One document whose doubts are listed."""

    id: str
    source: Path
    findings: Sequence[Finding]
    reader: str | None = None
    encoding: str | None = None
    fresh: bool = True
    """Whether it was encoded now; if not, its page is as it was."""


def write_review(
    folder: Path, documents: Sequence[Reviewed], ids: dict[str, str], *, report: Report, edition: Edition
) -> Path | None:
    """Write a review into a folder and return its front page; None when the folder holds something else.

    1. A page works from the disk, fetches nothing, and holds no markup of a document.
    2. Answers that stand in the CSV stay there as long as their doubts do.
    3. Documents of the folder that are not among these keep their pages and their rows.

    ``ids`` are the ids of the register with their names. Raises OSError when the folder cannot be written.
    """
    front = folder / _FRONT
    if front.exists() and MARK.encode() not in read_bytes(front)[:400]:
        report(folder_taken(folder, "a review", "Move them elsewhere, or encode with --no-review."))
        return None
    old = _rows(folder / SHEET, report)
    answered = {same_place(row): row for row in old if row["answer"] or row["words"]}
    rows: dict[str, list[Row]] = {}
    for row in old:
        if (folder / f"{row['document']}.html").is_file():
            rows.setdefault(row["document"], []).append(row)
    for document in documents:
        target = folder / f"{document.id}.html"
        open_now = sum(map(is_doubt, document.findings))
        if not document.fresh and target.is_file() and len(rows.get(document.id, ())) == open_now:
            continue
        transcript = read(
            document.source, report=unheard, reader=document.reader, encoding=document.encoding, styles=edition.styles
        )
        doubts = doubts_of(transcript, document.findings, document.id)
        name = next(iter(transcript.values("title")), "") or document.id
        rows[document.id] = [row_of(doubt) for doubt in doubts]
        made = page(name, document.source.name, transcript, doubts, ids)
        write_changed(target, made.encode("utf-8", "replace"), durable=False)
    for row in (row for own in rows.values() for row in own):
        if kept := answered.get(same_place(row)):
            row.update(answer=kept["answer"], words=kept["words"])
    names = [*dict.fromkeys([*(document.id for document in documents), *rows])]
    write_changed(folder / SHEET, write_sheet(row for name in names for row in rows.get(name, ())))
    write_changed(front, _index(names, rows, edition.title).encode("utf-8", "replace"), durable=False)
    return front


def _rows(path: Path, report: Report) -> list[Row]:
    if not path.exists():
        return []
    try:
        return read_sheet(read_bytes(path))
    except SheetError as error:
        message = f"The answers there were lost sight of: {error}."
        aside = path.with_name(f"{path.stem}.old.csv")
        path.replace(aside)
        hint = f"It was put aside as {aside.name}; mend it and take it: tei-edition decide {aside.name}."
        report(Finding(rule="answers-unreadable", severity=Severity.WARNING, file=path, message=message, hint=hint))
        return []


def _index(names: Sequence[str], rows: dict[str, list[Row]], title: str) -> str:
    """Return the list of documents, each with its number of doubts."""
    lines = []
    for name in names:
        levels = Counter(row["severity"] for row in rows.get(name, ()))
        cells = "".join(f"<td>{levels[level] or '–'}</td>" for level in ("warning", "info"))
        lines.append(f'<tr><th scope="row"><a href="{quote(name)}.html">{text(name)}</a></th>{cells}</tr>\n')
    every = sum(map(len, rows.values()))
    return (
        f'{head("Review")}<body class="review">\n<main>\n<header class="card"><p class="kicker">{text(title)}</p>'
        f'<h1>Review</h1><p class="subtitle">{counted(every)}, in {len(names)} '
        f"{'document' if len(names) == 1 else 'documents'}</p></header>\n"
        '<table class="documents"><thead><tr><th scope="col">Document</th><th scope="col">Warnings</th>'
        f'<th scope="col">Choices</th></tr></thead>\n<tbody>\n{"".join(lines)}</tbody></table>\n'
        f'<p>All doubts in one table: <a href="{SHEET}">{SHEET}</a>. Fill in its columns <em>answer</em> and '
        "<em>words</em>, save it, and encode again.</p>\n</main>\n</body>\n</html>\n"
    )
