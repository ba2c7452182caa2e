"""What is here: a page with position, street, the plan's features and the city's things at a place of the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from venueplanner.app import identifying
from venueplanner.app.identifying import Here
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import BY_ID

from . import dialogs
from .canvas.hand import HAND_PIXELS
from .measures import size_of

if TYPE_CHECKING:
    from .desk import Desk
    from .main_window import MainWindow

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|~"})


def plain(text: str) -> str:
    """Data in a Markdown page: shown as it is, on one line."""
    return " ".join(text.translate(_MARKS).split())


def page_of(here: Here, desk: Desk) -> str:
    """The page as Markdown; what somebody else wrote in the city's data stays plain text."""
    say = desk.language
    lines = [f"- {say(label)}: **{plain(text)}**" for label, text in here.positions]
    if here.street:
        words = Words(N_("Nearest street: {name}, {metres:.0f} m"), {"name": here.street, "metres": here.street_away})
        lines.append(f"- {plain(desk.language.say(words))}")
    lines += ["", f"## {say(N_('In the plan'))}", ""]
    for feature in here.features:
        size = size_of(feature, desk.language)
        lines.append(f"- **{plain(say(BY_ID[feature.kind].label))}** {plain(feature.name)} {plain(size)}".rstrip())
    if not here.features:
        lines.append(say(N_("Nothing of the plan lies here.")))
    lines += ["", f"## {say(N_('In the city data'))}", ""]
    for thing in here.things:
        name = thing.values.get("name", "")
        lines.append(f"- **{plain(say(thing.what))}** {plain(name)} ({plain(thing.layer)})")
        lines += [f"    - {plain(key)}: {plain(value)}" for key, value in thing.values.items() if key != "name"]
    if not here.things:
        lines.append(say(N_("Nothing of the city's data lies here.")))
    return "\n".join(lines)


def show_here(window: MainWindow, x: float, y: float) -> QDialog:
    """Say what lies at a place, within a hand's width."""
    canvas, desk = window.canvas, window.desk
    near = HAND_PIXELS * canvas.window_now.metres_per_pixel
    found = identifying.here(desk.session, x, y, near, canvas.hidden)
    return dialogs.show_text(desk.say(N_("What is here")), page_of(found, desk), desk.language, window)
