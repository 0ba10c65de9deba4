"""Keeps releases of the TEI's own source, p5subset.xml, in the user's cache folder, and gives the path of one.

A release lies in ``$XDG_CACHE_HOME/tei-edition/tei/<version>/p5subset.xml``; ``source.json`` beside it says where it
came from and which digest it had. `fetch` is the only function here that may use the network, and only over https.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from lxml import etree

from tei_edition.files import cache_folder, read_bytes, write_bytes
from tei_edition.finding import unheard
from tei_edition.odd.downloading import Open, download
from tei_edition.odd.specs import T
from tei_edition.tei import parse

FILE = "p5subset.xml"
RECORD = "source.json"
ADDRESS = "https://www.tei-c.org/Vault/P5/{version}/xml/tei/odd/p5subset.xml"
"""Where the TEI Consortium publishes a release."""
DIGESTS = {"4.9.0a": "b92475157206985493b113bd9272adb2e0072d13e47d9547e6b4df9078cf1956"}
"""SHA-256 of releases that the toolkit was tried with."""
_VERSION = re.compile(r"\d+(\.\d+){0,3}[a-z0-9]*")


class _Secure(HTTPRedirectHandler):
    """Follows an address to another one of https only."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Request | None:
        if urlsplit(newurl).scheme != "https":
            raise OSError(f"“{newurl}” is not an address of https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def folder() -> Path:
    """Return the folder of all releases."""
    return cache_folder() / "tei"


def releases() -> list[str]:
    """Return the versions that are there, the newest last."""
    found = [path.parent.name for path in folder().glob(f"*/{FILE}") if _VERSION.fullmatch(path.parent.name)]
    return sorted(found, key=_order)


def release(version: str | None = None) -> Path:
    """Return the path of a release, by default the newest; raise OSError with a sentence where there is none.

    ``4.9.0`` also means ``4.9.0a``. A file that is not the one that was fetched is not used.
    """
    known = releases()
    if version not in (None, "", "current"):
        known = [one for one in known if one == version or re.fullmatch(rf"{re.escape(str(version))}[a-z]+", one)]
    if not known:
        which = f"release {version}" if version else "release"
        raise FileNotFoundError(f"There is no {which} of the TEI here: fetch it, or name p5subset.xml with --tei.")
    path = folder() / known[-1] / FILE
    if hashlib.sha256(read_bytes(path)).hexdigest() != _recorded(path.with_name(RECORD)):
        raise OSError(f"“{path}” is not what was fetched: fetch it again with tei-edition schema fetch.")
    return path


def fetch(version: str = "current", source: str | None = None, *, opener: Open | None = None) -> tuple[str, Path]:
    """Put a release into the cache folder and return its version and path; raise OSError with a sentence.

    source is a file, or an address of https, in place of the TEI's own. What comes must be a source of the TEI and,
    where the toolkit or an earlier fetch knows the digest of its version from the same place, the same bytes.
    """
    if version != "current" and not _VERSION.fullmatch(version):
        raise OSError(f"“{version}” is not a version of the TEI, such as 4.9.0.")
    place = source or ADDRESS.format(version=version)
    data = _bytes(place, opener)
    found = _version(data, place)
    if version != "current" and found != version and not re.fullmatch(rf"{re.escape(version)}[a-z]+", found):
        raise OSError(f"“{place}” is release {found} of the TEI, not {version}.")
    digest = hashlib.sha256(data).hexdigest()
    path = folder() / found / FILE
    place = place if urlsplit(place).scheme == "https" else str(Path(place).resolve())
    known = DIGESTS.get(found) or _recorded(path.with_name(RECORD))
    if known not in (None, digest):
        raise OSError(f"“{place}” has the SHA-256 {digest}, where release {found} has {known}; nothing was kept.")
    record = {"source": place, "version": found, "sha256": digest}
    write_bytes(path, data)
    write_bytes(path.with_name(RECORD), (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode())
    return found, path


def _bytes(place: str, opener: Open | None) -> bytes:
    scheme = urlsplit(place).scheme
    if scheme in ("http", "ftp"):
        raise OSError(f"“{place}” is not an address of https; nothing was fetched.")
    if scheme != "https":
        return read_bytes(Path(place))
    return download(place, opener or build_opener(_Secure).open)


def _version(data: bytes, place: str) -> str:
    """Return the version that a source of the TEI gives of itself."""
    root = parse(data, Path(place), unheard)
    if root is None or next(root.iter(T + "elementSpec"), None) is None:
        raise OSError(f"“{place}” is not the TEI's source; nothing was kept.")
    found = version_of(root)
    if found is None:
        raise OSError(f"“{place}” does not say which release of the TEI it is; nothing was kept.")
    return found


def version_of(root: etree._Element) -> str | None:
    """Return the version that the header of a source of the TEI states, such as ``4.9.0a``."""
    edition = root.find(f"{T}teiHeader/{T}fileDesc/{T}editionStmt/{T}edition")
    words = "" if edition is None else "".join(map(str, edition.itertext()))
    found = re.search(r"\b\d+\.\d+\.\d+[a-z]*\b", words)
    return found[0] if found else None


def _recorded(path: Path) -> str | None:
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    digest = record.get("sha256") if isinstance(record, dict) else None
    return digest if isinstance(digest, str) else None


def _order(version: str) -> tuple[list[int], str]:
    numbers = re.match(r"[\d.]*", version)
    assert numbers
    return [int(one) for one in numbers[0].split(".") if one], version[numbers.end() :]
