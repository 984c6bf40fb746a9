// The map of what is reported. Everything it loads comes from this server.
import { Map, NavigationControl, Popup, ScaleControl, setWorkerUrl } from "/static/vendor/maplibre-gl.mjs";
import { layersFor, sourcesFor, togglesOf } from "/static/js/layers.js";
import { printable } from "/static/js/printing.js";

setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");

const settings = JSON.parse(document.getElementById("map-settings").textContent);
const message = document.getElementById("map-message");
const readout = document.getElementById("readout");

function offersWebGl2() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2"));
}

function showDrawing() {
  document.body.classList.add("without-map");
  const drawing = document.getElementById("drawing");
  drawing.src = drawing.dataset.src;
  document.getElementById("no-map").hidden = false;
}

function say(text) {
  message.textContent = text;
  message.hidden = !text;
}

function writePlace({ lng, lat }) {
  const northing = `${Math.abs(lat).toFixed(5)}° ${lat < 0 ? "S" : "N"}`;
  readout.textContent = `${northing}, ${Math.abs(lng).toFixed(5)}° ${lng < 0 ? "W" : "E"}`;
}

function start() {
  performance.mark("map-start");
  const map = new Map({
    container: "map",
    hash: true,
    maxZoom: 19,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false, // said in the panel
    fadeDuration: 0,
    style: {
      version: 8,
      sources: sourcesFor(settings),
      layers: layersFor(settings.kinds),
    },
    ...(settings.bbox
      ? { bounds: settings.bbox, fitBoundsOptions: { padding: framing(), maxZoom: 14 } }
      : { center: [15, 20], zoom: 1.5 }),
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 140 }), "bottom-right");
  map.on("mousemove", (event) => writePlace(event.lngLat));
  map.on("move", () => writePlace(map.getCenter()));
  map.once("load", () => writePlace(map.getCenter()));
  map.once("styledata", () => performance.mark("map-style"));
  map.once("render", () => performance.mark("map-first-frame"));
  map.once("load", () => performance.mark("map-load"));
  map.once("idle", () => { performance.mark("map-idle"); document.body.dataset.map = "idle"; });
  map.on("error", (event) => say(`The map could not load a part: ${event.error?.message ?? "unknown"}`));
  printable(map);
  listen(map);
  return map;
}

function framing() {
  const wide = window.matchMedia("(min-width: 760px)").matches;
  return wide ? { top: 30, right: 50, bottom: 40, left: 350 } : 24;
}

// What may be clicked, the warning first.
const ORDER = ["hazardous_area", "accident", "minefield_record", "land_release_product", "activity"];

function recordsAt(map, point) {
  const layers = map.getStyle().layers.filter((l) => l.metadata?.clickable).map((l) => l.id);
  const box = [[point.x - 4, point.y - 4], [point.x + 4, point.y + 4]];
  const found = new globalThis.Map();
  for (const feature of map.queryRenderedFeatures(box, { layers })) {
    const id = feature.properties.record_id;
    if (!found.has(id)) found.set(id, feature);
  }
  const rank = (feature) => ORDER.indexOf(feature.source);
  return [...found.values()].sort((one, other) => rank(one) - rank(other));
}

function listen(map) {
  map.on("click", (event) => open(map, recordsAt(map, event.point), event.lngLat));
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = recordsAt(map, event.point).length ? "pointer" : "";
  });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const centre = map.getCenter();
    open(map, recordsAt(map, map.project(centre)), centre, true);
  });
  for (const box of document.querySelectorAll(".layers input")) {
    const apply = () => togglesOf(box.name).filter((id) => map.getLayer(id)).forEach((id) => {
      map.setLayoutProperty(id, "visibility", box.checked ? "visible" : "none");
    });
    box.addEventListener("change", apply);
    map.once("styledata", apply);
  }
}

const SHOWN_AT_ONCE = 4;

async function open(map, features, place, byKey = false) {
  if (!features.length) {
    if (byKey) say("Nothing is recorded at the centre. No record is not evidence of no contamination.");
    return;
  }
  say("");
  const body = document.createElement("div");
  for (const text of await Promise.all(features.slice(0, SHOWN_AT_ONCE).map(described))) {
    body.insertAdjacentHTML("beforeend", text); // written and escaped by our own server
  }
  const more = features.length - SHOWN_AT_ONCE;
  if (more > 0) body.append(`${more} more lie here: zoom in to tell them apart.`);
  new Popup({ maxWidth: "300px", focusAfterOpen: true }).setLngLat(place).setDOMContent(body).addTo(map);
}

async function described({ properties: { record_id: id, n = 1 } }) {
  const answer = await fetch(`/popup/${encodeURIComponent(id)}?n=${n}`);
  return answer.ok ? answer.text() : "<p>This record could not be read.</p>";
}

if (window.matchMedia("(max-width: 759px)").matches) {
  document.querySelector(".panel").open = false;
}
try {
  window.landreleaseMap = start();
} catch (fault) {
  // Asked for only now, since making a second context takes its time.
  if (offersWebGl2()) throw fault;
  showDrawing();
}
