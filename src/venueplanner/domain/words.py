"""Texts that can be said in any language: a template in English plus the values that go into it.

Below `app` nothing is translated. A sentence travels as `Words` and is said at the last moment in the language
of the window, of the command line or of the sheet it is printed on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Translate = Callable[[str], str]
Value = "str | float | int | Words"


def N_(text: str) -> str:
    """Mark an English source text for translators and hand it back unchanged."""
    return text


def as_written(text: str) -> str:
    """Translate nothing: the source language is English."""
    return text


class _Figure(float):
    """A number whose decimal mark is the reader's."""

    mark = "."

    def __format__(self, spec: str) -> str:
        return float.__format__(self, spec).replace(".", self.mark)


class _CommaFigure(_Figure):
    mark = ","


@dataclass(frozen=True)
class Words:
    """One sentence to be said later: an English template and its values.

    A value may itself be `Words` (translated too) or a plain string that is data (a street's name: not translated).
    Templates use `str.format` fields, so `{width:.2f}` fixes the decimals in every language.

    >>> Words(N_("Gap of {width:.2f} m"), {"width": 2.4}).say()
    'Gap of 2.40 m'
    """

    template: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def say(self, translate: Translate = as_written, decimal: str = "") -> str:
        """The sentence in the language of `translate`; `decimal` is the decimal mark, else that of the language."""
        decimal = decimal or str(getattr(translate, "decimal", "."))
        text = translate(self.template) if self.template else ""
        if not self.values:
            return text
        figure = _CommaFigure if decimal == "," else _Figure
        said: dict[str, object] = {}
        for key, value in self.values.items():
            if isinstance(value, Words):
                said[key] = value.say(translate, decimal)
            elif isinstance(value, float):
                said[key] = figure(value)
            else:
                said[key] = value
        return text.format_map(said)

    def __str__(self) -> str:
        return self.say()


def join_words(parts: list[Words]) -> Words:
    """Several sentences one after the other as one.

    >>> join_words([Words("One."), Words("Two.")]).say()
    'One. Two.'
    """
    keys = [f"part{number}" for number in range(len(parts))]
    return Words(" ".join("{" + key + "}" for key in keys), dict(zip(keys, parts, strict=True)))
