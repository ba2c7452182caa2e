"""The scenes of the help pictures, one a check: a few streets and houses, a few features, and the ground to show.

Each is drawn so that its finding is seen at a glance; the frame of a picture is 7 : 4.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import closing, distances, driving, leaving, organising, watching
from .town import Scene

SCENES: Mapping[str, Scene] = {
    **closing.SCENES,
    **distances.SCENES,
    **driving.SCENES,
    **leaving.SCENES,
    **organising.SCENES,
    **watching.SCENES,
}
