"""Takes places with coordinates and gives a map of them, drawn without any server, and the same as GeoJSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 900.0
MOST = 700.0
"""Of the height of the map, in its own units."""
_LETTER, _LINE = 7.4, 17.0
"""Width of a letter and height of a line of a label, reckoned generously: the font is the reader's."""
_STEPS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30)


@dataclass(frozen=True, kw_only=True)
class Point:
    """A place on the map."""

    name: str
    latitude: float
    longitude: float
    href: str
    documents: int = 0


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
    """Return the map as SVG: Mercator, lines of the globe with their degrees, a dot and a name for every place.

    1. No label lies over another one or over a dot; one for which there is no room is left to its title and the list.
    2. The same places give the same characters.
    """
    west, east, south, north = _frame(points)
    bottom, top = _mercator(south), _mercator(north)
    scale = min(WIDTH / math.radians(east - west), MOST / (top - bottom))
    width, height = scale * math.radians(east - west), scale * (top - bottom)

    def spot(latitude: float, longitude: float) -> tuple[float, float]:
        return (math.radians(longitude - west) * scale, (top - _mercator(latitude)) * scale)

    parts = [
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="group" aria-label="{escape(label)}" class="map-sheet">',
        f'<rect class="sheet" x="0" y="0" width="{width:.0f}" height="{height:.0f}"/>',
        *_graticule(west, east, south, north, width, height, spot),
    ]
    dots = [
        (point, *spot(point.latitude, point.longitude), 3.2 + min(6, math.sqrt(point.documents))) for point in points
    ]
    taken = [(x - r, y - r, x + r, y + r) for _, x, y, r in dots]
    # Who occurs most is labelled first, and so nearest to where a label reads best.
    for point, x, y, r in sorted(dots, key=lambda dot: (-dot[0].documents, dot[0].name, dot[0].href)):
        parts.append(f'<a href="{escape(point.href)}"><title>{escape(point.name)}</title>')
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>')
        room = _room(x, y, r, len(point.name) * _LETTER, taken, (width, height))
        if room is not None:
            taken.append(room)
            parts.append(f'<text x="{room[0] + 1:.1f}" y="{room[3] - 4.5:.1f}">{escape(point.name)}</text>')
        parts.append("</a>")
    return "".join([*parts, "</svg>"])


_Box = tuple[float, float, float, float]


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


def _frame(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """Return west, east, south and north of the sheet: the places with a margin, never narrower than two degrees."""
    longitudes = [point.longitude for point in points]
    latitudes = [min(max(point.latitude, -84), 84) for point in points]
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    wide, high = max((east - west) * 0.12, 1.0), max((north - south) * 0.12, 0.7)
    west, east = max(west - wide, -180.0), min(east + wide * 1.6, 180.0)
    south, north = max(south - high, -85.0), min(north + high, 85.0)
    # A long strip of land gets a sheet of sensible shape.
    middle = (south + north) / 2
    need = (east - west) * math.cos(math.radians(middle)) * 0.45
    if north - south < need:
        south, north = max(middle - need / 2, -85.0), min(middle + need / 2, 85.0)
    return west, east, south, north


def _graticule(
    west: float,
    east: float,
    south: float,
    north: float,
    width: float,
    height: float,
    spot: Callable[[float, float], tuple[float, float]],
) -> Iterator[str]:
    step = next((step for step in _STEPS if max(east - west, north - south) / step <= 9), _STEPS[-1])
    for number in range(math.ceil(west / step), math.floor(east / step) + 1):
        x, _ = spot(0.0, number * step)
        yield f'<path class="line" d="M{x:.1f} 0V{height:.0f}"/>'
        yield f'<text class="degree" x="{x + 3:.1f}" y="{height - 5:.0f}">{_degrees(number * step, "E", "W")}</text>'
    for number in range(math.ceil(south / step), math.floor(north / step) + 1):
        _, y = spot(number * step, west)
        yield f'<path class="line" d="M0 {y:.1f}H{width:.0f}"/>'
        yield f'<text class="degree" x="4" y="{y - 4:.1f}">{_degrees(number * step, "N", "S")}</text>'


def _degrees(number: float, more: str, less: str) -> str:
    return f"{abs(number):g}°{(more if number > 0 else less) if number else ''}"


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
