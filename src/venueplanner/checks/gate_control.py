"""Gate control: an opening is only as good as its owner, its guard, its rating and what it does without power."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from venueplanner.domain.check import Check, Evidence, Finding, Question
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words, join_words
from venueplanner.engine.ratings import read_rating

from .standing import on_perimeter


def lacking(gate: Feature) -> list[Words]:
    """What a gate lacks to be relied on, each as a short text (row 5)."""
    found: list[str] = []
    if not gate.links("owner"):
        found.append(N_("nobody owns it"))
    if gate["state"] == "open":
        found.append(N_("it is open and nobody guards it"))
    elif gate["state"] == "guarded" and gate.number("guards") < 1:
        found.append(N_("it is to be guarded and has no guards"))
    if gate["use"] in ("vehicles", "emergency"):
        rating = str(gate["rating"] or "")
        if not rating:
            found.append(N_("it is for vehicles and has no rating"))
        elif read_rating(rating) is None:
            found.append(N_("its rating is not one that can be read"))
        elif not gate["as_tested"]:
            found.append(N_("it is not installed as tested"))
        if gate["fail_state"] is None:
            found.append(N_("what it does without power is not known"))
        elif gate["fail_state"] == "opens":
            found.append(N_("it opens when power fails"))
    return [Words(each) for each in found]


def find_lacking(site: Site, gate: Feature) -> Iterator[Finding]:
    """One finding for a gate on a perimeter that lacks something."""
    missing = lacking(gate)
    if not missing or gate.shape is None or not on_perimeter(site, gate.shape):
        return
    rule = site.rules["gate.lacking"]
    rest = join_words([Words(N_("{what};"), {"what": each}) for each in missing[:-1]] + [missing[-1]])
    yield Finding(
        check=CHECK.id,
        severity="major",
        text=Words(N_("Gate {name}: {rest}."), {"name": gate.name, "rest": rest}),
        measured=float(len(missing)),
        threshold=site.rules.number(rule.id),
        unit="",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(gate.id,),
        evidence=(Evidence("point", shapely.Point(gate.shape.centroid)),),
        subject=gate.id,
        why=(Words(N_("A gate closes only while somebody locks or guards it, and only as well as it was tested.")),),
    )


def ask(site: Site, gate: Feature) -> Iterator[Question]:
    """How wide the gate really is, and what it does without power."""
    if gate.shape is None or not on_perimeter(site, gate.shape):
        return
    at = shapely.Point(gate.shape.centroid)
    why = Words(N_("The plan says {width:g} m."), {"width": gate.number("width")})
    name = {"name": gate.name}
    yield Question("gates", Words(N_("Clear width of gate {name} when open"), name), at, why, "m", (gate.id,))
    if gate["use"] in ("vehicles", "emergency") and gate["fail_state"] is None:
        reason = Words(N_("A gate that opens by itself is no barrier."))
        yield Question(
            "gates", Words(N_("What does gate {name} do when power fails?"), name), at, reason, "", (gate.id,)
        )


CHECK = Check(
    id="gate-control",
    label=N_("Gate control"),
    help=N_("Gates without an owner, a guard, a rating or a known state without power."),
    subject="gate",
    watches=frozenset({"gate", "perimeter"}),
    reach=lambda site: site.rules.number("barrier.stand_tolerance") + 60.0,
    find=find_lacking,
    rules=("gate.lacking",),
    row="5",
    ask=ask,
)
