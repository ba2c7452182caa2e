"""All keys in one place: what the commands and kinds declare, what a user has made of them, and where two clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from venueplanner.app.language import Language
from venueplanner.domain.words import N_
from venueplanner.kinds import ALL

from .actions import COMMANDS

BETWEEN = " | "
DRAW = "draw."  # before a kind's id: the key that takes up its tool

# What the map and its tools listen to; not to be given to a command. (keys, what they do)
FIXED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("S",), N_("Snapping off and on")),
    (("T",), N_("Lines follow the streets, or run straight")),
    (("Space",), N_("Held: drag the map with any tool")),
    (("Left", "Right", "Up", "Down"), N_("Move the map")),
    (("PgUp", "PgDown"), N_("Closer and farther")),
    (("Return", "Enter"), N_("Finish the drawing")),
    (("Backspace",), N_("Take back the last vertex or figure")),
    (("Tab",), N_("While drawing: from the length to the angle and back")),
    (("Esc",), N_("Stop the drawing, the tool, the selection")),
)
MOUSE: tuple[tuple[str, str], ...] = (
    (N_("Wheel; with Ctrl finer"), N_("Zoom at the pointer")),
    (N_("Drag where nothing lies; middle button anywhere"), N_("Move the map")),
    (N_("Shift + drag"), N_("Zoom to a box")),
    (N_("Ctrl + drag with Select"), N_("Select what a box touches")),
    (N_("Ctrl + click with Select"), N_("Add to the selection, or take out")),
    (N_("Ctrl held while drawing"), N_("No snapping for now")),
    (N_("Shift + drag while drawing"), N_("Draw freehand")),
    (N_("Figures while drawing"), N_("Fix the length of the next leg")),
    (N_("Double click or right click while drawing"), N_("Finish the drawing")),
    (N_("Right click"), N_("What is here, something new here, continue a line")),
    (N_("Back and forward buttons"), N_("The view before and after")),
)


@dataclass(frozen=True)
class Entry:
    """One thing that a key can do: its id, label (to translate), and the keys it is declared with."""

    id: str
    label: str
    keys: tuple[str, ...] = ()


def entries() -> list[Entry]:
    """Every command, then the tool of every kind that is drawn."""
    commands = [Entry(each.id, each.label, each.keys) for each in COMMANDS]
    tools = [Entry(DRAW + kind.id, kind.label, (kind.key,) if kind.key else ()) for kind in ALL if kind.shapes]
    return commands + tools


def keys_of(entry: Entry, own: Mapping[str, str]) -> tuple[str, ...]:
    """The keys in force: a user's own (an empty text: none), else the declared ones."""
    if entry.id not in own:
        return entry.keys
    return tuple(filter(None, own[entry.id].split(BETWEEN)))


def own_of(wanted: Mapping[str, str]) -> dict[str, str]:
    """What has to be remembered of wanted keys: those that differ from the declared ones."""
    return {each.id: wanted[each.id] for each in entries() if wanted.get(each.id, "") != BETWEEN.join(each.keys)}


def clashes(own: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Keys that would do two things: (key, label, label), in the order of declaration."""
    holders: dict[str, str] = {}
    found: list[tuple[str, str, str]] = []
    claims: Iterable[tuple[str, tuple[str, ...]]] = [(text, keys) for keys, text in FIXED]
    for label, keys in [*claims, *((each.label, keys_of(each, own)) for each in entries())]:
        for key in keys:
            name = QKeySequence(key).toString()
            if name in holders:
                found.append((key, holders[name], label))
            else:
                holders[name] = label
    return found


def said(keys: Iterable[str]) -> str:
    """Keys as the machine writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(key).toString(native) for key in keys)


def page(language: Language, own: Mapping[str, str]) -> str:
    """The tables of the help page: commands, tools, keys of the map, mouse; as they are in force now."""
    in_force = [(each, keys_of(each, own)) for each in entries()]
    commands = [(said(keys), language(each.label)) for each, keys in in_force if keys and not each.id.startswith(DRAW)]
    tools = [(said(keys), language(each.label)) for each, keys in in_force if keys and each.id.startswith(DRAW)]
    parts = (
        (N_("Commands"), commands),
        (N_("Tools, while the map has the keyboard"), tools),
        (N_("On the map"), [(said(keys), language(text)) for keys, text in FIXED]),
        (N_("Mouse"), [(language(gesture), language(text)) for gesture, text in MOUSE]),
    )
    lines: list[str] = []
    for title, rows in parts:
        lines += [
            f"## {language(title)}",
            "",
            f"| {language(N_('Key'))} | {language(N_('What it does'))} |",
            "|---|---|",
        ]
        lines += [f"| {one} | {other.rstrip('…')} |" for one, other in rows]
        lines.append("")
    return "\n".join(lines)
