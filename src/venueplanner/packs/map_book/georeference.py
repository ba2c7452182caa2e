"""Georeference: which ground each map of the PDF shows, as ISO 32000 viewports that GDAL, QGIS and Avenza read."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, String

from venueplanner.domain.pack import Coordinates

from .writer import Placed


def write(book: bytes, target: Path, placed: Sequence[Placed], coordinates: Coordinates, wkt: str) -> None:
    """Add a viewport for every placed map to the PDF `book`, and write it so that equal input gives equal bytes.

    Raises OSError.
    """
    finished = io.BytesIO()
    with pikepdf.open(io.BytesIO(book)) as pdf:
        for each in placed:
            page = pdf.pages[each.page]
            page.obj.VP = Array([_viewport(pdf, page, each, coordinates, wkt)])
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as about:
            for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
                if key in about:
                    del about[key]
        for date_key in ("/CreationDate", "/ModDate"):
            if date_key in pdf.docinfo:
                del pdf.docinfo[date_key]
        pdf.save(finished, linearize=True, deterministic_id=True)
    with target.open("wb") as file:
        file.write(finished.getbuffer())
        file.flush()
        os.fsync(file.fileno())


def _viewport(
    pdf: pikepdf.Pdf, page: pikepdf.Page, each: Placed, coordinates: Coordinates, wkt: str
) -> pikepdf.Dictionary:
    # The media box is rounded to whole points by the writer: measure from it, not from the paper's size.
    left, _, _, top = (float(value) for value in page.mediabox)
    scale = 72 / 96
    sheet = each.sheet
    x0, x1 = left + sheet.left * scale, left + (sheet.left + sheet.width) * scale
    y1, y0 = top - sheet.top * scale, top - (sheet.top + sheet.height) * scale
    min_x, min_y, max_x, max_y = sheet.bounds
    corners = np.array([[min_x, min_y], [min_x, max_y], [max_x, max_y], [max_x, min_y]])
    lonlat = coordinates.to_lonlat_array(corners)
    points = [value for lon, lat in lonlat.tolist() for value in (lat, lon)]
    system = Dictionary(Type=Name.PROJCS, WKT=String(wkt))
    code = coordinates.authority.removeprefix("EPSG:")
    if code.isdecimal():
        system.EPSG = int(code)
    unit = [0, 0, 0, 1, 1, 1, 1, 0]
    measure = Dictionary(
        Type=Name.Measure, Subtype=Name.GEO, Bounds=Array(unit), GPTS=Array(points), LPTS=Array(unit), GCS=system
    )
    return Dictionary(
        Type=Name.Viewport, Name=String("map"), BBox=Array([x0, y0, x1, y1]), Measure=pdf.make_indirect(measure)
    )
