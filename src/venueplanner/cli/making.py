"""Commands that make and fill a plan: `new`, `import`, `add`."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from venueplanner.app import city, documents, placing
from venueplanner.app.language import Language
from venueplanner.domain.errors import PlannerError
from venueplanner.domain.plan import Change
from venueplanner.domain.words import N_, Words

from .words import Commands, add_json, add_plan


def declare_new(commands: Commands) -> None:
    """`new PLAN`."""
    command = commands.add_parser("new", help="make an empty plan file")
    add_plan(command, "the plan file to make, such as festival.gpkg")
    command.add_argument("--title", default="", help="title of the plan (default: the file's name)")
    command.add_argument("--crs", default="", help="metric coordinate system, such as EPSG:32643 (default: by place)")
    profiles = ", ".join(documents.profile_ids())
    command.add_argument("--profile", default="kg", metavar="ID", help=f"rule profile: {profiles} (default: kg)")
    command.add_argument("--force", action="store_true", help="replace a plan file that is already there")
    command.set_defaults(run=_new)


def _new(words: argparse.Namespace) -> int:
    documents.create(words.plan, title=words.title, crs=words.crs, profile=words.profile, replace=words.force)
    print(words.language.say(Words(N_("Made {file}"), {"file": str(words.plan)})))
    return 0


def declare_import(commands: Commands) -> None:
    """`import PLAN FOLDER`."""
    command = commands.add_parser("import", help="take a folder of city data into the plan")
    add_plan(command)
    command.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help="folder, file or zip of shapefiles, GeoPackage, GeoJSON, MapInfo",
    )
    command.add_argument(
        "--encoding", default="", metavar="CODEC", help="encoding of the tables, such as cp1251 (default: found out)"
    )
    command.add_argument(
        "--crs", default="", help="coordinate system of files that do not say theirs, such as EPSG:28413"
    )
    add_json(command, "how each layer was read")
    command.set_defaults(run=_import)


def _import(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    report = city.add_folder(session, words.folder, plan_path=words.plan, encoding=words.encoding, crs=words.crs)
    try:
        documents.save(session, words.plan)
    except PlannerError:
        city.take_back(words.plan, report)
        raise
    rows = city.report_rows(report)
    if words.json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in city.report_lines(report, words.language):
            print(line)
    return 0


def declare_add(commands: Commands) -> None:
    """`add PLAN FEATURES.geojson`."""
    command = commands.add_parser("add", help="add features from GeoJSON (WGS84, property `kind` and its fields)")
    add_plan(command)
    command.add_argument("features", type=Path, metavar="FEATURES.geojson", help="a FeatureCollection; see `kinds`")
    command.set_defaults(run=_add)


def _add(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    change = placing.add_geojson(session, words.features)
    documents.save(session, words.plan)
    print(_said(change, words.language))
    return 0


def _said(change: Change, language: Language) -> str:
    counts = Counter(new.kind for _, old, new in change.rows("features") if old is None)
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    return language.say(Words(N_("Added {count}: {kinds}"), {"count": counts.total(), "kinds": kinds}))
