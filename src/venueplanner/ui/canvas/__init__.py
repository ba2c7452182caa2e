"""The map canvas: a plain widget that shows the city's frame, the plan on top, and what a tool is drawing.

Three layers: the frame (made in threads by the kernel, shown scaled or shifted until a fresh one comes), the plan (a
picture made again only when plan, view or selection change), and the live draft. May import: app, domain, kinds.
"""

from .map_canvas import MapCanvas

__all__ = ["MapCanvas"]
