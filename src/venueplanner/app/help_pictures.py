"""The picture of a check's help page with its caption: the finding's own sentence in the reader's language.

Both come out of one run of the real check (`packaging/make_pictures.py`): the picture as `resources/help/pictures/
<check>.png`, the sentence beside it as `<check>.json`, a template with its values. So they never disagree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from venueplanner.domain.words import Words

from .language import Language
from .places import resources

DENSITY = 2  # pixels of the file to one of the page
_MARKS = re.compile(r"([\\`*_\[\]<>])")  # what Markdown would take for its own


def folder() -> Path:
    """Where the pictures lie."""
    return resources() / "help" / "pictures"


def shown(check_id: str, language: Language) -> str:
    """The Markdown of the picture and its caption; nothing for a check that has no picture."""
    path = folder() / f"{check_id}.json"
    if not path.is_file():
        return ""
    # Qt leaves out a picture without a text of its own.
    said = _MARKS.sub(r"\\\1", language.say(words(json.loads(path.read_text(encoding="utf-8")))))
    return f"![{said}](../../pictures/{check_id}.png)\n\n*{said}*"


def words(data: Mapping[str, Any]) -> Words:
    """A sentence as `data_of` wrote it."""
    values = {key: words(each) if isinstance(each, dict) else each for key, each in data.get("values", {}).items()}
    return Words(str(data["text"]), values)


def data_of(sentence: Words) -> dict[str, Any]:
    """A sentence as plain data: template and values, measures to a millimetre."""
    values = {key: _plain(each) for key, each in sentence.values.items()}
    return {"text": sentence.template, "values": values} if values else {"text": sentence.template}


def _plain(value: object) -> Any:
    if isinstance(value, Words):
        return data_of(value)
    return round(float(value), 3) if isinstance(value, float) else value
