"""Steps from an older plan format to the next one, each frozen on the day it ships.

A step is a file `m001_what_it_does.py` with `migrate(connection)` in plain SQL (never the present declarations, which
go on changing), listed in STEPS under the format it starts from. Steps run on a copy; the plan on disk stays as it is
until it is saved. A new optional field needs no step: a column that is not there is read as the field's default.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import sqlalchemy as sa

Step = Callable[[sa.Connection], None]

STEPS: Mapping[int, Step] = {}


def migrate(connection: sa.Connection, found: int, wanted: int, steps: Mapping[int, Step] = STEPS) -> None:
    """Bring a copy of a plan from format `found` to `wanted`, step by step. Raises `KeyError` when one is missing."""
    for number in range(found, wanted):
        steps[number](connection)
        connection.exec_driver_sql("UPDATE vp_meta SET value = ? WHERE key = 'format'", (str(number + 1),))
