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
_LINE = re.compile(r'^(msgid|msgstr|msgctxt)\s+(".*")$|^(".*")$')


def read_catalogue(path: Path) -> dict[str, str]:
    """The messages of a .po file: source text → translation. Empty and fuzzy ones are left out."""
    messages: dict[str, str] = {}
    source = target = ""
    part = ""
    fuzzy = False
    for raw in [*path.read_text(encoding="utf-8").splitlines(), 'msgid ""']:
        line = raw.strip()
        if line.startswith("#, ") and "fuzzy" in line:
            fuzzy = True
        found = _LINE.match(line)
        if not found:
            continue
        text = str(ast.literal_eval(found.group(2) or found.group(3)))
        if found.group(1) == "msgid":
            if source and target and not fuzzy:
                messages[source] = target
            fuzzy = fuzzy and part == ""
            source, target, part = text, "", "msgid"
        elif found.group(1) == "msgstr":
            target, part = text, "msgstr"
        elif part == "msgid":
            source += text
        elif part == "msgstr":
            target += text
        if part == "msgstr":
            fuzzy_done = fuzzy
            fuzzy = fuzzy_done
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
