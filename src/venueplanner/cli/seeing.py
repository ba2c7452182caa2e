"""The command `sight`: what cameras and posts see, what nobody sees, and where more posts would see most."""

from __future__ import annotations

import argparse
import json
import sys

from venueplanner.app import documents, sight, sight_report

from .words import Commands, add_json, add_plan


def declare_sight(commands: Commands) -> None:
    """`sight PLAN [--suggest N] [--line ID] [--accept] [--json]`."""
    command = commands.add_parser(
        "sight",
        help="what cameras cover by task, which metres posts see, where more posts would see most",
        description="Coverage of crowd areas by camera task, metres of perimeters and cordons that no post sees.",
    )
    add_plan(command)
    command.add_argument("--suggest", type=int, default=0, metavar="N", help="propose up to N more posts (default: 0)")
    command.add_argument(
        "--line",
        action="append",
        default=[],
        metavar="ID",
        help="propose posts for this perimeter or cordon only (default: all)",
    )
    command.add_argument("--accept", action="store_true", help="add the proposed posts to the plan and save it")
    command.add_argument(
        "--phase", default="", metavar="NAME", help="the plan as it is in one phase, by name or id (default: all)"
    )
    add_json(command, "coverage, gaps and proposals")
    command.set_defaults(run=_sight)


def _sight(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    if words.phase:
        session.phase = documents.phase_named(session.plan, words.phase)
    proposals = sight.suggest(session, words.suggest, lines=words.line) if words.suggest > 0 else None
    found = sight_report.report(session, words.language, proposals)
    if words.accept and proposals:
        sight.accept(session, proposals)
        documents.save(session, words.plan)
    if words.json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in sight_report.lines(found, words.language):
            print(line)
    return 0
