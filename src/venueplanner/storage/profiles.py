"""Rule profiles: TOML files with every threshold, its unit, source, clause and confidence."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from venueplanner.domain.errors import BadFile
from venueplanner.domain.rules import CONFIDENCE, Rule, Rules
from venueplanner.domain.words import N_, Words

_KEYS = tuple(field.name for field in fields(Rule) if field.name != "overridden")
_HINT = Words(N_("Mend the file in a text editor, or choose another profile."))


def list_profiles(folder: Path) -> list[Rules]:
    """All profiles of a folder, by file name. A file that cannot be read raises `BadFile`."""
    return [load_profile(path) for path in sorted(folder.glob("*.toml"))]


def load_profile(path: Path) -> Rules:
    """A rule profile from its TOML file. Raises `BadFile` with the file and the key that is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadFile(Words(N_("{file} does not exist."), {"file": str(path)}), _HINT) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _bad(path, Words(N_("it is not readable as TOML: {reason}"), {"reason": str(error)})) from error
    for key in ("id", "title"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise _bad(path, Words(N_("the text “{key}” is missing."), {"key": key}))
    unknown = sorted(set(data) - {"id", "title", "rule"})
    if unknown:
        raise _bad(path, Words(N_("“{key}” is not a key of a profile."), {"key": unknown[0]}))
    rows = data.get("rule")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise _bad(path, Words(N_("there is no [[rule]] in it.")))
    rules: dict[str, Rule] = {}
    for number, row in enumerate(rows, start=1):
        rule = _rule(path, number, row)
        if rule.id in rules:
            raise _bad(path, Words(N_("the rule “{rule}” stands in it twice."), {"rule": rule.id}))
        rules[rule.id] = rule
    return Rules(data["id"], data["title"], MappingProxyType(rules))


def _bad(path: Path, what: Words) -> BadFile:
    return BadFile(Words(N_("{file} is not a rule profile: {what}"), {"file": str(path), "what": what}), _HINT)


def _rule(path: Path, number: int, row: dict[str, Any]) -> Rule:
    name = str(row.get("id") or f"no. {number}")

    def refuse(template: str, **values: object) -> BadFile:
        what = Words(N_("rule “{rule}”: {what}"), {"rule": name, "what": Words(template, values)})
        return _bad(path, what)

    if not isinstance(row.get("id"), str) or not row["id"].strip():
        raise refuse(N_("the text “{key}” is missing."), key="id")
    for key in row:
        if key not in _KEYS:
            raise refuse(N_("“{key}” is not a key of a rule; the keys are {known}."), key=key, known=", ".join(_KEYS))
    value = row.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise refuse(N_("“{key}” has to be a number or a text."), key="value")
    texts: dict[str, Any] = {key: _text(row[key]) for key in row if key not in {"value", "id"}}
    for key, text in texts.items():
        if text is None:
            raise refuse(N_("“{key}” has to be a text."), key=key)
    if row.get("confidence", "proposal") not in CONFIDENCE:
        raise refuse(N_("“confidence” has to be one of {known}."), known=", ".join(CONFIDENCE))
    return Rule(row["id"], value if isinstance(value, str) else float(value), **texts)


def _text(value: object) -> str | None:
    """A text; a date written without quotes is one too."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else None
