"""Flat arrays from shapes, kept and read again, and what is left out."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from venueplanner.raster import ClassStyle, Painted, Ragged, Style, View, colour, render_frame

with np.errstate(invalid="ignore"):
    NAN = shapely.polygons([(0, 0), (1, 0), (np.nan, 1), (0, 0)])
    INF = shapely.linestrings([(0, 0), (np.inf, 5)])


def boxes(n: int) -> list[shapely.Polygon]:
    rng = np.random.default_rng(n)
    at = rng.uniform(4e5, 4.1e5, (n, 2))
    return list(shapely.box(at[:, 0], at[:, 1], at[:, 0] + 10, at[:, 1] + 20))


def test_that_every_part_remembers_its_row_and_lies_in_a_chunk_of_its_class() -> None:
    shapes = [*boxes(500), shapely.MultiPolygon(boxes(3)), None, shapely.Polygon()]
    kinds = np.arange(len(shapes)) % 4
    r = Ragged.build(shapes, kinds, family="polygon", class_count=6)
    assert len(r) == 503
    assert r.classes == 6
    assert np.array_equal(np.bincount(r.source), [1] * 500 + [3])
    for k in range(6):
        first, last = r.chunks[r.class_chunks[k]], r.chunks[r.class_chunks[k + 1]]
        assert np.all(kinds[r.source[first:last]] == k)
    assert np.diff(r.chunks).max() <= 64
    for c in range(len(r.chunk_boxes)):
        inside = r.boxes[r.chunks[c] : r.chunks[c + 1]]
        assert np.array_equal(r.chunk_boxes[c], [*inside[:, :2].min(axis=0), *inside[:, 2:].max(axis=0)])
    assert r.bounds == pytest.approx(shapely.total_bounds([s for s in shapes if s is not None]))
    assert not len(r.left_out)


def test_that_the_vertices_are_those_of_the_shapes() -> None:
    shapes = np.array([*boxes(40), shapely.Point(4e5, 4e5).buffer(30, quad_segs=4)])
    r = Ragged.build(shapes, family="polygon")
    for p in range(len(r)):
        ring = r.xy[r.rings[r.parts[p]] : r.rings[r.parts[p] + 1]] + r.origin
        assert shapely.Polygon(ring).equals(shapes[r.source[p]])
        assert r.measures[p] == pytest.approx(shapes[r.source[p]].area)


def test_that_neighbours_come_to_lie_in_the_same_chunk() -> None:
    r = Ragged.build(boxes(6400), family="polygon")
    reach = (r.chunk_boxes[:, 2:] - r.chunk_boxes[:, :2]).max(axis=1)
    assert np.median(reach) < 0.25 * 10_000


def test_that_collections_of_collections_are_taken_apart_by_family() -> None:
    inner = shapely.GeometryCollection([shapely.Point(1, 2), shapely.LineString([(0, 0), (3, 4)])])
    outer = shapely.GeometryCollection([inner, shapely.box(0, 0, 1, 1), shapely.MultiPoint([(5, 5), (6, 6)])])
    found = {f: Ragged.build([outer], family=f) for f in ("polygon", "line", "point")}  # type: ignore[arg-type]
    assert {f: len(r) for f, r in found.items()} == {"polygon": 1, "line": 1, "point": 3}
    assert found["line"].measures[0] == 5.0


def test_that_what_cannot_be_drawn_is_listed_and_the_rest_is_kept() -> None:
    far = shapely.box(1e300, 0, 1.1e300, 1)
    good = shapely.box(10, 10, 20, 20)
    r = Ragged.build([NAN, good, far, shapely.Point(0, 0), None, INF], family="polygon")
    assert list(r.source) == [1]
    assert list(r.left_out) == [0, 2, 3, 5]
    lines = Ragged.build([INF, shapely.LineString([(0, 0), (5, 5)])], family="line")
    assert list(lines.left_out) == [0]
    assert list(lines.source) == [1]


def test_that_heights_are_dropped_and_missing_measures_do_not_matter() -> None:
    r = Ragged.build([shapely.polygons([(0, 0, 9), (4, 0, 9), (4, 4, np.nan), (0, 0, 9)])], family="polygon")
    assert len(r) == 1
    assert r.measures[0] == 8.0


@pytest.mark.parametrize("family", ["polygon", "line", "point"])
def test_that_a_layer_of_nothing_is_a_layer(family: str) -> None:
    r = Ragged.build([], family=family)  # type: ignore[arg-type]
    assert len(r) == 0
    assert r.bounds is None
    frame = render_frame(View(0, 0, 1, 5, 5), (Painted(r, Style.of(ClassStyle(fill=colour("#000000")))),))
    assert frame is not None
    assert np.all(frame == 0xFFFFFFFF)


def test_that_shapes_without_area_leave_nothing_or_a_hair() -> None:
    flat = shapely.Polygon([(1, 1), (9, 1), (5, 1), (1, 1)])
    dot = shapely.Polygon([(5, 5), (5, 5), (5, 5), (5, 5)])
    frame = render_frame(
        View(5, 5, 1, 10, 10),
        (Painted(Ragged.build([flat, dot], family="polygon"), Style.of(ClassStyle(fill=colour("#000000")))),),
    )
    assert frame is not None
    assert np.all(frame == 0xFFFFFFFF)


@pytest.mark.parametrize("classes", [[0], [0, 1, 2], [-1, 0]])
def test_that_class_numbers_that_do_not_fit_are_refused(classes: list[int]) -> None:
    with pytest.raises(ValueError, match="one class number"):
        Ragged.build(boxes(2), classes, family="polygon")


wild = st.one_of(st.floats(), st.floats(-1e9, 1e9), st.sampled_from([0.0, 1e8, -1e8, 1e-300, 1e308]))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(st.tuples(wild, wild), min_size=3, max_size=6), max_size=4))
def test_that_no_coordinates_whatever_crash_the_drawing(rings: list[list[tuple[float, float]]]) -> None:
    view = View(0, 0, 0.7, 40, 30)
    assume(not any(np.isnan(ring[0]).any() for ring in rings))  # such a ring cannot even be closed
    with np.errstate(invalid="ignore", over="ignore"):
        shapes = [shapely.linearrings([(0.0, 0.0), *ring, (0.0, 0.0)]) for ring in rings]
        made_of = {"polygon": shapely.polygons(shapes) if shapes else [], "line": shapes}
    for family, made in made_of.items():
        r = Ragged.build(made, family=family)  # type: ignore[arg-type]
        assert len(set(r.source) | set(r.left_out)) <= len(rings)
        assert render_frame(view, (Painted(r, Style.of(ClassStyle(fill=colour("#000000")))),), threads=1) is not None


def test_that_a_saved_layer_comes_back_the_same_and_draws_the_same(tmp_path: Path) -> None:
    r = Ragged.build(boxes(300), np.arange(300) % 2, family="polygon")
    r.save(tmp_path / "houses")
    r.save(tmp_path / "houses")
    again = Ragged.load(tmp_path / "houses")
    for field in fields(Ragged):
        assert np.array_equal(getattr(r, field.name), getattr(again, field.name)), field.name
    assert [p.name for p in tmp_path.iterdir()] == ["houses"]
    view = View(4.05e5, 4.05e5, 10, 300, 300)
    style = Style.of(*[ClassStyle(fill=colour("#000000"))] * 2)
    one, two = (render_frame(view, (Painted(each, style),)) for each in (r, again))
    assert one is not None
    assert two is not None
    assert np.array_equal(one, two)


def test_that_a_failed_save_leaves_the_old_folder_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    r = Ragged.build(boxes(5), family="polygon")
    r.save(tmp_path / "houses")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(OSError, match="No space"):
        Ragged.build(boxes(9), family="polygon").save(tmp_path / "houses")
    monkeypatch.undo()
    assert len(Ragged.load(tmp_path / "houses")) == 5
    assert [p.name for p in tmp_path.iterdir()] == ["houses"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda f: (f / "xy.npy").write_bytes(b""),
        lambda f: (f / "xy.npy").write_bytes((f / "xy.npy").read_bytes()[:200]),
        lambda f: (f / "rings.npy").unlink(),
        lambda f: (f / "layer.json").write_text("{"),
        lambda f: (f / "layer.json").write_text("[]"),
        lambda f: (f / "layer.json").write_text(json.dumps({"format": 99})),
        lambda f: (f / "layer.json").write_text(json.dumps({"format": 1, "family": "polygon", "origin": [None, 1.0]})),
        lambda f: np.save(f / "rings.npy", np.array([0, 10**9], np.int64)),
        lambda f: np.save(f / "rings.npy", np.zeros(6, np.int32)),
        lambda f: np.save(f / "boxes.npy", np.zeros((2, 4))),
        lambda f: np.save(f / "xy.npy", np.full((25, 2), np.nan)),
        lambda f: np.save(f / "xy.npy", np.array([{}] * 25, object), allow_pickle=True),
        lambda f: shutil.rmtree(f),
    ],
)
def test_that_a_damaged_folder_is_refused_in_a_sentence(tmp_path: Path, damage: object) -> None:
    folder = tmp_path / "houses"
    Ragged.build(boxes(5), family="polygon").save(folder)
    damage(folder)  # type: ignore[operator]
    with pytest.raises(ValueError, match=r"drawing cache|of a layer"):
        Ragged.load(folder)


def test_that_offsets_that_fall_are_refused() -> None:
    r = Ragged.build(boxes(3), family="polygon")
    rings = r.rings.copy()
    rings[1], rings[2] = rings[2], rings[1]
    with pytest.raises(ValueError, match="rise"):
        replace(r, rings=rings)
