"""Lengths, areas and numbers in words, in the language of the window."""

from __future__ import annotations

from venueplanner.app.language import Language
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_, Words


def number(value: float, language: Language, decimals: int = 2) -> str:
    """A number with the reader's decimal mark and thin groups."""
    return f"{value:,.{decimals}f}".replace(",", "\u00a0").replace(".", language.decimal)


def length(metres: float, language: Language) -> str:
    """A length: metres, or kilometres when it is long."""
    if metres >= 10_000:
        return language.say(Words(N_("{km:.1f} km"), {"km": metres / 1000}))
    return language.say(Words(N_("{metres:.1f} m"), {"metres": metres}))


def area(square_metres: float, language: Language) -> str:
    """An area: square metres, or hectares when it is large."""
    if square_metres >= 100_000:
        return language.say(Words(N_("{ha:.1f} ha"), {"ha": square_metres / 10_000}))
    return language.say(Words(N_("{area:.0f} m²"), {"area": square_metres}))


def quantity(value: float | None, unit: str, language: Language) -> str:
    """A measured value with its unit; an empty text when there is none."""
    if value is None:
        return ""
    decimals = 0 if abs(value) >= 100 or value == int(value) else (1 if unit in ("km/h", "kJ") else 2)
    return f"{number(value, language, decimals)}\u00a0{language(unit)}".strip()


def size_of(feature: Feature, language: Language) -> str:
    """Length of a line, area and length of the edge of a polygon; nothing for a point or a record."""
    shape = feature.shape
    if shape is None or shape.is_empty or shape.geom_type == "Point":
        return ""
    if shape.geom_type == "Polygon":
        return f"{area(shape.area, language)} · {length(shape.length, language)}"
    return length(shape.length, language)
