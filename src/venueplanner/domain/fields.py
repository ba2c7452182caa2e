"""Fields: one named value with its type, unit, limits, default and label.

The same declaration makes the column of the plan file, the row of the form, the option of the command line and the
line of the help table. A new field type must be known to three rooms: here, `storage` (column) and `ui` (editor).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .errors import BadValue
from .words import N_, Words

# The units that fields, rules and findings are given in, marked here once for translators.
UNITS = (
    N_("m"),
    N_("mm"),
    N_("m²"),
    N_("px"),
    N_("px/m"),
    N_("days"),
    N_("km/h"),
    N_("m/s"),
    N_("m/s2"),
    N_("kg"),
    N_("kJ"),
    N_("min"),
    N_("deg"),
    N_("%"),
    N_("people"),
    N_("people/m2"),
    N_("people/m/min"),
)

FieldValue = str | float | int | bool | tuple[str, ...] | None


@dataclass(frozen=True)
class Field:
    """One named value. `default` is what a new feature gets; `None` means "not known yet"."""

    id: str
    label: str
    help: str = ""
    default: Any = None
    required: bool = False

    def parse(self, raw: object) -> FieldValue:
        """The value that `raw` (text from a form or a plain JSON value) means. Raises `BadValue`."""
        if raw is None or raw == "":
            return None
        return self._parse(raw)

    def _parse(self, raw: object) -> FieldValue:
        return str(raw)

    def refuse(self, raw: object, what: str, **values: object) -> BadValue:
        """The error that says which field refuses which value, and what it takes."""
        sentence = Words(N_("{label} cannot be “{raw}”: {what}"))
        reason = Words(what, values)
        return BadValue(Words(sentence.template, {"label": Words(self.label), "raw": str(raw)[:60], "what": reason}))


@dataclass(frozen=True)
class Text(Field):
    """Free text; `long` gets several lines in the form."""

    default: str | None = None
    long: bool = False


@dataclass(frozen=True)
class Number(Field):
    """A number with a unit and limits. Both decimal marks are understood."""

    default: float | None = None
    unit: str = ""
    low: float | None = None
    high: float | None = None
    decimals: int = 2

    def _parse(self, raw: object) -> FieldValue:
        try:
            value = float(str(raw).replace("\u00a0", "").replace(" ", "").replace(",", "."))
        except ValueError:
            raise self.refuse(raw, N_("a number is needed.")) from None
        if isinstance(raw, bool) or not math.isfinite(value):
            raise self.refuse(raw, N_("a number is needed."))
        if self.low is not None and value < self.low:
            raise self.refuse(raw, N_("the least is {limit:g} {unit}."), limit=self.low, unit=Words(self.unit))
        if self.high is not None and value > self.high:
            raise self.refuse(raw, N_("the most is {limit:g} {unit}."), limit=self.high, unit=Words(self.unit))
        return value + 0.0  # -0 is 0, here as in the file


@dataclass(frozen=True)
class Whole(Number):
    """A whole number, such as a count of people."""

    decimals: int = 0

    def _parse(self, raw: object) -> FieldValue:
        value = super()._parse(raw)
        if not isinstance(value, float) or value != int(value):
            raise self.refuse(raw, N_("a whole number is needed."))
        return int(value)


_TRUE = {"1", "true", "yes", "y", "да", "ооба", "on"}
_FALSE = {"0", "false", "no", "n", "нет", "жок", "off"}


@dataclass(frozen=True)
class Flag(Field):
    """Yes or no."""

    default: bool | None = False

    def _parse(self, raw: object) -> FieldValue:
        word = str(raw).strip().lower()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
        raise self.refuse(raw, N_("yes or no is needed."))


@dataclass(frozen=True)
class Choice(Field):
    """One of a few named values: `options` are (value, label)."""

    default: str | None = None
    options: tuple[tuple[str, str], ...] = ()

    def _parse(self, raw: object) -> FieldValue:
        word = str(raw).strip()
        for value, label in self.options:
            if word.casefold() in (value.casefold(), label.casefold()):
                return value
        allowed = ", ".join(value for value, _ in self.options)
        raise self.refuse(raw, N_("one of these is needed: {allowed}."), allowed=allowed)

    def label_of(self, value: object) -> str:
        """The label of a stored value, or the value itself when it is not in the list."""
        return next((label for option, label in self.options if option == value), str(value))


@dataclass(frozen=True)
class When(Field):
    """A local date and time to the minute, kept as `YYYY-MM-DDTHH:MM`."""

    default: str | None = None

    def _parse(self, raw: object) -> FieldValue:
        text = str(raw).strip().replace(" ", "T")
        for form in ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%YT%H:%M", "%Y-%m-%d", "%d.%m.%Y"):
            try:
                return datetime.strptime(text, form).strftime("%Y-%m-%dT%H:%M")
            except ValueError:
                continue
        raise self.refuse(raw, N_("a date and time such as 2026-08-31 17:00 is needed."))


@dataclass(frozen=True)
class Links(Field):
    """Ids of other features of the given kinds; `most` limits how many (1 makes it a single link)."""

    default: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    most: int | None = None

    def parse(self, raw: object) -> FieldValue:
        """The ids, from a list or from text with commas between them."""
        if raw is None or raw == "":
            return ()
        parts = [str(part).strip() for part in raw] if isinstance(raw, list | tuple) else str(raw).split(",")
        ids = tuple(part.strip() for part in parts if part.strip())
        if self.most is not None and len(ids) > self.most:
            raise self.refuse(raw, N_("at most {most} can be linked."), most=self.most)
        return ids


TYPES: tuple[type[Field], ...] = (Text, Number, Whole, Flag, Choice, When, Links)
