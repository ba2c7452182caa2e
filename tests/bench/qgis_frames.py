"""Frames by QGIS, for comparison. Run by the Python that QGIS is installed for; speaks JSON lines on stdin and stdout.

First line in: {"width", "height", "memory", "layers": [{"path", "fill"|"line", …}]}; then {"cx", "cy", "mpp", "save"?}
for each frame, answered by {"ms"}. Ends with the input.
"""

import json
import sys
import time

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsSimpleLineSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor


def symbol_of(look):
    """A fill with an outline, or a line with a casing whose levels are drawn one after the other."""
    if "fill" in look:
        return QgsFillSymbol.createSimple(
            {
                "color": look["fill"],
                "outline_color": look["outline"],
                "outline_width": str(look["outline_px"]),
                "outline_width_unit": "Pixel",
            }
        )
    common = {"line_width_unit": "Pixel", "capstyle": "round", "joinstyle": "round"}
    casing = {**common, "line_color": look["casing"], "line_width": str(look["width_px"] + 2 * look["casing_px"])}
    line = {**common, "line_color": look["line"], "line_width": str(look["width_px"])}
    symbol = QgsLineSymbol.createSimple(casing)
    top = QgsSimpleLineSymbolLayer.create(line)
    symbol.appendSymbolLayer(top)
    symbol.symbolLayer(0).setRenderingPass(0)
    symbol.symbolLayer(1).setRenderingPass(1)
    return symbol


def opened(look, memory):
    """A styled layer from its file, or copied into memory first."""
    layer = QgsVectorLayer(look["path"], look["path"], "ogr")
    if memory:
        from qgis.core import QgsFeatureRequest

        layer = layer.materialize(QgsFeatureRequest())
    if not layer.isValid():
        raise SystemExit(f"QGIS cannot open {look['path']}")
    renderer = QgsSingleSymbolRenderer(symbol_of(look))
    renderer.setUsingSymbolLevels("line" in look)
    layer.setRenderer(renderer)
    method = layer.simplifyMethod()  # what the desktop program does by default
    method.setSimplifyHints(method.GeometrySimplification)
    method.setThreshold(1.0)
    layer.setSimplifyMethod(method)
    return layer


def main():
    """Answer requests until there are none."""
    app = QgsApplication([], False)
    app.initQgis()
    order = json.loads(sys.stdin.readline())
    layers = [opened(look, order["memory"]) for look in order["layers"]]
    print(json.dumps({"version": Qgis.QGIS_VERSION}), flush=True)
    for request in sys.stdin:
        view = json.loads(request)
        half_w, half_h = 0.5 * order["width"] * view["mpp"], 0.5 * order["height"] * view["mpp"]
        settings = QgsMapSettings()
        settings.setLayers(layers[::-1])
        settings.setDestinationCrs(layers[0].crs())
        settings.setOutputSize(QSize(order["width"], order["height"]))
        settings.setExtent(
            QgsRectangle(view["cx"] - half_w, view["cy"] - half_h, view["cx"] + half_w, view["cy"] + half_h)
        )
        settings.setBackgroundColor(QColor("#F2F0EB"))
        settings.setFlag(QgsMapSettings.Antialiasing, True)
        settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
        start = time.perf_counter()
        job = QgsMapRendererParallelJob(settings)
        job.start()
        job.waitForFinished()
        picture = job.renderedImage()
        spent = 1000 * (time.perf_counter() - start)
        if view.get("save"):
            picture.save(view["save"])
        print(json.dumps({"ms": spent}), flush=True)
    layers.clear()


if __name__ == "__main__":
    main()
