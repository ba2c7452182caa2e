"""The commands `passage` and `cordon`: how wide a vehicle still gets in, and what would keep it out for least."""

from __future__ import annotations

import argparse
import json
import sys

from venueplanner.app import cordons, documents, ways_in
from venueplanner.domain.errors import UnknownName
from venueplanner.domain.words import N_, Words

from .words import Commands, add_json, add_plan


def declare_passage(commands: Commands) -> None:
    """`passage PLAN [--perimeter ID] [--json]`."""
    command = commands.add_parser(
        "passage",
        help="the widest vehicle that still gets in over free ground, by which way, through which gaps",
        description="How wide a vehicle still reaches every perimeter over free ground, judged by what really stands "
        "there, with the way in and every gap wider than the limit. Geometry is GeoJSON in WGS84. "
        "Exit code: 0 nothing wider than the limit gets in, 1 something does.",
    )
    add_plan(command)
    command.add_argument(
        "--perimeter", default="", metavar="ID", help="one perimeter only, by id or name (default: all)"
    )
    command.add_argument(
        "--phase", default="", metavar="NAME", help="the plan as it stands in one phase (default: all)"
    )
    add_json(command, "widths, gaps and routes")
    command.set_defaults(run=_passage)


def _passage(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    if words.phase:
        session.phase = documents.phase_named(session.plan, words.phase)
    found = ways_in.report(session, words.language, words.perimeter)
    if words.json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in ways_in.lines(found, words.language):
            print(line)
    return int(any(each["open"] or each["gaps"] for each in found["perimeters"]))


def declare_cordon(commands: Commands) -> None:
    """`cordon PLAN --area ID --objective metres|count [--keep-open ID] [--stand-off M] [--answers N] [--accept N]`."""
    command = commands.add_parser(
        "cordon",
        help="propose the smallest cordon round a perimeter or crowd area, and put one into the plan",
        description="Where to stand barriers so that no vehicle reaches an area, using the buildings that stand there: "
        "the shortest barrier, or the fewest closures. The answer is the best among lines between neighbouring points "
        "of the outlines; a free-hand line can be a little shorter. Geometry is GeoJSON in WGS84.",
    )
    add_plan(command)
    command.add_argument("--area", required=True, metavar="ID", help="the perimeter or crowd area, by id or name")
    command.add_argument(
        "--objective",
        choices=[key for key, _ in cordons.OBJECTIVES],
        default="metres",
        help="metres: shortest barrier; count: fewest closures (default: metres)",
    )
    command.add_argument(
        "--keep-open",
        nargs="+",
        action="extend",
        default=[],
        metavar="ID",
        help="features whose way stays passable, by id or name; a gate is put there (default: none)",
    )
    command.add_argument(
        "--stand-off", type=float, default=0.0, metavar="M", help="metres round the area that stay inside (default: 0)"
    )
    command.add_argument("--answers", type=int, default=1, metavar="N", help="how many answers (default: 1)")
    command.add_argument(
        "--accept", type=int, default=0, metavar="N", help="put answer N into the plan and save it (default: none)"
    )
    command.add_argument(
        "--phase", default="", metavar="NAME", help="the plan as it stands in one phase (default: all)"
    )
    add_json(command, "the answers")
    command.set_defaults(run=_cordon)


def _cordon(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    if words.phase:
        session.phase = documents.phase_named(session.plan, words.phase)
    found = cordons.propose(
        session,
        words.area,
        objective=words.objective,
        keep_open=words.keep_open,
        stand_off=words.stand_off,
        answers=max(words.answers, words.accept, 1),
    )
    rows = ways_in.proposals_report(session, found, words.language)
    if words.accept:
        if not 1 <= words.accept <= len(found.answers):
            values = {"number": words.accept, "count": len(found.answers)}
            raise UnknownName(Words(N_("There is no answer {number}: {count} were found."), values))
        change = cordons.accept(session, found.answers[words.accept - 1])
        documents.save(session, words.plan)
        rows["accepted"] = {"answer": words.accept, "features": sorted(change.ids())}
    if words.json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in ways_in.proposal_lines(rows, words.language):
            print(line)
    return 0
