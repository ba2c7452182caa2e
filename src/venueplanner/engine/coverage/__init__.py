"""Coverage: what of a perimeter is really closed, and every clear gap that remains.

Lives here: the pieces of what stands near the line, the best closing chain round the protected area, its gaps.
May import: numpy, shapely. To change what closes a perimeter, change what the caller hands in.
"""

from .chain import Gap, closing_line, coverage_gaps, passing_classes

__all__ = ["Gap", "closing_line", "coverage_gaps", "passing_classes"]
