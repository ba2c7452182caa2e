"""Following the streets: the legs of a line that is being drawn, laid along the city's streets."""

from __future__ import annotations

from datetime import date

from venueplanner.app.session import Session
from venueplanner.checks.diverting import roads_for
from venueplanner.checks.driving import network_of, street_name
from venueplanner.domain.site import Layer
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

    def _streets(self) -> list[Layer]:
        return [layer for layer in self._session.live_layers.values() if layer.role == "streets" and len(layer)]

    def _graph(self) -> StreetGraph | None:
        layers = self._streets()
        if not layers:
            return None
        network = network_of(layers, self._session.rules)
        graph: StreetGraph = layers[0].once(f"graph {id(network)}", lambda _: StreetGraph(network))
        return graph

    def __call__(self, start: Place, end: Place, near: float) -> list[Place] | None:
        """The vertices after `start` up to the street place by `end`; None where no street leads.

        Both must lie within `near` metres of a street.
        """
        graph = self._graph()
        if graph is None:
            return None
        if self._walk is None or self._walk[0] != start:
            self._walk = start, Walk(graph, start, near)
        way = self._walk[1].to(end, near)
        return way[1:] if way is not None and len(way) > 1 else None


class Closer(Follower):
    """Lays closures along the streets that carry motor traffic, and knows where they cross and what they are called."""

    def _graph(self) -> StreetGraph | None:
        layers = self._streets()
        if not layers:
            return None
        roads = roads_for(self._session.site())
        drivable = roads.drivable
        graph: StreetGraph = layers[0].once(f"closing {id(roads)}", lambda _: StreetGraph(roads.network, drivable))
        return graph

    def block(self, place: Place, near: float) -> list[Place] | None:
        """The stretch of street at a place, from crossing to crossing, or None away from streets."""
        graph = self._graph()
        return None if graph is None else graph.block(place, near)

    def name_at(self, place: Place, near: float) -> str:
        """The name of the street at a place, or an empty text."""
        graph = self._graph()
        spot = None if graph is None else graph.spot(place, near)
        if graph is None or spot is None:
            return ""
        return street_name(self._session.site(), int(graph.network.line[spot.link]))

    def day(self) -> date:
        """The day a closure is for when only its hours are typed: that of the first phase, else today."""
        starts = sorted(str(each["start"]) for each in self._session.plan.of("phase") if each["start"])
        return date.fromisoformat(starts[0][:10]) if starts else date.today()  # noqa: DTZ011 - the planner's own day
