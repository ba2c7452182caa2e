"""Reading the file in which an authority hands over its judgement of the threat: a JSON object in UTF-8."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from venueplanner.domain.errors import BadFile
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import kind_of

MOST = 1_000_000  # bytes: a judgement is a page or two of text
_OURS = {"name", "audience", "fingerprint"}


def read_threat(path: Path) -> Mapping[str, Any]:
    """The fields of the judgement and the fingerprint (SHA-256) of the file. Raises `BadFile`."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST + 1)
        values = json.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        why = error.strerror or str(error)
        raise BadFile(Words(N_("{file} cannot be read: {why}."), {"file": str(path), "why": why})) from None
    except (ValueError, RecursionError):
        raise BadFile(
            Words(N_("{file} is no threat judgement: it is not JSON in UTF-8."), {"file": str(path)}),
            Words(N_("Ask the authority for its file; do not type it off.")),
        ) from None
    known = [each.id for each in kind_of("threat_judgement").all_fields if each.id not in _OURS]
    plain = isinstance(values, dict) and all(isinstance(each, str | int | float) for each in values.values())
    if not plain or len(raw) > MOST or not set(values) <= set(known):
        told = {"file": str(path), "fields": ", ".join(known)}
        raise BadFile(Words(N_("{file} is no threat judgement: one object with {fields} is needed."), told))
    return {**values, "fingerprint": hashlib.sha256(raw).hexdigest()}
