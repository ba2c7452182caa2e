"""Commands of the step Organise: `roles`, `risks`, `threat`, `phases`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from venueplanner.app import documents, phases, risks, roles

from .words import Commands, add_json, add_plan


def declare_roles(commands: Commands) -> None:
    """`roles PLAN [--add-usual] [--json]`."""
    command = commands.add_parser(
        "roles",
        help="who does what: tasks against stakeholders, and what is missing",
        description="The matrix of tasks and stakeholders (RACI) with what the checks of roles and staffing find.",
    )
    add_plan(command)
    command.add_argument(
        "--add-usual", action="store_true", help="first add the usual tasks of an event to the plan and save it"
    )
    add_json(command, "tasks, stakeholders and findings")
    command.set_defaults(run=_roles)


def _roles(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    if words.add_usual and roles.add_usual(session, words.language):
        documents.save(session, words.plan)
    if words.json:
        return _as_json(roles.report(session, words.language))
    return _as_lines(roles.lines(session, words.language))


def declare_risks(commands: Commands) -> None:
    """`risks PLAN [--json]`."""
    command = commands.add_parser(
        "risks",
        help="the risk register: without measures, as planned, today, left over",
        description="The risk register. Ordinal ranks of judgement, not probabilities.",
    )
    add_plan(command)
    add_json(command, "the register, the threat judgement and findings")
    command.set_defaults(run=_risks)


def _risks(words: argparse.Namespace) -> int:
    found = risks.report(documents.open_session(words.plan), words.language)
    return _as_json(found) if words.json else _as_lines(risks.lines(found, words.language))


def declare_threat(commands: Commands) -> None:
    """`threat PLAN FILE.json`."""
    command = commands.add_parser(
        "threat",
        help="take in the authority's judgement of the threat",
        description="Takes in a JSON object with issued_by, version, date, level, text and, if wished, valid_until.",
    )
    add_plan(command)
    command.add_argument("file", type=Path, metavar="FILE.json", help="the file of the authority")
    command.set_defaults(run=_threat)


def _threat(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    risks.import_threat(session, words.file)
    documents.save(session, words.plan)
    return _as_lines(list(risks.lines(risks.report(session, words.language), words.language))[:1])


def declare_phases(commands: Commands) -> None:
    """`phases PLAN [--json]`."""
    command = commands.add_parser(
        "phases",
        help="what the checks say in each phase, and which gates stand open or unguarded when",
        description="All checks in every phase of the event.",
    )
    add_plan(command)
    add_json(command, "the matrix of phases and checks")
    command.set_defaults(run=_phases)


def _phases(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    if words.json:
        return _as_json(phases.report(session, words.language))
    return _as_lines(phases.lines(session, words.language))


def _as_json(found: Any) -> int:
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def _as_lines(lines: Iterable[str]) -> int:
    for line in lines:
        print(line)
    return 0
