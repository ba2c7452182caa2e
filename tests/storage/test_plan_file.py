"""The plan file: what is saved is what is opened, whatever it is."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from venueplanner import kinds
from venueplanner.domain.errors import BadFile
from venueplanner.domain.plan import Plan
from venueplanner.storage import plan_file
from venueplanner.storage.versions import KEPT, versions

from .plans import STATES, a_finding, full_plan, plans


def rows_of(path: Path, sql: str) -> list[tuple[object, ...]]:
    """What a query finds in a file."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def test_that_a_plan_with_everything_comes_back_as_it_was(tmp_path: Path) -> None:
    plan = full_plan()
    plan_file.save_plan(tmp_path / "plan.gpkg", plan)
    opened = plan_file.open_plan(tmp_path / "plan.gpkg")
    assert not opened.plan.since(plan)
    assert list(opened.plan.features) == list(plan.features)
    assert dict(opened.plan.facts) == dict(plan.facts)
    assert not opened.edited
    assert opened.remarks == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plan=plans())
def test_that_random_plans_come_back_exactly(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.gpkg"
        plan_file.save_plan(path, plan)
        opened = plan_file.open_plan(path)
    assert not opened.plan.since(plan)
    assert list(opened.plan.features) == list(plan.features)


def test_that_random_plans_cover_every_kind_and_field_type() -> None:
    types = {type(field) for kind in kinds.ALL for field in kind.all_fields}
    assert len(types) >= 7


def test_that_a_plan_without_a_coordinate_system_can_be_saved(tmp_path: Path) -> None:
    plan_file.save_plan(tmp_path / "plan.gpkg", Plan())
    assert not plan_file.open_plan(tmp_path / "plan.gpkg").plan.features
    assert rows_of(tmp_path / "plan.gpkg", "SELECT DISTINCT srs_id FROM gpkg_geometry_columns") == [(-1,)]


def test_that_a_local_coordinate_system_gets_a_number_of_its_own(tmp_path: Path) -> None:
    local = (
        'PROJCS["Town grid",GEOGCS["Pulkovo 1942",DATUM["Pulkovo_1942",SPHEROID["Krassowsky 1940",6378245,298.3],'
        'TOWGS84[25,-141,-78.5,0,0.35,0.736,0]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],'
        'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",74.5],'
        'PARAMETER["scale_factor",1],PARAMETER["false_easting",50000],PARAMETER["false_northing",-4700000],'
        'UNIT["metre",1]]'
    )
    plan_file.save_plan(tmp_path / "plan.gpkg", full_plan(crs=local))
    found = rows_of(tmp_path / "plan.gpkg", "SELECT srs_id, organization, definition FROM gpkg_spatial_ref_sys")
    number, organization, definition = found[-1]
    assert (number, organization) == (100000, "NONE")
    assert "TOWGS84[25,-141,-78.5" in str(definition)
    assert rows_of(tmp_path / "plan.gpkg", "SELECT DISTINCT srs_id FROM gpkg_geometry_columns") == [(100000,)]


def test_that_a_column_added_elsewhere_survives_saving(tmp_path: Path) -> None:
    plan = full_plan()
    post = plan.of("post")[0].with_values(asset_number="A-17", cost=12.5, floors=3)
    plan = plan.put("features", {post.id: post})
    plan_file.save_plan(tmp_path / "plan.gpkg", plan)
    opened = plan_file.open_plan(tmp_path / "plan.gpkg").plan
    assert not opened.since(plan)
    plan_file.save_plan(tmp_path / "plan.gpkg", opened)
    again = plan_file.open_plan(tmp_path / "plan.gpkg").plan.features[post.id]
    assert (again["asset_number"], again["cost"], again["floors"]) == ("A-17", 12.5, 3)


def test_that_findings_states_and_rules_are_there_to_read(tmp_path: Path) -> None:
    from venueplanner.storage.profiles import load_profile

    rules = load_profile(Path(__file__).parents[2] / "resources" / "rules" / "kg.toml")
    rules = rules.overridden({"rule.coverage.limit": "1,1"})
    path = tmp_path / "plan.gpkg"
    plan_file.save_plan(path, full_plan(), rules=rules, findings=[a_finding()], states=STATES)
    assert rows_of(path, "SELECT text, measured, unit, waived FROM vp_findings") == [
        ("Gap of 2.40 m beside Чүй проспектиси", 2.4, "m", 0)
    ]
    assert rows_of(path, 'SELECT "check", state, reason FROM vp_checks') == [
        ("coverage-gap", "findings", None),
        ("vehicle-approach", "unchecked", "No street layer."),
    ]
    assert rows_of(path, "SELECT value, overridden FROM vp_rules WHERE id = 'coverage.limit'") == [("1.1", 1)]
    assert len(rows_of(path, "SELECT id FROM vp_rules")) == len(rules.rules)


def test_that_a_finding_accepted_for_another_place_does_not_count_as_waived(tmp_path: Path) -> None:
    from venueplanner.domain.plan import Waiver

    finding, path = a_finding(), tmp_path / "plan.gpkg"
    right = Waiver(finding.id, "guarded", "me", "2026-08-31", finding.cover)
    for waiver, expected in ((right, 1), (Waiver(finding.id, "guarded", "me", "2026-08-31", "moved"), 0)):
        plan_file.save_plan(path, full_plan().put("waivers", {finding.id: waiver}), findings=[finding])
        assert rows_of(path, "SELECT waived FROM vp_findings") == [(expected,)]


def test_that_each_save_keeps_the_file_it_replaces_and_no_more_than_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    for number in range(KEPT + 3):
        plan_file.save_plan(path, Plan().put("facts", {"title": f"Version {number}"}))
    kept = versions(path)
    assert len(kept) == KEPT
    titles = [plan_file.open_plan(each).plan.fact("title") for each in kept]
    assert titles == [f"Version {number}" for number in range(KEPT + 1, 1, -1)]
    assert plan_file.open_plan(path).plan.fact("title") == f"Version {KEPT + 2}"


def test_that_nothing_but_the_plan_and_its_versions_is_left_in_the_folder(tmp_path: Path) -> None:
    stale = tmp_path / ".plan.999999999.saving"
    stale.write_bytes(b"cut off")
    for _ in range(2):
        plan_file.save_plan(tmp_path / "plan.gpkg", full_plan())
    assert sorted(each.name for each in tmp_path.iterdir()) == ["plan.gpkg", "plan.versions"]


def test_that_saving_twice_the_same_plan_says_the_same(tmp_path: Path) -> None:
    plan = full_plan()
    for name in ("one.gpkg", "two.gpkg"):
        plan_file.save_plan(tmp_path / name, plan)
    hashes = [
        rows_of(tmp_path / name, "SELECT value FROM vp_meta WHERE key='plan_hash'") for name in ("one.gpkg", "two.gpkg")
    ]
    assert hashes[0] == hashes[1]


def test_that_the_spatial_index_follows_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    plan_file.save_plan(path, full_plan())
    for kind in kinds.ALL:
        if kind.shapes:
            assert rows_of(path, f"SELECT rtreecheck('rtree_{kind.id}_geom')") == [("ok",)]
            wanted = rows_of(path, f'SELECT count(*) FROM "{kind.id}" WHERE geom NOTNULL')
            assert rows_of(path, f"SELECT count(*) FROM rtree_{kind.id}_geom") == wanted


def test_that_a_folder_is_not_a_plan(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="is a folder"):
        plan_file.open_plan(tmp_path)
