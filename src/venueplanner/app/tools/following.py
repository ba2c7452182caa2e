"""Following the streets: the legs of a line that is being drawn, laid along the city's streets."""

from __future__ import annotations

from venueplanner.app.session import Session
from venueplanner.checks.driving import network_of
from venueplanner.engine.streets.following import Place, StreetGraph, Walk


class Follower:
    """Lays legs along the streets of a session. Searches once for each vertex, then answers at every move."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._walk: tuple[Place, Walk] | None = None

    @property
    def possible(self) -> bool:
        """Whether there are streets to follow."""
        return bool(self._streets())

    def _streets(self) -> list:  # type: ignore[type-arg]
        return [layer for layer in self._session.live_layers.values() if layer.role == "streets" and len(layer)]

    def __call__(self, start: Place, end: Place, near: float) -> list[Place] | None:
        """The vertices after `start` up to the street place by `end`; None where no street leads.

        Both must lie within `near` metres of a street.
        """
        layers = self._streets()
        if not layers:
            return None
        if self._walk is None or self._walk[0] != start:
            network = network_of(layers, self._session.rules)
            graph = layers[0].once(f"graph {id(network)}", lambda _: StreetGraph(network))
            self._walk = start, Walk(graph, start, near)
        way = self._walk[1].to(end, near)
        return way[1:] if way is not None and len(way) > 1 else None
