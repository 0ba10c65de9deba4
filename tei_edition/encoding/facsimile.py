"""Takes the pages of a transcript and gives ``facsimile``; takes its text and says of each block where it stands.

TEI chapter 11 (Representation of Primary Sources): a surface for each page, a zone for each region and line, in the
units of the image; ``pb`` and ``lb`` point to them with ``@facs``, and so does a block all of whose lines are of one
region.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from lxml import etree

from tei_edition.tei import ID, NS, TEI, E, name
from tei_edition.transcript import Surface, Transcript, Zone

_POINT = re.compile(r"(\d{1,9})(?:\.\d{1,9})?,(\d{1,9})(?:\.\d{1,9})?")
_KIND = re.compile(r"[^\w.-]+")
_BLOCKS = frozenset("p head ab item fw l cell note dateline salute signed byline quote".split())


def facsimile(transcript: Transcript) -> etree._Element | None:
    """Return the element for the pages of a transcript, None where it knows none."""
    if not transcript.surfaces:
        return None
    node: etree._Element = E.facsimile()
    for surface in transcript.surfaces:
        node.append(_surface(surface))
    return node


def _surface(surface: Surface) -> etree._Element:
    node: etree._Element = E.surface({ID: surface.key})
    if surface.width and surface.height:
        for key, value in (("ulx", 0), ("uly", 0), ("lrx", surface.width), ("lry", surface.height)):
            node.set(key, str(value))
    if surface.image:
        graphic = E.graphic(url=quote(surface.image, safe="/:@!$&'()*+,;=-._~%"))
        if surface.width and surface.height:
            graphic.set("width", f"{surface.width}px")
            graphic.set("height", f"{surface.height}px")
        node.append(graphic)
    node.extend(_zone(zone, "region") for zone in surface.zones)
    return node


def _zone(zone: Zone, kind: str) -> etree._Element:
    node: etree._Element = E.zone({ID: zone.key, "type": kind})
    said = _KIND.sub("-", zone.kind).strip("-.")
    if said and re.match(r"[^\W\d]", said):
        node.set("subtype", said)
    if corners := corners_of(zone.points):
        across, down = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        box = {(across[0], down[0]), (across[-1], down[0]), (across[-1], down[-1]), (across[0], down[-1])}
        for key, value in (("ulx", across[0]), ("uly", down[0]), ("lrx", across[-1]), ("lry", down[-1])):
            node.set(key, str(value))
        if set(corners) != box:
            node.set("points", " ".join(f"{x},{y}" for x, y in corners))
    node.extend(_zone(inner, "region" if inner.zones else "line") for inner in zone.zones)
    return node


def corners_of(points: str) -> list[tuple[int, int]]:
    """Return the corners of a zone, none where they make no surface.

    >>> corners_of("1,2 5,2 5,9"), corners_of("1,2 x")
    ([(1, 2), (5, 2), (5, 9)], [])
    """
    found = [_POINT.fullmatch(point) for point in points.split()]
    corners = [(int(point[1]), int(point[2])) for point in found if point]
    return corners if len(corners) == len(found) and len(corners) > 2 else []


HYPHENATION = "Hyphens stay as they are; each line of the original begins with lb, with break=“no” within a word."


def place_blocks(root: etree._Element, surfaces: Sequence[Surface]) -> None:
    """Give ``@facs`` to each block all of whose lines are of one region; say in the header that lines are recorded."""
    text = root[-1]
    for said in root.iterfind(".//t:hyphenation/t:p", NS):
        said.text = HYPHENATION
    regions = {line.key: region.key for surface in surfaces for region, line in _lines(surface.zones)}
    held: dict[etree._Element, set[str]] = {}
    for line in text.iter(f"{{{TEI}}}lb"):
        region = regions.get(line.get("facs", "")[1:])
        block = next((outer for outer in line.iterancestors() if name(outer) in _BLOCKS), None)
        if region is not None and block is not None:
            held.setdefault(block, set()).add(region)
    for block, found in held.items():
        if len(found) == 1:
            block.set("facs", f"#{found.pop()}")


def _lines(zones: Sequence[Zone]) -> Iterator[tuple[Zone, Zone]]:
    for zone in zones:
        for inner in zone.zones:
            yield zone, inner
        yield from _lines(zone.zones)
