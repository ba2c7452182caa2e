"""The window keeps up with a drag: new evidence paints evidence only, and sentences come a few times a second."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from venueplanner.app import documents
from venueplanner.app.inspector import Inspector
from venueplanner.ui.canvas import overlay
from venueplanner.ui.seldom import Seldom

from .hands import Hands


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the overlay paints, in order."""
    seen: list[str] = []
    for name in ("paint_features", "paint_findings", "paint_street_names"):
        real = getattr(overlay, name)

        def noted(*args: Any, name: str = name, real: Any = real, **named: Any) -> Any:
            seen.append(name)
            return real(*args, **named)

        monkeypatch.setattr(overlay, name, noted)
    return seen


def picture(hands: Hands) -> QImage:
    return hands.canvas.grab().toImage()


def test_that_new_evidence_does_not_paint_the_plan_again(hands: Hands, painted: list[str]) -> None:
    findings = hands.canvas.findings
    assert findings
    before = picture(hands)
    painted.clear()
    hands.canvas.show_findings(findings[1:])
    hands.canvas.repaint()
    assert painted == ["paint_findings"]
    hands.canvas.show_findings(findings)
    assert picture(hands) == before


def test_that_the_same_findings_paint_nothing(hands: Hands, painted: list[str]) -> None:
    picture(hands)
    painted.clear()
    hands.canvas.show_findings(list(hands.canvas.findings))
    hands.canvas.repaint()
    assert painted == []


def test_that_names_make_room_for_what_is_written_at_the_chosen_finding(hands: Hands, painted: list[str]) -> None:
    picture(hands)
    painted.clear()
    chosen = next(each for each in hands.canvas.findings if any(one.label for one in each.evidence))
    hands.canvas.show_evidence(chosen, zoom=False)
    in_parts = picture(hands)
    assert painted == ["paint_findings", "paint_street_names"]
    hands.canvas.refresh()
    assert picture(hands) == in_parts


def test_that_the_chosen_finding_follows_its_fresh_answer(hands: Hands) -> None:
    findings = hands.canvas.findings
    hands.canvas.show_evidence(findings[0], zoom=False)
    fresh = replace(findings[0], measured=12.0)
    hands.canvas.show_findings([fresh, *findings[1:]])
    assert hands.canvas.chosen is fresh


def test_that_seldom_calls_at_once_and_never_leaves_out_the_last_wish(hands: Hands) -> None:
    called: list[int] = []
    parent = QObject()
    seldom = Seldom(120, lambda: called.append(1), parent)
    for _ in range(5):
        seldom.ask()
    assert called == [1]
    hands.until(lambda: called == [1, 1])
    QTest.qWait(200)
    assert called == [1, 1]
    seldom.ask()
    seldom.ask()
    seldom.drop()
    QTest.qWait(200)
    assert called == [1, 1, 1]


def test_that_the_panel_is_told_seldom_while_a_draft_is_looked_at_and_at_once_when_it_is_over(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    hands.desk.findings_changed.connect(lambda: told.append("panel"))
    hands.desk.evidence_changed.connect(lambda: told.append("map"))
    with monkeypatch.context() as patch:
        patch.setattr(Inspector, "previewing", property(lambda _self: True))
        for _ in range(8):
            hands.desk._news()
        assert told.count("panel") <= 1
        assert told.count("map") <= 1
    told.clear()
    hands.desk._news()
    assert told == ["map", "panel"]


def test_that_starting_the_window_loads_nothing_that_only_computing_needs() -> None:
    heavy = ["numba", "scipy", "pyogrio", "geopandas", "rasterio", "folium", "pandas"]
    say = f"import sys, venueplanner.ui.application; print([each for each in {heavy} if each in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(Path(documents.__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", say], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == "[]"
