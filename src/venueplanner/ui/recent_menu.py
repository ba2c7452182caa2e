"""The menu of the plans opened last; those gone from the disk are not offered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from venueplanner.app.language import Language
from venueplanner.app.settings import Settings
from venueplanner.domain.words import N_

from .pieces import plain


class RecentMenu(QMenu):
    """Filled anew whenever it is about to be shown."""

    def __init__(
        self, settings: Settings, language: Language, open_plan: Callable[[Path], object], parent: QWidget
    ) -> None:
        super().__init__(language(N_("Recent plans")), parent)
        self._settings, self._language, self._open = settings, language, open_plan
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Put in the plans that are there now."""
        self.clear()
        for path in [path for each in self._settings.recent if (path := Path(each)).is_file()]:
            action = self.addAction(plain(path.stem))
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._take, path))
        if self.isEmpty():
            self.addAction(self._language(N_("No recent plans yet."))).setEnabled(False)

    def _take(self, path: Path, _checked: bool = False) -> None:
        self._open(path)
