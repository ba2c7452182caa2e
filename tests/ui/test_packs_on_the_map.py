"""Packs: options beside the live map, the frames of the sheets on it, and the book they make."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from venueplanner.domain.pack import Frame
from venueplanner.packs.map_book.book import sheets

from .hands import CTRL, Hands
from .small_town import at

Key = Qt.Key


@pytest.fixture
def book(hands: Hands) -> Hands:
    """The map book's panel is open."""
    hands.key(Key.Key_P, CTRL)
    hands.settle()
    return hands


def frames(hands: Hands) -> tuple[Frame, ...]:
    return hands.canvas.sheets


def turn_to(hands: Hands, option: str, value: object) -> None:
    hands.window.packs._entered(option, value)
    hands.until(lambda: not hands.window.packs._later.isActive())


def test_that_ctrl_p_lays_the_frame_on_the_map_and_says_how_many_pages(book: Hands) -> None:
    panel = book.window.packs
    assert book.window.right.currentWidget() is panel
    assert panel.isVisible()
    assert book.canvas.isVisible()
    assert [each.label for each in frames(book)] == ["A1"]
    assert "1" in panel.state.text()
    assert book.canvas.hand.tool_id == "sheets"


def test_that_a_frame_is_dragged_in_one_step_that_undo_takes_back(book: Hands) -> None:
    before = frames(book)[0].middle
    book.drag(at(30, 30), at(45, 40))
    book.until(lambda: frames(book)[0].middle != before)
    x, y = frames(book)[0].middle
    assert (x - before[0], y - before[1]) == pytest.approx((15, 10), abs=1.5)
    assert len(book.desk.session.history) == 1
    assert book.plan.fact("pack.frame").startswith("A1:")
    (sheet,) = sheets(book.desk.session.site(), {"frame": book.plan.fact("pack.frame")})
    assert sheet.bounds == pytest.approx(frames(book)[0].bounds, abs=0.02)
    book.key(Key.Key_Z, CTRL)
    book.until(lambda: frames(book)[0].middle == pytest.approx(before))
    assert not book.plan.fact("pack.frame")


def test_that_one_of_several_sheets_moves_alone_and_delete_leaves_it_out(book: Hands) -> None:
    turn_to(book, "scale", 200.0)
    book.until(lambda: len(frames(book)) > 1)
    before = {each.label: each.middle for each in frames(book)}
    book.canvas.zoom_to("plan")
    book.settle()
    moved = frames(book)[0]
    x, y = moved.middle
    book.drag((x, y), (x + 3, y + 2))
    book.until(lambda: frames(book)[0].middle != before[moved.label])
    after = {each.label: each.middle for each in frames(book)}
    assert {label for label in before if after[label] != pytest.approx(before[label], abs=0.01)} == {moved.label}
    book.move(after[moved.label])
    book.key(Key.Key_Delete)
    book.until(lambda: len(frames(book)) == len(before) - 1)
    assert moved.label not in {each.label for each in frames(book)}
    book.press_button(book.window.packs.again)
    book.until(lambda: len(frames(book)) == len(before))


def test_that_the_book_is_written_as_it_lies_on_the_map(book: Hands, tmp_path: Path, monkeypatch) -> None:
    turn_to(book, "scale", 300.0)
    book.until(lambda: frames(book)[0].scale == pytest.approx(300))
    pages = int(book.window.packs.state.text().rstrip(".").split()[-1])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    book.press_button(book.window.packs.write)
    (made,) = tmp_path.glob("*.pdf")
    with pikepdf.open(made) as written:
        assert len(written.pages) == pages


def test_that_escape_leaves_and_takes_the_frames_away(book: Hands) -> None:
    book.canvas.setFocus()
    book.key(Key.Key_Escape)
    assert not frames(book)
    assert book.window.right.currentWidget() is not book.window.packs
    assert book.canvas.hand.tool_id == "select"


def test_that_a_place_that_cannot_be_read_is_said_and_nothing_is_written(book: Hands) -> None:
    turn_to(book, "frame", "somewhere")
    book.until(lambda: not book.window.packs.write.isEnabled())
    assert "somewhere" in book.window.packs.error.text()
    book.press_button(book.window.packs.again)
    book.until(lambda: book.window.packs.write.isEnabled())


@pytest.mark.parametrize("pack", ["field-map", "site-walk"])
def test_that_other_packs_have_the_same_panel_without_frames(hands: Hands, pack: str) -> None:
    hands.tool(pack, "packs")
    assert hands.window.right.currentWidget() is hands.window.packs
    assert not frames(hands)
    hands.canvas.setFocus()
    hands.key(Key.Key_Escape)
    assert hands.window.right.currentWidget() is not hands.window.packs
