"""What a layer is (streets, buildings, walls, water, areas, points, rails, boundary, other) and what its columns mean.

Geometry says what a layer can be; its file name, its field names and its values say what it is. Every answer is a sum
of named clues, so it can be explained; the planner can say otherwise.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from .columns import read_column
from .raw import Column, RawLayer
from .vocabulary import (
    BUILDING_VALUES,
    FIELD_WORDS,
    FILE_WORDS,
    NOT_STREETS,
    STREET_CLASSES,
    UNDERGROUND,
    WALL_VALUES,
    plain,
    tokens,
)

POSSIBLE = {
    "point": ("points",),
    "points": ("points",),
    "line": ("streets", "walls", "water", "rails", "boundary", "other"),
    "polygon": ("buildings", "areas", "water", "boundary", "walls", "other"),
    "mixed": ("other", "areas", "buildings", "streets", "water", "boundary", "walls", "rails", "points"),
}

# Field names that OpenStreetMap exports use as they are, and the role they speak for.
_TAGS = {
    "waterway": "water",
    "railway": "rails",
    "barrier": "walls",
    "building": "buildings",
    "highway": "streets",
    "natural": "areas",
    "landuse": "areas",
}


def role_of(layer: RawLayer) -> str:
    """The role of a layer, "other" where nothing speaks for one."""
    possible = POSSIBLE.get(layer.kind, ("other",))
    if len(possible) == 1:
        return possible[0]
    scores = dict.fromkeys(possible, 0.0)
    words = tokens(layer.name)
    if any(word.startswith(UNDERGROUND) for word in words):
        return "other"
    for role, strength in _file_clues(words).items():
        if role in scores:
            scores[role] += strength
    for role, strength in _field_clues(layer).items():
        if role in scores:
            scores[role] += strength
    if layer.kind == "line" and any(word.startswith(NOT_STREETS) for word in words):
        scores["streets"] -= 8.0
    best = max(scores, key=lambda role: scores[role])
    if scores[best] >= 2.0:
        return best
    return "areas" if layer.kind == "polygon" else "other"


def _file_clues(words: list[str]) -> dict[str, float]:
    """4 for a word of the file's name, more for a longer match; later words of a name count a little more."""
    found: dict[str, float] = {}
    for place, word in enumerate(words):
        fits = [(len(start), role) for role, starts in FILE_WORDS.items() for start in starts if _begins(word, start)]
        if fits:
            length, role = max(fits)
            found[role] = max(found.get(role, 0.0), 4.0 + 0.1 * length + 0.2 * place)
    return found


def _begins(word: str, start: str) -> bool:
    return word == start[:-1] if start.endswith("$") else word.startswith(start)


def _field_clues(layer: RawLayer) -> dict[str, float]:
    found: dict[str, float] = {}
    meant = standard_names(list(layer.columns))
    if "oneway" in meant or ("lanes" in meant and "class" in meant):
        found["streets"] = 4.0
    if "maxspeed" in meant or "lanes" in meant:
        found["streets"] = found.get("streets", 0.0) + 1.5
    if "levels" in meant:
        found["buildings"] = 4.0
    if "number" in meant or "height" in meant:
        found["buildings"] = found.get("buildings", 0.0) + 2.0
    for name, values in layer.columns.items():
        if values.dtype != object or not len(values):
            continue
        sample = [str(value).lower() for value in values[:: max(1, len(values) // 400)] if value is not None]
        if not sample:
            continue
        for role, vocabulary in (("streets", STREET_CLASSES), ("walls", WALL_VALUES), ("buildings", BUILDING_VALUES)):
            share = sum(value in vocabulary for value in sample) / len(sample)
            if share > 0.5 and not (
                role == "buildings" and plain(name) not in ("building", "type", "kind", "vid", "tip")
            ):
                found[role] = found.get(role, 0.0) + 4.0 * share
        tag = _TAGS.get(plain(name))
        if tag is not None:
            found[tag] = found.get(tag, 0.0) + 3.0
    return found


def standard_names(names: list[str], role: str = "") -> dict[str, str]:
    """Standard column → the layer's own column that means it. Each own column is used once."""
    plains = {name: plain(name) for name in names}
    found: dict[str, str] = {}
    order = list(FIELD_WORDS)
    if role == "streets":  # a street's name is its street
        order = ["street", *[each for each in order if each != "street"]]
    for standard in order:
        for word in FIELD_WORDS[standard]:
            begin = word.rstrip("*")
            hits = [
                name
                for name, short in plains.items()
                if name not in found.values()
                and (short == begin or (word.endswith("*") and short.startswith(begin)) or _cut(name, short, begin))
            ]
            if hits:
                found[standard] = min(hits, key=lambda name: (plains[name] != begin, len(plains[name])))
                break
    if role == "streets":
        if "street" in found and plains.get(found.get("name", ""), "label") in ("label", "title", "station"):
            found["name"] = found["street"]
        found.pop("street", None)
        if "class" not in found and "kind" in found:
            found["class"] = found.pop("kind")
    return found


def _cut(name: str, short: str, whole: str) -> bool:
    """Whether a field name is `whole` cut off at the ten bytes a table allows (five letters in Cyrillic UTF-8)."""
    room = len(name.encode("utf-8"))
    return 9 <= room <= 10 and len(short) >= 4 and len(whole) > len(short) and whole.startswith(short)


def columns_for(layer: RawLayer, role: str) -> dict[str, Column]:
    """The standard columns of a layer, then its own ones that say something else.

    An own column whose name only differs in capitals from a standard one gets "_orig" behind its name.
    """
    meant = standard_names(list(layer.columns), role)
    made: dict[str, Column] = {}
    for standard, own in meant.items():
        values = read_column(standard, layer.columns[own])
        if values is not None:
            made[standard] = values
    taken = {name.lower() for name in made} | {"fid", "geom"}  # the names a GeoPackage keeps for itself
    for own, column in layer.columns.items():
        standard_of = next((standard for standard, name in meant.items() if name == own and standard in made), None)
        if standard_of is not None and _same(made[standard_of], column):
            continue
        name = own
        while name.lower() in taken:
            name += "_orig"
        taken.add(name.lower())
        made[name] = column
    return made


def _same(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> bool:
    if one.dtype == object and other.dtype == object:
        return bool((one == other).all())
    if one.dtype != object and other.dtype != object:
        return bool(np.array_equal(one.astype(float), other.astype(float), equal_nan=True))
    return False
