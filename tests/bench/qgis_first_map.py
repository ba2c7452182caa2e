"""QGIS from its process start to a drawn picture of some layers. Run by the Python that QGIS is installed for."""

import json
import os
import sys
import time
from pathlib import Path

with Path("/proc/uptime").open() as up, Path("/proc/self/stat").open() as stat:
    AGE = float(up.read().split()[0]) - int(stat.read().rsplit(")", 1)[1].split()[19]) / os.sysconf("SC_CLK_TCK")
NOW = time.perf_counter()

from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsVectorLayer  # noqa: E402
from qgis.PyQt.QtCore import QSize  # noqa: E402

app = QgsApplication([], False)
app.initQgis()
layers = [QgsVectorLayer(path, path, "ogr") for path in sys.argv[1:]]
settings = QgsMapSettings()
settings.setLayers(layers)
settings.setDestinationCrs(layers[0].crs())
settings.setOutputSize(QSize(1366, 768))
settings.setExtent(settings.fullExtent())
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
job.renderedImage()
print(json.dumps({"shown": AGE + time.perf_counter() - NOW}), flush=True)
layers.clear()
