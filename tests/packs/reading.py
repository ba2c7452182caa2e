"""Reading a PDF back without the program: texts with their places, paths, and viewports, from the page's operators.

Source: ISO 32000-1:2008, 8.3-8.5 (coordinates, paths), 9.4 (text), 9.10.3 (ToUnicode).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Said:
    """A run of text that starts at (x, y) points from the page's lower left corner."""

    text: str
    x: float
    y: float


@dataclass
class Read:
    """A page: its size, texts, subpaths (n, 2), images (pixels), viewports (box, GPTS); in points."""

    size: tuple[float, float]
    said: list[Said] = field(default_factory=list)
    paths: list[np.ndarray[Any, Any]] = field(default_factory=list)
    images: list[tuple[int, int]] = field(default_factory=list)
    viewports: list[tuple[list[float], list[float]]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text without blanks: a writer may set every letter by itself."""
        return flat("".join(each.text for each in self.said))

    def says(self, text: str) -> bool:
        """Whether the text stands on the page, blanks aside."""
        return flat(text) in self.text

    def runs(self) -> list[Said]:
        """Letters that follow each other on a line, put together."""
        found: list[Said] = []
        last = (0.0, 0.0)
        for each in self.said:
            if found and each.y == last[1] and 0 < each.x - last[0] < 9:
                found[-1] = Said(found[-1].text + each.text, found[-1].x, found[-1].y)
            else:
                found.append(each)
            last = (each.x, each.y)
        return found

    def lonlat(self, x: float, y: float) -> tuple[float, float]:
        """The place on the ground under a point of the map, from the viewport's four corners (bilinear)."""
        (x0, y0, x1, y1), points = self.viewports[0]
        (a, b), (c, d), (e, f), (g, h) = zip(points[1::2], points[0::2], strict=True)  # LL UL UR LR as lon, lat
        u, v = (x - x0) / (x1 - x0), (y - y0) / (y1 - y0)
        lon = a * (1 - u) * (1 - v) + c * (1 - u) * v + e * u * v + g * u * (1 - v)
        return lon, b * (1 - u) * (1 - v) + d * (1 - u) * v + f * u * v + h * u * (1 - v)


def flat(text: str) -> str:
    """Text without blanks, ligatures taken apart."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def pages_of(path: Path) -> list[Read]:
    """All pages of a file."""
    with pikepdf.open(path) as pdf:
        return [_page(page) for page in pdf.pages]


def _page(page: pikepdf.Page) -> Read:
    box = [float(each) for each in page.mediabox]
    read = Read((box[2] - box[0], box[3] - box[1]))
    for each in page.obj.get("/VP", []):
        read.viewports.append(([float(v) for v in each.BBox], [float(v) for v in each.Measure.GPTS]))
    fonts = {name: _letters(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    for _, image in page.get_images().items():
        read.images.append((int(image.Width), int(image.Height)))
    run = _Run(fonts, read)
    for operands, operator in pikepdf.parse_content_stream(page):
        run.step(str(operator), operands)
    return read


def _letters(font: Any) -> dict[int, str]:
    """Glyph number to text, from the font's ToUnicode map."""
    if "/ToUnicode" not in font:
        return {}
    text = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letters in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(letters).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for low, high, rest in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(\[[^\]]*\]|<[0-9A-Fa-f]+>)", block):
            start = int(low, 16)
            many = re.findall(r"<([0-9A-Fa-f]+)>", rest)
            for step in range(int(high, 16) - start + 1):
                one = many[step] if rest.startswith("[") else f"{int(many[0], 16) + step:04x}"
                found[start + step] = bytes.fromhex(one).decode("utf-16-be")
    return found


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class _Run:
    """A page's operators carried out, as far as texts and paths go."""

    def __init__(self, fonts: dict[str, dict[int, str]], read: Read) -> None:
        self.fonts, self.read = fonts, read
        self.here: Matrix = (1, 0, 0, 1, 0, 0)
        self.line: Matrix = self.here
        self.kept: list[Matrix] = []
        self.letters: dict[int, str] = {}
        self.path: list[tuple[float, float]] = []

    def step(self, name: str, operands: Any) -> None:
        """One operator."""
        if name == "q":
            self.kept.append(self.here)
        elif name == "Q":
            self.here = self.kept.pop()
        elif name == "cm":
            self.here = _times(tuple(float(each) for each in operands), self.here)  # type: ignore[arg-type]
        elif name in ("BT", "Tm", "Td", "Tf", "Tj", "TJ"):
            self.write(name, operands)
        else:
            self.draw(name, [float(each) for each in operands] if name in ("m", "l", "c", "re") else [])

    def write(self, name: str, operands: Any) -> None:
        """Text: where it is, in which font, and its letters."""
        if name == "BT":
            self.line = (1, 0, 0, 1, 0, 0)
        elif name == "Tm":
            self.line = tuple(float(each) for each in operands)  # type: ignore[assignment]
        elif name == "Td":
            self.line = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), self.line)
        elif name == "Tf":
            self.letters = self.fonts.get(str(operands[0]), {})
        else:
            strings = operands[0] if name == "TJ" else [operands[0]]
            raw = b"".join(bytes(each) for each in strings if isinstance(each, pikepdf.String))
            codes = [raw[i] << 8 | raw[i + 1] for i in range(0, len(raw) - 1, 2)]
            text = "".join(self.letters.get(code, "�") for code in codes)
            self.read.said.append(Said(text, *_at(_times(self.line, self.here), 0, 0)))

    def draw(self, name: str, numbers: list[float]) -> None:
        """Paths: lines, curves by their ends, rectangles; any other operator ends a path."""
        if name in ("l", "c"):
            self.path.append(_at(self.here, *numbers[-2:]))
            return
        if name in ("m", "re", "S", "s", "f", "f*", "F", "B", "B*", "b", "b*", "n"):
            if len(self.path) > 1:
                self.read.paths.append(np.array(self.path))
            self.path = [_at(self.here, *numbers)] if name == "m" else []
        if name == "re":
            x, y, w, h = numbers
            corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
            self.read.paths.append(np.array([_at(self.here, *each) for each in corners]))
