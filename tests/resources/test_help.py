"""The help: a page for every kind, check and pack in every language, alike in build, with living links and numbers."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from venueplanner.app import help_pages
from venueplanner.app.documents import profile_named
from venueplanner.app.help_pages import RULE, Page
from venueplanner.app.language import LANGUAGES, Language
from venueplanner.checks import ALL as CHECKS
from venueplanner.domain.rules import CONFIDENCE
from venueplanner.kinds import ALL as KINDS
from venueplanner.packs import ALL as PACKS

from .packaged import RESOURCES, script

CODES = tuple(code for code, _ in LANGUAGES)
HEADINGS = {
    "checks": {
        "en": ["What it looks at", "Why it matters", "What to do", "What it cannot see", "Source"],
        "ru": ["Что рассматривается", "Почему это важно", "Что делать", "Чего проверка не видит", "Источник"],
        "ky": ["Эмне каралат", "Бул эмне үчүн маанилүү", "Эмне кылуу керек", "Текшерүү эмнени көрбөйт", "Булак"],
    },
    "packs": {
        "en": ["What is in it", "What is left out", "What to do", "What it cannot do"],
        "ru": ["Что входит", "Что не входит", "Что делать", "Чего комплект не может"],
        "ky": ["Эмне кирет", "Эмне кирбейт", "Эмне кылуу керек", "Топтом эмне кыла албайт"],
    },
}
DECLARED = {"kinds": KINDS, "checks": CHECKS, "packs": PACKS}
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")  # not the pictures
MEASURE = re.compile(r"\d\s*(?:m|km|km/h|mm|kg|°|м|км|мм|кг)(?![A-Za-zЀ-ӿ])")
RULE_ID = re.compile(r"`([a-z_]+(?:\.\w+)+)`")


def path_of(code: str, page_id: str) -> Path:
    return RESOURCES / "help" / code / f"{page_id}.md"


def page_of(code: str, page_id: str) -> Page:
    page = help_pages.find(page_id, code)
    assert page is not None
    return page


def ids(*folders: str) -> list[str]:
    return [f"{folder}/{each.id}" for folder in folders for each in DECLARED[folder]]


def profiles() -> list[str]:
    return sorted(path.stem for path in (RESOURCES / "rules").glob("*.toml"))


@pytest.mark.parametrize("code", CODES)
def test_that_the_pages_are_those_of_the_declared_kinds_checks_and_packs(code: str) -> None:
    root = RESOURCES / "help" / code
    found = {path.relative_to(root).with_suffix("").as_posix() for path in root.rglob("*.md")}
    assert found == {"index", "keys", *ids("kinds", "checks", "packs")}


def test_that_the_pages_of_the_kinds_say_what_is_declared() -> None:
    stale = [str(path) for path, text in script("make_help").pages().items() if path.read_text("utf-8") != text]
    assert stale == [], "run python packaging/make_help.py"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("page_id", ids("checks", "packs"))
def test_that_a_page_has_the_headings_of_its_sort_and_the_name_the_program_uses(code: str, page_id: str) -> None:
    folder, _, name = page_id.partition("/")
    text = path_of(code, page_id).read_text("utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS[folder][code]
    label = next(each.label for each in DECLARED[folder] if each.id == name)
    assert re.findall(r"^# (.+)$", text, re.MULTILINE) == [Language(code)(label)]
    sections = re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]
    assert all(len(section.split()) > 5 for section in sections)


@pytest.mark.parametrize("code", CODES)
def test_that_no_link_between_pages_is_dead(code: str) -> None:
    dead, reached = [], set()
    for page in help_pages.all_pages(code):
        for target in LINK.findall(help_pages.text(page)):
            linked = help_pages.linked(page, target)
            reached.add(linked)
            if not target.endswith(".md") or not path_of(code, linked).is_file():
                dead.append((page.id, target))
    assert dead == []
    assert {page.id for page in help_pages.all_pages(code)} <= reached | {"index"}


@pytest.mark.parametrize("profile", profiles())
@pytest.mark.parametrize("code", CODES)
def test_that_every_rule_a_page_names_is_in_every_profile_and_is_filled_in(code: str, profile: str) -> None:
    rules = profile_named(profile)
    for page in help_pages.all_pages(code):
        said = help_pages.text(page, rules)
        assert "{{" not in said, page.id
        assert [each for each in RULE_ID.findall(said) if each not in rules.rules] == [], page.id


@pytest.mark.parametrize("page_id", ids("checks", "packs"))
def test_that_a_page_names_the_same_rules_and_links_in_every_language(page_id: str) -> None:
    pages = [path_of(code, page_id).read_text("utf-8") for code in CODES]
    assert len({tuple(sorted({found.group() for found in RULE.finditer(text)})) for text in pages}) == 1
    assert len({tuple(sorted(set(LINK.findall(text)))) for text in pages}) == 1


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("page_id", ids("checks", "packs"))
def test_that_numbers_come_from_the_rules_outside_of_what_is_quoted_from_a_source(code: str, page_id: str) -> None:
    text = path_of(code, page_id).read_text("utf-8")
    source = HEADINGS["checks"][code][-1]
    written = RULE.sub("", text.partition(f"## {source}\n")[0])
    assert MEASURE.findall(written) == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_that_a_checks_page_shows_every_rule_with_its_value_and_how_sure_it_is(code: str, check: object) -> None:
    language = Language(code)
    found = next(each for each in CHECKS if each is check)
    rules = profile_named("kg")
    said = help_pages.text(page_of(code, f"checks/{found.id}"), rules)
    for rule_id in found.rules:
        rule = rules[rule_id]
        row = next(line for line in said.splitlines() if line.startswith(f"| {language(rule.label)} |"))
        value = f"{rule.value:g}".replace(".", language.decimal) if isinstance(rule.value, float) else rule.value
        assert f"| {value}" in row
        assert language(CONFIDENCE[rule.confidence]) in row
        assert (rule.clause or rule.unit or rule.id) in said or language(rule.unit) in row


def test_that_a_number_follows_the_profile_and_the_plans_own_value() -> None:
    page = page_of("ru", "checks/coverage-gap")
    own = profile_named("kg").overridden({"rule.coverage.limit": "0.95"})
    assert "0,95 м" in help_pages.text(page, own)
    assert "0,95 м" not in help_pages.text(page)


def test_that_every_rule_has_a_source_and_says_how_sure_it_is() -> None:
    for path in sorted((RESOURCES / "rules").glob("*.toml")):
        for rule in tomllib.loads(path.read_text("utf-8"))["rule"]:
            assert rule.get("source"), rule["id"]
            assert rule.get("confidence") in CONFIDENCE, rule["id"]
