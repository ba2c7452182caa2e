"""Camera: what it resolves follows from its picture, its lens and its place; its field is drawn as a wedge.

The densities of the tasks (EN 62676-4:2014) are rules `dori.<task>`, not numbers of this file.
"""

from venueplanner.domain.fields import Choice, Links, Number, Text, Whole
from venueplanner.domain.kind import VIEW_TASKS, Kind, Style
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.rules import Rules
from venueplanner.domain.words import N_
from venueplanner.engine.optics import Lens, field_angle
from venueplanner.engine.outlines import wedge


def knows_its_field(feature: Feature) -> bool:
    """Whether the camera's own data say how wide it looks; else the rule `camera.hfov` stands in."""
    return feature.number("hfov") > 0 or (feature.number("sensor_width") > 0 and feature.number("focal") > 0)


def lens_of(feature: Feature, rules: Rules) -> Lens:
    """The camera's optics; the field of view of the data sheet goes before sensor and focal length."""
    hfov = feature.number("hfov")
    sensor, focal = feature.number("sensor_width"), feature.number("focal")
    if hfov <= 0:
        hfov = field_angle(sensor, focal) if sensor > 0 and focal > 0 else rules.number("camera.hfov")
    vfov = feature.number("vfov")
    return Lens(
        pixels=feature.number("pixels") or rules.number("camera.pixels"),
        hfov=hfov,
        azimuth=feature.number("azimuth"),
        mast=feature.number("mast", rules.number("camera.mast")),
        tilt=feature.number("tilt"),
        vfov=vfov if vfov > 0 else None,
    )


def density_of(task: object, rules: Rules) -> float:
    """Pixels per metre that a task needs."""
    return rules.number(f"dori.{task or 'detect'}")


def _outline(feature: Feature, plan: Plan, rules: Rules) -> list[object]:
    if feature.shape is None:
        return []
    lens = lens_of(feature, rules)
    reach = lens.ground_range(density_of(feature["task"], rules), rules.number("sight.target"))
    reach = min(reach * rules.number("camera.share"), rules.number("camera.study_range"))
    return [wedge(feature.shape, reach, lens.azimuth, lens.hfov)] if reach > 0 else []


KIND = Kind(
    id="camera",
    label=N_("Camera"),
    plural=N_("Cameras"),
    help=N_("A video camera with its field of view; the wedge is its range without obstacles."),
    tag="V",
    icon="camera",
    key="V",
    shapes=("point",),
    style=Style(
        stroke="#00695C",
        width=1.4,
        fill="#00695C",
        fill_opacity=0.12,
        symbol="camera",
        edge="#FFFFFF",
        dark_stroke="#4DB6AC",
    ),
    audience="command",
    roles=frozenset({"observer"}),
    outline=_outline,
    fields=(
        Text(id="product", label=N_("Product")),
        Choice(
            id="task",
            label=N_("Task"),
            default="detect",
            options=VIEW_TASKS,
            help=N_("What its picture must be good for, after EN 62676-4:2014."),
        ),
        Whole(id="pixels", label=N_("Pixels across"), unit="px", default=1920, low=100, high=20_000),
        Number(
            id="hfov",
            label=N_("Field of view across"),
            unit="deg",
            default=None,
            low=1,
            high=360,
            decimals=1,
            help=N_("From the data sheet; where it is empty, sensor width and focal length count."),
        ),
        Number(id="sensor_width", label=N_("Sensor width"), unit="mm", default=None, low=0.5, high=60),
        Number(id="focal", label=N_("Focal length"), unit="mm", default=None, low=0.5, high=2000),
        Number(id="azimuth", label=N_("Looks to"), unit="deg", default=0.0, low=0, high=360, decimals=1),
        Number(id="mast", label=N_("Height of the camera"), unit="m", default=4.0, low=0, high=200),
        Number(id="tilt", label=N_("Tilt below level"), unit="deg", default=15.0, low=-45, high=90, decimals=1),
        Number(
            id="vfov",
            label=N_("Field of view up and down"),
            unit="deg",
            default=None,
            low=1,
            high=180,
            decimals=1,
            help=N_("Without it the near blind zone cannot be worked out."),
        ),
        Text(id="operator", label=N_("Operator"), help=N_("Who watches and answers for the recordings.")),
        Text(id="purpose", label=N_("Purpose"), long=True),
        Whole(
            id="retention",
            label=N_("Recordings kept"),
            unit="days",
            default=None,
            low=0,
            high=3650,
            help=N_("0 means nothing is recorded."),
        ),
        Links(
            id="approved_zone",
            label=N_("May identify in"),
            kinds=("perimeter", "crowd_area", "gate", "note"),
            help=N_("Where it is approved that people can be identified; nothing chosen means nowhere."),
        ),
    ),
)
