"""The scenes of the help pictures, one a check: a few streets and houses, a few features, and the ground to show.

Each is drawn so that its finding is seen at a glance; the frame of a picture is 7 : 4.
"""

from __future__ import annotations

from collections.abc import Mapping

<<<<<<< HEAD
from . import closing, distances, leaving, organising, watching
=======
from . import closing, distances, driving, organising, watching
>>>>>>> main
from .town import Scene

SCENES: Mapping[str, Scene] = {
    **closing.SCENES,
    **distances.SCENES,
<<<<<<< HEAD
    **leaving.SCENES,
=======
    **driving.SCENES,
>>>>>>> main
    **organising.SCENES,
    **watching.SCENES,
}
