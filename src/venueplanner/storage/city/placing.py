"""Where each layer lies: its system, who decided it, and the one pinned operation for all layers of that system."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from venueplanner.domain.errors import BadValue
from venueplanner.domain.words import N_, Words
from venueplanner.storage.coordinates import (
    Operation,
    PlanCoordinates,
    UnknownShift,
    metric_crs_at,
    pinned_operation,
    read_crs,
    suggest_plan_crs,
)

from .raw import RawLayer
from .reference import BY_USER, Box, Reference, candidates, crs_of_wkt, guess, lands_well, named, reference_of
from .report import Override, Question

BY_NOTHING = N_("nothing to decide: the layer is empty")
NO_SYSTEM = N_("{file} does not say its coordinate system.")
NO_SHIFT = N_("{file} says its system is “{name}”, but not how that relates to WGS 84; it could be 100 m off.")
ELSEWHERE = N_(
    "{file} says its system is “{name}”, but its coordinates do not fit there (they lie around {x:.0f} {y:.0f})."
)


@dataclass
class Placed:
    """A layer with its system and operation; `lonlat`: its box in degrees (None for a layer without shapes)."""

    raw: RawLayer
    says: Override
    reference: Reference
    operation: Operation
    lonlat: Box | None = None


def place_all(
    raws: list[tuple[RawLayer, Override]], crs: str, around: Box | None
) -> tuple[list[Placed], list[Question]]:
    """Place the layers that state their system, then the others beside them; questions for what stays unclear.

    `crs`: the planner's answer for files that do not say theirs.
    """
    known: list[Placed] = []
    unsaid: list[tuple[RawLayer, Override]] = []
    questions: list[Question] = []
    for raw, says in raws:
        box = box_of(raw)
        reference, question = _stated(raw, says, box)
        if question is not None and not crs:
            questions.append(question)
        elif reference is None:
            unsaid.append((raw, says))
        else:
            known.append(Placed(raw, says, reference, Operation("noop", "", None)))
    doubtful = _pin(known)
    for each in doubtful:
        known.remove(each)
        if crs:
            unsaid.append((each.raw, each.says))
        else:
            questions.append(_elsewhere(each))
    late = []
    for raw, says in unsaid:
        box = box_of(raw)
        found = _answer(crs) if crs else _guessed(box, known, around)
        if found is None:
            text = Words(NO_SYSTEM, {"file": raw.path.name})
            questions.append(Question(raw.path.name, text, tuple(candidates(box)) if box else ()))
        else:
            late.append(Placed(raw, says, found, Operation("noop", "", None)))
    for each in _pin(late, known):
        late.remove(each)
        questions.append(_elsewhere(each))
    return known + late, questions


def plan_system(placed: list[Placed]) -> PlanCoordinates:
    """The plan's own system: the metric one most of the city's data is in, if true to length there, else UTM."""
    lonlat = _middle([each.lonlat for each in placed if each.lonlat is not None])
    weight: dict[str, int] = {}
    for each in placed:
        weight[each.reference.text] = weight.get(each.reference.text, 0) + len(each.raw)
    systems = sorted(weight, key=lambda text: -weight[text])
    if lonlat is None:
        metric = [text for text in systems if read_crs(text).is_projected]
        return suggest_plan_crs(metric, 74.6, 42.87) if metric else PlanCoordinates(metric_crs_at(74.6, 42.87))
    return suggest_plan_crs(systems, *lonlat)


def box_of(raw: RawLayer) -> Box | None:
    """Where nearly all of a layer lies, in its own numbers; None without shapes.

    A few damaged rows far away must not decide about the others: the outermost 2 % on each side do not count.
    """
    if not len(raw):
        return None
    boxes = shapely.bounds(raw.shapes)
    if len(raw) >= 20:
        low, high = np.percentile(boxes[:, :2], 2, axis=0), np.percentile(boxes[:, 2:], 98, axis=0)
    else:
        low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _stated(raw: RawLayer, says: Override, box: Box | None) -> tuple[Reference | None, Question | None]:
    """What the planner or the file says; neither where it says nothing; a question where it cannot be used."""
    if says.crs:
        return _answer(says.crs), None
    crs = crs_of_wkt(raw.crs_text) if raw.crs_text else None
    if crs is None:
        return None, None
    if box is None:
        return named(crs, raw.crs_by), None
    reference = reference_of(raw.crs_text, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, raw.crs_by)
    if reference is not None:
        return reference, None
    text = Words(NO_SHIFT, {"file": raw.path.name, "name": crs.name})
    return None, Question(raw.path.name, text, tuple(candidates(box)))


def _answer(text: str) -> Reference:
    crs = read_crs(text)
    found = named(crs, BY_USER)
    return Reference(text.strip() if ":" in text[:12] else found.text, found.label, BY_USER)


def _guessed(box: Box | None, known: list[Placed], around: Box | None) -> Reference | None:
    if box is None:  # nothing to place
        return known[0].reference if known else Reference("EPSG:4326", "WGS 84 (EPSG:4326)", BY_NOTHING)
    neighbours = [(each.reference, each.lonlat) for each in known if each.lonlat is not None]
    if around is not None:
        neighbours.append((Reference("EPSG:4326", "", ""), around))
    return guess(box, neighbours)


def _pin(layers: list[Placed], before: list[Placed] | None = None) -> list[Placed]:
    """Give every system one operation, pinned at the middle of all its layers; returns layers that land wrongly."""
    for each in layers:
        if each.reference.swapped:
            each.raw.shapes = shapely.transform(each.raw.shapes, lambda xy: xy[:, ::-1])
    systems: dict[tuple[str, str], list[Placed]] = {}
    for each in [*(before or []), *layers]:
        systems.setdefault((each.reference.text, each.says.operation), []).append(each)
    for (text, prefer), members in systems.items():
        fixed = next((each.operation for each in members if before is not None and each in before), None)
        operation = fixed or _operation(text, prefer, _middle([box_of(each.raw) for each in members]))
        for each in members:
            each.operation = operation
    wrong = []
    for each in layers:
        box = box_of(each.raw)
        if box is None:
            continue
        if not lands_well(each.reference, each.operation, box):
            wrong.append(each)
            continue
        each.lonlat = lonlat_box(each.operation, box)
    return wrong


def _operation(text: str, prefer: str, centre: tuple[float, float] | None) -> Operation:
    try:
        return pinned_operation(text, centre, prefer)
    except UnknownShift as error:
        raise BadValue(error.text, error.hint) from error


def _middle(boxes: list[Box | None]) -> tuple[float, float] | None:
    """The median of the boxes' centres: one stray layer does not move it."""
    centres = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in boxes if box is not None]
    if not centres:
        return None
    ordered = sorted(centres)
    return ordered[len(ordered) // 2]


def lonlat_box(operation: Operation, box: Box) -> Box:
    """The box in degrees around a box in a system's own numbers (corners and middles of the sides)."""
    xs, ys = np.linspace(box[0], box[2], 3), np.linspace(box[1], box[3], 3)
    lon, lat = operation.to_lonlat(*(each.ravel() for each in np.meshgrid(xs, ys)))
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _elsewhere(each: Placed) -> Question:
    box = box_of(each.raw) or (0.0, 0.0, 0.0, 0.0)
    values = {"file": each.raw.path.name, "name": each.reference.label, "x": box[0], "y": box[1]}
    return Question(each.raw.path.name, Words(ELSEWHERE, values), tuple(candidates(box)))
