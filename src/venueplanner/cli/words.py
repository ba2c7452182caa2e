"""What every command shares: its PLAN argument, options from declared fields, the language said anywhere."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from venueplanner.app.language import LANGUAGES
from venueplanner.domain.fields import Choice, Field, Flag, Number, When

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_plan(command: argparse.ArgumentParser, text: str = "the plan file, such as festival.gpkg") -> None:
    """The argument PLAN."""
    command.add_argument("plan", type=Path, metavar="PLAN", help=text)


def add_json(command: argparse.ArgumentParser, what: str) -> None:
    """The option --json."""
    command.add_argument("--json", action="store_true", help=f"print {what} as JSON")


def add_everywhere(command: argparse.ArgumentParser, *, otherwise: object = argparse.SUPPRESS) -> None:
    """--language and --verbose, understood before the command and behind it."""
    command.add_argument(
        "--language",
        choices=[code for code, _ in LANGUAGES],
        default=otherwise,
        help="language of what is printed and packed (default: $VENUEPLANNER_LANGUAGE, else en)",
    )
    quiet = False if otherwise is None else otherwise
    command.add_argument("--verbose", action="store_true", default=quiet, help="log what is done to standard error")


def add_field(command: argparse.ArgumentParser, field: Field) -> None:
    """An option for a declared field, with what it takes, its unit, limits and default in the help."""
    name = f"--{field.id.replace('_', '-')}"
    command.add_argument(name, default=None, metavar=_metavar(field), help=_help(field).replace("%", "%%"))


def _metavar(field: Field) -> str:
    if isinstance(field, Choice):
        return "{" + ",".join(value for value, _ in field.options) + "}"
    if isinstance(field, Flag):
        return "{yes,no}"
    return "NUMBER" if isinstance(field, Number) else "WHEN" if isinstance(field, When) else "TEXT"


def _help(field: Field) -> str:
    parts = [field.label + (f" in {field.unit}" if isinstance(field, Number) and field.unit else "") + "."]
    if field.help:
        parts.append(field.help)
    if isinstance(field, Choice):
        said = [f"{value}: {label}" for value, label in field.options if value != label]
        parts += ["; ".join(said) + "."] if said else []
    if isinstance(field, Number) and field.low is not None and field.high is not None:
        parts.append(f"From {field.low:g} to {field.high:g}.")
    return " ".join(parts) + f" (default: {_default(field)})"


def _default(field: Field) -> str:
    if isinstance(field, Flag):
        return "yes" if field.default else "no"
    return "the plan's own, else none" if field.default in (None, "", ()) else str(field.default)
