"""Streets: a city's lines as one network of directed edges in flat arrays.

Lives here: building the network (noding, snapping, turns), bends and turns by best line, and what blocks a street.
May import: engine.compiled, numpy, shapely, scipy, numba. To add a property of streets: one array per link in
`network.StreetNetwork`, filled in `building.build_network`, with a closed-form test.
"""

from .bends import bend_radii, corner_radius
from .blocks import Blocks, blocks_by_shapes, blocks_of_links, inside_blocks, joined_blocks, study_sources
from .building import build_network
from .network import BuildReport, Repair, StreetNetwork
from .profile import Profile, profile_of

__all__ = [
    "Blocks",
    "BuildReport",
    "Profile",
    "Repair",
    "StreetNetwork",
    "bend_radii",
    "blocks_by_shapes",
    "blocks_of_links",
    "build_network",
    "corner_radius",
    "inside_blocks",
    "joined_blocks",
    "profile_of",
    "study_sources",
]
