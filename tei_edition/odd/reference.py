"""Takes an ODD and gives a reference of its schema as one page of HTML: elements, attributes, classes and rules.

The words are those of the ODD; for what it says nothing about, those of the TEI's source on this computer, marked as
the TEI's. Examples are those of the ODD and of an edition. The page needs no other file and no script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from lxml import etree, html

from tei_edition.edition import Edition
from tei_edition.files import resource, write_bytes
from tei_edition.finding import Report
from tei_edition.odd.attributes import Attributes
from tei_edition.odd.compiling import read_odd
from tei_edition.odd.descriptions import Descriptions, H
from tei_edition.odd.entries import Entries
from tei_edition.odd.examples import examples
from tei_edition.odd.models import Models
from tei_edition.odd.release import version_of
from tei_edition.odd.specs import Spec, T
from tei_edition.odd.told import rules
from tei_edition.tei import name

GUIDELINES = "https://www.tei-c.org/release/doc/tei-p5-doc/en/html/"


def write_reference(
    odd: Path, to: Path, report: Report, *, tei: Path | None = None, edition: Edition | None = None
) -> list[Path]:
    """Write the reference of an ODD into a folder, as ``<name>.html``, and return its path.

    tei is ``p5subset.xml``, by default the newest that was fetched. An edition gives the examples. Nothing is written
    of an ODD that cannot be read.
    """
    page = reference(odd, report, tei=tei, edition=edition)
    if not page:
        return []
    path = to / f"{odd.stem}.html"
    write_bytes(path, page)
    return [path]


def reference(odd: Path, report: Report, *, tei: Path | None = None, edition: Edition | None = None) -> bytes:
    """Return the reference of an ODD as a page of HTML; empty, after findings, for an ODD that cannot be read."""
    contents = read_odd(odd, report=report, tei=tei)
    if contents is None:
        return b""
    files = [path for path in edition.tei_files() if path.is_file()] if edition else []
    return Reference(contents.specs.title, Models(contents), Attributes(contents), files, edition).page(odd)


class Reference:
    """One page: what stands in it, and in which order."""

    def __init__(
        self, title: str, models: Models, attributes: Attributes, files: Sequence[Path], edition: Edition | None
    ) -> None:
        self.title, self.models, self.specs = title, models, models.specs
        self.elements = models.reached()
        self._names = {spec.ident: spec for spec in self.elements}
        self.descriptions = Descriptions(self.specs, self.link)
        self.told = rules(self.specs, self.descriptions.own)
        self.entries = Entries(
            models, attributes, self.descriptions, self.elements, self.told, examples(files),
            edition.folder if edition else Path(),
        )  # fmt: skip

    def link(self, ident: str) -> etree._Element | None:
        """Return a link to an element, or None for one that the schema does not have."""
        spec = self._names.get(ident)
        return None if spec is None else H.a(spec.name, href=f"#e.{ident}")

    def page(self, odd: Path) -> bytes:
        """Return the page."""
        style = "\n".join(resource(f"xslt/{one}.css").read_text(encoding="utf-8") for one in ("edition", "reference"))
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        parts = {
            "Elements": [self._index(), *[self.entries.element(spec) for spec in self.elements]],
            "Attribute classes": [self.entries.attribute_class(spec) for spec in self._classes("atts")],
            "Model classes": [self.entries.model_class(spec) for spec in self._classes("model")],
            "Datatypes": self.entries.datatypes(),
            "Rules": self.entries.all_rules(),
        }
        parts = {title: body for title, body in parts.items() if body}
        main = H.main(id="main")
        for title, body in parts.items():
            main.append(H.section(H.h2(title), *body, id=_anchor(title)))
        page = H.html(
            H.head(
                H.meta(charset="utf-8"),
                H.meta({"http-equiv": "Content-Security-Policy", "content": policy}),
                H.meta(name="viewport", content="width=device-width, initial-scale=1"),
                H.meta({"name": "color-scheme", "content": "light dark"}),
                H.title(f"{self.title}: reference"),
                H.style(style),
            ),
            H.body(
                H.a({"class": "skip", "href": "#main"}, "Skip to the reference"),
                self._header(odd, list(parts)),
                main,
                *self._footer(),
            ),
            lang=self.specs.language,
        )
        return f"<!DOCTYPE html>\n{html.tostring(page, encoding='unicode')}\n".encode()

    def _classes(self, kind: str) -> list[Spec]:
        used = {one.ident for spec in self.elements for one in self.specs.above(spec)}
        chosen = [
            spec
            for spec in self.specs.of("class")
            if spec.ident in used and (spec.type == "model") == (kind == "model")
        ]
        return sorted(chosen, key=lambda spec: spec.ident.lower())

    def _header(self, odd: Path, titles: Sequence[str]) -> etree._Element:
        starts = [self.link(spec.ident) for spec in self.specs.first]
        begins = H.p("A document begins with ")
        for index, start in enumerate(one for one in starts if one is not None):
            if index:
                begins[-1].tail = " or "
            begins.append(start)
        if len(begins):
            begins[
                -1
            ].tail = f". The schema has {len(self.elements)} elements and {len(self.told)} rules beyond its grammar."
        said = self._said()
        return H.header(
            {"class": "page"},
            H.p({"class": "kicker"}, "Reference of the schema ", H.code(self.specs.ident)),
            H.h1(self.title),
            *said,
            begins,
            H.nav(
                {"class": "contents", "aria-label": "Contents"},
                *[H.a(title, href=f"#{_anchor(title)}") for title in titles],
            ),
        )

    def _said(self) -> list[etree._Element]:
        """Return the first paragraph of the ODD, which says what it is for."""
        nodes = [node for spec in self.specs.by_name.values() for node in spec.nodes] + self.specs.constraints
        own = next((node for node in nodes if self.descriptions.own(node)), None)
        if own is None:
            return []
        body = next(own.getroottree().getroot().iter(T + "body"), None)
        first = None if body is None else next((one for one in body.iterchildren() if name(one) == "p"), None)
        return [] if first is None else [self.descriptions.inline(first, H.p())]

    def _index(self) -> etree._Element:
        items = [H.li(one) for spec in self.elements if (one := self.link(spec.ident)) is not None]
        return H.ul({"class": "names"}, *items)

    def _footer(self) -> list[etree._Element]:
        roots = [node.getroottree().getroot() for spec in self.elements for node in spec.nodes[-1:]]
        version = next((found for root in roots if (found := version_of(root))), None)
        if not self.descriptions.borrowed:
            return []
        link = H.a("CC BY 3.0", href="https://creativecommons.org/licenses/by/3.0/")
        source = f"TEI P5 {version}" if version else "TEI P5"
        words = f"Descriptions marked TEI are those of {source}, TEI Consortium, "
        link.tail = "; all others were written for this schema."
        return [H.footer(H.p(words, link))]


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")
