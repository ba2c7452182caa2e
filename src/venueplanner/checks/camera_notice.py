"""Camera notice: entrances reached before a notice of the cameras, and recordings nobody has set a time for."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding, Fix
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import BY_ID


def find_missing(site: Site, camera: Feature) -> Iterator[Finding]:
    """Entrances to what the camera watches without a notice within rule `notice.reach`; retention not recorded."""
    if camera.shape is None:
        return
    yield from _unsigned(site, camera)
    yield from _retention(site, camera)


def _unsigned(site: Site, camera: Feature) -> Iterator[Finding]:
    reach = site.rules.number("notice.reach")
    notices = [each for each in site.of("sign") if each["purpose"] == "camera" and each.shape is not None]
    places = list(_entrances(site, camera))
    signed = {each.id: [sign for sign in notices if _near(sign, each, reach)] for each in places}
    missing = [each for each in places if not signed[each.id]]
    if missing:
        yield _finding(site, camera, missing)
    for sign in {sign.id: sign for several in signed.values() for sign in several}.values():
        if any(not str(sign[each] or "").strip() for each in _texts(site)):
            yield _half_a_notice(site, camera, sign)


def _texts(site: Site) -> list[str]:
    """The fields of a sign that must hold a text, by the languages of rule `notice.languages`."""
    fields = (f"text_{code}" for code in site.rules.text("notice.languages").split())
    return [each for each in fields if BY_ID["sign"].field(each) is not None]


def _near(one: Feature, other: Feature, reach: float) -> bool:
    return one.shape is not None and other.shape is not None and bool(one.shape.dwithin(other.shape, reach))


def _entrances(site: Site, camera: Feature) -> Iterator[Feature]:
    """The gates for people of every perimeter the camera looks into; without such a gate the camera's own place."""
    outline = BY_ID["camera"].outline
    field = shapely.union_all([camera.shape, *(outline(camera, site.plan, site.rules) if outline else [])])
    far = site.rules.number("camera.study_range")
    inside = [each for each in site.of("perimeter") if each.shape is not None and each.shape.intersects(field)]
    found = False
    for gate in site.of("gate"):
        if gate.shape is None or gate["use"] != "people" or not gate.shape.dwithin(camera.shape, far):
            continue
        if any(each.shape is not None and each.shape.boundary.dwithin(gate.shape, 1.0) for each in inside):
            found = True
            yield gate
    if not found:
        yield camera


def _finding(site: Site, camera: Feature, missing: list[Feature]) -> Finding:
    rule = site.rules["notice.reach"]
    gates = [each for each in missing if each.kind == "gate"]
    values: dict[str, object] = {
        "name": camera.name,
        "gates": ", ".join(sorted(each.name for each in gates)),
        "reach": site.rules.number("notice.reach"),
    }
    text = N_("No notice of camera {name} stands at {gates}: people enter its field without being told.")
    if not gates:
        text = N_("No notice stands within {reach:.0f} m of camera {name}, and no gate leads into its field.")
    away = [_to_nearest_notice(site, each) for each in missing]
    return Finding(
        check=CHECK.id,
        severity="minor",
        text=Words(text, values),
        measured=min(away) if all(each < 1e9 for each in away) else None,
        threshold=site.rules.number("notice.reach"),
        unit="m",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(camera.id, *(each.id for each in gates)),
        evidence=tuple(Evidence("point", _point_of(each), Words(N_("notice missing"))) for each in missing),
        subject=camera.id,
        why=(Words(N_("Counted as entrances: gates for people on the perimeters the camera looks into.")),),
        fixes=tuple(_fix(each) for each in missing[:3]),
    )


def _point_of(feature: Feature) -> BaseGeometry:
    return shapely.Point() if feature.shape is None else feature.shape.representative_point()


def _to_nearest_notice(site: Site, place: Feature) -> float:
    """Metres to the nearest notice that matters to this finding; 1e9 where there is none near enough to be told of."""
    near = 4.0 * site.rules.number("notice.reach")
    signs = (each for each in site.of("sign") if each["purpose"] == "camera" and each.shape is not None)
    away = [each.shape.distance(place.shape) for each in signs if each.shape is not None and place.shape is not None]
    return min((each for each in away if each <= near), default=1e9)


def _fix(place: Feature) -> Fix:
    at = _point_of(place)
    label = Words(N_("Put a notice at {name}"), {"name": place.name})
    return Fix(label, "add", {"kind": "sign", "shape": at, "values": {"purpose": "camera"}})


def _half_a_notice(site: Site, camera: Feature, sign: Feature) -> Finding:
    rule = site.rules["notice.languages"]
    values = {"sign": sign.name, "name": camera.name}
    return Finding(
        check=CHECK.id,
        severity="info",
        text=Words(N_("Notice {sign} for camera {name} lacks its text in one of the languages of the law."), values),
        measured=None,
        threshold=None,
        unit="",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(sign.id, camera.id),
        evidence=(Evidence("point", _point_of(sign), Words(N_("text missing"))),),
        subject=camera.id,
        why=(Words(N_("Write the text in each language into the sign.")),),
    )


def _retention(site: Site, camera: Feature) -> Iterator[Finding]:
    rules = site.rules
    limit, law = rules.number("notice.retention_days"), rules.number("notice.retention_law")
    kept = camera["retention"]
    values: dict[str, object] = {"name": camera.name, "days": camera.number("retention"), "limit": limit, "law": law}
    rule, severity, threshold = rules["notice.retention_days"], "info", limit
    if kept is None:
        text, severity = N_("How long recordings of camera {name} are kept is not written down."), "minor"
    elif 0 < camera.number("retention") < law:
        text = N_("Recordings of camera {name} are kept {days:.0f} days; the law asks for {law:.0f}. Verify the law.")
        rule, threshold = rules["notice.retention_law"], law
    elif camera.number("retention") > limit and not law:
        text = N_("Recordings of camera {name} are kept {days:.0f} days: more than {limit:.0f} need a reason.")
    else:
        return
    yield Finding(
        check=CHECK.id,
        severity=severity,
        text=Words(text, values),
        measured=None if kept is None else camera.number("retention"),
        threshold=threshold,
        unit="days",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(camera.id,),
        evidence=(Evidence("zone", _point_of(camera).buffer(1.0), Words(N_("retention"))),),
        subject=camera.id,
        why=(Words(N_("Write the days and the legal basis into the camera; 0 means nothing is recorded.")),),
    )


def _reach(site: Site) -> float:
    return site.rules.number("camera.study_range") + 4.0 * site.rules.number("notice.reach")


CHECK = Check(
    id="camera-notice",
    label=N_("Camera notice"),
    help=N_("Entrances reached before a notice of the cameras, and recordings nobody has set a time for."),
    subject="camera",
    watches=frozenset({"camera", "sign", "gate", "perimeter"}),
    reach=_reach,
    find=find_missing,
    rules=("notice.reach", "notice.retention_days", "notice.retention_law", "notice.languages", "camera.study_range"),
    row="42",
)
