"""The help dialog: renders headings and tables, turns pages by its links, and shows the plan's own numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument, QTextTable
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from venueplanner.app.documents import profile_named
from venueplanner.app.language import LANGUAGES, Language
from venueplanner.checks import coverage_gap
from venueplanner.domain.rules import Rules
from venueplanner.ui import dialogs
from venueplanner.ui.reader import Reader


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """What the dialogs hang on, kept until the test ends."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def opened(parent: QWidget, code: str, rules: Rules | None = None) -> tuple[QDialog, QTextBrowser]:
    dialog = dialogs.show_help("checks/coverage-gap", Language(code), parent, rules)
    assert dialog is not None
    browser = dialog.findChild(QTextBrowser)
    assert isinstance(browser, QTextBrowser)
    return dialog, browser


@pytest.mark.parametrize("code", [code for code, _ in LANGUAGES])
def test_that_a_page_is_shown_with_its_table_of_rules_and_no_marks_of_markdown(parent: QWidget, code: str) -> None:
    dialog, browser = opened(parent, code)
    assert dialog.windowTitle() == Language(code)(coverage_gap.CHECK.label)
    tables = [each for each in browser.document().rootFrame().childFrames() if isinstance(each, QTextTable)]
    assert [(each.rows(), each.columns()) for each in tables] == [(len(coverage_gap.CHECK.rules) + 1, 4)]
    said = browser.toPlainText()
    assert not any(mark in said for mark in ("{{", "## ", "](", "| "))


def test_that_a_link_turns_the_page_and_a_foreign_one_does_nothing(parent: QWidget) -> None:
    dialog, browser = opened(parent, "en")
    for foreign in ("https://example.org/", "file:///etc/hostname", "../nowhere.md"):
        browser.anchorClicked.emit(QUrl(foreign))
        assert dialog.windowTitle() == "Coverage gap"
    browser.anchorClicked.emit(QUrl("../kinds/gate.md"))
    assert dialog.windowTitle() == "Gate or checkpoint"
    browser.anchorClicked.emit(QUrl("../checks/vehicle-approach.md"))
    assert dialog.windowTitle() == "Vehicle approach"


def test_that_the_dialog_shows_the_value_the_plan_has_changed(parent: QWidget) -> None:
    own = profile_named("kg").overridden({"rule.coverage.limit": "0.95"})
    assert "0.95 m" in opened(parent, "en", own)[1].toPlainText()
    assert "0.95 m" not in opened(parent, "en")[1].toPlainText()


def pictures(browser: QTextBrowser) -> list[str]:
    blocks = browser.document().toHtml()
    return re.findall(r'<img src="([^"]+)"', blocks)


def test_that_a_page_shows_its_picture_no_wider_than_the_page(parent: QWidget, qtbot: QtBot) -> None:
    dialog, browser = opened(parent, "ky")
    qtbot.waitExposed(dialog)
    (name,) = pictures(browser)
    widths = []
    for wide in (900, 400):
        dialog.resize(wide, 600)
        qtbot.waitUntil(lambda wide=wide: abs(browser.width() - wide) < 60)  # type: ignore[misc]
        shown = browser.document().resource(int(QTextDocument.ResourceType.ImageResource), QUrl(name))
        assert isinstance(shown, QImage)
        widths.append(shown.deviceIndependentSize().width())
        assert browser.horizontalScrollBar().maximum() == 0
    assert widths[0] == 560
    assert 300 < widths[1] <= browser.viewport().width()
    assert shown.height() / shown.width() == pytest.approx(320 / 560, abs=0.01)


def test_that_a_page_with_foreign_pictures_fetches_none_of_them(parent: QWidget, tmp_path: Path) -> None:
    QImage(10, 10, QImage.Format.Format_RGB32).save(str(tmp_path / "own.png"))
    reader = Reader(parent)
    for foreign in ("https://example.org/coverage.png", f"file://{tmp_path}/own.png", "../../icons/help.svg"):
        assert reader.loadResource(int(QTextDocument.ResourceType.ImageResource), QUrl(foreign)) is None
    style = int(QTextDocument.ResourceType.StyleSheetResource)
    assert reader.loadResource(style, QUrl("../../pictures/coverage-gap.png")) is None


def test_that_a_turned_page_shows_the_picture_of_its_own_check(parent: QWidget) -> None:
    _, browser = opened(parent, "en")
    browser.anchorClicked.emit(QUrl("../checks/vehicle-approach.md"))
    assert [name.rsplit("/", 1)[1] for name in pictures(browser)] == ["vehicle-approach.png"]
