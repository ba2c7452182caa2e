"""Languages: gettext catalogues read straight from the .po files, switched while the program runs."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from venueplanner.domain.words import Words

from .places import resources

LANGUAGES: tuple[tuple[str, str], ...] = (("ky", "Кыргызча"), ("ru", "Русский"), ("en", "English"))
_DECIMAL = {"ky": ",", "ru": ",", "en": "."}
_LINE = re.compile(r'^(msgid|msgstr|msgctxt|msgid_plural|msgstr\[\d+\])?\s*(".*")$')


def read_catalogue(path: Path) -> dict[str, str]:
    """The messages of a .po file: source text → translation. Empty and fuzzy ones are left out."""
    messages: dict[str, str] = {}
    entry: dict[str, str] = {}
    part, fuzzy = "", False
    for raw in [*path.read_text(encoding="utf-8").splitlines(), "#"]:
        line = raw.strip()
        found = _LINE.match(line)
        begins = line.startswith("#") or (found is not None and found.group(1) in ("msgid", "msgctxt"))
        if begins and part.startswith("msgstr"):  # a comment or a new source text: the entry before is whole
            if entry.get("msgid") and entry.get("msgstr") and not fuzzy:
                messages[entry["msgid"]] = entry["msgstr"]
            entry, part, fuzzy = {}, "", False
        if line.startswith("#,"):
            fuzzy = fuzzy or "fuzzy" in line
        elif found is not None:
            part = found.group(1) or part
            entry[part] = entry.get(part, "") + str(ast.literal_eval(found.group(2)))
    return messages


@lru_cache(maxsize=8)
def _catalogue(code: str) -> dict[str, str]:
    path = resources() / "lang" / f"{code}.po"
    return read_catalogue(path) if path.is_file() else {}


@dataclass(frozen=True)
class Language:
    """One language: says texts and sentences."""

    code: str = "en"

    @property
    def decimal(self) -> str:
        """The decimal mark."""
        return _DECIMAL.get(self.code, ".")

    def __call__(self, text: str) -> str:
        """The text in this language, or as written when there is no translation."""
        return _catalogue(self.code).get(text, text) if text else ""

    def say(self, words: Words | str) -> str:
        """A sentence with its values in this language."""
        return words.say(self, self.decimal) if isinstance(words, Words) else self(words)
