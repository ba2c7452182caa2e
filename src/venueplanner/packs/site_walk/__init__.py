"""Site walk: what neither plan nor city data says, as a list to take along, with boxes to tick and fill in."""

from .sheet import PACK

__all__ = ["PACK"]
