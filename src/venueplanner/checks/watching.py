"""Who sees what: the city's obstacles to sight, the fields of cameras and posts, and what was assumed about them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.memo import Same
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Layer, Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.sightlines import Lens, Look, Obstacles, field_of, look, obstacles_of
from venueplanner.kinds.camera import knows_its_field, lens_of

NO_BUILDINGS = N_("no building layer is loaded, so what hides the view is not known")
BUILDINGS: tuple[tuple[tuple[str, ...], Words], ...] = ((("buildings",), Words(NO_BUILDINGS)),)
# Rows of a wall layer that nobody sees through; fences, railings and retaining walls hide nothing.
OPAQUE_WALLS = frozenset({"wall", "hedge", "city_wall", "noise_barrier"})


@dataclass(frozen=True, eq=False)
class View:
    """What one observer of the plan sees: its looks past the city and past the plan's own screens, and its stand."""

    feature: Feature
    past: tuple[Look, ...]
    lens: Lens | None = None
    sight: float = 0.0

    @cached_property
    def place(self) -> Point:
        """Where the eye stands."""
        return Point(self.past[0].stand.x, self.past[0].stand.y)

    @property
    def moved(self) -> float:
        """How far the eye was brought out to a façade (m)."""
        return self.past[0].stand.moved

    @property
    def shut_in(self) -> bool:
        """Whether it stands deep inside a building."""
        return self.past[0].stand.shut_in

    @cached_property
    def all_round(self) -> BaseGeometry:
        """The ground a post sees within its range."""
        return _both([each.area(self.sight) for each in self.past])

    def fields(self, densities: Sequence[float], target: float, share: float = 1.0) -> list[BaseGeometry]:
        """The ground a camera sees at each pixel density (px/m) or better."""
        if self.lens is None:
            return []
        several = [field_of(each, self.lens, densities, target, share) for each in self.past]
        return [_both(list(each)) for each in zip(*several, strict=True)]


def _both(areas: list[BaseGeometry]) -> BaseGeometry:
    both: BaseGeometry = shapely.intersection_all(areas)
    return both


def city_obstacles(site: Site) -> Obstacles:
    """The buildings and opaque walls of the city with their heights, built once and kept with the first layer."""
    layers = [each for each in site.layers_of("buildings", "walls") if len(each)]
    storey = site.rules.number("sight.storey")
    if not layers:
        return obstacles_of([])

    def build(_: Layer) -> Obstacles:
        shapes, tops = zip(*(_standing_in(each, storey) for each in layers), strict=True)
        return obstacles_of(np.concatenate(shapes), np.concatenate(tops))

    return layers[0].once(f"sight {storey} {[each.id for each in layers[1:]]}", build)


def _standing_in(layer: Layer, storey: float) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.float64]]:
    tops = np.array([_number(each) for each in layer.column("height", "")], dtype=np.float64)
    levels = np.array([_number(each) for each in layer.column("levels", "")], dtype=np.float64)
    tops = np.where(np.isnan(tops), levels * storey, tops)
    kept = np.ones(len(layer), dtype=bool)
    if layer.role == "walls":
        kept = np.array([str(each).lower() in OPAQUE_WALLS for each in layer.column("kind", "")], dtype=bool)
    return layer.shapes[kept], np.where(tops[kept] > 0, tops[kept], np.inf)


def _number(raw: object) -> float:
    try:
        return float(str(raw).replace(",", "."))
    except ValueError:
        return math.nan


def screens(site: Site) -> Obstacles:
    """The plan's own cordons that nobody sees through."""
    return screens_of(site, opaque_cordons(site))


def opaque_cordons(site: Site) -> list[Feature]:
    """The cordons that nobody sees through."""
    return [each for each in site.of("cordon") if each.shape is not None and each["see_through"] is False]


def screens_of(site: Site, cordons: Sequence[Feature]) -> Obstacles:
    """Cordons as obstacles to sight."""
    heights = [each.number("height", math.inf) for each in cordons]
    key = ("screens", *map(Same, cordons))
    return site.memo.kept(key, lambda: obstacles_of([each.shape for each in cordons], heights))


def camera_view(site: Site, camera: Feature, obstacles: Sequence[Obstacles]) -> View | None:
    """What a camera sees, or None where it has no place."""
    if camera.shape is None:
        return None
    lens = lens_of(camera, site.rules)
    reach = site.rules.number("camera.study_range")
    shape, numbers = camera.shape, _numbers(site)
    key = ("camera", Same(camera), lens, reach, numbers, *map(Same, obstacles))
    return site.memo.kept(key, lambda: View(camera, _looks(site, shape, obstacles, reach, lens.mast), lens))


def post_view(site: Site, post: Feature, obstacles: Sequence[Obstacles]) -> View | None:
    """What a post sees, or None where it has no place or does not watch (range 0)."""
    sight = post.number("range", site.rules.number("post.sight_range"))
    if post.shape is None or sight <= 0.0:
        return None
    eye = site.rules.number("sight.eye")
    past = _looks(site, post.shape, obstacles, sight, eye)
    return site.memo.kept(("post", Same(post), sight, *map(Same, past)), lambda: View(post, past, None, sight))


def _numbers(site: Site) -> tuple[float, float]:
    return site.rules.number("sight.mount"), site.rules.number("sight.target")


def _looks(
    site: Site, shape: BaseGeometry, obstacles: Sequence[Obstacles], reach: float, height: float
) -> tuple[Look, ...]:
    mount, target = _numbers(site)
    target = min(target, height)
    city, *own = obstacles

    def past_city() -> Look:
        at = shape.representative_point()
        return look(city, at.x, at.y, reach, height=height, target=target, mount=mount)

    # Shapes are kept by identity: those of a feature that was not edited are the same from plan to plan.
    sight = (reach, height, target)
    first = site.memo.kept(("look", Same(city), Same(shape), mount, *sight), past_city)

    def past_own(each: Obstacles) -> Look | None:
        stand = first.stand
        if not len(each.near(stand.x, stand.y, reach)):
            return None
        return look(each, stand.x, stand.y, reach, height=height, target=target)

    rest = [site.memo.kept(("own", Same(each), Same(first), *sight), lambda each=each: past_own(each)) for each in own]  # type: ignore[misc]
    return (first, *(each for each in rest if each is not None))


def assumptions(site: Site, views: Sequence[View]) -> Iterator[Words]:
    """What had to be assumed about these observers and about what stands in their way."""
    for view in views:
        values: dict[str, object] = {"name": view.feature.name, "moved": view.moved}
        if view.shut_in:
            yield Words(
                N_("{name} stands inside a building and was taken to see nothing: move it to the façade."), values
            )
        elif view.moved > 0.05:
            yield Words(N_("{name} was taken to stand on the façade, {moved:.1f} m from where it is drawn."), values)
        if view.lens is not None and not knows_its_field(view.feature):
            values["angle"] = view.lens.hfov
            yield Words(N_("The field of view of {name} is not known: {angle:.0f} degrees were taken."), values)
        if view.lens is not None and view.lens.vfov is None:
            yield Words(
                N_("The near blind zone of {name} is not known: its field of view up and down is missing."), values
            )
    city = city_obstacles(site)
    if not site.layers_of("buildings"):
        yield Words(N_("No building layer is loaded: buildings were not counted as hiding anything."))
    elif np.isinf(city.tops).any():
        values = {"count": int(np.isinf(city.tops).sum()), "all": len(city)}
        yield Words(N_("Height unknown for {count} of {all} buildings and walls: nobody sees over them."), values)
    yield Words(N_("The ground was taken as level: no elevation model was used."))
