"""Natural barrier: kerbs, low walls and the like that lie in the line and stop no vehicle."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry import Polygon

from venueplanner.domain.check import Check, Evidence, Finding, Question
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Layer, Site
from venueplanner.domain.words import N_, Words

from .standing import OPEN_TO_PEOPLE_OR_CARS, heights


def _near(site: Site, perimeter: Feature) -> Iterator[tuple[Layer, int, float]]:
    """Walls of the city near the line, each with its height (nan: not known)."""
    if not isinstance(perimeter.shape, Polygon):
        return
    reach = site.rules.number("barrier.stand_tolerance")
    for layer in site.layers_of("walls"):
        high, kinds = heights(layer), layer.column("kind", "")
        for index in layer.within(perimeter.shape.exterior, reach):
            if str(kinds[index]).lower() not in OPEN_TO_PEOPLE_OR_CARS or high[index] > 0:
                yield layer, int(index), float(high[index])


def find_low(site: Site, perimeter: Feature) -> Iterator[Finding]:
    """Walls on the line lower than the rule: they are not counted as closing anything (row 13, §1.5)."""
    rule = site.rules["natural.least_height"]
    limit = site.rules.number(rule.id)
    low = [(layer.shapes[n], high) for layer, n, high in _near(site, perimeter) if high < limit]
    if not low:
        return
    shapes = np.asarray([shape for shape, _ in low], dtype=object)
    lowest = min(high for _, high in low)
    values = {"count": len(low), "lowest": lowest, "limit": limit, "name": perimeter.name}
    yield Finding(
        check=CHECK.id,
        severity="minor",
        text=Words(
            N_("{count} walls or kerbs on the line of {name} are lower than {limit:.2f} m (lowest {lowest:.2f} m): "
               "a vehicle drives over them."),
            values,
        ),
        measured=lowest,
        threshold=limit,
        unit="m",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(perimeter.id,),
        evidence=(Evidence("gap", shapely.union_all(shapely.force_2d(shapes))),),
        subject=perimeter.id,
        why=(Words(N_("Walls without a height in the city's data are counted and put on the site-walk list.")),),
    )  # fmt: skip


def ask(site: Site, perimeter: Feature) -> Iterator[Question]:
    """The height of walls on the line that the city's data does not give."""
    limit = site.rules.number("natural.least_height")
    why = N_("Below {limit:.2f} m a vehicle drives over it; unknown heights are taken for enough.")
    for layer, index, high in _near(site, perimeter):
        if np.isnan(high):
            at = shapely.Point(shapely.force_2d(layer.shapes[index]).representative_point())
            yield Question(
                "walls", Words(N_("Height of the wall here, and is it solid?")), at, Words(why, {"limit": limit}), "m"
            )


CHECK = Check(
    id="natural-barrier",
    label=N_("Low walls and kerbs"),
    help=N_("Walls and kerbs on the line that are too low to stop a vehicle."),
    subject="perimeter",
    watches=frozenset({"perimeter"}),
    reach=lambda site: site.rules.number("barrier.stand_tolerance"),
    find=find_low,
    needs=((("walls", "buildings"), Words(N_("no layer of walls or buildings"))),),
    rules=("natural.least_height", "barrier.stand_tolerance"),
    row="13",
    ask=ask,
)
