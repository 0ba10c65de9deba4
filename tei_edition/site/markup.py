"""Takes the HTML of a view and gives it as the site shows it: numbers to cite by, contents, links, fewer bytes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from html import escape

from lxml import etree

_NUMBERED = re.compile(r'(<(?:p|div|span)\b[^>]*?\sid="(t-(?:p|turn|page)-([^"]+))"[^>]*>)')
ENTRY = re.compile(r'href="register/([\w-]+)\.html#([\w.-]+)"')
"""The way to an entry of a register, as views write it."""

_BETWEEN = re.compile(r"(</(?:p|div|section|header|li|ol|ul|h\d)>)\n(?=</?(?:p|div|section|li|ol|ul|h\d)\b)")
_TAG = re.compile(r"<[a-z][^<>]*>")
_QUOTED = re.compile(r'="([A-Za-z0-9_.#:-][A-Za-z0-9_.#:/-]*(?<!/))"')
_HEADING = re.compile(r'<h([2-4])\b[^>]*?\sid="(t-[^"]+)"[^>]*>(.*?)</h\1>', re.S)


def squeezed(text: str) -> str:
    """Return HTML without the indentation of the TEI; what is set as it stands is left alone."""
    return text if "<pre" in text else _BETWEEN.sub(r"\1", re.sub(r"\n\s*", "\n", text))


def light(text: str) -> str:
    """Return HTML without the quotation marks that HTML can do without: one byte in twenty of a page."""
    return _TAG.sub(lambda match: _QUOTED.sub(r"=\1", match[0]), text)


def to_entries(text: str) -> str:
    """Return HTML whose names lead to the pages of the entries, not to their place in the list."""
    return ENTRY.sub(r'href="register/\1/\2.html"', text)


def without_repeats(text: str, word: Callable[[str], str]) -> str:
    """Return a view without the particulars that the site says itself, better, at another place."""
    link = f'<a href="about.html#principles">{word("Editorial principles")}</a>'
    elsewhere, principles = _particulars(word("Cite as"), word("About the edition"), word("How the text was encoded"))
    return principles.sub(rf"\1<dd>{link}</dd></div>", elsewhere.sub("", text))


@cache
def _particulars(cited: str, edition: str, encoded: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds the rows of particulars that are said elsewhere, and that of the principles."""
    rest = r"</dt>{}(?:<dd[^>]*>(?:(?!</dd>).)*</dd>)*</div>"
    either = f"(?:{re.escape(cited)}|{re.escape(edition)})"
    return (
        re.compile(f"<div><dt>{either}" + rest.format(""), re.S),
        re.compile(f"(<div><dt>{re.escape(encoded)}" + rest.replace("</dt>{}", "</dt>)"), re.S),
    )


def with_people(text: str, digest: etree._Element, word: Callable[[str], str]) -> str:
    """Return a view whose card leads from participants to their entries."""
    card, end, rest = text.partition("</header>")
    of = re.escape(word("Participants"))
    for person in digest.iterfind("person"):
        register, _, key = person.get("entry", "").partition("#")
        label = escape(" ".join((person.text or "").split()), quote=False)
        if key and label:
            link = rf'\1<a class="name" href="register/{register}/{key}.html">{label}</a>'.replace("&", "&amp;")
            link = link.replace("&amp;amp;", "&amp;")
            card = re.sub(rf"(<dt>{of}</dt>(?:<dd>|.*?[;:] |.*?<dd>)){re.escape(label)}(?=[;<])", link, card, count=1)
    return card + end + rest


def with_places(text: str, gone: Mapping[str, str], word: Callable[[str], str]) -> str:
    """Return a view with a number to cite at every paragraph, turn and page, and with its table of contents."""
    lost: dict[str, list[str]] = {}
    for old, now in gone.items():
        lost.setdefault(now, []).append(old)

    def numbered(match: re.Match[str]) -> str:
        start, key, number = match.groups()
        was = "".join(f'<span id="t-{old}"></span>' for old in lost.pop(key[2:], []))
        shown = "" if "-page-" in key else f'<a class="n" href="#{key}">{number}</a>'
        return start + was + shown

    text = _NUMBERED.sub(numbered, text)
    rest = "".join(f'<span id="t-{old}"></span>' for olds in lost.values() for old in olds)
    contents = _contents(text, word)
    return text.replace('<div class="text" id="text">', f'{contents}<div class="text" id="text">{rest}', 1)


def _contents(text: str, word: Callable[[str], str]) -> str:
    """Return a table of contents, when there are enough headings for one."""
    rows = [
        f'<li class="level-{level}"><a href="#{key}">{words}</a></li>'
        for level, key, inner in _HEADING.findall(text)
        if (words := re.sub(r"<sup\b.*?</sup>|<[^>]*>", "", inner, flags=re.S).strip())
    ]
    if len(rows) < 3:
        return ""
    return f'<details class="contents-here"><summary>{word("Contents")}</summary><ol>{"".join(rows)}</ol></details>'
