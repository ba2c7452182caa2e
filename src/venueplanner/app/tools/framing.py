"""Laying out the sheets of a pack: each frame is dragged where its sheet shall be; Delete leaves a sheet out."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import shapely

from venueplanner.domain.pack import Frame, frames_text
from venueplanner.domain.words import N_, Words
from venueplanner.edits import facts

from .events import Done, Draft, Place, Pointer, Tool


def frame_at(frames: Sequence[Frame], place: Place) -> Frame | None:
    """The frame at a place; where several lie over each other, the one whose middle is nearest."""
    x, y = place
    over = [each for each in frames if each.bounds[0] <= x <= each.bounds[2] and each.bounds[1] <= y <= each.bounds[3]]
    return min(over, key=lambda each: math.dist(each.middle, place)) if over else None


def lay_out(frames_now: Callable[[], Sequence[Frame]]) -> Tool:
    """One gesture on the frames: a drag moves a sheet, Delete leaves out the sheet under the pointer."""
    event = yield Draft()
    while True:
        frames = frames_now()
        frame = frame_at(frames, event.raw)
        if frame is not None and event.what == "press" and event.button == "left":
            return (yield from _drag(frames, frame, event))
        if frame is not None and event.what == "key" and event.key == "Delete" and len(frames) > 1:
            return _kept(N_("Leave out a sheet"), [each for each in frames if each is not frame])
        event = yield Draft()


def _drag(frames: Sequence[Frame], frame: Frame, start: Pointer) -> Tool:
    moved, event = frame, start
    while True:
        event = yield Draft(shapes={frame.label: shapely.box(*moved.bounds)})
        if event.what == "cancel":
            return None
        if event.what in ("move", "release") and math.dist(event.raw, start.raw) > event.near / 3:
            moved = frame.shifted(event.raw[0] - start.raw[0], event.raw[1] - start.raw[1])
        if event.what == "release":
            if moved is frame:
                return None
            return _kept(N_("Move a sheet"), [moved if each is frame else each for each in frames])


def _kept(label: str, frames: Sequence[Frame]) -> Done:
    return Done(Words(label), facts.put, {"values": {"pack.frame": frames_text(frames)}})
