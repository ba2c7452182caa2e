"""User equilibrium: published networks with their best known flows, and cases worked by hand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from venueplanner.engine.diversions.equilibrium import Roadbook, assign, extra_load

# Minutes a mile and minutes a cent, as the description of each network says.
WEIGHTS = {"ChicagoSketch": (0.04, 0.02)}


def tables(folder: Path, name: str) -> tuple[Roadbook, np.ndarray]:
    """A network and its trips from the files of the Transportation Networks collection."""
    text = (folder / f"{name}_net.tntp").read_text()
    head, _, body = text.partition("<END OF METADATA>")
    meta = {key: int(value) for key, value in re.findall(r"<([A-Z ]+)>\s*(\d+)", head)}
    rows = [line.replace(";", "").split() for line in body.splitlines() if line.strip() and "~" not in line]
    table = np.array([[float(value) for value in row[:9]] for row in rows])
    mile, cent = WEIGHTS.get(name, (0.0, 0.0))
    book = Roadbook(
        table[:, 0].astype(int) - 1, table[:, 1].astype(int) - 1, table[:, 2], table[:, 4], table[:, 5], table[:, 6],
        meta["NUMBER OF NODES"], meta["FIRST THRU NODE"] - 1, mile * table[:, 3] + cent * table[:, 8],
    )  # fmt: skip
    zones = meta["NUMBER OF ZONES"]
    trips = np.zeros((zones, zones))
    for part in (folder / f"{name}_trips.tntp").read_text().partition("<END OF METADATA>")[2].split("Origin")[1:]:
        for to, value in re.findall(r"(\d+)\s*:\s*([\d.eE+-]+)", part):
            trips[int(part.split()[0]) - 1, int(to) - 1] = float(value)
    return book, trips


def best_known(folder: Path, name: str, book: Roadbook) -> np.ndarray:
    rows = [line.split() for line in (folder / f"{name}_flow.tntp").read_text().splitlines()[1:] if line.strip()]
    flow = {(int(row[0]) - 1, int(row[1]) - 1): float(row[2]) for row in rows}
    return np.array([flow[int(a), int(b)] for a, b in zip(book.tail, book.head, strict=True)])


@pytest.mark.parametrize(
    ("folder", "name", "gap", "unlike"),
    [("SiouxFalls", "SiouxFalls", 1e-6, 1e-4), ("Anaheim", "Anaheim", 1e-6, 1e-3),
     ("Chicago-Sketch", "ChicagoSketch", 1e-4, 2e-2)],
)  # fmt: skip
def test_that_flows_are_those_of_the_published_equilibrium(shared_data, folder, name, gap, unlike):
    """The objective lies above the best known one by no more than the gap reached allows; flows differ little."""
    where = shared_data / "reference-open" / "traffic-assignment-tntp" / folder
    if not where.is_dir():
        pytest.skip("the published networks are not in the shared test data")
    book, trips = tables(where, name)
    found = assign(book, trips, gap=gap, most_steps=3000)
    best = best_known(where, name, book)
    assert found.gap <= gap
    assert found.objective >= book.objective(best) * (1 - 1e-9)
    assert found.objective - book.objective(best) <= gap * float((found.time * found.flow).sum())
    assert np.abs(found.flow - best).sum() <= unlike * best.sum()


def test_that_the_published_objective_is_that_of_the_published_flows(shared_data):
    where = shared_data / "reference-open" / "traffic-assignment-tntp"
    if not where.is_dir():
        pytest.skip("the published networks are not in the shared test data")
    for folder, name, said in (("SiouxFalls", "SiouxFalls", 42.31335287107440e5),
                               ("Chicago-Sketch", "ChicagoSketch", 17313018.7387477)):  # fmt: skip
        book, _ = tables(where / folder, name)
        assert book.objective(best_known(where / folder, name, book)) == pytest.approx(said, rel=1e-9)


def book_of(rows):
    tail, head, capacity, free, b = (np.array(each) for each in zip(*rows, strict=True))
    return Roadbook(tail, head, capacity.astype(float), free.astype(float), b.astype(float), np.ones(len(rows)), 4)


def test_that_a_new_road_makes_everybody_later_as_braess_found():
    # times 10 v on the outer arms, 50 + v on the others, 10 + v on the bridge; 6 vehicles: 92 with it, 83 without
    tiny = 1e-6
    arms = [(0, 2, 1.0, tiny, 10 / tiny), (0, 3, 1.0, 50.0, 1 / 50), (2, 1, 1.0, 50.0, 1 / 50),
            (3, 1, 1.0, tiny, 10 / tiny)]  # fmt: skip
    trips = np.zeros((2, 2))
    trips[0, 1] = 6.0
    with_it = assign(book_of([*arms, (2, 3, 1.0, 10.0, 1 / 10)]), trips, gap=1e-10)
    assert with_it.flow == pytest.approx([4, 2, 2, 4, 2], abs=1e-3)
    without = assign(book_of(arms), trips, gap=1e-10)
    assert without.flow == pytest.approx([3, 3, 3, 3], abs=1e-3)
    assert (with_it.time @ with_it.flow) / 6 == pytest.approx(92, abs=1e-2)
    assert (without.time @ without.flow) / 6 == pytest.approx(83, abs=1e-2)


def test_that_zones_are_not_driven_through():
    tail, head = np.array([0, 1, 0, 3, 1]), np.array([1, 2, 3, 2, 3])
    book = Roadbook(tail, head, np.ones(5), np.array([1.0, 1, 10, 10, 1]), np.zeros(5), np.ones(5), 4, 3)
    trips = np.zeros((3, 3))
    trips[0, 2] = 5.0
    assert assign(book, trips).flow.tolist() == [0, 0, 5, 5, 0]


def test_that_streets_without_any_time_still_carry_their_traffic():
    book = Roadbook(np.array([0, 2, 3]), np.array([2, 3, 1]), np.ones(3), np.zeros(3), np.zeros(3), np.ones(3), 4)
    trips = np.array([[0.0, 7.0], [0.0, 0.0]])
    assert assign(book, trips).flow.tolist() == [7, 7, 7]


def test_that_a_closed_street_sends_its_traffic_to_the_others():
    trips = np.array([[0.0, 4.0], [0.0, 0.0]])
    book = Roadbook(np.array([0, 0, 2]), np.array([1, 2, 1]), np.array([4.0, 4, 4]), np.array([1.0, 2, 2]),
                    np.full(3, 0.15), np.full(3, 4.0), 3)  # fmt: skip
    before = assign(book, trips, gap=1e-8)
    shut = Roadbook(book.tail, book.head, book.capacity, np.array([1e6, 2, 2]), book.b, book.power, 3)
    more = extra_load(before, assign(shut, trips, gap=1e-8), book, np.array([True, False, False]))
    assert np.isnan(more[0])
    assert more[1:] == pytest.approx([4 - before.flow[1]] * 2)
    assert before.saturation(book)[0] == pytest.approx(before.flow[0] / 4)


def test_that_trips_nobody_can_make_are_refused():
    book = Roadbook(np.array([1]), np.array([0]), np.ones(1), np.ones(1), np.zeros(1), np.ones(1), 2)
    with pytest.raises(ValueError, match="no street joins"):
        assign(book, np.array([[0.0, 1.0], [0.0, 0.0]]))
