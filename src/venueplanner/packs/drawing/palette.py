"""Colours of the map: light, dark, and paper (light, with white ground so that print costs no ink)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtGui import QColor

from venueplanner.domain.kind import Style


@dataclass(frozen=True)
class Palette:
    """Every colour the map uses, #RRGGBB."""

    dark: bool
    land: str
    building: str
    building_edge: str
    street: str
    street_edge: str
    main_street: str
    path: str
    water: str
    green: str
    square: str
    wall: str
    rail: str
    text: str
    halo: str
    muted: str
    critical: str = "#C62828"
    major: str = "#E07B00"
    minor: str = "#A68B00"
    info: str = "#5C6977"
    slow: str = "#2E7D32"
    middle: str = "#E0A100"
    fast: str = "#C62828"
    after: str = "#1565C0"
    accent: str = "#0B6E99"

    def severity(self, name: str) -> QColor:
        """The colour of a severity."""
        return QColor(str(getattr(self, name, self.info)))

    def stroke(self, style: Style) -> QColor:
        """A kind's line colour: lifted on a dark map."""
        return QColor(style.dark_stroke if self.dark and style.dark_stroke else style.stroke)


LIGHT = Palette(
    dark=False,
    land="#F2F0EB",
    building="#D9D5CC",
    building_edge="#BDB8AC",
    street="#FFFFFF",
    street_edge="#CFCAC0",
    main_street="#FBE7B2",
    path="#C9C2B4",
    water="#BBD9EA",
    green="#D8E8CB",
    square="#EBE5D6",
    wall="#8F8779",
    rail="#A9A9B3",
    text="#3A4450",
    halo="#FFFFFF",
    muted="#5C6977",
)
DARK = Palette(
    dark=True,
    land="#23272B",
    building="#363B41",
    building_edge="#484F57",
    street="#474E56",
    street_edge="#2A2F35",
    main_street="#6B6040",
    path="#3D444C",
    water="#1F3D50",
    green="#2B3B2C",
    square="#2E3236",
    wall="#7C848D",
    rail="#565C66",
    text="#DCE3EA",
    halo="#1B1F23",
    muted="#98A5B3",
    critical="#FF6B66",
    major="#FFA640",
    minor="#D9BE3C",
    info="#98A5B3",
    slow="#69C26E",
    middle="#F0BE3C",
    fast="#FF6B66",
    after="#6CB0F5",
    accent="#4DB5DC",
)
PAPER = replace(LIGHT, land="#FFFFFF", building="#E4E1DA", square="#F6F3EA")

PALETTES: Mapping[str, Palette] = {"light": LIGHT, "dark": DARK, "paper": PAPER}
