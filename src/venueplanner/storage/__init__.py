"""Everything that opens, reads or writes a file: the plan file, the journal, migrations, city data, coordinate systems.

May import: kinds, domain, and the libraries that touch files and coordinates (SQLAlchemy, pyogrio, rasterio, pyproj …).
To add one: a reader names file and row in every error, leaves originals untouched and never leaves half a file behind.
"""
