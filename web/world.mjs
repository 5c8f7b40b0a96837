// Draws the outlines of countries once, so that the program need only fill
// them: shapes in the Equal Earth projection (Šavrič, Patterson and Jenny 2018)
// from world-atlas (Natural Earth, public domain; packaged under the ISC
// licence), keyed by the numbers of ISO 3166-1. Usage: node world.mjs OUT
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const require = createRequire(import.meta.url);
const atlas = (scale) => {
  const t = JSON.parse(readFileSync(require.resolve(`world-atlas/countries-${scale}.json`)));
  return feature(t, t.objects.countries).features;
};
const coarse = atlas("110m");
const fine = atlas("50m");

const antarctica = "010";
const width = 960;
const land = { type: "FeatureCollection", features: coarse.filter((f) => f.id !== antarctica) };
const projection = geoEqualEarth().rotate([-11, 0]).fitWidth(width, land);
const path = geoPath(projection).digits(1);
const [[, top], [, bottom]] = path.bounds(land);
projection.translate([projection.translate()[0], projection.translate()[1] - top + 2]);

// The largest piece of a country carries its name: for France not the sea
// between it and Guiana.
const heart = (f) => {
  const pieces = f.geometry.type === "MultiPolygon" ? f.geometry.coordinates.map((coordinates) => ({ type: "Polygon", coordinates })) : [f.geometry];
  const largest = pieces.reduce((a, b) => (path.area(b) > path.area(a) ? b : a));
  return path.centroid(largest).map((v) => Number(v.toFixed(1)));
};

// Areas whose status states dispute. The atlas gives some to one side and has
// others as shapes without a number of ISO 3166; where it has no shape, the
// outline is a sketch of our own (longitude, latitude).
const sketches = {
  Crimea: [[33.6, 46.1], [34.5, 46], [34.9, 45.75], [35.3, 45.35], [36.5, 45.4], [36.4, 45.05], [35.4, 45], [34.9, 44.8], [34.2, 44.4], [33.7, 44.4], [33.5, 45], [32.5, 45.35], [33, 45.8]],
  Kashmir: [[73.8, 34.4], [74.3, 36], [72.6, 36.3], [74.6, 37], [75.9, 36.6], [77.8, 35.5], [79.8, 35.6], [80.2, 35.2], [79.2, 32.6], [78.4, 32.5], [76.5, 33], [75.4, 32.4], [74, 33]],
};
const named = ["Kosovo", "N. Cyprus", "Somaliland"];
const disputed = Object.entries(sketches).map(([name, ring]) => {
  // d3 wants the rings of polygons clockwise; the other way round is the rest of the globe.
  const polygon = (r) => ({ type: "Polygon", coordinates: [[...r, r[0]]] });
  const [one, other] = [polygon(ring), polygon([...ring].reverse())];
  return { name, d: path(path.area(one) < path.area(other) ? one : other) };
});
for (const f of land.features) {
  if (named.includes(f.properties.name) || f.properties.name === "W. Sahara") {
    disputed.push({ name: f.properties.name, d: path(f) });
  }
}

const shapes = land.features.map((f) => {
  const [x, y] = heart(f);
  return { id: f.id ?? "", name: f.properties.name, d: path(f), x, y };
});
const drawn = new Set(shapes.map((s) => s.id));
for (const f of fine) {
  if (f.id && !drawn.has(f.id) && f.id !== antarctica) {
    const [x, y] = heart(f);
    shapes.push({ id: f.id, name: f.properties.name, x, y });
  }
}
shapes.sort((a, b) => (a.id + a.name < b.id + b.name ? -1 : 1));
disputed.sort((a, b) => (a.name < b.name ? -1 : 1));
writeFileSync(process.argv[2], JSON.stringify({ width, height: Math.ceil(bottom - top + 4), shapes, disputed }));
