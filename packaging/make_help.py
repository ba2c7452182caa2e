"""Write the help pages of the kinds from their declarations: python packaging/make_help.py [--check]

The pages of the checks, of the packs and the start page are written by hand; these follow from `kinds.ALL`, in every
language, so a new field is in the help as soon as it is declared. With --check nothing is written and the exit code is
1 when a page would change.
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
        unit = f", {say(field.unit)}" if isinstance(field, Number) and field.unit else ""
        detail = f": {say(field.help)}" if field.help else ""
        lines.append(f"- **{say(field.label)}**{unit}{detail}")
        if isinstance(field, Choice):
            lines += [f"    - {say(label)}" for _, label in field.options]
    lines += ["", *_checked(kind, say), f"[{say(N_('All help pages'))}](../index.md)", ""]
    return "\n".join(lines)


def _checked(kind: Any, say: Any) -> list[str]:
    """The checks that look at the kind, each with a link to its page."""
    from venueplanner.checks import ALL
    from venueplanner.domain.words import N_

    links = [f"- [{say(each.label)}](../checks/{each.id}.md)" for each in ALL if kind.id in each.watches]
    return [f"## {say(N_('Checks'))}", "", *links, ""] if links else []


def pages() -> dict[Path, str]:
    """Path → text of every page of a kind."""
    from venueplanner.app.language import LANGUAGES, Language
    from venueplanner.kinds import ALL

    folder = ROOT / "resources" / "help"
    return {
        folder / code / "kinds" / f"{kind.id}.md": page(kind, Language(code)) for code, _ in LANGUAGES for kind in ALL
    }


def main(check: bool) -> int:
    """Write or compare all pages; 1 when --check finds one out of date."""
    stale = 0
    for path, text in pages().items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(path.relative_to(ROOT))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return int(check and stale > 0)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
