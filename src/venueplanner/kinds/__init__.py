"""What a planner keeps: one file a kind, each a declaration of fields, symbol, tool and meaning in the engine.

May import: domain and engine. Kinds do not know each other. The tables of the plan file, forms, tools, legends,
command line and help tables follow from what is declared here.
To add one: a file with `KIND = Kind(...)`, a line in ALL below (the order is the order of the legend and of drawing,
first on top), a help page `resources/help/<language>/kinds/<id>.md`, and its row in the schema lock of the plan file.
"""

from __future__ import annotations

from collections.abc import Mapping

from venueplanner.domain.errors import UnknownName
from venueplanner.domain.kind import Kind
from venueplanner.domain.words import N_, Words

from . import (
    assembly_point,
    barrier,
    camera,
    closure,
    cordon,
    crowd_area,
    diversion,
    emergency_route,
    exit,
    gate,
    hazard,
    note,
    perimeter,
    phase,
    post,
    restriction,
    risk,
    shift,
    sign,
    stakeholder,
    standoff,
    task,
    threat_judgement,
)

ALL: tuple[Kind, ...] = (
    perimeter.KIND,
    cordon.KIND,
    barrier.KIND,
    gate.KIND,
    closure.KIND,
    diversion.KIND,
    standoff.KIND,
    crowd_area.KIND,
    post.KIND,
    camera.KIND,
    sign.KIND,
    emergency_route.KIND,
    exit.KIND,
    assembly_point.KIND,
    hazard.KIND,
    note.KIND,
    stakeholder.KIND,
    phase.KIND,
    task.KIND,
    shift.KIND,
    risk.KIND,
    threat_judgement.KIND,
    restriction.KIND,
)

BY_ID: Mapping[str, Kind] = {kind.id: kind for kind in ALL}


def kind_of(kind_id: str) -> Kind:
    """The kind of that id. Raises `UnknownName` with the list of kinds."""
    try:
        return BY_ID[kind_id]
    except KeyError:
        sentence = Words(N_("There is no kind “{kind}”."), {"kind": kind_id})
        raise UnknownName(sentence, Words(N_("The kinds are: {kinds}."), {"kinds": ", ".join(BY_ID)})) from None
