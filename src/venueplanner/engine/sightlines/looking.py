"""What one eye sees: a visibility polygon among tall obstacles, less the shadows of those it looks over.

On level ground an obstacle of height H hides, from an eye at height h, a target of height t from its side at distance d
up to d (h - t) / (h - H); one as high as the eye, or of unknown height, hides everything behind it. Over a surface grid
see `terrain`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.optics import Lens

from .envelope import envelope, gathered
from .obstacles import Obstacles
from .outline import outline

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
TOUCH = 1e-6  # metres: nearer than this to an outline an eye stands on it
FARTHEST_SHADOW = 1e5  # times the distance of what throws it: beyond every range
NOTHING = Polygon()


@dataclass(frozen=True)
class Stand:
    """Where an eye really stands: x, y; how far it was moved out to a façade (m); whether it is shut in.

    touching: indices of the areas on whose outline it stands: it does not look into them.
    """

    x: float
    y: float
    moved: float = 0.0
    shut_in: bool = False
    touching: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Look:
    """What an eye sees up to `reach` metres: its stand, the nearest edges, and what it looks over."""

    stand: Stand
    reach: float
    obstacles: Obstacles
    cut: Floats
    pieces: Floats
    whose: Ints
    low: Ints
    rise: float
    height: float

    def area(
        self, reach: float | None = None, *, azimuth: float = 0.0, hfov: float = 360.0, near: float = 0.0
    ) -> BaseGeometry:
        """The ground seen up to `reach` m within `hfov` degrees round `azimuth`, from `near` m on. May be empty.

        Standing deep inside an obstacle it sees nothing.
        """
        far = self.reach if reach is None else min(reach, self.reach)
        if self.stand.shut_in or far <= near or far <= 0.0 or hfov <= 0.0:
            return NOTHING
        opening = math.radians(min(hfov, 360.0))
        left = math.remainder(math.radians(90.0 - azimuth) - opening / 2.0, 2.0 * math.pi)
        ring = outline(self.cut, self.pieces, self.whose, far, left, opening)
        if len(ring) < 3:
            return NOTHING
        seen: BaseGeometry = shapely.Polygon(ring + np.array([self.stand.x, self.stand.y]))
        if not seen.is_valid:
            seen = areas_of(shapely.make_valid(seen))
        hidden = [self.obstacles.shapes[each] for each in self.stand.touching]
        hidden += self._shadows(far)
        if near > 0.0:
            # round the blind zone, so that nothing inside it is claimed
            hidden.append(shapely.Point(self.stand.x, self.stand.y).buffer(near / math.cos(math.pi / 64), quad_segs=16))
        return areas_of(shapely.difference(seen, shapely.union_all(hidden))) if hidden else seen

    def _shadows(self, far: float) -> list[BaseGeometry]:
        here = np.array([self.stand.x, self.stand.y])
        found: list[BaseGeometry] = []
        for each in self.low:
            top = float(self.obstacles.tops[each])
            side = self.obstacles.edges[self.obstacles.start[each] : self.obstacles.start[each + 1]]
            a, b = side[:, :2] - here, side[:, 2:] - here
            times = min(self.rise / (self.height - top), FARTHEST_SHADOW)
            quads = shapely.polygons(np.stack([a, b, b * times, a * times], axis=1) + here)
            found += [quad for quad in quads if quad.area > TOUCH]
            shape = self.obstacles.shapes[each]
            if shape.area > 0.0:
                found.append(shape)
        return found


def areas_of(shape: BaseGeometry) -> BaseGeometry:
    """The areas of a mixed shape, without slivers too small to be drawn."""
    parts = [each for each in shapely.get_parts(shape) if each.geom_type == "Polygon" and each.area > TOUCH]
    whole: BaseGeometry = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts) if parts else NOTHING
    return whole


def stand_clear(obstacles: Obstacles, x: float, y: float, mount: float, height: float = 0.0) -> Stand:
    """Where an eye drawn at (x, y) stands: one up to `mount` m inside an area is brought out to its façade.

    Only what is at least as high as the eye (`height` m) shuts it in; a camera on a roof stays where it is.

    >>> import shapely
    >>> from .obstacles import obstacles_of
    >>> stand_clear(obstacles_of([shapely.box(0, 0, 10, 10)]), 0.5, 5.0, 1.0)
    Stand(x=0.0, y=5.0, moved=0.5, shut_in=False, touching=(0,))
    """
    near = obstacles.near(x, y, mount + 1.0)
    near = near[(obstacles.tops[near] >= height) & (shapely.get_dimensions(obstacles.shapes[near]) == 2)]
    at = shapely.Point(x, y)
    for _ in range(4):
        depth = shapely.distance(shapely.boundary(obstacles.shapes[near]), at)
        within = shapely.intersects(obstacles.shapes[near], at) & (depth > TOUCH)
        if not within.any():
            touching = tuple(int(each) for each in near[depth <= TOUCH])
            return Stand(at.x, at.y, math.hypot(at.x - x, at.y - y), False, touching)
        first = int(np.argmax(within))
        edge = shapely.boundary(obstacles.shapes[near[first]])
        at = shapely.get_point(shapely.shortest_line(edge, at), 0)
        if math.hypot(at.x - x, at.y - y) > mount:
            break
    return Stand(x, y, 0.0, True)


def look(
    obstacles: Obstacles,
    x: float,
    y: float,
    reach: float,
    *,
    height: float | None = None,
    target: float = 0.0,
    mount: float = 0.0,
) -> Look:
    """What an eye at (x, y) sees among obstacles up to `reach` m: ask the answer for areas.

    height: of the eye, target: of what is to be seen, metres above level ground; None: every obstacle hides what is
    behind it. mount: see `stand_clear`. The polygon is exact but for its arcs (see `outline.ARC`).

    >>> import shapely
    >>> from .obstacles import obstacles_of
    >>> wall = obstacles_of([shapely.LineString([(-50, 10), (50, 10)])])
    >>> round(look(wall, 0.0, 0.0, 14.142135623730951).area(azimuth=0, hfov=90).area, 6)
    100.0
    """
    eye = math.inf if height is None else height
    stand = stand_clear(obstacles, x, y, mount, 0.0 if height is None else eye)
    chosen = obstacles.near(stand.x, stand.y, reach)
    tops = obstacles.tops[chosen]
    tall = chosen if height is None else chosen[tops >= eye]
    low = chosen[:0] if height is None else chosen[(tops < eye) & (tops > target)]
    cut = gathered(obstacles.edges, obstacles.start, tall, stand.x, stand.y, reach)
    pieces, whose = envelope(cut)
    return Look(stand, reach, obstacles, cut, pieces, whose, low, eye - target, eye)


def field_of(
    seen: Look, lens: Lens, densities: Sequence[float], target: float, share: float = 1.0
) -> list[BaseGeometry]:
    """The ground a camera sees at each of these pixel densities (px/m) or better; `share` of the ideal range counts."""
    near = lens.blind(target)
    return [
        seen.area(lens.ground_range(each, target) * share, azimuth=lens.azimuth, hfov=lens.hfov, near=near)
        for each in densities
    ]
