"""From ragged arrays of coordinates to pixels, fast and outside the interpreter lock; no Qt.

Lives here: flat arrays of a layer (`Ragged`), the window on it (`View`), its look (`Style`), frames and strips of them.
May import: numpy, shapely, numba, scipy. Nothing else of this house. Importing this room does not import numba: call
`ready()` in a background thread at start, and `state()` to learn whether frames can be drawn.
To add one: a kernel releases the lock, knows its argument types beforehand, and has a slow twin in tests/oracles.
"""

from venueplanner.raster.frame import blank, render_frame
from venueplanner.raster.ragged import Ragged
from venueplanner.raster.strip import Scratch, draw_strip, passes
from venueplanner.raster.style import ClassStyle, Mark, Painted, Stroke, Style, colour
from venueplanner.raster.view import View
from venueplanner.raster.warmup import KernelsMissingError, Readiness, ready, state

__all__ = [
    "ClassStyle",
    "KernelsMissingError",
    "Mark",
    "Painted",
    "Ragged",
    "Readiness",
    "Scratch",
    "Stroke",
    "Style",
    "View",
    "blank",
    "colour",
    "draw_strip",
    "passes",
    "ready",
    "render_frame",
    "state",
]
