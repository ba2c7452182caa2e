"""`import`: a folder of another program's shapefiles, and every sort of damaged folder in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from venueplanner.app import documents

from .scenes import Run, dead_end, shapefile


def refused(run: Run, plan: Path, folder: Path, *options: str) -> str:
    """The sentence of an `import` that cannot be done: the plan's bytes and its folder are as they were."""
    before, names = plan.read_bytes(), sorted(plan.parent.rglob("*"))
    said = run("import", plan, folder, *options)
    assert said.code in (4, 7)
    assert said.out == ""
    assert said.err.startswith("venueplanner: ")
    assert plan.read_bytes() == before
    assert sorted(plan.parent.rglob("*")) == names
    return said.err


def test_that_a_folder_of_shapefiles_is_taken_with_role_count_encoding_and_system(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    said = run("import", plan, dead_end(tmp_path / "city", 80.0), "--json")
    assert said.code == 0
    found = {each["role"]: each for each in said.json}
    assert {role: each["count"] for role, each in found.items()} == {"streets": 1, "buildings": 6}
    assert found["streets"]["encoding"].lower().replace("-", "") == "utf8"
    assert "32643" in found["streets"]["crs"]
    layers = {each["role"]: each for each in run("info", plan, "--json").json["layers"]}
    assert {role: each["count"] for role, each in layers.items()} == {"streets": 1, "buildings": 6}
    assert sorted((plan.parent / "festival.city").glob("*.gpkg"))


def test_that_the_originals_are_not_touched(run: Run, plan: Path, tmp_path: Path) -> None:
    city = dead_end(tmp_path / "city", 80.0)
    before = {path.name: path.read_bytes() for path in city.iterdir()}
    run("import", plan, city)
    assert {path.name: path.read_bytes() for path in city.iterdir()} == before


def test_that_a_missing_folder_is_said(run: Run, plan: Path, tmp_path: Path) -> None:
    assert "nowhere" in refused(run, plan, tmp_path / "nowhere")


@pytest.mark.parametrize("names", [(), ("notes.txt",), ("a.dbf", "a.shx"), ("plan.dwg",)])
def test_that_a_folder_without_city_data_is_said_with_what_it_should_hold(
    run: Run, plan: Path, tmp_path: Path, names: tuple[str, ...]
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"nothing")
    said = refused(run, plan, folder)
    assert "empty" in said
    assert not names or ".shp" in said or names[0] in said


@pytest.mark.parametrize("ending", ["shx", "dbf", "prj"])
@pytest.mark.parametrize("damage", ["missing", "empty", "truncated"])
def test_that_a_damaged_part_is_mended_with_a_word_or_refused_with_one(
    run: Run, plan: Path, tmp_path: Path, ending: str, damage: str
) -> None:
    houses = [shapely.box(30 * each, 0, 30 * each + 20, 20) for each in range(8)]
    path = shapefile(tmp_path / "city", "zdaniya", *houses, ETAZH=list(range(8)))
    part = path.with_suffix(f".{ending}")
    content = part.read_bytes()
    part.unlink()
    if damage != "missing":
        part.write_bytes(b"" if damage == "empty" else content[: len(content) * 2 // 3])
    before = plan.read_bytes()
    said = run("import", plan, path.parent)
    if said.code == 0:
        assert "8 features" in said.out
        assert documents.open_session(plan).plan.layers
    else:
        assert said.code == 4
        assert "zdaniya" in said.err
        assert "--crs" in said.err  # only the system can be unknown: the shapes themselves are whole
        assert plan.read_bytes() == before
        assert not (plan.parent / "festival.city").exists()
        assert run("import", plan, path.parent, "--crs", "EPSG:32643").code == 0


def test_that_a_truncated_shp_keeps_its_sound_rows_and_names_the_others(run: Run, plan: Path, tmp_path: Path) -> None:
    houses = [shapely.box(30 * each, 0, 30 * each + 20, 20) for each in range(10)]
    path = shapefile(tmp_path / "city", "zdaniya", *houses, ETAZH=list(range(10)))
    path.write_bytes(path.read_bytes()[:-200])
    said = run("import", plan, path.parent)
    assert said.code == 0
    assert "8 features" in said.out
    assert "set aside" in said.out


def test_that_null_shapes_are_set_aside_by_row(run: Run, plan: Path, tmp_path: Path) -> None:
    path = shapefile(
        tmp_path / "city", "zdaniya", shapely.box(0, 0, 9, 9), shapely.Polygon(), shapely.box(20, 0, 29, 9)
    )
    said = run("import", plan, path.parent, "--json")
    (layer,) = said.json
    assert (layer["count"], [row for row, _ in layer["set_aside"]]) == (2, [2])


def test_that_an_unknown_system_or_encoding_is_said(run: Run, plan: Path, tmp_path: Path) -> None:
    path = shapefile(tmp_path / "city", "zdaniya", shapely.box(0, 0, 9, 9), ULICA=["Чүй"])
    path.with_suffix(".prj").unlink()
    assert "EPSG:nonsense" in refused(run, plan, path.parent, "--crs", "EPSG:nonsense")
    assert "latin-99" in refused(run, plan, path.parent, "--crs", "EPSG:32643", "--encoding", "latin-99")


def test_that_importing_again_replaces_layers_instead_of_doubling_them(run: Run, plan: Path, tmp_path: Path) -> None:
    city = dead_end(tmp_path / "city", 80.0)
    run("import", plan, city)
    run("import", plan, city)
    assert len(run("info", plan, "--json").json["layers"]) == 2


def test_that_a_plan_without_its_city_folder_says_what_to_do(run: Run, plan: Path, tmp_path: Path) -> None:
    run("import", plan, dead_end(tmp_path / "city", 80.0))
    (plan.parent / "festival.city").rename(plan.parent / "elsewhere")
    said = run("check", plan)
    assert said.code == 2
    assert "no street layer" in said.out
    again = run("import", plan, tmp_path / "city")
    assert again.code == 0, "the data can be added again"


def _broken(shared: Path) -> list[Path]:
    root = shared / "broken-open" / "derived-krymsk-buildings"
    if not root.is_dir():
        pytest.skip("the collection of broken shapefiles is not beside this checkout")
    folders = {path.parent for path in root.rglob("*") if path.suffix.lower() in (".shp", ".dbf", ".geojson", ".gpkg")}
    return sorted(folders) + sorted(root.rglob("*.zip"))


def test_that_no_broken_folder_of_the_collection_breaks_the_program_or_the_plan(
    run: Run, plan: Path, shared_data: Path
) -> None:
    codes: dict[str, int] = {}
    folders = _broken(shared_data)
    for number, folder in enumerate(folders):
        mine = plan.parent / f"plan{number}.gpkg"
        run("new", mine)
        before = mine.read_bytes()
        said = run("import", mine, folder)
        codes[folder.name] = said.code
        if said.code:
            assert said.code in (4, 7), folder
            assert said.err.startswith("venueplanner: "), folder
            assert len(said.err.strip().splitlines()) == 1, folder
            assert mine.read_bytes() == before, folder
            assert not mine.with_suffix(".city").exists(), folder
        else:
            assert run("info", mine).code == 0, folder
    assert len(folders) >= 20
    assert codes["_good"] == 0
    assert set(codes.values()) == {0, 4}
