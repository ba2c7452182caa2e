"""The documents: what they name is in the tree, their links live, and the glossary says what the program says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from venueplanner.app.documents import profile_named
from venueplanner.app.language import read_catalogue

from .packaged import RESOURCES, ROOT, script

DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "packaging/README.md", ROOT / "sample_data/README.md"]
)
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
QUOTED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)")
FILE = re.compile(r"[\w./-]+\.(?:py|md|toml|lock|cmd|gpkg|geojson|txt)|[\w.-]+(?:/[\w.-]+)+/?")
DOTTED = re.compile(r"\w+(?:\.\w+)+")
SOURCE = ROOT / "src" / "venueplanner"
# Made by the program or by hand when needed, and what stands for something else.
MADE = {"install.log", "out/", "wheelhouse/", ".venv"}


def found(name: str, document: Path) -> bool:
    """Whether a path is in the tree: from the top, beside the document, or inside the package."""
    starts = (ROOT, document.parent, SOURCE, RESOURCES)
    wanted = name.rstrip("/")
    return any((start / wanted).exists() or (start / f"{wanted}.py").exists() for start in starts)


@pytest.mark.parametrize("name", NAMES)
def test_that_every_file_a_document_names_is_there(name: str) -> None:
    document = ROOT / name
    missing = []
    for quoted in QUOTED.findall(document.read_text("utf-8")):
        path = quoted.partition(":")[0].strip()
        if path in MADE or not FILE.fullmatch(path) or "<" in quoted or "{" in quoted:
            continue
        parts = path.rsplit(".", 1)  # `inspector.touched` and `packs/drawing/city.city_style` name something in a file
        if not found(path, document) and not (len(parts) == 2 and names_something(*parts)):
            missing.append(quoted)
    assert missing == []


def names_something(module: str, name: str) -> bool:
    files = [*SOURCE.glob(f"{module}.py"), *SOURCE.rglob(f"{module.rsplit('/', 1)[-1]}.py")]
    return any(
        re.search(rf"\b(?:def|class) {name}\b|^{name}\b", each.read_text("utf-8"), re.MULTILINE) for each in files
    )


def test_that_every_name_a_document_quotes_is_defined_or_is_a_rule() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    rules = set(profile_named("kg").rules)
    unknown = []
    for document in DOCUMENTS:
        for quoted in QUOTED.findall(document.read_text("utf-8")):
            if not DOTTED.fullmatch(quoted) or FILE.fullmatch(quoted) or quoted in rules | MADE:
                continue
            name = quoted.rsplit(".", 1)[1]
            defined = re.search(rf"\b(?:def|class) {name}\b|^{name}\b.*=", code, re.MULTILINE)
            if not defined and not found(quoted.replace(".", "/"), document):
                unknown.append((document.name, quoted))
    assert unknown == []


@pytest.mark.parametrize("name", NAMES)
def test_that_every_link_of_a_document_leads_somewhere(name: str) -> None:
    document = ROOT / name
    targets = [each for each in LINK.findall(document.read_text("utf-8")) if "://" not in each]
    assert [each for each in targets if not (document.parent / each).exists()] == []


def test_that_the_commands_of_the_documents_are_commands_of_the_launcher() -> None:
    said = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "bootstrap.py"), "help"], capture_output=True, check=True, text=True
    ).stdout
    known = set(re.findall(r"^\./run (\w+)", said, re.MULTILINE))
    named = {word for path in DOCUMENTS for word in re.findall(r"\./run ([a-z]+)", path.read_text("utf-8"))}
    assert len(named) > 2
    assert named <= known


def test_that_every_decision_has_a_number_of_its_own_and_says_it() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(path.name[:4]) for path in pages] == list(range(1, len(pages) + 1))
    for path in pages:
        assert path.read_text("utf-8").startswith(f"# {int(path.name[:4])}. ")


def test_that_the_glossary_says_what_the_catalogues_say() -> None:
    text = (ROOT / "docs" / "how-to" / "add-a-language.md").read_text("utf-8").partition("## Glossary")[2]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]
    terms = {row[0]: row[1:] for row in rows[1:]}
    assert len(terms) == len(rows) - 1 > 20
    marked = {each.casefold(): each for each in script("collect_texts").texts()}
    compared = 0
    for column, code in enumerate(("ky", "ru")):
        catalogue = read_catalogue(RESOURCES / "lang" / f"{code}.po")
        for term, said in terms.items():
            assert said[column], term
            if term in marked:
                assert catalogue[marked[term]].casefold() == said[column], (code, term)
                compared += 1
    assert compared > 40
