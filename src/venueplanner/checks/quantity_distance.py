"""Quantity-distance: a licensed fireworks store keeps its distance from crowds, hospitals, schools and homes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Layer, Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.standoff import quantity_distance

# What a city's building is, by the words its class or kind column may hold.
_SITES = (
    ("hospital", N_("hospitals and care homes"), ("hospital", "clinic", "nursing", "kindergarten", "больниц", "детск")),
    ("school", N_("schools and meeting places"), ("school", "university", "theatre", "church", "mosque", "школ")),
    ("dwelling", N_("homes and work places"), ()),
)


def find_near(site: Site, hazard: Feature) -> Iterator[Finding]:
    """Crowd areas and buildings inside D = Z · Q^(1/3) of a fireworks store (row 16, §2.4)."""
    if hazard["what"] != "fireworks" or hazard.shape is None:
        return
    quantity = hazard["quantity"]
    if not isinstance(quantity, int | float):
        yield _unknown(site, hazard)
        return
    crowds = [each for each in site.of("crowd_area") if each.shape is not None]
    yield from _conflict(
        site, hazard, "school", N_("crowd areas"), [each.shape for each in crowds if each.shape], crowds
    )
    for group, words, _ in _SITES:
        yield from _conflict(site, hazard, group, words, _buildings(site, hazard, group), [])


def _unknown(site: Site, hazard: Feature) -> Finding:
    rule = site.rules["quantity.factor.school"]
    text = Words(N_("{name} is a fireworks store without a net quantity: its distances cannot be worked out."),
                 {"name": hazard.name})  # fmt: skip
    place = hazard.shape.centroid if hazard.shape is not None else shapely.Point()
    return Finding(
        check=CHECK.id, severity="major", text=text, measured=None, threshold=None, unit="m", rule=rule.id,
        source=rule.cite(), confidence=rule.confidence, features=(hazard.id,), evidence=(Evidence("point", place),),
        subject=hazard.id,
    )  # fmt: skip


def _buildings(site: Site, hazard: Feature, group: str) -> list[BaseGeometry]:
    if hazard.shape is None:
        return []
    quantity = hazard.number("quantity")
    distance = quantity_distance(site.rules.number(f"quantity.factor.{group}"), quantity)
    found: list[BaseGeometry] = []
    for layer in site.layers_of("buildings"):
        groups = layer.once("quantity groups", _groups)
        found += [layer.shapes[n] for n in layer.within(hazard.shape, distance) if groups[n] == group]
    return found


def _groups(layer: Layer) -> npt.NDArray[np.object_]:
    columns = [layer.column(name, "") for name in ("class", "kind", "name")]
    texts = [" ".join(str(column[n] or "").lower() for column in columns) for n in range(len(layer))]

    def group(text: str) -> str:
        return next((key for key, _, words in _SITES if any(word in text for word in words)), "dwelling")

    return np.array([group(text) for text in texts], dtype=object)


def _conflict(
    site: Site, hazard: Feature, group: str, words: str, shapes: list[BaseGeometry], features: list[Feature]
) -> Iterator[Finding]:
    if hazard.shape is None or not shapes:
        return
    rule = site.rules[f"quantity.factor.{group}"]
    factor, quantity = site.rules.number(rule.id), hazard.number("quantity")
    distance = quantity_distance(factor, quantity)
    apart = shapely.distance(np.asarray(shapes, dtype=object), hazard.shape)
    hit = np.flatnonzero(apart < distance)
    if not hit.size:
        return
    values = {
        "name": hazard.name, "kg": quantity, "metres": distance, "count": int(hit.size), "what": Words(words),
        "nearest": float(apart.min()), "factor": factor,
    }  # fmt: skip
    text = N_(
        "{name} ({kg:g} kg) must keep {metres:.0f} m from {what}; {count} are nearer, the nearest at {nearest:.0f} m."
    )
    yield Finding(
        check=CHECK.id,
        severity="major",
        text=Words(text, values),
        measured=float(apart.min()),
        threshold=distance,
        unit="m",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(hazard.id, *(features[n].id for n in hit if features)),
        evidence=(Evidence("zone", hazard.shape.buffer(distance, quad_segs=32)),),
        subject=hazard.id,
        why=(
            Words(N_("D = Z · Q^(1/3) = {factor:g} · {kg:g}^(1/3) = {metres:.1f} m."), values),
            Words(N_("Only for a licensed store of known net quantity; the competent authority decides. An expert must "
                     "sign this off.")),
        ),
    )  # fmt: skip


CHECK = Check(
    id="quantity-distance",
    label=N_("Fireworks store"),
    help=N_("Crowds and buildings nearer to a fireworks store than its net quantity allows."),
    subject="hazard",
    watches=frozenset({"hazard", "crowd_area"}),
    reach=lambda site: quantity_distance(site.rules.number("quantity.factor.hospital"), 100_000.0),
    find=find_near,
    rules=("quantity.factor.hospital", "quantity.factor.school", "quantity.factor.dwelling"),
    row="16",
)
