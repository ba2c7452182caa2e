"""A pack: a product that leaves the program, such as the map book. Declared once: id, label, options, make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from .check import Finding, Question, Status
from .fields import Field
from .site import Site
from .words import Translate, as_written

Places = npt.NDArray[np.float64]


class Coordinates(Protocol):
    """The plan's coordinate system, as packs need it: (n, 2) arrays, longitude before latitude, WGS84 degrees."""

    @property
    def label(self) -> str:
        """Its name for people."""

    @property
    def wkt1(self) -> str:
        """Its definition as WKT 1."""

    @property
    def authority(self) -> str:
        """Its code such as EPSG:3879, or an empty text."""

    def to_lonlat_array(self, xy: Places) -> Places:
        """Metres to degrees."""

    def from_lonlat_array(self, lonlat: Places) -> Places:
        """Degrees to metres."""

    def to_mgrs(self, x: float, y: float, digits: int = 5) -> str:
        """The MGRS reference of a place."""


@dataclass(frozen=True)
class PackJob:
    """What a pack is made from: the site, its findings and the state of every check (check id, subject id) → Status.

    `checks` are the labels of the checks by id.
    `options` are the values of the pack's fields; `folder` is where the files go; `translate` says the texts in the
    language of the sheet and `decimal` is its decimal mark; `progress(done, total)` may raise `Cancelled`.
    """

    site: Site
    findings: tuple[Finding, ...]
    states: Mapping[tuple[str, str], Status]
    options: Mapping[str, Any]
    folder: Path
    resources: Path
    coordinates: Coordinates
    language: str = "en"
    translate: Translate = as_written
    decimal: str = "."
    made_at: str = ""
    questions: tuple[Question, ...] = ()
    checks: Mapping[str, str] = field(default_factory=dict)
    progress: Callable[[int, int], None] = field(default=lambda done, total: None)


@dataclass(frozen=True)
class Frame:
    """The ground a sheet of a pack shows: its label, bounds in metres (x0, y0, x1, y1), and its scale 1 : `scale`."""

    label: str
    bounds: tuple[float, float, float, float]
    scale: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the ground."""
        x0, y0, x1, y1 = self.bounds
        return (x0 + x1) / 2, (y0 + y1) / 2

    def shifted(self, east: float, north: float) -> Frame:
        """The frame moved by metres."""
        x0, y0, x1, y1 = self.bounds
        return replace(self, bounds=(x0 + east, y0 + north, x1 + east, y1 + north))


def frames_text(frames: Sequence[Frame]) -> str:
    """Where frames lie as the option `frame` holds it: `A1: 467600.0, 4747100.0; A2: …`, middles in metres."""
    return "; ".join(f"{each.label}: {each.middle[0]:.2f}, {each.middle[1]:.2f}" for each in frames)


@dataclass(frozen=True)
class Pack:
    """One product. `make(job)` writes its files whole or not at all and returns their paths.

    `asks` says that it needs the questions of the site walk. `frames(job)` are the sheets that can be laid out on the
    map (the option `frame` then holds where they lie), `pages(job)` how many pages the product would have.
    """

    id: str
    label: str
    help: str
    fields: tuple[Field, ...]
    make: Callable[[PackJob], list[Path]]
    asks: bool = False
    frames: Callable[[PackJob], Sequence[Frame]] | None = None
    pages: Callable[[PackJob], int] | None = None
