"""Takes the findings of a run, sorted for a report, and gives its front page: counts, rules, files, earlier runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from tei_edition.reports import Outcome
from tei_edition.reports.history import Counts, History
from tei_edition.reports.marked import Marked, Remark, head, tally, text
from tei_edition.reports.rules import explained, plain

LISTED = 200
"""Findings that are gone, and files without findings, that are listed by name."""

_COLUMNS: dict[str, Callable[[Remark], bool]] = {
    "errors": lambda remark: remark.kind == "error",
    "warnings": lambda remark: remark.kind == "warning",
    "choices": lambda remark: remark.kind == "choice",
    "accepted": lambda remark: remark.kind == "accepted",
    "new": lambda remark: remark.new,
}


def front(marked: Marked, past: History, outcome: Outcome, title: str) -> str:
    """Return the front page of a report."""
    remarks = [remark for found in marked.files.values() for remark in found]
    by_rule: dict[str, list[Remark]] = {rule: [] for rule in marked.rules}
    for remark in remarks:
        by_rule[remark.finding.rule].append(remark)
    several = f"{len(marked.files)} of {len(outcome.files)} files" if outcome.files else f"{len(marked.files)} files"
    many = "one file" if len(outcome.files or marked.files) == 1 else several
    parts = [
        head(f"Findings · {title}", ""),
        '<body class="report">\n<a class="skip" href="#rules">To the findings</a>\n<main>\n',
        f'<header class="card"><p class="kicker">{text(title)}</p><h1>Findings</h1>\n',
        f'<p class="subtitle">{tally(remarks)}, in {many}</p></header>\n',
        _compared(past),
        _trend(past.counts),
        _show(remarks) if remarks else '<p class="none">Nothing to look at.</p>\n',
        _rules(marked, by_rule),
        _files(marked),
        "<h2>What the rules say</h2>\n" if by_rule else "",
        *(_explained(marked, rule, found) for rule, found in by_rule.items()),
        _clean(marked, outcome.files),
        "</main>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def _compared(past: History) -> str:
    if past.before is None:
        return ""
    gone = ""
    if past.gone:
        rows = "".join(
            f"<li><code>{text(row['file'])}</code> {text(row['message'])} [{text(row['rule'])}]</li>\n"
            for row in past.gone[:LISTED]
        )
        more = len(past.gone) - LISTED
        rows += f"<li>and {more} more</li>\n" if more > 0 else ""
        gone = f"<details><summary>The {len(past.gone)} that are gone</summary>\n<ul>\n{rows}</ul></details>\n"
    return (
        f"<p>Since {text(past.before)}: <strong>{len(past.new)} new</strong>, {len(past.gone)} gone, "
        f"{past.stayed} still there.</p>\n{gone}"
    )


def _trend(runs: Sequence[Counts]) -> str:
    """Return the counts of the last runs as a table with bars."""
    if len(runs) < 2:
        return ""
    longest = max(run.errors + run.warnings for run in runs) or 1
    rows = []
    for run in reversed(runs):
        errors, warnings = (round(100 * number / longest, 1) for number in (run.errors, run.warnings))
        bar = (
            '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect class="errors" width="{errors}" height="8"/>'
            f'<rect class="warnings" x="{errors}" width="{warnings}" height="8"/></svg>'
        )
        cells = "".join(f"<td>{number}</td>" for number in (run.errors, run.warnings, run.accepted, run.files))
        rows.append(f'<tr><th scope="row">{text(run.name)}</th>{cells}<td class="bar">{bar}</td></tr>\n')
    names = "".join(f'<th scope="col">{name}</th>' for name in ("errors", "warnings", "accepted", "files"))
    return _scrolled(
        "runs",
        f'<tr><th scope="col">run</th>{names}<td class="bar"></td></tr>\n' + "".join(rows),
        "The last runs",
    )


def _show(remarks: Iterable[Remark]) -> str:
    """Return a choice of which rows are shown; the style sheet does the rest."""
    there = [name for name, belongs in _COLUMNS.items() if any(map(belongs, remarks))]
    if len(there) < 2:
        return ""
    boxes = "".join(
        f'<label><input type="radio" name="show" id="only-{name}"{" checked" * (name == "all")}> {label}</label>\n'
        for name, label in [("all", "all"), *((name, f"with {name}") for name in there)]
    )
    return f"<fieldset><legend>Show rules and files</legend>\n{boxes}</fieldset>\n"


def _rules(marked: Marked, by_rule: dict[str, list[Remark]]) -> str:
    rows = [
        (f'<a href="#{marked.rules[rule]}"><code>{text(rule)}</code></a>', found)
        for rule, found in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    return _counts("rules", "By rule", "rule", rows)


def _files(marked: Marked) -> str:
    rows = [(f'<a href="{_page(marked, file)}">{text(file.as_posix())}</a>', list(marked.files[file]))
            for file in marked.files]  # fmt: skip
    return _counts("by-file", "By file", "file", rows)


def _counts(anchor: str, title: str, what: str, rows: list[tuple[str, list[Remark]]]) -> str:
    """Return a table with a row for each rule or file, and a column for each kind of finding that there is."""
    if not rows:
        return ""
    columns = [
        name for name, belongs in _COLUMNS.items() if any(belongs(remark) for _, found in rows for remark in found)
    ]
    body = []
    for label, found in rows:
        numbers = {name: sum(map(_COLUMNS[name], found)) for name in columns}
        classes = " ".join(f"has-{name}" for name in columns if numbers[name])
        cells = "".join(f"<td>{number or '–'}</td>" for number in numbers.values())
        body.append(f'<tr class="{classes}"><th scope="row">{label}</th>{cells}</tr>\n')
    names = "".join(f'<th scope="col">{name}</th>' for name in columns)
    table = f'<tr class="names"><th scope="col">{what}</th>{names}</tr>\n' + "".join(body)
    return f'<section id="{anchor}"><h2>{title}</h2>\n{_scrolled("counts", table, title)}</section>\n'


def _explained(marked: Marked, rule: str, found: list[Remark]) -> str:
    """Return what a rule means, and the files that have findings of it."""
    told = explained().get(rule)
    words = f"<p>{text(plain(told.when))} <em>{text(plain(told.mend))}</em></p>\n" if told else ""
    files: dict[Path, list[Remark]] = {}
    for remark in found:
        files.setdefault(remark.finding.file, []).append(remark)
    items = "".join(
        f'<li><a href="{_page(marked, file)}#{here[0].id}">{text(file.as_posix())}</a> {len(here)}</li>\n'
        for file, here in files.items()
    )
    opened = " open" if len(files) <= 10 else ""
    many = f"{len(files)} files" if len(files) != 1 else "1 file"
    return (
        f'<section class="explained" id="{marked.rules[rule]}"><h3><code>{text(rule)}</code></h3>\n{words}'
        f"<details{opened}><summary>{tally(found)}, in {many}</summary>\n<ul>\n{items}</ul></details></section>\n"
    )


def _clean(marked: Marked, files: Sequence[Path]) -> str:
    clean = [file for file in dict.fromkeys(files) if file not in marked.files]
    if not clean:
        return ""
    items = "".join(f"<li>{text(file.as_posix())}</li>\n" for file in clean[:LISTED])
    items += f"<li>and {len(clean) - LISTED} more</li>\n" if len(clean) > LISTED else ""
    return (
        f"<section><h2>Without findings</h2>\n<details><summary>{len(clean)} files</summary>\n"
        f"<ul>\n{items}</ul></details></section>\n"
    )


def _scrolled(kind: str, rows: str, title: str) -> str:
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table class="{kind}">'
        f'<caption class="unseen">{title}</caption>\n{rows}</table></div>\n'
    )


def _page(marked: Marked, file: Path) -> str:
    return f"files/{quote(marked.names[file])}"
