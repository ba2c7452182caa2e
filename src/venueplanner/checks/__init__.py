"""What can be wrong with a plan, each problem in a file of its own.

Lives here: which subjects a check looks at, what it watches, how far it reaches, and the sentence it says.
May import: kinds, engine, domain. Checks do not know each other (what they share: `standing`, what stands where,
`inside`, what a zone takes in, `watching`, who sees what, `on_foot`, `room`, `leaving` and `evacuation`, where people
stand and walk and by which exits they leave); arithmetic of more than a few lines goes to engine.
To add one: the file, one line in ALL below, one test (mostly golden cases), one help page in resources/help.
"""

from __future__ import annotations

from collections.abc import Mapping

from venueplanner.domain.check import Check

from . import (
    access,
    accessible_route,
    assembly_points,
    barrier_rating,
    camera_coverage,
    camera_notice,
    camera_privacy,
    chicane,
    clearance,
    closure_detour,
    closure_signs,
    coverage_gap,
    crowd_density,
    emergency_ways,
    enclosed,
    entry_queue,
    exit_barriers,
    exit_capacity,
    exit_spread,
    first_engine,
    gas_bottles,
    gate_control,
    natural_barrier,
    net_area,
    orphans,
    passage,
    pinch_points,
    post_cover,
    quantity_distance,
    raci,
    restriction_record,
    risk_register,
    run_out,
    staffing,
    stand_off,
    unscreened,
    vehicle_approach,
)

ALL: tuple[Check, ...] = (
    coverage_gap.CHECK,
    passage.CHECK,
    vehicle_approach.CHECK,
    chicane.CHECK,
    gate_control.CHECK,
    barrier_rating.CHECK,
    natural_barrier.CHECK,
    run_out.CHECK,
    stand_off.CHECK,
    gas_bottles.CHECK,
    quantity_distance.CHECK,
    assembly_points.CHECK,
    unscreened.CHECK,
    camera_coverage.CHECK,
    camera_privacy.CHECK,
    camera_notice.CHECK,
    post_cover.CHECK,
    post_cover.CORDONS,
    crowd_density.CHECK,
    net_area.CHECK,
    exit_capacity.CHECK,
    exit_spread.CHECK,
    clearance.CHECK,
    exit_barriers.CHECK,
    entry_queue.CHECK,
    pinch_points.CHECK,
    accessible_route.CHECK,
    enclosed.CHECK,
    closure_detour.CHECK,
    closure_signs.CHECK,
    access.CHECK,
    emergency_ways.CHECK,
    first_engine.CHECK,
    orphans.CHECK,
    raci.CHECK,
    staffing.CHECK,
    risk_register.CHECK,
    restriction_record.CHECK,
)

BY_ID: Mapping[str, Check] = {check.id: check for check in ALL}
