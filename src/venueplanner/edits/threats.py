"""Taking in a threat judgement of the authority: the only way such a record comes into a plan."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from venueplanner.domain.errors import BadValue
from venueplanner.domain.plan import Plan
from venueplanner.domain.words import N_, Words

from .features import make

REQUIRED = ("issued_by", "version", "date", "level", "text")
_NAMES = uuid.UUID("8d0b7a52-6a54-4c0d-9d4f-5d0f8b1c7e11")


def take(plan: Plan, *, values: Mapping[str, Any]) -> Plan:
    """The plan with a judgement; one of the same issuer and version is replaced, older versions stay.

    Raises `BadValue` for what is missing or does not fit, `UnknownName` for a field that is none.
    """
    for field in REQUIRED:
        if not str(values.get(field) or "").strip():
            raise BadValue(Words(N_("The threat judgement has no “{field}”."), {"field": field}))
    name = f"{values['issued_by']} {values['version']}"
    made = make(plan, "threat_judgement", None, {"name": name, **values}, str(uuid.uuid5(_NAMES, name)))
    return plan.put("features", {made.id: made})
