"""Draw the pictures of the checks' help pages: python packaging/make_pictures.py [check …]

For every check the real check runs on its scene (`packaging/scenes`), and what it finds is drawn as on the
map: `resources/help/pictures/<check>.png` with the finding's sentence beside it as `<check>.json`. No words are in a
picture but figures with units and names such as B1, so one picture serves every language.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "packaging")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PySide6.QtGui import QImage
    from scenes.town import Scene

    from venueplanner.domain.check import Check, Evidence, Finding
    from venueplanner.domain.site import Layer, Site

FOLDER = ROOT / "resources" / "help" / "pictures"
WIDTH, HEIGHT, DENSITY = 560, 320, 2  # pixels of the page, and of the file to one of them
COLOURS = 128
UNITS = {"m", "km", "h", "kg", "s", "min"}
RANK = ("critical", "major", "minor", "info")


def scenes() -> Mapping[str, Scene]:
    """The scenes by check."""
    from scenes import SCENES

    return SCENES


def site_of(check_id: str) -> Site:
    """The scene of a check as a site with the default rules."""
    from venueplanner.app.documents import profile_named
    from venueplanner.app.help_pages import DEFAULT_PROFILE
    from venueplanner.domain.plan import LayerRecord, Plan
    from venueplanner.domain.site import Site
    from venueplanner.edits import features

    scene = scenes()[check_id]
    layers = {role: _layer(role, rows) for role, rows in scene.city.items()}
    plan = Plan(layers={key: LayerRecord(key, key, key, "") for key in layers})
    for kind, shape, values in scene.things:
        plan = features.add(plan, kind=kind, shape=shape, values=values)
    return Site(plan, layers, profile_named(DEFAULT_PROFILE))


def _layer(role: str, rows: Any) -> Layer:
    import numpy as np

    from venueplanner.domain.site import Layer

    shapes = np.empty(len(rows), dtype=object)
    shapes[:] = [shape for shape, _ in rows]
    names = sorted({name for _, columns in rows for name in columns})
    table = {name: np.array([columns.get(name) for _, columns in rows], dtype=object) for name in names}
    return Layer(role, role, role, shapes, table)


def finding_of(check: Check, site: Site) -> Finding:
    """The gravest finding of the check in its scene. Raises `LookupError` where it finds nothing there."""
    from venueplanner.app.inspector import check_subject

    scene, said, states = scenes()[check.id], [], []
    for subject in site.of(check.subject):
        status, findings = check_subject(check, site, subject)
        states.append(f"{status.state} {status.reason or ''}".strip())
        said += [each for each in findings if scene.rule in ("", each.rule) and scene.says in each.text.say()]
    if not said:
        raise LookupError(f"{check.id} finds nothing in its scene ({', '.join(states) or 'no subject in it'}).")
    return min(said, key=lambda each: (RANK.index(each.severity), -(each.measured or 0.0), each.text.say()))


def picture_of(check: Check) -> tuple[QImage, Finding]:
    """The picture of a check as it is drawn today, in `COLOURS` colours, and the finding it shows."""
    from venueplanner.packs.picture import draw

    site = site_of(check.id)
    finding = finding_of(check, site)
    drawn = replace(finding, evidence=tuple(readable(finding.evidence)))
    image = draw(
        site, [drawn], str, width=WIDTH * DENSITY, height=HEIGHT * DENSITY, bounds=scenes()[check.id].bounds,
        chosen=drawn, pixel=DENSITY, margin=1.0,
    )  # fmt: skip
    return _in_few_colours(image), finding


def readable(several: Iterable[Evidence]) -> Iterator[Evidence]:
    """The evidence with labels of figures and units only, each said once: words are for the caption."""
    said: set[str] = set()
    for each in several:
        text = each.label.say() if each.label is not None else ""
        template = each.label.template if each.label is not None else ""
        words = re.findall(r"[^\W\d_]+", re.sub(r"\{[^}]*\}", "", template))
        yield replace(each, label=None) if text in said or set(words) - UNITS else each
        said.add(text)


def pixels(image: QImage) -> npt.NDArray[np.uint8]:
    """The picture as (height, width, 3) red, green, blue."""
    import numpy as np
    from PySide6.QtGui import QImage

    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(plain.constBits(), dtype=np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return flat[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def _in_few_colours(image: QImage) -> QImage:
    """The same picture with a palette of its commonest colours: a third of the bytes, and nobody sees it."""
    import numpy as np
    from PySide6.QtGui import QImage
    from scipy.spatial import KDTree

    rgb = pixels(image)
    # Near shades are one colour first, so that the many shades of soft edges do not crowd out a small symbol's.
    coarse, counts = np.unique(rgb.reshape(-1, 3) // 8, axis=0, return_counts=True)
    common = coarse[np.lexsort((np.arange(len(coarse)), -counts))][:COLOURS]
    keys = (rgb // 8).reshape(-1, 3).astype(np.int64)
    _, nearest = KDTree(common).query(keys)
    table = np.array([rgb.reshape(-1, 3)[nearest == n].mean(axis=0).round() for n in range(len(common))], dtype=int)
    made = QImage(image.width(), image.height(), QImage.Format.Format_Indexed8)
    made.setColorTable([0xFF000000 | r << 16 | g << 8 | b for r, g, b in table.tolist()])
    into = np.frombuffer(made.bits(), dtype=np.uint8).reshape(image.height(), made.bytesPerLine())
    into[:, : image.width()] = nearest.reshape(image.height(), image.width())
    return made


def main(wanted: list[str]) -> int:
    """Draw the pictures of the wanted checks, or of all."""
    from venueplanner.app.help_pictures import data_of
    from venueplanner.checks import ALL

    FOLDER.mkdir(parents=True, exist_ok=True)
    for check in ALL:
        if check.id not in scenes() or (wanted and check.id not in wanted):
            continue
        image, finding = picture_of(check)
        path = FOLDER / f"{check.id}.png"
        image.save(str(path), "PNG", 0)  # type: ignore[call-overload]  # 0: smallest file
        text = json.dumps(data_of(finding.text), ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
        print(f"{check.id}: {path.stat().st_size / 1000:.1f} kB · {finding.severity} · {finding.text}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
