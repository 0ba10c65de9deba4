"""Takes an edition and gives what is to be published of it: its documents in order, and its registers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from tei_edition import saxon
from tei_edition.edition import Edition, identifier
from tei_edition.files import read_bytes
from tei_edition.finding import Finding, Report, Severity
from tei_edition.location import line
from tei_edition.site.anchors import Site, lead_within, mark_places
from tei_edition.site.permalinks import Permalinks
from tei_edition.tei import ID, TEI, parse

RESERVED = frozenset({"index", "about", "search", "speakers", "chronology", "map", "downloads", "404"})
"""Names of pages of the site, which no document can have."""

_DIGEST = "xslt/site/digest.xsl"


@dataclass(kw_only=True)
class Published:
    """A document on its way to the site."""

    id: str
    file: Path
    data: bytes
    """The TEI as it is, to download."""
    tree: etree._Element
    """The TEI made ready for the pages: with ids to lead to, and pointers that lead within the site."""
    digest: etree._Element
    """What other pages say about it, see ``xslt/site/digest.xsl``."""


@dataclass(kw_only=True)
class Gathered:
    """All that is published, in the order of the site."""

    documents: list[Published] = field(default_factory=list)
    registers: list[Published] = field(default_factory=list)
    images: dict[str, Path] = field(default_factory=dict)


def gather(edition: Edition, report: Report, links: Permalinks) -> Gathered:
    """Return the documents and registers of an edition; what cannot be read is a finding, the rest goes on.

    The order is that of reading: collections first, then what is dated by date, then the rest; among equals that
    of ``edition.toml``, and after it the names of the other files in the folder of the TEI.
    """
    opened = [one for id_, file in _listed(edition, report) if (one := _open(id_, file, report)) is not None]
    site = Site(folder=edition.tei, pages={one.file.resolve(): one.id for one in opened})
    registers = list(_registers(edition, site, report))
    for one in opened:
        mark_places(one.tree, links, one.id)
        lead_within(one.tree, one.file, site, report)
        one.digest = _digest(one, report)
    return Gathered(documents=sorted(opened, key=_order), registers=registers, images=dict(sorted(site.images.items())))


def _listed(edition: Edition, report: Report) -> Iterable[tuple[str, Path]]:
    """Yield the id and file of every document: those of edition.toml, then other TEI beside them."""
    own = {document.id: edition.encoded(document) for document in edition.documents}
    registers = {path.resolve() for path in edition.register}
    used: dict[str, Path] = {}
    beside = sorted(edition.tei.glob("*.xml")) if edition.tei.is_dir() else []
    others = [
        (identifier(path.stem), path)
        for path in beside
        if path not in own.values() and path.resolve() not in registers and not path.name.endswith(".new.xml")
    ]
    for key, path in (*own.items(), *others):
        name = key.casefold()
        if name in RESERVED or name in used:
            other = f"“{used[name].name}”" if name in used else f"the site's own page “{key}.html”"
            report(
                Finding(
                    rule="name-taken", severity=Severity.ERROR, file=path,
                    message=f"The pages of this document would have the names of {other}; it is left out.",
                    hint="Give the document another id in edition.toml, or the file another name.",
                )
            )  # fmt: skip
            continue
        used[name] = path
        yield key, path


def _open(key: str, file: Path, report: Report) -> Published | None:
    try:
        data = read_bytes(file)
    except FileNotFoundError:
        report(
            Finding(
                rule="file-missing", severity=Severity.ERROR, file=file,
                message=f"The document “{key}” is not encoded yet; it is left out.",
                hint="Run tei-edition encode first.",
            )
        )  # fmt: skip
        return None
    except OSError as error:
        report(Finding(rule="file-unreadable", severity=Severity.ERROR, file=file, message=f"{error}."))
        return None
    tree = parse(data, file, report)
    if tree is None:
        return None
    if tree.tag not in {f"{{{TEI}}}TEI", f"{{{TEI}}}teiCorpus"}:
        report(
            Finding(
                rule="not-tei", severity=Severity.WARNING, file=file, line=line(tree),
                message=f"The root is “{etree.QName(tree).localname}”, not TEI; the file is left out.",
                hint="Keep only TEI in this folder.",
            )
        )  # fmt: skip
        return None
    return Published(id=key, file=file, data=data, tree=tree, digest=etree.Element("document"))


def _registers(edition: Edition, site: Site, report: Report) -> Iterable[Published]:
    """Yield the registers that can be read, and tell the site which entries they have."""
    names: set[str] = set()
    for file in edition.register:
        key = identifier(file.stem).replace(".", "-")
        register = _open(key, file, report)
        if register is None:
            continue
        if key.casefold() in names:
            message = f"Two registers would have the page “{key}.html”; this one is left out."
            hint = "Give the file another name."
            report(Finding(rule="name-taken", severity=Severity.ERROR, file=file, message=message, hint=hint))
            continue
        names.add(key.casefold())
        register.digest = _digest(register, report, register=True)
        if register.digest.tag != "register":
            continue
        keys = {str(entry.get("id")) for entry in register.digest.iter("entry")}
        usable = frozenset(key for key in keys if re.fullmatch(r"[\w.-]+", key))
        site.registers[file.resolve()] = (key, usable)
        yield register


def _digest(one: Published, report: Report, *, register: bool = False) -> etree._Element:
    """Return what the site says about a document or register; the bare title when the stylesheet stops at it."""
    try:
        text = saxon.transform(saxon.compiled(_DIGEST), saxon.source(one.tree), {"as-register": register})
        digest = etree.fromstring(text.encode())
    except Exception as error:  # saxonche raises a class of a module that cannot be imported by its name
        report(
            Finding(
                rule="view-broken", severity=Severity.ERROR, file=one.file,
                message=f"The stylesheet stops at this document: {' '.join(str(error).split())}",
                hint="Its pages are published without particulars; send it to the authors of the toolkit.",
            )
        )  # fmt: skip
        digest = etree.Element("document")
        etree.SubElement(digest, "title").text = one.tree.get(ID) or one.id
        etree.SubElement(digest, "date", when="")
    digest.set("id", one.id)
    return digest


def _order(one: Published) -> tuple[int, str]:
    when = one.digest.find("date")
    date = str(when.get("when")) if when is not None else ""
    return (0, "") if one.digest.find("collection") is not None else (1, date) if date else (2, "")
