// Text edited in place and saved by itself: kept as typed, committed on a pause, on Enter and on leaving, taken back by
// Escape; what others change appears unless one is typing. Also: is everything saved, where the focus goes, and keys.
import React, { useEffect, useRef, useSyncExternalStore } from "react";

const PAUSE = 700;

// What was typed and not committed, and what was committed and not yet acknowledged by the server.
const waiting = { typed: new Set(), sent: 0, listeners: new Set() };
const notify = () => { waiting.version = (waiting.version || 0) + 1; waiting.listeners.forEach((listener) => listener()); };
const typed = (key, is) => { if (is === waiting.typed.has(key)) return; is ? waiting.typed.add(key) : waiting.typed.delete(key); notify(); };

export function EditedText({ name, value, lines, limit, tooLong, onCommit, className, ref: given, ...rest }) {
  const ref = useRef(null); // Reflex gives a `ref` of its own to what has a fixed id
  const known = useRef(value);
  const timer = useRef(0);
  const [error, setError] = React.useState("");
  useEffect(() => {
    const field = ref.current;
    const untouched = field && field.value === known.current;
    known.current = value;
    if (field && (untouched || document.activeElement !== field)) field.value = value;
  }, [value]);
  useEffect(() => () => { clearTimeout(timer.current); typed(name, false); }, [name]);
  const commit = () => {
    clearTimeout(timer.current);
    const field = ref.current;
    if (!field) return;
    const tooMuch = limit && field.value.length > limit;
    setError(tooMuch ? tooLong : "");
    if (tooMuch) return;
    typed(name, false);
    if (field.value === known.current) return;
    known.current = field.value;
    waiting.sent += 1;
    notify();
    onCommit?.(field.value);
  };
  const input = () => {
    typed(name, ref.current.value !== known.current);
    clearTimeout(timer.current);
    timer.current = setTimeout(commit, PAUSE);
  };
  const key = (event) => {
    if (event.key === "Enter" && lines < 2 && !event.nativeEvent.isComposing) { event.preventDefault(); commit(); }
    if (event.key === "Escape" && ref.current.value !== known.current) { ref.current.value = known.current; typed(name, false); clearTimeout(timer.current); event.stopPropagation(); }
  };
  const Tag = lines > 1 ? "textarea" : "input";
  const both = (field) => { ref.current = field; if (given) typeof given === "function" ? given(field) : (given.current = field); };
  const shared = { ref: both, className, defaultValue: value, onInput: input, onBlur: commit, onKeyDown: key, "aria-invalid": error ? "true" : undefined, ...rest };
  return <>
    {lines > 1 ? <textarea rows={lines} {...shared} /> : <input {...shared} />}
    {error && <span className="error" role="alert">{error}</span>}
  </>;
}

const subscribe = (listener) => { waiting.listeners.add(listener); return () => waiting.listeners.delete(listener); };
const online = (listener) => { addEventListener("online", listener); addEventListener("offline", listener); return () => { removeEventListener("online", listener); removeEventListener("offline", listener); }; };

// `stamp` changes with each answer of the server; `lost` says that it does not answer.
export function SavedState({ stamp, lost, words, className }) {
  useSyncExternalStore(subscribe, () => waiting.version || 0, () => 0);
  const connected = useSyncExternalStore(online, () => navigator.onLine, () => true);
  useEffect(() => { waiting.sent = 0; notify(); }, [stamp]);
  useEffect(() => {
    const leave = (event) => { if (waiting.typed.size || waiting.sent) event.preventDefault(); };
    addEventListener("beforeunload", leave);
    return () => removeEventListener("beforeunload", leave);
  }, []);
  const state = lost || !connected ? "offline" : waiting.typed.size || waiting.sent ? "saving" : "saved";
  const icon = { offline: "wifi-off", saving: "loader", saved: "cloud-check" }[state];
  return <span className={className} data-state={state} role="status"><svg className="icon" aria-hidden="true"><use href={`/icons.svg#i-${icon}`} /></svg><span>{words[state]}</span></span>;
}

// `target` is "<id of an element>#<any number>": the element gets the focus and is brought into view, once per change.
export function Attention({ target }) {
  useEffect(() => {
    if (!target) return undefined;
    const id = target.slice(0, target.lastIndexOf("#"));
    const until = performance.now() + 2000;
    let frame = 0;
    const look = () => {
      const element = document.getElementById(id) || document.querySelector(`[data-handle="${CSS.escape(id)}"]`);
      if (element && element.getClientRects().length) {
        element.focus({ preventScroll: true });
        element.scrollIntoView({ block: "nearest" });
        return;
      }
      if (performance.now() < until) frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [target]);
  return null;
}

// Keys of the whole page. `keys` maps a name to combinations such as "Mod+Shift+z"; the handler gets the name and the
// id of the card that has the focus, empty elsewhere. While something typed is not committed, undo is the browser's.
export function Shortcuts({ keys, onPress }) {
  useEffect(() => {
    const combination = (event) => [event.ctrlKey || event.metaKey ? "Mod" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : "", event.key.length === 1 ? event.key.toLowerCase() : event.key].filter(Boolean).join("+");
    const press = (event) => {
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      const pressed = combination(event);
      const name = Object.keys(keys).find((one) => keys[one].includes(pressed));
      if (!name) return;
      const focused = document.activeElement;
      const writes = focused?.matches?.("input:not([type=checkbox],[type=radio]), textarea, select");
      if (["undo", "redo"].includes(name) && waiting.typed.size) return;
      if (name === "remove" && writes) return;
      if (document.body.hasAttribute("data-dragging")) return;
      event.preventDefault();
      onPress?.(name, focused?.closest?.("[data-slot]")?.dataset.slot || "");
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [keys, onPress]);
  return null;
}

export function Dialog({ open, label, onClose, className, children }) {
  const ref = useRef(null);
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return <dialog ref={ref} aria-label={label} className={className} onCancel={(event) => { event.preventDefault(); onClose?.(); }}
    onClick={(event) => { if (event.target === ref.current) onClose?.(); }}>{open ? children : null}</dialog>;
}

// Copies a text, and says so on the button itself.
export function CopyButton({ text, done, className, children }) {
  const [copied, setCopied] = React.useState(false);
  const copy = async () => {
    try { await navigator.clipboard.writeText(text.startsWith("/") ? location.origin + text : text); } catch { return; }
    setCopied(true);
    setTimeout(() => setCopied(false), 2500);
  };
  return <button type="button" className={className} onClick={copy}>{children}<span role="status">{copied ? done : ""}</span></button>;
}
