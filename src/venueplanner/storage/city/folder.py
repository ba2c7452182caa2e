"""A folder of city data in: every file read, its place and its words decided, everything brought to the plan's system.

The originals are only read. What is unclear becomes a question, what is damaged is named with its rows, and nothing is
lost without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from venueplanner.domain.errors import BadFile, Cancelled
from venueplanner.domain.site import GRID_ROLES
from venueplanner.domain.words import N_, Words
from venueplanner.storage.coordinates import PlanCoordinates

from .grids import DRIVERS, is_grid, read_grid
from .ogr import is_allowed, read_layers
from .placing import Placed, place_all, plan_system
from .raw import RawLayer
from .reference import Box, apart
from .repair import mend
from .report import CityImport, NeedsAnswer, Override, Question
from .shapefiles import read_shapefile
from .taking import take
from .unzip import opened

Progress = Callable[[int, int, str], None]
SHAPEFILE = ".shp"
READABLE = (SHAPEFILE, ".gpkg", ".geojson", ".json", ".tab", ".mif", ".zip", *DRIVERS)
OTHER_DATA = (
    ".dxf",
    ".dwg",
    ".kml",
    ".kmz",
    ".gdb",
    ".gpx",
    ".osm",
    ".pbf",
    ".csv",
    ".xlsx",
    ".dgn",
    ".fgb",
    ".parquet",
)
DEEPEST = 4
FAR = 50_000.0  # m between a layer and the rest of its city that is worth a question
PACKAGE = ".city"  # a plan's own package folder is never read as city data


def read_folder(
    folder: Path,
    *,
    coordinates: PlanCoordinates | None = None,
    encoding: str = "",
    crs: str = "",
    overrides: Mapping[str, Override] | None = None,
    around: Box | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> CityImport:
    """Read every layer of a folder (or of one file) into the plan's system.

    `coordinates`: the plan's system (None: the folder's own metric system or UTM is chosen and returned); `encoding`:
    what all tables are written in, if the planner says so; `crs`: the system of files that do not say theirs;
    `overrides`: file name → what the planner says of it; `around`: longitude/latitude box of what the plan already has.
    Raises `BadFile` in plain words where there is nothing to read, `NeedsAnswer` where a question comes first.
    """
    folder = Path(folder)
    chosen = dict(overrides or {})
    with opened(folder) as root:
        files = _files_of(root)
        report_name = folder.resolve().name
        raws: list[tuple[RawLayer, Override]] = []
        warnings: list[Words] = []
        for number, path in enumerate(files):
            if cancelled is not None and cancelled():
                raise Cancelled
            if progress is not None:
                progress(number, len(files) + 1, path.name)
            says = chosen.get(path.name, chosen.get(path.stem, Override()))
            says = replace(says, encoding=says.encoding or encoding)
            try:
                for found in _read(path, says):
                    if found.grid is None:
                        mend(found)
                    raws += [(raw, says) for raw in found.by_kind()]
            except BadFile as error:
                warnings.append(Words(N_("{text} {hint}"), {"text": error.text, "hint": error.hint}))
        warnings += _not_read(root)
        if not raws:
            raise _nothing(report_name, warnings)
        placed, questions = place_all(raws, crs, around)
        if not placed:
            raise NeedsAnswer(questions)
        warnings += _elsewhere(placed, around)
        return _taken(folder, root, placed, questions, warnings, coordinates, around, progress, cancelled, len(files))


def _taken(
    folder: Path,
    root: Path,
    placed: list[Placed],
    questions: list[Question],
    warnings: list[Words],
    coordinates: PlanCoordinates | None,
    around: Box | None,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
    total: int,
) -> CityImport:
    drawn = [each for each in placed if each.raw.grid is None]
    system = coordinates if coordinates is not None else plan_system(drawn or placed)
    focus = _focus(drawn, around)
    report = CityImport(folder, system, questions=questions, warnings=warnings)
    told: set[str] = set()
    ids: set[str] = set()
    for each in placed:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(total, total + 1, each.raw.name)
        try:
            layer, record, detail, notes = take(each, system, root, folder, ids, focus)
        except BadFile as error:  # an elevation file shows only now whether it can be used
            report.warnings.append(Words(N_("{text} {hint}"), {"text": error.text, "hint": error.hint}))
            continue
        report.layers.append(layer)
        report.records.append(record)
        report.details[record.id] = detail
        if detail.shift is not None and detail.shift.say() not in told:  # once for all layers of a system
            told.add(detail.shift.say())
            report.warnings.append(detail.shift)
        report.warnings += [
            Words(N_("{file}: {note}."), {"file": each.raw.path.name, "note": note}) for note in (*detail.notes, *notes)
        ]
    if not report.layers:
        raise _nothing(folder.resolve().name, report.warnings)
    if progress is not None:
        progress(total + 1, total + 1, "")
    return report


def _focus(drawn: list[Placed], around: Box | None) -> Box | None:
    """The longitude/latitude box of all that is drawn: what heights matter for."""
    boxes = [each.lonlat for each in drawn if each.lonlat is not None] + ([around] if around is not None else [])
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _elsewhere(placed: list[Placed], around: Box | None) -> list[Words]:
    """A sentence for every layer that lies far from the plan's data, or from the middle layer of the folder."""
    boxes = sorted(each.lonlat for each in placed if each.lonlat is not None)
    middle = around if around is not None else boxes[len(boxes) // 2] if boxes else None
    told = []
    for each in placed:
        if each.lonlat is not None and middle is not None and (metres := apart(each.lonlat, middle)) > FAR:
            values = {"file": each.raw.path.name, "km": metres / 1000, "crs": each.reference.label}
            sentence = N_("{file} lies {km:.0f} km away from the other data: is {crs} right for it?")
            told.append(Words(sentence, values))
    return told


def _files_of(root: Path) -> list[Path]:
    """The files that can be city data, in a fixed order; a plan's own packages and hidden folders are left out."""
    if root.is_file():
        return [root]
    found = [path for path in _walk(root, 0) if path.suffix.lower() in READABLE and path.suffix.lower() != ".zip"]
    return [path for path in found if path.suffix.lower() != ".json" or _looks_like_geojson(path)]


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    try:
        inside = sorted(folder.iterdir(), key=lambda path: path.name.lower())
    except OSError as error:
        raise BadFile(
            Words(N_("{folder} cannot be opened: {why}."), {"folder": folder.name, "why": error.strerror or ""})
        ) from error
    for path in inside:
        if path.name.startswith(".") or path.name.endswith(PACKAGE):
            continue
        if path.is_dir():
            if depth < DEEPEST and not path.is_symlink():
                yield from _walk(path, depth + 1)
        elif path.is_file():
            yield path


def _looks_like_geojson(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(2000)
    return b'"Feature' in head or b'"coordinates"' in head


def _read(path: Path, says: Override) -> Iterator[RawLayer]:
    encoding = says.encoding or None
    if is_grid(path):
        yield read_grid(path, says.role if says.role in GRID_ROLES else "")
    elif path.suffix.lower() == SHAPEFILE:
        yield read_shapefile(path, encoding)
    elif is_allowed(path) or path.suffix.lower() in READABLE:
        yield from read_layers(path, encoding)
    else:
        sentence = Words(N_("{file} is of a kind this program does not read."), {"file": path.name})
        raise BadFile(
            sentence, Words(N_("It reads shapefiles, GeoPackage, GeoJSON and MapInfo files, and elevation as GeoTIFF."))
        )


def _not_read(root: Path) -> list[Words]:
    """One sentence about data of other kinds that lie in the folder too, and about parts without their .shp."""
    if root.is_file():
        return []
    seen = list(_walk(root, 0))
    others = [path for path in seen if path.suffix.lower() in OTHER_DATA]
    told = []
    if others:
        names = ", ".join(path.name for path in others[:5]) + (" …" if len(others) > 5 else "")
        told.append(Words(N_("Not read, other kinds of data: {names}."), {"names": names}))
    stems = {(path.parent, path.stem.lower()) for path in seen if path.suffix.lower() in (SHAPEFILE, ".tab", ".mif")}
    lone = [
        path
        for path in seen
        if path.suffix.lower() in (".dbf", ".shx") and (path.parent, path.stem.lower()) not in stems
    ]
    if lone:
        told.append(
            Words(
                N_("Parts of shapefiles without their .shp: {names}."), {"names": ", ".join(p.name for p in lone[:5])}
            )
        )
    return told


def _nothing(name: str, warnings: list[Words]) -> BadFile:
    if warnings:
        first = Words(N_("Nothing of {folder} could be read. {first}"), {"folder": name, "first": warnings[0]})
        return BadFile(first)
    return BadFile(
        Words(N_("There is no city data in {folder}."), {"folder": name}),
        Words(N_("Choose the folder that holds the shapefiles (.shp), GeoPackages (.gpkg) or GeoJSON files.")),
    )
