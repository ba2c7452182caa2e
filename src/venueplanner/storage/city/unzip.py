"""A ZIP of city data laid out in a private folder: only known endings, names decoded, sizes capped, nothing outside."""

from __future__ import annotations

import contextlib
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from venueplanner.domain.errors import BadFile
from venueplanner.domain.words import N_, Words

from .encoding import decide_encoding
from .grids import DRIVERS

TAKEN = frozenset(
    [
        ".shp",
        ".shx",
        ".dbf",
        ".prj",
        ".cpg",
        ".gpkg",
        ".geojson",
        ".json",
        ".tab",
        ".dat",
        ".map",
        ".id",
        ".ind",
        ".mif",
        ".mid",
        ".txt",
        ".tfw",
        ".hdr",
        *DRIVERS,
    ]
)
MOST_FILES, MOST_BYTES, MOST_RATIO = 2000, 2 << 30, 200


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Path]:
    """The folder to read: the path itself, or for a ZIP its contents in a temporary folder."""
    if not path.exists():
        raise BadFile(Words(N_("{file} does not exist."), {"file": path.name}))
    if path.is_dir() or path.suffix.lower() != ".zip":
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="venueplanner-", ignore_cleanup_errors=True) as folder:
        try:
            _lay_out(path, Path(folder))
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
            sentence = Words(N_("{file} cannot be unpacked: it is damaged or protected."), {"file": path.name})
            raise BadFile(sentence, Words(N_("Ask for the archive again, without a password."))) from error
        yield Path(folder)


def _lay_out(path: Path, folder: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = [each for each in archive.infolist() if not each.is_dir()]
        total, packed = sum(each.file_size for each in members), sum(each.compress_size for each in members)
        if len(members) > MOST_FILES or total > MOST_BYTES or total > MOST_RATIO * max(packed, 1 << 16):
            raise ValueError("too much in the archive")
        old = [each.filename.encode("cp437", "replace") for each in members if not each.flag_bits & 0x800]
        codec = decide_encoding(old, cut=False).codec if old else "utf-8"
        if old and codec == "cp1251" and _fits(old, "cp866"):
            codec = "cp866"  # Windows writes names in the OEM page; it is preferred where both make words
        for each in members:
            name = each.filename
            if not each.flag_bits & 0x800:
                name = name.encode("cp437", "replace").decode(codec, "replace")
            parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("..", "/", ".", "")]
            clean = ["".join(c for c in part if c not in '<>:"|?*\x00') for part in parts][-3:]
            if not clean or Path(clean[-1]).suffix.lower() not in TAKEN or clean[0] == "__MACOSX":
                continue
            target = folder.joinpath(*clean)
            if not target.resolve().is_relative_to(folder.resolve()):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(each) as source, target.open("wb") as sink:
                left = each.file_size
                while left > 0 and (chunk := source.read(min(1 << 20, left))):
                    sink.write(chunk)
                    left -= len(chunk)


def _fits(names: list[bytes], codec: str) -> bool:
    """Whether the letters of all names are Russian small or capital letters in `codec`."""
    letters = [c for name in names for c in name.decode(codec, "replace") if c > "\x7f"]
    return bool(letters) and all("а" <= c.lower() <= "я" or c in "ёЁ№" for c in letters)
