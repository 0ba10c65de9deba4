"""Takes an opened file and gives what is wrong with its ids, and with what points to ids, as findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from tei_edition.finding import Severity
from tei_edition.library import Library, every, ids_of, marked, named_ids
from tei_edition.location import line
from tei_edition.opened import Mend, Opened, Seen, Tag
from tei_edition.prefixes import Prefixes
from tei_edition.relaxng.likeness import likest
from tei_edition.tei import ID, TEI, name

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NCNAME = f"[{_START}][{_START}0-9.·\u0300-\u036f\u203f\u2040-]*"
"""What an id may be: Namespaces in XML 1.0, section 3."""
_PLAIN = re.compile("[A-Za-z_][A-Za-z0-9._-]*")
"""What most ids are; the other expression takes long to compile."""

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

_MAY_POINT = POINTERS | set(ONLY_ON)
_DECLARING = f"{TEI}}}prefixDef"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_KEPT = 10_000
"""Pointers of which is remembered that they lead somewhere."""
_HINTED = 20
"""Dangling pointers of one file for which a similar id is looked for."""


def as_name(value: str, before: str) -> str:
    """Return an id that is a name for one that is none; nothing where none can be made.

    >>> as_name("first page", "p"), as_name("1", "p"), as_name("letter:1", "p"), as_name("?", "p")
    ('first-page', 'p1', 'letter-1', '')
    """
    name = re.sub(r"[\s:;,/]+", "-", value.strip())
    found = name if is_name(name) else before + name
    return found if is_name(found) else ""


def is_name(text: str) -> bool:
    """Return whether a text can be an id."""
    return bool(_PLAIN.fullmatch(text) or re.fullmatch(_NCNAME, text))


def check_ids(opened: Opened) -> None:
    """Remark on ids that stand twice in a file, and on ids that are no names."""
    if opened.seen is not None:
        found = [value for _, value in opened.seen.ids]
        if len(set(found)) == len(found) and all(map(is_name, found)):
            return
    first: dict[str, etree._Element] = {}
    opened.marked = marked(opened.root)
    for element in opened.marked:
        value = element.get(ID, "")
        if not is_name(value):
            hint = "Begin with a letter, then letters, digits, “-”, “_” and “.”; no blank and no colon."
            if better := as_name(value, name(element)):
                hint = (
                    f"Write “{better}”, and change what points to it: a letter, then letters, digits, “-”, “_” and “.”."
                )
            opened.remark("id-not-a-name", f"“{value}” cannot be an id.", at=element, attribute=ID, hint=hint)
        if value in first:
            message = f"The id “{value}” stands at line {line(first[value])} and again at line {line(element)}."
            hint = "Give one of them another id, and change what points to it."
            opened.remark("id-duplicate", message, at=element, attribute=ID, hint=hint)
        else:
            first[value] = element


def check_pointers(opened: Opened, library: Library) -> None:
    """Remark on pointers that lead nowhere, in this file or in another file of the library.

    Addresses with a scheme (``https:``, ``mailto:``, a prefix that no ``prefixDef`` explains) and XPointer schemes
    (TEI Guidelines, SA) are not looked up. A file outside the library is never read.
    """
    here = library.links.whole(opened.file)
    own = _own(opened)
    # What stands for other addresses is in the document itself.
    simple = opened.seen is not None and not any(tag.name == _DECLARING for tag in opened.seen.tags)
    prefixes = Prefixes(None if simple else opened.root)
    if opened.seen is not None and _right(opened, opened.seen, library, here, own, prefixes):
        return
    right: set[str] = set()
    for element in every(opened.root, "t:*[@*]"):
        # Not items(): it looks for each value from the first attribute on.
        for key in element.keys():  # noqa: SIM118 - to go over the element is to go over its children
            # Most pointers of a file lead where others led, so that a look at the value is enough.
            if key not in _MAY_POINT or (value := element.get(key, "")) in right:
                continue
            if _points(name(element), key):
                before = opened.remarked
                for pointer in dict.fromkeys(value.split()):
                    _follow(opened, library, here, own, element, key, prefixes.whole(pointer))
                if opened.remarked == before and key != "facs":
                    right.add(value)


def _own(opened: Opened) -> dict[str, str]:
    if opened.seen is None:
        return ids_of(opened.root) if opened.marked is None else named_ids(opened.marked)
    return {value: name.rpartition("}")[2] for name, value in reversed(opened.seen.ids)}


def _right(opened: Opened, seen: Seen, library: Library, here: Path, own: dict[str, str], prefixes: Prefixes) -> bool:
    """Return whether all pointers lead somewhere, by the tags that were met; where they stand does not matter."""
    trial: Opened | None = None
    folder = str(here.parent)
    for tag in seen.tags:
        if tag.pointers is None:
            tag.pointers = tuple(_pointers(tag))
        for key, pointer in tag.pointers:
            if (pointer[0] == "#" and pointer[1:] in own) or (folder, pointer) in library.right:
                continue
            trial = trial or Opened(opened.file, etree.Element("trial"))
            _follow(trial, library, here, own, trial.root, key, prefixes.whole(pointer))
            if trial.findings:
                return False
            # What a prefix stands for is a matter of each document.
            if not _SCHEME.match(pointer) and key != "facs" and pointer[0] != "#" and len(library.right) < _KEPT:
                library.right.add((folder, pointer))
    return True


def _pointers(tag: Tag) -> Iterator[tuple[str, str]]:
    """Yield the pointers in the attributes of a tag, each with the attribute."""
    pairs = iter(tag.attributes)
    for key, value in zip(pairs, pairs, strict=False):
        if key in _MAY_POINT and _points_in_tei(tag.name, key):
            for pointer in value.split():
                yield key, pointer


@lru_cache(4096)
def _points_in_tei(name: str, key: str) -> bool:
    uri, _, element = name.rpartition("}")
    return uri == TEI and _points(element, key)


def _points(element: str, attribute: str) -> bool:
    if attribute in ONLY_ON:
        return element in ONLY_ON[attribute]
    return attribute in POINTERS and element not in NOT_ON.get(attribute, ())


def _follow(
    opened: Opened,
    library: Library,
    here: Path,
    own: dict[str, str],
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
    file = library.target(here.parent, path)
    if file is None:
        message = f"“{pointer}” leads out of the folders that are checked, and was not looked up."
        hint = "Keep what belongs together in one folder, or give an address with http."
        opened.remark(
            "pointer-outside", message, at=element, attribute=key, severity=Severity.WARNING, hint=hint, once=True
        )
        return
    if file == here:
        ids: dict[str, str] | None = own
    elif not library.there(file):
        bare = not hash_ and "/" not in path and "." not in path
        hint = f"Write “#{path}” for an id of this file." if bare else "Correct the path, or add the file."
        if bare and path in own:
            every = [f"#{word}" if word in own else word for word in element.get(key, "").split()]
            opened.mends.append(Mend(at=element, attribute=key, new=" ".join(every), value=True))
        message = f"“{path}” points to a file that is not there."
        opened.remark("pointer-dangling", message, at=element, attribute=key, hint=hint, once=True)
        return
    elif not fragment or file.suffix.lower() not in {".xml", ".tei"}:
        return
    else:
        ids = library.ids(file)
    if ids is None:
        message = f"“{pointer}” points into a file that cannot be read as XML."
        opened.remark(
            "pointer-dangling", message, at=element, attribute=key, hint="Correct that file first.", once=True
        )
    elif fragment and fragment not in ids:
        message = f"“{pointer}” points to an id that “{path}” does not have."
        _dangling(opened, element, key, message, f"{path}#", fragment, ids)


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
    looked = not opened.told(rule, message) and sum(finding.rule == rule for finding in opened.findings) < _HINTED
    # An id that is much longer or shorter is nothing that was meant.
    alike = sorted(one for one in ids if abs(len(one) - len(fragment)) <= 3) if looked else []
    near = likest(fragment, alike, 0.8)
    hint = f"Write “{before}{near}”, or add the id." if near else "Correct the pointer, or add the id."
    opened.remark(rule, message, at=element, attribute=key, hint=hint, once=True)
