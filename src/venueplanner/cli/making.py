"""Commands that make and fill a plan: `new`, `import`, `add`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from venueplanner.app import city, documents, placing


def declare_new(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`new PLAN`."""
    command = commands.add_parser("new", help="make an empty plan file")
    command.add_argument("plan", type=Path, metavar="PLAN", help="the plan file to make, such as festival.gpkg")
    command.add_argument("--title", default="", help="title of the plan")
    command.add_argument("--crs", default="", help="metric coordinate system, such as EPSG:32643 (default: by place)")
    command.add_argument("--profile", default="kg", help="rule profile (default: kg)")
    command.add_argument("--force", action="store_true", help="replace a plan file that is already there")
    command.set_defaults(run=_new)


def _new(words: argparse.Namespace) -> int:
    documents.create(words.plan, title=words.title, crs=words.crs, profile=words.profile, replace=words.force)
    print(f"Made {words.plan}")
    return 0


def declare_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`import PLAN FOLDER`."""
    command = commands.add_parser("import", help="take a folder of city data into the plan")
    command.add_argument("plan", type=Path, metavar="PLAN")
    command.add_argument(
        "folder", type=Path, metavar="FOLDER", help="folder (or one file) of shapefiles, GPKG, GeoJSON"
    )
    command.add_argument("--encoding", default="", help="encoding of the DBF files, when the guess is wrong")
    command.add_argument("--crs", default="", help="coordinate system of files that do not say theirs")
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    command.set_defaults(run=_import)


def _import(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    report = city.add_folder(session, words.folder, plan_path=words.plan, encoding=words.encoding, crs=words.crs)
    documents.save(session, words.plan)
    rows = city.report_rows(report)
    if words.json:
        json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in city.report_lines(report, words.language):
            print(line)
    return 0


def declare_add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """`add PLAN FEATURES.geojson`."""
    command = commands.add_parser("add", help="add features from GeoJSON (WGS84, property `kind` and its fields)")
    command.add_argument("plan", type=Path, metavar="PLAN")
    command.add_argument("features", type=Path, metavar="FEATURES.geojson")
    command.set_defaults(run=_add)


def _add(words: argparse.Namespace) -> int:
    session = documents.open_session(words.plan)
    change = placing.add_geojson(session, words.features)
    documents.save(session, words.plan)
    counts = _by_kind(change.features())
    print(f"Added {sum(counts.values())}: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()))
    return 0


def _by_kind(features: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for feature in features:
        counts[feature.kind] = counts.get(feature.kind, 0) + 1
    return counts
