// The map under a drawing: MapLibre in a chunk of its own, fetched once the map is near the screen, and our tools over it.
// A tool places positions by mouse, touch or keyboard (arrows move the map under a cross at its centre); a chosen shape shows
// its corners as buttons that are dragged, moved by arrows, or deleted. What a position becomes is decided by the question.
import React, { useEffect, useImperativeHandle, useRef, useState } from "react";

const FRANCE = [[-5.3, 41.2], [9.7, 51.2]];
const PLACES = [
  ["fr", FRANCE], ["gp", [[-61.9, 15.8], [-60.95, 16.55]]], ["mq", [[-61.3, 14.35], [-60.75, 14.92]]], ["gf", [[-54.7, 2.0], [-51.5, 5.9]]],
  ["re", [[55.15, -21.45], [55.9, -20.8]]], ["yt", [[44.95, -13.05], [45.35, -12.6]]], ["pm", [[-56.5, 46.7], [-56.05, 47.2]]],
  ["bl", [[-63.2, 17.8], [-62.7, 18.15]]], ["nc", [[163.4, -22.9], [168.3, -19.4]]], ["pf", [[-154, -27], [-134, -8]]], ["wf", [[-178.3, -14.5], [-175.9, -13.1]]],
];
const NEAR = 14; // pixels within which a press means the corner that is there
const STEP = 80; // pixels that an arrow moves the map; with Shift a tenth
const MOST_CORNERS = 200; // of a shape whose corners are moved one by one
const EMPTY = { type: "FeatureCollection", features: [] };

const feature = (geometry, properties = {}) => ({ type: "Feature", geometry, properties });
const cornersOf = ({ type, coordinates }) => type === "Point" ? [[coordinates]] : type === "LineString" ? [coordinates] : coordinates.map((ring) => ring.slice(0, -1));
const fromCorners = (type, rings) => ({ type, coordinates: type === "Point" ? rings[0][0] : type === "LineString" ? rings[0] : rings.map((ring) => [...ring, ring[0]]) });
const least = (type) => (type === "Polygon" ? 3 : type === "LineString" ? 2 : 1);
const boxOf = (shapes) => {
  const all = shapes.flatMap((shape) => cornersOf(shape.geometry).flat());
  const [x, y] = [all.map((p) => p[0]), all.map((p) => p[1])].map((list) => [list.reduce((a, b) => Math.min(a, b)), list.reduce((a, b) => Math.max(a, b))]);
  return [[x[0], y[0]], [x[1], y[1]]];
};
const written = ([x, y], language) => [y, x].map((degrees) => degrees.toLocaleString(language, { maximumFractionDigits: 5 })).join(" ; ");

// The page's own colours, so that the map is light or dark as it is.
function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return { sea: of("sunken"), land: of("paper"), abroad: of("canvas"), line: of("control"), ink: of("ink-2"), mine: of("accent"), brand: of("brand"), paper: of("paper") };
}

function overlay(c) {
  const isKind = (...kinds) => ["in", ["geometry-type"], ["literal", kinds]];
  const chosen = (yes, no) => ["case", ["get", "selected"], yes, no];
  return [
    { id: "drawn-area", type: "fill", source: "drawn", filter: isKind("Polygon"), paint: { "fill-color": chosen(c.brand, c.mine), "fill-opacity": 0.25 } },
    { id: "drawn-halo", type: "line", source: "drawn", filter: isKind("Polygon", "LineString"), layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": c.paper, "line-width": 6 } },
    { id: "drawn-line", type: "line", source: "drawn", filter: isKind("Polygon", "LineString"), layout: { "line-join": "round", "line-cap": "round" }, paint: { "line-color": chosen(c.brand, c.mine), "line-width": 3 } },
    { id: "drawn-point", type: "circle", source: "drawn", filter: isKind("Point"), paint: { "circle-radius": 8, "circle-color": chosen(c.brand, c.mine), "circle-stroke-color": c.paper, "circle-stroke-width": 3 } },
    { id: "draft-area", type: "fill", source: "draft", filter: isKind("Polygon"), paint: { "fill-color": c.brand, "fill-opacity": 0.15 } },
    { id: "draft-line", type: "line", source: "draft", filter: isKind("Polygon", "LineString"), paint: { "line-color": c.brand, "line-width": 3, "line-dasharray": [2, 1] } },
    { id: "draft-point", type: "circle", source: "draft", filter: isKind("Point"), paint: { "circle-radius": 6, "circle-color": c.paper, "circle-stroke-color": c.brand, "circle-stroke-width": 3 } },
  ];
}

function outline(c) {
  return {
    version: 8,
    sources: { land: { type: "geojson", data: "/france.json" } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": c.sea } },
      { id: "abroad", type: "fill", source: "land", filter: ["!", ["has", "name"]], paint: { "fill-color": c.abroad } },
      { id: "land", type: "fill", source: "land", filter: ["has", "name"], paint: { "fill-color": c.land } },
      { id: "border", type: "line", source: "land", filter: ["has", "name"], paint: { "line-color": c.line, "line-width": ["interpolate", ["linear"], ["zoom"], 4, 0.5, 9, 1.5] } },
      { id: "name", type: "symbol", source: "land", minzoom: 6, layout: { "text-field": ["get", "name"], "text-font": ["Public Sans"], "text-size": 13, "text-max-width": 8 }, paint: { "text-color": c.ink, "text-halo-color": c.land, "text-halo-width": 1.5 } },
    ],
  };
}

async function styleOf(base, c) {
  if (base.style) return fetch(base.style).then((answer) => answer.json());
  if (base.tiles) return {
    version: 8, sources: { tiles: { type: "raster", tiles: [base.tiles], tileSize: 256 } },
    layers: [{ id: "sea", type: "background", paint: { "background-color": c.sea } }, { id: "tiles", type: "raster", source: "tiles" }],
  };
  return outline(c);
}

const withOurs = (style, c, wanted) => ({
  ...style,
  sources: { ...style.sources, drawn: { type: "geojson", data: EMPTY }, draft: { type: "geojson", data: EMPTY } },
  // The layers that an author may ask for are known by how their names begin; the others of the style always show.
  layers: [...style.layers.map((layer) => {
    const named = KNOWN_LAYERS.find((name) => layer.id.startsWith(name));
    return named ? { ...layer, layout: { ...layer.layout, visibility: wanted.includes(named) ? "visible" : "none" } } : layer;
  }), ...overlay(c)],
});
const KNOWN_LAYERS = ["unesco", "arretes_protection", "conservatoire_littoral", "reserves_chasse_faune_sauvage", "reserves_biologiques", "reserves_naturelles", "natura_2000", "zones_humides", "znieff", "cadastres", "rpg"];

async function opened(container, { language, words, layers }) {
  const [library, worker, base] = await Promise.all([
    import("maplibre-gl"), import("maplibre-gl/dist/maplibre-gl-worker.mjs?url"),
    fetch("/cartes/fond").then((answer) => answer.json()).catch(() => ({})),
  ]);
  library.setWorkerUrl(worker.default);
  const c = colours();
  const wanted = (layers || "").split(" ");
  const style = await styleOf(base, c).catch(() => outline(c));
  const map = new library.Map({
    container, style: withOurs(style, c, wanted), bounds: FRANCE, fitBoundsOptions: { padding: 12 }, maxZoom: 20, attributionControl: false, keyboard: false,
    dragRotate: false, pitchWithRotate: false, touchPitch: false, doubleClickZoom: false, cooperativeGestures: true, fadeDuration: 0,
    locale: { "Map.Title": words.map, "CooperativeGesturesHandler.WindowsHelpText": words.wheel, "CooperativeGesturesHandler.MacHelpText": words.wheelMac, "CooperativeGesturesHandler.MobileHelpText": words.twoFingers },
  });
  map.touchZoomRotate.disableRotation();
  map.on("error", (event) => console.warn("map", event.error?.message)); // a tile that is missing must not stop drawing
  const recolour = async () => { const now = colours(); map.setStyle(withOurs(await styleOf(base, now).catch(() => outline(now)), now, wanted), { diff: true }); };
  return { map, library, recolour, credit: base.style || base.tiles ? base.credit : words.credit };
}

// The corners of the chosen shape, and between them those that may come, as buttons on the map. They are made anew with each
// change of the shape: `focus` remembers which had the focus, so that the next key is heard too.
function handles({ map, library }, shape, words, on, focus) {
  const type = shape.geometry.type, rings = cornersOf(shape.geometry);
  const markers = [];
  if (rings.flat().length > MOST_CORNERS) return () => {};
  const moved = (ring, at, position) => fromCorners(type, rings.map((corners, r) => r === ring ? corners.map((corner, i) => i === at ? position : corner) : corners));
  const without = (ring, at) => fromCorners(type, rings.map((corners, r) => r === ring ? corners.filter((_, i) => i !== at) : corners));
  const put = (position, name, className, place, onDrop, onDelete) => {
    const button = document.createElement("button");
    button.dataset.place = place;
    button.type = "button"; button.className = className; button.setAttribute("aria-label", name); button.title = name;
    const marker = new library.Marker({ element: button, draggable: true }).setLngLat(position).addTo(map);
    button.setAttribute("aria-label", name); button.removeAttribute("role"); button.tabIndex = 0;
    const drop = () => { const { lng, lat } = marker.getLngLat(); onDrop([lng, lat]); };
    // MapLibre hears of a corner let go over the map alone; one let go beside it counts too.
    let held = false;
    const letGo = () => { if (held) { held = false; drop(); } };
    marker.on("dragstart", () => { held = true; window.addEventListener("pointerup", () => setTimeout(letGo), { once: true }); });
    marker.on("dragend", letGo);
    let waiting = 0;
    button.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (by) {
        const far = event.shiftKey ? 1 : 10, at = map.project(marker.getLngLat());
        marker.setLngLat(map.unproject([at.x + by[0] * far, at.y + by[1] * far]));
        clearTimeout(waiting);
        waiting = setTimeout(drop, 400); // one change for a run of arrows
      } else if ((event.key === "Delete" || event.key === "Backspace") && onDelete) onDelete();
      else if (event.key === "Escape") { clearTimeout(waiting); on.leave(); }
      else if ((event.key === "Enter" || event.key === " ") && !onDelete) drop();
      else return;
      event.preventDefault(); event.stopPropagation();
    });
    markers.push(marker);
  };
  rings.forEach((corners, ring) => {
    corners.forEach((corner, at) => {
      const name = words.corner.replace("{at}", at + 1).replace("{of}", corners.length);
      put(corner, name, "corner", `${ring}.${at}`, (position) => on.reshape(moved(ring, at, position)), corners.length > least(type) ? () => on.reshape(without(ring, at)) : null);
    });
    if (type === "Point") return;
    corners.forEach((corner, at) => {
      const next = corners[at + 1] || (type === "Polygon" ? corners[0] : null);
      if (!next) return;
      const middle = [(corner[0] + next[0]) / 2, (corner[1] + next[1]) / 2];
      put(middle, words.between.replace("{at}", at + 1), "corner middle", `${ring}.${at + 1}.new`, (position) => on.reshape(fromCorners(type, rings.map((list, r) => r === ring ? [...list.slice(0, at + 1), position, ...list.slice(at + 1)] : list))));
    });
  });
  const buttons = markers.map((marker) => marker.getElement());
  const wanted = focus.current && nearest(buttons.map((button) => button.dataset.place), focus.current);
  focus.current = null;
  if (wanted) buttons.find((button) => button.dataset.place === wanted).focus({ preventScroll: true });
  return () => {
    focus.current = buttons.find((button) => button === document.activeElement)?.dataset.place ?? null;
    markers.forEach((marker) => marker.remove());
  };
}

// The corner that takes the focus of one that is made anew: itself, the new one instead of a middle, the one before a last one that went.
function nearest(places, place) {
  const [ring, at] = place.split(".").map(Number);
  return [`${ring}.${at}`, `${ring}.${at - 1}`].find((one) => places.includes(one));
}

export function MapCanvas({ ref, shapes, ready, draft, tool, selected, layers, language, words, labelledBy, onPlace, onFinish, onBack, onSelect, onReshape, onRemove, onSay, onFail }) {
  const container = useRef(null);
  const held = useRef(null);
  const focused = useRef(null);
  const [live, setLive] = useState(false);
  const [styled, setStyled] = useState(0);
  const [credit, setCredit] = useState("");
  const now = useRef({});
  now.current = { shapes, draft, tool, selected, onPlace, onFinish, onBack, onSelect, onReshape, onRemove, onSay };
  const shown = useRef(false);

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const show = (list, all) => { const map = held.current?.map; if (map && list.length) map.fitBounds(boxOf(list), { padding: 60, maxZoom: all ? 15 : 16, duration: still() || !shown.current ? 0 : 300 }); };
  const centre = () => { const { lng, lat } = held.current.map.getCenter(); return [lng, lat]; };
  useImperativeHandle(ref, () => ({
    focus: () => held.current?.map.getCanvas().focus({ preventScroll: true }),
    placeAtCentre: () => held.current && now.current.onPlace(centre()),
    show: (list) => show(list),
  }));

  useEffect(() => {
    let gone = false, timer = 0;
    const begin = async () => {
      try {
        const made = await opened(container.current, { language, words, layers });
        if (gone) return made.map.remove();
        held.current = made;
        setCredit(made.credit);
        wire(made, now, language, words);
        made.map.on("style.load", () => setStyled((count) => count + 1));
        made.map.on("load", () => setLive(true));
        if (made.map.loaded()) setLive(true);
      } catch (error) {
        if (!gone) onFail();
      }
    };
    const watch = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) { watch.disconnect(); begin(); } }, { rootMargin: "300px" });
    watch.observe(container.current);
    const recolour = () => { clearTimeout(timer); timer = setTimeout(() => held.current?.recolour(), 50); };
    const scheme = matchMedia("(prefers-color-scheme: dark)"), theme = new MutationObserver(recolour);
    scheme.addEventListener("change", recolour);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => { gone = true; watch.disconnect(); theme.disconnect(); scheme.removeEventListener("change", recolour); clearTimeout(timer); held.current?.map.remove(); held.current = null; };
  }, []);

  useEffect(() => {
    const source = live && held.current.map.getSource("drawn");
    if (!source) return;
    source.setData({ type: "FeatureCollection", features: shapes.map((shape) => feature(shape.geometry, { number: shape.number, selected: shape.number === selected })) });
    if (ready && !shown.current) { if (shapes.length) show(shapes, true); shown.current = true; }
  }, [live, styled, shapes, selected, ready]);

  useEffect(() => {
    const source = live && held.current.map.getSource("draft");
    if (!source) return;
    const features = draft.map((position) => feature({ type: "Point", coordinates: position }));
    if (draft.length > 1) features.unshift(feature(tool === "Polygon" && draft.length > 2 ? { type: "Polygon", coordinates: [[...draft, draft[0]]] } : { type: "LineString", coordinates: draft }));
    source.setData({ type: "FeatureCollection", features });
  }, [live, styled, draft, tool]);

  const chosen = shapes.find((shape) => shape.number === selected);
  const outline = chosen && `${chosen.number} ${JSON.stringify(chosen.geometry)}`; // what the server measured of it moves no corner
  useEffect(() => {
    if (!live || !chosen || tool) { focused.current = null; return; }
    return handles(held.current, chosen, words, { reshape: (geometry) => now.current.onReshape(chosen.number, geometry), leave: () => now.current.onSelect(null) }, focused);
  }, [live, outline, tool]);

  const zoom = (by) => held.current?.map.zoomTo(held.current.map.getZoom() + by, { duration: still() ? 0 : 200 });
  return (
    <div className="map-frame">
      <div className={"map-canvas" + (tool ? " drawing" : "")} ref={container} data-live={live} role="presentation" />
      <span className="cross" aria-hidden="true" />
      {live ? null : <p className="map-wait meta">{words.loading}</p>}
      <div className="map-zoom">
        <button type="button" className="button icon-only" onClick={() => zoom(1)} aria-label={words.zoomIn} title={words.zoomIn}><svg className="icon" aria-hidden="true"><use href="/icons.svg#i-plus" /></svg></button>
        <button type="button" className="button icon-only" onClick={() => zoom(-1)} aria-label={words.zoomOut} title={words.zoomOut}><svg className="icon" aria-hidden="true"><use href="/icons.svg#i-minus" /></svg></button>
      </div>
      <div className="map-below">
        <select className="select" aria-label={words.goTo} value="" onChange={(event) => {
          const place = PLACES.find(([code]) => code === event.target.value);
          if (event.target.value === "all") show(shapes, true); else if (place) held.current?.map.fitBounds(place[1], { padding: 12, duration: 0 });
        }}>
          <option value="">{words.goTo}</option>
          {shapes.length ? <option value="all">{words.showAll}</option> : null}
          {PLACES.map(([code]) => <option key={code} value={code}>{words[`place_${code}`]}</option>)}
        </select>
        <small className="meta">{credit}</small>
      </div>
    </div>
  );
}

function wire({ map }, now, language, words) {
  const canvas = map.getCanvas();
  let saying = 0;
  const at = () => { const { lng, lat } = map.getCenter(); return [lng, lat]; };
  const near = (one, other) => { const a = map.project(one), b = map.project(other); return Math.hypot(a.x - b.x, a.y - b.y) < NEAR; };
  const under = (point) => map.queryRenderedFeatures([[point.x - 8, point.y - 8], [point.x + 8, point.y + 8]], { layers: ["drawn-point", "drawn-line", "drawn-area"] })[0];
  const press = (position, point) => {
    const { tool, draft, onPlace, onFinish, onSelect } = now.current;
    if (!tool) return onSelect(under(point)?.properties.number ?? null);
    const ends = tool === "Polygon" ? [draft[0], draft[draft.length - 1]] : [draft[draft.length - 1]];
    const enough = draft.length >= (tool === "Polygon" ? 3 : 2);
    if (enough && ends.some((end) => near(end, position))) return onFinish();
    if (draft.length && near(draft[draft.length - 1], position)) return; // a second press of a double one
    onPlace(position);
  };
  map.on("click", (event) => press([event.lngLat.lng, event.lngLat.lat], event.point));
  canvas.setAttribute("aria-label", words.mapHelp);
  canvas.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const { tool, draft, selected, onFinish, onBack, onSelect, onRemove, onSay } = now.current;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (by) {
      const far = event.shiftKey ? STEP / 10 : STEP;
      map.panBy([by[0] * far, by[1] * far], { duration: 0 });
      clearTimeout(saying);
      saying = setTimeout(() => onSay(words.centre.replace("{place}", written(at(), language))), 500);
    } else if (event.key === "+" || event.key === "=") map.zoomTo(map.getZoom() + 1, { duration: 0 });
    else if (event.key === "-") map.zoomTo(map.getZoom() - 1, { duration: 0 });
    else if (event.key === "Enter" || event.key === " ") press(at(), map.project(map.getCenter()));
    else if (event.key === "Escape" && (tool || selected)) { if (tool) onFinish(); else onSelect(null); }
    else if ((event.key === "Delete" || event.key === "Backspace") && tool && draft.length) onBack();
    else if (event.key === "Delete" && selected) onRemove();
    else return;
    event.preventDefault(); event.stopPropagation();
  });
}
