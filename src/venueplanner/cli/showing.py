"""Commands that show: `pack`, `render`, `info`, `kinds`, `checks`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from venueplanner.app import describing, documents, packing

from .words import Commands, add_field, add_json, add_plan


def _print(rows: Any, as_json: bool, lines: list[str]) -> int:
    if as_json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in lines:
            print(line)
    return 0


def declare_pack(commands: Commands) -> None:
    """`pack PLAN --out DIR`."""
    command = commands.add_parser("pack", help="write the map pack: PDF map book and offline HTML map")
    add_plan(command)
    command.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder for the files; made where it is not there"
    )
    command.add_argument("--only", default="", metavar="ID", help="one product only: " + ", ".join(packing.ids()))
    for field in packing.fields():
        add_field(command, field)
    command.set_defaults(run=_pack)


def _pack(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    options = {field.id: getattr(words, field.id) for field in packing.fields() if getattr(words, field.id) is not None}
    for path in packing.make(session, words.out, words.language, only=words.only, options=options):
        print(path)
    return 0


def declare_render(commands: Commands) -> None:
    """`render PLAN PNG`."""
    command = commands.add_parser("render", help="draw the plan on the city as a PNG picture")
    add_plan(command)
    command.add_argument("picture", type=Path, metavar="PNG", help="the picture to write, such as festival.png")
    command.add_argument(
        "--size", default="1600x1000", metavar="WxH", help="pixels, 16 to 20000 each way (default: 1600x1000)"
    )
    command.add_argument("--theme", choices=("light", "dark"), default="light", help="colours (default: light)")
    command.set_defaults(run=_render)


def _render(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    packing.render(session, words.picture, words.size, words.theme, words.language)
    print(words.picture)
    return 0


def declare_info(commands: Commands) -> None:
    """`info PLAN`."""
    command = commands.add_parser("info", help="what is in a plan file")
    add_plan(command)
    add_json(command, "what is in the plan")
    command.set_defaults(run=lambda w: _print(*_info(w)))


def _info(words: argparse.Namespace) -> tuple[Any, bool, list[str]]:
    session = documents.open_session(words.plan)
    return describing.info(session), words.json, describing.info_lines(session, words.language)


def declare_kinds(commands: Commands) -> None:
    """`kinds`."""
    command = commands.add_parser("kinds", help="the kinds of features and records, with their fields")
    add_json(command, "the kinds")
    command.set_defaults(run=lambda w: _print(describing.kinds(w.language), w.json, describing.kind_lines(w.language)))


def declare_checks(commands: Commands) -> None:
    """`checks`."""
    command = commands.add_parser("checks", help="the checks, what they need and which rules they use")
    add_json(command, "the checks")
    command.set_defaults(
        run=lambda w: _print(describing.checks(w.language), w.json, describing.check_lines(w.language))
    )
