"""Write the help pages of the kinds from their declarations: python packaging/make_help.py

The pages of the checks and the start page are written by hand; these follow from `kinds.ALL`, in every language, so a
new field is in the help as soon as it is declared.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))


def page(kind: Any, language: Any) -> str:
    """The Markdown of one kind's page."""
    from venueplanner.domain.fields import Choice, Number
    from venueplanner.domain.words import N_

    say = language
    lines = [f"# {say(kind.label)}", "", say(kind.help), ""]
    if kind.shapes:
        names = {"point": N_("a point"), "line": N_("a line"), "polygon": N_("an area")}
        lines += [f"**{say(N_('Drawn as'))}:** " + ", ".join(say(names[each]) for each in kind.shapes), ""]
        if kind.key:
            lines += [f"**{say(N_('Key'))}:** {kind.key}", ""]
        text = N_(
            "Click by click; type a number to fix the next length; Backspace takes a point back; "
            "Enter, double-click or right-click finishes; Esc cancels. S turns snapping off and on."
        )
        lines += [say(text), ""]
    else:
        lines += [say(N_("A record without a place: add it in the step Organise and fill in its form.")), ""]
    lines += [f"## {say(N_('Fields'))}", ""]
    for field in kind.all_fields:
        unit = f" [{field.unit}]" if isinstance(field, Number) and field.unit else ""
        detail = f": {say(field.help)}" if field.help else ""
        if isinstance(field, Choice):
            detail += " – " + "; ".join(say(label) for _, label in field.options)
        lines.append(f"- **{say(field.label)}**{unit}{detail}")
    lines += ["", f"`{kind.id}`", ""]
    return "\n".join(lines)


def main() -> int:
    """Write all pages."""
    from venueplanner.app.language import LANGUAGES, Language
    from venueplanner.kinds import ALL

    for code, _ in LANGUAGES:
        folder = ROOT / "resources" / "help" / code / "kinds"
        folder.mkdir(parents=True, exist_ok=True)
        for kind in ALL:
            (folder / f"{kind.id}.md").write_text(page(kind, Language(code)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
