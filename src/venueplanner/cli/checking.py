"""The command `check`: all checks or one, as sentences or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from venueplanner.app import documents, reporting


def declare_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`check PLAN [--only ID] [--json]`."""
    command = commands.add_parser(
        "check",
        help="run the checks; exit 0 fine, 1 findings, 2 not all checked",
        description="Run the checks. Exit code: 0 nothing found, 1 findings, 2 something could not be checked.",
    )
    command.add_argument("plan", type=Path, metavar="PLAN")
    command.add_argument("--only", default="", metavar="ID", help="one check only (see `venueplanner checks`)")
    command.add_argument("--phase", default="", metavar="NAME", help="the plan as it stands in one phase")
    command.add_argument("--json", action="store_true", help="print findings and states as JSON")
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
