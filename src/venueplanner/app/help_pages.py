"""Help pages: Markdown files in `resources/help/<language>/`, with English where a page is not translated yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .places import resources

START = "start"
FOLDERS = ("", "kinds", "checks", "packs")


@dataclass(frozen=True)
class Page:
    """One page: its id such as "kinds/barrier", its title (first heading) and the file."""

    id: str
    title: str
    path: Path


def find(page_id: str, code: str) -> Page | None:
    """The page in a language, else in English, else None."""
    for language in (code, "en"):
        path = resources() / "help" / language / f"{page_id}.md"
        if path.is_file():
            return Page(page_id, _title(path), path)
    return None


def text(page: Page) -> str:
    """The Markdown of a page."""
    return page.path.read_text(encoding="utf-8")


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
