"""What editors and scribes did to a text is seen in every view, and its words are those of the TEI.

The expectations are computed from the TEI by Python: nothing here knows the stylesheets but the class of each element,
which is the name of what TEI calls it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from conftest import ROOT, SHARED
from lxml import etree

from tei_edition import tei
from tei_edition.finding import Finding
from tei_edition.views import VIEWS, render

HTML_VIEWS = [view.name for view in VIEWS.values() if view.media == "text/html"]
FOREIGN = SHARED / "foreign_dev"
PROJECTS = sorted(folder.name for folder in FOREIGN.iterdir()) if FOREIGN.is_dir() else []
OWN = ["sample edition", "encoded_samples"]


def files(project: str) -> list[Path]:
    """Return the TEI files of a project, or skip where the material is absent."""
    if project == "sample edition":
        return sorted((ROOT / "xml").glob("*.xml"))
    if not SHARED.is_dir():
        pytest.skip("the material to measure against (../shared/data) is not here")
    return sorted((SHARED / project if project == "encoded_samples" else FOREIGN / project).rglob("*.xml"))


@cache
def parsed(path: Path) -> etree._Element | None:
    """Return the tree of a file, None where it is not well-formed."""
    return tei.parse(path.read_bytes(), path, lambda finding: None)


@cache
def page(path: Path, view: str) -> tuple[str, tuple[Finding, ...]]:
    """Return a view of a file and what was found on the way."""
    found: list[Finding] = []
    tree = parsed(path)
    assert tree is not None
    return render(tree, view, report=found.append), tuple(found)


def name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; nothing for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]+", "", text)


def classes(element: etree._Element) -> list[str]:
    """Return the classes of an element of a page."""
    return str(element.get("class", "")).split()


# ## All of it is shown


@pytest.mark.parametrize("project", [*OWN, *PROJECTS])
def test_every_view_shows_the_words_the_spaces_and_the_evidence(project: str) -> None:
    faults: dict[str, list[str]] = {}
    for path in files(project):
        tree = parsed(path)
        if tree is None:
            continue
        for view in VIEWS:
            html, found = page(path, view)
            wrong = [finding.message for finding in found if finding.rule != "element-without-template"]
            if view in HTML_VIEWS:
                wrong += missing(tree, html) + displaced(tree, html, view) + dangling(html)
            if wrong:
                faults[f"{path.name}, {view}"] = wrong
    assert not faults


def dangling(html: str) -> list[str]:
    """Return the links of a page to places that it does not have, and the ids that it has twice."""
    body = lxml.html.document_fromstring(html)
    ids = [str(key) for key in body.xpath("//@id")]
    twice = [f"id {key} twice" for key in set(ids) if ids.count(key) > 1] if len(set(ids)) < len(ids) else []
    known = set(ids)
    return twice + [str(href) for href in body.xpath("//@href[starts-with(., '#')]") if href[1:] not in known]


def test_few_words_stand_in_elements_without_a_template() -> None:
    every = outside = 0
    for path in (path for project in PROJECTS or [""] for path in files(project) if parsed(path) is not None):
        body = lxml.html.document_fromstring(page(path, "reading")[0])
        every += len("".join(map(str, body.itertext())).split())
        for other in body.xpath("//*[@class='other'][not(ancestor::*[@class='other'])]"):
            outside += len("".join(map(str, other.itertext())).split())
    assert outside < every / 500


# ## Evidence

APART = frozenset("note choice app subst del gap desc figure".split())
"""Elements whose words may stand elsewhere than around them."""

UNSEEN = frozenset("teiHeader facsimile standOff xenoData spanGrp annotation index interp".split())
"""Elements that are no text."""

MARKS = {
    "gap": (r"^\[.+\]", ("gap",)),
    "unclear": (r"^\[.*\?\](\[.*\])?$|\[\?\]", ("unclear",)),
    "supplied": (r"^\[.*\]$", ("supplied",)),
    "add": (r"^\\.*/(\[.*\])?$|replaces", ("add",)),
    "del": (r"^⟦.*⟧(\[.*\])?$|deleted:|replaces", ("del",)),
    "sic": (r"\[sic\]$|thesourcehas|corrected:|\[.*\]", ("sic",)),
    "corr": (r"\[.*\]$|thesourcehas|corrected:", ("corr",)),
    "orig": ("", ("orig",)),
    "abbr": ("", ("abbr",)),
    "reg": (r"\[.*\]$|thesourcehas|regularised:", ("reg",)),
    "expan": (r"\[.*\]|thesourcehas|writtenout:", ("expan",)),
    "note": ("", ("note", "note-body", "note-in-line", "note-here", "stage", "apparatus")),
    "handShift": (r"\[[Hh]and.*\]", ("hand",)),
}
"""How each kind of evidence shows: what stands around its words (without white space), and its classes in the page."""


def inner(element: etree._Element) -> list[str]:
    """Return the runs of letters of an element that must stand inside it in the page."""
    runs = [element.text or ""]
    for child in element:
        if name(child) and name(child) not in APART:
            runs += inner(child)
        runs.append(child.tail or "")
    return [run for run in map(letters, runs) if run]


KINDS = {found: kind for kind, (_, names) in MARKS.items() for found in names}


def shown(body: etree._Element) -> dict[str, list[tuple[str, str, str]]]:
    """Return for each kind of evidence what shows it: its letters, its signs, and its signs in their context."""
    entries = {str(entry.get("id")): entry for entry in body.iter("li") if entry.get("id")}
    found: dict[str, list[tuple[str, str, str]]] = {kind: [] for kind in MARKS}
    for element in body.iter(etree.Element):
        kinds = {KINDS[one] for one in classes(element) if one in KINDS} | {str(element.tag)} & {"del"}
        if not kinds:
            continue
        words = "".join(map(str, element.itertext()))
        context, beside = words, element.getnext()
        if not kinds & {"note", "handShift"}:
            entry = next((up for up in element.iterancestors() if "note-body" in classes(up)), None)
            if beside is not None and not element.tail and "ed" in classes(beside):
                context += "".join(map(str, beside.itertext()))
                if "mark" in classes(beside):
                    entry = entries.get(str(beside.xpath("string(.//a/@href)"))[1:], entry)
            elif beside is not None and kinds & {"sic", "orig", "abbr"}:
                context += "".join(map(str, beside.itertext()))
            context += "".join(map(str, entry.itertext())) if entry is not None else ""
        for kind in kinds:
            found[kind].append((letters(words), re.sub(r"\s", "", words), re.sub(r"\s", "", context)))
    return found


def missing(tree: etree._Element, html: str) -> list[str]:
    """Return what of the evidence of a document has no words or no mark in a page of it."""
    body = lxml.html.document_fromstring(html)
    here = shown(body)
    wanted = []
    for element in tree.iter(*(f"{{{tei.TEI}}}{kind}" for kind in MARKS)):
        kind, above = name(element), [name(up) for up in element.iterancestors()]
        if UNSEEN & set(above):
            continue
        if kind == "abbr" and above[0] == "choice" and element.getparent().find("{*}expan/{*}ex") is not None:
            continue  # its letters stand in the words in full, or in a textual note: the test of words sees to it
        wanted.append((kind, element.sourceline, inner(element)))
    for alike in (True, False):  # those of the very same letters first, then the longest
        left = []
        for kind, line, runs in wanted:
            fitting = [
                (len(words), at)
                for at, (words, *contexts) in enumerate(here[kind])
                if (words == "".join(runs) if alike else all(run in words for run in runs))
                and any(re.search(MARKS[kind][0], text) for text in contexts)
            ]
            if fitting:
                del here[kind][min(fitting)[1]]
            else:
                left.append((kind, line, runs))
        wanted = sorted(left, key=lambda one: -len("".join(one[2])))
    return [f"{kind} (line {line}) “{' '.join(runs)[:80]}”" for kind, line, runs in wanted]


# ## Words and white space

RUNNING = frozenset(
    """hi emph foreign persName placeName orgName geogName objectName name rs date time ref title term seg q soCalled
    mentioned gloss distinct said w pc c s cl phr m num measure unit expan ex am unclear supplied surplus
    forename surname roleName addName genName nameLink settlement country region district
    g anchor ptr lb pb cb gb email code gi att val ident tag damage metamark""".split()
)
"""Elements that run on in a line: the words before, in and after them stand together as they do in the TEI."""

CODE = frozenset("egXML schemaSpec elementSpec".split())
"""Elements that are shown as they are written, tags and all."""

END = "\ue000"
WHOLE = "\ue001"
"""Where a break stands inside a word: white space beside it means nothing, nor does a hyphen that the line made."""


def segments(element: etree._Element, lines: str) -> str:
    """Return the words of an element, with an END where something begins or ends that does not run on."""
    parts = [element.text or ""]
    for child in element:
        kind = name(child)
        if kind in ("lb", "pb", "cb") and child.get("break") == "no":
            parts.append(WHOLE + lines * (kind == "lb"))
        elif kind == "lb":
            parts.append(" ")
        elif kind in CODE:
            parts.append(END)
        elif kind in RUNNING and name(element) not in ("opener", "closer"):
            parts.append(segments(child, lines))
        elif kind and kind not in UNSEEN:
            parts += [END, segments(child, lines), END]
        elif kind:
            parts.append(END)
        parts.append(child.tail or "")
    return "".join(parts)


BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li dt dd td th tr table section aside blockquote figure pre ol ul dl".split()
)


def flat(element: etree._Element) -> str:
    """Return the words of a part of a page without what the edition adds, with blanks round blocks."""
    parts = [] if "ed" in classes(element) else [element.text or ""]
    for child in element if parts else ():
        if isinstance(child.tag, str):
            parts.append("\n" if child.tag == "br" else f" {flat(child)} " if child.tag in BLOCKS else flat(child))
        parts.append(child.tail or "")
    return "".join(parts)


def normal(text: str) -> str:
    """Return a text with its white space as one blank, or one line break where a line ends."""
    return re.sub(r"[ \t\r]*\n[ \t\r\n]*", "\n", re.sub(r"[ \t\r]+", " ", text)).strip()


def displaced(tree: etree._Element, html: str, view: str) -> list[str]:
    """Return the runs of words of a document that are not in a page as they are in the TEI."""
    body = " ".join(flat(part) for part in lxml.html.document_fromstring(html).iter("article"))
    shown_text = " ".join(body.split())
    faults, at = [], 0
    for part in tree.iter(f"{{{tei.TEI}}}text", f"{{{tei.TEI}}}sourceDoc"):
        if name(part.getparent()) in ("group",):
            continue
        text = segments(part, "" if view == "reading" else "\N{LINE SEPARATOR}")
        if view == "reading" and tree.find(".//t:hyphenation[@eol='hard']", tei.NS) is None:
            text = re.sub(rf"(?<=\w)[-‐¬⸗](?=\s*{WHOLE}[\s{WHOLE}]*[a-zß-ÿ])", "", text)
        text = re.sub(rf"\s*{WHOLE}(\N{{LINE SEPARATOR}}?)[\s{WHOLE}]*", r"\1", text)
        text = re.sub(f"{END}(['’]s)", f"{END}\\1{END}", text)  # the other form of a name stands behind a possessive
        for run in text.split(END):
            words = " ".join(run.split())
            if not letters(words):
                continue
            found = shown_text.find(words, at)
            if found < 0 and (found := shown_text.find(words)) < 0:
                faults.append(words[:120])
            else:
                at = found
    return faults
