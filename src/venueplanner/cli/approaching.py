"""Commands about approaches: `approaches` gives every way in with its figures, `sensitivity` what flips findings."""

from __future__ import annotations

import argparse
import json
import sys

from venueplanner.app import approaching, documents, sensitivity
from venueplanner.domain.words import N_, Words

from .words import Commands, add_json, add_plan


def declare_approaches(commands: Commands) -> None:
    """`approaches PLAN [--class M1] [--perimeter NAME] [--json]`."""
    command = commands.add_parser(
        "approaches", help="every way a vehicle class can reach a perimeter, with speed, angle, energy and route"
    )
    add_plan(command)
    command.add_argument(
        "--class", dest="vehicle_class", default="", metavar="CLASS",
        help="vehicle class such as M1 or N3C, or worst: the worst of all (default: the class of each perimeter)",
    )  # fmt: skip
    command.add_argument("--perimeter", default="", metavar="NAME", help="one perimeter, by name or id (default: all)")
    add_json(command, "the approaches, their routes as GeoJSON in WGS84 and the speed at every 2 m of the line")
    command.set_defaults(run=_approaches)


def _approaches(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    found = approaching.approaches(session, vehicle_class=words.vehicle_class, perimeter=words.perimeter)
    if words.json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in approaching.lines(found, words.language):
            print(line)
    return 0


def declare_sensitivity(commands: Commands) -> None:
    """`sensitivity PLAN [--share 20] [--json]`."""
    command = commands.add_parser(
        "sensitivity", help="which findings flip when an estimate is off, and what on site would settle it"
    )
    add_plan(command)
    command.add_argument("--share", type=float, default=20.0, metavar="PERCENT", help="how far off (default: 20)")
    add_json(command, "what flips")
    command.set_defaults(run=_sensitivity)


def _sensitivity(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    found = sensitivity.flips(session.site(), share=words.share / 100)
    say = words.language
    if words.json:
        rows = [
            {
                "rule": each.rule, "value": each.value, "factor": each.factor,
                "come": [{"check": f.check, "severity": f.severity, "text": say.say(f.text)} for f in each.come],
                "gone": [{"check": f.check, "severity": f.severity, "text": say.say(f.text)} for f in each.gone],
                "settled_by": say.say(each.settled_by),
            }
            for each in found
        ]  # fmt: skip
        json.dump({"share": words.share, "flips": rows}, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for each in found:
        values = {"label": Words(each.label), "value": each.value, "now": each.value * each.factor,
                  "come": len(each.come), "gone": len(each.gone)}  # fmt: skip
        text = N_("{label}: {now:g} instead of {value:g}: {come} findings come, {gone} go.")
        print(say.say(Words(text, values)))
        for mark, findings in (("+", each.come), ("-", each.gone)):
            for finding in findings:
                print(f"  {mark} {say.say(finding.text)}")
        if each:
            print(f"  {say(N_('Settled by'))}: {say.say(each.settled_by)}")
    return 0
