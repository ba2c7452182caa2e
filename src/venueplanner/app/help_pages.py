"""Help pages: Markdown files in `resources/help/<language>/`, with English where a page is not translated yet.

A page names what is declared elsewhere instead of repeating it, so that help and findings never say two different
things: `{{coverage.limit:.2f}}` is the value in the rules of the open plan. On lines of their own stand `{{rules}}`, on
a check's page the table of its rules with source and certainty (`{{rules standoff}}`: of all rules of that name) and
`{{picture}}`, its picture with what is found there; and `{{kinds}}`, `{{checks}}`, `{{packs}}`, links to those pages;
`{{keys}}`, the tables of all keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from venueplanner.checks import BY_ID as CHECKS
from venueplanner.domain.rules import CONFIDENCE, Rule, Rules
from venueplanner.domain.words import N_
from venueplanner.kinds import BY_ID as KINDS

from . import help_pictures
from .documents import profile_named
from .language import Language
from .places import resources

START = "index"
FOLDERS = ("", "kinds", "checks", "packs")
DEFAULT_PROFILE = "kg"  # fills the numbers while no plan is open
RULE = re.compile(r"\{\{(\w+(?:\.\w+)+)(?::([^{}]*))?\}\}")
LIST = re.compile(r"^\{\{(\w+)(?: ([\w.]+))?\}\}$", re.MULTILINE)
PLANNER_DEFAULT = N_("Planner default")  # the source of rules that nobody else has a number for


@dataclass(frozen=True)
class Page:
    """One page: its id such as "kinds/barrier", its title (first heading), the file and the code of its language."""

    id: str
    title: str
    path: Path
    language: str = "en"


def find(page_id: str, code: str) -> Page | None:
    """The page in a language, else in English, else None."""
    for language in (code, "en"):
        path = resources() / "help" / language / f"{page_id}.md"
        if path.is_file():
            return Page(page_id, _title(path), path, language)
    return None


def text(page: Page, rules: Rules | None = None, keys: str = "") -> str:
    """The Markdown of a page with the numbers of `rules`, or of the default profile, written as its language does.

    `keys` is what stands for `{{keys}}`: only the window knows which keys are in force.

    Raises `UnknownName` where the page names a rule that the profile does not have.
    """
    known = rules or profile_named(DEFAULT_PROFILE)
    language = Language(page.language)

    def number(found: re.Match[str]) -> str:
        return format(known.number(found[1]), found[2] or "g").replace(".", language.decimal)

    def listed(found: re.Match[str]) -> str:
        if found[1] == "keys":
            return keys
        if found[1] == "rules":
            own = CHECKS[page.id.removeprefix("checks/")].rules if not found[2] else ()
            more = [each for each in known.rules if found[2] and each.startswith(f"{found[2]}.")]
            return _rule_table([known[each] for each in (*own, *more)], language)
        if found[1] == "picture":
            return help_pictures.shown(page.id.removeprefix("checks/"), language)
        return "\n".join(f"- [{each.title}]({each.id}.md)" for each in _pages_under(found[1], page.language))

    return RULE.sub(number, LIST.sub(listed, page.path.read_text(encoding="utf-8")))


def _rule_table(rules: list[Rule], language: Language) -> str:
    heads = [language(each) for each in (N_("Rule"), N_("Value"), N_("Source"), N_("How sure"))]
    rows = [heads, ["---"] * len(heads)]
    for rule in rules:
        value = f"{rule.value:g}".replace(".", language.decimal) if isinstance(rule.value, float) else str(rule.value)
        source = ", ".join(part for part in (language(rule.source), rule.clause) if part)
        sure = language(CONFIDENCE.get(rule.confidence, rule.confidence))
        rows.append([language(rule.label), f"{value} {language(rule.unit)}".strip(), source, sure])
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows)


def _pages_under(folder: str, code: str) -> list[Page]:
    """The pages of a folder: kinds and checks in the order they are declared in, others by name."""
    order = list({"kinds": KINDS, "checks": CHECKS}.get(folder, {}))
    pages = [page for page in all_pages(code) if page.id.startswith(f"{folder}/")]
    place = {f"{folder}/{name}": number for number, name in enumerate(order)}
    return sorted(pages, key=lambda page: place.get(page.id, len(place)))


def linked(page: Page, target: str) -> str:
    """The id of the page that a link such as "../kinds/gate.md" in `page` leads to."""
    parts: list[str] = []
    for part in (PurePosixPath(page.id).parent / target.partition("#")[0].removesuffix(".md")).parts:
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def all_pages(code: str) -> list[Page]:
    """Every page that exists in the language or in English, the start page first."""
    found: dict[str, None] = {}
    for language in (code, "en"):
        root = resources() / "help" / language
        for folder in FOLDERS:
            for path in sorted((root / folder).glob("*.md")):
                found.setdefault(f"{folder}/{path.stem}" if folder else path.stem)
    pages = [page for each in found if (page := find(each, code)) is not None]
    return sorted(pages, key=lambda page: (page.id != START, page.id.count("/"), page.id))


def _title(path: Path) -> str:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            return line.lstrip("# ").strip()
    return path.stem
