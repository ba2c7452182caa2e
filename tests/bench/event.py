"""An event of 500 features on a city set: a perimeter of about 2 km with what a city hall would place round it."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from tests.bench.city_sets import CitySet
from venueplanner.app import documents
from venueplanner.app.session import Session
from venueplanner.domain.plan import LayerRecord, Plan
from venueplanner.domain.site import Layer
from venueplanner.edits import features, layers

FEATURES = 500
ROLES = {"line": "streets", "polygon": "buildings"}
RATING = "V/7200[N3C]/64/90:1.1"


def session_on(city: CitySet, count: int = FEATURES, at: Point | None = None) -> Session:
    """A session with the city loaded and a plan of `count` features; no journal."""
    session = Session(plan_on(city, count, at), documents.profile_named("kg"))
    session.layers.update(layers_of(city))
    documents.settle()  # as opening a plan does
    return session


def layers_of(city: CitySet) -> dict[str, Layer]:
    """The set as city layers, with no columns: what the engine assumes then is the cautious value."""
    made = {}
    for family, shapes in city.shapes.items():
        role = ROLES[family]
        columns = (
            {"name": np.array([f"Street {n}" for n in range(len(shapes))], dtype=object)} if role == "streets" else {}
        )
        made[role] = Layer(role, role, f"{city.name} {role}", shapes, columns)
    return made


def plan_on(city: CitySet, count: int = FEATURES, at: Point | None = None) -> Plan:
    """The plan: one perimeter; a barrier where a street comes in; cordons, gates and posts along the line; notes."""
    plan = layers.add(
        documents.empty_plan("bench", f"EPSG:{city.epsg}"),
        records=[LayerRecord(role, role, role, f"{role}.gpkg") for role in (ROLES[family] for family in city.shapes)],
        crs=f"EPSG:{city.epsg}",
    )
    area = perimeter_on(city, at)
    rows = [features.make(plan, "perimeter", area, {"name": "A1", "vehicle_class": "N1"}, id="perimeter")]
    for number, (kind, shape, values) in enumerate(_things(city, area, count - 1)):
        values = {"name": f"{kind[0].upper()}{number}", **values}
        rows.append(features.make(plan, kind, shape, values, id=f"{kind}-{number}"))
    return features.add_many(plan, features=rows)


def perimeter_on(city: CitySet, at: Point | None = None) -> Polygon:
    """Twelve corners and about 2 km, round the middle of the streets."""
    middle = at or Point(*np.median(shapely.get_coordinates(shapely.centroid(city.shapes["line"])), axis=0))
    rng = np.random.default_rng(5)
    turn = np.arange(12) * np.pi / 6 + rng.uniform(-0.1, 0.1, 12)
    far = rng.uniform(290, 340, 12)
    return Polygon(np.column_stack([middle.x + far * np.cos(turn), middle.y + far * np.sin(turn)]))


def _things(city: CitySet, area: Polygon, count: int) -> list[tuple[str, BaseGeometry, dict[str, object]]]:
    edge = area.exterior
    streets = city.shapes["line"]
    near = streets[shapely.dwithin(streets, area, 400)]
    ways_in = shapely.get_parts(shapely.intersection(near, edge))
    ways_in = [each for each in ways_in if each.geom_type == "Point"]
    made: list[tuple[str, BaseGeometry, dict[str, object]]] = []
    for number, point in enumerate(ways_in[: count // 4]):
        values = {"rating": RATING, "as_tested": True} if number % 3 else {}
        made.append(
            ("barrier", _along(edge, edge.project(point), 8.0), {"module_width": 1.2, "clear_gap": 1.1, **values})
        )
    outer = shapely.line_interpolate_point(near, 0.5, normalized=True)
    outer = [each for each in outer if not each.dwithin(area, 30)][: count // 8]
    made += [
        ("barrier", each.buffer(4).exterior.simplify(2), {"rating": RATING, "as_tested": True}) for each in outer[::2]
    ]
    made += [("closure", each, {}) for each in near[: count // 20]]
    left = count - len(made)
    step = edge.length / (left // 3)
    for number in range(left):
        where = (number // 3 + 0.3 * (number % 3)) * step
        if number % 3 == 0:
            made.append(("cordon", _along(edge, where, 0.8 * step), {}))
        elif number % 30 == 1:
            made.append(("gate", edge.interpolate(where), {}))
        else:
            made.append(("post", edge.interpolate(where).buffer(6).exterior.interpolate(number % 9), {}))
    return made


def _along(edge: LineString, where: float, length: float) -> LineString:
    ends = [edge.interpolate((where + shift) % edge.length) for shift in (-length / 2, 0.0, length / 2)]
    return LineString(ends)
