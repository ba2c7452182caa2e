"""Collect all texts marked for translation and bring resources/lang/*.po up to date.

Usage: python packaging/collect_texts.py [--check]
A text is marked by `N_("…")` or said at once by `language("…")`. Translations there are kept; texts no
longer in the code are dropped. With --check nothing is written and the exit code is 1 when a file would change or a
translation is missing.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "venueplanner"
LANGUAGES = ("ky", "ru")
MARKS = {"N_", "language", "say", "tr"}

sys.path.insert(0, str(ROOT / "src"))


def marked(tree: ast.AST) -> list[str]:
    """The texts a module marks, in order."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0]
        if name in MARKS and isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.strip():
            found.append(first.value)
    return found


def texts() -> dict[str, list[str]]:
    """Text → the files it stands in."""
    found: dict[str, list[str]] = {}
    for path in [*sorted(SOURCE.rglob("*.py")), ROOT / "packaging" / "make_help.py"]:
        for text in marked(ast.parse(path.read_text(encoding="utf-8"))):
            places = found.setdefault(text, [])
            place = path.relative_to(ROOT).as_posix()
            if place not in places:
                places.append(place)
    for path in sorted((ROOT / "resources" / "rules").glob("*.toml")):
        for rule in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
            if rule.get("label"):
                found.setdefault(rule["label"], [path.relative_to(ROOT).as_posix()])
    return found


def quoted(text: str) -> str:
    """A text as a .po string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def catalogue(code: str, found: dict[str, list[str]], known: dict[str, str]) -> str:
    """The whole .po file of a language."""
    head = f'"Language: {code}\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    parts = [f'msgid ""\nmsgstr ""\n{head}"Content-Transfer-Encoding: 8bit\\n"\n']
    for text in sorted(found, key=str.casefold):
        where = "\n".join(f"#: {place}" for place in found[text])
        parts.append(f"{where}\nmsgid {quoted(text)}\nmsgstr {quoted(known.get(text, ''))}\n")
    return "\n".join(parts)


def main(check: bool) -> int:
    """Write or check the catalogues; 1 when something is missing."""
    from venueplanner.app.language import read_catalogue

    found = texts()
    missing = 0
    for code in LANGUAGES:
        path = ROOT / "resources" / "lang" / f"{code}.po"
        old = path.read_text(encoding="utf-8") if path.is_file() else ""
        known = read_catalogue(path) if old else {}
        new = catalogue(code, found, known)
        lacking = [text for text in found if not known.get(text)]
        missing += len(lacking)
        print(
            f"{code}: {len(found)} texts, {len(lacking)} not translated" + ("" if new == old else ", file out of date")
        )
        if check:
            missing += new != old
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new, encoding="utf-8")
    return int(missing > 0) if check else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
