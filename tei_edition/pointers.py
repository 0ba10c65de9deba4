"""Takes an opened file and gives what is wrong with its ids, and with what points to ids, as findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from tei_edition.files import read_bytes
from tei_edition.finding import Severity
from tei_edition.location import line
from tei_edition.opened import Opened
from tei_edition.tei import ID, TEI, parse

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NCNAME = re.compile(f"[{_START}][{_START}0-9.·\u0300-\u036f\u203f\u2040-]*")
"""What an id may be: Namespaces in XML 1.0, section 3."""

POINTERS = frozenset(
    """active adj ana calendar change copyOf corresp datingMethod datingPoint decls domains edRef end exclude facs
    feats hand inst lemmaRef mutual new next nymRef origin parent passive perf period prev ref rendition resp sameAs
    scheme scribeRef scriptRef select since source spanTo start synch target targetEnd toWhom where who wit""".split()
)
"""Attributes that hold pointers (teidata.pointer), as far as they do so on every element but those below."""

ONLY_ON = {
    "from": {"span", "app", "arc"},
    "to": {"span", "app", "arc"},
    "value": {"node", "root", "iNode", "leaf"},
    "children": {"root", "iNode"},
}
"""Attributes that are pointers on a few elements; elsewhere they hold dates, numbers or words."""

NOT_ON = {
    "scheme": {"gi", "tag", "att", "val", "constraintSpec", "rendition", "styleDefDecl"},
    "source": {"schemaSpec", "moduleRef", "classRef", "elementRef", "macroRef", "dataRef"},
    "new": {"shift"},
    "where": {"move"},
}
"""Elements on which an attribute of that name holds something else."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HINTED = 20
"""Dangling pointers of one file for which a similar id is looked for."""


@dataclass
class Library:
    """The files that pointers may lead to: what lies in the folders given, read once each."""

    folders: tuple[Path, ...]
    _ids: dict[Path, frozenset[str] | None] = field(default_factory=dict)

    def admits(self, file: Path) -> bool:
        """Return whether a file (links followed) lies in one of the folders."""
        return any(file.is_relative_to(folder) for folder in self.folders)

    def ids(self, file: Path) -> frozenset[str] | None:
        """Return the ids of an XML file that the library admits; None when it cannot be read as XML."""
        if file not in self._ids:
            try:
                root = parse(read_bytes(file), file, lambda finding: None)
            except OSError:
                root = None
            self._ids[file] = None if root is None else frozenset(_ids(root))
        return self._ids[file]

    def keep(self, opened: Opened) -> None:
        """Remember the ids of a file that is open, so that it need not be read a second time."""
        self._ids[opened.file.resolve()] = frozenset(_ids(opened.root))


def _ids(root: etree._Element) -> Iterator[str]:
    return (value for element in root.iter("*") if (value := element.get(ID)) is not None)


def check_ids(opened: Opened) -> None:
    """Remark on ids that stand twice in a file, and on ids that are no names."""
    first: dict[str, etree._Element] = {}
    for element in opened.root.iter("*"):
        value = element.get(ID)
        if value is None:
            continue
        if not NCNAME.fullmatch(value):
            hint = "Begin with a letter, then letters, digits, “-”, “_” and “.”; no blank and no colon."
            opened.remark("id-not-a-name", f"“{value}” cannot be an id.", at=element, attribute=ID, hint=hint)
        if value in first:
            message = f"The id “{value}” stands at line {line(first[value])} and again at line {line(element)}."
            hint = "Give one of them another id, and change what points to it."
            opened.remark("id-duplicate", message, at=element, attribute=ID, hint=hint)
        else:
            first[value] = element


def check_pointers(opened: Opened, library: Library) -> None:
    """Remark on pointers that lead nowhere, in this file or in another file of the library.

    Addresses with a scheme (``https:``, ``mailto:``, a project's own prefix) and XPointer schemes
    (TEI Guidelines, SA) are not looked up. A file outside the library is never read.
    """
    here = opened.file.resolve()
    own = frozenset(_ids(opened.root))
    for element in opened.root.iter(f"{{{TEI}}}*"):
        name = etree.QName(element).localname
        # Not items(): it looks for each value from the first attribute on.
        for key in map(str, element.keys()):
            if _points(name, key):
                for pointer in dict.fromkeys(element.get(key, "").split()):
                    _follow(opened, library, here, own, element, key, pointer)


def _points(element: str, attribute: str) -> bool:
    if attribute in ONLY_ON:
        return element in ONLY_ON[attribute]
    return attribute in POINTERS and element not in NOT_ON.get(attribute, ())


def _follow(
    opened: Opened,
    library: Library,
    here: Path,
    own: frozenset[str],
    element: etree._Element,
    key: str,
    pointer: str,
) -> None:
    path, hash_, fragment = pointer.partition("#")
    # An image or another thing that is no XML may be kept elsewhere; only a path with an id, or to XML, is followed.
    if _SCHEME.match(pointer) or pointer.startswith("//") or (key == "facs" and not hash_):
        return
    fragment = unquote(fragment)
    if "(" in fragment:
        return
    if not path:
        if fragment and fragment not in own:
            message = f"“{pointer}” points to an id that this file does not have."
            _dangling(opened, element, key, message, "#", fragment, own)
        return
    file = _target(here, path)
    if file is None or not library.admits(file):
        message = f"“{pointer}” leads out of the folders that are checked, and was not looked up."
        hint = "Keep what belongs together in one folder, or give an address with http."
        opened.remark("pointer-outside", message, at=element, attribute=key, severity=Severity.WARNING, hint=hint)
        return
    if file == here:
        ids: frozenset[str] | None = own
    elif not _there(file):
        bare = not hash_ and "/" not in path and "." not in path
        hint = f"Write “#{path}” for an id of this file." if bare else "Correct the path, or add the file."
        message = f"“{pointer}” points to a file that is not there."
        opened.remark("pointer-dangling", message, at=element, attribute=key, hint=hint)
        return
    elif not fragment or file.suffix.lower() not in {".xml", ".tei"}:
        return
    else:
        ids = library.ids(file)
    if ids is None:
        message = f"“{pointer}” points into a file that cannot be read as XML."
        opened.remark("pointer-dangling", message, at=element, attribute=key, hint="Correct that file first.")
    elif fragment and fragment not in ids:
        message = f"“{pointer}” points to an id that “{path}” does not have."
        _dangling(opened, element, key, message, f"{path}#", fragment, ids)


def _target(here: Path, path: str) -> Path | None:
    """Return the file that a relative path names, links followed; None when it can be no file's name."""
    try:
        return (here.parent / unquote(path.partition("?")[0])).resolve()
    except (ValueError, OSError, RuntimeError):  # a NUL, a name too long, links in a circle
        return None


def _there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:  # a name too long for any file
        return False


def _dangling(
    opened: Opened,
    element: etree._Element,
    key: str,
    message: str,
    before: str,
    fragment: str,
    ids: Iterable[str],
) -> None:
    rule = "pointer-dangling"
    looked = sum(finding.rule == rule for finding in opened.findings) < _HINTED
    near = get_close_matches(fragment, sorted(ids), 1, 0.8) if looked else []
    hint = f"Write “{before}{near[0]}”, or add the id." if near else "Correct the pointer, or add the id."
    opened.remark(rule, message, at=element, attribute=key, hint=hint)
