"""From a city's street lines to one network: noded, measured, with its turns and bends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from .bends import simplified
from .network import BuildReport, Flags, Floats, Ints, StreetNetwork
from .noding import SAME_PLACE, Joints, joints


def build_network(
    lines: Sequence[Any] | NDArray[Any],
    *,
    default_width: float,
    default_free_speed: float,
    oneway: ArrayLike | None = None,
    width: ArrayLike | None = None,
    maxspeed_kmh: ArrayLike | None = None,
    level: ArrayLike | None = None,
    name: ArrayLike | None = None,
    snap: float = 0.5,
    dangle: float = 5.0,
    bend_tolerance: float = 0.5,
    heading_span: float = 10.0,
) -> StreetNetwork:
    """Build the street network of a layer of lines; closures and barriers come later, as masks, and never rebuild it.

    lines: LineStrings or MultiLineStrings in metres. Per line: oneway 1 as drawn, -1 against, 0 both; width in metres
    and maxspeed in km/h (nan unknown); level 0 ground, bridges above, tunnels below; name an index (-1 none).
    default_width in m and default_free_speed in m/s stand in for what the data does not say.
    snap: ends that miss a line by no more are joined and reported; up to `dangle` they are reported only.
    bend_tolerance: wiggles smaller than this are survey noise, no bends. heading_span: metres over which the direction
    of a street at a junction is measured. Raises ValueError when an attribute has another length than `lines`.

    >>> from shapely.geometry import LineString
    >>> net = build_network([LineString([(0, 0), (100, 0)]), LineString([(50, -50), (50, 50)])],
    ...                     default_width=7.0, default_free_speed=14.0)
    >>> net.links, net.report.crossings
    (4, 1)
    """
    shapes = np.asarray(lines, dtype=object)
    count = len(shapes)
    given_width = _values(width, count, np.nan, "width")
    speed = _values(maxspeed_kmh, count, np.nan, "maxspeed_kmh") / 3.6
    levels = _values(level, count, 0, "level").astype(np.int64)
    ways = _values(oneway, count, 0, "oneway").astype(np.int8)
    names = _values(name, count, -1, "name").astype(np.int64)
    xy, part, line, set_aside = _vertices(shapes)
    unknown = ~(given_width > 0)
    if not len(xy):
        found = Joints(np.zeros((0, 2)), np.zeros(0), np.zeros(0, dtype=np.int64))
    else:
        found = joints(xy, part, levels[line], snap, dangle)
    first_of_part = np.concatenate([[0], np.flatnonzero(part[1:] != part[:-1]) + 1]) if len(xy) else np.zeros(0, int)
    line_of_part = line[first_of_part]
    link = _links(found)
    source = line_of_part[link["part"]] if len(link["part"]) else np.zeros(0, dtype=np.int64)
    keep = simplified(link["xy"], link["ptr"], bend_tolerance)
    kept = np.concatenate([[0], np.cumsum(keep)])
    out_angle, in_angle = _headings(link["xy"], link["along"], link["ptr"], heading_span)
    turn_ptr, turn_to, turn_cos, in_ptr, in_edge = _turns(
        link["from"], link["to"], len(link["nodes"]), out_angle, in_angle
    )
    part_line = {p: int(n) for p, n in enumerate(line_of_part)}
    report = BuildReport(
        snapped=tuple(_renamed(found.snapped, part_line)),
        dangles=tuple(_renamed(found.dangles, part_line)),
        crossings=found.crossings,
        set_aside=set_aside,
        default_width=tuple(int(n) for n in np.flatnonzero(unknown) if int(n) not in set(set_aside)),
    )
    return StreetNetwork(
        node_xy=link["nodes"],
        link_from=link["from"],
        link_to=link["to"],
        length=link["length"],
        width=np.where(unknown, default_width, given_width)[source],
        free_speed=np.where(speed > 0, speed, default_free_speed)[source],
        level=levels[source],
        oneway=ways[source],
        line=source,
        line_start=link["start"],
        name=names[source],
        xy=link["xy"],
        xy_along=link["along"],
        xy_ptr=link["ptr"],
        bend_xy=link["xy"][keep],
        bend_along=link["along"][keep],
        bend_ptr=kept[link["ptr"]],
        turn_ptr=turn_ptr,
        turn_to=turn_to,
        turn_cos=turn_cos,
        in_ptr=in_ptr,
        in_edge=in_edge,
        report=report,
    )


def _values(given: ArrayLike | None, count: int, otherwise: float, what: str) -> Floats:
    if given is None:
        return np.full(count, otherwise, dtype=np.float64)
    values = np.asarray(given, dtype=np.float64)
    if values.shape != (count,):
        raise ValueError(f"{what} has {values.size} values for {count} street lines; it needs one for each.")
    return np.where(np.isnan(values), otherwise, values)


def _renamed(repairs: Sequence[Any], line: dict[int, int]) -> list[Any]:
    from dataclasses import replace

    return [replace(r, line=line[r.line], other=line[r.other]) for r in repairs]


def _vertices(shapes: NDArray[Any]) -> tuple[Floats, Ints, Ints, tuple[int, ...]]:
    """All vertices (V, 2), the part and the source line of each, and the lines that have no usable length."""
    parts, line_of_part = shapely.get_parts(shapes, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    bad = np.zeros(len(parts), dtype=bool)
    bad[part[~np.isfinite(xy).all(axis=1)]] = True
    bad |= shapely.get_type_id(parts) > 2  # only lines (and rings) are streets
    good = ~bad[part]
    xy, part = xy[good], part[good]
    if len(xy):
        new = np.concatenate([[True], (part[1:] != part[:-1]) | (np.hypot(*np.diff(xy, axis=0).T) > SAME_PLACE)])
        xy, part = xy[new], part[new]
        enough = np.bincount(part, minlength=len(parts)) > 1
        xy, part = xy[enough[part]], part[enough[part]]
    line = line_of_part[part] if len(part) else np.zeros(0, dtype=np.int64)
    set_aside = tuple(int(n) for n in np.setdiff1d(np.arange(len(shapes)), line))
    _, part = np.unique(part, return_inverse=True)
    return xy, part.astype(np.int64), line.astype(np.int64), set_aside


def _links(found: Joints) -> dict[str, Any]:
    """Cut the lines at every place where something meets and lay the pieces out flat."""
    order = np.lexsort((found.order, found.line))
    line, group = found.line[order], found.group[order]
    xy = found.xy[order]
    if not len(order):
        none = np.zeros(0, dtype=np.int64)
        return {
            "nodes": np.zeros((0, 2)), "from": none, "to": none, "length": np.zeros(0), "part": none,
            "start": np.zeros(0), "xy": np.zeros((0, 2)), "along": np.zeros(0), "ptr": np.zeros(1, dtype=np.int64),
        }  # fmt: skip
    size = np.bincount(group)
    weight = found.weight[order]
    total = np.bincount(group, weight)
    middle = np.stack([np.bincount(group, weight * xy[:, c]) / total for c in (0, 1)], axis=1)
    changes = line[1:] != line[:-1]
    edge_of_line = np.concatenate([[True], changes]) | np.concatenate([changes, [True]])
    joint = edge_of_line | (size[group] > 1)
    xy = np.where((size[group] > 1)[:, None], middle[group], xy)
    step = np.concatenate([[0.0], np.where(changes, 0.0, np.hypot(*np.diff(xy, axis=0).T))])
    total_along = np.cumsum(step)
    at = np.flatnonzero(joint)
    one, two = at[:-1], at[1:]
    real = (line[one] == line[two]) & (total_along[two] - total_along[one] > SAME_PLACE)
    one, two = one[real], two[real]
    count = two - one + 1
    ptr = np.concatenate([[0], np.cumsum(count)])
    take = np.repeat(one - ptr[:-1], count) + np.arange(ptr[-1])
    nodes, number = np.unique(np.concatenate([group[one], group[two]]), return_inverse=True)
    first_of_line = np.concatenate([[0], np.flatnonzero(changes) + 1])
    line_begin = np.repeat(total_along[first_of_line], np.diff(np.concatenate([first_of_line, [len(line)]])))
    return {
        "nodes": middle[nodes],
        "from": number[: len(one)],
        "to": number[len(one) :],
        "length": total_along[two] - total_along[one],
        "part": line[one],
        "start": total_along[one] - line_begin[one],
        "xy": xy[take],
        "along": total_along[take] - np.repeat(total_along[one], count),
        "ptr": ptr,
    }


def _headings(xy: Floats, along: Floats, ptr: Ints, span: float) -> tuple[Floats, Floats]:
    """Direction (radians) in which each directed edge leaves its first node and arrives at its last."""
    if len(ptr) < 2:
        return np.zeros(0), np.zeros(0)
    first, last = ptr[:-1], ptr[1:] - 1
    length = along[last]
    closed = (xy[first] == xy[last]).all(axis=1)  # a loop: its two ends together show no direction
    reach = np.minimum(span, np.where(closed, length / 4, length))
    base = np.concatenate([[0.0], np.cumsum(length + 1.0)])[:-1]  # one rising axis for all links
    axis = along + np.repeat(base, np.diff(ptr))

    def places(at: Floats) -> Floats:
        return np.stack([np.interp(base + at, axis, xy[:, c]) for c in (0, 1)], axis=1)

    leave = places(reach) - xy[first]
    arrive = xy[last] - places(length - reach)
    forth_out, forth_in = np.arctan2(leave[:, 1], leave[:, 0]), np.arctan2(arrive[:, 1], arrive[:, 0])
    out = np.stack([forth_out, forth_in + np.pi], axis=1).ravel()
    into = np.stack([forth_in, forth_out + np.pi], axis=1).ravel()
    return out, into


def _turns(
    link_from: Ints, link_to: Ints, nodes: int, out_angle: Floats, in_angle: Floats
) -> tuple[Ints, Ints, Floats, Ints, Ints]:
    """Every way to drive on from every directed edge, never straight back, and the edges that end at each node."""
    tail = np.stack([link_from, link_to], axis=1).ravel()
    head = np.stack([link_to, link_from], axis=1).ravel()
    out_edge, out_ptr = _by_node(tail, nodes)
    in_edge, in_ptr = _by_node(head, nodes)
    ways = np.diff(out_ptr)[head] if len(head) else np.zeros(0, dtype=np.int64)
    start = np.repeat(out_ptr[:-1][head], ways) if len(head) else np.zeros(0, dtype=np.int64)
    inside = np.arange(ways.sum()) - np.repeat(np.cumsum(ways) - ways, ways)
    onto = out_edge[start + inside]
    come = np.repeat(np.arange(len(head)), ways)
    real: Flags = onto != (come ^ 1)
    onto, come = onto[real], come[real]
    turn_ptr = np.concatenate([[0], np.cumsum(np.bincount(come, minlength=len(head)))])
    return turn_ptr.astype(np.int64), onto, np.cos(out_angle[onto] - in_angle[come]), in_ptr, in_edge


def _by_node(node: Ints, nodes: int) -> tuple[Ints, Ints]:
    """Edges sorted by a node of theirs, and where each node's edges start."""
    ptr = np.concatenate([[0], np.cumsum(np.bincount(node, minlength=nodes))])
    return np.argsort(node, kind="stable").astype(np.int64), ptr.astype(np.int64)
