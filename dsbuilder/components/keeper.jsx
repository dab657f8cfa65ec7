// Keeps what is typed and not yet acknowledged, so that a closed tab, a crash or a restarted server loses nothing.
// It listens to the form around it: every input that names its question in `data-path` is kept as it is typed, under a key
// of this dossier and this account; it is forgotten once the server says it has it, and after a day (library computers).
import { useEffect, useRef } from "react";

const PREFIX = "dsbuilder:typed:";
const A_DAY = 24 * 60 * 60 * 1000;
const SWEEP = 10000; // ms after which something left and not acknowledged is sent again
const TRIES = 3;

const read = (key) => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
const write = (key, kept) => {
  try { Object.keys(kept).length ? localStorage.setItem(key, JSON.stringify(kept)) : localStorage.removeItem(key); } catch { /* full or forbidden: the server still has what was acknowledged */ }
};
// What another account left, or what is older than a day, goes; another dossier of this account stays for its own page.
const tidy = (reader) => {
  const mine = PREFIX + reader.split(":")[0] + ":";
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      const kept = key.startsWith(mine) ? read(key) : {};
      for (const [path, entry] of Object.entries(kept)) if (!(Date.now() - entry.at < A_DAY)) delete kept[path];
      write(key, kept);
    }
  } catch { /* forbidden */ }
};
const forgetAll = () => {
  try { for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key); } catch { /* forbidden */ }
};

// `reader` is "account:dossier"; `acknowledged` is "path|value length|count" and changes with each saved answer.
export function Keeper({ reader, ready, acknowledged, limit, onRestore, onTooLong }) {
  const key = PREFIX + reader;
  const caret = useRef({}); // where one is typing
  useEffect(() => {
    if (!reader) return;
    const input = (event) => {
      const path = event.target?.dataset?.path;
      if (!path || event.target.type === "file") return;
      const kept = read(key);
      kept[path] = { value: event.target.value, at: Date.now() };
      write(key, kept);
      let start = 0, end = 0;
      try { ({ selectionStart: start, selectionEnd: end } = event.target); } catch { /* not a text */ }
      caret.current = { path, start, end };
    };
    // Refused before it is sent: a message over the socket's limit would close it and be lost without a word.
    const leave = (event) => {
      const path = event.target?.dataset?.path;
      if (event.isTrusted && event.relatedTarget) caret.current = {};
      if (!path || typeof event.target.value !== "string") return;
      if (event.target.value.length > limit) { event.stopImmediatePropagation(); event.stopPropagation(); onTooLong?.(path); }
    };
    const signOut = (event) => { if (event.target?.action?.endsWith("/auth/sortie")) forgetAll(); };
    const listened = { input, focusout: leave, submit: signOut };
    for (const [name, listener] of Object.entries(listened)) document.addEventListener(name, listener, true);
    return () => { for (const [name, listener] of Object.entries(listened)) document.removeEventListener(name, listener, true); };
  }, [key, reader, limit]);
  useEffect(() => {
    // After a restart of the server the form is drawn anew: then what was being typed comes back, and so does the caret.
    // A long form is drawn in steps (soon.jsx): what is kept comes back as its input does.
    if (!reader || !ready) return;
    const since = Date.now(); // what is typed from now on is in the page already
    const done = new Set();
    tidy(reader);
    const restore = () => {
      const kept = read(key);
      for (const [path, entry] of Object.entries(kept)) {
        const input = document.querySelector(`[data-path="${CSS.escape(path)}"]`);
        if (!input || done.has(path) || entry.at >= since) continue;
        done.add(path);
        if (input.value === entry.value) { delete kept[path]; continue; }
        input.value = entry.value;
        if (entry.value.length > limit) onTooLong?.(path);
        else onRestore?.(path, entry.value, Math.max(0, Math.round((Date.now() - entry.at) / 1000)));
      }
      write(key, kept);
      const { path, start, end } = caret.current;
      const last = path && document.activeElement === document.body && document.querySelector(`[data-path="${CSS.escape(path)}"]`);
      if (last) { last.focus(); try { last.setSelectionRange(start, end); } catch { /* not a text */ } }
    };
    restore();
    document.addEventListener("dsbuilder:drawn", restore);
    return () => document.removeEventListener("dsbuilder:drawn", restore);
  }, [key, reader, ready]);
  // An event may be lost when the server goes away just as it comes.
  useEffect(() => {
    if (!reader || !ready) return;
    const tries = {};
    const timer = setInterval(() => {
      for (const [path, entry] of Object.entries(read(key))) {
        const input = document.querySelector(`[data-path="${CSS.escape(path)}"]`);
        const mark = path + entry.at;
        if (!input || input === document.activeElement || Date.now() - entry.at < SWEEP || entry.value.length > limit) continue;
        if ((tries[mark] = (tries[mark] || 0) + 1) <= TRIES) onRestore?.(path, entry.value, Math.round((Date.now() - entry.at) / 1000));
      }
    }, SWEEP);
    return () => clearInterval(timer);
  }, [key, reader, ready]);
  useEffect(() => {
    if (!acknowledged) return;
    const [path, length] = acknowledged.split("|");
    const kept = read(key);
    if (kept[path] && String(kept[path].value.length) === length) { delete kept[path]; write(key, kept); }
  }, [acknowledged]);
  return null;
}
