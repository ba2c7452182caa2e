"""Following the streets: the legs of a line that is being drawn, laid along the city's streets."""

from __future__ import annotations

from collections.abc import Sequence

from venueplanner.app.jobs import Apart
from venueplanner.app.session import Session
from venueplanner.checks.driving import network_of
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
        layers, rules = self._streets(), self._session.rules
        of = self._of()
        if layers and (self._made is None or self._made[0] != of):
            self._made = of, Apart(lambda _stop: graph_of(layers, rules))

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
