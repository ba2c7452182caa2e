"""What `run` and `run.cmd` start: makes the program's environment ready, then runs one command in it.

Standard library only; works with Python 3.11 to 3.13 on Linux and Windows.
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

import environment

ROOT = environment.ROOT
USAGE = """\
./run                         open the sample plan (without a display: do the same job into ./out)
./run venueplanner ARGS …     the command line; ./run venueplanner --help
./run tests [pytest ARGS …]   run the tests
./run bench [NAME] [--json]   run the benchmarks
./run lint                    style, types and import contracts
"""
LINT = (
    ["-m", "ruff", "check", "."],
    ["-m", "ruff", "format", "--check", "."],
    ["-m", "mypy"],
    ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
)


def main(words: list[str]) -> int:
    """Run one command; the exit code is the command's own."""
    command, rest = (words[0], words[1:]) if words else ("start", [])
    if command in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0
    if command not in ("start", "venueplanner", "tests", "bench", "lint"):
        print(f"There is no command {command!r}.\n{USAGE}", end="", file=sys.stderr)
        return 64
    development = command in ("tests", "bench", "lint")
    if not environment.is_ready(development):
        _leave_the_environment()
    try:
        environment.prepare(development)
    except environment.Unable as trouble:
        print(trouble, file=sys.stderr)
        return 69
    tidy = runpy.run_path(str(ROOT / "src" / "venueplanner" / "domain" / "surroundings.py"))["tidy"]
    tidy(os.environ)
    if command == "tests":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        return _become(["pytest", *_side_by_side(rest), *rest], ROOT)
    if command == "bench":
        return _become(["tests.bench", *rest], ROOT)
    if command == "lint":
        return _lint()
    return _become(["venueplanner.cli.main", *(rest if command == "venueplanner" else ["start", *rest])])


def _leave_the_environment() -> None:
    """An environment cannot rebuild itself from inside: go on with the Python it was made from."""
    if sys.prefix == sys.base_prefix:
        return
    outside: str = getattr(sys, "_base_executable", sys.executable)
    if not Path(outside).exists():
        return
    sys.exit(_call([outside, str(Path(__file__).resolve()), *sys.argv[1:]]))


def _side_by_side(arguments: list[str]) -> list[str]:
    """Two processes for a run of everything; one for a chosen part or a debugger, where starting two costs more."""
    return [] if arguments else ["-n", "2", "--dist", "loadfile"]


def _lint() -> int:
    worst = 0
    for tool in LINT:
        print("$ python", *tool, flush=True)
        worst = max(worst, abs(_call([str(environment.python()), *tool], ROOT)))
    return min(worst, 1)


def _become(module: list[str], folder: Path | None = None) -> int:
    """Hand over to a module of the environment; where the system can, this process becomes it."""
    command = [str(environment.python()), "-m", *module]
    if not environment.WINDOWS:
        os.chdir(folder or Path.cwd())
        os.execv(command[0], command)  # noqa: S606 - a list of arguments, no shell wanted
    return _call(command, folder)


def _call(command: list[str], folder: Path | None = None) -> int:
    try:
        return subprocess.call(command, cwd=folder)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
