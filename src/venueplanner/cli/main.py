"""`venueplanner COMMAND …`: reads the words of the command line, runs one command, turns errors into a sentence.

Exit codes: 0 fine, 1 findings, 2 not all checked, 3–9 an error the user can mend (see `domain.errors`), 64 wrong words
on the command line, 70 a bug.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Callable, Sequence

from venueplanner.app.language import Language
from venueplanner.domain.errors import PlannerError

from . import approaching, checking, closing, crowding, diverting, making, organising, seeing, showing, starting
from .words import Commands, add_everywhere

COMMANDS: tuple[Callable[[Commands], None], ...] = (
    making.declare_new,
    making.declare_import,
    making.declare_add,
    checking.declare_check,
    approaching.declare_approaches,
    approaching.declare_sensitivity,
    closing.declare_passage,
    closing.declare_cordon,
    seeing.declare_sight,
    crowding.declare_crowd,
    diverting.declare_traffic,
    organising.declare_roles,
    organising.declare_risks,
    organising.declare_threat,
    organising.declare_phases,
    showing.declare_pack,
    showing.declare_render,
    showing.declare_info,
    showing.declare_kinds,
    showing.declare_checks,
    starting.declare_open,
    starting.declare_start,
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(64)


def parser() -> argparse.ArgumentParser:
    """The whole command line, as `--help` shows it."""
    top: argparse.ArgumentParser = _Parser(
        prog="venueplanner",
        description="Plan the protection of a public event, offline.",
        epilog="Exit codes: 0 fine; 1 findings; 2 not all checked; 3 an error that can be mended, of which 4 a file "
        "cannot be used, 5 a plan of a newer version, 6 no room or no right to write, 7 a value does not fit, 8 an "
        "unknown name, 9 stopped; 64 wrong words on the command line; 70 a bug.",
    )
    add_everywhere(top, otherwise=None)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for declare in COMMANDS:
        declare(commands)
    for command in commands.choices.values():
        add_everywhere(command)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # an old console lacks letters: better "?" than no findings
    words = parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO if words.verbose else logging.CRITICAL, stream=sys.stderr)
    language = Language(words.language or os.environ.get("VENUEPLANNER_LANGUAGE", "en"))
    words.language = language
    try:
        code: int = words.run(words)
    except PlannerError as error:
        print(f"venueplanner: {error.say(language)}", file=sys.stderr)
        return error.code
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115,PTH123 - the reader has gone
        return 0
    except KeyboardInterrupt:
        print("venueplanner: stopped.", file=sys.stderr)
        return 130
    except Exception as error:
        if words.verbose:
            raise
        name = type(error).__name__
        print(f"venueplanner: this is a bug: {name}: {error}. Run again with --verbose to see where.", file=sys.stderr)
        return 70
    return code


if __name__ == "__main__":
    sys.exit(main())
