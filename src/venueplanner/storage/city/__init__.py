"""Reading municipal data: from a folder as it comes to layers in the plan's system, and the copy kept beside the plan.

Way of a file: `folder` (what is there) → `shapefiles`, `ogr` (what it holds; `shp`, `dbf`, `encoding`) → `repair` →
`placing`, `reference` (where it lies) → `taking`, `recognise` (what it is) → `store` (the copy in the package folder).
May import: domain, ../coordinates, and the libraries that touch files and coordinates.
To add a format: a reader that yields `RawLayer`, its ending in `folder.READABLE`, files for it in the tests' zoo.
"""
