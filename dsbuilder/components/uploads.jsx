// Sends files in pieces that can be resumed, with their progress; shows what is attached, and takes it away again.
// What is accepted is decided by the server: its sentence is shown as it comes.
import React, { useEffect, useRef, useState } from "react";

const PIECE = 4 * 1024 * 1024; // bytes of one request: what is lost at most when the network fails
const WAITS = [500, 1000, 2000, 4000, 8000]; // ms before trying again by itself
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

class Stopped extends Error {}
class Refused extends Error {}

const sized = (bytes, language) => {
  const units = language === "en" ? ["B", "kB", "MB", "GB"] : ["o", "ko", "Mo", "Go"];
  let n = bytes, u = 0;
  while (n >= 1000 && u < 3) { n /= 1000; u += 1; }
  return `${n.toLocaleString(language, { maximumFractionDigits: n < 10 && u ? 1 : 0 })}\u00a0${units[u]}`;
};

const say = (words, name, values) => Object.entries(values).reduce((s, [k, v]) => s.replaceAll(`{${k}}`, v), words[name]);

function sendPiece(transfer, offset, onProgress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    transfer.request = request;
    request.open("PATCH", `/fichiers/${transfer.token}`);
    request.setRequestHeader("Upload-Offset", String(offset));
    request.setRequestHeader("Content-Type", "application/offset+octet-stream");
    request.setRequestHeader("Accept-Language", transfer.language);
    request.upload.onprogress = (event) => onProgress(offset + event.loaded);
    request.onload = () => done(request);
    request.onerror = () => fail(new Error("network"));
    request.onabort = () => fail(new Stopped());
    request.send(transfer.file.slice(offset, offset + PIECE));
  });
}

const detail = (text, fallback) => { try { return JSON.parse(text).detail || fallback; } catch { return fallback; } };

async function offsetOf(transfer) {
  const answer = await fetch(`/fichiers/${transfer.token}`, { method: "HEAD" });
  if (!answer.ok) throw new Refused(transfer.words.lost);
  return Number(answer.headers.get("Upload-Offset"));
}

async function begin(transfer, dossier, path) {
  const answer = await fetch("/fichiers", {
    method: "POST", headers: { "Content-Type": "application/json", "Accept-Language": transfer.language },
    body: JSON.stringify({ dossier: Number(dossier), path, name: transfer.file.name, size: transfer.file.size }),
  });
  if (!answer.ok) throw new Refused(detail(await answer.text(), transfer.words.lost));
  transfer.token = (await answer.json()).token;
}

async function send(transfer, dossier, path, onProgress) {
  let tries = 0, offset = 0, known = false;
  for (;;) {
    try {
      if (transfer.stopped) throw new Stopped();
      if (!transfer.token) { await begin(transfer, dossier, path); known = true; }
      if (!known) { offset = await offsetOf(transfer); known = true; }
      const answer = await sendPiece(transfer, offset, onProgress);
      if (answer.status === 409) { known = false; continue; }
      if (answer.status >= 500) throw new Error("server");
      if (answer.status >= 400) throw new Refused(detail(answer.responseText, transfer.words.lost));
      offset = Number(answer.getResponseHeader("Upload-Offset"));
      tries = 0;
      if (answer.status === 200) return;
    } catch (error) {
      if (error instanceof Stopped || error instanceof Refused || tries >= WAITS.length) throw error;
      known = false;
      await wait(WAITS[tries]);
      tries += 1;
    }
  }
}

function Transfer({ one, words, language, onStop, onRetry }) {
  const id = `envoi-${one.key}`;
  const percent = Math.round((100 * one.sent) / Math.max(1, one.file.size));
  const text = one.error || say(words, one.paused ? "paused" : "sending", { sent: sized(one.sent, language), size: sized(one.file.size, language) });
  return (
    <li className={"file" + (one.error ? " refused" : "")}>
      <svg className="icon" aria-hidden="true"><use href={one.error ? "/icons.svg#i-circle-alert" : "/icons.svg#i-file-text"} /></svg>
      <div>
        <span className="name">{one.file.name}</span>
        <span className={one.error ? "error" : "meta"} id={id} role={one.error ? "alert" : undefined}>{text}</span>
        {one.error ? null : <progress value={percent} max="100" aria-labelledby={id} />}
      </div>
      {one.paused ? <button type="button" className="button quiet" onClick={onRetry}>{words.resume}</button> : null}
      <button type="button" className="button quiet" onClick={onStop}>
        <svg className="icon" aria-hidden="true"><use href="/icons.svg#i-x" /></svg>
        {one.error ? words.dismiss : words.cancel}<span className="hidden"> {one.file.name}</span>
      </button>
    </li>
  );
}

export function Uploads({ inputId, dossier, path, files, accept, maxFiles, describedBy, labelledBy, invalid, disabled, language, words, onChanged }) {
  const [transfers, setTransfers] = useState([]);
  const [status, setStatus] = useState("");
  const count = useRef(0);
  const live = useRef(new Map());
  const input = useRef(null);
  const list = files || [];

  const update = (key, change) => setTransfers((all) => all.map((t) => (t.key === key ? { ...t, ...change } : t)));
  const drop = (key) => { live.current.delete(key); setTransfers((all) => all.filter((t) => t.key !== key)); };
  const run = async (transfer) => {
    update(transfer.key, { paused: false, error: "" });
    try {
      await send(transfer, dossier, path, (sent) => update(transfer.key, { sent: Math.min(sent, transfer.file.size) }));
      drop(transfer.key);
      setStatus(say(words, "received", { name: transfer.file.name }));
      onChanged?.(path);
    } catch (error) {
      if (error instanceof Stopped) return;
      update(transfer.key, error instanceof Refused ? { error: error.message } : { paused: true });
    }
  };
  const take = (chosen) => {
    for (const file of chosen) {
      const key = `${path}-${(count.current += 1)}`.replace(/[^\w-]/g, "-");
      const transfer = { key, file, language, words, token: "", stopped: false };
      live.current.set(key, transfer);
      setTransfers((all) => [...all, { key, file, sent: 0, paused: false, error: "" }]);
      run(transfer);
    }
    if (input.current) input.current.value = "";
  };
  const stop = (one) => {
    const transfer = live.current.get(one.key);
    if (transfer) {
      transfer.stopped = true;
      transfer.request?.abort();
      if (transfer.token) fetch(`/fichiers/${transfer.token}`, { method: "DELETE" }).catch(() => {});
    }
    drop(one.key);
    input.current?.focus();
  };
  const remove = async (file) => {
    const answer = await fetch(`/fichiers/${file.token}`, { method: "DELETE" }).catch(() => null);
    setStatus(answer?.ok ? say(words, "removed", { name: file.name }) : words.lost);
    input.current?.focus();
    onChanged?.(path);
  };
  useEffect(() => {
    const again = () => { for (const one of live.current.values()) setTransfers((all) => { if (all.find((t) => t.key === one.key && t.paused)) run(one); return all; }); };
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, []);

  const full = list.length + transfers.filter((t) => !t.error).length >= maxFiles;
  return (
    <div>
      {list.length + transfers.length > 0 ? (
        <ul className="files">
          {list.map((file) => (
            <li key={file.token} className="file">
              <svg className="icon" aria-hidden="true"><use href="/icons.svg#i-file-text" /></svg>
              <div>
                {file.address ? <a className="name" href={file.address} download>{file.name}</a> : <span className="name">{file.name}</span>}
                <span className="meta">{file.address ? say(words, "kept", { size: sized(file.size, language) }) : file.note}</span>
              </div>
              {disabled ? null : (
                <button type="button" className="button quiet" onClick={() => remove(file)}>
                  <svg className="icon" aria-hidden="true"><use href="/icons.svg#i-x" /></svg>{words.remove}<span className="hidden"> {file.name}</span>
                </button>
              )}
            </li>
          ))}
          {transfers.map((one) => (
            <Transfer key={one.key} one={one} words={words} language={language} onStop={() => stop(one)} onRetry={() => run(live.current.get(one.key))} />
          ))}
        </ul>
      ) : null}
      {disabled || full ? null : (
        <label className="drop" onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); take(event.dataTransfer.files); }}>
          <span>{words.drop}</span>
          <input id={inputId} ref={input} type="file" multiple={maxFiles > 1} accept={accept || undefined} aria-labelledby={labelledBy}
            aria-describedby={describedBy || undefined} aria-invalid={invalid ? "true" : "false"} onChange={(event) => take([...event.target.files])} />
        </label>
      )}
      {full && !disabled ? <p id={inputId} tabIndex={-1} className="meta">{words.full}</p> : null}
      <span role="status" className="hidden">{status}</span>
    </div>
  );
}
