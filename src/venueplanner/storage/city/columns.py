"""From what a table says to what the program counts with: yes and да, "3,5 m", "30 mph", "-1", bridge and мост."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from .raw import Column

TEXTS = ("name", "street", "number", "class", "surface", "access", "kind")
NUMBERS = ("width", "lanes", "maxspeed", "height", "levels", "people")
FLAGS = ("bridge", "tunnel")

_YES = frozenset(
    [
        "yes",
        "true",
        "1",
        "1.0",
        "t",
        "y",
        "да",
        "ооба",
        "есть",
        "viaduct",
        "aqueduct",
        "movable",
        "covered",
        "building_passage",
        "culvert",
    ]
)
_NO = frozenset(["no", "false", "0", "0.0", "n", "нет", "жок"])
_FORWARD = frozenset(["f", "ft", "forward", "вперед"])
_BACKWARD = frozenset(["-1", "-1.0", "reverse", "tf", "backward", "назад", "обратно"])
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
FOOT, MILE = 0.3048, 1.609344  # m, km
MOST = {"width": 200.0, "lanes": 20.0, "maxspeed": 200.0, "height": 900.0, "levels": 200.0}
# Speeds that OpenStreetMap writes as a place: km/h in Russia and Kyrgyzstan (traffic rules of both countries).
_SPEED_WORDS = {
    "ru:urban": 60.0,
    "kg:urban": 60.0,
    "ru:living_street": 20.0,
    "ru:rural": 90.0,
    "kg:rural": 90.0,
    "walk": 5.0,
}


def read_column(standard: str, column: Column) -> Column | None:
    """A column of standard name and unit: texts as objects, numbers as float64 (NaN unknown), oneway -1/0/1 and level
    as int8, bridge and tunnel as bool. None when not one value can be read.
    """
    if standard in TEXTS:
        return _texts(column)
    if standard in NUMBERS:
        numbers = _each(column, lambda text: number_of(standard, text), np.nan)
        limit = MOST.get(standard)
        with np.errstate(invalid="ignore"):
            numbers[(numbers <= 0) | (numbers > limit if limit else False)] = np.nan
        return numbers if np.isfinite(numbers).any() else None
    if standard == "oneway":
        return _each(column, _direction, 0.0).astype(np.int8)
    if standard in FLAGS:
        return _each(column, lambda text: 0.0 if text in _NO else 1.0, 0.0).astype(bool)
    if standard == "level":
        levels = _each(column, lambda text: number_of("level", text), 0.0)
        return np.nan_to_num(levels).clip(-100, 100).astype(np.int8)
    return None


def number_of(standard: str, text: str) -> float:
    """The number in a text, in metres, km/h or pieces; NaN when there is none.

    >>> number_of("width", "3,5 м"), number_of("maxspeed", "30 mph"), number_of("width", "12'")
    (3.5, 48.28032, 3.6576)
    """
    if standard == "maxspeed" and text in _SPEED_WORDS:
        return _SPEED_WORDS[text]
    found = _NUMBER.search(text)
    if found is None:
        return float("nan")
    value = float(found.group().replace(",", "."))
    if standard == "maxspeed" and "mph" in text:
        value *= MILE
    if standard in ("width", "height") and ("'" in text or "ft" in text or "feet" in text):
        value *= FOOT
    return round(value, 6)


def _direction(text: str) -> float:
    if text in _BACKWARD:
        return -1.0
    return 1.0 if text in _YES or text in _FORWARD else 0.0


def _texts(column: Column) -> Column | None:
    if column.dtype == object:
        return column if any(value is not None for value in column) else None
    made = np.empty(len(column), dtype=object)
    for position, value in enumerate(column.tolist()):
        made[position] = None if value != value else f"{value:g}" if isinstance(value, float) else str(value)
    return made if any(value is not None for value in made) else None


def _each(column: Column, read: Callable[[str], float], empty: float) -> Column:
    """`read` applied to each distinct value (small letters, no blanks around); empty cells become `empty`."""
    known: dict[object, float] = {None: empty}
    made = np.empty(len(column))
    for position, value in enumerate(column.tolist()):
        if value != value:
            made[position] = empty
            continue
        if value not in known:
            text = f"{value:g}" if isinstance(value, float) else str(value).strip().lower()
            known[value] = read(text) if text else empty
        made[position] = known[value]
    return made
