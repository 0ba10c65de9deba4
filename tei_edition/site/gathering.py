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
from tei_edition.site.frames import VIEW_NAMES
from tei_edition.site.permalinks import Permalinks
from tei_edition.tei import ID, TEI, parse

RESERVED = frozenset({"index", "about", "documents", "search", "speakers", "chronology", "map", "downloads", "404"})
"""Names of pages of the site, which no document can have."""

_DIGEST = "xslt/site/digest.xsl"
_LONGEST = 80
_USABLE = re.compile(r"\w[\w.-]{0,199}")
"""An id by which a page can be called."""


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
    found = [one for id_, file in listed(edition, report) if (one := opened(id_, file, report)) is not None]
    registers = list(_registers(edition, report))
    site = Site(folder=edition.tei, pages=pages_of(found), registers=entries_of(registers))
    for one in found:
        mark_places(one.tree, links, one.id)
        lead_within(one.tree, one.file, site, report)
        one.digest = digest_of(one.tree, one.id, one.file, report)
    return Gathered(documents=sorted(found, key=_order), registers=registers, images=dict(sorted(site.images.items())))


def listed(edition: Edition, report: Report) -> Iterable[tuple[str, Path]]:
    """Yield the id and file of every document: those of edition.toml, then other TEI beside them."""
    own = {document.id: edition.encoded(document) for document in edition.documents}
    registers = {path.resolve() for path in edition.register}
    used: dict[str, Path] = {}
    beside = sorted(edition.tei.glob("*.xml")) if edition.tei.is_dir() else []
    known = set(own.values())
    others = [
        (identifier(path.stem), path)
        for path in beside
        if path not in known and path.resolve() not in registers and not path.name.endswith(".new.xml")
    ]
    every = {key.casefold() for key in own} | {key.casefold() for key, _ in others}
    for key, path in (*own.items(), *others):
        name = key.casefold()
        of, _, view = name.rpartition("-")
        if name in RESERVED or name in used or (view in VIEW_NAMES and of in every):
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


def opened(key: str, file: Path, report: Report) -> Published | None:
    """Return a file as it is read, without a digest; None after a finding when it cannot be published."""
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


def _registers(edition: Edition, report: Report) -> Iterable[Published]:
    """Yield the registers that can be read."""
    for register in opened_registers(edition, report):
        register.digest = digest_of(register.tree, register.id, register.file, report, register=True)
        if register.digest.tag == "register":
            yield register


def opened_registers(edition: Edition, report: Report) -> Iterable[Published]:
    """Yield the registers that can be opened, without their digests."""
    names: set[str] = set()
    for file in edition.register:
        key = identifier(file.stem).replace(".", "-")
        register = opened(key, file, report)
        if register is None:
            continue
        if key.casefold() in names:
            message = f"Two registers would have the page “{key}.html”; this one is left out."
            hint = "Give the file another name."
            report(Finding(rule="name-taken", severity=Severity.ERROR, file=file, message=message, hint=hint))
            continue
        names.add(key.casefold())
        yield register


def pages_of(documents: Iterable[Published]) -> dict[str, str]:
    """Return the paths of the files of documents → their ids."""
    return {str(one.file.resolve()): one.id for one in documents}


def entries_of(registers: Iterable[Published]) -> dict[str, tuple[str, dict[str, str]]]:
    """Return the paths of registers → their ids, and the ids that stand in them → those of the entries they mean.

    An entry that was merged into another means that one.
    """
    found = {}
    for register in registers:
        keys = {str(one.get("id")): str(one.get("to") or one.get("id")) for one in register.digest.iter("entry", "see")}
        found[str(register.file.resolve())] = (register.id, keys)
    return found


def _without_stubs(digest: etree._Element) -> None:
    """Make of every entry that was merged into another of this register a reference, ``see``, to that one."""
    into = {str(one.get("id")): str(one.get("to")) for one in digest.iter("entry") if one.get("to")}
    there = {str(one.get("id")) for one in digest.iter("entry")}
    for one in list(digest.iter("entry")):
        meant, seen = into.get(str(one.get("id")), ""), {str(one.get("id"))}
        while meant in into and meant not in seen:
            seen.add(meant)
            meant = into[meant]
        if meant in there and meant not in seen:
            one.tag = "see"
            one.set("to", meant)
        elif one.get("to"):
            del one.attrib["to"]


def digest_of(
    tree: etree._Element, key: str, file: Path, report: Report, *, register: bool = False, data: bytes | None = None
) -> etree._Element:
    """Return what the site says about a document or register; the bare title when the stylesheet stops at it."""
    try:
        text = saxon.transform(saxon.compiled(_DIGEST), saxon.source(tree, data), {"as-register": register})
        digest = etree.fromstring(text.encode())
    except Exception as error:  # saxonche raises a class of a module that cannot be imported by its name
        report(
            Finding(
                rule="view-broken", severity=Severity.ERROR, file=file,
                message=f"The stylesheet stops at this document: {' '.join(str(error).split())}",
                hint="Its pages are published without particulars; send it to the authors of the toolkit.",
            )
        )  # fmt: skip
        digest = etree.Element("document")
        etree.SubElement(digest, "title").text = tree.get(ID) or key
        etree.SubElement(digest, "date", when="")
    digest.set("id", key)
    if register:
        _with_names_of_files(digest, file, report)
        _without_stubs(digest)
    return digest


def _with_names_of_files(digest: etree._Element, file: Path, report: Report) -> None:
    """Give every entry whose id can be no file's name another one, by which its page is called."""
    taken = {str(one.get("id")).casefold() for one in digest.iter("entry")}
    for one in digest.iter("entry"):
        was = str(one.get("id"))
        if _USABLE.fullmatch(was):
            continue
        stem, number = identifier(was)[:_LONGEST], 1
        key = stem
        while key.casefold() in taken:
            number += 1
            key = f"{stem}-{number}"
        taken.add(key.casefold())
        one.set("id", key)
        report(
            Finding(
                rule="id-not-a-name", severity=Severity.WARNING, file=file,
                message=f"“{was}” is not an id that a page can have; the page of the entry is {key}.html.",
                hint="Begin with a letter, then letters, digits, hyphens, full stops; change what points to it.",
            )
        )  # fmt: skip


def _order(one: Published) -> tuple[int, str]:
    return order_of(one.digest)


def order_of(digest: etree._Element) -> tuple[int, str]:
    """Return by what a document stands in order among the others."""
    when = digest.find("date")
    date = str(when.get("when")) if when is not None else ""
    return (0, "") if digest.find("collection") is not None else (1, date) if date else (2, "")
