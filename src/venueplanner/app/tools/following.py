"""Following the streets: the legs of a line that is being drawn, laid along the city's streets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from venueplanner.app.jobs import Apart
from venueplanner.app.session import Session
from venueplanner.checks.diverting import roads_for
from venueplanner.checks.driving import network_of, street_name
from venueplanner.domain.rules import Rules
from venueplanner.domain.site import Layer
from venueplanner.engine.streets.following import Place, StreetGraph, Walk


class Follower:
    """Lays legs along the streets of a session. Searches once for each vertex, then answers at every move.

    The network of a large city takes seconds to build: `prepare` begins that in a thread, and until it is `ready` legs
    are straight.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._walk: tuple[StreetGraph, Place, Walk] | None = None
        self._made: tuple[object, Apart[StreetGraph]] | None = None

    @property
    def possible(self) -> bool:
        """Whether there are streets to follow."""
        return bool(self._streets())

    @property
    def ready(self) -> bool:
        """Whether the network of the streets, as layers and rules now are, is built (or cannot be)."""
        return self._made is not None and self._made[0] == self._of() and self._made[1].over

    def prepare(self) -> None:
        """Begin to build the network, unless that is done or under way."""
        of = self._of()
        if self._streets() and (self._made is None or self._made[0] != of):
            build = self._build()
            self._made = of, Apart(lambda _stop: build())

    def _build(self) -> Callable[[], StreetGraph]:
        """What builds the network of the streets as they now are, on any thread."""
        layers, rules = self._streets(), self._session.rules
        return lambda: graph_of(layers, rules)

    def _of(self) -> object:
        own = {key: value for key, value in self._session.plan.facts.items() if key.startswith(("rule.", "profile"))}
        return self._streets(), self._session.profile.id, own

    def _graph(self) -> StreetGraph | None:
        return self._made[1].answer if self._made is not None and self.ready else None

    def _streets(self) -> list[Layer]:
        return [layer for layer in self._session.live_layers.values() if layer.role == "streets" and len(layer)]

    def __call__(self, start: Place, end: Place, near: float) -> list[Place] | None:
        """The vertices after `start` up to the street place by `end`; None where no street leads.

        Both must lie within `near` metres of a street.
        """
        self.prepare()
        graph = self._graph()
        if graph is None:
            return None
        if self._walk is None or self._walk[:2] != (graph, start):
            self._walk = graph, start, Walk(graph, start, near)
        way = self._walk[2].to(end, near)
        return way[1:] if way is not None and len(way) > 1 else None


def graph_of(layers: Sequence[Layer], rules: Rules) -> StreetGraph:
    """The network of the city's streets ready for searches, built once and kept with the first layer."""
    network = network_of(layers, rules)
    return layers[0].once(f"graph {id(network)}", lambda _: StreetGraph(network))


class Closer(Follower):
    """Lays closures along the streets that carry motor traffic, and knows where they cross and what they are called."""

    def _build(self) -> Callable[[], StreetGraph]:
        site, first = self._session.site(), self._streets()[0]

        def build() -> StreetGraph:
            roads = roads_for(site)
            return first.once(f"closing {id(roads)}", lambda _: StreetGraph(roads.network, roads.drivable))

        return build

    def block(self, place: Place, near: float) -> list[Place] | None:
        """The stretch of street at a place, from crossing to crossing, or None away from streets."""
        self.prepare()
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
