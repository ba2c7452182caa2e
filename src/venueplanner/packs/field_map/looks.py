"""How the page looks and behaves: its style sheet, and the one script of our own. Leaflet comes from its wheel."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib import resources as packages

# The zooms at which names can appear; below the first there are none.
NAME_ZOOMS = range(15, 21)

_STYLE = """
:root{color-scheme:light}
*{box-sizing:border-box}
body{display:grid;grid-template:"head head" auto "map panel" minmax(0,1fr) "foot foot" auto/minmax(0,1fr) auto;
height:100vh!important;height:100dvh!important;font:15px/1.4 "DejaVu Sans","Noto Sans",system-ui,sans-serif;
color:#1D2733;background:#fff}
.folium-map{grid-area:map;position:relative!important;height:auto!important;width:auto!important;background:#F2F0EB}
.leaflet-container{font:inherit;background:#F2F0EB}
#vp-head{grid-area:head;padding:7px 12px;border-bottom:1px solid #DCE1E6;overflow-wrap:anywhere}
#vp-head h1{font-size:17px;line-height:1.25;margin:0}
#vp-head p{margin:1px 0 0;font-size:13px;color:#46525F}#vp-head p b{color:#1D2733}
.vp-exercise{color:#C62828;font-weight:bold}
#vp-foot{grid-area:foot;padding:3px 12px;border-top:1px solid #DCE1E6;font-size:11px;color:#5C6977;
overflow-wrap:anywhere}
#vp-panel{grid-area:panel;border-left:1px solid #DCE1E6;overflow-y:auto;background:#fff}
#vp-panel[open]{width:330px}
#vp-panel summary{padding:9px 14px;font-weight:bold;cursor:pointer;position:sticky;top:0;background:#fff}
#vp-panel:not([open]) summary{writing-mode:vertical-rl}
#vp-panel h2{font-size:14px;margin:12px 14px 4px}
#vp-panel ul{list-style:none;margin:0;padding:0 14px 6px}
#vp-panel li{display:flex;gap:9px;align-items:center;padding:2px 0}
#vp-panel li span:last-child{margin-left:auto;color:#5C6977}
#vp-panel button{all:unset;box-sizing:border-box;display:block;width:100%;padding:7px 14px;cursor:pointer;
border-bottom:1px solid #EEF1F4;overflow-wrap:anywhere}
#vp-panel button:hover{background:#F3F6F9}#vp-panel button:focus-visible{outline:3px solid #0B6E99;outline-offset:-3px}
#vp-panel small{color:#5C6977}
#vp-panel button i{display:inline-block;width:11px;height:11px;margin-right:6px}
#vp-panel .vp-none{margin:0 14px;color:#5C6977}
.vp-critical{background:#C62828;clip-path:polygon(50% 0,100% 100%,0 100%)}
.vp-major{background:#E07B00;clip-path:polygon(50% 0,100% 50%,50% 100%,0 50%)}
.vp-minor{background:#A68B00;border-radius:50%}.vp-info{border:2px solid #5C6977;border-radius:50%}
.leaflet-popup-content{font-size:14px;overflow-wrap:anywhere}
.leaflet-popup-content table{border-collapse:collapse;margin-top:4px}
.leaflet-popup-content td{padding:2px 8px 2px 0;vertical-align:top}
.leaflet-popup-content td:first-child{color:#5C6977}
.leaflet-control-layers-toggle{width:44px!important;height:44px!important}
.vp-tag{position:absolute;transform:translate(-50%,-50%);color:#fff;border:2px solid #fff;border-radius:12px;
font:bold 12px/20px "DejaVu Sans",sans-serif;min-width:24px;text-align:center;white-space:nowrap;padding:0 5px;
box-shadow:0 0 2px #0008}
.vp-plate{position:absolute;transform:translate(-50%,-50%);line-height:0}
.vp-name{display:none;pointer-events:none!important}
.vp-name div{position:absolute;white-space:nowrap;font:bold 12px/15px "DejaVu Sans",sans-serif;color:#26303A;
text-shadow:0 0 2px #fff,0 0 2px #fff,1px 1px 1px #fff,-1px -1px 1px #fff,1px -1px 1px #fff,-1px 1px 1px #fff}
.vp-name .vp-street{font-weight:normal;font-size:11.5px;color:#4C5661}
@media (max-width:760px){
body{grid-template:"head" auto "map" minmax(0,1fr) "panel" auto "foot" auto/minmax(0,1fr)}
#vp-panel,#vp-panel[open]{width:auto;max-height:52vh;border-left:0;border-top:1px solid #DCE1E6}
#vp-panel:not([open]) summary{writing-mode:horizontal-tb}
#vp-head{padding:5px 10px}#vp-head h1{font-size:15px}#vp-head p{font-size:12px}#vp-foot{font-size:9px;padding:2px 10px}
}
@media print{#vp-panel,.leaflet-control-zoom,.leaflet-control-layers{display:none}}
"""

# Streets as wide as they are, names where they have room, the panel's rows as a way to their place. folium's popups
# call jQuery for one thing only: to make an element of a text; `$` does that.
_SCRIPT = """
window.$=function(h){var t=document.createElement("template");t.innerHTML=h.trim();return [t.content.firstChild]};
"""
_OWN = """
L.Control.Scale.mergeOptions({imperial:false});
L.Map.addInitHook(function(){
var map=this,box=map.getContainer();window.vpMap=map;
function fit(){
var zoom=map.getZoom(),metres=156543.034*Math.cos(map.getCenter().lat*Math.PI/180)/Math.pow(2,zoom);
for(var at=15;at<21;at++)box.classList.toggle("vp-z"+at,zoom>=at);
map.eachLayer(function(each){var o=each.options;
if(o&&o.vpMetres&&each.setStyle)each.setStyle({weight:Math.max(o.vpLeast,o.vpMetres/metres)+o.vpEdge})});
}
map.on("zoomend overlayadd",fit);map.whenReady(function(){setTimeout(fit,0)});
if(window.ResizeObserver)new ResizeObserver(function(){map.invalidateSize()}).observe(box);
});
document.addEventListener("DOMContentLoaded",function(){
var panel=document.getElementById("vp-panel");
if(panel&&window.innerWidth>900)panel.open=true;
});
document.addEventListener("click",function(event){
var row=event.target.closest("[data-box]");if(!row||!window.vpMap)return;
var b=row.getAttribute("data-box").split(",").map(Number),map=window.vpMap;
if(window.innerWidth<=760)document.getElementById("vp-panel").open=false;
map.invalidateSize();map.fitBounds([[b[0],b[1]],[b[2],b[3]]],{maxZoom:19,padding:[50,50]});
var ring=L.circleMarker([(b[0]+b[2])/2,(b[1]+b[3])/2],
{radius:26,color:"#0B6E99",weight:4,fill:false,interactive:false});
ring.addTo(map);setTimeout(function(){ring.remove()},4000);
});
"""


@cache
def leaflet() -> tuple[str, str]:
    """Leaflet's script and style sheet from the pinned package, pictures inlined."""
    folder = packages.files("xstatic.pkg.leaflet") / "data"
    script = (folder / "leaflet.js").read_text(encoding="utf-8")
    style = (folder / "leaflet.css").read_text(encoding="utf-8")

    def inline(match: re.Match[str]) -> str:
        name = match.group(1).strip("\"'")
        picture = (folder / name).read_bytes()
        return "url(data:image/png;base64," + base64.b64encode(picture).decode() + ")"

    style = re.sub(r"url\((?!#)([^)]+\.png)\)", inline, style)
    script = re.sub(r"//# sourceMappingURL=.*", "", script)
    return script, re.sub(r"behavior:[^;}]+;?", "", style)


def script() -> str:
    """All script of the page but folium's."""
    return f"{_SCRIPT}{leaflet()[0]}{_OWN}"


def style() -> str:
    """All style of the page."""
    shown = ",".join(f".vp-z{zoom} .vp-n{zoom}" for zoom in NAME_ZOOMS)
    return f"{leaflet()[1]}{_STYLE}{shown}{{display:block}}"
