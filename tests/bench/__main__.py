"""`./run bench [NAME …] [--json]`: runs the benchmarks and prints each figure beside its baseline."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from types import ModuleType

from tests.bench import ALL, Missing
from tests.bench.figure import Figure


def main(words: list[str]) -> int:
    """Run the named benchmarks, or all of them; 64 when a name is unknown."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(ALL) or 'none yet'}")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead of a table")
    chosen = parser.parse_args(words)
    if unknown := [name for name in chosen.names if name not in ALL]:
        print(f"There is no benchmark {unknown[0]!r}. There are: {', '.join(ALL) or 'none yet'}.", file=sys.stderr)
        return 64
    document: dict[str, object] = {}
    for name in chosen.names or ALL:
        module = importlib.import_module(f"tests.bench.{name}")  # noqa: TID251 - names come from the list above
        document[name] = _one(name, module, quiet=chosen.json)
    if chosen.json:
        about = {"python": platform.python_version(), "machine": platform.machine(), "system": platform.system()}
        if hasattr(os, "getloadavg"):  # figures of a machine that others use as well say little without it
            about["load"] = " ".join(f"{each:.1f}" for each in os.getloadavg())
        print(json.dumps({"about": about, "benchmarks": document}, indent=1, ensure_ascii=False))
    return 0


def _one(name: str, module: ModuleType, quiet: bool) -> object:
    if not quiet:
        print(f"{name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
    try:
        figures: list[Figure] = module.run()
    except Missing as missing:
        if not quiet:
            print(f"  not measured: {missing}")
        return {"missing": str(missing)}
    if not quiet:
        for figure in figures:
            print(f"  {line(figure)}", flush=True)
    return [{**vars(figure), "ratio": figure.ratio} for figure in figures]


def line(figure: Figure) -> str:
    """One line of the table."""
    ours = f"{figure.what:<46} {figure.ours:>10.4g} {figure.unit:<6}"
    if figure.baseline is None or figure.ratio is None:
        return ours.rstrip()
    return f"{ours} {figure.baseline:>10.4g} {figure.unit:<6} {figure.baseline_name:<24} {figure.ratio:>7.2f}x".rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
