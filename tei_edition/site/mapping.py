"""Takes places with coordinates and gives a map of them, drawn without any server, and the same as GeoJSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise

from tei_edition.files import resource

WIDTH = 900.0
_LEAST, _MOST = 0.46, 0.8
"""Of the height of the sheet, for its width."""
_LETTER, _LINE = 7.4, 17.0
"""Width of a letter and height of a line of a label, reckoned generously: the font is the reader's."""
_STEPS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30)
_COARSE = math.radians(9)
"""A sheet that shows less of the globe has no coasts: they are known too roughly for it."""
_SOUTH, _NORTH = -62.0, 78.0
"""As far as a sheet goes where no place lies farther."""


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place on the map."""

    name: str
    latitude: float
    longitude: float
    href: str
    documents: int = 0


@dataclass(frozen=True)
class _Sheet:
    """A part of the globe in Mercator's projection, in radians, and how it is drawn."""

    west: float
    east: float
    bottom: float
    top: float

    @property
    def scale(self) -> float:
        return WIDTH / (self.east - self.west)

    @property
    def height(self) -> float:
        return (self.top - self.bottom) * self.scale

    def spot(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return where a place is on the sheet."""
        return (math.radians(longitude) - self.west) * self.scale, (self.top - _mercator(latitude)) * self.scale


_Box = tuple[float, float, float, float]


def geojson(points: Sequence[Point], address: str) -> str:
    """Return the places as GeoJSON (RFC 7946), longitude first."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
            "properties": {"name": point.name, "url": address + point.href, "documents": point.documents},
        }
        for point in points
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, indent=1) + "\n"


def drawn_map(points: Sequence[Point], label: str) -> str:
    """Return the map as SVG: Mercator, coasts, lines of the globe with their degrees, a dot and a name for each place.

    1. No label lies over another one or over a dot; one for which there is no room is left to its title and the list.
    2. The same places give the same characters.
    """
    sheet = _sheet(points)
    box = f"0 0 {WIDTH:.0f} {sheet.height:.0f}"
    parts = [
        f'<svg viewBox="{box}" role="group" aria-label="{escape(label)}" class="map-sheet">',
        f'<rect class="sheet" x="0" y="0" width="{WIDTH:.0f}" height="{sheet.height:.0f}"/>',
    ]
    if sheet.east - sheet.west > _COARSE:
        parts += [f'<path class="land" d="{path}"/>' for path in [_coasts(sheet)] if path]
    parts += _graticule(sheet)
    dots = [
        (point, *sheet.spot(_kept(point.latitude), point.longitude), 3.0 + min(5.0, math.sqrt(point.documents) / 2))
        for point in points
    ]
    taken = [(x - r, y - r, x + r, y + r) for _, x, y, r in dots]
    # The numbers at the margins keep their room.
    taken += [(0, 0, 34, sheet.height), (0, sheet.height - 16, WIDTH, sheet.height)]
    # Small dots lie over large ones; who occurs most is labelled first, and so nearest to where a label reads best.
    order = sorted(dots, key=lambda dot: (-dot[0].documents, dot[0].name, dot[0].href))
    for point, x, y, r in order:
        name = escape(point.name)
        parts.append(
            f'<a href="{escape(point.href)}"><title>{name}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
        )
        room = _room(x, y, r, len(point.name) * _LETTER, taken, (WIDTH, sheet.height))
        if room is not None:
            taken.append(room)
            parts.append(f'<text x="{room[0] + 1:.1f}" y="{room[3] - 4.5:.1f}">{name}</text>')
        parts.append("</a>")
    return "".join([*parts, "</svg>"])


def _room(x: float, y: float, r: float, wide: float, taken: Sequence[_Box], sheet: tuple[float, float]) -> _Box | None:
    """Return where a label has room beside its dot: right, left, above, below, then aslant; None where it has none."""
    gap, half = r + 3, _LINE / 2
    for left, top in (
        (x + gap, y - half), (x - gap - wide, y - half), (x - wide / 2, y - gap - _LINE), (x - wide / 2, y + gap),
        (x + gap * 0.7, y - gap - half), (x + gap * 0.7, y + gap - half), (x - gap * 0.7 - wide, y - gap - half),
        (x - gap * 0.7 - wide, y + gap - half),
    ):  # fmt: skip
        box = (left, top, left + wide, top + _LINE)
        inside = box[0] >= 2 and box[1] >= 2 and box[2] <= sheet[0] - 2 and box[3] <= sheet[1] - 2
        if inside and not any(_meet(box, other) for other in taken):
            return box
    return None


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _sheet(points: Sequence[Point]) -> _Sheet:
    """Return the sheet: the places with a margin, never narrower than two degrees, of a sensible shape."""
    xs = [math.radians(point.longitude) for point in points]
    ys = [_mercator(_kept(point.latitude)) for point in points]
    # Names stand right of their places more often than left.
    margin = max((max(xs) - min(xs)) * 0.08, math.radians(1))
    west, east = max(min(xs) - margin, -math.pi), min(max(xs) + margin * 1.6, math.pi)
    high = max((max(ys) - min(ys)) * 0.14, math.radians(0.8))
    bottom, top = min(ys) - high, max(ys) + high
    wide = east - west
    if (lack := wide * _LEAST - (top - bottom)) > 0:
        bottom, top = bottom - lack / 2, top + lack / 2
        # Ice at either end of the globe is not what anybody looks for.
        lowest, highest = min(_mercator(_SOUTH), min(ys) - high), max(_mercator(_NORTH), max(ys) + high)
        bottom, top = max(bottom - max(top - highest, 0), lowest), min(top + max(lowest - bottom, 0), highest)
    elif (lack := (top - bottom) / _MOST - wide) > 0:
        west, east = max(west - lack / 2, -math.pi), min(east + lack / 2, math.pi)
    return _Sheet(west, east, bottom, top)


def _graticule(sheet: _Sheet) -> Iterator[str]:
    west, east = math.degrees(sheet.west), math.degrees(sheet.east)
    south, north = _latitude(sheet.bottom), _latitude(sheet.top)
    step = next((step for step in _STEPS if max(east - west, north - south) / step <= 9), _STEPS[-1])
    for number in range(math.ceil(west / step), math.floor(east / step) + 1):
        x, _ = sheet.spot(0.0, number * step)
        yield f'<path class="line" d="M{x:.1f} 0V{sheet.height:.0f}"/>'
        if 40 < x < WIDTH - 34:
            text = _degrees(number * step, "E", "W")
            yield f'<text class="degree" x="{x + 3:.1f}" y="{sheet.height - 5:.0f}">{text}</text>'
    for number in range(math.ceil(south / step), math.floor(north / step) + 1):
        _, y = sheet.spot(number * step, west)
        yield f'<path class="line" d="M0 {y:.1f}H{WIDTH:.0f}"/>'
        if 14 < y < sheet.height - 20:
            yield f'<text class="degree" x="4" y="{y - 4:.1f}">{_degrees(number * step, "N", "S")}</text>'


def _degrees(number: float, more: str, less: str) -> str:
    return f"{abs(number):g}°{(more if number > 0 else less) if number else ''}"


# ## Coasts


def _coasts(sheet: _Sheet) -> str:
    """Return the land that the sheet shows as one path."""
    edges = ((0, 0.0, 1), (0, WIDTH, -1), (1, 0.0, 1), (1, sheet.height, -1))
    parts = []
    # Land that lies across the line of change of date is drawn at both ends of the world.
    for ring in (ring for turn in (0, -360, 360) for ring in _land(turn)):
        spots = [sheet.spot(_kept(latitude), longitude) for longitude, latitude in ring]
        for axis, edge, sign in edges:
            spots = list(_cut_off(spots, axis, edge, sign))
        if len(spots) > 2:
            parts.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in _thinned(spots)) + "Z")
    return "".join(parts)


def _thinned(spots: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Leave out points that nobody can tell from the one before."""
    last = (math.inf, math.inf)
    for spot in spots:
        if abs(spot[0] - last[0]) + abs(spot[1] - last[1]) >= 1.2:
            last = spot
            yield spot


def _cut_off(spots: Sequence[tuple[float, float]], axis: int, edge: float, sign: int) -> Iterator[tuple[float, float]]:
    """Yield what of a ring lies on one side of an edge (Sutherland and Hodgman, 1974)."""
    for before, here in pairwise([*spots[-1:], *spots]):
        inside, was = sign * (here[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
        if inside != was:
            share = (edge - before[axis]) / (here[axis] - before[axis])
            yield before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])
        if inside:
            yield here


@cache
def _land(turn: int) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the rings of the world's land, as longitudes and latitudes, turned by so many degrees."""
    rings = []
    for row in resource("xslt/site/land.txt").read_text(encoding="ascii").splitlines():
        if row.startswith("#"):
            continue
        x = y = 0
        ring = []
        for step in row.split(","):
            dx, dy = map(int, step.split())
            x, y = x + dx, y + dy
            ring.append((x / 10 + turn, y / 10))
        rings.append(tuple(ring))
    return tuple(rings)


def _kept(latitude: float) -> float:
    """Return a latitude that Mercator's projection can show."""
    return min(max(latitude, -84.0), 84.0)


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _latitude(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp(y)) - math.pi / 2)
