// The small map of one area; its drawing stays in place where there is no WebGL 2.
import { Map, NavigationControl, ScaleControl, setWorkerUrl } from "/static/vendor/maplibre-gl.mjs";
import { COLOURS, layersFor, sourcesFor } from "/static/js/layers.js";
import { printable } from "/static/js/printing.js";

setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");
const settings = JSON.parse(document.getElementById("map-settings").textContent);
const holder = document.getElementById("small-map");

function start() {
  holder.replaceChildren();
  const { geometry, bbox } = settings;
  const map = new Map({
    container: holder,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: true,
    attributionControl: false,
    fadeDuration: 0,
    bounds: bbox,
    fitBoundsOptions: { padding: 44, maxZoom: 16 },
    style: {
      version: 8,
      sources: { ...sourcesFor(settings), here: { type: "geojson", data: { type: "Feature", properties: {}, geometry } } },
      layers: [
        ...layersFor(settings.kinds),
        { id: "here", type: "line", source: "here", paint: { "line-color": COLOURS.ink, "line-width": 2.6 } },
      ],
    },
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl(), "bottom-left");
  printable(map);
  map.once("idle", () => { document.body.dataset.map = "idle"; });
}

if (document.createElement("canvas").getContext("webgl2")) start();
