"""Proposed cordons from a session: what stands counts, accepting is one step, undo takes it back."""

from __future__ import annotations

import pytest
import shapely

from tests.checks.scenes import layer, site
from venueplanner.app.cordons import accept, propose
from venueplanner.app.inspector import check_subject
from venueplanner.app.session import Session
from venueplanner.checks.passage import CHECK
from venueplanner.domain.errors import BadValue, UnknownName

SQUARE = shapely.box(0, 0, 60, 60)
RING = layer(
    "buildings",
    shapely.box(-50, -40, 110, -30),
    shapely.box(-50, 90, 110, 100),
    shapely.box(-50, -30, -40, 28),
    shapely.box(-50, 32, -40, 90),
    shapely.box(100, -30, 110, 26),
    shapely.box(100, 34, 110, 90),
)


def session_of(*things, layers=(RING,)) -> Session:
    place = site(*things, layers=layers)
    return Session(place.plan, place.rules, layers=dict(place.layers))


def test_that_an_accepted_cordon_is_one_step_and_leaves_no_passage() -> None:
    session = session_of(("perimeter", SQUARE, {"name": "A"}))
    found = propose(session, "A")
    (answer,) = found.answers
    assert answer.metres == pytest.approx(12.0, abs=1e-6)
    assert [each is not None for each in found.between(answer.closures[0])] == [True, True]
    accept(session, answer)
    assert len(session.plan.of("barrier")) == 2
    (perimeter,) = session.plan.of("perimeter")
    assert check_subject(CHECK, session.site(), perimeter)[1] == ()
    assert propose(session, "A").answers == ()
    assert len(session.history) == 1
    session.undo()
    assert not session.plan.of("barrier")


def test_that_what_stands_in_the_plan_already_is_used_and_open_gates_are_not() -> None:
    street = shapely.LineString([(-45, 28), (-45, 32)])
    for state, metres in (("locked", 8.0), ("open", 12.0)):
        gate = ("gate", street, {"name": "G1", "state": state})
        session = session_of(("perimeter", SQUARE, {"name": "A"}), gate)
        assert propose(session, "A").answers[0].metres == pytest.approx(metres, abs=1e-6)
    kept = propose(session, "A", keep_open=["G1"]).answers[0]
    assert kept.gates <= 1


def test_that_a_point_kept_open_and_a_record_without_a_place_are_told_apart() -> None:
    post = ("exit", shapely.Point(-45, 30), {"name": "X1"})
    session = session_of(("perimeter", SQUARE, {"name": "A"}), post, ("risk", None, {"name": "R1"}))
    assert propose(session, "A", keep_open=["X1"]).answers
    with pytest.raises(BadValue):
        propose(session, "A", keep_open=["R1"])


def test_that_wrong_wishes_are_refused_in_words() -> None:
    session = session_of(("perimeter", SQUARE, {"name": "A"}))
    for wrong in ({"objective": "beauty"}, {"keep_open": ["?"]}):
        with pytest.raises(UnknownName):
            propose(session, "A", **wrong)
    for metres in (-1.0, float("nan"), 1e9):
        with pytest.raises(BadValue):
            propose(session, "A", stand_off=metres)
    with pytest.raises(UnknownName):
        propose(session, "B")
