"""What leaves the house: one file a product, named after the paper people hold.

Lives here: map book, field map, site walk and what comes later. A pack turns a site and its findings into files.
May import: kinds, engine, domain; PySide6 for painting pages (no widgets), folium, pikepdf, segno, pyproj.
To add one: the folder, a line in ALL, a test that reads the product back with a foreign reader, a help page.
"""

from __future__ import annotations

from collections.abc import Mapping

from venueplanner.domain.pack import Pack

from . import field_map, map_book, raci, risk_register, site_walk

ALL: tuple[Pack, ...] = (map_book.PACK, field_map.PACK, site_walk.PACK, raci.PACK, risk_register.PACK)

BY_ID: Mapping[str, Pack] = {pack.id: pack for pack in ALL}
