"""Errors a user can do something about. Anything else is a bug and is reported as one.

Each carries a sentence (what happened, in which file and row) and a hint (what to do); `code` is the exit code of
the command line.
"""

from __future__ import annotations

from .words import N_, Translate, Words, as_written


class PlannerError(Exception):
    """Something went wrong that the user can understand and mend."""

    code = 3

    def __init__(self, text: Words | str, hint: Words | str = "") -> None:
        self.text = text if isinstance(text, Words) else Words(text)
        self.hint = hint if isinstance(hint, Words) else Words(hint)
        super().__init__(self.text.say())

    def say(self, translate: Translate = as_written) -> str:
        """The sentence and the hint in one line."""
        return " ".join(part for part in (self.text.say(translate), self.hint.say(translate)) if part)


class BadFile(PlannerError):
    """A file cannot be used: damaged, of another format, or not what it says it is."""

    code = 4


class NewerFile(BadFile):
    """The plan was written by a newer version of the program."""

    code = 5


class NoRoom(PlannerError):
    """The disk is full, or the place cannot be written to."""

    code = 6


class BadValue(PlannerError):
    """A value does not fit its field."""

    code = 7


class UnknownName(PlannerError):
    """A kind, check, pack, field or feature of that name does not exist."""

    code = 8


class Cancelled(PlannerError):
    """The user stopped a long job; nothing was changed."""

    code = 9

    def __init__(self) -> None:
        super().__init__(Words(N_("Stopped. Nothing was changed.")))
