"""Takes the findings of a run, file by file, and gives the page of a file: its lines, with the findings in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tei_edition.finding import Finding, Severity
from tei_edition.reports import Outcome
from tei_edition.reports.excerpts import place
from tei_edition.reports.history import History
from tei_edition.reports.words import in_one_line, shown

AROUND = 3
"""Lines before and after a finding that are shown with it."""
LONG = 1500
"""Characters from which on a line is cut to what lies round its findings."""
NEAR = 300
"""Characters on either side of a finding that are left of such a line."""

_INDENT = re.compile(r"^[ \t]+")

KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "choice"}


@dataclass(frozen=True)
class Remark:
    """A finding in a report: what it is called there, and whether it was there before."""

    finding: Finding
    id: str
    new: bool

    @property
    def kind(self) -> str:
        """Return how it counts: error, warning, choice or accepted."""
        return KINDS[self.finding.severity] if self.finding.accepted is None else "accepted"


@dataclass(frozen=True)
class Marked:
    """The findings of a run, sorted for a report."""

    files: Mapping[Path, Sequence[Remark]]
    """The findings of each file that has any, in the order of lines."""
    rules: Mapping[str, str]
    """The anchor of each rule on the front page, in the order of names."""
    names: Mapping[Path, str]
    """The file name of the page of each file."""
    compared: bool
    """Whether there was a run before, so that something can be new."""

    @classmethod
    def of(cls, outcome: Outcome, past: History, names: Mapping[Path, str]) -> Marked:
        """Return the findings of a run by file, with what is new among them."""
        found: dict[Path, list[Remark]] = {}
        for finding, mark in zip(outcome.findings, outcome.marks, strict=True):
            new = (finding.file.as_posix(), mark) in past.new
            found.setdefault(finding.file, []).append(Remark(finding, f"f-{mark.replace(':', '-')}", new))
        files = {
            file: sorted(found[file], key=lambda item: (item.finding.line or 0, item.finding.column or 0))
            for file in sorted(found, key=Path.as_posix)
        }
        rules = sorted({item.rule for item in outcome.findings})
        plain = re.compile(r"[A-Za-z0-9-]+")
        anchors = {rule: f"rule-{rule if plain.fullmatch(rule) else number}" for number, rule in enumerate(rules)}
        return cls(files, anchors, names, past.before is not None)


def head(title: str, above: str) -> str:
    """Return the beginning of a page; ``above`` leads to the report's folder."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{text(title)}</title>\n<link rel="stylesheet" href="{above}report.css">\n</head>\n'
    )


def text(words: str) -> str:
    """Return words of a document or a path as they may stand in a page."""
    return escape(shown(words))


def page(marked: Marked, file: Path, outcome: Outcome, title: str) -> str:
    """Return the page of one file."""
    remarks = marked.files[file]
    order = list(marked.files)
    at = order.index(file)
    beside = [
        f'<a class="{word}" rel="{word}" href="{marked.names[order[other]]}">{text(order[other].as_posix())}</a>'
        for word, other in (("prev", at - 1), ("next", at + 1))
        if 0 <= other < len(order)
    ]
    parts = [
        head(f"{file.as_posix()} · {title}", "../"),
        '<body class="report">\n<a class="skip" href="#lines">To the lines</a>\n',
        f'<nav class="site" aria-label="Report"><a href="../index.html">All findings</a>{"".join(beside)}</nav>\n',
        f'<main>\n<header class="card"><p class="kicker">{text(title)}</p><h1>{_breakable(file.as_posix())}</h1>\n',
        f"<p>{tally(remarks)}</p></header>\n",
        _filter(marked, remarks),
        '<div id="lines" class="lines">\n',
        *_body(marked, file, outcome),
        "</div>\n</main>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def tally(remarks: Iterable[Remark]) -> str:
    """Return in words how many findings of each kind there are."""
    count: dict[str, int] = dict.fromkeys([*KINDS.values(), "accepted"], 0)
    for remark in remarks:
        count[remark.kind] += 1
    words = [
        f"{number} {kind}{'s' if number != 1 and kind != 'accepted' else ''}"
        for kind, number in count.items()
        if number
    ]
    return ", ".join(words) or "no findings"


def _breakable(path: str) -> str:
    return text(path).replace("/", "/<wbr>")


def _filter(marked: Marked, remarks: Sequence[Remark]) -> str:
    """Return boxes that hide findings of a kind or of a rule; the style sheet of the page does the rest."""
    choices: dict[str, str] = {}
    kinds = {remark.kind for remark in remarks}
    if len(kinds) > 1:
        choices |= {f"kind-{kind}": kind for kind in [*KINDS.values(), "accepted"] if kind in kinds}
    if marked.compared and len({remark.new for remark in remarks}) > 1:
        choices["known"] = "there before"
    rules = sorted({remark.finding.rule for remark in remarks})
    if len(rules) > 1:
        choices |= {marked.rules[rule]: rule for rule in rules}
    if not choices:
        return ""
    style = "".join(f"body:has(#show-{key}:not(:checked)) .{key} {{ display: none; }}\n" for key in choices)
    boxes = "".join(
        f'<label><input type="checkbox" id="show-{key}" checked> {text(label)}</label>\n'
        for key, label in choices.items()
    )
    return f"<style>\n{style}</style>\n<fieldset><legend>Show</legend>\n{boxes}</fieldset>\n"


def _body(marked: Marked, file: Path, outcome: Outcome) -> Iterable[str]:
    """Yield the findings of a file and the lines round them, in order."""
    lines = outcome.sources.lines(file)
    by_line: dict[int, list[Remark]] = {}
    for remark in marked.files[file]:
        number = remark.finding.line or 0
        by_line.setdefault(number if 0 < number <= len(lines) else 0, []).append(remark)
    for remark in by_line.pop(0, ()):
        yield _remark(marked, remark)
    shown_until, numbers = 0, sorted(by_line)
    for number, following in zip(numbers, [*numbers[1:], len(lines) + 1], strict=False):
        remarks = by_line[number]
        first = max(shown_until + 1, number - AROUND)
        if first > shown_until + 1:
            yield f'<p class="skipped">{_skipped(shown_until + 1, first - 1)}</p>\n'
        for beside in range(first, number):
            yield _line(beside, lines[beside - 1], [])
        yield _line(number, lines[number - 1], [remark.finding for remark in remarks])
        for remark in remarks:
            yield _remark(marked, remark)
        shown_until = min(number + AROUND, len(lines), following - 1)
        for beside in range(number + 1, shown_until + 1):
            yield _line(beside, lines[beside - 1], [])
    if shown_until < len(lines):
        yield f'<p class="skipped">{_skipped(shown_until + 1, len(lines))}</p>\n'


def _skipped(first: int, last: int) -> str:
    return f"line {first} without findings" if first == last else f"lines {first}–{last} without findings"


def _line(number: int, line: str, findings: Sequence[Finding]) -> str:
    places = sorted({where for finding in findings if (where := place(finding, line)) is not None})
    here = ' class="line here"' if findings else ' class="line"'
    words = _INDENT.sub(r'<span class="indent">\g<0></span>', "".join(_cut(line, places)))
    return (
        f'<div{here} id="L{number}"><a class="number" href="#L{number}">{number}</a><code>{words or " "}</code></div>\n'
    )


def _cut(line: str, places: Sequence[tuple[int, int]]) -> Iterable[str]:
    """Yield the parts of a line: words, marked words, and a sign where a long line was cut."""
    at = 0
    for start, length in places:
        if start >= at:
            yield from _between(line, at, start, bool(at), True)
            yield f"<mark>{escape(_signs(line[start : start + length])) or ' '}</mark>"
            at = start + length
    yield from _between(line, at, len(line), bool(places), False)


def _between(line: str, start: int, end: int, after: bool, before: bool) -> Iterable[str]:
    if len(line) <= LONG or end - start <= 2 * NEAR:
        yield escape(_signs(line[start:end]))
        return
    if after or not before:
        yield escape(_signs(line[start : start + NEAR]))
    yield f'<span class="cut">… {end - start - NEAR * (after + before or 1)} characters …</span>'
    if before:
        yield escape(_signs(line[end - NEAR : end]))


def _signs(words: str) -> str:
    return "\t".join(map(in_one_line, words.split("\t")))


def _remark(marked: Marked, remark: Remark) -> str:
    finding = remark.finding
    anchor = marked.rules[finding.rule]
    said = [f"<p><strong>{remark.kind}</strong> {text(finding.message)}"]
    said.append(f' <a class="rule" href="../index.html#{anchor}">{text(finding.rule)}</a>')
    said.append(' <span class="new">new</span></p>' if remark.new else "</p>")
    if finding.hint:
        said.append(f'<p class="hint">{text(finding.hint)}</p>')
    if finding.accepted is not None:
        said.append(f'<p class="hint">Accepted: {text(finding.accepted)}</p>')
    where = [f"<code>{_breakable(finding.xpath)}</code>"] if finding.xpath else []
    if finding.see and re.match(r"https?://[^\s]+$", finding.see):
        where.append(f'<a href="{escape(finding.see)}">Read on</a>')
    if where:
        said.append(f'<p class="where">{" · ".join(where)}</p>')
    classes = f"remark kind-{remark.kind} {anchor}{'' if remark.new else ' known'}"
    return f'<article class="{classes}" id="{remark.id}">{"".join(said)}</article>\n'
