"""`pack`, `render`, `info`, `kinds`, `checks`: what they write and print."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PySide6.QtGui import QImage

from .scenes import Run, closed_but_for, dead_end, geojson


@pytest.fixture
def full(run: Run, plan: Path, tmp_path: Path) -> Path:
    run("import", plan, dead_end(tmp_path / "city", 80.0))
    run("add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(2.4)))
    return plan


def test_that_a_picture_has_the_size_asked_for_and_shows_something(run: Run, full: Path, tmp_path: Path) -> None:
    colours = {}
    for theme in ("light", "dark"):
        said = run("render", full, tmp_path / f"{theme}.png", "--size", "400x300", "--theme", theme)
        assert (said.code, said.out) == (0, f"{tmp_path / theme}.png\n")
        image = QImage(str(tmp_path / f"{theme}.png"))
        assert (image.width(), image.height()) == (400, 300)
        colours[theme] = {image.pixel(x, y) for x in range(0, 400, 3) for y in range(0, 300, 3)}
        assert len(colours[theme]) > 20
    assert colours["light"] != colours["dark"]


def test_that_a_pack_is_written_and_its_files_are_named(run: Run, full: Path, tmp_path: Path) -> None:
    before = full.read_bytes()
    said = run("pack", full, "--out", tmp_path / "deep" / "out", "--classification", "For official use")
    files = [Path(line) for line in said.out.splitlines()]
    assert said.code == 0
    assert {path.suffix for path in files} >= {".pdf", ".html"}
    assert sorted(files) == sorted((tmp_path / "deep" / "out").iterdir())
    with pikepdf.open(next(path for path in files if path.suffix == ".pdf")) as book:
        assert len(book.pages) >= 2
    assert full.read_bytes() == before


def test_that_one_product_can_be_asked_for(run: Run, full: Path, tmp_path: Path) -> None:
    said = run("pack", full, "--out", tmp_path, "--only", "field-map", "--edition", "public")
    assert said.code == 0
    assert not list(tmp_path.glob("*.pdf"))


def test_that_info_counts_what_is_in_the_plan(run: Run, full: Path) -> None:
    said = run("info", full, "--json").json
    assert said["features"] == {"perimeter": 1, "barrier": 2}
    assert {each["role"]: each["count"] for each in said["layers"]} == {"streets": 1, "buildings": 6}
    assert "43" in said["crs"]
    text = run("info", full).out
    assert "perimeter" in text
    assert "zdaniya" in text


def test_that_kinds_and_checks_are_declared_in_full(run: Run) -> None:
    checks = {each["id"]: each for each in run("checks", "--json").json}
    assert "coverage.limit" in checks["coverage-gap"]["rules"]
    assert checks["vehicle-approach"]["needs"] == ["streets"]
    text = run("kinds").out
    for kind in run("kinds", "--json").json:
        assert kind["label"]
        assert f"{kind['id']} (" in text
        for field in kind["fields"]:
            assert f"    {field['id']}: " in text
