"""The site walk: what a look on site would settle, gathered from all checks and put in the order of a walk."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from venueplanner.checks import ALL as CHECKS
from venueplanner.domain.check import Check, Question
from venueplanner.domain.site import Site


def questions(site: Site, checks: Sequence[Check] = CHECKS) -> list[Question]:
    """Every question once, in walking order: from the northernmost always on to the nearest not yet asked."""
    asked: dict[tuple[str, str, int, int], Question] = {}
    for check in checks:
        if check.ask is None or check.missing(site) is not None:
            continue
        for subject in check.subjects(site):
            for each in check.ask(site, subject):
                x, y = each.shape.centroid.coords[0]
                asked.setdefault((each.topic, each.text.say(), round(x), round(y)), each)
    return _in_walking_order(list(asked.values()))


def _in_walking_order(asked: list[Question]) -> list[Question]:
    if not asked:
        return []
    xy = shapely.get_coordinates([each.shape.centroid for each in asked])
    left = np.ones(len(asked), dtype=bool)
    at = int(np.lexsort((xy[:, 0], -xy[:, 1]))[0])
    order = [at]
    left[at] = False
    while left.any():
        rest = np.flatnonzero(left)
        at = int(rest[np.argmin(np.hypot(*(xy[rest] - xy[at]).T))])
        order.append(at)
        left[at] = False
    return [asked[n] for n in order]
