"""Search: features by name, streets and other named city data, addresses, and typed coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from venueplanner.domain.plan import Box
from venueplanner.domain.site import Layer
from venueplanner.domain.words import N_
from venueplanner.kinds import BY_ID

from .session import Session
from .whereabouts import place_of

ROLE_LABELS = {
    "streets": N_("Streets"),
    "buildings": N_("Buildings"),
    "walls": N_("Walls and fences"),
    "water": N_("Water"),
    "areas": N_("Squares and parks"),
    "points": N_("Street furniture"),
    "rails": N_("Rails"),
    "boundary": N_("Boundary"),
    "terrain": N_("Ground elevation"),
    "surface": N_("Surface elevation"),
    "other": N_("Other data"),
}


@dataclass(frozen=True)
class Hit:
    """Something found: `label` is data, `what` a text to translate, `box` where it is (None: a record is nowhere),
    `ids` the features to select.
    """

    label: str
    what: str
    box: Box | None
    ids: tuple[str, ...] = ()


def search(session: Session, text: str, most: int = 12) -> list[Hit]:
    """What the words mean, the most likely first: a position, then features, then names of the city."""
    words = " ".join(text.casefold().split())
    if not words:
        return []
    hits: list[Hit] = []
    place = place_of(session.plan, text)
    if place is not None:
        x, y = place
        hits.append(Hit(text.strip(), N_("Position"), (x - 40, y - 40, x + 40, y + 40)))
    hits += _features(session, words)
    for layer in sorted(session.live_layers.values(), key=lambda each: each.role != "streets"):
        if len(hits) >= most * 2:
            break
        hits += _named(layer, words, most)
    return hits[:most]


def _features(session: Session, words: str) -> Iterator[Hit]:
    for feature in session.plan.features.values():
        kind = BY_ID.get(feature.kind)
        if kind is None or not _matches(feature.name.casefold(), words):
            continue
        shape = feature.shape
        box: Any = shape.bounds if shape is not None and not shape.is_empty else None
        yield Hit(feature.name, kind.label, box, (feature.id,))


def _matches(name: str, words: str) -> bool:
    return all(part in name for part in words.split())


def _named(layer: Layer, words: str, most: int) -> Iterator[Hit]:
    names: dict[str, tuple[str, npt.NDArray[np.intp]]] = layer.once("names", _index)
    found = [key for key in names if _matches(key, words)]
    found.sort(key=lambda key: (not key.startswith(words), len(key), key))
    for key in found[:most]:
        label, rows = names[key]
        x0, y0, x1, y1 = (float(each) for each in shapely.total_bounds(layer.shapes[rows]))
        yield Hit(label, ROLE_LABELS.get(layer.role, N_("Other data")), (x0 - 20, y0 - 20, x1 + 20, y1 + 20))


def _index(layer: Layer) -> dict[str, tuple[str, npt.NDArray[np.intp]]]:
    """Rows by folded name; buildings with a street and a number are named by their address too."""
    rows: dict[str, list[int]] = {}
    labels: dict[str, str] = {}
    names, streets, numbers = layer.column("name"), layer.column("street"), layer.column("number")
    for row, (name, street, number) in enumerate(zip(names, streets, numbers, strict=True)):
        for label in (_text(name), " ".join(filter(None, (_text(street), _text(number))))):
            if label and not label.isdigit():
                rows.setdefault(label.casefold(), []).append(row)
                labels.setdefault(label.casefold(), label)
    return {key: (labels[key], np.asarray(each, dtype=np.intp)) for key, each in rows.items()}


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value).strip()
