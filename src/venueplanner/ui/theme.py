"""Light and dark: the colours of the window, following the system or the user's choice.

A colour is only ever taken from here. Text colours keep a contrast of at least 4.5 against what they stand on.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from .fonts import text_font
from .style_sheet import style_sheet


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, #RRGGBB. `on_accent` is text on an accent ground; severities are for text and signs."""

    name: str
    window: str
    panel: str
    field: str
    line: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    hover: str
    critical: str
    major: str
    minor: str
    info: str
    fine: str

    @property
    def dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.name == "dark"

    def severity(self, name: str) -> str:
        """The colour of a severity, or of what was not checked."""
        return {"critical": self.critical, "major": self.major, "minor": self.minor}.get(name, self.info)


LIGHT = Tokens(
    name="light",
    window="#F3F5F7",
    panel="#FFFFFF",
    field="#F6F8FA",
    line="#DCE1E6",
    text="#1D2733",
    muted="#5C6977",
    accent="#0B6E99",
    accent_hover="#095A7E",
    on_accent="#FFFFFF",
    selection="#D9EDF6",
    hover="#EDF2F6",
    critical="#C62828",
    major="#9E4E00",
    minor="#776300",
    info="#5C6977",
    fine="#2A7330",
)
DARK = Tokens(
    name="dark",
    window="#181C21",
    panel="#20262D",
    field="#191E24",
    line="#333C46",
    text="#E7ECF1",
    muted="#9DAAB8",
    accent="#4DB5DC",
    accent_hover="#73C6E6",
    on_accent="#0C1A22",
    selection="#1F3F4E",
    hover="#2A323B",
    critical="#FF8780",
    major="#FFA640",
    minor="#DEC655",
    info="#9DAAB8",
    fine="#7CCB81",
)
THEMES = {"light": LIGHT, "dark": DARK}


def system_is_dark() -> bool:
    """Whether the system asks for dark windows."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


class Theme(QObject):
    """The theme in force. `changed` is sent when colours or text sizes are new."""

    changed = Signal()

    def __init__(self, wish: str = "system", scale: float = 1.0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wish = wish
        self.scale = scale
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        name = self.wish if self.wish in THEMES else ("dark" if system_is_dark() else "light")
        return THEMES[name]

    def px(self, pixels: float) -> int:
        """A length of the 100 % design at the text size in force."""
        return round(pixels * self.scale)

    def choose(self, wish: str, scale: float | None = None) -> None:
        """Take another theme ("system", "light", "dark") or text size, at once."""
        self.wish = wish
        self.scale = self.scale if scale is None else scale
        self.apply()

    def apply(self) -> None:
        """Dress the whole application."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setStyle("Fusion")
            application.setPalette(palette_of(self.tokens))
            application.setFont(text_font(self.scale))
            application.setStyleSheet(style_sheet(self.tokens, self.scale))
        self.changed.emit()

    def _system_changed(self, _scheme: object) -> None:
        if self.wish == "system":
            self.apply()


def palette_of(tokens: Tokens) -> QPalette:
    """The Qt palette of a theme, for what the style sheet leaves to the style."""
    palette = QPalette()
    role = QPalette.ColorRole
    for group_role, colour in (
        (role.Window, tokens.window),
        (role.WindowText, tokens.text),
        (role.Base, tokens.panel),
        (role.AlternateBase, tokens.field),
        (role.Text, tokens.text),
        (role.PlaceholderText, tokens.muted),
        (role.Button, tokens.panel),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.critical),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.text),
        (role.Accent, tokens.accent),
        (role.ToolTipBase, tokens.panel),
        (role.ToolTipText, tokens.text),
        (role.Link, tokens.accent),
        (role.LinkVisited, tokens.accent),
        (role.Light, tokens.panel),
        (role.Midlight, tokens.hover),
        (role.Mid, tokens.line),
        (role.Dark, tokens.line),
        (role.Shadow, tokens.line),
    ):
        palette.setColor(group_role, QColor(colour))
    for group_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, group_role, QColor(tokens.muted))
    return palette


def contrast(one: str, other: str) -> float:
    """Contrast of two colours after WCAG 2.2 (1 … 21).

    >>> round(contrast("#000000", "#FFFFFF"))
    21
    """
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
