"""The command `crowd`: how many fit, how fast they get out, by which ways, and the ground for other programs."""

from __future__ import annotations

import argparse
import json
import sys

from venueplanner.app import crowd, documents

from .words import Commands, add_json, add_plan


def declare_crowd(commands: Commands) -> None:
    """`crowd PLAN [--area NAME] [--phase NAME] [--walkable] [--json]`."""
    command = commands.add_parser(
        "crowd",
        help="net area, density, capacity with each exit lost, time to leave and routes of crowd areas",
        description="Net area, density, exit capacity with each exit lost, entry queue, time to leave and its routes.",
    )
    add_plan(command)
    command.add_argument("--area", default="", metavar="NAME", help="one crowd area, by name or id (default: all)")
    command.add_argument(
        "--phase", default="", metavar="NAME", help="the plan as it is in one phase, by name or id (default: all)"
    )
    command.add_argument(
        "--walkable",
        action="store_true",
        help="with --json: the free ground, exits and areas in the plan's metres, for a microscopic crowd model",
    )
    add_json(command, "the figures, and net areas and routes as GeoJSON in WGS84,")
    command.set_defaults(run=_crowd)


def _crowd(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    if words.phase:
        session.phase = documents.phase_named(session.plan, words.phase)
    found = crowd.crowd(session, area=words.area, walkable=words.walkable)
    if words.json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in crowd.lines(found, words.language):
            print(line)
    return 0
