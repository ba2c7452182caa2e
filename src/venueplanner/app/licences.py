"""Licences of everything that is installed with the program, read from the packages' own metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import metadata

from .places import resources

_ROOTS = re.compile(r"^[A-Za-z0-9_.-]+")


@dataclass(frozen=True)
class Licence:
    """One package: its name, version, licence in a word or two, and the full texts it carries."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...] = ()


def own_text() -> str:
    """The program's own licence, or its name when the file is not there."""
    for folder in (resources().parent, resources()):
        path = folder / "LICENSE"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return "Apache License 2.0"


def third_party() -> list[Licence]:
    """Every package the program needs, and what these need, by name."""
    waiting, seen = ["venueplanner"], dict[str, Licence]()
    while waiting:
        name = waiting.pop()
        key = name.lower().replace("_", "-")
        if key in seen:
            continue
        try:
            about = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            waiting += _START if key == "venueplanner" else []
            continue
        if key != "venueplanner":
            seen[key] = _licence(about)
        elif not about.requires:  # installed without its libraries, as the launcher of a checkout does
            waiting += _START
        waiting += [
            found.group(0) for line in about.requires or [] if "extra ==" not in line and (found := _ROOTS.match(line))
        ]
    return sorted(seen.values(), key=lambda each: each.name.lower())


# Where to begin when the program runs from a checkout and does not know itself what it needs.
_START = [
    "PySide6-Essentials", "defusedxml", "folium", "geopandas", "lxml", "mgrs", "numba", "numpy", "osmium", "pikepdf",
    "platformdirs", "pyogrio", "pyproj", "rasterio", "scipy", "segno", "shapely", "sqlalchemy", "xstatic-leaflet",
]  # fmt: skip


def _licence(about: metadata.Distribution) -> Licence:
    head = about.metadata
    classifiers = [each for each in head.get_all("Classifier") or [] if each.startswith("License ::")]
    stated = _line(head, "License-Expression")
    plain = _line(head, "License")
    if not stated:
        stated = "; ".join(each.split("::")[-1].strip() for each in classifiers if each.count("::") > 1)
    if not stated or stated == "OSI Approved":
        stated = plain.splitlines()[0][:80] if plain else "see its licence file"
    pages = {line.split(",", 1)[0].lower(): line.split(",", 1)[1].strip() for line in head.get_all("Project-URL") or []}
    home = _line(head, "Home-page") or pages.get("homepage") or pages.get("source") or next(iter(pages.values()), "")
    return Licence(head["Name"], about.version, stated, home, _texts(about))


def _line(head: metadata.PackageMetadata, name: str) -> str:
    return str(head[name]).strip() if name in head else ""


def _texts(about: metadata.Distribution) -> tuple[str, ...]:
    found: list[str] = []
    for path in about.files or []:
        name = path.name.upper()
        if name.startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE")) and ".dist-info" in str(path):
            try:
                found.append(path.read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError):
                continue
    return tuple(found)
