"""The command `traffic`: what closures do to drivers, doors and fire engines."""

from __future__ import annotations

import argparse
import json
import sys

from venueplanner.app import documents, traffic

from .words import Commands, add_json, add_plan


def declare_traffic(commands: Commands) -> None:
    """`traffic PLAN [--closure NAME] [--phase NAME] [--json]`."""
    command = commands.add_parser(
        "traffic",
        help="ways round closures with minutes, who loses access, first fire engine, two ways that share no street",
    )
    add_plan(command)
    command.add_argument("--closure", default="", metavar="NAME", help="one closure, by name or id (default: all)")
    command.add_argument(
        "--phase", default="", metavar="NAME", help="the plan as it is in one phase, by name or id (default: all)"
    )
    add_json(command, "detours, access and drives, with their routes as GeoJSON in WGS84")
    command.set_defaults(run=_traffic)


def _traffic(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    if words.phase:
        session.phase = documents.phase_named(session.plan, words.phase)
    found = traffic.traffic(session, closure=words.closure)
    if words.json:
        json.dump(traffic.plain(found, words.language), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in traffic.lines(found, words.language):
            print(line)
    return 0
