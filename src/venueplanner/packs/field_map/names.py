"""Names on the map: which of them find room at which zoom, decided when the page is made.

A name that has found room keeps it at every closer zoom, where everything is farther apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely

from venueplanner.domain.site import Layer

from .looks import NAME_ZOOMS

LETTER = 7.4  # pixels: a mean letter of the page's bold 12 px type, on the safe side
HEIGHT = 16.0
AGAIN = 420.0  # pixels between two copies of a street's name
_WEB = 156543.034  # metres to a pixel at zoom 0 on the equator (EPSG:3857, 256 px tiles)


@dataclass(frozen=True)
class Name:
    """A name asked for at (x, y) plan metres, moved (across, down) pixels, turned by `angle` degrees clockwise.

    `length` is how many metres of line it may lie along (a street's); heavier ones are placed first.
    """

    text: str
    x: float
    y: float
    across: float = 0.0
    down: float = 0.0
    angle: float = 0.0
    length: float = math.inf
    weight: int = 1
    street: bool = False

    def box(self, metres: float) -> tuple[float, float, float, float]:
        """The ground under the name in metres, at `metres` to a pixel."""
        wide, turn = len(self.text) * LETTER * (0.88 if self.street else 1.0), math.radians(self.angle)
        half_x = (abs(wide * math.cos(turn)) + abs(HEIGHT * math.sin(turn))) / 2 * metres
        half_y = (abs(wide * math.sin(turn)) + abs(HEIGHT * math.cos(turn))) / 2 * metres
        x, y = self.x + self.across * metres, self.y - self.down * metres
        return x - half_x, y - half_y, x + half_x, y + half_y


def place(wanted: Iterable[Name], tags: Sequence[Name], latitude: float) -> list[tuple[Name, int]]:
    """The names that find room between the tags and each other, each with the zoom from which on it is shown."""
    waiting = sorted(wanted, key=lambda each: (-each.weight, -min(each.length, 1e9)))
    found: list[tuple[Name, int]] = []
    for zoom in NAME_ZOOMS:
        metres = _WEB * math.cos(math.radians(latitude)) / 2**zoom
        taken = [each.box(metres) for each in tags] + [name.box(metres) for name, _ in found]
        left = []
        for name in waiting:
            box = name.box(metres)
            if (
                len(name.text) * LETTER * metres > name.length
                or any(_meet(box, other) for other in taken)
                or (name.street and any(_same(name, other, metres) for other, _ in found))
            ):
                left.append(name)
            else:
                taken.append(box)
                found.append((name, zoom))
        waiting = left
    return found


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _same(one: Name, other: Name, metres: float) -> bool:
    return one.text == other.text and math.hypot(one.x - other.x, one.y - other.y) < AGAIN * metres


def street_names(layers: Iterable[Layer], ground: shapely.Polygon) -> list[Name]:
    """A name for every stretch of named street on the ground."""
    lines: dict[str, list[shapely.LineString]] = {}
    for layer in layers:
        if layer.role != "streets" or "name" not in layer.columns:
            continue
        names = layer.column("name", "")
        for index in sorted(layer.tree.query(ground)):
            text = str(names[index] or "").strip()
            if text and text.lower() not in ("nan", "none"):
                for part in shapely.get_parts(layer.shapes[index].intersection(ground)):
                    if part.geom_type == "LineString":
                        lines.setdefault(text, []).append(part)
    found = []
    for text, parts in lines.items():
        for line in shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts))):
            found.append(_along(text if len(text) <= 40 else text[:39] + "…", line))
    return found


def _along(text: str, line: shapely.LineString) -> Name:
    """The name in the middle of a line, turned as the line runs there, never upside down."""
    middle = line.interpolate(0.5, normalized=True)
    reach = min(20.0, line.length / 2)
    one, other = line.interpolate(line.length / 2 - reach), line.interpolate(line.length / 2 + reach)
    angle = -math.degrees(math.atan2(other.y - one.y, other.x - one.x))
    angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
    return Name(text, middle.x, middle.y, angle=round(angle, 1), length=line.length, weight=0, street=True)
