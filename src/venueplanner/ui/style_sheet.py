"""The one style sheet of the window. Everything is on a 4-pixel grid; colours come from the theme's tokens."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .theme import Tokens

_SHEET = Template("""
* { outline: none; }
QMainWindow, QDialog, QWidget#ground { background: $window; }
QToolTip { background: $panel; color: $text; border: 1px solid $line; padding: $p4 $p6; }

QMenuBar { background: $panel; border-bottom: 1px solid $line; padding: 0 $p4; spacing: 0; }
QMenuBar::item { padding: $p5 $p8; background: transparent; color: $text; border-radius: $p4; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $panel; border: 1px solid $line; padding: $p4; }
QMenu::item { padding: $p5 $p24 $p5 $p10; color: $text; border-radius: $p4; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: $p4 $p8; }
QMenu::icon { padding-left: $p8; }

QWidget#bar, QWidget#tools, QWidget#status, QWidget#side, QWidget#bottom, QWidget#head, QWidget#page, QWidget#strip
  { background: $panel; }
QWidget#bar, QWidget#tools, QWidget#strip, QWidget#head { border-bottom: 1px solid $line; }
QWidget#status { border-top: 1px solid $line; }
QWidget#bottom { border-top: 1px solid $line; }
QWidget#left { background: $panel; border-right: 1px solid $line; }
QWidget#right { background: $panel; border-left: 1px solid $line; }
QWidget#exercise { background: $critical; }
QWidget#exercise QLabel { color: $panel; font-weight: bold; }

QLabel { color: $text; background: transparent; }
QLabel[role="muted"], QLabel[role="label"] { color: $muted; }
QLabel[role="label"] { font-size: $f11; }
QLabel[role="title"] { font-size: $f13; font-weight: bold; }
QLabel[role="big"] { font-size: $f22; font-weight: bold; }
QLabel[role="lead"] { font-size: $f14; color: $muted; }
QLabel[role="error"] { color: $critical; font-size: $f11; }
QLabel[role="good"] { color: $fine; }
QLabel[role="warn"] { color: $major; }
QLabel[role="code"] { color: $muted; font-family: "$mono"; font-size: $f11; }
QLabel[role="unit"] { color: $muted; }

QTabBar#steps { background: transparent; }
QTabBar#steps::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
  padding: $p8 $p14 $p7 $p14; min-height: $p18; }
QTabBar#steps::tab:hover { color: $text; }
QTabBar#steps::tab:selected { color: $accent; font-weight: bold; border-bottom: 2px solid $accent; }
QTabBar#steps::tab:focus { color: $accent; }
QTabBar#steps QToolButton { background: $panel; border: 1px solid $line; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: $p5; color: $text; padding: $p3; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton:pressed { background: $selection; }
QToolButton:disabled { color: $muted; }
QToolButton[role="tool"] { font-size: $f11; padding: $p4 $p3 $p3 $p3; }
QToolButton[role="tool"]:checked { background: $selection; color: $accent; font-weight: bold; }
QToolButton[role="chip"] { padding: $p2 $p6; }
QToolButton[role="chip"]:checked { background: $selection; border-color: $accent; }
QToolButton[role="tab"] { color: $muted; padding: $p6 $p4; border: none; border-radius: 0;
  border-bottom: 2px solid transparent; }
QToolButton[role="tab"]:hover { color: $text; background: transparent; }
QToolButton[role="tab"]:focus { color: $accent; }
QToolButton[role="tab"]:checked { color: $accent; font-weight: bold; border-bottom: 2px solid $accent; }
QToolButton[role="phase"] { background: $panel; color: $muted; border: 1px solid $line; border-radius: 0;
  padding: $p4 $p6; margin-left: -1px; }
QToolButton[role="phase"]:hover { background: $hover; color: $text; }
QToolButton[role="phase"]:focus { border-color: $accent; color: $text; }
QToolButton[role="phase"]:checked { background: $accent; color: $on_accent; font-weight: bold; border-color: $accent; }
QToolButton[role="field"] { background: $field; border: 1px solid $line; border-radius: $p4; color: $text;
  padding: $p3 $p8; text-align: left; min-height: $p18; }
QToolButton[role="field"]:hover { border-color: $muted; }
QToolButton[role="field"]:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; width: 0; }

QPushButton { background: $panel; border: 1px solid $line; border-radius: $p5; color: $accent; padding: $p4 $p12;
  min-height: $p16; }
QPushButton:hover { background: $hover; border-color: $muted; }
QPushButton:focus { border-color: $accent; }
QPushButton:pressed { background: $selection; }
QPushButton:disabled { color: $muted; border-color: $line; }
QPushButton[role="primary"], QPushButton:default { background: $accent; border-color: $accent; color: $on_accent; }
QPushButton[role="primary"]:hover, QPushButton:default:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus, QPushButton:default:focus { border-color: $text; }
QPushButton[role="primary"]:disabled, QPushButton:default:disabled
  { background: $line; border-color: $line; color: $muted; }
QPushButton[role="outline"] { border-color: $accent; }
QPushButton[role="card"] { text-align: left; padding: $p10 $p14; color: $text; }
QPushButton[role="link"] { border: none; background: transparent; color: $accent; padding: $p2; text-align: left; }
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus { text-decoration: underline; }

QLineEdit, QPlainTextEdit, QComboBox, QDoubleSpinBox, QDateTimeEdit { background: $field; color: $text;
  border: 1px solid $line; border-radius: $p4; padding: $p3 $p8; min-height: $p18;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit { padding: $p2 $p4; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border-color: $accent; }
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], QComboBox[bad="true"] { border-color: $critical; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $muted; }
QComboBox { padding-right: $p18; }
QComboBox::drop-down { border: none; width: $p18; }
QComboBox::down-arrow { image: url($chevron); width: $p12; height: $p12; }
QComboBox QAbstractItemView { background: $panel; color: $text; border: 1px solid $line; padding: $p2;
  selection-background-color: $selection; selection-color: $text; }
QCheckBox { color: $text; spacing: $p8; min-height: $p20; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator { width: $p14; height: $p14; border-radius: $p3;
  border: 1px solid $muted; background: $field; }
QCheckBox::indicator:checked, QListView::indicator:checked,
QTreeView::indicator:checked { background: $accent; border-color: $accent;
  image: url($tick); }
QCheckBox:focus { color: $accent; }
QCheckBox::indicator:focus { border-color: $accent; }

QAbstractItemView { background: $panel; color: $text; border: none; selection-background-color: $selection;
  selection-color: $text; alternate-background-color: $field; }
QTreeView, QListView, QTableView { border: none; }
QTreeView::item { min-height: $p24; padding: 0 $p2; }
QTreeView::item:selected { background: $selection; color: $text; }
QTableView { gridline-color: $line; border: none; }
QTableView::item { padding: $p2 $p8; }
QTableView::item:selected, QListView::item:selected { background: $selection; color: $text; }
QListView::item { padding: $p4 $p6; }
QHeaderView::section { background: $panel; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: $p5 $p8; }
QTableCornerButton::section { background: $panel; border: none; }
QListWidget[role="box"], QTreeWidget[role="box"], QTextBrowser[role="box"] { border: 1px solid $line;
  border-radius: $p4; background: $panel; }
QTextBrowser { background: $panel; color: $text; border: none; selection-background-color: $accent;
  selection-color: $on_accent; }

QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: $p10; margin: 0; }
QScrollBar:horizontal { background: transparent; height: $p10; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: $p3; margin: $p2; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::handle:vertical { min-height: $p24; }
QScrollBar::handle:horizontal { min-width: $p24; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page
  { background: transparent; border: none; width: 0; height: 0; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QProgressBar { background: $field; border: 1px solid $line; border-radius: $p4; color: $text; text-align: center;
  min-height: $p14; }
QProgressBar::chunk { background: $accent; border-radius: $p3; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="popup"] { background: $panel; border: 1px solid $line; border-radius: $p5; }
QGroupBox { border: 1px solid $line; border-radius: $p5; margin-top: $p10; padding: $p10; color: $muted; }
QGroupBox::title { subcontrol-origin: margin; left: $p8; padding: 0 $p4; }
""")


def style_sheet(tokens: Tokens, scale: float = 1.0) -> str:
    """The sheet for a theme at a text size."""
    from .fonts import mono_family
    from .icons import file_of

    values: dict[str, Any] = {key: value for key, value in vars(tokens).items() if isinstance(value, str)}
    values |= {f"p{number}": f"{round(number * scale)}px" for number in range(2, 25)}
    values |= {f"f{number}": f"{round(number * scale)}px" for number in (11, 12, 13, 14, 22)}
    values["scroll"] = "#4A5561" if tokens.dark else "#C3CBD3"
    values["mono"] = mono_family()
    values["chevron"] = file_of("chevron", tokens.muted)
    values["tick"] = file_of("tick", tokens.on_accent)
    return _SHEET.substitute(values)
