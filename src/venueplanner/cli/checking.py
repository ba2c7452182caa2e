"""The command `check`: all checks or one, as sentences or as JSON."""

from __future__ import annotations

import argparse
import json
import sys

from venueplanner.app import documents, reporting
from venueplanner.app.checking import CHECKS

from .words import Commands, add_json, add_plan


def declare_check(commands: Commands) -> None:
    """`check PLAN [--only ID] [--json]`."""
    command = commands.add_parser(
        "check",
        help="run the checks; exit 0 fine, 1 findings, 2 not all checked",
        description="Run the checks. Exit code: 0 nothing found, 1 findings, 2 something could not be checked.",
    )
    add_plan(command)
    known = ", ".join(each.id for each in CHECKS)
    command.add_argument("--only", default="", metavar="ID", help=f"one check only: {known}")
    command.add_argument(
        "--phase", default="", metavar="NAME", help="the plan as it is in one phase, by name or id (default: all)"
    )
    add_json(command, "findings and the state of every check")
    command.set_defaults(run=_check)


def _check(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    if words.phase:
        session.phase = documents.phase_named(session.plan, words.phase)
    inspector = reporting.inspect(session, only=words.only)
    report = reporting.report(session, inspector, words.language)
    if words.json:
        json.dump(report, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in reporting.lines(session, inspector, words.language):
            print(line)
    return int(report["exit_code"])
