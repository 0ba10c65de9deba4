"""Takes the doubts of a document and its text and gives the page on which an editor settles them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from tei_edition.files import resource
from tei_edition.reports.words import shown
from tei_edition.review.doubts import FREE, SAID, Doubt
from tei_edition.review.sheet import COLUMNS
from tei_edition.transcript import Transcript

MARK = '<meta name="generator" content="tei-edition review">'
"""By this a page is known as one that may be written anew."""


def text(words: str) -> str:
    """Return words of a document as they may stand in a page."""
    return escape(shown(words))


def page(title: str, source: str, transcript: Transcript, doubts: Sequence[Doubt], ids: dict[str, str]) -> str:
    """Return the page of a document: its paragraphs, each with its doubts.

    ``ids`` are the ids of the register with their names. Without JavaScript the page can be read; with it, answered.
    """
    digest = hashlib.sha256(transcript.data or transcript.text().encode("utf-8", "replace")).hexdigest()[:16]
    doubts = sorted(doubts, key=lambda doubt: doubt.block is not None)
    numbers = {id(doubt): number for number, doubt in enumerate(doubts, 1)}
    alone = [doubt for doubt in doubts if doubt.block is None]
    alike = Counter(key for doubt in doubts for key in ((_kind(doubt), None), (_kind(doubt), doubt.text)))
    document = doubts[0].document if doubts else title
    parts = [
        head(f"Review · {title}", script := resource("xslt/review.js").read_text(encoding="utf-8")),
        f'<body class="review" data-document="{escape(document)}" data-digest="{digest}">\n',
        '<a class="skip" href="#doubts">To the doubts</a>\n',
        '<nav class="site" aria-label="Review"><a href="index.html">All documents</a></nav>\n<main>\n',
        f'<header class="card"><p class="kicker">{text(source)}</p><h1>{text(title)}</h1>\n',
        f'<p class="subtitle">{counted(len(doubts))}</p></header>\n',
        _tools(doubts) if doubts else '<p class="none">Nothing is open here.</p>\n',
        '<div id="doubts">\n',
        _section("Of the page as a whole", "".join(_card(doubt, numbers[id(doubt)], alike) for doubt in alone)),
    ]
    by_block: dict[int, list[Doubt]] = {}
    for doubt in doubts:
        if doubt.block is not None:
            by_block.setdefault(doubt.block, []).append(doubt)
    for number, block in enumerate(transcript.blocks):
        own = by_block.get(number, [])
        cards = "".join(_card(doubt, numbers[id(doubt)], alike) for doubt in own)
        words = "".join(_marked(block.text, own, numbers))
        line = block.place(0)[0]
        parts.append(
            f'<section class="para{"" if own else " plain"}" aria-label="Line {line}"><div class="words">'
            f'<span class="number" aria-hidden="true">{line}</span><p lang="">{words}</p></div>'
            f"{f'<div class={chr(34)}cards{chr(34)}>{cards}</div>' if own else ''}</section>\n"
        )
    options = "".join(f'<option value="{escape(key)}">{text(name)}</option>' for key, name in ids.items())
    table = json.dumps({"columns": COLUMNS, "free": {key: field for key, (field, _) in FREE.items()}})
    parts += [
        f'</div>\n<datalist id="ids">{options}</datalist>\n',
        '<datalist id="reasons">',
        "".join(f'<option value="{word}"></option>' for word in REASONS),
        f'</datalist>\n</main>\n<script type="application/json" id="tables">{table}</script>\n',
        f"<script>{script}</script>\n</body>\n</html>\n",
    ]
    return "".join(parts)


REASONS = ("lost", "illegible", "inaudible", "redacted", "editorial", "sampling", "garbled", "omitted-in-original")
"""Reasons that are offered; others may be written."""


def counted(number: int) -> str:
    """Return in words how many doubts there are."""
    return "no doubts" if not number else "one doubt" if number == 1 else f"{number} doubts"


def head(title: str, script: str = "") -> str:
    """Return the beginning of a page that fetches nothing and does only what its own script does."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    style = "".join(resource(f"xslt/{name}.css").read_text(encoding="utf-8") for name in ("edition", "found", "review"))
    allowed = f"script-src 'sha256-{digest}'" if script else "script-src 'none'"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{MARK}\n'
        '<meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'unsafe-inline'; {allowed}\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n<style>\n{style}</style>\n</head>\n"
    )


def _tools(doubts: Sequence[Doubt]) -> str:
    """Return the bar that counts, filters and gives the answers; it works with JavaScript only."""
    rules = sorted({doubt.finding.rule for doubt in doubts})
    levels = sorted({str(doubt.finding.severity) for doubt in doubts}, reverse=True)
    return (
        '<noscript><p class="hint">Without JavaScript nothing can be chosen here. Each doubt says what to write into '
        "decisions.toml.</p></noscript>\n"
        '<section class="tools" aria-label="Progress and answers"><div class="row">'
        f'<label class="progress"><progress id="progress" max="{len(doubts)}" value="0"></progress> '
        f'<span id="count">0 of {len(doubts)} settled</span></label>'
        '<button type="button" id="copy">Copy decisions</button>'
        '<button type="button" id="download" class="first">Download decisions</button>'
        '<button type="button" id="sheet">Download CSV</button></div><div class="row">'
        '<label>Rule <select id="rule"><option value="">all</option>'
        f"{''.join(f'<option>{rule}</option>' for rule in rules)}</select></label>"
        f'<label>Severity <select id="severity"><option value="">all</option>'
        f"{''.join(f'<option>{level}</option>' for level in levels)}</select></label>"
        '<label><input type="checkbox" id="open"> open ones only</label>'
        '<label><input type="checkbox" id="close"> only paragraphs with doubts</label>'
        '<label><input type="checkbox" id="keys" checked> keys: <kbd>j</kbd> <kbd>k</kbd> next and back, '
        "<kbd>1</kbd>–<kbd>9</kbd> answer, <kbd>a</kbd> all alike</label></div>"
        '<p id="said" role="status"></p></section>\n'
    )


def _section(title: str, cards: str) -> str:
    if not cards:
        return ""
    return (
        f'<section class="para" aria-label="{title}"><div class="words"><h2>{title}</h2></div>'
        f'<div class="cards">{cards}</div></section>\n'
    )


def _marked(words: str, doubts: Sequence[Doubt], numbers: dict[int, int]) -> Iterable[str]:
    """Yield the text of a block with a link for each doubt; of two that overlap the second is only a number."""
    at = 0
    for doubt in sorted(doubts, key=lambda item: (item.start, -len(item.text))):
        number = numbers[id(doubt)]
        start, end = max(doubt.start, at), max(doubt.start + len(doubt.text), at)
        if doubt.start < at:
            start = end = at
        yield text(words[at:start])
        yield f'<a class="asked" id="m{number}" href="#d{number}">{text(words[start:end])}<sup>{number}</sup></a>'
        at = end
    yield text(words[at:])


def _card(doubt: Doubt, number: int, alike: Mapping[Any, int]) -> str:
    """Return one doubt: what was found, the answers to choose from, what to write into decisions.toml."""
    finding = doubt.finding
    where = {
        "key": doubt.key, "rule": finding.rule, "severity": str(finding.severity), "at": doubt.at, "text": doubt.text,
        "before": doubt.before, "after": doubt.after, "encoded": doubt.encoded, "question": finding.message,
    }  # fmt: skip
    said = "".join(f' data-{key}="{escape(value)}"' for key, value in where.items())
    answers = "".join(_answer(doubt, number, place, answer) for place, answer in enumerate(doubt.answers, 1))
    legend = f'<a href="#m{number}">{number}</a> <q lang="">{text(_short(doubt.text))}</q>'
    return (
        f'<fieldset class="doubt kind-{finding.severity}" id="d{number}" tabindex="-1"{said}>'
        f"<legend>{legend if doubt.block is not None else number}"
        f' <span class="where">line {doubt.at.replace(":", ", column ")}</span></legend>'
        f'<p class="said">{text(finding.message)} <span class="rule">{text(finding.rule)}</span></p>'
        f'<ol class="answers">{answers}</ol>{_alike(doubt, alike)}'
        f'<details class="toml"><summary>In decisions.toml</summary><pre tabindex="0">{text(_toml(doubt))}</pre>'
        "</details></fieldset>\n"
    )


def _kind(doubt: Doubt) -> tuple[str, tuple[str, ...]]:
    """Return what doubts have in common that one answer may settle."""
    return doubt.finding.rule, doubt.answers


def _alike(doubt: Doubt, alike: Mapping[Any, int]) -> str:
    """Return buttons that give one answer to all doubts of a kind; ``alike`` says how many there are of each."""
    kind, same = alike[_kind(doubt), None], alike[_kind(doubt), doubt.text]
    sets = {"text": (same, f"“{text(_short(doubt.text))}”")} if 1 < same < kind else {}
    sets |= {"rule": (kind, "of this kind")} if kind > 1 else {}
    return "".join(
        f'<button type="button" class="alike" data-by="{by}">Same answer for all {number} {words}</button>'
        for by, (number, words) in sets.items()
    )


def _answer(doubt: Doubt, number: int, place: int, answer: str) -> str:
    free = ""
    if asked := doubt.free(answer):
        field, label = asked
        offered = {"who": ' list="ids"', "id": ' list="ids"', "reason": ' list="reasons"'}.get(field, "")
        free = (
            f'<label class="free">{label} <input type="text" data-for="{answer}" data-field="{field}"{offered} '
            'autocomplete="off" spellcheck="false"></label>'
        )
    now = ' <em class="now">as it is encoded</em>' if place == 1 and doubt.encoded else ""
    return (
        f'<li><label><input type="radio" name="d{number}" value="{answer}"> <kbd aria-hidden="true">{place}</kbd> '
        f"<span>{SAID[answer]} <code>{answer}</code>{now}</span></label>{free}</li>"
    )


def _toml(doubt: Doubt) -> str:
    """Return what an editor writes into decisions.toml, with the first answer and the others beside it."""
    quoted = {key: json.dumps(value, ensure_ascii=False) for key, value in (
        ("document", doubt.document), ("at", doubt.at), ("text", doubt.text), ("before", doubt.before),
        ("after", doubt.after), ("as", doubt.answers[0]),
    ) if value}  # fmt: skip
    others = ", ".join(f'"{answer}"' for answer in doubt.answers[1:] if answer not in ("speaker", "sides"))
    lines = [f"{key} = {value}" for key, value in quoted.items()]
    lines[-1] += f"   # or {others}" if others else ""
    if doubt.answers[0] == "keep":
        lines.append(f'rule = "{doubt.finding.rule}"')
    return "[[decision]]\n" + "\n".join(lines)


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 70 else f"{words[:69]}…"
