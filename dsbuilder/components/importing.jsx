// Sends a file to an address of ours, saying how far it is; a file with several things in it asks which ones.
import React, { useRef, useState } from "react";

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

export function FileImport({ action, limit, words, className }) {
  const [state, setState] = useState({ step: "choose" }); // choose, sending, which
  const [error, setError] = useState("");
  const [over, setOver] = useState(false);
  const file = useRef(null);
  const request = useRef(null);
  const fail = (sentence) => { setError(sentence || words.failed); setState({ step: "choose" }); };
  const send = (chosen) => {
    const xhr = new XMLHttpRequest();
    request.current = xhr;
    xhr.open("POST", action + (chosen ? `${action.includes("?") ? "&" : "?"}lignes=${chosen}` : ""));
    xhr.setRequestHeader("content-type", "application/octet-stream");
    xhr.upload.onprogress = (event) => event.lengthComputable && setState({ step: "sending", done: event.loaded, of: event.total });
    xhr.onerror = () => fail(words.failed);
    xhr.onabort = () => setState({ step: "choose" });
    xhr.onload = () => {
      let answer = {};
      try { answer = JSON.parse(xhr.responseText); } catch { /* not ours */ }
      if (xhr.status >= 300) return fail(answer.detail);
      if (answer.to && answer.left_out) return setState({ step: "left_out", ...answer });
      if (answer.to) return location.assign(answer.to);
      setState({ step: "which", procedures: answer.procedures, chosen: new Set(answer.procedures.slice(0, answer.limit).map((one) => one.line)), most: answer.limit });
    };
    setState({ step: "sending", done: 0, of: file.current.size });
    xhr.send(file.current);
  };
  const take = (chosen) => {
    if (!chosen) return;
    setError("");
    if (chosen.size > limit) return fail(words.too_large);
    if (!chosen.size) return fail(words.empty);
    file.current = chosen;
    send("");
  };
  const toggle = (line) => {
    const chosen = new Set(state.chosen);
    chosen.has(line) ? chosen.delete(line) : chosen.add(line);
    setState({ ...state, chosen });
  };
  const problem = error && <p className="error" role="alert" id="import-erreur"><svg className="icon" aria-hidden="true"><use href="/icons.svg#i-circle-alert" /></svg><span>{error}</span></p>;
  if (state.step === "sending") {
    const all = state.of && state.done >= state.of;
    return <div className={className} role="status">
      <p>{all ? words.reading : words.sending.replace("{done}", megabytes(state.done)).replace("{of}", megabytes(state.of))}</p>
      <progress aria-label={words.label} max={state.of || 1} value={all ? undefined : state.done} />
      <p className="button-group"><button type="button" className="button quiet" onClick={() => request.current?.abort()}>{words.stop}</button></p>
    </div>;
  }
  if (state.step === "left_out") {
    const more = state.left_out_count - state.left_out.length;
    return <div className={className + " stack"}>
      <div className="notice" role="status"><svg className="icon" aria-hidden="true"><use href="/icons.svg#i-info" /></svg><p>{words.left_out.replace("{count}", state.left_out_count)}</p></div>
      <ul className="left-out">{state.left_out.map((one, index) => <li key={index}><strong>{one.what}</strong> <span className="meta">{one.sheet}, {words.row.replace("{row}", one.row)}</span><br />{one.why}</li>)}</ul>
      {more > 0 && <p>{words.more.replace("{count}", more)}</p>}
      <p className="button-group"><a className="button primary" href={state.to}>{words.open}</a></p>
    </div>;
  }
  if (state.step === "which") {
    const count = state.chosen.size;
    return <div className={className}>
      <fieldset className="field"><legend>{words.which.replace("{count}", state.procedures.length).replace("{limit}", state.most)}</legend>
        <div className="choices import-choices">{state.procedures.map((one) => <label key={one.line} className="choice">
          <input type="checkbox" checked={state.chosen.has(one.line)} onChange={() => toggle(one.line)} /><span>{one.title}<small>{words.fields.replace("{count}", one.fields)}</small></span></label>)}</div>
      </fieldset>
      {problem}
      <p className="button-group"><button type="button" className="button primary" disabled={!count || count > state.most} onClick={() => send([...state.chosen].join(","))}>{words.import_some.replace("{count}", count)}</button>
        <button type="button" className="button quiet" onClick={() => setState({ step: "choose" })}>{words.other}</button></p>
    </div>;
  }
  return <div className={className}>
    <label className={over ? "drop over" : "drop"} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
      onDrop={(event) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files[0]); }}>
      <strong>{words.label}</strong><span className="hint" id="import-aide">{words.hint}</span>{problem}
      <input type="file" accept=".json,.jsonl,.ndjson,.gz,.xlsx,application/json" aria-describedby={error ? "import-aide import-erreur" : "import-aide"} aria-invalid={!!error} onChange={(event) => { take(event.target.files[0]); event.target.value = ""; }} />
    </label>
  </div>;
}
