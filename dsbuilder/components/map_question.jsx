// What is drawn for one question: the tools, the map, the list of what is there, and a form of coordinates that needs no map.
// Measures, words and faults come from the server, which keeps the drawing whole; here is only what one does with it.
import React, { useEffect, useRef, useState } from "react";
import { MapCanvas } from "./map_canvas.jsx";
import "./map.css";

const KINDS = ["Point", "LineString", "Polygon"];
const ICONS = { Point: "map-pin", LineString: "spline", Polygon: "pentagon" };
const NEEDED = { Point: 1, LineString: 2, Polygon: 3 };

const Icon = ({ name }) => <svg className="icon" aria-hidden="true"><use href={`/icons.svg#i-${name}`} /></svg>;
const fill = (sentence, values) => Object.entries(values).reduce((s, [k, v]) => s.replaceAll(`{${k}}`, v), sentence);
const asFeature = ({ number, geometry, description }) => ({ type: "Feature", id: number, geometry, properties: description ? { description } : {} });
const asShape = (feature) => ({ number: feature.id, geometry: feature.geometry, description: feature.properties.description || "", label: feature.label, typed: feature.typed });
const collection = (shapes) => JSON.stringify({ type: "FeatureCollection", features: shapes.map(asFeature) });
const nextNumber = (shapes) => 1 + shapes.reduce((most, shape) => Math.max(most, shape.number), 0);
const geometryOf = (kind, positions) => ({
  type: kind, coordinates: kind === "Point" ? positions[0] : kind === "LineString" ? positions : [[...positions, positions[0]]],
});

// A change is a list of steps, each one shape before and after; undone, it goes the other way. A shape that is added takes
// a number of its own, whatever another tab gave away meanwhile.
const applied = (shapes, change) => change.reduce((now, step) => {
  const at = now.findIndex((shape) => shape.number === step.number);
  if (!step.before && at >= 0) step.number = nextNumber(now);
  const others = now.filter((shape) => shape.number !== step.number);
  if (step.after) others.splice(step.before && at >= 0 ? at : others.length, 0, { ...step.after, number: step.number });
  return others;
}, shapes);
const undone = (change) => change.map(({ number, before, after }) => ({ number, before: after, after: before })).reverse();

async function ask(method, address, language, body, headers = {}) {
  const answer = await fetch(`${address}${address.includes("?") ? "&" : "?"}langue=${language}`, { method, body, headers });
  const told = await answer.json().catch(() => ({}));
  return { ok: answer.ok, stale: answer.status === 412, told };
}

// The drawing on the server, or in this tab alone where there is no dossier (a preview).
function useDrawing({ dossier, path, language, words, onChanged, onDrawn }) {
  const [shapes, setShapes] = useState([]);
  const [state, setState] = useState("loading"); // loading, ready, saving, failed
  const [problem, setProblem] = useState("");
  const version = useRef("");
  const current = useRef([]);
  const turn = useRef(Promise.resolve());
  const address = `/cartes/${dossier}/${encodeURIComponent(path)}`;
  const show = (list) => { current.current = list; setShapes(list); };
  const take = (told) => { version.current = told.version; show(told.shapes.map(asShape)); };

  const load = async () => {
    if (!dossier) return setState("ready");
    const { ok, told } = await ask("GET", address, language).catch(() => ({ ok: false }));
    if (ok) take(told);
    setState(ok ? "ready" : "failed");
  };
  useEffect(() => { load(); }, [address]);

  const send = (list) => dossier
    ? ask("PUT", address, language, collection(list), { "If-Match": `"${version.current}"`, "Content-Type": "application/geo+json" })
    : list.length ? ask("POST", "/cartes/lecture", language, collection(list)) : { ok: true, told: { version: "", shapes: [] } };
  const keep = async (change) => {
    const before = current.current;
    setProblem(""); setState("saving");
    show(applied(before, change));
    try {
      let answer = await send(current.current);
      for (let tries = 0; answer.stale && tries < 5; tries += 1) { // another tab drew: its drawing, and this change
        version.current = answer.told.version;
        answer = await send(applied(answer.told.shapes.map(asShape), change));
      }
      if (!answer.ok) {
        show(before);
        setProblem(answer.told.detail || words.unsaved);
        setState("ready");
        return false;
      }
      take(answer.told);
      if (dossier) onChanged?.(path); else onDrawn?.(path, current.current.length ? collection(current.current) : "");
      setState("ready");
      return true;
    } catch {
      show(before);
      setProblem(words.unsaved);
      setState("ready");
      return false;
    }
  };
  // One after the other, so that none is sent from a version that the one before it just replaced.
  const change = (steps) => (turn.current = turn.current.then(() => keep(steps)));
  return { shapes, state, problem, setProblem, change, current, load };
}

function Shape({ shape, selected, words, onSelect, onRemove, onDescribe, onRetype, disabled }) {
  const id = `trace-${useRef(Math.random().toString(36).slice(2)).current}`;
  const [typed, setTyped] = useState(shape.typed || "");
  useEffect(() => setTyped(shape.typed || ""), [shape.typed]);
  return (
    <li className={"shape" + (selected ? " selected" : "")}>
      <Icon name={ICONS[shape.geometry.type]} />
      <span className="name" id={id}>{shape.description ? <strong>{shape.description}{" – "}</strong> : null}{shape.label || words.measuring}</span>
      <span className="shape-actions">
        <button type="button" className="button quiet" aria-expanded={selected} onClick={() => onSelect(selected ? null : shape.number)} aria-describedby={id}>
          <Icon name="pencil" />{selected ? words.done : words.change}
        </button>
        <button type="button" className="button quiet" onClick={onRemove} aria-describedby={id} disabled={disabled}><Icon name="trash-2" />{words.remove}</button>
      </span>
      {selected ? (
        <div className="shape-form">
          <div className="field">
            <label htmlFor={`${id}-nom`}>{words.description}</label>
            <input id={`${id}-nom`} className="input" type="text" maxLength={500} defaultValue={shape.description}
              onBlur={(event) => event.target.value.trim() !== shape.description && onDescribe(event.target.value.trim())} />
          </div>
          {shape.typed ? (
            <div className="field">
              <label htmlFor={`${id}-lieu`}>{words.coordinates}</label>
              <textarea id={`${id}-lieu`} className="textarea" rows={Math.min(8, typed.split("\n").length + 1)} value={typed} onChange={(event) => setTyped(event.target.value)} />
              {typed.trim() !== shape.typed ? <p className="button-group"><button type="button" className="button" onClick={() => onRetype(typed)}>{words.apply}</button></p> : null}
            </div>
          ) : <p className="meta">{words.many}</p>}
        </div>
      ) : null}
    </li>
  );
}

function Typing({ inputId, kinds, words, onType, open }) {
  const [kind, setKind] = useState(kinds[0]);
  const [text, setText] = useState("");
  const [error, setError] = useState("");
  const add = async () => {
    const wrong = await onType(kind, text);
    setError(wrong);
    if (!wrong) setText("");
  };
  return (
    <details className="typing" open={open}>
      <summary><span>{words.typing}</span><Icon name="chevron-down" /></summary>
      <div className="stack">
        {kinds.length > 1 ? (
          <div className="field">
            <label htmlFor={`${inputId}-forme`}>{words.kind}</label>
            <select id={`${inputId}-forme`} className="select w-sm" value={kind} onChange={(event) => setKind(event.target.value)}>
              {kinds.map((one) => <option key={one} value={one}>{words[one]}</option>)}
            </select>
          </div>
        ) : null}
        <div className={error ? "field invalid" : "field"}>
          <label htmlFor={`${inputId}-coordonnees`}>{words.coordinates}</label>
          <div className="hint" id={`${inputId}-coordonnees-aide`}>{words[`hint${kind}`]}</div>
          {error ? <p className="error" role="alert" id={`${inputId}-coordonnees-erreur`}><Icon name="circle-alert" /><span>{error}</span></p> : null}
          <textarea id={`${inputId}-coordonnees`} className="textarea" rows={kind === "Point" ? 2 : 4} value={text} onChange={(event) => setText(event.target.value)}
            aria-invalid={!!error} aria-describedby={`${inputId}-coordonnees-aide${error ? ` ${inputId}-coordonnees-erreur` : ""}`} />
        </div>
        <p className="button-group"><button type="button" className="button" onClick={add}><Icon name="plus" />{words.add}</button></p>
      </div>
    </details>
  );
}

export default function MapQuestion(props) {
  const { inputId, dossier, path, kinds: wanted, most, layers, labelledBy, language, words } = props;
  const kinds = wanted ? KINDS.filter((kind) => wanted.split(" ").includes(kind)) : KINDS;
  const { shapes, state, problem, setProblem, change, current, load } = useDrawing(props);
  const [tool, setTool] = useState(null);
  const [draft, setDraft] = useState([]);
  const [selected, setSelected] = useState(null);
  const [past, setPast] = useState([]);
  const [said, setSaid] = useState("");
  const [noMap, setNoMap] = useState(false);
  const [sending, setSending] = useState("");
  const canvas = useRef(null);
  const undoButton = useRef(null);
  const full = shapes.length >= Number(most || 500);

  const perform = async (steps, sentence) => {
    const done = await change(steps);
    if (done) { setPast((all) => [...all.slice(-49), steps]); setSaid(sentence); }
    return done;
  };
  const undo = async () => {
    const steps = past[past.length - 1];
    if (!steps) return;
    if (await change(undone(steps))) { setPast((all) => all.slice(0, -1)); setSaid(words.undone); }
  };
  const begin = (kind) => {
    const same = tool === kind;
    setTool(same ? null : kind); setDraft([]); setSelected(null); setProblem("");
    setSaid(same ? words.stopped : words[`begin${kind}`]);
    if (!same) canvas.current?.focus();
  };
  const finish = async (positions = draft) => {
    if (!tool) return;
    const kind = tool;
    setTool(null); setDraft([]);
    if (positions.length < NEEDED[kind]) return setSaid(words.stopped);
    const number = nextNumber(current.current);
    if (await perform([{ number, before: null, after: { number, geometry: geometryOf(kind, positions), description: "" } }], words.added)) setSelected(kind === "Point" ? null : number);
  };
  const place = (position) => {
    const rounded = position.map((degrees) => Math.round(degrees * 1e7) / 1e7);
    if (tool === "Point") return finish([rounded]);
    setDraft((all) => [...all, rounded]);
    setSaid(fill(words.placed, { count: draft.length + 1 }));
  };
  const stepBack = () => { setDraft((all) => all.slice(0, -1)); setSaid(words.takenBack); };
  const remove = async (shape) => {
    if (selected === shape.number) setSelected(null);
    if (await perform([{ number: shape.number, before: shape, after: null }], words.removed)) undoButton.current?.focus();
  };
  const replace = (shape, after, sentence) => perform([{ number: shape.number, before: shape, after: { ...shape, label: "", typed: "", ...after } }], sentence);
  const reshape = (number, geometry) => {
    const shape = current.current.find((one) => one.number === number);
    if (shape) replace(shape, { geometry }, words.moved);
  };
  const made = async (body, kind, mark) => {
    const { ok, told } = await ask("POST", `/cartes/lecture${kind ? `?forme=${kind}` : ""}`, language, body).catch(() => ({ ok: false, told: {} }));
    if (!ok) return { wrong: told.detail || words.unread };
    return { found: told.shapes.map(asShape) };
  };
  const addAll = async (found) => {
    let number = nextNumber(current.current);
    const steps = found.map((shape) => ({ number, before: null, after: { ...shape, number: number++ } }));
    const done = await perform(steps, fill(words.addedMany, { count: found.length }));
    if (done) canvas.current?.show(found);
    return done;
  };
  const onType = async (kind, text) => {
    const { wrong, found } = await made(text, kind);
    if (wrong) return wrong;
    return (await addAll(found)) ? "" : words.notAdded;
  };
  const onRetype = async (shape, text) => {
    const { wrong, found } = await made(text, shape.geometry.type);
    if (wrong || found.length !== 1) return setProblem(wrong || words.one);
    if (await replace(shape, { geometry: found[0].geometry }, words.moved)) canvas.current?.show(found);
  };
  const onFile = (file) => {
    if (!file) return;
    setProblem("");
    if (file.size > 5e6) return setProblem(words.tooLarge);
    const request = new XMLHttpRequest();
    request.open("POST", `/cartes/lecture?langue=${language}`);
    request.upload.onprogress = (event) => setSending(fill(words.sending, { percent: Math.round((100 * event.loaded) / Math.max(1, event.total)) }));
    request.onerror = () => { setSending(""); setProblem(words.unread); };
    request.onload = async () => {
      setSending("");
      let told = {};
      try { told = JSON.parse(request.responseText); } catch { /* not ours */ }
      if (request.status !== 200) return setProblem(told.detail || words.unread);
      await addAll(told.shapes.map(asShape));
    };
    setSending(fill(words.sending, { percent: 0 }));
    request.send(file);
  };

  if (state === "failed") return (
    <div className="notice"><Icon name="triangle-alert" /><p>{words.failed} <button type="button" className="button quiet" onClick={load}>{words.again}</button></p></div>
  );
  return (
    <div className="stack" aria-busy={state !== "ready"}>
      <div className="map-tools">
        {kinds.map((kind) => (
          <button key={kind} type="button" className="button" aria-pressed={tool === kind} disabled={noMap || (full && tool !== kind)} onClick={() => begin(kind)}><Icon name={ICONS[kind]} />{words[kind]}</button>
        ))}
        <button type="button" ref={undoButton} className="button quiet" onClick={undo} disabled={!past.length}><Icon name="undo-2" />{words.undo}</button>
      </div>
      {tool ? (
        <div className="map-drawing" role="group" aria-label={words[tool]}>
          <p>{words[`begin${tool}`]}</p>
          <p className="button-group">
            <button type="button" className="button" onClick={() => canvas.current?.placeAtCentre()}>{words.atCentre}</button>
            {draft.length ? <button type="button" className="button quiet" onClick={stepBack}>{words.takeBack}</button> : null}
            {draft.length >= NEEDED[tool] ? <button type="button" className="button primary" onClick={() => finish()}>{words.finish}</button> : null}
            <button type="button" className="button quiet" onClick={() => { setTool(null); setDraft([]); setSaid(words.stopped); }}>{words.giveUp}</button>
          </p>
        </div>
      ) : null}
      {problem ? <p className="error" role="alert"><Icon name="circle-alert" /><span>{problem}</span></p> : null}
      {noMap ? <div className="notice"><Icon name="info" /><p>{words.noMap}</p></div> : (
        <MapCanvas ref={canvas} shapes={shapes} ready={state !== "loading"} draft={draft} tool={tool} selected={selected} layers={layers} language={language} words={words} labelledBy={labelledBy}
          onPlace={place} onFinish={() => finish()} onBack={stepBack} onSelect={setSelected} onReshape={reshape} onSay={setSaid} onFail={() => setNoMap(true)}
          onRemove={() => { const shape = shapes.find((one) => one.number === selected); if (shape) remove(shape); }} />
      )}
      {shapes.length ? (
        <ul className="shapes" aria-label={words.list}>
          {shapes.map((shape) => (
            <Shape key={shape.number} shape={shape} words={words} selected={selected === shape.number}
              onSelect={(number) => { setSelected(number); setTool(null); setDraft([]); if (number) canvas.current?.show([shape]); }}
              onRemove={() => remove(shape)} onDescribe={(description) => replace(shape, { description, label: shape.label, typed: shape.typed }, words.described)} onRetype={(text) => onRetype(shape, text)} />
          ))}
        </ul>
      ) : <p className="meta">{words.nothing}</p>}
      <div className="map-others">
        <Typing inputId={inputId} kinds={kinds} words={words} onType={onType} open={noMap} />
        <div className="field">
          <label htmlFor={`${inputId}-fichier`}>{words.file}</label>
          <div className="hint" id={`${inputId}-fichier-aide`}>{words.fileHint}</div>
          {sending ? <p className="meta">{sending}</p> : null}
          <input id={`${inputId}-fichier`} className="map-file" type="file" accept=".gpx,.kml,.geojson,.json" aria-describedby={`${inputId}-fichier-aide`}
            onChange={(event) => { onFile(event.target.files[0]); event.target.value = ""; }} />
        </div>
      </div>
      <span role="status" className="hidden">{said}</span>
    </div>
  );
}
