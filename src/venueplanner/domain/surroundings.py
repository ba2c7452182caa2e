"""What the program finds around itself when it starts: environment variables to drop and to set.

Standard library only and nothing of this house: the launcher runs this file by itself, before anything is installed.
GDAL, PROJ and Qt read these variables once, when they are first loaded: call `tidy` before importing them.
"""

from __future__ import annotations

from collections.abc import MutableMapping

# Left behind by other GIS installations; they make rasterio, pyproj or Qt load the wrong data files or plug-ins.
FOREIGN = (
    "PROJ_DATA",
    "PROJ_LIB",
    "GDAL_DATA",
    "GDAL_DRIVER_PATH",
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORM_PLUGIN_PATH",
    "PYTHONPATH",
    "PYTHONHOME",
)

# Drivers that follow a pointer to another file, program or address: a crafted "shapefile" must not reach them.
_POINTING_VECTOR = "OGR_VRT,GDALG,GPSBabel,ADBC,WFS,OAPIF,CSW,Carto,AmigoCloud,Elasticsearch,NGW,PLSCENES,EEDA"
_POINTING_RASTER = "HTTP,WMS,WMTS,WCS,PLMosaic,DAAS,EEDAI,OGCAPI,STACIT,STACTA"

SETTINGS = {
    "OGR_SKIP": _POINTING_VECTOR,
    "GDAL_SKIP": _POINTING_RASTER,
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "none",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_CONNECTTIMEOUT": "1",
    "PROJ_NETWORK": "OFF",
}


def tidy(environment: MutableMapping[str, str]) -> None:
    """Drop what other programs left behind and forbid GDAL and PROJ the network, in place."""
    for name in FOREIGN:
        environment.pop(name, None)
    environment.update(SETTINGS)
