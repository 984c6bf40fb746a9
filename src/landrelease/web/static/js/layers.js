// How each kind of record is drawn. Blue, never green, marks land that was released:
// no colour on this map says that land is safe.

export const COLOURS = {
  sea: "#d6e2e6", land: "#f5f2ea", coast: "#a9bac0",
  sha: "#e39a26", shaLine: "#8f5300", cha: "#c23b2c", chaLine: "#731a10",
  gone: "#7a858c", cancelled: "#a8cfe0", reduced: "#5a9fc4", cleared: "#23649b",
  releasedLine: "#1c4f7a", accident: "#3b1d52", minefield: "#6b4a2b",
  activity: "#7a6bb0", district: "#7d8790", ink: "#33414a",
};

const LEFT_OVER = ["in", ["get", "status"], ["literal", ["closed", "handed_over"]]];
const isKind = (kind) => ["all", ["==", ["get", "hazard_kind"], kind], ["!", LEFT_OVER]];
const pale = (suspended, other) => ["case", ["==", ["get", "status"], "suspended"], suspended, other];
const suspendedIsPale = ["interpolate", ["linear"], ["zoom"], 8, pale(0.6, 0.95), 12, pale(0.3, 0.62)];
const outline = ["interpolate", ["linear"], ["zoom"], 8, 0.4, 12, 1.6];
const CLOSE = 11; // from this zoom on, shapes are true enough for released land to lie on top

export function sourcesFor({ kinds, maxZoom }) {
  const sources = {};
  const labels = kinds.includes("district") ? ["district_label"] : [];
  for (const kind of ["land", ...kinds, ...labels]) {
    sources[kind] = {
      type: "vector",
      tiles: [`${window.location.origin}/tiles/${kind}/{z}/{x}/{y}.mvt`],
      maxzoom: maxZoom,
    };
  }
  return sources;
}

const area = (id, source, filter, fill, line, opacity = 0.6, clickable = true) => [
  { id, type: "fill", source, "source-layer": source, filter, metadata: { clickable },
    paint: { "fill-color": fill, "fill-opacity": opacity, "fill-antialias": false } },
  { id: `${id}-line`, type: "line", source, "source-layer": source, filter, minzoom: 8,
    paint: { "line-color": line, "line-width": outline } },
];

const dot = (id, fill, radius) => [{
  id, type: "circle", source: id, "source-layer": id, metadata: { clickable: true },
  paint: {
    "circle-color": fill, "circle-stroke-color": "#fff", "circle-opacity": 0.85,
    "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 6, 0.3, 11, 1.2],
    "circle-radius": ["interpolate", ["linear"], ["zoom"], 6, radius / 3.4, 9, radius / 1.8, 13, radius * 1.3],
  },
}];

const METHOD = ["match", ["get", "method"],
  "cleared", COLOURS.cleared, "reduced", COLOURS.reduced, COLOURS.cancelled];

const DRAWN = {
  district: () => [
    { id: "district", type: "line", source: "district", "source-layer": "district",
      paint: { "line-color": COLOURS.district, "line-opacity": 0.7,
               "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.4, 12, 1.4] } },
  ],
  activity: () =>
    area("activity", "activity", ["==", ["geometry-type"], "Polygon"], COLOURS.activity, COLOURS.activity, 0.2),
  hazardous_area: () => [
    ...area("gone", "hazardous_area", LEFT_OVER, "#ffffff", COLOURS.gone, 0.35),
    ...area("SHA", "hazardous_area", isKind("SHA"), COLOURS.sha, COLOURS.shaLine, suspendedIsPale),
    ...area("CHA", "hazardous_area", isKind("CHA"), COLOURS.cha, COLOURS.chaLine, suspendedIsPale),
  ],
  land_release_product: () =>
    area("land_release_product", "land_release_product", ["literal", true], METHOD, COLOURS.releasedLine, 0.75)
      .map((layer) => ({ ...layer, minzoom: CLOSE })),
  minefield_record: () => dot("minefield_record", COLOURS.minefield, 4),
  accident: () => dot("accident", COLOURS.accident, 4.5),
};

// Far out, areas are drawn larger than they are, and a hazard must not vanish under released land.
function farReleased() {
  return [{
    id: "land_release_product-far", type: "fill", source: "land_release_product",
    "source-layer": "land_release_product", maxzoom: CLOSE, metadata: { clickable: true },
    paint: { "fill-color": METHOD, "fill-opacity": 0.8, "fill-antialias": false },
  }];
}

const names = {
  id: "district-name", type: "symbol", source: "district_label", "source-layer": "district_label",
  minzoom: 8,
  layout: { "text-field": ["coalesce", ["get", "name"], ["get", "local_id"]], "text-size": 12,
            "text-font": ["sans-serif"], "text-max-width": 8 },
  paint: { "text-color": COLOURS.ink, "text-halo-color": "#fff", "text-halo-width": 1.4 },
};

export function layersFor(kinds) {
  const ground = [
    { id: "sea", type: "background", paint: { "background-color": COLOURS.sea } },
    { id: "land", type: "fill", source: "land", "source-layer": "land", paint: { "fill-color": COLOURS.land } },
    { id: "coast", type: "line", source: "land", "source-layer": "land", paint: { "line-color": COLOURS.coast, "line-width": 0.8 } },
  ];
  if (kinds.includes("district")) {
    // Districts are land, also where the coarse outline of the world has none.
    ground.push({ id: "district-ground", type: "fill", source: "district", "source-layer": "district",
                  paint: { "fill-color": COLOURS.land, "fill-antialias": false } });
  }
  const order = Object.keys(DRAWN).filter((kind) => kinds.includes(kind));
  const drawn = order.flatMap((kind) => DRAWN[kind]());
  const labels = kinds.includes("district") ? [names] : [];
  // Outlines stand above every fill, so that released land never hides a hazard's border.
  const fills = drawn.filter((layer) => layer.type === "fill");
  const released = kinds.includes("land_release_product") ? farReleased() : [];
  return [...ground, ...released, ...fills, ...drawn.filter((layer) => layer.type !== "fill"), ...labels];
}

// The map layers that one tick box of the legend shows and hides.
export function togglesOf(name) {
  return name === "district" ? ["district", "district-name"] : [name, `${name}-line`, `${name}-far`];
}
