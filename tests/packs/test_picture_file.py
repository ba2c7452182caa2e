"""The picture of a plan is written whole, in the place asked for, and nothing is left beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from venueplanner.domain.errors import NoRoom
from venueplanner.packs.picture import save_png


def image() -> QImage:
    made = QImage(12, 8, QImage.Format.Format_RGB32)
    made.fill(0xFF336699)
    return made


def test_that_a_picture_is_written_as_png_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    save_png(image(), tmp_path / "map.png")
    assert [path.name for path in tmp_path.iterdir()] == ["map.png"]
    again = QImage(str(tmp_path / "map.png"))
    assert (again.width(), again.height(), again.pixel(3, 3)) == (12, 8, 0xFF336699)


def test_that_a_folder_that_is_not_there_is_said_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(NoRoom):
        save_png(image(), tmp_path / "gone" / "map.png")
