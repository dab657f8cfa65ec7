// Keeps what is typed and not yet acknowledged, so that a closed tab, a crash or a restarted server loses nothing.
// It listens to the form around it: every input that names its question in `data-path` is kept as it is typed, under a key
// of this dossier and this account; it is forgotten once the server says it has it, and after a day (library computers).
import { useEffect, useRef } from "react";

const PREFIX = "dsbuilder:typed:";
const A_DAY = 24 * 60 * 60 * 1000;

const read = (key) => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
const write = (key, kept) => {
  try { Object.keys(kept).length ? localStorage.setItem(key, JSON.stringify(kept)) : localStorage.removeItem(key); } catch { /* full or forbidden: the server still has what was acknowledged */ }
};
export const forgetAll = (except) => {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && key !== except) localStorage.removeItem(key);
  } catch { /* forbidden */ }
};

// `reader` names the account and dossier; `acknowledged` is "path|value length|count" and changes with each saved answer.
export function Keeper({ reader, ready, acknowledged, tooLong, limit, onRestore, onTooLong }) {
  const key = PREFIX + reader;
  const restored = useRef("");
  useEffect(() => {
    if (!reader) return;
    const input = (event) => {
      const path = event.target?.dataset?.path;
      if (!path || event.target.type === "file") return;
      const kept = read(key);
      kept[path] = { value: event.target.value, at: Date.now() };
      write(key, kept);
    };
    // Refused before it is sent: a message over the socket's limit would close it and be lost without a word.
    const leave = (event) => {
      const path = event.target?.dataset?.path;
      if (!path || typeof event.target.value !== "string") return;
      if (event.target.value.length > limit) { event.stopImmediatePropagation(); event.stopPropagation(); onTooLong?.(path); }
    };
    document.addEventListener("input", input, true);
    document.addEventListener("focusout", leave, true);
    return () => { document.removeEventListener("input", input, true); document.removeEventListener("focusout", leave, true); };
  }, [key, reader, limit]);
  useEffect(() => {
    if (!reader || !ready || restored.current === key) return;
    restored.current = key;
    forgetAll(key);
    const kept = read(key);
    for (const [path, entry] of Object.entries(kept)) {
      const input = document.querySelector(`[data-path="${CSS.escape(path)}"]`);
      if (Date.now() - entry.at > A_DAY || !input) { delete kept[path]; continue; }
      if (input.value === entry.value) { delete kept[path]; continue; }
      input.value = entry.value;
      if (entry.value.length <= limit) onRestore?.(path, entry.value);
    }
    write(key, kept);
  }, [key, reader, ready]);
  useEffect(() => {
    if (!acknowledged) return;
    const [path, length] = acknowledged.split("|");
    const kept = read(key);
    if (kept[path] && String(kept[path].value.length) === length) { delete kept[path]; write(key, kept); }
  }, [acknowledged]);
  return null;
}
